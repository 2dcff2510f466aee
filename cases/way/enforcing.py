"""缴款、催告、申请法院执行, 中止、终止: the list leaves 三(七) empty; laws and rules of the ministry hold here."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.penalties import Penalty
from cases.rows.money import (
    DUTIES,
    Arrangement,
    Break,
    BreakEnd,
    CourtApplication,
    CourtEnd,
    EntryVoid,
    Fulfilment,
    Instalment,
    Payment,
    Refund,
    Remedy,
    RemedyEnd,
    Urging,
)
from cases.rule import Objection
from cases.way.case_file import CaseFile, latest, officers_objections, refuse_unlawful, service_objections
from cases.way.deciding import in_time_to_decide
from cases.way.states import SERVED, UNDER_WAY, State
from cases.way.steps import CaseStep
from clocks import following_limits
from clocks.counting import Span
from clocks.deadlines import Deadline, Extension
from clocks.following_limits import ToCourt
from clocks.limits_of_the_law import in_force
from clocks.working_days import DAY

LONGEST_PLAN = datetime.timedelta(days=3650)
NOTHING, FEN = Decimal(0), Decimal("0.01")
ENFORCEMENT = ("c3-7",)


STEPS = (
    CaseStep(
        verb="paid",
        label="登记缴款",
        method="pay",
        does="按银行票据记下一笔缴款。",
        begins={"handle": UNDER_WAY},
        repeats=True,
        makes_sense=lambda here: here.subject.still_pays(),
        paragraphs=ENFORCEMENT,
        starts=("closing",),
        ends=("payment", "cash", "court"),
    ),
    CaseStep(
        verb="entry_voided",
        label="作废登记",
        method="void_entry",
        does="登记错的缴款、退款、复议诉讼、法院执行、履行情况不再计算，记录留着；对的另行登记。由登记以外的人办。",
        writes=("ended_on", "closing_ground"),
        begins={"lead": SERVED, "approve": SERVED},
        why="请写明哪里登记错了。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.entries()),
        paragraphs=ENFORCEMENT,
    ),
    CaseStep(
        verb="refunded",
        label="登记退款",
        method="refund",
        does="记下退还的多缴的款：决定被撤销、变更，或者登记更正以后多出来的。",
        begins={"handle": SERVED},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.overpaid()),
        paragraphs=ENFORCEMENT,
    ),
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
        verb="arranged",
        label="批准延期、分期缴纳",
        method="arrange",
        does="按当事人的书面申请，定下各期的日期和金额；期间不加处罚款。",
        begins={"approve": [State.ENFORCEMENT]},
        is_awaited=False,
        paragraphs=ENFORCEMENT,
    ),
    CaseStep(
        verb="remedy_begun",
        label="登记复议、诉讼",
        method="begin_remedy",
        does="记下受理的日期；复议、诉讼期间不加处罚款。",
        begins={"handle": SERVED},
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.told_of_remedies_on()) and not here.subject.remedies_under_way(),
        paragraphs=ENFORCEMENT,
    ),
    CaseStep(
        verb="remedy_ended",
        label="登记复议、诉讼结果",
        method="end_remedy",
        does="记下结果和文书；撤销、变更以后多缴的要退还，不再没收的要退还。",
        begins={"handle": SERVED},
        writes=("ended_on", "closing_ground"),
        repeats=True,
        makes_sense=lambda here: bool(here.subject.remedies_under_way()),
        paragraphs=ENFORCEMENT,
        starts=("suit_after_review", "closing"),
        ends=("suit", "payment", "court"),
    ),
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
        begins={"handle": UNDER_WAY},
        takes_reason=False,
        makes_sense=lambda here: bool(here.subject.applications_under_way()),
        paragraphs=ENFORCEMENT,
        starts=("closing", "court"),
    ),
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
    CaseStep(
        verb="enforcement_reopened",
        label="退回执行",
        method="reopen_enforcement",
        does="这一案不结案，回到执行：缴款登记有错，或者还有没有履行的。",
        begins={"approve": [State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED]},
        leads_to=State.ENFORCEMENT,
        writes=("ended_on", "closing_ground", "closed_on", "closed_by", "closed_by_name", "closed_at"),
        why="请写明还有什么没有执行。",
        is_awaited=False,
        makes_sense=lambda here: bool(here.subject.served_on()),
        paragraphs=ENFORCEMENT,
        starts=("payment", "court"),
        ends=("closing", "report"),
    ),
)


Entry = Payment | Remedy | CourtApplication | Refund | Fulfilment
COLUMNS: dict[type[Entry], str] = {
    Payment: "payment",
    Remedy: "remedy",
    CourtApplication: "application",
    Refund: "refund",
    Fulfilment: "fulfilment",
}
"""By which an entry that was voided is named (EntryVoid)."""


@dataclass(frozen=True)
class Owed:
    """What the party owes on a day, in yuan."""

    fine: Decimal
    paid: Decimal
    surcharge: Decimal
    surcharge_paid: Decimal
    gains: Decimal
    gains_paid: Decimal
    """Of each, without what was given back."""

    @property
    def unpaid_fine(self) -> Decimal:
        return max(self.fine - self.paid, NOTHING)

    @property
    def unpaid_surcharge(self) -> Decimal:
        return max(self.surcharge - self.surcharge_paid, NOTHING)

    @property
    def unpaid_gains(self) -> Decimal:
        return max(self.gains - self.gains_paid, NOTHING)

    @property
    def unpaid(self) -> Decimal:
        return self.unpaid_fine + self.unpaid_gains + self.unpaid_surcharge

    @property
    def overpaid_of_each(self) -> dict[str, Decimal]:
        """What was paid and is not owed any more."""
        return {
            Payment.For.FINE: max(self.paid - self.fine, NOTHING),
            Payment.For.SURCHARGE: max(self.surcharge_paid - self.surcharge, NOTHING),
            Payment.For.GAINS: max(self.gains_paid - self.gains, NOTHING),
        }

    @property
    def overpaid(self) -> Decimal:
        return sum(self.overpaid_of_each.values(), NOTHING)

    @property
    def said(self) -> str:
        """罚款 500.00 元、违法所得 20.00 元; what of it is still to be paid."""
        left = {"罚款": self.unpaid_fine, "违法所得": self.unpaid_gains, "加处罚款": self.unpaid_surcharge}
        return "、".join(f"{what} {amount} 元" for what, amount in left.items() if amount)


class Enforcing(CaseFile):
    class Meta:
        abstract = True

    # What is owed

    def owed(self, day: datetime.date) -> Owed:
        """The fine, the surcharge as it has grown by that day, the unlawful gains, and what was paid of each."""
        paid = {what: sum((each.amount for each in self._paid(what)), NOTHING) for what in Payment.For}
        for refund in self.valid_refunds():
            paid[Payment.For(refund.what)] -= refund.amount
        return Owed(
            fine=self.fine(),
            paid=paid[Payment.For.FINE],
            surcharge=self.surcharge(day),
            surcharge_paid=paid[Payment.For.SURCHARGE],
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
        lifted = {kind for end in self.remedy_ends() for kind in end.lifted}
        return [kind for kind in self.decided_proposal().kinds if kind not in lifted]

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

    def _paid(self, what: Payment.For) -> list[Payment]:
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
        return [each.end for each in self.valid_remedies() if each.is_over]

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
        for payment in self._paid(Payment.For.FINE):
            if payment.paid_on > since:
                total += rules.Surcharge.of(left, since, payment.paid_on, stops).amount if left else NOTHING
                since = payment.paid_on
            left = max(left - payment.amount, NOTHING)
        if left > 0 and day > since:
            total += rules.Surcharge.of(left, since, day, stops).amount
        return min(total, fine).quantize(FEN, ROUND_DOWN)

    def was_taken_in_cash(self) -> bool:
        """On the spot: the party has paid, and the officers still have to hand it in."""
        spot = self.spot_penalty_or_none()
        return spot is not None and bool(spot.cash)

    def payment_due(self) -> datetime.date:
        """The last day on which the fine can be paid without a surcharge."""
        arrangement = latest(self.arrangements)
        served = self.served_on()
        return arrangement.ends_on if arrangement else self.running("payment", served)[0].due

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
            found += self.due_payments(served)
        is_asked = bool(self.ended_by_court()) and not self.not_asked_of_the_court()
        if not (self.applications_under_way() or is_asked):
            found.append(way.application)
        return found

    def due_payments(self, served: datetime.date) -> list[Deadline]:
        """The one day on which all is due, or those of the instalments that are not paid yet."""
        arrangement = latest(self.arrangements)
        if arrangement is None:
            return self.running("payment", served)
        left, due = self.unpaid_fine(), list[Deadline]()
        for each in reversed(arrangement.instalments.all()):
            if left > 0:
                due = [*self.running("payment", served, number=(each.due_on - served).days), *due]
            left -= each.amount
        return due

    # Acts

    def pay(self, payment: Payment, *, by: Any, reason: str = "") -> None:
        """No more than is owed: a mistake of a digit is found at once."""
        if payment.paid_on > timezone.localdate():
            raise Incomplete("缴款日期还没有到，请核对。")
        with self.acting("paid", by=by, reason=reason) as case:
            owed = case.owed(payment.paid_on)
            most = {
                Payment.For.FINE.value: owed.unpaid_fine,
                Payment.For.SURCHARGE.value: owed.unpaid_surcharge,
                Payment.For.GAINS.value: owed.unpaid_gains,
            }[payment.what]
            if payment.paid_on < case.served_on():
                raise Incomplete(f"决定书 {case.served_on()} 才送达，请核对缴款日期。")
            if payment.amount > most:
                raise Incomplete(f"{payment.get_what_display()}还欠 {most} 元，缴款 {payment.amount} 元太多，请核对。")
            late = [found for each in case.cash_deadlines()[-1:] for found in rules.Cash.check(each, payment.paid_on)]
            capped = rules.Surcharge.check(payment.paid_on, owed.fine, owed.surcharge)
            case.answer_to("paid", reason, [*late, *capped])
            if not reason.strip() and (other := case.with_voucher(payment.voucher)):
                raise Incomplete(
                    f"票据 {payment.voucher} 已经在{other.named}登记，请核对；一张票据缴几案的，写明情况。"
                )
            payment.case = case
            same = [each for each in case.payments.all() if each.is_void and (each.voucher, each.what) == payment.named]
            payment.instead_of = next((each.void for each in same if not hasattr(each.void, "successor")), None)
            case.keep(payment, by)

    def with_voucher(self, voucher: str) -> Any:
        """Another case in which it was entered; None where there is none."""
        held = Payment.objects.valid().filter(voucher=voucher).exclude(case=self.pk).select_related("case").first()
        return held and held.case

    def entries(self) -> list[Entry]:
        """What may have been entered wrongly."""
        found: list[Entry] = [*self.valid_payments(), *self.valid_refunds(), *self.valid_remedies()]
        return [*found, *self.valid_applications(), *self.valid_fulfilments()]

    def void_entry(self, entry: Entry, *, by: Any, reason: str) -> None:
        with self.acting("entry_voided", by=by, reason=reason) as case:
            if entry not in case.entries():
                raise Incomplete("这一项登记已经作废。")
            if by.pk in (entry.by_id, getattr(getattr(entry, "end", None), "by_id", None)):
                raise Incomplete("这一项是您登记的，要由别人来作废。")
            case.refuse_to_void_the_ground(entry)
            case.keep(EntryVoid(case=case, **{COLUMNS[type(entry)]: entry}), by)
            if isinstance(entry, Remedy):
                case.end_as_served()

    def refuse_to_void_the_ground(self, entry: Entry) -> None:
        """Whatever a case is closed for is not taken away under it."""
        is_ground = (isinstance(entry, Remedy) and self.is_annulled()) or isinstance(entry, CourtApplication)
        if is_ground and self.served_on() and self.state not in UNDER_WAY:
            raise Incomplete("这一案可能因为这一项转入结案，请局领导先退回执行，再作废。")

    def refund(self, refund: Refund, *, by: Any) -> None:
        today = timezone.localdate()
        with self.acting("refunded", by=by) as case:
            over = case.owed(today).overpaid_of_each[refund.what] if case.served_on() else NOTHING
            if refund.amount > over:
                raise Incomplete(
                    f"多缴的{refund.get_what_display()}是 {over} 元，退款 {refund.amount} 元太多，请核对。"
                )
            if not case.served_on() <= refund.refunded_on <= today:
                raise Incomplete(f"退款日期要在送达（{case.served_on()}）和今天之间，请核对。")
            refund.case = case
            case.keep(refund, by)

    def note_fulfilment(self, fulfilment: Fulfilment, *, by: Any) -> None:
        with self.acting("fulfilled", by=by) as case:
            if fulfilment.duty not in case.duties_to_see():
                raise Incomplete("这一项不是决定里的，或者已经登记履行。")
            if not case.served_on() <= fulfilment.done_on <= timezone.localdate():
                raise Incomplete(f"履行日期要在送达（{case.served_on()}）和今天之间，请核对。")
            case.answer_to("fulfilled", "", officers_objections("核查履行", fulfilment.officers, fulfilment.done_on))
            fulfilment.case = case
            case.keep(fulfilment, by)

    def arrange(
        self,
        *,
        by: Any,
        asked_on: datetime.date,
        instalments: Collection[tuple[datetime.date, Decimal]],
        reason: str = "",
    ) -> None:
        """延期、分期: together what is still unpaid of the fine."""
        today = timezone.localdate()
        with self.acting("arranged", by=by, reason=reason) as case:
            if not case.served_on() <= asked_on <= today:
                raise Incomplete(f"书面申请的日期要在送达（{case.served_on()}）和今天之间，请核对。")
            if not instalments or sum(amount for _, amount in instalments) != case.unpaid_fine():
                raise Incomplete(f"各期金额合计要等于还没有缴的罚款 {case.unpaid_fine()} 元。")
            if max(day for day, _ in instalments) > today + LONGEST_PLAN:
                raise Incomplete("最后一期在十年以后，请核对年份。")
            if min(day for day, _ in instalments) <= today:
                raise Incomplete("各期的日期要在今天以后。")
            ends = max(day for day, _ in instalments)
            due = case.running("payment", case.served_on())[0]
            refuse_unlawful(due, Extension(number=max((ends - due.due).days, 1), signed=today))
            rank = "主要负责人" if case.may(by, "determine") else "其他负责人"
            case.answer_to("arranged", reason, rules.Instalments.check(today, rank))
            arrangement = Arrangement(case=case, asked_on=asked_on, ends_on=ends)
            case.keep(arrangement, by)
            for day, amount in instalments:
                case.keep(Instalment(arrangement=arrangement, due_on=day, amount=amount), by)

    def remedies_under_way(self) -> list[Remedy]:
        return [each for each in self.valid_remedies() if not each.is_over]

    def begin_remedy(self, remedy: Remedy, *, by: Any, reason: str = "") -> None:
        with self.acting("remedy_begun", by=by, reason=reason) as case:
            told = case.told_of_remedies_on()
            if told is None:
                raise Incomplete("这一案没有送达处罚决定、不予处罚决定，没有可以登记的复议、诉讼。")
            if not told <= remedy.began_on <= timezone.localdate():
                raise Incomplete(f"受理日期要在送达（{told}）和今天之间，请核对。")
            if case.remedies_under_way():
                raise Incomplete("前一次复议、诉讼还没有登记结果。")
            is_simple = case.spot_penalty_or_none() is not None
            is_suit = remedy.kind == Remedy.Kind.SUIT
            first = rules.Review.check_suit(told, is_simple=is_simple, was_reviewed=bool(case.reviews_decided()))
            case.answer_to("remedy_begun", reason, first if is_suit else ())
            remedy.case = case
            case.keep(remedy, by)

    def end_remedy(self, end: RemedyEnd, *, by: Any, reason: str = "") -> None:
        with self.acting("remedy_ended", by=by, reason=reason) as case:
            under_way = case.remedies_under_way()
            if not under_way:
                raise Incomplete("没有正在进行的复议、诉讼。")
            if not under_way[0].began_on <= end.ended_on <= timezone.localdate():
                raise Incomplete("结果的日期要在受理和今天之间，请核对。")
            case.refuse_worse(end, reason)
            end.remedy = under_way[0]
            case.keep(end, by)
            if case.state in (State.AWAITING_CLOSING, State.CLOSING_PROPOSED) and case.is_annulled():
                case.end(end.ended_on, *rules.ClosingGround.ANNULLED)

    def refuse_worse(self, end: RemedyEnd, reason: str) -> None:
        """Neither a review nor a court makes it worse for the party who asks (复议法2023-63(2); 行诉法77(2)), but where
        somebody else has asked too."""
        decided = self.decided_proposal()
        if end.fine is not None and end.fine > decided.maximum:
            raise Incomplete(f"变更后的罚款 {end.fine} 元，超过法定最高 {decided.maximum} 元，请核对。")
        is_worse = (end.fine or NOTHING) > decided.fine or (end.gains or NOTHING) > decided.gains
        if is_worse and not reason.strip():
            raise Incomplete("变更后比原来的决定重，请核对；确实这样变更的，写明理由。")

    def urge(self, urging: Urging, *, by: Any) -> None:
        """催告: of what is due and not paid, and of what else was not done."""
        with self.acting("urged", by=by) as case:
            if case.was_taken_in_cash():
                raise Incomplete("罚款已经当场收缴，由执法人员上缴，不向当事人催告。")
            case.refuse_what_is_not_owed(urging, urging.served_on)
            case.refuse_dates_before(case.served_on(), "送达", urging)
            settled = case.refuse_to_urge_early(urging) if urging.amount else []
            case.answer_to("urged", "", [*settled, *service_objections(urging, "催告书", case.working_days())])
            urging.case = case
            case.keep(urging, by)

    def refuse_to_urge_early(self, urging: Urging) -> list[Objection]:
        """For money: not before it is due; what the rules have against it where that is not known yet."""
        due = self.payment_due()
        if min(urging.served_on, urging.published_on or urging.served_on) <= due:
            raise Incomplete(f"缴款的期限到 {due} 为止，还没有到期，不能催告。")
        clocks = [] if self.arrangements.all() else self.running("payment", self.served_on())
        return [found for each in clocks for found in rules.Payment.check_settled(each, "催告")]

    def refuse_what_is_not_owed(self, asked: Urging | CourtApplication, day: datetime.date) -> None:
        """Nothing is asked for, of the party or of the court, but what it still has to pay or to do."""
        owed = self.owed(day)
        if asked.amount and asked.amount > owed.unpaid:
            raise Incomplete(f"到 {day} 还欠 {owed.unpaid} 元（{owed.said}），写的金额不能更多。")
        if asked.duty and not self.duties():
            raise Incomplete("决定里只有要缴的款，没有其他要履行的义务。")

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

    def reviews_decided(self) -> list[RemedyEnd]:
        over = [end for end in self.remedy_ends() if end.remedy.kind == Remedy.Kind.REVIEW]
        return [each for each in over if each.outcome != RemedyEnd.Outcome.WITHDRAWN]

    def _later_ends(self) -> list[datetime.date]:
        """What may end after the party's time to sue: the instalments, and a suit that was lost."""
        arrangement = latest(self.arrangements)
        suits = [end.ended_on for end in self.remedy_ends() if end.remedy.kind == Remedy.Kind.SUIT]
        return [*suits, *([arrangement.ends_on] if arrangement else [])]

    def applications_under_way(self) -> list[CourtApplication]:
        return [each for each in self.valid_applications() if not each.is_over]

    def apply_to_court(self, application: CourtApplication, *, by: Any, reason: str = "") -> None:
        day = application.applied_on
        if day > timezone.localdate():
            raise Incomplete("申请日期还没有到，请核对。")
        with self.acting("applied_to_court", by=by, reason=reason) as case:
            if case.remedies_under_way():
                raise Incomplete("复议、诉讼还没有结果，不能申请强制执行。")
            case.refuse_what_is_not_owed(application, day)
            case.answer_to("applied_to_court", reason, case.court_objections(application))
            application.case = case
            case.keep(application, by)

    def court_objections(self, application: CourtApplication) -> list[Objection]:
        """What is asked of the court was urged for before: money, or what else is to be done, each by itself."""
        day, last, calendar = application.applied_on, self.way_to_court().application, self.working_days()
        found = list(rules.Court.check_application(last, day, first_possible=last.start + DAY))
        for asked in filter(lambda name: getattr(application, name), ("amount", "duty")):
            urging = next((each for each in reversed(self.urgings.all()) if getattr(each, asked)), None)
            found += rules.Urge.check_application(urging.deadline(calendar) if urging else None, day)
            if urging and asked == "amount":
                most = urging.amount + self.surcharge(day) - self.surcharge(urging.served_on)
                if application.amount > most:
                    raise Incomplete(f"催告的是 {urging.amount} 元，到 {day} 最多申请 {most} 元；其余的先催告。")
        return found

    def end_court(self, end: CourtEnd, *, by: Any) -> None:
        with self.acting("court_ended", by=by) as case:
            under_way = case.applications_under_way()
            if not under_way:
                raise Incomplete("没有正在进行的申请。")
            if not under_way[0].applied_on <= end.ended_on <= timezone.localdate():
                raise Incomplete("结果的日期要在申请和今天之间，请核对。")
            end.application = under_way[0]
            case.keep(end, by)

    # 中止、终止

    def suspend_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_suspended", by=by, reason=reason) as case:
            case.keep(Break(case=case, what=Break.What.INVESTIGATION, began_on=timezone.localdate()), by)

    def resume_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_resumed", by=by, reason=reason) as case:
            case.end_breaks(by)

    def end_investigation(self, *, by: Any, reason: str) -> None:
        with self.acting("investigation_ended", by=by, reason=reason) as case:
            case.answer_to("investigation_ended", reason)
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

    def reopen_enforcement(self, *, by: Any, reason: str) -> None:
        """What was thought to be done is not: the ground for closing is taken back."""
        with self.acting("enforcement_reopened", by=by, reason=reason) as case:
            if case.served_on() is None:
                raise Incomplete("这一案没有已经送达的处罚决定，没有要执行的。")
            case.ended_on, case.closing_ground = None, ""
            case.closed_on = case.closed_by = case.closed_at = None
            case.closed_by_name = ""

    def enforcement_objections(self, by: Any, act: str) -> Iterable[Objection]:
        rank = rules.Approvals.HEAD if self.may(by, "determine") else "其他负责人"
        return rules.Approvals.check_enforcement(timezone.localdate(), act, rank)

    def end_breaks(self, by: Any) -> None:
        for each in self.breaks.all():
            if not each.is_over:
                self.keep(BreakEnd(pause=each, ended_on=timezone.localdate()), by)

    def break_stops(self, today: datetime.date) -> list[Span]:
        return [each.stop(today) for each in self.breaks.all()]
