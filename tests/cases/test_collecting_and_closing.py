"""高远 sees to it that what was decided is paid, or asks the court; then the case is closed, reported, and kept."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from acts import timeline
from acts.errors import Incomplete, NotYours, Refused, WrongState
from acts.steps import Situation
from cases import models
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    UNPUBLISHED,
    People,
    certify,
    closed,
    conclude,
    file,
    issue,
    know_2027,
    make_case,
    make_measure,
    make_missing_papers,
    make_order,
    make_people,
    make_receipt,
    make_reply,
    make_testing,
    make_urging,
    meet,
    otherwise_agreed,
    pay,
    served,
    transferred,
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


LATER = DAY + datetime.timedelta(days=40)
DUE = datetime.date(2026, 12, 11)


@pytest.fixture
def case(people: People) -> Case:
    """A fine of 500 yuan was served today."""
    return served(make_case(people), people)


def urge(case: Case, people: People, **values: Any) -> None:
    case.urge(make_urging(people, **values), by=people.officer)


def apply(case: Case, people: People, **values: Any) -> None:
    given = {"court": "文安县人民法院", "applied_on": timezone.localdate(), "fine": 100}
    case.apply_to_court(models.CourtApplication(**given | values), by=people.director)


def test_who_pays_in_time_owes_nothing_more(people: People, case: Case) -> None:
    pay(case, people, 500)
    assert case.owed(LATER).unpaid == 0
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    assert case.get_state_display() == "待结案"


@pytest.mark.parametrize(("days", "surcharge"), [(0, 0), (1, 15), (10, 150), (33, 495), (34, 500), (200, 500)])
def test_the_surcharge_grows_by_three_hundredths_a_day_up_to_the_fine(
    people: People, case: Case, days: int, surcharge: int
) -> None:
    assert case.owed(DUE + datetime.timedelta(days=days)).surcharge == surcharge


def test_after_a_part_was_paid_it_grows_on_the_rest(people: People, case: Case) -> None:
    with on(DUE + datetime.timedelta(days=10)):
        pay(case, people, 300)
    owed = case.owed(DUE + datetime.timedelta(days=20))
    assert (owed.unpaid_fine, owed.surcharge) == (200, 150 + 60)


def test_it_stands_still_while_a_review_runs(people: People, case: Case) -> None:
    with on(DUE + datetime.timedelta(days=5)):
        case.begin_remedy(models.Remedy(kind="review", began_on=timezone.localdate()), by=people.officer)
    with on(DUE + datetime.timedelta(days=24)):
        assert case.owed(timezone.localdate()).surcharge == 4 * 15
        end = models.RemedyEnd(ended_on=timezone.localdate(), outcome="upheld", paper="文政复〔2027〕1号")
        case.end_remedy(end, by=people.officer)
        assert "复议后提起行政诉讼" in [each.limit.title for each in case.deadlines()] or case.deadlines()
    assert case.owed(DUE + datetime.timedelta(days=26)).surcharge == 6 * 15


def test_more_than_is_owed_is_a_mistake_of_typing(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match=r"罚款还欠 500.00 元，缴款 5000 元太多"):
        pay(case, people, 5000)
    pay(case, people, 200)
    with pytest.raises(Incomplete, match="这一张票据的这一款项已经登记"):
        pay(case, people, 200, voucher=case.payments.get().voucher)


def test_instalments_make_up_what_is_owed_and_move_the_surcharge(people: People, case: Case) -> None:
    plan = [(datetime.date(2026, 12, 20), Decimal(300)), (datetime.date(2027, 1, 20), Decimal(200))]
    with pytest.raises(Incomplete, match=r"合计要等于还没有缴的罚款 500.00 元"):
        case.arrange(by=people.director, asked_on=DAY, instalments=plan[:1])
    with pytest.raises(NotYours):
        case.arrange(by=people.officer, asked_on=DAY, instalments=plan)
    case.arrange(by=people.director, asked_on=DAY, instalments=plan)
    assert case.owed(datetime.date(2027, 1, 20)).surcharge == 0
    assert case.owed(datetime.date(2027, 1, 21)).surcharge == 15


def test_in_2018_only_the_first_head_allows_instalments(people: People, case: Case) -> None:
    pass_day = datetime.date(2018, 9, 3)
    with on(pass_day), pytest.raises((Refusal, Incomplete)):
        case.arrange(by=people.director, asked_on=DAY, instalments=[(DAY, Decimal(500))])


def test_nobody_is_urged_before_the_day_and_for_no_more_than_is_owed(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="还没有到期，不能催告"):
        urge(case, people)
    with on(LATER):
        with pytest.raises(Incomplete, match="写的金额不能更多"):
            urge(case, people, fine=5000)
        with pytest.raises(Incomplete, match="陈述、申辩的权利"):
            urge(case, people, rights_told=False)
        urge(case, people)


def test_the_court_is_not_asked_early_nor_late_nor_without_urging(people: People, case: Case) -> None:
    with on(LATER), pytest.raises(Refusal, match="当事人起诉的期限未满，2027-05-27 起才能申请"):
        apply(case, people)
    know_2027()
    with on(datetime.date(2027, 6, 1)):
        with pytest.raises(Refusal, match="以前要催告"):
            apply(case, people)
        urge(case, people, fine=500, surcharge=500)
        with pytest.raises(Refusal, match="催告送达以后满10个工作日"):
            apply(case, people, fine=500)
    with on(datetime.date(2027, 7, 1)):
        apply(case, people, fine=500, surcharge=500)
        with pytest.raises(Incomplete, match="还不是“法院结束执行”"):
            case.finish_enforcement(by=people.officer, ground="法院结束执行")
        end = models.CourtEnd(ended_on=timezone.localdate(), outcome="executed", paper="（2027）冀1026执1号")
        case.end_court(end, by=people.officer)
        for what in ("fine", "surcharge"):
            with pytest.raises(Refusal, match=r"法院执行完毕的.*加处罚款 500.00 元还没有登记缴款"):
                case.finish_enforcement(by=people.officer, ground="法院结束执行")
            pay(case, people, 500, what=what, through_court=True)
        case.finish_enforcement(by=people.officer, ground="法院结束执行")
    assert case.closing_ground == "法院结束执行"


def test_after_three_months_the_court_is_not_asked_any_more(people: People, case: Case) -> None:
    know_2027()
    with on(datetime.date(2027, 6, 1)):
        urge(case, people)
    with on(datetime.date(2027, 8, 27)), pytest.raises(Refusal, match="“申请法院强制执行”的期限 2027-08-26 已满"):
        apply(case, people)


def test_enforcement_is_suspended_resumed_and_ended_with_a_reason(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="请写明中止的理由"):
        case.suspend_enforcement(by=people.director, reason="")
    case.suspend_enforcement(by=people.director, reason="当事人死亡，等继承人")
    assert case.get_state_display() == "中止执行"
    case.resume_enforcement(by=people.director, reason="继承人已确定")
    case.end_enforcement(by=people.director, reason="没有财产可供执行")
    assert (case.get_state_display(), case.closing_ground) == ("待结案", "其他应当结案的情形")


def test_in_2018_only_the_first_head_suspends_or_ends_enforcement(people: People, case: Case) -> None:
    with on(datetime.date(2018, 9, 3)), pytest.raises(Refusal, match="由主要负责人批准"):
        case.suspend_enforcement(by=people.director, reason="等待")


def test_an_investigation_is_suspended_and_its_days_do_not_count(people: People) -> None:
    case = file(make_case(people), people)
    due = next(each.due for each in case.deadlines() if each.limit.rule == "decision")
    case.suspend_investigation(by=people.director, reason="等另案结果")
    with on(DAY + datetime.timedelta(days=10)):
        case.resume_investigation(by=people.director, reason="另案已结")
    with on(DAY + datetime.timedelta(days=11)):
        assert (next(e.due for e in case.deadlines() if e.limit.rule == "decision") - due).days >= 10
        case.end_investigation(by=people.director, reason="违法事实不成立")
    assert case.closing_ground == "终止调查"


def test_a_case_is_closed_by_a_head_when_nothing_is_open(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.order_correction(make_order(people), by=people.officer)
    with pytest.raises(Refusal, match=r"还不能结案：.*还没有复查"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    order = case.correction_orders.get()
    case.check_correction(order, by=people.officer, checked_on=DAY, is_mended=True, found="已换")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    for account in (people.officer, people.chief, people.auditor):
        with pytest.raises(NotYours):
            case.close(by=account)
    case.return_closing(by=people.director, reason="补票据")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    assert (case.get_state_display(), case.closed_on) == ("已结案", DAY)


def test_goods_that_nobody_has_disposed_of_keep_a_case_open(people: People) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people), by=people.officer)
    case.end_investigation(by=people.director, reason="违法事实不成立")
    with pytest.raises(Refusal, match=r"还不能结案：.*物品还没有处理"):
        case.propose_closing(by=people.officer)


def test_a_late_closing_says_why(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    with on(LATER), pytest.raises(Incomplete, match="“填写结案审批表”的期限"):
        case.propose_closing(by=people.officer)


def test_a_case_that_was_assigned_is_reported(people: People) -> None:
    case = closed(make_case(people, source="assignment"), people)
    assert "备案" in [step.label for step in case.steps.offered(Situation(case, people.officer))]
    case.report(models.Report(ground="assigned", to="廊坊市质量技术监督局", sent_on=DAY), by=people.officer)
    assert "备案" not in [step.label for step in case.steps.offered(Situation(case, people.officer))]


def test_what_is_in_the_archive_is_only_amended(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    assert case.get_state_display() == "已归档"
    assert [each.limit.rule for each in case.deadlines()] == ["publish"]
    with pytest.raises(WrongState):
        pay(case, people, 1)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/party/change/")
    assert page.status_code == 403
    amendment = models.Amendment(where="现场检查笔录的时间", right="2026年11月23日十时")
    case.amend(amendment, by=people.auditor, reason="笔误")
    assert "更正为：2026年11月23日十时" in (
        signed_in(people.auditor).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    )


def test_the_database_takes_nothing_more_into_the_archive(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    row = models.Payment(
        case=case, what="fine", amount=1, paid_on=DAY, voucher="后补", by=people.officer, by_name="高远"
    )
    with pytest.raises(DatabaseError, match="已经归档"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET closing_ground = '终结执行' WHERE id = %s", [case.pk])


def test_no_penalty_is_approved_by_the_first_head_before_it_is_served(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    assert case.get_state_display() == "待主要负责人批准"
    with pytest.raises(Incomplete, match=r"要报主要负责人批准，再送达，现在的批准人是其他负责人.*请写明理由"):
        case.approve_outcome(by=people.director)
    case.approve_outcome(by=people.head)
    with pytest.raises(Incomplete, match="没有处罚决定书"):
        case.serve(make_receipt(people), by=people.officer)
    case.serve_outcome(make_receipt(people), by=people.officer)
    assert (case.get_state_display(), case.closing_ground) == ("待结案", "不予处罚或者移送")


def test_in_2018_nobody_but_the_first_head_approves_it(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    with on(datetime.date(2018, 9, 3)), pytest.raises(Refusal, match="要报主要负责人批准"):
        case.approve_outcome(by=people.director, reason="出差")


def test_what_may_be_a_crime_goes_to_the_police(people: People) -> None:
    case = otherwise_agreed(make_case(people), people, "transfer", is_crime=True)
    assert "transfer" in [each.limit.rule for each in case.deadlines()]
    with pytest.raises(Incomplete, match="请批准移送"):
        case.approve_outcome(by=people.head)
    case.approve_transfer(by=people.head)
    with pytest.raises(Incomplete, match="还没有登记移送"):
        case.accept_transfer(make_reply(), by=people.officer)
    early = timezone.now() - datetime.timedelta(minutes=1)
    with pytest.raises(Incomplete, match="才批准移送，移送不能更早"):
        case.hand_over(models.HandingOver(to="文安县公安局", handed_at=early, receipt="回执1号"), by=people.officer)
    case.hand_over(
        models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt="回执1号"), by=people.officer
    )
    with pytest.raises(Incomplete, match="公安机关还没有答复"):
        case.hand_over(
            models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt="回执2号"), by=people.officer
        )
    with pytest.raises(Incomplete, match="答复的日期要在移送"):
        case.accept_transfer(make_reply(replied_on=ago(1)), by=people.officer)
    case.accept_transfer(make_reply(), by=people.officer)
    assert (case.get_state_display(), case.has_to_be_reported()) == ("待结案", True)


def test_what_the_police_do_not_take_is_investigated_again(people: People) -> None:
    case = otherwise_agreed(make_case(people), people, "transfer", is_crime=True)
    case.approve_transfer(by=people.head)
    with on(DAY + datetime.timedelta(days=3)):
        hand = models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt="回执1号")
        with pytest.raises(Incomplete, match=r"仍要移送.*请写明理由"):
            case.hand_over(hand, by=people.officer)
        case.hand_over(hand, by=people.officer, reason="材料太多")
        case.refuse_transfer(make_reply(paper="不予立案〔2026〕1号"), by=people.officer)
        assert ("transfer_objection", DAY + datetime.timedelta(days=6)) in [
            (each.limit.rule, each.due) for each in case.deadlines()
        ]
    assert case.get_state_display() == "调查"


def test_a_page_that_says_a_number_without_end_is_answered(people: People) -> None:
    case = served(make_case(people), people)
    page = signed_in(people.officer).post(f"/admin/cases/case/{case.pk}/do/paid/", {"seen": "9" * 5000})
    assert page.status_code == 200


def test_the_head_who_closes_sees_the_gains_too(people: People) -> None:
    case = served(make_case(people), people, kinds=["罚款", "没收违法所得"], confiscated=200, gains=200)
    pay(case, people, 500)
    pay(case, people, 200, what="confiscation")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    page = signed_in(people.director).get(f"/admin/cases/case/{case.pk}/do/closed/").content.decode()
    assert "200.00 元，已缴 200.00 元" in page


def test_a_closed_case_that_goes_back_to_enforcement_is_closed_by_nobody(people: People) -> None:
    case = closed(make_case(people), people)
    case.reopen_enforcement(by=people.director, reason="票据是别案的")
    connection.check_constraints()
    assert (case.closed_by, case.closed_by_name, case.closed_at, case.closed_on) == (None, "", None, None)
    assert list(timeline.faults(case)) == []


@pytest.mark.parametrize("outcome", ["none", "advice"])
def test_what_may_be_a_crime_is_not_let_go_instead(people: People, outcome: str) -> None:
    case = file(make_case(people), people)
    with pytest.raises(Refusal, match=r"不能以罚代移，也不能不移送.*第11条"):
        conclude(case, people, outcome=outcome, kinds=[], fine=0, is_crime=True)


@pytest.mark.parametrize(("slip", "state"), [("accept", "调查"), ("refuse", "待结案")])
def test_an_answer_of_the_police_that_was_entered_wrongly_is_voided_by_another_hand(
    people: People, slip: str, state: str
) -> None:
    case = transferred(make_case(people), people)
    answers = {"accept": case.accept_transfer, "refuse": case.refuse_transfer}
    answers.pop(slip)(make_reply(), by=people.officer)
    with pytest.raises(NotYours):
        case.take_reply_back(by=people.officer, reason="看错了")
    case.take_reply_back(by=people.chief, reason="看错了")
    assert (case.get_state_display(), case.ended_on, case.closing_ground) == ("移送", None, "")
    (right,) = answers.values()
    right(make_reply(paper="公安答〔2026〕2号"), by=people.officer)
    assert case.get_state_display() == state
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert f"（登记错误，{people.chief.get_full_name()}作废）" in page


def test_what_the_police_did_not_take_can_be_transferred_again(people: People) -> None:
    case = otherwise_agreed(make_case(people), people, "transfer", is_crime=True)
    for number in (1, 2):
        case.approve_transfer(by=people.head)
        hand = models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt=f"回执{number}号")
        case.hand_over(hand, by=people.officer)
        if number == 1:
            case.refuse_transfer(make_reply(paper="不予立案〔2026〕1号"), by=people.officer)
            conclude(case, people, outcome="transfer", kinds=[], fine=0, is_crime=True)
            case.audit(by=people.auditor, reason="补充了证据")
            meet(case, people).agree_otherwise(by=people.head)
    case.accept_transfer(make_reply(), by=people.officer)
    assert case.get_state_display() == "待结案"


def test_the_police_have_it_within_a_day_and_the_goods_within_three(people: People) -> None:
    case = make_case(people)
    case.take_measure(make_measure(people), by=people.officer)
    otherwise_agreed(case, people, "transfer", is_crime=True)
    case.approve_transfer(by=people.head)
    clock = next(each for each in case.deadlines() if each.limit.rule == "transfer_police")
    assert clock.said == "2026-11-27 12:00 截止"
    hand = models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt="回执1号")
    case.hand_over(hand, by=people.officer)
    assert "transfer_police" not in [each.limit.rule for each in case.deadlines()]
    case.accept_transfer(make_reply(), by=people.officer)
    assert ("transfer_goods", DAY + datetime.timedelta(days=3)) in [
        (each.limit.rule, each.due) for each in case.deadlines()
    ]


def test_the_first_head_can_send_an_outcome_back(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.return_outcome(by=people.head, reason="并不轻微")
    assert case.get_state_display() == "调查"


def test_what_a_court_changes_is_what_is_owed(people: People, case: Case) -> None:
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    changed = {"ended_on": DAY, "outcome": "changed", "paper": "（2026）冀1026行初1号"}
    with pytest.raises(Incomplete, match="结果是变更的，才填变更后的罚款"):
        case.end_remedy(models.RemedyEnd(**changed | {"outcome": "upheld"}, fine=200), by=people.officer)
    case.end_remedy(models.RemedyEnd(**changed, fine=200), by=people.officer)
    assert case.owed(DAY).unpaid_fine == 200
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "罚款</dt>" in page
    assert "还欠 200" in page


def test_what_a_court_annuls_is_not_collected(people: People, case: Case) -> None:
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    end = models.RemedyEnd(ended_on=DAY, outcome="annulled", paper="（2026）冀1026行初2号")
    case.end_remedy(end, by=people.officer)
    assert case.owed(LATER).unpaid == 0
    with on(LATER), pytest.raises(Incomplete, match="写的金额不能更多"):
        urge(case, people)
    case.finish_enforcement(by=people.officer, ground="其他应当结案的情形")
    assert case.get_state_display() == "待结案"


def test_nobody_arranges_instalments_when_the_day_is_over(people: People, case: Case) -> None:
    plan = [(LATER + datetime.timedelta(days=9), Decimal(500))]
    with on(LATER), pytest.raises(Refused, match="太晚了"):
        case.arrange(by=people.director, asked_on=LATER, instalments=plan)


def test_who_puts_away_what_was_not_reported_says_why(people: People) -> None:
    case = closed(make_case(people, source="assignment"), people)
    make_missing_papers(case, people)
    with pytest.raises(Incomplete, match=r"这一案要备案，还没有登记备案.*请写明理由"):
        case.archive(by=people.officer)
    case.archive(by=people.officer, reason="上级已收口头报告，书面随后补报；公示另办")
    assert case.timeline.last().answered == "reported\npublish"


def test_what_is_still_owed_waits_for_its_handler(people: People, case: Case) -> None:
    assert "登记缴款" in [step.label for step in case.steps.awaited(Situation(case, people.officer))]
    pay(case, people, 500)
    assert "登记缴款" not in [step.label for step in case.steps.offered(Situation(case, people.officer))]


def test_goods_that_are_held_are_not_left_behind_without_a_case(people: People) -> None:
    case = make_case(people)
    case.take_measure(make_measure(people), by=people.officer)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    with pytest.raises(Incomplete, match=r"还不能不予立案：.*物品还没有处理"):
        case.refuse_filing(by=people.director, reason="线索不实")


def test_what_was_prolonged_in_time_stays_so_when_a_result_comes_early(people: People) -> None:
    case = make_case(people, found_on=DAY - datetime.timedelta(days=40))
    testing = make_testing(sent_on=DAY - datetime.timedelta(days=39), until=DAY + datetime.timedelta(days=20))
    case.send_for_testing(testing, by=people.officer)
    case.prolong_filing(by=people.director, days=5, reason="等检验")
    early = DAY - datetime.timedelta(days=35)
    case.receive_result(testing, by=people.officer, received_on=early, conclusion="不合格")
    assert signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").status_code == 200
    assert "filing" in [each.limit.rule for each in case.deadlines()]


def test_a_head_who_handles_a_case_approves_nothing_in_it(people: People) -> None:
    certify(people.director, "冀R9001")
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.file(by=people.head, handlers=models.Officer.objects.filter(account__in=[people.officer, people.director]))
    with pytest.raises(Refusal, match="周正是本案的办案人员，不能中止调查"):
        case.suspend_investigation(by=people.director, reason="等待")


def test_a_large_fine_under_the_rules_of_metrology_is_the_provinces_however_they_are_written(people: People) -> None:
    for law in ("《计量法实施细则》第四十三条", "《中华人民共和国计量法实施细则》第四十三条"):
        case = file(make_case(people), people)
        with pytest.raises(Refusal, match="满一万元的由省级"):
            conclude(case, people, article=law, fine=Decimal(10_000), maximum=Decimal(20_000))


def test_with_instalments_the_party_keeps_its_own_time_to_sue(people: People, case: Case) -> None:
    case.arrange(by=people.director, asked_on=DAY, instalments=[(datetime.date(2026, 12, 20), Decimal(500))])
    with on(datetime.date(2027, 1, 5)):
        urge(case, people)
    with on(datetime.date(2027, 2, 1)), pytest.raises(Refusal, match="2027-05-27 起才能申请"):
        apply(case, people)


def test_a_review_that_was_withdrawn_shortens_nothing(people: People, case: Case) -> None:
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    end = models.RemedyEnd(ended_on=DAY, outcome="withdrawn", paper="文政复〔2026〕3号")
    case.end_remedy(end, by=people.officer)
    with on(LATER), pytest.raises(Refusal, match="2027-05-27 起才能申请"):
        apply(case, people)


def test_what_was_not_mended_keeps_a_case_open(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.order_correction(make_order(people), by=people.officer)
    order = case.correction_orders.get()
    case.check_correction(order, by=people.officer, checked_on=DAY, is_mended=False, found="没有换")
    with pytest.raises(Refusal, match="复查没有改正"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.order_correction(make_order(people), by=people.officer)
    again = case.correction_orders.last()
    case.check_correction(again, by=people.officer, checked_on=DAY, is_mended=True, found="已换")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")


def test_instalments_that_end_later_move_the_bureaus_time_and_not_the_partys(people: People, case: Case) -> None:
    case.arrange(by=people.director, asked_on=DAY, instalments=[(datetime.date(2027, 9, 1), Decimal(500))])
    due = {each.limit.rule: each.due for each in case.deadlines()}
    assert (due["suit"], due["court"]) == (datetime.date(2027, 5, 26), datetime.date(2027, 12, 1))


def test_after_a_review_the_party_has_fifteen_days_to_sue(people: People, case: Case) -> None:
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    end = models.RemedyEnd(ended_on=DAY, outcome="upheld", paper="文政复〔2026〕4号")
    case.end_remedy(end, by=people.officer)
    due = {each.limit.rule: each.due for each in case.deadlines()}
    assert due["suit_after_review"] == datetime.date(2026, 12, 11)
    assert "suit" not in due


GAINS: dict[str, Any] = {
    "kinds": ["罚款", "没收违法所得", "没收非法财物"],
    "fine": 500,
    "confiscated": 220,
    "gains": 20,
}


def test_gains_are_paid_and_goods_disposed_of_before_a_case_is_closed(people: People) -> None:
    case = served(make_case(people), people, **GAINS)
    pay(case, people, 500)
    with pytest.raises(Incomplete, match="还欠没收的违法所得 20"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    with pytest.raises(Incomplete, match="没收的违法所得还欠 20"):
        pay(case, people, 21, what="confiscation")
    pay(case, people, 20, what="confiscation")
    with pytest.raises(Refusal, match="没收的非法财物还没有处理"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    goods = make_measure(people, power="", days=None, consent_at=None, consent_by="", goods="假印章一枚")
    case.take_goods(goods, by=people.officer)
    assert [each.limit.rule for each in case.deadlines() if each.limit.rule in ("urgent", "sealing", "keeping")] == []
    case.end_measure(goods, by=people.director, how="disposed", reason="当众销毁")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    assert issue(case, people, 17).form == 17
    assert "假印章一枚" in issue(case, people, 35).sheet.canonical()


def test_a_sum_that_belongs_to_a_kind_is_not_left_out(people: People) -> None:
    case = file(make_case(people), people)
    with pytest.raises(Incomplete, match="没收违法所得、没收非法财物没有写明数额"):
        conclude(case, people, **GAINS | {"confiscated": 0, "gains": 0})


def test_each_instalment_is_on_the_clock_until_it_is_paid(people: People, case: Case) -> None:
    days = [DAY + datetime.timedelta(days=number) for number in (20, 41)]
    plan = list(zip(days, (Decimal(300), Decimal(200)), strict=True))
    case.arrange(by=people.director, asked_on=DAY, instalments=plan)

    def due() -> list[datetime.date]:
        fresh = Case.objects.with_its_rows().get(pk=case.pk)
        return [each.last_day for each in fresh.deadlines() if each.limit.rule == "payment"]

    assert due() == days
    pay(case, people, 300)
    assert due() == days[1:]


def test_a_suit_that_lasts_leaves_the_bureau_its_three_months(people: People, case: Case) -> None:
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    know_2027()
    with on(datetime.date(2027, 9, 30)):
        end = {"ended_on": datetime.date(2027, 9, 30), "outcome": "upheld", "paper": "（2027）冀1026行初1号"}
        case.end_remedy(models.RemedyEnd(**end), by=people.officer)
        (last,) = [each.due for each in case.deadlines() if each.limit.rule == "court"]
    assert last == datetime.date(2027, 12, 30)


def test_what_is_paid_to_the_fen_is_divided_to_the_fen(people: People, case: Case) -> None:
    data = {"asked_on": str(DAY), "instalments": "2026-12-20 166.6667\n2026-12-28 333.3333", "reason": ""}
    page = signed_in(people.director).post(f"/admin/cases/case/{case.pk}/do/arranged/", data).content.decode()
    assert "各期的金额写到分" in page


def test_who_has_paid_can_still_go_to_a_review(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    assert {"review", "suit"} <= {each.limit.rule for each in case.deadlines()}
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    with on(DAY + datetime.timedelta(days=10)):
        case.begin_remedy(models.Remedy(kind="review", began_on=timezone.localdate()), by=people.officer)
        annulled = {"ended_on": timezone.localdate(), "outcome": "annulled", "paper": "文政复〔2026〕1号"}
        case.end_remedy(models.RemedyEnd(**annulled), by=people.officer)
    assert case.is_annulled()


def test_what_was_not_mended_is_ordered_again_before_the_closing(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.order_correction(make_order(people), by=people.officer)
    case.serve_outcome(make_receipt(people), by=people.officer)
    first = case.correction_orders.get()
    case.check_correction(first, by=people.officer, checked_on=DAY, is_mended=False, found="还在用")
    with pytest.raises(Incomplete, match="复查没有改正"):
        case.propose_closing(by=people.officer)
    case.order_correction(make_order(people), by=people.officer)
    case.check_correction(
        case.correction_orders.last(), by=people.officer, checked_on=DAY, is_mended=True, found="已换"
    )
    case.propose_closing(by=people.officer)


def test_while_enforcement_is_suspended_the_time_for_the_court_is_seen(people: People, case: Case) -> None:
    case.suspend_enforcement(by=people.director, reason="等继承人")
    assert {"payment", "court"} <= {each.limit.rule for each in case.deadlines()}


def test_gains_that_are_not_paid_are_urged_for_on_paper_and_nothing_is_paid_that_is_not_owed(people: People) -> None:
    case = served(make_case(people), people, kinds=["没收违法所得"], fine=0, confiscated=400, gains=400)
    with pytest.raises(Incomplete, match="加处罚款还欠 0"):
        pay(case, people, 1, what="surcharge")
    with on(LATER):
        urge(case, people, fine=None, gains=400)
        assert "缴清没收的违法所得400元" in issue(case, people, 36).sheet.canonical()


def test_an_inquiry_goes_on_when_whoever_took_the_clue_down_steps_back(people: People) -> None:
    case = make_case(people)
    recusal = {"account": people.officer, "capacity": "承办人员", "asked_on": DAY, "asked_by": "本人"}
    recusal |= {"ground": "亲戚", "decided_by": "负责人", "decided_on": DAY, "steps_back": True}
    case.decide_recusal(models.Recusal(**recusal), by=people.director)
    second = models.Officer.objects.filter(account=people.second)
    case.add_handlers(second, by=people.director, reason="原登记人回避")
    case.propose_filing(by=people.second)
    case.send_back(by=people.director, reason="补材料")
    assert case.get_state_display() == "核查"


def test_a_surcharge_is_of_whole_fen(people: People) -> None:
    case = served(make_case(people), people, fine=Decimal("333.33"))
    assert case.owed(DUE + datetime.timedelta(days=20)).surcharge == Decimal("199.99")


def test_nothing_is_put_away_while_a_suit_runs(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    case.begin_remedy(models.Remedy(kind="suit", began_on=DAY), by=people.officer)
    with pytest.raises(Incomplete, match=r"还不能归档：.*行政诉讼还没有结果"):
        case.archive(by=people.officer, reason="先归档")


def test_a_payment_under_the_wrong_heading_is_voided_by_another_and_registered_again(people: People) -> None:
    case = served(make_case(people), people, **GAINS)
    pay(case, people, 20, voucher="A1")
    wrong = case.payments.get()
    with pytest.raises(NotYours):
        case.void_entry(wrong, by=people.officer, reason="登错了款项")
    case.void_entry(wrong, by=people.chief, reason="登错了款项")
    with pytest.raises(Incomplete, match="已经作废"):
        case.void_entry(wrong, by=people.chief, reason="登错了款项")
    assert case.owed(DAY).unpaid_fine == 500
    pay(case, people, 20, voucher="A1")
    with pytest.raises(Incomplete, match="这一张票据的这一款项已经登记"):
        pay(case, people, 20, voucher="A1")
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "登记错误" in page


def test_what_was_thought_to_be_paid_and_is_not_goes_back_into_enforcement(people: People, case: Case) -> None:
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    with pytest.raises(NotYours):
        case.reopen_enforcement(by=people.officer, reason="票据是别案的")
    case.reopen_enforcement(by=people.director, reason="票据是别案的")
    case.void_entry(case.payments.get(), by=people.chief, reason="票据是别案的")
    with pytest.raises(Incomplete, match="还欠罚款 500"):
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    pay(case, people, 500, voucher="B2")
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)


def test_a_receipt_that_was_registered_wrongly_is_put_right_and_the_clocks_follow(people: People, case: Case) -> None:
    path = f"/admin/cases/case/{case.pk}/do/receipt_corrected/"
    assert signed_in(people.officer).get(path).status_code == 403
    with on(DAY + datetime.timedelta(days=3)):
        later = make_receipt(people, served_on=DAY + datetime.timedelta(days=2))
        case.correct_receipt(later, by=people.chief, reason="回证上是后天")
        case = Case.objects.with_its_rows().get(pk=case.pk)
        assert case.served_on() == DAY + datetime.timedelta(days=2)
        (payment,) = [each for each in case.deadlines() if each.limit.rule == "payment"]
        assert payment.start == DAY + datetime.timedelta(days=2)
        early = make_receipt(people, served_on=DAY - datetime.timedelta(days=300))
        with pytest.raises(Refused, match="决定"):
            case.correct_receipt(early, by=people.director, reason="更早")


def test_who_does_not_hand_over_what_was_confiscated_is_urged_and_taken_to_court(people: People) -> None:
    case = served(make_case(people), people, kinds=["没收非法财物"], fine=0, confiscated=200)
    with on(LATER):
        with pytest.raises(Incomplete, match="请写明金额，或者其他应当履行的义务"):
            urge(case, people, fine=None)
        urge(case, people, fine=None, duties=["没收非法财物"], duty="交出没收的台秤一台")
        assert "交出没收的台秤一台" in issue(case, people, 36).sheet.canonical()
    case = Case.objects.with_its_rows().get(pk=case.pk)
    assert "court" in [each.limit.rule for each in case.deadlines()]
    assert "申请法院强制执行" in [step.label for step in case.steps.offered(Situation(case, people.director))]


def test_only_money_is_asked_for_where_only_money_is_owed(people: People, case: Case) -> None:
    with on(LATER), pytest.raises(Incomplete, match="请勾选是哪一项"):
        urge(case, people, duty="停产")


def test_gains_that_a_review_has_changed_are_owed_as_changed(people: People) -> None:
    case = served(make_case(people), people, **GAINS)
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    end = {"ended_on": DAY, "paper": "文政复〔2026〕5号"}
    with pytest.raises(Incomplete, match="才填变更后的罚款、违法所得"):
        case.end_remedy(models.RemedyEnd(outcome="upheld", gains=5, **end), by=people.officer)
    case.end_remedy(models.RemedyEnd(outcome="changed", gains=5, **end), by=people.officer)
    assert (case.owed(DAY).unpaid_of_each["confiscation"], case.owed(DAY).fine) == (5, 500)


def test_who_is_not_penalised_may_still_go_to_a_review(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.head)
    case.serve_outcome(make_receipt(people), by=people.officer)
    assert {"review", "suit"} <= {each.limit.rule for each in case.deadlines()}
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "行政复议" in page
