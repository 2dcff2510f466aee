"""王芳 copies rows in Word or Excel and pastes them: each cell goes into its column, she sees what would change, and
only then it is written."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import roles
from duties.models import Duty, WorkItem
from history import pasting
from services.models import Service
from supervision.models import Chapter, Clause
from tests.conftest import edited_models, make_account, make_additions, signed_in
from tests.history.test_importing_a_table import CSV, exported, url

ITEMS, SERVICES = "/admin/duties/workitem/paste/", "/admin/services/service/paste/"


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def spread(client: Client, where: str, text: str, **more: Any) -> Any:
    return client.post(where, {"pasted": text, **more})


def chosen(page: Any) -> dict[str, str]:
    form = page.context["spread"]
    return {column.html_name: column.value() or "" for column in form.columns()}


def previewed(client: Client, where: str, text: str, **more: Any) -> Any:
    first = spread(client, where, text, **more)
    return spread(client, where, text, **(chosen(first) | {"preview": "下一步", "change_reason": "照县里的表"} | more))


def confirmed(client: Client, page: Any) -> Any:
    assert "confirm_form" in page.context, re.findall(r"<ul class=.errorlist.*?</ul>", page.content.decode(), re.S)
    form = page.context["confirm_form"]
    action = re.search(r'<form action="([^"]+)"', page.content.decode())[1]
    return client.post(action, {field.html_name: field.value() or "" for field in form.hidden_fields()}, follow=True)


def test_new_work_items_are_pasted_into_their_duty(client: Client) -> None:
    duty = Duty.objects.get(code="ZZ-02")
    change = client.get(reverse("admin:duties_duty_change", args=[duty.pk])).content.decode()
    where = f"{ITEMS}?owner={duty.pk}"
    assert where in change
    before = [item.code for item in duty.work_items.all()]
    text = '组织标准化宣传\t标准计量股\t新增\n"标准日"活动\t"标准计量股\n办公室"\t'
    page = previewed(client, where, text)
    assert "组织标准化宣传" in page.content.decode()
    assert duty.work_items.count() == len(before)
    confirmed(client, page)
    new = list(duty.work_items.all())[len(before) :]
    assert [(item.text, item.offices, item.note) for item in new] == [
        ("组织标准化宣传", "标准计量股", "新增"),
        ('"标准日"活动', "标准计量股\n办公室", ""),
    ]
    assert [item.position for item in new] == [len(before) + 1, len(before) + 2]
    assert [item.code for item in new] == [f"ZZ-02-{len(before) + 1:02}", f"ZZ-02-{len(before) + 2:02}"]
    assert new[0].history.get().history_change_reason == "导入表格：照县里的表"


def test_a_row_is_pasted_over_one_that_is_there(client: Client) -> None:
    service = Service.objects.get(code="FW-07")
    change = client.get(reverse("admin:services_service_change", args=[service.pk])).content.decode()
    where = f"{SERVICES}?row={service.pk}"
    assert where in change
    first = spread(client, where, "新的名称\t新的内容")
    columns = {"column-0": "服务事项", "column-1": "主要内容"}
    assert set(columns.values()) <= {name for name, _ in first.context["spread"].fields["column-0"].choices}
    page = spread(client, where, "新的名称\t新的内容", preview="1", change_reason="改", **columns)
    content = page.content.decode()
    assert "<ins>" in content
    confirmed(client, page)
    after = Service.objects.get(code="FW-07")
    assert (after.title, after.content) == ("新的名称", "新的内容")
    assert (after.phones, after.offices, after.serial) == (service.phones, service.offices, service.serial)


def test_one_row_of_word_has_cells_of_several_paragraphs(client: Client) -> None:
    service = Service.objects.get(code="FW-07")
    text = "名称\t第一段\n第二段"
    where = f"{SERVICES}?row={service.pk}"
    page = spread(client, where, text)
    assert "这里只改一条，粘贴的有 2 条" in page.content.decode()
    columns = {"column-0": "服务事项", "column-1": "主要内容"}
    page = spread(client, where, text, is_one_row="on", preview="1", change_reason="改", **columns)
    confirmed(client, page)
    assert Service.objects.get(code="FW-07").content == "第一段\n第二段"


def test_the_first_row_may_say_what_the_columns_are_called(client: Client) -> None:
    page = spread(client, SERVICES, "代码\t备注\nFW-07\t有备注")
    names = {name for name, _ in page.context["spread"].fields["column-0"].choices}
    text = "代码\t主要内容\nFW-07\t由表格改的内容"
    assert {"代码", "主要内容"} <= names
    page = previewed(client, SERVICES, text)
    confirmed(client, page)
    assert Service.objects.get(code="FW-07").content == "由表格改的内容"


@pytest.mark.parametrize("text", ["'=甲", "=甲", "'甲", "-甲", '"甲"乙', '"甲"', '"', 'a""b'])
def test_what_looks_like_a_formula_is_kept_as_it_is(client: Client, text: str) -> None:
    where = f"{SERVICES}?row={Service.objects.get(code='FW-07').pk}"
    page = spread(client, where, text, preview="1", change_reason="改", **{"column-0": "主要内容"})
    confirmed(client, page)
    assert Service.objects.get(code="FW-07").content == text


def test_codes_and_numbers_are_known_wherever_they_stand(client: Client) -> None:
    page = spread(client, SERVICES, "1\t甲\tFW-07\n2\t乙\tFW-06")
    assert list(chosen(page).values()) == ["序号", "服务事项", "代码"]
    page = spread(client, ITEMS, "（一）\t甲\tZZ-05-01\n（二）\t乙\tZZ-05-02")  # which have no printed numbers
    assert list(chosen(page).values()) == ["", "具体工作事项", "代码"]


def test_clauses_are_pasted_into_their_chapter(client: Client) -> None:
    chapter = Chapter.objects.listed().first()
    page = spread(client, f"/admin/supervision/clause/paste/?owner={chapter.pk}", "（九）\t按时检查。")
    columns = {"column-0": "编号", "column-1": "文字"}
    where = f"/admin/supervision/clause/paste/?owner={chapter.pk}"
    page = spread(client, where, "（九）\t按时检查。", preview="1", change_reason="加", **columns)
    confirmed(client, page)
    clause = Clause.objects.latest("pk")
    assert (clause.chapter, clause.marker, clause.text) == (chapter, "（九）", "按时检查。")


def test_what_is_wrong_is_said_beside_what_was_pasted(client: Client) -> None:
    page = spread(client, SERVICES, "FW-77\t甲", preview="1", change_reason="改", **{"column-0": "代码"})
    content = page.content.decode()
    assert "这张表不能导入" in content
    assert "FW-77" in content
    assert 'name="pasted"' in content
    assert Service.objects.filter(code="FW-77").count() == 0


def test_two_cells_for_one_column_are_refused(client: Client) -> None:
    columns = {"column-0": "主要内容", "column-1": "主要内容"}
    page = spread(client, SERVICES, "甲\t乙", preview="1", change_reason="改", **columns)
    assert "有两格都选了“主要内容”" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "字段"),
        (" \n\t\n", "没有内容"),
        ("a\u200bb\tc", "看不见"),
        ("\n".join(f"第{n}行\tx" for n in range(501)), "一次最多粘贴 500 行，这里有 501"),
        ("甲\t" * 50 + "甲", "一次最多粘贴 50 格一行，这里有 51"),
        ("代码\t主要内容", "只有列名，没有内容"),
        ('"' + "长" * 140_000 + '\n"', "有一格 140000 个字，最多 32767 个字"),
    ],
)
def test_what_cannot_be_pasted_is_said(client: Client, text: str, said: str) -> None:
    page = client.post(SERVICES, {"pasted": text, "x": "1"}).content.decode()
    assert said in page
    assert "下一步：分到各列" in page


@pytest.mark.parametrize("asked", ["row=0", "row=x", "owner=99999", "row=" + "9" * 40])
def test_an_address_of_nothing_is_none(client: Client, asked: str) -> None:
    assert client.get(f"{ITEMS}?{asked}").status_code == 404


def test_who_brings_in_no_tables_pastes_nothing(db: None) -> None:
    for role in (roles.REVIEWER, roles.AUDITOR):
        account = signed_in(make_account(f"x{role}", role, "孙", "丽"))
        assert account.get(SERVICES).status_code == 403
        row = Service.objects.first()
        page = account.get(reverse("admin:services_service_change", args=[row.pk])).content.decode()
        assert "/paste/" not in page
    assert Client().get(SERVICES).status_code == 302


LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
CELLS = st.lists(LINES, max_size=3).map("\n".join)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_excel_copies_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    def copied(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if "\n" in cell else cell

    text = "\r\n".join("\t".join(map(copied, row)) for row in rows)
    assert pasting.rows_of(text) == [row for row in rows if any(row)]


def copied_from_excel(rows: list[list[str]]) -> str:
    cells = ([f'"{cell.replace(chr(34), chr(34) * 2)}"' if "\n" in cell else cell for cell in row] for row in rows)
    return "\n".join(map("\t".join, cells))


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_a_whole_table_that_was_exported_can_be_pasted_and_changes_nothing(wang: Any, model: Any) -> None:
    """With its headings and the numbers of its records, as somebody copies what the spreadsheet shows."""
    make_additions()
    client = signed_in(wang)
    table = list(csv.reader(io.StringIO(exported(client, model, CSV).decode("utf-8-sig"))))[:40]
    page = previewed(client, url(model, "paste"), copied_from_excel(table))
    assert "confirm_form" in page.context, page.content.decode()
    assert page.context["result"].totals["skip"] == len(table) - 1


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_rows_whose_columns_are_guessed_wrongly_are_refused_in_chinese(wang: Any, model: Any) -> None:
    page = previewed(signed_in(wang), url(model, "paste"), "甲\t乙\t丙\n丁\t戊\t己")
    said = re.findall(r"<li>(第 \d+ 行.*?)</li>", page.content.decode())
    assert said or "confirm_form" in page.context
    assert [each for each in said if re.search("[a-z]{4,}", each)] == []


def test_a_row_is_called_by_its_place_in_what_was_pasted(client: Client) -> None:
    wrong = {"column-0": "代码", "column-1": "主要内容", "preview": "1", "change_reason": "改"}
    page = spread(client, SERVICES, "FW-07\t甲\nFW-XX\t乙", **wrong).content.decode()
    assert "第 2 行" in page
    assert "第 3 行" not in page


def test_work_items_know_their_place(db: None) -> None:
    duty = Duty.objects.get(code="ZZ-02")
    last = duty.work_items.count()
    assert WorkItem(duty=duty, text="新的").put(reason="加").position == last + 1
