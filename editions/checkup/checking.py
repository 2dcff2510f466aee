"""A list checked: what was found of it, and what had been decided of what was found."""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from editions.checkup.dictionary import Dictionary
from editions.checkup.rules import Checked, Finding, Level, check
from editions.checkup.rulings import KeptFinding, OwnFinding, Ruling
from editions.register import Register
from laws.dictionary import Entries, stored


@dataclass(frozen=True)
class Judged:
    """A finding, and the ruling on it, if there is one."""

    finding: Finding
    ruling: Ruling | None

    @property
    def is_open(self) -> bool:
        return self.ruling is None


@dataclass(frozen=True)
class CheckUp:
    """All that was found, in the order of the list."""

    found: tuple[Judged, ...]

    def open(self, level: Level) -> list[Judged]:
        return [judged for judged in self.found if judged.is_open and judged.finding.level == level]

    @property
    def errors(self) -> list[Judged]:
        """What keeps the list from being submitted: no ruling changes that."""
        return [judged for judged in self.found if judged.finding.level == Level.ERROR]

    @property
    def warnings(self) -> list[Judged]:
        """What the submitter has to say a word about."""
        return self.open(Level.WARNING)

    @property
    def informations(self) -> list[Judged]:
        return self.open(Level.INFORMATION)

    @property
    def settled(self) -> list[Judged]:
        return [judged for judged in self.found if not judged.is_open]

    def new_since(self, before: "CheckUp") -> "CheckUp":
        """What the list before had not."""
        known = {judged.finding.key for judged in before.found}
        return CheckUp(tuple(judged for judged in self.found if judged.finding.key not in known))

    def rows(self, edition: Any) -> Iterable[KeptFinding]:
        """As it is kept with an edition."""
        for number, (finding, ruling) in enumerate(((each.finding, each.ruling) for each in self.found), start=1):
            yield KeptFinding(
                edition=edition,
                number=number,
                rule=finding.rule,
                level=finding.level,
                kind=finding.spot.kind,
                code=finding.spot.code,
                anchor=finding.spot.anchor,
                place=finding.spot.named,
                text=finding.text,
                line=finding.line,
                sentence=finding.sentence,
                verdict=ruling.verdict if ruling else "",
                reason=ruling.reason if ruling else "",
            )


def check_up(register: Register, on: datetime.date) -> CheckUp:
    """The list as it is to be in force from that day on, in four queries; worked out once for the same list, the same
    dictionary and the same findings by hand."""
    by_hand = tuple(OwnFinding.objects.order_by("pk"))
    asked = _Asked(register, stored(), by_hand, on)
    rulings = Ruling.latest()
    return CheckUp(tuple(Judged(finding, rulings.get(finding.key)) for finding in _found(asked)))


class _Asked:
    """What is to be checked, the same where it would find the same."""

    def __init__(
        self, register: Register, entries: Entries, by_hand: tuple[OwnFinding, ...], on: datetime.date
    ) -> None:
        self.register, self.entries, self.by_hand, self.on = register, entries, by_hand, on
        self._key = (register.content_digest(), repr(entries), tuple(own.pk for own in by_hand), on)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key


@functools.lru_cache(maxsize=16)
def _found(asked: _Asked) -> tuple[Finding, ...]:
    return tuple(check(Checked(asked.register, Dictionary.of(asked.entries), asked.on, asked.by_hand)))
