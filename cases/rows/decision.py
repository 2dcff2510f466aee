"""行政处罚决定书: its text as it goes through the hands that approve it; and what is decided on the spot."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from acts.models import Authored
from cases.rows.committee import Meeting
from cases.rows.measure import Measure
from cases.rows.people import Officer
from cases.rows.proposal import TEXTS, Proposal
from cases.rules import DecisionPaper
from verbatim.fields import given_constraint, visible_constraint

PARTS = ("party_name", "party_address", "facts", "evidence", "basis", "reasons", "payment", "remedy")


class Decision(Authored):
    """决定书 as it is submitted; a later one takes its place. Kinds and sum are those of the meeting."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, verbose_name="案审会议", on_delete=models.PROTECT, related_name="decisions")
    party_name = models.CharField("当事人姓名或者名称", max_length=200)
    party_address = models.CharField("当事人地址", max_length=300)
    facts = models.TextField("违法事实")
    evidence = models.TextField("证据")
    basis = models.TextField("处罚依据")
    reasons = models.TextField("处罚理由")
    defence = models.TextField("陈述、申辩是否采纳及理由", blank=True)
    standard = models.TextField("依据的裁量基准", blank=True)
    consent = models.CharField(
        "制定机关的同意", max_length=300, blank=True, help_text="超出上级裁量基准的幅度，要它批准：机关、文号、日期。"
    )
    payment = models.TextField("履行方式及期限")
    remedy = models.TextField("救济途径及期限")
    publicity_told = models.BooleanField("已告知处罚信息将公示")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "决定书内容"
        verbose_name_plural = "决定书内容"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("decision", *PARTS, said="决定书的每一部分都要写明。"),
            visible_constraint("decision", *PARTS, "defence", "standard", "consent", "by_name"),
        ]

    def __str__(self) -> str:
        return f"决定书（{self.by_name}）"

    def held_parts(self, day: datetime.date) -> list[str]:
        """Which parts it has of those that a decision of that day needs (rules.DecisionPaper); the bureau and the day
        are printed by the form itself."""
        held = {
            "当事人姓名或者名称及地址": self.party_name and self.party_address,
            "违法事实及证据": self.facts and self.evidence,
            "处罚依据及理由": self.basis and self.reasons,
            "处罚种类及幅度": self.meeting.is_penalty,
            "履行方式及期限": self.payment,
            "救济途径及期限": self.remedy,
            "行政机关名称及日期": True,
            "陈述、申辩是否采纳及理由": self.defence,
            "依据的裁量基准": self.standard,
            "处罚信息公示的告知": self.publicity_told,
        }
        return [part for part in DecisionPaper.parts(day) if held[part]]


class ConfiscatedGoods(Authored):
    """没收: the goods of this measure are taken by the decision; those of every other are given back in time."""

    decision = models.ForeignKey(
        Decision, verbose_name="决定书", on_delete=models.PROTECT, related_name="confiscated_goods"
    )
    measure = models.ForeignKey(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="confiscations")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "决定没收的物品"
        verbose_name_plural = "决定没收的物品"
        ordering: ClassVar[list[str]] = ["decision", "measure"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["decision", "measure"], name="confiscatedgoods_once"),
            visible_constraint("confiscatedgoods", "by_name"),
        ]

    def __str__(self) -> str:
        return f"没收的物品（{self.measure}）"


class SpotPenalty(Proposal):
    """当场处罚决定: made and handed over by the officers themselves."""

    case = models.OneToOneField(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="spot_penalty"
    )
    first_officer = models.ForeignKey(Officer, verbose_name="执法人员", on_delete=models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(
        Officer, verbose_name="另一名执法人员", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    facts = models.TextField("违法事实")
    told_and_heard = models.BooleanField("已告知事实、依据、理由和权利，听取了陈述、申辩")
    handed_over_on = models.DateField("当场交付日期")
    cash = models.BooleanField("当场收缴罚款")

    mode: ClassVar[str] = "当场交付"
    area: ClassVar[str] = "cases"

    class Meta(Proposal.Meta):
        verbose_name = "当场处罚"
        verbose_name_plural = "当场处罚"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Proposal.Meta.constraints,
            CheckConstraint(
                condition=Q(second_officer=None) | ~Q(first_officer=F("second_officer")),
                name="spotpenalty_by_two",
                violation_error_message="要有两名以上执法人员。",
            ),
            CheckConstraint(
                condition=Q(told_and_heard=True) & ~Q(facts=""),
                name="spotpenalty_told_and_heard",
                violation_error_message="当场处罚要写明事实，先告知并听取陈述、申辩。",
            ),
            CheckConstraint(condition=Q(confiscated=0), name="spotpenalty_takes_nothing"),
            visible_constraint("spotpenalty", "facts", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.said}"

    @property
    def recipient(self) -> str:
        return str(self.case.party.name)

    @property
    def latest(self) -> SpotPenalty | SpotCorrection:
        """What says when it was handed over, and whether the fine was taken: a correction puts right what is above."""
        return next(reversed(self.corrections.all()), self)

    @property
    def served_on(self) -> datetime.date:
        return self.latest.handed_over_on

    @property
    def is_cash(self) -> bool:
        return self.latest.cash

    @property
    def officers(self) -> list[Officer]:
        return [each for each in (self.first_officer, self.second_officer) if each]


class SpotCorrection(Authored):
    """更正当场处罚的登记: the day and the cash, as they stand on the paper that was handed over."""

    penalty = models.ForeignKey(
        SpotPenalty, verbose_name="当场处罚", on_delete=models.PROTECT, related_name="corrections"
    )
    handed_over_on = models.DateField("当场交付日期")
    cash = models.BooleanField("当场收缴罚款")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "更正的当场处罚"
        verbose_name_plural = "更正的当场处罚"
        ordering: ClassVar[list[str]] = ["penalty", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("spotcorrection", "by_name")]

    def __str__(self) -> str:
        return f"{self.handed_over_on} 交付，{'当场收缴' if self.cash else '没有当场收缴'}"
