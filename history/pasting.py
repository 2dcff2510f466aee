"""Rows copied from a table of Word or Excel: cells between tabs, and which column each of them belongs to."""

import csv
import io
import re
from collections.abc import Sequence

from verbatim.fields import line_ends, tidy

NUMBER = re.compile(r"\d{1,3}")


def rows_of(text: str, *, is_one_row: bool = False) -> list[list[str]]:
    """Excel puts a cell of several lines between quotes. Word does not: there each line would be a row, unless all of
    it is one."""
    text = line_ends(text).strip("\n")
    if is_one_row:
        cells = [text.split("\t")]
    elif text.count('"') % 2:  # no quotes of Excel's
        cells = [line.split("\t") for line in text.split("\n")]
    else:
        cells = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))
    rows = [[tidy(cell) for cell in row] for row in cells]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows if any(row)]


def guessed(rows: Sequence[Sequence[str]], columns: Sequence[str], *, code: re.Pattern[str], coded: str) -> list[str]:
    """The column of each cell: as the first row names them, or else a code where codes stand, and the others in the
    order of the columns. Empty for a cell that is left out."""
    if names_columns(rows, columns):
        return [name.strip() for name in rows[0]]
    free = [name for name in columns if name != coded]
    found = []
    for cells in zip(*rows, strict=True):
        filled = [cell for cell in cells if cell]
        if filled and all(code.fullmatch(cell) for cell in filled) and coded in columns and coded not in found:
            found.append(coded)
        elif not filled or (free and len(filled) > 1 and _is_count(filled) and not found):
            found.append("")  # the numbers of the rows of the table itself
        else:
            found.append(free.pop(0) if free else "")
    return found


def names_columns(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> bool:
    """Whether the first row says what the columns are called."""
    return bool(rows) and any(rows[0]) and all(name.strip() in columns for name in rows[0] if name.strip())


def _is_count(cells: Sequence[str]) -> bool:
    """1, 2, 3"""
    numbers = [int(cell) for cell in cells if NUMBER.fullmatch(cell)]
    return len(numbers) == len(cells) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
