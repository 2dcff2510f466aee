"""Decisions as an Atom feed: those that are public now, and no longer than they are."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape

from cases.publicity.current import Shown
from editions.public.feed import SHANGHAI, begin_feed, feed_bytes, tag
from editions.public.reading import Reading, address


def feed_of(reading: Reading, found: Iterable[Shown]) -> bytes:
    page, feed = reverse("decisions"), reverse("decisions-feed")
    made = begin_feed(reading, "行政处罚决定公示", page=page, feed=feed, thing="cases")
    for each in found:
        made.add_item(
            title=each.decision.number,
            link=address(reverse("decision", args=[each.number])),
            unique_id=tag(reading, f"cases/{each.number}"),
            pubdate=_moment(each.published_on),
            updateddate=_moment(each.changed_on),
            description="".join(f"<p>{escape(line)}</p>" for line in _lines(each)),
        )
    return feed_bytes(made)


def _lines(each: Shown) -> list[str]:
    return [*(f"{label}：{what}" for label, what in each.decision.abstract), *each.decision.changes]


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), SHANGHAI)
