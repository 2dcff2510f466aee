"""催告 and 申请法院强制执行: what is asked for of a party that does not do what was decided, and of the court."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.penalties import Penalty
from cases.rows.entry import Entry
from cases.rows.fulfilment import DUTIES
from cases.rows.money import Payment, sum_of_money
from cases.rows.receipt import TEXTS, Served
from clocks.deadlines import Deadline, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import given_constraint, visible_constraint

OTHER_DUTIES = [(str(Penalty.GOODS), str(Penalty.GOODS)), *DUTIES]
SUMS = {Payment.For.FINE: "fine", Payment.For.GAINS: "gains", Payment.For.SURCHARGE: "surcharge"}
"""The column for each of the sums that a party may owe."""
NOTHING_ASKED = Q(fine=None, gains=None, surcharge=None)


class Demand(models.Model):
    """Money, or another duty, or both. Until the end of 2026 one sum was kept: it was asked for as the fine."""

    amount = sum_of_money("金额（元）", null=True, blank=True, editable=False)
    fine = sum_of_money("罚款（元）", null=True, blank=True)
    gains = sum_of_money("没收的违法所得（元）", null=True, blank=True)
    surcharge = sum_of_money("加处罚款（元）", null=True, blank=True)
    duties = ArrayField(
        models.CharField(max_length=20, choices=OTHER_DUTIES), verbose_name="其他义务", default=list, blank=True
    )
    duty = models.TextField(
        "其他义务的内容", blank=True, help_text="没有交出哪些没收物品、没有停止什么；只欠款的不填。"
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.amount = sum(self.sums.values(), Decimal(0)) or None
        super().save(*args, **kwargs)

    @property
    def sums(self) -> dict[Payment.For, Decimal]:
        """In yuan, by what they are owed for."""
        found = {what: getattr(self, column) for what, column in SUMS.items()}
        is_old = not any(found.values()) and self.amount
        return {Payment.For.FINE: self.amount} if is_old else {what: amount for what, amount in found.items() if amount}

    @property
    def said(self) -> str:
        """罚款 500.00 元、加处罚款 45.00 元；交出没收的台秤"""
        money = "、".join(f"{what.label} {amount} 元" for what, amount in self.sums.items())
        return "；".join(filter(None, [money, self.duty]))


def _asks_for_something(name: str) -> list[CheckConstraint]:
    return [
        CheckConstraint(
            condition=Q(amount__isnull=False, amount__gt=0) | (Q(amount=None) & ~Q(duty="")),
            name=f"{name}_for_something",
            violation_error_message="请写明金额，或者其他应当履行的义务。",
        ),
        CheckConstraint(
            condition=(Q(fine=None) | Q(fine__gt=0))
            & (Q(gains=None) | Q(gains__gt=0))
            & (Q(surcharge=None) | Q(surcharge__gt=0)),
            name=f"{name}_sums_of_something",
        ),
        CheckConstraint(
            condition=Q(duties=[]) | ~Q(duty=""),
            name=f"{name}_says_the_duty",
            violation_error_message="请写明其他义务的内容。",
        ),
    ]


class Urging(Entry, Demand, Served):
    """催告: how long, how to pay, how much, and that the party may be heard (强制法35)."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="urgings")
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
            *_asks_for_something("urging"),
            visible_constraint("urging", "duty", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} 催告 {self.said}"

    def deadline(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("urge", self.served_on), self.served_on, calendar)


class CourtApplication(Entry, Demand, Authored):
    """申请法院强制执行."""

    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="court_applications"
    )
    court = models.CharField("法院", max_length=200)
    applied_on = models.DateField("申请日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "申请法院强制执行"
        verbose_name_plural = "申请法院强制执行"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("courtapplication", "court", said="请写法院。"),
            *_asks_for_something("courtapplication"),
            visible_constraint("courtapplication", "court", "duty", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.applied_on} 向{self.court}申请执行 {self.said}"

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
