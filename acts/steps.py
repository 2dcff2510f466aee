"""What can be done with something, as a table: one row for each act, with who may do it in which state, what it leads
to and what it writes. What is offered and awaited, the confirm pages, and what the database refuses follow from it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q


@dataclass(frozen=True)
class Situation:
    """Somebody before something that can be acted on; a kind of thing adds what else its steps look at."""

    subject: Any
    account: Any


@dataclass(frozen=True)
class OtherHand:
    """Who did that earlier act does not do this one too."""

    hand: str
    sentence: str
    """What is said to whoever did."""
    where: Mapping[str, Any] = field(default_factory=dict)
    """Of which things this holds, by field and value; of all, where nothing is said."""

    def forbids(self, subject: Any, account: Any) -> bool:
        holds = all(getattr(subject, name) == value for name, value in self.where.items())
        return holds and getattr(subject, f"{self.hand}_by_id") == account.pk


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act."""

    verb: str
    label: str
    method: str = ""
    """What does it, on the model."""
    does: str = ""
    """What it will do, for whoever is about to press the button."""
    begins: Mapping[str, Collection[str]] = field(default_factory=dict)
    """In which states each role may do it (the role's verb in accounts.roles)."""
    leads_to: str = ""
    """The state after it; empty where the state stays."""
    hand: str = ""
    """The columns that keep who did it: reviewed stands for reviewed_by, reviewed_by_name and reviewed_at."""
    signs: str = ""
    """The column that keeps who did it, where name and time stand in the timeline alone."""
    fills: Collection[str] = ()
    """Hands that it fills too, where nobody has done that before."""
    takes_back: Collection[str] = ()
    """Hands of earlier acts that count no more: their columns are emptied, the timeline keeps them."""
    keeps_reason_in: str = ""
    """The column that keeps why."""
    writes: Collection[str] = ()
    """What else it writes: fields of the model."""
    not_by: Collection["OtherHand"] = ()
    """Whose hand may not do it too (four eyes)."""
    only_by: Mapping[str, str] = field(default_factory=dict)
    """Whose hand alone does it, with the sentence for everybody else."""
    takes_reason: bool = True
    why: str = ""
    """What is said to whoever gives no reason, where one is needed."""
    asks_password: bool = False
    password_note: str = "这一步公众立即看得到，请再输入一次密码。"  # noqa: S105
    is_awaited: bool = True
    """It is somebody's turn; what is not may be done at any time."""
    repeats: bool = False
    """The same person may do it twice in a row."""
    makes_sense: Callable[[Any], bool] = lambda situation: True
    """Whether to offer it in a situation, where role, state and hands would let it through."""

    def is_open_to_role(self, subject: Any, account: Any) -> bool:
        """Whether this person ever does this, whatever the state."""
        return any(_is_for(subject, account, role) for role in self.begins)

    def is_open_to(self, subject: Any, account: Any) -> bool:
        """Whether this person can begin it now, by role and state."""
        return any(subject.state in states and _is_for(subject, account, role) for role, states in self.begins.items())

    def hand_objection(self, subject: Any, account: Any) -> str:
        """Why it takes other hands than this person's; empty where it does not."""
        for other in self.not_by:
            if other.forbids(subject, account):
                return other.sentence
        for hand, sentence in self.only_by.items():
            if getattr(subject, f"{hand}_by_id") != account.pk:
                return sentence.format(name=getattr(subject, f"{hand}_by_name"))
        return ""


def _is_for(subject: Any, account: Any, role: str) -> bool:
    return bool(subject.may(account, role) and subject.concerns(account, role))


class Steps:
    """The table of one kind of thing."""

    def __init__(self, *steps: Step) -> None:
        self._by_verb = {step.verb: step for step in steps}

    def __iter__(self) -> Iterator[Step]:
        return iter(self._by_verb.values())

    def __getitem__(self, verb: str) -> Step:
        return self._by_verb[verb]

    def __contains__(self, verb: str) -> bool:
        return verb in self._by_verb

    def choices(self) -> list[tuple[str, str]]:
        return [(step.verb, step.label) for step in self]

    def open_to(self, subject: Any, account: Any) -> list[Step]:
        """What this person can begin now, by role and state."""
        return [] if subject.is_over else [step for step in self if step.is_open_to(subject, account)]

    def offered(self, situation: Situation) -> list[Step]:
        """What makes sense for this person now; it is asked again when it is done."""
        return self._sensible(situation, self.open_to(situation.subject, situation.account))

    def _sensible(self, situation: Situation, among: Iterable[Step]) -> list[Step]:
        subject, account = situation.subject, situation.account
        return [step for step in among if not step.hand_objection(subject, account) and step.makes_sense(situation)]

    def awaited(self, situation: Situation) -> list[Step]:
        """What is waited for of this person."""
        begun = self.open_to(situation.subject, situation.account)
        return self._sensible(situation, (step for step in begun if step.is_awaited))

    def four_eyes(self) -> Q:
        """What a constraint of the table holds of it: no hand is the hand that must be another's."""
        by_hand = Counter(step.hand for step in self)
        condition = Q()
        for step in self:
            for other in step.not_by if step.hand else ():
                here = dict(other.where)
                if by_hand[step.hand] > 1:  # who returns is kept where who withdraws is
                    here["state"] = str(step.leads_to)
                done, same = Q(**{f"{step.hand}_by": None}), Q(**{f"{step.hand}_by": F(f"{other.hand}_by")})
                condition &= done | ~same | ~Q(**here) if here else done | ~same
        return condition

    def needing_reason(self) -> list[str]:
        return [step.verb for step in self if step.why]
