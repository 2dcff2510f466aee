"""告知、陈述申辩、复核 (清单十四 三(五)): the party is told and heard; each of its points is taken or not, and why."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from acts.steps import OtherHand
from cases import rules
from cases.rows.notifying import Defence, DefenceAnswer, PenaltyNotice, Recheck
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, hand, latest, service_objections
from cases.way.states import State
from cases.way.steps import CaseStep
from clocks.counting import Span
from clocks.deadlines import Deadline

NOTICE = ("c3-5",)
REPLY = ("c3-5-1", "c3-5-2")


def _after_the_reply(case: Notifying, day: datetime.date) -> Iterable[Objection]:
    notice = case.notice()
    return [
        *rules.NoticeReply.check_decision(notice.reply_deadline(case.working_days()), day),
        *rules.HearingHeld.check_not_skipped(
            day, was_asked_for=case.hearing_request() is not None, was_held=case.has_reported_hearing()
        ),
    ]


AFTER_RECHECK = (State.RECHECKED, State.AWAITING_DECISION, State.DECISION_PROPOSED, State.DECISION_REVIEWED)
RECHECKER = OtherHand("rechecked", "这一案是您复核的，要由别人来审核。")

STEPS = (
    CaseStep(
        verb="notified",
        label="告知",
        method="notify",
        does="记下已经送达的《行政处罚告知书》：事实、依据、理由、种类和数额以案审委审理的为准，并告知权利。",
        begins={"handle": [State.AWAITING_NOTICE]},
        leads_to=State.NOTIFIED,
        takes_reason=False,
        paragraphs=NOTICE,
        starts=("notice_reply", "hearing_request"),
    ),
    CaseStep(
        verb="defended",
        label="登记陈述申辩、听证要求",
        method="receive_defence",
        does="记下当事人提出的事实、理由和证据，或者听证的要求。",
        begins={"handle": [State.NOTIFIED, State.HEARING, State.RECHECK]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        paragraphs=REPLY,
        starts=("hearing", "hearing_chair", "hearing_file", "hearing_date"),
        stops=("decision",),
    ),
    CaseStep(
        verb="letter_received",
        label="登记期限内提出、复核以后才登记的意见",
        method="receive_letter",
        does="期限以内提出的，邮寄的以邮戳为准，不算过期：回到已告知，重新复核以后再作决定。",
        begins={"handle": AFTER_RECHECK},
        leads_to=State.NOTIFIED,
        takes_reason=False,
        is_awaited=False,
        paragraphs=REPLY,
        starts=("hearing", "hearing_chair", "hearing_file", "hearing_date"),
    ),
    CaseStep(
        verb="rechecked",
        label="复核",
        method="recheck",
        does="对当事人的每一点写明是否采纳、为什么，交案审办审核。",
        begins={"handle": [State.NOTIFIED, State.RECHECK]},
        leads_to=State.RECHECKED,
        hand="rechecked",
        takes_reason=False,
        asks=_after_the_reply,
        makes_sense=lambda here: not _after_the_reply(here.subject, timezone.localdate()),
        paragraphs=REPLY,
        ends=("notice_reply", "hearing_request"),
    ),
    CaseStep(
        verb="recheck_confirmed",
        label="审核复核：维持处理意见",
        method="confirm_recheck",
        does="处理意见不变，交承办人员报批决定。",
        begins={"audit": [State.RECHECKED]},
        leads_to=State.AWAITING_DECISION,
        not_by=[RECHECKER],
        why="请写明审核意见。",
        makes_sense=lambda here: not here.subject.latest_recheck().is_changed,
        paragraphs=REPLY,
    ),
    CaseStep(
        verb="recheck_to_committee",
        label="审核复核：再报案审委",
        method="submit_recheck",
        does="处理意见要改变，再由案审委审理，重新告知。",
        begins={"audit": [State.RECHECKED]},
        leads_to=State.AWAITING_COMMITTEE,
        not_by=[RECHECKER],
        why="请写明审核意见。",
        makes_sense=lambda here: here.subject.latest_recheck().is_changed,
        paragraphs=REPLY,
    ),
    CaseStep(
        verb="recheck_returned",
        label="审核复核：退回补充调查",
        method="return_recheck",
        does="有新的事实，退给承办人员补充调查，以后重新终结、审核、审理、告知。",
        begins={"audit": [State.RECHECKED]},
        leads_to=State.INVESTIGATION,
        not_by=[RECHECKER],
        why="请写明要补充调查什么。",
        is_awaited=False,
        paragraphs=REPLY,
    ),
)


class Notifying(CaseFile):
    rechecked_by, rechecked_by_name, rechecked_at = hand("复核人", "复核时间")

    class Meta:
        abstract = True

    def notice(self) -> PenaltyNotice:
        """The latest. It is asked for where one was served."""
        served: PenaltyNotice | None = latest(self.notices)
        assert served is not None
        return served

    def hearing_request(self) -> Defence | None:
        """The first that came in time to the latest notice."""
        return self.notice().hearing_request()

    def latest_recheck(self) -> Recheck:
        written: Recheck | None = latest(self.notice().rechecks)
        assert written is not None
        return written

    def publication_stops(self) -> list[Span]:
        """The days for which notices were published."""
        return [stop for notice in self.notices.all() if (stop := notice.publication_stop())]

    def notice_deadlines(self) -> list[Deadline]:
        """The party's own time, as long as it lasts: afterwards nothing is late, it may be rechecked."""
        if self.state != State.NOTIFIED:
            return []
        notice, calendar = self.notice(), self.working_days()
        own = [notice.reply_deadline(calendar)]
        own += [notice.request_deadline(calendar)] if notice.hearing_offered else []
        return [each for each in own if not each.has_passed(timezone.localdate())]

    def notify(self, notice: PenaltyNotice, *, by: Any) -> None:
        """告知, with two officers, of what the committee agreed to."""
        day = notice.served_on
        with self.acting("notified", by=by) as case:
            notice.case, notice.meeting = case, case.meeting()
            notice.meeting.refuse_other_reasons(notice.basis, notice.reasons)
            agreed = case.timeline.filter(verb="agreed").last()
            case.refuse_dates_before(timezone.localdate(agreed.at), "宣布审理意见", notice)
            sanction = notice.meeting.sanction(case.party.kind)
            offered = rules.HearingDue.check(day, sanction, was_offered=notice.hearing_offered)
            served = service_objections(notice, "告知书", case.working_days())
            case.answer_to("notified", "", [*served, *offered])
            case.keep(notice, by)

    def receive_defence(self, defence: Defence, *, by: Any) -> None:
        """What the party says in time; what comes late is no request for a hearing any more."""
        with self.acting("defended", by=by) as case:
            notice = case.notice()
            if not notice.served_on <= defence.given_on <= defence.received_on <= timezone.localdate():
                raise Incomplete(f"日期要在告知书送达（{notice.served_on}）和今天之间，请核对。")
            if defence.kind != Defence.Kind.STATEMENT and case.state != State.NOTIFIED:
                raise Incomplete("听证已经决定举行或者已经举行，当事人现在的意见记为陈述、申辩。")
            defence.notice = notice
            case.answer_to("defended", "", case.defence_objections(notice, defence))
            case.keep(defence, by)

    def receive_letter(self, defence: Defence, *, by: Any) -> None:
        """What was said or posted in time (137-57(4)) and is entered after the recheck: it is rechecked before anything
        is decided. Raises Incomplete where it was too late."""
        with self.acting("letter_received", by=by) as case:
            notice = case.notice()
            if not notice.served_on <= defence.given_on <= defence.received_on <= timezone.localdate():
                raise Incomplete(f"日期要在告知书送达（{notice.served_on}）和今天之间，请核对。")
            if notice.reply_deadline(case.working_days()).has_passed(defence.given_on):
                raise Incomplete("已经过了陈述、申辩的期限，不必重新复核；原件可以存入附件。")
            defence.notice = notice
            case.answer_to("letter_received", "", case.defence_objections(notice, defence))
            case.keep(defence, by)

    def defence_objections(self, notice: PenaltyNotice, defence: Defence) -> list[Objection]:
        if defence.kind != Defence.Kind.HEARING:
            return []
        if not notice.hearing_offered:
            raise Incomplete("这一案没有告知听证权利，不适用听证；当事人的意见记为陈述、申辩。")
        return list(rules.HearingRequest.check(notice.request_deadline(self.working_days()), defence.given_on))

    def recheck(self, recheck: Recheck, *, by: Any, answers: Collection[DefenceAnswer] = ()) -> None:
        """复核: with an answer to all that the party has said. Raises Incomplete where one is missing."""
        with self.acting("rechecked", by=by) as case:
            case.answer_to("rechecked", "")
            recheck.notice = case.notice()
            if {each.defence_id for each in answers} != {each.pk for each in recheck.notice.statements()}:
                raise Incomplete("当事人的每一次陈述、申辩都要答复：采纳还是不采纳、为什么。")
            case.keep(recheck, by)
            for answer in answers:
                answer.recheck = recheck
                case.keep(answer, by)

    def confirm_recheck(self, *, by: Any, reason: str) -> None:
        with self.acting("recheck_confirmed", by=by, reason=reason) as case:
            case.judge_recheck("recheck_confirmed", by, reason)
            if case.latest_recheck().is_changed:
                raise Incomplete("复核要改变处理意见，请再报案审委。")

    def submit_recheck(self, *, by: Any, reason: str) -> None:
        with self.acting("recheck_to_committee", by=by, reason=reason) as case:
            case.judge_recheck("recheck_to_committee", by, reason)

    def return_recheck(self, *, by: Any, reason: str) -> None:
        with self.acting("recheck_returned", by=by, reason=reason) as case:
            case.judge_recheck("recheck_returned", by, reason)

    def judge_recheck(self, verb: str, by: Any, reason: str) -> None:
        today = timezone.localdate()
        self.answer_to(verb, reason, self.auditor_objections(by, today))
        self.take_side(by, Side.Which.JUDGING, by)
