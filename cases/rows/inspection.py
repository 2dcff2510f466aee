"""现场检查、询问: what two officers saw and were told, written down once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from cases.rows.people import ByTwo
from verbatim.fields import visible_constraint


class Inspection(ByTwo):
    """现场检查笔录, 询问笔录: who was there, when and where, what was found, and whether it was signed."""

    class Kind(models.TextChoices):
        CHECK = "check", "现场检查"
        INQUIRY = "inquiry", "询问"

    class Signature(models.TextChoices):
        SIGNED = "signed", "当事人签名"
        REFUSED = "refused", "当事人拒绝签名"
        ABSENT = "absent", "当事人不在场"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=200)
    ids_shown = models.BooleanField("已出示执法证件", default=True)
    record = models.TextField("笔录")
    signature = models.CharField("签名情况", max_length=20, choices=Signature)
    witness = models.CharField("见证人或者说明", max_length=200, blank=True, help_text="没有签名的必填。")

    area: ClassVar[str] = "cases"

    class Meta(ByTwo.Meta):
        verbose_name = "检查、询问笔录"
        verbose_name_plural = "检查、询问笔录"
        ordering: ClassVar[list[str]] = ["case", "began_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ByTwo.Meta.constraints,
            CheckConstraint(
                condition=Q(ended_at__gte=F("began_at")),
                name="inspection_in_order",
                violation_error_message="结束时间早于开始时间。",
            ),
            CheckConstraint(
                condition=Q(signature="signed") | ~Q(witness=""),
                name="inspection_witnessed",
                violation_error_message="当事人没有签名的，请写明见证人或者情况。",
            ),
            CheckConstraint(condition=~Q(record="") & ~Q(place=""), name="inspection_says_something"),
            CheckConstraint(
                condition=Q(ids_shown=True),
                name="inspection_ids_shown",
                violation_error_message="检查、询问要先出示执法证件；没有出示的不能作为笔录。",
            ),
            visible_constraint("inspection", "place", "record", "witness", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"
