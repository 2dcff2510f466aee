"""送达、责令改正 (清单十四 三(六)): the decision reaches the party, and what has to be mended is mended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.rows.correction import CorrectionCheck, CorrectionOrder
from cases.rows.proposal import Outcome
from cases.rows.receipt import Receipt
from cases.rule import Objection
from cases.way.case_file import CaseFile, latest, service_objections
from cases.way.closing import NOT_PENALISED
from cases.way.states import OPEN, SERVED, State
from cases.way.steps import CaseStep
from clocks.counting import Span
from clocks.deadlines import Deadline


def _in_time(case: Serving, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.service_deadlines()
    return [found for deadline in deadlines for found in rules.Service.check(deadline, day)]


ORDERING = OPEN[OPEN.index(State.INVESTIGATION) : OPEN.index(State.CLOSING_PROPOSED)]

STEPS = (
    CaseStep(
        verb="served",
        label="送达处罚决定书",
        method="serve",
        does="记下送达回证；缴款、复议、诉讼的期限从送达起算。",
        begins={"handle": [State.DECIDED]},
        leads_to=State.ENFORCEMENT,
        asks=_in_time,
        makes_sense=lambda here: here.subject.decided_proposal().is_penalty,
        paragraphs=("c3-6-1",),
        starts=("payment", "review", "suit", "suit_after_review", "court"),
        ends=("service",),
    ),
    CaseStep(
        verb="outcome_served",
        label="送达不予处罚决定书、执法建议书",
        method="serve_outcome",
        does="记下送达回证；这一案转入结案。",
        begins={"handle": [State.DECIDED]},
        leads_to=State.AWAITING_CLOSING,
        writes=("ended_on", "closing_ground"),
        asks=_in_time,
        makes_sense=lambda here: not here.subject.decided_proposal().is_penalty,
        paragraphs=("c3-4-2-2", "c3-6-1"),
        starts=("closing",),
        ends=("service",),
    ),
    CaseStep(
        verb="receipt_corrected",
        label="更正送达",
        method="correct_receipt",
        does="照送达回证重新登记；从送达起算的期限都照更正的日期，原来的登记留着。由登记以外的人办。",
        begins={"lead": SERVED, "approve": SERVED},
        writes=("ended_on", "closing_ground"),
        why="请写明哪里登记错了。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.receipts.all()),
        paragraphs=("c3-6-1",),
    ),
    CaseStep(
        verb="correction_ordered",
        label="责令改正",
        method="order_correction",
        does="记下已经送达的《责令改正通知书》；到期复查。",
        begins={"handle": ORDERING, "approve": ORDERING},
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-6-2", "c3-6-3"),
        starts=("correction",),
        ends=("closing",),
        stops=("decision",),
    ),
    CaseStep(
        verb="correction_checked",
        label="复查改正",
        method="check_correction",
        does="记下复查的情况。",
        begins={"handle": OPEN},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.corrections_to_check()),
        paragraphs=("c3-6-2",),
        ends=("correction",),
    ),
)


class Serving(CaseFile):
    class Meta:
        abstract = True

    def service_deadlines(self) -> list[Deadline]:
        return self.running("service", self.decided_on) if self.state == State.DECIDED else []

    def served_on(self) -> datetime.date | None:
        """The day on which the decision reached the party."""
        if spot := self.spot_penalty_or_none():
            return spot.served_on
        receipt = self.receipt(Receipt.Paper.DECISION)
        return receipt.served_on if receipt else None

    def made_known_on(self) -> datetime.date | None:
        """Where the decision is served by publication it is known before it counts as served."""
        receipt = None if self.spot_penalty_or_none() else self.receipt(Receipt.Paper.DECISION)
        return (receipt.published_on if receipt else None) or self.served_on()

    def receipt(self, paper: str) -> Receipt | None:
        """The one that counts: a later one has put the earlier right."""
        return next((each for each in reversed(self.receipts.all()) if each.paper == paper), None)

    def told_of_remedies_on(self) -> datetime.date | None:
        """The day on which a decision reached the party against which it can go to a review and to court."""
        if served := self.served_on():
            return served
        receipt = self.receipt(Receipt.Paper.OUTCOME)
        is_decision = receipt is not None and self.decided_proposal().outcome == Outcome.NONE
        return receipt.served_on if receipt and is_decision else None

    def serve(self, receipt: Receipt, *, by: Any, reason: str = "") -> None:
        with self.acting("served", by=by, reason=reason) as case:
            if not case.decided_proposal().is_penalty:
                raise Incomplete("这一案没有处罚决定书，请送达不予处罚决定书、执法建议书。")
            case.keep_receipt("served", receipt, Receipt.Paper.DECISION, by, reason)

    def serve_outcome(self, receipt: Receipt, *, by: Any, reason: str = "") -> None:
        with self.acting("outcome_served", by=by, reason=reason) as case:
            if case.decided_proposal().is_penalty:
                raise Incomplete("这一案有处罚决定书，请送达处罚决定书。")
            case.keep_receipt("outcome_served", receipt, Receipt.Paper.OUTCOME, by, reason)
            case.end(receipt.served_on, *NOT_PENALISED)

    def keep_receipt(self, verb: str, receipt: Receipt, paper: str, by: Any, reason: str) -> None:
        day = receipt.served_on
        self.refuse_dates_before(self.decided_on, "决定", receipt)
        receipt.case, receipt.paper = self, paper  # type: ignore[assignment]
        is_decision = paper == Receipt.Paper.DECISION
        found = service_objections(receipt, receipt.get_paper_display(), self.working_days(), is_decision=is_decision)
        self.answer_to(verb, reason, found, on=day)
        self.keep(receipt, by)

    def correct_receipt(self, receipt: Receipt, *, by: Any, reason: str) -> None:
        """更正: nothing is deleted; the later row counts."""
        with self.acting("receipt_corrected", by=by, reason=reason) as case:
            wrong = latest(case.receipts)
            if wrong is None:
                raise Incomplete("这一案还没有登记送达。")
            if wrong.by_id == by.pk:
                raise Incomplete("送达是您登记的，要由别人来更正。")
            if since := case.done_before(receipt.served_on, receipt.published_on):
                raise Incomplete(f"{'、'.join(since)}比更正的送达日期早，请先核对。")
            case.keep_receipt("receipt_corrected", receipt, wrong.paper, by, reason)
            case.end_anew()

    def done_before(self, served_on: datetime.date, published_on: datetime.date | None = None) -> list[str]:
        """What can only follow on the service and was done before; who read it published may have paid before that."""
        known_on = published_on or served_on
        rows = [
            *((each.asked_on, each) for each in self.valid_arrangements()),
            *((each.agreed_on, each) for each in self.valid_agreements()),
            *((each.refunded_on, each) for each in self.valid_refunds()),
            *((each.began_on, each) for each in self.valid_remedies()),
            *((each.served_on, each) for each in self.valid_urgings()),
            *((each.applied_on, each) for each in self.valid_applications()),
            *((each.done_on, each) for each in self.valid_fulfilments()),
            *((each.day, each) for each in self.measures.all() if each.is_confiscation),
            *((each.end.ended_on, each.end) for each in self.measures.all() if each.is_over and self.takes(each)),
            *([(self.closed_on, "结案")] if self.closed_on else []),
        ]
        paid = [str(each) for each in self.valid_payments() if each.paid_on < known_on]
        return [*paid, *(str(row) for day, row in rows if day < served_on)]

    # Correction

    def corrections_to_check(self) -> list[CorrectionOrder]:
        return [each for each in self.correction_orders.all() if not each.is_checked]

    def refund_stops(self) -> list[Span]:
        today = timezone.localdate()
        return [stop for order in self.correction_orders.all() if (stop := order.refund_stop(today))]

    def correction_deadlines(self) -> list[Deadline]:
        return [each.deadline(self.working_days()) for each in self.corrections_to_check()]

    def order_correction(self, order: CorrectionOrder, *, by: Any, reason: str = "") -> None:
        with self.acting("correction_ordered", by=by, reason=reason) as case:
            case.refuse_dates_before(case.filed_on or case.found_on, "立案或者发现", order)
            order.is_approved = case.may(by, "approve")
            length = rules.Correction.check_length(
                order.deadline(case.working_days()), is_approved=order.is_approved or bool(order.rule)
            )
            served = service_objections(order, "责令改正通知书", case.working_days())
            case.answer_to("correction_ordered", reason, [*served, *length])
            order.case = case
            case.keep(order, by)

    def check_correction(
        self, order: CorrectionOrder, *, by: Any, checked_on: datetime.date, is_mended: bool, found: str
    ) -> None:
        if not order.served_on <= checked_on <= timezone.localdate():
            raise Incomplete(f"复查日期要在责令改正（{order.served_on}）和今天之间，请核对。")
        with self.acting("correction_checked", by=by) as case:
            if order not in case.corrections_to_check():
                raise Incomplete("这一项改正已经复查。")
            check = CorrectionCheck(order=order, checked_on=checked_on, is_mended=is_mended, found=found)
            case.keep(check, by)
