"""Numbers without a gap: one series for each form and year, and none is given that the transaction does not keep."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Series(models.Model):
    """编号: how far a series has come. Who takes a number holds its row until the transaction ends."""

    form = models.CharField("文书", max_length=40)
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("最后一号", default=0)

    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    followed: ClassVar[str] = "*"

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        default_permissions: ClassVar[Any] = ()
        constraints = [
            UniqueConstraint(fields=["form", "year"], name="series_one_of_a_form_and_year"),
            CheckConstraint(condition=Q(year__range=(2000, 2999)), name="series_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.form}〔{self.year}〕{self.last}号"

    @classmethod
    def take(cls, form: str, year: int) -> int:
        """The next number, inside the transaction that uses it."""
        series, _ = cls.objects.get_or_create(form=form, year=year)
        held = cls.objects.select_for_update().get(pk=series.pk)
        held.last += 1
        held.save(update_fields=["last"])
        return held.last

    @classmethod
    def numbered(cls, form: str, day: datetime.date) -> str:
        """〔2026〕3号: the next number of that year."""
        return f"〔{day.year}〕{cls.take(form, day.year)}号"
