"""Two at one case at the same moment, each over a connection of its own: one comes first, and nothing is written by
halves."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from acts.errors import Refused
from cases import models
from cases.models import Case
from cases.rows.numbers import Series
from tests.cases import people as made
from tests.cases.people import PASSWORD, People, make_people
from tests.conftest import signed_in
from tests.editions.test_acting_at_once import at_once


@pytest.fixture
def people(own_database: Any) -> People:
    own_database()
    return make_people()


def told(case: Case) -> list[str]:
    return list(case.timeline.order_by("number").values_list("verb", flat=True))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_two_who_decide_at_once_decide_once_and_take_one_number(people: People) -> None:
    case = made.make_case(people)
    made.notified(case, people)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(made.make_decision(case), by=people.officer)
    case.review_decision(by=people.auditor)
    before = told(case)
    outcome = at_once(
        lambda: fresh(case).decide(by=people.head),
        lambda: fresh(case).decide(by=people.director, reason="主任委员外出，委托我批准"),
        lambda: fresh(case).return_decision(by=people.head, reason="改"),
    )
    assert outcome == ["WrongState", "WrongState", "done"]
    case.refresh_from_db()
    last = told(case)[len(before) :]
    assert len(last) == 1
    if last == ["decided"]:
        assert case.decision_number.endswith("1号")
        assert Series.objects.get(form="decision").last == 1
    else:
        assert (case.decision_number, case.decided_by) == ("", None)
        assert not Series.objects.filter(form="decision").exists()


def test_clues_taken_down_at_once_have_numbers_one_after_the_other(people: People) -> None:
    takes = [lambda: made.make_case(people)] * 4 + [lambda: made.make_foreign_case(people)] * 4
    refused = [lambda: made.make_case(people, kinds=[])] * 3
    assert at_once(*takes, *refused) == ["Incomplete"] * 3 + ["done"] * 8
    year = timezone.localdate().year
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"{year}-{number:04}" for number in range(1, 9)]
    assert all(told(case) == ["registered"] for case in Case.objects.all())
    assert models.Party.objects.count() == 8


def test_decisions_on_two_cases_at_once_have_numbers_one_after_the_other(people: People) -> None:
    cases = [made.otherwise_agreed(made.make_case(people), people) for _ in range(2)]
    assert at_once(*(lambda case=case: fresh(case).approve_outcome(by=people.head) for case in cases)) == ["done"] * 2
    numbers = sorted(Case.objects.values_list("decision_number", flat=True))
    year = timezone.localdate().year
    assert [number.split("〕")[-1] for number in numbers] == ["1号", "2号"]
    assert all(f"〔{year}〕" in number for number in numbers)


def test_two_handlers_who_record_at_once_both_do(people: People) -> None:
    case = made.file(made.make_case(people), people)
    before = told(case)
    records = [
        lambda by=by, n=n: fresh(case).inspect(made.make_inspection(people, record=f"第 {n} 份笔录"), by=by)
        for n, by in enumerate([people.officer, people.second] * 3)
    ]
    keeps = [lambda: fresh(case).keep_evidence(made.make_evidence(people), by=people.second)]
    assert at_once(*records, *keeps) == ["done"] * 7
    assert sorted(told(case)[len(before) :]) == ["evidence_kept"] + ["inspected"] * 6
    assert sorted(case.inspections.values_list("record", flat=True)) == [f"第 {n} 份笔录" for n in range(6)]
    numbers = list(case.timeline.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(before) + 8))


def test_a_record_and_the_conclusion_at_once_leave_a_whole_file(people: People) -> None:
    """Whoever comes second finds the case with the auditor, and is told so."""
    case = made.file(made.make_case(people), people)
    case.inspect(made.make_inspection(people), by=people.officer)
    ended = {"act_ended_on": timezone.localdate()}
    outcome = at_once(
        lambda: fresh(case).conclude(
            models.Conclusion(**made.CONCLUSION | ended), by=people.officer, reason="没有裁量基准"
        ),
        lambda: fresh(case).conclude(
            models.Conclusion(**made.CONCLUSION | ended), by=people.second, reason="没有裁量基准"
        ),
        lambda: fresh(case).inspect(made.make_inspection(people), by=people.second),
    )
    assert outcome in (["WrongState", "WrongState", "done"], ["WrongState", "done", "done"])
    assert case.conclusions.count() == told(case).count("concluded") == 1
    assert case.inspections.count() == told(case).count("inspected")


def test_a_member_who_votes_twice_at_the_same_moment_has_one_vote(people: People) -> None:
    case = made.make_case(people)
    made.qualify(people.auditor)
    made.conclude(made.file(case, people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    members = made.make_committee(people)
    case.meet(made.make_meeting(members, case.conclusion()), by=people.auditor, present=members, reason="已核对")
    votes = [("agree", ""), ("disagree", "证据不足")] * 2
    twice = [lambda vote=v, opinion=o: fresh(case).vote(by=people.member, vote=vote, opinion=opinion) for v, o in votes]
    others = [lambda by=by: fresh(case).vote(by=by, vote="agree") for by in people.committee if by != people.member]
    assert at_once(*twice, *others) == ["NotYours"] * 3 + ["done"] * 5
    assert models.Ballot.objects.filter(attendance__member__account=people.member).count() == 1
    assert told(case).count("voted") == case.sides.filter(which="judging").count() == 5


def test_whoever_judges_is_not_named_a_handler_at_the_same_moment(people: People) -> None:
    """Neither who audits while being named, nor who is named while auditing: the two sides exclude each other."""
    made.qualify(people.auditor)
    case = made.conclude(made.file(made.make_case(people), people), people)
    named = models.Officer.objects.filter(account=people.auditor)
    outcome = at_once(
        lambda: fresh(case).audit(by=people.auditor, reason="事实清楚"),
        lambda: fresh(case).add_handlers(named, by=people.director, reason="人手不够"),
    )
    assert len(outcome) == 2
    assert outcome.count("done") == 1
    assert case.sides.filter(account=people.auditor).count() == 1
    assert case.handlers.filter(officer__account=people.auditor).exists() != ("audited" in told(case))


def test_a_button_that_is_pressed_twice_acts_once_and_says_so(people: People) -> None:
    case = made.make_case(people)
    page = reverse("admin:cases_case_act", args=[case.pk, "proposed"])
    both, start = [signed_in(people.officer), signed_in(people.officer)], threading.Barrier(2)
    said: list[str] = []

    def press(client: Any) -> None:
        start.wait(60)
        try:
            said.append(client.post(page, {"reason": ""}, follow=True).content.decode())
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(case) == ["registered", "proposed"]
    assert sorted("您刚才已经报请立案，没有再办一次" in page for page in said) == [False, True]
    assert all("没有办成" not in page for page in said)


def test_what_fails_in_the_middle_leaves_nothing_behind(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row, the number, the side, the line of the timeline: all of it or nothing."""
    case = made.make_case(people)
    made.notified(case, people)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(made.make_decision(case), by=people.officer)
    case.review_decision(by=people.auditor)
    before, sides = told(case), case.sides.count()

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise Refused("断电")

    with monkeypatch.context() as patch:
        patch.setattr(Case, "complete", breaks)
        with pytest.raises(Refused, match="断电"):
            fresh(case).decide(by=people.head)
    case.refresh_from_db()
    assert (told(case), case.sides.count(), case.decision_number) == (before, sides, "")
    assert not Series.objects.filter(form="decision").exists()
    case.decide(by=people.head)
    assert case.decision_number.endswith("1号")


def test_the_password_that_signs_a_vote_is_asked_for_again_where_the_vote_was_refused(people: People) -> None:
    """A vote that comes from an old page, after the meeting was over, changes nothing."""
    case = made.make_case(people)
    made.qualify(people.auditor)
    made.conclude(made.file(case, people), people)
    case.audit(by=people.auditor, reason="事实清楚")
    made.meet(case, people)
    page = reverse("admin:cases_case_act", args=[case.pk, "voted"])
    answer = signed_in(people.member).post(page, {"vote": "disagree", "opinion": "晚", "password": PASSWORD})
    assert "您没有出席这次会议，或者已经表决" in answer.content.decode()
    assert told(case).count("voted") == 5
