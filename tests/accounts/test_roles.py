"""Six groups, one table: what each may do, on every page of the admin, and who keeps the accounts."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.models import Account
from tests import database
from tests.conftest import edited_models, form_of, make_account, make_additions, make_root, signed_in


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_group_has_exactly_the_permissions_of_the_table(db: None, role: str) -> None:
    account = make_account("someone", role, "某", "人")
    assert account.get_all_permissions() == roles.permissions_of(role)


def test_there_are_six_groups_and_no_other(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_the_page_of_each_group_says_what_it_may_do(zhao: Any) -> None:
    client = signed_in(zhao)
    for group in Group.objects.all():
        page = client.get(reverse("admin:auth_group_change", args=[group.pk])).content.decode()
        wanted = {roles.VERBS[verb] for verbs in roles.ROLES[group.name].values() for verb in verbs}
        assert [said for said in wanted if said not in page] == [], group


@pytest.mark.parametrize("role", roles.ROLES)
def test_pages_open_as_the_table_says(db: None, role: str) -> None:
    make_additions()
    client = signed_in(make_account("someone", role, "某", "人"))
    for model in edited_models():
        verbs = roles.ROLES[role].get(model.in_area(), ())
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model.objects.first()
        may_add = "add" in verbs and model._meta.model_name not in ("cover", "frame")
        for url, allowed in (
            (reverse(f"{name}_changelist"), "view" in verbs),
            (reverse(f"{name}_change", args=[row.pk]), "view" in verbs),
            (reverse(f"{name}_history", args=[row.pk]), "view" in verbs),
            (reverse(f"{name}_add"), may_add),
            (reverse(f"{name}_import"), "import" in verbs),
            (reverse(f"{name}_export"), "export" in verbs),
        ):
            assert client.get(url).status_code == (200 if allowed else 403), url


@pytest.mark.parametrize("role", roles.ROLES)
def test_only_who_may_change_can_change(db: None, role: str, wang: Any) -> None:
    from duties.models import WorkItem

    item = WorkItem.objects.get(code="ZZ-01-01")
    url = reverse("admin:duties_workitem_change", args=[item.pk])
    whole = form_of(signed_in(wang).get(url)) | {"note": "改了", "change_reason": "试"}
    client = signed_in(make_account("someone", role, "某", "人"))
    response = client.post(url, whole)
    may = "change" in roles.ROLES[role].get(roles.WORKING, ())
    assert response.status_code == (302 if may else 403)
    assert (WorkItem.objects.get(pk=item.pk).note == "改了") is may


@pytest.mark.parametrize("role", roles.ROLES)
def test_nobody_but_the_keeper_touches_accounts(db: None, role: str, li: Any) -> None:
    client = signed_in(make_account("someone", role, "某", "人"))
    url = reverse("admin:accounts_account_change", args=[li.pk])
    keeper, looks = role == roles.SYSADMIN, role in (roles.SYSADMIN, roles.AUDITOR)
    assert client.get(url).status_code == (200 if looks else 403)
    assert client.post(url, {"username": "liqiang"}).status_code == (200 if keeper else 403)
    assert client.get(reverse("admin:accounts_account_add")).status_code == (200 if keeper else 403)
    assert client.post(url.replace("change/", "delete/"), {"post": "yes"}).status_code == 403


def test_the_keeper_cannot_become_more(zhao: Any) -> None:
    client, url = signed_in(zhao), reverse("admin:accounts_account_change", args=[zhao.pk])
    page = client.get(url).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="groups"' not in page
    data = form_of(client.get(url)) | {"is_superuser": "on", "groups": [str(Group.objects.get(name="编辑").pk)]}
    client.post(url, data | {"reason": "试"})
    assert not zhao.requests.filter(decision=None).exists()
    account = Account.objects.get(pk=zhao.pk)
    assert not account.is_superuser
    assert [group.name for group in account.groups.all()] == ["系统管理"]


def test_the_keeper_cannot_touch_the_emergency_account(own_database: Any) -> None:
    own_database()
    root = make_root()
    client = signed_in(make_account("zhaomin", "系统管理", "赵", "敏"))
    for page in ("change", "password", "second_factor"):
        url = reverse(f"admin:accounts_account_{page}", args=[root.pk])
        assert client.post(url, {"username": "mine", "reason": "试"}).status_code == 403


def test_an_account_with_history_stays(wang: Any) -> None:
    from django.db.models import ProtectedError

    from duties.models import Duty

    Duty.objects.get(code="ZZ-01").put(reason="改", note="甲")
    record = Duty.history.first()
    record.history_user = wang
    record.pk = None
    record.save()
    with pytest.raises(ProtectedError):
        wang.delete()


def test_strangers_are_led_to_the_log_in(db: None) -> None:
    for path in ("/admin/", "/admin/duties/duty/", "/admin/accounts/account/"):
        response = Client().get(path)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_names_are_chinese_names(wang: Any) -> None:
    assert wang.get_full_name() == "王芳"


def test_one_account_is_one_hand(zhao: Any, li: Any) -> None:
    client, url = signed_in(zhao), reverse("admin:accounts_account_change", args=[li.pk])
    both = [str(pk) for pk in Group.objects.filter(name__in=["编辑", "审计"]).values_list("pk", flat=True)]
    page = client.post(url, form_of(client.get(url)) | {"groups": both}).content.decode()
    assert "一个账号只能属于一个组" in page


def test_one_hand_is_held_by_the_database_too(own_database: Any) -> None:
    own_database()
    li = make_account("liqiang", "股长", "李", "强")
    through = Account.groups.through.objects.using("owner")
    with connections["owner"].cursor() as cursor:  # the guard before it asks for a confirmed request
        cursor.execute("ALTER TABLE accounts_account_groups DISABLE TRIGGER accounts_membership_guard")
    with pytest.raises(IntegrityError, match="accounts_account_one_group"), transaction.atomic(using="owner"):
        through.create(account_id=li.pk, group_id=Group.objects.get(name="审计").pk)


def test_the_first_two_accounts_of_a_new_installation_are_two_people(own_database: Any, capsys: Any) -> None:
    own_database(database.WITHOUT_PEOPLE)
    with pytest.raises(CommandError, match="要是两个人"):
        call_command("create_keeper", "zhaomin", "zhaomin")
    call_command("create_keeper", "zhaomin", "zhengming")
    said = capsys.readouterr().out
    for username, role in (("zhaomin", "系统管理"), ("zhengming", "审计")):
        account = Account.objects.get(username=username)
        assert account.check_password(re.search(f"{username}，密码：(\\S+)", said)[1])
        assert account.get_all_permissions() == roles.permissions_of(role)
        assert account.must_change_password
        assert account.requests.get().decision.by_name == "服务器上的命令"
    with pytest.raises(CommandError, match="已经有系统管理账号"):
        call_command("create_keeper", "another", "again")
