"""高远 tells the party what is to be done, writes down what it says, and answers each point; 周正 has it heard where it
asks for that; nothing is decided before it had its time."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from acts.errors import Incomplete, NotYours, WrongState
from acts.steps import Situation
from cases import models
from cases.case import Case
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    CONCLUSION,
    HEAVY,
    People,
    agreed,
    know_2027,
    make_case,
    make_decision,
    make_evidence,
    make_hearing,
    make_minutes,
    make_notice,
    make_people,
    meet,
    notified,
    recheck,
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


def defend(case: Case, people: People, **values: Any) -> None:
    given = {"kind": "statement", "way": "written", "received_on": ago(10), "text": "秤是借来的。"}
    case.receive_defence(models.Defence(**given | values), by=people.officer)


@pytest.fixture
def told(people: People) -> Case:
    """The party was told two weeks ago."""
    return notified(make_case(people), people)


@pytest.fixture
def offered(people: People) -> Case:
    """It was told that it may ask for a hearing, and asked."""
    case = notified(make_case(people), people, **HEAVY)
    defend(case, people, kind="hearing", received_on=ago(12), text="要求听证。")
    return case


def test_the_clock_of_the_party_runs_from_the_day_on_which_it_was_told(people: People) -> None:
    case = agreed(make_case(people), people)
    case.notify(make_notice(people), by=people.officer)
    assert ("notice_reply", datetime.date(2026, 12, 3)) in [(d.limit.rule, d.due) for d in case.deadlines()]
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "陈述、申辩：2026-12-03（星期四）截止" in page


def test_a_heavy_penalty_is_not_told_without_offering_a_hearing(people: People) -> None:
    case = agreed(make_case(people), people, **HEAVY)
    with pytest.raises(Refusal, match=r"责令停产停业.*应当告知当事人有要求听证的权利"):
        case.notify(make_notice(people), by=people.officer)
    case.notify(make_notice(people, hearing_offered=True), by=people.officer)


def test_the_province_can_ask_for_a_hearing_from_a_lower_sum_on(people: People, settings: Any) -> None:
    settings.CASES = '{"hearing_fine_person": 400, "hearing_fine_organisation": 400}'
    case = agreed(make_case(people), people)
    with pytest.raises(Refusal, match=r"罚款 500.00 元，达到 400 元"):
        case.notify(make_notice(people), by=people.officer)


def test_the_page_says_whether_a_hearing_is_due_and_why(people: People) -> None:
    case = agreed(make_case(people), people, **HEAVY)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/notified/").content.decode()
    assert "应当告知：责令停产停业。" in page
    light = agreed(make_case(people), people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{light.pk}/do/notified/").content.decode()
    assert "没有达到应当告知听证的标准" in page


def test_each_part_of_the_notice_is_there(people: People) -> None:
    case = agreed(make_case(people), people)
    with pytest.raises(Incomplete, match="请写明事实、依据、理由和收件人"):
        case.notify(make_notice(people, reasons=""), by=people.officer)


def test_two_certified_officers_tell_it(people: People) -> None:
    case = agreed(make_case(people), people)
    one = make_notice(people)
    one.second_officer = one.first_officer
    with pytest.raises(Refusal, match="要有两名以上执法人员"):
        case.notify(one, by=people.officer)


def test_nothing_is_rechecked_or_decided_while_the_party_has_time(people: People) -> None:
    case = notified(make_case(people), people, days_ago=2)
    with pytest.raises(Refusal, match="在这以前不能作出决定"):
        case.recheck(models.Recheck(points="没有。", is_changed=False), by=people.officer)


def test_each_point_is_answered(people: People, told: Case) -> None:
    defend(told, people)
    with pytest.raises(Incomplete, match="每一次陈述、申辩都要答复"):
        told.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    with pytest.raises(Incomplete, match="每一点是否采纳、为什么"):
        recheck(told, people, points="")
    recheck(told, people)
    assert "不采纳。没有证据。" in told.latest_recheck().said
    told = Case.objects.get(pk=told.pk)
    with pytest.raises(NotYours):
        told.confirm_recheck(by=people.officer, reason="同意")
    told.confirm_recheck(by=people.auditor, reason="同意")
    assert told.get_state_display() == "待决定"


def test_a_spoken_defence_is_written_down_and_a_posted_one_counts_by_its_postmark(people: People, told: Case) -> None:
    defend(told, people, way="spoken")
    with pytest.raises(Incomplete, match="邮寄的填邮戳日期"):
        defend(told, people, way="posted")
    defend(told, people, way="posted", posted_on=ago(11))
    assert [each.given_on for each in told.notice().defences.all()] == [ago(10), ago(11)]


def test_a_hearing_that_was_not_offered_is_not_asked_for(people: People, told: Case) -> None:
    with pytest.raises(Incomplete, match="没有告知听证权利"):
        defend(told, people, kind="hearing")


def test_a_late_request_is_refused_and_a_late_letter_posted_in_time_is_not(people: People) -> None:
    case = notified(make_case(people), people, **HEAVY)
    with pytest.raises(Refusal, match="“要求听证”的期限 2026-11-19 已满"):
        defend(case, people, kind="hearing", received_on=ago(6))
    defend(case, people, kind="hearing", way="posted", received_on=ago(6), posted_on=ago(8))


def test_a_hearing_that_was_asked_for_is_held_before_anything_else(people: People, offered: Case) -> None:
    with pytest.raises(Refusal, match="当事人要求了听证，还没有举行"):
        offered.recheck(models.Recheck(points="没有。", is_changed=False), by=people.officer)


def test_who_gives_up_a_hearing_is_decided_on_without(people: People, offered: Case) -> None:
    defend(offered, people, kind="waiver", received_on=ago(11), text="不再要求听证。")
    assert "决定举行听证" not in [each.label for each in offered.steps.offered(Situation(offered, people.director))]
    offered.recheck(models.Recheck(points="当事人放弃听证。", is_changed=False), by=people.officer)


def test_the_way_of_a_hearing(people: People, offered: Case) -> None:
    offered.convene_hearing(make_hearing(people), by=people.director)
    assert offered.get_state_display() == "听证"
    with pytest.raises(Incomplete, match="听证还没有举行"):
        offered.report_hearing(models.HearingReport(text="维持。"), by=people.auditor)
    offered.hold_hearing(make_minutes(), by=people.member)
    assert "hearing_report" in [each.limit.rule for each in offered.deadlines()]
    offered.report_hearing(models.HearingReport(text="事实清楚，建议维持。"), by=people.auditor)
    assert offered.get_state_display() == "复核"
    offered.recheck(models.Recheck(points="听证的意见不采纳。", is_changed=False), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{offered.pk}/change/").content.decode()
    assert "听证报告：" in page


def test_the_days_of_a_hearing_do_not_count_for_the_decision(people: People, offered: Case) -> None:
    def due() -> datetime.date:
        return next(each.due for each in offered.deadlines() if each.limit.rule == "decision")

    on_hold = due()  # from the request, twelve days ago, to today
    offered.convene_hearing(make_hearing(people), by=people.director)
    assert due() == on_hold
    offered.hold_hearing(make_minutes(), by=people.member)
    assert on_hold - due() == datetime.timedelta(days=1)  # it was closed yesterday


def test_the_notice_of_a_hearing_is_seven_working_days_before_it(people: People, offered: Case) -> None:
    with pytest.raises(Refusal, match="请另定听证日期"):
        offered.convene_hearing(make_hearing(people, told_on=ago(9)), by=people.director)
    with pytest.raises(Refusal, match="请另定听证日期"):
        offered.convene_hearing(make_hearing(people, published_on=ago(2)), by=people.director)


def test_nobody_is_told_of_a_hearing_before_it_was_asked_for(people: People, offered: Case) -> None:
    with pytest.raises(Incomplete, match="要在当事人要求听证和今天之间"):
        offered.convene_hearing(make_hearing(people, told_on=ago(13)), by=people.director)
    assert not models.Hearing.objects.exists()


@pytest.mark.parametrize("place", ["chair", "clerk"])
def test_who_handles_the_case_neither_presides_nor_writes(people: People, offered: Case, place: str) -> None:
    with pytest.raises(Refusal, match="田野是本案的办案人员，不能"):
        offered.convene_hearing(make_hearing(people, **{place: people.second}), by=people.director)


def test_chair_and_clerk_are_two(people: People, offered: Case) -> None:
    with pytest.raises(Incomplete, match="不能是同一个人"):
        offered.convene_hearing(make_hearing(people, clerk=people.auditor), by=people.director)


def test_no_part_of_a_hearing_is_left_out(people: People, offered: Case) -> None:
    offered.convene_hearing(make_hearing(people), by=people.director)
    with pytest.raises(Refusal, match="听证笔录里没有最后陈述"):
        offered.hold_hearing(make_minutes(steps=["指控", "答辩", "质证", "辩论"]), by=people.member)
    with pytest.raises(Refusal, match="可以委托一至二人代理，现在是 3 人"):
        offered.hold_hearing(make_minutes(agents=3), by=people.member)


def test_a_public_hearing_is_published_before(people: People, offered: Case) -> None:
    with pytest.raises(Incomplete, match="公开举行的听证要先公告"):
        offered.convene_hearing(make_hearing(people, published_on=None), by=people.director)
    offered.convene_hearing(make_hearing(people, published_on=None, is_public=False), by=people.director)


def test_a_party_that_stays_away_has_ended_the_hearing(people: People, offered: Case) -> None:
    offered.convene_hearing(make_hearing(people), by=people.director)
    offered.hold_hearing(make_minutes(course="ended", steps=[], record="当事人没有到场。"), by=people.member)
    offered.report_hearing(models.HearingReport(text="当事人放弃。"), by=people.auditor)
    assert offered.get_state_display() == "复核"


def test_only_a_head_convenes_a_hearing(people: People, offered: Case) -> None:
    for account in (people.officer, people.chief, people.auditor, people.inspector):
        with pytest.raises(NotYours):
            offered.convene_hearing(make_hearing(people), by=account)


def test_what_is_changed_goes_to_the_committee_again_and_is_never_worse(people: People, told: Case) -> None:
    defend(told, people)
    recheck(told, people, points="部分采纳。", is_changed=True)
    told = Case.objects.get(pk=told.pk)
    with pytest.raises(Incomplete, match="请再报案审委"):
        told.confirm_recheck(by=people.auditor, reason="同意")
    told.submit_recheck(by=people.auditor, reason="同意改变")
    assert told.get_state_display() == "待审理"
    with pytest.raises(Refusal, match=r"罚款由 500.00 元增加到 800 元"):
        meet(told, people, fine=Decimal(800))
    meet(told, people, fine=Decimal(300)).agree(by=people.head)
    told.notify(make_notice(people), by=people.officer)
    assert told.notice().meeting.fine == 300


def test_what_the_party_hands_in_makes_nothing_worse(people: People, told: Case) -> None:
    defend(told, people)
    given = {"origin": "party", "first_officer": None, "second_officer": None}
    told.keep_evidence(make_evidence(people, **given, obtained_at=timezone.now()), by=people.officer)
    recheck(told, people, points="不采纳。", is_changed=True)
    told = Case.objects.get(pk=told.pk)
    told.submit_recheck(by=people.auditor, reason="同意改变")
    with pytest.raises(Refusal, match=r"罚款由 500.00 元增加到 800 元"):
        meet(told, people, fine=Decimal(800))


def test_new_facts_go_back_to_the_investigation(people: People, told: Case) -> None:
    told.recheck(models.Recheck(points="另有一台秤。", is_changed=True), by=people.officer)
    told.return_recheck(by=people.auditor, reason="查明另一台秤")
    told.keep_evidence(make_evidence(people), by=people.officer)
    told.conclude(
        models.Conclusion(**CONCLUSION | {"act_ended_on": ago(20), "fine": 900, "facts": "两台秤。"}),
        by=people.officer,
        reason="没有裁量基准",
    )
    told.audit(by=people.auditor, reason="同意")
    meet(told, people).agree(by=people.head)
    assert told.meeting().fine == 900


def test_the_way_through_the_pages(people: People) -> None:
    case = agreed(make_case(people), people)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/do"
    form = client.get(f"{path}/notified/").context["form"]
    assert form["facts"].value() == CONCLUSION["facts"]
    data = {name: form[name].value() for name in ("facts", "basis", "reasons")}
    first, second = models.Officer.objects.filter(account__in=[people.officer, people.second]).order_by("pk")
    data |= {
        "mode": "直接送达",
        "served_on": str(ago(0)),
        "recipient": "王小二",
        "published_on": "",
        "witness": "",
        "first_officer": first.pk,
        "second_officer": second.pk,
    }
    page = client.post(f"{path}/notified/", data, follow=True).content.decode()
    assert "告知已办。已告知，等当事人陈述、申辩" in page
    data = {"kind": "statement", "way": "spoken", "received_on": str(ago(0)), "posted_on": "", "text": "不服。"}
    page = client.post(f"{path}/defended/", data, follow=True).content.decode()
    assert "陈述、申辩（口头，已记录）：" in page
    assert "复核" not in [step.label for step in client.get(f"/admin/cases/case/{case.pk}/change/").context["awaited"]]


def test_no_step_is_skipped(people: People) -> None:
    case = agreed(make_case(people), people)
    with pytest.raises(WrongState):
        case.recheck(models.Recheck(points="没有。", is_changed=False), by=people.officer)
    with pytest.raises(WrongState):
        case.propose_decision(make_decision(case), by=people.officer)
    assert timezone.localdate() == DAY


def test_who_the_party_is_stands_once_it_was_concluded(people: People, told: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{told.pk}/party/change/"
    form = client.get(path).context["form"]
    data = {each.html_name: str(each.value() or "") for each in form}
    data |= {"address": "文安镇", "change_reason": "补地址"}
    refused = client.post(path, data | {"kind": "organisation"}, follow=True).content.decode()
    assert "已经写进报告或者决定，现在不能改" in refused
    client.post(path, data, follow=True)
    told.party.refresh_from_db()
    assert (told.party.kind, told.party.address) == ("person", "文安镇")


def test_a_time_that_is_not_settled_is_not_taken_to_be_over(people: People) -> None:
    day = datetime.date(2026, 12, 28)
    with on(day):
        case = agreed(make_case(people), people)
        case.notify(make_notice(people), by=people.officer)
    with on(datetime.date(2027, 1, 12)):
        recheck = models.Recheck(points="没有。", is_changed=False)
        with pytest.raises(Refusal, match="“陈述、申辩”的期限是暂定的，现在不能作出决定：2027年的放假安排还没有录入"):
            case.recheck(recheck, by=people.officer)
        assert case.get_state_display() == "已告知"
        assert "复核" not in [step.label for step in case.steps.offered(Situation(case, people.officer))]
        know_2027()
        case.recheck(recheck, by=people.officer)


def test_the_chair_reports_and_whoever_holds_it_writes_it_down(people: People, offered: Case) -> None:
    assert not Case.objects.seen_by(people.stranger).contains(offered)
    offered.convene_hearing(make_hearing(people, chair=people.stranger), by=people.director)
    assert Case.objects.seen_by(people.stranger).contains(offered)
    for who in (people.auditor, people.officer, people.director):
        with pytest.raises(NotYours):
            offered.hold_hearing(make_minutes(), by=who)
    offered.hold_hearing(make_minutes(), by=people.stranger)
    with pytest.raises(NotYours, match="听证报告由听证主持人提交"):
        offered.report_hearing(models.HearingReport(text="维持。"), by=people.member)
    offered.report_hearing(models.HearingReport(text="维持。"), by=people.stranger)
    assert offered.get_state_display() == "复核"


def test_in_2018_a_hearing_is_held_within_fifteen_days(people: People) -> None:
    asked_on = datetime.date(2018, 9, 10)
    with on(datetime.date(2018, 9, 5)):
        case = agreed(make_case(people), people, **HEAVY | {"fine": 900})
        case.notify(make_notice(people, hearing_offered=True), by=people.officer)
    with on(asked_on):
        given = {"kind": "hearing", "way": "written", "received_on": datetime.date(2018, 9, 7), "text": "要求听证。"}
        case.receive_defence(models.Defence(**given), by=people.officer)
        late = {"told_on": asked_on, "published_on": None, "is_public": False, "held_on": datetime.date(2018, 10, 9)}
        with pytest.raises(Incomplete, match="“举行听证”的期限 2018-09-25 已满"):
            case.convene_hearing(make_hearing(people, **late), by=people.head)
        case.convene_hearing(
            make_hearing(people, **late | {"held_on": datetime.date(2018, 9, 20)}), by=people.head, reason=""
        )
        assert "hearing" in [each.limit.rule for each in case.deadlines()]


def test_a_letter_posted_in_time_is_rechecked_however_late_it_comes(people: People, told: Case) -> None:
    told.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    told.confirm_recheck(by=people.auditor, reason="同意")
    letter = {"kind": "statement", "way": "posted", "received_on": DAY, "text": "秤是借来的。"}
    with pytest.raises(Incomplete, match="已经过了陈述、申辩的期限"):
        told.receive_letter(models.Defence(**letter, posted_on=ago(2)), by=people.officer)
    with pytest.raises(Incomplete, match="已经过了陈述、申辩的期限"):
        told.receive_letter(models.Defence(**letter | {"way": "written"}), by=people.officer)
    told.receive_letter(models.Defence(**letter, posted_on=ago(10)), by=people.officer)
    assert told.get_state_display() == "已告知"
    recheck(told, people)
    assert Case.objects.get(pk=told.pk).get_state_display() == "复核待审核"


def test_once_a_hearing_is_convened_what_the_party_says_is_a_statement(people: People, offered: Case) -> None:
    offered.convene_hearing(make_hearing(people), by=people.director)
    with pytest.raises(Incomplete, match="记为陈述、申辩"):
        defend(offered, people, kind="waiver")
    defend(offered, people)
    assert offered.get_state_display() == "听证"


def test_the_days_of_a_publication_do_not_count_for_the_decision(people: People) -> None:
    case = notified(make_case(people), people, days_ago=60)

    def due() -> datetime.date:
        return next(each.due for each in case.deadlines() if each.limit.rule == "decision")

    plain = due()
    with on(ago(60)):
        other = agreed(make_case(people), people)
    published = {"mode": "公告送达", "published_on": ago(59), "served_on": ago(29)}
    other.notify(make_notice(people, **published), by=people.officer)
    (clock,) = [each for each in other.deadlines() if each.limit.rule == "decision"]
    assert "公告" in "".join(map(str, clock.skipped))
    assert (clock.last_day - plain).days >= 28


def test_a_notice_is_not_published_before_it_is_agreed_to(people: People) -> None:
    case = agreed(make_case(people), people)
    published = {"mode": "公告送达", "published_on": ago(31), "served_on": DAY}
    with pytest.raises(Incomplete, match="以后、送达日期以前"):
        case.notify(make_notice(people, **published), by=people.officer)


def test_nothing_gets_worse_by_being_sent_round_once_more(people: People, told: Case) -> None:
    defend(told, people)
    recheck(told, people, is_changed=True)
    told = Case.objects.get(pk=told.pk)
    told.return_recheck(by=people.auditor, reason="补充调查")
    told.conclude(
        models.Conclusion(**CONCLUSION | {"act_ended_on": ago(20), "fine": 900}),
        by=people.officer,
        reason="没有裁量基准",
    )
    told.audit(by=people.auditor, reason="同意")
    with pytest.raises(Refusal, match=r"罚款由 500\.00 元增加到 900"):
        meet(told, people)


def test_the_party_is_not_told_before_the_chair_has_announced(people: People) -> None:
    case = agreed(make_case(people), people)
    with pytest.raises(Incomplete, match="送达日期要在宣布审理意见"):
        case.notify(make_notice(people, served_on=ago(1)), by=people.officer)


def test_a_hearing_whose_chair_steps_back_before_the_report_is_held_anew(people: People, offered: Case) -> None:
    offered.convene_hearing(make_hearing(people), by=people.director)
    offered.hold_hearing(make_minutes(), by=people.member)
    with pytest.raises(Incomplete, match="听证已经举行"):
        offered.convene_hearing(make_hearing(people), by=people.director)
    recusal = {"account": people.auditor, "capacity": "听证主持人", "asked_on": DAY, "asked_by": "当事人"}
    recusal |= {"ground": "亲戚", "decided_by": "负责人", "decided_on": DAY, "steps_back": True}
    offered.decide_recusal(models.Recusal(**recusal), by=people.director)
    offered.convene_hearing(make_hearing(people, chair=people.stranger), by=people.director)
    offered.hold_hearing(make_minutes(), by=people.stranger)
    offered.report_hearing(models.HearingReport(text="维持。"), by=people.stranger)
    assert offered.get_state_display() == "复核"


def test_each_step_to_a_hearing_has_its_day_and_no_repealed_rule_counts(people: People, offered: Case) -> None:
    rules = [each.limit.rule for each in offered.deadlines()]
    assert {"hearing_chair", "hearing_file", "hearing_date"} <= set(rules)
    assert "hearing" not in rules
