"""审计 reads what was done in the admin, in words."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from services.models import Service
from tests.conftest import form_of, make_account, signed_in
from tests.editions.test_comparing_in_public import said

LIST = reverse("admin:admin_logentry_changelist")


@pytest.fixture
def auditor(db: None) -> Client:
    return signed_in(make_account("shenji", "审计", "钱", "明"))


def read(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", said(client.get(url).content.decode()))


def test_it_says_what_was_changed_in_words(auditor: Client, zhao: Any, li: Any) -> None:
    client, form = signed_in(zhao), reverse("admin:accounts_account_change", args=[li.pk])
    changed = {"last_name": "黎", "groups": [group.pk for group in li.groups.all()], "reason": "写错了"}
    assert client.post(form, form_of(client.get(form)) | changed).status_code == 302
    for page in (LIST, reverse("admin:admin_logentry_change", args=[LogEntry.objects.get().pk])):
        shown = read(auditor, page)
        assert "“liqiang”：提出了账号变更：第 " in shown
        assert "{" not in shown.split("做了什么")[-1]
        assert "Changed" not in shown


def test_of_a_row_of_the_list_it_leads_to_the_trail(auditor: Client, wang: Any) -> None:
    service = Service.objects.get(code="FW-06")
    client, form = signed_in(wang), reverse("admin:services_service_change", args=[service.pk])
    client.post(form, form_of(client.get(form)) | {"phones": "0316-5255911", "change_reason": "换号"})
    trail = reverse("admin:services_service_history", args=[service.pk])
    assert f'<a href="{trail}">变更记录</a>' in auditor.get(LIST).content.decode()
    assert "联系电话" in read(auditor, LIST)
