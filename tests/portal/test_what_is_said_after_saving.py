"""王芳 saves a row and is told where it stands: not public yet, how it looks, what the check-up says, what is left."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from duties.models import Duty
from services.models import Service
from tests.conftest import form_of, signed_in


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def saved(client: Client, row: Any, **changes: str) -> Any:
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return client.post(url, form_of(client.get(url)) | {"change_reason": "改"} | changes, follow=True)


def test_what_was_saved_is_not_public_yet_and_can_be_looked_at(client: Client) -> None:
    page = saved(client, Duty.objects.get(code="ZZ-04"), note="改过的备注").content.decode()
    assert "已保存，尚未公布" in page
    look = re.search(r'href="([^"]*)">预览</a>', page)[1]
    assert "改过的备注" in client.get(look).content.decode()


def test_what_the_check_up_now_says_of_it_is_one_click_away(client: Client) -> None:
    page = saved(client, Service.objects.get(code="FW-05"), content="受理,审查，，审查").content.decode()
    bench = re.search(r'href="([^"]*checkup/[^"]*)">\d+ 条没有处理</a>', page)[1]
    assert "标点重复" in client.get(bench.replace("&amp;", "&")).content.decode()


def test_where_a_number_that_was_changed_still_stands_is_one_click_away(client: Client) -> None:
    others = set(Service.objects.filter(phones__contains="5255905").values_list("code", flat=True)) - {"FW-06"}
    page = saved(client, Service.objects.get(code="FW-06"), phones="0316-5255999").content.decode()
    assert "电话 5255905 已经改掉" in page
    links = re.findall(r'href="([^"]*/row/services/(FW-\d+)/[^"]*)"', page)
    assert {code for _, code in links} == others
    for link, _ in links:
        assert client.get(link.replace("&amp;", "&")).headers["Location"].endswith("#id_phones")


def test_a_place_that_another_row_has_is_told(client: Client) -> None:
    page = saved(client, Service.objects.get(code="FW-05"), position="2").content.decode()
    assert "排列顺序 2 已经有 FW-02，相同的按代码排列，请" in page
    assert '<a href="/admin/services/service/order/">调整先后</a>' in page
    page = saved(client, Service.objects.get(code="FW-05"), position="5").content.decode()
    assert "相同的按代码排列" not in page


def test_that_the_rows_make_no_list_any_more_is_said_too(client: Client) -> None:
    Service.objects.get(code="FW-01").put(reason="改", title="另一个名字", content="没有日期")
    page = saved(client, Duty.objects.get(code="ZZ-04"), note="别的").content.decode()
    assert "工作数据现在还编不成清单" in page
