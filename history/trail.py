"""The trail, read: who changed what of a row, when, since somebody looked at it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.safestring import SafeString

from history.redline_html import redline

Row = Any
"""A working row: this module stands below the rows (history.models)."""

COMMAND_LINE = "命令行"
"""Who writes without an account."""


@dataclass(frozen=True)
class Edit:
    """One field of one act: what it is called, what it said before and after."""

    label: str
    old: str
    new: str

    def redline(self) -> SafeString:
        return redline(self.old, self.new)


@dataclass(frozen=True)
class RecordedChange:
    """One record of the trail as a sentence: who, when (local time), of which row, what."""

    who: str
    when: str
    row: str
    edits: tuple[Edit, ...]
    added: bool = False

    def __str__(self) -> str:
        what = f"新增了“{self.row}”" if self.added else f"改了{'、'.join(f'“{edit.label}”' for edit in self.edits)}"
        return f"{self.who} 于 {self.when} {what}"


class ConcurrentChange(Exception):
    """Somebody else wrote what we were about to write over; nothing of ours was written. The message is a sentence for
    whoever tried, `changes` says who, when and what."""

    def __init__(self, changes: Iterable[RecordedChange]) -> None:
        self.changes = tuple(changes)
        said = "".join(
            f"“{row}”：{'；'.join(map(str, each))}。" for row, each in groupby(self.changes, lambda change: change.row)
        )
        super().__init__(f"您看过以后，别人有改动。{said}什么也没有写入，请看过现在的内容再改。")


def said(field: models.Field, value: Any) -> str:
    """A value as people read it, asked of the database where it points at a row."""
    if isinstance(field, models.ForeignKey) and value is not None:
        related = field.related_model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(related) if related else str(value)
    return as_read(field, value)


def as_read(field: models.Field, value: Any) -> str:
    """The same of what points at nothing."""
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return as_number(value)
    return f"{value:%H:%M}" if isinstance(field, models.TimeField) and hasattr(value, "hour") else str(value)


def as_number(number: Decimal) -> str:
    """1000, 0.5: without the zeros that the database keeps behind the point."""
    return f"{number.normalize():f}"


def latest_ids(model: type[Row], keys: Any) -> dict[int, int]:
    """The id of the latest record of each of these rows. `keys` are primary keys, or a queryset of the rows.

    What somebody is shown is read after this, so that the rows may be newer than the records and never older.
    """
    trail = model.history.model
    latest = trail.objects.filter(id__in=keys).order_by().values_list("id").annotate(Max("history_id"))
    return dict(latest)


def changes_since(row: Row, seen: int | None) -> list[RecordedChange]:
    """What was done to the row after the record `seen`, oldest first; where that is none of its own, the latest act."""
    records = type(row).history.filter(id=row.pk).order_by("history_id")
    known = list(records.filter(history_id__gte=seen)) if seen is not None else []
    if not known or known[0].history_id != seen:
        known = list(records.reverse()[:2])[::-1]
    return [
        _recorded_change(row, before, record)
        for before, record in pairwise(known if len(known) > 1 else [None, *known])
    ]


def changes_since_values(row: Row, values: Mapping[str, Any]) -> list[RecordedChange]:
    """What was done to the row after it held these values (by column), oldest first."""
    found: list[Any] = []
    records = type(row).history.filter(id=row.pk).order_by("-history_id")
    for record in records.iterator(chunk_size=10):
        found.append(record)
        if all(getattr(record, name) == value for name, value in values.items()):
            break
    found.reverse()
    return [_recorded_change(row, before, record) for before, record in pairwise(found)]


def _recorded_change(row: Row, before: Any, record: Any) -> RecordedChange:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key] if before is not None else []
    changed = [f for f in fields if getattr(before, f.attname) != getattr(record, f.attname)]
    return RecordedChange(
        who=record.history_user_name or COMMAND_LINE,
        when=f"{timezone.localtime(record.history_date):%Y-%m-%d %H:%M}",
        row=str(row),
        edits=tuple(
            Edit(str(f.verbose_name), said(f, getattr(before, f.attname)), said(f, getattr(record, f.attname)))
            for f in changed
        ),
        added=before is None,
    )


# What somebody looked at, rows of several kinds together, and whether it is still so.


def latest_record_ids(rows: Iterable[Row]) -> dict[str, int]:
    """The latest record of each of these rows, to be kept beside a page that shows them. Take it first, and read what
    the page shows after it."""
    return {
        f"{model._meta.label_lower} {key}": latest
        for model, keys in _by_model(rows)
        for key, latest in latest_ids(model, keys).items()
    }


def lock_if_unchanged(rows: Iterable[Row], looked: Mapping[str, int]) -> None:
    """Inside a transaction: nobody else writes these rows until it ends, and they are as they were `looked` at. Raises
    ConcurrentChange. Read what is to be written after this."""
    rows = list(rows)
    for model, keys in _by_model(rows):
        model.objects.filter(pk__in=keys).lock()
    now = latest_record_ids(rows)
    overtaken = [row for row in rows if now.get(_key(row)) != looked.get(_key(row))]
    if overtaken:
        raise ConcurrentChange(change for row in overtaken for change in changes_since(row, looked.get(_key(row))))


def _key(row: Row) -> str:
    return f"{row._meta.label_lower} {row.pk}"


def _by_model(rows: Iterable[Row]) -> Iterator[tuple[type[Row], Collection[int]]]:
    ordered = sorted(rows, key=lambda row: (row._meta.label_lower, row.pk))
    for model, each in groupby(ordered, type):
        yield model, [row.pk for row in each]
