"""What is punished, and by which article in which version: 违法行为 and 罚则."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Prefetch, Q, UniqueConstraint

from cases.amounts import LegalRange, within
from cases.discretion.rows import CodedRow, InForceQuerySet, InForceRow, StandardsRow, filled
from cases.penalties import Penalty
from history.models import code_format, listed
from history.trail import as_number
from verbatim.codes import Numbers
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint

KINDS = [(kind.value, kind.value) for kind in Penalty]


class Violation(CodedRow):
    """违法行为: one act that an article forbids; where the list names it, with the clause."""

    name = LineField("违法行为", unique=True)
    item = models.CharField("清单条目", max_length=20, blank=True, help_text="清单写到的，填条目代码，例如 JG-12。")
    anchor = models.CharField("清单条款", max_length=40, blank=True, help_text="条款的永久锚点，例如 c5-3-1。")

    code_prefix: ClassVar[str] = "WF-"
    title_field: ClassVar[str] = "name"

    class Meta(CodedRow.Meta):
        verbose_name = "违法行为"
        verbose_name_plural = "违法行为"
        ordering: ClassVar[list[Any]] = [Numbers("code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            code_format("violation", "WF-01"),
            *tidy_constraints("violation", "name"),
            filled("violation", "name"),
            visible_constraint("violation", "name", "item"),
            CheckConstraint(
                condition=Q(item="", anchor="") | (~Q(item="") & ~Q(anchor="")),
                name="violation_clause_of_an_item",
                violation_error_message="清单条目和清单条款要么都填，要么都不填。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Unit(models.TextChoices):
    """Of what a fine is so many times."""

    GAINS = "gains", "违法所得"
    VALUE = "value", "货值金额"


class When(models.TextChoices):
    """When a kind of penalty is given."""

    ALWAYS = "always", "应当"
    MAY = "may", "可以"
    GRAVE = "grave", "情节严重的"


def range_of(
    source: str, kinds: Mapping[Penalty, When], minimum: Decimal, maximum: Decimal, difference: str
) -> LegalRange:
    """What an article allows, by when it gives each kind."""
    always, may, grave = (frozenset(kind for kind, when in kinds.items() if when == each) for each in When)
    return LegalRange(
        source=source,
        compulsory=always,
        optional=may,
        grave=grave,
        minimum=minimum,
        maximum=maximum,
        difference=difference,
    )


class ProvisionQuerySet(InForceQuerySet):
    def with_kinds(self) -> Self:
        return self.select_related("violation").prefetch_related(
            Prefetch("kinds", ProvisionKind.objects.listed().order_by("pk"))
        )


def money(name: str) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=14, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0)]
    )


def times(name: str) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class Provision(InForceRow):
    """罚则: what an article, in one of its versions, does to a violation. A later version is a row of its own."""

    violation = models.ForeignKey(
        Violation, verbose_name="违法行为", on_delete=models.PROTECT, related_name="provisions"
    )
    law = LineField("法律法规", help_text="全称，不带书名号。")
    version = LineField("版本", help_text="哪一年通过、修正的，或者文号。")
    article = LineField("条款", blank=True, help_text="例如：第五十一条。没有查实的不填。")
    quoted = CellField("条文", help_text="罚则的原文。")
    minimum, maximum = money("法定最低罚款（元）"), money("法定最高罚款（元）")
    unit = models.CharField("按倍数罚的，以什么为基数", max_length=20, choices=Unit, blank=True)
    least, most = times("法定最低倍数"), times("法定最高倍数")
    difference = CellField(
        "清单和法律不一致之处", blank=True, help_text="例如清单写“并处”，法律写“可以并处”；不罚款时会提示。"
    )
    note = CellField("说明", blank=True, help_text="没有查实的，写在这里。")

    objects: ClassVar[Any] = ProvisionQuerySet.as_manager()
    code_prefix: ClassVar[str] = "FZ-"
    belongs_to: ClassVar[str] = "violation"

    class Meta(InForceRow.Meta):
        verbose_name = "罚则"
        verbose_name_plural = "罚则"
        ordering: ClassVar[list[Any]] = [Numbers("code")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            code_format("provision", "FZ-01"),
            *tidy_constraints("provision", "law", "version", "article", "quoted", "difference", "note"),
            filled("provision", "law", "version", "quoted"),
            visible_constraint("provision", "law", "version", "article", "quoted", "difference", "note"),
            *InForceRow.Meta.constraints,
            CheckConstraint(
                condition=Q(minimum__gte=0, minimum__lte=F("maximum")),
                name="provision_least_and_most_sum",
                violation_error_message="法定最低罚款不能高于法定最高罚款。",
            ),
            CheckConstraint(
                condition=Q(unit="", least=None, most=None)
                | Q(unit__in=Unit.values, minimum=0, maximum=0, least__gte=0, least__lte=F("most"))
                & Q(least__isnull=False, most__isnull=False),
                name="provision_by_sum_or_by_times",
                violation_error_message="按倍数罚的，选基数，填最低和最高倍数，不填数额；按数额罚的不填倍数。",
            ),
            UniqueConstraint(
                fields=["violation", "law", "version", "article"],
                condition=Q(retired_on=None),
                name="provision_once",
                violation_error_message="这个违法行为已经有同一版本、同一条款的罚则。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.violation.name}"

    @property
    def source(self) -> str:
        """《法定计量检定机构监督管理办法》（2001年质检总局令第15号）第十条"""
        return f"《{self.law}》（{self.version}）{self.article}"

    def legal_range(self, base: Decimal = Decimal(0)) -> LegalRange:
        """What it allows; `base` is what it counts times of, in yuan. Raises ValueError where it needs one."""
        lowest, highest = self.minimum, self.maximum
        if self.unit:
            if base <= 0:
                raise ValueError(
                    f"{self.source}按{self.get_unit_display()}的倍数罚款，要先填{self.get_unit_display()}。"
                )
            assert self.least is not None
            assert self.most is not None
            lowest, highest = within(self.least * base, self.most * base)
        kinds = {Penalty(row.kind): When(row.when) for row in listed(self.kinds)}
        return range_of(self.source, kinds, lowest, highest, self.difference)

    @property
    def said_range(self) -> str:
        """应当：警告、罚款 0 元到 1000 元；情节严重的：吊销其计量授权证书"""
        return self.says(listed(self.kinds))

    def says(self, kinds: Iterable[ProvisionKind]) -> str:
        """The same, of these kinds."""
        held = list(kinds)
        given = [(when, [self._said(row) for row in held if row.when == when]) for when in When]
        return "；".join(f"{when.label}：{'、'.join(said)}" for when, said in given if said)

    def _said(self, row: ProvisionKind) -> str:
        named = row.called or row.kind
        if row.kind != Penalty.FINE:
            return named
        if self.unit and self.least is not None and self.most is not None:
            return f"{named}{self.get_unit_display()}的 {as_number(self.least)} 倍到 {as_number(self.most)} 倍"
        return f"{named} {as_number(self.minimum)} 元到 {as_number(self.maximum)} 元"


class ProvisionKind(StandardsRow):
    """罚则的处罚种类: one kind that the article gives, always, where it may, or where the act is grave."""

    provision = models.ForeignKey(Provision, verbose_name="罚则", on_delete=models.PROTECT, related_name="kinds")
    kind = models.CharField("处罚种类", max_length=20, choices=KINDS)
    when = models.CharField(
        "何时给予", max_length=20, choices=When, default=When.ALWAYS, help_text="“并处”是应当；“可以并处”是可以。"
    )
    called = LineField("条文的说法", blank=True, help_text="与种类的叫法不同的，照抄条文，例如：吊销其计量授权证书。")
    belongs_to: ClassVar[str] = "provision"

    class Meta(StandardsRow.Meta):
        verbose_name = "罚则的处罚种类"
        verbose_name_plural = "罚则的处罚种类"
        ordering: ClassVar[list[Any]] = ["provision", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Penalty], when__in=When.values),
                name="provision_kind_known",
                violation_error_message="请从列出的处罚种类里选。",
            ),
            *tidy_constraints("provision_kind", "called"),
            visible_constraint("provision_kind", "called"),
            UniqueConstraint(
                fields=["provision", "kind"],
                name="provision_kind_once",
                violation_error_message="这一条罚则里已经有这个种类，请改那一行。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}（{self.get_when_display()}）"

    def clean(self) -> None:
        super().clean()
        if self.kind == Penalty.FINE and self.provision_id and not (self.provision.maximum or self.provision.unit):
            raise ValidationError({"kind": "这一条罚则没有写罚款的数额或者倍数，请先填。"})
