"""What a cell of a spreadsheet showed, as text; or that it showed something else than a text, with its place."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.escape import unescape

from verbatim.fields import line_ends

WIDEST = 10**11
"""From here on a spreadsheet shows a plain number by powers of ten."""
DIGITS = 10
"""So many of a plain number stand in a cell; more are rounded off where they are shown."""
FORMATTED = "带格式的数字"
"""Of such a cell the digits are what was meant: 1,234 in a column of numbers."""
PLAIN = {"General", "@", "0", "0_ ", "0_);[Red]\\(0\\)"}
PADDED = re.compile(r"0+")
DECIMALS = re.compile(r"0\.(0+)(_ )?")


@dataclass(frozen=True)
class OddCell:
    """A cell that shows no text: what it is, and where."""

    kind: str
    value: Any
    place: str
    """C3, as the spreadsheet itself calls it."""

    def __str__(self) -> str:
        return f"{self.place} 是{self.kind}"


@dataclass(frozen=True)
class MissingCell(OddCell):
    """Where a row breaks off: what is not said there is not taken for empty."""

    kind: str = "缺的"
    value: Any = None
    place: str = ""

    def __str__(self) -> str:
        return f"缺 {self.place} 这一格"


def cell(value: Any, number_format: str, place: str, *, is_error: bool = False) -> str | OddCell:
    """A kept value with its format as text, where that is what was shown."""
    if value is None:
        return ""
    if is_error:
        return OddCell(f"错误值 {value}", value, place)
    if isinstance(value, str):
        return line_ends(unescape(value))
    if isinstance(value, bool):
        return OddCell("逻辑值", value, place)
    if isinstance(value, datetime.datetime | datetime.date):
        return OddCell("日期", value, place)
    if isinstance(value, datetime.time | datetime.timedelta):
        return OddCell("时间", value, place)
    shown = _number(value, number_format)
    return OddCell(_kind_of(value, number_format), value, place) if shown is None else shown


def _number(value: float, number_format: str) -> str | None:
    """As it stood in its cell; None where that was not these digits."""
    whole = value == int(value)
    if PADDED.fullmatch(number_format) and whole and value >= 0:
        return f"{int(value):0{len(number_format)}d}"
    if decimals := DECIMALS.fullmatch(number_format):
        return f"{value:.{len(decimals[1])}f}"
    if number_format not in PLAIN or abs(value) >= WIDEST:
        return None
    if whole:
        return str(int(value))
    shown = f"{value:.{DIGITS}g}"
    return shown if float(shown) == value and "e" not in shown and number_format in ("General", "@") else None


def _kind_of(value: float, number_format: str) -> str:
    if "%" in number_format:
        return "百分数"
    if re.search(r"[¥￥$€£]|\[\$", number_format):
        return "货币"
    if "E" in number_format or (number_format in PLAIN and abs(value) >= WIDEST):
        return "科学记数法的数字"
    return FORMATTED
