"""A form has the columns that its part declares; whatever shows the form reads them there."""

from dataclasses import replace
from typing import Annotated, Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pydantic import Field

from duties.documents import DutyDocument
from duties.models import Duty, WorkItem
from editions.form import parts
from editions.form.columns import RUNNING_TEXT, Column, sheet
from editions.form.frames import Frame
from editions.register.interchange import read
from editions.register.register import Listed, compose
from history.resources import resource_of
from services.columns import TABLE as SERVICES
from services.documents import ServiceDocument
from services.resources import ServiceResource
from tests.conftest import REGISTER, signed_in
from verbatim.documents import Cell

LIMIT = Column("样品数量", 12, optional=True)
TIMED = replace(SERVICES, rows=(*SERVICES.rows, LIMIT))
FORMS = [part for part in parts.parts() if part.table]


class TimedService(ServiceDocument):
    limit: Annotated[Cell, Field(title="样品数量")] = ""


def service(**values: str) -> Listed:
    return Listed("1", TimedService(code="FW-01", title="受理举报", **values))


def printed_titles(part: str) -> str:
    return read(REGISTER[:1]).register.frame(part).columns


@pytest.mark.parametrize("part", FORMS, ids=lambda part: part.name)
def test_every_title_that_the_frame_of_2017_prints_has_its_column_and_the_other_way_round(part: Any) -> None:
    titles = [column.title for column in part.table.columns if not column.optional]
    assert titles == printed_titles(part.name).split("\n")


def test_the_regimes_print_running_text(db: None) -> None:
    (part,) = (part for part in parts.parts() if part not in FORMS)
    assert (part.name, part.table, printed_titles(part.name)) == ("supervision", RUNNING_TEXT, "")


@pytest.mark.parametrize("part", FORMS, ids=lambda part: part.name)
def test_every_printed_text_stands_in_a_column_once(db: None, part: Any) -> None:
    register = compose()
    items = register.form_items(part.name)
    for listed in register.of(part.name):
        item = items[listed.document.code]
        cells = [item.head, *(cell for row in item.rows for cell in (*row.cells, *row.beside))]
        lines = [line for cell in cells for line in cell.text.split("\n") if line]
        assert sorted(lines) == sorted(listed.document.printed())


def test_a_part_whose_columns_and_texts_do_not_match_is_not_registered() -> None:
    part = parts.part("services")
    assert part is not None
    with pytest.raises(ImproperlyConfigured, match="样品数量"):
        replace(part, table=TIMED)
    with pytest.raises(ImproperlyConfigured, match="样品数量"):
        replace(part, document=TimedService)
    assert replace(part, document=TimedService, table=TIMED).table == TIMED


def test_a_column_that_no_row_fills_is_left_out() -> None:
    form = sheet(TIMED, printed_titles("services"), [service(), service(content="电话举报")])
    assert "\n".join(form.titles) == printed_titles("services")
    assert [cell.title for cell in form.item(service()).rows[0].cells] == ["主要内容", "承办机构", "联系电话"]
    assert sum(form.widths) == 100


def test_a_column_that_one_row_fills_is_there_for_all() -> None:
    form = sheet(TIMED, printed_titles("services"), [service(), service(limit="5个工作日")])
    assert form.titles[-1] == "样品数量"
    assert [form.item(each).rows[0].cells[-1].text for each in (service(), service(limit="1天"))] == ["", "1天"]
    assert len(form.widths) == 6
    assert abs(sum(form.widths) - 100) <= 3


def test_a_column_that_the_frame_prints_is_there_though_no_row_fills_it() -> None:
    form = sheet(TIMED, f"{printed_titles('services')}\n样品数量", [service()])
    assert form.titles[-1] == "样品数量"


def test_a_title_in_other_words_stands_over_the_column_in_its_place() -> None:
    reworded = printed_titles("services").replace("承办机构", "承办单位")
    assert sheet(SERVICES, reworded, []).titles == ("序号", "服务事项", "主要内容", "承办单位", "联系电话")


@pytest.mark.parametrize("printed", ["序号\n服务事项\n主要内容\n联系电话\n承办机构", "序号\n服务事项", ""])
def test_no_column_stands_under_the_title_of_another(printed: str) -> None:
    assert sheet(SERVICES, printed, []).titles == tuple(each.title for each in SERVICES.columns if not each.optional)


def test_a_duty_without_work_items_fills_the_columns_of_a_row_itself() -> None:
    duty = parts.part("duties")
    assert duty is not None
    form = duty.sheet(printed_titles("duties"), [])
    assert form is not None
    for values in ({}, {"offices": "办公室"}):
        item = form.item(Listed("1", DutyDocument(code="ZZ-11", text="交办的其他事项", **values)))
        (row,) = item.rows
        assert [cell.text for cell in row.cells] == ["", values.get("offices", ""), ""]
        assert [cell.short for cell in row.cells] == ["", "股室", "备注"]  # it has no 具体工作事项
        assert [cell.title for cell in item.own] == ["责任股室"]  # also empty: the page says 未写明
        assert (item.span, item.inside) == (0, [])


def test_pages_say_the_titles_that_the_frame_prints(wang: Any) -> None:
    frame, client = Frame.objects.get(part="services"), signed_in(wang)
    frame.put(reason="换说法", columns=frame.columns.replace("承办机构", "承办单位"))
    for path in ("services/", "services/fw-05/"):
        page = client.get(f"/admin/preview/working/{path}").content.decode()
        assert "<dt>承办单位</dt>" in page
        assert "承办机构" not in page


def test_an_item_without_a_phone_says_so_on_its_own_page(citizen: Client) -> None:
    assert '<p class="none">未写明</p>' in citizen.get("/services/fw-05/").content.decode()


@pytest.mark.parametrize(
    ("part", "resources"), [("duties", [resource_of(Duty), resource_of(WorkItem)]), ("services", [ServiceResource])]
)
def test_a_table_that_goes_out_calls_its_columns_as_the_form_does(part: str, resources: list[Any]) -> None:
    wanted = printed_titles(part).split("\n")
    headers = [header for each in resources for header in each().get_export_headers()]
    assert set(wanted) <= set(headers)
    for each in resources:
        own = [header for header in each().get_export_headers() if header in wanted]
        assert own == sorted(own, key=wanted.index)
