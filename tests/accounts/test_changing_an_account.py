"""赵敏 keeps the accounts: what she asks for takes effect when 郑明, who audits, has confirmed it."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import roles
from accounts.models import Account, AccountDecision, AccountRequest, Visit
from accounts.requests import RequestError, confirmation_faults
from offices.models import Office
from tests.conftest import form_of, make_account, move_to, own_databases, signed_in


@pytest.fixture
def zheng(db: None) -> Any:
    """郑明, auditor."""
    return make_account("zhengming", roles.AUDITOR, "郑", "明")


def page_of(account: Any, name: str = "change") -> str:
    return reverse(f"admin:accounts_account_{name}", args=[account.pk])


def ask(keeper: Any, account: Any, **values: Any) -> Any:
    """What the keeper's form sends; where it leads."""
    client = signed_in(keeper)
    own = {"groups": group(now(account, "groups")[0]), "reason": "调动"}
    return client.post(page_of(account), form_of(client.get(page_of(account))) | own | values)


def group(name: str) -> list[str]:
    return [str(Group.objects.get(name=name).pk)]


def latest() -> AccountRequest:
    return AccountRequest.objects.first()


def decide(person: Any, asked: AccountRequest, **data: Any) -> Any:
    return signed_in(person).post(f"/admin/accounts/accountrequest/{asked.pk}/change/", data)


def refuse(person: Any, asked: AccountRequest, **data: Any) -> Any:
    return signed_in(person).post(f"/admin/accounts/accountrequest/{asked.pk}/refuse/", data)


def rights(account: Any) -> set[str]:
    return set(Account.objects.get(pk=account.pk).get_all_permissions())


def test_a_new_account_can_do_nothing_until_a_second_person_confirmed_it(zhao: Any, zheng: Any) -> None:
    client = signed_in(zhao)
    new = {"username": "sunli", "last_name": "孙", "first_name": "丽", "groups": group("法规审核"), "reason": "新来"}
    answer = client.post(reverse("admin:accounts_account_add"), new, follow=True)
    page = answer.content.decode()
    assert "还没有生效：要由审计或另一位系统管理确认" in page
    account = Account.objects.get(username="sunli")
    assert not account.is_active
    assert not account.has_usable_password()
    assert rights(account) == set()
    first_half = re.search(r'<code class="secret">([a-z2-7]{10})</code>', page)[1]

    shown = signed_in(zheng).get(f"/admin/accounts/accountrequest/{latest().pk}/change/").content.decode()
    for word in ("sunli", "孙丽", "赵敏", "新来", "法规审核"):
        assert word in shown
    assert first_half not in shown
    confirmed = decide(zheng, latest(), confirm="1").content.decode()
    second_half = re.search(r'<code class="secret">([a-z2-7]{10})</code>', confirmed)[1]
    assert rights(account) == roles.permissions_of("法规审核")
    assert "没有" not in latest().standing

    for password, inside in ((first_half, False), (second_half, False), (first_half + second_half, True)):
        own = Client()
        own.post("/admin/login/", {"username": "sunli", "password": password})
        assert ("_auth_user_id" in own.session) is inside
    assert own.get("/admin/")["Location"].startswith("/admin/password_change/")
    again = signed_in(zheng).get(f"/admin/accounts/accountrequest/{latest().pk}/change/").content.decode()
    assert second_half not in again


def test_office_and_address_of_a_new_account_are_seen_by_whoever_confirms(zhao: Any, zheng: Any) -> None:
    office = Office.objects.get(code="GS-02")
    new = {"username": "qian", "last_name": "钱", "first_name": "多", "groups": group("股长"), "reason": "新来"}
    new |= {"office": str(office.pk), "email": "qian@b.example"}
    signed_in(zhao).post(reverse("admin:accounts_account_add"), new)
    account = Account.objects.get(username="qian")
    assert (account.office, account.email) == (None, "")
    shown = signed_in(zheng).get(f"/admin/accounts/accountrequest/{latest().pk}/change/").content.decode()
    assert str(office) in shown
    assert "qian@b.example" in shown
    decide(zheng, latest(), confirm="1")
    account.refresh_from_db()
    assert (account.office, account.email, account.is_active) == (office, "qian@b.example", True)


CHANGES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "group": ({"groups": "局领导"}, "groups", ["局领导"]),
    "office": ({"office": "GS-02"}, "office_id", "GS-02"),
    "name": ({"last_name": "王"}, "last_name", "王"),
    "username": ({"username": "wangqiang"}, "username", "wangqiang"),
    "e-mail": ({"email": "a@b.example"}, "email", "a@b.example"),
}


def now(account: Any, name: str) -> Any:
    account = Account.objects.get(pk=account.pk)
    if name == "groups":
        return [each.name for each in account.groups.all()]
    return account.office and account.office.code if name == "office_id" else getattr(account, name)


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_of_an_account_waits_for_a_second_person(zhao: Any, zheng: Any, li: Any, what: str) -> None:
    typed, name, wanted = CHANGES[what]
    before = now(li, name)
    sent = {key: group(value) if key == "groups" else value for key, value in typed.items()}
    if what == "office":
        sent["office"] = str(Office.objects.get(code="GS-02").pk)
    assert ask(zhao, li, **sent).status_code == 302
    assert now(li, name) == before
    decide(zheng, latest(), confirm="1")
    assert now(li, name) == wanted
    assert latest().decision.by == zheng


def test_a_dormant_account_is_woken_by_two(zhao: Any, zheng: Any, li: Any) -> None:
    client = signed_in(zhao)
    stopped = form_of(client.get(page_of(li))) | {"reason": "休假"}
    del stopped["is_active"]
    stopped["groups"] = group("股长")
    answer = client.post(page_of(li), stopped, follow=True).content.decode()
    assert "已停用，当即生效" in answer
    assert not Account.objects.get(pk=li.pk).is_active
    ask(zhao, li, is_active="on", groups=group("股长"))
    assert not Account.objects.get(pk=li.pk).is_active
    decide(zheng, latest(), confirm="1")
    assert Account.objects.get(pk=li.pk).is_active


def test_a_password_set_anew_is_known_to_neither(zhao: Any, zheng: Any, li: Any) -> None:
    before = Account.objects.get(pk=li.pk).password
    signed_in(zhao).post(page_of(li, "password"), {"reason": "忘了"})
    assert Account.objects.get(pk=li.pk).password == before
    decide(zheng, latest(), confirm="1")
    account = Account.objects.get(pk=li.pk)
    assert account.password != before
    assert account.must_change_password
    assert not account.check_password(latest().first_half)


def test_who_is_put_into_a_group_can_log_in(zhao: Any, zheng: Any) -> None:
    """That an account may log in follows from its group; nothing is left to be ticked."""
    account = Account(username="hexin", last_name="何", first_name="新", is_staff=False, is_active=False)
    account.set_unusable_password()
    account.save()
    client = signed_in(zhao)
    given = {"groups": group(roles.EDITOR), "is_active": "on", "reason": "新来"}
    client.post(page_of(account), form_of(client.get(page_of(account))) | given)
    decide(zheng, latest(), confirm="1")
    assert (now(account, "is_staff"), now(account, "groups")) == (True, [roles.EDITOR])


def test_the_list_of_accounts_shows_whole_names_groups_and_locks(zhao: Any, li: Any) -> None:
    page = signed_in(zhao).get("/admin/accounts/account/", {"q": "李强"}).content.decode()
    row = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[-1]
    assert re.search(r"李强.*liqiang.*股长.*在用<", row, re.DOTALL)
    assert "zhaomin" not in row
    locked(li)
    assert "在用，登录被锁" in signed_in(zhao).get("/admin/accounts/account/").content.decode()


def locked(account: Any) -> None:
    for _ in range(5):
        Client().post("/admin/login/", {"username": account.username, "password": "错的"})


def test_a_lock_is_taken_off_at_once_and_on_record(zhao: Any, wang: Any, li: Any) -> None:
    locked(li)
    assert page_of(li, "unlock") in signed_in(zhao).get(page_of(li)).content.decode()
    assert signed_in(wang).get(page_of(li, "unlock")).status_code == 403
    said = signed_in(zhao).post(page_of(li, "unlock"), {"reason": ""}, follow=True).content.decode()
    assert "已解锁" not in said
    said = signed_in(zhao).post(page_of(li, "unlock"), {"reason": "本人打电话来"}, follow=True).content.decode()
    assert "的登录已解锁，可以再试" in said
    assert page_of(li, "unlock") not in said
    assert LogEntry.objects.filter(change_message="解锁：本人打电话来", object_id=str(li.pk)).exists()


def test_a_lost_phone_is_taken_away_by_two(zhao: Any, zheng: Any, li: Any) -> None:
    with transaction.atomic():
        Visit.objects.create(what=Visit.What.SET_UP, account=li)
        TOTPDevice.objects.create(user=li, name="手机")
        StaticDevice.objects.create(user=li, name="恢复码")
    assert "取消动态码" in signed_in(zhao).get(page_of(li)).content.decode()
    signed_in(zhao).post(page_of(li, "second_factor"), {"reason": "手机丢了"})
    assert TOTPDevice.objects.filter(user=li).exists()
    decide(zheng, latest(), confirm="1")
    assert not TOTPDevice.objects.filter(user=li).exists()
    assert not StaticDevice.objects.filter(user=li).exists()


def test_who_asked_does_not_confirm_and_neither_does_the_account_itself(zhao: Any, zheng: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    page = decide(zhao, latest(), confirm="1").content.decode()
    assert "变更要由另一个人确认" in page
    ask(zhao, zheng, groups=group("局领导"))
    assert "变更要由另一个人确认" in decide(zheng, latest(), confirm="1").content.decode()
    assert now(li, "groups") == ["股长"]
    assert now(zheng, "groups") == ["审计"]


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role not in (roles.AUDITOR, roles.SYSADMIN)])
def test_nobody_else_sees_or_decides_of_it(zhao: Any, li: Any, role: str) -> None:
    ask(zhao, li, groups=group("局领导"))
    other = make_account("someone", role, "某", "人")
    page = f"/admin/accounts/accountrequest/{latest().pk}/change/"
    assert signed_in(other).get(page).status_code == 403
    assert decide(other, latest(), confirm="1").status_code == 403
    assert now(li, "groups") == ["股长"]


@pytest.mark.parametrize("role", [roles.SYSADMIN, roles.AUDITOR])
def test_one_keeper_alone_does_not_make_the_second_hand(zhao: Any, role: str) -> None:
    """Neither another 系统管理 nor an 审计 that only the asker knows of ever has the power to confirm."""
    new = {"username": "puppet", "groups": group(role), "reason": "帮手"}
    signed_in(zhao).post(reverse("admin:accounts_account_add"), new)
    puppet = Account.objects.get(username="puppet")
    asked = latest()
    client = Client()
    client.force_login(puppet)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    with pytest.raises(RequestError, match="只有审计和系统管理"):
        asked.confirm(by=puppet)
    decide(zhao, asked, confirm="1")
    assert asked.is_waiting
    assert rights(puppet) == set()


def test_a_second_keeper_confirms_as_well(zhao: Any, li: Any) -> None:
    other = make_account("qianwei", roles.SYSADMIN, "钱", "伟")
    ask(zhao, li, groups=group("局领导"))
    decide(other, latest(), confirm="1")
    assert now(li, "groups") == ["局领导"]


def test_what_is_refused_changes_nothing_and_says_why(zhao: Any, zheng: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    assert "请写明不同意的理由" in refuse(zheng, latest()).content.decode()
    refuse(zheng, latest(), reason="没有任命文件")
    page = signed_in(zhao).get(f"/admin/accounts/accountrequest/{latest().pk}/change/").content.decode()
    assert "没有任命文件" in page
    assert now(li, "groups") == ["股长"]
    assert "没有再办" in decide(zheng, latest(), confirm="1").content.decode()


def test_who_may_not_decide_refuses_nothing_by_its_address(zhao: Any, wang: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    for person in (wang, li):
        assert refuse(person, latest(), reason="不要").status_code == 403
    assert latest().is_waiting


def test_who_asked_takes_it_back(zhao: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    refuse(zhao, latest(), reason="点错了")
    assert latest().standing == "没有同意"


def test_an_account_that_changed_meanwhile_is_not_changed_by_an_old_request(zhao: Any, zheng: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    old = latest()
    ask(zhao, li, groups=group("编辑"))
    decide(zheng, latest(), confirm="1")
    assert "提出以后这个账号又有变动" in decide(zheng, old, confirm="1").content.decode()
    assert now(li, "groups") == ["编辑"]


def test_the_same_thing_is_asked_for_once(zhao: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    page = signed_in(zhao).get(ask(zhao, li, groups=group("局领导"))["Location"]).content.decode()
    assert page != ""
    assert li.requests.filter(decision=None).count() == 1


def test_the_auditor_reads_everything_in_words(zhao: Any, zheng: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    decide(zheng, latest(), confirm="1", reason="见任命文件")
    page = signed_in(zheng).get("/admin/accounts/accountrequest/").content.decode()
    for word in ("组：股长 → 局领导", "调动", "赵敏", "郑明", "已确认"):
        assert word in page


def test_what_waits_stands_on_the_desk_of_whoever_can_confirm_it(zhao: Any, zheng: Any, li: Any) -> None:
    ask(zhao, li, groups=group("局领导"))
    assert "等您确认的账号变更" in signed_in(zheng).get("/admin/").content.decode()
    for other in (zhao, li):
        assert "等您确认的账号变更" not in signed_in(other).get("/admin/").content.decode()


# Where nobody is left who could confirm


def test_on_the_server_a_request_is_confirmed_by_the_owner_of_the_database(own_database: Any, capsys: Any) -> None:
    own_database()
    keeper = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    li = make_account("liqiang", "股长", "李", "强")
    (asked,) = AccountRequest.ask(li, {"groups": ["审计"]}, by=keeper, reason="审计离职")
    with pytest.raises(CommandError, match="没有第 99999 号"):
        call_command("confirm_account", "99999", "--reason", "试")
    call_command("confirm_account", str(asked.pk), "--reason", "唯一的审计离职")
    assert "组：股长 → 审计" in capsys.readouterr().out
    assert now(li, "groups") == ["审计"]
    decision = AccountDecision.objects.get(request=asked)
    assert (decision.by_name, decision.reason) == ("服务器上的命令", "唯一的审计离职")
    with pytest.raises(CommandError, match="没有再办"):
        call_command("confirm_account", str(asked.pk), "--reason", "试")


def test_on_the_server_the_only_keeper_is_let_in_again(own_database: Any, capsys: Any) -> None:
    own_database()
    keeper = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    with transaction.atomic():
        Visit.objects.create(what=Visit.What.SET_UP, account=keeper)
        TOTPDevice.objects.create(user=keeper, name="手机")
    with pytest.raises(CommandError, match="没有在用的账号"):
        call_command("renew_access", "nobody", "--reason", "试")
    call_command("renew_access", "zhaomin", "--reason", "手机掉进水里")
    password = re.search(r"新密码：(\S+)", capsys.readouterr().out)[1]
    account = Account.objects.get(pk=keeper.pk)
    assert account.check_password(password)
    assert account.must_change_password
    assert not TOTPDevice.objects.filter(user=keeper).exists()
    assert account.requests.first().reason == "手机掉进水里"


# What the database refuses of the role that serves

REFUSED = "permission denied|没有另一个人确认|只能|不能更改|要由另一个人|要有|不是本人"
BY_THE_SERVING_ROLE = {
    "group": "INSERT INTO accounts_account_groups (account_id, group_id)"
    " SELECT {fresh}, id FROM auth_group WHERE name = '局领导'",
    "other group": "UPDATE accounts_account_groups SET group_id = (SELECT id FROM auth_group WHERE name = '局领导')"
    " WHERE account_id = {li}",
    "no group": "DELETE FROM accounts_account_groups WHERE account_id = {li}",
    "permission": "INSERT INTO accounts_account_user_permissions (account_id, permission_id)"
    " SELECT {li}, id FROM auth_permission WHERE codename = 'sign_edition'",
    "group's permission": "INSERT INTO auth_group_permissions (group_id, permission_id)"
    " SELECT g.id, p.id FROM auth_group g, auth_permission p WHERE g.name = '股长' AND p.codename = 'sign_edition'",
    "group's name": "UPDATE auth_group SET name = '局领导2' WHERE name = '局领导'",
    "superuser": "UPDATE accounts_account SET is_superuser = true WHERE id = {li}",
    "office": "UPDATE accounts_account SET office_id = (SELECT min(id) FROM offices_office) WHERE id = {li}",
    "woken": "UPDATE accounts_account SET is_active = true WHERE id = {fresh}",
    "password": "UPDATE accounts_account SET password = 'pbkdf2_sha256$1$a$b' WHERE id = {li}",
    "password to be changed": "UPDATE accounts_account SET password = 'pbkdf2_sha256$1$a$b',"
    " must_change_password = true WHERE id = {li}",
    "name": "UPDATE accounts_account SET username = 'zhou' WHERE id = {li}",
    "phone": "INSERT INTO otp_totp_totpdevice (user_id, name, confirmed, key, step, t0, digits, tolerance, drift,"
    " last_t, throttling_failure_count) VALUES ({li}, 'x', true, 'ab', 30, 0, 6, 1, 0, -1, 0)",
    "no phone": "DELETE FROM otp_totp_totpdevice WHERE user_id = {zheng}",
    "other secret": "UPDATE otp_totp_totpdevice SET key = 'abcd' WHERE user_id = {zheng}",
    "confirmed by whoever asked": "INSERT INTO accounts_accountdecision (request_id, accepted, reason, by_id,"
    " by_name, at, transaction) VALUES ({asked}, true, '', {zhao}, '', now(), txid_current())",
    "confirmed by the account": "INSERT INTO accounts_accountdecision (request_id, accepted, reason, by_id,"
    " by_name, at, transaction) VALUES ({asked}, true, '', {li}, '', now(), txid_current())",
    "confirmed by nobody": "INSERT INTO accounts_accountdecision (request_id, accepted, reason, by_name, at,"
    " transaction) VALUES ({asked}, true, '', '', now(), txid_current())",
    "asked by nobody": "INSERT INTO accounts_accountrequest (account_id, before, after, reason, by_name, at)"
    """ VALUES ({li}, '{{}}', '{{"is_staff": true}}', 'x', '', now())""",
    "asked by an editor": "INSERT INTO accounts_accountrequest (account_id, before, after, reason, by_id, by_name, at)"
    """ VALUES ({li}, '{{}}', '{{"is_staff": true}}', 'x', {li}, '', now())""",
    "rewritten": """UPDATE accounts_accountrequest SET after = '{{"groups": ["局领导"]}}'""",
    "forgotten": "DELETE FROM accounts_accountrequest",
    "undecided": "DELETE FROM accounts_accountdecision",
    "in use at once": "INSERT INTO accounts_account (username, password, is_superuser, is_staff, is_active,"
    " first_name, last_name, email, date_joined, must_change_password, password_changed_at)"
    " VALUES ('y', '!', false, true, true, '', '', '', now(), false, now())",
    "with an office": "INSERT INTO accounts_account (username, password, is_superuser, is_staff, is_active,"
    " first_name, last_name, email, date_joined, must_change_password, password_changed_at, office_id)"
    " VALUES ('y', '!', false, true, false, '', '', '', now(), false, now(), (SELECT min(id) FROM offices_office))",
    "with an address": "INSERT INTO accounts_account (username, password, is_superuser, is_staff, is_active,"
    " first_name, last_name, email, date_joined, must_change_password, password_changed_at)"
    " VALUES ('y', '!', false, true, false, '', '', 'a@b.example', now(), false, now())",
    "with a password": "INSERT INTO accounts_account (username, password, is_superuser, is_staff, is_active,"
    " first_name, last_name, email, date_joined, must_change_password, password_changed_at)"
    " VALUES ('y', 'pbkdf2_sha256$1$a$b', false, true, false, '', '', '', now(), false, now())",
}


@pytest.fixture(scope="module")
def bureau(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The keys of the people and of a request, in a database of this file's own, where each was made in a transaction
    of its own."""
    with own_databases(django_db_blocker) as own_database:
        own_database()
        zhao = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
        zheng = make_account("zhengming", roles.AUDITOR, "郑", "明")
        li = make_account("liqiang", "股长", "李", "强")
        fresh = Account(username="fresh", is_active=False)
        fresh.set_unusable_password()
        fresh.save()
        with transaction.atomic():
            Visit.objects.create(what=Visit.What.SET_UP, account=zheng)
            TOTPDevice.objects.create(user=zheng, name="手机")
        (asked,) = AccountRequest.ask(li, {"groups": ["局领导"]}, by=zhao, reason="试")
        yield {"zhao": zhao.pk, "zheng": zheng.pk, "li": li.pk, "fresh": fresh.pk, "asked": asked.pk}


@pytest.mark.parametrize("deed", BY_THE_SERVING_ROLE)
def test_the_serving_role_alone_gives_nobody_power(bureau: dict[str, int], deed: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_THE_SERVING_ROLE[deed].format(**bureau))


def test_a_confirmation_is_good_for_what_was_asked_and_for_its_own_moment(own_database: Any) -> None:
    own_database()
    zhao = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    zheng = make_account("zhengming", roles.AUDITOR, "郑", "明")
    li = make_account("liqiang", "股长", "李", "强")
    (asked,) = AccountRequest.ask(li, {"groups": ["编辑"]}, by=zhao, reason="试")
    director = Group.objects.filter(name="局领导")
    with transaction.atomic():
        AccountDecision.objects.create(request=asked, accepted=True, by=zheng)
        with pytest.raises(DatabaseError, match="没有另一个人确认"), transaction.atomic():
            li.groups.set(director)
        transaction.set_rollback(True)
    asked.confirm(by=zheng)
    with pytest.raises(DatabaseError, match="没有另一个人确认"), transaction.atomic():
        li.groups.set(Group.objects.filter(name="股长"))


def test_own_passwords_go_on_working_and_leave_their_line(own_database: Any) -> None:
    own_database()
    li = make_account("liqiang", "股长", "李", "强", password="Liqiang-2026-list")
    client = Client()
    client.post("/admin/login/", {"username": "liqiang", "password": "Liqiang-2026-list"})
    own = {
        "old_password": "Liqiang-2026-list",
        "new_password1": "My-own-2026-word",
        "new_password2": "My-own-2026-word",
    }
    assert client.post("/admin/password_change/", own, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Account.objects.get(pk=li.pk).check_password("My-own-2026-word")
    assert Visit.objects.first().what == Visit.What.PASSWORD
    assert Visit.objects.first().address == "203.0.113.9"


DEEDS = st.sampled_from(["ask", "confirm", "refuse"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["ask", "confirm", "refuse"]), st.integers(0, 3), st.integers(0, 3)), max_size=8)
)
def test_whatever_two_keepers_and_an_auditor_do_no_power_comes_from_one_alone(
    db: None, deeds: list[tuple[str, int, int]]
) -> None:
    """Each membership of a group is the outcome of a request that another person confirmed."""
    point = transaction.savepoint()
    keeper, other = (make_account(name, roles.SYSADMIN, "赵", name) for name in ("k1", "k2"))
    auditor, li = make_account("a1", roles.AUDITOR, "郑", "明"), make_account("l1", "股长", "李", "强")
    people, wanted = [keeper, other, auditor, li], ["局领导", "编辑", "审计", "系统管理"]
    for deed, who, whom in deeds:
        person = Account.objects.get(pk=people[who].pk)
        try:
            with transaction.atomic():
                if deed == "ask":
                    AccountRequest.ask(people[whom], {"groups": [wanted[who]]}, by=person, reason="试")
                else:
                    asked = AccountRequest.objects.waiting().first()
                    if asked and deed == "confirm":
                        asked.confirm(by=person)
                    elif asked:
                        asked.refuse(by=person, reason="不")
        except RequestError:
            continue
    for account in people:
        (name,) = now(account, "groups")
        given_by = account.requests.filter(decision__accepted=True, after__has_key="groups").first()
        assert given_by.after["groups"] == [name]
        assert given_by.decision.by_id not in (given_by.by_id, account.pk)
    transaction.savepoint_rollback(point)


OWNERS = {
    "组": "UPDATE accounts_account_groups SET group_id = (SELECT id FROM auth_group WHERE name = '局领导')"
    " WHERE account_id = {}",
    "所在股室": "UPDATE accounts_account SET office_id = (SELECT max(id) FROM offices_office) WHERE id = {}",
    "有效": "UPDATE accounts_account SET is_active = true WHERE id = {}",
}


@pytest.mark.parametrize(
    "statement",
    [
        *OWNERS.values(),
        "UPDATE accounts_account SET password = 'known' WHERE id = {}",
        "UPDATE accounts_account SET last_name = '王' WHERE id = {}",
        "DELETE FROM accounts_account_groups WHERE account_id = {}",
        "INSERT INTO otp_totp_totpdevice (user_id, name, confirmed, key, step, t0, digits, tolerance, drift, last_t,"
        " throttling_failure_count) VALUES ({}, '', true, 'known', 30, 0, 6, 1, 0, 0, 0)",
        "UPDATE accounts_account SET is_superuser = true WHERE id = {0};"
        "UPDATE accounts_account SET password = 'known' WHERE id = {0};"
        "UPDATE accounts_account SET is_superuser = false WHERE id = {0}",
    ],
)
def test_not_even_the_owner_changes_an_account_without_a_request(own_database: Any, statement: str) -> None:
    own_database()
    li = make_account("liqiang", "股长", "李", "强")
    Account.objects.filter(pk=li.pk).update(is_active=False)
    with (
        pytest.raises(IntegrityError, match=r"确认|应急账号"),
        transaction.atomic("owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(statement.format(li.pk))


@pytest.mark.parametrize("what", OWNERS)
def test_what_the_owner_gave_without_a_request_is_found(own_database: Any, what: str) -> None:
    own_database()
    zhao = make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
    li = make_account("liqiang", "股长", "李", "强")
    move_to(li, "GS-02")
    AccountRequest.ask(li, {"is_active": False}, by=zhao, reason="休假")
    assert list(confirmation_faults()) == []
    with connections["owner"].cursor() as cursor:
        for switched in ("DISABLE", "ENABLE"):
            for table in ("accounts_account", "accounts_account_groups"):
                cursor.execute(f"ALTER TABLE {table} {switched} TRIGGER USER")
            if switched == "DISABLE":
                cursor.execute(OWNERS[what].format(li.pk))
    assert list(confirmation_faults()) == [f"账号 liqiang 的“{what}”和最后一次确认的变更不符。"]


def test_memberships_from_before_are_on_record_after_the_upgrade(own_database: Any) -> None:
    own_database()

    from accounts.migrations import __name__ as package

    migration = importlib.import_module(f"{package}.0005_groups_that_there_are")
    li = make_account("liqiang", "股长", "李", "强")
    before = li.requests.count()
    with connections["owner"].cursor() as cursor:
        cursor.execute(migration.KEPT)
    assert li.requests.count() == before + 1
    assert li.requests.first().after == {"groups": ["股长"]}
    assert li.requests.first().decision.accepted
