"""王芳 went to lunch with a form open. When she saves it, the portal asks her to log in again, and what she typed is
still there; so is what 高远 wrote of a case. Passwords are not, nor is anything for somebody who drops it."""

import html
import json
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.kept_forms import LONGEST
from services.models import Service
from tests.cases.people import make_case, make_people
from tests.conftest import form_of, make_account, signed_in

PASSWORD = "好密码Abcdefg123"
LOGIN = "/admin/login/"


@pytest.fixture
def wang(db: None) -> Any:
    return make_account("wangfang", "编辑", "王", "芳", password=PASSWORD)


def let_it_expire() -> None:
    """The browser still has its cookie."""
    Session.objects.all().delete()


def boxes(page: Any) -> dict[str, str]:
    """The boxes that nobody sees, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)">', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def log_in_again(client: Client, answer: Any, username: str = "wangfang", password: str = PASSWORD) -> Any:
    where = html.unescape(re.search(r'<form action="([^"]+)"', answer.content.decode())[1])  # type: ignore[index]
    sent = boxes(answer) | {"username": username, "password": password, "next": where.partition("next=")[2]}
    sent["next"] = answer.context["next"]
    return client.post(where, sent, follow=True)


def send_again(client: Client, path: str, page: Any) -> None:
    """With the first of its two buttons."""
    client.post(path, {name: value for name, value in boxes(page).items() if name != "kept"}, follow=True)


def saved_too_late(wang: Any) -> tuple[Client, str, Any]:
    client, path = (
        signed_in(wang),
        reverse("admin:services_service_change", args=[Service.objects.get(code="FW-05").pk]),
    )
    sent = form_of(client.get(path)) | {"phones": "0316-5255777", "change_reason": "换了电话\r\n第二行"}
    let_it_expire()
    return client, path, client.post(path, sent)


def test_what_was_typed_is_there_after_the_log_in_and_is_saved_with_one_click(wang: Any) -> None:
    client, path, answer = saved_too_late(wang)
    assert "登录已经过期，刚才提交的没有办" in answer.content.decode()
    page = log_in_again(client, answer)
    assert page.request["PATH_INFO"] == path
    assert "接着提交" in page.content.decode()
    assert Service.objects.get(code="FW-05").phones != "0316-5255777"
    send_again(client, path, page)
    row = Service.objects.get(code="FW-05")
    assert row.phones == "0316-5255777"
    assert row.history.first().history_change_reason.split() == ["换了电话", "第二行"]
    assert "接着提交" not in client.get(path).content.decode()


def test_a_wrong_password_in_between_loses_nothing(wang: Any) -> None:
    client, _, answer = saved_too_late(wang)
    again = log_in_again(client, answer, password="记错了")
    assert json.loads(boxes(again)["kept"])["fields"]["phones"] == ["0316-5255777"]
    page = log_in_again(client, again)
    assert boxes(page)["phones"] == "0316-5255777"


def test_whoever_drops_it_gets_the_form_as_it_is(wang: Any) -> None:
    client, path, answer = saved_too_late(wang)
    log_in_again(client, answer)
    page = client.post(path, {"kept": "drop"}, follow=True)
    assert "接着提交" not in page.content.decode()
    assert form_of(page)["phones"] == Service.objects.get(code="FW-05").phones


def test_other_pages_are_open_meanwhile(wang: Any) -> None:
    client, path, answer = saved_too_late(wang)
    log_in_again(client, answer)
    assert "接着提交" not in client.get("/admin/").content.decode()
    assert "接着提交" in client.get(path).content.decode()


def test_an_act_of_a_case_is_not_lost_either(db: None) -> None:
    people = make_people()
    people.officer.set_password(PASSWORD)
    people.officer.save()
    case = make_case(people)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/do/proposed/"
    let_it_expire()
    page = log_in_again(client, client.post(path, {"reason": "台秤少称属实"}), "gaoyuan")
    send_again(client, path, page)
    assert case.timeline.last().reason == "台秤少称属实"


def test_no_password_and_no_code_is_written_into_the_page(wang: Any) -> None:
    client = signed_in(wang)
    let_it_expire()
    secret = {"old_password": "旧密码一二三", "password": "密码四五六", "code": "FW-77", "title": "留下"}
    page = client.post("/admin/services/service/add/", secret).content.decode()
    assert "留下" in page
    assert "FW-77" in page
    assert not any(word in page for word in ("旧密码一二三", "密码四五六"))
    given = client.post("/admin/second-factor/", {"code": "123456"})
    assert given.status_code == 302
    assert "123456" not in given.content.decode()


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "7", '{"path": 7}', '{"path": "/admin/", "fields": []}', "x" * LONGEST]
)
def test_what_did_not_come_from_our_page_is_left_alone(wang: Any, kept: str) -> None:
    answer = Client().post(LOGIN, {"username": "wangfang", "password": PASSWORD, "kept": kept, "next": "/admin/"})
    assert answer.status_code == 302
    assert "kept" not in answer.client.session


def test_who_is_not_logged_in_leaves_nothing_in_the_database(wang: Any) -> None:
    saved_too_late(wang)
    assert not Session.objects.exists()


def test_a_file_has_to_be_chosen_again_and_that_is_said(wang: Any) -> None:
    client, path = signed_in(wang), "/admin/services/service/import/"
    let_it_expire()
    sent = {"format": "0", "change_reason": "改", "import_file": SimpleUploadedFile("表.csv", b"a")}
    page = log_in_again(client, client.post(path, sent))
    assert "选的文件没有留下" in page.content.decode()


def test_a_forged_request_is_refused_before_anybody_is_asked_to_log_in(wang: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/admin/services/service/add/", {"title": "甲"}).status_code == 403
