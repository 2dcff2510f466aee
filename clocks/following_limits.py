"""Time limits that follow one on another, and days for which something is paid."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from clocks import counting
from clocks.counting import Span
from clocks.deadlines import Deadline, work_out
from clocks.time_limit import TimeLimits
from clocks.working_days import DAY, Calendar

DAILY = Decimal("0.03")
"""加处罚款: a day, of the fine (处罚法2017-51, 处罚法2021-72)."""


def preparation(
    requested: datetime.date, limits: TimeLimits, calendar: Calendar
) -> tuple[Deadline, Deadline, Deadline]:
    """Sets b and c: the chair is named, has the file, fixes the day; each limit taken to its end."""
    chair = work_out(limits.on("hearing_chair", requested), requested, calendar)
    file = work_out(limits.on("hearing_file", requested), chair.due, calendar)
    return chair, file, work_out(limits.on("hearing_date", requested), file.due, calendar)


@dataclass(frozen=True)
class ToCourt:
    """What the party may do first, and when the bureau may apply. `suit` is None where the limit runs from 分期."""

    suit: Deadline | None
    application: Deadline
    urge_latest: datetime.date
    """The last day on which 催告 can be served, so that the bureau can still apply on a working day."""


def to_court(
    served: datetime.date,
    limits: TimeLimits,
    calendar: Calendar,
    *,
    review_received: datetime.date | None = None,
    instalments_end: datetime.date | None = None,
) -> ToCourt:
    """Suit, then application, in months from the end of the suit's limit or of the instalments (处罚法2021-72)."""
    suit = None if instalments_end else _suit(served, review_received, limits, calendar)
    from_day = suit.due if suit else instalments_end
    assert from_day is not None
    application = work_out(limits.on("court", served), from_day, calendar)
    first, _ = counting.working_days_before(application.alarm, limits.on("urge", served).number, calendar)
    return ToCourt(suit, application, first - DAY)


def _suit(
    served: datetime.date, review_received: datetime.date | None, limits: TimeLimits, calendar: Calendar
) -> Deadline:
    if review_received:
        return work_out(limits.on("suit_after_review", review_received), review_received, calendar)
    return work_out(limits.on("suit", served), served, calendar)


@dataclass(frozen=True)
class Surcharge:
    days: int
    amount: Decimal
    cap_reached: datetime.date
    """The day on which it has grown to the fine, should nothing be paid nor anything stop it any more (强制法45)."""


def surcharge(fine: Decimal, due: datetime.date, paid: datetime.date, stops: Sequence[Span] = ()) -> Surcharge:
    """From the day after the due day to the day of payment, both counted; the days of review and suit are not."""
    days = counting.days_outside(due + DAY, paid, stops)
    whole = int((1 / DAILY).to_integral_value(ROUND_CEILING))
    return Surcharge(days, min(fine, fine * DAILY * days), counting.count_days(due, whole, stops)[0])


def half_year_end(year: int, half: int) -> datetime.date:
    """案卷评查: the last day of the half-year (this system's reading of 清单四), never moved."""
    return datetime.date(year, 6, 30) if half == 1 else datetime.date(year, 12, 31)
