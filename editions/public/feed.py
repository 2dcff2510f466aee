"""The editions as an Atom feed (RFC 4287), for whoever wants to hear of each."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from editions.life.edition import Edition
from editions.public import changes
from editions.public.reading import Reading, address

SHANGHAI = ZoneInfo("Asia/Shanghai")


def atom(reading: Reading) -> bytes:
    """One entry for each published edition, the latest first. Made of the catalogue alone: the same content gives the
    same bytes."""
    register, published = reading.register, reading.catalogue.published
    url = address(reverse("feed"))
    made = Atom1Feed(
        title=register.cover.title,
        link=address(reverse("editions")),
        feed_url=url,
        feed_guid=_tag(reading, "editions"),
        description=None,
        language="zh-CN",
        author_name=register.bureau.full_name or register.bureau.name,
    )
    for edition in published:
        made.add_item(**_entry(reading, edition))
    return made.writeString("utf-8").encode()


def _tag(reading: Reading, thing: str) -> str:
    """The same for the same thing wherever the site stands (RFC 4151). What tells one bureau from another is its first
    edition, in a domain that is nobody's and never will be (RFC 2606)."""
    first = reading.catalogue.published[-1]
    return f"tag:{first.content_digest[:16]}.invalid,{first.effective_on:%Y-%m-%d}:{thing}"


def _entry(reading: Reading, edition: Edition) -> dict[str, Any]:
    url = address(edition.get_absolute_url())
    began = datetime.datetime.combine(edition.effective_on, datetime.time(), SHANGHAI)
    issued = (edition.issued_at or began).astimezone(SHANGHAI)
    revoked = edition.revoked_at.astimezone(SHANGHAI) if edition.revoked_at else None
    return {
        "title": f"{edition.label} 版" + ("（已废止）" if edition.is_over else ""),
        "link": url,
        "unique_id": _tag(reading, f"editions/{edition.label}"),
        "pubdate": issued,
        "updateddate": revoked or issued,
        "description": "".join(f"<p>{escape(line)}</p>" for line in _summary(reading, edition)),  # read as HTML
    }


def _summary(reading: Reading, edition: Edition) -> list[str]:
    said = [f"自 {edition.effective_on:%Y-%m-%d} 起施行。"]
    if edition.revoked_on:
        since = f"{'已' if edition.is_over else '定'}于 {edition.revoked_on:%Y-%m-%d} 废止"
        said.insert(0, f"{since}，理由：{edition.revoke_reason}")
    if edition.change_note:
        said.append(f"修订说明：{edition.change_note}")
    if changed := changes.latest(reading.catalogue, edition):
        said.append(f"与 {changed.old.label} 版相比：{changed.counted}。")
    return said
