"""王芳 clicks twice, or the line is slow and she sends again: it is done once, and she is told so."""

import os
import re
import threading
import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import form_sent_twice, tidying
from accounts.models import Account, Sent, Visit
from duties.models import Duty, WorkItem
from editions.checkup.checking import check_up
from editions.checkup.rulings import Mend, OwnFinding, Ruling, SecondOpinion
from editions.desk.drafts import Draft
from editions.register.register import compose
from history import uploads
from offices.models import Department, Office
from portal.models import AnnualCheck
from services.models import Announcement, Service
from tests.acting import change_a_phone, make_hands, make_submitted
from tests.conftest import edited_models, form_of, make_account, make_notice, signed_in
from tests.history.test_importing_a_table import CSV, as_csv, exported, rows_of
from tests.history.test_racing import at_once
from tests.services.test_announcing_an_event import make_event

TOLD = "已经送到、办过，没有再办一次"


def careful(account: Any) -> Client:
    """A browser: it sends the token of the page that it was shown."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    return client


def token_of(page: Any) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def twice(client: Client, url: str, data: dict[str, Any], *, to: str = "") -> list[Any]:
    """One page, its form sent two times one after the other; where each led in the end."""
    data = {**data, "csrfmiddlewaretoken": token_of(client.get(url))}
    return [client.post(to or url, data, follow=True) for _ in range(2)]


def told(answers: list[Any], *, led_to: bool = True) -> None:
    first, second = answers
    assert second.status_code == 200
    assert TOLD in second.content.decode()
    assert TOLD not in first.content.decode()
    if led_to:
        assert second.redirect_chain[-1] == first.redirect_chain[-1]


PARTICULAR: dict[str, dict[str, Any]] = {
    "clocks.notice": {"year": "2028"},
    "clocks.day": {"day": "2027-01-01"},
    "offices.department": {"is_bureau": "False"},
    "laws.citation": {"kind": "form"},
    "laws.term": {"wrong": "不规范的写法"},
    "portal.saying": {"means": "计量器具"},
    "cases.provision": {"minimum": "0", "maximum": "1000"},
    "cases.band": {"grade": "一般", "kind": "罚款", "by": "share", "low": "30", "high": "70"},
    "boundaries.share": {"name": "县新局"},
    "services.yearlyrule": {"added_by": "王芳", "added_on": "2026-11-22", "month": "3", "day": "15"},
    "supervision.clause": {"text": "新的一条"},
}
"""What some kinds of rows ask for besides."""


@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model._meta.label_lower)
def test_a_row_that_is_added_twice_is_added_once(wang: Any, model: Any) -> None:
    Department(name="县新局").save(reason="新增")  # which shares in no matter yet
    make_notice()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    client = careful(wang)
    page = client.get(reverse(f"{name}_add"))
    if page.status_code == 403:
        assert model._meta.model_name in ("cover", "frame")  # there is one of each, and no other is added
        return
    data = form_of(page) | filled(model) | PARTICULAR.get(model._meta.label_lower, {}) | {"change_reason": "新增"}
    before = model.objects.count()
    answers = twice(client, reverse(f"{name}_add"), data)
    assert model.objects.count() == before + 1, answers[0].context["adminform"].form.errors
    told(answers)


def filled(model: Any) -> dict[str, Any]:
    """Something in every field that a new row of this kind must have."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.blank or not field.editable:
            continue
        if field.remote_field:
            values[field.name] = field.remote_field.model.objects.order_by("-pk").first().pk
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif field.get_internal_type() in ("PositiveIntegerField", "IntegerField", "PositiveSmallIntegerField"):
            values[field.name] = "11"
        elif field.get_internal_type() == "DateField":
            values[field.name] = timezone.localdate().isoformat()
        elif field.get_internal_type() == "TimeField":
            values[field.name] = "09:00"
        elif field.get_internal_type() != "BooleanField":
            values[field.name] = "新的一条"
    return values


def test_what_was_changed_on_the_page_is_not_taken_for_the_same(wang: Any) -> None:
    client, url = careful(wang), reverse("admin:services_service_add")
    data = form_of(client.get(url)) | filled(Service) | {"change_reason": "新增"}
    data["csrfmiddlewaretoken"] = token_of(client.get(url))
    for title in ("第一项", "第二项"):
        client.post(url, data | {"title": title})
    assert Service.objects.filter(title__in=["第一项", "第二项"]).count() == 2


def test_a_form_that_came_back_with_errors_is_sent_again(wang: Any) -> None:
    client, url = careful(wang), reverse("admin:services_service_add")
    data = form_of(client.get(url)) | filled(Service) | {"title": "", "change_reason": "新增"}
    first, second = twice(client, url, data)
    for answer in (first, second):
        assert TOLD not in answer.content.decode()
        assert "必填" in answer.content.decode()
    assert not Sent.objects.exists()


def test_what_was_refused_is_sent_again_and_done(db: None) -> None:
    """Signed too early, then Back and once more when it is reviewed: she was told that it had been done."""
    hands = make_hands()
    edition = make_submitted(hands)
    url = reverse("admin:editions_edition_act", args=[edition.pk, "signed"])
    client = careful(hands.director)
    data = {"reason": "", "csrfmiddlewaretoken": token_of(client.get(reverse("admin:index")))}
    assert "没有办成" in client.post(url, data, follow=True).content.decode()
    edition.review(by=hands.reviewer)
    again = client.post(url, data, follow=True).content.decode()
    assert TOLD not in again
    assert edition.timeline.filter(verb="signed").count() == 1


def test_another_file_of_the_same_name_and_size_is_another_form(wang: Any) -> None:
    client, url = careful(wang), reverse("admin:services_service_import")
    token = token_of(client.get(url))

    def key(content: bytes) -> str:
        file = SimpleUploadedFile("表.csv", content)
        request = RequestFactory().post(url, {"csrfmiddlewaretoken": token, "import_file": file})
        request.user = wang
        return form_sent_twice._key(request)

    assert key(b"a,b") != key(b"a,c")
    assert key(b"a,b") == key(b"a,b")


def test_two_people_who_type_the_same_are_two(wang: Any, db: None) -> None:
    other = make_account("hewen", "编辑", "何", "文")
    url, before = reverse("admin:services_service_add"), Service.objects.count()
    for person in (wang, other):
        client = careful(person)
        page = client.get(url)
        data = form_of(page) | filled(Service) | {"change_reason": "新增", "csrfmiddlewaretoken": token_of(page)}
        client.post(url, data)
    assert Service.objects.count() == before + 2


# At the same moment


def test_two_clicks_that_arrive_together_give_one_code(own_database: Any) -> None:
    own_database()
    wang = make_account("wangfang", "编辑", "王", "芳")
    for number in range(5):
        client, url = careful(wang), reverse("admin:duties_workitem_add")
        page = client.get(url)
        data = form_of(page) | filled(WorkItem) | {"change_reason": "新增", "text": f"第 {number} 条"}
        data |= {"duty": Duty.objects.get(code="ZZ-09").pk, "csrfmiddlewaretoken": token_of(page)}
        start = threading.Barrier(2)

        def click(_: int, client: Client = client, url: str = url, data: Any = data, start: Any = start) -> Any:
            mine = Client(enforce_csrf_checks=True, raise_request_exception=False)
            mine.cookies = client.cookies.copy()
            start.wait(30)
            return mine.post(url, data)

        answers = at_once(2, click)
        assert [answer.status_code for answer in answers] == [302, 302]
        assert len({answer["Location"] for answer in answers}) == 1
        assert WorkItem.objects.filter(text=f"第 {number} 条").count() == 1


@pytest.mark.parametrize("with_token", [True, False])
def test_an_import_that_is_confirmed_twice_together_is_done_once(own_database: Any, with_token: bool) -> None:
    """Also where the two confirmations know nothing of each other: the table is there for one of them."""
    own_database()
    wang = make_account("wangfang", "编辑", "王", "芳")
    client, url = careful(wang), reverse("admin:services_service_import")
    rows = rows_of(exported(signed_in(wang), Service, CSV))
    new = dict(rows[0]) | {"代码": "", "变更号": "", "序号": "11", "公共服务事项": "从表里来"}
    new = {name: value for name, value in new.items() if name in rows[0]} | {next(iter(rows[0])): "FW-77"}
    file = SimpleUploadedFile("表.csv", as_csv([new]))
    sent = {"import_file": file, "format": CSV, "resource": "0", "change_reason": "导入"}
    preview = client.post(url, sent | {"csrfmiddlewaretoken": token_of(client.get(url))})
    data = dict(preview.context["confirm_form"].initial)
    data["csrfmiddlewaretoken"] = token_of(preview)
    start = threading.Barrier(2)

    def confirm(number: int) -> Any:
        mine = Client(enforce_csrf_checks=with_token, raise_request_exception=False)
        mine.cookies = client.cookies.copy()
        own = data if with_token else {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}
        start.wait(30)
        return mine.post(reverse("admin:services_service_process_import"), own, follow=True)

    answers = at_once(2, confirm)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert Service.objects.filter(code="FW-77").count() == 1
    assert Service.objects.get(code="FW-77").history.count() == 1
    said = [answer.content.decode() for answer in answers]
    assert sum((TOLD if with_token else "这次导入已经确认过") in page for page in said) == 1


# Everything else that makes something


def test_an_event_is_announced_once(wang: Any, db: None) -> None:
    director = make_account("zhouzheng", "局领导", "周", "正")
    url = reverse("admin:services_event_announce", args=[make_event().pk])
    client = careful(director)
    page = client.get(url)
    answers = twice(client, url, {"shown": page.context["shown"], "reason": ""})
    told(answers)
    assert Announcement.objects.count() == 1


def test_a_draft_is_made_once(db: None) -> None:
    hands = make_hands()
    change_a_phone()
    client, url = careful(hands.editor), reverse("admin:editions_edition_compile")
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in ("label", "kind", "effective_on")}
    data |= {"effective_on": f"{data['effective_on']:%Y-%m-%d}", "kind": "correction", "change_note": "改电话"}
    told(twice(client, url, data | {"picks": ["services FW-05"]}))
    assert Draft.objects.count() == 1


def test_a_finding_of_ones_own_is_noted_once(wang: Any) -> None:
    text = Service.objects.get(code="FW-05").content[:10]
    url = reverse("admin:editions_checkup_add")
    answers = twice(careful(wang), url, {"code": "FW-05", "text": text, "sentence": "有错"})
    told(answers)
    assert OwnFinding.objects.count() == 1


def test_a_row_is_set_back_once(wang: Any) -> None:
    change_a_phone()
    url = reverse("admin:editions_edition_restore", args=["services", "FW-05"])
    client = careful(wang)
    told(twice(client, url, {"looked": client.get(url).context["looked"], "reason": "误"}))
    assert Service.objects.get(code="FW-05").history.count() == 3


def test_an_annual_check_is_opened_once(db: None) -> None:
    director = make_account("zhouzheng", "局领导", "周", "正")
    told(twice(careful(director), reverse("admin:annual"), {"note": "请核对"}))
    assert AnnualCheck.objects.count() == 1


def test_an_account_is_asked_for_once(zhao: Any) -> None:
    new = {"username": "sunli", "last_name": "孙", "first_name": "丽", "reason": "新来"}
    new["groups"] = str(Group.objects.get(name="编辑").pk)
    told(twice(careful(zhao), reverse("admin:accounts_account_add"), new))
    assert Account.objects.get(username="sunli").requests.count() == 1


def test_an_edition_is_reviewed_once_and_who_did_it_is_told_so(db: None) -> None:
    hands = make_hands()
    edition = make_submitted(hands)
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reviewed"])
    told(twice(careful(hands.reviewer), url, {"reason": ""}))
    other = signed_in(hands.reviewer).post(url, {"reason": ""}, follow=True).content.decode()  # on another page
    assert "您刚才已经审核通过，没有再办一次" in other
    assert "没有办成" not in other
    assert edition.timeline.filter(verb="reviewed").count() == 1


def test_who_did_not_do_it_is_told_what_the_state_is(db: None) -> None:
    hands = make_hands()
    edition = make_submitted(hands)
    edition.review(by=hands.reviewer)
    other = make_account("reviewer2", "法规审核", "钱", "二")
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reviewed"])
    assert "没有办成" in signed_in(other).post(url, {"reason": ""}, follow=True).content.decode()


# On another page, where the token is another one


def from_two_pages(account: Any, url: str, data: dict[str, Any], *, page: str = "/admin/") -> str:
    """What the second page is told."""
    for _ in range(2):
        client = careful(account)
        sent = data | {"csrfmiddlewaretoken": token_of(client.get(page))}
        answer = client.post(url, sent, follow=True)
        assert answer.status_code == 200
    assert TOLD not in answer.content.decode()
    return str(answer.content.decode())


def open_finding() -> Any:
    found = check_up(compose(), timezone.localdate()).found
    return next(each.finding for each in found if each.is_open and each.finding.level != "error" and each.finding.line)


@pytest.mark.parametrize("verdict", ["accepted", "as_printed"])
def test_a_finding_is_ruled_on_once_though_on_two_pages(wang: Any, verdict: str) -> None:
    url = reverse("admin:editions_checkup_rule", args=[open_finding().key])
    said = from_two_pages(wang, url, {"verdict": verdict, "reason": "上级文件就是这样写的"})
    assert "您刚才已经这样处理过，没有再记一次" in said
    assert Ruling.objects.count() == 1


def test_a_mend_is_proposed_once_and_dropped_once(wang: Any) -> None:
    found = open_finding()
    url = reverse("admin:editions_checkup_mend", args=[found.key])
    said = from_two_pages(wang, url, {"new": found.line + "改", "reason": "错字"})
    assert "这样的拟改已经记下，没有再记一次" in said
    mend = Mend.objects.get()
    said = from_two_pages(wang, reverse("admin:editions_checkup_drop", args=[mend.pk]), {})
    assert "没有再办一次" in said


def test_what_was_found_by_hand_is_noted_once(wang: Any) -> None:
    text = Service.objects.get(code="FW-05").content[:10]
    url = reverse("admin:editions_checkup_add")
    said = from_two_pages(wang, url, {"code": "FW-05", "text": text, "sentence": "有错"})
    assert "您已经记下" in said
    assert OwnFinding.objects.count() == 1


def test_a_draft_is_discarded_once(db: None) -> None:
    hands = make_hands()
    change_a_phone()
    draft = Draft.objects.create(by=hands.editor, label="2040-01", kind="correction", effective_on=timezone.localdate())
    said = from_two_pages(hands.editor, reverse("admin:editions_edition_discard", args=[draft.pk]), {})
    assert "这份拟稿已经送审或者丢弃，没有再办一次" in said
    said = from_two_pages(hands.editor, reverse("admin:editions_edition_submit", args=[draft.pk]), {"shown": "-"})
    assert "这份拟稿已经送审或者丢弃，没有再办一次" in said


def test_an_account_is_unlocked_once(zhao: Any, wang: Any) -> None:
    login = reverse("admin:login")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post(login, {"username": wang.username, "password": "x"})
    url = reverse("admin:accounts_account_unlock", args=[wang.pk])
    said = from_two_pages(zhao, url, {"reason": "本人打电话来"})
    assert "没有被锁住，或者已经解锁，没有再办一次" in said


def test_an_annual_check_is_opened_once_though_on_two_pages(db: None) -> None:
    director = make_account("zhouzheng", "局领导", "周", "正")
    said = from_two_pages(director, reverse("admin:annual"), {"note": "请核对"})
    assert "已经发起" in said
    assert AnnualCheck.objects.count() == 1


def test_a_second_word_is_given_once(wang: Any, db: None) -> None:
    reviewer = make_hands().reviewer
    ruling = Ruling.on(open_finding(), Ruling.Verdict.AS_PRINTED, by=wang, reason="原件如此")
    url = reverse("admin:editions_checkup_second", args=["ruling", ruling.pk])
    said = from_two_pages(reviewer, url, {"agrees": "yes", "reason": ""})
    assert "您刚才已经核对过，没有再办一次" in said
    assert SecondOpinion.objects.count() == 1


# What is cleared away


def test_whoever_logs_in_clears_away_what_nobody_needs(wang: Any) -> None:
    before = timezone.now() - tidying.A_DAY * 2
    Session.objects.create(session_key="over", session_data="", expire_date=before)
    Session.objects.create(session_key="on", session_data="", expire_date=timezone.now() + tidying.A_DAY)
    Sent.objects.create(key="old", at=before)
    Sent.objects.create(key="new")
    uploads.UPLOADS.mkdir(parents=True, exist_ok=True)
    forgotten, fresh = uploads.UPLOADS / "table-forgotten", uploads.UPLOADS / "table-fresh"
    for file in (forgotten, fresh):
        file.write_text("x")
    old = time.time() - 2 * uploads.MAX_AGE.total_seconds()
    os.utime(forgotten, (old, old))
    signed_in(wang)
    assert Visit.objects.filter(what=Visit.What.CAME).exists()
    assert not Session.objects.filter(session_key="over").exists()
    assert Session.objects.filter(session_key="on").exists()
    assert set(Sent.objects.values_list("key", flat=True)) == {"new"}
    assert not forgotten.exists()
    assert fresh.exists()
    fresh.unlink()


def test_a_table_that_was_uploaded_lies_in_a_folder_that_its_owner_alone_reads(wang: Any) -> None:
    client, url = signed_in(wang), reverse("admin:offices_office_import")
    file = SimpleUploadedFile("表.csv", exported(client, Office, CSV))
    preview = client.post(url, {"import_file": file, "format": CSV, "resource": "0", "change_reason": "试"})
    confirming = preview.context["confirm_form"]
    kept = uploads.UPLOADS / confirming.file
    assert kept.stat().st_mode & 0o077 == 0
    client.post(reverse("admin:offices_office_process_import"), confirming.initial)
    assert not kept.exists()
