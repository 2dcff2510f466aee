"""不予处罚、行政建议、移送 (清单十四 三(四)2 第四款): approved by the head of the bureau before anything is served."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.rows.entry_void import EntryVoid
from cases.rows.measure import MeasureEnd
from cases.rows.numbers import Series
from cases.rows.proposal import Outcome
from cases.rows.sides import Side
from cases.rows.transfer import HandingOver, PoliceReply
from cases.rule import Objection
from cases.way.case_file import CaseFile, done_by, latest
from cases.way.deciding import in_time_to_decide
from cases.way.states import State
from cases.way.steps import CaseStep
from clocks.deadlines import AnyDeadline, HoursDeadline, work_out_hours
from clocks.limits_of_the_law import in_force

HEAD = ("c3-4-2-2", "c3-4-2-3")
AFTER_REPLY = [State.INVESTIGATION, State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED]


def _in_time(case: Outcomes, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.transfer_deadlines()
    late = [rules.Transfer.check_in_time(e.limit, str(e.due), is_late=e.has_passed(day)) for e in deadlines]
    return [*in_time_to_decide(case, day), *itertools.chain.from_iterable(late)]


STEPS = (
    CaseStep(
        verb="outcome_approved",
        label="批准不予处罚、行政建议",
        method="approve_outcome",
        does="表示您同意案审委的审理意见，由承办人员制作文书并送达。",
        begins={"determine": [State.AWAITING_HEAD], "approve": [State.AWAITING_HEAD]},
        leads_to=State.DECIDED,
        hand="decided",
        writes=("decided_on", "decision_number"),
        makes_sense=lambda here: here.subject.meeting().outcome != Outcome.TRANSFER,
        asks=in_time_to_decide,
        paragraphs=HEAD,
        starts=("service",),
        ends=("decision",),
    ),
    CaseStep(
        verb="transfer_approved",
        label="批准移送",
        method="approve_transfer",
        does="表示您同意移送；24 小时以内送公安机关。",
        begins={"determine": [State.AWAITING_HEAD], "approve": [State.AWAITING_HEAD]},
        leads_to=State.TRANSFERRED,
        hand="decided",
        writes=("decided_on",),
        makes_sense=lambda here: here.subject.meeting().outcome == Outcome.TRANSFER,
        asks=_in_time,
        paragraphs=HEAD,
        starts=("transfer_police",),
        ends=("decision", "transfer"),
    ),
    CaseStep(
        verb="outcome_returned",
        label="不同意审理意见",
        method="return_outcome",
        does="退给承办人员补充调查，以后重新终结、审核、审理。",
        begins={"determine": [State.AWAITING_HEAD], "approve": [State.AWAITING_HEAD]},
        leads_to=State.INVESTIGATION,
        why="请写明不同意的理由。",
        is_awaited=False,
        paragraphs=HEAD,
        ends=("transfer",),
    ),
    CaseStep(
        verb="handed_over",
        label="移送公安机关",
        method="hand_over",
        does="记下移送的机关、时间和回执。",
        begins={"handle": [State.TRANSFERRED]},
        makes_sense=lambda here: here.subject.awaited_reply() is None,
        ends=("transfer_police",),
    ),
    CaseStep(
        verb="police_accepted",
        label="公安机关已立案",
        method="accept_transfer",
        does="公安机关已经立案，这一案转入结案。",
        begins={"handle": [State.TRANSFERRED]},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground"),
        takes_reason=False,
        makes_sense=lambda here: here.subject.awaited_reply() is not None,
        starts=("closing", "transfer_goods"),
    ),
    CaseStep(
        verb="police_refused",
        label="公安机关不予立案",
        method="refuse_transfer",
        does="公安机关不予立案，这一案回到调查，依法处理；不服的，三日以内可以提请公安机关复议。",
        begins={"handle": [State.TRANSFERRED]},
        leads_to=State.INVESTIGATION,
        takes_reason=False,
        is_awaited=False,
        makes_sense=lambda here: here.subject.awaited_reply() is not None,
        starts=("decision", "transfer_objection"),
    ),
    CaseStep(
        verb="reply_voided",
        label="作废公安机关答复",
        method="take_reply_back",
        does="登记错的答复不再算数，记录留着；这一案回到移送，对的另行登记。由登记以外的人办。",
        begins={"lead": AFTER_REPLY, "approve": AFTER_REPLY},
        leads_to=State.TRANSFERRED,
        writes=("ended_on", "closing_ground", "closed_on"),
        takes_back=["closed"],
        why="请写明哪里登记错了。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: here.subject.may_take_reply_back(),
        ends=("decision", "closing"),
    ),
)

REPLIED = ("police_accepted", "police_refused")


class Outcomes(CaseFile):
    class Meta:
        abstract = True

    def transfer_deadlines(self) -> list[AnyDeadline]:
        """By when the head decides on a transfer that the committee asks for, and what follows until the police has the
        case and its goods, or has been asked to think again."""
        if self.state == State.AWAITING_HEAD and self.meeting().outcome == Outcome.TRANSFER:
            return [*self.running("transfer", self.meeting().held_on)]
        if self.state == State.TRANSFERRED and self.awaited_reply() is None:
            return [self.police_deadline()]
        reply, today = self.police_reply(), timezone.localdate()
        if reply is None:
            return []
        if reply.outcome == PoliceReply.Outcome.ACCEPTED:
            return [*self.running("transfer_goods", reply.replied_on)] if self.open_measures() else []
        objection = self.running("transfer_objection", reply.replied_on) if self.state == State.INVESTIGATION else []
        return [each for each in objection if not each.has_passed(today)]

    def police_deadline(self) -> HoursDeadline:
        approved = timezone.localtime(self.decided_at)
        return work_out_hours(in_force().on("transfer_police", approved.date()), approved)

    def approve_outcome(self, *, by: Any, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("outcome_approved", by=by, reason=reason) as case:
            case.answer_to("outcome_approved", reason, case.outcome_objections(by, today))
            if case.meeting().outcome == Outcome.TRANSFER:
                raise Incomplete("案审委的意见是移送，请批准移送。")
            case.take_side(by, Side.Which.JUDGING, by)
            case.decided_on = today
            case.decision_number = Series.numbered(f"{case.meeting().outcome}_decision", today)

    def approve_transfer(self, *, by: Any, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("transfer_approved", by=by, reason=reason) as case:
            case.answer_to("transfer_approved", reason, case.approver_objections(by, today))
            if case.meeting().outcome != Outcome.TRANSFER:
                raise Incomplete(f"案审委的意见是{case.meeting().said}，不是移送。")
            case.take_side(by, Side.Which.JUDGING, by)
            case.decided_on = today

    def approver_objections(self, by: Any, day: datetime.date) -> list[Objection]:
        """That it is the head who approves, and nobody who handles the case."""
        rank = rules.Approvals.HEAD if self.may(by, "determine") else "其他负责人"
        said = str(Outcome(self.meeting().outcome).label)
        return [*rules.Approvals.check(day, said, rank), *self.separation_objections(by, "批准", day)]

    def outcome_objections(self, by: Any, day: datetime.date) -> list[Objection]:
        return [
            *self.approver_objections(by, day),
            *self.transfer_objections(self.meeting(), self.conclusion()),
        ]

    def untransferred_objections(self) -> list[Objection]:
        """What was last reported as a crime, and the police has not refused since."""
        conclusion, reply = self.conclusion(), self.police_reply()
        is_last = self.last_done("concluded", *REPLIED) in REPLIED
        is_refused = reply is not None and reply.outcome == PoliceReply.Outcome.REFUSED and is_last
        is_kept = conclusion is not None and conclusion.is_crime and not is_refused
        return list(rules.Transfer.check_not_kept(timezone.localdate(), is_crime=is_kept))

    def return_outcome(self, *, by: Any, reason: str) -> None:
        with self.acting("outcome_returned", by=by, reason=reason) as case:
            case.answer_to("outcome_returned", reason, case.approver_objections(by, timezone.localdate()))
            case.take_side(by, Side.Which.JUDGING, by)

    def handing_over_objections(self, at: datetime.datetime) -> list[Objection]:
        """That the police had to have it within a day of the approval."""
        deadline = self.police_deadline()
        due, is_late = f"{deadline.ends_at:%Y-%m-%d %H:%M}", at > deadline.ends_at
        return list(rules.Transfer.check_in_time(deadline.limit, due, is_late=is_late))

    def hand_over(self, handing_over: HandingOver, *, by: Any, reason: str = "") -> None:
        if handing_over.handed_at > timezone.now():
            raise Incomplete("移送的时间还没有到，请核对。")
        with self.acting("handed_over", by=by, reason=reason) as case:
            if case.awaited_reply():
                raise Incomplete("已经移送，公安机关还没有答复。")
            approved = done_by(timezone.now(), case.decided_at).replace(second=0, microsecond=0)  # typed by the minute
            if handing_over.handed_at < approved:
                raise Incomplete(f"{timezone.localtime(approved):%Y-%m-%d %H:%M} 才批准移送，移送不能更早。")
            case.answer_to("handed_over", reason, case.handing_over_objections(handing_over.handed_at))
            handing_over.case = case
            case.keep(handing_over, by)

    def accept_transfer(self, reply: PoliceReply, *, by: Any) -> None:
        with self.acting("police_accepted", by=by) as case:
            case.keep_reply(reply, PoliceReply.Outcome.ACCEPTED, by)
            case.end(reply.replied_on, "终止调查", "不予处罚或者移送")

    def refuse_transfer(self, reply: PoliceReply, *, by: Any) -> None:
        with self.acting("police_refused", by=by) as case:
            case.keep_reply(reply, PoliceReply.Outcome.REFUSED, by)

    def keep_reply(self, reply: PoliceReply, outcome: PoliceReply.Outcome, by: Any) -> None:
        handing_over = self.awaited_reply()
        if handing_over is None:
            raise Incomplete("还没有登记移送公安机关。")
        if not handing_over.day <= reply.replied_on <= timezone.localdate():
            raise Incomplete(f"答复的日期要在移送（{handing_over.day}）和今天之间，请核对。")
        reply.handing_over, reply.outcome = handing_over, outcome
        self.keep(reply, by)

    def awaited_reply(self) -> HandingOver | None:
        """The latest handing over, as long as the police has not answered."""
        last: HandingOver | None = latest(self.handings_over)
        return None if last is None or last.reply else last

    def police_reply(self) -> PoliceReply | None:
        """To the latest handing over."""
        last: HandingOver | None = latest(self.handings_over)
        return None if last is None else last.reply

    def may_take_reply_back(self) -> bool:
        """As long as the case stands where the answer has led it."""
        reply = self.police_reply()
        if reply is None:
            return False
        return (self.state == State.INVESTIGATION) == (reply.outcome == PoliceReply.Outcome.REFUSED)

    def take_reply_back(self, *, by: Any, reason: str) -> None:
        """作废: what the police have answered is entered anew."""
        with self.acting("reply_voided", by=by, reason=reason) as case:
            reply = case.police_reply()
            if reply is None or not case.may_take_reply_back():
                raise Incomplete("没有可以作废的公安机关答复。")
            if reply.by_id == by.pk:
                raise Incomplete("这一项是您登记的，要由别人来作废。")
            if case.last_done("met", *REPLIED) == "met":
                raise Incomplete("公安机关答复以后已经重新审理，答复不能再作废；移送的，按审理意见另行移送。")
            is_ended_since = case.last_done("measure_ended", *REPLIED) == "measure_ended"
            ended = [each for each in case.measures.all() if each.is_over]
            given = [str(each) for each in ended if each.end.how == MeasureEnd.How.DISPOSED]
            if is_ended_since and given:
                raise Incomplete(f"{'、'.join(given)}的物品已经依答复移送，答复不能再作废。")
            case.keep(EntryVoid(case=case, reply=reply), by)
            case.ended_on, case.closing_ground, case.closed_on = None, "", None
