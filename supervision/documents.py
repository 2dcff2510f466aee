"""事中事后监管制度: a regime, its headed chapters, and their clauses, nested as printed."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from history.documents import Retired, check_series
from offices.documents import WorkedByDocument
from verbatim.documents import Document, Printed, PrintedCell


class ClauseKind(enum.Enum):
    """What a paragraph is, read from where it stands."""

    BODY = "body"  # running text
    LEAD_IN = "lead-in"  # text that stands before items
    ITEM = "item"  # a paragraph with a marker
    CONTINUATION = "continuation"  # a further paragraph (款) of an item


class ChapterKind(enum.Enum):
    """What a chapter is about, as its title says; a title may say two things."""

    OBJECT = "对象"
    CONTENT = "内容"
    METHOD = "方式"
    MEASURE = "措施"
    PROCEDURE = "程序"
    HANDLING = "处理"


class ClauseDocument(Document):
    """One paragraph. What is printed is marker, heading and text, one after the other; any of them may be empty."""

    noun = "条款"

    anchor: Annotated[str, Field(title="锚点", pattern=r"^c\d+(-\d+)+$", max_length=30)]
    marker: Printed = ""
    heading: Printed = ""
    """What stands before the text up to “：” or the first “。”, where that is a heading (定期检查。)."""
    text: Printed = ""
    clauses: tuple[ClauseDocument, ...] = ()

    @property
    def called(self) -> str:
        return self.marker

    @property
    def last_title(self) -> str:
        return self.marker + self.heading + self.text

    def cells(self) -> Iterator[PrintedCell]:
        yield PrintedCell("", self.last_title)

    def reworded(self, old: str, new: str) -> Self | None:
        """The marker stays; what the heading was stays one as far as it still stands there."""
        if old != self.marker + self.heading + self.text or not new.startswith(self.marker):
            return None
        rest = new.removeprefix(self.marker)
        heading = self.heading if rest.startswith(self.heading) else ""
        return self.with_values(heading=heading, text=rest.removeprefix(heading))

    def printed(self) -> Iterator[str]:
        yield self.marker + self.heading + self.text
        for clause in self.clauses:
            yield from clause.printed()


class ChapterDocument(Document):
    """A headed part of a regime; the paragraphs before the first heading stand in one without marker and title."""

    noun = "章节"

    anchor: Annotated[str, Field(title="锚点", pattern=r"^c\d+$", max_length=30)]
    marker: Printed = ""
    title: Printed = ""
    clauses: tuple[ClauseDocument, ...] = ()

    @model_validator(mode="after")
    def _own_anchors(self) -> Self:
        check_series(self.anchor, self.codes())
        return self

    @property
    def called(self) -> str:
        return self.marker + self.title

    def cells(self) -> Iterator[PrintedCell]:
        if self.called:
            yield PrintedCell("", self.called)

    def reworded(self, old: str, new: str) -> Self | None:
        if old != self.called or not new.startswith(self.marker):
            return None
        return self.with_values(title=new.removeprefix(self.marker))

    @property
    def kinds(self) -> tuple[ChapterKind, ...]:
        return tuple(kind for kind in ChapterKind if self.title.startswith("监督检查") and kind.value in self.title[4:])

    def outline(self) -> Iterator[tuple[int, ClauseKind, ClauseDocument]]:
        """Every clause in order: level from 1, kind, clause."""
        yield from _outline(self.clauses, 1, inside_item=False)

    def numbered(self) -> Iterator[tuple[int, ClauseKind, ClauseDocument, str]]:
        """The same, with what each is cited as: the numbers that are printed on the way there, and where it has none,
        which paragraph it is: 三、（二）1、第2段."""
        way, unnumbered = [self.marker], Counter[int]()
        for level, kind, clause in self.outline():
            unnumbered = Counter({each: count for each, count in unnumbered.items() if each <= level})
            unnumbered[level] += not clause.marker
            way = [*way[:level], clause.marker or f"第{unnumbered[level]}段"]
            yield level, kind, clause, "".join(way).rstrip("、")

    def printed(self) -> Iterator[str]:
        if self.marker or self.title:
            yield self.marker + self.title
        for clause in self.clauses:
            yield from clause.printed()


def _outline(
    clauses: tuple[ClauseDocument, ...], level: int, *, inside_item: bool
) -> Iterator[tuple[int, ClauseKind, ClauseDocument]]:
    for index, clause in enumerate(clauses):
        if clause.marker:
            kind = ClauseKind.ITEM
        elif inside_item:
            kind = ClauseKind.CONTINUATION
        elif any(later.marker for later in clauses[index + 1 :]):
            kind = ClauseKind.LEAD_IN
        else:
            kind = ClauseKind.BODY
        yield level, kind, clause
        yield from _outline(clause.clauses, level + 1, inside_item=True)


class RegimeDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^JG-\d{2,}$", max_length=30)]
    title: Annotated[Printed, Field(title="监管制度")]
    unit: Annotated[Printed, Field(title="单位")] = ""
    """The line under the title: 单位：文安县质量技术监督局."""
    chapters: tuple[ChapterDocument, ...] = ()
    offices: tuple[WorkedByDocument, ...] = ()
    retired: tuple[Retired, ...] = ()

    def additions(self, register: Any) -> Iterator[tuple[str, Any]]:
        for added in self.offices:
            yield f"本制度由{register.find('offices', added.office).document.name}承办", added

    def references(self) -> Iterator[tuple[str, str]]:
        for added in self.offices:
            yield "offices", added.office

    def cited_as(self, anchor: str) -> str:
        for chapter in self.chapters:
            if chapter.anchor == anchor:
                return chapter.marker or chapter.title
            for *_, clause, called in chapter.numbered():
                if clause.anchor == anchor:
                    return called
        return ""

    def lines(self, serial: str) -> Iterator[str]:
        """The serial number stands in the title's line: （一）计量器具型式批准的监管."""
        title, *rest = self.printed()
        yield serial + title
        yield from rest
