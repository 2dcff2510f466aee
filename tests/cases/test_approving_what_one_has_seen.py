"""孙丽 and 郝明 agree to a text that stands on the page where they agree to it; what was done after they opened it is
told before their button works."""

import re
from typing import Any

import pytest
from django.test import Client

from cases import models
from cases.case import Case
from tests.cases.people import (
    CONCLUSION,
    People,
    conclude,
    file,
    make_case,
    make_decision,
    make_evidence,
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
    seen = re.search(r'name="seen" value="(\d+)"', said)
    assert seen
    return said, {"seen": seen[1]}


def press(client: Client, case: Case, verb: str, **data: Any) -> str:
    return str(client.post(f"/admin/cases/case/{case.pk}/do/{verb}/", data, follow=True).content.decode())


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
    again = re.search(r'name="seen" value="(\d+)"', said)
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
