"""Six groups, one table: what each may do, on every page of the admin, and who keeps the accounts."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.models import Account
from history.guards import working_models
from tests.conftest import form_of, make_account, make_additions, make_emergency_account, signed_in


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_group_has_exactly_the_permissions_of_the_table(db: None, role: str) -> None:
    account = make_account("someone", role, "某", "人")
    assert account.get_all_permissions() == roles.permissions_of(role)


def test_there_are_six_groups_and_no_other(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


@pytest.mark.parametrize("role", roles.ROLES)
def test_pages_open_as_the_table_says(db: None, role: str) -> None:
    make_additions()
    client = signed_in(make_account("someone", role, "某", "人"))
    for model in working_models():
        verbs = roles.ROLES[role].get(model.area, ())
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
    assert client.post(url, {"username": "liqiang"}).status_code == (302 if keeper else 403)
    assert client.get(reverse("admin:accounts_account_add")).status_code == (200 if keeper else 403)
    assert client.post(url.replace("change/", "delete/"), {"post": "yes"}).status_code == 403


def test_the_keeper_makes_an_account_and_gives_it_a_group(zhao: Any) -> None:
    client = signed_in(zhao)
    new = {"username": "sunli", "last_name": "孙", "first_name": "丽", "usable_password": "true"}
    new |= {"password1": "wenan-2017-list", "password2": "wenan-2017-list"}
    assert client.post(reverse("admin:accounts_account_add"), new).status_code == 302
    account = Account.objects.get(username="sunli")
    url = reverse("admin:accounts_account_change", args=[account.pk])
    data = form_of(client.get(url)) | {"is_staff": "on", "groups": [str(Group.objects.get(name="编辑").pk)]}
    assert client.post(url, data).status_code == 302
    assert Account.objects.get(pk=account.pk).get_all_permissions() == roles.permissions_of("编辑")


def test_the_keeper_cannot_become_more(zhao: Any) -> None:
    client, url = signed_in(zhao), reverse("admin:accounts_account_change", args=[zhao.pk])
    page = client.get(url).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="groups"' not in page
    data = form_of(client.get(url)) | {"is_superuser": "on", "groups": [str(Group.objects.get(name="编辑").pk)]}
    client.post(url, data)
    account = Account.objects.get(pk=zhao.pk)
    assert not account.is_superuser
    assert [group.name for group in account.groups.all()] == ["系统管理"]


def test_the_keeper_cannot_touch_the_emergency_account(own_database: Any) -> None:
    own_database()
    root = make_emergency_account()
    client = signed_in(make_account("zhaomin", "系统管理", "赵", "敏"))
    url = reverse("admin:accounts_account_change", args=[root.pk])
    assert client.post(url, {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.get(password).status_code == 403


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
    through = Account.groups.through
    with pytest.raises(IntegrityError, match="accounts_account_one_group"), transaction.atomic():
        through.objects.create(account_id=li.pk, group_id=Group.objects.get(name="审计").pk)


def test_the_first_account_of_a_new_installation(db: None, capsys: Any) -> None:
    call_command("create_keeper", "zhaomin")
    said = capsys.readouterr().out
    account = Account.objects.get(username="zhaomin")
    assert account.check_password(said.split("密码：")[1].split()[0])
    assert account.get_all_permissions() == roles.permissions_of("系统管理")
    with pytest.raises(CommandError, match="已经有系统管理账号"):
        call_command("create_keeper", "another")
