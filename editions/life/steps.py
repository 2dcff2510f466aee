"""What is done with an edition: who does it, in which state, and what it writes; one row each (acts.steps)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from acts.steps import OtherHand, Situation, Step, Steps
from editions.life.states import ISSUED_STATES, UNDER_WAY, Kind, State


@dataclass(frozen=True)
class EditionSituation(Situation):
    """`base` is what new editions build on, and `remarks` are those on the edition, each with its answer."""

    base: Any
    remarks: Any

    @cached_property
    def is_overtaken(self) -> bool:
        return bool(self.subject.is_under_way and self.subject.is_overtaken(self.base))

    @cached_property
    def is_answered(self) -> bool:
        return all(remark.is_answered for remark in self.remarks)


SUBMITTER = OtherHand("submitted", "这一版是您送审的，要由别人来办。")
REVIEWER = OtherHand(
    "reviewed", "调整要由三个人分别送审、审核、公布；您已经审核过。", where={"kind": Kind.ADJUSTMENT.value}
)
ISSUING = ("effective_on", "previous", "seal", "chain_digest")
REPLYING = ("approval_authority", "approval_number", "approval_note", "approval_date", "approval_file")

STEPS = Steps(
    Step(verb="submitted", label="送审", leads_to=State.SUBMITTED, hand="submitted", is_awaited=False),
    Step(
        verb="reviewed",
        label="审核通过",
        method="review",
        does="表示您已看过全部改动，认为合法、适当。以后由局领导签发。",
        begins={"review": [State.SUBMITTED]},
        leads_to=State.REVIEWED,
        hand="reviewed",
        not_by=[SUBMITTER],
        makes_sense=lambda here: not here.is_overtaken,
    ),
    Step(
        verb="returned",
        label="退回",
        method="send_back",
        does="这一版到此为止，原样留存；编制人照理由和意见改后，另送一版。",
        begins={"review": [State.SUBMITTED, State.REVIEWED], "sign": [State.REVIEWED, State.SIGNED]},
        leads_to=State.RETURNED,
        hand="closed",
        keeps_reason_in="closing_reason",
        not_by=[SUBMITTER],
        why="请写明退回的理由，编制人要照着它改。",
        is_awaited=False,
    ),
    Step(
        verb="withdrawn",
        label="撤回",
        method="withdraw",
        does="这一版到此为止，原样留存；要再送审，请重新编制。",
        begins={"compile": [State.SUBMITTED, State.REVIEWED]},
        leads_to=State.WITHDRAWN,
        hand="closed",
        keeps_reason_in="closing_reason",
        only_by={"submitted": "只有送审人{name}能撤回。"},
        why="请写明撤回的理由。",
        is_awaited=False,
    ),
    Step(
        verb="signed",
        label="签报",
        method="sign",
        does="表示您已签字，送县编办、县政府批准。批复登记并核对以后，再公布。",
        begins={"sign": [State.REVIEWED]},
        leads_to=State.SIGNED,
        hand="signed",
        not_by=[SUBMITTER],
        makes_sense=lambda here: here.subject.needs_approval and not here.is_overtaken,
    ),
    Step(
        verb="remarked",
        label="提出意见",
        method="remark",
        does="意见记在这一版上，编制人要逐条答复；这一版不退回。",
        begins={"review": UNDER_WAY},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
    ),
    Step(
        verb="relayed",
        label="登记县里意见",
        method="remark",
        does="把县编办、县政府的意见逐条登记下来；全部答复以后才能公布。",
        begins={"reply": [State.SIGNED]},
        takes_reason=False,
        is_awaited=False,
        repeats=True,
    ),
    Step(
        verb="answered",
        label="答复意见",
        method="answer",
        does="每条意见答复一次，答复以后不再改。",
        begins={"reply": UNDER_WAY},
        takes_reason=False,
        repeats=True,
        makes_sense=lambda here: not here.is_answered,
    ),
    Step(
        verb="reply_recorded",
        label="登记批复",
        method="record_reply",
        does="照批复文件填写；另一人核对以后生效，核对以前可以重新登记。",
        begins={"reply": [State.SIGNED]},
        signs="approval_recorded_by",
        writes=REPLYING,
        takes_reason=False,
        makes_sense=lambda here: not here.subject.is_approved,
    ),
    Step(
        verb="reply_confirmed",
        label="核对批复",
        method="confirm_reply",
        does="请打开批复文件，逐项对照下面登记的内容；都一致的，照文件输入文号。",
        begins={"reply": [State.SIGNED]},
        signs="approval_confirmed_by",
        makes_sense=lambda here: (
            not here.subject.is_approved and here.subject.approval_recorded_by_id not in (None, here.account.pk)
        ),
    ),
    Step(
        verb="issued",
        label="公布",
        method="issue",
        does="从施行日期起公众看到这一版；公布以后不能再改，只能废止或另出新版。",
        begins={"sign": [State.REVIEWED, State.SIGNED]},
        leads_to=State.ISSUED,
        hand="issued",
        fills=("signed",),  # whoever issues what needs no reply of the county signs it by that
        writes=ISSUING,
        not_by=[SUBMITTER, REVIEWER],
        asks_password=True,
        makes_sense=lambda here: (
            not here.is_overtaken and here.is_answered and (here.subject.is_approved or not here.subject.needs_approval)
        ),
    ),
    Step(
        verb="revoked",
        label="废止",
        method="revoke",
        does="从今天起这一版不再施行，仍可查看，并标明已废止和理由；在它以前施行的一版重新施行。",
        begins={"sign": ISSUED_STATES},
        hand="revoked",
        keeps_reason_in="revoke_reason",
        writes=("revoked_on",),
        why="请写明废止的理由，它会公布。",
        asks_password=True,
        is_awaited=False,
    ),
)
