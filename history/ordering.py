"""Rows in an order that people change: each moves among its siblings, and what is part of it comes along."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Arrangement:
    """Rows by their keys, each before what is part of it."""

    order: tuple[int, ...]
    parents: Mapping[int, int | None]
    """What each row is part of."""

    @classmethod
    def of(cls, order: Iterable[int], parents: Mapping[int, int | None]) -> "Arrangement":
        """Parts stand behind what they are part of, wherever they stood. What is part of nothing that is here, or of
        itself by some way round, stands by itself."""
        keys = tuple(order)
        here = {key: parent if parent in keys else None for key, parent in parents.items()}
        made = cls(keys, here)._in_depth()
        while (lost := next((key for key in keys if key not in made.order), None)) is not None:
            here[lost] = None
            made = cls(keys, here)._in_depth()
        return made

    def siblings(self, key: int) -> list[int]:
        return [each for each in self.order if self.parents[each] == self.parents[key]]

    def place(self, key: int) -> int:
        """Among its siblings, from 1."""
        return self.siblings(key).index(key) + 1

    def depth(self, key: int) -> int:
        parent = self.parents[key]
        return 0 if parent is None else 1 + self.depth(parent)

    def moved(self, key: int, place: int) -> "Arrangement":
        """The row at that place among its siblings; at the first or the last where there is no such place."""
        others = [each for each in self.siblings(key) if each != key]
        at = min(max(place, 1), len(others) + 1) - 1
        rest = [each for each in self.order if self.parents[each] != self.parents[key]]
        return replace(self, order=(*others[:at], key, *others[at:], *rest))._in_depth()

    def _in_depth(self) -> "Arrangement":
        def below(parent: int | None) -> Iterator[int]:
            for key in self.order:
                if self.parents[key] == parent:
                    yield key
                    yield from below(key)

        return replace(self, order=tuple(below(None)))
