"""王芳 moves rows up and down: nothing is written before she saves, what is part of a row goes where it goes, and the
printed numbers stay where they are if she wishes."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import roles
from duties.models import Duty, WorkItem
from history.ordering import Arrangement
from offices.models import Office
from services.models import Service
from supervision.models import Chapter, Clause, Regime
from tests.conftest import make_account, signed_in

SERVICES = "/admin/services/service/order/"


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def typed(page: Any) -> dict[str, str]:
    """What the browser sends unchanged."""
    html = page.content.decode()
    fields = re.findall(r'<input type="(?:hidden|number)" name="([^"]+)" value="([^"]*)"', html)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def press(client: Client, page: Any, **pressed: Any) -> Any:
    return client.post(page.request["PATH_INFO"], typed(page) | pressed, follow=True)


def codes(page: Any) -> list[str]:
    return re.findall(r'<span class="code">([^<]+)</span>', page.content.decode())


def of(model: Any, code: str) -> int:
    return int(model.objects.get(**{model.permanent: code}).pk)


def in_order() -> list[str]:
    return list(Service.objects.listed().values_list("code", flat=True))


def test_a_row_is_moved_by_its_buttons_and_stays_there_when_that_is_saved(client: Client) -> None:
    before = in_order()
    page = client.get(SERVICES)
    assert codes(page) == before
    page = press(client, page, down=of(Service, "FW-01"))
    page = press(client, page, down=of(Service, "FW-01"))
    assert codes(page)[:3] == ["FW-02", "FW-03", "FW-01"]
    assert "现在排第 3 位，还没有保存" in page.content.decode()
    assert in_order() == before
    page = press(client, page, save="保存", change_reason="领导要求")
    said = page.content.decode()
    assert "新的先后已保存（3 条的排列顺序有改动）。" in said
    assert "已保存，尚未公布" in said
    assert ">预览</a>" in said
    assert in_order() == ["FW-02", "FW-03", "FW-01", *before[3:]]
    assert Service.objects.get(code="FW-01").history.first().history_change_reason == "领导要求"
    assert Service.objects.get(code="FW-04").history.count() == 1


def test_the_button_that_was_pressed_can_be_pressed_again_at_once(client: Client) -> None:
    """On the keyboard: the same button has the focus again, the other one where there is no further place."""
    page = press(client, client.get(SERVICES), up=of(Service, "FW-03"))
    button = re.search(r"<button[^>]*autofocus[^>]*>", page.content.decode())[0]
    assert f'name="up" value="{of(Service, "FW-03")}"' in button
    page = press(client, page, up=of(Service, "FW-03"))
    button = re.search(r"<button[^>]*autofocus[^>]*>", page.content.decode())[0]
    assert f'name="down" value="{of(Service, "FW-03")}"' in button


def test_a_row_goes_a_long_way_by_the_number_of_its_place(client: Client) -> None:
    before = in_order()
    key = of(Service, before[-1])
    page = press(client, client.get(SERVICES), arrange="", **{f"place-{key}": "1"})
    assert codes(page) == [before[-1], *before[:-1]]
    page = press(client, page, arrange="", **{f"place-{key}": "99999"})
    assert codes(page) == before


def test_a_place_that_is_typed_counts_when_saved_at_once(client: Client) -> None:
    before = in_order()
    page = client.get(SERVICES)
    press(client, page, save="保存", change_reason="移", **{f"place-{of(Service, before[-1])}": "1"})
    assert in_order() == [before[-1], *before[:-1]]


@pytest.mark.parametrize("stays", [True, False])
def test_the_printed_numbers_stay_on_wish(client: Client, stays: bool) -> None:
    before = list(Duty.objects.listed().values_list("code", "serial"))
    asked = {"numbers_stay": "on"} if stays else {}
    page = press(client, client.get("/admin/duties/duty/order/"), down=of(Duty, before[0][0]), **asked)
    press(client, page, save="保存", change_reason="移", **asked)
    after = list(Duty.objects.listed().values_list("code", "serial"))
    assert [code for code, _ in after][:2] == [before[1][0], before[0][0]]
    numbers = [serial for _, serial in before][:2]
    assert [serial for _, serial in after][:2] == (numbers if stays else numbers[::-1])


def test_work_items_are_moved_within_their_duty(client: Client) -> None:
    duty = Duty.objects.get(code="ZZ-02")
    change = client.get(reverse("admin:duties_duty_change", args=[duty.pk])).content.decode()
    where = reverse("admin:duties_workitem_order", args=[duty.pk])
    assert where in change
    before = [item.code for item in duty.work_items.listed()]
    page = client.get(where)
    assert codes(page) == before
    page = press(client, page, up=of(WorkItem, before[1]), save="保存", change_reason="移")
    assert [item.code for item in duty.work_items.listed()] == [before[1], before[0], *before[2:]]
    assert page.redirect_chain[-1][0] == reverse("admin:duties_duty_change", args=[duty.pk])


def nested_chapter() -> Chapter:
    return next(
        chapter
        for chapter in Chapter.objects.listed()
        if len({clause.parent_id for clause in chapter.clauses.listed()} - {None}) > 1
    )


def test_a_clause_takes_along_what_stands_in_it(client: Client) -> None:
    chapter = nested_chapter()
    before = chapter.document()
    first = Clause.objects.get(chapter=chapter, anchor=before.clauses[0].anchor)
    page = client.get(reverse("admin:supervision_clause_order", args=[chapter.pk]))
    page = press(client, page, down=first.pk, save="保存", change_reason="移")
    after = Chapter.objects.get(pk=chapter.pk).document()
    assert after.clauses == (before.clauses[1], before.clauses[0], *before.clauses[2:])


def test_numbers_that_stay_pass_over_what_has_none(client: Client) -> None:
    regime = Regime.objects.get(code="JG-01")
    chapter = regime.chapters.create(position=99, marker="九十九、", title="试")
    texts = ["甲", "乙", "丙"]
    for place, (marker, text) in enumerate(zip(["1、", "", "2、"], texts, strict=True), start=1):
        Clause(chapter=chapter, position=place, marker=marker, text=text).put(reason="试")
    page = client.get(reverse("admin:supervision_clause_order", args=[chapter.pk]))
    key = Clause.objects.get(chapter=chapter, text="丙").pk
    press(client, page, save="保存", change_reason="移", numbers_stay="on", **{f"place-{key}": "1"})
    assert [(c.marker, c.text) for c in chapter.clauses.all()] == [("1、", "丙"), ("2、", "甲"), ("", "乙")]


def test_no_reason_no_change(client: Client) -> None:
    page = press(client, client.get(SERVICES), down=of(Service, "FW-01"))
    page = press(client, page, save="保存")
    assert "请写明变更理由" in page.content.decode()
    assert codes(page)[:2] == ["FW-02", "FW-01"]
    assert in_order()[:2] == ["FW-01", "FW-02"]
    page = press(client, client.get(SERVICES), save="保存", change_reason="什么也没有移")
    assert "顺序没有改动，没有保存" in page.content.decode()


def test_what_others_changed_meanwhile_is_not_overwritten(client: Client) -> None:
    page = press(client, client.get(SERVICES), down=of(Service, "FW-01"))
    Service.objects.get(code="FW-04").put(reason="别人", position=1)
    there = in_order()
    page = press(client, page, save="保存", change_reason="移")
    assert "您打开以后，这里的行又有改动，没有保存" in page.content.decode()
    assert codes(page) == there == in_order()
    press(client, page, save="保存", change_reason="移", down=of(Service, there[0]))
    assert in_order()[:2] == [there[1], there[0]]


@pytest.mark.parametrize("order", ["", "1,2", "x", "1,1,1", "9" * 5000])
def test_an_order_that_is_none_changes_nothing(client: Client, order: str) -> None:
    before = in_order()
    page = client.post(SERVICES, typed(client.get(SERVICES)) | {"order": order, "save": "保存", "change_reason": "移"})
    assert page.status_code == 200
    assert in_order() == before


@pytest.mark.parametrize("pressed", ["", "x", "0", "9" * 5000, "-1", "１"])
def test_a_button_of_no_row_moves_nothing(client: Client, pressed: str) -> None:
    page = press(client, client.get(SERVICES), up=pressed)
    assert page.status_code == 200
    assert codes(page) == in_order()


def test_a_head_moves_what_is_all_of_the_own_office(db: None) -> None:
    offices = Office.objects.listed()
    owned = (
        (office, duty)
        for office in offices
        for duty in Duty.objects.with_everything()
        if duty.belongs_to_office(office) and duty.work_items.listed().count() > 1
    )
    office, duty = next(owned)
    client = signed_in(make_account("liqiang9", roles.CHIEF, "李", "强", office=office.code))
    before = list(duty.work_items.listed().values_list("code", flat=True))
    page = client.get(reverse("admin:duties_workitem_order", args=[duty.pk]))
    press(client, page, down=of(WorkItem, before[0]), save="保存", change_reason="移")
    assert [item.code for item in duty.work_items.listed()][:2] == [before[1], before[0]]


def test_a_head_moves_nothing_of_others(db: None) -> None:
    service = next(each for each in Service.objects.listed() if each.offices)
    office = next(each for each in Office.objects.listed() if service.belongs_to_office(each))
    client, before = signed_in(make_account("liqiang9", roles.CHIEF, "李", "强", office=office.code)), in_order()
    place = before.index(service.code)
    pressed = {"down": service.pk} if place == 0 else {"up": service.pk}
    page = press(client, client.get(SERVICES), save="保存", change_reason="移", **pressed)
    other = before[1] if place == 0 else before[place - 1]
    assert f"这样排会改动 {other}，您的账号不能改，没有保存" in page.content.decode()
    duty = next(each for each in Duty.objects.with_everything() if not each.belongs_to_office(office))
    assert client.get(reverse("admin:duties_workitem_order", args=[duty.pk])).status_code == 403
    assert in_order() == before


def test_who_may_only_look_moves_nothing(db: None) -> None:
    for role in (roles.REVIEWER, roles.AUDITOR):
        assert signed_in(make_account(f"x{role}", role, "孙", "丽")).get(SERVICES).status_code == 403
    assert Client().get(SERVICES).status_code == 302


@given(st.data())
def test_whatever_is_moved_everything_stays_and_parts_stay_with_their_rows(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    drawn = {key: data.draw(st.sampled_from([None, *range(count)])) for key in range(count)}
    order = data.draw(st.permutations(range(count)))
    arranged = Arrangement.of(order, drawn)
    parents = arranged.parents
    if all(parent is None or parent < key for key, parent in drawn.items()):
        assert parents == drawn  # nothing is torn from what it is part of but where that goes round
    for key in data.draw(st.lists(st.integers(0, count - 1), max_size=5)):
        place = data.draw(st.integers(-1, count + 1))
        arranged = arranged.moved(key, place)
        assert arranged.place(key) == min(max(place, 1), len(arranged.siblings(key)))
    assert sorted(arranged.order) == list(range(count))
    for key, parent in parents.items():
        if parent is not None:
            start = arranged.order.index(parent)
            below = arranged.order[start + 1 : arranged.order.index(key) + 1]
            assert key in below
            assert all(arranged.depth(each) > arranged.depth(parent) for each in below)
