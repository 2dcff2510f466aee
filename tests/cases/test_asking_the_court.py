"""高远 urges a party that neither pays nor obeys, 周正 goes to court: what was not asked of it is not forgotten."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from acts.errors import Incomplete, Refused
from cases import models
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    People,
    decided,
    issue,
    know_2027,
    make_agreement,
    make_case,
    make_people,
    make_urging,
    pay,
    served,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)
URGED, ASKED, ENDED = (DAY + datetime.timedelta(days=number) for number in (100, 200, 210))
STOP = {"duties": ["责令停产停业"], "duty": "停止生产"}
HAND_OVER = {"duties": ["没收非法财物"], "duty": "交出台秤"}


@pytest.fixture(autouse=True)
def in_november(db: None) -> Any:
    know_2027()
    with on(DAY):
        yield


@pytest.fixture
def people() -> People:
    return make_people()


def fresh(case: Case) -> Case:
    found: Case = Case.objects.with_its_rows().get(pk=case.pk)
    return found


def urge(case: Case, people: People, day: datetime.date = URGED, **demand: Any) -> None:
    with on(day):
        fresh(case).urge(make_urging(people, **{"fine": None} | demand), by=people.officer)


def ask(case: Case, people: People, day: datetime.date = ASKED, **demand: Any) -> None:
    with on(day):
        row = models.CourtApplication(court="文安县人民法院", applied_on=day, **demand)
        fresh(case).apply_to_court(row, by=people.director)


def court_ends(case: Case, people: People, outcome: str) -> None:
    with on(ENDED):
        end = models.CourtEnd(ended_on=ENDED, outcome=outcome, paper="（2027）冀1026执1号")
        fresh(case).end_court(end, by=people.officer)


def finish(case: Case, people: People) -> None:
    with on(ENDED):
        fresh(case).finish_enforcement(by=people.officer, ground="法院结束执行")


def test_what_else_was_to_be_done_is_asked_of_the_court_too(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "责令停产停业"])
    urge(case, people, fine=500, surcharge=500, **STOP)
    ask(case, people, fine=500, surcharge=500)
    court_ends(case, people, "ended")
    with pytest.raises(Refusal, match="还没有申请法院执行责令停产停业"):
        finish(case, people)
    ask(case, people, ENDED, **STOP)
    court_ends(case, people, "ended")
    finish(case, people)


def test_goods_that_were_not_handed_over_are_asked_of_the_court_too(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "没收非法财物"], confiscated=20)
    urge(case, people, fine=500, surcharge=500, **HAND_OVER)
    ask(case, people, fine=500, surcharge=500)
    court_ends(case, people, "ended")
    with pytest.raises(Refusal, match="还没有申请法院执行没收非法财物"):
        finish(case, people)
    ask(case, people, ENDED, **HAND_OVER)
    court_ends(case, people, "executed")
    with pytest.raises(Refusal, match="没收的非法财物还没有处理"):
        finish(case, people)


def test_a_surcharge_is_given_up_by_an_agreement_and_not_by_silence(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    ask(case, people, fine=500)
    court_ends(case, people, "executed")
    with on(ENDED):
        pay(fresh(case), people, 500, through_court=True)
    with pytest.raises(Refusal, match=r"还没有申请法院执行加处罚款 500.00 元"):
        finish(case, people)
    with on(ENDED):
        agree = fresh(case).remit_surcharge
        with pytest.raises(Incomplete, match="罚款本数不能减免"):
            agree(make_agreement(remitted=501), by=people.director, reason="不损害他人")
        with pytest.raises(Incomplete, match="不损害公共利益"):
            agree(make_agreement(remitted=500), by=people.director, reason="")
        with pytest.raises(Incomplete, match="补救措施"):
            agree(make_agreement(remitted=500, made_good=""), by=people.director, reason="不损害他人")
        agree(make_agreement(remitted=500), by=people.director, reason="不损害他人")
    finish(case, people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "减免加处罚款 500.00 元：已经换了全部台秤。" in page


def test_who_makes_good_what_it_did_need_not_go_to_court_for_the_surcharge(people: People) -> None:
    case = served(make_case(people), people)
    with on(URGED):
        pay(fresh(case), people, 500)
        assert fresh(case).owed(URGED).said == "加处罚款 500.00 元"
        fresh(case).remit_surcharge(make_agreement(remitted=500), by=people.director, reason="不损害他人")
        fresh(case).finish_enforcement(by=people.officer, ground="决定执行完毕")


def test_an_agreement_that_was_entered_wrongly_is_voided(people: People) -> None:
    case = served(make_case(people), people)
    with on(URGED):
        fresh(case).remit_surcharge(make_agreement(remitted=500), by=people.director, reason="不损害他人")
        fresh(case).void_entry(case.agreements.get(), by=people.head, reason="另一案的")
        assert fresh(case).owed(URGED).said == "罚款 500.00 元、加处罚款 500.00 元"


def test_what_the_party_pays_itself_is_not_taken_for_what_the_court_brings(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=300, surcharge=500)
    ask(case, people, fine=300, surcharge=500)
    with on(ENDED):
        pay(fresh(case), people, 200)
    court_ends(case, people, "ended")
    finish(case, people)


def test_what_the_court_brought_leaves_the_rest_to_be_asked(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=300, surcharge=500)
    ask(case, people, fine=300, surcharge=500)
    court_ends(case, people, "ended")
    with on(ENDED):
        pay(fresh(case), people, 300, through_court=True)
    with pytest.raises(Refusal, match=r"还没有申请法院执行罚款 200.00 元"):
        finish(case, people)


def test_what_was_refunded_and_is_owed_again_is_asked_of_the_court(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "责令停产停业"])
    pay(case, people, 500)
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    lowered = models.RemedyEnd(ended_on=DAY, outcome="changed", fine=0, paper="文政复〔2026〕1号")
    case.end_remedy(lowered, by=people.officer)
    case.refund(models.Refund(what="fine", amount=500, refunded_on=DAY, voucher="退1"), by=people.officer)
    case.void_entry(case.remedies.get(), by=people.chief, reason="另一案的")
    urge(case, people, **STOP)
    ask(case, people, **STOP)
    court_ends(case, people, "ended")
    with pytest.raises(Refusal, match=r"罚款 500.00 元"):
        finish(case, people)


def test_a_second_urging_takes_nothing_away_from_the_first(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "没收违法所得"], confiscated=200, gains=200)
    urge(case, people, fine=500)
    urge(case, people, URGED + datetime.timedelta(days=1), gains=200)
    ask(case, people, fine=500, gains=200)
    assert fresh(case).court_applications.get().said == "罚款 500.00 元、没收的违法所得 200.00 元"


def test_nobody_asks_twice_for_the_same_as_long_as_the_court_has_not_answered(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    ask(case, people, fine=500)
    with pytest.raises(Refused, match="前一次申请还没有登记结果"):
        ask(case, people, fine=500)


def test_an_urging_of_the_wrong_day_is_voided_and_entered_anew(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    with on(ASKED):
        fresh(case).void_entry(case.urgings.get(), by=people.chief, reason="送达的日期登错")
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert f"（登记错误，{people.chief.get_full_name()}作废）" in page
    with pytest.raises(Refusal, match="催告"):
        ask(case, people, fine=500)
    urge(case, people, URGED + datetime.timedelta(days=1), fine=500)
    ask(case, people, fine=500)
    with on(ASKED), pytest.raises(Incomplete, match="先作废申请"):
        fresh(case).void_entry(case.urgings.last(), by=people.chief, reason="又登错")


def begin_and_end(case: Case, people: People, kind: str, outcome: str, began: int, ended: int) -> None:
    """A remedy that lasts from one day of the calendar to another, counted from today."""
    began_on, ended_on = (DAY + datetime.timedelta(days=each) for each in (began, ended))
    with on(began_on):
        fresh(case).begin_remedy(models.Remedy(kind=kind, began_on=began_on), by=people.officer)
    with on(ended_on):
        row = models.RemedyEnd(ended_on=ended_on, outcome=outcome, paper="文书1号")
        fresh(case).end_remedy(row, by=people.officer)


def test_a_review_that_was_given_up_late_leaves_the_bureau_its_months(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    begin_and_end(case, people, "review", "withdrawn", 110, 300)
    ask(case, people, DAY + datetime.timedelta(days=301), fine=500)


def test_a_second_urging_for_the_same_repeats_the_first(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=100)
    urge(case, people, URGED + datetime.timedelta(days=10), fine=100)
    with pytest.raises(Incomplete, match=r"罚款催告过的到 \S+ 是 100.00 元"):
        ask(case, people, fine=200)
    ask(case, people, fine=100)


def test_a_plan_for_the_fine_leaves_the_gains_due(people: People) -> None:
    kinds = {"kinds": ["罚款", "没收违法所得"], "confiscated": 200, "gains": 200}
    case = served(make_case(people), people, **kinds)
    plan = [(DAY + datetime.timedelta(days=300), Decimal(500))]
    case.arrange(by=people.director, asked_on=DAY, instalments=plan)
    due = {each.due for each in fresh(case).deadlines() if each.limit.rule == "payment"}
    assert min(due) < DAY + datetime.timedelta(days=60) < max(due)
    with pytest.raises(Incomplete, match="还没有到期"):
        urge(case, people, fine=500)
    urge(case, people, gains=200)
    with on(DAY):
        pay(fresh(case), people, 500)
        assert [each.due for each in fresh(case).deadlines() if each.limit.rule == "payment"] == [min(due)]


def test_what_the_court_says_after_the_enforcement_was_given_up_is_entered(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    ask(case, people, fine=500)
    with on(ENDED):
        fresh(case).end_enforcement(by=people.head, reason="当事人死亡，没有遗产")
        with pytest.raises(Refusal, match=r"申请执行 罚款 500.00 元还没有结果"):
            fresh(case).propose_closing(by=people.officer)
    court_ends(case, people, "ended")
    with on(ENDED):
        fresh(case).propose_closing(by=people.officer)


def test_before_april_2019_what_the_court_only_ended_is_given_up_by_a_head(people: People) -> None:
    day = datetime.date(2018, 3, 12)
    asked = day + datetime.timedelta(days=200)
    with on(day):
        case = served(make_case(people), people)
    urge(case, people, day + datetime.timedelta(days=100), fine=500, surcharge=500)
    ask(case, people, asked, fine=500, surcharge=500)
    with on(asked):
        end = models.CourtEnd(ended_on=asked, outcome="ended", paper="（2018）冀1026执1号")
        fresh(case).end_court(end, by=people.officer)
        assert fresh(case).grounds_to_finish() == []
        fresh(case).end_enforcement(by=people.head, reason="法院结束执行")
        assert fresh(case).closing_ground == "终结执行"


def test_no_application_is_voided_through_which_money_came_in(people: People) -> None:
    case = served(make_case(people), people)
    urge(case, people, fine=500)
    ask(case, people, fine=500)
    with on(ENDED):
        pay(fresh(case), people, 100, through_court=True)
        with pytest.raises(Incomplete, match="先作废缴款"):
            fresh(case).void_entry(case.court_applications.get(), by=people.chief, reason="登错")


@pytest.mark.parametrize("verb", ["served", "receipt_corrected", "correction_ordered"])
@pytest.mark.parametrize("day", ["9999-12-31", "2026-11-26"])
def test_a_paper_is_published_before_it_counts_as_served(people: People, verb: str, day: str) -> None:
    case = decided(make_case(people), people) if verb == "served" else served(make_case(people), people)
    by = people.chief if verb == "receipt_corrected" else people.officer
    data = {"mode": "公告送达", "recipient": "王", "served_on": "2026-11-26", "published_on": day, "reason": "错"}
    data |= {"what": "检定台秤", "due_on": "2026-12-20", "article": "计量法第九条", "days": "10"}
    data |= {f"{which}_officer": str(people.officer.officer.pk) for which in ("first", "second")}
    page = signed_in(by).post(f"/admin/cases/case/{case.pk}/do/{verb}/", data)
    assert page.status_code == 200
    assert page.context["form"].errors or "公告日期" in page.content.decode()


def test_each_sum_is_urged_for_and_printed_by_its_kind(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match=r"还欠罚款 500.00 元、加处罚款 500.00 元，写的金额不能更多"):
        urge(case, people, fine=501)
    with pytest.raises(Incomplete, match="责令停产停业不是决定里的"):
        urge(case, people, **STOP)
    urge(case, people, fine=500, surcharge=500)
    with on(URGED):
        assert "缴清罚款500元、加处罚款500元" in issue(fresh(case), people, 36).sheet.canonical()


def test_what_is_paid_through_a_court_wants_an_application(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match="没有申请法院强制执行"):
        pay(case, people, 1, through_court=True)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/paid/").content.decode()
    assert "由法院执行到账" not in page


@pytest.mark.parametrize("day", ["9999-12-31", "2126-11-26", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_in_words(people: People, day: str) -> None:
    case = served(make_case(people), people)
    client = signed_in(people.officer)
    data = {"fine": "100", "rights_told": "on", "mode": "直接送达", "recipient": "王", "served_on": day}
    data |= {f"{which}_officer": str(people.officer.officer.pk) for which in ("first", "second")}
    assert client.post(f"/admin/cases/case/{case.pk}/do/urged/", data).status_code == 200
    assert not case.urgings.exists()


@pytest.mark.parametrize("amount", ["1e30", "1e999999", "1e10", "NaN", "Infinity", "0", "-1", "166.6667"])
def test_a_sum_that_cannot_be_is_refused_in_words(people: People, amount: str) -> None:
    case = served(make_case(people), people)
    data = {"asked_on": str(DAY), "instalments": f"2026-12-31 {amount}", "reason": "困难"}
    page = signed_in(people.director).post(f"/admin/cases/case/{case.pk}/do/arranged/", data)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not case.arrangements.exists()


def test_the_sums_of_a_demand_are_its_amount(people: People) -> None:
    demand = make_urging(people, fine=Decimal(500), surcharge=Decimal(45))
    assert demand.said == "罚款 500 元、加处罚款 45 元"
    old = models.Urging(amount=Decimal(100), duty="")
    assert old.said == "罚款 100 元"


def test_only_the_duties_that_the_party_has_are_offered(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "责令停产停业", "没收违法所得"], confiscated=20, gains=20)
    client = signed_in(people.officer)
    form = client.get(f"/admin/cases/case/{case.pk}/do/urged/").context["form"]
    assert form.fields["duties"].choices == [("责令停产停业", "责令停产停业")]
    assert "20.00 元，已缴 0 元" in client.get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    case = served(make_case(people, party_name="李四"), people)
    page = client.get(f"/admin/cases/case/{case.pk}/do/urged/").content.decode()
    assert "其他义务" not in page
