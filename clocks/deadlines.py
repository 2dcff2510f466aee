"""A deadline: the last day of a time limit, with all from which it follows. It is worked out when it is read, never
stored as a date that somebody would have to correct."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from clocks import counting
from clocks.counting import Counted, Skipped, Span
from clocks.sources import in_words
from clocks.time_limit import Binds, Moves, TimeLimit, Unit
from clocks.working_days import DAY, Calendar
from verbatim.documents import Document

WEEKDAYS = "一二三四五六日"


class NotLawful(Exception):
    """What the law does not allow, with its clause."""

    def __init__(self, sentence: str, *, clause: str) -> None:
        super().__init__(f"{sentence}（{in_words(clause)}）")
        self.clause = clause


class Extension(Document):
    """By how much, in the unit of the limit, and the day on which it was signed."""

    number: Annotated[int, Field(title="延长", ge=1)]
    signed: Annotated[datetime.date, Field(title="签批日期")]


class Deadline(Document):
    limit: Annotated[TimeLimit, Field(title="期限")]
    start: Annotated[datetime.date, Field(title="起算事项发生日")]
    number: Annotated[int, Field(title="数", ge=1)]
    last_day: Annotated[datetime.date, Field(title="期限届满日")]
    """Not moved; what prolongs the limit runs from here (K10)."""
    due: Annotated[datetime.date, Field(title="最后一日")]
    alarm: Annotated[datetime.date, Field(title="提醒日")]
    """The last working day on or before `last_day`."""
    skipped: Annotated[Skipped, Field(title="不计入")] = ()
    moved_over: Annotated[Skipped, Field(title="顺延")] = ()
    stops: Annotated[Skipped, Field(title="扣除的期间")] = ()
    extensions: Annotated[tuple[Extension, ...], Field(title="延长")] = ()
    unknown_year: Annotated[int | None, Field(title="未录入放假安排的年份")] = None
    """Whose notice may still move the due day; None where it is final."""
    alarm_unknown_year: Annotated[int | None, Field(title="提醒日未录入放假安排的年份")] = None

    @property
    def is_provisional(self) -> bool:
        return self.unknown_year is not None

    @property
    def why_provisional(self) -> str:
        """A sentence; empty where the due day is final."""
        year = self.unknown_year
        if year is None:
            return ""
        if self.limit.before:
            done = "先只扣周末，请再提早几日"
        elif year > self.due.year:
            done = f"元旦可能与{year - 1}年12月底调休，那几日先一日不扣、不顺延"
        else:
            done = "那一年的日子先一日不扣、不顺延"
        return f"{year}年的放假安排还没有录入，{done}；录入以后自动重算。"

    def has_passed(self, day: datetime.date) -> bool:
        """Whether the time is over on that day. What is provisional comes out early: that is safe for the bureau, and
        the party is not held to it."""
        return day > self.due and not (self.is_provisional and self.limit.binds is Binds.PARTY)

    def is_over(self, now: datetime.datetime) -> bool:
        """The last day counts whole."""
        return self.has_passed(now.date())

    def derivation(self) -> Iterator[str]:
        """How it came about, in lines for people."""
        limit = self.limit
        yield f"{limit.title}：{self.said}"
        since = f"（自 {limit.since} 起适用）" if limit.since else ""
        yield f"依据：{in_words(limit.clause)}，{self.number}{limit.unit}{since}"
        yield f"{self._way}，是 {self.last_day}"
        for said, spans in (("不计入", self.skipped), ("顺延，跳过", self.moved_over)):
            if spans:
                yield f"{said}：{'；'.join(map(str, spans))}"
        if limit.moves is Moves.NEVER and not limit.before:
            yield "最后一日遇休息日不顺延"
        yield f"提醒：{_said(self.alarm)}{'（暂按周末推算）' if self.alarm_unknown_year else ''}"
        if self.is_provisional:
            yield f"暂定：{self.why_provisional}"

    def day_by_day(self) -> list[tuple[datetime.date, str]]:
        """What each day counted as, to be told beside its weekday, in the order of counting; nothing where no day was
        left out, because then the arithmetic says it all. Months and years count no days: of them only those over which
        the last day moved."""
        return list(self._days()) if self.skipped or self.moved_over else []

    def _days(self) -> Iterator[tuple[datetime.date, str]]:
        left_out, moved = _days_of(self.skipped), _days_of(self.moved_over)
        counts = self.limit.unit not in (Unit.MONTHS, Unit.YEARS)
        if counts:
            yield self.start, "起算事项发生日，不计"
        day, counted = self.start if counts else self.last_day - DAY, 0
        while day != self.due:
            day += -DAY if self.limit.before else DAY
            if day in left_out:
                yield day, f"{_beside_weekday(day, left_out[day])}不计"
            elif day > self.last_day and not self.limit.before:
                yield day, f"{_beside_weekday(day, moved[day])}顺延" if day in moved else "顺延到这一天"
            else:
                counted += 1
                ordinal = f"第{counted}{self.limit.unit}" if counts else "期限届满日"
                yield day, f"{ordinal}，{_beside_weekday(day, moved[day])}顺延" if day in moved else ordinal

    @property
    def said(self) -> str:
        """The due day and its weekday, and whether it is provisional."""
        due = f"最迟 {_said(self.due)}" if self.limit.before else f"{_said(self.due)}截止"
        return f"{due}{'（暂定）' if self.is_provisional else ''}"

    @property
    def _way(self) -> str:
        length = f"{self.number}{self.limit.unit}"
        if self.limit.before:
            return f"自 {self.start} 的前一日起倒数{length}"
        longer = "".join(f"，加 {each.signed} 签批延长的{each.number}{self.limit.unit}" for each in self.extensions)
        return f"自 {self.start} {'当日' if self.limit.counts_start else '的次日'}起算{length}{longer}"


class HoursDeadline(Document):
    """K5: clock time, whatever day it is."""

    limit: Annotated[TimeLimit, Field(title="期限")]
    start: Annotated[datetime.datetime, Field(title="起算时间")]
    ends_at: Annotated[datetime.datetime, Field(title="截止时间")]
    is_provisional: ClassVar[bool] = False

    @property
    def due(self) -> datetime.date:
        return self.ends_at.date()

    @property
    def alarm(self) -> datetime.date:
        return self.start.date()

    def has_passed(self, day: datetime.date) -> bool:
        """Whether that day is a later one; the hour itself is told by `ends_at`."""
        return day > self.due

    def is_over(self, now: datetime.datetime) -> bool:
        return now > self.ends_at

    @property
    def said(self) -> str:
        return f"{self.ends_at:%Y-%m-%d %H:%M} 截止"

    def day_by_day(self) -> list[tuple[datetime.date, str]]:
        """Nothing: hours leave no day out."""
        return []

    def derivation(self) -> Iterator[str]:
        yield f"{self.limit.title}：{self.said}"
        yield f"依据：{in_words(self.limit.clause)}，{self.limit.length}"
        yield f"自 {self.start:%Y-%m-%d %H:%M} 起{self.limit.length}，连续计算，不因休息日顺延"


def work_out_hours(limit: TimeLimit, start: datetime.datetime) -> HoursDeadline:
    """Raises ValueError for a limit that is not of hours."""
    if limit.unit is not Unit.HOURS:
        raise ValueError(f"{limit.rule} is no limit of hours")
    return HoursDeadline(limit=limit, start=start, ends_at=counting.count_hours(start, limit.number))


AnyDeadline = Deadline | HoursDeadline


def _days_of(spans: Skipped) -> dict[datetime.date, str]:
    return {day: span.why for span in spans for day in counting.days(span.first, span.last + DAY)}


def _weekday(day: datetime.date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def _beside_weekday(day: datetime.date, why: str) -> str:
    """Why a day is left out, where its weekday does not say so already."""
    return "" if why == _weekday(day) else f"{why}，"


def _said(day: datetime.date) -> str:
    return f"{day}（{_weekday(day)}）"


def work_out(
    limit: TimeLimit,
    start: datetime.date,
    calendar: Calendar,
    *,
    number: int | None = None,
    stops: Sequence[Span] = (),
    extensions: Sequence[Extension] = (),
) -> Deadline:
    """The deadline of a time limit that started on that day; for a limit `before` a day, `start` is that day.

    `number` is for limits that whoever orders them measures. Raises NoCalendar where a day of an unknown year counts,
    and NotLawful where an extension is not allowed.
    """
    if stops and not limit.stops:
        raise NotLawful(f"“{limit.title}”的期限没有可以扣除的期间", clause=limit.clause)
    number = limit.number if number is None else number
    deadline = _ending(limit, start, number, _count(limit, start, number, calendar, stops), calendar, tuple(stops))
    for extension in extensions:
        deadline = prolonged(deadline, extension, calendar)
    return deadline


def work_out_provisional(
    limit: TimeLimit,
    start: datetime.date,
    calendar: Calendar,
    *,
    number: int | None = None,
    stops: Sequence[Span] = (),
    extensions: Sequence[Extension] = (),
    granted: Sequence[Extension] = (),
) -> Deadline:
    """The same, provisional where a year is unknown: no later than it will be with the notice of that year.

    `granted` were allowed when they were signed, and stay so, whatever has become of the stops since.
    """
    tentative = calendar.without_holidays()
    deadline = work_out(limit, start, tentative, number=number, stops=stops, extensions=extensions)
    for extension in granted:
        deadline = _longer(deadline, extension, tentative)
    return deadline


def last_day(limit: TimeLimit, start: datetime.date) -> datetime.date:
    """Of months or years that never move: no calendar is asked. Raises ValueError for other limits."""
    if limit.moves is not Moves.NEVER or limit.unit not in (Unit.MONTHS, Unit.YEARS) or limit.counts_start:
        raise ValueError(f"{limit.rule} asks the calendar")
    return counting.count_months(start, limit.number * (1 if limit.unit is Unit.MONTHS else 12))


def prolonged(deadline: Deadline, extension: Extension, calendar: Calendar) -> Deadline:
    """K10: signed on or before the last day, running from the unmoved end. Raises NotLawful and NoCalendar."""
    check_extension(deadline, extension)
    return _longer(deadline, extension, calendar)


def _longer(deadline: Deadline, extension: Extension, calendar: Calendar) -> Deadline:
    limit = deadline.limit
    last_day, skipped = _count(limit, deadline.last_day, extension.number, calendar, deadline.stops)
    counted = last_day, deadline.skipped + skipped
    longer = _ending(limit, deadline.start, deadline.number, counted, calendar, deadline.stops)
    return longer.with_values(extensions=(*deadline.extensions, extension))


def check_extension(deadline: Deadline, extension: Extension) -> None:
    limit, named = deadline.limit, f"“{deadline.limit.title}”的期限"
    if not limit.longer:
        raise NotLawful(f"{named}不能延长", clause=limit.clause)
    if len(deadline.extensions) >= len(limit.longer):
        raise NotLawful(f"{named}已经延长过，不能再延长", clause=limit.longer[-1].clause)
    longer = limit.longer[len(deadline.extensions)]
    if longer.at_most and extension.number > longer.at_most:
        said = f"{longer.by}最多把{named}延长 {longer.at_most}{limit.unit}，现在是 {extension.number}{limit.unit}"
        raise NotLawful(said, clause=longer.clause)
    if extension.signed > deadline.due:
        said = f"{named} {deadline.due} 已满，{extension.signed} 才签批延长，太晚了"
        raise NotLawful(said, clause=longer.late_clause or longer.clause)


def _count(limit: TimeLimit, start: datetime.date, number: int, calendar: Calendar, stops: Sequence[Span]) -> Counted:
    match limit.unit, limit.before:
        case Unit.DAYS, True:
            return counting.days_before(start, number), ()
        case Unit.WORKING_DAYS, True:
            return counting.working_days_before(start, number, calendar)
        case Unit.DAYS, False:
            return counting.count_days(start, number, stops)
        case Unit.WORKING_DAYS, False:
            return counting.count_working_days(start, number, calendar, stops)
        case Unit.MONTHS | Unit.YEARS, False:
            end = counting.count_months(start, number if limit.unit is Unit.MONTHS else 12 * number)
            return (end - DAY if limit.counts_start else end), ()
    raise ValueError(f"{limit.rule} is no limit of days")


def _ending(
    limit: TimeLimit, start: datetime.date, number: int, counted: Counted, calendar: Calendar, stops: Skipped
) -> Deadline:
    last_day, skipped = counted
    due, moved_over = _moved(limit, last_day, calendar)
    alarm = calendar.without_holidays().on_or_before(last_day)
    counts = limit.unit is Unit.WORKING_DAYS
    counted_on = counting.days(min(start, due), max(start, due)) if counts else []
    looked_at = [*counted_on, *counting.days(last_day, due + DAY)]
    return Deadline(
        limit=limit,
        start=start,
        number=number,
        last_day=last_day,
        due=due,
        alarm=alarm,
        skipped=skipped,
        moved_over=moved_over,
        stops=stops,
        unknown_year=_unsettled(looked_at, calendar) if counts or limit.moves is not Moves.NEVER else None,
        alarm_unknown_year=_unsettled(counting.days(alarm, last_day + DAY), calendar),
    )


def _moved(limit: TimeLimit, last_day: datetime.date, calendar: Calendar) -> Counted:
    if limit.moves is Moves.NEVER or limit.before:
        return last_day, ()
    return counting.roll_forward(last_day, calendar.why_off if limit.moves is Moves.OFF else calendar.why_holiday)


def _unsettled(days: Sequence[datetime.date], calendar: Calendar) -> int | None:
    return next((year for day in days if (year := calendar.unsettled(day)) is not None), None)
