"""What stands on a paper, before it is set: the PDF and the DOCX say the same, and it is kept as it was said."""

from collections.abc import Iterator
from typing import Literal

from verbatim.documents import Document
from verbatim.fields import paragraphs

WIDTH = 156
"""Millimetres between the margins (GB/T 9704-2012)."""
LONG = 500
"""Characters, a new paragraph counted as half a line: more than a third of a page."""


class Box(Document):
    """A box of a table; nothing in it is a blank to be filled by hand."""

    look: Literal["label", "value", "head"]
    text: str = ""
    signed: str = ""
    """Who signs under the text; a blank for the name and one for the date follow."""
    span: int = 1
    """Columns that it goes across."""

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.text)


class Row(Document):
    boxes: tuple[Box, ...]

    @property
    def is_long(self) -> bool:
        """Whether it may be parted between two pages; what is short stays whole."""
        return any(len(box.text) + 20 * len(box.paragraphs) > LONG for box in self.boxes)


class Block(Document):
    """To whom it goes, a paragraph, a small note, large letters, or a table."""

    look: Literal["to", "prose", "note", "large", "table"]
    text: str = ""
    widths: tuple[int, ...] = ()
    """Of the columns of a table, in millimetres."""
    rows: tuple[Row, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.text)

    @property
    def heads(self) -> list[Row]:
        """The rows that come again on every page."""
        return [row for row in self.rows if row.boxes[0].look == "head"]

    @property
    def others(self) -> list[Row]:
        return [row for row in self.rows if row.boxes[0].look != "head"]


class Typed(Document):
    """What whoever made the paper added to what stands in the file."""

    name: str
    text: str


class Sheet(Document):
    """A paper as it is read."""

    title: str
    bureau: str
    label: str = ""
    """Its number; a paper without one has none, a preview none yet."""
    is_outward: bool = False
    blocks: tuple[Block, ...]
    dated: str = ""
    """The day under the bureau's name, where the seal goes."""
    typed: tuple[Typed, ...] = ()

    def said(self) -> Iterator[str]:
        """All that is read on it, in order."""
        yield from filter(None, [self.bureau, self.label if self.is_outward else "", self.title])
        if not self.is_outward and self.label:
            yield self.label
        for block in self.blocks:
            yield from filter(None, block.paragraphs)
            for box in (box for row in block.rows for box in row.boxes):
                yield from filter(None, [*box.paragraphs, box.signed])
        if self.dated:
            yield from [self.bureau, self.dated]
