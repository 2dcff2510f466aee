"""履行 that officers have seen, and 退回执行 where it was not all: the list leaves 三(七) empty."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases.rows.fulfilment import Fulfilment
from cases.way.case_file import CaseFile, officers_objections
from cases.way.owing import ENFORCEMENT
from cases.way.states import UNDER_WAY, State
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="fulfilled",
        label="登记履行情况",
        method="note_fulfilment",
        does="两名执法人员核查，当事人已经停产停业、关闭的，记下来。",
        begins={"handle": UNDER_WAY},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.duties_to_see()),
        paragraphs=ENFORCEMENT,
        starts=("closing",),
        ends=("court",),
    ),
    CaseStep(
        verb="enforcement_reopened",
        label="退回执行",
        method="reopen_enforcement",
        does="这一案不结案，回到执行：缴款登记有错，或者还有没有履行的。",
        begins={"approve": [State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED]},
        leads_to=State.ENFORCEMENT,
        writes=("ended_on", "closing_ground", "closed_on"),
        takes_back=["closed"],
        why="请写明还有什么没有执行。",
        is_awaited=False,
        makes_sense=lambda here: bool(here.subject.served_on()),
        paragraphs=ENFORCEMENT,
        starts=("payment", "court"),
        ends=("closing", "report"),
    ),
)


class Enforcing(CaseFile):
    class Meta:
        abstract = True

    def note_fulfilment(self, fulfilment: Fulfilment, *, by: Any) -> None:
        with self.acting("fulfilled", by=by) as case:
            if fulfilment.duty not in case.duties_to_see():
                raise Incomplete("这一项不是决定里的，或者已经登记履行。")
            if not case.served_on() <= fulfilment.done_on <= timezone.localdate():
                raise Incomplete(f"履行日期要在送达（{case.served_on()}）和今天之间，请核对。")
            case.answer_to("fulfilled", "", officers_objections("核查履行", fulfilment.officers, fulfilment.done_on))
            fulfilment.case = case
            case.keep(fulfilment, by)

    def reopen_enforcement(self, *, by: Any, reason: str) -> None:
        """What was thought to be done is not: the ground for closing is taken back."""
        with self.acting("enforcement_reopened", by=by, reason=reason) as case:
            if case.served_on() is None:
                raise Incomplete("这一案没有已经送达的处罚决定，没有要执行的。")
            case.ended_on, case.closing_ground, case.closed_on = None, "", None
