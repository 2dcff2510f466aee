"""The bench of the check-up: what was found, narrowed down by rule, item, office, level and state, and gone through one
after another."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from editions.checkup.checking import Judged, check_up
from editions.checkup.rule import LEVELS, Finding, Level, rule
from editions.checkup.rulings import Mend, Ruling
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Register, compose
from verbatim.fields import PlainForm, paragraphs

OPEN, MENDED, WAITING, SETTLED = "open", "mended", "waiting", "settled"
STATES = {OPEN: "待处理", MENDED: "已拟改", WAITING: "等第二人核对", SETTLED: "已处理"}


@dataclass(frozen=True)
class Row:
    """A finding as it lies on the bench."""

    judged: Judged
    state: str
    offices: frozenset[str]
    """The codes of those that the item names as responsible."""

    @property
    def finding(self) -> Finding:
        return self.judged.finding

    @property
    def key(self) -> str:
        return self.finding.key

    @property
    def item(self) -> str:
        """What it stands in, as people call it."""
        spot = self.finding.spot
        return parts.called(spot.key) if spot.kind != "frames" else _frame_of(spot.code)

    @property
    def may_be_ruled_on(self) -> bool:
        return self.judged.is_open and self.finding.level != Level.ERROR


def _frame_of(name: str) -> str:
    part = parts.part(name)
    return f"{part.label if part else name}的表头和注"


def rows() -> list[Row]:
    """All that was found of the working rows, in the order of the list."""
    register = compose()
    mended = {(mend.kind, mend.code, mend.line) for mend in Mend.objects.all()}
    waiting = {ruling.words for ruling in Ruling.waiting()}
    offices = _offices_by_item(register)

    def state(judged: Judged) -> str:
        finding = judged.finding
        if finding.words in waiting:
            return WAITING
        if not judged.is_open:
            return SETTLED
        return MENDED if (finding.spot.kind, finding.spot.code, finding.line) in mended else OPEN

    found = check_up(register, timezone.localdate()).found
    return [Row(each, state(each), offices.get(each.finding.spot.key, frozenset())) for each in found]


def _offices_by_item(register: Register) -> dict[Key, frozenset[str]]:
    names = register.names("offices")
    found: dict[Key, frozenset[str]] = {}
    for kind in parts.kinds():
        for document in register.documents(kind.name):
            cells = (cell.text for place in document.places() for cell in place.cells if cell.responsible)
            spans = (span for text in cells for line in paragraphs(text) for span in names.in_cell(line).spans)
            found[kind.key_of(document)] = frozenset(span.target.code for span in spans)
    return found


def by_item(listed: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """In the order of the list, under what each stands in."""
    return [(named, list(each)) for named, each in itertools.groupby(listed, key=lambda row: row.item)]


def counted(listed: Iterable[Row]) -> list[tuple[str, int]]:
    """待处理 172, 已拟改 3"""
    counts = Counter(row.state for row in listed)
    return [(said, counts[state]) for state, said in STATES.items() if counts[state]]


class NarrowForm(PlainForm):
    """Only what is there can be chosen. Nothing chosen is what waits to be handled."""

    state = forms.ChoiceField(label="状态", required=False)
    level = forms.ChoiceField(label="程度", required=False)
    rule = forms.ChoiceField(label="规则", required=False)
    part = forms.ChoiceField(label="条目", required=False)
    office = forms.ChoiceField(label="股室", required=False)

    def __init__(self, data: Any, listed: list[Row]) -> None:
        super().__init__(data)
        self._listed = listed
        offices = {office.code: office.name for office in compose().documents("offices")}
        self._offer("state", [("", STATES[OPEN]), *list(STATES.items())[1:], ("all", "全部")])
        self._offer("level", [("", "全部"), *((str(each), LEVELS[each]) for each in Level)])
        self._offer("rule", [("", "全部"), *sorted(self._held(_rule, _called), key=lambda named: named[1])])
        self._offer("part", [("", "全部"), *self._held(_item, lambda row: row.item)])
        held = {code for row in listed for code in row.offices}
        self._offer("office", [("", "全部"), *((code, name) for code, name in offices.items() if code in held)])

    def _held(self, value: Callable[[Row], str], called: Callable[[Row], str]) -> list[tuple[str, str]]:
        return list({value(row): called(row) for row in self._listed}.items())

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def narrowed(self, *, besides: str = "") -> list[Row]:
        """What was asked for, also the one of that key whatever its state; everything that waits to be handled, where
        what was asked for is not there."""
        asked = dict(self.cleaned_data) if self.is_valid() else {}
        wanted = asked.pop("state", "") or OPEN
        tests: dict[str, Callable[[Row, str], bool]] = {
            "level": lambda row, value: row.finding.level == value,
            "rule": lambda row, value: _rule(row) == value,
            "part": lambda row, value: _item(row) == value,
            "office": lambda row, value: value in row.offices,
        }
        chosen = [(tests[name], value) for name, value in asked.items() if value]
        held = (row for row in self._listed if all(test(row, value) for test, value in chosen))
        return [row for row in held if wanted in ("all", row.state) or row.key == besides]


def _rule(row: Row) -> str:
    return row.finding.rule


def _called(row: Row) -> str:
    known = rule(row.finding.rule)
    return known.label if known else row.finding.rule


def _item(row: Row) -> str:
    return row.finding.spot.key.slug


@dataclass(frozen=True)
class Neighbours:
    """Where one goes on from a finding, in what was narrowed down."""

    place: int
    of: int
    before: str
    after: str

    @classmethod
    def of_key(cls, key: str, asked: QueryDict) -> Neighbours | None:
        listed = NarrowForm(asked, rows()).narrowed(besides=key)
        keys = [row.key for row in listed]
        if key not in keys:
            return None
        at = keys.index(key)
        after = keys[at + 1] if at + 1 < len(keys) else ""
        return cls(at + 1, len(keys), keys[at - 1] if at else "", after)


def narrowed_query(asked: QueryDict) -> str:
    """What was narrowed down, to be carried along: ?rule=spaced&office=GS-06"""
    kept = {name: value for name in NarrowForm.base_fields if (value := asked.get(name))}
    return f"?{_encoded(kept)}" if kept else ""


def _encoded(kept: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(kept)
    return query.urlencode()
