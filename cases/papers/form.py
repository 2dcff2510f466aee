"""What a form of the catalogue is: its parts as they stand on paper, each with what it says of a case.

A form is declared, not programmed: a part has a label and a function from the facts to a text. What the file does not
hold is asked of whoever makes the paper (`asks`); what nobody says is left as a blank.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar, Literal

from acts.errors import Incomplete
from cases.choices import chosen
from cases.papers.sheet import WIDTH, Block, Box, Row, Sheet, Typed
from offices.models import Department
from verbatim.fields import tidy


@dataclass(frozen=True)
class Facts:
    """What a paper is filled from: the case, the row of it that the paper is of, what was typed, and the day."""

    case: Any
    row: Any
    day: datetime.date
    typed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def party(self) -> Any:
        return self.case.party

    @cached_property
    def bureau(self) -> str:
        """Its full name. Raises Incomplete where no department is marked as the bureau."""
        found = Department.objects.filter(is_bureau=True).first()
        if found is None:
            raise Incomplete("县直部门里没有一个标为“本局”，文书不知道落什么款。请编辑在县直部门里标明。")
        return str(found.full_name or found.name)

    def act(self, verb: str) -> Any:
        """The latest act of that kind; None where there is none."""
        return self.case.timeline.filter(verb=verb).last()


Says = Callable[[Facts], str]


def blank(facts: Facts) -> str:
    """To be filled by hand."""
    return ""


@dataclass(frozen=True)
class Line:
    """A row of the form's table: a label, and what is said beside it."""

    label: str
    says: Says = blank
    signed: str = ""
    """Who signs under it."""

    widths: ClassVar[tuple[int, ...]] = (34, 44, 34, 44)

    def rows(self, facts: Facts) -> Iterator[Row]:
        yield Row(boxes=tuple(self.boxes(facts, span=3)))

    def boxes(self, facts: Facts, *, span: int) -> Iterator[Box]:
        yield Box(look="label", text=self.label)
        yield Box(look="value", text=tidy(self.says(facts)), signed=self.signed, span=span)


@dataclass(frozen=True)
class Pair:
    """Two of them beside each other."""

    left: Line
    right: Line

    widths: ClassVar[tuple[int, ...]] = Line.widths

    def rows(self, facts: Facts) -> Iterator[Row]:
        yield Row(boxes=(*self.left.boxes(facts, span=1), *self.right.boxes(facts, span=1)))


@dataclass(frozen=True)
class Listing:
    """A table with a head: its columns with their widths, and the rows, numbered in the first column."""

    columns: tuple[tuple[str, int], ...]
    says: Callable[[Facts], Iterable[tuple[str, ...]]]

    @property
    def widths(self) -> tuple[int, ...]:
        own = tuple(width for _, width in self.columns)
        return WIDTH - sum(own), *own

    def rows(self, facts: Facts) -> Iterator[Row]:
        yield Row(boxes=tuple(Box(look="head", text=title) for title in ("序号", *(name for name, _ in self.columns))))
        for number, texts in enumerate(self.says(facts), start=1):
            yield Row(boxes=tuple(Box(look="value", text=tidy(text)) for text in (str(number), *texts)))


@dataclass(frozen=True)
class Prose:
    """Running text, a paragraph a line; nothing where it says nothing."""

    says: Says
    look: Literal["to", "prose", "note", "large"] = "prose"


Part = Line | Pair | Listing | Prose


@dataclass(frozen=True)
class Asked:
    """What the file does not hold and the paper needs."""

    name: str
    label: str
    help: str = ""
    is_required: bool = True
    suggested: Says = blank
    """What stands in the field first, unless an earlier paper of the case says something else there."""


def _day_of_making(facts: Facts) -> datetime.date:
    return facts.day


def _the_case(case: Any) -> Iterable[Any]:
    return [case]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of the 质量监督行政处罚文书目录."""

    number: int
    """In the catalogue."""
    title: str
    act: str
    """The verb of the act to which it belongs."""
    parts: tuple[Part, ...]
    word: str = ""
    """What tells its numbers from those of other forms (文质监封字); a form without it has no number."""
    numbered_as: Says = blank
    """The number that its row has already, 〔2026〕3号: a decision has one before it is on paper."""
    dated: Callable[[Facts], datetime.date] = _day_of_making
    """The day under the bureau's name."""
    is_outward: bool = False
    """Whether it leaves the bureau: it bears the bureau's head, the day and the place of the seal (GB/T 9704)."""
    of: Callable[[Any], Iterable[Any]] = _the_case
    """The rows of a case of which there is one such paper each; the case itself, where nothing else is said."""
    needs: str = ""
    """What the case does not have yet where there is no such row."""
    asks: tuple[Asked, ...] = ()
    roles: Collection[str] = ("handle",)
    """Who makes it."""
    repeats: bool = False
    """Whether there may be several of one row."""

    @property
    def name(self) -> str:
        """What it is called now: the sets of forms changed in 2019 and 2021, and the bureau says which it uses."""
        return chosen().paper_names.get(self.number, self.title)

    def label(self, year: int, number: int) -> str:
        """文质监封字〔2026〕3号"""
        return f"{self.series_word}〔{year}〕{number}号"

    @property
    def series_word(self) -> str:
        return series_word(self.number, self.word)

    def own_label(self, facts: Facts) -> str:
        """The label that follows from its row; empty where it takes a number of its series, or none."""
        number = self.numbered_as(facts)
        return number and f"{self.series_word}{number}"

    @property
    def series(self) -> str:
        """The name of its series of numbers."""
        return f"paper-{self.number}"

    def row_of(self, case: Any, key: int) -> Any:
        """The row of that key of which such a paper can be made; None where there is none."""
        return next((row for row in self.of(case) if row.pk == key), None)

    def called(self, row: Any) -> str:
        """With what it is made of: 《查封（扣押）决定书》查封 某小区."""
        return f"《{self.name}》" + ("" if row._meta.model_name == "case" else str(row))

    def complete(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What was typed, a text for each question. Raises Incomplete where one that is needed is left out."""
        given = {asked.name: tidy(typed.get(asked.name, "")) for asked in self.asks}
        for asked in self.asks:
            if asked.is_required and not given[asked.name]:
                raise Incomplete(f"《{self.name}》要写明“{asked.label}”。")
        return given

    def sheet(self, facts: Facts, *, label: str = "") -> Sheet:
        return Sheet(
            title=self.name,
            bureau=facts.bureau,
            label=label,
            is_outward=self.is_outward,
            blocks=blocks_of(self.parts, facts),
            dated=in_figures(self.dated(facts)) if self.is_outward else "",
            typed=tuple(Typed(name=name, text=text) for name, text in facts.typed.items() if text),
        )


def series_word(number: int, word: str) -> str:
    """文质监罚字: the bureau's prefix, and the word of the form or the one that the bureau has chosen for it."""
    choices = chosen()
    return f"{choices.paper_prefix}{choices.paper_words.get(number, word)}字"


def blocks_of(parts: Iterable[Part], facts: Facts) -> tuple[Block, ...]:
    """The blocks that these parts make."""
    return tuple(_blocks(parts, facts))


def _blocks(parts: Iterable[Part], facts: Facts) -> Iterator[Block]:
    """Rows that follow each other and have the same columns are one table."""
    for widths, group in groupby(parts, key=lambda part: () if isinstance(part, Prose) else part.widths):
        if widths:
            rows = tuple(row for part in group for row in part.rows(facts))  # type: ignore[union-attr]
            yield Block(look="table", widths=widths, rows=rows)
        else:
            said = ((part.look, tidy(part.says(facts))) for part in group if isinstance(part, Prose))
            yield from (Block(look=look, text=text) for look, text in said if text)


def in_figures(day: datetime.date) -> str:
    """2026年3月1日 (GB/T 9704-2012: no leading noughts)."""
    return f"{day.year}年{day.month}月{day.day}日"
