"""What today adds to a service: when its day comes next, and the events announced."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from editions.public.linked_data import contact, organization, script
from editions.public.reading import address
from services import events
from services.documents import ServiceDocument
from services.events import Announced
from verbatim.fields import paragraphs

register = template.Library()

WEEKDAYS = "一二三四五六日"


@register.simple_tag(takes_context=True)
def next_day(context: Context, service: ServiceDocument) -> dict[str, Any] | None:
    """When its yearly day or month comes next; None where it has none, or on the permanent page of an edition."""
    reading = context["reading"]
    if service.yearly is None or reading.permanent:
        return None
    first, last = service.yearly.next(reading.catalogue.day)
    if service.yearly.day:
        said = f"{first.year}年{first.month}月{first.day}日（星期{WEEKDAYS[first.weekday()]}）"
    else:
        said = f"{first.year}年{first.month}月"
    return {"first": first, "said": said, "is_now": first <= reading.catalogue.day <= last}


@register.simple_tag(takes_context=True)
def linked_service(context: Context, service: ServiceDocument) -> SafeString:
    """What the page says of the service to machines (schema.org)."""
    reading = context["reading"]
    channels = [
        {"@type": "ServiceChannel", "servicePhone": contact(phone, service.title)}
        for phone in paragraphs(service.phones)
    ]
    return script(
        reading,
        {
            "@type": "GovernmentService",
            "name": service.title,
            **({"description": service.content} if service.content else {}),
            "provider": organization(reading),
            **({"availableChannel": channels} if channels else {}),
            "url": address(reading.dressed(elder=False).url("item", part="services", code=service.code)),
        },
    )


@register.simple_tag
def calendar_address() -> dict[str, str]:
    """Where the calendar is, whole: as programs take it at a click (webcal), and to be pasted."""
    https = address(reverse("calendar"))
    return {"https": https, "webcal": f"webcal://{https.split('://', 1)[1]}"}


@register.simple_tag(takes_context=True)
def is_listed(context: Context, code: str) -> bool:
    """Whether the edition that is being read has this service: it may be newer than the list, or no longer in it."""
    return "reading" in context and context["reading"].register.find("services", code) is not None


@register.simple_tag(takes_context=True)
def events_ahead(context: Context, service: ServiceDocument | None = None) -> list[Announced]:
    """The events to come, of one service or of all; none on the permanent page of an edition."""
    reading = context["reading"]
    found = events.ahead(reading.catalogue.beside["events"], reading.catalogue.day) if not reading.permanent else []
    return [each for each in found if service is None or each.event.service == service.code]


@register.simple_tag(takes_context=True)
def events_over(context: Context, service: ServiceDocument | None = None) -> list[Announced]:
    """The events that took place, the latest first."""
    reading = context["reading"]
    found = events.over(reading.catalogue.beside["events"], reading.catalogue.day) if not reading.permanent else []
    return [each for each in found if service is None or each.event.service == service.code]
