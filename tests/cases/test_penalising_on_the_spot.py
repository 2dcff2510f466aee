"""高远 and 田野 fine a small matter on the spot."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from acts.errors import Incomplete, NotYours, WrongState
from cases import models
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import UNWEIGHED, People, issue, make_case, make_people, make_spot_penalty, pay, two_officers
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


@pytest.fixture
def case(people: People) -> Case:
    return make_case(people)


def test_a_small_fine_is_decided_and_handed_over_at_once(people: People, case: Case) -> None:
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    assert (case.get_state_display(), case.decision_number) == ("执行", "〔2026〕1号")
    rules = [each.limit.rule for each in case.deadlines()]
    assert not {"payment", "court"} & set(rules)  # the party has paid
    assert rules.count("cash") == 2
    pay(case, people, 100)
    assert "cash" not in [each.limit.rule for each in case.deadlines()]
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    assert [each.limit.rule for each in case.deadlines()] == ["simple_archive", "review"]


REFUSED: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "罚款最多 200 元，现在是 300 元": ({"fine": Decimal(300)}, Refusal),
    "当场只能处警告或者罚款，不能没收违法所得": (
        {"kinds": ["没收违法所得"], "fine": 0, "confiscated": 5, "gains": 5},
        Refusal,
    ),
    "由两名以上执法人员作出": ({"second_officer": None}, Refusal),
    "先告知并听取陈述、申辩": ({"told_and_heard": False}, Incomplete),
    "交付日期还没有到": ({"handed_over_on": DAY + datetime.timedelta(days=1)}, Incomplete),
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_too_much_for_the_spot_is_refused(people: People, case: Case, said: str) -> None:
    values, error = REFUSED[said]
    with pytest.raises(error, match=said):
        case.penalise_on_the_spot(make_spot_penalty(people, **values), by=people.officer, reason=UNWEIGHED)
    assert not models.SpotPenalty.objects.exists()
    assert Case.objects.get(pk=case.pk).get_state_display() == "核查"


def test_an_organisation_may_be_fined_more(people: People) -> None:
    case = make_case(people, party_kind="organisation", party_name="某公司")
    fined = {"fine": Decimal(3000), "maximum": Decimal(5000)}
    with pytest.raises(Incomplete, match=r"当场收缴的罚款一般在 100 元以下.*请写明理由"):
        case.penalise_on_the_spot(make_spot_penalty(people, **fined), by=people.officer)
    case.penalise_on_the_spot(make_spot_penalty(people, **fined, cash=False), by=people.officer, reason=UNWEIGHED)
    assert case.decided_proposal().fine == 3000


def test_in_2018_one_officer_gave_a_reason(people: People) -> None:
    with on(datetime.date(2018, 9, 3)):
        case = make_case(people)
        alone = make_spot_penalty(
            people, second_officer=None, fine=Decimal(50), handed_over_on=datetime.date(2018, 9, 3)
        )
        with pytest.raises(Incomplete, match=r"由两名以上执法人员作出.*请写明理由"):
            case.penalise_on_the_spot(alone, by=people.officer)
        case.penalise_on_the_spot(alone, by=people.officer, reason="另一人在隔壁摊位")


def test_once_it_is_filed_there_is_nothing_on_the_spot(people: People, case: Case) -> None:
    case.propose_filing(by=people.officer)
    with pytest.raises(WrongState):
        case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    with pytest.raises(NotYours):
        case.penalise_on_the_spot(make_spot_penalty(people), by=people.stranger)


def test_the_way_through_the_page(people: People, case: Case) -> None:
    first, second = (each.pk for each in two_officers(people).values())
    data = {
        "facts": "秤过期",
        "article": "细则第四十三条",
        "kinds": ["警告"],
        "article_kinds": ["警告"],
        "compulsory": ["警告"],
        "fine": "0",
        "minimum": "0",
        "maximum": "0",
    }
    data |= {"grade": "一般", "first_officer": first, "second_officer": second, "told_and_heard": "on"}
    data |= {"handed_over_on": str(DAY), "reason": "没有裁量基准", "ground": "", "reasons": ""}
    path = f"/admin/cases/case/{case.pk}/do/penalised_on_the_spot/"
    page = signed_in(people.officer).post(path, data, follow=True).content.decode()
    assert "给予行政处罚：警告" in page
    assert timezone.localdate() == DAY


def test_since_2024_a_review_comes_before_the_suit(people: People, case: Case) -> None:
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    rules = [each.limit.rule for each in case.deadlines()]
    assert ("suit" in rules, "review" in rules, "simple_archive" in rules) == (False, True, True)
    text = issue(case, people, 30).sheet.canonical()
    assert "应当先自收到本决定书之日起60日内向文安县人民政府申请行政复议" in text
    assert case.way_to_court().application.start == datetime.date(2027, 1, 25)


def test_cash_that_comes_late_to_the_bank_wants_a_reason(people: People, case: Case) -> None:
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    with on(DAY + datetime.timedelta(days=20)):
        paid = {"what": "fine", "amount": 100, "paid_on": DAY + datetime.timedelta(days=19), "voucher": "0001"}
        with pytest.raises(Incomplete, match=r"“当场收缴的罚款上缴”的期限 .*请写明理由"):
            case.pay(models.Payment(**paid), by=people.officer)
        case.pay(models.Payment(**paid), by=people.officer, reason="银行停业")


def test_who_was_fined_on_the_spot_is_not_fined_there_again_for_it_however_the_number_is_typed(people: People) -> None:
    for number in ("13102619800101001X", "13102619800101001x", "１３１０２６19800101001X", "131026 19800101 001X"):
        case = make_case(people)
        case.party.put(reason="补证号", identity_number=number)
        case = Case.objects.get(pk=case.pk)
        if number != "13102619800101001X":
            with pytest.raises(Refusal, match="同一个违法行为已由案件 2026-0001"):
                case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
        else:
            case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)


def test_a_dash_in_the_place_of_a_number_is_nobodys_number(people: People) -> None:
    one, other = make_case(people).party, make_case(people, party_name="李四").party
    one.put(reason="没有证件", identity_number="—")
    assert not one.is_the_same_as(other)


def test_who_paid_in_cash_owes_nothing_however_late_it_is_handed_in(people: People, case: Case) -> None:
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    with on(DAY + datetime.timedelta(days=40)):
        assert case.owed(timezone.localdate()).surcharge == 0
        paid = {"what": "fine", "amount": 100, "paid_on": timezone.localdate(), "voucher": "0001"}
        case.pay(models.Payment(**paid), by=people.officer, reason="银行停业")
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")


def test_a_suit_that_no_review_came_before_wants_a_reason(people: People) -> None:
    case = make_case(people)
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    suit = models.Remedy(kind="suit", began_on=DAY)
    with pytest.raises(Incomplete, match="先申请行政复议"):
        case.begin_remedy(suit, by=people.officer)
    case.begin_remedy(suit, by=people.officer, reason="法院已经受理，正在说明")


def test_the_paper_says_when_and_where_and_is_signed(people: People) -> None:
    case = make_case(people)
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    said = issue(case, people, 30, where="文安县农贸市场").sheet.canonical()
    assert all(each in said for each in ("文安县农贸市场", "当事人签名", "执法人员签名", "当场交付"))
    receipt = issue(case, people, 39).sheet.canonical()
    assert all(each in receipt for each in ("当场交付", case.party.name))
