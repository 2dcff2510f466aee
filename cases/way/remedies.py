"""复议、诉讼, and what they leave of a decision."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.rows.remedy import Remedy, RemedyEnd
from cases.way.case_file import CaseFile
from cases.way.owing import ENFORCEMENT, NOTHING
from cases.way.states import SERVED
from cases.way.steps import CaseStep

STEPS = (
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
        ends=("closing",),
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
        starts=("suit_after_review", "closing", "withdraw"),
        ends=("suit", "payment", "court", "publish"),
    ),
)


class Remedies(CaseFile):
    class Meta:
        abstract = True

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
            case.end_anew()

    def refuse_worse(self, end: RemedyEnd, reason: str) -> None:
        """Neither a review nor a court makes it worse for the party who asks (复议法2023-63(2); 行诉法77(2)), but where
        somebody else has asked too."""
        decided = self.decided_proposal()
        if end.fine is not None and end.fine > decided.maximum:
            raise Incomplete(f"变更后的罚款 {end.fine} 元，超过法定最高 {decided.maximum} 元，请核对。")
        is_worse = (end.fine or NOTHING) > decided.fine or (end.gains or NOTHING) > decided.gains
        if is_worse and not reason.strip():
            raise Incomplete("变更后比原来的决定重，请核对；确实这样变更的，写明理由。")

    def reviews_decided(self) -> list[RemedyEnd]:
        over = [end for end in self.remedy_ends() if end.remedy.kind == Remedy.Kind.REVIEW]
        return [each for each in over if each.outcome != RemedyEnd.Outcome.WITHDRAWN]
