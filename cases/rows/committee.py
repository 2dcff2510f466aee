"""案审会议: who sat, what was put to the vote, and how each member voted and signed."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from acts.models import Authored
from cases.choices import chosen
from cases.rows.people import Member
from cases.rows.proposal import TEXTS, Proposal
from clocks.time_limit import SECOND
from verbatim.fields import given_constraint, visible_constraint


class Meeting(Proposal):
    """One meeting on one case; what it is asked to agree to stands in it as it was put to the vote."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=200)
    chair = models.ForeignKey(Member, verbose_name="主持人", on_delete=models.PROTECT, related_name="+")
    is_deputised = models.BooleanField("主任委员已委托副主任委员主持")
    is_weighty = models.BooleanField("情节复杂或者影响重大")
    is_heavy = models.BooleanField("要三分之二以上委员审理")
    members = models.PositiveSmallIntegerField("全体委员人数")
    counted = models.PositiveSmallIntegerField("计入的出席委员人数")
    record = models.TextField("审理记录", help_text="承办人员的汇报、审核意见、各委员的意见。")

    area: ClassVar[str] = "cases"

    class Meta(Proposal.Meta):
        verbose_name = "案审会议"
        verbose_name_plural = "案审会议"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Proposal.Meta.constraints,
            CheckConstraint(
                condition=Q(held_on__gte=SECOND)
                | Q(is_heavy=False, counted__gte=3)
                | Q(is_heavy=True, members__lte=F("counted") * 3 / 2),
                name="meeting_quorum",
                violation_error_message="出席的委员不够，会议不能举行。",
            ),
            CheckConstraint(condition=Q(counted__lte=F("members")), name="meeting_counted_are_members"),
            given_constraint("meeting", "record", "place", said="请写明地点和审理记录。"),
            visible_constraint("meeting", "place", "record", *TEXTS, "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.said}"

    def voters(self) -> list[Attendance]:
        """Those who sat and are counted, and have not stepped back since."""
        present = [each for each in self.attendances.all() if each.how == Attendance.How.PRESENT]
        return [each for each in present if not self.case.has_stepped_back(each.member.account)]

    def still_to_sign(self) -> list[Attendance]:
        return [each for each in self.voters() if not each.has_voted]

    def tally(self) -> Counter[str]:
        return Counter(each.ballot.vote for each in self.voters() if each.has_voted)

    def is_agreed(self) -> bool:
        """Whether more than half agree: of those who sat, or of all members, as the bureau has chosen."""
        base = self.members if chosen().majority_of == "members" else self.counted
        return self.tally()[Ballot.Vote.AGREE] * 2 > base


class Attendance(Authored):
    """How one member took part in a meeting. Who has to step back, or handles the case, is not counted."""

    class How(models.TextChoices):
        PRESENT = "present", "出席"
        OBSERVING = "observing", "列席（本案承办人员）"
        RECUSED = "recused", "回避"
        ABSENT = "absent", "缺席"

    meeting = models.ForeignKey(Meeting, verbose_name="案审会议", on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, verbose_name="委员", on_delete=models.PROTECT, related_name="attendances")
    how = models.CharField("出席情况", max_length=20, choices=How)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "委员出席情况"
        verbose_name_plural = "委员出席情况"
        ordering: ClassVar[list[str]] = ["meeting", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["meeting", "member"], name="attendance_once_in_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.member}：{self.get_how_display()}"

    @property
    def has_voted(self) -> bool:
        return hasattr(self, "ballot")

    @property
    def said(self) -> str:
        """不同意，证据不足"""
        if self.has_voted:
            return "，".join(filter(None, [self.ballot.get_vote_display(), self.ballot.opinion]))
        return "还没有表决、签名" if self.how == self.How.PRESENT else self.get_how_display()


class Ballot(Authored):
    """表决: given once by the member, who signs the minutes with the own password."""

    class Vote(models.TextChoices):
        AGREE = "agree", "同意"
        DISAGREE = "disagree", "不同意"
        SUPPLEMENT = "supplement", "补充调查"

    attendance = models.OneToOneField(Attendance, verbose_name="委员", on_delete=models.PROTECT, related_name="ballot")
    vote = models.CharField("表决", max_length=20, choices=Vote)
    opinion = models.TextField("意见", blank=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "表决"
        verbose_name_plural = "表决"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(vote="agree") | ~Q(opinion=""),
                name="ballot_dissent_noted",
                violation_error_message="不同意的，请写明意见，记入审理记录。",
            ),
            visible_constraint("ballot", "opinion", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}：{self.get_vote_display()}"
