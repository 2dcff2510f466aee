"""高远 has the clocks of his cases in his own calendar, under an address that he alone knows and can change."""

import datetime
import hashlib
import re
from typing import Any

import icalendar
import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import roles
from cases.desk import worklist
from cases.desk.subscription import as_calendar
from cases.desk.worklist import Clock, Urgency
from cases.models import Subscription
from tests.acting import on
from tests.cases.people import People, file, make_case, make_foreign_case, make_measure, make_people, who_sees
from tests.conftest import change_account, make_account, signed_in

DAY = datetime.date(2026, 11, 26)
URL = "/admin/cases/case/worklist/calendar/"


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def subscribed(account: Any) -> str:
    """The path of the address that this person makes."""
    said = signed_in(account).post(URL).content.decode()
    found = re.search(r'class="secret">http://127\.0\.0\.1:8000(/\S+\.ics)<', said)
    assert found, said
    return found[1]


def entries(path: str) -> list[Any]:
    """As a program reads it that nobody has logged in to."""
    answer = Client().get(path)
    assert answer.status_code == 200, answer.status_code
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def status(path: str) -> int:
    return Client().get(path).status_code


def test_each_clock_is_a_whole_day_that_leads_to_the_case(people: People) -> None:
    case = make_case(people, found_on=datetime.date(2026, 11, 3))
    (entry,) = entries(subscribed(people.officer))
    assert entry["summary"] == "已逾期：立案或者不予立案（案件 2026-0001）"
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (datetime.date(2026, 11, 24), datetime.date(2026, 11, 25))
    assert entry["url"] == f"http://127.0.0.1:8000/admin/cases/case/{case.pk}/change/"
    assert entry["dtstamp"].dt.utcoffset() == datetime.timedelta(0)


def test_an_entry_stays_the_same_while_its_day_moves(people: People) -> None:
    case = make_case(people, found_on=datetime.date(2026, 11, 9))
    path = subscribed(people.officer)
    (before,) = entries(path)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.prolong_filing(by=people.director, days=5, reason="案情复杂")
    (after,) = entries(path)
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt > before["dtstart"].dt


def test_two_clocks_of_one_day_are_two_entries(people: People) -> None:
    case = file(make_case(people), people)
    for _ in range(2):
        case.take_measure(make_measure(people), by=people.officer)
    found = entries(subscribed(people.officer))
    assert (
        len({entry["uid"] for entry in found}) == len(found) == 5
    )  # papers and term of two measures, and the decision


def test_nothing_in_it_is_about_a_person(people: People) -> None:
    make_case(people)
    said = Client().get(subscribed(people.officer)).content.decode().replace("\r\n ", "")
    assert not [word for word in ("王", "高远", "台秤", "gaoyuan") if word in said]


def test_it_holds_what_the_worklist_holds(people: People) -> None:
    make_case(people)
    make_foreign_case(people)
    expected = who_sees("2026-0001", "2026-0002")

    def held(name: str) -> set[str]:
        summaries = " ".join(str(entry["summary"]) for entry in entries(subscribed(getattr(people, name))))
        return set(re.findall(r"案件 (\d{4}-\d{4})", summaries))

    assert {name: held(name) for name in expected} == expected


def test_no_session_is_needed_and_nothing_is_kept_on_the_way(people: People) -> None:
    answer = Client().get(subscribed(people.officer))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


# The address


def test_it_is_shown_once_and_kept_nowhere(people: People) -> None:
    path = subscribed(people.officer)
    secret = path.removesuffix(".ics").rpartition("/")[2]
    kept = Subscription.objects.of(people.officer)
    assert kept.digest == hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_subscription s WHERE to_jsonb(s)::text LIKE %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)
    again = signed_in(people.officer).get(URL)
    assert secret not in again.content.decode()
    assert "更换地址" in again.content.decode()


def test_a_changed_address_ends_the_old_one_at_once(people: People) -> None:
    old = subscribed(people.officer)
    new = subscribed(people.officer)
    assert (status(old), status(new)) == (404, 200)


def test_it_can_be_given_up(people: People) -> None:
    path = subscribed(people.officer)
    said = signed_in(people.officer).post(URL, {"end": "停用"}).content.decode()
    assert "已停用，现在没有地址" in said
    assert status(path) == 404


def test_looking_at_the_page_changes_nothing(people: People) -> None:
    path = subscribed(people.officer)
    signed_in(people.officer).get(URL)
    assert status(path) == 200


def test_without_the_token_of_the_page_nothing_is_changed(people: People) -> None:
    path = subscribed(people.officer)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.officer)
    assert forged.post(URL).status_code == 403
    assert status(path) == 200


def test_who_has_left_has_no_calendar(people: People) -> None:
    path = subscribed(people.officer)
    people.officer.is_active = False
    people.officer.save()
    assert status(path) == 404


def test_who_has_another_role_has_no_calendar(people: People) -> None:
    path = subscribed(people.officer)
    change_account(people.officer, groups=[roles.EDITOR])
    assert Group.objects.get(user=people.officer).name == roles.EDITOR
    assert status(path) == 404


def test_who_goes_to_another_office_sees_its_cases_in_the_place_of_the_old_ones(people: People) -> None:
    from offices.models import Office

    make_case(people)
    path = subscribed(people.chief)
    assert len(entries(path)) == 1
    change_account(people.chief, office=Office.objects.get(code="GS-02").pk)
    assert entries(path) == []


@pytest.mark.parametrize(("wrong", "expected"), [("A" * 43, 404), ("A" * 42, 302), ("", 302), ("%00" * 43, 400)])
def test_a_guess_finds_nothing(people: People, wrong: str, expected: int) -> None:
    """What is no address at all is a page of the desk that is not there: who has not logged in is asked to."""
    subscribed(people.officer)
    assert status(f"/admin/cases/case/calendar/{wrong}.ics") == expected


def test_it_is_read_and_nothing_else(people: People) -> None:
    path = subscribed(people.officer)
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_who_sees_no_cases_makes_none(db: None) -> None:
    assert signed_in(make_account("bianji", roles.EDITOR, "编", "辑")).post(URL).status_code == 403


def test_the_database_lets_nobody_change_one(people: People) -> None:
    subscribed(people.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Subscription.objects.update(digest="")


# What ordinary programs read

TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029"), max_size=200)


@given(title=TITLES, due=st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 30)))
def test_whatever_a_clock_is_called_it_comes_out_as_it_went_in(title: str, due: datetime.date) -> None:
    clock = Clock(Urgency.RUNNING, due, "2026-0001", 7, 3, "filing", title, f"{due}截止", due)
    made = as_calendar([clock])
    lines = made.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    (entry,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert (str(entry["summary"]), entry["dtstart"].dt) == (f"{title}（案件 2026-0001）", due)
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}".encode() in lines
    assert entry["dtend"].dt == due + datetime.timedelta(days=1)


def test_a_calendar_rings_on_the_last_working_day_before_the_end(people: People) -> None:
    make_case(people)
    clocks = worklist.clocks_of(people.officer)
    entries = icalendar.Calendar.from_ical(as_calendar(clocks)).walk("VEVENT")
    rung = [alarm["trigger"].dt for entry in entries for alarm in entry.walk("VALARM")]
    assert [timezone.localtime(each).date() for each in rung] == [clock.alarm for clock in clocks]
    assert {timezone.localtime(each).hour for each in rung} == {9}
