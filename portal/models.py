"""What spans the parts and needs tables."""

from typing import Any, ClassVar

from django.db import models

from acts.models import Authored
from portal.answers.models import PublishedVocabulary, QuickQuestion, Saying, SearchEntry, UnansweredQuestion
from portal.error_reports.models import ErrorReport, ErrorReportAct, ErrorReportWords

__all__ = [
    "AnnualCheck",
    "Confirmation",
    "ErrorReport",
    "ErrorReportAct",
    "ErrorReportWords",
    "PublishedVocabulary",
    "QuickQuestion",
    "Saying",
    "SearchEntry",
    "UnansweredQuestion",
]


class AnnualCheckQuerySet(models.QuerySet["AnnualCheck"]):
    def last_opened(self) -> "AnnualCheck | None":
        """The one that is being worked on, whatever year a clock gave it."""
        return self.order_by("-pk").first()


class AnnualCheck(Authored):
    """年度核对: opened by the bureau's head once a year; every office confirms or amends its rows and phones."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    note = models.CharField("要求", max_length=500, blank=True)

    objects: ClassVar[Any] = AnnualCheckQuerySet.as_manager()

    area: ClassVar[str] = "checks"

    class Meta(Authored.Meta):
        verbose_name = "年度核对"
        verbose_name_plural = "年度核对"
        ordering = ["-year"]
        default_permissions = ("view", "open", "confirm", "confirm_own")

    def __str__(self) -> str:
        return f"{self.year} 年度核对"


class Confirmation(Authored):
    """核对记录: an office has looked at one of its items and found it right as it then was (`digest`). Where the list
    names no office for an item there is none here either."""

    check_of = models.ForeignKey(
        AnnualCheck, verbose_name="年度核对", on_delete=models.PROTECT, related_name="confirmations"
    )
    office = models.ForeignKey(
        "offices.Office", verbose_name="股室", on_delete=models.PROTECT, null=True, related_name="confirmations"
    )
    office_name = models.CharField("股室名称", max_length=200, blank=True)
    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    digest = models.CharField("摘要", max_length=64)

    class Meta(Authored.Meta):
        verbose_name = "核对记录"
        verbose_name_plural = "核对记录"
        ordering = ["check_of", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.office_name}"

    def told(self) -> str:
        office = f"，{self.office_name}" if self.office_name else ""
        return f"{self.check_of}{office}：{self.code} 核对无误"
