"""The events that are public: the latest announcement of each. They stand beside the editions, not in them."""

import datetime
from dataclasses import dataclass

from services.documents import EventDocument
from services.models import Announcement
from verbatim.codes import numbers_of


@dataclass(frozen=True)
class Announced:
    """An event as the public sees it, how often it was announced, and when last."""

    event: EventDocument
    number: int
    at: datetime.datetime


def announced() -> tuple[Announced, ...]:
    """Every event that was announced, the earliest first."""
    latest = Announcement.objects.order_by("event_id", "-number").distinct("event_id")
    found = [Announced(each.document(), each.number, each.at) for each in latest]
    return tuple(
        sorted(
            found, key=lambda each: (each.event.on, each.event.begins or datetime.time(), numbers_of(each.event.code))
        )
    )


def ahead(events: tuple[Announced, ...], day: datetime.date) -> list[Announced]:
    """Those on that day and later, the next first."""
    return [each for each in events if each.event.on >= day]


def over(events: tuple[Announced, ...], day: datetime.date) -> list[Announced]:
    """Those before that day, the latest first; what was called off did not take place."""
    return [each for each in reversed(events) if each.event.on < day and not each.event.cancelled]
