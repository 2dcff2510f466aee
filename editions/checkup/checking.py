"""A list checked: what was found of it, and what had been decided of what was found."""

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from editions.checkup.dictionary import Dictionary
from editions.checkup.rule import CheckContext, Finding, Level, check
from editions.checkup.rulings import OwnFinding, Ruling
from editions.register.register import Register
from laws.dictionary import Entries, stored


@dataclass(frozen=True)
class Judged:
    """A finding, and the ruling on it, if there is one."""

    finding: Finding
    ruling: Ruling | None

    @property
    def is_open(self) -> bool:
        return self.ruling is None

    def dump(self) -> dict[str, Any]:
        ruled = {"ruling": self.ruling.verdict, "reason": self.ruling.reason} if self.ruling else {}
        return self.finding.dump() | ruled

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Judged":
        ruling = Ruling(verdict=row["ruling"], reason=row["reason"]) if "ruling" in row else None
        return cls(Finding.read(row), ruling)


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

    def objection(self, word: str) -> str:
        """Why the list cannot be submitted with that word on its warnings; empty where it can. Errors stand in the way,
        warnings that nobody has ruled on need a word."""
        for judged in self.errors:
            return f"体检有错误，不能送审：{judged.finding.spot.named}，{judged.finding.sentence}"
        if self.warnings and not word:
            return f"体检有 {len(self.warnings)} 条提醒没有处理。请逐条处理，或者写一句说明再送审。"
        return ""

    def new_since(self, before: "CheckUp") -> "CheckUp":
        """What the list before had not."""
        known = {judged.finding.key for judged in before.found}
        return CheckUp(tuple(judged for judged in self.found if judged.finding.key not in known))

    def dump(self) -> list[dict[str, Any]]:
        """As it is printed, and kept with an edition."""
        return [judged.dump() for judged in self.found]

    @classmethod
    def read(cls, rows: Iterable[Mapping[str, Any]]) -> "CheckUp":
        """What was kept with an edition."""
        return cls(tuple(Judged.read(row) for row in rows))


def check_up(register: Register, on: datetime.date, *, as_edition: bool = False) -> CheckUp:
    """The list as it is to be in force from that day on, in four queries; worked out once for the same list, the same
    dictionary and the same findings by hand. `as_edition`: it is about to become one."""
    return _CheckInputs.open().check_up(register, on, as_edition)


def check_up_beside(
    register: Register, base: Register, on: datetime.date, *, as_edition: bool = False
) -> tuple[CheckUp, CheckUp]:
    """The check-up of a list, and what of it is not found in its base; four queries as well."""
    inputs = _CheckInputs.open()
    found = inputs.check_up(register, on, as_edition)
    return found, found.new_since(inputs.check_up(base, on, False))


@dataclass(frozen=True)
class _CheckInputs:
    """What a list is held against, and what had been decided."""

    entries: Entries
    by_hand: tuple[OwnFinding, ...]
    rulings: Mapping[str, Ruling]

    @classmethod
    def open(cls) -> "_CheckInputs":
        return cls(stored(), tuple(OwnFinding.objects.agreed()), Ruling.latest())

    def check_up(self, register: Register, on: datetime.date, as_edition: bool) -> CheckUp:
        found = _found(_CacheKey(register, self.entries, self.by_hand, on, as_edition))
        return CheckUp(tuple(Judged(finding, self._ruling_on(finding)) for finding in found))

    def _ruling_on(self, finding: Finding) -> Ruling | None:
        held = self.rulings.get(finding.words)
        return held if held and held.covers(finding) else None


class _CacheKey:
    """What is to be checked, the same where it would find the same."""

    def __init__(
        self,
        register: Register,
        entries: Entries,
        by_hand: tuple[OwnFinding, ...],
        on: datetime.date,
        as_edition: bool,
    ) -> None:
        self.register, self.entries, self.by_hand, self.on, self.as_edition = register, entries, by_hand, on, as_edition
        self._key = (register.content_digest(), repr(entries), tuple(own.pk for own in by_hand), on, as_edition)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CacheKey) and self._key == other._key


@functools.lru_cache(maxsize=16)
def _found(asked: _CacheKey) -> tuple[Finding, ...]:
    dictionary = Dictionary.of(asked.entries)
    return tuple(check(CheckContext(asked.register, dictionary, asked.on, asked.by_hand, as_edition=asked.as_edition)))
