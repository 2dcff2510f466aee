"""CSV and XLSX, as files from outside: bounded before they are read, formulas kept as text."""

import io
import zipfile
from typing import Any

import tablib
from import_export.formats.base_formats import CSV, XLSX, Format

LARGEST_FILE = 1024 * 1024
LARGEST_UNPACKED = 8 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 50

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableError(ValueError):
    """A file that is not read; the message is for the person who sent it."""


def as_text(value: Any) -> Any:
    """What a spreadsheet would take for a formula, or begins like one that was kept as text, gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def from_text(value: Any) -> Any:
    """The same, undone."""
    if isinstance(value, str) and value.startswith("'") and value[1:].startswith((*FORMULA, "'")):
        return value[1:]
    return value


def _bounded(dataset: tablib.Dataset) -> tablib.Dataset:
    if not dataset.headers:
        raise TableError("表里没有内容，或者第一行不是列名。")
    if dataset.height > MOST_ROWS:
        raise TableError(f"表中有 {dataset.height} 行，一次最多导入 {MOST_ROWS} 行，请分几次导入。")
    if dataset.width > MOST_COLUMNS:
        raise TableError(f"表中有 {dataset.width} 列，最多 {MOST_COLUMNS} 列，请检查文件。")
    return dataset


class PlainCSV(CSV):  # type: ignore[misc]
    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        if isinstance(in_stream, bytes):
            try:
                in_stream = in_stream.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise TableError("CSV 文件不是 UTF-8 编码。请在表格软件里另存为“CSV UTF-8”，或改用 XLSX。") from None
        if in_stream.count("\n") > 20 * MOST_ROWS:
            raise TableError(f"文件行数太多，一次最多导入 {MOST_ROWS} 行。")
        return _bounded(super().create_dataset(in_stream, **kwargs))

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        # The mark at the beginning is what makes spreadsheets read the file as UTF-8.
        text: str = super().export_data(dataset, **kwargs)
        return text.encode("utf-8-sig")


class PlainXLSX(XLSX):  # type: ignore[misc]
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        from openpyxl import load_workbook

        try:
            with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
                unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise TableError(
                    f"XLSX 解开后有 {unpacked // 1024**2} MB，超过 {LARGEST_UNPACKED // 1024**2} MB，没有读取。"
                )
            book = load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
            filled = [row for row in rows if any(value is not None for value in row)]
        except TableError:
            raise
        except Exception as error:  # openpyxl raises many kinds on files made to break it
            raise TableError("这不是能读的 XLSX 文件。请用表格软件重新保存一份再试。") from error
        if not filled:
            raise TableError("表里没有内容。")
        width = max((i + 1 for row in filled for i, value in enumerate(row) if value is not None), default=0)
        dataset = tablib.Dataset(headers=[str(value or "") for value in filled[0][:width]])
        for row in filled[1:]:
            dataset.append(["" if value is None else value for value in row[:width]])
        return _bounded(dataset)


FORMATS: list[type[Format]] = [PlainXLSX, PlainCSV]
