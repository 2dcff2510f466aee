"""登记保存、查封、扣押: what is done to goods before anything is decided, for how long, and how it ended."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.models import Authored
from cases.rows.people import ByTwo
from clocks.counting import Span
from clocks.deadlines import Deadline, Extension, HoursDeadline, work_out_hours, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import visible_constraint

LONGEST = 30
"""Days of 查封、扣押, and of its one prolongation (强制法25(1))."""


class MeasureQuerySet(models.QuerySet["Measure"]):
    def open(self) -> MeasureQuerySet:
        return self.filter(end=None)


class Measure(ByTwo):
    """先行登记保存, 查封, 扣押: taken by two officers, with the consent of a head of the bureau; and 收缴, by which
    they get what was confiscated."""

    class Kind(models.TextChoices):
        KEEPING = "keeping", "先行登记保存"
        SEALING = "sealing", "查封"
        SEIZURE = "seizure", "扣押"
        CONFISCATION = "confiscation", "收缴没收的物品"

    class Power(models.TextChoices):
        """Only where a law gives the power."""

        EQUIPMENT = "equipment", "《特种设备安全法》第六十一条"
        LICENCES = "licences", "《工业产品生产许可证管理条例》第三十七条"
        QUALITY = "quality", "《产品质量法》第十八条"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    power = models.CharField("查封、扣押的依据", max_length=20, choices=Power, blank=True)
    taken_at = models.DateTimeField("实施时间")
    consent_at = models.DateTimeField("负责人同意的时间", null=True)
    consent_by = models.CharField("同意的负责人", max_length=100, blank=True)
    days = models.PositiveSmallIntegerField("查封、扣押几日", null=True)
    place = models.CharField("地点", max_length=200)
    goods = models.TextField("物品", help_text="一行一件：名称、规格、数量。")
    rights_told = models.BooleanField(
        "已当场告知当事人采取措施的理由、依据和他的权利，听取他的陈述和申辩", default=True
    )

    objects: ClassVar = MeasureQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(ByTwo.Meta):
        verbose_name = "登记保存、查封、扣押"
        verbose_name_plural = "登记保存、查封、扣押"
        ordering: ClassVar[list[str]] = ["case", "taken_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ByTwo.Meta.constraints,
            CheckConstraint(
                condition=Q(kind__in=["keeping", "confiscation"], power="", days=None)
                | (Q(kind__in=["sealing", "seizure"], days__isnull=False, days__range=(1, LONGEST)) & ~Q(power="")),
                name="measure_with_power_and_term",
                violation_error_message=f"查封、扣押要有法律依据，期限最多 {LONGEST} 日；登记保存不填这两项。",
            ),
            CheckConstraint(
                condition=Q(consent_at=None, consent_by="") | (Q(consent_at__isnull=False) & ~Q(consent_by="")),
                name="measure_consent_by_somebody",
                violation_error_message="负责人同意的，写明是谁、什么时间。",
            ),
            CheckConstraint(
                condition=~Q(goods="") & ~Q(place=""),
                name="measure_says_what",
                violation_error_message="请写明地点和物品。",
            ),
            CheckConstraint(
                condition=Q(rights_told=True),
                name="measure_rights_told",
                violation_error_message="采取措施要当场告知理由、依据和权利，听取陈述和申辩。",
            ),
            visible_constraint("measure", "place", "goods", "consent_by", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    @property
    def day(self) -> datetime.date:
        return timezone.localtime(self.taken_at).date()

    @property
    def was_asked_before(self) -> bool:
        return self.consent_at is not None and self.consent_at <= self.taken_at

    @property
    def is_keeping(self) -> bool:
        return self.kind == self.Kind.KEEPING

    @property
    def is_confiscation(self) -> bool:
        """By the decision: nobody has to approve it any more, and no term runs."""
        return self.kind == self.Kind.CONFISCATION

    @property
    def is_sealing(self) -> bool:
        return self.kind in (self.Kind.SEALING, self.Kind.SEIZURE)

    @property
    def is_over(self) -> bool:
        return hasattr(self, "end")

    @property
    def is_approved(self) -> bool:
        return hasattr(self, "approval")

    def papers_due(self) -> HoursDeadline:
        """By when the papers are made up for."""
        return work_out_hours(in_force().on("urgent", self.day), timezone.localtime(self.taken_at))

    def deadline(self, calendar: Calendar, stops: Sequence[Span] = ()) -> Deadline:
        """By when it is decided what becomes of the goods; what is only kept is not stopped for."""
        limit = in_force().on("keeping" if self.is_keeping else "sealing", self.day)
        longer = [self.prolongation.extension] if hasattr(self, "prolongation") else []
        own = [stop for stop in stops if stop.why in limit.stops]
        return work_out_provisional(limit, self.day, calendar, number=self.days, stops=own, granted=longer)


class MeasureApproval(Authored):
    """补办批准: a head of the bureau signs the papers of a measure."""

    measure = models.OneToOneField(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="approval")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "措施的批准"
        verbose_name_plural = "措施的批准"
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("measureapproval", "by_name")]

    def __str__(self) -> str:
        return f"{self.measure}：{self.by_name}批准"


class MeasureProlongation(Authored):
    """延长查封、扣押: once, for thirty days at most."""

    measure = models.OneToOneField(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="prolongation")
    days = models.PositiveSmallIntegerField("延长几日")
    signed_on = models.DateField("签批日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "措施的延长"
        verbose_name_plural = "措施的延长"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(days__range=(1, LONGEST)), name="measureprolongation_thirty_days"),
            visible_constraint("measureprolongation", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}：延长 {self.days} 日"

    @property
    def extension(self) -> Extension:
        return Extension(number=self.days, signed=self.signed_on)


class MeasureEnd(Authored):
    """处理: what became of the goods; then the measure is over."""

    class How(models.TextChoices):
        RELEASED = "released", "解除，退还"
        SEALED = "sealed", "转为查封、扣押"
        DISPOSED = "disposed", "依法没收、销毁或者移送"

    measure = models.OneToOneField(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="end")
    how = models.CharField("怎样处理", max_length=20, choices=How)
    ended_on = models.DateField("处理日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "措施的处理"
        verbose_name_plural = "措施的处理"
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("measureend", "by_name")]

    def __str__(self) -> str:
        return f"{self.measure}：{self.get_how_display()}"
