"""期限和待办: which clocks run in somebody's cases, the most urgent first, and what waits for them there.

An officer has the own cases, the head of an office those of the office, who approves, audits or supervises all of them
(`Case.objects.seen_by`). Nothing of it is stored: `cases.desk.per_case` says how thousands are read quickly.
"""

import datetime
import enum
import itertools
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from acts.steps import Situation, Step
from cases.case import Case
from cases.desk.per_case import PerCase, Versions, versions
from cases.rows.people import Member, Officer
from cases.rows.roll import MemberEndorsement, OfficerEndorsement
from cases.way.states import AT_REST
from clocks.deadlines import AnyDeadline, HoursDeadline
from clocks.models import Notice
from clocks.working_days import Calendar

FIRST = 10
"""So many stand on the desk; the rest is on the page."""


class Urgency(enum.IntEnum):
    """How near the end is, the nearest first; told by a word and a shape, not by colour alone."""

    LATE = 0
    SOON = 1
    RUNNING = 2
    NONE = 3

    @property
    def label(self) -> str:
        return ("已逾期", "即将到期", "在期限内", "没有在走的期限")[self]

    @property
    def shape(self) -> str:
        return "▲◆○–"[self]

    @classmethod
    def of(cls, deadline: AnyDeadline, now: datetime.datetime) -> "Urgency":
        """Soon is from the alarm on: the last working day on or before the end (K4)."""
        if deadline.is_over(now):
            return cls.LATE
        return cls.SOON if deadline.alarm <= now.date() else cls.RUNNING


class Clock(NamedTuple):
    """One that runs, or for a case without any that none does, in what a list says of it: a thousand are small."""

    urgency: Urgency
    due: datetime.date
    number: str
    case: int
    office: int
    rule: str = ""
    title: str = ""
    said: str = ""
    start: datetime.date | None = None
    is_provisional: bool = False
    ends_at: datetime.datetime | None = None
    """Where hours count."""
    alarm: datetime.date | None = None

    def at(self, now: datetime.datetime) -> "Clock":
        """What was worked out today and ends within the day is late from its hour on."""
        return self._replace(urgency=Urgency.LATE) if self.ends_at and now > self.ends_at else self

    @property
    def is_pressing(self) -> bool:
        return self.urgency in (Urgency.LATE, Urgency.SOON)

    @property
    def left(self) -> str:
        """How many days there still are; calendar days, whatever the limit counts."""
        if self.urgency is Urgency.NONE:
            return ""
        days = (self.due - timezone.localdate()).days
        if self.ends_at and not days:
            return f"{'今天已过' if self.urgency is Urgency.LATE else '今天'} {self.ends_at:%H:%M}"
        return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天" if days else "今天到期"


class Row(NamedTuple):
    """A clock with its case, and what is waited for of whoever looks."""

    clock: Clock
    case: Case
    steps: list[Step]

    @property
    def handled_by(self) -> str:
        named = [handler.officer.account.get_full_name() for handler in self.case.handlers.all()]
        return "、".join(named) or self.case.registered_by_name

    @property
    def said(self) -> str:
        """审核立案或者退回核查"""
        return "、".join(step.label for step in self.steps)


_clocks: PerCase[tuple[Clock, ...]] = PerCase(most=4)
_awaited: PerCase[bool] = PerCase(most=100)
"""Of so many people; what waits is another thing for each."""


def forget() -> None:
    """What this process keeps at hand."""
    _clocks.forget()
    _awaited.forget()


def clocks_of(account: Any) -> list[Clock]:
    """All that run in the cases of this person, and the cases in which none does, the most urgent first; in a constant
    number of queries for each 500 cases that have changed since somebody looked."""
    return clocks_in(Case.objects.seen_by(account))


def clocks_in(cases: Any) -> list[Clock]:
    """The same of these cases, whoever may see them."""
    return _clocks_in(versions(cases.with_work_left()), Notice.objects.calendar())


def _clocks_in(wanted: Versions, calendar: Calendar) -> list[Clock]:
    now = timezone.localtime()

    def running(case: Case) -> tuple[Clock, ...]:
        case.calendar = calendar
        none = () if case.state in AT_REST else (_none_of(case),)
        return tuple(_clock(case, each, now) for each in case.deadlines()) or none

    found = _clocks.of(wanted, _circumstances(calendar), running).values()
    return sorted(clock.at(now) for clock in itertools.chain.from_iterable(found))


def _clock(case: Case, deadline: AnyDeadline, now: datetime.datetime) -> Clock:
    return Clock(
        urgency=Urgency.of(deadline, now),
        due=deadline.due,
        number=case.number,
        case=case.pk,
        office=case.office_id,
        rule=deadline.limit.rule,
        title=deadline.limit.title,
        said=deadline.said,
        start=deadline.start,
        is_provisional=deadline.is_provisional,
        ends_at=deadline.ends_at if isinstance(deadline, HoursDeadline) else None,
        alarm=deadline.alarm,
    )


def _none_of(case: Case) -> Clock:
    return Clock(Urgency.NONE, datetime.date.max, case.number, case.pk, case.office_id)


def _circumstances(calendar: Calendar) -> tuple[Hashable, ...]:
    """All from which the clocks of a case follow, beside the case."""
    named = frozenset(calendar.named.items())
    return timezone.localdate(), named, calendar.years, settings.CLOCKS, settings.CASES


def rows(clocks: Iterable[Clock], account: Any) -> list[Row]:
    """These with their cases as they stand, in a constant number of queries."""
    listed = list(clocks)
    prefetch_related_objects([account], "memberships")
    cases = Case.objects.with_its_rows().in_bulk({clock.case for clock in listed})
    return [
        Row(clock, cases[clock.case], cases[clock.case].steps.awaited(Situation(cases[clock.case], account)))
        for clock in listed
    ]


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: the first of it, and in how many cases all of it is."""

    first: list[Row]
    total: int


def waiting_for(account: Any) -> Waiting:
    """The cases in which an act is theirs now, each with the clock that ends first, the most urgent first."""
    seen, calendar = versions(Case.objects.seen_by(account).with_work_left()), Notice.objects.calendar()
    hands = account.pk, account.office_id, frozenset(account.get_all_permissions())
    roll = Officer.history, Member.history, OfficerEndorsement.objects, MemberEndorsement.objects
    prefetch_related_objects([account], "memberships")

    def is_awaited(case: Case) -> bool:
        case.calendar = calendar
        return bool(case.steps.awaited(Situation(case, account)))

    found = _awaited.of(seen, (*_circumstances(calendar), *hands, *(rows.count() for rows in roll)), is_awaited)
    earliest: dict[int, Clock] = {}
    for clock in _clocks_in({pk: seen[pk] for pk, is_waiting in found.items() if is_waiting}, calendar):
        earliest.setdefault(clock.case, clock)
    return Waiting(rows(list(earliest.values())[:FIRST], account), len(earliest))


def counted(clocks: Iterable[Clock]) -> list[tuple[Urgency, int]]:
    """How many of each urgency there are."""
    found = Counter(clock.urgency for clock in clocks)
    return [(urgency, found[urgency]) for urgency in Urgency]
