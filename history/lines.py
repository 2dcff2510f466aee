"""The trail of a row and of everything that is a part of it, as one series of lines: who did what, when, why."""

import datetime
import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from history.guards import trail_of, working_models
from history.models import RetirableRow, WorkingRow
from history.redline_html import redline
from history.trail import COMMAND_LINE, as_read

RowId = tuple[type[WorkingRow], int]
"""One row: its model and its primary key."""


@dataclass(frozen=True)
class Edit:
    """One field of one line: what it is called, what it said before and after."""

    field: str
    label: str
    old: str
    new: str

    def redline(self) -> SafeString:
        return redline(self.old, self.new)


@dataclass(frozen=True)
class Line:
    """One record of the trail."""

    record: int
    row: RowId
    at: datetime.datetime
    by: str
    reason: str
    verb: str
    """新增, 修改, 取消, 恢复列入."""
    edits: tuple[Edit, ...]
    values: Mapping[str, Any]
    """The whole row after it, by column."""


@dataclass(frozen=True)
class Trail:
    """The rows, and what was done to them, the earliest first."""

    rows: Mapping[RowId, WorkingRow]
    """As they are now, retired ones among them; what they point at is at hand."""
    lines: tuple[Line, ...]
    pointed: Mapping[tuple[Any, int], Any]
    """What foreign keys of the lines point at, by model and primary key."""

    def owner_of(self, key: RowId) -> RowId | None:
        """The row that this one is a part of; None for the one whose trail it is."""
        row: Any = self.rows[key]
        name = getattr(row, "belongs_to", "")
        owner = (row._meta.get_field(name).related_model, getattr(row, f"{name}_id")) if name else None
        return owner if owner in self.rows else None

    def above(self, key: RowId) -> RowId | None:
        """What it stands in: the clause above it, or else the row that it is a part of."""
        row: Any = self.rows[key]
        parent = (key[0], getattr(row, "parent_id", None) or 0)
        return parent if parent in self.rows else self.owner_of(key)

    def is_inside(self, key: RowId, outer: RowId) -> bool:
        """Whether it is that row or stands in it."""
        here: RowId | None = key
        while here is not None and here != outer:
            here = self.above(here)
        return here == outer


def parts_of(model: type[WorkingRow]) -> Iterator[tuple[type[WorkingRow], str]]:
    """The models whose rows are parts of a row of this one, the model itself first, each with the way from there to its
    key: Clause, chapter__regime."""
    yield model, "pk"
    for each in working_models():
        owner: Any = each
        way: list[str] = []
        while owner is not model and getattr(owner, "belongs_to", None):
            way.append(owner.belongs_to)
            owner = owner._meta.get_field(owner.belongs_to).related_model
        if way and owner is model and each.in_area() == model.in_area():
            yield each, "__".join(way)


def whole_of(row: WorkingRow) -> WorkingRow:
    """What the row is a part of in the end; itself where it is of nothing in the same area (an event of a service)."""
    here: Any = row
    while (name := getattr(here, "belongs_to", "")) and here._meta.get_field(
        name
    ).related_model.in_area() == here.in_area():
        here = getattr(here, name)
    return here  # type: ignore[no-any-return]


def trail(row: WorkingRow) -> Trail:
    """The trail of a row that is no part of another, in a constant number of queries, however long it is. Within one
    table the order is that of the records; between tables it is that of the clock."""
    rows: dict[RowId, WorkingRow] = {}
    records: list[list[tuple[RowId, Any]]] = []
    for model, way in parts_of(type(row)):
        pointing = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
        found = model.objects.filter(**{way: row.pk}).select_related(*pointing)
        rows |= {(model, each.pk): each for each in found}
        keys = [key for each, key in rows if each is model]
        history = trail_of(model).objects.filter(id__in=keys).order_by("history_id")
        records.append([((model, record.id), record) for record in history])
    said = _Saying(record for each in records for record in each)
    ordered = heapq.merge(*records, key=lambda each: each[1].history_date)
    before: dict[RowId, Any] = {}
    lines = []
    for key, record in ordered:
        lines.append(_line(key, before.get(key), record, said))
        before[key] = record
    return Trail(rows, tuple(lines), said.pointed)


def _line(key: RowId, before: Any, record: Any, said: "_Saying") -> Line:
    model = key[0]
    left_out = (model.permanent, getattr(model, "belongs_to", ""))  # they never change, and the row is called by them
    shown = [f for f in model._meta.concrete_fields if f.editable and not f.primary_key and f.name not in left_out]
    edits = tuple(
        Edit(field.name, str(field.verbose_name), said(field, old), said(field, new))
        for field in shown
        if (old := _value(before, field)) != (new := _value(record, field)) and (before is not None or said(field, new))
    )
    return Line(
        record=record.history_id,
        row=key,
        at=record.history_date,
        by=record.history_user_name or COMMAND_LINE,
        reason=record.history_change_reason or "",
        verb=_verb(model, before, record),
        edits=edits,
        values={field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields},
    )


def _value(record: Any, field: Any) -> Any:
    return getattr(record, field.attname) if record is not None else None


def _verb(model: type[WorkingRow], before: Any, record: Any) -> str:
    if before is None:
        return "新增"
    if issubclass(model, RetirableRow) and (before.retired_on is None) != (record.retired_on is None):
        return "恢复列入" if record.retired_on is None else "取消"
    return "修改"


class _Saying:
    """Values as people read them; what foreign keys point at is read once for all records."""

    def __init__(self, records: Iterator[tuple[RowId, Any]]) -> None:
        asked: dict[Any, set[int]] = {}
        for (model, _), record in records:
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and (key := getattr(record, field.attname)) is not None:
                    asked.setdefault(field.related_model, set()).add(key)
        self.pointed = {
            (model, each.pk): each for model, keys in asked.items() for each in model._base_manager.filter(pk__in=keys)
        }

    def __call__(self, field: Any, value: Any) -> str:
        if isinstance(field, models.ForeignKey) and value is not None:
            return str(self.pointed.get((field.related_model, value), value))
        return as_read(field, value)
