"""告知、陈述申辩、复核: what the party is told before a decision, what it says to it, and what becomes of that."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from acts.models import Authored
from cases.rows.committee import Meeting
from cases.rows.receipt import TEXTS, Served
from clocks.counting import Span
from clocks.deadlines import Deadline, work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.working_days import Calendar
from verbatim.fields import given_constraint, visible_constraint


class PenaltyNotice(Served):
    """行政处罚告知书, as it was served: what the committee agreed to, with the rights of the party."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="notices")
    meeting = models.ForeignKey(Meeting, verbose_name="案审会议", on_delete=models.PROTECT, related_name="notices")
    facts = models.TextField("违法事实")
    basis = models.TextField("处罚依据")
    reasons = models.TextField("处罚理由")
    hearing_offered = models.BooleanField("已告知有要求听证的权利")

    area: ClassVar[str] = "cases"

    class Meta(Served.Meta):
        verbose_name = "行政处罚告知"
        verbose_name_plural = "行政处罚告知"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Served.Meta.constraints,
            given_constraint(
                "penaltynotice",
                "facts",
                "basis",
                "reasons",
                "recipient",
                said="请写明事实、依据、理由和收件人。",
            ),
            visible_constraint("penaltynotice", "facts", "basis", "reasons", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} 告知：{self.meeting.said}"

    def statements(self) -> list[Defence]:
        """陈述、申辩: each is answered when it is rechecked."""
        return [each for each in self.defences.all() if each.kind == Defence.Kind.STATEMENT]

    def first_request(self) -> Defence | None:
        """The first request for a hearing; what came too late was not taken."""
        return next((each for each in self.defences.all() if each.kind == Defence.Kind.HEARING), None)

    def hearing_request(self) -> Defence | None:
        """The request that stands: whoever asked and gave it up afterwards has none."""
        said = [each for each in self.defences.all() if each.kind != Defence.Kind.STATEMENT]
        return self.first_request() if said and said[-1].kind == Defence.Kind.HEARING else None

    def hearing_stop(self, today: datetime.date) -> Span | None:
        """From the request to the end of the hearing, to the day on which it was given up, or as yet to today."""
        request = self.first_request()
        if request is None:
            return None
        ends = [each.minutes.closed_on for each in self.hearings.all() if each.is_held]
        if not ends and self.hearing_request() is None:
            ends = [each.given_on for each in self.defences.all() if each.kind == Defence.Kind.WAIVER]
        return Span(first=request.given_on, last=max(request.given_on, *(ends or [today])), why="听证")

    def publication_stop(self) -> Span | None:
        """Where it was served by publication, the days of it."""
        if self.published_on is None:
            return None
        return Span(first=self.published_on, last=self.served_on, why="公告")

    def reply_deadline(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("notice_reply", self.served_on), self.served_on, calendar)

    def request_deadline(self, calendar: Calendar) -> Deadline:
        return work_out_provisional(in_force().on("hearing_request", self.served_on), self.served_on, calendar)


class Defence(Authored):
    """What the party says to the notice: on paper, or spoken and written down."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", "陈述、申辩"
        HEARING = "hearing", "要求听证"
        WAIVER = "waiver", "表示放弃"

    class Way(models.TextChoices):
        WRITTEN = "written", "书面"
        SPOKEN = "spoken", "口头，已记录"
        POSTED = "posted", "邮寄"

    notice = models.ForeignKey(PenaltyNotice, verbose_name="告知", on_delete=models.PROTECT, related_name="defences")
    kind = models.CharField("内容", max_length=20, choices=Kind)
    way = models.CharField("方式", max_length=20, choices=Way)
    received_on = models.DateField("收到日期")
    posted_on = models.DateField("邮戳日期", null=True, blank=True, help_text="邮寄的才填，以邮戳为准。")
    text = models.TextField("要点", help_text="逐点写明当事人提出的事实、理由和证据。")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "陈述、申辩、听证要求"
        verbose_name_plural = "陈述、申辩、听证要求"
        ordering: ClassVar[list[str]] = ["notice", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(way="posted", posted_on__isnull=False, posted_on__lte=F("received_on"))
                | (~Q(way="posted") & Q(posted_on=None)),
                name="defence_postmark",
                violation_error_message="邮寄的填邮戳日期，不晚于收到日期；其他方式不填。",
            ),
            given_constraint("defence", "text", said="请写明要点。"),
            visible_constraint("defence", "text", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.given_on} {self.get_kind_display()}"

    @property
    def given_on(self) -> datetime.date:
        """The day that counts for the time limit (137-57(4))."""
        return self.posted_on or self.received_on


class Recheck(Authored):
    """复核: each point of the party taken or not, and why."""

    notice = models.ForeignKey(PenaltyNotice, verbose_name="告知", on_delete=models.PROTECT, related_name="rechecks")
    points = models.TextField("复核意见", help_text="当事人的每一点是否采纳、为什么；没有陈述申辩的，写明没有。")
    is_changed = models.BooleanField("处理意见要改变，再报案审委审理")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "复核"
        verbose_name_plural = "复核"
        ordering: ClassVar[list[str]] = ["notice", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("recheck", "points", said="请写明复核意见：每一点是否采纳、为什么。"),
            visible_constraint("recheck", "points", "by_name"),
        ]

    def __str__(self) -> str:
        return f"复核（{self.by_name}）"

    @property
    def said(self) -> str:
        """The opinion, and under it the answer to each statement."""
        return "\n".join([self.points, *map(str, self.answers.all())])


class DefenceAnswer(Authored):
    """答复: whether what the party said was taken, and why."""

    class Taken(models.TextChoices):
        TAKEN = "taken", "采纳"
        PARTLY = "partly", "部分采纳"
        REFUSED = "refused", "不采纳"

    recheck = models.ForeignKey(Recheck, verbose_name="复核", on_delete=models.PROTECT, related_name="answers")
    defence = models.ForeignKey(Defence, verbose_name="陈述、申辩", on_delete=models.PROTECT, related_name="answers")
    taken = models.CharField("是否采纳", max_length=20, choices=Taken)
    why = models.TextField("为什么")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "陈述、申辩的答复"
        verbose_name_plural = "陈述、申辩的答复"
        ordering: ClassVar[list[str]] = ["recheck", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["recheck", "defence"], name="defenceanswer_one_to_a_defence"),
            given_constraint("defenceanswer", "why", said="请写明为什么采纳或者不采纳。"),
            visible_constraint("defenceanswer", "why", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.defence}：{self.get_taken_display()}。{self.why}"
