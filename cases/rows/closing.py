"""结案以后: 备案, and what a mistake is set right by when nothing else changes any more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from acts.models import Authored
from verbatim.fields import given_constraint, visible_constraint


class Report(Authored):
    """备案: to the upper bureau, or to the county."""

    class Ground(models.TextChoices):
        SUPERVISED = "supervised", "上级督办"
        ASSIGNED = "assigned", "上级交办、指定管辖"
        WEIGHTY = "weighty", "有重大影响"
        TRANSFERRED = "transferred", "移送司法机关"
        REMEDY = "remedy", "经行政复议、诉讼结案"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="reports")
    ground = models.CharField("为什么备案", max_length=20, choices=Ground)
    to = models.CharField("向谁备案", max_length=200)
    sent_on = models.DateField("报送日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "备案"
        verbose_name_plural = "备案"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("report", "to", said="请写明向谁备案。"),
            visible_constraint("report", "to", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.sent_on} 向{self.to}备案"


class Amendment(Authored):
    """更正: of a case in the archive; what was wrong stays beside what is right."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="amendments")
    where = models.CharField("更正哪一处", max_length=200)
    right = models.TextField("更正为")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("amendment", "where", "right", said="请写明更正哪一处、更正为什么。"),
            visible_constraint("amendment", "where", "right", "by_name"),
        ]

    def __str__(self) -> str:
        return f"更正：{self.where}"
