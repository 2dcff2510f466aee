"""Which papers the acts of a case should have made, and has not: before they are there, no case is put away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cases.papers.deciding import decided
from cases.papers.form import Form
from cases.papers.forms import FORMS

RECEIPT, CLOSING = 39, 40
DECISIONS = (29, 31, 32)
Rows = Callable[[Any], Sequence[Any]]


def _hearings(case: Any) -> list[Any]:
    return [hearing for notice in case.notices.all() for hearing in notice.hearings.all()]


COUNTED: dict[int, Rows] = {
    18: lambda case: (),
    21: lambda case: case.correction_orders.all(),
    25: lambda case: case.notices.all(),
    26: _hearings,
    36: lambda case: case.valid_urgings(),
    37: lambda case: case.valid_applications(),
}
"""Forms that are made of an earlier row than the act keeps: as many are needed as there are of these rows. Of every
other form there is one for each row of which it is made."""


NEEDED: dict[int, Rows] = {28: decided}
"""Forms that are made of a text that may have been returned: they are needed of those that were decided."""

SERVED = (25, *DECISIONS)
"""The papers of which an act keeps the service: each needs its 送达回证; the others may have one."""


@dataclass(frozen=True)
class Missing:
    form: Form
    rows: tuple[Any, ...]
    """Of which they can be made; empty where nothing of that kind is left."""
    count: int

    def __str__(self) -> str:
        return f"《{self.form.name}》" + (f"{self.count} 份" if self.count > 1 else "")

    @property
    def is_by_auditor(self) -> bool:
        """Whether 案审办 makes it, and nobody else."""
        return "handle" not in self.form.roles


def _made(case: Any) -> set[tuple[int, int, int]]:
    """The papers that count, by form and row, with their own key. One that says what was put right since it was made
    does not: when it is voided, another one is made. Each is made by an act of its own; which was earlier is told by
    their numbers, not by the clock."""
    last = {act.verb: act.number for act in case.timeline.filter(verb__in=("receipt_corrected", "closing_proposed"))}
    issued = case.timeline.filter(verb="paper_issued").order_by("number").values_list("number", flat=True)
    papers = case.papers.order_by("pk").values_list("form", "row", "pk", "void")
    valid = [(form, row, pk, act) for (form, row, pk, void), act in zip(papers, issued, strict=True) if void is None]
    decisions = {pk for form, _, pk, _ in valid if form in DECISIONS}

    def is_outdated(form: int, row: int, act: int) -> bool:
        if form == RECEIPT and row in decisions:
            return act < last.get("receipt_corrected", 0)
        return form == CLOSING and act < last.get("closing_proposed", 0)

    return {(form, row, pk) for form, row, pk, act in valid if not is_outdated(form, row, act)}


def missing(case: Any) -> Iterator[Missing]:
    """In the order of the catalogue."""
    made = _made(case)
    held = {(form, row) for form, row, _ in made}
    for form in FORMS:
        of = list(NEEDED.get(form.number, form.of)(case))
        if form.number == RECEIPT:
            of = [paper for paper in of if paper.form in SERVED]
        left = tuple(row for row in of if form.repeats or (form.number, row.pk) not in held)
        if form.number in COUNTED:
            count = len(COUNTED[form.number](case)) - sum(number == form.number for number, _, _ in made)
        else:
            count = len(left)
        if count > 0:
            yield Missing(form, left, count)
