"""调查终结报告: what happened, by what it is shown, and what is proposed; each report stays, a later one takes its
place."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q

from acts.models import Authored
from cases.amounts import Grade, LegalRange
from cases.penalties import CONFISCATIONS, Party, Penalty, Sanction
from clocks.deadlines import Deadline, work_out
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import visible_constraint

PENALTIES = [(kind.value, kind.value) for kind in Penalty]
GRADES = [(grade.value, grade.value) for grade in Grade]


def _sum(name: str) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=12, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0)]
    )


class Conclusion(Authored):
    """调查终结报告, with the penalty that it proposes beside what the law allows."""

    class Outcome(models.TextChoices):
        PENALTY = "penalty", "给予行政处罚"
        NONE = "none", "不予行政处罚"
        ADVICE = "advice", "提出行政建议"
        TRANSFER = "transfer", "移送"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="conclusions")
    facts = models.TextField("违法事实")
    evidence = models.TextField("证据", help_text="逐条写明哪一项证据证明哪一项事实。")
    act_ended_on = models.DateField("违法行为终了之日", help_text="连续或者继续的，填停止的那一天。")
    harms_life = models.BooleanField("涉及公民生命健康安全、金融安全且有危害后果")
    rights_told = models.BooleanField("首次接触时已告知当事人申请回避等权利")
    is_crime = models.BooleanField("涉嫌犯罪")
    outcome = models.CharField("拟作的处理", max_length=20, choices=Outcome)
    article = models.CharField("依据的条款", max_length=200, blank=True, help_text="法律名称、版本和条款。")
    kinds = ArrayField(
        models.CharField(max_length=20, choices=PENALTIES), verbose_name="处罚种类", default=list, blank=True
    )
    fine = _sum("罚款（元）")
    confiscated = _sum("没收的价值（元）")
    minimum = _sum("法定最低罚款（元）")
    maximum = _sum("法定最高罚款（元）")
    compulsory = ArrayField(
        models.CharField(max_length=20, choices=PENALTIES), verbose_name="应当给予的种类", default=list, blank=True
    )
    grade = models.CharField("裁量档次", max_length=10, choices=GRADES, blank=True)
    ground = models.CharField("减轻的法定情形", max_length=200, blank=True)
    reasons = models.TextField("裁量理由", blank=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "调查终结报告"
        verbose_name_plural = "调查终结报告"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=~Q(facts="") & ~Q(evidence=""),
                name="conclusion_shown",
                violation_error_message="请写明违法事实和证据。",
            ),
            CheckConstraint(
                condition=(Q(outcome="penalty", kinds__len__gt=0) & ~Q(article="") & ~Q(grade=""))
                | (~Q(outcome="penalty") & Q(kinds__len=0, fine=0, confiscated=0)),
                name="conclusion_penalty_with_article",
                violation_error_message="给予处罚的写明条款、种类和档次；不给予处罚的不填种类和数额。",
            ),
            CheckConstraint(
                condition=Q(fine__lte=F("maximum")) & Q(minimum__lte=F("maximum")),
                name="conclusion_fine_within_the_law",
                violation_error_message="罚款超过法定最高数额，不能提出。",
            ),
            CheckConstraint(
                condition=Q(fine=0) | Q(kinds__contains=[Penalty.FINE.value]),
                name="conclusion_fine_is_a_kind",
                violation_error_message="有罚款数额的，种类里要有罚款。",
            ),
            visible_constraint("conclusion", "facts", "evidence", "article", "ground", "reasons", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}（{self.by_name}）"

    def sanction(self, party: str) -> Sanction:
        return Sanction(
            party=Party(party),
            kinds=frozenset(Penalty(kind) for kind in self.kinds),
            fine=self.fine,
            confiscated=self.confiscated,
        )

    def allowed(self) -> LegalRange:
        """What the article allows, as the officer entered it for the reviewer to check."""
        others = frozenset(Penalty) if self.maximum else CONFISCATIONS
        return LegalRange(
            source=self.article,
            compulsory=frozenset(Penalty(kind) for kind in self.compulsory),
            optional=others,
            minimum=self.minimum,
            maximum=self.maximum,
        )

    def limitation(self, calendar: Calendar) -> Deadline:
        """Until when the act had to be discovered."""
        name = "limitation_harm" if self.harms_life else "limitation"
        return work_out(in_force().on(name, self.act_ended_on), self.act_ended_on, calendar)
