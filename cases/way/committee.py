"""案审委审理 (清单十四 三(四)2): the committee sits, each member votes and signs, the chair says what follows."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases import rules
from cases.rows.committee import Attendance, Ballot, Meeting
from cases.rows.evidence import Evidence
from cases.rows.people import Member, Officer
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, done_by, latest
from cases.way.states import State
from cases.way.steps import CaseStep

COMMITTEE = ("c3-4-2", "c3-4-2-1")


def _may_still_vote(here: Any) -> bool:
    return here.subject.seat_of(here.account) is not None


def _may_conclude(here: Any, *, agreed: bool) -> bool:
    meeting = here.subject.meeting()
    is_chair = meeting.chair.account_id == here.account.pk
    return is_chair and not meeting.still_to_sign() and meeting.is_agreed() == agreed


STEPS = (
    CaseStep(
        verb="met",
        label="召开案审会议",
        method="meet",
        does="记下会议、出席的委员和提请审理的处理意见；随后由出席的委员逐一表决、签名。",
        begins={"audit": [State.AWAITING_COMMITTEE]},
        leads_to=State.IN_SESSION,
        paragraphs=COMMITTEE,
    ),
    CaseStep(
        verb="voted",
        label="表决、签名",
        method="vote",
        does="对提请审理的处理意见表决，并在审理记录上签名；签名以您本人的密码为凭，以后不能改。",
        begins={"vote": [State.IN_SESSION]},
        asks_password=True,
        password_note="您的签名以本人的密码为凭。",  # noqa: S106
        takes_reason=False,
        repeats=True,
        makes_sense=_may_still_vote,
        paragraphs=COMMITTEE,
    ),
    CaseStep(
        verb="agreed",
        label="宣布审理意见：同意处罚",
        method="agree",
        does="过半数委员同意，交承办人员告知当事人。",
        begins={"vote": [State.IN_SESSION]},
        leads_to=State.AWAITING_NOTICE,
        makes_sense=lambda here: _may_conclude(here, agreed=True) and here.subject.meeting().is_penalty,
        paragraphs=("c3-4-2-2",),
    ),
    CaseStep(
        verb="agreed_otherwise",
        label="宣布审理意见：不予处罚、建议或者移送",
        method="agree_otherwise",
        does="过半数委员同意，报主要负责人批准。",
        begins={"vote": [State.IN_SESSION]},
        leads_to=State.AWAITING_HEAD,
        makes_sense=lambda here: _may_conclude(here, agreed=True) and not here.subject.meeting().is_penalty,
        paragraphs=("c3-4-2-2", "c3-4-2-3"),
        starts=("transfer",),
    ),
    CaseStep(
        verb="sent_to_supplement",
        label="宣布审理意见：补充调查",
        method="send_to_supplement",
        does="没有形成同意的多数，退给承办人员补充调查，以后重新终结、审核、审理。",
        begins={"vote": [State.IN_SESSION]},
        leads_to=State.INVESTIGATION,
        why="请写明要补充调查什么。",
        makes_sense=lambda here: _may_conclude(here, agreed=False),
        paragraphs=COMMITTEE,
    ),
    CaseStep(
        verb="adjourned",
        label="另行审理",
        method="adjourn",
        does="没有形成同意的多数，改变提请审理的意见以后另行开会。",
        begins={"vote": [State.IN_SESSION]},
        leads_to=State.AWAITING_COMMITTEE,
        why="请写明为什么另行审理。",
        is_awaited=False,
        makes_sense=lambda here: _may_conclude(here, agreed=False),
        paragraphs=COMMITTEE,
    ),
    CaseStep(
        verb="meeting_annulled",
        label="会议作废",
        method="annul_meeting",
        does="主持人或者出席的委员不能表决、签名、宣布的，这一次会议不算，另行开会；已经投的票留在案卷里。",
        begins={"audit": [State.IN_SESSION]},
        leads_to=State.AWAITING_COMMITTEE,
        why="请写明谁为什么不能表决、签名或者宣布。",
        is_awaited=False,
        paragraphs=COMMITTEE,
    ),
)


class SittingInCommittee(CaseFile):
    class Meta:
        abstract = True

    def meeting(self) -> Meeting:
        """The latest. It is asked for where one was held."""
        held: Meeting | None = latest(self.meetings)
        assert held is not None
        return held

    def meet(
        self,
        meeting: Meeting,
        *,
        by: Any,
        present: Collection[Member],
        reason: str = "",
    ) -> None:
        """Who has stepped back is recused, who else is not present absent; who handles the case only looks on."""
        if meeting.held_on > timezone.localdate():
            raise Incomplete("会议日期还没有到，请核对。")
        with self.acting("met", by=by, reason=reason) as case:
            members = list(Member.objects.valid_on(meeting.held_on).select_related("account"))
            how = {member.pk: case.attendance_of(member, present) for member in members}
            counted = [member for member in members if how[member.pk] == Attendance.How.PRESENT]
            audited = done_by(timezone.localdate(), timezone.localdate(case.audited_at))
            if meeting.held_on < audited:
                raise Incomplete(f"这一案 {audited} 才审核通过，会议不能更早，请核对日期。")
            meeting.case, meeting.members, meeting.counted = case, len(members), len(counted)
            meeting.take(case.weighing())
            meeting.is_heavy = meeting.is_weighty or case.is_heavy(meeting)
            own = case.separation_objections(by, "召集案审会议", meeting.held_on)
            composed = rules.Quorum.check_composition(
                meeting.held_on,
                posts=[str(member.get_post_display()) for member in members],
                uncertified=_uncertified(members, meeting.held_on),
            )
            case.answer_to("met", reason, [*own, *composed, *case.meeting_objections(meeting, counted)])
            case.take_side(by, Side.Which.JUDGING, by)
            case.keep(meeting, by)
            for member in members:
                case.keep(Attendance(meeting=meeting, member=member, how=how[member.pk]), by)

    def attendance_of(self, member: Member, present: Collection[Member]) -> str:
        if self.has_stepped_back(member.account):
            return Attendance.How.RECUSED
        if member not in present:
            return Attendance.How.ABSENT
        return Attendance.How.OBSERVING if self.is_handled_by(member.account) else Attendance.How.PRESENT

    def is_heavy(self, proposal: Any) -> bool:
        """Whether two thirds of all members have to sit."""
        if not proposal.is_penalty:
            return False
        day, sanction = timezone.localdate(), proposal.sanction(self.party.kind)
        is_large = bool(rules.HearingDue.reasons(day, sanction, rules.HearingDue.local()))
        return rules.Collective.is_due(sanction, is_large=is_large)

    def meeting_objections(self, meeting: Meeting, counted: Collection[Member]) -> list[Objection]:
        conclusion = self.conclusion()
        found = [
            *self.quorum_objections(meeting, meeting.counted),
            *self.proposal_objections(meeting, conclusion),
            *self.measure_objections(meeting),
        ]
        notice = latest(self.notices)
        if notice and meeting.is_penalty and not self.has_new_facts_since(notice.served_on):
            told, kind = notice.meeting, self.party.kind
            found += rules.NoWorse.check(meeting.held_on, told.sanction(kind), meeting.sanction(kind))
        if meeting.chair not in counted:
            raise Incomplete("主持人要在出席并计入的委员里，不能是本案的承办人员或者已经回避的委员。")
        return found

    @staticmethod
    def quorum_objections(meeting: Meeting, counted: int) -> list[Objection]:
        chair = meeting.chair
        is_deputy = chair.post == Member.Post.DEPUTY and meeting.is_deputised
        said = "副主任委员(受托)" if is_deputy else str(chair.get_post_display())
        return list(
            rules.Quorum.check(
                meeting.held_on, members=meeting.members, counted=counted, chair=said, is_heavy=meeting.is_heavy
            )
        )

    def has_new_facts_since(self, day: datetime.date) -> bool:
        """Whether the officers found anything after that: without it nothing gets worse for who has defended
        themselves. What a party hands in is its defence."""
        found = (
            self.inspections.filter(began_at__date__gt=day),
            self.evidence.filter(origin=Evidence.Origin.COLLECTED, obtained_at__date__gt=day),
            self.testings.filter(result__received_on__gt=day),
        )
        return any(each.exists() for each in found)

    def seat_of(self, account: Any) -> Attendance | None:
        """Where this person still has to vote."""
        waiting = self.meeting().still_to_sign()
        return next((each for each in waiting if each.member.account_id == account.pk), None)

    def vote(self, *, by: Any, vote: str, opinion: str = "") -> None:
        with self.acting("voted", by=by) as case:
            seat = case.seat_of(by)
            if seat is None:
                raise NotYours("您没有出席这次会议，或者已经表决。")
            case.answer_to("voted", "", case.separation_objections(by, "表决", timezone.localdate()))
            case.take_side(by, Side.Which.JUDGING, by)
            case.keep(Ballot(attendance=seat, vote=vote, opinion=opinion), by)

    def agree(self, *, by: Any, reason: str = "") -> None:
        with self.acting("agreed", by=by, reason=reason) as case:
            case.refuse_to_announce(by, agreed=True, penalty=True, reason=reason)

    def agree_otherwise(self, *, by: Any, reason: str = "") -> None:
        with self.acting("agreed_otherwise", by=by, reason=reason) as case:
            case.refuse_to_announce(by, agreed=True, penalty=False, reason=reason)

    def send_to_supplement(self, *, by: Any, reason: str) -> None:
        with self.acting("sent_to_supplement", by=by, reason=reason) as case:
            case.refuse_to_announce(by, agreed=False)

    def adjourn(self, *, by: Any, reason: str) -> None:
        with self.acting("adjourned", by=by, reason=reason) as case:
            case.refuse_to_announce(by, agreed=False)

    def refuse_to_announce(self, by: Any, *, agreed: bool, penalty: bool | None = None, reason: str = "") -> None:
        """Raises NotYours of anybody but the chair, Incomplete where the votes say otherwise; who has stepped back
        since is not counted any more."""
        meeting = self.meeting()
        if meeting.chair.account_id != by.pk:
            raise NotYours(f"审理意见由会议主持人{meeting.chair.account.get_full_name()}宣布。")
        if waiting := meeting.still_to_sign():
            names = "、".join(each.member.account.get_full_name() for each in waiting)
            raise Incomplete(f"还有委员没有表决、签名：{names}。")
        if meeting.is_agreed() != agreed:
            raise Incomplete("同意的委员没有过半数。" if agreed else "同意的委员已过半数。")
        if penalty is not None and meeting.is_penalty != penalty:
            raise Incomplete(f"审理的意见是：{meeting.said}。")
        if agreed and len(meeting.voters()) != meeting.counted:
            self.answer_to("agreed", reason, self.quorum_objections(meeting, len(meeting.voters())))

    def annul_meeting(self, *, by: Any, reason: str) -> None:
        """会议作废: where somebody without whom it cannot end is out of it. Raises Incomplete where all have signed:
        then the chair says what follows."""
        with self.acting("meeting_annulled", by=by, reason=reason) as case:
            meeting = case.meeting()
            chair = meeting.chair.account
            if not meeting.still_to_sign() and chair.is_active and not case.has_stepped_back(chair):
                raise Incomplete("出席的委员都已经表决、签名，由主持人宣布审理意见，会议不能作废。")
            case.answer_to("meeting_annulled", reason, case.separation_objections(by, "审理", timezone.localdate()))
            case.take_side(by, Side.Which.JUDGING, by)


def _uncertified(members: Collection[Member], day: datetime.date) -> list[str]:
    """The names of those without a certificate that holds on that day."""
    certified = set(Officer.objects.valid_on(day).values_list("account", flat=True))
    return [member.account.get_full_name() for member in members if member.account_id not in certified]
