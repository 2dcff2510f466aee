"""拟作的处理: what is to be done with a case, the penalty beside what the law allows. Reports, meetings and penalties
on the spot each hold one."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, Value

from acts.errors import Incomplete
from acts.models import Authored
from cases.amounts import Grade, LegalRange, in_order
from cases.penalties import CONFISCATIONS, Party, Penalty, Sanction
from cases.rows.weighing import GRADES, Weighing

PENALTIES = [(kind.value, kind.value) for kind in Penalty]
COLUMNS = (
    *("outcome", "article", "kinds", "fine", "confiscated", "gains"),
    *("article_kinds", "compulsory", "minimum", "maximum"),
    *("grade", "ground", "reasons", "beyond"),
)
OF_THE_LAW = ("article", "article_kinds", "compulsory", "minimum", "maximum", "grade", "ground")
"""What a proposal takes from what was weighed, where it was."""
TEXTS = ("article", "ground", "reasons", "beyond")


MITIGATED = Q(grade=Grade.MITIGATED.value) & ~Q(ground="")
"""Below the law, with the ground that the law itself gives (处罚法2017-27, 处罚法2021-32)."""


class ArrayRemove(Func):
    function = "array_remove"


def money(name: str, help_text: str = "") -> models.DecimalField:
    return models.DecimalField(
        name,
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text=help_text,
    )


class Outcome(models.TextChoices):
    PENALTY = "penalty", "给予行政处罚"
    NONE = "none", "不予行政处罚"
    ADVICE = "advice", "提出行政建议"
    TRANSFER = "transfer", "移送"


class Proposal(Authored):
    outcome = models.CharField("拟作的处理", max_length=20, choices=Outcome)
    article = models.CharField("依据的条款", max_length=1000, blank=True, help_text="法律名称、版本和条款。")
    kinds = ArrayField(
        models.CharField(max_length=20, choices=PENALTIES), verbose_name="处罚种类", default=list, blank=True
    )
    fine = money("罚款（元）")
    confiscated = money("没收的价值（元）", "违法所得和非法财物合计。")
    gains = money("其中违法所得（元）", "要缴到银行的那一部分。")
    article_kinds = ArrayField(
        models.CharField(max_length=20, choices=PENALTIES),
        verbose_name="这一条规定的种类",
        default=list,
        blank=True,
        help_text="条款里写的全部种类；处罚的种类只能在这里面选。",
    )
    minimum = money("法定最低罚款（元）")
    maximum = money("法定最高罚款（元）")
    compulsory = ArrayField(
        models.CharField(max_length=20, choices=PENALTIES),
        verbose_name="其中应当给予的",
        default=list,
        blank=True,
        help_text="条款写“并处”的，几种都应当给予；写“可以并处”的不选。",
    )
    grade = models.CharField("裁量档次", max_length=10, choices=GRADES, blank=True)
    ground = models.CharField("减轻的法定情形", max_length=1000, blank=True)
    reasons = models.TextField("裁量理由", blank=True)
    weighing = models.ForeignKey(
        Weighing, verbose_name="裁量", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beyond = models.TextField(
        "超出裁量幅度的理由", blank=True, help_text="在裁量幅度以内的不填；超出法定幅度的不能办。"
    )

    class Meta(Authored.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=(Q(outcome="penalty", kinds__len__gt=0) & ~Q(article="") & ~Q(grade=""))
                | (~Q(outcome="penalty") & Q(kinds__len=0, fine=0, confiscated=0, gains=0)),
                name="%(class)s_penalty_with_article",
                violation_error_message="给予处罚的写明条款、种类和档次；不给予处罚的不填种类和数额。",
            ),
            CheckConstraint(
                condition=Q(fine__lte=F("maximum")) & Q(minimum__lte=F("maximum")),
                name="%(class)s_fine_within_the_law",
                violation_error_message="罚款超过法定最高数额，不能提出。",
            ),
            CheckConstraint(
                condition=~Q(kinds__contains=[Penalty.FINE.value]) | Q(fine__gte=F("minimum")) | MITIGATED,
                name="%(class)s_fine_not_below_the_law",
                violation_error_message="罚款低于法定最低数额；只有减轻处罚，写明法定情形，才可以。",
            ),
            CheckConstraint(
                condition=Q(kinds=[])
                | Q(kinds__contains=F("compulsory"))
                | (Q(kinds__contains=ArrayRemove(F("compulsory"), Value(Penalty.FINE.value))) & MITIGATED),
                name="%(class)s_compulsory_kinds",
                violation_error_message="应当给予的种类少了；只有减轻处罚，写明法定情形，才可以不罚款，其他的不能少。",
            ),
            CheckConstraint(
                condition=~Q(grade=Grade.NONE.value) | Q(kinds=[]),
                name="%(class)s_no_penalty_where_none_is_due",
                violation_error_message="裁量档次是不予，不能给予处罚。",
            ),
            CheckConstraint(
                condition=Q(weighing__isnull=False) | Q(beyond=""),
                name="%(class)s_beyond_what_was_weighed",
                violation_error_message="没有裁量过的，不填超出裁量幅度的理由。",
            ),
            CheckConstraint(
                condition=Q(fine=0) | Q(kinds__contains=[Penalty.FINE.value]),
                name="%(class)s_fine_is_a_kind",
                violation_error_message="有罚款数额的，种类里要有罚款。",
            ),
            CheckConstraint(
                condition=Q(kinds__contained_by=F("article_kinds")) & Q(compulsory__contained_by=F("article_kinds")),
                name="%(class)s_kinds_of_the_article",
                violation_error_message="处罚的种类、应当给予的种类，都要是这一条规定的种类。",
            ),
            CheckConstraint(
                condition=Q(gains__lte=F("confiscated"))
                & (Q(gains=0) | Q(kinds__contains=[Penalty.GAINS.value]))
                & (Q(confiscated=0) | Q(kinds__overlap=[kind.value for kind in Penalty if kind in CONFISCATIONS])),
                name="%(class)s_confiscation_is_a_kind",
                violation_error_message="有没收数额的，种类里要有没收；违法所得不能多于没收的合计。",
            ),
        ]

    def take(self, weighing: Weighing | None) -> None:
        """The law, the grade and the reasons of what was weighed; as they are where nothing was. Raises Incomplete."""
        if weighing is None or self.outcome not in (Outcome.PENALTY, Outcome.NONE):
            return
        weighed, grade = weighing.weighed, Grade(weighing.grade)
        if self.is_penalty and grade is Grade.NONE:
            raise Incomplete("裁量的结果是不予行政处罚，不能提出处罚；要处罚的，先重新裁量。")
        if not self.is_penalty and grade is not Grade.NONE:
            raise Incomplete(f"裁量的结果是{grade}，不能提出不予处罚；要不予的，先重新裁量。")
        self.weighing, self.grade, self.ground = weighing, weighing.grade, weighed.ground(grade)
        self.article, self.minimum, self.maximum = weighed.law.source, weighed.law.minimum, weighed.law.maximum
        self.article_kinds, self.compulsory = in_order(weighed.law.kinds), in_order(weighed.law.compulsory)
        if self.is_beyond and not self.beyond:
            raise Incomplete(f"处罚超出裁量的幅度（{weighing.said_range}），请写明超出的理由。")
        if self.beyond and not self.is_beyond:
            raise Incomplete("处罚在裁量的幅度以内，不填超出的理由。")
        self.reasons = weighed.reasons(grade, self.kinds, self.fine, self.beyond)

    def refuse_other_reasons(self, basis: str, reasons: str) -> None:
        """What is told to the party holds the article and the reasons as they were weighed. Raises Incomplete."""
        if self.weighing and (self.article not in basis or self.reasons not in reasons.replace("\r\n", "\n")):
            raise Incomplete("处罚依据、处罚理由要含有裁量写出的条款和理由，可以补充，不能删改。")

    @property
    def is_beyond(self) -> bool:
        """Whether it leaves the band, within the law."""
        return self.weighing is not None and not self.weighing.measured.holds(self.kinds, self.fine)

    @property
    def standards_left(self) -> str:
        """Those whose range it leaves; empty where it keeps within, or none is set."""
        return self.weighing.standards if self.weighing and self.is_beyond else ""

    def missing_sums(self) -> list[str]:
        """The kinds that are said without their sum."""
        sums = {Penalty.FINE: self.fine, Penalty.GAINS: self.gains, Penalty.GOODS: self.confiscated - self.gains}
        return [kind for kind, amount in sums.items() if kind in self.kinds and not amount]

    @property
    def is_penalty(self) -> bool:
        return self.outcome == Outcome.PENALTY

    @property
    def said(self) -> str:
        """给予行政处罚：警告、罚款 500.00 元"""
        sums = {Penalty.FINE: self.fine, Penalty.GAINS: self.gains}
        kinds = [f"{kind} {sums[Penalty(kind)]} 元" if sums.get(Penalty(kind)) else kind for kind in self.kinds]
        label = str(Outcome(self.outcome).label)
        return f"{label}：{'、'.join(kinds)}" if kinds else label

    def sanction(self, party: str) -> Sanction:
        return Sanction(
            party=Party(party),
            kinds=frozenset(Penalty(kind) for kind in self.kinds),
            fine=self.fine,
            confiscated=self.confiscated,
        )

    def allowed(self) -> LegalRange:
        """What the article allows: as it was weighed, or as the officer entered it for the reviewer to check."""
        if self.weighing:
            return self.weighing.weighed.law
        return LegalRange(
            source=self.article,
            compulsory=frozenset(Penalty(kind) for kind in self.compulsory),
            optional=frozenset(Penalty(kind) for kind in self.article_kinds),
            minimum=self.minimum,
            maximum=self.maximum,
        )
