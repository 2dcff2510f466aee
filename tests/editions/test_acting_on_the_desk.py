"""孙丽 and 周正 act on the desk: what waits for them, one confirm page for each act, all of it on record."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import Account
from editions.life.edition import Edition
from editions.life.steps import STEPS
from editions.life.timeline import Remark
from tests.acting import (
    PDF,
    Hands,
    approve,
    change_a_phone,
    make_at,
    make_hands,
    make_issued,
    make_reply,
    make_submitted,
)
from tests.conftest import make_account, make_root, signed_in

PASSWORD = "zhouzheng-2026-list"


@pytest.fixture
def hands(db: None) -> Hands:
    made = make_hands()
    made.director.set_password(PASSWORD)
    made.director.save()
    return made


def do(account: Any, edition: Edition, verb: str, **data: Any) -> str:
    url = reverse("admin:editions_edition_act", args=[edition.pk, verb])
    return signed_in(account).post(url, data, follow=True).content.decode()


def confirm(account: Any, edition: Edition, **data: Any) -> str:
    """What the browser sends when the number is typed from the letter."""
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reply_confirmed"])
    page = signed_in(account).get(url).content.decode()
    seen = re.search(r'name="seen" value="(\w*)"', page)
    edition.refresh_from_db()
    given = {"number": edition.approval_number, "seen": seen.group(1) if seen else ""}
    return do(account, edition, "reply_confirmed", **{**given, **data})


def looked(account: Any, edition: Edition) -> str:
    return signed_in(account).get(reverse("admin:editions_edition_change", args=[edition.pk])).content.decode()


def offered(page: str) -> list[str]:
    return re.findall(r'class="act-(\w+)"', page.split('<ul class="view-links">')[0])


def desk(account: Any) -> str:
    return signed_in(account).get(reverse("admin:index")).content.decode()


def test_an_edition_goes_its_whole_way_on_the_desk(hands: Hands) -> None:
    edition = make_submitted(hands)
    assert "等法规审核" in desk(hands.reviewer).split("改了还没有公布的")[0]
    assert "王芳" in desk(hands.reviewer).split("改了还没有公布的")[0]  # who submitted it
    assert "<ins>" in looked(hands.reviewer, edition)
    assert "审核通过已办。等局领导签报。" in do(hands.reviewer, edition, "reviewed", reason="合法")
    assert "签报已办。等县里批复" in do(hands.director, edition, "signed")
    reply = {"authority": "文安县机构编制委员会", "number": "文编〔2026〕3号", "date": f"{timezone.localdate()}"}
    file = SimpleUploadedFile("批复.pdf", PDF, "application/pdf")
    assert "登记批复已办。" in do(hands.clerk, edition, "reply_recorded", file=file, **reply)
    assert "核对批复已办。县里已批复，等局领导公布。" in confirm(hands.reviewer, edition)
    day = {"effective_on": f"{timezone.localdate()}"}
    assert "密码不对，没有办" in do(hands.director, edition, "issued", password="wrong", **day)
    assert "公布已办。" in do(hands.director, edition, "issued", password=PASSWORD, **day)
    edition.refresh_from_db()
    assert edition.is_published
    page = looked(hands.editor, edition)
    for said in ("送审", "审核通过", "合法", "签报", "登记批复", "核对批复", "公布", "王芳", "孙丽", "何文", "周正"):
        assert said in page.split('id="timeline"')[1]
    assert "文编〔2026〕3号" in page


def test_the_reviewer_returns_it_with_remarks_on_items_and_the_editor_reads_them(hands: Hands) -> None:
    edition = make_submitted(hands)
    form = signed_in(hands.reviewer).get(reverse("admin:editions_edition_act", args=[edition.pk, "returned"]))
    assert "对 FW-05 的意见" in form.content.decode()
    said = do(hands.reviewer, edition, "returned", reason="电话有误", **{"remark-services-FW-05": "少一位"})
    assert "退回已办" in said
    page = desk(hands.editor)
    assert "被退回：电话有误" in page
    assert f"?again={edition.pk}" in page
    assert "少一位" in looked(hands.editor, edition)
    assert "被退回" not in desk(hands.clerk)
    make_submitted(hands, ("services", "FW-05"))
    assert "被退回" not in desk(hands.editor)


def test_of_two_that_came_back_the_one_that_is_not_submitted_anew_still_waits(hands: Hands) -> None:
    first = make_submitted(hands, label="2030-01")
    second = make_submitted(hands, change_a_phone("0316-5255999"), label="2030-02")
    for edition in (first, second):
        edition.send_back(by=hands.reviewer, reason="电话有误")
    assert came_back(hands) == ["2030-01", "2030-02"]
    make_submitted(hands, label="2030-02")
    assert came_back(hands) == ["2030-01"]
    make_submitted(hands, label="2030-03")
    assert came_back(hands) == []


def came_back(hands: Hands) -> list[str]:
    desk = signed_in(hands.editor).get("/admin/").content.decode()
    return re.findall(r"<strong>([0-9-]+) 版</strong></a> 被退回", desk)


@pytest.mark.parametrize("verb", ["returned", "withdrawn"])
def test_a_reason_is_asked_for(hands: Hands, verb: str) -> None:
    edition = make_submitted(hands)
    by = hands.reviewer if verb == "returned" else hands.editor
    assert "必填" in do(by, edition, verb, reason="  ")
    edition.refresh_from_db()
    assert edition.state == "submitted"


def test_the_countys_remarks_are_entered_and_answered_item_by_item(hands: Hands) -> None:
    edition = make_at("signed", hands)
    do(hands.clerk, edition, "relayed", item="services FW-05", text="请核实电话")
    do(hands.clerk, edition, "relayed", text="请说明理由")
    page = looked(hands.clerk, edition)
    assert page.count("还没有答复。") == 2
    first = edition.remarks.get(code="FW-05")
    do(hands.clerk, edition, "answered", remark=first.pk, text="已核实")
    page = looked(hands.clerk, edition)
    assert "已核实" in page
    assert page.count("还没有答复。") == 1
    approve(edition, hands)
    form = signed_in(hands.director).get(reverse("admin:editions_edition_act", args=[edition.pk, "issued"]))
    assert "有一条意见还没有答复：整个版本：请说明理由。" in form.content.decode()
    foreign = Remark.objects.exclude(pk=first.pk).get()
    other = make_submitted(hands, change_a_phone("0316-5250001"), label="2030-01")
    assert "选择一个有效的选项" in do(hands.clerk, other, "answered", remark=foreign.pk, text="x")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("批复.pdf", b"MZ\x90\x00 not a letter", "不是完整的 PDF"),
        ("批复.pdf", b"%PDF-1.7 cut off", "不是完整的 PDF"),
        ("批复.pdf", b"", "空"),
        ("批复.pdf", b"%PDF-1.7" + b"0" * (10 * 1024 * 1024) + b"%%EOF", "最大 10 MB"),
    ],
)
def test_a_file_that_is_no_letter_is_refused(hands: Hands, name: str, content: bytes, said: str) -> None:
    edition = make_at("signed", hands)
    data = {"authority": "甲", "number": "1", "date": "2026-01-01", "file": SimpleUploadedFile(name, content)}
    assert said in do(hands.clerk, edition, "reply_recorded", **data)
    assert not edition.replies.exists()


def test_the_letter_is_a_file_to_save(hands: Hands) -> None:
    edition = make_at("signed", hands)
    approve(edition, hands)
    url = reverse("admin:editions_edition_reply", args=[edition.pk, edition.replies.get().pk])
    response = signed_in(hands.director).get(url)
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert signed_in(make_account("zhaomin", "系统管理", "赵", "敏")).get(url).status_code == 403


OFFERED = {
    ("submitted", "editor"): ["withdrawn"],
    ("submitted", "clerk"): [],
    ("submitted", "reviewer"): ["reviewed", "returned", "remarked"],
    ("submitted", "director"): [],
    ("reviewed", "editor"): ["withdrawn"],
    ("reviewed", "reviewer"): ["returned", "remarked"],
    ("reviewed", "director"): ["returned", "signed"],
    ("signed", "editor"): ["relayed", "reply_recorded"],
    ("signed", "clerk"): ["relayed", "reply_recorded"],
    ("signed", "reviewer"): ["remarked", "relayed", "reply_recorded"],
    ("signed", "director"): ["returned"],
    ("returned", "editor"): [],
    ("issued", "director"): ["revoked"],
    ("issued", "reviewer"): [],
    ("transcribed", "director"): ["revoked"],
}


@pytest.mark.parametrize("state", sorted({state for state, _ in OFFERED}))
def test_each_is_offered_what_can_be_done(hands: Hands, state: str) -> None:
    edition = make_at(state, hands)
    for (wanted, who), verbs in OFFERED.items():
        if wanted == state:
            assert offered(looked(getattr(hands, who), edition)) == verbs, who


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("verb", [step.verb for step in STEPS if step.begins])
def test_pages_of_acts_open_for_their_roles_alone(hands: Hands, role: str, verb: str) -> None:
    begins = {
        "reviewed": "submitted", "returned": "reviewed", "withdrawn": "submitted", "signed": "reviewed",
        "remarked": "submitted", "relayed": "signed", "answered": "submitted", "reply_recorded": "signed",
        "reply_confirmed": "signed", "issued": "reviewed", "revoked": "transcribed",
    }  # fmt: skip
    wanted = {
        "reviewed": {"review"}, "returned": {"review", "sign"}, "withdrawn": {"compile"}, "signed": {"sign"},
        "remarked": {"review"}, "relayed": {"reply"}, "answered": {"reply"}, "reply_recorded": {"reply"},
        "reply_confirmed": {"reply"}, "issued": {"sign"}, "revoked": {"sign"},
    }  # fmt: skip
    edition = make_at(begins[verb], hands)
    client = signed_in(make_account("someone", role, "某", "人"))
    url = reverse("admin:editions_edition_act", args=[edition.pk, verb])
    may = bool(wanted[verb] & set(roles.ROLES[role].get(roles.ACTS, ())))
    assert client.get(url).status_code == (200 if may else 403)
    assert client.post(url, {}).status_code in ((200, 302) if may else (403,))
    assert Client().post(url).status_code == 302
    edition.refresh_from_db()
    needs_no_word = may and verb in ("reviewed", "signed")
    assert edition.state == (verb if needs_no_word else begins[verb])


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_looks_at_editions_sees_where_each_stands(hands: Hands, role: str) -> None:
    edition = make_submitted(hands)
    client = signed_in(make_account("someone", role, "某", "人"))
    may = "view" in roles.ROLES[role].get(roles.EDITIONS, ())
    assert client.get(reverse("admin:editions_edition_change", args=[edition.pk])).status_code == (200 if may else 403)
    assert (
        "正在办的" in desk(Account.objects.get(username="someone"))
        or "等您办的" in desk(Account.objects.get(username="someone"))
    ) is may


def test_state_is_no_field_of_any_form(hands: Hands) -> None:
    edition = make_submitted(hands)
    signed_in(hands.reviewer).post(
        reverse("admin:editions_edition_change", args=[edition.pk]), {"state": "issued", "_save": "1"}
    )
    do(hands.reviewer, edition, "remarked", text="意见", state="issued")
    edition.refresh_from_db()
    assert edition.state == "submitted"


def test_what_was_done_meanwhile_is_said(hands: Hands) -> None:
    edition = make_submitted(hands)
    edition.withdraw(by=hands.editor, reason="写错了")
    assert "没有办成：2026" in do(hands.reviewer, edition, "reviewed").replace(f"{timezone.localdate():%Y}-", "2026-")
    assert "现在是“撤回”，不能审核通过" in do(hands.reviewer, edition, "reviewed")
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reviewed"])
    assert signed_in(hands.reviewer).get(url).status_code == 302  # no form for what cannot be done


def test_what_was_typed_is_kept_where_an_act_fails(hands: Hands) -> None:
    edition = make_at("signed", hands)
    edition.record_reply(
        make_reply(), by=hands.clerk, authority="县编委", number="文编〔2026〕1号", date=timezone.localdate()
    )
    said = confirm(hands.clerk, edition, reason="我核对过了")
    assert "批复是您登记的，请另一人对照文件核对" in said
    assert "我核对过了" in said


def registered(hands: Hands, number: str = "文编〔2026〕3号", note: str = "") -> Edition:
    edition = make_at("signed", hands)
    reply = {"authority": "文安县机构编制委员会", "number": number, "date": timezone.localdate(), "note": note}
    edition.record_reply(make_reply(), by=hands.clerk, **reply)
    return edition


def test_who_confirms_the_reply_sees_what_was_registered_beside_the_letter(hands: Hands) -> None:
    edition = registered(hands)
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reply_confirmed"])
    client = signed_in(hands.reviewer)
    page = client.get(url).content.decode()
    for said in ("文安县机构编制委员会", "文编〔2026〕3号", f"{timezone.localdate()}", "批复.pdf", "何文"):
        assert said in page
    letter = re.search(r'<a href="([^"]+)">批复.pdf', page).group(1)
    assert client.get(letter).content == PDF


@pytest.mark.parametrize("typed", ["", "文编〔2026〕4号", "文安县人民政府"])
def test_the_number_is_typed_anew_from_the_letter(hands: Hands, typed: str) -> None:
    edition = registered(hands)
    said = confirm(hands.reviewer, edition, number=typed)
    assert ("登记的是“文编〔2026〕3号”，没有核对" if typed else "必填") in said
    edition.refresh_from_db()
    assert not edition.is_approved
    assert "核对批复已办" in confirm(hands.reviewer, edition)


def test_a_letter_that_was_exchanged_after_the_look_is_not_confirmed(hands: Hands) -> None:
    edition = registered(hands)
    other = SimpleUploadedFile("另一份.pdf", PDF.replace(b"1 0", b"2 0"), "application/pdf")
    seen = edition.approval_file
    reply = {"authority": "文安县机构编制委员会", "number": "文编〔2026〕3号", "date": f"{timezone.localdate()}"}
    assert "登记批复已办" in do(hands.clerk, edition, "reply_recorded", file=other, **reply)
    assert "您看过以后批复又重新登记过" in confirm(hands.reviewer, edition, seen=seen)
    edition.refresh_from_db()
    assert not edition.is_approved


@pytest.mark.parametrize("number", ["文安县人民政府", "3号", "文编[2026]3号", "文编〔26〕3号", "文编〔2026〕"])
def test_a_number_without_its_year_needs_a_reason(hands: Hands, number: str) -> None:
    edition = make_at("signed", hands)
    reply = {"authority": "文安县人民政府", "number": number, "date": f"{timezone.localdate()}"}

    def register(**more: str) -> str:
        file = SimpleUploadedFile("批复.pdf", PDF, "application/pdf")
        return do(hands.clerk, edition, "reply_recorded", file=file, **reply, **more)

    assert f"“{number}”不像文号：没有〔年〕" in register()
    assert "登记批复已办" in register(note="县政府常务会议纪要，没有文号")
    url = reverse("admin:editions_edition_act", args=[edition.pk, "reply_confirmed"])
    assert "县政府常务会议纪要，没有文号" in signed_in(hands.reviewer).get(url).content.decode()
    assert "核对批复已办" in confirm(hands.reviewer, edition)
    assert "县政府常务会议纪要，没有文号" in looked(hands.reviewer, edition)


def test_the_database_asks_for_the_reason_too(hands: Hands) -> None:
    edition = make_at("signed", hands)
    with pytest.raises(IntegrityError, match="edition_approval_number_or_why_not"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(approval_number="文安县人民政府")


def test_a_director_revokes_with_reason_and_password(hands: Hands) -> None:
    edition = make_issued(hands)
    do(hands.director, edition, "revoked", reason="县政府撤销批准", password="wrong")
    edition.refresh_from_db()
    assert edition.revoked_on is None
    do(hands.director, edition, "revoked", reason="县政府撤销批准", password=PASSWORD)
    page = looked(hands.editor, edition)
    assert "已废止" in page
    assert "理由：县政府撤销批准" in page
    assert "2017-12 版" in desk(hands.editor).split("等您办的")[0]


def test_the_emergency_account_is_told_so_on_every_page(own_database: Any) -> None:
    own_database()
    client = signed_in(make_root())
    for name in ("admin:index", "admin:duties_duty_changelist", "admin:editions_edition_compile"):
        assert "应急账号" in client.get(reverse(name)).content.decode()
    assert "应急账号" not in desk(make_account("someone", "编辑", "某", "人"))


# The desk


def test_where_nothing_waits_the_desk_says_what_to_do_next(hands: Hands) -> None:
    assert "改了条目以后，在这里编制新版本。" in desk(hands.editor)
    change_a_phone()
    page = desk(hands.editor)
    assert "有 1 处修改还没有公布" in page
    assert "改了还没有公布的（1 处）" in page
    assert "<ins>0316-5255908" in page.replace('<span class="hidden">〔增加：</span>', "")
    assert "没有等您办的事" in desk(hands.reviewer)


def test_a_later_edition_that_is_issued_already_is_named(hands: Hands) -> None:
    import datetime

    day = timezone.localdate() + datetime.timedelta(days=30)
    edition = make_issued(hands, effective_on=day)
    page = desk(hands.editor)
    assert f"{day:%Y-%m-%d} 起施行的" in page
    assert edition.label in page


@pytest.mark.parametrize(("verb", "role"), [(step.verb, role) for step in STEPS for role in step.begins])
def test_every_act_has_a_page_that_says_what_it_does(hands: Hands, verb: str, role: str) -> None:
    step = STEPS[verb]
    edition = make_at(step.begins[role][0], hands)
    who = {"review": hands.reviewer, "sign": hands.director, "compile": hands.editor, "reply": hands.clerk}[role]
    page = signed_in(who).get(reverse("admin:editions_edition_act", args=[edition.pk, verb])).content.decode()
    assert step.does in page
    assert f'value="{step.label}"' in page
