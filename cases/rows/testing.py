"""送检: a sample goes to an institute for a time that is known, and comes back with a result. Meanwhile clocks stop."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from acts.models import Authored
from clocks.counting import Span
from verbatim.fields import visible_constraint


class Testing(Authored):
    """检验、检测、检定、鉴定、检疫、辨认: by whom, from when to when, and whether the party was told in writing."""

    class Kind(models.TextChoices):
        EXAMINATION = "examination", "检验"
        MEASUREMENT = "measurement", "检测"
        VERIFICATION = "verification", "检定"
        APPRAISAL = "appraisal", "鉴定"
        QUARANTINE = "quarantine", "检疫"
        IDENTIFICATION = "identification", "权利人辨认"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="testings")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    institute = models.CharField("承担机构", max_length=200)
    sample = models.TextField("样品")
    sent_on = models.DateField("送检日期")
    until = models.DateField("预计到哪一天")
    is_told_in_writing = models.BooleanField("已书面告知当事人起止日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "送检"
        verbose_name_plural = "送检"
        ordering: ClassVar[list[str]] = ["case", "sent_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(until__gte=F("sent_on")),
                name="testing_in_order",
                violation_error_message="预计的日期早于送检日期。",
            ),
            CheckConstraint(
                condition=~Q(institute="") & ~Q(sample=""),
                name="testing_says_what",
                violation_error_message="请写明承担机构和样品。",
            ),
            visible_constraint("testing", "institute", "sample", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.institute}"

    @property
    def is_back(self) -> bool:
        return hasattr(self, "result")

    def stop(self, today: datetime.date) -> Span:
        """The days that it has taken, both ends among them. What is still to come is not taken yet, and while a result
        is late no more is taken than was foreseen."""
        last = self.result.received_on if self.is_back else max(self.sent_on, min(today, self.until))
        return Span(first=self.sent_on, last=last, why=self.get_kind_display())

    def told_stop(self, today: datetime.date) -> Span | None:
        """What of it stops 查封、扣押: as far as the party was told in writing; None where it was not (强制法25(3))."""
        taken = self.stop(today)
        return taken.with_values(last=min(taken.last, self.until)) if self.is_told_in_writing else None


class TestingResult(Authored):
    """检验结果: on which day it came, and what it says."""

    testing = models.OneToOneField(Testing, verbose_name="送检", on_delete=models.PROTECT, related_name="result")
    received_on = models.DateField("收到结果的日期")
    conclusion = models.TextField("结论")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "检验结果"
        verbose_name_plural = "检验结果"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=~Q(conclusion=""),
                name="testingresult_says_something",
                violation_error_message="请写明结论。",
            ),
            visible_constraint("testingresult", "conclusion", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.testing}：{self.conclusion[:30]}"
