"""王芳 has half a phone number in her ear: one box finds it wherever it stands, in what she may open."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts import roles
from cases.models import Case
from duties.models import WorkItem
from offices.models import Office
from services.models import Service
from supervision.models import Clause
from tests.cases.people import file, make_case, make_people
from tests.conftest import make_account, signed_in


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def found(client: Client, asked: str) -> str:
    return client.get("/admin/search/", {"q": asked}).content.decode()


def test_the_box_stands_on_every_page_of_the_desk(client: Client) -> None:
    for page in ("/admin/", "/admin/duties/duty/", "/admin/own-office/", "/admin/search/"):
        assert 'action="/admin/search/"' in client.get(page).content.decode()
    assert 'action="/admin/search/"' not in Client().get("/admin/login/").content.decode()


def test_a_number_is_found_wherever_it_stands(client: Client) -> None:
    page = found(client, "5255905")
    for model in (Service, Office):
        for row in model.objects.filter(phones__contains="5255905")[:8]:
            assert f"/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/" in page
    assert "<mark>5255905</mark>" in page


def test_a_word_is_found_in_items_and_in_what_they_hold(client: Client) -> None:
    item = WorkItem.objects.get(code="ZZ-05-02")
    page = found(client, "法定计量单位")
    assert f"/duties/workitem/{item.pk}/change/" in page
    clause = Clause.objects.listed().exclude(text="").first()
    assert f"/supervision/clause/{clause.pk}/change/" in found(client, clause.text[:20])


def test_several_words_are_all_wanted(client: Client) -> None:
    item = WorkItem.objects.get(code="ZZ-05-02")
    assert f"/duties/workitem/{item.pk}/change/" in found(client, "组织 法定计量单位")
    assert "没有“烟花 法定计量单位”" in found(client, "烟花 法定计量单位")


def test_the_list_has_what_the_page_has_no_room_for(client: Client) -> None:
    page = found(client, "监督")
    assert len(re.findall(r'href="/admin/duties/workitem/\d+/change/"', page)) == 8
    assert re.search(r"具体工作事项：全部 \d+ 条", page)


@pytest.mark.parametrize("asked", ["", " ", "x" * 101, "\x00", "a\u200b"])
def test_what_cannot_be_asked_is_said(client: Client, asked: str) -> None:
    page = client.get("/admin/search/", {"q": asked})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_that_nothing_is_found_is_said(client: Client) -> None:
    assert "您能看的内容里没有“量子纠缠”" in found(client, "量子纠缠")


def test_nobody_finds_what_they_may_not_open(client: Client) -> None:
    people = make_people()
    case = file(make_case(people), people)
    assert f"/cases/case/{case.pk}/" in found(signed_in(people.officer), case.number)
    assert f"/cases/case/{case.pk}/" not in found(signed_in(people.stranger), case.number)
    clue = Case.objects.get(pk=case.pk).clue[:6]
    assert f"/cases/case/{case.pk}/" in found(signed_in(people.officer), clue)
    assert f"/cases/case/{case.pk}/" not in found(signed_in(people.member), clue)
    assert f"没有“{case.number}”" in found(client, case.number)
    assert f"没有“{people.officer.username}”" in found(client, people.officer.username)
    keeper = make_account("qian", roles.SYSADMIN, "钱", "理")
    assert f"/accounts/account/{people.officer.pk}/change/" in found(signed_in(keeper), people.officer.username)
    assert Client().get("/admin/search/?q=1").status_code == 302
