"""What is done with a case: who does it, in which state, and what it writes; one row each (acts.steps)."""

from collections.abc import Collection
from dataclasses import dataclass

from acts.steps import OtherHand, Step, Steps
from cases.states import OPEN, State


@dataclass(frozen=True, kw_only=True)
class CaseStep(Step):
    paragraphs: Collection[str] = ()
    """The anchors of the paragraphs of regime 十四 on which it rests; empty where the list says nothing of it."""


PROPOSER = OtherHand("proposed", "这一案是您报请立案的，要由别人来办。")
REVIEWER = OtherHand("reviewed", "这一案的立案是您审核的，要由别人来批准。")

STEPS = Steps(
    CaseStep(
        verb="registered",
        label="登记线索",
        leads_to=State.VERIFICATION,
        hand="registered",
        is_awaited=False,
        paragraphs=("c1-1", "c1-2"),
    ),
    CaseStep(
        verb="proposed",
        label="报请立案",
        method="propose_filing",
        does="把《立案审批表》连同材料报承办机构负责人审核。",
        begins={"handle": [State.VERIFICATION]},
        leads_to=State.FILING_PROPOSED,
        hand="proposed",
        not_by=[OtherHand("reviewed", "这一案的立案您审核过，要由别人来报请。")],
        paragraphs=("c3-2-1", "c3-2-1-1", "c3-2-1-2"),
    ),
    CaseStep(
        verb="reviewed",
        label="审核立案",
        method="review_filing",
        does="表示您已核对《立案审批表》和材料，同意报负责人批准。",
        begins={"lead": [State.FILING_PROPOSED]},
        leads_to=State.FILING_REVIEWED,
        hand="reviewed",
        not_by=[PROPOSER],
        paragraphs=("c3-2-2",),
    ),
    CaseStep(
        verb="sent_back",
        label="退回核查",
        method="send_back",
        does="退给报请人补充核查，期限不停。",
        begins={"lead": [State.FILING_PROPOSED], "approve": [State.FILING_REVIEWED]},
        leads_to=State.VERIFICATION,
        not_by=[PROPOSER],
        why="请写明退回的理由，办案人员要照着它补。",
        is_awaited=False,
        paragraphs=("c3-2-2", "c3-2-3"),
    ),
    CaseStep(
        verb="filed",
        label="批准立案",
        method="file",
        does="从今天起立案调查，并指定承办人员。",
        begins={"approve": [State.FILING_REVIEWED]},
        leads_to=State.INVESTIGATION,
        hand="filed",
        writes=("filed_on",),
        not_by=[PROPOSER, REVIEWER],
        paragraphs=("c3-2-3",),
    ),
    CaseStep(
        verb="not_filed",
        label="不予立案",
        method="refuse_filing",
        does="这一线索到此为止，原样留存。",
        begins={"approve": [State.FILING_REVIEWED]},
        leads_to=State.NOT_FILED,
        hand="refused",
        not_by=[PROPOSER, REVIEWER],
        why="请写明不予立案的理由。",
        paragraphs=("c3-2-3",),
    ),
    CaseStep(
        verb="inspected",
        label="记录检查、询问",
        method="inspect",
        does="把一次现场检查或者询问记入案卷。记下以后不能改；记错的，另记一次说明。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-1-1",),
    ),
    CaseStep(
        verb="measured",
        label="登记保存、查封、扣押",
        method="take_measure",
        does="把已经实施的措施记入案卷。记下以后由局负责人在24小时内批准，到期以前作出处理。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
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
        verb="measure_ended",
        label="处理登记保存、查封、扣押的物品",
        method="end_measure",
        does="写明物品怎样处理；措施到此结束。",
        begins={"handle": OPEN},
        why="请写明处理的理由和物品的去向。",
        repeats=True,
        makes_sense=lambda here: bool(here.subject.open_measures()),
    ),
    CaseStep(
        verb="tested",
        label="送检",
        method="send_for_testing",
        does="记下送检的机构和起止日期；送检的时间不计入立案期限，书面告知当事人的也不计入查封、扣押的期限。",
        begins={"handle": [State.VERIFICATION, State.INVESTIGATION]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
        paragraphs=("c3-2-1-1",),
    ),
    CaseStep(
        verb="test_received",
        label="登记检验结果",
        method="receive_result",
        does="记下收到结果的日期和结论；期限从第二天起接着计算。",
        begins={"handle": OPEN},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: bool(here.subject.testings_under_way()),
        paragraphs=("c3-2-1-1",),
    ),
    CaseStep(
        verb="prolonged",
        label="延长核查期限",
        method="prolong_filing",
        does="经负责人批准，核查和决定是否立案的期限延长一次。",
        begins={"approve": [State.VERIFICATION, State.FILING_PROPOSED, State.FILING_REVIEWED]},
        signs="prolonged_by",
        writes=("prolonged_on", "prolonged_days"),
        why="请写明延长的理由。",
        is_awaited=False,
        paragraphs=("c3-2-1", "c3-2-1-1"),
    ),
)
