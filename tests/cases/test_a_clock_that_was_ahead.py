"""The clock of the machine was ahead for the time of one act, and was put right: 高远 and the others go on with the
case on the same day, and what the clock wrote down in advance stands in nobody's way."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cases import models
from cases.case import Case
from tests.acting import on
from tests.cases import people as made
from tests.cases.people import People
from tests.conftest import signed_in

FAR = datetime.timedelta(days=40)
BEFORE = datetime.timedelta(days=30)
ASKED = "时钟不对"
"""Where the clock says that the time limit is over."""
Act = Callable[[Case, People, datetime.date], Any]


def files(case: Case, people: People, day: datetime.date) -> None:
    two = models.Officer.objects.filter(account__in=[people.officer, people.second])
    case.file(by=people.director, handlers=two, reason=ASKED)


def inspects(case: Case, people: People, day: datetime.date) -> None:
    began = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    seen = made.make_inspection(people, began_at=began, ended_at=began + datetime.timedelta(hours=1))
    case.inspect(seen, by=people.officer)


def concludes(case: Case, people: People, day: datetime.date) -> None:
    given = made.CONCLUSION | {"act_ended_on": case.found_on}
    case.conclude(models.Conclusion(**given), by=people.officer, reason="没有裁量基准")


def sits(case: Case, people: People, day: datetime.date) -> None:
    members = made.make_committee(people)
    meeting = made.make_meeting(members, case.conclusion(), held_on=day)
    case.meet(meeting, by=people.auditor, present=members, reason="名单已核对")
    for account in people.committee:
        case.vote(by=account, vote="agree")


def rechecks(case: Case, people: People, day: datetime.date) -> None:
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")


def breaks_off(case: Case, people: People, day: datetime.date) -> None:
    case.suspend_investigation(by=people.head, reason="等鉴定")


def begins_a_suit(case: Case, people: People, day: datetime.date) -> None:
    case.begin_remedy(models.Remedy(kind="suit", began_on=day), by=people.officer)
    end = models.RemedyEnd(outcome="upheld", ended_on=day, paper="（2026）冀1026行初1号")
    case.end_remedy(end, by=people.officer)


def reports(case: Case, people: People, day: datetime.date) -> None:
    report = models.Report(ground="remedy", to="市局", sent_on=day)
    case.report(report, by=people.officer)


WAY: dict[str, tuple[int, Act]] = {
    "报请立案": (0, lambda case, people, day: case.propose_filing(by=people.officer, reason=ASKED)),
    "审核立案": (0, lambda case, people, day: case.review_filing(by=people.chief, reason=ASKED)),
    "批准立案": (0, files),
    "现场检查": (1, inspects),
    "中止调查": (1, breaks_off),
    "恢复调查": (1, lambda case, people, day: case.resume_investigation(by=people.head, reason="已鉴定")),
    "调查终结": (2, concludes),
    "审核": (2, lambda case, people, day: case.audit(by=people.auditor, reason="事实清楚")),
    "开会": (3, sits),
    "宣布": (3, lambda case, people, day: case.agree(by=people.head)),
    "告知": (3, lambda case, people, day: case.notify(made.make_notice(people, served_on=day), by=people.officer)),
    "复核": (17, rechecks),
    "报批": (17, lambda case, people, day: case.propose_decision(made.make_decision(case), by=people.officer)),
    "审核决定书": (17, lambda case, people, day: case.review_decision(by=people.auditor)),
    "决定": (17, lambda case, people, day: case.decide(by=people.head)),
    "送达": (18, lambda case, people, day: case.serve(made.make_receipt(people, served_on=day), by=people.officer)),
    "缴款": (19, lambda case, people, day: made.pay(case, people, 500, paid_on=day)),
    "诉讼": (19, begins_a_suit),
    "执行完毕": (19, lambda case, people, day: case.finish_enforcement(by=people.officer, ground="决定执行完毕")),
    "报请结案": (19, lambda case, people, day: case.propose_closing(by=people.officer, reason=ASKED)),
    "结案": (19, lambda case, people, day: case.close(by=people.director)),
    "报送": (20, reports),
}


@pytest.fixture
def people(db: None) -> People:
    with on(timezone.localdate() - BEFORE):
        made.know_2027()
        return made.make_people()


@pytest.mark.parametrize("wrong", WAY)
def test_an_act_with_the_clock_ahead_keeps_nobody_from_the_next(people: People, wrong: str) -> None:
    first = timezone.localdate() - BEFORE
    with on(first):
        made.qualify(people.auditor)
        case = made.make_case(people, found_on=first)
    for name, (days, act) in WAY.items():
        day = first + datetime.timedelta(days=days)
        with on(day + FAR if name == wrong else day):
            act(case, people, day)
        case = Case.objects.get(pk=case.pk)
        if name == wrong:
            with on(day):
                assert signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").status_code == 200
    with on(first + datetime.timedelta(days=21)):
        assert case.get_state_display() == "已结案"
        assert not case.waits_to_be_reported()


def test_what_has_to_be_made_before_it_is_put_away_does_not_hang_on_the_clock(people: People) -> None:
    first = timezone.localdate() - BEFORE
    with on(first):
        case = made.served(made.make_case(people), people)
        made.pay(case, people, 500)
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    with on(first + FAR):
        case.propose_closing(by=people.officer, reason=ASKED)
    with on(first):
        case.close(by=people.director)
        made.make_missing_papers(case, people)
        case.archive(by=people.officer, reason=made.UNPUBLISHED)
    assert case.get_state_display() == "已归档"
