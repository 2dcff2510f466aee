"""孙丽 and 郝明 agree to a text that stands on the page where they agree to it; what was done after they opened it is
told before their button works."""

import re
from html import escape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cases import models
from cases.case import Case
from cases.desk.masking import masked_in
from tests.cases.people import (
    CONCLUSION,
    PASSWORD,
    People,
    conclude,
    file,
    make_case,
    make_committee,
    make_decision,
    make_evidence,
    make_meeting,
    make_people,
    notified,
    otherwise_agreed,
    qualify,
)
from tests.conftest import signed_in


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    """It waits for the audit."""
    qualify(people.auditor)
    return conclude(file(make_case(people), people), people)


def page_of(client: Client, case: Case, verb: str) -> tuple[str, dict[str, Any]]:
    """The page of an act, and what its form brings along unseen."""
    said = client.get(f"/admin/cases/case/{case.pk}/do/{verb}/").content.decode()
    seen = re.search(r'name="seen" value="([\d-]+)"', said)
    assert seen
    return said, {"seen": seen[1]}


def press(client: Client, case: Case, verb: str, **data: Any) -> str:
    return str(client.post(f"/admin/cases/case/{case.pk}/do/{verb}/", data, follow=True).content.decode())


def put_right(client: Client, case: Case, **values: str) -> str:
    """What is known of the party, on its page."""
    path = f"/admin/cases/case/{case.pk}/party/change/"
    form = client.get(path).context["form"]
    data = {each.html_name: str(each.value() or "") for each in form} | values
    return str(client.post(path, data, follow=True).content.decode())


def decision_proposed(people: People) -> Case:
    case = notified(make_case(people), people)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(make_decision(case, reasons="首次，及时改正，没有后果。"), by=people.officer)
    return case


def test_what_is_audited_stands_on_the_page(people: People, case: Case) -> None:
    said, _ = page_of(signed_in(people.auditor), case, "audited")
    for part in (CONCLUSION["facts"], CONCLUSION["article"], "给予行政处罚：罚款 500.00 元", "0.00 元至 1000.00 元"):
        assert part in said, part


def test_evidence_that_comes_meanwhile_is_seen_before_the_audit_passes(people: People, case: Case) -> None:
    client = signed_in(people.auditor)
    _, seen = page_of(client, case, "audited")
    case.keep_evidence(make_evidence(people), by=people.officer)
    said = press(client, case, "audited", reason="事实清楚", **seen)
    assert "您打开这一页以后，高远 存入证据。请看过以后再办。" in said
    assert "事实清楚" in said
    assert Case.objects.get(pk=case.pk).get_state_display() == "待审核"
    again = re.search(r'name="seen" value="([\d-]+)"', said)
    assert again
    assert "审核通过已办" in press(client, case, "audited", reason="事实清楚", seen=again[1])


def test_a_text_that_was_written_anew_is_not_approved_from_an_old_page(people: People) -> None:
    case = decision_proposed(people)
    case.review_decision(by=people.auditor)
    client = signed_in(people.head)
    said, seen = page_of(client, case, "decided")
    assert "首次，及时改正，没有后果。" in said
    case.return_decision(by=people.director, reason="理由太短")
    case.propose_decision(make_decision(case, reasons="另一个理由。"), by=people.officer)
    case.review_decision(by=people.auditor)
    assert "您打开这一页以后，周正 退回决定书" in press(client, case, "decided", reason="", **seen)
    said, seen = page_of(client, case, "decided")
    assert "另一个理由。" in said
    assert "批准处罚决定已办" in press(client, case, "decided", reason="", **seen)


def test_a_party_that_became_another_meanwhile_is_seen_before_the_decision_and_afterwards_stays(people: People) -> None:
    case = decision_proposed(people)
    case.review_decision(by=people.auditor)
    client, officer = signed_in(people.head), signed_in(people.officer)
    _, seen = page_of(client, case, "decided")
    put_right(officer, case, identity_number="131026198001010011", change_reason="补登记")
    said = press(client, case, "decided", reason="", **seen)
    assert "您打开这一页以后，高远 改了当事人的身份证号或者统一社会信用代码。请看过以后再办。" in said
    assert "131026198001010011" in said
    _, seen = page_of(client, case, "decided")
    assert "批准处罚决定已办" in press(client, case, "decided", reason="", **seen)
    said = put_right(officer, case, identity_number="131026198001010022", change_reason="写错了")
    assert "已经写进报告或者决定，现在不能改" in said
    page = signed_in(people.inspector).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "改过 1 次" in page
    assert re.search(r"高远 改了\s*身份证号或者统一社会信用代码\s*：补登记", page)
    assert "131026198001010011" not in page


def test_who_approves_a_decision_reads_the_party_and_leaves_a_line(people: People) -> None:
    case = decision_proposed(people)
    case.review_decision(by=people.auditor)
    before = case.readings.count()
    said, _ = page_of(signed_in(people.head), case, "decided")
    assert "王小二" in said
    assert case.readings.count() == before + 1
    assert case.readings.first().by_name == "郝明"


def test_two_who_only_add_something_do_not_wait_for_each_other(people: People) -> None:
    case = file(make_case(people), people)
    client = signed_in(people.officer)
    _, seen = page_of(client, case, "evidence_kept")
    case.keep_evidence(make_evidence(people), by=people.second)
    given = {"kind": "document", "name": "合同", "proves": "买卖。", "obtained_at": "2026-01-05T09:00", "place": "市场"}
    assert "存入证据已办" in press(client, case, "evidence_kept", **given, origin="party", reason="", **seen)


def test_the_first_head_sees_how_each_member_voted(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    said, _ = page_of(signed_in(people.head), case, "outcome_approved")
    assert "何文：同意" in said
    assert "不予行政处罚" in said


def test_nobody_signs_for_what_was_put_to_the_vote_since(people: People) -> None:
    qualify(people.auditor)
    case = conclude(file(make_case(people), people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    members = make_committee(people)
    sat = {"by": people.auditor, "present": members, "reason": "已核对"}
    case.meet(make_meeting(members, case.conclusion()), **sat)
    client = signed_in(people.member)
    _, seen = page_of(client, case, "voted")
    case.vote(by=people.director, vote="agree")
    case.annul_meeting(by=people.auditor, reason="改变提请审理的意见")
    case.meet(make_meeting(members, case.conclusion(), fine=900), **sat)
    given = {"vote": "agree", "opinion": "", "password": PASSWORD}
    assert "您打开这一页以后，孙丽 会议作废；孙丽 召开案审会议" in press(client, case, "voted", **given, **seen)
    _, seen = page_of(client, case, "voted")
    case.vote(by=people.director, vote="agree")
    assert "表决、签名已办" in press(client, case, "voted", **given, **seen)


def test_a_name_in_a_free_text_is_masked_for_who_is_not_on_the_case(people: People) -> None:
    case = make_case(people, clue="举报人称王小二的台秤少称。")
    page = f"/admin/cases/case/{case.pk}/change/"
    assert "王小二的台秤" in signed_in(people.officer).get(page).content.decode()
    told = signed_in(people.inspector).get(page).content.decode()
    assert "王小二" not in told
    assert "王**的台秤" in told
    assert case.number in signed_in(people.officer).get("/admin/cases/case/?q=王小二").content.decode()
    assert case.number not in signed_in(people.inspector).get("/admin/cases/case/?q=王小二").content.decode()


IDENTITY, NAME = "13282619700101001x", "欧阳建国"
WAYS_TO_WRITE = ["", " ", "  ", "-", "—", "·", "\u3000", "\n", ".", "<br>", "、"]


def in_full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@given(
    text=st.sampled_from([IDENTITY, NAME, "0316-5255001"]),
    between=st.lists(st.sampled_from(WAYS_TO_WRITE), min_size=20, max_size=20),
    wide=st.booleans(),
    large=st.booleans(),
    around=st.tuples(st.text("台秤少称&<>\"' 9", max_size=12), st.text("台秤少称&<>\"' 9", max_size=12)),
)
def test_however_a_number_or_a_name_is_typed_it_is_masked(
    text: str, between: list[str], wide: bool, large: bool, around: tuple[str, str]
) -> None:
    typed = in_full_width(text) if wide else text
    typed = typed.upper() if large else typed
    spread = typed[0] + "".join(space + each for space, each in zip(between, typed[1:], strict=False))
    before, after = map(escape, around)
    told = masked_in(f"<p>{before}：{spread}；{after}</p>", [text])
    assert told.startswith(f"<p>{before}：{typed[0]}*")
    assert told.endswith(f"*；{after}</p>")
    assert not any(each in told for each in typed[1:] if each not in before + after + typed[0] + "*；")


def test_what_is_not_of_the_party_stays_on_the_page_as_it_is() -> None:
    page = '<p class="a-b">A&amp;B &lt;王五&gt;<br>13-28 <a href="/x/?a=1&amp;b=2">欧 阳</a> 建国</p>'
    assert masked_in(page, [IDENTITY, NAME, "A&C"]) == page
    assert masked_in("<p>甲A&amp;B 乙</p>", ["A&B"]) == "<p>甲A** 乙</p>"


def test_a_number_with_a_space_in_it_is_masked_on_the_page(people: People) -> None:
    clue = "举报人称欧阳 建国（132826 19700101-0017，１３９００００１１１１）的台秤少称。"
    case = make_case(people, clue=clue, party_name=NAME)
    case.party.put(reason="补", by=people.officer, identity_number="132826197001010017", phone="13900001111")
    told = signed_in(people.inspector).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert not [each for each in ("阳 建国", "32826", "0017", "３９００") if each in told]
    assert "的台秤少称" in told


def test_the_name_of_the_party_stands_from_the_report_on_and_can_be_mended_where_it_came_back(people: People) -> None:
    qualify(people.auditor)
    case = conclude(file(make_case(people), people), people)
    client = signed_in(people.officer)

    def renamed() -> str:
        return put_right(client, case, name="王小三", change_reason="写错")

    assert "已经写进报告或者决定，现在不能改" in renamed()
    case.return_from_audit(by=people.auditor, reason="姓名写错，请补正")
    assert "当事人信息已保存" in renamed()
    assert Case.objects.get(pk=case.pk).party.name == "王小三"
