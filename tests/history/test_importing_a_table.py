"""Tables out and in: previewed, checked, all or nothing, in the trail; the same file twice changes nothing."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import UniqueConstraint
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from duties.models import WorkItem
from editions.form.frames import Frame
from history import spreadsheets
from offices.models import Department, Office
from services.models import Service
from supervision.models import Chapter, Clause
from tests.conftest import edited_models, make_account, make_additions, signed_in

XLSX, CSV = "0", "1"


def url(model: Any, act: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}")


def exported(client: Client, model: Any, form: str) -> bytes:
    response = client.post(url(model, "export"), {"format": form, "resource": "0"})
    assert response.status_code == 200
    return response.content


def sent(client: Client, model: Any, content: bytes, form: str, reason: str = "年度核对") -> Any:
    file = SimpleUploadedFile("表.xlsx" if form == XLSX else "表.csv", content)
    return client.post(
        url(model, "import"), {"import_file": file, "format": form, "resource": "0", "change_reason": reason}
    )


def confirmed(client: Client, model: Any, preview: Any) -> Any:
    return client.post(url(model, "process_import"), preview.context["confirm_form"].initial, follow=True)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("form", [XLSX, CSV])
@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_what_was_exported_comes_back_and_changes_nothing(wang: Any, model: Any, form: str) -> None:
    make_additions()
    client = signed_in(wang)
    before = {m: m.history.count() for m in edited_models()}
    preview = sent(client, model, exported(client, model, form), form)
    assert "confirm_form" in preview.context, preview.context["result"].row_errors()
    assert preview.context["result"].totals["skip"] == model.objects.count()
    confirmed(client, model, preview)
    assert {m: m.history.count() for m in edited_models()} == before


def test_a_changed_row_is_previewed_then_written_with_user_and_reason(wang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    rows[4]["联系电话"] = "0316-5255908"
    preview = sent(client, Service, as_csv(rows), CSV, "补上认可日的电话")
    page = preview.content.decode()
    assert "<ins>0316-5255908</ins>" in page
    assert "style=" not in page
    assert Service.objects.get(code="FW-05").phones == ""
    confirmed(client, Service, preview)
    service = Service.objects.get(code="FW-05")
    assert service.phones == "0316-5255908"
    record = service.history.first()
    assert (record.history_user_name, record.history_change_reason) == ("王芳", "导入表格：补上认可日的电话")
    assert Service.history.count() == Service.objects.count() + 1

    again = sent(client, Service, as_csv(rows), CSV)
    assert again.context["result"].totals["update"] == 0
    confirmed(client, Service, again)
    assert Service.history.count() == Service.objects.count() + 1


def test_a_new_row_without_a_code_is_refused_and_with_one_is_made(wang: Any) -> None:
    client = signed_in(wang)
    new = {"代码": "FW-11", "序号": "11", "排列顺序": "11", "服务事项": "新的服务", "联系电话": "0316-5250001"}
    confirmed(client, Service, sent(client, Service, as_csv([new]), CSV))
    assert Service.objects.get(code="FW-11").phones == "0316-5250001"
    assert Service.objects.get(code="FW-11").history.count() == 1


FAULTY = {
    "没有代码为 ZZ-99 的主要职责": {"代码": "ZZ-99-01", "主要职责": "ZZ-99", "排列顺序": "1", "具体工作事项": "甲"},
    "应当是整数": {"代码": "ZZ-01-03", "主要职责": "ZZ-01", "排列顺序": "第一", "具体工作事项": "甲"},
    "2017-12-01 这样的日期": {
        "代码": "ZZ-01-03",
        "主要职责": "ZZ-01",
        "排列顺序": "1",
        "具体工作事项": "甲",
        "取消日期": "明年",
    },
    "写法不对，应当是 ZZ-01- 加数字": {"代码": "=1+1", "主要职责": "ZZ-01", "排列顺序": "1", "具体工作事项": "甲"},
    "不认识的列：备注2": {"代码": "ZZ-01-03", "备注2": "甲"},
    "此字段不能为空": {"代码": "ZZ-01-03", "主要职责": "ZZ-01", "排列顺序": "1", "具体工作事项": ""},
}


@pytest.mark.parametrize("said", FAULTY)
def test_one_faulty_row_keeps_the_whole_table_out(wang: Any, said: str) -> None:
    client = signed_in(wang)
    good = {name: "" for name in FAULTY[said]} | {"代码": "ZZ-01-01"}
    good |= {"主要职责": "ZZ-01", "排列顺序": "1", "具体工作事项": "改了"} if len(good) > 2 else {}
    preview = sent(client, WorkItem, as_csv([good, FAULTY[said]]), CSV)
    assert said in preview.content.decode()
    assert "confirm_form" not in preview.context
    assert WorkItem.history.count() == WorkItem.objects.count()
    assert WorkItem.objects.get(code="ZZ-01-01").text != "改了"


def test_a_table_that_went_stale_before_the_confirmation_writes_nothing(wang: Any) -> None:
    client = signed_in(wang)
    rows = [{"代码": "GS-02", "名称": "质量股"}, {"代码": "GS-07", "名称": "认证股"}]
    preview = sent(client, Office, as_csv(rows), CSV)
    Office(code="GS-08", name="认证股").save(reason="同事先建了")
    response = confirmed(client, Office, preview)
    assert "什么也没有写入" in response.content.decode()
    assert Office.objects.get(code="GS-02").name == "质量监督股"
    assert not Office.objects.filter(code="GS-07").exists()


def test_nobody_opens_another_file_through_the_confirmation(wang: Any) -> None:
    client = signed_in(wang)
    form = {"original_file_name": "x", "format": CSV, "resource": "0", "change_reason": "x"}
    for name in ("/etc/passwd", "../../etc/passwd", "passwd"):
        response = client.post(url(Service, "process_import"), {**form, "import_file_name": name})
        assert "或者已经过期" in response.content.decode()


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_formulas_go_out_and_come_back_as_text(wang: Any, form: str) -> None:
    for code, text in (
        ("FW-01", "=HYPERLINK(1)"),
        ("FW-02", "+1"),
        ("FW-03", "-1"),
        ("FW-04", "@SUM(A1)"),
        ("FW-06", "'=已有"),
    ):
        Service.objects.get(code=code).put(reason="测试", content=text)
    client = signed_in(wang)
    content = exported(client, Service, form)
    if form == XLSX:
        cells = [cell for row in load_workbook(io.BytesIO(content)).active for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        values = [str(cell.value) for cell in cells if cell.value]
    else:
        values = [value for row in rows_of(content) for value in row.values()]
    assert "'=HYPERLINK(1)" in values
    assert not [value for value in values if value.startswith(("=", "+", "-", "@"))]
    preview = sent(client, Service, content, form)
    assert preview.context["result"].totals["skip"] == Service.objects.count()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.LARGEST_UNPACKED + 1))
    return out.getvalue()


def long_table() -> bytes:
    book = Workbook()
    book.active.append(["代码"])
    for number in range(spreadsheets.MOST_ROWS + 1):
        book.active.append([f"FW-{number}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HOSTILE = {
    "最大 4096 KB": (b"x" * (spreadsheets.LARGEST_FILE + 1), CSV),
    "没有读取": (bomb(), XLSX),
    "最多导入 10000 行": (long_table(), XLSX),
    "不是能读的 XLSX": (b"PK\x03\x04 nothing", XLSX),
    "也不是 GB18030 编码": (b"\xff\xfe\xff\xff", CSV),
    "表里没有内容": (b"\n\n,,\n", CSV),
    "表里只有列名": (b"\n\x00", CSV),
    "行数太多": (b"a\n" * 250_000, CSV),
    "最多 50 列": (",".join(f"c{n}" for n in range(60)).encode() + b"\n" + b",".join([b"1"] * 60), CSV),
}


@pytest.mark.parametrize("said", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(wang: Any, said: str) -> None:
    content, form = HOSTILE[said]
    response = sent(signed_in(wang), Service, content, form)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert "confirm_form" not in response.context


def test_a_reason_is_asked_for(wang: Any) -> None:
    client = signed_in(wang)
    response = sent(client, Service, exported(client, Service, CSV), CSV, reason="")
    assert response.context["form"].errors["change_reason"]


def test_who_may_not_import_or_export_is_refused(db: None, li: Any, zhao: Any) -> None:
    auditor = make_account("zhouhai", "审计", "周", "海")
    for account, may_import, may_export in ((li, False, True), (auditor, False, True), (zhao, False, False)):
        client = signed_in(account)
        assert (client.get(url(Service, "import")).status_code == 200) is may_import
        assert (client.get(url(Service, "export")).status_code == 200) is may_export
        assert client.post(url(Service, "process_import"), {}).status_code == 403


def test_yes_and_no_are_understood_and_nothing_else(wang: Any) -> None:
    client = signed_in(wang)
    row = {"代码": "BM-01", "名称": "县质监局", "本局": "是"}
    assert sent(client, Department, as_csv([row]), CSV).context["result"].totals["skip"] == 1
    said = sent(client, Department, as_csv([row | {"本局": "也许"}]), CSV).content.decode()
    assert "应当是“是”或“否”，现在是“也许”" in said


def test_the_same_row_twice_in_a_table_is_refused(wang: Any) -> None:
    row = {"代码": "FW-01", "序号": "1", "排列顺序": "1", "服务事项": "甲"}
    page = sent(signed_in(wang), Service, as_csv([row, row]), CSV).content.decode()
    assert "第 2 行和第 3 行是同一条（FW-01）" in page


def test_a_table_without_the_column_that_names_its_rows_is_refused(wang: Any) -> None:
    page = sent(signed_in(wang), Service, as_csv([{"服务事项": "甲"}]), CSV).content.decode()
    assert "缺少列：代码" in page


def test_the_frames_are_changed_and_not_added(wang: Any) -> None:
    page = sent(signed_in(wang), Frame, as_csv([{"部分": "nonsense", "标题": "甲"}]), CSV).content.decode()
    assert "confirm" not in page
    assert not Frame.objects.filter(part="nonsense").exists()


def test_a_code_belongs_to_its_parent(wang: Any) -> None:
    row = {"代码": "ZZ-77-01", "主要职责": "ZZ-01", "排列顺序": "9", "具体工作事项": "甲"}
    page = sent(signed_in(wang), WorkItem, as_csv([row]), CSV).content.decode()
    assert "“ZZ-77-01”写法不对，应当是 ZZ-01- 加数字" in page


def test_a_confirmation_counts_once_for_its_own_table_and_account(wang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    rows[0]["主要内容"] = "改了"
    preview = sent(client, Service, as_csv(rows), CSV)
    initial = preview.context["confirm_form"].initial
    other = signed_in(make_account("qianjin", "编辑", "钱", "进"))
    assert "或者已经过期" in other.post(url(Service, "process_import"), initial).content.decode()
    assert "或者已经过期" in client.post(url(Office, "process_import"), initial).content.decode()
    assert "或者已经过期" in client.post(url(Service, "process_import"), {**initial, "format": "9"}).content.decode()
    confirmed(client, Service, preview)
    assert Service.objects.get(code="FW-01").content == "改了"
    again = client.post(url(Service, "process_import"), initial)
    assert "或者已经过期" in again.content.decode()
    assert Service.objects.get(code="FW-01").history.count() == 2


def selects(client: Client, rows: list[dict[str, str]]) -> int:
    with CaptureQueriesContext(connection) as asked:
        page = sent(client, Clause, as_csv(rows), CSV)
    assert page.context["result"].totals["skip"] == len(rows)
    return sum(each["sql"].startswith("SELECT") for each in asked)


def test_a_long_table_asks_the_database_no_more_than_a_short_one(wang: Any) -> None:
    client = signed_in(wang)
    rows = [row for row in rows_of(exported(client, Clause, CSV)) if not row["属于哪一条"]]
    assert selects(client, rows[:200]) == selects(client, rows[:2])


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_what_a_table_names_is_one_row(model: Any) -> None:
    (resource,) = admin.site._registry[model].get_import_resource_classes(None)
    names = set(resource._meta.import_id_fields)
    unique = [set(each.fields) for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    assert names in unique or any(model._meta.get_field(name).unique for name in names)


def test_what_one_row_gives_up_a_later_one_takes(wang: Any) -> None:
    client, called = signed_in(wang), "其他印出的名称"
    Department.objects.get(code="BM-03").put(reason="别名", other_names="新监局")
    rows = {row["代码"]: row for row in rows_of(exported(client, Department, CSV))}
    rows["BM-03"][called], rows["BM-04"][called] = "", "新监局"
    preview = sent(client, Department, as_csv([rows["BM-03"], rows["BM-04"]]), CSV)
    assert preview.context["result"].totals["update"] == 2
    confirmed(client, Department, preview)
    assert Department.objects.get(code="BM-04").other_names == "新监局"
    assert Department.objects.get(code="BM-03").other_names == ""


def test_what_two_rows_make_impossible_together_is_said_in_the_preview(wang: Any) -> None:
    client, chapter = signed_in(wang), Chapter.objects.get(regime__code="JG-14", anchor="c1")
    one, other = (each.anchor for each in chapter.clauses.filter(parent=None).order_by("pk")[:2])
    rows = {(row["章节"], row["锚点"]): row for row in rows_of(exported(client, Clause, CSV))}
    two = [rows["JG-14#c1", one], rows["JG-14#c1", other]]
    two[0]["属于哪一条"], two[1]["属于哪一条"] = other, one
    preview = sent(client, Clause, as_csv(two), CSV)
    assert "confirm_form" not in preview.context
    assert "不能属于它自己" in preview.content.decode()


@pytest.mark.parametrize("has_column", [True, False])
def test_a_new_row_of_which_no_place_is_said_stands_last(wang: Any, has_column: bool) -> None:
    client = signed_in(wang)
    last = WorkItem.objects.filter(duty__code="ZZ-02").count()
    row = {"代码": "", "主要职责": "ZZ-02", "具体工作事项": "新的一项"} | ({"排列顺序": ""} if has_column else {})
    rows = [row, row | {"具体工作事项": "又一项"}]
    confirmed(client, WorkItem, sent(client, WorkItem, as_csv(rows), CSV))
    added = WorkItem.objects.filter(duty__code="ZZ-02").order_by("pk")[last:]
    assert [(item.text, item.position) for item in added] == [("新的一项", last + 1), ("又一项", last + 2)]


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_a_row_of_empty_cells_is_refused_in_chinese(wang: Any, model: Any) -> None:
    make_additions()
    client = signed_in(wang)
    row = dict.fromkeys(rows_of(exported(client, model, CSV))[0], "")
    for name in row:
        preview = sent(client, model, as_csv([row | {name: "甲"}]), CSV)
        result = preview.context["result"]
        said = re.findall(r"<ul class=\"errorlist\">.*?</ul>", preview.content.decode(), re.S)
        assert said or "confirm_form" in preview.context, (name, result)
        assert re.findall("[A-Za-z]{5,}", re.sub("<[^>]*>", "", "".join(said))) == [], (name, said)
