"""回避: somebody who has an interest in a case steps back, or does not, as whoever may decides."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from verbatim.fields import given_constraint, visible_constraint


class Recusal(Authored):
    class Capacity(models.TextChoices):
        HEAD = "主要负责人", "主要负责人"
        OTHER_HEAD = "其他负责人", "其他负责人"
        HANDLER = "承办人员", "承办人员"
        AUDITOR = "审核人员", "审核人员"
        MEMBER = "案审委委员", "案审委委员"
        PRESIDER = "听证主持人", "听证主持人"
        CLERK = "记录员", "记录员"

    class DecidedBy(models.TextChoices):
        HEAD = "主要负责人", "主要负责人"
        A_HEAD = "负责人", "负责人"
        HEADS = "负责人集体讨论", "负责人集体讨论"
        CHAIR = "听证主持人", "听证主持人"
        ABOVE = "上一级机关", "上一级机关"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="recusals")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="谁", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField("以什么身份", max_length=20, choices=Capacity)
    asked_on = models.DateField("提出日期")
    asked_by = models.CharField("提出人", max_length=100, help_text="当事人，或者本人。")
    ground = models.TextField("理由")
    decided_by = models.CharField("由谁决定", max_length=20, choices=DecidedBy)
    decided_on = models.DateField("决定日期")
    steps_back = models.BooleanField("决定回避")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "回避决定"
        verbose_name_plural = "回避决定"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(decided_on__gte=models.F("asked_on")),
                name="recusal_in_order",
                violation_error_message="决定日期早于提出日期。",
            ),
            given_constraint("recusal", "ground", "asked_by", said="请写明提出人和理由。"),
            visible_constraint("recusal", "asked_by", "ground", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.account.get_full_name()}（{self.capacity}）：{'回避' if self.steps_back else '不回避'}"
