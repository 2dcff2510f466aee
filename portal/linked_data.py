"""What a page says of itself to machines: schema.org, as JSON-LD. Nothing that the list does not print."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from editions.public.reading import Reading, address
from portal.answers.answer import enquiries

CONTEXT = "https://schema.org"
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(content: dict[str, Any]) -> SafeString:
    """A block of data, which no browser runs and no text of the list can leave."""
    text = json.dumps({"@context": CONTEXT, **content}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped)


def organization(reading: Reading) -> dict[str, Any]:
    """The bureau, with the phone that the list prints for complaints and enquiries."""
    bureau, ask = reading.register.bureau, enquiries(reading.register)
    called = {"@type": "ContactPoint", "telephone": ask.number, "contactType": ask.service.title} if ask else None
    return {
        "@type": "GovernmentOrganization",
        "name": bureau.full_name or bureau.name,
        "url": address(reading.url("contents")),
        **({"areaServed": bureau.county} if bureau.county else {}),
        **({"contactPoint": called} if called else {}),
    }


def law(reading: Reading, document: Any) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "name": document.title,
        **({"legislationIdentifier": document.number} if document.number else {}),
        "url": address(reading.url("one-of-kind", kind="laws", code=document.code)),
    }
