"""A review or a court undoes or changes a decision; 石磊 and 周正 put right what 高远 entered wrongly."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused
from acts.steps import Situation
from cases import models
from cases.archiving.missing import missing
from cases.case import Case
from cases.desk import worklist
from cases.desk.subscription import as_calendar
from cases.rule import Refusal
from cases.watching import figures
from tests.acting import on
from tests.cases.people import (
    HEAVY,
    UNPUBLISHED,
    UNWEIGHED,
    People,
    ask_for_a_hearing,
    certify,
    closed,
    file,
    issue,
    know_2027,
    make_case,
    make_decision,
    make_fulfilment,
    make_hearing,
    make_measure,
    make_minutes,
    make_missing_papers,
    make_order,
    make_people,
    make_receipt,
    make_spot_penalty,
    make_testing,
    make_urging,
    notified,
    otherwise_agreed,
    pay,
    served,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)
GOODS: dict[str, Any] = {"kinds": ["罚款", "没收非法财物"], "fine": 500, "confiscated": 20}


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def fresh(case: Case) -> Case:
    found: Case = Case.objects.with_its_rows().get(pk=case.pk)
    return found


def end(case: Case, people: People, outcome: str, *, reason: str = "", **values: Any) -> None:
    """A review that comes to its end today."""
    today = timezone.localdate()
    case.begin_remedy(models.Remedy(kind="review", began_on=today), by=people.officer)
    row = models.RemedyEnd(ended_on=today, outcome=outcome, paper="文政复〔2026〕1号", **values)
    case.end_remedy(row, by=people.officer, reason=reason)


def rules_of(case: Case) -> list[str]:
    return [each.limit.rule for each in fresh(case).deadlines()]


# Reviews and courts


def test_goods_that_a_review_frees_are_given_back_and_the_case_is_closed(people: People) -> None:
    case = make_case(people, found_on=DAY - days(20))
    with on(DAY - days(20)):
        case.take_measure(make_measure(people), by=people.officer)
        measure = case.measures.get()
        case.approve_measure(measure, by=people.director)
    served(case, people, **GOODS)
    pay(case, people, 500)
    end(case, people, "changed", fine=300, lifted=["没收非法财物"])
    case.end_measure(measure, by=people.director, how="released", reason="复议变更，退还")
    with pytest.raises(Refusal, match=r"多缴的 200.00 元还没有退还"):
        fresh(case).finish_enforcement(by=people.officer, ground="决定执行完毕")
    with pytest.raises(Incomplete, match=r"多缴的罚款是 200.00 元"):
        case.refund(models.Refund(what="fine", amount=201, refunded_on=DAY, voucher="退1"), by=people.officer)
    case.refund(models.Refund(what="fine", amount=200, refunded_on=DAY, voucher="退1"), by=people.officer)
    case = fresh(case)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    said = issue(case, people, 40).sheet.canonical()
    assert all(each in said for each in ("文政复〔2026〕1号", "退款200元", "现在应缴的罚款是300元", "不再执行"))


def test_only_what_was_changed_is_not_carried_out_any_more(people: People) -> None:
    case = served(make_case(people), people, **GOODS)
    with pytest.raises(Incomplete, match="结果是变更的"):
        end(case, people, "upheld", lifted=["没收非法财物"])


def test_money_of_an_annulled_decision_is_given_back_before_the_closing(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    end(case, people, "annulled")
    case = fresh(case)
    assert case.grounds_to_finish() == ["其他应当结案的情形"]
    with pytest.raises(Refusal, match=r"多缴的 500.00 元还没有退还"):
        case.finish_enforcement(by=people.officer, ground="其他应当结案的情形")
    assert "登记退款" in [step.label for step in case.steps.awaited(Situation(case, people.officer))]


def test_after_an_annulment_the_same_act_may_be_fined_in_a_new_case(people: People) -> None:
    first = served(make_case(people), people)
    end(first, people, "annulled")
    again = served(make_case(people), people)
    assert again.served_on() == DAY


def test_an_annulled_refusal_to_penalise_is_not_closed_as_one(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.serve_outcome(make_receipt(people), by=people.officer)
    end(case, people, "annulled")
    assert case.closing_ground == "其他应当结案的情形"


def test_a_change_after_an_annulment_counts_and_nothing_gets_worse_without_a_reason(people: People) -> None:
    case = served(make_case(people), people)
    end(case, people, "annulled")
    end(case, people, "changed", fine=300)
    assert case.owed(DAY).fine == 300
    with pytest.raises(Incomplete, match="超过法定最高"):
        end(case, people, "changed", fine=50_000)


def test_a_change_for_the_worse_wants_a_reason(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match="比原来的决定重"):
        end(case, people, "changed", fine=600)


def test_what_was_entered_wrongly_of_a_review_is_voided_by_another(people: People) -> None:
    case = served(make_case(people), people)
    end(case, people, "annulled")
    wrong = case.remedies.get()
    page = signed_in(people.chief).get(f"/admin/cases/case/{case.pk}/do/entry_voided/").content.decode()
    assert "行政复议" in page
    with pytest.raises(NotYours):
        case.void_entry(wrong, by=people.officer, reason="看错了")
    answer = signed_in(people.chief).post(
        f"/admin/cases/case/{case.pk}/do/entry_voided/", {"entry": f"remedy-{wrong.pk}", "reason": "看错了"}
    )
    assert answer.status_code == 302
    assert fresh(case).owed(DAY).fine == 500
    assert "登记错误" in signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()


# Goods and duties


def test_goods_that_a_draft_names_do_not_go_before_it_is_decided(people: People) -> None:
    case = make_case(people, found_on=DAY - days(20))
    with on(DAY - days(20)):
        case.take_measure(make_measure(people), by=people.officer)
        measure = case.measures.get()
        case.approve_measure(measure, by=people.director)
    notified(case, people, **GOODS)
    case.recheck(models.Recheck(points="没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(make_decision(case), by=people.officer, measures=[measure])
    with pytest.raises(Incomplete, match="报批的决定书写明没收这些物品"):
        case.end_measure(measure, by=people.director, how="released", reason="退还")


def test_a_business_that_had_to_stop_is_seen_to_have_stopped(people: People) -> None:
    case = served(make_case(people), people, kinds=["责令停产停业"], fine=0)
    with pytest.raises(Incomplete, match="还欠责令停产停业"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/fulfilled/").content.decode()
    assert "责令停产停业" in page
    case.note_fulfilment(make_fulfilment(people), by=people.officer)
    with pytest.raises(Incomplete, match="已经登记履行"):
        case.note_fulfilment(make_fulfilment(people), by=people.officer)
    assert "court" not in rules_of(case)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")


# The court


def test_what_was_not_urged_is_not_asked_of_the_court(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "责令停产停业"])
    case.urge(make_urging(people, fine=None, duties=["责令停产停业"], duty="停止生产"), by=people.officer)
    know_2027()
    with on(DAY + days(200)):
        asked = {"court": "文安县人民法院", "applied_on": timezone.localdate()}
        with pytest.raises(Refusal, match="以前要催告"):
            fresh(case).apply_to_court(models.CourtApplication(**asked, fine=500), by=people.director)
        fresh(case).apply_to_court(
            models.CourtApplication(**asked, duties=["责令停产停业"], duty="停止生产"), by=people.director
        )


def test_more_than_was_urged_is_not_asked_of_the_court_and_the_rest_is_not_forgotten(people: People) -> None:
    case = served(make_case(people), people)
    know_2027()
    with on(DAY + days(100)):
        case.urge(make_urging(people, fine=1), by=people.officer)
    with on(DAY + days(200)):
        asked = {"court": "文安县人民法院", "applied_on": timezone.localdate()}
        with pytest.raises(Incomplete, match=r"罚款催告过的到 .* 是 1.00 元"):
            fresh(case).apply_to_court(models.CourtApplication(**asked, fine=500), by=people.director)
        fresh(case).apply_to_court(models.CourtApplication(**asked, fine=1), by=people.director)
        done = {"ended_on": timezone.localdate(), "outcome": "executed", "paper": "1"}
        fresh(case).end_court(models.CourtEnd(**done), by=people.officer)
        pay(fresh(case), people, 1, through_court=True)
        with pytest.raises(Refusal, match=r"还没有申请法院执行罚款 499.00 元、加处罚款 500.00 元"):
            fresh(case).finish_enforcement(by=people.officer, ground="法院结束执行")


def test_after_a_court_refused_the_time_to_ask_it_again_is_still_seen(people: People) -> None:
    case = served(make_case(people), people)
    know_2027()
    with on(DAY + days(100)):
        case.urge(make_urging(people, fine=500), by=people.officer)
    with on(DAY + days(200)):
        asked = {"court": "文安县人民法院", "applied_on": timezone.localdate(), "fine": 500}
        fresh(case).apply_to_court(models.CourtApplication(**asked), by=people.director)
        assert "court" not in rules_of(case)
        refused = {"ended_on": timezone.localdate(), "outcome": "refused", "paper": "1"}
        fresh(case).end_court(models.CourtEnd(**refused), by=people.officer)
        assert "court" in rules_of(case)


# Clocks


def test_an_instalment_falls_due_after_today_and_after_the_service(people: People) -> None:
    case = served(make_case(people), people)
    plan = [(DAY, Decimal(200)), (DAY + days(40), Decimal(300))]
    with pytest.raises(Incomplete, match="各期的日期要在批准的那天（2026-11-26）以后"):
        case.arrange(by=people.director, asked_on=DAY, instalments=plan)


def test_no_service_is_put_right_to_a_day_after_what_followed_on_it(people: People) -> None:
    with on(DAY - days(10)):
        case = served(make_case(people), people)
        plan = [(DAY - days(5), Decimal(200)), (DAY + days(40), Decimal(300))]
        case.arrange(by=people.director, asked_on=timezone.localdate(), instalments=plan)
    with pytest.raises(Incomplete, match="比更正的送达日期早"):
        case.correct_receipt(make_receipt(people, served_on=DAY - days(3)), by=people.chief, reason="日期")
    assert worklist.clocks_of(people.officer)


def test_the_time_to_close_runs_from_the_day_on_which_all_was_done(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    with on(DAY + days(35)):
        (closing,) = [each for each in fresh(case).deadlines() if each.limit.rule == "closing"]
        assert (closing.start, closing.has_passed(timezone.localdate())) == (DAY, True)
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
        assert case.ended_on == DAY
        with pytest.raises(Incomplete, match="“填写结案审批表”的期限"):
            case.propose_closing(by=people.officer)


def test_the_time_of_the_party_is_over_and_not_late(people: People) -> None:
    case = notified(make_case(people), people)
    assert "notice_reply" not in rules_of(case)


def test_a_hearing_that_was_reported_is_not_waited_for(people: People) -> None:
    case = notified(make_case(people), people, **HEAVY)
    ask_for_a_hearing(case, people)
    case.convene_hearing(make_hearing(people), by=people.director)
    case.hold_hearing(make_minutes(), by=people.member)
    assert "hearing_report" in rules_of(case)
    case.report_hearing(models.HearingReport(text="维持。"), by=people.auditor)
    assert "hearing_report" not in rules_of(case)


def test_who_decides_late_not_to_penalise_says_why(people: People) -> None:
    with on(DAY - days(200)):
        case = otherwise_agreed(make_case(people), people)
    with pytest.raises(Incomplete, match=r"作出.*决定.*的期限"):
        case.approve_outcome(by=people.head)
    case.approve_outcome(by=people.head, reason="等上级答复")
    assert "decision" in case.timeline.last().answered


def test_what_was_penalised_on_the_spot_is_put_away_in_time_or_says_why(people: People) -> None:
    case = make_case(people)
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    pay(case, people, case.spot_penalty.fine)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    with on(DAY + days(20)):
        make_missing_papers(case, people)
        with pytest.raises(Incomplete, match="“当场处罚材料归档”的期限"):
            fresh(case).archive(by=people.officer)


def test_a_measure_of_hours_rings_before_its_hour(people: People) -> None:
    case = make_case(people)
    measure = make_measure(people)
    case.take_measure(measure, by=people.officer)
    made = as_calendar([each for each in worklist.clocks_of(people.officer) if each.rule == "urgent"]).decode()
    ends = measure.papers_due().ends_at.astimezone(datetime.UTC)
    assert f"DTSTART:{ends:%Y%m%dT%H%M%SZ}" in made
    assert f"{ends - datetime.timedelta(hours=4):%Y%m%dT%H%M%SZ}" in made


# Closing and the archive


def test_what_nobody_can_mend_any_more_is_closed_with_a_reason(people: People) -> None:
    case = file(make_case(people), people)
    case.order_correction(make_order(people), by=people.officer)
    looked = {"checked_on": DAY, "is_mended": False, "found": "单位已注销。"}
    case.check_correction(case.correction_orders.get(), by=people.officer, **looked)
    case.end_investigation(by=people.director, reason="单位已注销")
    with pytest.raises(Incomplete, match="复查没有改正"):
        case.propose_closing(by=people.officer)
    case.propose_closing(by=people.officer, reason="单位已注销，不能再责令")


def test_papers_of_before_a_correction_are_made_anew_before_the_archive(people: People) -> None:
    with on(DAY - days(3)):
        case = served(make_case(people), people)
        issue(case, people, 29)
        receipt = issue(case, people, 39)
    corrected = make_receipt(people, served_on=DAY - days(1))
    case.correct_receipt(corrected, by=people.chief, reason="回证上是昨天")
    assert 39 in [each.form.number for each in missing(fresh(case))]
    case.void_paper(receipt, by=people.officer, reason="送达日期更正")
    assert 39 in [each.form.number for each in missing(fresh(case))]


def test_a_wrong_voucher_that_is_found_after_the_closing_is_put_right(people: People) -> None:
    case = closed(make_case(people), people)
    case.reopen_enforcement(by=people.director, reason="票据登错")
    assert (case.closed_on, case.get_state_display()) == (None, "执行")
    case.void_entry(case.payments.get(), by=people.chief, reason="票据登错")
    pay(case, people, 500, voucher="B2")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)


def test_one_voucher_in_two_cases_wants_a_word(people: People) -> None:
    first, second = served(make_case(people), people), served(make_case(people, party_name="乙"), people)
    pay(first, people, 500, voucher="V1")
    with pytest.raises(Incomplete, match="票据 V1 已经在案件 2026-0001登记"):
        pay(second, people, 500, voucher="V1")


# People


def test_who_approved_the_filing_does_not_name_himself(people: People) -> None:
    case = file(make_case(people), people)
    officer = certify(people.director, "J9", since=DAY - days(9), until=DAY + days(99))
    with pytest.raises(Refused, match="批准立案"):
        case.add_handlers([officer], by=people.director, reason="人手不够")


def test_the_latest_decision_says_whether_somebody_steps_back(people: People) -> None:
    case = make_case(people)
    decided = {"capacity": "承办人员", "asked_on": DAY, "asked_by": "本人", "ground": "亲戚"}
    decided |= {"account": people.officer, "decided_by": "负责人", "decided_on": DAY}
    case.decide_recusal(models.Recusal(**decided, steps_back=True), by=people.director)
    assert case not in Case.objects.seen_by(people.officer)
    case.decide_recusal(models.Recusal(**decided, steps_back=False), by=people.director)
    assert case in Case.objects.seen_by(people.officer)


def test_what_was_put_right_of_the_party_stays_masked(people: People) -> None:
    """The name that was wrong may be somebody's who has nothing to do with it."""
    case = make_case(people, clue="举报人称王小二少称，电话5255001。")
    party = case.party
    party.phone = "5255001"
    party.save(reason="登记电话")
    party.name, party.phone = "王晓二", "5255002"
    party.save(reason="登记错字")
    page = signed_in(people.inspector).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "王小二" not in page
    assert "5255001" not in page


def test_where_the_party_lives_is_masked_in_free_texts(people: People) -> None:
    case = make_case(people, clue="住文安县新镇村3排5号的人少称。")
    case.party.put(reason="核对", by=people.officer, address="文安县新镇村3排5号")
    page = signed_in(people.inspector).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "新镇村3排5号" not in page


def test_no_measure_is_older_than_the_clue(people: People) -> None:
    case = make_case(people)
    old = timezone.now() - days(200)
    with pytest.raises(Refused):
        case.take_measure(make_measure(people, taken_at=old, consent_at=old), by=people.officer)
    assert not case.measures.all()


def test_a_test_that_never_comes_back_is_said_to_have_no_result(people: People) -> None:
    case = make_case(people)
    case.send_for_testing(make_testing(), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/test_received/").content.decode()
    assert "没有结果的，写明原因" in page


def test_what_a_case_is_closed_for_is_not_taken_away_under_it(people: People) -> None:
    case = served(make_case(people), people)
    end(case, people, "annulled")
    case = fresh(case)
    case.finish_enforcement(by=people.officer, ground="其他应当结案的情形")
    with pytest.raises(Incomplete, match="先退回执行"):
        case.void_entry(case.remedies.get(), by=people.chief, reason="看错了")
    case.reopen_enforcement(by=people.director, reason="复议结果看错了")
    case.void_entry(case.remedies.get(), by=people.chief, reason="看错了")
    assert fresh(case).grounds_to_finish() == []


def test_a_refusal_to_penalise_stands_again_when_the_annulment_was_a_mistake(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.serve_outcome(make_receipt(people), by=people.officer)
    end(case, people, "annulled")
    case.void_entry(case.remedies.get(), by=people.chief, reason="别案的")
    assert case.closing_ground == "不予处罚或者移送"


def test_nothing_unpaid_goes_into_the_archive(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    case.void_entry(case.payments.get(), by=people.chief, reason="别案的票据")
    with pytest.raises(Incomplete, match=r"还不能归档：还欠罚款 500.00 元"):
        fresh(case).archive(by=people.officer, reason=UNPUBLISHED)


def sealed_long_ago(people: People) -> tuple[Case, models.Measure]:
    """For thirty days, approved; the last of them is today."""
    case = make_case(people, found_on=DAY - days(30))
    with on(DAY - days(30)):
        case.take_measure(make_measure(people), by=people.officer)
        measure = case.measures.get()
        case.approve_measure(measure, by=people.director)
    return case, measure


def ready_for_the_decision(case: Case, people: People) -> None:
    notified(case, people, **GOODS)
    case.recheck(models.Recheck(points="没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")


def test_goods_whose_term_is_over_are_taken_by_no_decision(people: People) -> None:
    case, measure = sealed_long_ago(people)
    ready_for_the_decision(case, people)
    case.propose_decision(make_decision(case), by=people.officer, measures=[measure])
    with on(DAY + days(1)):
        with pytest.raises(Refusal, match=r"查封、扣押.*已满"):
            case.review_decision(by=people.auditor)
        case.return_decision(by=people.auditor, reason="期限已满，物品退还")
        with pytest.raises(Refusal, match=r"查封、扣押.*已满"):
            case.propose_decision(make_decision(case), by=people.officer, measures=[measure])
        case.end_measure(measure, by=people.director, how="released", reason="期限已满")


def test_goods_that_are_taken_in_time_are_not_given_back(people: People) -> None:
    case, measure = sealed_long_ago(people)
    ready_for_the_decision(case, people)
    case.propose_decision(make_decision(case), by=people.officer, measures=[measure])
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    with pytest.raises(Incomplete, match="已经决定没收，不能退还"):
        case.end_measure(measure, by=people.director, how="released", reason="退还")


def test_goods_that_a_decision_took_too_late_are_given_back(people: People) -> None:
    """As decisions of before may have done: the case is not stuck."""
    case, measure = sealed_long_ago(people)
    ready_for_the_decision(case, people)
    with on(DAY + days(1)):
        case.propose_decision(make_decision(case), by=people.officer)
        case.review_decision(by=people.auditor)
        case.decide(by=people.head)
        case.keep(models.ConfiscatedGoods(decision=case.decision(), measure=measure), people.officer)
        with pytest.raises(Refused):
            case.end_measure(measure, by=people.director, how="disposed", reason="销毁")
        case.end_measure(measure, by=people.director, how="released", reason="期限已满，退还")
        assert not fresh(case).open_measures()


def test_a_second_application_on_one_urging_has_its_paper(people: People) -> None:
    case = served(make_case(people), people)
    know_2027()
    with on(DAY + days(100)):
        case.urge(make_urging(people, fine=500), by=people.officer)
    with on(DAY + days(200)):
        asked = {"court": "文安县人民法院", "applied_on": timezone.localdate(), "fine": 500}
        fresh(case).apply_to_court(models.CourtApplication(**asked), by=people.director)
        issue(fresh(case), people, 37)
        refused = {"ended_on": timezone.localdate(), "outcome": "refused", "paper": "1"}
        fresh(case).end_court(models.CourtEnd(**refused), by=people.officer)
        fresh(case).apply_to_court(models.CourtApplication(**asked), by=people.director)
        issue(fresh(case), people, 37)
        assert fresh(case).papers.filter(form=37).count() == 2


def test_nothing_is_enforced_where_nothing_was_served(people: People) -> None:
    case = file(make_case(people), people)
    case.end_investigation(by=people.director, reason="违法事实不成立")
    with pytest.raises(Incomplete, match="没有要执行的"):
        case.reopen_enforcement(by=people.director, reason="试试")
    page = signed_in(people.chief).get(f"/admin/cases/case/{case.pk}/do/receipt_corrected/")
    assert page.status_code == 200
    assert worklist.clocks_of(people.officer)


def test_a_fine_that_rises_again_is_owed_again_after_a_refund(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 500)
    end(case, people, "changed", fine=300)
    case.refund(models.Refund(what="fine", amount=200, refunded_on=DAY, voucher="退1"), by=people.officer)
    case.void_entry(case.remedies.get(), by=people.chief, reason="看错了")
    assert fresh(case).owed(DAY).unpaid_fine == 200
    case.void_entry(case.refunds.get(), by=people.chief, reason="没有退")
    assert fresh(case).owed(DAY).unpaid_fine == 0


def test_a_business_that_starts_again_has_to_stop_again(people: People) -> None:
    case = served(make_case(people), people, **HEAVY)
    case.note_fulfilment(make_fulfilment(people), by=people.officer)
    case.void_entry(case.fulfilments.get(), by=people.chief, reason="又开工了")
    assert fresh(case).duties_to_see() == ["责令停产停业"]


def test_a_lower_fine_makes_no_surcharge_below_nothing(people: People) -> None:
    case = served(make_case(people), people)
    pay(case, people, 400)
    with on(DAY + days(60)):
        pay(case, people, 100)
        end(case, people, "changed", fine=300)
        owed = fresh(case).owed(timezone.localdate())
        assert (owed.surcharge, owed.overpaid) == (0, 200)


def test_what_is_only_declared_unlawful_stands(people: People) -> None:
    case = served(make_case(people), people)
    end(case, people, "unlawful")
    assert not fresh(case).is_annulled()
    assert fresh(case).owed(DAY).fine == 500


def test_a_transferred_case_is_closed_although_nothing_was_mended(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.order_correction(make_order(people), by=people.officer)
    looked = {"checked_on": DAY, "is_mended": False, "found": "找不到人。"}
    case.check_correction(case.correction_orders.get(), by=people.officer, **looked)
    case.serve_outcome(make_receipt(people), by=people.officer)
    with pytest.raises(Incomplete, match="复查没有改正"):
        case.propose_closing(by=people.officer)
    case.propose_closing(by=people.officer, reason="找不到人，已列入检查计划")


def test_no_plan_goes_on_for_a_lifetime(people: People) -> None:
    case = served(make_case(people), people)
    with pytest.raises(Incomplete, match="请核对年份"):
        case.arrange(by=people.director, asked_on=DAY, instalments=[(datetime.date(9999, 12, 31), Decimal(500))])


def test_a_review_that_was_voided_is_not_counted(people: People) -> None:
    case = served(make_case(people), people)
    end(case, people, "annulled")
    case.void_entry(case.remedies.get(), by=people.chief, reason="别案的")
    found = figures.counted(Q(), (DAY, DAY))
    assert not [each for each in found if each.what == "changed"]
