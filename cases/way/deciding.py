"""作出决定 (清单十四 三(六)): drafted by the handlers, audited by 案审办, approved by the chair of the committee."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.errors import Incomplete
from acts.steps import OtherHand
from cases import rules
from cases.penalties import Penalty
from cases.rows.decision import ConfiscatedGoods, Decision
from cases.rows.measure import Measure, MeasureEnd
from cases.rows.numbers import Series
from cases.rows.proposal import Proposal
from cases.rows.sides import Side
from cases.rule import Objection
from cases.way.case_file import CaseFile, hand, latest, person, refuse_unlawful
from cases.way.states import BEFORE_DECISION, State
from cases.way.steps import CaseStep
from clocks.deadlines import Deadline, Extension

DECISION = ("c3-6",)
SERIES = "decision"


def in_time_to_decide(case: Any, day: datetime.date) -> Iterable[Objection]:
    deadlines = case.decision_deadlines()
    return [found for deadline in deadlines for found in rules.DecisionTerm.check(deadline, day)]


PROPOSER = OtherHand("decision_proposed", "这一决定是您报批的，要由别人来办。")
REVIEWER = OtherHand("decision_reviewed", "这一决定是您审核的，要由别人来批准。")

STEPS = (
    CaseStep(
        verb="decision_proposed",
        label="报批处罚决定",
        method="propose_decision",
        does="把《行政处罚决定审批表》和决定书的内容报案审办审核；种类和数额以告知的为准。",
        begins={"handle": [State.AWAITING_DECISION]},
        leads_to=State.DECISION_PROPOSED,
        hand="decision_proposed",
        asks=in_time_to_decide,
        paragraphs=DECISION,
    ),
    CaseStep(
        verb="decision_reviewed",
        label="审核处罚决定",
        method="review_decision",
        does="表示您已核对决定书的每一部分，报案审委主任委员批准。",
        begins={"audit": [State.DECISION_PROPOSED]},
        leads_to=State.DECISION_REVIEWED,
        hand="decision_reviewed",
        not_by=[PROPOSER],
        asks=in_time_to_decide,
        paragraphs=DECISION,
    ),
    CaseStep(
        verb="decision_returned",
        label="退回决定书",
        method="return_decision",
        does="退给承办人员修改，以后重新报批。",
        begins={
            "audit": [State.DECISION_PROPOSED],
            "vote": [State.DECISION_REVIEWED],
            "approve": [State.DECISION_REVIEWED],
        },
        leads_to=State.AWAITING_DECISION,
        not_by=[PROPOSER],
        why="请写明要改什么。",
        is_awaited=False,
        paragraphs=DECISION,
    ),
    CaseStep(
        verb="decided",
        label="批准处罚决定",
        method="decide",
        does="从今天起决定成立，取得决定书的文号；7 日以内送达当事人。",
        begins={"vote": [State.DECISION_REVIEWED], "approve": [State.DECISION_REVIEWED]},
        leads_to=State.DECIDED,
        hand="decided",
        writes=("decided_on", "decision_number"),
        not_by=[PROPOSER, REVIEWER],
        asks=in_time_to_decide,
        paragraphs=DECISION,
        starts=("service", "publish"),
        ends=("decision", "keeping", "sealing"),
    ),
    CaseStep(
        verb="decision_prolonged",
        label="延长决定期限",
        method="prolong_decision",
        does="案情复杂，经批准，作出决定的期限延长一次，最多 30 日；仍不够的由负责人集体讨论。",
        begins={"approve": BEFORE_DECISION[BEFORE_DECISION.index(State.INVESTIGATION) :]},
        signs="decision_prolonged_by",
        writes=("decision_prolonged_on", "decision_prolonged_days"),
        why="请写明延长的理由。",
        is_awaited=False,
        makes_sense=lambda here: not here.subject.decision_extensions(),
    ),
    CaseStep(
        verb="decision_prolonged_again",
        label="集体讨论再延长决定期限",
        method="prolong_decision_again",
        does="延长一次仍不能作出决定的，由负责人集体讨论决定是否继续延长，并确定延长的期限。",
        begins={"approve": BEFORE_DECISION[BEFORE_DECISION.index(State.INVESTIGATION) :]},
        signs="decision_prolonged_again_by",
        writes=("decision_prolonged_again_on", "decision_prolonged_again_days"),
        why="请写明集体讨论的时间、参加的负责人和延长的理由。",
        is_awaited=False,
        makes_sense=lambda here: len(here.subject.decision_extensions()) == 1,
    ),
)


class Deciding(CaseFile):
    decided_on = models.DateField("决定日期", null=True)
    decision_number = models.CharField("决定书文号", max_length=40, blank=True)
    decision_prolonged_on = models.DateField("决定期限延长的签批日期", null=True)
    decision_prolonged_days = models.PositiveSmallIntegerField("决定期限延长几日", null=True)
    decision_prolonged_by = person("决定期限延长批准人")
    decision_prolonged_again_on = models.DateField("集体讨论再延长的签批日期", null=True)
    decision_prolonged_again_days = models.PositiveSmallIntegerField("集体讨论再延长几日", null=True)
    decision_prolonged_again_by = person("集体讨论再延长签批人")
    decision_proposed_by, decision_proposed_by_name, decision_proposed_at = hand("决定报批人", "决定报批时间")
    decision_reviewed_by, decision_reviewed_by_name, decision_reviewed_at = hand("决定审核人", "决定审核时间")
    decided_by, decided_by_name, decided_at = hand("决定批准人", "决定批准时间")

    class Meta:
        abstract = True

    def decision(self) -> Decision | None:
        """The latest text."""
        found: Decision | None = latest(self.decisions)
        return found

    def decided_proposal(self) -> Proposal:
        """What was decided: by the committee, or on the spot."""
        if spot := self.spot_penalty_or_none():
            return spot
        return self.meeting()

    def decision_deadlines(self) -> list[Deadline]:
        """By when it is decided, once it was filed."""
        if self.filed_on is None or self.state not in BEFORE_DECISION:
            return []
        stops = [*self.stops(), *self.hearing_stops(), *self.publication_stops(), *self.refund_stops()]
        breaks = self.break_stops(timezone.localdate())
        return self.running("decision", self.filed_on, stops=[*stops, *breaks], granted=self.decision_extensions())

    def decision_extensions(self) -> list[Extension]:
        """By a head, and once more by all of them."""
        signed = [
            (self.decision_prolonged_days, self.decision_prolonged_on),
            (self.decision_prolonged_again_days, self.decision_prolonged_again_on),
        ]
        return [Extension(number=days, signed=day) for days, day in signed if days and day]

    def propose_decision(
        self, decision: Decision, *, by: Any, measures: Collection[Measure] = (), reason: str = ""
    ) -> None:
        """报批: each part of the paper, with kinds and sum as the committee agreed and the party was told. `measures`
        are those whose goods the decision takes."""
        with self.acting("decision_proposed", by=by, reason=reason) as case:
            decision.case, decision.meeting = case, case.meeting()
            decision.meeting.refuse_other_reasons(decision.basis, decision.reasons)
            if measures and Penalty.GOODS not in decision.meeting.kinds:
                raise Incomplete("这一案没有没收非法财物，措施里的物品要退还，不能没收。")
            if gone := [each for each in measures if each not in case.measures_to_decide_on()]:
                raise Incomplete(f"{'、'.join(map(str, gone))}的物品已经处理，不能没收。")
            found = [*case.decision_objections(decision), *case.taking_objections(measures)]
            case.answer_to("decision_proposed", reason, found)
            case.keep(decision, by)
            for measure in measures:
                case.keep(ConfiscatedGoods(decision=decision, measure=measure), by)

    def taking_objections(self, measures: Iterable[Measure]) -> list[Objection]:
        """What the rules have against taking these goods: only what was approved, and is decided on in time."""
        return [found for each in measures for found in self.ending_objections(each, MeasureEnd.How.DISPOSED)]

    def objections_to_the_text(self) -> list[Objection]:
        """Of the latest text of the decision, with the goods that it names."""
        decision = self.decision()
        assert decision is not None
        named = [each.measure for each in decision.confiscated_goods.select_related("measure")]
        return [*self.decision_objections(decision), *self.taking_objections(named)]

    def decision_objections(self, decision: Decision) -> list[Objection]:
        """What the rules have against deciding so today."""
        day, kind, notice, calendar = timezone.localdate(), self.party.kind, self.notice(), self.working_days()
        if decision.party_name and decision.party_name.strip() != self.party.name:
            raise Incomplete(f"决定书上的当事人是{decision.party_name}，案卷里不是这个名字，请核对。")
        told, decided, conclusion = notice.meeting.sanction(kind), decision.meeting.sanction(kind), self.conclusion()
        return [
            *rules.DecisionPaper.check(day, decision.held_parts(day)),
            *rules.DecisionPaper.check_basis(day, told=notice.basis, decided=decision.basis),
            *rules.NoWorse.check(day, told, decided),
            *rules.NoticeReply.check_decision(notice.reply_deadline(calendar), day),
            *rules.HigherConsent.check(day, standards_left=decision.meeting.standards_left, consent=decision.consent),
            *rules.HearingDue.check(day, decided, was_offered=notice.hearing_offered),
            *(self.one_fine_objections(conclusion.act_ended_on, decision.meeting.article) if decided.fine else ()),
            *self.proposal_objections(decision.meeting, conclusion),
        ]

    def one_fine_objections(self, act_on: datetime.date, article: str) -> Iterator[Objection]:
        """That the same party was not fined before for what it did on that day."""
        day = timezone.localdate()
        for each in (each for each in self._fined_on(act_on) if not each.is_annulled()):
            is_same = each.decided_proposal().article.strip() == article.strip() and bool(self.party.identity_number)
            ask = rules.OneFine.check if is_same else rules.OneFine.check_other_articles
            yield from ask(day, earlier=f"{each.named}（{each.decision_number}）")

    def _fined_on(self, act_on: datetime.date) -> Iterator[Any]:
        """Other cases in which this party was fined for an act of that day."""
        decided = Q(conclusions__act_ended_on=act_on, decisions__meeting__fine__gt=0)
        on_the_spot = Q(spot_penalty__handed_over_on=act_on, spot_penalty__fine__gt=0)
        cases: Any = type(self)._default_manager  # type: ignore[misc]
        fined = cases.filter(decided | on_the_spot, decided_on__isnull=False).exclude(decision_number="")
        others = fined.exclude(pk=self.pk).select_related("party").distinct()
        return (each for each in others if self.party.is_the_same_as(each.party))

    def review_decision(self, *, by: Any, reason: str = "") -> None:
        today = timezone.localdate()
        with self.acting("decision_reviewed", by=by, reason=reason) as case:
            own = case.auditor_objections(by, today)
            case.answer_to("decision_reviewed", reason, [*own, *case.objections_to_the_text()])
            case.take_side(by, Side.Which.JUDGING, by)

    def return_decision(self, *, by: Any, reason: str) -> None:
        with self.acting("decision_returned", by=by, reason=reason) as case:
            own = case.separation_objections(by, "审核", timezone.localdate())
            case.answer_to("decision_returned", reason, own)
            case.take_side(by, Side.Which.JUDGING, by)

    def decide(self, *, by: Any, reason: str = "") -> None:
        """决定: by the chair of the committee; since 2019-04-01 another head gives the reason why it is not."""
        today = timezone.localdate()
        with self.acting("decided", by=by, reason=reason) as case:
            hands = [
                *rules.Approvals.check_decision(today, is_chair=case.is_chair(by)),
                *case.separation_objections(by, "批准决定", today),
            ]
            case.answer_to("decided", reason, [*hands, *case.objections_to_the_text()])
            case.take_side(by, Side.Which.JUDGING, by)
            case.decided_on = today
            case.decision_number = Series.numbered(SERIES, today)

    def prolong_decision(self, *, by: Any, days: int, reason: str) -> None:
        today = timezone.localdate()
        with self.acting("decision_prolonged", by=by, reason=reason) as case:
            if case.decision_extensions():
                raise Incomplete("决定的期限已经延长过；仍不够的，由负责人集体讨论再延长。")
            case.refuse_unlawful_extension(days, today)
            case.decision_prolonged_on, case.decision_prolonged_days = today, days

    def prolong_decision_again(self, *, by: Any, days: int, reason: str) -> None:
        """再延长: all heads together say for how long (令2-57, 令42-64)."""
        today = timezone.localdate()
        with self.acting("decision_prolonged_again", by=by, reason=reason) as case:
            if len(case.decision_extensions()) != 1:
                raise Incomplete("先由负责人延长一次，仍不够的再集体讨论，只能一次。")
            case.refuse_unlawful_extension(days, today)
            case.decision_prolonged_again_on, case.decision_prolonged_again_days = today, days

    def refuse_unlawful_extension(self, days: int, today: datetime.date) -> None:
        for deadline in self.decision_deadlines():
            refuse_unlawful(deadline, Extension(number=days, signed=today))


CONSTRAINTS = [
    CheckConstraint(
        condition=Q(decided_by=None, decided_on=None, decision_number="")
        | Q(decided_by__isnull=False, decided_on__isnull=False),
        name="case_decided_by_somebody",
        violation_error_message="决定要有批准人和日期。",
    ),
]
