"""The list as Atom feeds (RFC 4287): its editions, and what they changed of one part, one item, one office. Made of the
catalogue alone: the same content gives the same bytes."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from editions.life.edition import Edition
from editions.public import changes
from editions.public.changes import ChangedDocument, changed_documents
from editions.public.reading import Reading, address

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Subject:
    """What a feed tells the changes of."""

    title: str
    page: str
    """The path of its page."""
    feed: str
    """The path of the feed."""
    thing: str
    """What its identifiers call it, for good, and where it stands in an edition: duties/zz-01."""
    is_in: Callable[[Edition], bool]
    """Whether the edition has it: told of the first edition, where nothing is compared."""
    concerns: Callable[[ChangedDocument, Edition, Edition], bool]
    """Whether a change between two editions, the older first, is one of it."""


def editions_feed(reading: Reading) -> bytes:
    """One entry for each published edition, the latest first."""
    made = begin_feed(reading, "", page=reverse("editions"), feed=reverse("feed"), thing="editions")
    for edition in reading.catalogue.published:
        made.add_item(
            title=f"{edition.label} 版" + ("（已废止）" if edition.is_over else ""),
            link=address(edition.get_absolute_url()),
            unique_id=tag(reading, f"editions/{edition.label}"),
            **_told(edition, _summary(reading, edition)),
        )
    return feed_bytes(made)


def subject_feed(reading: Reading, subject: Subject) -> bytes:
    """One entry for each edition that changed something of it, the latest first."""
    made = begin_feed(reading, subject.title, page=subject.page, feed=subject.feed, thing=subject.thing)
    for edition in reading.catalogue.published:
        before = reading.catalogue.before(edition)
        if before is None:
            said, url = ["首次公布。"] * subject.is_in(edition), f"{edition.get_absolute_url()}{subject.thing}/"
        else:
            found = [each for each in changed_documents(before, edition) if subject.concerns(each, before, edition)]
            said, url = [each.line for each in found], _place_of(reading, edition, found)
        if said:
            made.add_item(
                title=f"{edition.label} 版：{said[0] if len(said) == 1 else f'{len(said)} 处变化'}",
                link=address(url),
                unique_id=tag(reading, f"{subject.thing}/{edition.label}"),
                **_told(edition, [*_standing(edition), *said]),
            )
    return feed_bytes(made)


def _place_of(reading: Reading, edition: Edition, found: list[ChangedDocument]) -> str:
    """Where the changes are read: the one of them, or the page of all."""
    page = reading.dressed(elder=False).url_in(edition, "changes")
    return f"{page}#{found[0].anchor}" if len(found) == 1 else page


def begin_feed(reading: Reading, title: str, *, page: str, feed: str, thing: str) -> Atom1Feed:
    register = reading.register
    return Atom1Feed(
        title=" - ".join(filter(None, [title, register.cover.title])),
        link=address(page),
        feed_url=address(feed),
        feed_guid=tag(reading, thing),
        description=None,
        language="zh-CN",
        author_name=register.bureau.full_name or register.bureau.name,
    )


def feed_bytes(made: Atom1Feed) -> bytes:
    return made.writeString("utf-8").encode()


def tag(reading: Reading, thing: str) -> str:
    """The same for the same thing wherever the site stands (RFC 4151). What tells one bureau from another is its first
    edition, in a domain that is nobody's and never will be (RFC 2606)."""
    first = reading.catalogue.published[-1]
    return f"tag:{first.content_digest[:16]}.invalid,{first.effective_on:%Y-%m-%d}:{thing}"


def _told(edition: Edition, said: Iterable[str]) -> dict[str, Any]:
    """When an entry was written, and what it says; feed readers take that for HTML."""
    began = datetime.datetime.combine(edition.effective_on, datetime.time(), SHANGHAI)
    issued = (edition.issued_at or began).astimezone(SHANGHAI)
    revoked = edition.revoked_at.astimezone(SHANGHAI) if edition.revoked_at else None
    return {
        "pubdate": issued,
        "updateddate": revoked or issued,
        "description": "".join(f"<p>{escape(line)}</p>" for line in said),
    }


def _standing(edition: Edition) -> list[str]:
    said = [f"自 {edition.effective_on:%Y-%m-%d} 起施行。"]
    if edition.revoked_on:
        since = f"{'已' if edition.is_over else '定'}于 {edition.revoked_on:%Y-%m-%d} 废止"
        said.insert(0, f"{since}，理由：{edition.revoke_reason}")
    return said


def _summary(reading: Reading, edition: Edition) -> list[str]:
    said = _standing(edition)
    if edition.change_note:
        said.append(f"修订说明：{edition.change_note}")
    if changed := changes.latest(reading.catalogue, edition):
        said.append(f"与 {changed.old.label} 版相比：{changed.counted}。")
    return said
