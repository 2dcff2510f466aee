"""A table that was exported before somebody else changed the rows undoes nobody's change."""

import re
from typing import Any

import pytest
from django.test import Client

from boundaries.models import Basis
from duties.models import WorkItem
from offices.models import Office
from services.models import Service
from tests.conftest import make_account, signed_in
from tests.history.test_importing_a_table import CSV, XLSX, as_csv, confirmed, exported, rows_of, sent, url


@pytest.fixture
def zhang(db: None) -> Any:
    """张伟, another editor."""
    return make_account("zhangwei", "编辑", "张", "伟")


def chosen(client: Client, model: Any, preview: Any, side: str) -> Any:
    """The confirmation, the same side chosen everywhere."""
    form = preview.context["confirm_form"]
    choices = {name: side for name in form.fields if name.startswith("choose_")}
    return client.post(url(model, "process_import"), {**form.initial, **choices}, follow=True)


def by_zhang(zhang: Any, row: Any, **values: Any) -> None:
    """What 张伟 saved meanwhile, in the trail under his name."""
    row._history_user = zhang
    row.put(reason="同事的改动", **values)


def test_an_exported_table_has_the_number_of_each_row_in_its_last_column(wang: Any) -> None:
    for row in rows_of(exported(signed_in(wang), Service, CSV)):
        assert list(row)[-1] == "变更号"
        assert int(row["变更号"]) == Service.objects.get(code=row["代码"]).history.latest().history_id


def test_what_the_table_did_not_change_stays_as_it_is_now(wang: Any, zhang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    by_zhang(zhang, Service.objects.get(code="FW-05"), phones="0316-5250001", content="张的内容")
    by_zhang(zhang, Service.objects.get(code="FW-06"), phones="0316-5250006")
    rows[4]["备注" if "备注" in rows[4] else "承办机构"] = "稽查股"
    preview = sent(client, Service, as_csv(rows), CSV)
    assert preview.context["result"].totals["update"] == 1
    assert preview.context["confirm_form"].conflicts() == []
    confirmed(client, Service, preview)
    service = Service.objects.get(code="FW-05")
    assert (service.offices, service.phones, service.content) == ("稽查股", "0316-5250001", "张的内容")
    assert Service.objects.get(code="FW-06").phones == "0316-5250006"


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_an_old_table_that_was_not_changed_changes_nothing(wang: Any, zhang: Any, form: str) -> None:
    client = signed_in(wang)
    content = exported(client, Service, form)
    by_zhang(zhang, Service.objects.get(code="FW-05"), phones="0316-5250001")
    preview = sent(client, Service, content, form)
    assert preview.context["result"].totals["skip"] == Service.objects.count()
    confirmed(client, Service, preview)
    assert Service.objects.get(code="FW-05").phones == "0316-5250001"


def test_without_the_column_a_table_says_what_shall_be(wang: Any, zhang: Any) -> None:
    client = signed_in(wang)
    rows = [{k: v for k, v in row.items() if k != "变更号"} for row in rows_of(exported(client, Service, CSV))]
    by_zhang(zhang, Service.objects.get(code="FW-05"), phones="0316-5250001")
    confirmed(client, Service, sent(client, Service, as_csv(rows), CSV))
    assert Service.objects.get(code="FW-05").phones == "0316-5250001"  # an empty cell says nothing
    rows[4]["联系电话"] = "0316-5250009"
    preview = sent(client, Service, as_csv(rows), CSV)
    assert "<del>0316-5250001</del>" in preview.content.decode()
    confirmed(client, Service, preview)
    assert Service.objects.get(code="FW-05").phones == rows[4]["联系电话"]


@pytest.mark.parametrize(("side", "kept"), [("own", "0316-5250002"), ("theirs", "0316-5250001")])
def test_what_both_changed_is_shown_side_by_side_and_chosen(wang: Any, zhang: Any, side: str, kept: str) -> None:
    Service.objects.get(code="FW-05").put(reason="先有", phones="0316-5250000")
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    by_zhang(zhang, Service.objects.get(code="FW-05"), phones="0316-5250001")
    rows[4]["联系电话"] = "0316-5250002"
    rows[5]["联系电话"] = "0316-5250006"
    preview = sent(client, Service, as_csv(rows), CSV)
    page = preview.content.decode()
    assert re.search(r"张伟 于 \d{4}-\d\d-\d\d \d\d:\d\d 改了“联系电话”", page)
    assert [part for part in ("导出时", "现在（对方改的）", "用表格里的") if part not in page] == []
    assert "<del>0316-5250000</del><ins>0316-5250001</ins>" in page
    assert "<del>0316-5250000</del><ins>0316-5250002</ins>" in page
    assert "style=" not in page

    undecided = confirmed(client, Service, preview)
    assert "联系电话”请选用谁的" in undecided.content.decode()
    assert "<del>0316-5250000</del><ins>0316-5250001</ins>" in undecided.content.decode()
    assert Service.objects.get(code="FW-06").phones != "0316-5250006"
    made_up = {**preview.context["confirm_form"].initial, f"choose_{Service.objects.get(code='FW-05').pk}_phones": "x"}
    assert client.post(url(Service, "process_import"), made_up).status_code == 200
    assert Service.objects.get(code="FW-05").phones == "0316-5250001"

    chosen(client, Service, preview, side)
    assert Service.objects.get(code="FW-05").phones == kept
    assert Service.objects.get(code="FW-06").phones == "0316-5250006"
    again = sent(client, Service, as_csv(rows), CSV)
    if side == "own":
        assert again.context["result"].totals["update"] == 0


def test_a_row_retired_after_the_export_asks_whether_it_stays_so(wang: Any, zhang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, WorkItem, CSV))
    by_zhang(zhang, WorkItem.objects.get(code="ZZ-01-01"), retired_on="2026-11-24")
    rows[0]["备注"] = "王的"
    preview = sent(client, WorkItem, as_csv(rows), CSV)
    assert "一人取消了这一条，另一人还在改它" in preview.content.decode()
    chosen(client, WorkItem, preview, "theirs")
    item = WorkItem.objects.get(code="ZZ-01-01")
    assert (item.note, str(item.retired_on)) == ("王的", "2026-11-24")


@pytest.mark.parametrize("with_number", [True, False])
def test_what_changed_after_the_preview_is_not_written_over(wang: Any, zhang: Any, with_number: bool) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Office, CSV))
    if not with_number:
        rows = [{k: v for k, v in row.items() if k != "变更号"} for row in rows]
    rows[0]["办公电话"] = "0316-5250000"
    preview = sent(client, Office, as_csv(rows), CSV)
    office = Office.objects.get(code=rows[1]["代码"])
    by_zhang(zhang, office, phones="0316-5250001")
    page = confirmed(client, Office, preview).content.decode()
    assert "什么也没有写入" in page
    assert re.search(rf"股室（单位） {office.name}：张伟 于 [-\d]+ [:\d]+ 改了“办公电话”", page)
    assert Office.objects.get(code=rows[0]["代码"]).phones != "0316-5250000"
    assert Office.objects.get(pk=office.pk).phones == "0316-5250001"


def test_a_row_added_after_the_preview_is_not_written_over(wang: Any, zhang: Any) -> None:
    client = signed_in(wang)
    preview = sent(client, Office, as_csv([{"代码": "GS-09", "名称": "认证股", "办公电话": "0316-5250002"}]), CSV)
    office = Office(code="GS-09", name="认证股", phones="0316-5250001")
    office._history_user = zhang
    office.save(reason="同事先建了")
    assert "新增了“认证股”" in confirmed(client, Office, preview).content.decode()
    assert Office.objects.get(code="GS-09").phones == "0316-5250001"


def test_a_row_named_by_two_columns_is_held_as_well(wang: Any, zhang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Basis, CSV))
    basis = Basis.objects.get(matter__code=rows[0]["管理事项"], anchor=rows[0]["锚点"])
    by_zhang(zhang, basis, text="张的依据")
    rows[0]["相关依据"] = "王的依据"
    preview = sent(client, Basis, as_csv(rows), CSV)
    chosen(client, Basis, preview, "own")
    assert Basis.objects.get(pk=basis.pk).text == "王的依据"


JUNK = {
    "第 3 行的变更号应当是整数，现在是“十”": "十",
    "第 3 行的变更号应当是整数，现在是“1.5”": "1.5",
    "第 3 行的变更号应当是整数，现在是“=1+1”": "=1+1",
    "第 3 行的变更号应当是整数，现在是“99999999999999999999”": "99999999999999999999",
    "第 3 行的变更号 -1 不是这一条的变更记录": "-1",
    "第 3 行的变更号 2000000000 不是这一条的变更记录": "2000000000",
}


@pytest.mark.parametrize("says", JUNK)
def test_a_number_that_is_none_is_refused(wang: Any, says: str) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    rows[1]["变更号"] = JUNK[says]
    preview = sent(client, Service, as_csv(rows), CSV)
    assert says in preview.content.decode()
    assert "confirm_form" not in preview.context


def test_the_number_of_another_row_is_refused_and_a_new_row_has_none(wang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Service, CSV))
    rows[0]["变更号"], rows[1]["变更号"] = rows[1]["变更号"], rows[0]["变更号"]
    assert "第 2 行的变更号" in sent(client, Service, as_csv(rows), CSV).content.decode()
    new = {"代码": "FW-11", "序号": "11", "排列顺序": "11", "服务事项": "新的服务", "变更号": "1"}
    assert "第 2 行的变更号 1 不是这一条的变更记录" in sent(client, Service, as_csv([new]), CSV).content.decode()
    confirmed(client, Service, sent(client, Service, as_csv([new | {"变更号": ""}]), CSV))
    assert Service.objects.filter(code="FW-11").exists()
