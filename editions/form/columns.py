"""The columns of a form, declared once by the part that has it: its page, its paper, the check-up and the bench read
them here.

A column is filled by the printed fields of its title, of an item and of what stands inside it.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from pydantic.fields import FieldInfo

from verbatim.documents import LINE, PHONES, PRINTED, RESPONSIBLE, Document, has
from verbatim.fields import paragraphs


@dataclass(frozen=True)
class Column:
    title: str
    """As the field is called that fills it; a frame may print it in other words."""
    width: int
    """Its share of a printed sheet, in per cent where all columns stand there."""
    short: str = ""
    """What a narrow screen writes before the cell."""
    look: str = ""
    """What the style sheets call it."""
    optional: bool = False
    """Left out of a list in which no item fills it and whose frame does not print its title."""


@dataclass(frozen=True)
class Table:
    """In the order in which they are printed: the serial number, what the item is, the cells of each of its rows, and
    what stands once beside all of them."""

    serial: Column
    head: Column
    rows: tuple[Column, ...]
    beside: tuple[Column, ...] = ()
    wide: bool = False
    """It lies on its side."""

    @functools.cached_property
    def columns(self) -> tuple[Column, ...]:
        return (self.serial, self.head, *self.rows, *self.beside)

    def rows_of(self, item: Any) -> list[Any]:
        """What its rows print: the item itself, where it fills cells of a row or nothing else does, and what stands
        inside it."""
        inside = [place.document for place in item.places() if place.document is not item]
        rows = [each for each in inside if _fits(each, self.rows)]
        return [item, *rows] if _fills(item, self.rows) or not rows else rows

    def differences(self, document: type[Document]) -> set[str]:
        """The titles that only the table or only the document has."""
        return {column.title for column in self.columns[1:]} ^ set(_titles(document))


RUNNING_TEXT: Final = None
"""In the place of a table: the part prints chapters and clauses, not columns."""

OF_ITS_DOCUMENT: Final = Table(Column("", 0), Column("", 0), ())
"""In the place of a table: a column for each printed field of the document."""


def table_of(document: type[Document]) -> Table:
    """The first field is what an item is; the others are as wide as each other."""
    head, *others = _titles(document)
    return Table(Column("序号", 7), Column(head, 25), tuple(Column(title, 68 // len(others)) for title in others))


@dataclass(frozen=True)
class FormCell:
    column: Column
    title: str
    """As the frame prints it."""
    texts: tuple[tuple[str, str], ...]
    """What stands there: the anchor of the thing inside the item that says so, empty for none, and its text."""
    field: FieldInfo | None
    """What fills it; None where nothing can."""
    is_series: bool
    """Its texts are things of their own, one under the other."""

    @functools.cached_property
    def text(self) -> str:
        return "\n".join(text for _, text in self.texts)

    @functools.cached_property
    def short(self) -> str:
        return self.column.short if self.field else ""

    @functools.cached_property
    def holds_phones(self) -> bool:
        return self.field is not None and PHONES in self.field.metadata

    @functools.cached_property
    def names_offices(self) -> bool:
        return self.field is not None and has(self.field, RESPONSIBLE)

    @functools.cached_property
    def is_line(self) -> bool:
        """One line and no paragraph."""
        return self.field is not None and LINE in self.field.metadata and not self.is_series


@dataclass(frozen=True)
class FormRow:
    document: Any
    """What the row prints: the item itself, or something inside it."""
    anchor: str
    """Where a row that is a thing of its own is found on the page; empty for the item itself."""
    cells: tuple[FormCell, ...]
    beside: tuple[FormCell, ...]
    """In the first row of an item, what stands beside all of them."""

    @functools.cached_property
    def standing(self) -> list[FormCell]:
        """The cells of the columns that every list has, and of those that this row fills."""
        return [cell for cell in self.cells if cell.texts or not cell.column.optional]


@dataclass(frozen=True)
class FormItem:
    serial: str
    document: Any
    head: FormCell
    rows: tuple[FormRow, ...]

    @functools.cached_property
    def anchor(self) -> str:
        return str(self.document.code).lower()

    @functools.cached_property
    def called(self) -> str:
        return f"{self.serial} {self.document.title}"

    @functools.cached_property
    def span(self) -> int:
        """How many rows it takes, where that is more than one."""
        return len(self.rows) if len(self.rows) > 1 else 0

    @functools.cached_property
    def own(self) -> list[FormCell]:
        """The cells of rows that the item fills itself, and those for whom and where to call, which may be empty."""
        cells = (cell for row in self.rows if row.document is self.document for cell in row.cells)
        return [cell for cell in cells if cell.texts or cell.holds_phones or cell.names_offices]

    @functools.cached_property
    def inside(self) -> list[FormRow]:
        """The rows that are things of their own."""
        return [row for row in self.rows if row.document is not self.document]


@dataclass(frozen=True)
class Sheet:
    """A table as one list prints it: without the columns that the list does not have, under the titles of its frame."""

    table: Table
    titles: tuple[str, ...]

    @property
    def widths(self) -> list[int]:
        whole = sum(column.width for column in self.table.columns)
        return [round(column.width * 100 / whole) for column in self.table.columns]

    @functools.cached_property
    def _titles(self) -> dict[Column, str]:
        return dict(zip(self.table.columns, self.titles, strict=True))

    @property
    def row_titles(self) -> tuple[str, ...]:
        return self.titles[2 : 2 + len(self.table.rows)]

    def item(self, listed: Any) -> FormItem:
        item = listed.document
        everything = [place.document for place in item.places()]
        beside = tuple(self._cell(column, everything) for column in self.table.beside)
        return FormItem(
            listed.serial,
            item,
            self._cell(self.table.head, [item]),
            tuple(
                FormRow(
                    row,
                    "" if row is item else str(getattr(row, "code", "")).lower(),
                    tuple(self._cell(column, [row]) for column in self.table.rows),
                    () if index else beside,
                )
                for index, row in enumerate(self.table.rows_of(item))
            ),
        )

    def _cell(self, column: Column, documents: list[Document]) -> FormCell:
        """Filled by the first of these documents, or by all that stand inside it."""
        found = [(each, *_printed(type(each))[column.title]) for each in documents if _fits(each, [column])]
        return FormCell(
            column,
            self._titles[column],
            tuple((getattr(each, "anchor", ""), text) for each, name, _ in found if (text := getattr(each, name))),
            found[0][2] if found else None,
            bool(found) and found[0][0] is not documents[0],
        )


def sheet(table: Table, printed: str, items: Sequence[Any]) -> Sheet:
    """The table over these items, with the titles that a frame prints, one a line. A title that is printed in other
    words is known by its place, as long as there are as many titles as columns."""
    titles = paragraphs(printed)

    def stand(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        return tuple(each for each in columns if not each.optional or each.title in titles or _is_filled(each, items))

    here = replace(table, rows=stand(table.rows), beside=stand(table.beside))
    own = tuple(column.title for column in here.columns)
    if len(titles) != len(own):
        return Sheet(here, own)
    return Sheet(here, tuple(ours if title in own else title for ours, title in zip(own, titles, strict=True)))


def _fits(document: Document, columns: Iterable[Column]) -> bool:
    return any(column.title in _printed(type(document)) for column in columns)


def _fills(document: Document, columns: Iterable[Column]) -> bool:
    printed = _printed(type(document))
    return any(getattr(document, printed[each.title][0]) for each in columns if each.title in printed)


def _is_filled(column: Column, items: Iterable[Any]) -> bool:
    return any(_fills(place.document, [column]) for listed in items for place in listed.document.places())


@functools.cache
def _printed(document: type[Document]) -> dict[str, tuple[str, FieldInfo]]:
    """The printed fields of a kind of document, by what they are called."""
    fields = document.model_fields.items()
    return {field.title or "": (name, field) for name, field in fields if has(field, PRINTED)}


def _titles(document: type[Document]) -> Iterator[str]:
    yield from _printed(document)
    for field in document.model_fields.values():
        for inside in get_args(field.annotation):
            if isinstance(inside, type) and issubclass(inside, Document):
                yield from _titles(inside)
