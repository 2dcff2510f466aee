"""What is kept at hand in a worker, bounded by what it weighs: the least recently used goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class BoundedCache(OrderedDict[Key, Thing]):
    """A dictionary of at most `most` of what `weigh` says of each thing, in the same unit. What would take more than a
    quarter of it is not kept. To get a thing is to use it."""

    def __init__(self, most: int, weigh: Callable[[Thing], int]) -> None:
        super().__init__()
        self.most, self.weigh, self.weight = most, weigh, 0

    def get(self, key: Key, default: Any = None) -> Any:
        if key not in self:
            return default
        self.move_to_end(key)
        return self[key]

    def __setitem__(self, key: Key, thing: Thing) -> None:
        weight = self.weigh(thing)
        if weight > self.most // 4:
            return
        if key in self:
            del self[key]
        super().__setitem__(key, thing)
        self.weight += weight
        while self.weight > self.most:
            del self[next(iter(self))]

    def __delitem__(self, key: Key) -> None:
        self.weight -= self.weigh(self[key])
        super().__delitem__(key)

    def clear(self) -> None:
        super().clear()
        self.weight = 0

    def find(self, key: Key, make: Callable[[], Thing]) -> Thing:
        """What is there, or else made now and put there."""
        found: Thing | None = self.get(key)
        if found is None:
            found = self[key] = make()
        return found
