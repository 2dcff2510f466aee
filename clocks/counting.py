"""How the law counts (K1 to K8): days, working days, months and hours, each with what was left out on the way.

The start day is never counted (K1). Nothing here looks at a database, at the clock, or at which law asks.
"""

import calendar as months_of
import datetime
from collections.abc import Callable, Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from clocks.working_days import DAY, Calendar
from verbatim.documents import Document

STOPPED = "期间扣除"


class Span(Document):
    """Days one after the other, the first and the last among them, and why they are named."""

    first: Annotated[datetime.date, Field(title="自")]
    last: Annotated[datetime.date, Field(title="至")]
    why: Annotated[str, Field(title="原因")] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"起止日期颠倒：{self.first} 至 {self.last}")
        return self

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        days = f"{self.first}" if self.first == self.last else f"{self.first} 至 {self.last}"
        return f"{days}（{self.why}）" if self.why else days


Skipped = tuple[Span, ...]
Counted = tuple[datetime.date, Skipped]
"""The day that was found, and what was left out to find it."""


def count(
    start: datetime.date, number: int, why_not: Callable[[datetime.date], str], *, step: datetime.timedelta = DAY
) -> Counted:
    """The day `number` days from `start`, of the days that `why_not` has nothing against."""
    day, left, skipped = start, number, list[tuple[datetime.date, str]]()
    while left > 0:
        day += step
        if why := why_not(day):
            skipped.append((day, why))
        else:
            left -= 1
    return day, joined(sorted(skipped))


def count_days(start: datetime.date, number: int, stops: Iterable[Span] = ()) -> Counted:
    """Calendar days; the days of stops that come after the start are left out, however often they are named (K7)."""
    return count(start, number, _stopped(tuple(stops)))


def count_working_days(start: datetime.date, number: int, calendar: Calendar, stops: Iterable[Span] = ()) -> Counted:
    """Working days (K2), those inside a stop left out (K7). Raises NoCalendar."""
    stopped = _stopped(tuple(stops))
    return count(start, number, lambda day: calendar.why_off(day) or stopped(day))


def count_months(start: datetime.date, number: int) -> datetime.date:
    """The same day number that many months later, or that month's last day (K6)."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    if year > datetime.MAXYEAR:
        raise OverflowError(f"there is no year {year}")
    return datetime.date(year, month + 1, min(start.day, months_of.monthrange(year, month + 1)[1]))


def count_hours(start: datetime.datetime, number: int) -> datetime.datetime:
    """Clock time, on whatever day it ends (K5)."""
    return start + datetime.timedelta(hours=number)


def days_before(day: datetime.date, number: int) -> datetime.date:
    """“N日前”: the day minus N (K8)."""
    return day - number * DAY


def working_days_before(day: datetime.date, number: int, calendar: Calendar) -> Counted:
    """The same in working days. Raises NoCalendar."""
    return count(day, number, lambda each: calendar.why_off(each, backwards=True), step=-DAY)


def roll_forward(day: datetime.date, why_off: Callable[[datetime.date], str]) -> Counted:
    """A last day that is off moves to the first day after it that is not (K3)."""
    first = day
    while why_off(day):
        day += DAY
    return day, joined((each, why_off(each)) for each in days(first, day))


def days(first: datetime.date, before: datetime.date) -> list[datetime.date]:
    """From the first day to the one before the second."""
    return [first + number * DAY for number in range((before - first).days)]


def days_outside(first: datetime.date, last: datetime.date, stops: Iterable[Span]) -> int:
    """How many days there are from the first to the last, both among them, that no stop covers."""
    stopped = _stopped(tuple(stops))
    return sum(1 for day in days(first, last + DAY) if not stopped(day))


def joined(named: Iterable[tuple[datetime.date, str]]) -> Skipped:
    """Days in their order as spans: what follows the day before for the same reason belongs with it."""
    spans: list[Span] = []
    for day, why in named:
        if spans and spans[-1].last + DAY == day and spans[-1].why == why:
            spans[-1] = Span(first=spans[-1].first, last=day, why=why)
        else:
            spans.append(Span(first=day, last=day, why=why))
    return tuple(spans)


def _stopped(stops: tuple[Span, ...]) -> Callable[[datetime.date], str]:
    return lambda day: next((stop.why or STOPPED for stop in stops if day in stop), "")
