"""当场处罚 (处罚法): small and certain, decided and handed over by the officers themselves; not in the list."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.amounts import Amount, Grade
from cases.rows.decision import SpotCorrection, SpotPenalty
from cases.rows.numbers import Series
from cases.rows.proposal import Outcome
from cases.rule import Objection
from cases.way.case_file import CaseFile, certificate_objections
from cases.way.owing import NOTHING
from cases.way.states import AT_REST, SERVED, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline

STEPS = (
    CaseStep(
        verb="penalised_on_the_spot",
        label="当场处罚",
        method="penalise_on_the_spot",
        does="记下已经当场作出并交付的处罚决定；只能是警告和小额罚款。",
        begins={"handle": [State.VERIFICATION]},
        leads_to=State.ENFORCEMENT,
        hand="decided",
        writes=("decided_on", "decision_number"),
        is_awaited=False,
        starts=("payment", "review", "suit", "suit_after_review", "court", "cash", "simple_archive"),
        ends=("filing",),
    ),
    CaseStep(
        verb="spot_corrected",
        label="更正当场处罚",
        method="correct_spot_penalty",
        does="照当场交付的决定书更正登记的交付日期、是否当场收缴；期限都照更正的算，原来的登记留着。由经办以外的人办。",
        begins={"lead": SERVED, "approve": SERVED},
        writes=("decided_on", "ended_on"),
        why="请写明哪里登记错了。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: here.subject.spot_penalty_or_none() is not None,
        starts=("payment", "review", "suit", "suit_after_review", "court", "cash", "simple_archive"),
        ends=("payment", "review", "suit", "suit_after_review", "court", "cash", "simple_archive"),
    ),
)


class OnTheSpot(CaseFile):
    class Meta:
        abstract = True

    def spot_penalty_or_none(self) -> SpotPenalty | None:
        try:
            return self.spot_penalty
        except ObjectDoesNotExist:
            return None

    def spot_deadlines(self) -> list[Deadline]:
        """By when it is put away, and cash handed in."""
        spot = self.spot_penalty_or_none()
        if spot is None or self.state in AT_REST:
            return []
        return [*self.running("simple_archive", spot.served_on), *self.cash_deadlines()]

    def cash_deadlines(self) -> list[Deadline]:
        """To the bureau, then to the bank, as long as nothing was paid there."""
        spot = self.spot_penalty_or_none()
        if spot is None or not spot.is_cash or self.state != State.ENFORCEMENT or self.valid_payments():
            return []
        handed_in = self.running("cash", spot.served_on)
        return [*handed_in, *self.running("cash", handed_in[0].due)]

    def penalise_on_the_spot(self, penalty: SpotPenalty, *, by: Any, reason: str = "") -> None:
        day = penalty.handed_over_on
        if day > timezone.localdate():
            raise Incomplete("交付日期还没有到，请核对。")
        with self.acting("penalised_on_the_spot", by=by, reason=reason) as case:
            if day < case.found_on:
                raise Incomplete(f"发现之日是 {case.found_on}，当场处罚不能更早。")
            penalty.outcome = Outcome.PENALTY
            penalty.take(case.weighing())
            if penalty.beyond:
                raise Incomplete("超出裁量的幅度，不能当场处罚，要立案由案审委审理。")
            if missing := penalty.missing_sums():
                raise Incomplete(f"{'、'.join(missing)}没有写明数额，请填写。")
            case.answer_to("penalised_on_the_spot", reason, case.spot_objections(penalty))
            penalty.case = case
            case.keep(penalty, by)
            case.name_handlers(penalty.officers, by)
            case.decided_on = day
            case.decision_number = Series.numbered("spot_decision", day)

    def correct_spot_penalty(self, correction: SpotCorrection, *, by: Any, reason: str) -> None:
        """更正: nothing is deleted; the later row counts. What was decided stands on the paper and is not touched."""
        day = correction.handed_over_on
        with self.acting("spot_corrected", by=by, reason=reason) as case:
            penalty = case.spot_penalty_or_none()
            if penalty is None:
                raise Incomplete("这一案没有当场处罚。")
            if by.pk in (penalty.by_id, *(each.account_id for each in penalty.officers)):
                raise Incomplete("当场处罚是您作出或者登记的，要由别人来更正。")
            if day.year != penalty.handed_over_on.year:
                raise Incomplete("决定书是按年编号的，不能更正到另一年，请核对。")
            if not case.found_on <= day <= timezone.localdate():
                raise Incomplete(f"交付日期要在发现（{case.found_on}）和今天之间，请核对。")
            if since := case.done_before(day):
                raise Incomplete(f"{'、'.join(since)}比更正的日期早，请先核对。")
            if correction.cash and case.valid_urgings():
                raise Incomplete("已经催告当事人缴款，不能更正为当场收缴；催告登记错了的，先作废催告。")
            sum_taken = penalty.sanction(case.party.kind).fine if correction.cash else NOTHING
            case.answer_to("spot_corrected", reason, rules.CashSum.check(day, sum_taken))
            correction.penalty = penalty
            case.keep(correction, by)
            case.decided_on = day
            case.end_anew()

    def spot_objections(self, penalty: SpotPenalty) -> list[Objection]:
        day, sanction = penalty.handed_over_on, penalty.sanction(self.party.kind)
        return [
            *certificate_objections("当场处罚", penalty.officers, day),
            *rules.Filing.check(self.filing_deadline(), day),
            *rules.Discretion.check_weighed(day, is_weighed=penalty.weighing is not None),
            *(self.substance_objections(penalty.weighing) if penalty.weighing else ()),
            *rules.Simple.check(day, sanction, officers=len(penalty.officers)),
            *rules.Competence.check(day, penalty.article, sanction.fine),
            *(self.one_fine_objections(day, penalty.article) if sanction.fine else ()),
            *(rules.CashSum.check(day, sanction.fine) if penalty.cash else ()),
            *Amount.check(day, penalty.allowed(), sanction, grade=Grade(penalty.grade), ground=penalty.ground),
        ]
