"""The ways on from a page that is no page of an edition: an error, a form that was refused."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from editions.public import catalogue
from editions.public.addresses import pages_of_kinds

register = template.Library()


@register.simple_tag(takes_context=True)
def ways_on(context: Context) -> dict[str, Any]:
    """Where the question field asks, and the columns of the list in force; no columns where there is none, or where the
    database is away and it was never seen."""
    dress = "elder:" if context.get("elder") else ""
    try:
        edition = catalogue.current().in_force
    except Exception:  # the page that admits a fault does not fail with it
        edition = None
    columns = []
    if edition:
        columns = [(part.label, reverse(f"{dress}part", args=[part.name])) for part in edition.register().parts]
        columns += [(kind.label, reverse(f"{dress}{kind.all}", args=[kind.kind])) for kind in pages_of_kinds()]
    return {"search": reverse(f"{dress}search"), "columns": columns, "editions": reverse(f"{dress}editions")}
