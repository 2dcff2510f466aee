"""变更记录: who changed what of a row and of its parts, when, why. The floors above tell what became of each line."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from history.lines import Line, RowId, Trail, trail, whole_of

LINES_A_PAGE = 100


@dataclass(frozen=True)
class TrailEvent:
    """What happened to the row and changed nothing of it."""

    at: Any
    by: str
    said: str


@dataclass(frozen=True)
class TrailAddition:
    """What a floor above has to say of a trail."""

    heading: str = ""
    """Of its column; without one it has none."""
    of_line: Callable[[Line], SafeString] = lambda line: SafeString()
    """What stands there."""
    events: tuple[TrailEvent, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Pages that tell of the same: what each is called, and its address."""


AdditionProvider = Callable[[Any, Trail], TrailAddition | None]
"""Of a row whose trail is shown, and the trail of the whole that it is a part of."""
_providers: list[AdditionProvider] = []


def register_addition(provider: AdditionProvider) -> None:
    if provider not in _providers:
        _providers.append(provider)


@dataclass(frozen=True)
class ShownLine:
    """A record of the trail, as the page shows it."""

    line: Line
    title: str
    """Of its row."""
    told: tuple[SafeString, ...]
    """By column of the floors above."""
    state_url: str
    """The row as it was after the line; empty for what has no form of its own."""


@dataclass(frozen=True)
class TrailPage:
    entries: Page[ShownLine | TrailEvent]
    rows: dict[str, str]
    """What can be asked for alone: rows by the name that stands in the address."""
    fields: list[str]
    row: str
    field: str
    """What was asked for."""
    headings: tuple[str, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def asked(self) -> str:
        """What has to stay in the address from page to page."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in (("row", self.row), ("field", self.field)) if value})
        return query.urlencode()


def page(row: Any, asked: QueryDict) -> TrailPage:
    """In a constant number of queries."""
    found = trail(whole_of(row))
    told = [said for provider in _providers if (said := provider(row, found))]
    columns = [each for each in told if each.heading]
    here = [line for line in found.lines if found.is_inside(line.row, (type(row), row.pk))]
    titles = {key: found.rows[key].named() for key in dict.fromkeys(line.row for line in here)}
    wanted_row, wanted_field = asked.get("row", ""), asked.get("field", "")
    lines = [
        line
        for line in reversed(here)
        if (not wanted_row or _name(line.row) == wanted_row)
        and (not wanted_field or wanted_field in {edit.label for edit in line.edits})
    ]
    everything = not (wanted_row or wanted_field)
    events = [event for each in told for event in each.events] if everything else []
    events.sort(key=lambda event: event.at, reverse=True)
    entries: list[Any] = list(heapq.merge(lines, events, key=_at, reverse=True))
    page = Paginator(entries, LINES_A_PAGE).get_page(asked.get("p"))
    page.object_list = [
        ShownLine(each, titles[each.row], tuple(column.of_line(each) for column in columns), _state_url(each))
        if isinstance(each, Line)
        else each
        for each in page.object_list
    ]
    return TrailPage(
        entries=page,
        rows={_name(key): title for key, title in titles.items()},
        fields=list(dict.fromkeys(edit.label for line in here for edit in line.edits)),
        row=wanted_row,
        field=wanted_field,
        headings=tuple(each.heading for each in columns),
        links=tuple(link for each in told for link in each.links),
    )


def _at(entry: Any) -> Any:
    return entry.at


def _name(key: RowId) -> str:
    """workitem-12"""
    model, pk = key
    return f"{model._meta.model_name}-{pk}"


def _state_url(line: Line) -> str:
    model, pk = line.row
    if not admin.site.is_registered(model):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history", args=[pk, line.record])
