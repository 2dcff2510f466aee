"""王芳 keeps the 俗称表: what people say in place of the list's words. Saving is not publishing here either."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import roles
from acts.errors import AlreadyDone, Refused
from editions.life.edition import Edition
from editions.public import catalogue
from portal.answers import checking, loading, vocabulary
from portal.answers.models import PublishedVocabulary, QuickQuestion, Saying, UnansweredQuestion, composed
from portal.answers.vocabulary import QuickQuestionDocument, SayingDocument, Sort, Unsaid, VocabularyDocument
from tests.conftest import make_account, signed_in
from tests.history.test_importing_a_table import CSV, as_csv, confirmed, exported, rows_of, sent
from tests.posting import Form
from verbatim.documents import digest

PUBLISH = "/admin/portal/saying/publish/"


def publish(by: Any) -> PublishedVocabulary:
    made = PublishedVocabulary.publish(by, shown=digest(composed().canonical()))
    catalogue.forget()
    return made


def fields(client: Client, url: str) -> dict[str, Any]:
    """What the form of the page would send unchanged."""
    return Form(client.get(url).content.decode()).fields


def is_answered(asked: str) -> bool:
    catalogue.forget()
    return "本清单未规定" not in Client().get("/search/", {"q": asked}).content.decode()


def test_the_table_comes_with_more_than_two_hundred_sayings_and_none_leads_nowhere(db: None) -> None:
    shipped = vocabulary.shipped()
    assert len(shipped.sayings) >= 200
    assert composed() == VocabularyDocument(
        sayings=tuple(row.document() for row in Saying.objects.all()), quick_questions=shipped.quick_questions
    )
    assert {saying.said for saying in composed().sayings} == {saying.said for saying in shipped.sayings}
    assert list(checking.faults(Edition.objects.get().register(), shipped)) == []


def test_a_second_load_adds_nothing_and_leaves_what_the_staff_changed(db: None) -> None:
    Saying.objects.get(said="秤").put(reason="改", means="计量标准")
    assert loading.load(vocabulary.shipped(), reason="再装") == 0
    assert Saying.objects.get(said="秤").means == "计量标准"


def test_a_saying_answers_when_it_is_published_and_not_before(wang: Any) -> None:
    assert not is_answered("鼓捣刨冰机找谁")
    Saying(said="刨冰机").put(reason="有人问", means="产品质量")
    assert not is_answered("鼓捣刨冰机找谁")
    publish(wang)
    assert is_answered("鼓捣刨冰机找谁")
    Saying.objects.get(said="刨冰机").retire(reason="不对")
    assert is_answered("鼓捣刨冰机找谁")
    publish(wang)
    assert not is_answered("鼓捣刨冰机找谁")


def test_what_is_published_is_what_was_looked_at(wang: Any) -> None:
    client = signed_in(wang)
    form = fields(client, PUBLISH)
    Saying(said="刨冰机").put(reason="有人问", means="产品质量")
    page = client.post(PUBLISH, form).content.decode()
    assert "您看过以后，俗称表又有改动，没有公布" in page
    assert not PublishedVocabulary.objects.exists()
    page = client.post(PUBLISH, fields(client, PUBLISH), follow=True).content.decode()
    assert "俗称表已公布" in page
    made = PublishedVocabulary.objects.get()
    assert (made.number, made.by, made.by_name) == (1, wang, "王芳")


def test_the_same_twice_is_no_fault(wang: Any) -> None:
    publish(wang)
    with pytest.raises(AlreadyDone):
        publish(wang)
    Saying(said="刨冰机").put(reason="有人问", means="产品质量")
    with pytest.raises(Refused):
        PublishedVocabulary.publish(wang, shown=digest(composed().canonical()), reason="看不见\u200b")


def test_the_page_says_what_is_otherwise_and_what_leads_nowhere(wang: Any) -> None:
    Saying(said="刨冰机").put(reason="有人问", means="排油烟设备")
    Saying.objects.get(said="秤").put(reason="改", means="计量标准")
    Saying.objects.get(said="炮仗").retire(reason="没人这样说")
    page = signed_in(wang).get(PUBLISH).content.decode()
    assert "“刨冰机”指到的“排油烟设备”，现行的清单里没有这几个字。" in page
    for change in ("新增</td><td>刨冰机", "修改</td><td>秤", "停用</td><td>炮仗"):
        assert change in page


def test_what_leads_nowhere_is_found_in_the_list(wang: Any) -> None:
    Saying(said="刨冰机").put(reason="有人问", means="排油烟设备")
    page = signed_in(wang).get("/admin/portal/saying/", {"leads": "nowhere"}).content.decode()
    assert "刨冰机" in page
    assert "排油烟设备" in page
    assert "电子秤" not in page


def test_a_question_that_found_nothing_becomes_a_saying(wang: Any) -> None:
    for asked in ("刨冰机不吸烟找谁", "我家刨冰机转不动", "社保卡丢了"):
        UnansweredQuestion.note(asked, Unsaid.NOTHING)
    UnansweredQuestion.note("炮仗归谁管", Unsaid.NOTHING)  # it is answered without the new one
    client, question = signed_in(wang), UnansweredQuestion.objects.get(asked="刨冰机不吸烟找谁")
    url = reverse("admin:portal_saying_of_question", args=[question.pk])
    assert url in client.get("/admin/portal/unansweredquestion/").content.decode()
    form = fields(client, url) | {"said": "刨冰机", "sort": "name", "means": "产品质量"}
    page = client.post(url, form | {"try": "1"}).content.decode()
    assert "会有答案的提问（2）" in page
    assert "我家刨冰机转不动" in page
    assert "炮仗归谁管" not in page
    assert not Saying.objects.filter(said="刨冰机").exists()
    page = client.post(url, form | {"publish": "1"}, follow=True).content.decode()
    assert "已存下并公布" in page
    assert is_answered("刨冰机不吸烟找谁")
    assert [each.asked for each in UnansweredQuestion.objects.all()] == ["社保卡丢了"]
    assert Saying.history.get(said="刨冰机").history_user == wang


def test_it_can_be_kept_for_later(wang: Any) -> None:
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    client, question = signed_in(wang), UnansweredQuestion.objects.get()
    url = reverse("admin:portal_saying_of_question", args=[question.pk])
    form = fields(client, url) | {"said": "刨冰机", "sort": "name", "means": "产品质量"}
    page = client.post(url, form | {"keep": "1"}, follow=True).content.decode()
    assert "公布俗称表以后，公众查找才用它" in page
    assert not is_answered("刨冰机不吸烟找谁")
    again = client.post(url, form | {"means": "计量器具", "keep": "1"}).content.decode()
    assert "俗称表里已经有这个说法" in again


def test_what_says_nothing_is_refused(wang: Any) -> None:
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    client, question = signed_in(wang), UnansweredQuestion.objects.get()
    url = reverse("admin:portal_saying_of_question", args=[question.pk])
    form = fields(client, url) | {"said": "刨冰机", "sort": "name", "means": "", "keep": "1"}
    assert "要写清单里的说法" in client.post(url, form).content.decode()


def test_a_reason_that_cannot_be_printed_is_refused_and_nothing_is_kept(wang: Any) -> None:
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    client, question = signed_in(wang), UnansweredQuestion.objects.get()
    url = reverse("admin:portal_saying_of_question", args=[question.pk])
    form = fields(client, url) | {"said": "刨冰机", "sort": "name", "means": "产品质量", "reason": "有人问\u200b了"}
    page = client.post(url, form | {"publish": "1"})
    assert page.status_code == 200
    assert "看不见、印不出的字符" in page.content.decode()
    assert not Saying.objects.filter(said="刨冰机").exists()
    assert not PublishedVocabulary.objects.exists()


def test_what_somebody_else_changes_meanwhile_keeps_it_from_being_published(
    wang: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    client, question = signed_in(wang), UnansweredQuestion.objects.get()
    url = reverse("admin:portal_saying_of_question", args=[question.pk])
    form = fields(client, url) | {"said": "刨冰机", "sort": "name", "means": "产品质量"}
    monkeypatch.setattr("portal.desk.sayings.digest", lambda text: "what stood there before the other change")
    page = client.post(url, form | {"publish": "1"}).content.decode()
    assert "俗称表又有改动" in page
    assert "刨冰机" in page
    assert not Saying.objects.filter(said="刨冰机").exists()


@pytest.mark.parametrize(
    ("sort", "means", "is_right"),
    [
        ("name", "", False),
        ("stage", "", False),
        ("outside", "计量", False),
        ("outside", "", True),
        ("outside_act", "主持", True),
        ("outside_act", "", True),
        ("emergency", "", True),
    ],
)
def test_the_database_holds_what_a_saying_is(db: None, sort: str, means: str, is_right: int) -> None:
    row = Saying(said="某种叫法", sort=sort, means=means)
    if is_right:
        row.save(reason="试")
        return
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(reason="试")


def test_the_table_goes_out_and_comes_in(wang: Any) -> None:
    client = signed_in(wang)
    rows = rows_of(exported(client, Saying, CSV))
    assert len(rows) == Saying.objects.count()
    changed = next(row for row in rows if row["群众的说法"] == "秤") | {"清单里的说法": "计量标准"}
    added = changed | {"群众的说法": "刨冰机", "清单里的说法": "产品质量", "变更号": ""}
    preview = sent(client, Saying, as_csv([changed, added]), CSV)
    assert "新增 1 条，修改 1 条" in confirmed(client, Saying, preview).content.decode()
    assert Saying.objects.get(said="刨冰机").means == "产品质量"


def test_whoever_keeps_a_saying_is_told_that_it_is_not_public_and_leads_nowhere(wang: Any) -> None:
    client, url = signed_in(wang), "/admin/portal/saying/add/"
    form = {"said": "飞碟", "sort": "name", "means": "没有的字", "change_reason": "试"}
    page = client.post(url, form, follow=True).content.decode()
    assert "已保存，还没有公布" in page
    assert f'href="{PUBLISH}"' in page
    assert "现行的清单里没有“没有的字”这几个字" in page
    assert "俗称表里已经有这个说法" in client.post(url, form).content.decode()


def test_the_table_is_marked_as_the_bureaus_own(wang: Any) -> None:
    client = signed_in(wang)
    for path in ("", "add/"):
        assert "俗称表（本局整理）" in client.get(f"/admin/portal/saying/{path}").content.decode()
    page = client.get("/admin/portal/saying/").content.decode()
    assert "不是清单的内容" in page
    assert "列入清单" not in page


def test_an_entry_of_one_is_not_published_with_what_others_left_waiting(wang: Any) -> None:
    client = signed_in(wang)
    Saying(said="飞碟", sort=Sort.NAME, means="计量服务").save(reason="试")
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    url = reverse("admin:portal_saying_of_question", args=[UnansweredQuestion.objects.get().pk])
    form = {"said": "刨冰机", "sort": "name", "means": "计量服务", "reason": "试"}
    page = client.post(url, {**form, "try": "1"}).content.decode()
    assert "还有 1 处改动没有公布" in page
    assert "存下并公布" not in page
    client.post(url, {**form, "publish": "1"})
    assert not Saying.objects.filter(said="刨冰机").exists()
    assert PublishedVocabulary.latest() is None
    assert "存下" in client.post(url, {**form, "keep": "1"}, follow=True).content.decode()
    assert Saying.objects.filter(said="刨冰机").exists()


def test_the_desk_counts_what_is_not_public_yet_for_who_may_publish(wang: Any) -> None:
    client, auditor = signed_in(wang), signed_in(make_account("zhengshenji", roles.AUDITOR, "郑", "审计"))
    assert "还没有公布，公众查找用不到" not in client.get("/admin/").content.decode()
    Saying(said="刨冰机").put(reason="有人问", means="产品质量")
    assert "改了 1 处，还没有公布" in client.get("/admin/").content.decode()
    publish(wang)
    assert "还没有公布，公众查找用不到" not in client.get("/admin/").content.decode()
    Saying.objects.get(said="秤").put(reason="改", means="计量标准")
    Saying.objects.get(said="炮仗").retire(reason="没人这样说")
    assert "改了 2 处，还没有公布" in client.get("/admin/").content.decode()
    assert "还没有公布，公众查找用不到" not in auditor.get("/admin/").content.decode()


def test_what_the_table_knows_to_be_outside_is_told_from_what_nobody_looked_at(wang: Any) -> None:
    for asked in ("社保卡丢了", "刨冰机不吸烟找谁"):
        UnansweredQuestion.note(asked, Unsaid.NOTHING)
    client, url = signed_in(wang), "/admin/portal/unansweredquestion/"
    for known, shown, hidden in (("no", "刨冰机", "社保卡"), ("yes", "社保卡", "刨冰机")):
        page = client.get(url, {"known": known}).content.decode()
        assert shown in page
        assert hidden not in page


def test_a_question_that_names_somebody_is_struck_off(wang: Any) -> None:
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    url = reverse("admin:portal_saying_of_question", args=[UnansweredQuestion.objects.get().pk])
    page = signed_in(wang).post(url, {"forget": "1"}, follow=True).content.decode()
    assert "已从记录里删去" in page
    assert not UnansweredQuestion.objects.exists()


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_keeps_it_and_who_only_looks(db: None, role: str) -> None:
    client = signed_in(make_account("someone", role, "某", "人"))
    verbs = roles.ROLES[role].get(roles.ANSWERS, ())
    assert client.get("/admin/portal/saying/").status_code == (200 if "view" in verbs else 403)
    assert client.get(PUBLISH).status_code == (200 if "announce" in verbs else 403)
    UnansweredQuestion.note("刨冰机不吸烟找谁", Unsaid.NOTHING)
    url = reverse("admin:portal_saying_of_question", args=[UnansweredQuestion.objects.get().pk])
    assert client.get(url).status_code == (200 if "add" in verbs else 403)
    log = client.get("/admin/portal/unansweredquestion/")
    assert log.status_code == (200 if roles.QUESTIONS in roles.ROLES[role] else 403)
    assert (url in log.content.decode()) is ("add" in verbs)


def test_the_first_page_asks_what_the_staff_put_there(wang: Any) -> None:
    QuickQuestion.objects.get(label="秤").put(reason="换", label="电子秤", question="电子秤不准")
    QuickQuestion(label="社保").put(reason="试", question="社保卡")
    publish(wang)
    main = Client().get("/").content.decode().split("<main")[1]
    assert ">电子秤</a>" in main
    assert ">社保</a>" not in main  # it has no answer


def test_two_tables_are_told_apart() -> None:
    one, other = SayingDocument(said="甲", means="秤"), SayingDocument(said="乙", sort=Sort.OUTSIDE)
    old = VocabularyDocument(sayings=(one, other))
    new = VocabularyDocument(
        sayings=(SayingDocument(said="甲", means="锅炉"),),
        quick_questions=(QuickQuestionDocument(label="丙", question="丙"),),
    )
    found = checking.Comparison.of(old, new)
    assert (len(found.come), len(found.changed), found.gone, found.other_questions) == (0, 1, (other,), True)
    assert checking.Comparison.of(old, old).is_empty


def test_two_sayings_that_are_one_are_told(db: None) -> None:
    table = VocabularyDocument(
        sayings=(SayingDocument(said="ＱＳ", means="计量"), SayingDocument(said="qs", means="计量"))
    )
    faults = list(checking.faults(Edition.objects.get().register(), table))
    assert any("查找时是同一个说法" in fault for fault in faults)
    assert any("没有一条险情" in fault for fault in faults)
