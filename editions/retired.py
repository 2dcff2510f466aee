"""Codes that were given and are no longer listed: an edition holds them too, so that it stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from editions import parts
from editions.documents import RetiredDocument
from verbatim.documents import Document


@dataclass(frozen=True)
class RetiredKind(parts.Kind):
    """Retired codes of every kind; working rows of their own they have not."""

    def compose(self) -> Iterator[tuple[str, Document]]:
        for kind in parts.retirable():
            for row in kind.model.objects.retired().order_by("code"):
                title = getattr(row, row.title_field)
                yield "", RetiredDocument(kind=kind.name, code=row.code, title=title, retired_on=row.retired_on)

    def load(self, document: Any, *, reason: str, **place: Any) -> None:
        model = next(kind.model for kind in parts.retirable() if kind.name == document.kind)
        row = model.objects.filter(code=document.code).first() or model(code=document.code)
        if row._state.adding:
            setattr(row, model.title_field, document.title)
            if hasattr(row, "position"):
                row.position = 0
        row.put(reason=reason, retired_on=document.retired_on)
