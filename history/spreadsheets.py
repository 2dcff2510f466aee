"""CSV and XLSX, as files from outside: bounded before they are read, each cell as it was shown."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import tablib
from import_export.formats.base_formats import CSV, XLSX, Format
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from history.cells import MissingCell, OddCell, cell
from verbatim.fields import line_ends

LARGEST_FILE = 4 * 1024 * 1024
LARGEST_UNPACKED = 16 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 50
FARTHEST_ROW, FARTHEST_COLUMN = 2 * MOST_ROWS, 4 * MOST_COLUMNS
"""How far down and how wide a file is looked at: what is empty is passed over, content beyond it is refused."""
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds; what is longer would be cut off without a word."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MERGED = re.compile(rb'<mergeCell[^>]*\bref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")


class TableError(ValueError):
    """A file that is not read, or not written; the message is for the person who sent it."""


Cell = str | OddCell


class Table(tablib.Dataset):  # type: ignore[misc]
    """Rows under their headers, each with its line in the file."""

    def __init__(self, headers: Sequence[str], rows: Sequence[tuple[int, Sequence[Cell]]]) -> None:
        super().__init__(*(tuple(cells) for _, cells in rows), headers=list(headers))
        self.lines = [line for line, _ in rows]


def lines_of(dataset: tablib.Dataset) -> list[int]:
    """The line of each row as the file counts them; the headers stand in the first."""
    return list(getattr(dataset, "lines", range(2, dataset.height + 2)))


def as_text(value: Any) -> Any:
    """What a spreadsheet would take for a formula, or begins like one that was kept as text, gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def from_text(value: Any) -> Any:
    """The same, undone."""
    if isinstance(value, str) and value.startswith("'") and value[1:].startswith((*FORMULA, "'")):
        return value[1:]
    return value


def _table(rows: Iterator[tuple[int, list[Cell]]]) -> Table:
    """Without the empty rows and the empty last columns that spreadsheets leave. Raises TableError."""
    filled = [(line, cells) for line, cells in rows if any(each != "" for each in cells)]
    if not filled:
        raise TableError("表里没有内容，或者第一行不是列名。")
    (_, names), *body = filled
    if not body:
        raise TableError("表里只有列名，没有内容。")
    if odd := [each for each in names if isinstance(each, OddCell)]:
        raise TableError(f"列名要是文字，{odd[0]}。")
    width = max(place for _, cells in filled for place, each in enumerate(cells, start=1) if each != "")
    if width > MOST_COLUMNS:
        raise TableError(f"表中有 {width} 列，最多 {MOST_COLUMNS} 列，请检查文件。")
    if len(body) > MOST_ROWS:
        raise TableError(f"表中有 {len(body)} 行，一次最多导入 {MOST_ROWS} 行，请分几次导入。")
    headers = [str(name).strip() for name in _wide(names, width)]
    for place, name in enumerate(headers, start=1):
        if not name:
            raise TableError(f"{get_column_letter(place)} 列没有列名，下面却有内容。请写上列名，或者删去这一列。")
    return Table(headers, [(line, _wide(cells, width)) for line, cells in body])


def _wide(cells: list[Cell], width: int) -> list[Cell]:
    return (cells + [""] * width)[:width]


class PlainCSV(CSV):  # type: ignore[misc]
    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Table:
        text = in_stream if isinstance(in_stream, str) else _decoded(in_stream)
        if text.count("\n") > 20 * MOST_ROWS:
            raise TableError(f"文件行数太多，一次最多导入 {MOST_ROWS} 行。")
        try:
            return _table(_csv_rows(text))
        except csv.Error as error:
            raise TableError("这不是能读的 CSV 文件。请用表格软件重新保存一份再试。") from error

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        # The mark at the beginning is what makes spreadsheets read the file as UTF-8.
        text: str = super().export_data(dataset, **kwargs)
        return text.encode("utf-8-sig")


def _decoded(content: bytes) -> str:
    """As UTF-8, or as what Excel in China writes without being asked."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("CSV 文件不是 UTF-8，也不是 GB18030 编码。请在表格软件里另存为“CSV UTF-8”，或改用 XLSX。")


def _csv_rows(text: str) -> Iterator[tuple[int, list[Cell]]]:
    """Each with the line on which it begins."""
    reader, names, line = csv.reader(io.StringIO(text, newline="")), 0, 1
    for cells in reader:
        begins, line = line, reader.line_num + 1
        if not any(cells):
            continue
        names = names or len([each for each in cells if each.strip()])
        missing = [MissingCell(place=f"{get_column_letter(each)}{begins}") for each in range(len(cells) + 1, names + 1)]
        yield begins, [*map(line_ends, cells), *missing]


class PlainXLSX(XLSX):  # type: ignore[misc]
    def create_dataset(self, in_stream: bytes) -> Table:
        try:
            with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
                unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise TableError(
                    f"XLSX 解开后有 {unpacked // 1024**2} MB，超过 {LARGEST_UNPACKED // 1024**2} MB，没有读取。"
                )
            return _table(_xlsx_rows(in_stream))
        except TableError:
            raise
        except Exception as error:  # openpyxl raises many kinds on files made to break it
            raise TableError("这不是能读的 XLSX 文件。请用表格软件重新保存一份再试。") from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Every cell as text, so that no spreadsheet makes a number or a date of it. Raises TableError where one is
        longer than a cell can be."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet(dataset.title or "表")
        sheet.append(dataset.headers)
        for line, row in enumerate(dataset, start=2):
            texts = ["" if value is None else str(value) for value in row]
            for name, text in zip(dataset.headers, texts, strict=True):
                if len(text) > LONGEST_CELL:
                    raise TableError(
                        f"第 {line} 行的“{name}”有 {len(text)} 个字，表格的一格最多 {LONGEST_CELL} 个字，装不下。"
                        "请改用 CSV。"
                    )
            sheet.append([ESCAPED.sub(r"_x005F_\1", text) or None for text in texts])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Of the one sheet that is shown. What is merged over several rows stands in each of them."""
    sheet = _shown_sheet(_book(content))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        written = packed.read(sheet._worksheet_path)
    unkept = _unkept_formulas(content, sheet.title) if b"<f" in written else frozenset()
    merged, above = _merged(written), dict[int, Cell]()
    for line, row in _rows(sheet):
        cells: list[Cell] = []
        for column, each in enumerate(row, start=1):
            place = f"{get_column_letter(column)}{line}"
            if place in unkept:
                shown: Cell = OddCell("公式，文件里没有存它的结果", None, place)
            else:
                shown = cell(each.value, each.number_format, place, is_error=each.data_type == "e")
            area = next((rows for rows in merged.get(column, ()) if line in rows), None)
            if area:
                shown = above[column] = shown if line == area.start else above[column]
            cells.append(shown)
        yield line, cells


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Those in which there are cells, as wide as they are: what a file says of its size may be anything. Raises
    TableError for one that is too far down or too wide to be meant."""
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(), start=1):
        if not row:
            continue
        if line > FARTHEST_ROW or len(row) > FARTHEST_COLUMN:
            far = [each for each in row if each.value is not None]
            if far:
                raise TableError(f"第 {line} 行有离得很远的内容，请检查文件，删去多余的格子。")
            continue
        yield line, row


def _book(content: bytes, *, results: bool = True) -> Any:
    """With the kept results of formulas, or with the formulas themselves."""
    return load_workbook(io.BytesIO(content), read_only=True, data_only=results)


def _shown_sheet(book: Any) -> Any:
    """The sheet that has something in it. Raises TableError where there are several: nobody knows which is meant."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in shown if any(each.value is not None for _, row in _rows(sheet) for each in row)]
    if len(filled) > 1:
        names = "、".join(sheet.title for sheet in filled)
        raise TableError(f"文件里有几张有内容的表（{names}），不知道导入哪一张。请只留一张。")
    if not filled:
        raise TableError("表里没有内容，或者第一行不是列名。")
    return filled[0]


def _unkept_formulas(content: bytes, title: str) -> frozenset[str]:
    """The places of formulas whose result the file does not hold."""
    kept, written = _rows(_book(content)[title]), _rows(_book(content, results=False)[title])
    return frozenset(
        f"{get_column_letter(column)}{line}"
        for (line, results), (_, formulas) in zip(kept, written, strict=True)
        for column, (result, formula) in enumerate(zip(results, formulas, strict=True), start=1)
        if formula.value is not None and formula.data_type == "f" and result.value is None
    )


def _merged(written: bytes) -> dict[int, list[range]]:
    """By column the rows that are merged. Raises TableError where columns are."""
    found = dict[int, list[range]]()
    for match in MERGED.finditer(written):
        area = match[1].decode()
        first_column, first_row, last_column, last_row = range_boundaries(area)
        if first_column != last_column:
            raise TableError(f"{area} 合并了几列的单元格，分不清是哪一列的。请取消合并，逐格填写。")
        found.setdefault(first_column, []).append(range(first_row, last_row + 1))
    return found


def format_of(content: bytes) -> int:
    """The place in FORMATS of what a file is, whatever it is called."""
    return 0 if content.startswith(b"PK") else 1


FORMATS: list[type[Format]] = [PlainXLSX, PlainCSV]
