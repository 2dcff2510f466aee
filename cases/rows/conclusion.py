"""调查终结报告: what happened, by what it is shown, and what is proposed; each report stays, a later one takes its
place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from acts.errors import Incomplete
from cases.rows.proposal import TEXTS, Proposal
from cases.rows.weighing import Weighing
from clocks.deadlines import Deadline, work_out
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import visible_constraint


class Conclusion(Proposal):
    """调查终结报告, with the penalty that it proposes beside what the law allows."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="conclusions")
    facts = models.TextField("违法事实")
    evidence = models.TextField("证据", help_text="逐条写明哪一项证据证明哪一项事实。")
    act_ended_on = models.DateField("违法行为终了之日", help_text="连续或者继续的，填停止的那一天。")
    harms_life = models.BooleanField("涉及公民生命健康安全、金融安全且有危害后果")
    rights_told = models.BooleanField("首次接触时已告知当事人申请回避等权利")
    is_crime = models.BooleanField("涉嫌犯罪")

    area: ClassVar[str] = "cases"

    class Meta(Proposal.Meta):
        verbose_name = "调查终结报告"
        verbose_name_plural = "调查终结报告"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Proposal.Meta.constraints,
            CheckConstraint(
                condition=~Q(facts="") & ~Q(evidence=""),
                name="conclusion_shown",
                violation_error_message="请写明违法事实和证据。",
            ),
            visible_constraint("conclusion", "facts", "evidence", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}（{self.by_name}）"

    def take(self, weighing: Weighing | None) -> None:
        super().take(weighing)
        if self.weighing and self.act_ended_on != self.weighing.weighed.act_ended_on:
            ended = self.weighing.weighed.act_ended_on
            raise Incomplete(f"裁量时填的违法行为终了之日是 {ended}，和报告不一致，请核对。")

    def limitation(self, calendar: Calendar) -> Deadline:
        """Until when the act had to be discovered."""
        name = "limitation_harm" if self.harms_life else "limitation"
        return work_out(in_force().on(name, self.act_ended_on), self.act_ended_on, calendar)
