"""作废登记: what was entered wrongly does not count any more."""

from __future__ import annotations

from typing import Any

from acts.errors import Incomplete
from cases.rows.court import CourtApplication, Urging
from cases.rows.entry_void import ENTRIES, EntryVoid
from cases.rows.money import Payment
from cases.rows.remedy import Remedy
from cases.way.case_file import CaseFile
from cases.way.owing import ENFORCEMENT, NOTHING
from cases.way.states import SERVED, UNDER_WAY
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="entry_voided",
        label="作废登记",
        method="void_entry",
        does="登记错的缴款、退款、分期、执行协议、复议诉讼、催告、法院执行、履行情况不再计算，记录留着；对的另行登记。由登记以外的人办。",
        writes=("ended_on", "closing_ground"),
        begins={"lead": SERVED, "approve": SERVED},
        why="请写明哪里登记错了。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.entries()),
        paragraphs=ENFORCEMENT,
        starts=("payment", "court", "closing"),
        ends=("payment", "court", "closing"),
    ),
)


class Voiding(CaseFile):
    class Meta:
        abstract = True

    def entries(self) -> list[Any]:
        """What may have been entered wrongly."""
        return [
            *(*self.valid_payments(), *self.valid_refunds(), *self.valid_arrangements(), *self.valid_agreements()),
            *(*self.valid_remedies(), *self.valid_urgings(), *self.valid_applications(), *self.valid_fulfilments()),
        ]

    def void_entry(self, entry: Any, *, by: Any, reason: str) -> None:
        with self.acting("entry_voided", by=by, reason=reason) as case:
            if entry not in case.entries():
                raise Incomplete("这一项登记已经作废。")
            if by.pk in (entry.by_id, getattr(getattr(entry, "end", None), "by_id", None)):
                raise Incomplete("这一项是您登记的，要由别人来作废。")
            case.refuse_to_void_the_ground(entry)
            case.refuse_to_void_what_others_rest_on(entry)
            column = next(name for name, model in ENTRIES.items() if isinstance(entry, model))
            case.keep(EntryVoid(case=case, **{column: entry}), by)
            case.end_anew()

    def refuse_to_void_the_ground(self, entry: Any) -> None:
        """Whatever a case is closed for is not taken away under it."""
        is_ground = (isinstance(entry, Remedy) and self.is_annulled()) or isinstance(entry, CourtApplication)
        if is_ground and self.served_on() and self.state not in UNDER_WAY:
            raise Incomplete("这一案可能因为这一项转入结案，请局领导先退回执行，再作废。")

    def refuse_to_void_what_others_rest_on(self, entry: Any) -> None:
        """What was asked of the court was urged for before, what it brought in was asked of it, and what was given back
        had been paid."""
        if isinstance(entry, Urging) and self.valid_applications():
            raise Incomplete("催告以后已经申请法院强制执行；那一项申请也登记错了的，先作废申请。")
        through_court = any(payment.through_court for payment in self.valid_payments())
        if through_court and self.valid_applications() == [entry]:
            raise Incomplete("已经登记由法院执行到账的缴款；也登记错了的，先作废缴款。")
        if isinstance(entry, Payment):
            left = sum((each.amount for each in self.paid(Payment.For(entry.what))), NOTHING) - entry.amount
            if left < sum((each.amount for each in self.valid_refunds() if each.what == entry.what), NOTHING):
                raise Incomplete("这笔缴款已经退还；退款也登记错了的，先作废退款。")
