"""Codes that were given and are no longer listed: an edition holds them too, so that it stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from editions import parts
from editions.documents import RetiredDocument
from verbatim.documents import Document


@dataclass(frozen=True)
class RetiredKind(parts.Kind):
    """Retired items of every part; a working row of its own they have not: they are the parts' rows."""

    def compose(self) -> Iterator[tuple[str, Document]]:
        for part in parts.parts():
            for row in part.model.objects.retired().order_by("code"):
                yield (
                    "",
                    RetiredDocument(part=part.name, code=row.code, title=row.title_text(), retired_on=row.retired_on),
                )

    def load(self, document: Any, *, reason: str, **place: Any) -> None:
        part = parts.part(document.part)
        assert part is not None, f"no part {document.part}"
        model = part.model
        row = model.objects.filter(code=document.code).first() or model(code=document.code, position=0)
        if not row.title_text():
            setattr(row, model.title_field, document.title)
        row.put(reason=reason, retired_on=document.retired_on)
