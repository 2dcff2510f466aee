"""Pages of the portal say of themselves what schema.org has a word for."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from editions.public.linked_data import contact, organization, script
from editions.public.reading import Reading, address
from portal.answers.answer import PrintedPhone, enquiries

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_organization(context: Context) -> SafeString:
    """The bureau, with the phone that the list prints for complaints and enquiries."""
    reading: Reading = context["reading"]
    ask = enquiries(reading.register)
    called = {"contactPoint": contact(ask.number, ask.services[0].title)} if ask else {}
    return script(reading, {**organization(reading), **called})


@register.simple_tag(takes_context=True)
def linked_law(context: Context, law: Any) -> SafeString:
    reading: Reading = context["reading"]
    numbered = {"legislationIdentifier": law.number} if law.number else {}
    return script(reading, {"@type": "Legislation", "name": law.title, **numbered, "url": _url(reading, "laws", law)})


@register.simple_tag(takes_context=True)
def linked_department(context: Context, department: Any) -> SafeString:
    reading: Reading = context["reading"]
    name = department.full_name or department.name
    others = [each for each in department.names if each != name]
    return script(
        reading,
        {
            "@type": "GovernmentOrganization",
            "name": name,
            **({"alternateName": others} if others else {}),
            "url": _url(reading, "departments", department),
        },
    )


@register.simple_tag(takes_context=True)
def linked_office(context: Context, office: Any, phones: Iterable[PrintedPhone]) -> SafeString:
    """Its phones are those that the list prints, each with what it is printed for."""
    reading: Reading = context["reading"]
    called = [contact(phone.number, service.title) for phone in phones for service in phone.services]
    return script(
        reading,
        {
            "@type": "GovernmentOrganization",
            "name": office.name,
            "parentOrganization": organization(reading),
            **({"contactPoint": called} if called else {}),
            "url": _url(reading, "offices", office),
        },
    )


def _url(reading: Reading, kind: str, document: Any) -> str:
    return address(reading.dressed(elder=False).url("one-of-kind", kind=kind, code=document.code))
