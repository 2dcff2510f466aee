"""Rows copied from a table of Word or Excel: cells between tabs, and which column each of them belongs to."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from verbatim.fields import line_ends, tidy
from verbatim.numerals import number

QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
PLAIN = re.compile(r"[^\t\n]*")
CODE = re.compile(r"[A-Z]{2}-\d{2,}(-\d{2,})?|c\d+(-\d+)*")


def rows_of(text: str, *, is_one_row: bool = False) -> list[list[str]]:
    """As many cells in each. In Word, nothing but `is_one_row` tells a cell of several paragraphs from several rows."""
    text = line_ends(text).strip("\n")
    cells = list(_rows(text))
    if is_one_row and len(cells) > 1:
        cells = [text.split("\t")]
    rows = [row for each in cells if any(row := [tidy(cell) for cell in each])]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        if text[at : at + 1] != "\t":
            yield row
            row = []
        at += 1


def _cell(text: str, at: int) -> tuple[str, int]:
    """And where it ends. Excel puts a cell between quotes where it holds lines or tabs, nowhere else: other quotes are
    text."""
    quoted = QUOTED.match(text, at)
    if quoted and re.search(r"[\t\n]", quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = PLAIN.match(text, at)
    assert plain
    return plain[0], plain.end()


@dataclass(frozen=True)
class Columns:
    """What the columns of a table are called: that of the code, that of the printed number where there is one, those of
    texts in their order, and those that nobody pastes unless they are named."""

    code: str
    number: str
    texts: Sequence[str]
    others: Collection[str]

    def names_of(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """What the first row calls the columns; nothing where it is a row like the others."""
        known = {self.code, self.number, *self.texts, *self.others}
        first = rows[0] if rows else ()
        return list(first) if any(first) and all(name in known for name in first if name) else []

    def guessed(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The column of each cell: codes are known by how they are written, and so are numbers; the others stand in the
        order of the texts. Empty for a cell that is left out."""
        found: list[str] = []
        texts = list(self.texts)
        for cells in zip(*rows, strict=True):
            filled = [cell for cell in cells if cell]
            if not filled:
                name = ""
            elif all(map(CODE.fullmatch, filled)):
                name = self.code
            elif all(number(cell) is not None for cell in filled):
                name = self.number
            else:
                name = texts.pop(0) if texts else ""
            found.append("" if name in found else name)
        return found
