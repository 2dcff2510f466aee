"""孙丽 calls the committee, its members vote and sign with their own passwords, 郝明 announces what follows."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused, WrongState
from cases import models
from cases.case import Case
from cases.models import Officer
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    PASSWORD,
    People,
    conclude,
    endorse,
    file,
    make_case,
    make_committee,
    make_inspection,
    make_meeting,
    make_people,
    meet,
    qualify,
)
from tests.conftest import make_account, signed_in

DAY = datetime.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def members(people: People) -> list[models.Member]:
    return make_committee(people)


@pytest.fixture
def case(people: People) -> Case:
    """It was audited, and waits for the committee."""
    qualify(people.auditor)
    case = conclude(file(make_case(people), people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    return case


def test_the_committee_agrees_and_the_party_is_told_next(people: People, case: Case, members: Any) -> None:
    meet(case, people).agree(by=people.head)
    assert case.get_state_display() == "待告知"
    meeting = case.meeting()
    assert (meeting.members, meeting.counted, meeting.is_heavy) == (5, 5, False)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "罚款 500.00 元" in page
    assert "郝明：同意" in page


def test_each_member_signs_with_the_own_password(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    client, path = signed_in(people.member), f"/admin/cases/case/{case.pk}/do/voted/"
    asked = client.get(path).content.decode()
    for part in ("给予行政处罚：罚款 500.00 元", "使用检定证书过期的台秤。", "承办人员汇报案情"):
        assert part in asked
    refused = client.post(path, {"vote": "agree", "password": "别人的密码"}).content.decode()
    assert "密码不对，没有办。请再输入一次。" in refused
    assert not models.Ballot.objects.exists()
    done = client.post(path, {"vote": "agree", "password": PASSWORD}, follow=True).content.decode()
    assert "表决、签名已办" in done
    with pytest.raises(NotYours, match="或者已经表决"):
        case.vote(by=people.member, vote="disagree", opinion="再想想")


def test_a_member_sees_the_cases_on_which_the_committee_sat_and_no_others(
    people: People, case: Case, members: Any
) -> None:
    other = make_case(people)
    assert list(Case.objects.seen_by(people.member)) == []
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    assert list(Case.objects.seen_by(people.member)) == [case]
    assert signed_in(people.member).get(f"/admin/cases/case/{other.pk}/change/").status_code == 404


def test_nothing_is_announced_before_all_have_signed(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    for account in people.committee[:4]:
        case.vote(by=account, vote="agree")
    with pytest.raises(Incomplete, match="还有委员没有表决、签名：何文"):
        case.agree(by=people.head)
    case.vote(by=people.member, vote="agree")
    with pytest.raises(NotYours, match="由会议主持人郝明宣布"):
        case.agree(by=people.director)
    case.agree(by=people.head)


def test_who_disagrees_writes_why(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    with pytest.raises(Incomplete, match="不同意的，请写明意见"):
        case.vote(by=people.member, vote="disagree")


def test_without_a_majority_nothing_is_agreed(people: People, case: Case, members: Any) -> None:
    meet(case, people, vote="supplement")
    with pytest.raises(Incomplete, match="同意的委员没有过半数"):
        case.agree(by=people.head)
    case.send_to_supplement(by=people.head, reason="补充送检")
    assert case.get_state_display() == "调查"


def test_the_committee_can_sit_again(people: People, case: Case, members: Any) -> None:
    meet(case, people, vote="disagree")
    case.adjourn(by=people.head, reason="改变处理意见")
    assert case.get_state_display() == "待审理"
    meet(case, people, fine=300).agree(by=people.head)
    assert case.decided_proposal().fine == 300


def test_half_of_those_who_sit_is_no_majority(people: People, case: Case, members: Any) -> None:
    present = members[:4]
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=present)
    for account, vote in zip(people.committee, ["agree", "agree", "disagree", "supplement"], strict=False):
        case.vote(by=account, vote=vote, opinion="意见")
    with pytest.raises(Incomplete, match="没有过半数"):
        case.agree(by=people.head)


def test_the_bureau_can_choose_the_majority_of_all_members(
    people: People, case: Case, members: Any, settings: Any
) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members[:3])
    for account in people.committee[:2]:
        case.vote(by=account, vote="agree")
    case.vote(by=people.auditor, vote="disagree", opinion="证据不足")
    settings.CASES = '{"majority_of": "members"}'
    with pytest.raises(Incomplete, match="没有过半数"):
        case.agree(by=people.head)
    settings.CASES = "{}"
    case.agree(by=people.head)


def test_too_few_members_want_a_reason_today_and_were_refused_in_2018(people: People, case: Case, members: Any) -> None:
    with pytest.raises(Incomplete, match="要有 3 名以上委员，计入的出席委员是 2 名"):
        case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members[:2])
    with on(datetime.date(2018, 9, 3)):
        old = conclude(file(make_case(people), people), people)
        old.audit(by=people.auditor, reason="事实清楚")
        meeting = make_meeting(members, old.conclusion())
        with pytest.raises(Refusal, match="要有 3 名以上委员"):
            old.meet(meeting, by=people.auditor, present=members[:2], reason="人员出差")
    assert not old.meetings.exists()


def test_a_meeting_is_not_earlier_than_the_audit(people: People, case: Case, members: Any) -> None:
    early = make_meeting(members, case.conclusion(), held_on=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(Incomplete, match="才审核通过，会议不能更早"):
        case.meet(early, by=people.auditor, present=members, reason="委员名单已核对")
    assert not case.meetings.exists()


def test_a_heavy_penalty_wants_two_thirds_of_all_members(people: People, case: Case, members: Any) -> None:
    heavy = {"kinds": ["罚款", "责令停产停业"]}
    with pytest.raises(Incomplete, match="要有 4 名以上委员，计入的出席委员是 3 名"):
        case.meet(make_meeting(members, case.conclusion(), **heavy), by=people.auditor, present=members[:3])
    meeting = make_meeting(members, case.conclusion(), **heavy)
    case.meet(meeting, by=people.auditor, present=members[:4])
    assert meeting.is_heavy


@pytest.mark.parametrize(("chair", "deputised", "is_right"), [(0, False, True), (1, True, True), (1, False, False)])
def test_the_chair_presides_or_the_deputy_whom_he_names(
    people: People, case: Case, members: Any, chair: int, deputised: bool, is_right: bool
) -> None:
    meeting = make_meeting(members, case.conclusion(), chair=members[chair], is_deputised=deputised)
    if is_right:
        case.meet(meeting, by=people.auditor, present=members)
    else:
        with pytest.raises(Incomplete, match="由主任委员或者他委托的副主任委员主持"):
            case.meet(meeting, by=people.auditor, present=members)


def test_who_handles_the_case_looks_on_uncounted_and_never_votes(people: People, case: Case, members: Any) -> None:
    member = models.Member(account=people.officer, post="member", since=datetime.date(2018, 1, 1))
    member.save(reason="任命")
    endorse(member)
    everyone = list(models.Member.objects.order_by("pk"))
    case.meet(make_meeting(everyone, case.conclusion()), by=people.auditor, present=everyone, reason="双数")
    meeting = case.meeting()
    assert (meeting.members, meeting.counted) == (6, 5)
    assert meeting.attendances.get(member__account=people.officer).get_how_display() == "列席（本案承办人员）"
    with pytest.raises(NotYours):
        case.vote(by=people.officer, vote="agree")


def test_the_database_keeps_handlers_and_judges_apart(people: People, case: Case, members: Any) -> None:
    meet(case, people)
    row = models.Side(case=case, account=people.member, which="handling", by=people.director, by_name="周正")
    with pytest.raises(IntegrityError, match="side_one_of_a_person"), transaction.atomic():
        row.save()
    judge = models.Officer.objects.get(account=people.member)
    case.agree(by=people.head)
    with pytest.raises(Refused, match="何文在这一案里已经审核、审理、听证，不能再办案"):
        case.add_handlers([judge], by=people.director, reason="人手不够")


def test_who_has_to_step_back_is_not_counted_and_stays_in_the_whole(people: People, case: Case, members: Any) -> None:
    recusal = models.Recusal(
        account=people.member,
        capacity="案审委委员",
        asked_on=DAY,
        asked_by="本人",
        ground="与当事人是亲戚",
        decided_by="主要负责人",
        decided_on=DAY,
        steps_back=True,
    )
    with pytest.raises(NotYours, match="由主要负责人登记"):
        case.decide_recusal(recusal, by=people.director)
    case.decide_recusal(recusal, by=people.head)
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    meeting = case.meeting()
    assert (meeting.members, meeting.counted) == (5, 4)
    with pytest.raises(NotYours):
        case.vote(by=people.member, vote="agree")


def test_a_recusal_is_decided_by_whom_the_rules_name(people: People, case: Case) -> None:
    head = {
        "account": people.head,
        "capacity": "主要负责人",
        "asked_on": DAY,
        "asked_by": "当事人",
        "ground": "有利害关系",
        "decided_on": DAY,
        "steps_back": True,
    }
    with pytest.raises(Refusal, match="主要负责人的回避由负责人集体讨论决定"):
        case.decide_recusal(models.Recusal(**head, decided_by="负责人"), by=people.director)
    case.decide_recusal(models.Recusal(**head, decided_by="负责人集体讨论"), by=people.director)
    assert "approve" not in [role for role in ("approve", "determine") if case.concerns(people.head, role)]


def test_an_officer_who_steps_back_does_nothing_more_in_the_case(people: People, case: Case) -> None:
    case = file(make_case(people), people)
    recusal = {"account": people.second, "capacity": "承办人员", "asked_on": DAY, "asked_by": "当事人"}
    recusal |= {"ground": "同学", "decided_by": "负责人", "decided_on": DAY, "steps_back": True}
    case.decide_recusal(models.Recusal(**recusal), by=people.director)
    with pytest.raises(NotYours):
        case.inspect(make_inspection(people), by=people.second)
    with pytest.raises(Refused, match="田野已经回避，不能再参加这一案"):
        case.inspect(make_inspection(people), by=people.officer)
    assert not Case.objects.seen_by(people.second).contains(case)
    third = Officer.objects.get(account=people.stranger)
    case.add_handlers([third], by=people.director, reason="补足两名")
    case.inspect(make_inspection(people, second_officer=third), by=people.officer)
    with pytest.raises(NotYours, match="由别人决定和登记"):
        case.decide_recusal(models.Recusal(**recusal | {"account": people.director}), by=people.director)


def test_who_votes_is_asked_for_no_more_than_that(people: People, case: Case, members: Any) -> None:
    lonely = make_account("lonely", "案审委委员", "单", "一")
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    assert signed_in(lonely).get(f"/admin/cases/case/{case.pk}/change/").status_code == 404
    with pytest.raises(NotYours):
        case.vote(by=lonely, vote="agree")


def test_no_step_is_skipped(people: People, case: Case, members: Any) -> None:
    with pytest.raises(WrongState):
        case.vote(by=people.head, vote="agree")
    with pytest.raises((WrongState, NotYours)):
        case.agree(by=people.head)


def test_who_only_says_that_somebody_stepped_back_has_no_recusal(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members[:4])
    assert case.meeting().attendances.get(member__account=people.member).get_how_display() == "缺席"


def test_a_committee_without_certificates_or_a_deputy_wants_a_reason(people: People, case: Case, members: Any) -> None:
    officer = Officer.objects.get(account=people.member)
    officer.put(reason="到期", until=DAY - datetime.timedelta(days=1))
    members[1].put(reason="改任", post="member")
    meeting = make_meeting(members, case.conclusion())
    with pytest.raises(Incomplete, match=r"要有一名副主任委员，现在是 0 名.*何文没有有效的执法证件.*请写明理由"):
        case.meet(meeting, by=people.auditor, present=members)
    case.meet(meeting, by=people.auditor, present=members, reason="编制少，名单已报县政府")
    assert case.timeline.last().answered == "quorum"


def test_a_meeting_whose_chair_has_to_step_back_is_annulled(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=members)
    for account in people.committee[1:]:
        case.vote(by=account, vote="agree")
    recusal = {"account": people.head, "capacity": "主要负责人", "asked_on": DAY, "asked_by": "当事人"}
    recusal |= {"ground": "利害关系", "decided_by": "负责人集体讨论", "decided_on": DAY, "steps_back": True}
    case.decide_recusal(models.Recusal(**recusal), by=people.director)
    with pytest.raises(NotYours):
        case.agree(by=people.head)
    with pytest.raises(Incomplete, match="请写明谁为什么不能"):
        case.annul_meeting(by=people.auditor, reason="")
    case.annul_meeting(by=people.auditor, reason="主持人回避")
    assert case.get_state_display() == "待审理"
    deputised = make_meeting(members, case.conclusion(), chair=members[1], is_deputised=True)
    case.meet(deputised, by=people.auditor, present=members, reason="名单已核对")
    assert case.meeting().attendances.get(member=members[0]).get_how_display() == "回避"


def test_what_all_have_signed_is_announced_and_not_annulled(people: People, case: Case, members: Any) -> None:
    meet(case, people)
    with pytest.raises(Incomplete, match="由主持人宣布审理意见，会议不能作废"):
        case.annul_meeting(by=people.auditor, reason="重开")


@pytest.mark.parametrize(
    ("post", "said"),
    [("member", "member_one_seat_at_a_time"), ("chair", "member_one_chair_at_a_time"), ("deputy", "member_one_deputy")],
)
def test_terms_that_overlap_give_nobody_a_second_seat(people: People, members: Any, post: str, said: str) -> None:
    account = people.member if post == "member" else people.officer
    row = models.Member(account=account, post=post, since=datetime.date(2020, 1, 1))
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        row.save(reason="任命")
    with pytest.raises(ValidationError, match="重叠" if post == "member" else "同一段时间只有一名"):
        row.full_clean()
    ended = models.Member(
        account=account, post=post, since=datetime.date(2016, 1, 1), until=datetime.date(2017, 12, 31)
    )
    ended.full_clean()
    ended.save(reason="补录")


@pytest.mark.parametrize(
    ("who", "capacity", "said"),
    [
        ("head", "承办人员", "郝明是主要负责人，要按主要负责人的身份决定是否回避"),
        ("director", "案审委委员", "周正是其他负责人，要按其他负责人的身份决定是否回避"),
        ("member", "主要负责人", "何文在这一案里不是主要负责人"),
        ("member", "记录员", "何文在这一案里不是记录员"),
        ("member", "审核人员", "何文在这一案里不是审核人员"),
        ("auditor", "承办人员", "孙丽在这一案里不是承办人员"),
        ("officer", "案审委委员", "高远在这一案里不是案审委委员"),
    ],
)
def test_nobody_is_recused_as_what_he_is_not(people: People, case: Case, who: str, capacity: str, said: str) -> None:
    recusal = {"account": getattr(people, who), "capacity": capacity, "asked_on": DAY, "asked_by": "当事人"}
    recusal |= {"ground": "利害关系", "decided_by": "负责人", "decided_on": DAY, "steps_back": True}
    by = people.head if who != "head" else people.director
    with pytest.raises(Incomplete, match=said):
        case.decide_recusal(models.Recusal(**recusal), by=by)


def test_who_was_sent_out_of_a_case_comes_back_by_whoever_decided_that(people: People, case: Case) -> None:
    recusal = {"account": people.auditor, "capacity": "审核人员", "asked_on": DAY, "asked_by": "当事人"}
    recusal |= {"ground": "同学", "decided_on": DAY}
    case.decide_recusal(models.Recusal(**recusal, decided_by="主要负责人", steps_back=True), by=people.head)
    back = recusal | {"steps_back": False}
    with pytest.raises(Incomplete, match="原来的回避由主要负责人决定，改变它也要由主要负责人决定"):
        case.decide_recusal(models.Recusal(**back, decided_by="负责人"), by=people.director)
    case.decide_recusal(models.Recusal(**back, decided_by="主要负责人"), by=people.head)
    assert not Case.objects.get(pk=case.pk).has_stepped_back(people.auditor)


def test_who_steps_back_while_it_sits_is_missing_from_the_quorum(people: People, case: Case, members: Any) -> None:
    case.meet(make_meeting(members, case.conclusion()), by=people.auditor, present=[members[0], members[1], members[4]])
    recusal = {"account": people.member, "capacity": "案审委委员", "asked_on": DAY, "asked_by": "本人"}
    recusal |= {"ground": "亲戚", "decided_by": "主要负责人", "decided_on": DAY, "steps_back": True}
    case.decide_recusal(models.Recusal(**recusal), by=people.head)
    for account in people.committee[:2]:
        case.vote(by=account, vote="agree")
    with pytest.raises(Incomplete, match="要有 3 名以上委员，计入的出席委员是 2 名"):
        case.agree(by=people.head)
    case.agree(by=people.head, reason="其他委员出差，案情紧急")
