"""Pages of the portal say of themselves what schema.org has a word for."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from editions.public.linked_data import contact, organization, script
from editions.public.reading import Reading, address
from portal.answers.answer import enquiries

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_organization(context: Context) -> SafeString:
    """The bureau, with the phone that the list prints for complaints and enquiries."""
    reading: Reading = context["reading"]
    ask = enquiries(reading.register)
    called = {"contactPoint": contact(ask.number, ask.service.title)} if ask else {}
    return script(reading, {**organization(reading), **called})


@register.simple_tag(takes_context=True)
def linked_law(context: Context, law: Any) -> SafeString:
    reading: Reading = context["reading"]
    numbered = {"legislationIdentifier": law.number} if law.number else {}
    url = address(reading.dressed(elder=False).url("one-of-kind", kind="laws", code=law.code))
    return script(reading, {"@type": "Legislation", "name": law.title, **numbered, "url": url})
