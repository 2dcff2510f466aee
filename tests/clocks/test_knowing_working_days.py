"""Which days are worked: what the library knows, what notices change of it, and what nobody knows."""

import datetime

import pytest

from clocks.working_days import WORKS, Calendar, NoCalendar, arranged_in, library_calendar

DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2018-09-30", ""),  # a Sunday that is worked
        ("2018-10-01", "国庆节"),
        ("2018-10-08", ""),
        ("2018-10-13", "星期六"),
        ("2018-10-14", "星期日"),
        ("2018-12-29", ""),  # arranged by the notice of 2019
        ("2018-12-31", "元旦"),
        ("2020-01-31", "春节"),  # as prolonged
        ("2015-09-03", "抗战胜利纪念日"),
        ("2025-10-06", "中秋节"),
        ("2026-02-28", ""),
    ],
)
def test_a_day_is_worked_or_says_why_not(on: str, why: str) -> None:
    assert library_calendar().why_off(day(on)) == why
    assert library_calendar().is_working(day(on)) is (why == "")


def test_every_reason_is_chinese() -> None:
    first, last = min(library_calendar().years), max(library_calendar().years)
    days = [datetime.date(first, 1, 1) + n * DAY for n in range((last - first + 1) * 365)]
    assert not [why for each in days if (why := library_calendar().why_off(each)).isascii() and why]


def test_a_year_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(NoCalendar, match=r"^2027年工作日历未维护$") as unknown:
        library_calendar().why_off(day("2027-03-01"))
    assert unknown.value.year == 2027
    with pytest.raises(NoCalendar, match="2003"):
        library_calendar().is_working(day("2003-12-31"))


@pytest.mark.parametrize(
    ("on", "before"),
    [
        ("2018-10-01", "2018-09-30"),
        ("2018-09-30", "2018-09-30"),
        ("2017-10-08", "2017-09-30"),
        ("2020-02-02", "2020-01-23"),
    ],
)
def test_the_last_working_day_on_or_before(on: str, before: str) -> None:
    assert library_calendar().on_or_before(day(on)) == day(before)


def test_the_last_week_of_december_waits_for_the_notice_of_the_next_year() -> None:
    assert library_calendar().unsettled(day("2026-12-24")) is None
    assert library_calendar().unsettled(day("2026-12-25")) == 2027
    assert library_calendar().unsettled(day("2027-06-01")) == 2027
    assert library_calendar().unsettled(day("2025-12-31")) is None


def test_a_notice_takes_the_place_of_the_year_and_of_the_december_that_it_arranges() -> None:
    anew = library_calendar().overridden_by({2019}, {day("2019-01-01"): "元旦", day("2019-02-10"): WORKS})
    assert anew.why_off(day("2018-12-31")) == ""  # the library's notice of 2019 made it a day off
    assert anew.why_off(day("2018-12-29")) == "星期六"
    assert anew.why_off(day("2018-10-01")) == "国庆节"
    assert anew.why_off(day("2019-10-01")) == ""
    assert anew.why_off(day("2019-02-10")) == ""
    assert anew.why_off(day("2020-01-01")) == "元旦"
    assert anew.years == library_calendar().years


def test_a_notice_makes_a_year_known_and_may_reach_into_the_december_before() -> None:
    named = {day("2026-12-31"): "元旦", day("2027-01-01"): "元旦", day("2027-01-03"): WORKS}
    anew = library_calendar().overridden_by({2027}, named)
    assert [anew.why_off(day(f"2027-01-0{n}")) for n in (1, 2, 3, 4)] == ["元旦", "星期六", "", ""]
    assert anew.why_off(day("2026-12-31")) == "元旦"
    assert anew.unsettled(day("2026-12-31")) is None
    assert anew.unsettled(day("2027-12-30")) == 2028


def test_tentatively_no_day_of_an_unknown_year_is_skipped_forwards_and_weekends_are_backwards() -> None:
    tentative = library_calendar().without_holidays()
    saturday = day("2027-01-02")
    assert tentative.is_working(saturday)
    assert tentative.on_or_before(saturday) == day("2027-01-01")
    assert tentative.why_off(day("2026-10-01")) == "国庆节"
    assert library_calendar().tentative is False


def test_holidays_are_more_than_weekends() -> None:
    assert library_calendar().why_holiday(day("2018-10-13")) == ""
    assert library_calendar().why_holiday(day("2018-10-06")) == "国庆节"


def test_calendars_are_compared_by_what_they_know() -> None:
    assert Calendar({}, frozenset({2018})) == Calendar({}, frozenset({2018}))
    assert Calendar({day("2018-01-01"): "元旦"}, frozenset({2018})) != Calendar({}, frozenset({2018}))
    assert arranged_in(day("2018-12-24")) == 2018
    assert arranged_in(day("2018-12-25")) == 2019
