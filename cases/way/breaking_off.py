"""中止、恢复、终止调查, 中止、恢复、终结执行."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cases import rules
from cases.rows.breaks import Break, BreakEnd
from cases.rule import Objection
from cases.way.case_file import CaseFile
from cases.way.deciding import in_time_to_decide
from cases.way.owing import ENFORCEMENT
from cases.way.states import UNDER_WAY, State
from cases.way.steps import CaseStep
from clocks.counting import Span

STEPS = (
    CaseStep(
        verb="investigation_suspended",
        label="中止调查",
        method="suspend_investigation",
        does="暂停调查；中止的时间不计入作出决定的期限。",
        begins={"approve": [State.INVESTIGATION]},
        leads_to=State.INVESTIGATION_SUSPENDED,
        why="请写明中止的理由。",
        is_awaited=False,
        stops=("decision",),
    ),
    CaseStep(
        verb="investigation_resumed",
        label="恢复调查",
        method="resume_investigation",
        does="从今天起接着调查。",
        begins={"approve": [State.INVESTIGATION_SUSPENDED]},
        leads_to=State.INVESTIGATION,
        why="请写明恢复的理由。",
    ),
    CaseStep(
        verb="investigation_ended",
        label="终止调查",
        method="end_investigation",
        does="不再调查，这一案转入结案。",
        begins={"approve": [State.INVESTIGATION, State.INVESTIGATION_SUSPENDED]},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground"),
        asks=in_time_to_decide,
        why="请写明终止的理由。",
        is_awaited=False,
        starts=("closing",),
        ends=("decision",),
    ),
    CaseStep(
        verb="enforcement_suspended",
        label="中止执行",
        method="suspend_enforcement",
        does="暂停执行，记下理由；申请法院强制执行的期限不停，照样列在期限里。",
        begins={"approve": [State.ENFORCEMENT]},
        leads_to=State.ENFORCEMENT_SUSPENDED,
        why="请写明中止的理由。",
        is_awaited=False,
        paragraphs=ENFORCEMENT,
    ),
    CaseStep(
        verb="enforcement_resumed",
        label="恢复执行",
        method="resume_enforcement",
        does="从今天起接着执行。",
        begins={"approve": [State.ENFORCEMENT_SUSPENDED]},
        leads_to=State.ENFORCEMENT,
        why="请写明恢复的理由。",
        paragraphs=ENFORCEMENT,
    ),
    CaseStep(
        verb="enforcement_ended",
        label="终结执行",
        method="end_enforcement",
        does="不再执行，这一案转入结案。",
        begins={"approve": UNDER_WAY},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground"),
        why="请写明终结的理由。",
        is_awaited=False,
        paragraphs=ENFORCEMENT,
        starts=("closing",),
        ends=("payment", "court", "cash"),
    ),
)


class BreakingOff(CaseFile):
    class Meta:
        abstract = True

    def suspend_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_suspended", by=by, reason=reason) as case:
            case.keep(Break(case=case, what=Break.What.INVESTIGATION, began_on=timezone.localdate()), by)

    def resume_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_resumed", by=by, reason=reason) as case:
            case.end_breaks(by)

    def end_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_ended", by=by, reason=reason) as case:
            case.answer_to("investigation_ended", reason, case.untransferred_objections())
            case.end_breaks(by)
            case.end(timezone.localdate(), "终止调查", "终止调查")

    def suspend_enforcement(self, *, by: Any, reason: str) -> None:
        with self.acting("enforcement_suspended", by=by, reason=reason) as case:
            case.answer_to("enforcement_suspended", reason, case.enforcement_objections(by, "中止执行"))
            case.keep(Break(case=case, what=Break.What.ENFORCEMENT, began_on=timezone.localdate()), by)

    def resume_enforcement(self, *, by: Any, reason: str) -> None:
        with self.acting("enforcement_resumed", by=by, reason=reason) as case:
            case.end_breaks(by)

    def end_enforcement(self, *, by: Any, reason: str) -> None:
        with self.acting("enforcement_ended", by=by, reason=reason) as case:
            case.answer_to("enforcement_ended", reason, case.enforcement_objections(by, "终结执行"))
            case.end_breaks(by)
            case.end(timezone.localdate(), "终结执行", "其他应当结案的情形")

    def enforcement_objections(self, by: Any, act: str) -> Iterable[Objection]:
        rank = rules.Approvals.HEAD if self.may(by, "determine") else "其他负责人"
        return rules.Approvals.check_enforcement(timezone.localdate(), act, rank)

    def end_breaks(self, by: Any) -> None:
        for each in self.breaks.all():
            if not each.is_over:
                self.keep(BreakEnd(pause=each, ended_on=timezone.localdate()), by)

    def break_stops(self, today: datetime.date) -> list[Span]:
        return [each.stop(today) for each in self.breaks.all()]
