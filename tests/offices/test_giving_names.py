"""王芳 gives an office its names: each is whole, is nobody else's, and is not for the head of the office to give."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from duties.models import WorkItem
from editions.life.edition import Edition
from history.guards import said_by_database
from offices.models import Department, Office
from tests.conftest import form_of, make_account, move_to, signed_in

NOBODY = [
    "、",
    "股",
    "办公室、稽查股",
    "办公室，稽查股",
    "办公室/稽查股",
    "办公室;稽查股",
    "办 公 室",
    "办公室　二",
    "有关科室",
    "各股室",
    "组织有关科室",
    "相关部门",
    "牵头",
    "等",
    "办公室（法规股",
    "法规股）",
    "——",
    "123",
    "很长的名称" * 21,
]
FINE = ["食品股", "办公室（法规、信访）", "住房和城乡建设股", "12365投诉举报中心", "政务服务大厅·窗口组", "计量所(站)"]


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def given(client: Client, row: Any, **values: str) -> str:
    url = reverse(f"admin:offices_{row._meta.model_name}_change", args=[row.pk])
    response = client.post(url, form_of(client.get(url)) | values | {"change_reason": "改名"}, follow=True)
    return str(response.content.decode())


@pytest.mark.parametrize("name", NOBODY)
def test_what_is_no_whole_name_is_refused_in_a_sentence(client: Client, name: str) -> None:
    office = Office.objects.get(code="GS-03")
    assert "一个名称要有 2 到 100 个字" in given(client, office, other_names=name)
    assert Office.objects.get(code="GS-03").other_names == ""


@pytest.mark.parametrize("model", [Office, Department])
@pytest.mark.parametrize("field", ["name", "other_names"])
@pytest.mark.parametrize("name", NOBODY)
def test_the_database_refuses_it_whoever_writes(db: None, model: Any, field: str, name: str) -> None:
    row = model.objects.get(code="GS-03" if model is Office else "BM-03")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.put(reason="试", **{field: name})
    assert "一个名称要有 2 到 100 个字" in said_by_database(refused.value)


@pytest.mark.parametrize("name", FINE)
def test_a_whole_name_is_taken_and_read(client: Client, name: str) -> None:
    given(client, Office.objects.get(code="GS-03"), other_names=name)
    office = Office.objects.get(code="GS-03")
    assert office.other_names == name
    assert office.is_named_in(f"质量监督股、{name}")
    assert not office.is_named_in(f"乡镇{name}")


TAKEN = ["质量监督股", "办公室", "办公室(法规股)", "计量股"]


@pytest.mark.parametrize("name", TAKEN)
def test_the_name_of_another_office_is_not_given_again(client: Client, name: str) -> None:
    """In full-width or half-width marks, as a name or as another name."""
    said = given(client, Office.objects.get(code="GS-03"), other_names=name)
    assert "的名称，请先在那里删去。" in said
    assert Office.objects.get(code="GS-03").other_names == ""


@pytest.mark.parametrize("name", TAKEN)
def test_the_database_keeps_a_name_for_one(db: None, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Office.objects.get(code="GS-03").put(reason="试", other_names=name)
    assert "已经是 GS-0" in said_by_database(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Office(code="GS-99", name=name).save(reason="试")


def test_a_name_is_not_written_twice(client: Client) -> None:
    said = given(client, Office.objects.get(code="GS-01"), other_names="办公室\n办公室(法规股)")
    assert "同一个名称写了两次" in said
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.get(code="GS-01").put(reason="试", other_names="办公室\n办公室(法规股)")


def test_a_file_with_such_a_name_is_refused_with_its_place(wang: Any, citizen: Client, tmp_path: Path) -> None:
    content = citizen.get("/list.json").json()
    content["offices"][2]["other_names"] = ["有关科室"]
    file = tmp_path / "list.json"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CommandError, match=r"list\.json：offices\[3\]：数据库没有接受：一个名称要有"):
        call_command("load_register", str(file), reason="试")


# Rights follow from names


@pytest.fixture
def li_of_02(li: Any) -> Any:
    move_to(li, "GS-02")
    return li


def test_a_head_keeps_the_phones_of_the_office_and_not_its_names(li_of_02: Any) -> None:
    head, office = signed_in(li_of_02), Office.objects.get(code="GS-02")
    given(head, office, name="稽查大队", other_names="标准化股", kind="institution", phones="0316-5255999")
    office.refresh_from_db()
    assert (office.name, office.other_names, office.kind) == ("质量监督股", "", "office")
    assert office.phones == "0316-5255999"
    page = head.get(reverse("admin:offices_office_change", args=[office.pk])).content.decode()
    assert 'name="phones"' in page
    for field in ("name", "other_names", "kind", "retired_on"):
        assert f'name="{field}"' not in page


def test_a_head_does_not_bring_names_back_that_were_taken_away(li_of_02: Any) -> None:
    Office.objects.get(code="GS-02").put(reason="改名", name="质量股", other_names="质监股")
    url = reverse("admin:editions_edition_restore", args=["offices", "GS-02"])
    assert signed_in(li_of_02).get(url).status_code == 403
    assert signed_in(make_account("wang2", "编辑", "王", "二")).get(url).status_code == 200


@pytest.mark.parametrize(
    ("cell", "his"),
    {
        "食品质量监督股": False,
        "质量监督股（食品）": False,
        "食品和质量监督股": False,
        "食品 质量监督股": False,
        "稽查股、质量监督股": True,
        "稽查股会同质量监督股": True,
        "质量监督股(牵头)": True,
    }.items(),
)
def test_a_row_is_his_where_the_whole_name_stands(li_of_02: Any, cell: str, his: bool) -> None:
    item = WorkItem.objects.get(code="ZZ-03-06")
    item.put(reason="改股室", offices=cell)
    url = reverse("admin:duties_workitem_change", args=[item.pk])
    assert ('name="_save"' in signed_in(li_of_02).get(url).content.decode()) is his


def test_names_from_before_that_are_none_give_no_rights(own_database: Any) -> None:
    """An upgrade leaves them where they are."""
    own_database()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE offices_office DROP CONSTRAINT office_names_whole")
    office = Office.objects.get(code="GS-02").put(reason="旧数据", other_names="有关科室\n、")
    assert office.is_named_in("质量监督股")
    assert not office.is_named_in("办公室组织有关科室")
    assert not office.is_named_in("稽查股、计量股")


# What the public reads


def test_an_office_inside_another_is_not_on_its_page(own_database: Any) -> None:
    own_database()
    from tests.acting import make_hands, make_issued

    Office(name="食品质量监督股").save(reason="新设")
    WorkItem.objects.get(code="ZZ-02-01").put(reason="改股室", offices="食品质量监督股")
    make_issued(make_hands(), ("duties", "ZZ-02"))
    register = Edition.objects.latest("pk").register()
    from portal.answers.reverse_index import reverse_index_of

    index = reverse_index_of(register)
    where = {
        code: [found.place.anchor for found in index.responsible["offices", code] if found.place.anchor == "zz-02-01"]
        for code in ("GS-02", "GS-07")
    }
    assert where == {"GS-02": [], "GS-07": ["zz-02-01"]}
