"""Pages say of themselves what schema.org has a word for (portal.linked_data); a preview says nothing."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from editions.public.reading import Reading
from portal import linked_data

register = template.Library()
NOTHING = mark_safe("")


@register.simple_tag(takes_context=True)
def linked_organization(context: Context) -> SafeString:
    reading: Reading = context["reading"]
    return NOTHING if reading.preview else linked_data.script(linked_data.organization(reading))


@register.simple_tag(takes_context=True)
def linked_law(context: Context, law: Any) -> SafeString:
    reading: Reading = context["reading"]
    return NOTHING if reading.preview else linked_data.script(linked_data.law(reading, law))
