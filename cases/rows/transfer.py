"""移送: what may be a crime goes to the police, within the days that 国务院令310号 leaves."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from acts.models import Authored
from cases.rows.entry import Entry
from verbatim.fields import given_constraint, visible_constraint


class HandingOver(Authored):
    """移送公安机关."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="handings_over")
    to = models.CharField("受移送机关", max_length=200)
    handed_at = models.DateTimeField("移送时间")
    receipt = models.CharField("回执", max_length=200, help_text="回执的编号，或者谁签收。")

    replies: Any
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "移送"
        verbose_name_plural = "移送"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("handingover", "to", "receipt", said="请写明受移送机关和回执。"),
            visible_constraint("handingover", "to", "receipt", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} 移送{self.to}"

    @property
    def reply(self) -> PoliceReply | None:
        """The one that was not entered by mistake."""
        return next((each for each in self.replies.all() if not each.is_void), None)

    @property
    def day(self) -> datetime.date:
        return timezone.localtime(self.handed_at).date()


class PoliceReply(Entry, Authored):
    """公安机关的答复: whether it takes the case on."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "立案"
        REFUSED = "refused", "不予立案"

    handing_over = models.ForeignKey(HandingOver, verbose_name="移送", on_delete=models.PROTECT, related_name="replies")
    outcome = models.CharField("答复", max_length=20, choices=Outcome)
    replied_on = models.DateField("收到答复的日期")
    paper = models.CharField("通知书", max_length=200, help_text="文号。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = "公安机关的答复"
        verbose_name_plural = "公安机关的答复"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("policereply", "paper", said="请写明公安机关通知书的文号。"),
            visible_constraint("policereply", "paper", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.replied_on} {self.get_outcome_display()}"
