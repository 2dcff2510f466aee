"""An editor retires rows: readers are told what went, counted once; what was never public leaves no trace to them."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boundaries.models import Basis, Matter, Share
from duties.models import Duty, WorkItem
from editions.life.edition import Edition
from editions.public import catalogue
from editions.public.changes import counted
from editions.register.comparison import Change, compare
from editions.register.picking import pick
from editions.register.register import SCHEMA, Register, compose
from laws.models import Citation, Law
from offices.models import Department, Office
from services.models import Service
from supervision.models import Chapter, Clause, Regime
from tests import database
from tests.acting import Hands, make_hands, make_issued, make_submitted, on
from tests.conftest import make_account, signed_in
from tests.editions.test_comparing_in_public import articles, page_of, said


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def base() -> Register:
    found = Edition.objects.base()
    assert found
    return found.register()


def differing() -> tuple[Change, ...]:
    return compare(base(), compose())


def published(hands: Hands, month: int, *keys: tuple[str, str]) -> Edition:
    with on(date(2018, month, 1)):
        return make_issued(hands, *keys)


RETIRED: dict[str, tuple[Any, tuple[str, str], str]] = {
    "item": (lambda: Service.objects.get(code="FW-09"), ("services", "FW-09"), "取消 1 项"),
    "citation": (lambda: Citation.objects.get(code="YZ-46"), ("citations", "YZ-46"), "取消 1 项"),
    "work item": (lambda: WorkItem.objects.get(code="ZZ-02-03"), ("duties", "ZZ-02"), "取消具体工作事项 1 条"),
    "share": (lambda: Share.objects.get(code="BJ-03-02"), ("boundaries", "BJ-03"), "取消职责分工 1 条"),
    "basis": (
        lambda: Basis.objects.get(matter__code="BJ-01", anchor="y1"),
        ("boundaries", "BJ-01"),
        "取消相关依据 1 条",
    ),
    "clause": (
        lambda: Clause.objects.get(chapter__regime__code="JG-01", anchor="c2-5"),
        ("supervision", "JG-01"),
        "取消条款 1 条",
    ),
}


@pytest.mark.parametrize("what", RETIRED)
def test_retiring_is_told_as_retiring_and_counted_once(hands: Hands, citizen: Client, what: str) -> None:
    row, key, counted_as = RETIRED[what]
    row().retire(reason="取消")
    (change,) = differing()
    assert (change.key, counted([change])) == (key, counted_as)
    assert not any(field.new and not field.old for field in change.fields)
    edition = published(hands, 3, key)
    page = page_of(citizen, f"{edition.get_absolute_url()}changes/")
    assert f"共有 1 项变化：{counted_as}。" in said(page)
    (article,) = articles(page).values()
    assert "<ins>" not in article
    assert "新增" not in said(article)
    client = signed_in(hands.reviewer)
    desk = said(client.get(reverse("admin:editions_edition_change", args=[edition.pk])).content.decode())
    assert "已取消的代码" not in desk


def test_retiring_on_the_desk_and_while_an_edition_is_put_together_is_one_place(hands: Hands) -> None:
    Service.objects.get(code="FW-09").retire(reason="不再办")
    client = signed_in(hands.editor)
    desk = said(client.get(reverse("admin:index")).content.decode())
    assert "改了还没有公布的（1 处）" in desk
    page = client.get(reverse("admin:editions_edition_compile")).content.decode()
    assert re.findall(r'name="picks" value="([^"]+)"', page) == ["services FW-09"]
    with on(date(2018, 3, 1)):
        edition = make_submitted(hands, ("services", "FW-09"))
    sent = said(client.get(reverse("admin:editions_edition_change", args=[edition.pk])).content.decode())
    assert re.search(r"和 2017-12 版相比：取消 1 处(?!、)", sent)
    assert "一并编入" not in sent


def test_what_is_listed_again_is_told_as_added(hands: Hands) -> None:
    service = Service.objects.get(code="FW-09")
    service.retire(reason="不再办")
    published(hands, 3, ("services", "FW-09"))
    service.put(reason="又办", retired_on=None)
    item = WorkItem.objects.get(code="ZZ-02-03")
    item.retire(reason="不再办")
    published(hands, 4, ("duties", "ZZ-02"))
    item.put(reason="又办", retired_on=None)
    assert counted(differing()) == "新增 1 项、新增具体工作事项 1 条"
    result = pick(base(), compose(), [("services", "FW-09"), ("duties", "ZZ-02")]).register
    assert result.of("retired") == ()
    assert result.find("services", "FW-09")


SECRET = "没有人审过的话"
REWORDED_FIRST: list[tuple[Any, dict[str, str]]] = [
    (lambda: Service.objects.get(code="FW-09"), {"title": SECRET}),
    (lambda: Citation.objects.get(code="YZ-46"), {"quoted": SECRET}),
    (lambda: WorkItem.objects.get(code="ZZ-02-03"), {"text": SECRET}),
    (lambda: Share.objects.get(code="BJ-03-02"), {"text": SECRET, "name": SECRET}),
    (lambda: Basis.objects.get(matter__code="BJ-01", anchor="y1"), {"text": SECRET}),
    (lambda: Clause.objects.get(chapter__regime__code="JG-01", anchor="c2-5"), {"text": SECRET}),
]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_note_of_a_retired_code_says_what_the_public_knew(hands: Hands, citizen: Client, when: str) -> None:
    known = {listed.title for kind in ("services", "citations") for listed in base().of(kind)}
    for row, values in REWORDED_FIRST:
        if when == "before":
            row().put(reason="改", **values)
        row().retire(reason="取消")
        if when == "after":
            row().put(reason="改", **values)
    assert SECRET not in json.dumps([change.new and change.new.document.dump() for change in differing()])
    edition = published(hands, 3, *(change.key for change in differing()))
    assert SECRET not in page_of(citizen, f"{edition.get_absolute_url()}list.json")
    notes = edition.register().documents("retired")
    assert {note.code for note in notes} == {"FW-09", "YZ-46"}
    assert {note.title for note in notes} <= known
    assert differing() == ()


def test_what_only_a_revoked_edition_held_is_noted_as_it_stood_there(hands: Hands, citizen: Client) -> None:
    service = Service(code="FW-11", serial="11", position=11, title="检验报告查询")
    service.save(reason="新增")
    revoked = published(hands, 3, ("services", "FW-11"))
    with on(date(2018, 4, 1)):
        revoked.revoke(by=hands.director, reason="有误")
    service.put(reason="改", title=SECRET)
    service.retire(reason="不要了")
    edition = published(hands, 5)
    assert [note.title for note in edition.register().documents("retired")] == ["检验报告查询"]
    assert SECRET not in page_of(citizen, f"{edition.get_absolute_url()}list.json")


def make_and_retire() -> list[tuple[Any, str]]:
    """A row of every sort that is made and retired between two editions, and its code."""
    duty, matter, regime = (
        Duty.objects.get(code="ZZ-01"),
        Matter.objects.get(code="BJ-01"),
        Regime.objects.get(code="JG-01"),
    )
    chapter = regime.chapters.get(anchor="c2")
    other = Department.objects.exclude(shares__matter=matter).first()
    rows = [
        Service(title="昙花一现的服务", position=11, serial="11"),
        Office(name="昙花一现股"),
        Law(title="昙花一现条例"),
        WorkItem(duty=duty, position=9, text="昙花一现的事项"),
        Share(matter=matter, position=9, text="昙花一现的分工", name="县某局", department=other),
        Basis(matter=matter, position=9, text="9.《昙花一现办法》"),
        Chapter(regime=regime, position=9, title="昙花一现的一章"),
        Clause(chapter=chapter, position=99, text="昙花一现的一条。"),
    ]
    for row in rows:
        row.save(reason="新增")
        row.retire(reason="又不要了")
    return [(row, getattr(row, row.permanent)) for row in rows]


def test_what_no_edition_ever_held_leaves_no_trace_to_the_public(hands: Hands, citizen: Client) -> None:
    make_and_retire()
    assert differing() == ()
    assert compose().content_digest() == base().content_digest()
    edition = published(hands, 3)
    for path in ("", "changes/", "list.json"):
        assert "昙花一现" not in page_of(citizen, f"{edition.get_absolute_url()}{path}")
    assert "retired" not in json.loads(page_of(citizen, "/list.json"))
    assert counted(compare(Edition.objects.get(label="2017-12").register(), edition.register())) == "修改 1 项"


def test_its_code_stays_taken_and_the_auditor_sees_it(hands: Hands) -> None:
    auditor = signed_in(make_account("shenji", "审计", "钱", "明"))
    for row, code in make_and_retire():
        fresh = type(row).objects.get(pk=row.pk)
        fresh.pk, fresh._state.adding = None, True
        for name in {"title", "name"} & {field.name for field in row._meta.fields}:
            setattr(fresh, name, f"另一个{code}")
        setattr(fresh, row.permanent, "")
        fresh.save(reason="新增")
        assert getattr(fresh, row.permanent) != code
        history = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
        page = auditor.get(history).content.decode()
        assert "昙花一现" in page
        assert "又不要了" in page
        assert "没有公布过就取消了，公众没有见过" in page


def test_a_published_list_can_be_loaded_over_what_it_does_not_know(
    hands: Hands, citizen: Client, tmp_path: Path
) -> None:
    make_and_retire()
    path = tmp_path / "list.json"
    path.write_text(page_of(citizen, "/list.json"), encoding="utf-8")
    call_command("load_register", str(path), reason="重新导入", verbosity=0)
    assert differing() == ()
    assert Service.objects.get(title="昙花一现的服务").is_retired


def test_what_only_a_revoked_edition_showed_is_known_for_ever(own_database: Any, tmp_path: Path) -> None:
    own_database()
    hands = make_hands()
    service = Service(title="短命的服务", position=11, serial="11")
    service.save(reason="新增")
    item = WorkItem(duty=Duty.objects.get(code="ZZ-01"), position=9, text="短命的事项")
    item.save(reason="新增")
    revoked = published(hands, 3, ("services", "FW-11"), ("duties", "ZZ-01"))
    with on(date(2018, 3, 20)):
        revoked.revoke(by=hands.director, reason="有误")
        service.retire(reason="不办了")
        item.retire(reason="不办了")
    assert differing() == ()
    edition = published(hands, 4)
    assert counted(compare(edition.builds_on.register(), edition.register())) == "修改 1 项"
    form = json.loads(json.dumps({"schema": SCHEMA, **edition.register().dump()}, ensure_ascii=False))
    assert [note["code"] for note in form["retired"]] == ["FW-11"]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    own_database(database.EMPTY)
    call_command("load_register", str(path), verbosity=0)
    assert compose().content_digest() == edition.content_digest
    for fresh in (
        Service(title="以后的服务", position=12, serial="12"),
        WorkItem(duty=Duty.objects.get(code="ZZ-01"), position=9, text="以后的事项"),
    ):
        fresh.save(reason="新增")
        assert fresh.code not in ("FW-11", item.code)


def test_a_duty_with_three_work_items_that_changed_counts_those_three(hands: Hands, citizen: Client) -> None:
    for code in ("ZZ-02-01", "ZZ-02-02", "ZZ-02-03"):
        WorkItem.objects.get(code=code).put(reason="改股室", note="已改")
    WorkItem(duty=Duty.objects.get(code="ZZ-02"), position=99, text="新的事项").save(reason="新增")
    (change,) = differing()
    assert counted([change]) == "新增具体工作事项 1 条、修改具体工作事项 3 条"
    Duty.objects.get(code="ZZ-02").put(reason="文字", note="备注")
    assert counted(differing()) == "新增具体工作事项 1 条、修改 1 项、修改具体工作事项 3 条"
    edition = published(hands, 3, ("duties", "ZZ-02"))
    counts = "新增具体工作事项 1 条、修改 1 项、修改具体工作事项 3 条"
    assert f"共有 5 项变化：{counts}。" in said(page_of(citizen, f"{edition.get_absolute_url()}changes/"))
    assert f"与 2017-12 版相比：{counts}" in said(page_of(citizen, "/editions/"))
    assert counts in page_of(citizen, "/feeds/editions.atom")
    page = said(
        signed_in(hands.reviewer).get(reverse("admin:editions_edition_change", args=[edition.pk])).content.decode()
    )
    assert "新增具体工作事项 1 处、修改 1 处、修改具体工作事项 3 处" in page


def test_what_is_added_or_retired_whole_counts_the_rows_inside(hands: Hands) -> None:
    held = Duty.objects.get(code="ZZ-02").work_items.count()
    Duty.objects.get(code="ZZ-02").retire(reason="划转")
    assert counted(differing()) == f"取消 1 项、取消具体工作事项 {held} 条"


def test_rows_that_moved_inside_are_told_and_counted(hands: Hands) -> None:
    WorkItem.objects.get(code="ZZ-02-01").put(reason="排后", position=99)
    (change,) = differing()
    assert counted([change]) == "移动具体工作事项 1 条"
    assert [field.label for field in change.fields] == ["先后"]


def test_a_clause_that_stands_under_another_is_told(hands: Hands) -> None:
    clause = Clause.objects.exclude(parent=None).filter(clauses=None).first()
    assert clause
    others = Clause.objects.filter(chapter=clause.chapter, parent=None)
    clause.put(reason="改属于", parent=others.exclude(pk=clause.parent_id).first())
    (change,) = differing()
    assert "移动条款 1 条" in counted([change])
    assert "属于" in [field.label for field in change.fields]


def test_another_day_of_retiring_is_told_as_a_change(hands: Hands) -> None:
    service = Service.objects.get(code="FW-09")
    service.retire(reason="不再办")
    published(hands, 3, ("services", "FW-09"))
    service.put(reason="写错了日期", retired_on=date(2018, 2, 1))
    (change,) = differing()
    assert (change.key, change.said) == (("retired", "FW-09"), "修改")
    assert pick(base(), compose(), [change.key]).register.content_digest() == compose().content_digest()


def test_composing_takes_as_many_queries_however_much_was_retired(hands: Hands) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            compose()
        return len(captured)

    make_and_retire()
    once = queries()
    for number in range(5):
        item = WorkItem(duty=Duty.objects.get(code="ZZ-03"), position=9, text=f"事项{number}")
        item.save(reason="新增")
        item.retire(reason="取消")
        Service.objects.get(code=f"FW-0{number + 3}").retire(reason="取消")
    catalogue.forget()
    assert queries() == once
