"""复议、诉讼, and what came of them."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.penalties import Penalty
from cases.rows.entry import Entry
from clocks.counting import Span
from verbatim.fields import given_constraint, visible_constraint

LIFTED = [(str(kind), str(kind)) for kind in Penalty if kind not in (Penalty.FINE, Penalty.GAINS)]
"""Of these a review or a court says no new sum: they stand or they do not."""


class Remedy(Entry, Authored):
    """复议、诉讼: while one runs, no surcharge grows (处罚法2021-73)."""

    class Kind(models.TextChoices):
        REVIEW = "review", "行政复议"
        SUIT = "suit", "行政诉讼"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="remedies")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    began_on = models.DateField("受理日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "复议、诉讼"
        verbose_name_plural = "复议、诉讼"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("remedy", "by_name")]

    def __str__(self) -> str:
        return f"{self.began_on} {self.get_kind_display()}"

    @property
    def is_over(self) -> bool:
        return hasattr(self, "end")

    def stop(self, today: datetime.date) -> Span:
        last = self.end.ended_on if self.is_over else max(self.began_on, today)
        return Span(first=self.began_on, last=last, why=self.get_kind_display())


class RemedyEnd(Authored):
    class Outcome(models.TextChoices):
        UPHELD = "upheld", "维持、驳回"
        CHANGED = "changed", "变更"
        ANNULLED = "annulled", "撤销、确认无效"
        UNLAWFUL = "unlawful", "确认违法，不撤销"
        WITHDRAWN = "withdrawn", "撤回、终止"

    remedy = models.OneToOneField(Remedy, verbose_name="复议、诉讼", on_delete=models.PROTECT, related_name="end")
    ended_on = models.DateField("收到结果的日期")
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    paper = models.CharField("文书", max_length=200, help_text="复议决定书或者裁判文书的文号。")
    fine = models.DecimalField(
        "变更后的罚款（元）", max_digits=12, decimal_places=2, null=True, blank=True, help_text="变更罚款的才填。"
    )
    gains = models.DecimalField(
        "变更后没收的违法所得（元）",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="变更违法所得的才填。",
    )
    lifted = ArrayField(
        models.CharField(max_length=20, choices=LIFTED), verbose_name="变更以后不再执行的", default=list, blank=True
    )

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "复议、诉讼结果"
        verbose_name_plural = "复议、诉讼结果"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("remedyend", "paper", said="请写明文书。"),
            CheckConstraint(
                condition=(Q(fine=None) | Q(fine__gte=0, outcome="changed"))
                & (Q(gains=None) | Q(gains__gte=0, outcome="changed"))
                & (Q(lifted=[]) | Q(outcome="changed")),
                name="remedyend_said_when_changed",
                violation_error_message="结果是变更的，才填变更后的罚款、违法所得和不再执行的。",
            ),
            visible_constraint("remedyend", "paper", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_on} {self.get_outcome_display()}"
