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
from cases.rows.archive import Archive
from cases.rows.closing import Amendment, Report
from cases.rows.party import Reading
from cases.rule import Objection
from cases.way.case_file import CaseFile, hand
from cases.way.states import Source, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline
from clocks.time_limit import ruleset
from verbatim.documents import digest

CLOSING = ("c3-8",)


def _in_time(case: Closing, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.closing_deadlines()
    return [found for deadline in deadlines for found in rules.Closing.check(deadline, day)]


def _nothing_open(case: Closing, day: datetime.date) -> Iterable[Objection]:
    return rules.ClosingGround.check(day, case.closing_ground, open_matters=case.open_matters(day))


def _papers_made(case: Closing, day: datetime.date) -> Iterable[Objection]:
    reported = rules.Reported.check(day, is_due=case.waits_to_be_reported())
    return [*rules.Archive.check(day, missing=[str(each) for each in missing(case)]), *reported]


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
        takes_reason=False,
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
        does="退给承办人员补办，以后重新报请。",
        begins={"approve": [State.CLOSING_PROPOSED]},
        leads_to=State.AWAITING_CLOSING,
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
        """Nothing is left to be done but to close it, by a ground as the rules of today name it."""
        self.ended_on = day
        self.closing_ground = ground if ruleset(timezone.localdate()) == "a" else ground_since_2019

    def closing_deadlines(self) -> list[Deadline]:
        if self.state in (State.AWAITING_CLOSING, State.CLOSING_PROPOSED) and self.ended_on:
            return self.running("closing", self.ended_on)
        if self.state == State.CLOSED and self.closed_on:
            return self.running("report", self.closed_on) if self.waits_to_be_reported() else []
        return []

    def missing_papers(self) -> list[Missing]:
        """What has to be made before it is put away, once its closing is near."""
        near = (State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED)
        return list(missing(self)) if self.state in near else []

    def waits_to_be_reported(self) -> bool:
        return self.has_to_be_reported() and not self.reports.all()

    def has_to_be_reported(self) -> bool:
        """As the rule of 2011 names the cases (137-55); since 2019 the bureau goes on so."""
        weighty = any(meeting.is_weighty or meeting.outcome == "transfer" for meeting in self.meetings.all())
        return weighty or self.source == Source.ASSIGNMENT or bool(self.remedies.all())

    def grounds_to_finish(self) -> list[str]:
        """By which of the grounds enforcement has come to its end."""
        day, found = timezone.localdate(), []
        if not self.owed(day).unpaid:
            found.append("决定执行完毕")
        ends = [each.end for each in self.court_applications.all() if each.is_over]
        if any(end.outcome != "refused" for end in ends):
            found.append("法院裁定执行完毕" if ruleset(day) == "a" else "法院结束执行")
        if self.is_annulled():
            found.append("终结执行" if ruleset(day) == "a" else "其他应当结案的情形")
        return found

    def open_matters(self, day: datetime.date) -> list[str]:
        """What has not come to its end."""
        found = [f"{measure}的物品还没有处理" for measure in self.open_measures()]
        found += [f"{testing}还没有结果" for testing in self.testings_under_way()]
        found += [f"{order}，还没有复查" for order in self.corrections_to_check()]
        orders = list(self.correction_orders.all())
        if orders and orders[-1].is_checked and not orders[-1].check_up.is_mended:
            found.append(f"{orders[-1]}，复查没有改正")
        found += [f"{remedy}还没有结果" for remedy in self.remedies_under_way()]
        found += [f"{application}还没有结果" for application in self.applications_under_way()]
        if self.closing_ground == "决定执行完毕" and (unpaid := self.owed(day).said):
            found.append(f"还欠{unpaid}")
        if self.closing_ground == "决定执行完毕" and self.has_goods_to_dispose_of():
            found.append("没收的非法财物还没有处理")
        return found

    def finish_enforcement(self, *, by: Any, ground: str) -> None:
        with self.acting("enforced", by=by) as case:
            if ground not in case.grounds_to_finish():
                raise Incomplete(f"还不是“{ground}”：还欠{case.owed(timezone.localdate()).said}。")
            case.end(timezone.localdate(), ground, ground)
            case.answer_to("enforced", "", _nothing_open(case, timezone.localdate()))

    def propose_closing(self, *, by: Any, reason: str = "") -> None:
        with self.acting("closing_proposed", by=by, reason=reason) as case:
            case.answer_to("closing_proposed", reason)

    def return_closing(self, *, by: Any, reason: str) -> None:
        with self.acting("closing_returned", by=by, reason=reason):
            pass

    def close(self, *, by: Any, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("closed", by=by, reason=reason) as case:
            case.answer_to("closed", reason, case.separation_objections(by, "批准结案", today))
            case.closed_on = today

    def report(self, report: Report, *, by: Any) -> None:
        with self.acting("reported", by=by) as case:
            if not case.closed_on <= report.sent_on <= timezone.localdate():
                raise Incomplete(f"报送日期要在结案（{case.closed_on}）和今天之间，请核对。")
            report.case = case
            case.keep(report, by)

    def archive(self, *, by: Any, reason: str = "") -> None:
        with self.acting("archived", by=by, reason=reason) as case:
            if running := case.remedies_under_way():
                raise Incomplete(f"{running[0]}还没有结果，不能归档。")
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
