"""The published form of one thing: a frozen document, its canonical text and its digest.

A field of type `Printed` or `Cell` holds text that stands in the printed list; every other field is what the form needs
(codes, anchors) or what the bureau added. Nothing that is added is ever mixed into printed text.
"""

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from verbatim.characters import LAYOUT, code_point
from verbatim.fields import tidy

PRINTED = {"x-printed": True}
RESPONSIBLE = {"x-responsible": True}
"""Added to a printed cell whose text says which office is responsible."""


class Holds(enum.Enum):
    """What a field holds, where a rule has to know: `Annotated[Cell, PHONES]`."""

    PHONES = enum.auto()
    TEXT = enum.auto()  # running text that is not printed itself: the title of a law
    IMPRINT = enum.auto()  # a line of the edition, not of the list: its date, who filled it in
    LINE = enum.auto()  # one line, and no paragraphs


PHONES, TEXT, IMPRINT, LINE = Holds


def _tidy_cell(text: str) -> str:
    if text != tidy(text):
        named = "、".join(map(code_point, _odd_ends(text)))
        raise ValueError(f"每段文字前后不能有空格{f'（{named}）' if named else ''}，段与段之间不能有空行")
    if "\x00" in text:
        raise ValueError("文字中含有空字符")
    return text


def _odd_ends(text: str) -> list[str]:
    """The layout at the ends of its lines that is no ordinary space."""
    ends = (
        line[: len(line) - len(line.lstrip(LAYOUT))] + line[len(line.rstrip(LAYOUT)) :] for line in text.split("\n")
    )
    return sorted(set("".join(ends)) - {" "})


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("只能有一行")
    return _tidy_cell(text)


Cell = Annotated[str, AfterValidator(_tidy_cell), Field(json_schema_extra=PRINTED)]
"""Printed paragraphs, one a line."""

OfficeCell = Annotated[Cell, Field(json_schema_extra=PRINTED | RESPONSIBLE)]
"""A cell that names the offices responsible."""

Printed = Annotated[str, AfterValidator(_one_line), LINE, Field(json_schema_extra=PRINTED)]
"""Printed text of one line."""


@dataclass(frozen=True)
class PrintedCell:
    """Printed text as it stands in one cell: what the column is called, and the paragraphs, one a line."""

    column: str
    text: str
    responsible: bool = False


@dataclass(frozen=True)
class HeldText:
    """Any text inside a document, printed or not: the way to it (work_items, 1, text), as readers are told of it
    (ZZ-01-02, 具体工作事项), and the text."""

    steps: tuple[int | str, ...]
    trail: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Place:
    """Where printed text stands inside a document: the anchor on its page (empty for the top), what readers call the
    way there (二、监督检查内容, （三）), and the document at that place."""

    anchor: str
    trail: tuple[str, ...]
    document: "Document"

    @property
    def cells(self) -> tuple[PrintedCell, ...]:
        return tuple(self.document.cells())


class Document(BaseModel):
    """One thing as it is published. Fields at their default are not written, so that a new optional field changes
    no digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    noun: ClassVar[str] = ""
    """What one of these is called where rows inside a document are counted; empty for what is no row with a name."""

    def dump(self) -> dict[str, Any]:
        """The interchange form: JSON values, fields in order, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def canonical(self) -> str:
        """The text that is stored and hashed: keys sorted, no white space between, characters as they are."""
        return json.dumps(self.dump(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, canonical: str) -> Self:
        return cls.model_validate_json(canonical)

    def codes(self) -> Iterator[str]:
        """The permanent codes and anchors inside this document, those that are retired among them."""
        for value in self.__dict__.values():  # the quickest way to its fields: asked of each document of the list
            for part in value if isinstance(value, tuple) else ():
                if isinstance(part, Document):
                    yield from filter(None, [part.__dict__.get("code"), part.__dict__.get("anchor")])
                    yield from part.codes()

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        codes = list(self.codes())
        if len(codes) != len(set(codes)):
            twice = sorted(code for code, count in Counter(codes).items() if count > 1)
            raise ValueError(f"{'、'.join(twice)} 写了不止一次")
        return self

    @property
    def summary(self) -> str:
        """A few words beside the title in a table of contents."""
        return ""

    def additions(self, register: Any) -> Iterator[tuple[str, Any]]:
        """What the bureau added here: a line for readers, and the addition (who, when, on what basis)."""
        yield from ()

    @property
    def names(self) -> tuple[str, ...]:
        """The words by which printed text names this thing."""
        return ()

    def references(self) -> Iterator[tuple[str, str]]:
        """What this document points at: the kind of document (departments) and its code."""
        yield from ()

    @property
    def called(self) -> str:
        """What readers call this where it stands inside another document; empty if it has no name of its own."""
        return ""

    def cited_as(self, anchor: str) -> str:
        """What a place in here that has no code of its own is cited as; empty where its anchor will do."""
        return ""

    @property
    def last_title(self) -> str:
        """What the note of its code says once it is retired."""
        named = (getattr(self, name, "") for name in ("text", "title", "name", "quoted"))
        return next(filter(None, named), "")

    def title_of(self, code: str) -> str:
        """The same of whatever stands in here under that code or anchor."""
        return next((place.document.last_title for place in self.places() if _name(place.document) == code), "")

    def places(self, anchor: str = "", trail: tuple[str, ...] = ()) -> Iterator[Place]:
        """This document and every document inside it, in order, each in its place."""
        yield Place(anchor, trail, self)
        for name in type(self).model_fields:
            value = getattr(self, name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Document):
                    here = _name(part) or anchor
                    yield from part.places(here.lower(), (*trail, part.called) if part.called else trail)

    def texts(self, steps: tuple[int | str, ...] = (), trail: tuple[str, ...] = ()) -> Iterator[HeldText]:
        """Every text of this document and of every document inside it, in the order of the fields."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            for index, part in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
                way = (*steps, name) if index is None else (*steps, name, index)
                if isinstance(part, Document):
                    yield from part.texts(way, (*trail, part.called) if part.called else trail)
                elif isinstance(part, str):
                    yield HeldText(way, (*trail, field.title or name), part)

    @classmethod
    def printed_fields(cls) -> dict[str, FieldInfo]:
        """The printed fields of this document alone, in their order."""
        return {name: field for name, field in cls.model_fields.items() if has(field, PRINTED)}

    @property
    def row(self) -> tuple[PrintedCell, ...]:
        """Its printed cells as a row of the form has them, empty ones among them."""
        fields = type(self).printed_fields().items()
        return tuple(PrintedCell(f.title or "", getattr(self, name), has(f, RESPONSIBLE)) for name, f in fields)

    def cells(self) -> Iterator[PrintedCell]:
        """The printed cells of this document alone that hold anything, in the order of the fields."""
        yield from (cell for cell in self.row if cell.text)

    def mended(self, anchor: str, old: str, new: str) -> Self | None:
        """This document with the paragraph (or the whole cell) `old`, at that place, as `new`; None where it does not
        stand there."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Document) or (isinstance(value, tuple) and _holds_documents(value)):
                inside = value if isinstance(value, tuple) else (value,)
                for place, part in enumerate(inside):
                    here = _name(part).lower()
                    mended = part.mended("" if here == anchor else anchor, old, new)
                    if mended is not None:
                        parts = (*inside[:place], mended, *inside[place + 1 :])
                        return self.with_values(**{name: parts if isinstance(value, tuple) else mended})
        return None if anchor else self.reworded(old, new)

    def reworded(self, old: str, new: str) -> Self | None:
        """The same of its own printed cells."""
        for name, field in type(self).model_fields.items():
            lines = getattr(self, name).split("\n") if has(field, PRINTED) else []
            if "\n".join(lines) == old:
                return self.with_values(**{name: new})
            if old in lines:
                lines[lines.index(old)] = new
                return self.with_values(**{name: "\n".join(lines)})
        return None

    def with_values(self, **values: Any) -> Self:
        """The same with these values, checked anew. Raises ValidationError."""
        return type(self).model_validate({**dict(self), **values})

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is not printed, of this document alone, as far as it says anything: what it is called, and its value as
        text. Codes and anchors are no facts; they are what it is found by."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if name in ("code", "anchor") or has(field, PRINTED) or _holds_documents(value):
                continue
            if value != field.get_default():
                yield field.title or name, _as_text(value)

    def order(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The rows inside this document alone, one series for each field: codes or anchors in their order."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield field.title or name, tuple(filter(None, map(_name, value)))

    def lines(self, serial: str) -> Iterator[str]:
        """The printed lines of this document as the form sets them, the entry's serial number among them."""
        if serial:
            yield serial
        yield from self.printed()

    def printed(self) -> Iterator[str]:
        """Every printed paragraph, in the order of the fields."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, str):
                if has(field, PRINTED) and value:
                    yield from value.split("\n")
            elif isinstance(value, Document):
                yield from value.printed()
            elif isinstance(value, tuple):
                for part in value:
                    if isinstance(part, Document):
                        yield from part.printed()


def _name(value: Any) -> str:
    """The permanent code or anchor of a document inside another; empty if it has none."""
    return getattr(value, "code", "") or getattr(value, "anchor", "")


def _holds_documents(value: Any) -> bool:
    return isinstance(value, Document) or (isinstance(value, tuple) and any(isinstance(v, Document) for v in value))


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def has(field: FieldInfo, mark: dict[str, Any]) -> bool:
    """Whether the field bears the mark: PRINTED, RESPONSIBLE."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and mark.items() <= extra.items()


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()
