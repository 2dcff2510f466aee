"""登记保存、查封、扣押 (清单十四 三(一)): taken by two officers, approved by a head, ended in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from acts.errors import Incomplete
from cases import rules
from cases.penalties import Penalty
from cases.rows.measure import Measure, MeasureApproval, MeasureEnd, MeasureProlongation
from cases.rows.sides import Side
from cases.rows.transfer import PoliceReply
from cases.rule import Objection
from cases.way.case_file import CaseFile, officers_objections, refuse_unlawful
from cases.way.states import BEFORE_DECISION, IN_INQUIRY, OPEN, UNDER_WAY, State
from cases.way.steps import CaseStep
from clocks.deadlines import AnyDeadline, Extension

STEPS = (
    CaseStep(
        verb="measured",
        label="登记保存、查封、扣押",
        method="take_measure",
        does="把已经实施的措施记入案卷。记下以后由局负责人在24小时内批准，到期以前作出处理。",
        begins={"handle": IN_INQUIRY},
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-1-1",),
        starts=("urgent", "keeping", "sealing"),
    ),
    CaseStep(
        verb="measure_allowed",
        label="同意补办批准",
        method="allow_measure",
        does="事前没有经负责人同意的查封、扣押，依《行政强制法》第十九条可以补办；您同意以后，承办人员才能登记下一项措施。",
        begins={"audit": IN_INQUIRY},
        why="请写明为什么情况紧急、可以补办。",
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-1-1",),
    ),
    CaseStep(
        verb="measure_approved",
        label="批准措施",
        method="approve_measure",
        does="表示您已核对措施的审批表，同意实施。",
        begins={"approve": OPEN},
        repeats=True,
        makes_sense=lambda here: bool(here.subject.measures_to_approve()),
        paragraphs=("c3-1-1",),
        ends=("urgent",),
    ),
    CaseStep(
        verb="measure_prolonged",
        label="延长查封、扣押",
        method="prolong_measure",
        does="情况复杂的，查封、扣押的期限延长一次，最多 30 日。",
        begins={"approve": OPEN},
        why="请写明延长的理由，要告知当事人。",
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.measures_to_prolong()),
    ),
    CaseStep(
        verb="goods_taken",
        label="收缴没收的物品",
        method="take_goods",
        does="把依决定没收、现在收缴的物品记入案卷，列出清单；随后写明怎样处理。",
        begins={"handle": [*UNDER_WAY, State.AWAITING_CLOSING]},
        is_awaited=False,
        repeats=True,
        makes_sense=lambda here: here.subject.may_take_goods(),
    ),
    CaseStep(
        verb="measure_ended",
        label="批准处理涉案物品",
        method="end_measure",
        does="同意物品这样处理，由两名执法人员办理；措施到此结束。没收、销毁要先有已经送达的没收决定；移送的，公安机关先立案。",
        begins={"approve": OPEN},
        why="请写明处理的理由和物品的去向。",
        repeats=True,
        makes_sense=lambda here: bool(here.subject.open_measures()),
        starts=("closing",),
        ends=("keeping", "sealing"),
    ),
)


def names_of_heads() -> list[str]:
    """The names of those who may consent to a measure."""
    found = get_user_model().objects.filter(is_active=True, groups__permissions__codename="approve_case").distinct()
    return [each.get_full_name() for each in found.order_by("pk")]


class Measures(CaseFile):
    class Meta:
        abstract = True

    def measure_deadlines(self) -> list[AnyDeadline]:
        """By when its papers are made up for, and by when it is decided what becomes of the goods."""
        calendar, stops = self.working_days(), self.told_stops()
        papers = [measure.papers_due() for measure in self.measures_to_approve()]
        return [*papers, *(measure.deadline(calendar, stops) for measure in self.measures_to_decide_on())]

    def take_measure(self, measure: Measure, *, by: Any, reason: str = "") -> None:
        """登记保存、查封、扣押, as two officers have taken it."""
        now = timezone.now()
        if measure.taken_at > now or (measure.consent_at and measure.consent_at > now):
            raise Incomplete("实施或者同意的时间还没有到，请核对。")
        if measure.consent_by and measure.consent_by not in names_of_heads():
            raise Incomplete(f"{measure.consent_by}不是局领导。事前同意的负责人请写：{'、'.join(names_of_heads())}。")
        label, day = measure.get_kind_display(), measure.day
        with self.acting("measured", by=by, reason=reason) as case:
            consent = rules.Urgent.check_consent(
                day, label, was_asked_before=measure.was_asked_before, is_keeping=measure.is_keeping
            )
            found = [*officers_objections(label, measure.officers, day), *consent]
            case.answer_to("measured", reason, case.without_allowed(found))
            if day < case.found_on:
                raise Incomplete(f"发现之日是 {case.found_on}，采取措施不能更早，请核对。")
            measure.case = case
            case.keep(measure, by)

    def allow_measure(self, *, by: Any, reason: str) -> None:
        """The reviewer lets the next measure pass whose consent was not asked for before (强制法19)."""
        with self.acting("measure_allowed", by=by, reason=reason) as case:
            case.answer_to("measure_allowed", reason, case.separation_objections(by, "审核", timezone.localdate()))
            case.take_side(by, Side.Which.JUDGING, by)

    def without_allowed(self, objections: Iterable[Objection]) -> list[Objection]:
        """What the reviewer has not let pass since the latest measure."""
        last = self.timeline.filter(verb__in=["measured", "measure_allowed"]).last()
        is_allowed = last is not None and last.verb == "measure_allowed"
        return [each for each in objections if not (is_allowed and each.override)]

    def approve_measure(self, measure: Measure, *, by: Any, reason: str = "") -> None:
        """The papers that were to be made up for, signed by a head of the bureau."""
        with self.acting("measure_approved", by=by, reason=reason) as case:
            if measure not in case.measures_to_approve():
                raise Incomplete("这一项措施已经批准，或者已经处理。")
            papers = rules.Urgent.check_papers(measure.papers_due(), timezone.now())
            case.answer_to("measure_approved", reason, papers)
            case.keep(MeasureApproval(measure=measure), by)

    def prolong_measure(self, measure: Measure, *, by: Any, days: int, reason: str) -> None:
        """延长查封、扣押."""
        today = timezone.localdate()
        with self.acting("measure_prolonged", by=by, reason=reason) as case:
            if measure not in case.open_measures():
                raise Incomplete("这一项措施已经处理。")
            refuse_unlawful(
                measure.deadline(case.working_days(), case.told_stops()), Extension(number=days, signed=today)
            )
            case.keep(MeasureProlongation(measure=measure, days=days, signed_on=today), by)

    def end_measure(self, measure: Measure, *, by: Any, how: str, reason: str) -> None:
        """处理: after it nothing is held any more by this measure."""
        with self.acting("measure_ended", by=by, reason=reason) as case:
            if measure not in case.open_measures():
                raise Incomplete("这一项措施已经处理。")
            if case.state in (State.DECISION_PROPOSED, State.DECISION_REVIEWED) and case.would_take(measure):
                raise Incomplete("报批的决定书写明没收这些物品，等决定以后再处理；情况有变的，先退回决定书。")
            case.answer_to("measure_ended", reason, case.ending_objections(measure, how))
            if how == MeasureEnd.How.SEALED and not case.is_sealed_since(measure):
                raise Incomplete("只有登记保存的物品，先登记了查封、扣押，才能转为查封、扣押。")
            if how == MeasureEnd.How.DISPOSED and not case.may_dispose_of(measure):
                raise Incomplete(
                    "还没有送达没收这些物品的决定，公安机关也没有立案，物品不能没收、销毁、移送；决定没有没收的，要退还。"
                )
            is_lawfully_taken = case.takes(measure) and not case.ending_objections(measure, MeasureEnd.How.DISPOSED)
            if how == MeasureEnd.How.RELEASED and is_lawfully_taken:
                raise Incomplete("这些物品已经决定没收，不能退还；复议、诉讼撤销了决定的，先登记结果。")
            case.keep(MeasureEnd(measure=measure, how=how, ended_on=timezone.localdate()), by)

    def ending_objections(self, measure: Measure, how: str) -> list[Objection]:
        """What was not decided in time, or approved by no head, is given back and nothing else."""
        if how == MeasureEnd.How.RELEASED or measure.is_confiscation:
            return []
        rule = rules.Keeping if measure.is_keeping else rules.Sealing
        deadline = measure.deadline(self.working_days(), self.told_stops())
        decided = self.decided_on if self.takes(measure) else None
        return [
            *rule.check(deadline, decided or timezone.localdate()),
            *rules.Urgent.check_approved(measure.day, is_approved=measure.is_approved),
        ]

    def open_measures(self) -> list[Measure]:
        """Those of which nobody has said yet what becomes of the goods."""
        return [measure for measure in self.measures.all() if not measure.is_over]

    def measures_to_decide_on(self) -> list[Measure]:
        """Those of which the term runs: it ends with the decision that takes these goods."""
        return [each for each in self.open_measures() if not (each.is_confiscation or self.takes(each))]

    def takes(self, measure: Measure) -> bool:
        """Whether the goods of this measure are confiscated by a decision that still stands."""
        if measure.is_confiscation:
            return self.goods_decided_on() is not None
        return self.goods_decided_on() is not None and self.would_take(measure)

    def would_take(self, measure: Measure) -> bool:
        """Whether the latest text of the decision names them."""
        decision = self.decision()
        return decision is not None and any(each.measure_id == measure.pk for each in decision.confiscated_goods.all())

    def goods_decided_on(self) -> datetime.date | None:
        """The day of the decision that confiscates goods; None where there is none, or it was annulled."""
        if self.decided_on is None or self.state in BEFORE_DECISION or self.is_annulled():
            return None
        day: datetime.date = self.decided_on
        return day if Penalty.GOODS in self.standing_kinds() else None

    def is_sealed_since(self, measure: Measure) -> bool:
        """Whether what was only kept is sealed or seized by now; no other measure goes over into one."""
        later = (each for each in self.open_measures() if each.is_sealing and each.taken_at >= measure.taken_at)
        return measure.is_keeping and any(later)

    def may_dispose_of(self, measure: Measure) -> bool:
        """Whether the goods are the bureau's to dispose of, or the police's to have."""
        reply = self.police_reply()
        is_taken = reply is not None and reply.outcome == PoliceReply.Outcome.ACCEPTED
        return is_taken or (self.takes(measure) and self.served_on() is not None)

    def measures_to_approve(self) -> list[Measure]:
        return [m for m in self.open_measures() if not m.is_confiscation and not m.is_approved]

    def measures_to_prolong(self) -> list[Measure]:
        return [m for m in self.open_measures() if m.is_sealing and not hasattr(m, "prolongation")]

    def has_goods_to_dispose_of(self) -> bool:
        """Whether goods were confiscated of which nobody has said yet what became of them. What was given back as long
        as the decision did not stand is taken over anew."""
        if not self.may_take_goods():
            return False
        taken = [measure for measure in self.measures.all() if self.takes(measure)]
        disposed = [m for m in taken if m.is_over and m.end.how == MeasureEnd.How.DISPOSED]
        return not disposed or any(not m.is_over for m in taken)

    def may_take_goods(self) -> bool:
        return self.goods_decided_on() is not None and self.served_on() is not None

    def take_goods(self, measure: Measure, *, by: Any, reason: str = "") -> None:
        """收缴没收的物品, as two officers have taken them over."""
        measure.kind = Measure.Kind.CONFISCATION
        with self.acting("goods_taken", by=by, reason=reason) as case:
            if not case.may_take_goods():
                raise Incomplete("没有已经送达的没收非法财物的决定，不能收缴。")
            if not case.served_on() <= measure.day <= timezone.localdate():
                raise Incomplete(f"收缴的时间要在送达（{case.served_on()}）和今天之间，请核对。")
            case.answer_to("goods_taken", reason, officers_objections("收缴", measure.officers, measure.day))
            measure.case = case
            case.keep(measure, by)
