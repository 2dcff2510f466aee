"""放假调休: the State Council's yearly notice, as the staff enter it above what chinesecalendar knows."""

import datetime
from collections import Counter
from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from clocks.working_days import WORKS, Calendar, arranged_in, library_calendar
from history.models import RetirableQuerySet, RetirableRow
from verbatim.fields import LineField, tidy_constraints, visible_constraint

STATUTORY = {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}
"""The least number of days (全国年节及纪念日放假办法, as of 2025)."""


class NoticeQuerySet(RetirableQuerySet):
    def calendar(self) -> Calendar:
        """The library's calendar with the notices in the place of the years that they arrange.

        A year is known when all its holidays are there: one that is half entered counts for nothing.
        """
        whole = self.complete_years()
        named = {day: why for each in whole.values() for day, why in each.items()}
        return library_calendar().overridden_by(whole.keys(), named)

    def complete_years(self) -> dict[int, dict[datetime.date, str]]:
        """The years that have been entered with all their holidays."""
        return {year: named for year, named in self.arranged().items() if not missing(named.values())}

    def arranged(self) -> dict[int, dict[datetime.date, str]]:
        """What has been entered, by year."""
        days = Day.objects.listed().filter(notice__in=self.listed())
        arranged: dict[int, dict[datetime.date, str]] = {}
        for year, day, kind in days.values_list("notice__year", "day", "kind"):
            arranged.setdefault(year, {})[day] = Kind(kind).said
        return arranged


def missing(named: Collection[str]) -> list[str]:
    """The holidays of which fewer days are named than the law gives."""
    counted = Counter(named)
    return [holiday for holiday, days in STATUTORY.items() if counted[holiday] < days]


class Notice(RetirableRow):
    """放假通知: one notice of the State Council; a later one of the same year changes some days of it."""

    year = models.PositiveSmallIntegerField(
        "年份",
        validators=[MinValueValidator(2004), MaxValueValidator(2100)],
        help_text="通知安排的是哪一年的假日，例如 2027。录入以后，这一年以录入的为准。",
    )
    number = LineField("文号", unique=True, help_text="例如：国办发明电〔2025〕7号。")
    issued_on = models.DateField("成文日期")
    retired_on = models.DateField(
        "停用日期", null=True, blank=True, help_text="填写后不再用这份通知和它的各日；录错了的改过来就可以，不必停用。"
    )

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()
    area: ClassVar[str] = "calendar"

    class Meta(RetirableRow.Meta):
        verbose_name = "放假通知"
        verbose_name_plural = "放假通知"
        ordering = ["-year", "-issued_on"]
        constraints = [
            *tidy_constraints("notice", "number"),
            visible_constraint("notice", "number"),
            CheckConstraint(
                condition=Q(year__range=(2004, 2100)),
                name="notice_year_possible",
                violation_error_message="年份要在 2004 到 2100 之间。",
            ),
            CheckConstraint(
                condition=~Q(number=""),
                name="notice_number_given",
                violation_error_message="请填通知的文号，例如：国办发明电〔2025〕7号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年放假通知（{self.number}）"


class Kind(models.TextChoices):
    """Kept in the words of the notices, so that a table that comes in from a spreadsheet needs no code."""

    NEW_YEAR = "元旦", "元旦"
    SPRING = "春节", "春节"
    QINGMING = "清明节", "清明节"
    LABOUR = "劳动节", "劳动节"
    DRAGON_BOAT = "端午节", "端午节"
    MID_AUTUMN = "中秋节", "中秋节"
    NATIONAL = "国庆节", "国庆节"
    OTHER = "其他假日", "其他假日"
    WORKING = "调休上班", "调休上班"

    @property
    def said(self) -> str:
        """What the calendar calls a day of this kind."""
        return WORKS if self is Kind.WORKING else str(self.value)


class Day(RetirableRow):
    """放假调休日: a day off by the name of its holiday, or a Saturday or Sunday that is worked instead."""

    notice = models.ForeignKey(Notice, verbose_name="放假通知", on_delete=models.PROTECT, related_name="days")
    day = models.DateField("日期")
    kind = models.CharField("放假或者上班", max_length=20, choices=Kind)
    note = LineField("说明", blank=True, help_text="例如：与周末连休。")
    retired_on = models.DateField("停用日期", null=True, blank=True, help_text="填写后不再按这一条算。")

    area: ClassVar[str] = "calendar"
    belongs_to: ClassVar[str] = "notice"

    class Meta(RetirableRow.Meta):
        verbose_name = "放假调休日"
        verbose_name_plural = "放假调休日"
        ordering = ["day"]
        constraints = [
            *tidy_constraints("day", "note"),
            visible_constraint("day", "note"),
            UniqueConstraint(
                fields=["notice", "day"],
                name="day_once_in_a_notice",
                violation_error_message="这一天在这份通知里已经有一条，请改那一条。",
            ),
            UniqueConstraint(
                fields=["day"],
                condition=Q(retired_on__isnull=True),
                name="day_arranged_once",
                violation_error_message="这一天已经录在另一份通知里；后来的通知改了它的，请先在那里停用。",
            ),
            CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="day_kind_known",
                violation_error_message="放假要选哪个节日，上班要选“调休上班”。",
            ),
            CheckConstraint(
                condition=~Q(kind="调休上班") | Q(day__iso_week_day__in=(6, 7)),
                name="day_worked_on_a_weekend",
                violation_error_message="调休上班的只能是星期六或者星期日，请核对日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"

    def clean(self) -> None:
        super().clean()
        year = getattr(getattr(self, "notice", None), "year", None)  # the notice may be new itself
        if year and self.day and year not in (self.day.year, arranged_in(self.day)):
            span = f"{year - 1}年12月25日到{year}年12月31日"
            raise ValidationError({"day": f"{year}年的通知安排的是{span}的日子，请核对日期或者通知的年份。"})
