"""An editor changes a row: one line of history with who, when and why, and nothing where nothing changed."""

from typing import Any

import pytest
from django.urls import reverse

from duties.models import Duty, WorkItem
from supervision.models import Chapter, Clause, Regime
from tests.conftest import edited_models, form_of, make_additions, signed_in


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_it_keeps_who_when_and_why(wang: Any) -> None:
    client, item = signed_in(wang), WorkItem.objects.get(code="ZZ-05-06")
    data = form_of(client.get(change_url(item))) | {"offices": "标准计量股", "change_reason": "补上错行的股室"}
    response = client.post(change_url(item), data, follow=True)
    assert "成功" in response.content.decode()
    record = item.history.first()
    assert (record.offices, record.history_type) == ("标准计量股", "~")
    assert (record.history_user, record.history_user_name) == (wang, "王芳")
    assert record.history_change_reason == "补上错行的股室"
    assert item.history.count() == 2


def test_a_change_without_a_reason_is_not_saved(wang: Any) -> None:
    client, item = signed_in(wang), WorkItem.objects.get(code="ZZ-05-06")
    data = form_of(client.get(change_url(item))) | {"offices": "标准计量股"}
    response = client.post(change_url(item), data)
    assert "请写明变更理由" in response.content.decode()
    assert item.history.count() == 1


def test_a_change_of_a_line_in_a_table_asks_for_the_reason_too(wang: Any) -> None:
    client, duty = signed_in(wang), Duty.objects.get(code="ZZ-02")
    data = form_of(client.get(change_url(duty))) | {"work_items-3-note": "见通知"}
    assert "请写明变更理由" in client.post(change_url(duty), data).content.decode()
    client.post(change_url(duty), data | {"change_reason": "加注"})
    item = WorkItem.objects.get(code="ZZ-02-04")
    assert item.note == "见通知"
    assert item.history.first().history_change_reason == "加注"
    assert duty.history.count() == 1


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label)
def test_saving_an_unchanged_form_writes_nothing(wang: Any, model: Any) -> None:
    make_additions()
    row, client = model.objects.first(), signed_in(wang)
    before = {m: m.history.count() for m in edited_models()}
    response = client.post(change_url(row), form_of(client.get(change_url(row))))
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert {m: m.history.count() for m in edited_models()} == before


def test_a_new_work_item_gets_the_next_code_and_a_retired_one_is_never_given_again(wang: Any) -> None:
    WorkItem.objects.get(code="ZZ-09-02").retire(reason="取消")
    client, duty = signed_in(wang), Duty.objects.get(code="ZZ-09")
    data = form_of(client.get(change_url(duty)))
    data |= {
        "work_items-TOTAL_FORMS": "3",
        "work_items-2-position": "2",
        "work_items-2-text": "新的工作",
        "work_items-2-duty": str(duty.pk),
        "change_reason": "新增",
    }
    assert client.post(change_url(duty), data).status_code == 302
    assert WorkItem.objects.get(text="新的工作").code == "ZZ-09-03"


def test_codes_cannot_be_typed_over(wang: Any) -> None:
    client, duty = signed_in(wang), Duty.objects.get(code="ZZ-01")
    page = client.get(change_url(duty)).content.decode()
    assert 'name="code"' not in page
    client.post(change_url(duty), form_of(client.get(change_url(duty))) | {"code": "ZZ-77", "change_reason": "x"})
    assert Duty.objects.get(pk=duty.pk).code == "ZZ-01"


def test_a_listed_item_has_no_delete_button_and_no_delete_page(wang: Any) -> None:
    make_additions()
    client = signed_in(wang)
    for model in edited_models():
        row = model.objects.first()
        assert "deletelink" not in client.get(change_url(row)).content.decode()
        assert client.post(change_url(row).replace("change/", "delete/"), {"post": "yes"}).status_code == 403


def test_retiring_takes_an_item_out_of_the_next_edition_only(wang: Any) -> None:
    from editions.life.edition import Edition
    from editions.register.register import compose

    client, regime = signed_in(wang), Regime.objects.get(code="JG-07")
    data = form_of(client.get(change_url(regime))) | {"retired_on": "2026-11-22", "change_reason": "职能划转"}
    assert client.post(change_url(regime), data).status_code == 302
    assert compose().find("supervision", "JG-07") is None
    assert Edition.objects.get().register().find("supervision", "JG-07") is not None
    assert [retired.code for retired in compose().documents("retired")] == ["JG-07"]


def test_history_pages_are_only_read(wang: Any) -> None:
    client, item = signed_in(wang), WorkItem.objects.get(code="ZZ-05-05")
    item.put(reason="删去重复", offices="标准计量股")
    history = reverse("admin:duties_workitem_history", args=[item.pk])
    page = client.get(history).content.decode()
    assert "删去重复" in page
    assert "转录" in page
    record = item.history.last()
    form = reverse("admin:duties_workitem_simple_history", args=[item.pk, record.pk])
    assert client.get(form).status_code == 200
    whole = form_of(client.get(change_url(item))) | {"text": "改写历史", "change_reason": "从历史恢复"}
    assert client.post(form, whole).status_code == 403
    assert WorkItem.objects.get(pk=item.pk).text == item.text
    assert item.history.count() == 2


@pytest.mark.parametrize("text", ["  前后有空格  \r\n\r\n第二段\r\n", "=1+1", "<script>alert(1)</script>", "𠮷镕喆"])
def test_text_is_kept_as_typed_without_layout(wang: Any, text: str) -> None:
    from verbatim.fields import tidy

    client, item = signed_in(wang), WorkItem.objects.get(code="ZZ-01-01")
    data = form_of(client.get(change_url(item))) | {"text": text, "change_reason": "测试"}
    response = client.post(change_url(item), data, follow=True)
    assert response.status_code == 200
    assert WorkItem.objects.get(pk=item.pk).text == tidy(text)
    assert "<script>alert" not in response.content.decode()


def test_a_clause_cannot_stand_in_itself_or_under_a_retired_one(wang: Any) -> None:
    client = signed_in(wang)
    chapter = Chapter.objects.get(regime__code="JG-06", anchor="c2")
    clauses = list(chapter.clauses.order_by("position"))
    parent = clauses[0]
    data = form_of(client.get(change_url(chapter)))
    response = client.post(change_url(chapter), data | {"clauses-0-parent": str(parent.pk), "change_reason": "x"})
    assert "一条不能属于它自己" in response.content.decode()
    response = client.post(change_url(chapter), data | {"clauses-0-retired_on": "2026-11-22", "change_reason": "x"})
    assert "下面还有未取消的条款" in response.content.decode()
    assert Clause.objects.retired().count() == 0


def test_a_name_belongs_to_one_office(wang: Any) -> None:
    from offices.models import Office

    client, office = signed_in(wang), Office.objects.get(code="GS-02")
    data = form_of(client.get(change_url(office))) | {"other_names": "计量股", "change_reason": "x"}
    assert "“计量股”已经是GS-04 标准计量股的名称" in client.post(change_url(office), data).content.decode()


def test_a_day_is_printed_or_added_and_never_both(wang: Any) -> None:
    from services.models import Service

    client, service = signed_in(wang), Service.objects.get(code="FW-03")
    data = form_of(client.get(change_url(service))) | {"change_reason": "x"}
    said = client.post(change_url(service), data | {"yearly-0-quoted": "10、14"}).content.decode()
    assert "不在本事项印出的文字里" in said
    said = client.post(change_url(service), data | {"yearly-0-quoted": "标准化"}).content.decode()
    assert "两者只填一种" in said


def test_a_part_stays_where_it_is(wang: Any) -> None:
    client, chapter = signed_in(wang), Chapter.objects.get(regime__code="JG-01", anchor="c6")
    other = Regime.objects.get(code="JG-02")
    data = form_of(client.get(change_url(chapter))) | {"regime": str(other.pk), "change_reason": "x"}
    client.post(change_url(chapter), data)
    assert Chapter.objects.get(pk=chapter.pk).regime.code == "JG-01"


def test_what_others_point_at_is_not_retired(wang: Any) -> None:
    from laws.models import Law
    from offices.models import Department, Office

    make_additions()
    client = signed_in(wang)
    for row, said in (
        (Department.objects.get(code="BM-02"), "职责分工“BJ-01-02 县安监局”还指向它"),
        (Law.objects.get(code="FL-01"), "引用写法“《危险化学品安全管理条例》”还指向它"),
        (Office.objects.get(code="GS-02"), "还指向它"),
    ):
        data = form_of(client.get(change_url(row))) | {"retired_on": "2026-11-22", "change_reason": "x"}
        assert said in client.post(change_url(row), data).content.decode()
        row.refresh_from_db()
        assert not row.is_retired


def test_no_day_that_does_not_exist_and_no_words_that_are_gone(wang: Any) -> None:
    from services.models import Service

    client, service = signed_in(wang), Service.objects.get(code="FW-03")
    data = form_of(client.get(change_url(service))) | {"change_reason": "x"}
    said = client.post(change_url(service), data | {"yearly-0-month": "2", "yearly-0-day": "30"}).content.decode()
    assert "没有这一天" in said
    service = Service.objects.get(code="FW-01")
    data = form_of(client.get(change_url(service))) | {"title": "消费者权益日活动", "change_reason": "x"}
    assert "改后的文字里没有它" in client.post(change_url(service), data).content.decode()


def test_a_row_that_cannot_be_composed_is_named(db: None) -> None:
    from acts.errors import Refused
    from editions.register.register import compose
    from services.models import Service

    Service.objects.get(code="FW-01").put(reason="绕过表单", title="消费者权益日活动")
    with pytest.raises(Refused, match="公共服务 FW-01 消费者权益日活动 不能编入清单：“3、15”不在"):
        compose()


def test_an_old_state_asks_for_nothing(wang: Any) -> None:
    item = WorkItem.objects.get(code="ZZ-01-01")
    url = reverse("admin:duties_workitem_simple_history", args=[item.pk, item.history.first().pk])
    page = signed_in(wang).get(url).content.decode()
    assert "变更理由" not in page
    assert "只能查看" in page
