"""履行: what the party had to do beside paying, and did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cases.penalties import Penalty
from cases.rows.entry import Entry
from cases.rows.people import ByTwo
from verbatim.fields import given_constraint, visible_constraint

DUTIES = [(str(kind), str(kind)) for kind in (Penalty.SUSPENSION, Penalty.CLOSURE)]


class Fulfilment(Entry, ByTwo):
    """履行: two officers have seen that the party did what it had to do beside paying."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="fulfilments")
    duty = models.CharField("义务", max_length=20, choices=DUTIES)
    done_on = models.DateField("履行日期")
    found = models.TextField("核查情况")

    area: ClassVar[str] = "cases"

    class Meta(ByTwo.Meta):
        verbose_name = "履行情况"
        verbose_name_plural = "履行情况"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ByTwo.Meta.constraints,
            given_constraint("fulfilment", "found", said="请写核查情况。"),
            visible_constraint("fulfilment", "found", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} 已履行：{self.duty}"
