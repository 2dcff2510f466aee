"""缴款: what is paid, by which plan, what stops it, and what is done where nothing is paid."""

from __future__ import annotations

import datetime
import functools
import operator
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from acts.models import Authored
from cases.penalties import Penalty
from cases.rows.people import ByTwo
from cases.rows.receipt import TEXTS, Served
from clocks.counting import Span
from clocks.deadlines import Deadline, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import given_constraint, visible_constraint


def _sum(name: str) -> models.DecimalField:
    return models.DecimalField(name, max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])


def _sum_or_none(name: str) -> models.DecimalField:
    """Where something else than money may be owed."""
    return models.DecimalField(
        name, max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal("0.01"))]
    )


def _voided(model: type[models.Model]) -> Any:
    return models.OneToOneField(
        model, verbose_name=model._meta.verbose_name, on_delete=models.PROTECT, null=True, related_name="void"
    )


DUTIES = [(str(kind), str(kind)) for kind in (Penalty.SUSPENSION, Penalty.CLOSURE)]
LIFTED = [(str(kind), str(kind)) for kind in (Penalty.GOODS, Penalty.SUSPENSION, Penalty.CLOSURE)]
OTHER_DUTY = "没有交出的没收物品、没有停止的生产经营等；只欠款的不填。"


def _something(name: str) -> CheckConstraint:
    """Money, or another duty, or both."""
    return CheckConstraint(
        condition=Q(amount__isnull=False, amount__gt=0) | (Q(amount=None) & ~Q(duty="")),
        name=f"{name}_for_something",
        violation_error_message="请写明金额，或者其他应当履行的义务。",
    )


def _asked_for(row: Any) -> str:
    """500.00 元；交出没收的台秤"""
    return " " + "；".join(filter(None, [f"{row.amount} 元" if row.amount else "", row.duty]))


class PaymentQuerySet(models.QuerySet["Payment"]):
    def valid(self) -> PaymentQuerySet:
        return self.filter(void=None)


class Payment(Authored):
    """缴款: by the voucher of the bank."""

    class For(models.TextChoices):
        FINE = "fine", "罚款"
        SURCHARGE = "surcharge", "加处罚款"
        GAINS = "confiscation", "没收的违法所得"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="payments")
    what = models.CharField("款项", max_length=20, choices=For)
    amount = _sum("金额（元）")
    paid_on = models.DateField("缴款日期")
    voucher = models.CharField("票据号", max_length=100)
    instead_of = models.OneToOneField(
        "EntryVoid", verbose_name="代替作废的登记", on_delete=models.PROTECT, null=True, related_name="successor"
    )

    objects: ClassVar = PaymentQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "缴款"
        verbose_name_plural = "缴款"
        ordering: ClassVar[list[str]] = ["case", "paid_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(
                fields=["case", "voucher", "what", "instead_of"],
                name="payment_one_of_a_voucher",
                nulls_distinct=False,
                violation_error_message="这一张票据的这一款项已经登记。",
            ),
            CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(voucher=""),
                name="payment_by_voucher",
                violation_error_message="请写明金额和票据号。",
            ),
            visible_constraint("payment", "voucher", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.get_what_display()} {self.amount} 元"

    @property
    def is_of_the_decision(self) -> bool:
        """Fine or gains: the surcharge comes only with time."""
        return self.what != self.For.SURCHARGE

    @property
    def named(self) -> tuple[str, str]:
        """By what a voucher is told from another."""
        return self.voucher, self.what

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")


class Arrangement(Authored):
    """延期、分期缴纳: asked for in writing, allowed by a head; its last day ends the plan."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="arrangements")
    asked_on = models.DateField("书面申请日期")
    ends_on = models.DateField("最后一期的日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "延期、分期缴纳"
        verbose_name_plural = "延期、分期缴纳"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(ends_on__gt=F("asked_on")),
                name="arrangement_in_order",
                violation_error_message="最后一期的日期要在申请日期以后。",
            ),
            visible_constraint("arrangement", "by_name"),
        ]

    def __str__(self) -> str:
        return f"分期缴纳，到 {self.ends_on}"


class Instalment(Authored):
    arrangement = models.ForeignKey(
        Arrangement, verbose_name="分期", on_delete=models.PROTECT, related_name="instalments"
    )
    due_on = models.DateField("到期日")
    amount = _sum("金额（元）")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "一期"
        verbose_name_plural = "各期"
        ordering: ClassVar[list[str]] = ["arrangement", "due_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["arrangement", "due_on"], name="instalment_one_on_a_day"),
            CheckConstraint(condition=Q(amount__gt=0), name="instalment_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount} 元"


class Remedy(Authored):
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
    def is_void(self) -> bool:
        return hasattr(self, "void")

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


class Urging(Served):
    """催告: how long, how to pay, how much, and that the party may be heard (强制法35)."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="urgings")
    amount = _sum_or_none("催缴金额（元）")
    duty = models.TextField("催告履行的其他义务", blank=True, help_text=OTHER_DUTY)
    rights_told = models.BooleanField("已告知履行期限、方式和陈述、申辩的权利")

    area: ClassVar[str] = "cases"

    class Meta(Served.Meta):
        verbose_name = "催告"
        verbose_name_plural = "催告"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Served.Meta.constraints,
            CheckConstraint(
                condition=Q(rights_told=True) & ~Q(recipient=""),
                name="urging_rights_told",
                violation_error_message="催告要写明收件人，告知履行期限、方式和陈述、申辩的权利。",
            ),
            _something("urging"),
            visible_constraint("urging", "duty", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} 催告{_asked_for(self)}"

    def deadline(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("urge", self.served_on), self.served_on, calendar)


class CourtApplication(Authored):
    """申请法院强制执行."""

    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="court_applications"
    )
    court = models.CharField("法院", max_length=200)
    applied_on = models.DateField("申请日期")
    amount = _sum_or_none("申请执行的金额（元）")
    duty = models.TextField("申请执行的其他义务", blank=True, help_text=OTHER_DUTY)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "申请法院强制执行"
        verbose_name_plural = "申请法院强制执行"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("courtapplication", "court", said="请写法院。"),
            _something("courtapplication"),
            visible_constraint("courtapplication", "court", "duty", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.applied_on} 向{self.court}申请执行{_asked_for(self)}"

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")

    @property
    def is_over(self) -> bool:
        return hasattr(self, "end")


class CourtEnd(Authored):
    class Outcome(models.TextChoices):
        EXECUTED = "executed", "执行完毕"
        ENDED = "ended", "法院结束执行"
        REFUSED = "refused", "裁定不予受理、不予执行"

    application = models.OneToOneField(
        CourtApplication, verbose_name="申请", on_delete=models.PROTECT, related_name="end"
    )
    ended_on = models.DateField("日期")
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    paper = models.CharField("文书", max_length=200, help_text="法院文书的文号。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "法院执行结果"
        verbose_name_plural = "法院执行结果"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("courtend", "paper", said="请写明文书。"),
            visible_constraint("courtend", "paper", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_on} {self.get_outcome_display()}"


class Refund(Authored):
    """退款: what was paid and is not owed any more."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="refunds")
    what = models.CharField("款项", max_length=20, choices=Payment.For)
    amount = _sum("金额（元）")
    refunded_on = models.DateField("退款日期")
    voucher = models.CharField("票据号", max_length=100)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "退款"
        verbose_name_plural = "退款"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(voucher=""),
                name="refund_by_voucher",
                violation_error_message="请写明金额和票据号。",
            ),
            visible_constraint("refund", "voucher", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.refunded_on} 退款（{self.get_what_display()}）{self.amount} 元"

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")


class Fulfilment(ByTwo):
    """履行: two officers have seen that the party did what it had to do beside paying."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="fulfilments")
    duty = models.CharField("义务", max_length=20, choices=DUTIES)
    done_on = models.DateField("履行日期")
    found = models.TextField("核查情况")

    area: ClassVar[str] = "cases"

    class Meta(ByTwo.Meta):
        verbose_name = "履行情况"
        verbose_name_plural = "履行情况"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ByTwo.Meta.constraints,
            given_constraint("fulfilment", "found", said="请写核查情况。"),
            visible_constraint("fulfilment", "found", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} 已履行：{self.duty}"

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")


ENTRIES = ("payment", "remedy", "application", "refund", "fulfilment")


def _alone(name: str) -> Q:
    return Q(**{f"{each}__isnull": each != name for each in ENTRIES})


class EntryVoid(Authored):
    """作废: what was entered wrongly does not count; it stays, and what is right is entered anew."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="entry_voids")
    payment = _voided(Payment)
    remedy = _voided(Remedy)
    application = _voided(CourtApplication)
    refund = _voided(Refund)
    fulfilment = _voided(Fulfilment)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "作废的登记"
        verbose_name_plural = "作废的登记"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=functools.reduce(operator.or_, map(_alone, ENTRIES)),
                name="entryvoid_of_one",
            ),
            visible_constraint("entryvoid", "by_name"),
        ]

    def __str__(self) -> str:
        return f"作废：{next(filter(None, (getattr(self, name) for name in ENTRIES)))}"


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
        return Span(first=self.began_on, last=self.end.ended_on if self.is_over else today, why="中止")


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
