"""责令改正: what the party has to mend, by when, and whether it has."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.rows.receipt import TEXTS, Served
from clocks.counting import Span
from clocks.deadlines import Deadline, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import given_constraint, visible_constraint


class CorrectionOrder(Served):
    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="correction_orders"
    )
    what = models.TextField("责令改正什么")
    days = models.PositiveSmallIntegerField("改正期限（日）")
    is_refund = models.BooleanField("责令退还多收的价款", default=False, help_text="退还的时间不计入作出决定的期限。")
    rule = models.CharField("规定期限的条款", max_length=200, blank=True, help_text="没有规定的不填。")
    is_approved = models.BooleanField("超过 30 日，已报负责人批准")

    area: ClassVar[str] = "cases"

    class Meta(Served.Meta):
        verbose_name = "责令改正"
        verbose_name_plural = "责令改正"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Served.Meta.constraints,
            CheckConstraint(
                condition=~Q(what="") & Q(days__gt=0),
                name="correctionorder_says_what",
                violation_error_message="请写明改正什么、几日以内。",
            ),
            visible_constraint("correctionorder", "what", "rule", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} 责令 {self.days} 日内改正"

    @property
    def is_checked(self) -> bool:
        return hasattr(self, "check_up")

    def refund_stop(self, today: datetime.date) -> Span | None:
        """The days that it took to pay back what was charged too much; as yet until today."""
        if not self.is_refund:
            return None
        last = self.check_up.checked_on if self.is_checked else max(self.served_on, today)
        return Span(first=self.served_on, last=last, why="退款")

    def deadline(self, calendar: Calendar) -> Deadline:
        limit = in_force().on("correction", self.served_on)
        return work_out_provisional(limit, self.served_on, calendar, number=self.days)


class CorrectionCheck(Authored):
    """复查: whether it was mended."""

    order = models.OneToOneField(
        CorrectionOrder, verbose_name="责令改正", on_delete=models.PROTECT, related_name="check_up"
    )
    checked_on = models.DateField("复查日期")
    is_mended = models.BooleanField("已经改正")
    found = models.TextField("复查情况")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "改正的复查"
        verbose_name_plural = "改正的复查"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("correctioncheck", "found", said="请写复查情况。"),
            visible_constraint("correctioncheck", "found", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on} {'已改正' if self.is_mended else '没有改正'}"
