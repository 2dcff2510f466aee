"""A citizen says that something in the list is wrong; 李强's office answers in time, and nothing of her stays longer
than it must."""

import datetime
import functools
import re
from typing import Any
from unittest import mock

import pytest
from django.core import signing
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts import roles
from acts.errors import AlreadyDone, Incomplete, NotYours, WrongState
from editions.checkup.rulings import Mend, OwnFinding
from editions.public import catalogue
from offices.models import Office
from portal.error_reports import sending
from portal.error_reports.models import (
    KEPT_DAYS,
    KEPT_DAYS_AT_MOST,
    ErrorReport,
    ErrorReportWords,
    published_answers,
)
from tests.acting import make_hands, make_issued, on
from tests.conftest import make_account, signed_in
from tests.posting import Form

ABOUT = "/corrections/?about=services/fw-06"
SAID = "电话打不通，换了号码。"
SENT: dict[str, str] = {}


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: Any) -> None:
    """Nobody waits three seconds here; what happens to who is too quick is tried by itself."""
    monkeypatch.setattr(sending, "AT_ONCE", 0)


def filled(client: Client, path: str = ABOUT, **given: str) -> dict[str, str]:
    fields = Form(client.get(path).content.decode()).fields
    return {**fields, "said": SAID, **given}


def send(client: Client, path: str = ABOUT, **given: str) -> Any:
    return client.post(path, filled(client, path, **given))


def reported(client: Client, path: str = ABOUT, **given: str) -> ErrorReport:
    answer = send(client, path, **given)
    assert answer.status_code == 302, re.findall('<div class="wrong".*?</div>', answer.content.decode())
    report: ErrorReport = ErrorReport.objects.with_acts().latest("pk")
    SENT[report.address_digest] = answer["Location"]
    return report


def address_of(report: ErrorReport) -> str:
    """Where whoever sent it last reads the answer: the test remembers what the portal does not."""
    return SENT[report.address_digest]


def fresh(report: ErrorReport) -> ErrorReport:
    return ErrorReport.objects.with_acts().get(pk=report.pk)


def chief_of(name: str) -> Any:
    return make_account("zhang1", roles.CHIEF, "张", "工", office=Office.objects.get(name=name).code)


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# The citizen


def test_every_item_leads_to_the_form_and_the_form_says_what_it_is_about(citizen: Client) -> None:
    assert 'href="/corrections/?about=duties/zz-01">纠错' in read(citizen, "/duties/zz-01/")
    page = read(citizen, "/corrections/?about=duties/zz-01")
    assert "部门职责 ZZ-01：负责拟订提高本辖区质量水平的发展规划及政策措施并组织实施" in page
    assert "20 个工作日内答复" in page
    assert 'href="/corrections/">我要纠错' in read(citizen, "/")


def test_who_sends_it_gets_a_secret_address_and_reads_there_what_becomes_of_it(citizen: Client, wang: Any) -> None:
    answer = send(citizen, contact="13800000000")
    address = answer["Location"]
    page = read(citizen, address)
    assert "您的纠错已收到" in page
    assert SAID in page
    assert "13800000000" not in page  # whoever finds the address does not find her
    assert "个工作日" not in page
    assert "截止" in page
    report = ErrorReport.objects.get()
    report.reply(by=wang, text="已核实，新号码是 0316-5255905。")
    page = read(citizen, address)
    assert "您的纠错已答复" in page
    assert "已核实，新号码是 0316-5255905。" in page
    assert citizen.get(address)["Cache-Control"] == "no-store"
    assert citizen.get(address.replace("of/", "of/0")).status_code == 404


def test_no_cookie_is_set_and_nothing_of_others_is_asked(citizen: Client) -> None:
    assert not citizen.get(ABOUT).cookies
    assert not send(citizen).cookies
    assert not re.findall(r'(?:src|href)="https?://(?!127\.0\.0\.1)', read(citizen, ABOUT))


def test_what_is_wrong_in_an_older_edition_is_reported_of_that_edition(citizen: Client, wang: Any) -> None:
    make_issued(make_hands())
    catalogue.forget()
    assert 'href="/corrections/?about=duties/zz-01">纠错' in read(citizen, "/duties/zz-01/")
    page = read(citizen, "/editions/2017-12/duties/zz-01/")
    assert 'href="/corrections/?about=duties/zz-01&amp;edition=2017-12">纠错' in page
    path = "/corrections/?about=duties/zz-01&edition=2017-12"
    assert "已不是现行版本" in read(citizen, path)
    report = reported(citizen, path)
    assert (report.label, report.code) == ("2017-12", "ZZ-01")
    assert "2017-12 版" in read(signed_in(wang), f"/admin/portal/errorreport/{report.pk}/change/")
    assert citizen.get("/corrections/?about=duties/zz-01&edition=2001-01").status_code == 404


def test_an_old_person_reports_in_large_print(citizen: Client) -> None:
    answer = send(citizen, "/elder/corrections/?about=services/fw-06")
    assert answer["Location"].startswith("/elder/corrections/of/")
    assert 'class="elder"' in read(citizen, answer["Location"])


def test_the_list_as_a_whole_may_be_wrong_too(citizen: Client) -> None:
    report = reported(citizen, "/corrections/")
    assert report.about == "整份清单或者本站"
    assert report.is_with == []
    assert report.is_with_named == "编辑"


@pytest.mark.parametrize("about", ["duties/zz-99", "nothing/zz-01", "zz-01", "x" * 300, "offices/gs-01"])
def test_there_is_no_form_of_what_is_not_listed(citizen: Client, about: str) -> None:
    assert citizen.get("/corrections/", {"about": about}).status_code == 404


def test_what_is_quoted_has_to_stand_there(citizen: Client) -> None:
    answer = send(citizen, quoted="没有这几个字的")
    assert "这一项里没有这几个字" in answer.content.decode()
    assert SAID in answer.content.decode()
    assert not ErrorReport.objects.exists()
    assert reported(citizen, quoted="计量").quoted == "计量"


@pytest.mark.parametrize("said", ["", "错", "长" * 1001, "看不见的\u202e字符在里面"])
def test_what_says_nothing_or_too_much_comes_back(citizen: Client, said: str) -> None:
    answer = send(citizen, said=said)
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()
    assert not ErrorReport.objects.exists()


def test_a_form_sent_twice_is_one_report(citizen: Client) -> None:
    form = filled(citizen)
    first, second = citizen.post(ABOUT, form), citizen.post(ABOUT, form)
    assert first["Location"] == second["Location"]
    assert ErrorReport.objects.count() == 1


def test_a_second_report_from_the_same_page_is_not_lost(citizen: Client) -> None:
    form = filled(citizen)
    citizen.post(ABOUT, form)
    page = citizen.post(ABOUT, {**form, "said": "还有一处也写错了。"}).content.decode()
    assert "作为另一件" in page
    assert citizen.post(ABOUT, Form(page).fields).status_code == 302
    assert {each.said for each in ErrorReportWords.objects.all()} == {SAID, "还有一处也写错了。"}


def test_an_answer_is_read_though_no_list_is_in_force_any_more(citizen: Client, wang: Any) -> None:
    address = send(citizen)["Location"]
    ErrorReport.objects.get().reply(by=wang, text="已改。")
    catalogue.forget()
    with mock.patch.object(catalogue.Catalogue, "in_force", None):
        assert citizen.get("/").status_code == 410
        assert "已改。" in read(citizen, address)
        assert citizen.get("/corrections/").status_code == 200


# Programs


def test_a_program_that_fills_in_everything_is_told_and_nothing_is_kept(citizen: Client) -> None:
    answer = send(citizen, website="http://example.com")
    assert "请清空以后再送" in answer.content.decode()
    assert not ErrorReport.objects.exists()


def test_who_is_quicker_than_people_are_is_asked_to_wait(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    form = filled(citizen)
    assert "送得太快" in citizen.post(ABOUT, form).content.decode()
    later = timezone.now() + datetime.timedelta(seconds=4)
    with mock.patch.object(timezone, "now", return_value=later):
        assert citizen.post(ABOUT, form).status_code == 302


def test_a_page_of_yesterday_comes_back_with_what_was_written(citizen: Client) -> None:
    form = filled(citizen)
    with mock.patch("django.core.signing.time.time", return_value=timezone.now().timestamp() + 25 * 3600):
        page = citizen.post(ABOUT, form).content.decode()
    assert "放得太久" in page
    assert SAID in page
    assert citizen.post(ABOUT, Form(page).fields).status_code == 302


@pytest.mark.parametrize("slip", ["", "x", "of another purpose"])
def test_a_slip_that_is_not_ours_is_none(citizen: Client, slip: str) -> None:
    if slip == "of another purpose":
        slip = signing.dumps({"of": "x", "at": timezone.now().timestamp() - 60}, salt="another")
    answer = send(citizen, slip=slip)
    assert answer.status_code == 200
    assert not ErrorReport.objects.exists()
    renewed = Form(answer.content.decode()).fields
    assert renewed["said"] == SAID
    assert citizen.post(ABOUT, renewed).status_code == 302


def test_an_office_behind_one_address_is_not_shut_out(citizen: Client, monkeypatch: Any) -> None:
    for _ in range(sending.WITHOUT_PROOF):
        reported(citizen)
    page = send(citizen).content.decode()
    assert "请照抄“计量服务”这几个字" in page
    form = Form(page).fields
    assert form["said"] == SAID
    assert "请照抄" in citizen.post(ABOUT, {**form, "proof": "计量"}).content.decode()
    assert citizen.post(ABOUT, {**form, "proof": " 计量服务 "}).status_code == 302
    monkeypatch.setattr(sending, "IN_ALL", sending.WITHOUT_PROOF + 2)  # who failed the proof closes it for nobody
    another = Client(REMOTE_ADDR="192.0.2.7")
    assert send(another).status_code == 302
    monkeypatch.setattr(sending, "AT_ONE_PLACE", 0)
    assert citizen.post(ABOUT, {**form, "proof": "计量服务"}).status_code == 302  # that one had been received
    answer = send(citizen)
    assert answer.status_code == 429
    assert "请过一刻钟再送" in answer.content.decode()
    assert "0316-5255911" in answer.content.decode()
    assert SAID in answer.content.decode()


def test_what_every_keyboard_types_otherwise_is_not_to_be_copied(citizen: Client) -> None:
    about = "/corrections/?about=services/fw-01"  # “3、15”国际消费者权益日…
    for _ in range(sending.WITHOUT_PROOF):
        reported(citizen, about)
    page = send(citizen, about).content.decode()
    assert "请照抄“315国”这几个字" in page
    assert citizen.post(about, {**Form(page).fields, "proof": '"3.15"国'}).status_code == 302


def test_no_address_of_anybody_is_kept(citizen: Client) -> None:
    from accounts.models import Tally

    send(Client(REMOTE_ADDR="192.0.2.7"))
    assert not any("192.0.2.7" in each.key for each in Tally.objects.all())


# The office


def test_it_lies_on_the_desk_of_the_office_that_the_item_makes_responsible(citizen: Client, db: None) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-08", contact="13800000000")
    name = report.is_with_named
    assert name == "特种设备安全股"
    client = signed_in(chief_of(name))
    desk = read(client, "/admin/")
    assert "待答复" in desk
    assert f"/admin/portal/errorreport/{report.pk}/change/" in desk
    assert "等您办 1 件" in desk
    page = read(client, f"/admin/portal/errorreport/{report.pk}/change/")
    assert SAID in page
    assert "13800000000" in page


def test_a_regime_that_names_nobody_is_the_editors(citizen: Client, wang: Any) -> None:
    reported(citizen, "/corrections/?about=boundaries/bj-01")
    assert "等您办 1 件" in read(signed_in(wang), "/admin/")


def test_an_office_in_which_nobody_works_leaves_it_to_the_editors(citizen: Client, wang: Any) -> None:
    reported(citizen, "/corrections/?about=services/fw-08")
    assert "等您办 1 件" in read(signed_in(wang), "/admin/")
    chief_of("特种设备安全股")
    assert "等您办 0 件" in read(signed_in(wang), "/admin/")


def test_another_office_sees_that_there_is_one_and_not_what_it_says(citizen: Client, db: None) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-08", contact="13800000000")
    for account in (chief_of("稽查股"), make_account("auditor1", roles.AUDITOR, "周", "正")):
        client = signed_in(account)
        page = read(client, f"/admin/portal/errorreport/{report.pk}/change/")
        assert "只有承办的人看得到" in page
        assert SAID not in page
        assert "13800000000" not in page
        client.post(f"/admin/portal/errorreport/{report.pk}/answer/", {"text": "不归我管"})
        assert fresh(report).answer is None
    assert (
        signed_in(make_account("keeper1", roles.SYSADMIN, "何", "平"))
        .get(f"/admin/portal/errorreport/{report.pk}/change/")
        .status_code
        == 403
    )


@pytest.mark.parametrize("typed", ["{}", "第 {} 号", "第{}号纠错", "群众纠错第 {} 号"])
def test_a_report_is_found_by_its_number(citizen: Client, wang: Any, typed: str) -> None:
    reported(citizen)
    report = reported(citizen)
    page = read(signed_in(wang), f"/admin/portal/errorreport/?q={typed.format(report.pk)}")
    assert re.findall(r"/admin/portal/errorreport/(\d+)/change/", page.split('id="result_list"')[1]) == [str(report.pk)]


def test_what_came_to_the_wrong_office_is_passed_on(citizen: Client, db: None) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-08")
    chief, other = chief_of("特种设备安全股"), Office.objects.get(name="稽查股")
    with pytest.raises(Incomplete, match="为什么"):
        report.forward(by=chief, to=other, reason=" ")
    with pytest.raises(WrongState, match="还没有能答复的账号"):
        report.forward(by=chief, to=other, reason="电话由稽查股管")
    ban = make_account("ban1", roles.CHIEF, "王", "办", office=other.code)
    fresh(report).forward(by=chief, to=other, reason="电话由稽查股管")
    assert fresh(report).is_with_named == "稽查股"
    with pytest.raises(NotYours):
        fresh(report).reply(by=chief, text="……")
    fresh(report).reply(by=ban, text="已换号码。")
    with pytest.raises(WrongState, match="已经答复"):
        fresh(report).forward(by=chief, to=None, reason="再转")


def test_an_answer_pressed_twice_is_one(citizen: Client, wang: Any) -> None:
    report = reported(citizen)
    report.reply(by=wang, text="已改。")
    with pytest.raises(AlreadyDone):
        fresh(report).reply(by=wang, text="已改。")
    assert fresh(report).acts.count() == 1  # type: ignore[attr-defined]


def test_twenty_working_days_are_counted_and_a_year_that_nobody_knows_is_provisional(citizen: Client) -> None:
    with on(datetime.date(2026, 3, 2)):
        report = reported(citizen)
        assert report.deadline.due == datetime.date(2026, 3, 30)
        assert not report.is_late
    with on(datetime.date(2026, 3, 31)):
        assert fresh(report).is_late
        assert fresh(report).standing == "已过期限"
    with on(datetime.date(2026, 12, 28)):
        assert reported(citizen).deadline.is_provisional
        assert "暂定" in read(citizen, send(citizen)["Location"])


# In public


def test_an_answer_is_public_only_where_she_agreed_and_without_her(citizen: Client, wang: Any) -> None:
    private = reported(citizen, contact="13800000000")
    with pytest.raises(WrongState, match="没有同意公开"):
        private.reply(by=wang, text="已改。", question="电话号码对不对？")
    report = reported(citizen, may_be_public="on", contact="李四 13800000000")
    report.reply(by=wang, text="号码已经换成 0316-5255905。", question="计量服务的电话对不对？")
    private.reply(by=wang, text="只答复本人的话。")
    catalogue.forget()
    page = read(citizen, "/corrections/answers/")
    assert "计量服务的电话对不对？" in page
    assert "号码已经换成 0316-5255905。" in page
    for hidden in (SAID, "13800000000", "李四", "只答复本人的话", wang.get_full_name()):
        assert hidden not in page
    report = fresh(report)
    report.reply(by=wang, text="更正：号码没有换。", question="")
    catalogue.forget()
    assert published_answers() == ()  # the latest answer is to her alone
    assert "还没有公开过答复" in read(citizen, "/corrections/answers/")


@pytest.mark.parametrize("text", ["请打 13800000000 找她。", "李四 13800000000 说得对。", "已回信 li-si@example.com。"])
def test_her_contact_does_not_slip_into_a_public_answer(citizen: Client, wang: Any, text: str) -> None:
    report = reported(citizen, may_be_public="on", contact="李四 13800000000 li-si@example.com")
    with pytest.raises(Incomplete, match="没有公开。请删去再办"):
        report.reply(by=wang, text=text, question="电话对不对？")
    assert report.reply(by=wang, text=text)  # to her alone


@pytest.mark.parametrize(
    ("said", "contact", "answer"),
    [
        ("电话错了，我是张三13911112222", "", "张三：已改。"),
        ("电话错了，我是张三13911112222", "", "已打 139-1111-2222 问过。"),
        ("电话错了，我是张三。", "", "张三反映的已改。"),
        ("电话错了。", "李四 0316-1234567 lisi@example.com", "李四同志：已改。"),
        ("电话错了。", "李四 0316-1234567 lisi@example.com", "已打03161234567问过。"),
        ("电话错了。", "138 0013 8001", "已打13800138001问过。"),
        ("电话错了。", "13800138001", "已打 138 0013 8001 问过。"),
        ("电话错了。", "13800138001", "已打 一三八零零一三八零零一 问过。"),
        ("电话错了。", "李先生，微信 lisi_001", "李先生反映的已改。"),
        ("电话错了。", "李先生，微信 lisi_001", "已在微信 lisi_001 上说过。"),
        ("电话错了，我家住文安镇东关村3号。", "", "文安镇东关村3号的来信已办。"),
        ("电话错了。", "赵六13812345678", "赵六您好。"),
        ("电话错了。", "欧阳明华微信同手机 13812345678", "欧阳明华反映的已改。"),
        ("电话错了。", "zhang_wei@163.com", "已发邮件到 ZHANG_WEI@163.COM。"),
        ("我是文安镇的李建国，电话不对。", "", "李建国反映的已改。"),
        ("电话错了。", "", "请打 13700001111 找办事员。"),
    ],
)
def test_who_wrote_does_not_slip_into_a_public_answer_however_it_is_written(
    citizen: Client, wang: Any, said: str, contact: str, answer: str
) -> None:
    report = reported(citizen, may_be_public="on", said=said, contact=contact)
    with pytest.raises(Incomplete, match="没有公开"):
        report.reply(by=wang, text=answer, question="电话对不对？")
    with pytest.raises(Incomplete, match="没有公开"):
        report.reply(by=wang, text="已改。", question=answer)
    for verb in (report.erase, functools.partial(report.forward, to=None)):
        with pytest.raises(Incomplete, match="请不要写"):
            verb(by=wang, reason=answer)


@pytest.mark.parametrize(
    "answer",
    [
        "号码已经换成 0316-5255999。",
        "计量服务由标准计量股承办，请打0316-5255905。",
        "高压锅不归本局管，文安县的商店归县工商局。",
    ],
)
def test_what_is_nobodys_may_be_said(citizen: Client, wang: Any, answer: str) -> None:
    said = "标准计量股的电话0316-5255905打不通，应当是0316-5255999，高压锅归谁管也没有写，我是张三13911112222"
    report = reported(citizen, may_be_public="on", said=said, contact="13911112222")
    assert report.reply(by=wang, text=answer, question="电话对不对？").question


def test_a_public_answer_is_taken_back_with_the_same_words(citizen: Client, wang: Any) -> None:
    report, client = reported(citizen, may_be_public="on"), signed_in(wang)
    path = f"/admin/portal/errorreport/{report.pk}/change/"
    assert "问题和答复已经公开" in pressed(client, report, "answer", text="已改。", question="电话对不对？")
    page = read(client, path)
    assert re.search(r"已<a [^>]*>公开</a>，问题是“电话对不对？”", page)
    assert '<textarea name="question"' in page
    assert page.count("电话对不对？") == 3  # what is public, the form, the timeline
    assert "不再公开，只有来信人看得到" in pressed(client, report, "answer", question="")
    assert published_answers() == ()
    assert "只答复本人，没有公开" in read(client, path)
    assert "问题和答复已经公开" in pressed(client, report, "answer", question="电话对不对？")
    assert "已经公开" in read(citizen, address_of(report))


def test_what_is_refused_is_still_in_the_boxes(citizen: Client, wang: Any) -> None:
    report, client = reported(citizen, may_be_public="on", contact="李四 13800000000"), signed_in(wang)
    page = pressed(client, report, "answer", text="李四说得对，已改。", question="电话对不对？")
    assert "请删去再办" in page
    assert "李四说得对，已改。</textarea>" in page
    assert "电话对不对？</textarea>" in page
    assert "说明删不掉" in pressed(client, report, "erase", reason="李四要求")
    page = pressed(client, report, "find", wrong="清单没有的字", proposed="别的")
    assert 'value="清单没有的字"' in page
    assert 'value="别的"' in page


def test_nobody_answers_over_an_answer_that_they_have_not_seen(citizen: Client, wang: Any) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-03")
    chief = signed_in(chief_of("标准计量股"))
    path = f"/admin/portal/errorreport/{report.pk}/"
    opened = form_with(read(chief, f"{path}change/"), "answer")
    report.reply(by=wang, text="已改。")
    page = chief.post(f"{path}answer/", {**opened, "text": "不用改。"}, follow=True).content.decode()
    assert f"您打开以后，{wang.get_full_name()}已经答复，请看过再办" in page
    assert "不用改。</textarea>" in page
    assert fresh(report).answer.reason == "已改。"  # type: ignore[union-attr]
    again = form_with(page, "answer")
    assert "来信人现在看得到" in chief.post(f"{path}answer/", again, follow=True).content.decode()


def test_an_answer_is_signed_by_whom_it_was_with(citizen: Client, db: None) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-03")
    editor = make_account("bian1", roles.EDITOR, "边", "辑", office=Office.objects.get(name="质量监督股").code)
    assert "标准计量股（由编辑代办）" in read(citizen, address_of(report))
    report.reply(by=editor, text="已改。")
    assert fresh(report).answered_by == "编辑"
    fresh(report).reply(by=chief_of("标准计量股"), text="已经改好。")
    assert fresh(report).answered_by == "标准计量股"


def test_an_office_that_cannot_mend_is_not_asked_what_it_should_be(citizen: Client, db: None) -> None:
    report = reported(citizen, "/corrections/?about=services/fw-03", quoted="标准化")
    page = read(signed_in(chief_of("标准计量股")), f"/admin/portal/errorreport/{report.pk}/change/")
    assert "登记为人工发现" in page
    assert "应当是" not in page


# What is made of it


def pressed(client: Client, report: ErrorReport, name: str, **written: str) -> str:
    """The page after a press of that button, with the form as it stands there but for what is written."""
    path = f"/admin/portal/errorreport/{report.pk}/"
    fields = form_with(read(client, f"{path}change/"), name) | written
    return str(client.post(f"{path}{name}/", fields, follow=True).content.decode())


def form_with(page: str, name: str) -> dict[str, Any]:
    """What stands in the form that has that button."""
    return Form(page[page.rindex("<form", 0, page.index(f'/{name}/"')) :]).fields


def test_one_press_makes_a_finding_of_it(citizen: Client, wang: Any) -> None:
    report = reported(citizen, quoted="量值传递服务", proposed="计量的服务")
    page = pressed(signed_in(wang), report, "find")
    assert "已登记为人工发现" in page
    found = OwnFinding.objects.get()
    assert (found.code, found.text) == ("FW-06", "量值传递服务")
    for hers in (SAID, "计量的服务"):  # her words can go, a finding stays
        assert hers not in found.sentence
        assert not any(hers in act.reason for act in fresh(report).acts.all())  # type: ignore[attr-defined]
    assert "登记人工发现" in page
    asked = read(signed_in(wang), f"/admin/editions/edition/checkup/second/own_finding/{found.pk}/")
    assert f'<a href="/admin/portal/errorreport/{report.pk}/change/">第 {report.pk} 号纠错</a>' in asked


def test_one_press_makes_a_mend_of_it(citizen: Client, wang: Any) -> None:
    report = reported(citizen, quoted="量值传递服务", proposed="计量的服务")
    assert "已记下拟改" in pressed(signed_in(wang), report, "mend")
    mend = Mend.objects.get()
    assert mend.new == mend.line.replace("量值传递服务", "计量的服务", 1)
    assert "计量的服务" not in fresh(report).acts.get().reason  # type: ignore[attr-defined]
    refused = pressed(signed_in(wang), report, "mend", proposed="另外的写法")
    assert "一段只能有一处" in refused  # two would keep each other, and all others, from being carried out
    assert Mend.objects.get() == mend
    chief = signed_in(chief_of("稽查股"))
    assert chief.post(f"/admin/portal/errorreport/{report.pk}/mend/").status_code == 403


def test_of_a_report_in_plain_words_the_wrong_ones_are_looked_up_by_whoever_reads_it(
    citizen: Client, wang: Any
) -> None:
    report, client = reported(citizen), signed_in(wang)
    assert "必填" in pressed(client, report, "find")
    assert "的工作数据里没有“清单没有的字”这几个字" in pressed(client, report, "find", wrong="清单没有的字")
    assert not OwnFinding.objects.exists()
    assert "已登记为人工发现" in pressed(client, report, "find", wrong="量值传递服务")
    assert OwnFinding.objects.get().text == "量值传递服务"
    assert "请写应当是什么" in pressed(client, report, "mend", wrong="量值传递服务")
    assert "已记下拟改" in pressed(client, report, "mend", wrong="量值传递服务", proposed="计量的服务")
    assert Mend.objects.get().line.replace("量值传递服务", "计量的服务") == Mend.objects.get().new


def test_words_of_several_rows_are_mended_in_the_row_that_is_named(citizen: Client, wang: Any) -> None:
    report = reported(citizen, "/corrections/?about=duties/zz-05", quoted="标准计量股", proposed="计量股")
    client = signed_in(wang)
    assert "不止一处" in pressed(client, report, "mend")
    assert "ZZ-06-01 不是 ZZ-05 的一行" in pressed(client, report, "mend", row="zz-06-01")
    assert "已记下拟改" in pressed(client, report, "mend", row="zz-05-01")
    assert Mend.objects.get().anchor == "zz-05-01"


def test_of_the_portal_as_a_whole_nothing_is_mended(citizen: Client, wang: Any) -> None:
    report = reported(citizen, "/corrections/")
    page = read(signed_in(wang), f"/admin/portal/errorreport/{report.pk}/change/")
    assert "记下拟改" not in page
    assert "登记为人工发现" not in page


def test_words_that_stand_at_several_places_are_told_apart_before_anything_is_made_of_them(
    citizen: Client, wang: Any
) -> None:
    report, client = reported(citizen, quoted="计量", proposed="计量器具"), signed_in(wang)
    for button in ("mend", "find"):
        assert "FW-06 里不止一处有“计量”，请前后多抄几个字" in pressed(client, report, button)
    assert not Mend.objects.exists()
    assert not OwnFinding.objects.exists()
    assert "已记下拟改" in pressed(client, report, "mend", wrong="量值传递服务", proposed="计量的服务")


# What does not stay


def test_what_she_wrote_is_taken_out_by_who_may_and_the_rest_stays(citizen: Client, wang: Any) -> None:
    report = reported(citizen, contact="13800000000")
    address = f"/admin/portal/errorreport/{report.pk}/"
    chief = chief_of(report.is_with_named)
    assert signed_in(chief).post(f"{address}erase/", {"reason": "本人要求"}, follow=True).status_code == 200
    assert ErrorReportWords.objects.exists()
    page = signed_in(wang).post(f"{address}erase/", {"reason": "本人要求"}, follow=True).content.decode()
    assert "找不回来" in page
    assert SAID not in page
    assert not ErrorReportWords.objects.exists()
    assert fresh(report).acts.get().reason == "本人要求"  # type: ignore[attr-defined]
    with pytest.raises(AlreadyDone):
        fresh(report).erase(by=wang, reason="再删")


def test_by_its_term_it_is_gone_at_once_and_taken_out_with_the_next_report(citizen: Client, wang: Any) -> None:
    report = reported(citizen, contact="13800000000")
    never_answered = reported(citizen)
    report.reply(by=wang, text="已改。")
    after = timezone.localdate() + datetime.timedelta(days=KEPT_DAYS + 1)
    with on(after):
        assert fresh(report).kept_words is None
        assert fresh(report).has_words  # until the next report, look at the desk, or backup
        assert fresh(never_answered).kept_words is not None
        assert "13800000000" not in read(signed_in(wang), f"/admin/portal/errorreport/{report.pk}/change/")
        reported(citizen)
    assert not ErrorReportWords.objects.filter(report=report).exists()
    assert ErrorReportWords.objects.filter(report=never_answered).exists()
    with on(timezone.localdate() + datetime.timedelta(days=KEPT_DAYS_AT_MOST + 1)):
        ErrorReportWords.objects.forget_old()
    assert not ErrorReportWords.objects.filter(report=never_answered).exists()


def test_nobody_rewrites_what_was_reported_or_done(citizen: Client, wang: Any) -> None:
    report = reported(citizen)
    act = report.reply(by=wang, text="已改。")
    for change in (
        lambda: ErrorReport.objects.update(code="FW-01"),
        lambda: type(act).objects.update(reason="没有改"),
        lambda: act.delete(),
        lambda: ErrorReportWords.objects.update(said="没有说过"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
