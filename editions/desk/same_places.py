"""排列顺序相同: rows that claim one place in their list. They come in the order of their codes, which nobody chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from editions.form import parts
from editions.form.keys import Key


@dataclass(frozen=True)
class SamePlace:
    key: Key
    """The item in which they stand, or the first of the items."""
    position: int
    rows: tuple[str, ...]
    """Their codes or anchors."""

    @property
    def said(self) -> str:
        inside = "" if self.key.code in self.rows else f"{self.key.code} 的 "
        return f"{inside}{'、'.join(self.rows)}：排列顺序都是 {self.position}，现在按代码的先后排列。"


def same_places() -> Iterator[SamePlace]:
    for kind in parts.kinds():
        for model, way in kind.rows() if isinstance(kind, parts.RowKind) else ():
            if any(field.name == "position" for field in model._meta.fields):
                yield from _of_model(kind.name, model, way)


def _of_model(kind: str, model: Any, way: str) -> Iterator[SamePlace]:
    above = way.split("__")[:-1]
    held = {f"{'__'.join(above[: depth + 1])}__retired_on__isnull": True for depth in range(len(above))}
    owner = f"{above[0]}_id" if above else "retired_on"  # the items of a kind are one list: all of these are None
    found: defaultdict[tuple[Any, int], list[tuple[str, str]]] = defaultdict(list)
    rows = model.objects.listed().filter(**held).order_by("pk")
    for place, position, code, called in rows.values_list(owner, "position", way, model.permanent):
        found[place, position].append((code, called))
    for (_, position), there in found.items():
        if len(there) > 1:
            yield SamePlace(Key(kind, there[0][0]), position, tuple(called for _, called in there))
