"""李强, head of 质量监督股, sees on one page all that the list says his office does, and opens what he may change."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from duties.models import Duty, WorkItem
from offices.models import Office
from services.models import Service
from supervision.models import Regime, RegimeOffice
from tests.conftest import make_account, signed_in

PAGE = "/admin/own-office/"


@pytest.fixture
def li_of_02(db: None) -> Any:
    return make_account("liqiang", "股长", "李", "强", office="GS-02")


def rows_of(client: Client, query: str = "") -> dict[str, str]:
    """What stands in each line, by code."""
    page = client.get(PAGE + query).content.decode()
    lines = re.findall(r"<li>.*?</li>", page.split('<div class="sheet">')[1], re.DOTALL)
    return {re.search("<strong>(.*?)</strong>", line)[1]: line for line in lines}  # type: ignore[index]


def test_whole_items_and_single_rows_of_the_office_stand_there_and_nobody_elses(li_of_02: Any) -> None:
    rows = rows_of(signed_in(li_of_02))
    assert {"ZZ-02", "FW-02", "FW-07"} <= rows.keys()
    assert "ZZ-02-01" not in rows  # it is a part of ZZ-02, which is his as a whole
    assert "ZZ-03" not in rows
    assert "ZZ-03-06" not in rows  # of 稽查股
    own = {item.code for item in WorkItem.objects.filter(offices="质量监督股", duty__code="ZZ-03")}
    assert own
    assert own <= rows.keys()


def test_each_is_opened_on_a_form_that_he_may_save(li_of_02: Any) -> None:
    client = signed_in(li_of_02)
    for code, line in rows_of(client).items():
        where = re.search('href="(/admin/[^"]+/change/)"', line)
        assert where, code
        assert ("打开修改" in line) is (b'name="_save"' in client.get(where[1]).content), code


def test_what_was_changed_and_found_stands_beside_it(li_of_02: Any) -> None:
    Service.objects.get(code="FW-02").put(reason="换了电话", phones="0316-5255900")
    assert "改了还没有公布" in rows_of(signed_in(li_of_02))["FW-02"]
    assert "改了还没有公布" not in rows_of(signed_in(li_of_02))["FW-07"]


def test_what_the_bureau_linked_to_the_office_stands_there(li_of_02: Any) -> None:
    assert "JG-01" not in rows_of(signed_in(li_of_02))
    added = {"added_by": "王芳", "added_on": "2026-11-01", "basis": "三定规定"}
    link = {"regime": Regime.objects.get(code="JG-01"), "office": Office.objects.get(code="GS-02")}
    RegimeOffice(**link, **added).save(reason="补")
    assert "JG-01" in rows_of(signed_in(li_of_02))


def test_other_offices_are_looked_at_too(li_of_02: Any) -> None:
    rows = rows_of(signed_in(li_of_02), "?office=GS-03")
    assert rows
    assert not any("打开修改" in line for code, line in rows.items() if code.startswith("ZZ-03-06"))
    assert signed_in(li_of_02).get(f"{PAGE}?office=GS-99").status_code == 200


def test_the_desk_leads_there_and_visitors_are_not_let_in(li_of_02: Any) -> None:
    assert reverse("admin:own-office") in signed_in(li_of_02).get("/admin/").content.decode()
    assert Client().get(PAGE).status_code == 302


def test_only_what_is_changed_is_told_to_be(li_of_02: Any) -> None:
    office = li_of_02.office
    items = [
        [item for item in duty.work_items.listed() if item.belongs_to_office(office)]
        for duty in Duty.objects.with_everything()
        if not duty.belongs_to_office(office)
    ]
    mine, untouched = next(own for own in items if len(own) > 1)[:2]
    mine.put(reason="改", note="改过的备注")
    rows = rows_of(signed_in(li_of_02))
    assert "改了还没有公布" in rows[mine.code]
    assert "改了还没有公布" not in rows[untouched.code]
