"""What a rule of a penalty case is: on what it rests in each of its versions, and what it objects to.

A rule is asked with plain values and answers with objections, none where all is well. It looks at no database and at no
clock.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from acts.errors import Refused
from clocks.deadlines import Deadline
from clocks.limits_of_the_law import in_force
from clocks.sources import in_words, tags_of
from clocks.time_limit import SECOND, THIRD, Certainty, Hardness, TimeLimit


@dataclass(frozen=True)
class Objection:
    """What a rule has against an act: refused, or to be answered with a reason, or only to be remembered."""

    rule: str
    sentence: str
    clause: str
    hardness: Hardness
    certainty: Certainty = Certainty.READ
    override: str = ""
    """The clause on which the reviewer may let it pass with a reason; empty where nobody may."""

    @property
    def is_refusal(self) -> bool:
        return self.hardness is Hardness.REFUSE

    @property
    def asks_reason(self) -> bool:
        return self.hardness is Hardness.WARN

    @property
    def tags(self) -> list[str]:
        """清单, 规章, 法律, 本系统: who says so, in the order of the clause."""
        return tags_of(self.clause)

    def __str__(self) -> str:
        return f"〔{'、'.join(self.tags)}〕{self.sentence}（{in_words(self.clause)}）。"


@dataclass(frozen=True)
class RuleVersion:
    """On what a rule rests from a day on; `since` is None for the version before all others."""

    since: datetime.date | None
    clause: str
    hardness: Hardness
    certainty: Certainty = Certainty.READ


def in_a(clause: str, hardness: Hardness = Hardness.REFUSE, certainty: Certainty = Certainty.READ) -> RuleVersion:
    return RuleVersion(None, clause, hardness, certainty)


def in_b(clause: str, hardness: Hardness = Hardness.REFUSE, certainty: Certainty = Certainty.READ) -> RuleVersion:
    return RuleVersion(SECOND, clause, hardness, certainty)


def in_c(clause: str, hardness: Hardness = Hardness.REFUSE, certainty: Certainty = Certainty.READ) -> RuleVersion:
    return RuleVersion(THIRD, clause, hardness, certainty)


def since(
    day: datetime.date, clause: str, hardness: Hardness = Hardness.REFUSE, certainty: Certainty = Certainty.READ
) -> RuleVersion:
    return RuleVersion(day, clause, hardness, certainty)


class Rule:
    """One rule. It has a `check` of its own, or says in `unchecked` why no program can ask."""

    id: ClassVar[str]
    title: ClassVar[str]
    paragraphs: ClassVar[tuple[str, ...]] = ()
    """The anchors of the paragraphs of regime 十四 on which it rests."""
    declared: ClassVar[tuple[RuleVersion, ...]] = ()
    unchecked: ClassVar[str] = ""
    note: ClassVar[str] = ""
    """Where list and law differ, or the norms leave something open: how this system reads them."""

    @classmethod
    def versions(cls) -> tuple[RuleVersion, ...]:
        """The earliest first."""
        return cls.declared

    @classmethod
    def on(cls, day: datetime.date) -> RuleVersion | None:
        """The version of that day; None before the first."""
        held = [each for each in cls.versions() if each.since is None or each.since <= day]
        return held[-1] if held else None

    @classmethod
    def objection(
        cls,
        day: datetime.date,
        sentence: str,
        *,
        clause: str = "",
        hardness: Hardness | None = None,
        override: str = "",
    ) -> Objection:
        """Under the version of that day, or another clause or hardness where they are given. Raises AssertionError
        before the first version."""
        version = cls.on(day)
        assert version is not None, f"{cls.id} has no version on {day}"
        given = clause or version.clause, hardness or version.hardness
        return Objection(cls.id, sentence, *given, version.certainty, override)


class TimeRule(Rule):
    """A rule that is a time limit: its versions are those of `clocks`."""

    also: ClassVar[tuple[str, ...]] = ()
    """The names of the other time limits that belong to it."""

    @classmethod
    def limit_names(cls) -> tuple[str, ...]:
        return (cls.id, *cls.also)

    @classmethod
    def versions(cls) -> tuple[RuleVersion, ...]:
        return tuple(
            RuleVersion(each.since, each.clause, each.hardness, each.certainty) for each in in_force().versions(cls.id)
        )

    @classmethod
    def check(cls, deadline: Deadline, day: datetime.date) -> Iterator[Objection]:
        """Whether what had to be done by then is done on that day."""
        if deadline.has_passed(day):
            yield cls.under(deadline.limit, f"“{deadline.limit.title}”的期限 {deadline.due} 已满，现在是 {day}")

    @classmethod
    def under(cls, limit: TimeLimit, sentence: str) -> Objection:
        """With clause and hardness of the version by which the time runs."""
        return Objection(cls.id, sentence, limit.clause, limit.hardness, limit.certainty)

    @classmethod
    def check_settled(cls, deadline: Deadline, act: str) -> Iterator[Objection]:
        """What may be done only when a time is over waits until it is known when that is."""
        if deadline.is_provisional:
            said = f"“{deadline.limit.title}”的期限是暂定的，现在不能{act}：{deadline.why_provisional.rstrip('。')}"
            yield Objection(cls.id, said, "本系统", Hardness.REFUSE)


class Refusal(Refused):
    """Objections that nobody's reason overcomes."""

    def __init__(self, objections: Iterable[Objection]) -> None:
        self.objections = tuple(objections)
        super().__init__("".join(map(str, self.objections)))


def refuse(objections: Iterable[Objection]) -> list[Objection]:
    """What is left to be answered or remembered. Raises Refusal."""
    found = list(objections)
    if refusals := [each for each in found if each.is_refusal]:
        raise Refusal(refusals)
    return found
