"""By what a penalty is measured within the law: 裁量基准, its factors and its bands (清单十五)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from cases.amounts import Grade, within
from cases.discretion.rows import CodedRow, InForceRow, filled
from cases.discretion.violations import KINDS, Provision, Violation, When
from cases.penalties import Penalty
from history.models import code_format, listed
from history.trail import as_number
from verbatim.codes import Numbers
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint

BANDED = (Grade.MITIGATED, Grade.LIGHT, Grade.USUAL, Grade.HEAVY)


class Standard(InForceRow):
    """裁量文件: who issued it, its number and days; the county uses those of the levels above (清单十五 三（二）)."""

    title = LineField("名称", help_text="不带书名号。")
    issuer = LineField("制定机关")
    number = LineField("文号", unique=True)
    published_on = models.DateField("公布日期")
    replaced_by = LineField("被何文件代替", blank=True, help_text="名称和文号。")

    code_prefix: ClassVar[str] = "JZ-"
    title_field: ClassVar[str] = "title"

    class Meta(InForceRow.Meta):
        verbose_name = "裁量文件"
        verbose_name_plural = "裁量文件"
        ordering: ClassVar[list[Any]] = [Numbers("code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            code_format("standard", "JZ-01"),
            *tidy_constraints("standard", "title", "issuer", "number", "replaced_by"),
            filled("standard", "title", "issuer", "number"),
            visible_constraint("standard", "title", "issuer", "number", "replaced_by"),
            *InForceRow.Meta.constraints,
            CheckConstraint(
                condition=Q(published_on__lte=F("since")),
                name="standard_published_before_in_force",
                violation_error_message="施行日期不能早于公布日期。",
            ),
            CheckConstraint(
                condition=Q(replaced_by="") | Q(until__isnull=False),
                name="standard_replaced_when_ended",
                violation_error_message="写了被何文件代替，就要写失效日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} 《{self.title}》（{self.number}）"


class Leads(models.TextChoices):
    """Where a factor leads."""

    NONE = "none", "不予"
    MITIGATED = "mitigated", "减轻"
    LIGHT_OR_MITIGATED = "light_or_mitigated", "从轻或者减轻"
    LIGHT = "light", "从轻"
    HEAVY = "heavy", "从重"


class Binding(models.TextChoices):
    """How the text puts it."""

    MUST = "must", "应当"
    MAY = "may", "可以"


class Factor(CodedRow):
    """裁量因素: a circumstance that makes a penalty lighter or heavier, of one violation or of all."""

    standard = models.ForeignKey(Standard, verbose_name="裁量文件", on_delete=models.PROTECT, related_name="factors")
    violation = models.ForeignKey(
        Violation,
        verbose_name="违法行为",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="factors",
        help_text="不填的，对各种违法行为都适用。",
    )
    name = LineField("因素")
    leads_to = models.CharField("裁量", max_length=20, choices=Leads)
    binding = models.CharField(
        "应当还是可以", max_length=10, choices=Binding, default=Binding.MAY, help_text="条文怎么写的。"
    )
    clause = LineField("条款", help_text="写在文件的哪一条。")

    code_prefix: ClassVar[str] = "YS-"
    title_field: ClassVar[str] = "name"

    class Meta(CodedRow.Meta):
        verbose_name = "裁量因素"
        verbose_name_plural = "裁量因素"
        ordering: ClassVar[list[Any]] = [Numbers("code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            code_format("factor", "YS-01"),
            *tidy_constraints("factor", "name", "clause"),
            filled("factor", "name", "clause"),
            visible_constraint("factor", "name", "clause"),
            CheckConstraint(
                condition=Q(leads_to__in=Leads.values, binding__in=Binding.values),
                name="factor_leads_somewhere",
                violation_error_message="请从列出的裁量里选。",
            ),
            UniqueConstraint(
                fields=["standard", "violation", "name"],
                condition=Q(retired_on=None),
                nulls_distinct=False,
                name="factor_once",
                violation_error_message="这份文件里已经有这个因素。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class By(models.TextChoices):
    """In what a band is counted."""

    SUM = "sum", "元"
    TIMES = "times", "倍"
    SHARE = "share", "法定幅度的百分之几"


class Range:
    """From where to where a band goes, be it a row or what was recorded of one."""

    by: Any
    low: Any
    high: Any

    def in_yuan(self, lowest: Decimal, highest: Decimal, base: Decimal) -> tuple[Decimal, Decimal]:
        """Where the law goes from `lowest` to `highest` and counts times of `base`."""
        assert self.low is not None
        assert self.high is not None
        if self.by == By.SUM:
            return self.low, self.high
        if self.by == By.TIMES:
            return within(self.low * base, self.high * base)
        width = highest - lowest
        return within(lowest + width * self.low / 100, lowest + width * self.high / 100)


class Band(Range, CodedRow):
    """裁量档: from where to where a grade goes, for one kind of penalty; a share of the law's range may be for all."""

    standard = models.ForeignKey(Standard, verbose_name="裁量文件", on_delete=models.PROTECT, related_name="bands")
    provision = models.ForeignKey(
        Provision,
        verbose_name="罚则",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bands",
        help_text="不填的，对各条罚则都适用，只能按法定幅度的百分之几。",
    )
    grade = models.CharField("档次", max_length=10, choices=[(grade.value, grade.value) for grade in BANDED])
    kind = models.CharField("处罚种类", max_length=20, choices=KINDS, default=Penalty.FINE.value)
    by = models.CharField("罚款按什么算", max_length=10, choices=By, blank=True)
    low = models.DecimalField(
        "从", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    high = models.DecimalField(
        "到", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    condition = CellField("适用条件", blank=True, help_text="文件里写明的情形，照抄。")

    code_prefix: ClassVar[str] = "CD-"

    class Meta(CodedRow.Meta):
        verbose_name = "裁量档"
        verbose_name_plural = "裁量档"
        ordering: ClassVar[list[Any]] = [Numbers("code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            code_format("band", "CD-01"),
            *tidy_constraints("band", "condition"),
            visible_constraint("band", "condition"),
            CheckConstraint(
                condition=Q(grade__in=[grade.value for grade in BANDED], kind__in=[kind.value for kind in Penalty]),
                name="band_of_a_grade_and_a_kind",
                violation_error_message="请从列出的档次和种类里选。",
            ),
            CheckConstraint(
                condition=Q(kind=Penalty.FINE.value, by__in=By.values, low__gte=0, low__lte=F("high"))
                & Q(low__isnull=False, high__isnull=False)
                | (~Q(kind=Penalty.FINE.value) & Q(by="", low=None, high=None)),
                name="band_from_low_to_high",
                violation_error_message="罚款要填按什么算、从多少到多少，前者不大于后者；其他种类不填。",
            ),
            CheckConstraint(
                condition=~Q(by=By.SHARE) | Q(high__lte=100),
                name="band_share_of_the_range",
                violation_error_message="法定幅度的百分之几，最多一百。",
            ),
            CheckConstraint(
                condition=~Q(grade=Grade.MITIGATED.value, by=By.SHARE),
                name="band_below_the_range_is_no_share",
                violation_error_message="减轻在法定幅度以下，不能按法定幅度的百分之几，请写数额或者倍数。",
            ),
            CheckConstraint(
                condition=Q(provision__isnull=False) | Q(by=By.SHARE),
                name="band_for_all_is_a_share",
                violation_error_message="对各条罚则都适用的，只能按法定幅度的百分之几。",
            ),
            UniqueConstraint(
                fields=["standard", "provision", "grade", "kind"],
                condition=Q(retired_on=None),
                nulls_distinct=False,
                name="band_once",
                violation_error_message="这份文件里已经有这一档，请改那一行。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.grade}：{self.said}"

    @property
    def said(self) -> str:
        """罚款 0 元到 300 元；吊销许可证件"""
        if self.kind != Penalty.FINE or self.low is None or self.high is None:
            return str(self.kind)
        if self.by == By.SHARE:
            return f"罚款在法定幅度的 {as_number(self.low)}% 到 {as_number(self.high)}%"
        unit = "元" if self.by == By.SUM else "倍"
        return f"罚款 {as_number(self.low)} {unit}到 {as_number(self.high)} {unit}"

    def clean(self) -> None:
        """A band is within the law (the database asks again: cases.discretion.guards)."""
        super().clean()
        law = self.provision if self.provision_id else None
        if law is None:
            return
        given = {row.kind: row.when for row in listed(law.kinds)}
        if self.kind not in given:
            raise ValidationError({"kind": f"这一条罚则没有{self.kind}。"})
        if given[self.kind] == When.GRAVE and self.grade != Grade.HEAVY:
            raise ValidationError({"kind": f"{self.kind}只给情节严重的，档次要是从重。"})
        if self.by in (By.SUM, By.TIMES) and self.low is not None and self.high is not None:
            self._refuse_beyond(law, self.low, self.high)

    def _refuse_beyond(self, law: Provision, low: Decimal, high: Decimal) -> None:
        if (self.by == By.TIMES) != bool(law.unit):
            raise ValidationError({"by": f"这一条罚则按{'倍数' if law.unit else '数额'}罚款。"})
        least, most = (law.least, law.most) if law.unit else (law.minimum, law.maximum)
        assert least is not None
        assert most is not None
        if high > most:
            raise ValidationError({"high": f"高于法定的最高限 {as_number(most)}。"})
        if low < least and self.grade != Grade.MITIGATED:
            raise ValidationError({"low": f"低于法定的最低限 {as_number(least)}；只有减轻可以。"})
