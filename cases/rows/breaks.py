"""中止 and 恢复."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models

from acts.models import Authored
from clocks.counting import Span
from verbatim.fields import visible_constraint


class Break(Authored):
    """中止调查、中止执行: from when; the decision is not charged for its days."""

    class What(models.TextChoices):
        INVESTIGATION = "investigation", "中止调查"
        ENFORCEMENT = "enforcement", "中止执行"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="breaks")
    what = models.CharField("事项", max_length=20, choices=What)
    began_on = models.DateField("中止日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "中止"
        verbose_name_plural = "中止"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("break", "by_name")]

    def __str__(self) -> str:
        return f"{self.began_on} {self.get_what_display()}"

    @property
    def is_over(self) -> bool:
        return hasattr(self, "end")

    def stop(self, today: datetime.date) -> Span:
        """Its days, of which one at least is its last: a break that began with the clock ahead began by then."""
        last = self.end.ended_on if self.is_over else today
        return Span(first=min(self.began_on, last), last=last, why="中止")


class BreakEnd(Authored):
    pause = models.OneToOneField(Break, verbose_name="中止", on_delete=models.PROTECT, related_name="end")
    ended_on = models.DateField("恢复日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "恢复"
        verbose_name_plural = "恢复"
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("breakend", "by_name")]

    def __str__(self) -> str:
        return f"{self.ended_on} 恢复"
