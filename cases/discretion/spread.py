"""Like cases: what was given for the same act under the same article in the same grade, and how far it spreads."""

import datetime
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

YEARS = 3


def since(day: datetime.date) -> datetime.date:
    """From which day cases are compared with one of that day."""
    last = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return last.replace(year=last.year - YEARS)


@dataclass(frozen=True)
class LikeCase:
    number: str
    decided_on: datetime.date
    fine: Decimal | None
    """None where none was given."""
    said: str
    """Kinds and sum."""
    reasons: str


@dataclass(frozen=True)
class Spread:
    """Of fines, in yuan."""

    number: int
    lowest: Decimal
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal
    highest: Decimal

    @property
    def all(self) -> tuple[Decimal, ...]:
        return self.lowest, self.lower_quartile, self.median, self.upper_quartile, self.highest

    def holds(self, fine: Decimal) -> bool:
        return self.lowest <= fine <= self.highest


def spread_of(given: Iterable[Decimal | None]) -> Spread | None:
    """Quartiles with both ends counted in; None where there are none."""
    fines = [fine for fine in given if fine is not None]
    if not fines:
        return None
    quarters = statistics.quantiles(fines, n=4, method="inclusive") if len(fines) > 1 else [*fines] * 3
    lower, median, upper = (each.quantize(Decimal("0.01")) for each in quarters)
    return Spread(len(fines), min(fines), lower, median, upper, max(fines))
