"""The register: the whole list as documents. Composed from the working rows, read from an edition, or parsed from the
interchange form; everything public reads a register and nothing else."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from acts.errors import Refused
from editions.form import parts
from editions.form.columns import FormItem, Sheet
from editions.form.documents import CoverDocument, FrameDocument
from editions.form.keys import Key
from editions.form.parts import Part
from editions.form.seen_codes import issued_digest
from editions.register.bounded_cache import BoundedCache
from history.rows_digest import rows_digest
from verbatim.characters import complaint
from verbatim.documents import HeldText, digest
from verbatim.fields import paragraphs
from verbatim.names import Names

SCHEMA = 1
"""The shape of documents that this code writes. Older versions stay as they were stored."""


def read_version(kind: str, schema: int, text: str, digest: str) -> Any:
    """The document of a stored version, one for all editions that hold it. Versions of an older schema get their reader
    here and stay as they are."""
    if schema != SCHEMA:
        raise Refused(f"条目版本的格式是 {schema}，本程序只读 {SCHEMA}，请升级程序。")
    known = _read.get(digest)
    if known is None:
        known = _read[digest] = parts.get(kind).document.read(text)
    return known


_read: weakref.WeakValueDictionary[str, Any] = weakref.WeakValueDictionary()
"""The documents that some register holds, by the digest of their version."""


@dataclass(frozen=True)
class Listed:
    """A document in its place: `serial` is the number printed there (1, （一）), empty for what has none."""

    serial: str
    document: Any
    stored: str = ""
    """The digest of the version that it was read from; empty for what was not frozen."""

    @property
    def title(self) -> str:
        """What it is called in one line, whatever kind it is of."""
        named = (getattr(self.document, name, "") for name in ("title", "name", "heading", "quoted"))
        return str(next(filter(None, named), ""))

    def digest(self, kind: str) -> str:
        return self.stored or version_digest(kind, SCHEMA, self.document.canonical())


def version_digest(kind: str, schema: int, text: str) -> str:
    """The address of a version: SHA-256 of its kind, its schema and its canonical text."""
    return digest(f"{kind}\n{schema}\n{text}")


@dataclass(frozen=True, eq=False, repr=False)
class Register:
    """Listed documents by kind, each kind in its printed order."""

    listed: Mapping[str, tuple[Listed, ...]]

    def __repr__(self) -> str:
        return f"<Register {self.content_digest()[:12]}>"

    def of(self, kind: str) -> tuple[Listed, ...]:
        return self.listed.get(kind, ())

    def documents(self, kind: str) -> list[Any]:
        return [listed.document for listed in self.of(kind)]

    @functools.cached_property
    def _places(self) -> dict[Key, tuple[int, Listed]]:
        return {
            kind.key_of(listed.document): (index, listed)
            for kind in parts.kinds()
            for index, listed in enumerate(self.of(kind.name))
        }

    def find(self, kind: str, code: str) -> Listed | None:
        found = self._places.get(Key(kind, code))
        return found[1] if found else None

    @functools.cached_property
    def _names(self) -> dict[str, Names[Any]]:
        return {}

    def names(self, kind: str) -> Names[Any]:
        """What the documents of a kind are called in printed text, compiled once: offices, departments, citations."""
        if kind not in self._names:
            self._names[kind] = Names.of(self.documents(kind))
        return self._names[kind]

    def neighbours(self, kind: str, code: str) -> tuple[Listed | None, Listed | None]:
        """What stands before and after in the same part."""
        index, _ = self._places[Key(kind, code)]
        row = self.of(kind)
        return (row[index - 1] if index else None), (row[index + 1] if index + 1 < len(row) else None)

    @functools.cached_property
    def cover(self) -> CoverDocument:
        cover: CoverDocument = self.of("cover")[0].document
        return cover

    @functools.cached_property
    def parts(self) -> list[Part]:
        """The parts that this list has, in the order of the form: those whose frame it holds."""
        return [part for part in parts.parts() if self.find("frames", part.name)]

    def frame(self, part: str) -> FrameDocument:
        found = self.find("frames", part)
        assert found is not None, f"no frame for {part}"
        frame: FrameDocument = found.document
        return frame

    @functools.cached_property
    def _sheets(self) -> dict[str, Sheet | None]:
        return {part.name: part.sheet(self.frame(part.name).columns, self.of(part.name)) for part in self.parts}

    def sheet(self, part: str) -> Sheet | None:
        """The table of a part as this list prints it; None where the part is running text."""
        return self._sheets[part]

    @functools.cached_property
    def _form_items(self) -> dict[str, dict[str, FormItem]]:
        return {
            part: {listed.document.code: sheet.item(listed) for listed in self.of(part)}
            for part, sheet in self._sheets.items()
            if sheet
        }

    def form_items(self, part: str) -> Mapping[str, FormItem] | None:
        """The items of a part as they stand in its table, by code; None where the part is running text."""
        return self._form_items.get(part)

    def declared(self, part: str) -> int | None:
        """How many items a part declares; None where it declares nothing, or this list has no such part."""
        return self.frame(part).declared if self.find("frames", part) else None

    @functools.cached_property
    def bureau(self) -> Any:
        """The department that the bureau is, or None."""
        return next((d for d in self.documents("departments") if d.is_bureau), None)

    def item_count(self) -> int:
        """How many items the parts hold."""
        return sum(len(listed) for kind, listed in self.listed.items() if parts.part(kind))

    def count_mismatches(self) -> list[tuple[Part, int, int]]:
        """The parts whose declared and held counts differ: part, declared, held."""
        return [
            (part, declared, held)
            for part in self.parts
            if (declared := self.declared(part.name)) is not None and declared != (held := len(self.of(part.name)))
        ]

    def title_mismatches(self) -> list[tuple[Part, int, int]]:
        """The tables whose frame prints more titles than there are columns, or fewer; none at all may be."""
        printed = {part: len(paragraphs(self.frame(part.name).columns)) for part in self.parts}
        held = {part: len(sheet.titles) for part in self.parts if (sheet := self.sheet(part.name))}
        return [(part, printed[part], held[part]) for part in held if printed[part] not in (0, held[part])]

    def faults(self) -> list[str]:
        """What keeps this from being a whole list that stands alone; each a sentence."""
        faults = []
        if len(self.of("cover")) != 1:
            faults.append("没有封面。")
        if not self.parts:
            faults.append("没有一个部分的表头。")
        for part in parts.parts():
            if self.of(part.name) and part not in self.parts:
                faults.append(f"{part.label}没有表头。")
        for part, printed, held in self.title_mismatches():
            faults.append(f"{part.label}的表头印了 {printed} 栏，表里是 {held} 栏。")
        if len([d for d in self.documents("departments") if d.is_bureau]) != 1:
            faults.append("要有且只有一个部门标为本局。")
        for kind in parts.kinds():
            for document in self.documents(kind.name):
                for target, code in document.references():
                    if self.find(target, code) is None:
                        code_here = getattr(document, kind.key)
                        faults.append(f"{code_here} 指向的{parts.get(target).label} {code} 不在清单里（可能已取消）。")
        return [*faults, *self.unusable()]

    def unusable(self) -> Iterator[str]:
        """Which texts, printed or not, hold characters that may not stand in an edition; each a sentence."""
        for kind in parts.kinds():
            for listed in self.of(kind.name):
                called = parts.called(kind.key_of(listed.document))
                if called == kind.label and not kind.single:
                    called += f"“{listed.title}”"
                for held in (HeldText((), ("序号",), listed.serial), *listed.document.texts()):
                    if said := complaint(held.text):
                        yield f"{' '.join((called, *held.trail))}：{said}"

    def content_digest(self) -> str:
        """Covers every document, its place and its serial number; the cover and the frames hold the declared counts."""
        return self._content_digest

    @functools.cached_property
    def _content_digest(self) -> str:
        return digest(
            "".join(
                f"{kind.name}\t{position}\t{listed.serial}\t{listed.digest(kind.name)}\n"
                for kind in parts.kinds()
                for position, listed in enumerate(self.of(kind.name), start=1)
            )
        )

    def lines(self) -> Iterator[str]:
        """Every printed line of the list, in the order of the form."""
        yield from self.cover.printed()
        for part in self.parts:
            frame = self.frame(part.name)
            yield from frame.opening()
            for listed in self.of(part.name):
                yield from listed.document.lines(listed.serial)
            yield from frame.closing()

    def dump(self) -> dict[str, Any]:
        """The interchange form, as list.json publishes it and fixtures/ holds it."""
        form: dict[str, Any] = {}
        for kind in parts.kinds():
            rows = [
                ({"serial": listed.serial} if listed.serial else {}) | listed.document.dump()
                for listed in self.of(kind.name)
            ]
            if kind.single:
                form |= {kind.name: rows[0]} if rows else {}
            elif rows:
                form[kind.name] = rows
        return form


_composed: BoundedCache[tuple[str, str], Register] = BoundedCache(8, lambda register: 1)
"""The registers of the working rows as they were last, by what they were composed from."""


def compose() -> Register:
    """The register of the working rows: composed once, in a constant number of queries, for the same rows."""
    composed_from = _composed_from()
    known: Register | None = _composed.get(composed_from)
    if known is not None:
        return known
    register = _compose()
    if _composed_from() == composed_from:  # nobody saved a row meanwhile
        _composed[composed_from] = register
    return register


def _composed_from() -> tuple[str, str]:
    return rows_digest(parts.rows_of_the_list()), issued_digest()


def _compose() -> Register:
    """The items of a part wait for its frame."""
    listed: dict[str, tuple[Listed, ...]] = {}
    for kind in parts.kinds():
        if not kind.is_part or any(frame.document.part == kind.name for frame in listed["frames"]):
            listed[kind.name] = tuple(Listed(serial, document) for serial, document in kind.compose())
    return Register(listed)
