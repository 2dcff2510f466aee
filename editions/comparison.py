"""Two registers compared: what was added, retired, moved or changed, and in each changed document which words."""

import bisect
import functools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from editions import parts
from editions.register import Listed, Register
from verbatim.documents import Document
from verbatim.redline import Piece, redline, shortened

SORTS = {"added": "新增", "retired": "取消", "changed": "修改", "moved": "移动", "renumbered": "改序号"}


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
class Change:
    """One listed thing that is not the same; `old` is None where it was added, `new` where it was retired."""

    kind: parts.Kind
    code: str
    old: Listed | None
    new: Listed | None
    behind: tuple[str, str] | None = None
    """Where it moved: the code that it stood behind, and the one that it stands behind; empty at the head."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.name, self.code

    @property
    def called(self) -> str:
        """What stands before its title: its code, or what it is where there is one of its kind for each part."""
        return parts.called(self.kind.name, self.code)

    @property
    def anchor(self) -> str:
        """What it is called on a page of changes."""
        return f"{self.kind.name}-{self.code}".lower()

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
    def sorts(self) -> tuple[str, ...]:
        """Which of SORTS it is: more than one may hold of what stayed."""
        if self.old is None:
            return ("added",)
        if self.new is None:
            return ("retired",)
        same = self.old.digest(self.kind.name) == self.new.digest(self.kind.name)
        held = {"changed": not same, "moved": self.moved, "renumbered": self.old.serial != self.new.serial}
        return tuple(sort for sort, holds in held.items() if holds)

    @property
    def labels(self) -> list[str]:
        """What the sorts are called."""
        return [SORTS[sort] for sort in self.sorts]

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
        return (*_place(self.behind), *_fields(self.old, self.new))


def compare(old: Register, new: Register) -> tuple[Change, ...]:
    """What is not the same, kind by kind; within a kind in the new order, what was retired at its old place."""
    return tuple(change for kind in parts.kinds() for change in _of_kind(kind, old, new))


def counts(changes: Sequence[Change]) -> list[tuple[str, int]]:
    """How many of each sort there are: 新增, 2."""
    found = Counter(sort for change in changes for sort in change.sorts)
    return [(label, found[sort]) for sort, label in SORTS.items() if found[sort]]


def _of_kind(kind: parts.Kind, old: Register, new: Register) -> Iterator[Change]:
    before = {getattr(listed.document, kind.key): listed for listed in old.of(kind.name)}
    after = {getattr(listed.document, kind.key): listed for listed in new.of(kind.name)}
    moved = _moved([code for code in before if code in after], [code for code in after if code in before])
    stood, stands = _behind(before), _behind(after)
    for code in in_order(list(before), list(after)):
        behind = (stood[code], stands[code]) if code in moved else None
        change = Change(kind, code, before.get(code), after.get(code), behind)
        if change.sorts:
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
class _Text:
    anchor: str
    trail: tuple[str, ...]
    label: str
    text: str


def _place(behind: tuple[str, str] | None) -> Iterator[FieldChange]:
    """That it moved, as far as the row before it tells: where that one moved too, it may be the same."""
    if behind and behind[0] != behind[1]:
        yield FieldChange("", (), "位置", *(f"排在 {code} 之后" if code else "排在最前" for code in behind))


def _fields(old: Listed | None, new: Listed | None) -> Iterator[FieldChange]:
    before, after = _texts(old), _texts(new)
    for key in in_order(list(before), list(after)):
        was, is_now = before.get(key), after.get(key)
        place = is_now or was
        assert place is not None
        texts = (was.text if was else "", is_now.text if is_now else "")
        if texts[0] != texts[1]:
            yield FieldChange(place.anchor, place.trail, place.label, *texts)
    if old and new:
        yield from _reordered(old.document, new.document)


def _texts(listed: Listed | None) -> dict[str, _Text]:
    """Every text of a document by where it stands."""
    if listed is None:
        return {}
    texts = {"serial": _Text("", (), "序号", listed.serial)} if listed.serial else {}
    seen: Counter[tuple[str, str]] = Counter()
    for place in listed.document.places():
        spot = (place.anchor, type(place.document).__name__)
        seen[spot] += 1
        for label, text in [*((cell.column, cell.text) for cell in place.cells), *place.document.facts()]:
            texts[f"{spot} {seen[spot]} {label}"] = _Text(place.anchor, place.trail, label, text)
    return texts


def _reordered(old: Document, new: Document) -> Iterator[FieldChange]:
    """Rows inside the document that stand in another order than before."""
    before: dict[Any, Any] = {(p.anchor, name): codes for p in old.places() for name, codes in p.document.order()}
    for place in new.places():
        for name, codes in place.document.order():
            was = before.get((place.anchor, name), ())
            stayed = [code for code in was if code in codes], [code for code in codes if code in was]
            if stayed[0] != stayed[1]:
                yield FieldChange(place.anchor, place.trail, "先后", *("、".join(each) for each in stayed))
