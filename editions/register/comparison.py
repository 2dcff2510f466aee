"""Two registers compared: what was added, retired, moved or changed, and in each changed document which words."""

import bisect
import functools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Listed, Register
from history.documents import Retired
from verbatim.documents import Document
from verbatim.redline import Piece, redline, shortened

CHANGE_TYPES = {"added": "新增", "retired": "取消", "changed": "修改", "moved": "移动", "renumbered": "改序号"}


@dataclass(frozen=True)
class FieldChange:
    """One text that is not the same: where it stands, and the words before and after."""

    anchor: str
    trail: tuple[str, ...]
    label: str
    old: str
    new: str

    @property
    def place(self) -> str:
        """Where it stands, in words: ZZ-01-01 责任股室."""
        return " ".join(filter(None, [*self.trail, self.label])) or "正文"

    @functools.cached_property
    def pieces(self) -> list[Piece]:
        return redline(self.old, self.new)

    @property
    def excerpt(self) -> list[Piece]:
        """The pieces without the long stretches that stayed."""
        return list(shortened(self.pieces))


@dataclass(frozen=True)
class Unit:
    """One thing that is counted: which of SORTS happened to it, and what it is called (具体工作事项), empty for an item
    of the list."""

    sort: str
    noun: str

    @property
    def label(self) -> str:
        return CHANGE_TYPES[self.sort] + self.noun

    @property
    def measure(self) -> str:
        return "条" if self.noun else "项"


@dataclass(frozen=True)
class Change:
    """One listed thing that is not the same; `old` is None where it was added, `new` where it was retired."""

    kind: parts.Kind
    code: str
    old: Listed | None
    new: Listed | None
    behind: tuple[str, str] | None = None
    """Where it moved: the code that it stood behind, and the one that it stands behind; empty at the head."""

    @property
    def key(self) -> Key:
        return Key(self.kind.name, self.code)

    @property
    def called(self) -> str:
        """What stands before its title: its code, or what it is where there is one of its kind for each part."""
        return parts.called(self.key)

    @property
    def anchor(self) -> str:
        """What it is called on a page of changes."""
        return self.key.slug.lower()

    @property
    def moved(self) -> bool:
        """It stands between other neighbours."""
        return self.behind is not None

    @property
    def listed(self) -> Listed:
        """As it is now, or as it last was."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def title(self) -> str:
        return self.listed.title

    @functools.cached_property
    def change_types(self) -> tuple[str, ...]:
        """Which of SORTS it is: more than one may hold of what stayed. None where readers are told nothing: a note that
        a code was retired comes with the item and goes with it."""
        if isinstance(self.listed.document, Retired) and not self.stayed:
            return ()
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("retired",)
        held = {"changed": bool(self.rewritten), "moved": self.moved, "renumbered": self.old.serial != self.new.serial}
        return tuple(sort for sort, holds in held.items() if holds)

    @property
    def differs(self) -> bool:
        """Whether anything is not the same, told or not."""
        if self.old is None or self.new is None:
            return True
        same = self.old.digest(self.kind.name) == self.new.digest(self.kind.name)
        return not same or self.moved or self.old.serial != self.new.serial

    @property
    def labels(self) -> list[str]:
        """What the sorts are called."""
        return [CHANGE_TYPES[sort] for sort in self.change_types]

    @property
    def said(self) -> str:
        return "、".join(self.labels)

    @property
    def stayed(self) -> bool:
        """It is in both lists."""
        return self.old is not None and self.new is not None

    @functools.cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """Every text that is not the same, in the order of the form; of what was added or retired, all of them."""
        return (*_place(self.behind), *_serial(self.old, self.new), *self.rewritten)

    @functools.cached_property
    def rewritten(self) -> tuple[FieldChange, ...]:
        """The texts of the document itself that are not the same."""
        if self.stayed and self.old.digest(self.kind.name) == self.new.digest(self.kind.name):  # type: ignore[union-attr]
            return ()
        return tuple(_fields(self.old, self.new))

    @functools.cached_property
    def units(self) -> tuple[Unit, ...]:
        """The smallest things that changed: of a duty with three work items that changed, those three."""
        inside = tuple(_units(self.old, self.new)) if "changed" in self.change_types or not self.stayed else ()
        own = [sort for sort in self.change_types if sort != "changed" or self._own_text_changed(inside)]
        return (*(Unit(sort, "") for sort in own), *inside)

    def _own_text_changed(self, inside: Sequence[Unit]) -> bool:
        """Whether something of the item itself changed, and not only of the rows inside it."""
        return not inside or _of_its_own(self.old) != _of_its_own(self.new)


def differences(old: Register, new: Register) -> tuple[Change, ...]:
    """All that is not the same, the notes of retired codes among it, kind by kind; within a kind in the new order, what
    was retired at its old place."""
    return tuple(change for kind in parts.kinds() for change in _of_kind(kind, old, new))


def compare(old: Register, new: Register) -> tuple[Change, ...]:
    """The differences that readers are told."""
    return tuple(change for change in differences(old, new) if change.change_types)


def tally(changes: Sequence[Change]) -> dict[Unit, int]:
    """How many of each unit there are, sort by sort, the items first."""
    found = Counter(unit for change in changes for unit in change.units)
    order = list(CHANGE_TYPES)
    return dict(sorted(found.items(), key=lambda each: (order.index(each[0].sort), each[0].noun != "")))


def counts(changes: Sequence[Change]) -> list[tuple[str, int]]:
    """How many of each unit there are, in words: 新增, 2; 修改具体工作事项, 3."""
    return [(unit.label, number) for unit, number in tally(changes).items()]


def _of_kind(kind: parts.Kind, old: Register, new: Register) -> Iterator[Change]:
    before = {getattr(listed.document, kind.key): listed for listed in old.of(kind.name)}
    after = {getattr(listed.document, kind.key): listed for listed in new.of(kind.name)}
    moved = _moved([code for code in before if code in after], [code for code in after if code in before])
    stood, stands = _behind(before), _behind(after)
    for code in in_order(list(before), list(after)):
        behind = (stood[code], stands[code]) if code in moved else None
        change = Change(kind, code, before.get(code), after.get(code), behind)
        if change.differs:
            yield change


def in_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """All codes of both: in the new order, each that is gone behind the one that it stood behind."""
    behind: dict[str, list[str]] = {}
    held, last = set(after), ""
    for code in before:
        if code in held:
            last = code
        else:
            behind.setdefault(last, []).append(code)
    return [*behind.get("", []), *(each for code in after for each in (code, *behind.get(code, [])))]


def _behind(codes: Collection[str]) -> dict[str, str]:
    """By code, the one that it stands behind."""
    return dict(zip(codes, ["", *codes], strict=False))


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest that have to move to make one order of the same codes the other."""
    if before == after:
        return set()
    place = {code: index for index, code in enumerate(before)}
    # The longest series that rises stays: for each length, the code with the smallest place that ends such a series.
    ends: list[str] = []
    previous: dict[str, str] = {}
    for code in after:
        length = bisect.bisect_left(ends, place[code], key=place.__getitem__)
        if length:
            previous[code] = ends[length - 1]
        ends[length : length + 1] = [code]
    stays, code = set(), ends[-1]
    while code:
        stays.add(code)
        code = previous.get(code, "")
    return set(after) - stays


@dataclass(frozen=True)
class Text:
    anchor: str
    trail: tuple[str, ...]
    label: str
    text: str
    is_note: bool = False
    """It stands in the note of a retired code: told only where both have that note."""


def _place(behind: tuple[str, str] | None) -> Iterator[FieldChange]:
    """That it moved, as far as the row before it tells: where that one moved too, it may be the same."""
    if behind and behind[0] != behind[1]:
        yield FieldChange("", (), "位置", *(f"排在 {code} 之后" if code else "排在最前" for code in behind))


def _serial(old: Listed | None, new: Listed | None) -> Iterator[FieldChange]:
    before, after = (listed.serial if listed else "" for listed in (old, new))
    if before != after:
        yield FieldChange("", (), "序号", before, after)


def _fields(old: Listed | None, new: Listed | None) -> Iterator[FieldChange]:
    before, after = texts_of(old), texts_of(new)
    for key in in_order(list(before), list(after)):
        was, is_now = before.get(key), after.get(key)
        place = is_now or was
        assert place is not None
        if place.is_note and not (was and is_now):
            continue
        texts = (was.text if was else "", is_now.text if is_now else "")
        if texts[0] != texts[1]:
            yield FieldChange(place.anchor, place.trail, place.label, *texts)
    if old and new:
        yield from _reordered(old.document, new.document)


def texts_of(listed: Listed | None) -> dict[str, Text]:
    """Every text of a document by where it stands."""
    texts: dict[str, Text] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for place in listed.document.places() if listed else ():
        spot = (place.anchor, type(place.document).__name__)
        seen[spot] += 1
        note = isinstance(place.document, Retired)
        for label, text in [*((cell.column, cell.text) for cell in place.cells), *place.document.facts()]:
            texts[f"{spot} {seen[spot]} {label}"] = Text(place.anchor, place.trail, label, text, note)
    return texts


def _of_its_own(listed: Listed | None) -> dict[str, str]:
    """The texts of a document that stand in no row inside it."""
    rows = _rows(listed.document) if listed else {}
    return {key: each.text for key, each in texts_of(listed).items() if each.anchor not in rows and not each.is_note}


def _rows(document: Document) -> dict[str, str]:
    """The rows inside a document by their anchors: what one of each is called."""
    return {place.anchor: place.document.noun for place in document.places() if place.document.noun}


def _owners(document: Document) -> dict[str, str]:
    """By anchor of a row, the anchor of what it stands in."""
    rows = _rows(document)
    return {
        code.lower(): place.anchor
        for place in document.places()
        for _, codes in place.document.order()
        for code in codes
        if code.lower() in rows
    }


def _units(old: Listed | None, new: Listed | None) -> Iterator[Unit]:
    """The rows inside that were added, retired, changed or moved, each once for each of these."""
    before, after = (_rows(listed.document) if listed else {} for listed in (old, new))
    texts: list[dict[str, list[str]]] = []
    for listed in (old, new):
        by_row: dict[str, list[str]] = {}
        for key, each in texts_of(listed).items():
            if not each.is_note:
                by_row.setdefault(each.anchor, []).append(f"{key} {each.text}")
        texts.append(by_row)
    for anchor in in_order(list(before), list(after)):
        if anchor not in before:
            yield Unit("added", after[anchor])
        elif anchor not in after:
            yield Unit("retired", before[anchor])
        elif texts[0].get(anchor) != texts[1].get(anchor):
            yield Unit("changed", after[anchor])
    if old and new:
        for anchor in sorted(_moved_inside(old.document, new.document)):
            yield Unit("moved", after[anchor])


def _moved_inside(old: Document, new: Document) -> set[str]:
    """The anchors of rows that stand in another row than before, or in another order."""
    was, now = _owners(old), _owners(new)
    moved = {anchor for anchor in was if anchor in now and was[anchor] != now[anchor]}
    for owner in dict.fromkeys(now.values()):
        stayed = [
            [anchor for anchor, held in each.items() if held == owner and was.get(anchor) == now.get(anchor)]
            for each in (was, now)
        ]
        moved |= _moved(*stayed)
    return moved


def _reordered(old: Document, new: Document) -> Iterator[FieldChange]:
    """Rows inside the document that stand in another order than before, or in another row."""
    was, now = _owners(old), _owners(new)
    called = {place.anchor: place for each in (old, new) for place in each.places()}
    for anchor in now:
        if anchor in was and was[anchor] != now[anchor]:
            owners = (called[owner].document.called or "本项" for owner in (was[anchor], now[anchor]))
            yield FieldChange(anchor, called[anchor].trail, "属于", *owners)
    before: dict[Any, Any] = {(p.anchor, name): codes for p in old.places() for name, codes in p.document.order()}
    for place in new.places():
        for name, codes in place.document.order():
            was_here = before.get((place.anchor, name), ())
            stayed = [code for code in was_here if code in codes], [code for code in codes if code in was_here]
            if stayed[0] != stayed[1]:
                yield FieldChange(place.anchor, place.trail, "先后", *("、".join(each) for each in stayed))
