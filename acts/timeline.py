"""A thing against its timeline: what its acts tell, its columns say too."""

from collections.abc import Iterator
from typing import Any

from acts.steps import Step


def faults(subject: Any) -> Iterator[str]:
    """Where state, hands and reasons are not those of the acts; each a sentence."""
    known = {step.verb: step for step in subject.steps}
    acts = sorted(subject.timeline.all(), key=lambda act: act.number)
    for act in acts:
        if act.verb not in known:
            yield f"{subject.named}的经办记录里有程序不认识的一步“{act.verb}”。"
    done = [(known[act.verb], act) for act in acts if act.verb in known]
    entered = [step.leads_to for step, _ in done if step.leads_to]
    at_birth = set(subject.initial_states) - {step.leads_to for step in subject.steps}
    if not (subject.state == entered[-1] if entered else subject.state in at_birth):
        yield f"{subject.named}是“{subject.get_state_display()}”，经办记录里没有这一步。"
    latest: dict[str, tuple[Step, Any]] = {}
    for step, act in done:
        for hand in step.takes_back:
            latest.pop(hand, None)
        if hand := _hand(step):
            latest[hand] = step, act
    for step, act in latest.values():
        if _signed(subject, step) != (act.by_id, act.by_name if step.hand else ""):
            yield f"{subject.named}的{step.label}人和经办记录不符。"
        if step.keeps_reason_in and getattr(subject, step.keeps_reason_in) != act.reason:
            yield f"{subject.named}的{step.label}理由和经办记录不符。"
    told = {*latest, *(hand for step, _ in done for hand in step.fills)}
    for hand, step in {_hand(step): step for step in subject.steps if _hand(step)}.items():
        if hand not in told and _signed(subject, step)[0] is not None:
            yield f"{subject.named}写有{step.label}人，经办记录里没有这一步。"


def _hand(step: Step) -> str:
    return step.hand or step.signs


def _signed(subject: Any, step: Step) -> tuple[int | None, str]:
    """Who did it, as its own columns say: the account, and the name where one is kept."""
    if step.hand:
        return getattr(subject, f"{step.hand}_by_id"), getattr(subject, f"{step.hand}_by_name")
    return getattr(subject, f"{step.signs}_id"), ""
