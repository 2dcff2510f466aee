"""Whoever tries the portal sees the life of a case, and goes on with it."""

from typing import Any

import pytest

from accounts.demo import ACCOUNTS, make_demonstration_accounts
from accounts.models import Account
from acts.steps import Situation
from cases.case import Case
from cases.demo import make_demonstration_cases
from cases.models import Member, Officer


@pytest.fixture
def tried(own_database: Any, tmp_path: Any) -> dict[str, Account]:
    own_database()
    make_demonstration_accounts(tmp_path / "demo-accounts.json")
    make_demonstration_cases()
    return Account.objects.in_bulk(ACCOUNTS, field_name="username")


def test_there_are_three_cases_marked_as_such_and_a_second_start_makes_nothing_anew(tried: Any) -> None:
    for _ in range(2):
        shown = [(case.get_state_display(), case.clue[:3]) for case in Case.objects.order_by("number")]
        assert shown == [("调查", "演示："), ("审理", "演示："), ("已归档", "演示：")]
        assert (Officer.objects.count(), Member.objects.count()) == (8, 5)
        make_demonstration_cases()


def test_each_says_that_it_is_a_demonstration_and_bears_the_day_on_which_it_was_made(tried: Any) -> None:
    for case in Case.objects.all():
        assert "这是演示的案件，各步都在同一天办理" in case.clue
        assert all(act.at >= case.registered_at for act in case.timeline.all())


def test_somebody_has_to_go_on_with_those_that_are_not_over(tried: dict[str, Account]) -> None:
    investigated, voted_on, archived = Case.objects.order_by("number")
    cases = list(Case.objects.all())
    turns = {
        name: {case.number for case in cases if case.steps.awaited(Situation(case, account))}
        for name, account in tried.items()
    }
    assert investigated.number in turns["officer"] & turns["director"]  # to conclude, to approve the sealing
    for name in ("head", "director", "member", "member2", "member3"):
        assert voted_on.number in turns[name]
    assert all(archived.number not in found for found in turns.values())
    for name in ("head", "director", "member", "member2", "member3"):
        voted_on.vote(by=tried[name], vote="agree")
    voted_on.agree(by=tried["head"])
    assert voted_on.get_state_display() == "待告知"
