"""What follows from each case alone, for lists of thousands: worked out when it is read, and again only for the cases
that have changed since.

Every act of a case saves it, and what belongs to an act is written in the same transaction. So the version of its row,
which PostgreSQL keeps itself (xmin), says whether anything of the case has changed: nobody has to tell, and nothing can
be forgotten (docs/decisions/0026-worklist.md).
"""

import itertools
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from django.db.models.expressions import RawSQL

from cases.case import Case
from editions.register.bounded_cache import BoundedCache

Fact = TypeVar("Fact")
Versions = Mapping[int, str]

AT_ONCE = 500
"""So many cases are read with all their rows at a time."""


def versions(cases: Any) -> Versions:
    """The version of each case's row, by its key, in one query."""
    held = cases.order_by().annotate(version=RawSQL('"cases_case"."xmin"::text', ()))
    return dict(held.values_list("pk", "version"))


class PerCase(Generic[Fact]):
    """One fact of each case, kept in this process. `most` is for how many circumstances it is kept at a time."""

    def __init__(self, most: int) -> None:
        self._kept: BoundedCache[Hashable, dict[int, tuple[str, Fact]]] = BoundedCache(most, lambda facts: 1)

    def of(self, wanted: Versions, circumstances: Hashable, work_out: Callable[[Case], Fact]) -> dict[int, Fact]:
        """The fact of each case that is wanted; `circumstances` are all from which it follows beside the case."""
        known: dict[int, tuple[str, Fact]] = self._kept.find(circumstances, dict)
        changed = (pk for pk, version in wanted.items() if pk not in known or known[pk][0] != version)
        while chunk := list(itertools.islice(changed, AT_ONCE)):
            for case in Case.objects.with_its_rows().filter(pk__in=chunk):
                known[case.pk] = wanted[case.pk], work_out(case)
        return {pk: known[pk][1] for pk in wanted}

    def forget(self) -> None:
        self._kept.clear()
