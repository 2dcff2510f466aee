"""王伟 keeps a longer list: with more than 99 of a kind everything stands in the order of its numbers."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from editions.life.edition import Edition
from editions.register.register import compose
from tests import database
from tests.conftest import own_databases
from verbatim.codes import numbers_of

MANY = range(1, 103)


def code(prefix: str, number: int) -> str:
    return f"{prefix}-{number:02}"


def head(part: str, heading: str, columns: str) -> dict[str, str]:
    return {"part": part, "heading": heading, "columns": columns.replace(" ", "\n")}


def long_list() -> dict[str, Any]:
    """102 of each kind whose codes have a number."""
    items = [{"code": f"ZZ-01-{n:02}", "text": f"第{n}件工作", "offices": "办公室"} for n in MANY]
    duties = [
        {"serial": str(n), "code": code("ZZ", n), "text": f"第{n}项职责。", "work_items": items if n == 1 else []}
        for n in MANY
    ]
    services = [
        {"serial": str(n), "code": code("FW", n), "title": f"服务{n}", "content": f"内容{n}", "offices": "办公室"}
        for n in MANY
    ]
    return {
        "schema": 1,
        "edition": {"label": "2019-03", "effective_on": "2019-03-01"},
        "cover": {"title": "某县市场监督管理局责任清单"},
        "frames": [
            head("duties", "部门职责登记表", "序号 主要职责 具体工作事项 责任股室 备注"),
            head("services", "公共服务事项登记表", "序号 服务事项 主要内容 承办机构 联系电话"),
        ],
        "departments": [{"code": code("BM", n), "name": f"县第{n}局", "is_bureau": n == 1} for n in MANY],
        "offices": [{"code": code("GS", n), "name": f"第{n}股" if n > 1 else "办公室"} for n in MANY],
        "laws": [{"code": code("FL", n), "title": f"某某管理条例之{n}"} for n in MANY],
        "citations": [
            {"code": code("YZ", n), "quoted": f"《某某管理条例之{n}》", "kind": "law", "law": code("FL", n)}
            for n in MANY
        ],
        "duties": duties,
        "services": services,
    }


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Callable[..., str]]:
    """The long list, loaded and published."""
    path = tmp_path_factory.mktemp("long") / "list.json"
    path.write_text(json.dumps(long_list(), ensure_ascii=False), encoding="utf-8")
    with own_databases(django_db_blocker) as make:
        make(database.EMPTY)
        call_command("load_register", str(path), reason="转录", verbosity=0)
        call_command("publish_edition", str(path), verbosity=0)
        yield make


KINDS = {"departments": "BM", "offices": "GS", "laws": "FL", "citations": "YZ", "duties": "ZZ", "services": "FW"}


@pytest.mark.parametrize(("kind", "prefix"), KINDS.items())
def test_a_kind_stands_in_the_order_of_its_numbers(published: Any, kind: str, prefix: str) -> None:
    wanted = [code(prefix, number) for number in MANY]
    assert [document.code for document in compose().documents(kind)] == wanted
    assert [document.code for document in Edition.objects.get().register().documents(kind)] == wanted


def test_the_pages_and_the_search_know_the_hundredth(published: Any) -> None:
    client = Client()
    laws = client.get("/laws/").content.decode()
    assert laws.index("某某管理条例之99") < laws.index("某某管理条例之100") < laws.index("某某管理条例之102")
    assert "第102项职责" in client.get("/duties/zz-102/").content.decode()
    assert client.get("/search/?q=FL-100").headers["Location"] == "/laws/fl-100/"
    assert client.get("/search/?q=ZZ-01-100").headers["Location"] == "/duties/zz-01/#zz-01-100"


def test_it_comes_back_to_its_digest(published: Any, tmp_path: Path) -> None:
    edition = Edition.objects.get()
    again = tmp_path / "again.json"
    again.write_bytes(Client().get(f"/editions/{edition.label}/list.json").content)
    published(database.EMPTY)
    call_command("load_register", str(again), reason="恢复", verbosity=0)
    call_command("publish_edition", str(again), verbosity=0)
    assert Edition.objects.get().content_digest == edition.content_digest


@given(st.lists(st.integers(1, 2000), min_size=2))
def test_codes_are_sorted_by_their_numbers(numbers: list[int]) -> None:
    assert sorted((code("FL", each) for each in numbers), key=numbers_of) == [code("FL", n) for n in sorted(numbers)]
