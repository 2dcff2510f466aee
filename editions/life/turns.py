"""What an edition waits for, and of whom."""

from typing import Any

from editions.life.acts import Remark, Verb


def offered(edition: Any, account: Any, remarks: list[Remark], base: Any = None) -> list[Verb]:
    """The acts that make sense for this person now, where `base` is what new editions build on (asked for if it is not
    given). What is offered is asked again when it is done."""
    verbs = edition.open_to(account)
    if edition.submitted_by_id == account.pk:
        verbs = [verb for verb in verbs if verb not in (Verb.REVIEWED, Verb.RETURNED, Verb.SIGNED, Verb.ISSUED)]
    else:
        verbs = [verb for verb in verbs if verb != Verb.WITHDRAWN]
    overtaken = edition.is_under_way and edition.is_overtaken(base)
    answered = all(remark.is_answered for remark in remarks)
    idle = {
        Verb.REVIEWED: overtaken,
        Verb.SIGNED: overtaken or not edition.needs_approval,
        Verb.ISSUED: overtaken or not answered or (edition.needs_approval and not edition.is_approved),
        Verb.ANSWERED: answered,
        Verb.REPLY_RECORDED: edition.is_approved,
        Verb.REPLY_CONFIRMED: edition.is_approved or edition.approval_recorded_by_id in (None, account.pk),
    }
    return [verb for verb in verbs if not idle.get(verb)]


TURNS = (Verb.REVIEWED, Verb.SIGNED, Verb.ISSUED, Verb.ANSWERED, Verb.REPLY_RECORDED, Verb.REPLY_CONFIRMED)
"""The acts that an edition waits for; the others may be done at any time and are nobody's turn."""


def awaited(edition: Any, account: Any, remarks: list[Remark], base: Any = None) -> list[Verb]:
    """What the edition waits for of this person."""
    return [verb for verb in offered(edition, account, remarks, base) if verb in TURNS]
