"""Working rows as flat tables, and back: checked as a form checks, all or nothing, every row in the trail."""

import datetime
import functools
import itertools
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, models, router, transaction
from django.utils.safestring import SafeString
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff
from import_export.results import InvalidRow, Result, RowResult

from history.cells import FORMATTED, MissingCell, OddCell
from history.conflicts import DECISIVE, Conflict, Dispute, choice_name, title_of
from history.merging import merge
from history.progress import Progress
from history.redline_html import redline
from history.refusals import is_away, said_by_database
from history.spreadsheets import as_text, from_text, lines_of
from history.trail import as_number, changes_since, latest_ids, said

BASE = "变更号"
"""The column with the latest record of a row's trail at the export: what a table that comes back was made from."""


class Redline(Diff):  # type: ignore[misc]
    """Differences with <ins> and <del> and no inline style."""

    def as_html(self) -> list[SafeString]:
        return [redline("" if self.new else str(old), str(new)) for old, new in zip(self.left, self.right, strict=True)]


CHANGED = re.compile("<(ins|del)>")


@dataclass(frozen=True)
class RowChange:
    """What a row of a table would change: its line, what becomes of the row, its name, and each column that changes."""

    line: int
    kind: str
    name: str
    columns: list[tuple[str, SafeString]]


class FaultyRow(InvalidRow):  # type: ignore[misc]
    """Its faults by what the columns are called."""

    def __init__(self, resource: "WorkingResource", number: int, error: ValidationError) -> None:
        super().__init__(number, error, ())
        self.called = {each.attribute: each.column_name for each in resource.get_import_fields()}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Column and sentence, the column empty where the row as a whole is meant."""
        return [
            (self.called.get(name, ""), sentence)
            for name, sentences in self.error_dict.items()
            for sentence in sentences
        ]


@dataclass(frozen=True)
class TriedRow:
    """A row of a preview."""

    row: Any
    is_new: bool

    def write(self) -> None:
        """The row alone, for the time of the preview; whether it fits is asked again, beside those before it."""
        self.row._state.fields_cache.clear()  # rows that it points to may have been written meanwhile
        self.row.clean()
        self.row.skip_history_when_saving = True
        if self.is_new:
            self.row.pk = None
        models.Model.save(self.row, force_insert=self.is_new, force_update=not self.is_new)


class TableResult(Result):  # type: ignore[misc]
    """What a table comes to, told by the lines of its file."""

    def __init__(self, resource: "WorkingResource") -> None:
        super().__init__()
        self.resource = resource

    def line(self, number: int) -> int:
        return self.resource.lines[number - 1] if number <= len(self.resource.lines) else number + 1

    def sentences(self) -> list[str]:
        """What is wrong with the table as a whole."""
        said = (getattr(each.error, "messages", None) or [str(each.error)] for each in self.base_errors)
        return [sentence for sentences in said for sentence in sentences]

    def row_errors(self) -> list[tuple[int, list[Any]]]:
        return [(self.line(number), row.errors) for number, row in enumerate(self.rows, start=1) if row.errors]

    def append_invalid_row(self, number: int, row: Any, validation_error: ValidationError) -> None:
        self.invalid_rows.append(FaultyRow(self.resource, self.line(number), validation_error))

    def changes(self) -> list[RowChange]:
        """Of what is new, all that is said of it; of what is there, what would change."""
        kinds = {RowResult.IMPORT_TYPE_NEW: "新增", RowResult.IMPORT_TYPE_UPDATE: "修改"}
        return [
            RowChange(
                self.line(number),
                kinds[row.import_type],
                row.object_repr,
                [each for each in zip(self.diff_headers, row.diff, strict=True) if CHANGED.search(each[1])],
            )
            for number, row in enumerate(self.rows, start=1)
            if row.import_type in kinds
        ]


class RelatedWidget(widgets.Widget):  # type: ignore[misc]
    """A related row by the name that tables have for it; all of them are read once for a table."""

    def __init__(self, rows: models.QuerySet, column: str = "code") -> None:
        super().__init__()
        self.rows, self.column = rows, column

    def name_of(self, row: Any) -> str:
        return str(getattr(row, self.column))

    def unknown(self, name: str) -> str:
        return f"没有代码为 {name} 的{self.rows.model._meta.verbose_name}。"

    @functools.cached_property
    def named(self) -> dict[str, Any]:
        return {self.name_of(row): row for row in self.rows.all()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, OddCell):
            raise ValidationError(f"{value}，这一列要填{self.rows.model._meta.verbose_name}的代码。")
        name = str(value or "").strip()
        if not name:
            return None
        if name not in self.named:
            raise ValidationError(self.unknown(name))
        return self.named[name]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.name_of(value) if value else ""


class RowsByName(BaseInstanceLoader):  # type: ignore[misc]
    """The rows that a table can name, read at once."""

    def __init__(self, resource: Any, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        self.names = [resource.fields[name] for name in resource.get_import_id_fields()]
        rows = resource.filter_export(resource.get_queryset())
        self.rows = {tuple(getattr(row, name.attribute) for name in self.names): row for row in rows}

    def get_instance(self, row: Any) -> Any:
        return self.rows.get(tuple(name.clean(row) for name in self.names))


class PrintedWidget(widgets.CharWidget):  # type: ignore[misc]
    """Text; what a spreadsheet would take for a formula goes out and comes back as text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if isinstance(value, OddCell):
            raise ValueError(f"{value}，这一列要填文字。请把这一列设成“文本”格式，重新填写")
        return "" if value is None else str(from_text(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(as_text(str(value)))


class WholeNumberWidget(widgets.Widget):  # type: ignore[misc]
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if value in (None, ""):
            return None
        if isinstance(value, OddCell) and value.kind != FORMATTED:
            raise ValueError(f"{value}，这一列要填整数")
        value = value.value if isinstance(value, OddCell) else value
        try:
            if float(value) != int(float(value)) or abs(int(float(value))) > 2_000_000_000:
                raise ValueError
            return int(float(value))
        except (ValueError, OverflowError, TypeError):
            raise ValueError(f"应当是整数，现在是“{value}”") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class NumberWidget(widgets.Widget):  # type: ignore[misc]
    """A number with as many places as its column keeps; 1,000 and ￥1000 are not understood."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        if value in (None, ""):
            return None
        if isinstance(value, OddCell) and value.kind != FORMATTED:
            raise ValueError(f"{value}，这一列要填数字")
        value = value.value if isinstance(value, OddCell) else value
        with suppress(InvalidOperation):
            number = Decimal(str(value).strip())
            if number.is_finite():
                return number
        raise ValueError(f"应当是数字，现在是“{value}”")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else as_number(value)


class DayWidget(widgets.Widget):  # type: ignore[misc]
    """2017-12-01, or 2017/12/1 as spreadsheets write it; a cell that is a date."""

    WRITTEN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 0?0:00(?::00)?)?")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date | None:
        if value in (None, ""):
            return None
        if isinstance(value, OddCell):
            day = value.value.date() if isinstance(value.value, datetime.datetime) else value.value
            if isinstance(day, datetime.date) and getattr(value.value, "time", datetime.time)() == datetime.time():
                return day
            raise ValueError(f"{value}，这一列要填 2017-12-01 这样的日期")
        written = self.WRITTEN.fullmatch(str(value).strip())
        with suppress(ValueError):
            if written:
                return datetime.date(*map(int, written.groups()))
        raise ValueError(f"应当是 2017-12-01 这样的日期，现在是“{value}”")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class ClockWidget(widgets.Widget):  # type: ignore[misc]
    """9:00, or 9:00:00 or 9:00:00 AM as spreadsheets write it; a cell that is a time."""

    WRITTEN = re.compile(r"(上午|下午)?\s*(\d{1,2}):(\d{2})(?::00)?\s*(AM|PM)?", re.IGNORECASE)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.time | None:
        if value in (None, ""):
            return None
        if isinstance(value, OddCell):
            if isinstance(value.value, datetime.time):
                return value.value
            raise ValueError(f"{value}，这一列要填 9:00 这样的时间")
        written = self.WRITTEN.fullmatch(str(value).strip())
        with suppress(ValueError):
            if written:
                return self._time(*written.groups())
        raise ValueError(f"应当是 9:00 这样的时间，现在是“{value}”")

    @staticmethod
    def _time(before: str | None, hour: str, minute: str, after: str | None) -> datetime.time:
        """Raises ValueError where there is no such time: twelve hours make a half of a day."""
        half = before or (after or "").upper()
        if not half:
            return datetime.time(int(hour), int(minute))
        if (before and after) or not 1 <= int(hour) <= 12:
            raise ValueError
        return datetime.time(int(hour) % 12 + (12 if half in ("下午", "PM") else 0), int(minute))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value:%H:%M}" if value else ""


class YesNoWidget(widgets.Widget):  # type: ignore[misc]
    """是 or 否; 1 and 0, true and false are understood too, anything else is a fault."""

    MEANING: ClassVar[dict[str, bool]] = {"是": True, "1": True, "true": True, "否": False, "0": False, "false": False}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        value = value.value if isinstance(value, OddCell) else value
        said = str(value if value is not None else "").strip().lower()
        if said not in self.MEANING:
            raise ValueError(f"应当是“是”或“否”，现在是“{value}”")
        return self.MEANING[said]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"


class ChoiceWidget(widgets.Widget):  # type: ignore[misc]
    """One of a few, by what the forms call it; the value as it is stored is understood too."""

    def __init__(self, choices: Mapping[Any, str]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        said = str(value if value is not None else "").strip()
        for stored, label in self.choices.items():
            if said in (str(label), str(stored)):
                return stored
        named = "、".join(f"“{label}”" for label in self.choices.values() if label)
        raise ValueError(f"应当是{named}之一，现在是“{said}”")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices.get(value, value))


def _as_stored(column: models.Field, value: Any) -> Any:
    """The value as the database would hold it; what it would not hold is refused later."""
    with suppress(ValidationError):
        return column.to_python(value)
    return value


def widget_of(field: models.Field) -> widgets.Widget:
    if isinstance(field, models.ForeignKey):
        return RelatedWidget(field.related_model._default_manager.all())
    if field.choices and not isinstance(field, models.BooleanField):
        chosen = {value: str(label) for value, label in field.flatchoices if value != ""}
        return ChoiceWidget(chosen | ({"": ""} if field.blank else {}))
    if isinstance(field, models.BooleanField):
        return YesNoWidget()
    if isinstance(field, models.DateField):
        return DayWidget()
    if isinstance(field, models.TimeField):
        return ClockWidget()
    if isinstance(field, models.IntegerField):
        return WholeNumberWidget()
    if isinstance(field, models.DecimalField):
        return NumberWidget()
    return PrintedWidget()


@dataclass
class Shown:
    """What the preview of a table showed: of each row that it names the latest record, and what has to be chosen."""

    seen: dict[int, int | None] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def dump(self) -> dict[str, Any]:
        return {"seen": self.seen, "conflicts": [asdict(conflict) for conflict in self.conflicts]}

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Shown":
        return cls(
            {int(key): latest for key, latest in content["seen"].items()},
            [
                Conflict(each["row"], tuple(each["changes"]), tuple(Dispute(**dispute) for dispute in each["disputes"]))
                for each in content["conflicts"]
            ],
        )


class WorkingResource(resources.ModelResource):  # type: ignore[misc]
    """One row of a table for one working row; columns are called what the forms call them.

    A table that brings back the numbers of its export is merged with what others changed since. The rows that a table
    names are locked before they are read; when it is confirmed they are as they were shown, or nothing is written.
    """

    base = fields.Field(column_name=BASE, readonly=True)

    class Meta:
        import_id_fields: tuple[str, ...] = ("code",)
        instance_loader_class = RowsByName
        exclude = ("id",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    may_add: ClassVar[bool] = True
    """A table may hold rows that are new."""

    def __init__(
        self,
        *,
        reason: str = "",
        showing: Shown | None = None,
        shown: Shown | None = None,
        chosen: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        first_line: int | None = None,
        **kwargs: Any,
    ) -> None:
        """`showing` takes what a preview shows; a confirmation brings what was `shown` and what was `chosen`. The
        rows of what is no file are counted from `first_line`."""
        super().__init__(**kwargs)
        self.first_line = first_line
        self.progress = progress or Progress()
        self.reason = reason
        self.showing = showing or Shown()
        self.shown = shown
        self.chosen = chosen or {}
        self.lines: list[int] = []
        self.latest: dict[int, int] = {}
        self.bases: dict[int, Any] = {}
        self.tried: list[TriedRow] = []
        self.is_tried_together = self.has_refused = False
        self.taken: dict[str, int] = {}

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> fields.Field:
        return fields.Field(
            attribute=field_name,
            column_name=str(django_field.verbose_name),
            widget=widget_of(django_field),
            default="" if isinstance(django_field, models.CharField | models.TextField) else None,
            readonly=readonly,
        )

    def get_import_order(self) -> list[str]:
        return self._in_order(super().get_import_order())

    def get_export_order(self) -> list[str]:
        return self._in_order(super().get_export_order())

    def _in_order(self, names: list[str]) -> list[str]:
        """What a row joins and its code first, retirement and what the row was built from last."""
        first = [name for name in self._meta.import_id_fields if name in names]
        last = [name for name in names if name in ("retired_on", "base")]
        return [*first, *(name for name in names if name not in (*first, *last)), *last]

    def get_import_fields(self) -> list[fields.Field]:
        return [each for each in super().get_import_fields() if each.column_name != BASE]

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        rows = self.get_queryset() if queryset is None else queryset
        self.latest = latest_ids(self._meta.model, rows.order_by().values("pk"))

    def dehydrate_base(self, row: Any) -> int | None:
        return self.latest.get(row.pk)

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return Redline

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        related = [f.name for f in queryset.model._meta.fields if isinstance(f, models.ForeignKey)]
        return queryset.select_related(*related)

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        known = {field.column_name for field in self.get_import_fields()} | {BASE}
        unknown = [header for header in dataset.headers or [] if header not in known]
        if unknown:
            raise ValidationError(
                f"不认识的列：{'、'.join(map(str, unknown))}。可以有的列：{'、'.join(sorted(known))}。"
            )
        if len(set(dataset.headers or [])) != len(dataset.headers or []):
            raise ValidationError("有两列同名，请删去一列。")
        columns = {field.attribute: field.column_name for field in self.get_import_fields()}
        keys = [columns[name] for name in self._meta.import_id_fields]
        absent = [key for key in keys if key not in (dataset.headers or [])]
        if absent:
            raise ValidationError(f"缺少列：{'、'.join(absent)}。没有它就不知道是哪一条。")
        seen: dict[tuple[str, ...], int] = {}
        if self.first_line is None:
            self.lines = lines_of(dataset)
        else:
            self.lines = list(range(self.first_line, self.first_line + len(dataset)))
        for line, row in zip(self.lines, dataset.dict, strict=True):
            key = tuple(str(row[name] or "").strip() for name in keys)
            if not key[-1]:
                continue  # it gets the next code
            if key in seen:
                raise ValidationError(f"第 {seen[key]} 行和第 {line} 行是同一条（{'、'.join(key)}），请删去一行。")
            seen[key] = line
        self._take_hold(dataset)

    def _take_hold(self, dataset: tablib.Dataset) -> None:
        """Lock the rows that the table names, and find what each was exported from."""
        loader = self._meta.instance_loader_class(self, dataset)
        named: dict[int, Any] = {}
        for line, row in zip(self.lines, dataset.dict, strict=True):
            with suppress(ValidationError, ValueError):  # said when the row is read
                named[line] = self.get_instance(loader, row)
        keys = [instance.pk for instance in named.values() if instance]
        self._meta.model.objects.filter(pk__in=keys).lock()
        self.latest = latest_ids(self._meta.model, keys)
        numbers = {
            line: self._number(line, row[BASE])
            for line, row in zip(self.lines, dataset.dict, strict=True)
            if row.get(BASE) not in (None, "")
        }
        records = self._meta.model.history.in_bulk(numbers.values())
        for line, number in numbers.items():
            instance, record = named.get(line), records.get(number)
            if instance is None or record is None or record.id != instance.pk:
                raise ValidationError(
                    f"第 {line} 行的{BASE} {number} 不是这一条的变更记录。请照导出的填，或留空，或重新导出一份。"
                )
            self.bases[instance.pk] = record

    def _number(self, line: int, value: Any) -> int | None:
        try:
            return WholeNumberWidget().clean(value)
        except ValueError as error:
            raise ValidationError(f"第 {line} 行的{BASE}{error}。不知道的请留空。") from None

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """What the preview did not show is not written over."""
        if new:
            return
        latest = self.latest.get(instance.pk)
        self.showing.seen[instance.pk] = latest
        if self.shown is not None and self.shown.seen.get(instance.pk) != latest:
            changes = changes_since(instance, self.shown.seen.get(instance.pk))
            raise ValidationError(f"{title_of(instance)}：{'；'.join(map(str, changes))}。")

    def get_result_class(self) -> Any:
        return functools.partial(TableResult, self)

    def import_field(self, field: fields.Field, instance: Any, row: Any, *args: Any, **kwargs: Any) -> None:
        """Where nobody says from which state a row was made, an empty cell says nothing: it takes nothing away.
        A missing one is refused whatever it is."""
        if isinstance(missing := row.get(field.column_name), MissingCell):
            raise ValueError(f"{missing}，空着的格也要写上逗号")
        if instance.pk and instance.pk not in self.bases and row.get(field.column_name) in ("", None):
            return
        super().import_field(field, instance, row, *args, **kwargs)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        title, now = title_of(instance) if instance.pk in self.bases else "", self._values(instance)
        super().import_instance(instance, row, **kwargs)
        if instance._state.adding and self.may_add and getattr(instance, "permanent", ""):
            self._give_code(instance)
            self._give_place(instance)
        if instance.pk in self.bases:
            self._merge(instance, title, now)

    def _give_code(self, instance: Any) -> None:
        """The next one, where the row is known well enough for it; what is missing is said when it is checked."""
        with suppress(ObjectDoesNotExist):
            instance.take_code(router.db_for_write(type(instance), instance=instance), self.taken)

    def _give_place(self, instance: Any) -> None:
        """The last one, where the table says nothing of it."""
        if getattr(instance, "position", 0) is None:
            with suppress(ObjectDoesNotExist):
                owner = f"position {getattr(instance, f'{instance.belongs_to}_id', '')}"
                last = self.taken.get(owner) or instance.last_position(router.db_for_write(type(instance)))
                instance.position = self.taken[owner] = last + 1

    def _values(self, instance: Any) -> dict[str, Any]:
        columns = [instance._meta.get_field(each.attribute) for each in self.get_import_fields()]
        return {column.name: getattr(instance, column.attname) for column in columns}

    def _merge(self, instance: Any, title: str, now: dict[str, Any]) -> None:
        record, model = self.bases[instance.pk], instance._meta
        base = {name: getattr(record, model.get_field(name).attname) for name in now}
        own = {name: _as_stored(model.get_field(name), value) for name, value in self._values(instance).items()}
        chosen = {
            name: self.chosen[each] for name in now if (each := choice_name(f"{instance.pk}_{name}")) in self.chosen
        }
        merged = merge(base, now, own, chosen=chosen, decisive=DECISIVE)
        for name, value in merged.values.items():
            setattr(instance, model.get_field(name).attname, value)
        if not merged.disputed:
            return
        if self.shown is not None:
            raise ValidationError("两人都改了的还没有选完。")
        self.showing.conflicts.append(
            Conflict(
                title,
                tuple(map(str, changes_since(instance, record.history_id))),
                tuple(
                    Dispute(
                        f"{instance.pk}_{name}",
                        str(model.get_field(name).verbose_name),
                        said(model.get_field(name), base[name]),
                        said(model.get_field(name), now[name]),
                        said(model.get_field(name), own[name]),
                        DECISIVE.get(name, Dispute.hint),
                    )
                    for name in now
                    if name in merged.disputed
                ),
            )
        )

    def import_data(self, dataset: Any, dry_run: bool = False, *args: Any, **kwargs: Any) -> Any:
        """A preview tries all rows together. Where something stands against one of them, it is made anew row by row as
        a confirmation is: what an earlier row gives way to, a later one may take."""
        self.is_tried_together = dry_run
        try:
            result = super().import_data(dataset, dry_run, *args, **kwargs)
            if dry_run and (self.has_refused or result.has_errors() or result.has_validation_errors()):
                self.is_tried_together = False
                self.showing.conflicts.clear()
                self.taken.clear()
                result = super().import_data(dataset, dry_run, *args, **kwargs)
        finally:
            self.progress.end()
        return result

    def import_data_inner(
        self, dataset: Any, dry_run: bool, raises: bool, using_transactions: bool, *more: Any, **kwargs: Any
    ) -> Any:
        """What is tried together is not written row by row: none of them needs a savepoint of its own."""
        is_each_by_itself = using_transactions and not self.is_tried_together
        self.progress.begin("已核对" if dry_run else "已写入", len(dataset))
        return super().import_data_inner(dataset, dry_run, raises, is_each_by_itself, *more, **kwargs)

    def import_row(self, *args: Any, **kwargs: Any) -> Any:
        self.progress.one_more()
        return super().import_row(*args, **kwargs)

    def after_import(self, dataset: tablib.Dataset, result: Any, **kwargs: Any) -> None:
        """Not what the library does: it would set the sequence of the ids, which no table has and the serving role may
        not."""
        if self.is_tried_together and not (result.has_errors() or result.has_validation_errors()):
            self.has_refused = not self._are_taken()

    def _are_taken(self) -> bool:
        """Whether rules and database take the rows, one after the other as they would be written, without their
        trail."""
        try:
            self.progress.begin("已试写", len(self.tried))
            with transaction.atomic():
                for each in self.tried:
                    self.progress.one_more()
                    each.write()
        except ValidationError:
            return False
        except DatabaseError as error:
            if is_away(error):
                raise
            return False
        return True

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """As a form does, but for what the database holds itself: it says so when the row is saved, which a preview
        does too. Asked one by one, constraints are a query each."""
        errors = dict(import_validation_errors or {})
        related = [each.name for each in instance._meta.concrete_fields if each.is_relation]  # read when it was named
        given = [name for name in related if getattr(instance, instance._meta.get_field(name).attname) is not None]
        try:
            instance.full_clean(exclude={*errors.keys(), *given}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for each in itertools.chain.from_iterable(error.error_dict.values()):
                each.message = "不能为空。" if each.code == "null" else each.message
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """What the database refuses is said like any other fault of the row; the rows before it can still be shown."""
        if self.is_tried_together:
            self._show_instance(instance, *args, **kwargs)
            return
        try:
            with transaction.atomic():
                super().save_instance(instance, *args, **kwargs)
        except DatabaseError as error:
            if is_away(error):
                raise
            raise ValidationError(said_by_database(error)) from error

    def _show_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """As it would be written; it is tried with all the others."""
        self.before_save_instance(instance, row, **kwargs)
        for column in instance._meta.concrete_fields:
            column.pre_save(instance, is_create)
        self.tried.append(TriedRow(instance, is_create))

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if instance._state.adding and not self.may_add:
            raise ValidationError(f"{instance._meta.verbose_name}只能修改，不能新增。")
        instance._change_reason = self.reason


@functools.cache
def resource_of(model: type[models.Model]) -> type[WorkingResource]:
    """The table of a model of which nothing more is to be said: a row is found by its code."""
    meta = type("Meta", (WorkingResource.Meta,), {"model": model})
    return type(f"{model.__name__}Resource", (WorkingResource,), {"Meta": meta})
