"""What a party owes by a decision on a day: what was decided or changed since, what has grown, what was paid."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone

from cases import rules
from cases.penalties import Penalty
from cases.rows.court import CourtApplication, Urging
from cases.rows.fulfilment import DUTIES, Fulfilment
from cases.rows.money import Agreement, Arrangement, Payment, Refund
from cases.rows.remedy import Remedy, RemedyEnd
from cases.way.case_file import CaseFile
from cases.way.states import SERVED, UNDER_WAY
from clocks.deadlines import Deadline

NOTHING, FEN = Decimal(0), Decimal("0.01")
ENFORCEMENT = ("c3-7",)


@dataclass(frozen=True)
class Owed:
    """What the party owes on a day, in yuan."""

    fine: Decimal
    paid: Decimal
    surcharge: Decimal
    surcharge_paid: Decimal
    remitted: Decimal
    """Of the surcharge, by an agreement."""
    gains: Decimal
    gains_paid: Decimal
    """Of each, without what was given back."""

    @property
    def left_of_each(self) -> dict[Payment.For, Decimal]:
        """Below nothing where too much was paid."""
        return {
            Payment.For.FINE: self.fine - self.paid,
            Payment.For.GAINS: self.gains - self.gains_paid,
            Payment.For.SURCHARGE: max(self.surcharge - self.remitted, NOTHING) - self.surcharge_paid,
        }

    @property
    def unpaid_of_each(self) -> dict[Payment.For, Decimal]:
        return {what: max(left, NOTHING) for what, left in self.left_of_each.items()}

    @property
    def overpaid_of_each(self) -> dict[Payment.For, Decimal]:
        return {what: max(-left, NOTHING) for what, left in self.left_of_each.items()}

    @property
    def unpaid_fine(self) -> Decimal:
        return self.unpaid_of_each[Payment.For.FINE]

    @property
    def unpaid(self) -> Decimal:
        return sum(self.unpaid_of_each.values(), NOTHING)

    @property
    def overpaid(self) -> Decimal:
        return sum(self.overpaid_of_each.values(), NOTHING)

    @property
    def said(self) -> str:
        """罚款 500.00 元、没收的违法所得 20.00 元; what of it is still to be paid."""
        return said_sums(self.unpaid_of_each)


def said_sums(sums: Mapping[Payment.For, Decimal]) -> str:
    return "、".join(f"{what.label} {amount} 元" for what, amount in sums.items() if amount)


class Owing(CaseFile):
    class Meta:
        abstract = True

    def owed(self, day: datetime.date) -> Owed:
        """The fine, the surcharge as it has grown by that day, the unlawful gains, and what was paid of each."""
        paid = {what: sum((each.amount for each in self.paid(what)), NOTHING) for what in Payment.For}
        for refund in self.valid_refunds():
            paid[Payment.For(refund.what)] -= refund.amount
        return Owed(
            fine=self.fine(),
            paid=paid[Payment.For.FINE],
            surcharge=self.surcharge(day),
            surcharge_paid=paid[Payment.For.SURCHARGE],
            remitted=sum((each.remitted for each in self.valid_agreements()), NOTHING),
            gains=self.standing("gains"),
            gains_paid=paid[Payment.For.GAINS],
        )

    def still_pays(self) -> bool:
        return bool(self.unpaid())

    def may_be_urged(self) -> bool:
        return not self.was_taken_in_cash() and (self.still_pays() or bool(self.duties()))

    def overpaid(self) -> Decimal:
        return self.owed(timezone.localdate()).overpaid if self.served_on() else NOTHING

    def standing_kinds(self) -> list[str]:
        """What was decided, as far as no review and no court has done away with it."""
        if self.is_annulled():
            return []
        return [kind for kind in self.decided_proposal().kinds if kind not in self.lifted_kinds()]

    def lifted_kinds(self) -> list[str]:
        """By the latest result that changes the decision: it says of each kind anew whether it stands."""
        changes = [end for end in self.remedy_ends() if end.outcome == RemedyEnd.Outcome.CHANGED]
        return list(changes[-1].lifted) if changes else []

    def duties(self) -> list[str]:
        """What the party still has to do or to leave by the decision, beside paying."""
        goods = [str(Penalty.GOODS)] if self.has_goods_to_dispose_of() else []
        return [*goods, *self.duties_to_see()]

    def duties_to_see(self) -> list[str]:
        """Those of which nobody has seen yet that the party did them."""
        done = {each.duty for each in self.valid_fulfilments()}
        return [kind for kind, _ in DUTIES if kind in self.standing_kinds() and kind not in done]

    def unpaid(self) -> Decimal:
        return self.owed(timezone.localdate()).unpaid

    def fine(self) -> Decimal:
        return self.standing("fine")

    def standing(self, what: str) -> Decimal:
        """The fine or the gains as they were decided, or changed by a review or a court since."""
        if self.is_annulled():
            return NOTHING
        ends = [getattr(end, what) for end in self.remedy_ends()]
        decided: Decimal = getattr(self.decided_proposal(), what)
        return next((changed for changed in reversed(ends) if changed is not None), decided)

    def unpaid_fine(self) -> Decimal:
        return self.owed(timezone.localdate()).unpaid_fine

    def unpaid_surcharge(self) -> Decimal:
        return self.owed(timezone.localdate()).unpaid_of_each[Payment.For.SURCHARGE] if self.served_on() else NOTHING

    def paid(self, what: Payment.For) -> list[Payment]:
        return [each for each in self.valid_payments() if each.what == what]

    def valid_payments(self) -> list[Payment]:
        return [each for each in self.payments.all() if not each.is_void]

    def is_annulled(self) -> bool:
        """Whether a review or a court has done away with the decision: nothing is owed by it any more. A later one may
        have changed it instead."""
        decisive = (RemedyEnd.Outcome.ANNULLED, RemedyEnd.Outcome.CHANGED)
        outcomes = [end.outcome for end in self.remedy_ends() if end.outcome in decisive]
        return outcomes[-1:] == [RemedyEnd.Outcome.ANNULLED]

    def valid_refunds(self) -> list[Refund]:
        return [each for each in self.refunds.all() if not each.is_void]

    def valid_fulfilments(self) -> list[Fulfilment]:
        return [each for each in self.fulfilments.all() if not each.is_void]

    def valid_remedies(self) -> list[Remedy]:
        return [each for each in self.remedies.all() if not each.is_void]

    def remedy_ends(self) -> list[RemedyEnd]:
        """In the order of their days, whenever they were entered."""
        ends = [each.end for each in self.valid_remedies() if each.is_over]
        return sorted(ends, key=lambda end: (end.ended_on, end.pk))

    def valid_agreements(self) -> list[Agreement]:
        return [each for each in self.agreements.all() if not each.is_void]

    def valid_arrangements(self) -> list[Arrangement]:
        return [each for each in self.arrangements.all() if not each.is_void]

    def arrangement(self) -> Arrangement | None:
        """The plan by which the fine is paid."""
        return next(reversed(self.valid_arrangements()), None)

    def valid_urgings(self) -> list[Urging]:
        return [each for each in self.urgings.all() if not each.is_void]

    def valid_applications(self) -> list[CourtApplication]:
        return [each for each in self.court_applications.all() if not each.is_void]

    def surcharge(self, day: datetime.date) -> Decimal:
        """加处罚款: each day on what is still unpaid, never more than the fine; none while a remedy runs, nor before a
        plan of instalments ends: it moves the day on which the fine is due (处罚法2021-66(2))."""
        if self.was_taken_in_cash():
            return NOTHING
        fine = left = self.fine()
        total, since = NOTHING, self.payment_due()
        stops = [each.stop(day) for each in self.valid_remedies()]
        for moved_on, amount in self._moved():
            if moved_on > day:
                break
            if moved_on > since:
                total += rules.Surcharge.of(left, since, moved_on, stops).amount if left > 0 else NOTHING
                since = moved_on
            left -= amount
        if left > 0 and day > since:
            total += rules.Surcharge.of(left, since, day, stops).amount
        return min(total, fine).quantize(FEN, ROUND_DOWN)

    def _moved(self) -> list[tuple[datetime.date, Decimal]]:
        """What was paid of the fine, and given back of it, in the order of the days."""
        paid = [(each.paid_on, each.amount) for each in self.paid(Payment.For.FINE)]
        refunds = [each for each in self.valid_refunds() if each.what == Payment.For.FINE]
        given_back = [(each.refunded_on, -each.amount) for each in refunds]
        return sorted([*paid, *given_back], key=lambda moved: moved[0])

    def was_taken_in_cash(self) -> bool:
        """On the spot: the party has paid, and the officers still have to hand it in."""
        spot = self.spot_penalty_or_none()
        return spot is not None and spot.is_cash

    def payment_due(self) -> datetime.date:
        """The last day on which the fine can be paid without a surcharge."""
        return self.last_due(Payment.For.FINE).due

    def last_due(self, what: Payment.For) -> Deadline:
        """A plan never takes anything from the days that the law leaves."""
        return max([*self.running("payment", self.served_on()), *self.due_days(what)], key=lambda each: each.due)

    def payment_deadlines(self) -> list[Deadline]:
        """By when the party may ask for a review and sue, and by when it is paid and urged as long as it owes."""
        served, told = self.served_on(), self.told_of_remedies_on()
        if self.state not in SERVED or told is None:
            return []
        way = self.way_to_court() if served else None
        suit = [way.suit] if way else self.running("suit", told)
        own = [*self.running("review", told), *filter(None, suit)]
        found = [each for each in own if not each.has_passed(timezone.localdate())]
        if way is None or served is None:
            return found
        if self.state not in UNDER_WAY or not self.may_be_urged():
            return found
        if self.unpaid():
            found += self.due_payments()
        is_asked = bool(self.ended_by_court()) and not self.not_asked_of_the_court()
        if not (self.applications_under_way() or is_asked):
            found.append(way.application)
        return found

    def due_days(self, what: Payment.For = Payment.For.FINE) -> list[Deadline]:
        """The one day on which all is due, or for the fine and what it grows by those of the instalments, in order."""
        arrangement, served = self.arrangement(), self.served_on()
        if arrangement is None or what == Payment.For.GAINS:
            return self.running("payment", served)
        ends = sorted((each.due_on - served).days for each in arrangement.instalments.all())
        return [deadline for number in ends for deadline in self.running("payment", served, number=number)]

    def due_payments(self) -> list[Deadline]:
        """Of these the ones that are not paid yet: what is paid counts for the first."""
        arrangement, due = self.arrangement(), self.due_days()
        if arrangement is None:
            return due
        owed = self.owed(timezone.localdate()).unpaid_of_each
        gains = self.due_days(Payment.For.GAINS) if owed[Payment.For.GAINS] else []
        left, unpaid = owed[Payment.For.FINE], 0
        for each in reversed(arrangement.instalments.all()):
            unpaid += left > 0
            left -= each.amount
        return [*gains, *due[len(due) - unpaid :]]
