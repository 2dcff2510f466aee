"""The second to save is told who changed what in between, sees three states side by side, chooses, loses nothing."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from duties.models import Duty, WorkItem
from offices.models import Office
from services.models import Service
from tests.conftest import edited_models, editing, form_of, make_account, make_additions, signed_in


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client: Client, row: Any) -> dict[str, Any]:
    return form_of(client.get(change_url(row)))


def posted(client: Client, row: Any, data: dict[str, Any], **changes: str) -> Any:
    return client.post(change_url(row), data | {"change_reason": "核对"} | changes, follow=True)


def text_of(response: Any) -> str:
    """What is read on the page above the form."""
    page = response.content.decode()
    section = re.search(r'<section class="conflicts".*?</section>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", section.group())) if section else ""


@pytest.fixture
def zhang(db: None, request: pytest.FixtureRequest) -> Any:
    """张伟, who edits the same."""
    return make_account("zhangwei", editing(request), "张", "伟")


@pytest.fixture
def item(db: None) -> WorkItem:
    return WorkItem.objects.get(code="ZZ-05-06")


def test_what_each_changed_apart_is_kept_and_the_second_is_told(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的备注")
    response = posted(client, item, data, offices="标准计量股")
    item.refresh_from_db()
    assert (item.note, item.offices) == ("张的备注", "标准计量股")
    said = response.content.decode()
    assert re.search(r"张伟 于 \d{4}-\d\d-\d\d \d\d:\d\d 改了“备注”", said)
    assert "对方的改动都还在" in said
    record = item.history.first()
    assert (record.history_user_name, record.note, record.offices) == ("王芳", "张的备注", "标准计量股")


def test_what_both_changed_is_shown_side_by_side_and_nothing_is_saved(wang: Any, zhang: Any, item: WorkItem) -> None:
    item.put(reason="先有一句", note="见通知")
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="见新通知")
    response = posted(client, item, data, note="见旧通知", offices="标准计量股")
    said = text_of(response)
    assert re.search(r"张伟 于 \d{4}-\d\d-\d\d \d\d:\d\d 改了“备注”", said)
    assert "您打开时见通知" in said
    assert "见<ins>新</ins>通知" in response.content.decode()
    assert "见<ins>旧</ins>通知" in response.content.decode()
    assert "“备注”请选用谁的。" in said
    assert "checked" not in re.search(r'<section class="conflicts".*?</section>', response.content.decode(), re.S)[0]
    assert "style=" not in response.content.decode()
    item.refresh_from_db()
    assert (item.note, item.offices, item.history.count()) == ("见新通知", "", 3)
    again = form_of(response)
    assert (again["note"], again["offices"], again["change_reason"]) == ("见旧通知", "标准计量股", "核对")


@pytest.mark.parametrize(("side", "kept"), [("own", "王的"), ("theirs", "张的")])
def test_what_was_chosen_is_saved(wang: Any, zhang: Any, item: WorkItem, side: str, kept: str) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, note="王的", offices="标准计量股")
    posted(client, item, form_of(response), choose_note=side)
    item.refresh_from_db()
    assert (item.note, item.offices) == (kept, "标准计量股")


def test_what_was_typed_may_be_mended_before_it_is_chosen(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, note="王的")
    posted(client, item, form_of(response), choose_note="own", note="张的和王的")
    item.refresh_from_db()
    assert item.note == "张的和王的"


def test_what_was_asked_is_chosen_even_where_the_text_of_before_is_typed_again(
    wang: Any, zhang: Any, item: WorkItem
) -> None:
    item.put(reason="先有一句", note="原来的")
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, note="王的")
    response = posted(client, item, form_of(response), note="原来的")
    assert "“备注”请选用谁的" in text_of(response)
    posted(client, item, form_of(response), choose_note="own")
    item.refresh_from_db()
    assert item.note == "原来的"


def test_nothing_is_saved_until_all_is_chosen_and_a_choice_can_be_undone(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的", offices="计量股")
    response = posted(client, item, data, note="王的", offices="标准计量股")
    response = posted(client, item, form_of(response), choose_note="theirs")
    assert "“责任股室”请选用谁的" in text_of(response)
    assert item.history.count() == 2
    again = form_of(response)
    assert (again["choose_note"], again["note"]) == ("theirs", "王的")
    posted(client, item, again, choose_note="own", choose_offices="theirs")
    item.refresh_from_db()
    assert (item.note, item.offices) == ("王的", "计量股")


def test_a_third_in_between_is_told_too_and_the_choice_made_before_does_not_count(
    wang: Any, zhang: Any, item: WorkItem
) -> None:
    client, third = signed_in(wang), signed_in(make_account("chenjie", "编辑", "陈", "洁"))
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, note="王的")
    posted(third, item, opened(third, item), note="陈的")
    response = posted(client, item, form_of(response), choose_note="own")
    assert "陈洁 于" in text_of(response)
    assert "“备注”请选用谁的" in text_of(response)
    item.refresh_from_db()
    assert item.note == "陈的"
    posted(client, item, form_of(response), choose_note="own")
    item.refresh_from_db()
    assert item.note == "王的"


def test_the_same_change_by_both_is_no_conflict(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="见通知")
    response = posted(client, item, data, note="见通知")
    assert text_of(response) == ""
    assert item.history.count() == 2


def test_an_unchanged_form_undoes_nothing(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    client.post(change_url(item), data)
    item.refresh_from_db()
    assert (item.note, item.history.count()) == ("张的", 2)


def test_a_row_retired_meanwhile_asks_whether_it_stays_so(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, retired_on="2026-11-24")
    response = posted(client, item, data, note="王的")
    assert "“取消日期”请选用谁的。" in text_of(response)
    item.refresh_from_db()
    assert (item.note, item.is_retired) == ("", True)
    posted(client, item, form_of(response), choose_retired_on="own")
    item.refresh_from_db()
    assert (item.note, item.is_retired) == ("王的", False)


def test_lines_of_a_table_are_merged_and_asked_for_like_the_row_itself(wang: Any, zhang: Any) -> None:
    duty, client = Duty.objects.get(code="ZZ-02"), signed_in(wang)
    data = opened(client, duty)
    theirs = {"work_items-0-note": "张0", "work_items-1-note": "张1", "work_items-2-note": "张2", "note": "张"}
    posted(signed_in(zhang), duty, data, **theirs)
    own = {"work_items-0-note": "王0", "work_items-1-note": "王1", "work_items-3-note": "王3"}
    response = posted(client, duty, data, **own)
    said = text_of(response)
    assert said.count("“备注”请选用谁的。") == 2
    assert "具体工作事项 ZZ-02-01" in said
    assert "具体工作事项 ZZ-02-02" in said
    assert "具体工作事项 ZZ-02-03" in said
    assert "备注张2" in said.replace(" ", "")
    choices = {"work_items-0-choose_note": "own", "work_items-1-choose_note": "theirs"}
    posted(client, duty, form_of(response), **choices)
    assert list(duty.work_items.order_by("code").values_list("note", flat=True)[:4]) == ["王0", "张1", "张2", "王3"]
    duty.refresh_from_db()
    assert duty.note == "张"


def test_new_lines_added_by_each_get_codes_of_their_own(wang: Any, zhang: Any) -> None:
    duty, client = Duty.objects.get(code="ZZ-09"), signed_in(wang)
    data = opened(client, duty)

    def new(text: str) -> dict[str, str]:
        line = {"position": "3", "text": text, "duty": str(duty.pk)}
        return {"work_items-TOTAL_FORMS": "3"} | {f"work_items-2-{name}": value for name, value in line.items()}

    posted(signed_in(zhang), duty, data, **new("张的"))
    response = posted(client, duty, data, **new("王的"))
    assert "张伟 于" in response.content.decode()
    assert "新增了“ZZ-09-03 张的”" in response.content.decode()
    assert dict(duty.work_items.filter(position=3).values_list("code", "text")) == {
        "ZZ-09-03": "张的",
        "ZZ-09-04": "王的",
    }


def test_the_one_line_that_there_can_be_is_not_added_twice(wang: Any, zhang: Any) -> None:
    service, client = Service.objects.filter(yearly=None).first(), signed_in(wang)
    data = opened(client, service)
    new = {"yearly-TOTAL_FORMS": "1", "yearly-0-service": str(service.pk), "yearly-0-month": "6"}
    new |= {"yearly-0-day": "9", "yearly-0-added_by": "张伟", "yearly-0-added_on": "2026-11-24"}
    posted(signed_in(zhang), service, data, **new)
    assert (service.yearly.month, service.yearly.added_by) == (6, "张伟")
    response = posted(client, service, data, **new | {"yearly-0-added_by": "王芳"})
    assert "张伟 于" in text_of(response)
    service.yearly.refresh_from_db()
    assert service.yearly.added_by == "张伟"


@pytest.mark.parametrize("base", ["", "1", "nonsense", "eyIxIjpbMSx7fV19:1abcde:xxxxxxxx"])
def test_a_page_that_does_not_say_what_it_was_built_from_overwrites_nothing(
    wang: Any, zhang: Any, item: WorkItem, base: str
) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, base=base, offices="标准计量股")
    said = text_of(response)
    assert "“备注”请选用谁的" in said
    assert "不知道：这一页没有带回打开时的记录" in said
    item.refresh_from_db()
    assert (item.note, item.offices) == ("张的", "")
    posted(client, item, form_of(response), choose_note="theirs", choose_offices="own")
    item.refresh_from_db()
    assert (item.note, item.offices) == ("张的", "标准计量股")


def test_the_base_of_another_row_or_another_table_counts_for_nothing(wang: Any, zhang: Any) -> None:
    duty, client = Duty.objects.get(code="ZZ-02"), signed_in(wang)
    data = opened(client, duty)
    posted(signed_in(zhang), duty, data, **{"work_items-0-note": "张的"})
    newer = opened(client, duty)
    foreign = {"base": opened(client, Duty.objects.get(code="ZZ-01"))["base"], "work_items-base": newer["base"]}
    response = posted(client, duty, data, **foreign)
    assert "“备注”请选用谁的" in text_of(response)
    assert duty.work_items.get(code="ZZ-02-01").note == "张的"


def test_a_choice_that_was_not_asked_for_settles_nothing(wang: Any, zhang: Any, item: WorkItem) -> None:
    client = signed_in(wang)
    data = opened(client, item)
    posted(signed_in(zhang), item, data, note="张的")
    response = posted(client, item, data, note="王的", choose_note="own")
    assert "“备注”请选用谁的" in text_of(response)
    item.refresh_from_db()
    assert item.note == "张的"


def test_what_was_typed_wrong_is_shown_and_not_broken(wang: Any, zhang: Any) -> None:
    make_additions()
    client = signed_in(wang)
    event = Service.objects.get(code="FW-01").events.get()
    data = opened(client, event)
    posted(signed_in(zhang), event, data, office=str(Office.objects.get(code="GS-04").pk), on="2027-01-05")
    response = posted(client, event, data, office="<b>x</b>", on="昨天")
    assert "昨天 用我的" in re.sub("<[^>]+>", "", text_of(response))
    assert "<b>x</b>" not in response.content.decode()
    event.refresh_from_db()
    assert (event.office.code, str(event.on)) == ("GS-04", "2027-01-05")


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_every_form_of_the_desk_knows_what_it_was_built_from(wang: Any, zhang: Any, model: Any) -> None:
    make_additions()
    row, client = model.objects.first(), signed_in(wang)
    data = opened(client, row)
    texts = ("CharField", "TextField")
    field = [f for f in model._meta.fields if f.name in data and f.get_internal_type() in texts and not f.choices][-1]
    posted(signed_in(zhang), row, data, **{field.name: f"{data[field.name]}张"[-50:]})
    theirs = getattr(model.objects.get(pk=row.pk), field.name)
    assert theirs.endswith("张")
    response = posted(client, row, data, **{field.name: f"{data[field.name]}王"[-50:]})
    assert f"“{field.verbose_name}”请选用谁的" in text_of(response)
    assert getattr(model.objects.get(pk=row.pk), field.name) == theirs


def test_who_may_only_look_is_asked_nothing(wang: Any, item: WorkItem) -> None:
    auditor = make_account("zhouhai", "审计", "周", "海")
    page = signed_in(auditor).get(change_url(item)).content.decode()
    assert 'name="base"' not in page
    assert "打开时的记录" not in page
    assert signed_in(auditor).post(change_url(item), opened(signed_in(wang), item)).status_code == 403


def test_a_table_that_somebody_may_only_look_at_asks_nothing_and_stays(own_database: Any) -> None:
    from django.contrib.auth.models import Permission

    own_database()
    zhang = make_account("zhangwei", "编辑", "张", "伟")
    clerk = make_account("sunli", "审计", "孙", "丽")
    permissions = clerk.user_permissions.through.objects.using("owner")
    permissions.create(account_id=clerk.pk, permission=Permission.objects.get(codename="change_duty"))  # by the owner
    duty, client = Duty.objects.get(code="ZZ-02"), signed_in(clerk)
    data = opened(client, duty)
    posted(signed_in(zhang), duty, opened(signed_in(zhang), duty), **{"work_items-0-note": "张的", "note": "张的"})
    response = posted(client, duty, data, note="孙的", **{"work_items-0-note": "孙的"})
    assert text_of(response).count("请选用谁的") == 1
    posted(client, duty, form_of(response), choose_note="own", **{"work_items-0-note": "孙的"})
    duty.refresh_from_db()
    assert (duty.note, duty.work_items.get(code="ZZ-02-01").note) == ("孙的", "张的")
