"""王芳 and 孙丽 go through the check-up: accept, mark, mend, add, and submit with a word."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from acts.errors import Incomplete
from duties.models import Duty, WorkItem
from editions.checkup import checking
from editions.checkup.checking import CheckUp, check_up
from editions.checkup.rule import Finding, rules
from editions.checkup.rulings import CheckUpResult, Mend, OwnFinding, Ruling
from editions.desk import mending
from editions.desk.drafts import Draft
from editions.form.frames import Cover
from editions.life.edition import Edition
from editions.public import catalogue
from editions.register.register import Register, compose
from services.models import Service
from supervision.models import Clause
from tests.acting import change_a_phone, make_hands, make_submitted
from tests.conftest import make_account, signed_in

LIST = "/admin/editions/edition/checkup/"


@pytest.fixture
def client(wang: Any) -> Client:
    return signed_in(wang)


def found() -> CheckUp:
    return check_up(compose(), timezone.localdate())


def finding(rule: str, code: str) -> Finding:
    return next(j.finding for j in found().found if (j.finding.rule, j.finding.spot.code) == (rule, code))


def url(of: Finding) -> str:
    return f"{LIST}{of.key}/"


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def rule_on(client: Client, of: Finding, verdict: str, reason: str = "上级文件就是这样写的") -> None:
    answer = client.post(f"{url(of)}rule/", {"verdict": verdict, "reason": reason}, follow=True)
    *_, said = answer.context["messages"]
    assert of.spot.named in str(said)


def agree(to: Ruling | OwnFinding) -> None:
    """孙丽, who reviews, is the second person."""
    to.second(by=make_hands().reviewer, agrees=True)


def test_the_page_lists_what_was_found_item_by_item_with_the_words_marked(client: Client) -> None:
    page = shown(client, LIST)
    assert "<h2>JG-08</h2>" in page
    assert "<mark>；、</mark>" in page
    assert "“；、”是两个标点连在一起，请只留一个。" in page
    few = shown(client, f"{LIST}?level=information")
    assert "“；、”是两个标点连在一起" not in few
    assert "职责里没有的工作事项" in few


def test_what_is_accepted_goes_aside_with_its_reason_and_comes_back_when_the_text_changes(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    rule_on(client, slip, "accepted")
    judged = next(j for j in found().found if j.finding.key == slip.key)
    assert (judged.ruling.get_verdict_display(), judged.ruling.by_name) == ("认可", "王芳")
    assert "上级文件就是这样写的" in shown(client, f"{LIST}?state=settled")
    assert "上级文件就是这样写的" not in shown(client, LIST)
    clause = Clause.objects.get(chapter__regime__code="JG-08", anchor="c2-8")
    clause.put(reason="改字", text=clause.text.replace("等情况", "等情形"))
    back = finding("doubled-mark", "JG-08")
    assert back.key != slip.key
    assert next(j for j in found().found if j.finding.key == back.key).is_open


def test_a_ruling_is_taken_back_and_all_of_it_stays_on_record(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    rule_on(client, slip, "accepted", "先不改")
    answer = client.post(f"{url(slip)}reopen/", {"reason": "还是要改"}, follow=True)
    assert "已撤回处理" in answer.content.decode()
    assert next(j for j in found().found if j.finding.key == slip.key).is_open
    page = shown(client, url(slip))
    assert "先不改" in page
    assert "还是要改" in page


def test_a_ruling_needs_its_reason(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    page = client.post(f"{url(slip)}rule/", {"verdict": "accepted", "reason": ""}).content.decode()
    assert "这个字段是必填项" in page
    assert not Ruling.objects.exists()


def test_a_ruling_that_was_never_given_is_not_taken_back(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    page = client.post(f"{url(slip)}reopen/", {"reason": "还是要改"}, follow=True).content.decode()
    assert "这一条还没有处理过，没有可撤回的。" in page
    assert not Ruling.objects.exists()


@pytest.mark.parametrize("verdict", ["accepted", "as_printed"])
def test_an_error_is_mended_and_never_put_aside(client: Client, verdict: str) -> None:
    Service.objects.get(code="FW-05").put(reason="误", serial="4")
    error = found().errors[0].finding
    assert "<h2>不改</h2>" not in shown(client, url(error))
    page = client.post(f"{url(error)}rule/", {"verdict": verdict, "reason": "就这样"}, follow=True).content.decode()
    assert "这是错误，只能改" in page
    assert not Ruling.objects.exists()


def test_whoever_opens_the_address_of_a_button_is_led_to_the_list(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    for button in ("mend", "rule", "reopen"):
        assert client.get(f"{url(slip)}{button}/").headers["Location"] == LIST


def test_what_stands_as_printed_is_marked_beside_the_text_in_public(client: Client) -> None:
    slip = finding("office-twice", "ZZ-05")
    assert "原文如此" not in shown(Client(), "/duties/zz-05/")
    rule_on(client, slip, "as_printed", "原件如此")
    agree(Ruling.objects.get())
    catalogue.forget()
    page = shown(Client(), "/duties/zz-05/")
    row = re.search(r'<tr id="zz-05-05">.*?</tr>', page, re.S).group()
    assert "“标准计量股”原文如此" in row
    assert page.count("原文如此") == 1
    WorkItem.objects.get(code="ZZ-05-05").put(reason="改", offices="标准计量股")
    preview = shown(client, "/admin/preview/working/duties/zz-05/")
    assert "原文如此" not in preview  # it was said of other words
    catalogue.forget()
    assert "原文如此" in shown(Client(), "/editions/2017-12/duties/zz-05/")


@pytest.mark.parametrize(
    ("rule", "code", "page"),
    [
        ("declared-count", "cover", "/"),
        ("instruction", "duties", "/duties/"),
        ("cover-label", "boundaries", "/boundaries/"),
        ("back-to-back", "ZZ-06", "/duties/zz-06/"),
        ("unbalanced", "BJ-01", "/boundaries/bj-01/"),
        ("date-comma", "FW-01", "/services/fw-01/"),
        ("merged-chapter", "JG-12", "/supervision/jg-12/"),
    ],
)
def test_every_kind_of_place_can_bear_the_mark(client: Client, rule: str, code: str, page: str) -> None:
    slip = finding(rule, code)
    rule_on(client, slip, "as_printed")
    agree(Ruling.objects.get())
    catalogue.forget()
    assert f"“{slip.text}”原文如此" in shown(Client(), page)


def mend(client: Client, of: Finding, new: str) -> str:
    return client.post(f"{url(of)}mend/", {"new": new, "reason": "改正打错的字"}, follow=True).content.decode()


def test_mends_become_a_correction_in_one_step(client: Client) -> None:
    slips = [finding("doubled-mark", "JG-08"), finding("cut-word", "ZZ-03"), finding("office-twice", "ZZ-05")]
    news = [slips[0].line.replace("；、", "；"), f"负{slips[1].line}", "标准计量股"]
    for slip, new in zip(slips, news, strict=True):
        assert "已记下拟改" in mend(client, slip, new)
    assert Clause.objects.get(chapter__regime__code="JG-08", anchor="c2-8").text.endswith("；、")  # only proposed
    assert "拟改（3 处）" in shown(client, LIST)
    answer = client.post(f"{LIST}mends/", follow=True)
    draft = Draft.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:editions_edition_draft", args=[draft.pk])
    assert draft.kind == "correction"
    assert sorted(code for _, code in draft.picks) == ["JG-08", "ZZ-03", "ZZ-05"]
    assert draft.reasons["supervision JG-08"] == "改正打错的字。"  # in their words: it is published
    clause = Clause.objects.get(chapter__regime__code="JG-08", anchor="c2-8")
    assert clause.marker == "（八）"
    assert clause.text.endswith("等情况；")
    record = clause.history.latest()
    assert (record.history_user_name, record.history_change_reason) == ("王芳", "体检更正：改正打错的字")
    assert not Mend.objects.exists()
    page = answer.content.decode()
    assert all(f'value="{key}" checked' in page for key in ("supervision JG-08", "duties ZZ-03", "duties ZZ-05"))
    submit = shown(client, reverse("admin:editions_edition_submit", args=[draft.pk]))
    token = re.search(r'name="shown" value="(\w+)"', submit).group(1)
    client.post(
        reverse("admin:editions_edition_submit", args=[draft.pk]), {"shown": token, "word": "其余以后再改"}, follow=True
    )
    edition = Edition.objects.get(state="submitted")
    kept = [row for row in edition.checkup_result.findings if row["code"] in ("JG-08", "ZZ-03", "ZZ-05")]
    assert kept
    assert not {"doubled-mark", "cut-word", "office-twice"} & {row["rule"] for row in kept}


def test_where_the_item_holds_other_unpublished_changes_nothing_is_drafted_and_they_are_named(client: Client) -> None:
    slip = finding("cut-word", "ZZ-03")
    mend(client, slip, f"负{slip.line}")
    WorkItem.objects.get(code="ZZ-03-05").put(reason="改股室", offices="稽查股")
    before = compose().content_digest()
    answer = client.post(f"{LIST}mends/", follow=True).content.decode()
    assert "ZZ-03 还有没公布的其他修改（ZZ-03-05 责任股室）" in answer
    assert (Draft.objects.count(), Mend.objects.count(), compose().content_digest()) == (0, 1, before)
    WorkItem.objects.get(code="ZZ-03-05").put(reason="改回", offices="质量监督股")
    Service.objects.get(code="FW-09").put(reason="别处的改动不碍事", phones="0316-5255905")
    client.post(f"{LIST}mends/", follow=True)
    assert Draft.objects.get().picks == [["duties", "ZZ-03"]]


def test_a_mend_that_is_more_than_a_slip_is_drafted_as_an_adjustment(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    mend(client, slip, slip.line.replace("；、", "的，处一千元罚款；"))
    assert "起草了调整" in client.post(f"{LIST}mends/", follow=True).content.decode()
    assert Draft.objects.get().kind == "adjustment"


def test_a_mend_that_is_dropped_leaves_no_trace(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    mend(client, slip, slip.line.replace("；、", "；"))
    client.post(f"{LIST}mends/{Mend.objects.get().pk}/drop/")
    assert not Mend.objects.exists()
    assert "没有拟改" in client.post(f"{LIST}mends/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "这个字段是必填项"),
        ("a\nb", "不能分段"),
        (None, "一样，没有改"),
        ("（九）是否存在", "已经改过，或者不能在这里改"),
    ],
)
def test_a_mend_that_cannot_be_is_refused(client: Client, new: str | None, said: str) -> None:
    slip = finding("doubled-mark", "JG-08")
    page = mend(client, slip, slip.line if new is None else new)
    assert said in page
    assert not Mend.objects.exists()


def test_a_mend_that_breaks_what_hangs_on_the_words_says_so(client: Client) -> None:
    slip = finding("date-comma", "FW-01")
    assert "不在本事项印出的文字里" in mend(client, slip, slip.line.replace("3、15", "3·15"))


def test_where_the_row_was_changed_meanwhile_nothing_is_written(client: Client) -> None:
    slips = [finding("doubled-mark", "JG-08"), finding("no-phone", "FW-05")]
    mend(client, slips[0], slips[0].line.replace("；、", "；"))
    clause = Clause.objects.get(chapter__regime__code="JG-08", anchor="c2-8")
    clause.put(reason="改字", text="是否存在许可证件转让情况；")
    assert (
        "JG-08 还有没公布的其他修改（二、监督检查内容 （八））"
        in client.post(f"{LIST}mends/", follow=True).content.decode()
    )
    assert Mend.objects.count() == 1
    assert not Draft.objects.exists()


def test_what_others_are_writing_is_waited_for_and_not_written_over(client: Client, monkeypatch: Any) -> None:
    slip = finding("doubled-mark", "JG-08")
    mend(client, slip, slip.line.replace("；、", "；"))
    held: list[str] = []

    def read() -> Register:
        other = connection.copy()
        with pytest.raises(OperationalError, match="lock"), other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM supervision_clause WHERE anchor = 'c2-6' FOR NO KEY UPDATE NOWAIT")
        other.close()
        held.append("c2-6")
        return compose()

    monkeypatch.setattr(mending, "compose", read)
    client.post(f"{LIST}mends/", follow=True)
    assert held
    assert Draft.objects.exists()


def test_what_was_accepted_comes_back_when_the_rule_says_something_else_of_it(client: Client) -> None:
    cover = finding("declared-count", "cover")
    rule_on(client, cover, "accepted")
    Service.objects.get(code="FW-10").put(reason="取消", retired_on=timezone.localdate())
    judged = next(j for j in found().found if (j.finding.rule, j.finding.text) == (cover.rule, cover.text))
    assert "实有 37 项" in judged.finding.sentence
    assert judged.is_open


def test_two_findings_on_the_same_words_are_decided_each_by_itself(client: Client) -> None:
    given = {"code": "FW-06", "text": "研究建立社会公用计量标准"}
    reviewer = make_hands().reviewer
    client.post(f"{LIST}add/", {**given, "sentence": "应移到职责里。"})
    OwnFinding.objects.get().second(by=reviewer, agrees=True)
    rule_on(client, finding("by-hand", "FW-06"), "accepted")
    client.post(f"{LIST}add/", {**given, "sentence": "写得太笼统。"})
    OwnFinding.objects.waiting().get().second(by=reviewer, agrees=True)
    both = [j for j in found().found if j.finding.rule == "by-hand"]
    assert sorted((j.finding.sentence, j.is_open) for j in both) == [("写得太笼统。", True), ("应移到职责里。", False)]


def test_what_the_staff_find_themselves_is_listed_until_the_text_changes(client: Client) -> None:
    given = {"code": "fw-06", "text": "研究建立社会公用计量标准", "sentence": "建立标准不是服务，应移到职责里。"}
    client.post(f"{LIST}add/", given, follow=True)
    assert OwnFinding.objects.get().by_name == "王芳"
    agree(OwnFinding.objects.get())
    assert "建立标准不是服务" in shown(client, LIST)
    assert finding("by-hand", "FW-06").spot.named == "FW-06"
    Service.objects.get(code="FW-06").put(reason="改", content="为社会提供量值传递服务")
    assert "建立标准不是服务" not in shown(client, LIST)


def test_words_that_are_not_there_cannot_be_found(client: Client) -> None:
    page = client.post(f"{LIST}add/", {"code": "FW-06", "text": "没有的话", "sentence": "不对。"}).content.decode()
    assert "FW-06 的工作数据里没有“没有的话”这几个字" in page
    assert not OwnFinding.objects.exists()


def test_words_that_stand_in_several_rows_are_found_by_the_number_of_the_row(client: Client) -> None:
    given = {"code": "ZZ-05", "text": "计量标准", "sentence": "不对。"}
    assert "ZZ-05 里不止一处有“计量标准”" in client.post(f"{LIST}add/", given).content.decode()
    assert not OwnFinding.objects.exists()
    client.post(f"{LIST}add/", given | {"code": "zz-05-05"})
    assert OwnFinding.objects.get().anchor == "zz-05-05"


def test_warnings_need_a_word_and_the_word_is_kept(db: None) -> None:
    hands = make_hands()
    with pytest.raises(Incomplete, match="条提醒没有处理"):
        make_submitted(hands, checkup_word=" ")
    edition = make_submitted(hands)
    page = shown(signed_in(hands.reviewer), f"/admin/editions/edition/{edition.pk}/change/")
    assert "原清单的文字，另行更正。" in page
    assert f"{LIST}of/{edition.pk}/" in page
    kept = shown(signed_in(hands.reviewer), f"{LIST}of/{edition.pk}/")
    assert "<mark>；、</mark>" in kept
    found_then = check_up(edition.register(), edition.effective_on, as_edition=True).found
    assert len(edition.checkup_result.findings) == len(found_then)


def test_what_was_ruled_on_needs_no_word(db: None) -> None:
    hands = make_hands()
    change_a_phone()
    for judged in check_up(compose(), timezone.localdate(), as_edition=True).warnings:
        Ruling.on(judged.finding, "accepted", by=hands.reviewer, reason="原件如此")
    edition = make_submitted(hands, checkup_word="")
    warnings = [row for row in edition.checkup_result.findings if row["level"] == "warning"]
    assert {(row["ruling"], row["reason"]) for row in warnings} == {("accepted", "原件如此")}


def test_an_error_blocks(db: None) -> None:
    hands = make_hands()
    Service.objects.get(code="FW-05").put(reason="误", serial="4")
    with pytest.raises(Incomplete, match=r"体检有错误，不能送审：FW-0[45]，序号“4”在这一部分给了 2 项。"):
        make_submitted(hands, ("services", "FW-05"))
    assert Edition.objects.count() == 1


def test_compiling_shows_what_is_new(client: Client) -> None:
    Service.objects.get(code="FW-04").put(reason="改", content="宣传计量知识，，开展活动")
    draft = Draft.objects.create(
        by_id=client.session["_auth_user_id"],
        label="2030-01",
        kind="correction",
        effective_on=timezone.localdate(),
        change_note="改",
        picks=[["services", "FW-04"]],
    )
    page = shown(client, reverse("admin:editions_edition_draft", args=[draft.pk]))
    assert "其中 1 条是 2017-12 版没有的" in page
    assert "<mark>，，</mark>" in page
    assert "“，，”是两个标点连在一起" in shown(client, "/admin/")


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_sees_the_check_up_and_who_decides(db: None, role: str) -> None:
    slip, client = finding("doubled-mark", "JG-08"), signed_in(make_account("someone", role, "某", "人"))
    sees = "view" in roles.ROLES[role].get(roles.EDITIONS, ())
    acts = roles.ROLES[role].get(roles.ACTS, ())
    decides, mends = "compile" in acts or "review" in acts, "compile" in acts
    assert client.get(LIST).status_code == (200 if sees else 403)
    assert client.get(url(slip)).status_code == (200 if sees else 403)
    adds = decides or role == roles.CHIEF
    assert client.get(f"{LIST}add/").status_code == (200 if adds else 403)
    assert ("记一条人工发现" in shown(client, LIST)) == adds
    assert client.post(f"{url(slip)}rule/", {"verdict": "accepted", "reason": "x"}).status_code == (
        302 if decides else 403
    )
    other = finding("unbalanced", "BJ-01")
    assert client.post(f"{url(other)}mend/", {"new": f"{other.line}》", "reason": "补书名号"}).status_code == (
        302 if mends else 403
    )
    assert client.post(f"{LIST}mends/").status_code == (302 if mends else 403)


def test_strangers_see_nothing_of_it(citizen: Client) -> None:
    assert citizen.get(LIST).status_code == 302


def test_what_was_accepted_stays_so_when_the_rule_words_its_sentence_otherwise(db: None, monkeypatch: Any) -> None:
    hands = make_hands()
    every = [judged.finding for judged in found().found if judged.finding.level != "error"]
    first = {finding.words: finding for finding in reversed(every)}
    for finding in first.values():
        Ruling.on(finding, "accepted", by=hands.reviewer, reason="原件如此")
    for each in rules():
        monkeypatch.setattr(each, "says", f"请核对：{each.says}")
    checking._found.cache_clear()
    reworded = {judged.finding.key: judged for judged in found().found}
    assert all(judged.finding.sentence.startswith("请核对：") for judged in reworded.values())
    assert [finding for finding in first.values() if reworded[finding.key].is_open] == []
    checking._found.cache_clear()


# The bench


def keys_on(client: Client, path: str) -> list[str]:
    return re.findall(r'name="key" value="([0-9a-f]+)"', shown(client, path))


def test_the_bench_is_narrowed_down_by_rule_item_office_level_and_state(client: Client) -> None:
    everything = keys_on(client, LIST)
    assert len(everything) == len([j for j in found().found if j.is_open and j.finding.level != "error"])
    by_rule = {j.finding.key for j in found().found if j.finding.rule == "spaced"}
    assert set(keys_on(client, f"{LIST}?rule=spaced")) == by_rule
    by_item = {j.finding.key for j in found().found if j.finding.spot.code == "JG-08"}
    assert set(keys_on(client, f"{LIST}?part=supervision-JG-08")) == by_item
    by_level = {j.finding.key for j in found().found if j.finding.level == "information"}
    assert set(keys_on(client, f"{LIST}?level=information")) == by_level
    of_an_office = keys_on(client, f"{LIST}?office=GS-06")
    assert set() < set(of_an_office) < set(everything)
    assert keys_on(client, f"{LIST}?office=GS-06&rule=spaced") == [k for k in of_an_office if k in by_rule]
    assert "没有要处理的" in shown(client, f"{LIST}?state=settled")
    assert keys_on(client, f"{LIST}?rule=nonsense") == everything


def test_one_goes_on_to_the_next_without_returning_to_the_list(client: Client) -> None:
    first, second, third = keys_on(client, f"{LIST}?rule=spaced")[:3]
    page = shown(client, f"{LIST}{second}/?rule=spaced")
    assert f'href="{LIST}{first}/?rule=spaced" rel="prev"' in page
    assert f'href="{LIST}{third}/?rule=spaced" rel="next"' in page
    assert f'href="{LIST}?rule=spaced#f-{second[:12]}"' in page
    given = {"verdict": "accepted", "reason": "原件如此"}
    answer = client.post(f"{LIST}{second}/rule/?rule=spaced", given)
    assert answer.headers["Location"] == f"{LIST}{third}/?rule=spaced"
    assert f'href="{LIST}{first}/?rule=spaced" rel="prev"' in shown(client, answer.headers["Location"])
    last = keys_on(client, f"{LIST}?rule=spaced")[-1]
    answer = client.post(f"{LIST}{last}/rule/?rule=spaced", given)
    assert answer.headers["Location"] == f"{LIST}?rule=spaced"


def test_many_are_handled_at_once_for_one_reason(client: Client) -> None:
    first, second, *others = keys_on(client, f"{LIST}?rule=spaced")
    given = {"verdict": "accepted", "reason": "原件如此", "which": "chosen"}
    page = client.post(f"{LIST}many/?rule=spaced", given)
    assert "没有勾选" in page.content.decode()
    page = client.post(f"{LIST}many/?rule=spaced", given | {"reason": "", "key": [first]})
    assert re.search(rf'value="{first}"\s+checked', page.content.decode())
    assert not Ruling.objects.exists()
    page = client.post(f"{LIST}many/?rule=spaced", given | {"key": [first, second]}, follow=True)
    assert "已记下 2 条“认可”。" in page.content.decode()
    assert keys_on(client, f"{LIST}?rule=spaced") == others
    client.post(f"{LIST}many/?rule=spaced", given | {"which": "narrowed", "shown": ",".join(others)})
    assert keys_on(client, f"{LIST}?rule=spaced") == []
    assert {ruling.rule for ruling in Ruling.objects.all()} == {"spaced"}


def shown_keys(client: Client, query: str) -> str:
    """What the form for many says that it shows."""
    match = re.search(r'name="shown" value="([^"]*)"', shown(client, f"{LIST}{query}"))
    assert match
    return match[1]


def test_nobody_decides_of_what_was_not_on_the_page(client: Client) -> None:
    """A colleague mended the only one that was narrowed down, or another came meanwhile: neither the whole bench nor
    the newcomer is settled with it."""
    given = {"verdict": "accepted", "reason": "原件如此", "which": "narrowed"}
    before = shown_keys(client, "?rule=doubled-mark")
    slip = finding("doubled-mark", "JG-08")
    clause = Clause.objects.get(chapter__regime__code="JG-08", text__contains=slip.text)
    clause.put(reason="改正标点", text=clause.text.replace(slip.text, slip.text[0]))
    page = client.post(f"{LIST}many/?rule=doubled-mark", given | {"shown": before})
    assert "请看过现在的列表再选" in page.content.decode()
    assert not Ruling.objects.exists()
    before = shown_keys(client, "?rule=spaced")
    duty = Duty.objects.get(code="ZZ-02")
    duty.put(reason="补充", text=f"{duty.text}并 收费。")
    client.post(f"{LIST}many/?rule=spaced", given | {"shown": before})
    assert {ruling.key for ruling in Ruling.objects.all()} == set(before.split(","))
    assert len(keys_on(client, f"{LIST}?rule=spaced")) == 1


def test_rows_that_claim_one_place_are_named_with_a_way_to_them(client: Client) -> None:
    assert "排列顺序相同" not in shown(client, LIST)
    WorkItem.objects.get(code="ZZ-02-03").put(reason="移动", position=1)
    Service.objects.get(code="FW-05").put(reason="移动", position=4)
    clause = Clause.objects.get(chapter__regime__code="JG-08", anchor="c5-3")
    clause.put(reason="移动", position=Clause.objects.get(chapter=clause.chapter, anchor="c5-2").position)
    page = shown(client, LIST)
    assert "排列顺序相同（3 处）" in page
    for said, where in (
        ("ZZ-02 的 ZZ-02-01、ZZ-02-03：排列顺序都是 1", ("duties", "ZZ-02")),
        ("FW-04、FW-05：排列顺序都是 4", ("services", "FW-04")),
        ("JG-08 的 c5-2、c5-3：排列顺序都是", ("supervision", "JG-08")),
    ):
        assert said in page
        assert reverse("admin:editions_edition_row", args=where) in page
    duty = Duty.objects.get(code="ZZ-02")
    duty.work_items.get(code="ZZ-02-03").put(reason="不办了", retired_on=timezone.localdate())
    assert "排列顺序相同（2 处）" in shown(client, LIST)


def test_what_is_to_be_mended_is_counted_apart(client: Client) -> None:
    slip = finding("doubled-mark", "JG-08")
    before = len(keys_on(client, LIST))
    mend(client, slip, slip.line.replace(slip.text, slip.text[0]))
    assert Mend.objects.count() == 1
    here = len([j for j in found().found if j.finding.line == slip.line])
    page = shown(client, LIST)
    assert re.search(rf"待处理 {before - here} 条", page)
    assert re.search(rf"已拟改 {here} 条", page)
    assert slip.key in keys_on(client, f"{LIST}?state=mended")


def test_the_finding_leads_to_the_box_that_it_is_about(client: Client) -> None:
    slip = next(j.finding for j in found().found if j.finding.spot.anchor.startswith("zz-0"))
    row = WorkItem.objects.get(code=slip.spot.anchor.upper())
    number = list(row.duty.work_items.all()).index(row)
    link = re.search(r'href="([^"]*/row/[^"]+)"', shown(client, url(slip)))[1].replace("&amp;", "&")
    assert client.get(link).headers["Location"].endswith((f"#id_work_items-{number}-text", "#id_text"))
    Service.objects.get(code="FW-02").put(reason="改", phones="")
    empty = finding("no-phone", "FW-02")
    page = shown(client, url(empty))
    link = re.search(r'href="([^"]*/row/[^"]+)"', page)[1].replace("&amp;", "&")
    assert client.get(link).headers["Location"].endswith("#id_phones")
    assert "记下拟改" not in page


def test_nobody_rewrites_what_was_decided_or_found(db: None) -> None:
    hands = make_hands()
    edition = make_submitted(hands)
    Ruling.on(found().found[0].finding, "accepted", by=hands.reviewer, reason="可")
    for table in ("editions_ruling", "editions_checkupresult"):
        for statement in (f"UPDATE {table} SET id = 0", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match=r"permission denied|不能更改"), transaction.atomic():
                connection.cursor().execute(statement)
    late = Edition.objects.exclude(pk=edition.pk).get()
    with pytest.raises(DatabaseError, match="冻结以后"), transaction.atomic():
        CheckUpResult.objects.create(edition=late)


def test_a_cover_that_is_put_right_is_no_finding_any_more(db: None) -> None:
    Cover.objects.get().put(reason="改", declared=38, total_line="（共38项）")
    assert not [j for j in found().found if j.finding.text == "（共40项）"]
