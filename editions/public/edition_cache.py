"""Small facts of a published list, worked out once in a worker: a page of all editions does not read fifty lists.

An edition cannot change, so its content digest is all that they depend on; what is only thought of is read each time.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from editions.life.edition import Edition
from editions.life.proposal import Proposal
from editions.register.bounded_cache import BoundedCache
from editions.register.register import Register

Fact = TypeVar("Fact")

MOST = 20_000
"""Of facts, each a number or a few words: two for each edition, and one for each two that somebody compared."""

_known: BoundedCache[tuple[Any, ...], tuple[Any]] = BoundedCache(MOST, lambda fact: 1)


def compute(read: Callable[..., Fact], *editions: Edition) -> Fact:
    """What `read` makes of the registers of these editions; it is a function of a module and needs nothing else."""

    def made() -> tuple[Fact]:
        registers: list[Register] = [edition.register() for edition in editions]
        return (read(*registers),)

    if any(isinstance(edition, Proposal) for edition in editions):
        return made()[0]
    key = (read, *(edition.content_digest for edition in editions))
    return _known.find(key, made)[0]
