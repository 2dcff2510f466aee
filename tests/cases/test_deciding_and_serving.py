"""高远 drafts the decision, 孙丽 audits it, 郝明 approves it as chair of the committee; then it is served."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, WrongState
from cases import models
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    People,
    decided,
    file,
    make_case,
    make_decision,
    make_order,
    make_people,
    make_receipt,
    notified,
    served,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)


def ago(days: int) -> datetime.date:
    return DAY - datetime.timedelta(days=days)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def rechecked(people: People, **values: Any) -> Case:
    case = notified(make_case(people), people, **values)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    return case


@pytest.fixture
def case(people: People) -> Case:
    """It waits for the decision."""
    return rechecked(people)


def test_a_decision_goes_through_three_hands_and_has_a_number(people: People, case: Case) -> None:
    case.propose_decision(make_decision(case), by=people.officer)
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    assert (case.get_state_display(), case.decision_number, case.decided_on) == ("已决定", "〔2026〕1号", DAY)
    assert ("service", datetime.date(2026, 12, 7)) in [(each.limit.rule, each.due) for each in case.deadlines()]
    other = rechecked(people)
    other.propose_decision(make_decision(other), by=people.officer)
    other.review_decision(by=people.auditor)
    other.decide(by=people.head)
    assert other.decision_number == "〔2026〕2号"


@pytest.mark.parametrize(
    "part", ["party_name", "party_address", "facts", "evidence", "basis", "reasons", "payment", "remedy"]
)
def test_a_decision_lacks_no_part(people: People, case: Case, part: str) -> None:
    with pytest.raises(Refusal, match="决定书里没有"):
        case.propose_decision(make_decision(case, **{part: ""}), by=people.officer)
    assert not case.decisions.exists()


@pytest.mark.parametrize(
    ("part", "said"),
    [("defence", "陈述、申辩是否采纳及理由"), ("standard", "依据的裁量基准"), ("publicity_told", "处罚信息公示的告知")],
)
def test_what_later_rules_added_is_in_it_too(people: People, case: Case, part: str, said: str) -> None:
    with pytest.raises(Refusal, match=f"决定书里没有{said}"):
        case.propose_decision(make_decision(case, **{part: ""}), by=people.officer)


def test_only_the_chair_decides_or_another_head_says_why(people: People, case: Case) -> None:
    case.propose_decision(make_decision(case), by=people.officer)
    case.review_decision(by=people.auditor)
    for account in (people.officer, people.second, people.chief, people.member, people.inspector):
        with pytest.raises(NotYours):
            case.decide(by=account, reason="同意")
    with pytest.raises(Incomplete, match=r"处罚决定由案审委主任委员批准.*请写明理由"):
        case.decide(by=people.director)
    case.decide(by=people.director, reason="主任委员出差，经其委托")
    assert case.timeline.last().answered == "not_penalised"


def test_who_audited_does_not_decide(people: People, case: Case) -> None:
    case.propose_decision(make_decision(case), by=people.officer)
    with pytest.raises(NotYours):
        case.review_decision(by=people.second)
    case.review_decision(by=people.auditor)
    with pytest.raises(NotYours):
        case.decide(by=people.auditor)


def test_a_draft_that_came_back_is_shown_as_it_was(people: People, case: Case) -> None:
    case.propose_decision(make_decision(case, remedy="六十日内申请复议。"), by=people.officer)
    case.return_decision(by=people.auditor, reason="写明起诉期限")
    form = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/decision_proposed/").context["form"]
    assert form["remedy"].value() == "六十日内申请复议。"


def test_the_draft_is_filled_from_the_file_and_reading_the_party_leaves_a_line(people: People, case: Case) -> None:
    form = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/decision_proposed/").context["form"]
    assert form["party_name"].value() == "王小二"
    assert "文安县人民政府" in form["remedy"].value()
    assert case.readings.filter(by=people.officer).exists()


def test_a_late_decision_says_why_and_can_be_prolonged_before(people: People, case: Case) -> None:
    due = next(each.due for each in case.deadlines() if each.limit.rule == "decision")
    case.prolong_decision(by=people.director, days=30, reason="案情复杂")
    longer = next(each.due for each in case.deadlines() if each.limit.rule == "decision")
    assert (longer - due).days >= 28
    with pytest.raises(Incomplete, match="已经延长过"):
        case.prolong_decision(by=people.director, days=10, reason="还是复杂")
    with on(longer + datetime.timedelta(days=40)), pytest.raises(Incomplete, match="“作出处理决定”的期限"):
        case.propose_decision(make_decision(case), by=people.officer)


def test_the_same_act_is_not_fined_twice(people: People) -> None:
    first = decided(make_case(people), people)
    second = rechecked(people)
    for case in (first, second):
        case.party.put(reason="补身份证号", identity_number="131026199001010011")
    second = Case.objects.get(pk=second.pk)
    with pytest.raises(Refusal, match=f"同一个违法行为已由案件 {first.number}"):
        second.propose_decision(make_decision(second), by=people.officer)


def test_it_is_served_and_the_clocks_of_the_party_begin(people: People) -> None:
    case = served(make_case(people), people)
    assert case.get_state_display() == "执行"
    due = {each.limit.rule: each.due for each in case.deadlines()}
    assert due["payment"] == datetime.date(2026, 12, 11)
    assert due["review"] >= datetime.date(2027, 1, 25)
    assert due["suit"] == datetime.date(2027, 5, 26)


WRONG: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "送达日期要在决定": ({"served_on": ago(1)}, Incomplete),
    "留置送达要有见证人签名": ({"mode": "留置送达"}, Refusal),
    "电子送达要有受送达人签字的同意": ({"mode": "电子送达"}, Refusal),
    "公告送达的填公告日期": ({"mode": "公告送达"}, Incomplete),
    "请写收件人": ({"recipient": ""}, Incomplete),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_receipt_that_does_not_hold_is_refused(people: People, said: str) -> None:
    values, error = WRONG[said]
    case = decided(make_case(people), people)
    with pytest.raises(error, match=said):
        case.serve(make_receipt(people, **values), by=people.officer)
    assert not case.receipts.exists()
    assert Case.objects.get(pk=case.pk).get_state_display() == "已决定"


def test_what_is_published_is_served_when_its_days_are_over(people: People) -> None:
    case = decided(make_case(people), people)
    early = {"mode": "公告送达", "published_on": DAY, "served_on": DAY + datetime.timedelta(days=29)}
    with on(DAY + datetime.timedelta(days=29)), pytest.raises(Refusal, match="公告满30日（2026-12-26）才视为送达"):
        case.serve(make_receipt(people, **early), by=people.officer, reason="下落不明")
    with on(DAY + datetime.timedelta(days=30)):
        right = {"mode": "公告送达", "published_on": DAY, "served_on": DAY + datetime.timedelta(days=30)}
        case.serve(make_receipt(people, **right), by=people.officer, reason="下落不明")


def test_late_service_says_why(people: People) -> None:
    case = decided(make_case(people), people)
    later = DAY + datetime.timedelta(days=20)
    with on(later):
        with pytest.raises(Incomplete, match=r"“送达决定书”的期限 2026-12-07 已满.*请写明理由"):
            case.serve(make_receipt(people, served_on=later), by=people.officer)
        case.serve(make_receipt(people, served_on=later), by=people.officer, reason="当事人外出")


def test_more_than_thirty_days_to_mend_want_the_approval_of_a_head(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="责令改正超过 30日 的，要报负责人批准，现在是 45 日"):
        case.order_correction(make_order(people, days=45, is_approved=True), by=people.officer)
    case.order_correction(make_order(people, days=45), by=people.director)
    early = make_order(people, days=45, served_on=DAY - datetime.timedelta(days=60))
    with pytest.raises(Incomplete, match="送达日期要在立案或者发现"):
        case.order_correction(early, by=people.officer)


def test_in_2018_more_than_thirty_days_were_refused(people: People) -> None:
    with on(datetime.date(2018, 9, 3)):
        case = file(make_case(people), people)
        with pytest.raises(Refusal, match="要报负责人批准"):
            case.order_correction(make_order(people, days=45), by=people.officer)


def test_what_was_to_be_mended_is_checked(people: People, case: Case) -> None:
    case.order_correction(make_order(people), by=people.officer)
    assert "correction" in [each.limit.rule for each in case.deadlines()]
    it = case.correction_orders.get()
    case.check_correction(it, by=people.officer, checked_on=DAY, is_mended=True, found="已换新秤")
    assert "correction" not in [each.limit.rule for each in case.deadlines()]
    with pytest.raises(Incomplete, match="已经复查"):
        case.check_correction(it, by=people.officer, checked_on=DAY, is_mended=True, found="再查")


def test_the_way_through_the_pages(people: People, case: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/do"
    form = client.get(f"{path}/decision_proposed/").context["form"]
    data = {bound.name: bound.value() or "" for bound in form if bound.name != "publicity_told"}
    data |= {"party_address": "文安镇", "standard": "省局标准", "publicity_told": "on"}
    page = client.post(f"{path}/decision_proposed/", data, follow=True).content.decode()
    assert "报批处罚决定已办。等案审办审核决定书。" in page
    assert "处罚决定" in signed_in(people.auditor).get(f"{path}/decision_reviewed/").content.decode()
    signed_in(people.auditor).post(f"{path}/decision_reviewed/", {"reason": ""})
    page = signed_in(people.head).post(f"{path}/decided/", {"reason": ""}, follow=True).content.decode()
    assert "〔2026〕1号" in page


def test_no_step_is_skipped(people: People, case: Case) -> None:
    with pytest.raises(WrongState):
        case.decide(by=people.head)
    with pytest.raises(WrongState):
        case.serve(make_receipt(people), by=people.officer)
    assert Decimal(500) == case.decided_proposal().fine
    assert timezone.localdate() == DAY


def test_the_time_to_decide_is_prolonged_twice_the_second_time_by_all_heads(people: People, case: Case) -> None:
    def due() -> datetime.date:
        return next(each.due for each in case.deadlines() if each.limit.rule == "decision")

    before = due()
    with pytest.raises(Incomplete, match="先由负责人延长一次"):
        case.prolong_decision_again(by=people.director, days=60, reason="集体讨论")
    case.prolong_decision(by=people.director, days=30, reason="案情复杂")
    with pytest.raises(Incomplete, match="由负责人集体讨论再延长"):
        case.prolong_decision(by=people.director, days=10, reason="还不够")
    case.prolong_decision_again(by=people.director, days=60, reason="11月26日郝明、周正集体讨论，案情特别复杂")
    assert (due() - before).days in range(88, 95)
    with pytest.raises(Incomplete):
        case.prolong_decision_again(by=people.director, days=60, reason="再一次")


def test_a_receipt_is_judged_by_its_day_and_not_by_the_day_on_which_it_is_written_down(people: People) -> None:
    case = decided(make_case(people), people)
    with on(DAY + datetime.timedelta(days=20)):
        case.serve(make_receipt(people, served_on=DAY + datetime.timedelta(days=5)), by=people.officer)
    assert case.timeline.get(verb="served").answered == ""


def test_a_decision_is_not_published_before_it_is_made(people: People) -> None:
    case = decided(make_case(people), people)
    early = {"mode": "公告送达", "published_on": ago(1), "served_on": DAY}
    with pytest.raises(Incomplete, match="以后、送达日期以前"):
        case.serve(make_receipt(people, **early), by=people.officer)


def test_what_is_paid_back_on_order_stops_the_decision(people: People, case: Case) -> None:
    def due() -> datetime.date:
        return next(each.last_day for each in case.deadlines() if each.limit.rule == "decision")

    before = due()
    case.order_correction(make_order(people, what="退还多收的检定费", is_refund=True), by=people.officer)
    with on(DAY + datetime.timedelta(days=9)):
        assert (due() - before).days == 10


@pytest.mark.parametrize(
    ("article", "error", "said"),
    [
        ("《计量法实施细则》第四十三条", Refusal, "同一个违法行为已由案件 .*罚款"),
        ("《计量法实施细则》第四十六条", Incomplete, "同一天的违法行为已由案件 .*请写明为什么不是同一个违法行为"),
    ],
)
def test_nobody_is_fined_twice_for_one_act(people: People, article: str, error: type[Exception], said: str) -> None:
    cases = [rechecked(people), rechecked(people, article=article)]
    for case in cases:
        case.party.put(reason="补证号", identity_number="131026198001010011")
    cases = [Case.objects.get(pk=case.pk) for case in cases]
    cases[0].propose_decision(make_decision(cases[0]), by=people.officer)
    cases[0].review_decision(by=people.auditor)
    cases[0].decide(by=people.head)
    with pytest.raises(error, match=said):
        cases[1].propose_decision(make_decision(cases[1]), by=people.officer)


def test_kinds_are_those_of_the_article_in_the_database_too(people: People, case: Case) -> None:
    meeting = case.meeting()
    for wrong in (
        {"kinds": ["罚款", "通报批评"]},
        {"compulsory": ["责令关闭"]},
        {"gains": 10, "confiscated": 5},
        {"kinds": ["罚款"], "gains": 5, "confiscated": 5},
    ):
        meeting.pk = None
        for name, value in ({"kinds": ["罚款", "没收违法所得"], "compulsory": []} | wrong).items():
            setattr(meeting, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            meeting.save(force_insert=True)
