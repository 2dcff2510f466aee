"""缴款、退款, 延期、分期, 执行协议."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.rows.money import Agreement, Arrangement, Instalment, Payment, Refund
from cases.way.case_file import CaseFile, done_by, latest, refuse_unlawful
from cases.way.owing import ENFORCEMENT, NOTHING
from cases.way.states import SERVED, UNDER_WAY, State
from cases.way.steps import CaseStep
from clocks.deadlines import Extension

LONGEST_PLAN = datetime.timedelta(days=3650)

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
        verb="refunded",
        label="登记退款",
        method="refund",
        does="记下退还的多缴的款：决定被撤销、变更，或者登记更正以后多出来的。",
        begins={"handle": SERVED},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.overpaid()),
        paragraphs=ENFORCEMENT,
        starts=("closing",),
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
        verb="surcharge_remitted",
        label="批准执行协议",
        method="remit_surcharge",
        does="当事人采取了补救措施的，减免加处的罚款；罚款本数不能减免（强制法42）。",
        begins={"approve": UNDER_WAY},
        why="请写明为什么不损害公共利益和他人合法权益。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.unpaid_surcharge()),
        paragraphs=ENFORCEMENT,
        starts=("closing",),
        ends=("payment", "court"),
    ),
)


class Paying(CaseFile):
    class Meta:
        abstract = True

    def pay(self, payment: Payment, *, by: Any, reason: str = "") -> None:
        """No more than is owed: a mistake of a digit is found at once."""
        if payment.paid_on > timezone.localdate():
            raise Incomplete("缴款日期还没有到，请核对。")
        with self.acting("paid", by=by, reason=reason) as case:
            owed = case.owed(payment.paid_on)
            most = owed.unpaid_of_each[Payment.For(payment.what)]
            if payment.through_court and not case.valid_applications():
                raise Incomplete("这一案没有申请法院强制执行，不会由法院执行到账，请核对。")
            if payment.paid_on < (told := case.made_known_on()):
                raise Incomplete(f"决定书 {told} 才送达或者公告，请核对缴款日期。")
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

    def refund(self, refund: Refund, *, by: Any) -> None:
        today = timezone.localdate()
        with self.acting("refunded", by=by) as case:
            over = case.owed(today).overpaid_of_each[Payment.For(refund.what)] if case.served_on() else NOTHING
            if refund.amount > over:
                raise Incomplete(
                    f"多缴的{refund.get_what_display()}是 {over} 元，退款 {refund.amount} 元太多，请核对。"
                )
            first = min((each.paid_on for each in case.paid(Payment.For(refund.what))), default=today)
            if not first <= refund.refunded_on <= today:
                raise Incomplete(f"退款日期要在缴款（{first}）和今天之间，请核对。")
            refund.case = case
            case.keep(refund, by)

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
            wrong = case.arrangement_to_replace()
            signed = done_by(today, timezone.localdate(wrong.at)) if wrong else today
            planned = case.unpaid_fine() + case.paid_since(wrong)
            if not instalments or sum(amount for _, amount in instalments) != planned:
                raise Incomplete(f"各期金额合计要等于还没有缴的罚款 {planned} 元。")
            if max(day for day, _ in instalments) > today + LONGEST_PLAN:
                raise Incomplete("最后一期在十年以后，请核对年份。")
            if min(day for day, _ in instalments) <= signed:
                raise Incomplete(f"各期的日期要在批准的那天（{signed}）以后。")
            ends = max(day for day, _ in instalments)
            due = case.running("payment", case.served_on())[0]
            if ends <= due.due:
                raise Incomplete(f"法定的缴款期限到 {due.due} 为止，最后一期要在这以后，请核对。")
            refuse_unlawful(due, Extension(number=(ends - due.due).days, signed=signed))
            rank = "主要负责人" if case.may(by, "determine") else "其他负责人"
            case.answer_to("arranged", reason, rules.Instalments.check(today, rank))
            arrangement = Arrangement(case=case, asked_on=asked_on, ends_on=ends)
            case.keep(arrangement, by)
            for day, amount in instalments:
                case.keep(Instalment(arrangement=arrangement, due_on=day, amount=amount), by)

    def arrangement_to_replace(self) -> Arrangement | None:
        """The one that was entered wrongly; what is right was allowed on the same day."""
        return None if self.arrangement() else latest(self.arrangements)

    def paid_since(self, arrangement: Arrangement | None) -> Decimal:
        """Of the fine, since that plan was made, which it was a part of."""
        since = [each.amount for each in self.paid(Payment.For.FINE) if arrangement and each.at > arrangement.at]
        return sum(since, NOTHING)

    def remit_surcharge(self, agreement: Agreement, *, by: Any, reason: str) -> None:
        """执行协议: nothing but the surcharge is given up, and of it no more than there is."""
        day = agreement.agreed_on
        with self.acting("surcharge_remitted", by=by, reason=reason) as case:
            if not case.served_on() <= day <= timezone.localdate():
                raise Incomplete(f"协议的日期要在送达（{case.served_on()}）和今天之间，请核对。")
            unpaid = case.owed(day).unpaid_of_each[Payment.For.SURCHARGE]
            if agreement.remitted > unpaid:
                raise Incomplete(f"到 {day} 还欠加处罚款 {unpaid} 元，减免的不能更多；罚款本数不能减免。")
            agreement.case = case
            case.keep(agreement, by)
