"""结案、备案、归档: the list leaves 三(八) empty, rules of the ministry hold. Afterwards a mistake is only amended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.errors import Incomplete
from acts.steps import OtherHand
from cases import rules
from cases.archiving.missing import Missing, missing
from cases.archiving.sealing import Seal, tables_of
from cases.archiving.volume import bind
from cases.attaching import folder
from cases.papers import typeset
from cases.penalties import Penalty
from cases.rows.archive import Archive
from cases.rows.closing import Amendment, Report
from cases.rows.court import CourtEnd
from cases.rows.party import Reading
from cases.rows.receipt import Receipt
from cases.rows.remedy import RemedyEnd
from cases.rule import Objection
from cases.way.case_file import CaseFile, done_by, hand
from cases.way.states import Source, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline
from clocks.time_limit import ruleset
from verbatim.documents import digest

NOT_PENALISED = ("不予行政处罚", "不予处罚或者移送")
"""The ground of closing, in set a and since."""
CLOSING = ("c3-8",)
DONE = "决定执行完毕"
BY_COURT = ("法院裁定执行完毕", "法院结束执行")
GIVEN_UP = ("终止调查", "终结执行", *BY_COURT, "不予行政处罚", "不予处罚或者移送", "其他应当结案的情形")
"""Grounds on which nobody can make the party do anything any more."""


def _in_time(case: Closing, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.closing_deadlines()
    return [found for deadline in deadlines for found in rules.Closing.check(deadline, day)]


def _nothing_open(case: Closing, day: datetime.date) -> Iterable[Objection]:
    """The ground is one of the rules of the day on which it arose."""
    ground, unmended = case.closing_ground, case.unmended()
    arose, left = case.ended_on or day, case.still_open()
    if unmended and ground in GIVEN_UP:
        return rules.ClosingGround.check(arose, ground, open_matters=left, unmended=unmended)
    return rules.ClosingGround.check(arose, ground, open_matters=[*left, *filter(None, [unmended])])


def _papers_made(case: Closing, day: datetime.date) -> Iterable[Objection]:
    reported = rules.Reported.check(day, is_due=case.waits_to_be_reported())
    late = [found for each in case.spot_deadlines()[:1] for found in rules.SimpleArchive.check(each, day)]
    public = [
        *rules.Publish.check_done(day, is_awaited=case.waits_to_be_public()),
        *rules.Withdraw.check_done(day, is_awaited=case.undone_since_it_was_public() is not None),
    ]
    return [*rules.Archive.check(day, missing=[str(each) for each in missing(case)]), *reported, *late, *public]


PROPOSER = OtherHand("closing_proposed", "这一案是您报请结案的，要由别人来批准。")

STEPS = (
    CaseStep(
        verb="enforced",
        label="执行完毕",
        method="finish_enforcement",
        does="决定已经执行完毕，或者法院已经结束执行；这一案转入结案。",
        begins={"handle": [State.ENFORCEMENT]},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground"),
        makes_sense=lambda here: bool(here.subject.grounds_to_finish()),
        paragraphs=CLOSING,
        starts=("closing",),
        ends=("payment", "court", "cash"),
    ),
    CaseStep(
        verb="closing_proposed",
        label="报请结案",
        method="propose_closing",
        does="把《结案审查表》报负责人批准。",
        begins={"handle": [State.AWAITING_CLOSING]},
        leads_to=State.CLOSING_PROPOSED,
        hand="closing_proposed",
        asks=lambda case, day: [*_in_time(case, day), *_nothing_open(case, day)],
        paragraphs=CLOSING,
    ),
    CaseStep(
        verb="closing_returned",
        label="退回结案",
        method="return_closing",
        does="退给承办人员补办，以后重新报请。已经结案、后来情形变了的，也这样退回。",
        begins={"approve": [State.CLOSING_PROPOSED, State.CLOSED]},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground", "closed_on"),
        takes_back=["closed"],
        makes_sense=lambda here: here.subject.closed_on is None or bool(here.subject.still_open()),
        not_by=[PROPOSER],
        why="请写明还要办什么。",
        is_awaited=False,
        paragraphs=CLOSING,
    ),
    CaseStep(
        verb="closed",
        label="批准结案",
        method="close",
        does="从今天起结案；该备案的备案，然后归档。",
        begins={"approve": [State.CLOSING_PROPOSED]},
        leads_to=State.CLOSED,
        hand="closed",
        writes=("closed_on",),
        not_by=[PROPOSER],
        asks=_nothing_open,
        paragraphs=CLOSING,
        starts=("report",),
        ends=("closing",),
    ),
    CaseStep(
        verb="reported",
        label="备案",
        method="report",
        does="记下向哪个机关备案。",
        begins={"handle": [State.CLOSED]},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: here.subject.waits_to_be_reported(),
        paragraphs=("c2-2",),
        ends=("report",),
    ),
    CaseStep(
        verb="archived",
        label="归档",
        method="archive",
        does="一案一卷，照卷内目录装订成一个 PDF，连同案卷的全部记录封存。归档以后案卷不再改变，有错的另作更正。",
        begins={"handle": [State.CLOSED]},
        leads_to=State.ARCHIVED,
        writes=("archived_on",),
        asks=_papers_made,
        paragraphs=CLOSING,
        ends=("report", "simple_archive"),
    ),
    CaseStep(
        verb="amended",
        label="更正",
        method="amend",
        does="在案卷上加一条更正；原来的内容留着不动。",
        begins={"audit": [State.ARCHIVED]},
        why="请写明为什么更正。",
        is_awaited=False,
        repeats=True,
    ),
)


def _is_ground(end: CourtEnd) -> bool:
    """Until the end of March 2019 only what the court had executed was closed on that ground (137-54)."""
    return ruleset(end.ended_on) != "a" or end.outcome == CourtEnd.Outcome.EXECUTED


class Closing(CaseFile):
    ended_on = models.DateField("结案情形发生的日期", null=True)
    closing_ground = models.CharField("结案情形", max_length=40, blank=True)
    closed_on = models.DateField("结案日期", null=True)
    archived_on = models.DateField("归档日期", null=True)
    closing_proposed_by, closing_proposed_by_name, closing_proposed_at = hand("结案报请人", "结案报请时间")
    closed_by, closed_by_name, closed_at = hand("结案批准人", "结案批准时间")

    class Meta:
        abstract = True

    def end(self, day: datetime.date, ground: str, ground_since_2019: str) -> None:
        """Nothing is left to be done but to close it, by a ground as the rules of that day name it."""
        self.ended_on = day
        self.closing_ground = ground if ruleset(day) == "a" else ground_since_2019

    def end_anew(self) -> None:
        """What was entered, corrected or voided since may have moved the ground and its day. What a head has approved
        is not moved: it is returned, and approved anew."""
        if not self.ended_on or self.closed_on:
            return
        receipt = self.receipt(Receipt.Paper.OUTCOME)
        if self.is_annulled():
            self.end(self.annulled_on(), *rules.ClosingGround.ANNULLED)
        elif receipt:
            self.end(receipt.served_on, *NOT_PENALISED)
        elif self.closing_ground in self.grounds_to_finish() and not self.was_given_up():
            self.ended_on = self.day_of_the_end(self.closing_ground)

    def closing_deadlines(self) -> list[Deadline]:
        if self.state in (State.AWAITING_CLOSING, State.CLOSING_PROPOSED) and self.ended_on:
            is_done = not self.open_matters(self.closing_ground)
            return self.running("closing", self.all_done_on(self.ended_on)) if is_done else []
        if self.state == State.ENFORCEMENT and self.served_on() and (days := self.days_of_the_end()):
            return self.running("closing", min(days))
        if self.state == State.CLOSED and self.closed_on:
            return self.running("report", self.closed_on) if self.waits_to_be_reported() else []
        return []

    def missing_papers(self) -> list[Missing]:
        """What has to be made before it is put away, once its closing is near."""
        near = (State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED)
        return list(missing(self)) if self.state in near else []

    def waits_to_be_reported(self) -> bool:
        """Once for each closing."""
        return self.has_to_be_reported() and self.last_done("closed", "reported") != "reported"

    def has_to_be_reported(self) -> bool:
        """As the rule of 2011 names the cases (137-55); since 2019 the bureau goes on so."""
        weighty = any(meeting.is_weighty or meeting.outcome == "transfer" for meeting in self.meetings.all())
        return weighty or self.source == Source.ASSIGNMENT or bool(self.valid_remedies())

    def grounds_to_finish(self) -> list[str]:
        """By which of the grounds enforcement has come to its end."""
        if self.is_annulled():
            return [self._named(*rules.ClosingGround.ANNULLED, self.annulled_on())]
        done = [DONE] if not self.owed(timezone.localdate()).unpaid and not self.duties_to_see() else []
        by_court = [self._named(*BY_COURT, end.ended_on) for end in self.ended_by_court()[-1:] if _is_ground(end)]
        return [*done, *by_court]

    @staticmethod
    def _named(ground: str, ground_since_2019: str, day: datetime.date) -> str:
        return ground if ruleset(day) == "a" else ground_since_2019

    def annulled_on(self) -> datetime.date:
        ends = [end.ended_on for end in self.remedy_ends() if end.outcome == RemedyEnd.Outcome.ANNULLED]
        return ends[-1]

    def days_of_the_end(self) -> list[datetime.date]:
        """On which all was done, for each of these grounds by which nothing else is left."""
        grounds = [ground for ground in self.grounds_to_finish() if not self.open_matters(ground)]
        return [self.all_done_on(self.day_of_the_end(ground)) for ground in grounds]

    def all_done_on(self, ended_on: datetime.date) -> datetime.date:
        """The last day of whatever had to come to its end before it can be closed."""
        ends = [each.end.ended_on for each in self.measures.all() if each.is_over]
        ends += [each.check_up.checked_on for each in self.correction_orders.all() if each.is_checked]
        ends += [each.result.received_on for each in self.testings.all() if each.is_back]
        ends += [each.refunded_on for each in self.valid_refunds()] + [each.ended_on for each in self.remedy_ends()]
        ends += [each.paid_on for each in self.valid_payments()] + [each.agreed_on for each in self.valid_agreements()]
        ends += [each.done_on for each in self.valid_fulfilments()]
        return max([ended_on, *ends])

    def day_of_the_end(self, ground: str) -> datetime.date:
        """On which what there was to do was done, the court came to its end, or the decision was done away with."""
        if ground in rules.ClosingGround.ANNULLED:
            return self.annulled_on()
        if ground != DONE:
            return self.ended_by_court()[-1].ended_on
        days = [self.served_on(), *(each.paid_on for each in self.valid_payments())]
        days += [each.ended_on for each in self.remedy_ends()] + [each.done_on for each in self.valid_fulfilments()]
        return max([*days, *(each.agreed_on for each in self.valid_agreements())])

    def was_given_up(self) -> bool:
        """Whether a head has ended the enforcement, whatever is left of it."""
        return self.last_done("enforced", "enforcement_ended", "enforcement_reopened") == "enforcement_ended"

    def still_open(self) -> list[str]:
        """What keeps it from being closed; also that the decision stands again which was done away with."""
        found, ground = self.open_matters(self.closing_ground), self.closing_ground
        is_by_annulment = ground in rules.ClosingGround.ANNULLED
        if self.is_annulled() and not is_by_annulment:
            found.append("决定已经被撤销，结案的情形变了，请退回、重新报请")
        if is_by_annulment and self.served_on() and not (self.is_annulled() or self.was_given_up()):
            found.append("决定没有被撤销，也没有终结执行")
        return found

    def open_matters(self, ground: str) -> list[str]:
        """What has not come to its end, where the case is to be closed on that ground."""
        today = timezone.localdate()
        found = [f"{measure}的物品还没有处理" for measure in self.open_measures()]
        found += [f"{testing}还没有结果" for testing in self.testings_under_way()]
        found += [f"{order}，还没有复查" for order in self.corrections_to_check()]
        found += [f"{remedy}还没有结果" for remedy in self.remedies_under_way()]
        found += [f"{application}还没有结果" for application in self.applications_under_way()]
        executed = [end.application for end in self.ended_by_court() if end.outcome == CourtEnd.Outcome.EXECUTED]
        has_goods = ground == DONE or any(Penalty.GOODS in each.duties for each in executed)
        if ground == DONE and (left := [*filter(None, [self.owed(today).said]), *self.duties_to_see()]):
            found.append(f"还欠{'、'.join(left)}")
        if has_goods and self.has_goods_to_dispose_of():
            found.append("没收的非法财物还没有处理")
        if ground in BY_COURT and (sums := self.executed_and_not_entered()):
            found.append(f"法院执行完毕的{sums}还没有登记缴款")
        if ground in BY_COURT and (unasked := self.not_asked_of_the_court()):
            found.append(f"还没有申请法院执行{'、'.join(unasked)}")
        if overpaid := self.overpaid():
            found.append(f"多缴的 {overpaid} 元还没有退还")
        return found

    def unmended(self) -> str:
        """What was last ordered, and was not done when it was looked at."""
        orders = list(self.correction_orders.all())
        is_left = bool(orders) and orders[-1].is_checked and not orders[-1].check_up.is_mended
        return f"{orders[-1]}，复查没有改正" if is_left else ""

    def finish_enforcement(self, *, by: Any, ground: str, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("enforced", by=by, reason=reason) as case:
            if ground not in case.grounds_to_finish():
                left = "、".join(filter(None, [case.owed(today).said, *case.duties_to_see()]))
                raise Incomplete(f"还不是“{ground}”：还欠{left}。")
            case.end(case.day_of_the_end(ground), ground, ground)
            case.answer_to("enforced", reason, _nothing_open(case, today))

    def propose_closing(self, *, by: Any, reason: str = "") -> None:
        with self.acting("closing_proposed", by=by, reason=reason) as case:
            case.answer_to("closing_proposed", reason)

    def return_closing(self, *, by: Any, reason: str) -> None:
        with self.acting("closing_returned", by=by, reason=reason) as case:
            if case.closed_on and not case.still_open():
                raise Incomplete("结案的情形没有变，不用退回；还有没有执行的，请退回执行。")
            case.closed_on = None
            case.end_anew()

    def close(self, *, by: Any, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("closed", by=by, reason=reason) as case:
            case.answer_to("closed", reason, case.separation_objections(by, "批准结案", today))
            case.closed_on = today

    def report(self, report: Report, *, by: Any) -> None:
        with self.acting("reported", by=by) as case:
            today = timezone.localdate()
            if not done_by(today, case.closed_on) <= report.sent_on <= today:
                raise Incomplete(f"报送日期要在结案（{case.closed_on}）和今天之间，请核对。")
            report.case = case
            case.keep(report, by)

    def archive(self, *, by: Any, reason: str = "") -> None:
        with self.acting("archived", by=by, reason=reason) as case:
            if left := case.still_open():
                raise Incomplete(f"还不能归档：{'；'.join(left)}。")
            case.answer_to("archived", reason)
            bound = bind(case)
            held, kept = bound.contents.canonical(), folder.keep(bound.pdf)
            sealed = Seal(contents=digest(held), pdf=kept, tables=tables_of(case)).canonical()
            archive = Archive(
                case=case,
                pages=bound.contents.pages,
                size=len(bound.pdf),
                digest=kept,
                contents=held,
                seal=sealed,
                seal_digest=digest(sealed),
            )
            case.keep(archive, by)
            case.archived_on = timezone.localdate()

    def preview_volume(self, *, by: Any) -> bytes:
        """The whole file as it would be put away, marked so; a line says who took it. Raises Incomplete."""
        bound = bind(self, mark=typeset.PREVIEW)
        self.keep(Reading(case_id=self.pk, what=Reading.What.EXPORT), by)
        return bound.pdf

    def hand_out_volume(self, account: Any) -> bytes:
        """The file that was put away, to whoever is on the case; a line says who took it. Raises NotYours, NotThere."""
        self.refuse_who_is_not_on_it(account)
        content: bytes = self.volume.pdf()
        self.keep(Reading(case_id=self.pk, what=Reading.What.EXPORT), account)
        return content

    def amend(self, amendment: Amendment, *, by: Any, reason: str) -> None:
        with self.acting("amended", by=by, reason=reason) as case:
            amendment.case = case
            case.keep(amendment, by)


CONSTRAINTS = [
    CheckConstraint(
        condition=Q(closed_by=None, closed_on=None)
        | (Q(closed_by__isnull=False, closed_on__isnull=False, ended_on__isnull=False) & ~Q(closing_ground="")),
        name="case_closed_step_by_step",
        violation_error_message="结案要有结案情形，经报请再由负责人批准。",
    ),
    CheckConstraint(
        condition=Q(archived_on=None) | Q(closed_on__isnull=False),
        name="case_archived_when_closed",
        violation_error_message="结案以后才能归档。",
    ),
]
