"""Editions, found: the public ones, the one in force, those under way; and what the next one may be."""

from __future__ import annotations

import datetime
import itertools
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, When
from django.utils import timezone

from editions.life.states import GIVEN_UP, ISSUED_STATES, UNDER_WAY, State

TWO_YEARS = datetime.timedelta(days=731)
"""No edition becomes effective later, so that a slip of the pen does not block the editions of a century."""


class EditionQuerySet(models.QuerySet[Any]):
    def issued(self) -> Self:
        """Transcribed or issued, whether effective yet or not, the latest effective day first."""
        return self.filter(state__in=ISSUED_STATES).order_by("-effective_on")

    def published(self, on: datetime.date | None = None) -> Self:
        """Editions that are public on that day (today in Shanghai): transcribed or issued, and effective."""
        return self.issued().filter(effective_on__lte=on or timezone.localdate())

    def in_force(self, on: datetime.date | None = None) -> Any:
        """The edition in force on that day: the latest of the published ones that was not revoked by then."""
        day = on or timezone.localdate()
        return self.published(day).filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)).first()

    def not_void(self) -> Self:
        """The public ones without those that were revoked before they became effective: they were never in force."""
        return self.issued().filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=F("effective_on")))

    def base(self) -> Any:
        """What a new edition builds on: the latest public one that was not revoked, effective yet or not; where all
        were revoked, the latest that was in force."""
        standing_first = Case(When(revoked_on__isnull=True, then=0), default=1)
        return self.not_void().order_by(standing_first, "-effective_on").first()

    def last_issued(self) -> Any:
        """The last link of the chain: the public one that no other names as the one before it."""
        following = self.model.objects.issued().filter(previous=OuterRef("pk"))
        return self.issued().filter(~Exists(following)).first()

    def under_way(self) -> Self:
        """Submitted and not at an end yet, the earliest first."""
        return self.filter(state__in=UNDER_WAY).order_by("pk")

    def with_acts(self) -> Self:
        """With the timeline, the remarks and their answers."""
        return self.prefetch_related("timeline", "remarks__answer")

    def came_back_to(self, account: Any) -> list[Any]:
        """What this person submitted and got back, and has not submitted anew: each later submission takes up one of
        them, the one of the same label or else the earliest."""
        # Acts are numbered in the order in which they are done: whoever submits waits for the acts that are under way.
        own: Any = self.filter(submitted_by=account).defer("seal")
        own = own.annotate(submitted_as=Min("timeline__pk"), ended_as=Max("timeline__pk"))
        waiting: list[Any] = list(own.filter(state=State.RETURNED).order_by("ended_as"))
        for edition in own.order_by("submitted_as"):
            back = [each for each in waiting if each.ended_as < edition.submitted_as]
            if back:
                waiting.remove(next((each for each in back if each.label == edition.label), back[0]))
        return waiting

    # What the next edition may be

    def first_possible_day(self) -> datetime.date:
        """The first day on which an edition that is issued today may become effective: not before today, and after the
        effective day of every public edition that was not revoked before it."""
        head = self.not_void().first()
        today = timezone.localdate()
        return max(today, head.effective_on + datetime.timedelta(days=1)) if head else today

    def possible_days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last of them."""
        first = self.first_possible_day()
        return first, first + TWO_YEARS

    def free_label(self, label: str = "") -> str:
        """The next label of that month, or of this one, that is not taken: 2018-03, then 2018-03-2."""
        month = label[:7] or f"{timezone.localdate():%Y-%m}"
        taken = set(self.holding_their_label().values_list("label", flat=True))
        numbered = (month if n == 1 else f"{month}-{n}" for n in itertools.count(1))
        return next(each for each in numbered if each not in taken)

    def holding_their_label(self) -> Self:
        """All but those that were returned or withdrawn."""
        return self.exclude(state__in=GIVEN_UP)
