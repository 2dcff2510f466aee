"""Days, working days, months, hours and stops, against somebody who counts on a wall calendar with a pencil."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clocks import counting
from clocks.counting import Span
from clocks.working_days import library_calendar

DAY = datetime.timedelta(days=1)
dates = st.dates(datetime.date(2005, 1, 1), datetime.date(2025, 6, 30))
numbers = st.integers(1, 40)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Some periods around the days that are counted, in any order, overlapping or not."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(dates)
        made.append(Span(first=first, last=first + draw(st.integers(0, 20)) * DAY))
    return tuple(made)


@st.composite
def near(draw: st.DrawFn) -> tuple[datetime.date, int, tuple[Span, ...]]:
    """A start, a number, and periods that begin from a month before the start to a month after it."""
    start = draw(dates)
    offsets = st.tuples(st.integers(-30, 40), st.integers(0, 20))
    periods = [
        Span(first=start + a * DAY, last=start + (a + length) * DAY)
        for a, length in draw(st.lists(offsets, max_size=4))
    ]
    return start, draw(numbers), tuple(periods)


def wall(start: datetime.date) -> list[datetime.date]:
    """The pages after the start."""
    return [start + number * DAY for number in range(1, 400)]


def covered(periods: tuple[Span, ...]) -> set[datetime.date]:
    return {period.first + n * DAY for period in periods for n in range((period.last - period.first).days + 1)}


def worked(day: datetime.date) -> bool:
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


@given(near())
def test_calendar_days_are_the_pages_that_no_stop_covers(given: tuple[datetime.date, int, tuple[Span, ...]]) -> None:
    start, number, stops = given
    left = [day for day in wall(start) if day not in covered(stops)]
    assert counting.count_days(start, number, stops)[0] == left[number - 1]


@given(near())
def test_without_working_days_in_it_a_stop_changes_nothing(given: tuple[datetime.date, int, tuple[Span, ...]]) -> None:
    start, number, stops = given
    left = [day for day in wall(start) if worked(day) and day not in covered(stops)]
    assert counting.count_working_days(start, number, library_calendar(), stops)[0] == left[number - 1]
    idle = tuple(Span(first=day, last=day) for day in covered(stops) if not worked(day))
    assert counting.count_working_days(start, number, library_calendar(), idle) == counting.count_working_days(
        start, number, library_calendar()
    )


@given(near())
def test_what_is_counted_and_what_is_skipped_are_all_the_days(
    given: tuple[datetime.date, int, tuple[Span, ...]],
) -> None:
    start, number, stops = given
    for end, skipped in (
        counting.count_days(start, number, stops),
        counting.count_working_days(start, number, library_calendar(), stops),
    ):
        assert len(covered(skipped)) == sum(map(len, skipped))  # no day twice
        assert number + len(covered(skipped)) == (end - start).days
        assert all(start < day < end for day in covered(skipped))
        assert all(span.why for span in skipped)
        assert list(skipped) == sorted(skipped, key=lambda span: span.first)


@given(dates, numbers, spans())
def test_stops_count_once_in_whatever_order_they_are_named(
    start: datetime.date, number: int, stops: tuple[Span, ...]
) -> None:
    once = counting.count_days(start, number, stops)[0]
    assert counting.count_days(start, number, stops[::-1] + stops)[0] == once


@given(dates, numbers)
def test_working_days_before_are_the_working_days_after_from_the_other_side(start: datetime.date, number: int) -> None:
    end, _ = counting.count_working_days(start, number, library_calendar())
    back, _ = counting.working_days_before(end, number, library_calendar())
    assert back <= start or not any(worked(day) for day in wall(start) if day <= back)
    assert worked(back)
    assert sum(worked(back + n * DAY) for n in range((end - back).days)) == number


@given(dates)
def test_a_last_day_that_is_off_moves_to_the_next_that_is_worked(last: datetime.date) -> None:
    due, over = counting.roll_forward(last, library_calendar().why_off)
    assert due == next(day for day in [last, *wall(last)] if worked(day))
    assert covered(over) == {last + n * DAY for n in range((due - last).days)}


@given(dates, st.integers(1, 60))
def test_months_end_on_the_same_number_or_on_the_last_day(start: datetime.date, number: int) -> None:
    end = counting.count_months(start, number)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == start.day or (end.day < start.day and (end + DAY).day == 1)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2018-01-31", 1, "2018-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-02-29", 48, "2020-02-29"),
        ("2017-08-31", 6, "2018-02-28"),
        ("2017-12-31", 2, "2018-02-28"),
        ("2018-11-30", 1, "2018-12-30"),
        ("2018-12-01", 12, "2019-12-01"),
    ],
)
def test_month_ends_and_leap_years(start: str, number: int, end: str) -> None:
    assert counting.count_months(datetime.date.fromisoformat(start), number).isoformat() == end


@given(st.datetimes(datetime.datetime(2005, 1, 1), datetime.datetime(2030, 1, 1)), st.integers(1, 100))
def test_hours_run_through_night_and_holiday(start: datetime.datetime, number: int) -> None:
    assert counting.count_hours(start, number).timestamp() - start.timestamp() == number * 3600


@given(dates, dates, spans())
def test_days_outside_are_the_pages_that_no_stop_covers(
    first: datetime.date, last: datetime.date, stops: tuple[Span, ...]
) -> None:
    pages = {first + n * DAY for n in range((last - first).days + 1)}
    assert counting.days_outside(first, last, stops) == len(pages - covered(stops))


def test_neighbouring_days_of_one_reason_are_one_span() -> None:
    _, skipped = counting.count_working_days(datetime.date(2018, 9, 28), 3, library_calendar())
    assert [str(span) for span in skipped] == ["2018-10-01 至 2018-10-07（国庆节）"]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="起止日期颠倒"):
        Span(first=datetime.date(2018, 1, 2), last=datetime.date(2018, 1, 1))
