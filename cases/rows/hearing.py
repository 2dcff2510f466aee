"""听证: who presides, when and where, what happened there, and the report."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q

from acts.models import Authored
from cases.rows.notifying import PenaltyNotice
from cases.rules import HearingHeld
from clocks.deadlines import Deadline, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import given_constraint, visible_constraint

STEPS = [(step, step) for step in HearingHeld.STEPS]


class Hearing(Authored):
    """听证通知: chair and clerk are two people, neither of whom handles the case."""

    notice = models.ForeignKey(PenaltyNotice, verbose_name="告知", on_delete=models.PROTECT, related_name="hearings")
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="听证主持人", on_delete=models.PROTECT, related_name="+"
    )
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="记录员", on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField("听证日期")
    place = models.CharField("地点", max_length=200)
    is_public = models.BooleanField("公开举行", default=True, help_text="涉及国家秘密、商业秘密、个人隐私的不公开。")
    told_on = models.DateField("听证通知送达日期")
    published_on = models.DateField("公告日期", null=True, blank=True, help_text="公开举行的填。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "听证"
        verbose_name_plural = "听证"
        ordering: ClassVar[list[str]] = ["notice", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=~Q(chair=F("clerk")),
                name="hearing_chair_and_clerk",
                violation_error_message="听证主持人和记录员不能是同一个人。",
            ),
            CheckConstraint(
                condition=Q(told_on__lt=F("held_on")) & (Q(published_on=None) | Q(published_on__lt=F("held_on"))),
                name="hearing_told_before",
                violation_error_message="通知和公告要在听证以前。",
            ),
            given_constraint("hearing", "place", said="请写明地点。"),
            visible_constraint("hearing", "place", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} 听证"

    @property
    def is_held(self) -> bool:
        return hasattr(self, "minutes")

    @property
    def is_reported(self) -> bool:
        return hasattr(self, "report")

    def latest_notice(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("hearing_notice", self.held_on), self.held_on, calendar)

    def latest_publicity(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("hearing_publicity", self.held_on), self.held_on, calendar)


class HearingMinutes(Authored):
    """听证笔录: signed, or its refusal noted; a party that stays away or walks out has ended the hearing."""

    class Signature(models.TextChoices):
        SIGNED = "signed", "当事人签名"
        REFUSED = "refused", "当事人拒绝签名"

    class Course(models.TextChoices):
        HELD = "held", "举行完毕"
        ENDED = "ended", "当事人无正当理由不到场或者中途退场，终止"

    hearing = models.OneToOneField(Hearing, verbose_name="听证", on_delete=models.PROTECT, related_name="minutes")
    course = models.CharField("经过", max_length=20, choices=Course)
    closed_on = models.DateField("结束日期")
    agents = models.PositiveSmallIntegerField("当事人的代理人数", default=0)
    steps = ArrayField(models.CharField(max_length=20, choices=STEPS), verbose_name="进行了哪些环节", blank=True)
    record = models.TextField("笔录")
    signature = models.CharField("签名情况", max_length=20, choices=Signature)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "听证笔录"
        verbose_name_plural = "听证笔录"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(agents__lte=2),
                name="hearingminutes_two_agents",
                violation_error_message="当事人可以委托一至二人代理。",
            ),
            given_constraint("hearingminutes", "record", said="请写笔录。"),
            visible_constraint("hearingminutes", "record", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.hearing}：{self.get_course_display()}"

    @property
    def is_held(self) -> bool:
        return self.course == self.Course.HELD

    def report_deadline(self, calendar: Calendar) -> Deadline:
        """Raises NoTimeLimit before 2019-04-01."""
        return work_out_provisional(in_force().on("hearing_report", self.closed_on), self.closed_on, calendar)


class HearingReport(Authored):
    """听证报告."""

    hearing = models.OneToOneField(Hearing, verbose_name="听证", on_delete=models.PROTECT, related_name="report")
    text = models.TextField("听证报告", help_text="听证的经过、各方意见和处理建议。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "听证报告"
        verbose_name_plural = "听证报告"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("hearingreport", "text", said="请写听证报告。"),
            visible_constraint("hearingreport", "text", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.hearing}的报告"
