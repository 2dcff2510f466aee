"""What lies before whoever reviews or approves: the text itself, on the page on which it is agreed to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from cases.case import Case
from cases.discretion.weighed import UNSET
from cases.rows.decision import PARTS
from cases.rows.proposal import Proposal
from cases.rows.weighing import Weighing

PRINTED_OF_THE_PARTY = ("name", "identity_number", "representative", "address")
Facts = list[tuple[str, str]]


def approved_text(verb: str, case: Case, account: Any) -> Facts:
    """What is said of each part; nothing where the act agrees to no text."""
    return SHOWN[verb](case, account) if verb in SHOWN else []


def _of(row: models.Model, *columns: str) -> Facts:
    """Each column that says something, under its name."""
    told = ((str(row._meta.get_field(name).verbose_name), _said(row, name)) for name in columns)  # type: ignore[union-attr]
    return [(label, what) for label, what in told if what]


def _said(row: models.Model, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)


def _proposed(proposal: Proposal) -> Facts:
    if not proposal.is_penalty:
        return [("处理意见", proposal.said), *_of(proposal, "reasons")]
    limits = f"{proposal.minimum} 元至 {proposal.maximum} 元"
    return [("处理意见", proposal.said), ("法定罚款", limits), *_of(proposal, "article", "grade", "ground", "reasons")]


def weighed_text(weighing: Weighing) -> Facts:
    """What was weighed, as report and meeting rest on it."""
    weighed = weighing.weighed
    factors = "\n".join(each.said for each in weighed.factors)
    return [
        ("违法行为", weighed.violation),
        ("依据的条款", weighed.law.source),
        ("裁量因素和证据", factors or "没有法定的从轻、减轻或者从重情形"),
        ("裁量档次和幅度", f"{weighing.grade}：{weighing.said_range}"),
        ("裁量基准", weighing.standards or UNSET),
    ]


def _clue(case: Case, account: Any) -> Facts:
    return [*_of(case, "source", "found_on"), ("类别", "、".join(case.kind_labels)), *_of(case, "clue")]


def _concluded(case: Case, account: Any) -> Facts:
    conclusion = case.conclusion()
    assert conclusion is not None
    said = _of(conclusion, "facts", "evidence", "act_ended_on", "harms_life", "rights_told", "is_crime")
    return [*_proposed(conclusion), *said]


def _put_to_the_vote(case: Case, account: Any) -> Facts:
    meeting, conclusion = case.meeting(), case.conclusion()
    assert conclusion is not None
    return [*_proposed(meeting), *_of(conclusion, "facts", "evidence"), *_of(meeting, "record")]


def _voted(case: Case, account: Any) -> Facts:
    votes = "；".join(
        f"{each.member.account.get_full_name()}：{each.said}" for each in case.meeting().attendances.all()
    )
    return [*_put_to_the_vote(case, account), ("表决", votes)]


def _rechecked(case: Case, account: Any) -> Facts:
    defences: Iterable[Any] = case.notice().defences.all()
    recheck = case.latest_recheck()
    said = [(str(each), each.text) for each in defences]
    return [*said, ("复核意见", recheck.said), *_of(recheck, "is_changed")]


def _decision(case: Case, account: Any) -> Facts:
    """With the party in full, as it is printed: a line says who read it."""
    decision = case.decision()
    assert decision is not None
    case.read_party(account)
    taken = [(str(each), each.measure.goods) for each in decision.confiscated_goods.select_related("measure")]
    said = [
        *_of(case.party, *PRINTED_OF_THE_PARTY),
        *_of(decision, *PARTS, "defence", "standard", "consent", "publicity_told"),
    ]
    return [*_proposed(decision.meeting), *taken, *said]


def _closing(case: Case, account: Any) -> Facts:
    told = _of(case, "closing_ground", "ended_on")
    if case.served_on():
        owed = case.owed(timezone.localdate())
        told += [
            ("罚款", f"{owed.fine} 元，已缴 {owed.paid} 元"),
            ("没收的违法所得", f"{owed.gains} 元，已缴 {owed.gains_paid} 元"),
            ("加处罚款", f"{owed.surcharge} 元，已缴 {owed.surcharge_paid} 元，减免 {owed.remitted} 元"),
        ]
    return told


SHOWN: dict[str, Callable[[Case, Any], Facts]] = {
    **dict.fromkeys(("reviewed", "filed", "not_filed"), _clue),
    **dict.fromkeys(("audited", "audit_returned"), _concluded),
    "voted": _put_to_the_vote,
    **dict.fromkeys(("agreed", "agreed_otherwise", "sent_to_supplement", "adjourned"), _voted),
    **dict.fromkeys(("outcome_approved", "transfer_approved", "outcome_returned"), _voted),
    **dict.fromkeys(("recheck_confirmed", "recheck_to_committee", "recheck_returned"), _rechecked),
    **dict.fromkeys(("decision_reviewed", "decided", "decision_returned"), _decision),
    **dict.fromkeys(("closed", "closing_returned"), _closing),
}
