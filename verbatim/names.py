"""Names in printed text: where a text names something, and what it means there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...


N = TypeVar("N", bound=Named)


@dataclass(frozen=True)
class Span(Generic[T]):
    """Characters `start` up to `end` of a text mean `target`."""

    start: int
    end: int
    target: T


def names_of(things: Iterable[N]) -> dict[str, N]:
    """Every name that these documents are printed under, with the document it means."""
    return {name: thing for thing in things for name in thing.names}


def spans(text: str, names: Mapping[str, T]) -> list[Span[T]]:
    """Where the text holds one of the names: left to right, the longest name first, none inside another."""
    if not names:
        return []
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return [Span(m.start(), m.end(), names[m.group()]) for m in re.finditer(pattern, text)]
