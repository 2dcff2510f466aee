"""Codes that were given and are no longer listed: an edition holds them too, so that it stands alone.

Only codes that the public knows: what was made and retired between two editions leaves no trace. Its code stays taken
by its row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from editions.form import parts
from editions.form.documents import RetiredDocument
from editions.form.seen_codes import IssuedCode, last_seen_by_public
from verbatim.codes import Numbers
from verbatim.documents import Document


@dataclass(frozen=True)
class RetiredKind(parts.Kind):
    """Retired codes of every kind; working rows of their own they have not."""

    def compose(self) -> Iterator[tuple[str, Document]]:
        notes = [
            RetiredDocument(
                kind=kind.name, code=row.code, title=getattr(row, row.title_field), retired_on=row.retired_on
            )
            for kind in parts.retirable()
            for row in kind.model.objects.retired().order_by(Numbers("code"))
        ]
        public = last_seen_by_public(IssuedCode(note.kind, note.code, note.code) for note in notes)
        for note in notes:
            if seen := public.get(IssuedCode(note.kind, note.code, note.code)):
                yield "", parts.with_public_title(note, seen)

    def load(self, document: Any, *, reason: str, **place: Any) -> None:
        model = next(kind.model for kind in parts.retirable() if kind.name == document.kind)
        row = model.objects.filter(code=document.code).first() or model(code=document.code)
        if row._state.adding:
            setattr(row, model.title_field, document.title)
            if hasattr(row, "position"):
                row.position = 0
        row.put(reason=reason, retired_on=document.retired_on)
