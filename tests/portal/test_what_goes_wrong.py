"""Whatever is sent: an answer in words, never an error page of the program; and strict headers on every answer."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.functional import empty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import roles
from tests.conftest import edited_models, make_account, signed_in
from wenan_qts.log_lines import LONGEST, LONGEST_LINE

POLITE = {200, 301, 302, 400, 403, 404, 405}
ANYTHING = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANYTHING
@given(path=st.text(max_size=60), query=st.text(max_size=40))
def test_any_path_and_query_is_answered(db: None, path: str, query: str) -> None:
    response = Client().get(
        "/" + quote(path, safe="/", errors="ignore"), QUERY_STRING=quote(query, safe="=&", errors="ignore")
    )
    assert response.status_code in POLITE


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/duties/%00/",
        "/duties/zz-01/%00",
        "/duties/zz-99999999999999999999/",
        "/editions/9999-99/",
        "/editions/2017-12/../../etc/passwd",
        "/editions/2017-12/duties/zz-01'--/",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/on/2018-13-45/",
        "/duties/zz-01/?page=%00&x[]=1",
        "/?%ff",
        "/admin/duties/duty/%00/change/",
        "/list.json?label=%00",
        "//evil.example/",
        "/" + "a" * 5000,
    ],
)
def test_hostile_paths_are_answered(wang: Any, path: str) -> None:
    for client in (Client(), signed_in(wang)):
        assert client.get(path).status_code in POLITE


HOSTILE_QUERIES = [
    "q=%00",
    "q=%ff",
    "p=-1",
    "p=999999999999999999999",
    "o=999.-999",
    "o=%00",
    "office=%00",
    "office='--",
    "listed=x",
    "id__exact=99999999999999999999999",
    "code__startswith=%00",
    "_to_field=code",
    "_popup=1",
    "all=",
    "duty__id__exact=x",
    "e=1",
    "position__gte=1e999",
]


@pytest.mark.parametrize("query", HOSTILE_QUERIES)
def test_hostile_queries_in_the_admin_are_answered(wang: Any, query: str) -> None:
    client = signed_in(wang)
    for model in edited_models():
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert client.get(f"{url}?{query}").status_code in POLITE, model


@pytest.mark.parametrize(
    "path",
    [
        "duties/duty/1/history/abc/",
        "duties/duty/abc/history/",
        "duties/duty/1/history/99999999999/",
        "duties/duty/export/?format=99",
        "duties/duty/export/?office=GS-99",
        "duties/duty/99999999999999999999/change/",
        "duties/duty/abc/change/",
        "duties/duty/import/?x=1",
        "duties/duty/process_import/",
        "r/1/1/",
        "jsi18n/",
        "autocomplete/",
    ],
)
def test_hostile_addresses_in_the_admin_are_answered(wang: Any, path: str) -> None:
    client = signed_in(wang)
    assert client.get(f"/admin/{path}").status_code in POLITE
    assert client.post(f"/admin/{path}", {"format": "9", "resource": "9"}).status_code in POLITE


def test_whoever_logs_in_is_led_to_the_address_that_was_asked_for(db: None) -> None:
    for asked in ("/admin/duties/duty/?q=%E9%98%B2%E4%BC%AA%25", "/admin/%E9%98%B2/", "/admin/%2525/"):
        led = parse_qs(Client().get(asked)["Location"].partition("?")[2])["next"]
        assert led == [asked]
    assert Client().get("/admin/%ff/").status_code == 400


def test_a_public_page_takes_no_post_and_says_so(db: None) -> None:
    for path in ("/", "/duties/", "/list.json"):
        assert Client(enforce_csrf_checks=True).post(path).status_code == 405


SAMPLES = {"Label": "2017-12", "PartName": "duties", "Code": "zz-01"}
SAMPLES |= {"Secret": "A" * 43, "IndexedKind": "offices"}


def addresses(patterns: Any, above: str = "/", number: str = "1") -> Iterator[str]:
    """One of each pattern."""
    samples = SAMPLES | {"IntConverter": number, "PathConverter": number, "Serial": number}
    for each in patterns:
        here = str(each.pattern).lstrip("^").replace(r"\Z", "").replace("$", "")
        for name, converter in each.pattern.converters.items():
            here = here.replace(f"<{name}>", "x")
            here = re.sub(rf"<(\w+:)?{name}>", samples.get(type(converter).__name__, "x"), here)
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, above + here, number)
        else:
            yield above + re.sub(r"\(\?P<\w+>[^)]*\)|\(\?:[^)]*\)", number, here)


LOOKING = (roles.EDITOR, roles.SYSADMIN, roles.REVIEWER)
"""Between them they see every page."""
ODD = ["²", "９", "-1", "_35", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("number", ODD, ids=lambda number: ascii(number[:30]))
def test_odd_numbers_are_answered_wherever_an_address_names_a_row(db: None, number: str) -> None:
    people = [signed_in(make_account(f"who{place}", role, "某", "人")) for place, role in enumerate(LOOKING)]
    sent, wrong = quote(number), []
    asked = f"again={sent}&what={sent}-{sent}&page={sent}&paper={sent}&part={sent}"
    for address in addresses(get_resolver().url_patterns, number=number):
        if not address.startswith("/admin/") or address.startswith("/admin/preview/"):
            continue
        for client in people:
            client.raise_request_exception = False
            with transaction.atomic():  # what fails in the database spoils nothing for the next
                answer = client.get(quote(address, safe="/"), QUERY_STRING=asked)
                transaction.set_rollback(True)
            if answer.status_code not in POLITE:
                wrong.append((address[:80], answer.status_code))
            if answer.status_code != 403:
                break
    assert not wrong


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_every_page_of_the_desk_is_asked_and_sent_and_nothing_else(wang: Any, method: str) -> None:
    everywhere = [each for each in addresses(get_resolver().url_patterns) if each.startswith("/admin/")]
    assert len(everywhere) > 200
    client = signed_in(wang)
    assert [each for each in everywhere if client.generic(method, each).status_code != 405] == []


def test_a_pattern_that_is_none_is_a_bad_request(wang: Any) -> None:
    assert signed_in(wang).get(reverse("admin:duties_duty_changelist") + "?text__regex=(").status_code == 400


@ANYTHING
@given(value=st.text(max_size=30), field=st.sampled_from(["text", "offices", "note", "position", "duty", "retired_on"]))
def test_any_value_in_a_form_is_answered(wang: Any, value: str, field: str) -> None:
    from duties.models import WorkItem

    item = WorkItem.objects.get(code="ZZ-01-01")
    client = signed_in(wang)
    form = {"duty": str(item.duty_id), "position": "1", "text": "甲", "offices": "", "note": "", "change_reason": "试"}
    form[field] = value.encode("utf-8", "ignore").decode()
    url = reverse("admin:duties_workitem_change", args=[item.pk])
    assert client.post(url, form).status_code in POLITE


def test_error_pages_are_chinese_and_lead_on(citizen: Client) -> None:
    page = citizen.get("/nowhere/").content.decode()
    assert "没有这个页面" in page
    assert 'href="/"' in page
    assert "Traceback" not in page


def test_an_error_page_says_whose_site_it_is_and_where_to_ask(citizen: Client) -> None:
    citizen.get("/")
    page = citizen.get("/nowhere/").content.decode()
    head, foot = page.split("<main")[0], page.split("</main>")[1]
    assert "文安县质量技术监督局" in head
    assert "主办单位：文安县质量技术监督局" in foot
    for url in ("/help/", "/map/", "/accessibility/", "/corrections/"):
        assert f'href="{url}"' in foot
    assert 'href="/elder/help/"' in citizen.get("/elder/nowhere/").content.decode().split("</main>")[1]


def test_an_error_page_in_large_print_stays_in_large_print(citizen: Client) -> None:
    page = citizen.get("/elder/nope/").content.decode()
    assert '<html lang="zh-CN" class="elder">' in page
    assert '<p class="dress"><a href="/">退出长辈版</a>' in page
    assert 'href="/elder/editions/"' in page
    assert '<p class="dress"><a href="/elder/">长辈版</a>' in citizen.get("/nope/").content.decode()


def test_a_fault_of_ours_is_admitted_in_words(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("editions.public.views.open_edition", lambda label: 1 / 0)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "本站出了差错" in response.content.decode()
    assert "ZeroDivision" not in response.content.decode()


def test_even_without_its_style_a_fault_is_admitted(db: None, settings: Any, tmp_path: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    staticfiles_storage._wrapped = empty
    try:
        response = Client(raise_request_exception=False).get("/")
    finally:
        staticfiles_storage._wrapped = empty
    assert response.status_code == 500
    assert "本站出了差错" in response.content.decode()


def test_a_stale_form_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "请重新提交" in response.content.decode()


def test_the_wrong_host_is_refused(db: None) -> None:
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "请求有误" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/duties/", "/list.json", "/nowhere/", "/admin/login/", "/healthz"])
def test_every_answer_carries_strict_headers(citizen: Client, path: str) -> None:
    headers = citizen.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_inline_script_or_style(wang: Any, settings: Any) -> None:
    client = signed_in(wang)
    for path in (
        "/",
        "/duties/",
        "/services/fw-03/",
        "/admin/",
        "/admin/duties/duty/",
        "/admin/duties/duty/1/change/",
        "/admin/duties/duty/1/history/",
        "/admin/duties/duty/import/",
        "/admin/duties/duty/export/",
    ):
        page = client.get(path).content.decode()
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)(?![^>]*application/(?:ld\+)?json)", page
        ), path
        own = page.replace(f'href="{settings.SITE_URL}/', 'href="/')
        assert not re.search(r'(?:src|href)="(?:https?:)?//', own), path


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written into the log as it is written in earnest."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(root.handlers[0].formatter)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def files(count: int) -> dict[str, Any]:
    return {f"a{number}": SimpleUploadedFile("x", b"1") for number in range(count)}


LONG = "A" * 60_000
FIELDS = {f"a{number}": "1" for number in range(6000)}
MANY = "&".join(["a=1"] * 6000)
URLENCODED = "application/x-www-form-urlencoded"
FROM_STRANGERS: dict[str, Callable[[Client], Any]] = {
    "a form to a day": lambda client: client.post(f"/on/2018-01-15/{LONG}"),
    "a form to the health": lambda client: client.post("/healthz"),
    "a form to the search": lambda client: client.post(f"/search/?q={LONG}"),
    "a form to a calendar": lambda client: client.post(f"/admin/cases/case/calendar/{'A' * 43}.ics"),
    "a log-in without token": lambda client: client.post(f"/admin/login/?next={LONG}"),
    "a log-in with a token that is none": lambda client: client.post(
        "/admin/login/", {"csrfmiddlewaretoken": "é" * 32}, headers={"cookie": f"csrftoken={'a' * 32}"}
    ),
    "a log-in from elsewhere": lambda client: client.post("/admin/login/", headers={"origin": f"http://{LONG}"}),
    "a log-in led here": lambda client: client.post(
        "/admin/login/", headers={"referer": f"http://{LONG}"}, secure=True
    ),
    "many fields": lambda client: client.post("/admin/login/", FIELDS),
    "many files": lambda client: client.post("/admin/login/", files(150)),
    "a large form": lambda client: client.post("/admin/login/", "a=" + "1" * 6_000_000, content_type=URLENCODED),
    "many questions": lambda client: client.get(f"/search/?{MANY}"),
    "many questions at the door": lambda client: client.get(f"/admin/login/?{MANY}"),
    "a long way to the door": lambda client: client.get(f"/admin/?{MANY}"),
    "a host": lambda client: client.get("/", headers={"host": LONG}),
    "a session": lambda client: client.get("/admin/", headers={"cookie": f"sessionid={LONG}"}),
    "no page": lambda client: client.get(f"/nowhere/{LONG}"),
    "no UTF-8": lambda client: client.get("/admin/%ff/"),
}


@pytest.mark.parametrize("what", FROM_STRANGERS)
def test_a_stranger_writes_nothing_into_the_log(db: None, log: io.StringIO, what: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert FROM_STRANGERS[what](client).status_code in POLITE
    assert log.getvalue() == ""


def test_nothing_makes_an_entry_of_the_log_long(log: io.StringIO) -> None:
    logging.getLogger("portal").error("%s: %s", "/on/" + LONG, "\n".join([LONG] * 100))
    assert LONGEST_LINE < len(log.getvalue()) < LONGEST + 200
    assert max(map(len, log.getvalue().split("\n"))) < LONGEST_LINE + 200


def test_a_fault_of_ours_is_in_the_log_with_all_that_led_to_it(
    citizen: Client, monkeypatch: Any, log: io.StringIO
) -> None:
    monkeypatch.setattr("editions.public.views.open_edition", lambda *label, **dress: 1 / 0)
    Client(raise_request_exception=False).get("/")
    assert "ZeroDivisionError" in log.getvalue()


def test_every_public_page_says_at_once_that_it_takes_no_form(db: None) -> None:
    public = [each for each in addresses(get_resolver().url_patterns) if not each.startswith("/admin/")]
    assert {"/search/", "/on/x/1", "/elder/editions/2017-12/duties/zz-01/", "/healthz"} <= set(public)
    client = Client(enforce_csrf_checks=True)
    taking = {each for each in public if client.post(each).status_code != 405}
    assert taking == {"/corrections/", "/elder/corrections/"}  # where errors are reported
