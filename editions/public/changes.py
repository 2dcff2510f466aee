"""What one edition changed of another, as readers are told: by part, counted, with notes and reasons."""

import datetime
import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.public import edition_cache
from editions.public.catalogue import Catalogue
from editions.register.comparison import Change, compare, tally
from editions.register.register import Register


class NotCompared(Exception):
    """There is nothing to compare with; the message says why."""


@dataclass(frozen=True)
class Changes:
    """Two editions compared, the older first."""

    old: Edition
    new: Edition
    steps: tuple[Edition, ...]
    """The editions that led from the old one to the new one, the latest first: each has its note and its reasons."""

    @functools.cached_property
    def all(self) -> tuple[Change, ...]:
        """The parts first, each in the document's order."""
        found = compare(self.old.register(), self.new.register())
        return tuple(sorted(found, key=lambda change: not change.kind.is_part))

    @property
    def sections(self) -> list[tuple[parts.Kind, list[Change]]]:
        return [(kind, list(changes)) for kind, changes in itertools.groupby(self.all, key=lambda change: change.kind)]

    @property
    def counted(self) -> str:
        return edition_cache.compute(_counted_between, self.old, self.new)

    @property
    def total(self) -> int:
        """How many of the smallest units changed."""
        return sum(tally(self.all).values())

    @property
    def notes(self) -> list[tuple[Edition, str]]:
        return [(edition, edition.change_note) for edition in self.steps if edition.change_note]

    @property
    def revoked(self) -> list[Edition]:
        return [edition for edition in (self.old, self.new) if edition.revoked_on]

    def reasons_of(self, change: Change) -> list[tuple[str, str]]:
        """Why, from each edition that says so; with its label where there are several."""
        found = [(edition.label, reason_of(edition, change)) for edition in self.steps]
        return [(label if len(self.steps) > 1 else "", reason) for label, reason in found if reason]

    def retired_on(self, change: Change) -> datetime.date | None:
        """Since when what was retired is."""
        note = self.new.register().find("retired", change.code) if change.new is None else None
        day: datetime.date | None = note.document.retired_on if note else None
        return day


def reason_of(edition: Edition, change: Change) -> str:
    """Why this edition changed it, as the edition says; empty where it says nothing."""
    reason: str = edition.reasons.get(str(change.key), "")
    return reason


def counted(changes: Sequence[Change]) -> str:
    """新增 2 项、修改 1 项、修改具体工作事项 3 条"""
    return "、".join(f"{unit.label} {number} {unit.measure}" for unit, number in tally(changes).items())


@dataclass(frozen=True)
class ChangedDocument:
    """What is told of one change in a line."""

    key: Key
    anchor: str
    """On the page of changes."""
    line: str
    """ZZ-01 承担标准化工作：修改"""


def changed_documents(old: Edition, new: Edition) -> tuple[ChangedDocument, ...]:
    """All that readers are told, in few words: worked out once for two editions."""
    return edition_cache.compute(_changed_between, old, new)


def _changed_between(old: Register, new: Register) -> tuple[ChangedDocument, ...]:
    return tuple(
        ChangedDocument(each.key, each.anchor, f"{each.called} {each.title}：{each.said}".strip())
        for each in compare(old, new)
    )


def _counted_between(old: Register, new: Register) -> str:
    return counted(compare(old, new))


def older_first(one: Edition, other: Edition) -> tuple[Edition, Edition]:
    """The older and the newer: two editions are compared at one address."""
    return (one, other) if one.effective_on < other.effective_on else (other, one)


def between(seen: Catalogue, old: Edition, new: Edition) -> Changes:
    """The comparison of two published editions."""
    steps: list[Edition] = []
    step: Edition | None = new
    while step and step.effective_on > old.effective_on:
        steps.append(step)
        step = seen.before(step)
    return Changes(old, new, tuple(steps))


def against(seen: Catalogue, edition: Edition, label: str) -> Changes:
    """What an edition changed of an older one, or without a label of the one before. Raises NotCompared."""
    old = seen.find(label) if label else seen.before(edition)
    if old is None:
        said = f"没有公布过 {label} 版。" if label else f"{edition.label} 版是第一版，没有可以对照的。"
        raise NotCompared(said)
    if old == edition:
        raise NotCompared(f"{label} 版和它自己没有差别，请选另一版来对照。")
    if older_first(old, edition) != (old, edition):
        raise NotCompared(f"{label} 版比 {edition.label} 版新，请从 {label} 版看起。")
    return between(seen, old, edition)


def latest(seen: Catalogue, edition: Edition) -> Changes | None:
    """What an edition changed of the one before; None for the first."""
    before = seen.before(edition)
    return between(seen, before, edition) if before else None
