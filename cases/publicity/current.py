"""What of penalty decisions is public on a day: all that was released and has neither ended nor come to the end of its
term, which is worked out when it is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.publicity.decision import PublicDecision
from cases.publicity.rows import PublicityRelease
from clocks.deadlines import work_out_provisional
from clocks.limits_of_the_law import in_force
from clocks.models import Notice
from clocks.working_days import Calendar

OVER = "已按期撤下。"


@dataclass(frozen=True)
class Shown:
    number: int
    decision: PublicDecision
    published_on: datetime.date
    """As it was published first, without an end since."""
    corrected_on: datetime.date | None
    until: datetime.date
    """The last day."""

    @property
    def changed_on(self) -> datetime.date:
        return self.corrected_on or self.published_on


@dataclass(frozen=True)
class PublicDecisions:
    held: tuple[Shown, ...] = ()
    """The latest first, those whose term is over among them."""
    ended: dict[int, str] = field(default_factory=dict)
    """What was taken down before, by number, with what is said instead."""

    def on(self, day: datetime.date) -> tuple[Shown, ...]:
        return tuple(each for each in self.held if each.until >= day)

    def find(self, number: int, day: datetime.date) -> Shown | None:
        return next((each for each in self.on(day) if each.number == number), None)

    def gone(self, day: datetime.date) -> dict[int, str]:
        """Every number under which there was something, with what is said now."""
        return self.ended | {each.number: OVER for each in self.held if each.until < day}


@dataclass(frozen=True)
class Run:
    """The releases of a case since it was not public, the first and the latest, and the last day of their term."""

    first: PublicityRelease
    latest: PublicityRelease
    until: datetime.date

    @classmethod
    def of(cls, made: Iterable[PublicityRelease], calendar: Calendar) -> Run | None:
        """Of all releases of a case, in their order; None where it was taken down, or never released. As long as a
        restriction that lasts longer (令45)."""
        run: list[PublicityRelease] = []
        for each in made:
            run = [] if each.is_ended else [*run, each]
        if not run:
            return None
        first, latest = run[0], run[-1]
        limit = in_force().on(latest.draft.term, first.day)
        due = work_out_provisional(limit, first.day, calendar).due
        return cls(first, latest, max(filter(None, [due, latest.draft.restricted_until])))

    def is_over(self, day: datetime.date) -> bool:
        return self.until < day

    def shown(self, number: int) -> Shown:
        corrected_on = self.latest.day if self.latest != self.first else None
        return Shown(number, self.latest.draft.decision, self.first.day, corrected_on, self.until)


def current_decisions() -> PublicDecisions:
    releases: dict[int, list[PublicityRelease]] = {}
    for each in PublicityRelease.objects.select_related("draft__case__public_address", "end").order_by("pk"):
        releases.setdefault(each.draft.case.public_address.number, []).append(each)
    calendar = Notice.objects.calendar()
    runs = {number: Run.of(made, calendar) for number, made in releases.items()}
    held = [run.shown(number) for number, run in runs.items() if run]
    return PublicDecisions(
        held=tuple(sorted(held, key=lambda each: (each.decision.decided_on, each.number), reverse=True)),
        ended={number: releases[number][-1].end.said for number, run in runs.items() if not run},
    )
