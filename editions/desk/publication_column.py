"""What the trail of a row says of each of its lines: by which edition it became public, where the public reads it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from editions.desk.publication import UNLISTED, PublicationStatus, kind_of, publication_statuses
from editions.form import parts
from history.lines import Line, RowId, Trail
from history.trail_page import TrailAddition


def publication_column(row: Any, trail: Trail) -> TrailAddition | None:
    """None of a row that no edition lists (history.trail_page.AdditionProvider)."""
    whole: Any = next(iter(trail.rows.values()))
    kind = kind_of(whole)
    if kind is None:
        return None
    code = getattr(whole, kind.key)
    status_of: Mapping[tuple[RowId, int], PublicationStatus] = publication_statuses(trail, kind, code)

    def of_line(line: Line) -> SafeString:
        status = status_of.get((line.row, line.record), UNLISTED)
        public_url = _public_url(kind, code, trail, line, status)
        context = {"status": status, "edition": status.edition, "public_url": public_url}
        return render_to_string("admin/editions/publication_status.html", context)

    was_public = any(status.state == "public" for status in status_of.values())
    history = [reverse("item-history", kwargs=_place(kind, code))] if was_public and kind.is_part else []
    return TrailAddition("公布", of_line, links=tuple(("公众看到的各版变化", url) for url in history))


def _place(kind: parts.RowKind, code: str) -> dict[str, str]:
    return {"part": kind.name, "code": code.lower()}


def _public_url(kind: parts.RowKind, code: str, trail: Trail, line: Line, status: PublicationStatus) -> str:
    """Empty where there is no page of it."""
    edition = status.edition
    if status.state != "public" or edition is None or not edition.is_published:
        return ""
    if kind.is_part:
        where = {"label": edition.label, **_place(kind, code)}
        return reverse("edition:item", kwargs=where) + "".join(_anchors(trail, line.row))
    if kind.name == "frames":
        return reverse("edition:part", kwargs={"label": edition.label, "part": code})
    return edition.get_absolute_url()


def _anchors(trail: Trail, key: RowId) -> Iterator[str]:
    """#zz-01-01"""
    row: Any = trail.rows[key]
    if row.permanent and trail.owner_of(key):
        yield f"#{getattr(row, row.permanent).lower()}"
