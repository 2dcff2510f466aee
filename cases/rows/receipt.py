"""送达: by what way a paper of the case reached the party, and when; what a 送达回证 says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from cases.rows.people import ByTwo
from cases.rules import ServiceMode
from verbatim.fields import given_constraint, visible_constraint

MODES = [(mode, mode) for mode in ServiceMode.MODES]
COLUMNS = (
    *("mode", "served_on", "published_on", "recipient", "witness", "has_consent"),
    *("first_officer", "second_officer"),
)
TEXTS = ("recipient", "witness")


class Served(ByTwo):
    """A paper that two officers have served."""

    mode = models.CharField("送达方式", max_length=20, choices=MODES)
    served_on = models.DateField("送达日期", help_text="以回证上的日期为准；公告送达的，填满期之日。")
    published_on = models.DateField("公告日期", null=True, blank=True, help_text="公告送达的才填。")
    recipient = models.CharField("收件人", max_length=100)
    witness = models.CharField("见证人或者录像编号", max_length=200, blank=True, help_text="留置送达的必填。")
    has_consent = models.BooleanField("受送达人签字同意电子送达", default=False)

    class Meta(ByTwo.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ByTwo.Meta.constraints,
            CheckConstraint(
                condition=Q(mode="公告送达", published_on__isnull=False, published_on__lt=F("served_on"))
                | (~Q(mode="公告送达") & Q(published_on=None)),
                name="%(class)s_by_publication",
                violation_error_message="公告送达的填公告日期，其他方式不填。",
            ),
            CheckConstraint(
                condition=~Q(mode="留置送达") | ~Q(witness=""),
                name="%(class)s_left_with_a_witness",
                violation_error_message="留置送达要写明见证人或者录像编号。",
            ),
        ]

    @property
    def how_served(self) -> str:
        """直接送达，王小二"""
        return "，".join(filter(None, [self.mode, self.recipient, self.witness]))


class Receipt(Served):
    """Of the decision, or of what takes its place."""

    class Paper(models.TextChoices):
        DECISION = "decision", "行政处罚决定书"
        OUTCOME = "outcome", "不予处罚决定书、执法建议书"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="receipts")
    paper = models.CharField("文书", max_length=20, choices=Paper)

    area: ClassVar[str] = "cases"

    class Meta(Served.Meta):
        verbose_name = "送达回证"
        verbose_name_plural = "送达回证"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Served.Meta.constraints,
            given_constraint("receipt", "recipient", said="请写收件人。"),
            visible_constraint("receipt", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} {self.mode} {self.served_on}"
