"""A case comes to its end on a ground that 高远 did not make up: where what it was taken from is changed, voided or put
right, it is not closed on it, and its days are counted anew."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from acts.errors import Incomplete, Refused
from acts.steps import Situation
from cases import models
from cases.archiving.missing import missing
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    HEAVY,
    UNPUBLISHED,
    People,
    closed,
    conclude,
    decided,
    file,
    issue,
    know_2027,
    make_agreement,
    make_case,
    make_decision,
    make_fulfilment,
    make_measure,
    make_missing_papers,
    make_order,
    make_people,
    make_receipt,
    make_reply,
    make_spot_penalty,
    make_urging,
    meet,
    notified,
    otherwise_agreed,
    pay,
    qualify,
    served,
    transferred,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)
GOODS: dict[str, Any] = {"kinds": ["罚款", "没收非法财物"], "fine": 500, "confiscated": 20}
DONE, ANNULLED = "决定执行完毕", "其他应当结案的情形"


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    know_2027()
    return make_people()


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def fresh(case: Case) -> Case:
    found: Case = Case.objects.with_its_rows().get(pk=case.pk)
    return found


def remedy(case: Case, people: People, kind: str, outcome: str, ended: datetime.date | None = None, **end: Any) -> None:
    today = timezone.localdate()
    fresh(case).begin_remedy(models.Remedy(kind=kind, began_on=ended or today), by=people.officer, reason="已核对")
    row = models.RemedyEnd(ended_on=ended or today, outcome=outcome, paper="文书1号", **end)
    fresh(case).end_remedy(row, by=people.officer, reason="已核对")


def closing(case: Case) -> tuple[datetime.date, datetime.date] | None:
    """From when and until when the closing form is to be filled in; None where that does not run."""
    held = [each for each in fresh(case).deadlines() if each.limit.rule == "closing"]
    return (held[0].start, held[0].due) if held else None


def take_over(case: Case, people: People) -> None:
    given = {"kind": "confiscation", "power": "", "days": None, "consent_at": None, "consent_by": ""}
    measure = make_measure(people, **given, taken_at=timezone.now())
    fresh(case).take_goods(measure, by=people.officer)


def dispose(case: Case, people: People) -> None:
    (measure,) = fresh(case).open_measures()
    fresh(case).end_measure(measure, by=people.director, how="disposed", reason="销毁")


# The ground


def test_what_stands_again_after_it_was_annulled_is_enforced(people: People) -> None:
    case = served(make_case(people), people)
    remedy(case, people, "review", "annulled")
    fresh(case).finish_enforcement(by=people.officer, ground=ANNULLED)
    remedy(case, people, "suit", "changed", fine=500)
    with pytest.raises(Refusal, match="决定没有被撤销，也没有终结执行"):
        fresh(case).propose_closing(by=people.officer)
    fresh(case).reopen_enforcement(by=people.director, reason="恢复了罚款")
    assert fresh(case).owed(DAY).said == "罚款 500.00 元"


def test_a_head_may_still_end_the_enforcement_of_what_is_owed(people: People) -> None:
    case = served(make_case(people), people)
    fresh(case).end_enforcement(by=people.head, reason="当事人死亡，没有遗产")
    fresh(case).propose_closing(by=people.officer)
    fresh(case).close(by=people.director)
    assert fresh(case).closing_ground == ANNULLED


def test_what_was_seen_to_be_done_and_was_not_keeps_the_case_open(people: People) -> None:
    case = served(make_case(people), people, **HEAVY)
    pay(case, people, 500)
    fresh(case).note_fulfilment(make_fulfilment(people), by=people.officer)
    fresh(case).finish_enforcement(by=people.officer, ground=DONE)
    fresh(case).void_entry(case.fulfilments.get(), by=people.chief, reason="又开工了")
    with pytest.raises(Refusal, match="还欠责令停产停业"):
        fresh(case).propose_closing(by=people.officer)


def test_a_case_that_came_to_its_end_in_march_2019_is_closed_in_april(people: People) -> None:
    with on(datetime.date(2019, 3, 29)):
        case = otherwise_agreed(make_case(people), people)
        case.approve_outcome(by=people.head)
        case.serve_outcome(make_receipt(people), by=people.officer)
    with on(datetime.date(2019, 4, 2)):
        fresh(case).propose_closing(by=people.officer)
    assert fresh(case).closing_ground == "不予行政处罚"


# What comes after it was closed


def test_what_comes_after_the_closing_moves_neither_its_ground_nor_its_day(people: People) -> None:
    case = closed(make_case(people), people)
    with on(DAY + days(20)):
        remedy(case, people, "review", "upheld")
        assert (fresh(case).closing_ground, fresh(case).ended_on) == (DONE, DAY)
        with pytest.raises(Incomplete, match="结案的情形没有变"):
            fresh(case).return_closing(by=people.director, reason="复议")


def test_a_case_whose_decision_was_annulled_after_the_closing_is_returned_and_closed_anew(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    with on(DAY + days(20)):
        remedy(case, people, "review", "annulled")
        today = timezone.localdate()
        fresh(case).refund(models.Refund(what="fine", amount=500, refunded_on=today, voucher="退1"), by=people.officer)
        assert fresh(case).closing_ground == DONE
        with pytest.raises(Incomplete, match="决定已经被撤销，结案的情形变了，请退回、重新报请"):
            fresh(case).archive(by=people.officer, reason="没有备案")
        fresh(case).return_closing(by=people.director, reason="复议撤销了决定")
        held = fresh(case)
        assert (held.closing_ground, held.ended_on, held.closed_on) == (ANNULLED, today, None)
        fresh(case).propose_closing(by=people.officer)
        fresh(case).close(by=people.director)


def test_a_case_without_a_penalty_is_returned_too_where_a_review_annuls_that(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.serve_outcome(make_receipt(people), by=people.officer)
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    with on(DAY + days(20)):
        remedy(case, people, "review", "annulled")
        fresh(case).return_closing(by=people.director, reason="复议撤销了决定")
        assert fresh(case).closing_ground == ANNULLED


def test_the_closing_runs_from_the_agreement_that_ended_the_matter(people: People) -> None:
    case = served(make_case(people), people)
    with on(DAY + days(40)):
        pay(fresh(case), people, 500)
    with on(DAY + days(120)):
        today, held = timezone.localdate(), fresh(case)
        agreement = make_agreement(remitted=held.unpaid_surcharge(), agreed_on=today)
        held.remit_surcharge(agreement, by=people.director, reason="不损害他人")
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
        assert fresh(case).ended_on == today
        fresh(case).propose_closing(by=people.officer)


def test_what_was_given_back_and_is_owed_again_grows_again(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    remedy(case, people, "review", "changed", fine=300)
    given_back = models.Refund(what="fine", amount=200, refunded_on=DAY, voucher="退1")
    fresh(case).refund(given_back, by=people.officer)
    remedy(case, people, "suit", "changed", fine=500)
    with on(DAY + days(30)):
        owed = fresh(case).owed(timezone.localdate())
        assert owed.unpaid_fine == 200
        late = (timezone.localdate() - fresh(case).payment_due()).days
        assert owed.surcharge == Decimal(200) * late * 3 / 100


def test_a_plan_takes_nothing_from_the_days_that_the_law_leaves(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match="法定的缴款期限到 2026-12-11 为止"):
        case.arrange(by=people.director, asked_on=DAY, instalments=[(DAY + days(2), Decimal(500))])
    plan = [(DAY + days(2), Decimal(100)), (DAY + days(40), Decimal(400))]
    case.arrange(by=people.director, asked_on=DAY, instalments=plan)
    assert fresh(case).payment_due() >= DAY + days(40)


def test_what_may_be_a_crime_is_not_closed_by_ending_the_investigation(people: People) -> None:
    case = file(make_case(people), people)
    conclude(case, people, outcome="transfer", kinds=[], fine=0, is_crime=True)
    qualify(people.auditor)
    case.return_from_audit(by=people.auditor, reason="补充")
    with pytest.raises(Refusal, match="也不能不移送"):
        case.end_investigation(by=people.director, reason="当事人找不到")


def test_the_closing_form_tells_of_no_penalty_that_was_never_decided(people: People) -> None:
    case = transferred(make_case(people), people)
    case.refuse_transfer(make_reply(), by=people.officer)
    conclude(case, people, is_crime=False)
    case.audit(by=people.auditor, reason="事实清楚")
    meet(case, people, vote="disagree").send_to_supplement(by=people.head, reason="证据不足")
    case.end_investigation(by=people.director, reason="查不清")
    case.propose_closing(by=people.officer)
    assert "给予行政处罚" not in issue(fresh(case), people, 40).sheet.canonical()
    with pytest.raises(Refused):
        fresh(case).take_reply_back(by=people.chief, reason="看错了")


def test_an_answer_on_which_goods_were_handed_over_is_not_taken_back(people: People) -> None:
    case = make_case(people)
    case.take_measure(make_measure(people), by=people.officer)
    case.approve_measure(case.measures.get(), by=people.director)
    transferred(case, people)
    fresh(case).accept_transfer(make_reply(), by=people.officer)
    fresh(case).end_measure(case.measures.get(), by=people.director, how="disposed", reason="移送公安机关")
    with pytest.raises(Incomplete, match="物品已经依答复移送"):
        fresh(case).take_reply_back(by=people.chief, reason="看错了")


def test_a_filing_that_is_proposed_anew_prints_no_opinion_of_the_first_time(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief, reason="第一次审核")
    case.send_back(by=people.director, reason="补充")
    case.propose_filing(by=people.officer)
    assert "第一次审核" not in issue(fresh(case), people, 4).sheet.canonical()


def returned(case: Case, people: People) -> Case:
    """With its form 28, and a second text proposed on the next day."""
    notified(case, people)
    case.recheck(models.Recheck(points="没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(make_decision(case), by=people.officer, measures=[])
    case.review_decision(by=people.auditor)
    assert "审核通过" in issue(fresh(case), people, 28).sheet.canonical()
    case.return_decision(by=people.head, reason="理由要写全")
    with on(DAY + days(1)):
        fresh(case).propose_decision(make_decision(fresh(case), reasons="写全的理由"), by=people.officer, measures=[])
    return case


def test_a_decision_that_was_returned_leaves_its_opinion_to_its_own_text(people: People) -> None:
    case = returned(make_case(people), people)
    printed = issue(fresh(case), people, 28).sheet.canonical()
    assert "写全的理由" in printed
    assert "审核通过" not in printed


def test_the_form_of_a_text_that_was_returned_is_not_that_of_the_decided_one(people: People) -> None:
    case = returned(make_case(people), people)
    with on(DAY + days(1)):
        fresh(case).review_decision(by=people.auditor)
        fresh(case).decide(by=people.head)
        assert 28 in [each.form.number for each in missing(fresh(case))]
        issue(fresh(case), people, 28)
        assert 28 not in [each.form.number for each in missing(fresh(case))]


def test_a_form_of_a_new_round_prints_no_opinion_of_the_earlier(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.return_outcome(by=people.head, reason="再查")
    with on(DAY + days(1)):
        conclude(fresh(case), people, facts="全新的事实")
        printed = issue(fresh(case), people, 23).sheet.canonical()
    assert "全新的事实" in printed
    assert "轻微，已改正" not in printed


# What rests on another entry


def test_no_payment_is_voided_that_was_given_back(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    remedy(case, people, "review", "changed", fine=300)
    given_back = models.Refund(what="fine", amount=200, refunded_on=DAY, voucher="退1")
    fresh(case).refund(given_back, by=people.officer)
    with pytest.raises(Incomplete, match="先作废退款"):
        fresh(case).void_entry(case.payments.get(), by=people.chief, reason="登错")
    fresh(case).void_entry(case.refunds.get(), by=people.chief, reason="登错")
    fresh(case).void_entry(case.payments.get(), by=people.chief, reason="登错")
    assert fresh(case).owed(DAY).said == "罚款 300.00 元"


def test_nothing_is_given_back_before_it_was_paid(people: People) -> None:
    with on(DAY - days(30)):
        case = served(make_case(people), people)
    pay(fresh(case), people, 500)
    remedy(case, people, "review", "annulled")
    early = models.Refund(what="fine", amount=500, refunded_on=DAY - days(20), voucher="退1")
    with pytest.raises(Incomplete, match=f"要在缴款（{DAY}）和今天之间"):
        fresh(case).refund(early, by=people.officer)


def test_who_read_it_published_may_pay_before_it_counts_as_served(people: People) -> None:
    with on(DAY - days(40)):
        case = decided(make_case(people), people)
    published = DAY - days(35)
    receipt = make_receipt(people, mode="公告送达", published_on=published, served_on=DAY)
    fresh(case).serve(receipt, by=people.officer, reason="期限")
    with pytest.raises(Incomplete, match="才送达或者公告"):
        pay(fresh(case), people, 500, paid_on=published - days(1))
    pay(fresh(case), people, 500, paid_on=published + days(5))
    with pytest.raises(Refused, match="比更正的送达日期早"):
        fresh(case).correct_receipt(make_receipt(people, served_on=DAY), by=people.chief, reason="直接送达的")


# What a review and a court leave


def test_results_count_in_the_order_of_their_days(people: People) -> None:
    case = served(make_case(people), people)
    with on(DAY + days(60)):
        remedy(case, people, "review", "changed", DAY + days(30), fine=400)
        remedy(case, people, "suit", "changed", DAY + days(60), fine=300)
        fresh(case).void_entry(case.remedies.first(), by=people.chief, reason="日期登错")
        remedy(case, people, "review", "changed", DAY + days(31), fine=400)
        assert fresh(case).owed(timezone.localdate()).fine == 300


def test_what_a_review_lifted_stands_again_by_the_court(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "没收非法财物", "吊销许可证件"], confiscated=20)
    remedy(case, people, "review", "changed", lifted=["没收非法财物", "吊销许可证件"])
    assert fresh(case).standing_kinds() == ["罚款"]
    fresh(case).begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/remedy_ended/")
    assert page.context["form"].initial["lifted"] == ["没收非法财物", "吊销许可证件"]
    row = models.RemedyEnd(
        ended_on=DAY, outcome="changed", fine=500, paper="（2026）冀1026行初1号", lifted=["吊销许可证件"]
    )
    fresh(case).end_remedy(row, by=people.officer)
    assert fresh(case).standing_kinds() == ["罚款", "没收非法财物"]


def test_goods_that_were_given_back_are_taken_over_anew(people: People) -> None:
    case = make_case(people, found_on=DAY - days(20))
    with on(DAY - days(20)):
        case.take_measure(make_measure(people), by=people.officer)
        measure = case.measures.get()
        case.approve_measure(measure, by=people.director)
    served(case, people, **GOODS)
    pay(case, people, 500)
    remedy(case, people, "review", "annulled")
    fresh(case).end_measure(measure, by=people.director, how="released", reason="撤销，退还")
    fresh(case).void_entry(case.remedies.get(), by=people.chief, reason="另一案的")
    with pytest.raises(Refusal, match="没收的非法财物还没有处理"):
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
    take_over(case, people)
    dispose(case, people)
    fresh(case).finish_enforcement(by=people.officer, ground=DONE)


# Its days


def test_the_closing_waits_for_what_was_ordered(people: People) -> None:
    case = served(make_case(people), people)
    order = make_order(people)
    case.order_correction(order, by=people.officer)
    pay(case, people, 500)
    assert closing(case) is None
    with on(DAY + days(30)):
        checked = {"checked_on": timezone.localdate(), "is_mended": True, "found": "已改"}
        fresh(case).check_correction(order, by=people.officer, **checked)
        assert closing(case) is not None
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
        fresh(case).propose_closing(by=people.officer)


def test_the_closing_waits_for_the_money_that_is_given_back(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    remedy(case, people, "review", "changed", fine=300)
    assert closing(case) is None
    with on(DAY + days(40)):
        given_back = models.Refund(what="fine", amount=200, refunded_on=timezone.localdate(), voucher="退1")
        fresh(case).refund(given_back, by=people.officer)
        assert closing(case) == (DAY + days(40), DAY + days(40 + 21))
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
        fresh(case).propose_closing(by=people.officer)


def test_a_service_that_is_put_right_moves_the_end_that_follows_on_it(people: People) -> None:
    with on(DAY - days(5)):
        case = served(make_case(people), people, kinds=["警告"], fine=0)
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
    fresh(case).correct_receipt(make_receipt(people, served_on=DAY - days(1)), by=people.chief, reason="日期")
    assert fresh(case).ended_on == DAY - days(1)


def test_no_service_is_put_right_to_a_day_after_the_closing(people: People) -> None:
    with on(DAY - days(5)):
        case = served(make_case(people), people, kinds=["警告"], fine=0)
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)
        fresh(case).propose_closing(by=people.officer)
        fresh(case).close(by=people.director)
    with pytest.raises(Refused, match="结案比更正的送达日期早"):
        fresh(case).correct_receipt(make_receipt(people, served_on=DAY), by=people.chief, reason="日期")


def test_no_service_is_put_right_to_a_day_after_the_goods_were_taken_over(people: People) -> None:
    with on(DAY - days(10)):
        case = served(make_case(people), people, **GOODS)
    with on(DAY - days(8)):
        take_over(case, people)
        dispose(case, people)
    with pytest.raises(Refused, match="比更正的送达日期早"):
        fresh(case).correct_receipt(make_receipt(people, served_on=DAY - days(3)), by=people.chief, reason="日期")


def test_each_closing_is_reported(people: People) -> None:
    case = closed(make_case(people, source="assignment"), people)
    case.report(models.Report(ground="assigned", to="市局", sent_on=DAY), by=people.officer)
    case.reopen_enforcement(by=people.director, reason="票据登错")
    with on(DAY + days(5)):
        remedy(case, people, "review", "annulled")
        today = timezone.localdate()
        fresh(case).refund(models.Refund(what="fine", amount=500, refunded_on=today, voucher="退1"), by=people.officer)
        fresh(case).finish_enforcement(by=people.officer, ground=ANNULLED)
        fresh(case).propose_closing(by=people.officer)
        fresh(case).close(by=people.director)
        assert fresh(case).waits_to_be_reported()


# Instalments


def test_an_instalment_that_falls_on_a_day_off_may_be_paid_on_the_next_working_day(people: People) -> None:
    case = served(make_case(people), people)
    saturday, monday = datetime.date(2026, 12, 19), datetime.date(2026, 12, 21)
    case.arrange(by=people.director, asked_on=DAY, instalments=[(saturday, Decimal(500))])
    with on(monday):
        pay(fresh(case), people, 500)
        fresh(case).finish_enforcement(by=people.officer, ground=DONE)


def test_a_plan_with_the_wrong_year_is_voided_and_made_anew_whatever_day_it_is(people: People) -> None:
    case = served(make_case(people), people)
    wrong = [(datetime.date(2036, 1, 5), Decimal(500))]
    case.arrange(by=people.director, asked_on=DAY, instalments=wrong)
    with on(DAY + days(30)):
        pay(fresh(case), people, 100)
        right = [(DAY + days(20), Decimal(100)), (DAY + days(40), Decimal(400))]
        with pytest.raises(Incomplete, match="是您登记的"):
            fresh(case).void_entry(case.arrangements.get(), by=people.director, reason="年份登错")
        fresh(case).void_entry(case.arrangements.get(), by=people.head, reason="年份登错")
        with pytest.raises(Incomplete, match=r"要等于还没有缴的罚款 500.00 元"):
            fresh(case).arrange(by=people.director, asked_on=DAY, instalments=right[1:])
        fresh(case).arrange(by=people.director, asked_on=DAY, instalments=right)
        dues = [each.due for each in fresh(case).deadlines() if each.limit.rule == "payment"]
        assert dues == [datetime.date(2027, 1, 5)]


# On the spot


@pytest.fixture
def spot(people: People) -> Case:
    case = make_case(people)
    case.penalise_on_the_spot(make_spot_penalty(people, cash=True), by=people.officer, reason="当场收缴")
    return fresh(case)


def test_cash_that_was_not_taken_is_paid_and_urged_for_like_any_fine(people: People, spot: Case) -> None:
    assert "spot_corrected" not in [step.verb for step in spot.steps.offered(Situation(spot, people.officer))]
    assert "spot_corrected" in [step.verb for step in spot.steps.offered(Situation(spot, people.chief))]
    right = {"handed_over_on": DAY, "cash": False}
    spot.correct_spot_penalty(models.SpotCorrection(**right), by=people.chief, reason="没有收现金")
    assert "cash" not in [each.limit.rule for each in fresh(spot).deadlines()]
    with on(DAY + days(30)):
        fresh(spot).urge(make_urging(people, fine=50), by=people.officer)
        with pytest.raises(Incomplete, match="已经催告"):
            spot.correct_spot_penalty(
                models.SpotCorrection(handed_over_on=DAY, cash=True), by=people.chief, reason="有"
            )


def test_who_penalised_does_not_put_it_right(people: People, spot: Case) -> None:
    right = models.SpotCorrection(penalty=spot.spot_penalty, handed_over_on=DAY, cash=False)
    with pytest.raises(DatabaseError, match="由别人来更正"), transaction.atomic():
        spot.keep(right, people.second)


def test_the_day_on_the_paper_moves_the_clocks(people: People, spot: Case) -> None:
    with on(DAY + days(3)):
        for day, said in ((DAY + days(4), "今天之间"), (datetime.date(2027, 1, 2), "另一年")):
            row = models.SpotCorrection(handed_over_on=day, cash=False)
            with pytest.raises(Incomplete, match=said):
                fresh(spot).correct_spot_penalty(row, by=people.chief, reason="日期")
        row = models.SpotCorrection(handed_over_on=DAY + days(2), cash=False)
        fresh(spot).correct_spot_penalty(row, by=people.chief, reason="日期")
    assert {fresh(spot).served_on(), fresh(spot).decided_on} == {DAY + days(2)}


# In the database


def test_a_row_belongs_to_one_case(people: People) -> None:
    archived = closed(make_case(people), people)
    make_missing_papers(archived, people)
    fresh(archived).archive(by=people.officer, reason=UNPUBLISHED)
    other = served(make_case(people, party_name="李四"), people)
    void = models.EntryVoid(case=other, payment=archived.payments.get())
    with pytest.raises(DatabaseError, match="指向两个案件"), transaction.atomic():
        other.keep(void, people.chief)


def test_nobody_voids_the_own_entry(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 100)
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.second)
    row = models.RemedyEnd(ended_on=DAY, outcome="upheld", paper="文书1号")
    case.end_remedy(row, by=people.officer)
    for entry in ({"payment": case.payments.get()}, {"remedy": case.remedies.get()}):
        with pytest.raises(DatabaseError, match="是您登记的"), transaction.atomic():
            case.keep(models.EntryVoid(case=case, **entry), people.officer)


def test_nobody_puts_the_own_receipt_right(people: People) -> None:
    case = served(make_case(people), people)
    again = make_receipt(people, case=case, paper="decision")
    with pytest.raises(DatabaseError, match="送达是您登记的"), transaction.atomic():
        case.keep(again, people.officer)
