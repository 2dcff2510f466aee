"""The clock of the server was wrong for a while, ahead or behind: nothing is stuck for ever, and whoever is refused is
told why and what to do."""

import datetime
import time
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account, Visit
from acts.errors import Refused, WrongState
from editions.life import seal
from editions.life.edition import Edition
from editions.life.timeline import Act
from editions.public import catalogue
from history import guards, ledger
from portal.annual.checks import open_check
from portal.keeping import verifying
from portal.models import AnnualCheck
from services.models import Service
from tests.acting import Hands, change_a_phone, first_day, make_hands, make_issued, make_submitted
from tests.conftest import signed_in

MINUTES = datetime.timedelta(minutes=10)
YEAR = datetime.timedelta(days=365)
PASSWORD = "好密码Abcdefg123"


class Clock:
    """A clock that is off by `ahead`."""

    def __init__(self) -> None:
        self.ahead = datetime.timedelta(0)


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    made, now, seconds = Clock(), timezone.now, time.time
    monkeypatch.setattr(timezone, "now", lambda: now() + made.ahead)
    monkeypatch.setattr(time, "time", lambda: seconds() + made.ahead.total_seconds())
    return made


@pytest.fixture
def hands(own_database: Any) -> Hands:
    own_database()
    return make_hands()


def another(hands: Hands, number: int, **values: Any) -> Edition:
    return make_issued(hands, change_a_phone(f"0316-525{number:04}"), label=f"2040-{number:02}", **values)


def ready(hands: Hands, number: int) -> Edition:
    """An edition that has only to be issued."""
    edition = make_submitted(
        hands, change_a_phone(f"0316-525{number:04}"), label=f"2040-{number:02}", kind="correction"
    )
    edition.review(by=hands.reviewer)
    return edition


def test_editions_can_be_issued_after_one_that_was_issued_with_the_clock_ahead(hands: Hands, clock: Clock) -> None:
    clock.ahead = MINUTES
    first = another(hands, 1)
    clock.ahead = datetime.timedelta(0)
    second = ready(hands, 2)
    with pytest.raises(
        WrongState, match=r"比前一版（2040-01 版）的公布时间 .* 还早，没有公布：有一次时钟不准。请先核对时钟"
    ):
        second.issue(by=hands.director)
    clock.ahead = 2 * MINUTES  # as time goes by
    second.issue(by=hands.director)
    third = another(hands, 3)
    assert [third.previous, second.previous] == [second, first]
    assert list(verifying.faults(third.chain_digest)) == []


def test_one_that_was_issued_a_year_ahead_can_be_revoked_and_issued_anew(hands: Hands, clock: Clock) -> None:
    clock.ahead = YEAR
    wrong = another(hands, 1)
    clock.ahead = datetime.timedelta(0)
    with pytest.raises(Refused, match=r"2040-01 版要到 .* 才施行，这个日期要是错了，请先废止它"):
        make_submitted(hands, change_a_phone("0316-5250002"), label="2040-02", effective_on=timezone.localdate())
    wrong.revoke(by=hands.director, reason="公布时服务器的时钟快了一年")
    right = another(hands, 2)
    assert (right.previous, right.effective_on) == (wrong, timezone.localdate())
    assert Edition.objects.in_force() == right
    assert list(verifying.faults()) == []
    assert another(hands, 3).previous == right


def test_what_was_revoked_a_year_ahead_can_be_revoked_from_today_on(hands: Hands, clock: Clock) -> None:
    before = Edition.objects.in_force()
    wrong = another(hands, 1)
    clock.ahead = YEAR
    wrong.revoke(by=hands.director, reason="电话写错")
    clock.ahead = datetime.timedelta(0)
    assert Edition.objects.in_force() == wrong
    page = Client().get("/editions/").content.decode()
    assert "版定于" in page
    assert "已废止" not in page
    hands.director.set_password(PASSWORD)
    hands.director.save()
    client = signed_in(hands.director)
    done = client.post(
        reverse("admin:editions_edition_act", args=[wrong.pk, "revoked"]),
        {"reason": "电话写错，上次废止时时钟快了一年", "password": PASSWORD},
        follow=True,
    )
    assert "废止已办" in done.content.decode()
    assert Edition.objects.in_force() == before
    catalogue.forget()
    assert "已废止" in Client().get("/editions/").content.decode()
    assert list(verifying.faults()) == []
    wrong.refresh_from_db()
    with pytest.raises(WrongState, match=r"已于 .* 废止，不能废止"):
        wrong.revoke(by=hands.director, reason="再废止一次")


def test_the_database_lets_nobody_put_off_or_undo_a_revocation(hands: Hands) -> None:
    edition = another(hands, 1)
    edition.revoke(by=hands.director, reason="电话写错")
    for days in (0, 1):
        at = edition.revoked_at + datetime.timedelta(days=days)
        with pytest.raises(IntegrityError, match="已经废止，不能再改"), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(
                revoked_at=at, revoked_on=timezone.localdate(at), revoke_reason="另一个理由"
            )
    with pytest.raises(IntegrityError, match="已经废止，不能再改"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            revoked_at=None, revoked_on=None, revoke_reason="", revoked_by=None, revoked_by_name=""
        )


def test_the_database_refuses_to_issue_what_is_earlier_than_the_latest(hands: Hands, clock: Clock) -> None:
    clock.ahead = MINUTES
    another(hands, 1)
    edition = ready(hands, 2)
    values = {"issued_at": timezone.now() - MINUTES, "signed_at": timezone.now()}
    for name in ("issued", "signed"):
        values |= {f"{name}_by_id": hands.director.pk, f"{name}_by_name": "周正"}
    values |= {"state": "issued", "previous_id": Edition.objects.last_issued().pk}
    thought = Edition.objects.get(pk=edition.pk)
    for name, value in values.items():
        setattr(thought, name, value)
    values |= {"seal": seal.text(thought), "chain_digest": seal.digest(seal.text(thought))}
    sets = ", ".join(f"{name} = %s" for name in values)
    with pytest.raises(IntegrityError, match="的公布时间早于前一版 2040-01，请核对时钟"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editions_edition SET {sets} WHERE id = %s", [*values.values(), edition.pk])


def test_a_portal_that_is_stuck_since_before_goes_on(hands: Hands, clock: Clock) -> None:
    """As it was left by a portal that went by the time of issue: the second edition is earlier than the first."""
    clock.ahead = MINUTES
    another(hands, 1)
    clock.ahead = MINUTES + datetime.timedelta(seconds=1)
    second = another(hands, 2)
    clock.ahead = datetime.timedelta(0)
    second.issued_at = timezone.now() - datetime.timedelta(minutes=1)
    second.seal = seal.text(second)
    with connections["owner"].cursor() as cursor:
        for trigger in ("editions_edition_guard", "editions_edition_a_step"):
            cursor.execute(f"ALTER TABLE editions_edition DISABLE TRIGGER {trigger}")
        cursor.execute(
            "UPDATE editions_edition SET issued_at = %s, seal = %s, chain_digest = %s WHERE id = %s",
            [second.issued_at, second.seal, seal.digest(second.seal), second.pk],
        )
        for trigger in ("editions_edition_guard", "editions_edition_a_step"):
            cursor.execute(f"ALTER TABLE editions_edition ENABLE TRIGGER {trigger}")
    assert Edition.objects.last_issued() == second
    assert list(verifying.faults()) == []
    assert another(hands, 3).previous == second
    assert list(verifying.faults()) == []


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(-400, 400), min_size=2, max_size=5))
def test_however_the_clock_jumps_the_chain_goes_on(hands: Hands, clock: Clock, jumps: list[int]) -> None:
    """Whoever is refused waits, or revokes; there is always a way, and `verify` finds nothing."""
    done = Edition.objects.count()
    with transaction.atomic():
        for number, days in enumerate(jumps, start=done):
            clock.ahead = datetime.timedelta(days=days)
            head = Edition.objects.last_issued()
            if head.issued_at and head.issued_at > timezone.now() and head.revoked_on is None:
                head.revoke(by=hands.director, reason="时钟错了")
            key = change_a_phone(f"0316-52{number % 100:02}{abs(days) % 1000:03}")
            label = f"{2041 + number}-01"
            made = make_issued(hands, key, label=label, kind="correction", effective_on=first_day())
            assert made.previous == head
        clock.ahead = datetime.timedelta(0)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert list(verifying.faults()) == []
        transaction.set_rollback(True)


def test_what_came_back_is_known_by_its_acts_and_not_by_the_time(hands: Hands, clock: Clock) -> None:
    clock.ahead = YEAR
    first = make_submitted(hands, change_a_phone("0316-5250001"), label="2040-01", effective_on=first_day())
    first.send_back(by=hands.reviewer, reason="电话有误")
    clock.ahead = datetime.timedelta(0)
    assert Edition.objects.came_back_to(hands.editor) == [first]
    make_submitted(hands, change_a_phone("0316-5250002"), label="2040-01")
    assert Edition.objects.came_back_to(hands.editor) == []


def test_the_trail_of_a_row_stands_in_the_order_in_which_it_was_written(hands: Hands, clock: Clock) -> None:
    row = Service.objects.get(code="FW-05")
    clock.ahead = YEAR
    row.put(reason="时钟快的时候", phones="0316-5250001")
    clock.ahead = datetime.timedelta(0)
    row.put(reason="时钟准的时候", phones="0316-5250002")
    page = signed_in(hands.editor).get(reverse("admin:services_service_history", args=[row.pk])).content.decode()
    assert page.index("时钟准的时候") < page.index("时钟快的时候")


def test_what_became_public_first_is_named_though_its_clock_was_ahead(hands: Hands, clock: Clock) -> None:
    row = Service.objects.get(code="FW-05")
    clock.ahead = MINUTES
    first = make_issued(hands, change_a_phone("0316-5250001"), label="2040-01")
    first.revoke(by=hands.director, reason="公布时时钟快了")
    clock.ahead = datetime.timedelta(0)
    make_issued(hands, change_a_phone("0316-5250002", "FW-06"), label="2040-02")
    page = signed_in(hands.editor).get(reverse("admin:services_service_history", args=[row.pk])).content.decode()
    assert "2040-01" in page
    assert "2040-02" not in page


def test_a_password_from_a_day_that_has_not_come_is_changed(hands: Hands, clock: Clock) -> None:
    clock.ahead = YEAR
    hands.editor.set_password(PASSWORD)
    clock.ahead = datetime.timedelta(0)
    assert hands.editor.is_password_due
    hands.editor.set_password("好密码Abcdefg124")
    assert not hands.editor.is_password_due


def test_nobody_stays_logged_in_because_a_clock_was_ahead(hands: Hands, clock: Clock, settings: Any) -> None:
    settings.PASSWORD_DAYS = 0
    clock.ahead = YEAR
    client = signed_in(hands.editor)
    assert client.get(reverse("admin:index")).status_code == 200
    clock.ahead = datetime.timedelta(0)
    assert reverse("admin:login") in client.get(reverse("admin:index")).headers["Location"]


def test_nobody_stays_locked_out_because_a_clock_was_ahead(hands: Hands, settings: Any) -> None:
    account = Account.objects.get(pk=hands.editor.pk)
    account.set_password(PASSWORD)
    account.save()
    client, url = Client(), reverse("admin:login")
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post(url, {"username": account.username, "password": "x"})
    assert AccessAttempt.objects.update(attempt_time=timezone.now() + YEAR)  # as that clock would have written it
    right = {"username": account.username, "password": PASSWORD}
    assert client.post(url, right).status_code == 429
    assert client.post(url, right).status_code == 302


def test_wrong_codes_from_a_time_that_has_not_come_do_not_shut_the_phone(hands: Hands, clock: Clock) -> None:
    with transaction.atomic():
        Visit.objects.create(what=Visit.What.SET_UP, username=hands.editor.username, account=hands.editor)
        phone = TOTPDevice.objects.create(user=hands.editor, name="手机")
    clock.ahead = YEAR
    client = signed_in(hands.editor)
    client.post(reverse("admin:second-factor"), {"code": "000000"})
    clock.ahead = datetime.timedelta(0)
    signed_in(hands.editor).post(reverse("admin:second-factor"), {"code": "000000"})
    phone.refresh_from_db()
    assert phone.throttling_failure_timestamp <= timezone.now()


def test_the_annual_check_of_this_year_can_be_opened_after_one_of_the_next(hands: Hands, clock: Clock) -> None:
    clock.ahead = YEAR
    ahead = open_check(by=hands.director, note="")
    clock.ahead = datetime.timedelta(0)
    client = signed_in(hands.director)
    assert f"发起 {timezone.localdate().year} 年度核对" in client.get(reverse("admin:annual")).content.decode()
    check = open_check(by=hands.director, note="")
    assert (check.year, AnnualCheck.objects.last_opened()) == (ahead.year - 1, check)


def test_pages_of_a_day_that_goes_backwards_are_those_of_that_day(hands: Hands, clock: Clock) -> None:
    another(hands, 1, effective_on=timezone.localdate() + 5 * datetime.timedelta(days=1))
    clock.ahead = datetime.timedelta(days=6)
    catalogue.forget()
    assert "2040-01" in Client().get("/editions/").content.decode()
    clock.ahead = datetime.timedelta(0)
    assert "2040-01" not in Client().get("/editions/").content.decode()


def test_the_ledger_goes_by_the_clock_of_the_database(hands: Hands, clock: Clock) -> None:
    clock.ahead = YEAR
    change_a_phone("0316-5250009")
    last = ledger.LedgerLine.objects.latest("number")
    assert last.at < timezone.now() - YEAR + MINUTES


def test_acts_are_numbered_whatever_the_time(hands: Hands, clock: Clock) -> None:
    edition = make_submitted(hands)
    clock.ahead = -YEAR
    edition.review(by=hands.reviewer)
    assert list(Act.objects.filter(edition=edition).order_by("number").values_list("verb", flat=True)) == [
        "submitted",
        "reviewed",
    ]
    assert guards.followed(connections["owner"])
