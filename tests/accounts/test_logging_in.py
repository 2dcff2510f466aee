"""How 王芳, 周正 and 赵敏 get in, and how nobody else does."""

import datetime
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core import checks
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import roles
from accounts.models import Account, AccountRequest, Visit
from accounts.visits import address
from tests.conftest import ROUNDS, make_account, signed_in

PASSWORD = "Wangfang-2026-list"
LOGIN = "/admin/login/"


def with_password(username: str, role: str, password: str = PASSWORD) -> Any:
    return make_account(username, role, "某", "人", password=password)


@pytest.fixture
def wang(db: None) -> Any:
    return with_password("wangfang", roles.EDITOR)


def log_in(client: Client, username: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password}, **headers)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def fail(username: str, times: int = 5, **headers: Any) -> Any:
    for _ in range(times):
        answer = log_in(Client(), username, "wrong", **headers)
    return answer


def set_anew(account: Any) -> str:
    """Its new password, of two halves: 赵敏 asks, 郑明 confirms."""
    keeper = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    auditor = make_account("zhengming", roles.AUDITOR, "郑", "明")
    (asked,) = AccountRequest.ask(account, {"password": "anew"}, by=keeper, reason="忘了密码")
    return asked.first_half + asked.confirm(by=auditor)


def refusal(username: str) -> str:
    page = log_in(Client(), username, "wrong").content.decode()
    return " ".join(re.findall(r'<p class="errornote">\s*(.*?)\s*</p>', page, re.S))


def test_nothing_is_told_of_who_has_an_account(wang: Any) -> None:
    with_password("zhaoqiang", roles.EDITOR)
    Account.objects.filter(username="zhaoqiang").update(is_active=False)
    said = {name: refusal(name) for name in ("wangfang", "zhaoqiang", "nobody")}
    assert set(said.values()) == {"用户名或密码不对。请再输一次，注意大小写。"}


def test_a_password_takes_long_to_guess_for_whoever_has_the_table(wang: Any, settings: LazySettings) -> None:
    assert ROUNDS >= 1_000_000
    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert wang.password.startswith("pbkdf2_sha256$1000$")  # in the tests; salted, and not the password
    assert with_password("zhaoqiang", roles.EDITOR).password != wang.password


# Lockout


def test_a_password_that_is_wrong_too_often_stops_that_name_for_a_while(wang: Any) -> None:
    answer = fail("wangfang")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "请等 15 分钟再试" in answer.content.decode()
    client = Client()
    assert log_in(client, "wangfang").status_code == 429  # the right one too
    assert not is_in(client)


def test_after_a_while_the_name_is_let_in_again(wang: Any, settings: LazySettings) -> None:
    fail("wangfang")
    settings.AXES_COOLOFF_TIME = datetime.timedelta(0)
    client = Client()
    log_in(client, "wangfang")
    assert is_in(client)


def test_who_gets_it_right_in_time_starts_anew(wang: Any) -> None:
    for _ in range(3):
        fail("wangfang", 4)
        client = Client()
        log_in(client, "wangfang")
        assert is_in(client)


def test_a_colleague_who_fails_locks_nobody_else_out(wang: Any) -> None:
    with_password("liqiang", roles.CHIEF)
    assert fail("liqiang").status_code == 429
    client = Client()
    log_in(client, "wangfang")  # from the same address
    assert is_in(client)


def test_a_password_that_is_set_anew_lifts_the_lock(wang: Any) -> None:
    known = Client()
    log_in(known, "wangfang")
    known.post("/admin/logout/")
    for client in (known, Client()):
        for _ in range(5):
            log_in(client, "wangfang", "wrong")
        assert log_in(client, "wangfang").status_code == 429
    password = set_anew(wang)
    for client in (known, Client()):
        log_in(client, "wangfang", password)
        assert client.get("/admin/").url.startswith("/admin/password_change/")


def test_who_types_the_name_of_another_elsewhere_locks_it_there_alone(wang: Any) -> None:
    assert fail("wangfang", REMOTE_ADDR="203.0.113.7").status_code == 429
    client = Client()
    log_in(client, "wangfang", REMOTE_ADDR="203.0.113.8")
    assert is_in(client)


def test_who_types_the_name_of_another_at_the_same_address_does_not_lock_the_browser_of_the_other(wang: Any) -> None:
    own = Client()
    log_in(own, "wangfang")
    own.post("/admin/logout/")
    assert fail("wangfang").status_code == 429
    assert log_in(Client(), "wangfang").status_code == 429  # who was never here
    log_in(own, "wangfang")
    assert is_in(own)


def test_a_browser_that_was_logged_in_may_not_guess_either(wang: Any) -> None:
    own = Client()
    log_in(own, "wangfang")
    own.post("/admin/logout/")
    answers = [log_in(own, "wangfang", "wrong").status_code for _ in range(5)]
    assert answers == [200] * 4 + [429]
    assert log_in(own, "wangfang").status_code == 429


def test_the_browser_of_one_account_is_not_known_for_another(wang: Any) -> None:
    with_password("liqiang", roles.CHIEF)
    own, names = Client(), {}
    for name in ("liqiang", "wangfang"):
        log_in(own, name)
        names[name] = next(each for each in own.cookies if each.startswith("device-") and each not in names.values())
        own.post("/admin/logout/")
    cookie = own.cookies[names["liqiang"]]
    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"]) == (True, "Lax", "/admin/")
    stranger = Client()
    stranger.cookies[names["wangfang"]] = cookie.value  # signed, but for somebody else
    fail("wangfang")
    assert log_in(stranger, "wangfang").status_code == 429
    stranger.cookies[names["wangfang"]] = own.cookies[names["wangfang"]].value + "x"
    assert log_in(stranger, "wangfang").status_code == 429


def test_the_address_of_the_proxy_is_nobodys(wang: Any, settings: LazySettings) -> None:
    settings.PROXIES = 1
    proxied = {"REMOTE_ADDR": "127.0.0.1"}
    fail("wangfang", HTTP_X_FORWARDED_FOR="203.0.113.7", **proxied)
    client = Client()
    log_in(client, "wangfang", HTTP_X_FORWARDED_FOR="203.0.113.8", **proxied)
    assert is_in(client)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.7", "198.51.100.1"),
        (1, "", "198.51.100.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "1.2.3.4, 203.0.113.7", "203.0.113.7"),  # what stands further left a visitor can write himself
        (2, "1.2.3.4, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (1, "nonsense", None),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_where_a_request_comes_from(rf: Any, settings: LazySettings, proxies: int, forwarded: str, seen: Any) -> None:
    settings.PROXIES = proxies
    assert address(rf.get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=forwarded)) == seen


def test_an_address_of_ipv6_is_as_good_as_its_network(wang: Any) -> None:
    """Whoever has one has 2⁶⁴ of them."""
    answers = [fail("wangfang", 1, REMOTE_ADDR=f"2001:db8::{n:x}").status_code for n in range(1, 7)]
    assert answers == [200, 200, 200, 200, 429, 429]
    client = Client()
    log_in(client, "wangfang", REMOTE_ADDR="2001:db8:0:1::1")  # somebody else's network
    assert is_in(client)
    assert set(Visit.objects.filter(what=Visit.What.REFUSED).values_list("address", flat=True)) >= {"2001:db8::3"}


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 300])
def test_an_empty_or_odd_name_locks_nobody_out(wang: Any, name: str) -> None:
    for _ in range(8):
        assert log_in(Client(), name, "wrong").status_code in (200, 400, 429)
    client = Client()
    log_in(client, "wangfang")
    assert is_in(client)


# Passwords


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Short-1", "密码至少要 10 个字符"),
        ("alllettersonly", "至少三种"),
        ("1234567890123", "密码"),
        ("Wangfang-2026", "相似"),
        (PASSWORD, "不能和现在的一样"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(wang: Any, password: str, said: str) -> None:
    answer = signed_in(wang).post(
        "/admin/password_change/",
        {"old_password": PASSWORD, "new_password1": password, "new_password2": password},
    )
    assert said in answer.content.decode()


def test_a_password_that_is_set_anew_is_changed_before_anything_else(wang: Any) -> None:
    password = set_anew(wang)
    client = Client()
    log_in(client, "wangfang", password)
    for page in ("/admin/", "/admin/duties/duty/", "/admin/preview/working/", "/admin/second-factor/setup/"):
        assert client.get(page)["Location"].startswith("/admin/password_change/?next=")
    own = {"old_password": password, "new_password1": "My-own-2026-word", "new_password2": "My-own-2026-word"}
    client.post("/admin/password_change/", own)
    assert is_in(client)


def test_the_own_password_is_not_guessed_from_an_open_session(wang: Any) -> None:
    client = Client()
    log_in(client, "wangfang")
    new = {"new_password1": "Another-2026-word", "new_password2": "Another-2026-word"}
    said = [client.post("/admin/password_change/", {"old_password": "wrong", **new}) for _ in range(5)]
    assert "旧密码" in said[0].content.decode()
    assert [answer.status_code for answer in said] == [200, 200, 200, 200, 429]
    assert client.post("/admin/password_change/", {"old_password": PASSWORD, **new}).status_code == 429
    assert ("wangfang", "locked") in visits()


def test_a_changed_password_is_on_record(wang: Any) -> None:
    own = {"old_password": PASSWORD, "new_password1": "Another-2026-word", "new_password2": "Another-2026-word"}
    signed_in(wang).post("/admin/password_change/", own)
    assert ("wangfang", "password") in visits()


def test_an_old_password_is_changed(wang: Any, settings: LazySettings) -> None:
    Account.objects.filter(pk=wang.pk).update(password_changed_at=timezone.now() - datetime.timedelta(days=181))
    assert signed_in(wang).get("/admin/")["Location"].startswith("/admin/password_change/")
    settings.PASSWORD_DAYS = 0
    assert is_in(signed_in(wang))


# Sessions


def test_a_new_session_begins_at_the_log_in(wang: Any) -> None:
    client = Client()
    client.get("/admin/")
    session = client.session
    session["left behind"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    log_in(client, "wangfang")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_who_does_nothing_is_logged_out(wang: Any) -> None:
    client = signed_in(wang)
    assert is_in(client)
    key = client.session.session_key
    left = Session.objects.get(session_key=key).expire_date - timezone.now()
    assert datetime.timedelta(minutes=29) < left <= datetime.timedelta(minutes=30)
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get("/admin/")["Location"].startswith(LOGIN)


def test_who_does_something_stays(wang: Any) -> None:
    client = signed_in(wang)
    session = client.session
    session["seen"] -= 120  # two minutes ago
    session.save()
    soon = timezone.now() + datetime.timedelta(minutes=5)
    Session.objects.filter(session_key=session.session_key).update(expire_date=soon)
    assert is_in(client)
    assert Session.objects.get(session_key=session.session_key).expire_date > soon


def test_a_changed_password_ends_the_other_sessions(wang: Any) -> None:
    here, there = signed_in(wang), signed_in(wang)
    own = {"old_password": PASSWORD, "new_password1": "My-own-2026-word", "new_password2": "My-own-2026-word"}
    here.post("/admin/password_change/", own)
    assert is_in(here)
    assert not is_in(there)


def test_a_deactivated_account_is_out_at_once(wang: Any) -> None:
    client = signed_in(wang)
    Account.objects.filter(pk=wang.pk).update(is_active=False)
    assert not is_in(client)
    assert log_in(Client(), "wangfang").status_code == 200  # the form again


# The second factor


@pytest.fixture
def zhou(db: None, settings: LazySettings) -> Any:
    """周正, director, where a second factor is asked for."""
    settings.SECOND_FACTOR_ROLES = ["局领导", "系统管理"]
    return with_password("zhouzheng", roles.DIRECTOR)


def digits(account: Any, ahead: int = 0) -> str:
    """What the phone shows."""
    device = TOTPDevice.objects.get(user=account)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = timezone.now().timestamp() + ahead * device.step
    return f"{totp.token():06d}"


def set_up(client: Client, account: Any) -> list[str]:
    client.get("/admin/second-factor/setup/")
    page = client.post("/admin/second-factor/setup/", {"code": digits(account)}).content.decode()
    return re.findall(r"<code>([0-9a-f]{10})</code>", page)


def test_who_issues_and_who_keeps_accounts_sets_up_a_phone_first(zhou: Any) -> None:
    client = Client()
    log_in(client, "zhouzheng")
    assert client.get("/admin/")["Location"].startswith("/admin/second-factor/setup/")
    page = client.get("/admin/second-factor/setup/").content.decode()
    assert 'src="data:image/svg+xml' in page
    assert re.search(r"<code class=\"secret\">[A-Z2-7 ]{32,}</code>", page)
    refused = client.post("/admin/second-factor/setup/", {"code": "000000"}).content.decode()
    assert "动态码不对" in refused
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    codes = set_up(client, zhou)
    assert len(codes) == 10
    assert is_in(client)


@pytest.mark.parametrize("role", roles.ROLES)
def test_only_those_named_in_the_settings_must(db: None, settings: LazySettings, role: str) -> None:
    settings.SECOND_FACTOR_ROLES = ["局领导", "系统管理"]
    client = signed_in(make_account("someone", role, "某", "人"))
    assert (client.get("/admin/").status_code == 302) == (role in ("局领导", "系统管理"))


def test_who_becomes_director_while_logged_in_is_asked_at_once(zhou: Any, wang: Any) -> None:
    client = Client()
    log_in(client, "wangfang")
    assert is_in(client)
    keeper = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    (asked,) = AccountRequest.ask(wang, {"groups": [roles.DIRECTOR]}, by=keeper, reason="任命")
    asked.confirm(by=make_account("zhengming", roles.AUDITOR, "郑", "明"))
    assert client.get("/admin/")["Location"].startswith("/admin/second-factor/setup/")


def test_a_session_from_before_the_phone_is_asked_for_it_too(wang: Any) -> None:
    before, here = Client(), Client()
    for client in (before, here):
        log_in(client, "wangfang")
    set_up(here, wang)
    assert is_in(here)
    assert before.get("/admin/")["Location"].startswith("/admin/second-factor/?")


def test_the_phone_is_set_up_even_where_two_were_begun(zhou: Any) -> None:
    for _ in range(2):
        TOTPDevice.objects.create(user=zhou, confirmed=False, name="手机")
    client = Client()
    log_in(client, "zhouzheng")
    assert len(set_up(client, zhou)) == 10
    assert is_in(client)


def secret(client: Client) -> list[str]:
    return re.findall(r'class="secret">([A-Z2-7 ]+)<', client.get("/admin/second-factor/setup/").content.decode())


def test_a_secret_is_shown_once(zhou: Any) -> None:
    client = Client()
    log_in(client, "zhouzheng")
    assert secret(client) != secret(client)


def test_a_role_that_is_none_is_told_by_check(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = ["局 领导"]
    assert [each.id for each in checks.run_checks() if each.id == "accounts.E001"] == ["accounts.E001"]


def test_at_every_log_in_the_phone_is_asked_for(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    client = Client()
    log_in(client, "zhouzheng")
    assert client.get("/admin/services/service/")["Location"] == (
        "/admin/second-factor/?next=%2Fadmin%2Fservices%2Fservice%2F"
    )
    answer = client.post("/admin/second-factor/?next=/admin/services/service/", {"code": digits(zhou, ahead=1)})
    assert answer["Location"] == "/admin/services/service/"
    assert is_in(client)


def test_digits_are_good_for_once(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    used = digits(zhou, ahead=1)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "zhouzheng")
        client.post("/admin/second-factor/", {"code": used})
    assert is_in(first)
    assert not is_in(second)


def test_a_recovery_code_is_good_for_once(zhou: Any) -> None:
    code = set_up(signed_in(zhou), zhou)[0]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "zhouzheng")
        client.post("/admin/second-factor/", {"code": code.upper()})
    assert "还剩 9 个" in first.get("/admin/").content.decode()
    assert not is_in(second)


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: f"{code[:5]} {code[5:]}",
        lambda code: f" {code[:5]}－{code[5:]}\u3000",
        lambda code: full_width(code),
    ],
)
def test_a_recovery_code_may_be_typed_with_spaces_dashes_or_in_full_width(zhou: Any, typed: Any) -> None:
    code = set_up(signed_in(zhou), zhou)[0]
    client = Client()
    log_in(client, "zhouzheng")
    client.post("/admin/second-factor/", {"code": typed(code)})
    assert is_in(client)


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) for each in text)


def test_guessing_digits_is_slowed_down(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    client = Client()
    log_in(client, "zhouzheng")
    for guess in ("000001", "000002", "000003"):
        client.post("/admin/second-factor/", {"code": guess})
    client.post("/admin/second-factor/", {"code": digits(zhou, ahead=1)})
    assert not is_in(client)  # the right one, too soon


def test_a_password_alone_does_not_replace_the_phone(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    client = Client()
    log_in(client, "zhouzheng")
    assert client.get("/admin/second-factor/setup/")["Location"].startswith("/admin/second-factor/?next=")
    client.post("/admin/second-factor/setup/", {"code": "123456"})
    assert TOTPDevice.objects.filter(user=zhou).count() == 1


def test_nobody_is_led_astray_behind_the_door(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    client = Client()
    log_in(client, "zhouzheng")
    answer = client.post("/admin/second-factor/?next=https://evil.example/", {"code": digits(zhou, ahead=1)})
    assert answer["Location"] == "/admin/"


ADMIN_ONLY_OUT = {"/admin/logout/", "/admin/jsi18n/"}


def pages_of_the_admin(account: Any) -> list[str]:
    """Every address of the admin, with numbers and names put in where it asks for some."""
    from django.urls import get_resolver

    found = []

    def walk(patterns: Any, before: str) -> None:
        for each in patterns:
            route = before + re.sub(r"[\^$]|\\Z|\(\?P<url>\.\*\)", "", str(each.pattern))
            if hasattr(each, "url_patterns"):
                walk(each.url_patterns, route)
            else:
                found.append("/" + re.sub(r"<[^>]+>|\(\?P[^)]*\)", str(account.pk), route))

    walk(get_resolver().url_patterns, "")
    return sorted({path for path in found if path.startswith("/admin/") and path != LOGIN})


def test_a_stolen_password_opens_no_page_before_the_second_factor(zhou: Any) -> None:
    """Not even the one that changes the password: only the digits are asked for, and the way out is open."""
    set_up(signed_in(zhou), zhou)
    Account.objects.filter(pk=zhou.pk).update(password_changed_at=timezone.now() - datetime.timedelta(days=181))
    client = Client()
    log_in(client, "zhouzheng")
    pages = pages_of_the_admin(zhou)
    assert "/admin/password_change/" in pages
    assert len(pages) > 100
    for path in pages:
        if path in ADMIN_ONLY_OUT or path == "/admin/second-factor/":
            continue
        for answer in (client.get(path), client.post(path, {"old_password": PASSWORD})):
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/admin/second-factor/?next="), path
    own = {"old_password": PASSWORD, "new_password1": "Stolen-2026-word", "new_password2": "Stolen-2026-word"}
    client.post("/admin/password_change/", own)
    assert Account.objects.get(pk=zhou.pk).check_password(PASSWORD)
    client.post("/admin/second-factor/", {"code": digits(zhou, ahead=1)})
    assert client.get("/admin/")["Location"].startswith("/admin/password_change/?next=")


def test_who_chose_a_phone_is_asked_for_it_before_the_password_is_changed(wang: Any) -> None:
    set_up(signed_in(wang), wang)
    client = Client()
    log_in(client, "wangfang")
    assert client.get("/admin/password_change/")["Location"].startswith("/admin/second-factor/?next=")


def test_who_must_have_a_phone_sets_it_up_before_the_password_is_changed(zhou: Any) -> None:
    Account.objects.filter(pk=zhou.pk).update(password_changed_at=timezone.now() - datetime.timedelta(days=181))
    client = Client()
    log_in(client, "zhouzheng")
    assert client.get("/admin/password_change/")["Location"].startswith("/admin/second-factor/setup/?next=")
    set_up(client, zhou)
    assert client.get("/admin/")["Location"].startswith("/admin/password_change/?next=")


def test_the_session_from_before_the_second_factor_does_not_let_in(zhou: Any) -> None:
    set_up(signed_in(zhou), zhou)
    client, other = Client(), Client()
    log_in(client, "zhouzheng")
    other.cookies["sessionid"] = client.session.session_key
    client.post("/admin/second-factor/", {"code": digits(zhou, ahead=1)})
    assert is_in(client)
    assert not is_in(other)


def test_a_new_phone_is_set_up_with_the_old_one_or_a_recovery_code_alone(zhou: Any) -> None:
    code = set_up(signed_in(zhou), zhou)[0]
    client = Client()
    log_in(client, "zhouzheng")
    client.post("/admin/second-factor/", {"code": code})
    before = TOTPDevice.objects.get(user=zhou).key
    assert len(set_up_again(client, zhou)) == 10
    assert TOTPDevice.objects.get(user=zhou).key != before
    assert is_in(client)


def set_up_again(client: Client, account: Any) -> list[str]:
    client.get("/admin/second-factor/setup/")
    device = TOTPDevice.objects.get(user=account, confirmed=False)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = timezone.now().timestamp()
    page = client.post("/admin/second-factor/setup/", {"code": f"{totp.token():06d}"}).content.decode()
    return re.findall(r"<code>([0-9a-f]{10})</code>", page)


# Who came and went


def visits() -> list[tuple[str, str]]:
    return list(Visit.objects.order_by("pk").values_list("username", "what"))


def test_who_came_was_refused_and_left_is_on_record(wang: Any) -> None:
    client = Client()
    log_in(client, "wangfang", "wrong", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Firefox")
    log_in(client, "nobody", "wrong")
    log_in(client, "wangfang")
    client.post("/admin/logout/")
    assert visits()[-4:] == [("wangfang", "refused"), ("nobody", "refused"), ("wangfang", "came"), ("wangfang", "left")]
    first = Visit.objects.filter(what=Visit.What.REFUSED).order_by("pk").first()
    assert (first.address, first.browser) == ("203.0.113.7", "Firefox")


def test_a_lockout_is_on_record_and_no_password_ever_is(wang: Any) -> None:
    fail("wangfang", 6)
    assert ("wangfang", "locked") in visits()
    with connection.cursor() as cursor:
        for table in ("accounts_visit", "axes_accessattempt"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%wrong%%'")
            assert cursor.fetchone() == (0,)


def test_the_auditor_reads_it_and_nobody_changes_it(wang: Any) -> None:
    log_in(Client(), "wangfang", "wrong")
    for role in roles.ROLES:
        client = signed_in(make_account(f"a-{len(role)}-{role}", role, "某", "人"))
        answer = client.get("/admin/accounts/visit/")
        assert answer.status_code == (200 if role == roles.AUDITOR else 403)
        assert client.get("/admin/accounts/visit/add/").status_code == 403
    for statement in ("UPDATE accounts_visit SET what = 'came'", "DELETE FROM accounts_visit"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
