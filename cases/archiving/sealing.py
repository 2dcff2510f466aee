"""The seal of a case that is put away: a digest of each row of it, in every table, so that `verify` names the row that
is not what it was.

Not under it: who read the case, how its file was scored, what was amended afterwards, and what the public was shown.
Files stand under it by their digests. The columns are kept with each table: a column that comes later changes no seal.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import BinaryField

from verbatim.documents import Document

OUTSIDE = (
    *("amendment", "reading", "archive", "drawnfile", "scoresheet", "score"),
    *("publicaddress", "publicitydraft", "publicityrelease", "publicityreturn"),
    *("publicitypush", "publicitypushvoid", "publicityend"),
)
AFTER = {"case": ("state", "archived_on")}
"""Columns that the act of archiving writes last."""
LATER_ACTS = (
    *("archived", "amended"),
    *("publicity_drafted", "publicity_mended", "publicity_released"),
    *("publicity_returned", "publicity_pushed", "publicity_push_voided"),
    *("publicity_withdrawn", "publicity_ended_early"),
)
"""Those that go on when a case is in the archive."""


class Table(Document):
    table: str
    columns: tuple[str, ...]
    rows: dict[str, str]
    """The digest of each row, by its key."""


class Seal(Document):
    contents: str
    """The digest of the list of contents."""
    pdf: str
    tables: tuple[Table, ...]


def sealed_models() -> list[tuple[Any, str]]:
    """Every table that belongs to a case, with the way from its rows to the case, in the order of their names."""
    models = (model for model in apps.get_app_config("cases").get_models() if model._meta.model_name not in OUTSIDE)
    found = ((model, _way(model)) for model in models)
    return sorted(((model, way) for model, way in found if way), key=lambda each: str(each[0]._meta.db_table))


def _way(model: Any) -> str:
    """attendance__meeting__case; empty where nothing leads to a case. The own column first, then those that are never
    empty."""
    if model._meta.model_name == "case":
        return "pk"
    fields = [each for each in model._meta.concrete_fields if each.related_model]
    fields = [each for each in fields if each.related_model._meta.app_label == "cases"]
    for field in sorted(fields, key=lambda each: (each.related_model._meta.model_name != "case", each.null)):
        if way := _way(field.related_model):
            return str(field.name) if way == "pk" else f"{field.name}__{way}"
    return ""


def tables_of(case: Any) -> tuple[Table, ...]:
    """As the database has them now."""
    return tuple(
        Table(table=model._meta.db_table, columns=columns, rows=_digests(model, way, columns, [case.pk])[case.pk])
        for model, way in sealed_models()
        if (columns := _columns(model))
    )


def _columns(model: Any) -> tuple[str, ...]:
    """All but the bytes of files, of which the digest stands beside them."""
    left_out = AFTER.get(model._meta.model_name, ())
    fields = model._meta.concrete_fields
    return tuple(each.attname for each in fields if each.name not in left_out and not isinstance(each, BinaryField))


def _digests(model: Any, way: str, columns: Collection[str], cases: Collection[int]) -> dict[int, dict[str, str]]:
    """Of the rows of these cases, by case and key."""
    rows = model._base_manager.filter(**{f"{way}__in": cases}).order_by("pk")
    if model._meta.model_name == "caseact":
        rows = rows.exclude(verb__in=LATER_ACTS)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for case, key, *values in rows.values_list(way, "pk", *columns):
        found[case][str(key)] = hashlib.sha256(_plain(values).encode()).hexdigest()
    return found


def _plain(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_said)


def _said(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is in no seal yet")


def differences(seals: dict[int, Seal]) -> Iterator[tuple[int, str]]:
    """Of each of these cases, what is not as it was sealed: the case's key, and a sentence."""
    known = {model._meta.db_table: (model, way) for model, way in sealed_models()}
    wanted: dict[tuple[str, tuple[str, ...]], dict[int, Table]] = defaultdict(dict)
    for case, seal in seals.items():
        for table in seal.tables:
            wanted[table.table, table.columns][case] = table
    for (name, columns), tables in sorted(wanted.items()):
        model, way = known.get(name, (None, ""))
        if model is None or not set(columns) <= {field.attname for field in model._meta.concrete_fields}:
            yield from ((case, f"表 {name} 现在没有了，或者少了栏") for case in tables)
            continue
        try:
            with transaction.atomic():
                now = _digests(model, way, columns, list(tables))
        except (DatabaseError, ValueError) as error:
            yield from ((case, f"{model._meta.verbose_name}读不出来（{type(error).__name__}）") for case in tables)
            continue
        for case, table in tables.items():
            yield from ((case, said) for said in _compared(str(model._meta.verbose_name), table.rows, now[case]))


def _compared(name: str, sealed: dict[str, str], now: dict[str, str]) -> Iterable[str]:
    for key in sorted({*sealed, *now}, key=lambda key: (len(key), key)):
        if key not in now:
            yield f"{name} {key} 不在了"
        elif key not in sealed:
            yield f"{name} {key} 是归档以后加的"
        elif now[key] != sealed[key]:
            yield f"{name} {key} 被改过"
