"""王芳 brings tables as Excel, WPS and others save them: what a cell showed is what is read, or she is told which cell
shows something else."""

import datetime
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from duties.models import WorkItem
from history import cells
from history.cells import OddCell
from history.resources import ClockWidget
from services.models import Event, Service
from tests.conftest import signed_in
from tests.history.test_importing_a_table import CSV, XLSX, as_csv, confirmed, exported, rows_of, sent

HEADERS = ["代码", "主要内容", "承办机构", "联系电话"]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows: list[Any], headers: list[str] | None = None) -> Workbook:
    book = Workbook()
    for row in (headers or HEADERS, *rows):
        book.active.append(row)
    return book


def faults(page: Any) -> str:
    assert "confirm_form" not in page.context
    return str(page.content.decode())


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def test_whole_numbers_lose_their_point(client: Client) -> None:
    content = saved(book_of(["FW-05", 1.0, "质量监督股", 5255889.0]))
    confirmed(client, Service, sent(client, Service, content, XLSX))
    service = Service.objects.get(code="FW-05")
    assert (service.content, service.phones) == ("1", "5255889")


ODD: dict[str, tuple[Any, str]] = {
    "日期": (datetime.datetime(2018, 3, 15), "yyyy-mm-dd"),
    "时间": (datetime.time(9, 0), "h:mm"),
    "百分数": (0.05, "0%"),
    "货币": (5, '"¥"#,##0.00'),
    "逻辑值": (True, "General"),
    "错误值 #REF!": ("#REF!", "General"),
    "科学记数法的数字": (123456789012, "General"),
    "带格式的数字": (5255889, "#,##0"),
    "公式，文件里没有存它的结果": ("=A1&B1", "General"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_shows_no_text_is_refused_with_its_place(client: Client, kind: str) -> None:
    book = book_of(["FW-05", "甲", "质量监督股", "1"], ["FW-06", "乙", "质量监督股", None])
    cell = book.active["D3"]
    cell.value, cell.number_format = ODD[kind]
    if kind.startswith("错误值"):
        cell.data_type = "e"
    said = faults(sent(client, Service, saved(book), XLSX))
    assert f"第 3 行“联系电话”：D3 是{kind}，这一列要填文字" in said
    assert Service.objects.get(code="FW-05").content != "甲"


@pytest.mark.parametrize(
    ("value", "number_format", "is_read"),
    [(1234, "#,##0", True), (1, "0%", False), (True, "General", False), (5, '"¥"#,##0', False)],
)
def test_a_column_of_numbers_takes_digits_alone(client: Client, value: Any, number_format: str, is_read: bool) -> None:
    book = book_of(["FW-05", 1], headers=["代码", "排列顺序"])
    book.active["B2"].value, book.active["B2"].number_format = value, number_format
    page = sent(client, Service, saved(book), XLSX)
    assert ("confirm_form" in page.context) is is_read
    if not is_read:
        assert "第 2 行“排列顺序”：B2 是" in page.content.decode()


def test_all_that_is_odd_is_said_at_once(client: Client) -> None:
    book = book_of(["FW-05", datetime.date(2018, 1, 1), "质量监督股", True], ["FW-06", 0.5, "质量监督股", None])
    book.active["B3"].number_format = "0%"
    said = faults(sent(client, Service, saved(book), XLSX))
    for part in ("B2 是日期", "D2 是逻辑值", "B3 是百分数"):
        assert part in said


def test_the_carriage_return_of_a_spreadsheet_is_a_line_end(client: Client) -> None:
    content = saved(book_of(["FW-07", "甲", "质量监督股", "0316-5255901_x000D_\n0316-5255902"]))
    confirmed(client, Service, sent(client, Service, content, XLSX))
    assert Service.objects.get(code="FW-07").phones == "0316-5255901\n0316-5255902"


def test_a_text_that_looks_like_one_goes_out_and_comes_back(client: Client) -> None:
    Service.objects.get(code="FW-07").put(reason="测试", content="写作_x000D_的")
    page = sent(client, Service, exported(client, Service, XLSX), XLSX)
    assert page.context["result"].totals["skip"] == Service.objects.count()


def test_what_is_merged_over_rows_stands_in_each_of_them(client: Client) -> None:
    items = list(WorkItem.objects.filter(code__startswith="ZZ-02-").order_by("code")[:3])
    headers = ["代码", "主要职责", "责任股室", "排列顺序"]
    book = book_of(*([item.code, "ZZ-02", None, item.position] for item in items), headers=headers)
    book.active["C2"] = "质量监督股"
    book.active.merge_cells("C2:C4")
    confirmed(client, WorkItem, sent(client, WorkItem, saved(book), XLSX))
    assert {item.offices for item in WorkItem.objects.filter(pk__in=[each.pk for each in items])} == {"质量监督股"}


def test_what_is_merged_over_columns_is_refused(client: Client) -> None:
    book = book_of(["FW-05", "甲", None, None])
    book.active.merge_cells("B2:D2")
    assert "B2:D2 合并了几列的单元格" in faults(sent(client, Service, saved(book), XLSX))


@pytest.mark.parametrize("place", ["B1048576", "XFD1", "XFD1048576"])
def test_a_cell_far_away_costs_nobody_the_machine(client: Client, place: str) -> None:
    book = book_of(["FW-05", "甲", "质量监督股", "1"])
    book.active[place] = "远"
    assert "行有离得很远的内容，请检查文件" in faults(sent(client, Service, saved(book), XLSX))


def test_a_merged_area_as_large_as_the_sheet_is_refused_at_once(client: Client) -> None:
    content = saved(book_of(["FW-05", "甲", None, None]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as other:
        for name in packed.namelist():
            part = packed.read(name)
            if name.endswith("sheet1.xml"):
                merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                part = part.replace(b"</sheetData>", b"</sheetData>" + merged)
            other.writestr(name, part)
    assert "A1:XFD1048576 合并了几列的单元格" in faults(sent(client, Service, out.getvalue(), XLSX))


def test_a_hidden_sheet_is_never_read(client: Client) -> None:
    book = book_of(["FW-06", "去年的话", "质量监督股", "1"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("今年")
    for row in (HEADERS, ["FW-06", "本年的话，看得见", "质量监督股", "1"]):
        shown.append(row)
    book.active = shown
    confirmed(client, Service, sent(client, Service, saved(book), XLSX))
    assert Service.objects.get(code="FW-06").content == "本年的话，看得见"


def test_of_two_sheets_nobody_guesses(client: Client) -> None:
    book = book_of(["FW-06", "甲", "质量监督股", "1"])
    other = book.create_sheet("另一张")
    other.append(HEADERS)
    assert "有几张有内容的表（Sheet、另一张）" in faults(sent(client, Service, saved(book), XLSX))


def test_a_row_that_breaks_off_is_refused(client: Client) -> None:
    said = faults(sent(client, Service, "代码,主要内容,承办机构,联系电话\nFW-08,承担培训工作\n".encode(), CSV))
    assert "第 2 行“承办机构”：缺 C2 这一格，空着的格也要写上逗号" in said
    assert "第 2 行“联系电话”：缺 D2 这一格" in said
    assert Service.objects.get(code="FW-08").phones


def test_a_row_that_breaks_off_hides_no_other_fault(client: Client) -> None:
    table = "代码,排列顺序,主要内容\nFW-08,8\nFW-09,九,甲\n"
    said = faults(sent(client, Service, table.encode(), CSV))
    assert "第 2 行“主要内容”：缺 C2 这一格" in said
    assert "第 3 行“排列顺序”：应当是整数，现在是“九”" in said


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_an_empty_cell_takes_nothing_away_unless_the_row_came_from_an_export(client: Client, form: str) -> None:
    before = Service.objects.get(code="FW-08")
    row = {"代码": "FW-08", "主要内容": "承担培训工作", "承办机构": "", "联系电话": ""}
    content = as_csv([row]) if form == CSV else saved(book_of([each or None for each in row.values()]))
    confirmed(client, Service, sent(client, Service, content, form))
    service = Service.objects.get(code="FW-08")
    assert (service.content, service.offices, service.phones) == ("承担培训工作", before.offices, before.phones)
    rows = [each for each in rows_of(exported(client, Service, CSV)) if each["代码"] == "FW-08"]
    confirmed(client, Service, sent(client, Service, as_csv([rows[0] | {"联系电话": ""}]), CSV))
    assert Service.objects.get(code="FW-08").phones == ""


def test_what_excel_leaves_is_passed_over_and_what_it_writes_is_read(client: Client) -> None:
    lines = [
        "代码,服务事项,承办股室,日期,开始时间,结束时间,地点,",
        ",FW-08,GS-02,2026/12/1,9:00:00,11:30:00,县政府广场,",
        *[",,,,,,,"] * 3,
    ]
    page = sent(client, Event, "\r\n".join(lines).encode("gb18030"), CSV)
    confirmed(client, Event, page)
    (event,) = Event.objects.all()
    assert (event.code, str(event.on), str(event.begins), event.place) == (
        "HD-01",
        "2026-12-01",
        "09:00:00",
        "县政府广场",
    )


def test_new_rows_without_a_code_get_the_next_ones_in_order(client: Client) -> None:
    rows = [{"代码": "", "服务事项": f"新的服务{n}", "序号": "11", "排列顺序": "11"} for n in (1, 2)]
    page = sent(client, Service, as_csv(rows), CSV)
    assert "FW-11" in page.content.decode()
    confirmed(client, Service, page)
    assert list(Service.objects.filter(title__startswith="新的服务").order_by("code").values_list("code", "title")) == [
        ("FW-11", "新的服务1"),
        ("FW-12", "新的服务2"),
    ]


def test_the_preview_shows_what_changes_and_counts_the_rest(client: Client) -> None:
    rows = rows_of(exported(client, Service, CSV))
    rows[4]["联系电话"] = "0316-5255908"
    said = sent(client, Service, as_csv(rows), CSV).content.decode()
    assert "新增 0 条，修改 1 条；9 条没有变化" in said
    assert "FW-05" in said
    assert "FW-03" not in said.split("要做的改动")[1]


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_the_file_says_itself_of_which_format_it_is(client: Client, form: str) -> None:
    page = sent(client, Service, exported(client, Service, form), XLSX if form == CSV else CSV)
    assert page.context["result"].totals["skip"] == Service.objects.count()


def test_faults_are_named_by_column_and_line_of_the_file(client: Client) -> None:
    text = "代码,排列顺序,服务事项\n\nFW-05,第一,甲\n"
    said = faults(sent(client, Service, text.encode(), CSV))
    assert "第 3 行“排列顺序”：应当是整数，现在是“第一”" in said
    assert "['" not in said


def test_a_text_that_no_cell_holds_is_not_cut_off(client: Client) -> None:
    Service.objects.get(code="FW-05").put(reason="测试", content="长" * 32_768)
    said = client.post("/admin/services/service/export/", {"format": "0", "resource": "0"}, follow=True)
    assert "有 32768 个字，表格的一格最多 32767 个字" in said.content.decode()
    assert len(exported(client, Service, CSV)) > 32_768


@given(st.integers(-(10**10), 10**10))
def test_every_whole_number_that_a_cell_shows_is_read_as_it_was_shown(number: int) -> None:
    assert cells.cell(float(number), "General", "A1") == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_is_read_as_anything_but_itself(number: float) -> None:
    shown = cells.cell(number, "General", "A1")
    assert isinstance(shown, OddCell) or float(shown) == number


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("9:00", datetime.time(9)),
        ("09:00:00 AM", datetime.time(9)),
        ("12:30 am", datetime.time(0, 30)),
        ("12:30:00 PM", datetime.time(12, 30)),
        ("下午 3:05", datetime.time(15, 5)),
        ("上午9:00:00", datetime.time(9)),
    ],
)
def test_a_time_is_read_as_spreadsheets_write_it(written: str, time: datetime.time) -> None:
    assert ClockWidget().clean(written) == time


@pytest.mark.parametrize("written", ["13:00 PM", "0:30 AM", "上午 9:00 AM", "24:00", "9:60", "9:00:30", "9"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="应当是 9:00 这样的时间"):
        ClockWidget().clean(written)
