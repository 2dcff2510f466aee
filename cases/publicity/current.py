"""What of penalty decisions is public on a day: all that was released and has neither ended nor come to the end of its
term, which is worked out when it is read."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from cases.publicity.decision import PublicDecision
from cases.publicity.rows import PublicityDraft, PublicityRelease
from clocks.deadlines import last_day
from clocks.limits_of_the_law import in_force

log = logging.getLogger(__name__)

OVER = "已按期撤下。"


@dataclass(frozen=True)
class Shown:
    number: int
    decision: PublicDecision
    published_on: datetime.date
    """First, whatever was put right since."""
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
class Standing:
    """How a case stands before the public: its first release, from which the term counts whatever was put right or
    released anew since, the latest, and the last day."""

    first: PublicityRelease
    latest: PublicityRelease
    until: datetime.date

    @classmethod
    def of(cls, made: Sequence[PublicityRelease]) -> Standing | None:
        """Of all releases of a case, in their order; None where there is none, or the latest was taken down. As long as
        a restriction that lasts longer (令45)."""
        if not made or made[-1].is_ended:
            return None
        first, latest = made[0], made[-1]
        end = last_day(in_force().on(latest.draft.term, first.day), first.day)
        return cls(first, latest, max(filter(None, [end, latest.draft.restricted_until])))

    def is_over(self, day: datetime.date) -> bool:
        return self.until < day

    def shown(self, number: int, decision: PublicDecision) -> Shown:
        corrected_on = self.latest.day if self.latest != self.first else None
        return Shown(number, decision, self.first.day, corrected_on, self.until)


def current_decisions() -> PublicDecisions:
    releases: dict[int, list[PublicityRelease]] = {}
    rows = PublicityRelease.objects.select_related("draft__case__public_address", "end").defer("draft__content")
    for each in rows.filter(draft__case__public_address__isnull=False).order_by("pk"):
        releases.setdefault(each.draft.case.public_address.number, []).append(each)
    public = {number: found for number, made in releases.items() if (found := Standing.of(made))}
    texts = PublicityDraft.objects.in_bulk([each.latest.draft_id for each in public.values()])
    held = [
        each.shown(number, decision)
        for number, each in public.items()
        if (decision := _readable(texts[each.latest.draft_id])) is not None
    ]
    return PublicDecisions(
        held=tuple(sorted(held, key=lambda each: (each.decision.decided_on, each.number), reverse=True)),
        ended={number: made[-1].end.said for number, made in releases.items() if made[-1].is_ended},
    )


def _readable(draft: PublicityDraft) -> PublicDecision | None:
    """One that cannot be read is not shown, and keeps nothing else from being shown or taken down; `verify` says so."""
    try:
        return draft.decision
    except ValueError:
        log.exception("draft %s for the public cannot be read", draft.pk)
        return None
