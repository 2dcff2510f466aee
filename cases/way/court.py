"""催告 and 申请法院强制执行, for the party that does not do what was decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.rows.court import CourtApplication, CourtEnd, Demand, Urging
from cases.rows.money import Payment
from cases.rows.remedy import Remedy, RemedyEnd
from cases.rule import Objection
from cases.way.case_file import CaseFile, service_objections
from cases.way.owing import ENFORCEMENT, NOTHING, said_sums
from cases.way.states import UNDER_WAY, State
from cases.way.steps import CaseStep
from clocks import following_limits
from clocks.deadlines import Deadline
from clocks.following_limits import ToCourt
from clocks.limits_of_the_law import in_force
from clocks.working_days import DAY

STEPS = (
    CaseStep(
        verb="urged",
        label="催告",
        method="urge",
        does="记下已经送达的《催告执行通知书》；满十个工作日仍不履行的，可以申请法院强制执行。",
        begins={"handle": [State.ENFORCEMENT]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: here.subject.may_be_urged(),
        paragraphs=ENFORCEMENT,
        starts=("urge",),
    ),
    CaseStep(
        verb="applied_to_court",
        label="申请法院强制执行",
        method="apply_to_court",
        does="记下向法院的申请。",
        begins={"approve": [State.ENFORCEMENT]},
        is_awaited=False,
        makes_sense=lambda here: here.subject.may_be_urged() and not here.subject.applications_under_way(),
        paragraphs=ENFORCEMENT,
        ends=("court",),
    ),
    CaseStep(
        verb="court_ended",
        label="登记法院执行结果",
        method="end_court",
        does="记下法院的结果和文书。",
        begins={"handle": [*UNDER_WAY, State.AWAITING_CLOSING]},
        takes_reason=False,
        makes_sense=lambda here: bool(here.subject.applications_under_way()),
        paragraphs=ENFORCEMENT,
        starts=("closing", "court"),
    ),
)


class GoingToCourt(CaseFile):
    class Meta:
        abstract = True

    def urge(self, urging: Urging, *, by: Any) -> None:
        """催告: of what is due and not paid, and of what else was not done."""
        with self.acting("urged", by=by) as case:
            if case.was_taken_in_cash():
                raise Incomplete("罚款已经当场收缴，由执法人员上缴，不向当事人催告。")
            case.refuse_dates_before(case.served_on(), "送达", urging)
            case.refuse_what_is_not_owed(urging, urging.served_on)
            settled = case.refuse_to_urge_early(urging) if urging.sums else []
            case.answer_to("urged", "", [*settled, *service_objections(urging, "催告书", case.working_days())])
            urging.case = case
            case.keep(urging, by)

    def refuse_to_urge_early(self, urging: Urging) -> list[Objection]:
        """For money: not before it is due; what the rules have against it where that is not known yet."""
        due = max((self.last_due(what) for what in urging.sums), key=lambda each: each.due)
        if min(urging.served_on, urging.published_on or urging.served_on) <= due.due:
            raise Incomplete(f"缴款的期限到 {due.due} 为止，还没有到期，不能催告。")
        return list(rules.Payment.check_settled(due, "催告"))

    def refuse_what_is_not_owed(self, asked: Demand, day: datetime.date) -> None:
        """Nothing is asked for, of the party or of the court, but what it still has to pay or to do."""
        owed = self.owed(day)
        if any(amount > owed.unpaid_of_each[what] for what, amount in asked.sums.items()):
            raise Incomplete(f"到 {day} 还欠{owed.said or ' 0 元'}，写的金额不能更多。")
        if others := [duty for duty in asked.duties if duty not in self.duties()]:
            raise Incomplete(f"{'、'.join(others)}不是决定里的，或者已经履行，不能写。")
        if asked.duty and not asked.duties:
            raise Incomplete("写了其他义务的内容，请勾选是哪一项；只欠款的不填。")

    def way_to_court(self) -> ToCourt:
        """When the party's own time ends, and when the bureau's to apply. Instalments that end before that leave the
        party its time: the bureau's could otherwise be over before it may begin. So does a suit that lasts longer (this
        system's reading). Both are provisional as long as the party's own time is."""
        own, calendar = self.own_time(), self.working_days().without_holidays()
        begins = max([own.due, *self._later_ends()])
        way = following_limits.to_court(self.served_on(), in_force(), calendar, instalments_end=begins)
        unknown = own.unknown_year if begins == own.due else None
        suit = None if own.limit.rule == "review" else own
        return replace(way, suit=suit, application=way.application.with_values(unknown_year=unknown))

    def own_time(self) -> Deadline:
        """What the party has to go to court: after a review that was decided, without one, or where no suit comes
        before a review the time to ask for it."""
        served = self.served_on()
        if decided := self.reviews_decided():
            return self.running("suit_after_review", decided[-1].ended_on)[0]
        is_simple = self.spot_penalty_or_none() is not None
        name = "review" if rules.Review.comes_first(served, is_simple=is_simple) else "suit"
        return self.running(name, served)[0]

    def _later_ends(self) -> list[datetime.date]:
        """What may end after the party's time to sue: the instalments, a suit that was lost, a review that was given
        up: as long as it lasts the bureau may not apply."""
        ends = self.remedy_ends()
        suits = [end.ended_on for end in ends if end.remedy.kind == Remedy.Kind.SUIT]
        given_up = [end.ended_on for end in ends if end.outcome == RemedyEnd.Outcome.WITHDRAWN]
        return [*suits, *given_up, *([self.payment_due()] if self.arrangement() else [])]

    def applications_under_way(self) -> list[CourtApplication]:
        return [each for each in self.valid_applications() if not each.is_over]

    def apply_to_court(self, application: CourtApplication, *, by: Any, reason: str = "") -> None:
        day = application.applied_on
        if day > timezone.localdate():
            raise Incomplete("申请日期还没有到，请核对。")
        with self.acting("applied_to_court", by=by, reason=reason) as case:
            if case.remedies_under_way():
                raise Incomplete("复议、诉讼还没有结果，不能申请强制执行。")
            if case.applications_under_way():
                raise Incomplete("前一次申请还没有登记结果。")
            if day < case.served_on():
                raise Incomplete(f"决定书 {case.served_on()} 才送达，请核对申请日期。")
            case.refuse_what_is_not_owed(application, day)
            case.answer_to("applied_to_court", reason, case.court_objections(application))
            application.case = case
            case.keep(application, by)

    def court_objections(self, application: CourtApplication) -> list[Objection]:
        """What is asked of the court was urged for before: each sum, and each thing that is to be done."""
        day, last = application.applied_on, self.way_to_court().application
        found = list(rules.Court.check_application(last, day, first_possible=last.start + DAY))
        for duty in application.duties:
            found += self.urging_objections([each for each in self.valid_urgings() if duty in each.duties], day)
        for what, amount in application.sums.items():
            urgings = self.urgings_for(what)
            objections = list(self.urging_objections(urgings, day))
            found += objections
            if not objections and amount > (most := self.urged_for(what, urgings, day)):
                raise Incomplete(f"{what.label}催告过的到 {day} 是 {most} 元，申请的不能更多；其余的先催告。")
        return list(dict.fromkeys(found))

    def urgings_for(self, what: Payment.For) -> list[Urging]:
        """Whoever is urged to pay the fine is told that it grows."""
        asked = {what, Payment.For.FINE} if what == Payment.For.SURCHARGE else {what}
        return [each for each in self.valid_urgings() if asked & each.sums.keys()]

    def urging_objections(self, urgings: Sequence[Urging], day: datetime.date) -> Iterable[Objection]:
        """The first of them has to be over: a later one takes nothing away from it."""
        deadlines = [each.deadline(self.working_days()) for each in urgings]
        return rules.Urge.check_application(min(deadlines, key=lambda each: each.due, default=None), day)

    def urged_for(self, what: Payment.For, urgings: Sequence[Urging], day: datetime.date) -> Decimal:
        """By an urging that is over on that day, a surcharge with what it has grown by since; another one for the same
        repeats it."""
        over = [each for each in urgings if each.deadline(self.working_days()).due < day]
        grows = what == Payment.For.SURCHARGE
        return max(
            each.sums.get(what, NOTHING) + (self.surcharge(day) - self.surcharge(each.served_on) if grows else NOTHING)
            for each in over
        )

    def ended_by_court(self) -> list[CourtEnd]:
        ends = [each.end for each in self.valid_applications() if each.is_over]
        return [end for end in ends if end.outcome != CourtEnd.Outcome.REFUSED]

    def not_asked_of_the_court(self) -> list[str]:
        """What is still owed and was not asked of the court, once that has come to its end. The surcharge counts as
        it was when the court was asked for the last time."""
        ends = self.ended_by_court()
        if not ends:
            return []
        last_asked = max(end.application.applied_on for end in ends)
        then, now = self.owed(last_asked).unpaid_of_each, self.owed(timezone.localdate()).unpaid_of_each
        left = {what: min(then[what], now[what]) - self.left_to_the_court(what) for what in now}
        asked = {duty for end in ends for duty in end.application.duties}
        sums = said_sums({what: max(amount, NOTHING) for what, amount in left.items()})
        return [*filter(None, [sums]), *(duty for duty in self.duties() if duty not in asked)]

    def left_to_the_court(self, what: Payment.For, *outcomes: CourtEnd.Outcome) -> Decimal:
        """Of what the court was asked for, with one of these outcomes, what it has not brought in."""
        ends = [end for end in self.ended_by_court() if end.outcome in (outcomes or CourtEnd.Outcome)]
        asked = sum((end.application.sums.get(what, NOTHING) for end in ends), NOTHING)
        brought = sum((each.amount for each in self.paid(what) if each.through_court), NOTHING)
        return max(asked - brought, NOTHING)

    def executed_and_not_entered(self) -> str:
        """What the court says that it has executed, and nobody has entered as paid through it."""
        unpaid = self.owed(timezone.localdate()).unpaid_of_each
        left = {what: self.left_to_the_court(what, CourtEnd.Outcome.EXECUTED) for what in unpaid}
        return said_sums({what: min(amount, unpaid[what]) for what, amount in left.items()})

    def end_court(self, end: CourtEnd, *, by: Any) -> None:
        with self.acting("court_ended", by=by) as case:
            under_way = case.applications_under_way()
            if not under_way:
                raise Incomplete("没有正在进行的申请。")
            if not under_way[0].applied_on <= end.ended_on <= timezone.localdate():
                raise Incomplete("结果的日期要在申请和今天之间，请核对。")
            end.application = under_way[0]
            case.keep(end, by)
