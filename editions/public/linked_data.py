"""What a page says of itself to machines: schema.org, as JSON-LD. Nothing that the list does not print, and nothing of
what is only previewed."""

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from editions.public.reading import Reading, address

CONTEXT = "https://schema.org"
NOTHING = mark_safe("")
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(reading: Reading, content: dict[str, Any]) -> SafeString:
    """A block of data, which no browser runs and no text of the list can leave."""
    if reading.preview:
        return NOTHING
    text = json.dumps({"@context": CONTEXT, **content}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped)


def organization(reading: Reading) -> dict[str, Any]:
    """The bureau."""
    bureau = reading.register.bureau
    return {
        "@type": "GovernmentOrganization",
        "name": bureau.full_name or bureau.name,
        "url": address(reverse("contents")),
        **({"areaServed": bureau.county} if bureau.county else {}),
    }


def contact(telephone: str, printed_for: str) -> dict[str, Any]:
    return {"@type": "ContactPoint", "telephone": telephone, "contactType": printed_for}
