"""On which side of a case somebody stands: who handles it does not audit, judge or hear it, and the other way round
(138-7, 令2-46, 令42-49, 听证办法11). One row for each person that has taken part; the database holds that there is no
second."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from acts.models import Authored


class Side(Authored):
    class Which(models.TextChoices):
        HANDLING = "handling", "办案"
        JUDGING = "judging", "审核、审理、听证"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="sides")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="人员", on_delete=models.PROTECT, related_name="+"
    )
    which = models.CharField("哪一方", max_length=20, choices=Which)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "办案、审理分开"
        verbose_name_plural = "办案、审理分开"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(
                fields=["case", "account"],
                name="side_one_of_a_person",
                violation_error_message="同一个人在一案里不能既办案又审核、审理或者主持听证。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.get_full_name()}：{self.get_which_display()}"
