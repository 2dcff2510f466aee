"""缴款: what is paid and given back, by which plan, and what of it is given up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from acts.models import Authored
from cases.rows.entry import Entry
from verbatim.fields import given_constraint, visible_constraint


def sum_of_money(name: str, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))], **options
    )


class PaymentQuerySet(models.QuerySet["Payment"]):
    def valid(self) -> PaymentQuerySet:
        return self.filter(void=None)


class Payment(Entry, Authored):
    """缴款: by the voucher of the bank."""

    class For(models.TextChoices):
        FINE = "fine", "罚款"
        SURCHARGE = "surcharge", "加处罚款"
        GAINS = "confiscation", "没收的违法所得"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="payments")
    what = models.CharField("款项", max_length=20, choices=For)
    amount = sum_of_money("金额（元）")
    paid_on = models.DateField("缴款日期")
    voucher = models.CharField("票据号", max_length=100)
    through_court = models.BooleanField("由法院执行到账", default=False)
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


class Refund(Entry, Authored):
    """退款: what was paid and is not owed any more."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="refunds")
    what = models.CharField("款项", max_length=20, choices=Payment.For)
    amount = sum_of_money("金额（元）")
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


class Arrangement(Entry, Authored):
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
    amount = sum_of_money("金额（元）")

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


class Agreement(Entry, Authored):
    """执行协议: the party has made good what it did, and some of the surcharge is given up (强制法42)."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="agreements")
    agreed_on = models.DateField("达成协议的日期")
    made_good = models.TextField("当事人采取的补救措施")
    remitted = sum_of_money("减免的加处罚款（元）")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "执行协议"
        verbose_name_plural = "执行协议"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(remitted__gt=0), name="agreement_of_something"),
            given_constraint("agreement", "made_good", said="请写明当事人采取的补救措施。"),
            visible_constraint("agreement", "made_good", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.agreed_on} 执行协议，减免加处罚款 {self.remitted} 元"
