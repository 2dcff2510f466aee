"""Two act on one edition at the same moment, each over a connection of its own: one of them comes first."""

import datetime
import json
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from acts.errors import Refused
from editions.life import seal
from editions.life.edition import Edition
from tests.acting import approve, change_a_phone, make_at, make_hands, make_submitted

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What each of them came to: done, or the name of the refusal."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait(60)
        try:
            act()
            outcomes.append("done")
        except Refused as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_who_issue_at_once_issue_once(own_database: Any) -> None:
    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    again = [lambda: Edition.objects.get(pk=edition.pk).issue(by=hands.director)] * 4
    assert at_once(*again) == ["WrongState", "WrongState", "WrongState", "done"]


def test_two_editions_issued_at_once_do_not_fork_the_chain(own_database: Any, settings: Any) -> None:
    settings.APPROVAL_KINDS = []
    own_database()
    hands = make_hands()
    for turn in range(3):
        base = Edition.objects.base()
        both = [
            make_submitted(hands, change_a_phone(f"0316-{turn}{n}", code), label=f"{2030 + turn}-0{n}")
            for n, code in ((1, "FW-05"), (2, "FW-06"))
        ]
        for each in both:
            each.review(by=hands.reviewer)
        day = base.effective_on + DAY if base.effective_on >= TODAY() else TODAY()
        assert at_once(*(lambda e=e, day=day: e.issue(by=hands.director, effective_on=day) for e in both)) == [
            "Incomplete",
            "done",
        ]
    chain = list(Edition.objects.issued())
    assert [each.previous for each in chain] == [*chain[1:], None]


def test_a_review_and_a_withdrawal_at_once_leave_one_of_them(own_database: Any) -> None:
    own_database()
    hands = make_hands()
    for _ in range(5):
        edition = make_submitted(hands, change_a_phone(f"0316-{Edition.objects.count()}"))
        outcome = at_once(
            lambda e=edition: e.send_back(by=hands.reviewer, reason="退"),
            lambda e=edition: e.withdraw(by=hands.editor, reason="撤"),
        )
        assert outcome == ["WrongState", "done"]
        edition.refresh_from_db()
        assert edition.timeline.count() == 2


def test_an_issue_and_an_edit_at_once_both_come_through(own_database: Any) -> None:
    from services.models import Service

    own_database()
    hands = make_hands()
    edition = make_at("signed", hands)
    approve(edition, hands)
    outcome = at_once(
        lambda: edition.issue(by=hands.director),
        *[lambda n=n: Service.objects.get(code=f"FW-0{n}").put(reason="改", content=f"{n}") for n in range(1, 6)],
        lambda: make_submitted(hands, ("services", "FW-05"), label="2031-01"),
    )
    assert outcome.count("done") >= 6
    sealed = json.loads(Edition.objects.get(pk=edition.pk).seal)
    for head in sealed["trail"]:
        assert seal.trail_head(head["table"], head["columns"], head["last"]) == head
