"""裁量: by which article, which circumstances and which band the penalty of a case is measured. Each stays; a later one
takes its place."""

from __future__ import annotations

import functools
from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q

from acts.models import Authored
from cases.amounts import Grade
from cases.discretion.measuring import Measured
from cases.discretion.violations import Provision, money
from cases.discretion.weighed import Weighed
from verbatim.fields import visible_constraint

GRADES = [(grade.value, grade.value) for grade in Grade]


class Weighing(Authored):
    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="weighings")
    provision = models.ForeignKey(Provision, verbose_name="罚则", on_delete=models.PROTECT, related_name="+")
    grade = models.CharField("裁量档次", max_length=10, choices=GRADES)
    lowest, highest = money("裁量幅度的最低罚款（元）"), money("裁量幅度的最高罚款（元）")
    text = models.TextField("裁量的依据", help_text="条款、因素、证据和裁量档，照裁量时的原样。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "裁量"
        verbose_name_plural = "裁量"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(grade__in=[grade.value for grade in Grade]), name="weighing_grade_known"),
            CheckConstraint(condition=Q(lowest__lte=F("highest")), name="weighing_from_low_to_high"),
            visible_constraint("weighing", "text", "by_name"),
        ]

    @classmethod
    def of(cls, weighed: Weighed, provision: Provision, grade: Grade) -> Self:
        measured = weighed.measured(grade)
        limits = {"lowest": measured.lowest, "highest": measured.highest}
        return cls(provision=provision, grade=grade.value, text=weighed.canonical(), **limits)

    def __str__(self) -> str:
        return f"{self.weighed.violation}：{self.grade}"

    @property
    def is_worked_out_again(self) -> bool:
        """Whether what was recorded still leads to this grade and this range."""
        measured = self.measured
        is_same = (measured.lowest, measured.highest) == (self.lowest, self.highest)
        return is_same and Grade(self.grade) in self.weighed.grades

    @functools.cached_property
    def weighed(self) -> Weighed:
        return Weighed.read(self.text)

    @property
    def measured(self) -> Measured:
        return self.weighed.measured(Grade(self.grade))

    @property
    def said_range(self) -> str:
        return self.weighed.said_range(Grade(self.grade))

    @property
    def standards(self) -> str:
        return self.weighed.standards(Grade(self.grade))
