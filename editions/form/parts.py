"""What an edition is made of: kinds of documents, among them the parts of the list in its own order.

Kinds below this floor (departments, offices, laws, citations) and the frames are registered by this app; each part of
the list registers itself from its AppConfig. Nothing here knows a part by name. What is registered is what a list may
have; which parts a list has, it says itself (`Register.parts`).
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

from acts.errors import Refused
from editions.form.columns import OF_ITS_DOCUMENT, Sheet, Table, sheet, table_of
from editions.form.keys import Key
from editions.form.seen_codes import IssuedCode, LastSeen, last_seen_by_public
from history import gates, locks
from history.lines import parts_of
from verbatim.documents import Document


@dataclass(frozen=True)
class Kind:
    """One kind of document."""

    name: str
    """Key in the interchange form and, for a part, its place in URLs: duties."""
    order: int
    """Its place in the form and in the content digest: for good, like its name."""
    document: type[Document]
    label: str
    """What the interface calls it."""
    key: str = "code"
    """The field, of document and row alike, that names one of them permanently."""
    single: bool = False
    """There is exactly one: the cover."""
    is_part: ClassVar[bool] = False
    """Whether it is a part of the list, with pages and papers of its own."""

    def key_of(self, document: Any) -> Key:
        return Key(self.name, getattr(document, self.key))

    def compose(self) -> Iterator[tuple[str, Document]]:
        """The documents of the working rows, each with its printed serial number, in order."""
        raise NotImplementedError

    def load(self, document: Any, *, reason: str, **place: Any) -> None:
        """Write the document into the working rows, at that place (serial, position)."""
        raise NotImplementedError


@dataclass(frozen=True)
class RowKind(Kind):
    """Documents that are each composed from one working row and what hangs on it.

    `model` has `objects.with_everything()` (the listed rows with all that a document needs, in order, in a constant
    number of queries); its rows have `document()` and `load(document, row=…, reason=…)`.
    """

    model: type[Any] = field(kw_only=True)

    def rows(self) -> Iterator[tuple[Any, str]]:
        """The models whose rows a document is composed from, each with the way from there to the key of the document:
        WorkItem, duty__code."""
        for model, way in parts_of(self.model):
            yield model, self.key if way == "pk" else f"{way}__{self.key}"

    def compose(self) -> Iterator[tuple[str, Document]]:
        composed = list(self._composed())
        public = last_seen_by_public(given for _, document in composed for given, _ in self._retired_inside(document))
        for serial, document in composed:
            inside = self._retired_inside(document)
            kept = tuple(with_public_title(note, public[given]) for given, note in inside if given in public)
            yield serial, document.model_copy(update={"retired": kept}) if inside else document

    def _retired_inside(self, document: Any) -> list[tuple[IssuedCode, Document]]:
        """The notes of retired codes that stand in a document."""
        notes = getattr(document, "retired", ())
        return [(IssuedCode(self.name, getattr(document, self.key), note.code), note) for note in notes]

    def _composed(self) -> Iterator[tuple[str, Document]]:
        for row in self.model.objects.with_everything():
            try:
                yield getattr(row, "serial", ""), row.document()
            except ValidationError as error:
                reasons = "；".join(
                    str(problem.get("ctx", {}).get("error", problem["msg"])) for problem in error.errors()
                )
                raise Refused(f"{self.label} {row} 不能编入清单：{reasons}。请先改正这一条。") from error

    def load(self, document: Any, *, reason: str, **place: Any) -> None:
        named = {self.key: getattr(document, self.key)}
        row = self.model.objects.filter(**named).first() or self.model(**named)
        for name, value in place.items():
            setattr(row, name, value)
        self.model.load(document, row=row, reason=reason)


@dataclass(frozen=True)
class Part(RowKind):
    """A part of the list. What its pages and papers have of their own is in templates/<name>/part.html, item.html and,
    where it prints running text, print.html, as far as they are there."""

    is_part = True

    table: Table | None = field(default=OF_ITS_DOCUMENT, kw_only=True)
    """The columns of its form, or RUNNING_TEXT; those of its document where nothing else is said."""
    also_called: tuple[str, ...] = ()
    """What people say for it, before a number: 职责8."""

    def __post_init__(self) -> None:
        if self.table is OF_ITS_DOCUMENT:
            object.__setattr__(self, "table", table_of(self.document))
        if self.table and (differing := self.table.differences(self.document)):
            raise ImproperlyConfigured(f"{self.name}: 表的栏目和条目印出的文字对不上：{'、'.join(sorted(differing))}。")

    def sheet(self, columns: str, items: Sequence[Any]) -> Sheet | None:
        """Its table as a list with these items prints it; `columns` are the titles on its frame, one a line."""
        return sheet(self.table, columns, items) if self.table else None

    @property
    def series(self) -> str:
        """What its codes begin with."""
        return str(self.model.code_prefix)

    def templates(self, page: str) -> list[str]:
        """Its own template for a page, or else that of all parts."""
        return [f"{self.name}/{page}.html", {"part": "editions/register.html", "item": "editions/item.html"}[page]]


def with_public_title(note: Any, seen: LastSeen) -> Any:
    """The note of a retired code with the title under which the public knew it: what was changed between then and its
    retiring has never been reviewed, and is nobody's business any more."""
    title = get(seen.kind).document.read(seen.text).title_of(note.code) if seen.text else note.title
    return note if title == note.title else note.model_copy(update={"title": title})


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Raises ImproperlyConfigured where the form has no place for it."""
    if faults := list(_out_of_place(kind)):
        raise ImproperlyConfigured(f"“{kind.label}”（{kind.name}）不能编入清单：{'；'.join(faults)}。")
    _kinds[kind.name] = kind
    rows_of_the_list.cache_clear()


def _out_of_place(kind: Kind) -> Iterator[str]:
    for other in _kinds.values():
        if other.name == kind.name:
            yield f"“{other.label}”已经用了这个名称"
        if other.order == kind.order:
            yield f"“{other.label}”已经排在第 {kind.order} 位"
        if isinstance(kind, Part) and isinstance(other, Part) and other.series == kind.series:
            yield f"“{other.label}”的代码也以 {kind.series} 开头"
    if isinstance(kind, Part):
        if not re.fullmatch(r"[a-z]{1,30}", kind.name) or kind.model._meta.app_label != kind.name:
            yield "名称要和应用的一样，用小写字母，最多 30 个"
        if not re.fullmatch(r"[A-Z]{2}-", kind.series):
            yield "代码要以两个大写字母和连字符开头"


def kinds() -> list[Kind]:
    """Every kind, in the order in which an edition holds them."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


@functools.cache
def rows_of_the_list() -> tuple[type[Any], ...]:
    """The models whose rows documents are composed from: they are what an edition publishes, and their trails are
    sealed with it. Other rows have a trail too, but wait for no edition."""
    found = {model for kind in kinds() if isinstance(kind, RowKind) for model, _ in kind.rows()}
    return tuple(sorted(found, key=lambda model: str(model._meta.db_table)))


def parts() -> list[Part]:
    """The parts of the list, in the document's order."""
    return [kind for kind in kinds() if isinstance(kind, Part)]


def retirable() -> list["RowKind"]:
    """The kinds whose rows have permanent codes and are retired."""
    return [kind for kind in kinds() if isinstance(kind, RowKind) and kind.key == "code" and not kind.single]


def lock(keys: Iterable[Key]) -> None:
    """Nobody else writes these things, or adds a row to one, until the transaction ends; read them after this."""
    codes: dict[RowKind, set[str]] = {}
    for key in keys:
        codes.setdefault(row_kind(key.kind), set()).add(key.code)
    rows = [(model, way, codes[kind]) for kind in sorted(codes, key=lambda k: k.order) for model, way in kind.rows()]
    for model, _, _ in rows:
        gates.wait(model)
    for table in sorted({model._meta.db_table for model, _, _ in rows}):
        locks.series(table)
    for model, way, each in rows:
        model.objects.filter(**{f"{way}__in": each}).lock()


def get(name: str) -> Kind:
    return _kinds[name]


def row_kind(name: str) -> RowKind:
    kind = get(name)
    assert isinstance(kind, RowKind)
    return kind


def called(key: Key) -> str:
    """What readers call it: its code, or what it is where codes are none that they know (cover, frames)."""
    known = _kinds.get(key.kind)
    return known.label if known and (known.single or known.key != "code") else key.code


def is_known(name: str) -> bool:
    return name in _kinds


def part(name: str) -> Part | None:
    found = _kinds.get(name)
    return found if isinstance(found, Part) else None
