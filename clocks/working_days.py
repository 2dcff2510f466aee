"""The calendar of working days: which days are off, by name, in the years that somebody knows.

Days off come from chinesecalendar, and above it from the notices that staff enter (`clocks.models`). A year that nobody
knows is never guessed.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from chinese_calendar import constants

DAY = datetime.timedelta(days=1)
WORKS = ""
WEEKEND = {6: "星期六", 7: "星期日"}
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class NoCalendar(Exception):
    """K11: nobody has said which days of this year are worked."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年工作日历未维护")
        self.year = year


def arranged_in(day: datetime.date) -> int:
    """The year whose notice arranges the day: its own, and after 24 December the next one, because New Year's Day is
    joined with days of December (the notice of 2019 made Monday 2018-12-31 a day off)."""
    return day.year if (day.month, day.day) < (12, 25) else day.year + 1


@dataclass(frozen=True)
class Calendar:
    """What is known of working days. `named` says of days off what they are, of weekend days that are worked WORKS."""

    named: Mapping[datetime.date, str]
    years: frozenset[int]
    tentative: bool = False
    """No day is off that a notice may still arrange, instead of NoCalendar: see `without_holidays`."""

    def why_off(self, day: datetime.date, *, backwards: bool = False) -> str:
        """What keeps the day from being worked, empty where it is worked. Raises NoCalendar.

        Tentatively, weekends of an unknown year are off for who counts backwards: what is looked for is better early.
        """
        if day in self.named:
            return self.named[day]
        if self.tentative and not backwards and self.unsettled(day):
            return WORKS
        if day.year in self.years or self.tentative:
            return WEEKEND.get(day.isoweekday(), WORKS)
        raise NoCalendar(day.year)

    def why_holiday(self, day: datetime.date) -> str:
        """The same for days off that are more than a weekend."""
        why = self.why_off(day)
        return WORKS if why in WEEKEND.values() else why

    def is_working(self, day: datetime.date) -> bool:
        return not self.why_off(day)

    def on_or_before(self, day: datetime.date) -> datetime.date:
        """The last working day that is not after the day."""
        while self.why_off(day, backwards=True):
            day -= DAY
        return day

    def unsettled(self, day: datetime.date) -> int | None:
        """The year whose notice may still change the day."""
        return next((year for year in (day.year, arranged_in(day)) if year not in self.years), None)

    def without_holidays(self) -> "Calendar":
        """The same, and every day that a notice may still arrange is worked: what is counted forward on it comes out no
        later than it will with the notice of that year."""
        return replace(self, tentative=True)

    def overridden_by(self, years: Collection[int], named: Mapping[datetime.date, str]) -> "Calendar":
        """The same with these days in the place of what was known of these years."""
        others = {day: why for day, why in self.named.items() if arranged_in(day) not in years}
        return replace(self, named=others | dict(named), years=self.years | set(years))


@cache
def library_calendar() -> Calendar:
    """What chinesecalendar knows, which is every year from its first to its last."""
    worked = dict.fromkeys(constants.workdays, WORKS)
    off = {day: NAMES.get(name, name) for day, name in constants.holidays.items()}
    years = {day.year for day in off}
    return Calendar(worked | off, frozenset(range(min(years), max(years) + 1)))
