"""听证: convened by a head, presided over by somebody who does not handle the case, and reported on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases import rules
from cases.rows.hearing import Hearing, HearingMinutes, HearingReport
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, latest
from cases.way.states import State
from cases.way.steps import CaseStep
from clocks.counting import Span
from clocks.deadlines import Deadline
from clocks.time_limit import SECOND

HEARING = ("c3-5",)


def _in_time(case: Hearings, day: datetime.date) -> Iterable[Objection]:
    asked = case.hearing_request()
    deadlines = case.preparation(asked.given_on) if asked else []
    return [found for deadline in deadlines for found in rules.HearingPrepare.check(deadline, day)]


def _report_in_time(case: Hearings, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.hearing_deadlines()
    return [found for deadline in deadlines for found in rules.HearingReport.check(deadline, day)]


STEPS = (
    CaseStep(
        verb="hearing_convened",
        label="决定举行听证",
        method="convene_hearing",
        does="指定听证主持人和记录员，定下时间、地点；通知在听证 7 日以前送达当事人。",
        begins={"approve": [State.NOTIFIED, State.HEARING]},
        leads_to=State.HEARING,
        repeats=True,
        makes_sense=lambda here: here.subject.may_be_convened(),
        asks=_in_time,
        paragraphs=HEARING,
        ends=("hearing_chair", "hearing_file", "hearing_date", "notice_reply", "hearing_request"),
    ),
    CaseStep(
        verb="hearing_held",
        label="记录听证",
        method="hold_hearing",
        does="把听证笔录记入案卷：指控、答辩、质证、辩论、最后陈述，当事人签名或者拒绝签名。由听证主持人或者记录员记。",
        begins={"hear": [State.HEARING]},
        takes_reason=False,
        makes_sense=lambda here: not here.subject.has_held_hearing(),
        paragraphs=HEARING,
        starts=("hearing_report",),
        ends=("hearing",),
    ),
    CaseStep(
        verb="hearing_reported",
        label="提交听证报告",
        method="report_hearing",
        does="听证主持人把听证报告连同笔录交承办人员复核。",
        begins={"hear": [State.HEARING]},
        leads_to=State.RECHECK,
        makes_sense=lambda here: here.subject.has_held_hearing() and here.subject.presides(here.account),
        asks=_report_in_time,
        paragraphs=HEARING,
        ends=("hearing_report",),
    ),
)


class Hearings(CaseFile):
    class Meta:
        abstract = True

    def hearing(self) -> Hearing | None:
        """The latest of the latest notice."""
        return latest(self.notice().hearings) if self.notices.all() else None

    def has_held_hearing(self) -> bool:
        hearing = self.hearing()
        return hearing is not None and hearing.is_held

    def has_reported_hearing(self) -> bool:
        hearing = self.hearing()
        return hearing is not None and hearing.is_reported

    def hearing_deadlines(self) -> list[Deadline]:
        """By when the hearing is fixed or held, and reported on."""
        if self.state not in (State.NOTIFIED, State.HEARING):
            return []
        asked, hearing = self.hearing_request(), self.hearing()
        if asked is None:
            return []
        if hearing is None:
            return [*self.to_be_held(asked.given_on), *self.preparation(asked.given_on)]
        if not hearing.is_held:
            return self.to_be_held(asked.given_on)
        return [] if hearing.is_reported else self.running("hearing_report", hearing.minutes.closed_on)

    def preparation(self, asked_on: datetime.date) -> list[Deadline]:
        """Chair, file and day, each limit taken to its end; none before 2019-04-01."""
        found: list[Deadline] = []
        for name in ("hearing_chair", "hearing_file", "hearing_date"):
            found += self.running(name, found[-1].due if found else asked_on)
        return found

    def to_be_held(self, asked_on: datetime.date) -> list[Deadline]:
        """Within fifteen days, as long as the rule of 2011 held; since then the steps to it have days of their own."""
        return self.running("hearing", asked_on) if asked_on < SECOND else []

    def hearing_stops(self) -> list[Span]:
        """The days that hearings took, from the request on; of one that is still to be held, those until today."""
        today = timezone.localdate()
        return [stop for notice in self.notices.all() if (stop := notice.hearing_stop(today))]

    def has_lost_its_chair(self) -> bool:
        """Whether whoever has to report on the hearing has stepped back since."""
        hearing = self.hearing()
        return hearing is not None and not hearing.is_reported and self.has_stepped_back(hearing.chair)

    def may_be_convened(self) -> bool:
        return self.hearing_request() is not None and (not self.has_held_hearing() or self.has_lost_its_chair())

    def is_heard_by(self, account: Any) -> bool:
        hearing = self.hearing()
        return hearing is not None and account.pk in (hearing.chair_id, hearing.clerk_id)

    def presides(self, account: Any) -> bool:
        hearing = self.hearing()
        return hearing is not None and account.pk == hearing.chair_id

    def convene_hearing(self, hearing: Hearing, *, by: Any, reason: str = "") -> None:
        """The notice of it is out by then, and early enough."""
        with self.acting("hearing_convened", by=by, reason=reason) as case:
            if case.hearing_request() is None:
                raise Incomplete("当事人没有要求听证。")
            if case.has_held_hearing() and not case.has_lost_its_chair():
                raise Incomplete("听证已经举行。")
            hearing.notice = case.notice()
            found = case.convening_objections(hearing, by)
            case.answer_to("hearing_convened", reason, found, on=hearing.told_on)
            for account in (hearing.chair, hearing.clerk):
                case.take_side(account, Side.Which.JUDGING, by)
            case.keep(hearing, by)

    def convening_objections(self, hearing: Hearing, by: Any) -> list[Objection]:
        day, calendar = hearing.told_on, self.working_days()
        if not self.hearing_request().given_on <= day <= timezone.localdate():
            raise Incomplete("听证通知的送达日期要在当事人要求听证和今天之间，请核对。")
        for account in (hearing.chair, hearing.clerk):
            if self.has_stepped_back(account):
                raise Incomplete(f"{account.get_full_name()}已经回避，不能参加听证。")
        found = [
            *rules.HearingHeld.check_named_by(day, "主要负责人" if self.may(by, "determine") else "其他负责人"),
            *self.separation_objections(hearing.chair, "主持听证", day),
            *self.separation_objections(hearing.clerk, "记录听证", day),
            *rules.HearingNotice.check_served(hearing.latest_notice(calendar), day),
        ]
        for deadline in self.to_be_held(self.hearing_request().given_on):
            found += rules.HearingPrepare.check(deadline, hearing.held_on)
        if hearing.published_on and hearing.published_on < self.hearing_request().given_on:
            raise Incomplete("公告日期早于当事人要求听证的日期，请核对。")
        if hearing.is_public and hearing.published_on is None and day >= SECOND:
            raise Incomplete("公开举行的听证要先公告，请填公告日期；不公开的，不勾“公开举行”。")
        if hearing.is_public and hearing.published_on:
            found += rules.HearingNotice.check_served(hearing.latest_publicity(calendar), hearing.published_on)
        return found

    def hold_hearing(self, minutes: HearingMinutes, *, by: Any) -> None:
        with self.acting("hearing_held", by=by) as case:
            hearing = case.hearing()
            if hearing is None or hearing.is_held:
                raise Incomplete("听证已经记录。")
            if not hearing.held_on <= minutes.closed_on <= timezone.localdate():
                raise Incomplete(f"结束日期要在听证日（{hearing.held_on}）和今天之间，请核对。")
            missing = [step for step in rules.HearingHeld.STEPS if step not in minutes.steps] if minutes.is_held else []
            course = rules.HearingHeld.check(minutes.closed_on, agents=minutes.agents, missing=missing)
            case.answer_to(
                "hearing_held", "", [*course, *case.separation_objections(by, "记录听证", minutes.closed_on)]
            )
            minutes.hearing = hearing
            case.keep(minutes, by)

    def report_hearing(self, report: HearingReport, *, by: Any, reason: str = "") -> None:
        with self.acting("hearing_reported", by=by, reason=reason) as case:
            if not case.has_held_hearing():
                raise Incomplete("听证还没有举行。")
            if not case.presides(by):
                raise NotYours("听证报告由听证主持人提交。")
            case.answer_to("hearing_reported", reason)
            report.hearing = case.hearing()
            case.keep(report, by)
