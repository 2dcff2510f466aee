"""A stranger tries passwords by the thousand: it costs little, leaves a few lines that say so, and keeps nobody out."""

import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import refusal_counts, roles
from accounts.models import Tally, Visit
from tests.acting import on
from tests.conftest import make_account

PASSWORD = "Wangfang-2026-list"
LOGIN = "/admin/login/"


@pytest.fixture
def wang(db: None, settings: LazySettings) -> Any:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # what is counted here is not its time
    return make_account("wangfang", roles.EDITOR, "王", "芳", password=PASSWORD)


def knock(number: int, *, name: str = "nobody{}", at: str = "203.0.113.7", **more: Any) -> int:
    answer = Client().post(
        LOGIN,
        {"username": name.format(number), "password": f"wrong{number}"},
        REMOTE_ADDR=at.format(number // 250 + 1, number % 250 + 1),
        HTTP_USER_AGENT=f"{number} " + "Mozilla " * 500,
        **more,
    )
    return answer.status_code


def lines() -> list[tuple[str, int]]:
    return list(Visit.objects.exclude(what=Visit.What.PASSWORD).order_by("pk").values_list("username", "times"))


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_one_address_leaves_twenty_lines_and_then_the_hundredth(wang: Any) -> None:
    statuses = [knock(number) for number in range(150)]
    assert lines() == [*((f"nobody{number}", 1) for number in range(20)), ("", 100)]
    assert statuses[:99] == [200] * 99
    assert set(statuses[100:]) == {429}  # no password is looked at any more
    assert Tally.objects.get(key="203.0.113.7").count == 150


def test_a_name_that_is_locked_leaves_one_line_that_says_so(wang: Any) -> None:
    for number in range(120):
        knock(number, name="wangfang")
    assert list(Visit.objects.filter(what=Visit.What.LOCKED).values_list("username", flat=True)) == ["wangfang"]
    assert Visit.objects.filter(what=Visit.What.REFUSED).count() == 21


def test_many_names_at_many_addresses_leave_few_lines_too(wang: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(refusal_counts, "LINES_IN_ALL", 50)
    monkeypatch.setattr(refusal_counts, "MOST_IN_ALL", 200)
    statuses = [knock(number, at="198.51.{}.{}") for number in range(1001)]
    assert len(lines()) == 50 + 2  # and the 100th, the 1000th
    assert lines()[-2:] == [("", 100), ("", 1000)]
    assert set(statuses[:200]) == {200}
    assert set(statuses[200:]) == {429}
    assert Tally.objects.count() == 201
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM axes_accessattempt")
        assert cursor.fetchone()[0] == 200


@pytest.mark.parametrize("full", [refusal_counts.EVERYWHERE, "203.0.113.7"])
def test_what_is_refused_for_good_costs_four_statements(wang: Any, django_assert_num_queries: Any, full: str) -> None:
    """Whether it is too much, and where; one more; what a clock that was ahead left is forgotten."""
    Tally.objects.create(key=full, since=timezone.now(), count=5000)
    with django_assert_num_queries(4):
        assert knock(1) == 429


def test_one_address_alone_keeps_nobody_else_out(wang: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(refusal_counts, "MOST_AT_ONE_PLACE", 10)
    monkeypatch.setattr(refusal_counts, "MOST_IN_ALL", 30)
    assert [knock(number) for number in range(120)].count(429) == 110
    assert lines()[-1] == ("", 100)
    assert knock(1, at="203.0.113.8") == 200
    client = Client()
    client.post(LOGIN, {"username": "wangfang", "password": PASSWORD}, REMOTE_ADDR="203.0.113.9")
    assert is_in(client)
    client.get("/admin/second-factor/setup/", REMOTE_ADDR="203.0.113.9")
    for number in range(60):  # with the password, but without the phone
        client.post("/admin/second-factor/setup/", {"code": f"{number:06d}"}, REMOTE_ADDR="203.0.113.9")
    assert knock(1, at="203.0.113.10") == 200


def test_a_browser_that_was_in_before_gets_in_through_all_of_it(wang: Any) -> None:
    own, stranger = Client(), Client()
    own.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
    own.post("/admin/logout/")
    Tally.objects.create(key=refusal_counts.EVERYWHERE, since=timezone.now(), count=refusal_counts.MOST_IN_ALL)
    for client in (own, stranger):
        client.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
    assert is_in(own)
    assert not is_in(stranger)
    page = stranger.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
    assert (page.status_code, page["Retry-After"]) == (429, "900")
    assert "密码输错的太多，这里先不接受登录" in page.content.decode()


def test_after_a_while_everybody_is_asked_again_and_the_counts_are_gone(wang: Any) -> None:
    before = timezone.now() - datetime.timedelta(minutes=16)
    for key in (refusal_counts.EVERYWHERE, "203.0.113.7", "203.0.113.8"):
        Tally.objects.create(key=key, since=before, count=9999)
    assert knock(1) == 200
    assert dict(Tally.objects.values_list("key", "count")) == {refusal_counts.EVERYWHERE: 1, "203.0.113.7": 1}
    assert lines() == [("nobody1", 1)]


def test_whoever_logs_in_and_out_by_the_hundred_leaves_few_lines_too(wang: Any) -> None:
    client = Client()
    for _ in range(60):
        client.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
        client.post("/admin/logout/")
    assert Visit.objects.filter(what__in=["came", "left"]).count() == 21
    assert Visit.objects.latest("pk").times == 100


def test_wrong_digits_by_the_hundred_leave_few_lines_too(wang: Any) -> None:
    client = Client()
    client.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
    client.get("/admin/second-factor/setup/")
    for number in range(150):
        client.post("/admin/second-factor/setup/", {"code": f"{number:06d}"})
    assert Visit.objects.filter(what=Visit.What.UNVERIFIED).count() == 21


def test_the_own_password_asked_for_again_leaves_few_lines_too(wang: Any) -> None:
    client = Client()
    client.post(LOGIN, {"username": "wangfang", "password": PASSWORD})
    new = {"new_password1": "Another-2026-word", "new_password2": "Another-2026-word"}
    for number in range(110):
        client.post("/admin/password_change/", {"old_password": f"wrong{number}", **new})
    assert Visit.objects.filter(what__in=["refused", "locked"]).count() == 22


def test_strangers_make_no_sessions(wang: Any) -> None:
    client = Client()
    for path in (
        "/admin/",
        LOGIN,
        "/admin/password_change/",
        "/admin/second-factor/",
        "/admin/jsi18n/",
        "/",
        "/search/",
    ):
        client.get(path)
        client.post(path, {"username": "x", "password": "y"})
    client.post("/admin/logout/")
    assert Session.objects.count() == 0


@given(st.integers(1, 10**7), st.integers(1, 500))
def test_lines_grow_with_the_number_of_digits_alone(count: int, most: int) -> None:
    assert refusal_counts.is_kept(count, most) is (count <= most or count in {10**power for power in range(8)})


def test_every_window_begins_anew(wang: Any) -> None:
    today = timezone.localdate()
    for day in (today, today + datetime.timedelta(days=1)):
        with on(day):
            for number in range(30):
                knock(number)
    assert len(lines()) == 40
