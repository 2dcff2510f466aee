"""回避、增加承办人员: who has an interest steps back, and the case is never left to one officer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases import rules
from cases.rows.people import Member, Officer
from cases.rows.recusal import Recusal
from cases.way.case_file import CaseFile, certificate_objections
from cases.way.states import OPEN, State
from cases.way.steps import CaseStep

STEPS = (
    CaseStep(
        verb="recusal_decided",
        label="登记回避决定",
        method="decide_recusal",
        does="记下谁被要求回避、由谁决定、结果怎样；决定回避的，以后不能再办这一案。",
        begins={"approve": OPEN},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
    ),
    CaseStep(
        verb="handlers_added",
        label="增加承办人员",
        method="add_handlers",
        does="增加这一案的承办人员；原来的承办人员不变，回避的除外。",
        begins={"approve": [State.VERIFICATION, *OPEN[OPEN.index(State.INVESTIGATION) :]]},
        why="请写明为什么增加。",
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-2-3",),
    ),
)


class Recusing(CaseFile):
    class Meta:
        abstract = True

    def decide_recusal(self, recusal: Recusal, *, by: Any) -> None:
        """Whose decision is the head's alone, the head enters."""
        today = timezone.localdate()
        if recusal.decided_on > today:
            raise Incomplete("决定日期还没有到，请核对。")
        with self.acting("recusal_decided", by=by) as case:
            if recusal.account == by:
                raise NotYours("自己是否回避，由别人决定和登记。")
            case.refuse_wrong_capacity(recusal)
            if recusal.decided_by == Recusal.DecidedBy.HEAD and not case.may(by, "determine"):
                raise NotYours("由主要负责人决定的回避，由主要负责人登记。")
            case.refuse_another_authority(recusal)
            decided = rules.Recusal.check(recusal.decided_on, recusal.capacity, recusal.decided_by)
            case.answer_to("recusal_decided", "", decided)
            recusal.case = case
            case.keep(recusal, by)

    def refuse_another_authority(self, recusal: Recusal) -> None:
        """Who was sent out of a case comes back by whoever decided that."""
        before = self.recusals.filter(account=recusal.account).last()
        if before and before.steps_back and not recusal.steps_back and before.decided_by != recusal.decided_by:
            raise Incomplete(f"原来的回避由{before.decided_by}决定，改变它也要由{before.decided_by}决定。")

    def refuse_wrong_capacity(self, recusal: Recusal) -> None:
        """Who decides hangs on it: a head of the bureau is asked for as that, whatever else he does in the case."""
        capacity, account = Recusal.Capacity, recusal.account
        heads = {capacity.HEAD: self.may(account, "determine"), capacity.OTHER_HEAD: self.may(account, "approve")}
        own = next((each for each, is_one in heads.items() if is_one), None)
        if own and recusal.capacity != own:
            raise Incomplete(f"{account.get_full_name()}是{own.label}，要按{own.label}的身份决定是否回避。")
        hearing = self.hearing()
        others = {
            **dict.fromkeys(heads, False),
            capacity.HANDLER: self.may(account, "handle"),
            capacity.MEMBER: Member.objects.valid_on(recusal.decided_on).filter(account=account).exists(),
            capacity.AUDITOR: self.may(account, "audit"),
            capacity.PRESIDER: hearing is not None and hearing.chair_id == account.pk,
            capacity.CLERK: hearing is not None and hearing.clerk_id == account.pk,
        }
        if own is None and not others[capacity(recusal.capacity)]:
            raise Incomplete(f"{account.get_full_name()}在这一案里不是{capacity(recusal.capacity).label}，请核对。")

    def add_handlers(self, handlers: Iterable[Officer], *, by: Any, reason: str) -> None:
        named, today = list(handlers), timezone.localdate()
        with self.acting("handlers_added", by=by, reason=reason) as case:
            found = certificate_objections("承办案件", named, today)
            for each in named:
                is_head = each.account_id in (by.pk, case.filed_by_id)
                name = each.account.get_full_name()
                found += rules.Separation.check(today, name, "批准立案或者增加承办人员", is_handler=is_head)
            case.answer_to("handlers_added", reason, found)
            case.name_handlers(named, by)
