"""Loading a list: complete or not at all, with history, and nothing the second time."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from boundaries.models import Share
from cases.discretion.loading import COMES_WITH
from duties.models import Duty, WorkItem
from editions.life.edition import Edition
from editions.register.register import compose
from history.guards import working_models
from laws.models import Citation, Law
from supervision.models import Clause, Regime
from tests import database
from tests.conftest import REGISTER, make_additions

FILES = [str(path) for path in REGISTER]


def trail() -> dict[str, int]:
    return {m._meta.label: m.history.count() for m in working_models()}


def test_a_second_load_writes_nothing(db: None) -> None:
    before = trail()
    call_command("load_register", *FILES, reason="再装一次", verbosity=0)
    assert trail() == before


def test_every_row_has_one_line_of_history_with_the_reason(db: None) -> None:
    for model in working_models():
        assert model.history.count() == model.objects.count(), model
        shipped = {"dictionary": "装入随程序带的词典", "answers": "装入随程序带的俗称表", "standards": COMES_WITH}
        reason = shipped.get(model.in_area(), "转录")
        assert set(model.history.values_list("history_change_reason", flat=True)) <= {reason}


def test_a_mended_file_changes_only_what_was_mended(db: None, tmp_path: Path) -> None:
    services = next(path for path in REGISTER if "服务" in path.name)
    mended = tmp_path / services.name
    mended.write_text(services.read_text(encoding="utf-8").replace("0316-7820231", "0316-7820232"), encoding="utf-8")
    before = trail()
    call_command("load_register", str(mended), reason="条码电话变更", verbosity=0)
    after = trail()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "services.Service": 1
    }


def test_what_was_published_loads_into_an_empty_database_with_the_same_digest(
    own_database: Any, tmp_path: Path
) -> None:
    own_database()
    digest = Edition.objects.get().content_digest
    published = tmp_path / "list.json"
    published.write_bytes(Client().get("/editions/2017-12/list.json").content)
    own_database(database.EMPTY)
    assert not Duty.objects.exists()
    call_command("load_register", str(published), reason="恢复", verbosity=0)
    assert compose().content_digest() == digest
    call_command("publish_edition", str(published), verbosity=0)
    assert Edition.objects.get().content_digest == digest


def test_retired_codes_and_additions_survive_the_round_trip(own_database: Any, tmp_path: Path) -> None:
    own_database()
    WorkItem.objects.get(code="ZZ-02-09").retire(reason="取消")
    Share.objects.get(code="BJ-03-10").retire(reason="取消")
    Clause.objects.get(chapter__regime__code="JG-01", anchor="c2-5").retire(reason="取消")
    Regime.objects.get(code="JG-15").retire(reason="取消")
    make_additions()
    register = compose()
    assert [retired.code for retired in register.documents("retired")] == ["JG-15"]

    form = tmp_path / "list.json"
    form.write_text(json.dumps({"schema": 1, **register.dump()}, ensure_ascii=False), encoding="utf-8")
    own_database(database.EMPTY)
    call_command("load_register", str(form), reason="恢复", verbosity=0)
    assert compose().content_digest() == register.content_digest()


FAULTS = {
    "services[1].code：代码（锚点）的写法不对": "services:\n- {serial: '1', code: nonsense, title: 甲}\n",
    "offices[1].kind：不是可以用的值": "offices:\n- {code: GS-01, name: 甲, kind: martian}\n",
    "ZZ-01-01 写了不止一次": (
        "duties:\n- {serial: '1', code: ZZ-01, text: 甲, work_items:"
        " [{code: ZZ-01-01, text: 乙}, {code: ZZ-01-01, text: 丙}]}\n"
    ),
    "ZZ-02-01 不属于 ZZ-01": (
        "duties:\n- {serial: '1', code: ZZ-01, text: 甲, work_items: [{code: ZZ-02-01, text: 乙}]}\n"
    ),
    "c2-1 不属于 c1": (
        "supervision:\n- {serial: （一）, code: JG-01, title: 甲,"
        " chapters: [{anchor: c1, clauses: [{anchor: c2-1, text: 乙}]}]}\n"
    ),
    "没有名为 dutiesx 的部分": "frames:\n- {part: dutiesx, heading: 甲}\n",
    "不是正确的 YAML": "duties: [",
    "services[1].phone：没有这样的一项": "services:\n- {serial: '1', code: FW-01, title: 甲, phone: '1'}\n",
    "services[1].title：缺少这一项": "services:\n- {serial: '1', code: FW-01}\n",
    "services[1].phones：应当是文字": "services:\n- {serial: '1', code: FW-01, title: 甲, phones: 5255889}\n",
    "services[1].title：每段文字前后不能有空格": "services:\n- {serial: '1', code: FW-01, title: ' 甲'}\n",
    "services[1].title：每段文字前后不能有空格（U+3000）": (
        "services:\n- {serial: '1', code: FW-01, title: '甲\u3000'}\n"
    ),
    "services[1].title：段首或者段尾有特殊的空格（U+2003）": (
        "services:\n- {serial: '1', code: FW-01, title: '甲\u2003'}\n"
    ),
    "FW-01 已在": "services:\n- {serial: '1', code: FW-01, title: 甲}\n- {serial: '2', code: FW-01, title: 乙}\n",
    "不认识的部分": "wishes: []\n",
    "应当是一列": "services: 甲\n",
    "格式版本是 7": "schema: 7\n",
    "指向的 departments BM-99 不存在": (
        "boundaries:\n- {serial: '1', code: BJ-01, title: 甲,"
        " shares: [{code: BJ-01-01, department: BM-99, name: 县某局, text: 乙}]}\n"
    ),
    "缺少现有的 FW-02": "services:\n- {serial: '1', code: FW-01, title: 甲}\n",
    "没有2月30日这一天": (
        "services:\n- {serial: '1', code: FW-01, title: 甲,"
        " yearly: {month: 2, day: 30, added_by: 甲, added_on: 2026-01-01}}\n"
    ),
    "不在本事项印出的文字里": (
        "services:\n- {serial: '1', code: FW-01, title: 甲, yearly: {month: 3, day: 15, quoted: 3、15}}\n"
    ),
    "应当是一组": "- 甲\n",
}


@pytest.mark.parametrize("said", FAULTS)
def test_each_fault_is_named_with_file_place_and_reason_and_nothing_is_written(
    db: None, tmp_path: Path, said: str
) -> None:
    wrong = tmp_path / "错误.yaml"
    wrong.write_text(FAULTS[said], encoding="utf-8")
    before = trail()
    with pytest.raises(CommandError) as refused:
        call_command("load_register", str(wrong), verbosity=0)
    assert said in str(refused.value)
    assert "错误.yaml" in str(refused.value)
    assert "什么也没有写入" in str(refused.value)
    assert trail() == before


def test_all_faults_of_all_files_are_named_at_once(db: None, tmp_path: Path) -> None:
    first, second = tmp_path / "甲.yaml", tmp_path / "乙.json"
    first.write_text("services:\n- {code: FW-01}\n- {serial: 2, code: FW-02, title: 乙}\n", encoding="utf-8")
    second.write_text(
        '{"duties": [{"code": "ZZ-01", "text": "甲", "work_items": [{"code": "ZZ-01-01"}]}]}', encoding="utf-8"
    )
    with pytest.raises(CommandError) as refused:
        call_command("load_register", str(first), str(second), str(tmp_path / "没有.yaml"), verbosity=0)
    said = str(refused.value)
    assert "共 4 处问题" in said
    for place in (
        "甲.yaml：services[1].title",
        "甲.yaml：services[2].serial",
        "乙.json：duties[1].work_items[1].text",
        "没有.yaml",
    ):
        assert place in said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00", b"[" * 100_000, b'{"a": 1, "a": 2}', b"&a [*a]", b""])
def test_files_that_are_no_register_are_refused_in_words(db: None, tmp_path: Path, content: bytes) -> None:
    for name in ("坏.json", "坏.yaml"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(CommandError, match="什么也没有写入"):
            call_command("load_register", str(path), verbosity=0)


def test_a_line_that_a_file_leaves_out_is_not_retired_behind_its_back(db: None, tmp_path: Path) -> None:
    duties = next(path for path in REGISTER if "职责.yaml" in path.name and "部门" in path.name)
    short = tmp_path / duties.name
    text = duties.read_text(encoding="utf-8")
    start = text.index("  - code: ZZ-02-09")
    short.write_text(text[:start] + text[text.index("- serial: '3'") :], encoding="utf-8")
    with pytest.raises(CommandError, match=r"duties\[2\]：缺少现有的 ZZ-02-09；不再列入的请先取消"):
        call_command("load_register", str(short), verbosity=0)
    assert not WorkItem.objects.get(code="ZZ-02-09").is_retired


def test_what_only_the_database_knows_is_said_with_its_place(db: None, tmp_path: Path) -> None:
    wrong = tmp_path / "股室.yaml"
    wrong.write_text("offices:\n- {code: GS-07, name: 稽查股}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"股室.yaml：offices\[1\]：数据库没有接受"):
        call_command("load_register", str(wrong), verbosity=0)


def test_retired_names_survive_the_round_trip_too(own_database: Any, tmp_path: Path) -> None:
    own_database()
    Citation.objects.get(code="YZ-46").retire(reason="取消")
    Law.objects.get(code="FL-35").retire(reason="取消")
    register = compose()
    assert {retired.code for retired in register.documents("retired")} == {"YZ-46", "FL-35"}
    form = tmp_path / "list.json"
    form.write_text(json.dumps({"schema": 1, **register.dump()}, ensure_ascii=False), encoding="utf-8")
    own_database(database.EMPTY)
    call_command("load_register", str(form), verbosity=0)
    assert compose().content_digest() == register.content_digest()
    assert Law.objects.get(code="FL-35").is_retired


def test_a_failure_at_the_last_write_leaves_nothing_behind(own_database: Any) -> None:
    own_database(database.EMPTY)
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT current_user") is not None
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE supervision_clause ADD CONSTRAINT no_closing CHECK (heading <> '结案')")
    with pytest.raises(CommandError, match="no_closing"):
        call_command("load_register", *FILES, verbosity=0)
    for model in apps.get_models():
        if model in working_models():
            assert not model.objects.exists(), model
            assert not model.history.exists(), model
