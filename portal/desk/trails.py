"""变更记录: who changed what of a row and of its parts, when, why, and by which edition it became public."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from editions.desk.fates import UNLISTED, Fate, fates, kind_of
from editions.form import parts
from editions.life.edition import Edition
from history.lines import Line, RowId, Trail, trail, whole_of
from portal.annual.checks import confirmations_of
from portal.models import Confirmation

LINES_A_PAGE = 100


@dataclass(frozen=True)
class Shown:
    """One line of the page: a record of the trail with what became of it, or a confirmation of an annual check."""

    at: Any
    title: str = ""
    line: Line | None = None
    fate: Fate | None = None
    state_url: str = ""
    public_url: str = ""
    confirmed: Confirmation | None = None


@dataclass(frozen=True)
class TrailPage:
    lines: Page[Shown]
    rows: dict[str, str]
    """What can be asked for alone: rows by the name that stands in the address."""
    fields: list[str]
    row: str
    field: str
    """What was asked for."""
    public_history: str
    """The address of what the public reads of it; empty where there is nothing."""

    @property
    def asked(self) -> str:
        """What has to stay in the address from page to page."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in (("row", self.row), ("field", self.field)) if value})
        return query.urlencode()


def page(row: Any, asked: QueryDict) -> TrailPage:
    """In a constant number of queries."""
    whole = whole_of(row)
    kind, found = kind_of(whole), trail(whole)
    told = fates(found, kind, getattr(whole, kind.key)) if kind else {}
    here = [line for line in found.lines if found.is_inside(line.row, (type(row), row.pk))]
    titles = {key: found.rows[key].named() for key in dict.fromkeys(line.row for line in here)}
    wanted_row, wanted_field = asked.get("row", ""), asked.get("field", "")
    chosen = [
        line
        for line in here
        if (not wanted_row or _name(line.row) == wanted_row)
        and (not wanted_field or wanted_field in {edit.label for edit in line.edits})
    ]
    shown = [
        Shown(
            line.at,
            titles[line.row],
            line,
            told.get((line.row, line.record), UNLISTED) if kind else None,
            _state_url(line),
            _public_url(kind, found, line, told),
        )
        for line in reversed(chosen)
    ]
    if not (wanted_row or wanted_field):
        confirmed = sorted((Shown(c.at, confirmed=c) for c in confirmations_of(row)), key=lambda s: s.at, reverse=True)
        shown = list(heapq.merge(shown, confirmed, key=lambda each: each.at, reverse=True))
    was_public = any(fate.state == "public" for fate in told.values())
    return TrailPage(
        lines=Paginator(shown, LINES_A_PAGE).get_page(asked.get("p")),
        rows={_name(key): title for key, title in titles.items()},
        fields=list(dict.fromkeys(edit.label for line in here for edit in line.edits)),
        row=wanted_row,
        field=wanted_field,
        public_history=_history_url(kind, whole) if was_public else "",
    )


def _name(key: RowId) -> str:
    """workitem-12"""
    model, pk = key
    return f"{model._meta.model_name}-{pk}"


def _state_url(line: Line) -> str:
    """The row as it was after the line; empty for what has no form of its own."""
    model, pk = line.row
    try:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history"
        return reverse(name, args=[pk, line.record])
    except NoReverseMatch:
        return ""


def _public_url(kind: parts.RowKind | None, found: Trail, line: Line, told: dict[Any, Fate]) -> str:
    """Where the public reads what the line says; empty where there is no page of it."""
    fate = told.get((line.row, line.record), UNLISTED)
    edition: Edition | None = fate.edition
    if fate.state != "public" or edition is None or not edition.is_published:
        return ""
    whole = next(iter(found.rows.values()))
    anchor = "".join(_anchors(found, line.row))
    match kind:
        case parts.Part(name=name):
            where = {"label": edition.label, "part": name, "code": getattr(whole, kind.key).lower()}
            return reverse("edition:item", kwargs=where) + anchor
        case parts.RowKind(name="frames"):
            return reverse("edition:part", kwargs={"label": edition.label, "part": getattr(whole, kind.key)})
    return edition.get_absolute_url()


def _anchors(found: Trail, key: RowId) -> Iterator[str]:
    """#zz-01-01"""
    row: Any = found.rows[key]
    if row.permanent and found.owner_of(key):
        yield f"#{getattr(row, row.permanent).lower()}"


def _history_url(kind: parts.RowKind | None, whole: Any) -> str:
    if not isinstance(kind, parts.Part):
        return ""
    return reverse("item-history", kwargs={"part": kind.name, "code": getattr(whole, kind.key).lower()})
