"""The forms of working rows: a reason for every change, and nobody's change lost when two work at one row."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import InlineForeignKeyField
from django.utils.functional import cached_property
from import_export.forms import ConfirmImportForm, ImportForm

from history import conflicts, uploads
from history.conflicts import (
    DECISIVE,
    NOTHING,
    Choice,
    Conflict,
    Dispute,
    Remembered,
    SeenVersion,
    choice_name,
    title_of,
)
from history.merging import OWN, THEIRS, UNKNOWN, Merge, merge
from history.resources import BASE, Shown
from history.spreadsheets import FORMATS, LARGEST_FILE, format_of
from history.trail import changes_since, latest_ids, said
from history.uploads import MAX_AGE
from verbatim.fields import refuse_unusable

REASON_WANTED = "请写明变更理由，它会记入变更记录。"
FOR_EACH_ROW = "会和您的姓名、时间一起记入每一条变更记录。"
EXPIRED = "这次导入已经确认过，或者已经过期。要再导入，请重新选择文件。"


def reason_field(help_text: str, *, required: bool = True) -> forms.CharField:
    """Why rows are changed, as it will stand in their trails."""
    return forms.CharField(
        label="变更理由",
        required=required,
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        validators=[refuse_unusable],
        help_text=help_text,
        error_messages={"required": REASON_WANTED},
    )


def reason_in(data: Any) -> str:
    return str((data or {}).get("change_reason", "")).strip()


def row_for_form(row: Any, *, is_written: bool) -> Any:
    """The row as it is, read after the latest record of its trail and, where it is about to be written, locked."""
    if is_written:
        type(row).objects.filter(pk=row.pk).lock()
    row.latest_id = latest_ids(type(row), [row.pk]).get(row.pk)
    row.refresh_from_db()
    return row


class MergingForm(forms.ModelForm):
    """A form that knows what its page was built from: what others changed since is brought together with what was typed
    before anything is checked, and what both changed differently asks for a choice."""

    seen_version: SeenVersion = NOTHING
    conflict: Conflict | None = None
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields and not self.instance.pk:
            self.fields["position"].required = False
            self.fields["position"].help_text += "新增的不填，就排在最后。"

    def bring_together(self, seen_version: SeenVersion | None, latest: int | None) -> None:
        """What was typed and what is there now, where others were at the row since what the page showed. The row was
        read under lock, after its `latest`."""
        seen_version = seen_version or NOTHING
        self.seen_version, self._typed = SeenVersion(latest), dict[str, Any]()
        for name in self.columns():
            if self.fields[name].show_hidden_initial:
                self.data[self.add_initial_prefix(name)] = self.initial.get(name)
        if seen_version.record == latest and not seen_version.waiting:
            return
        versions = Versions.of(self, seen_version)
        merged = versions.merged()
        asked = versions.asked(merged)
        self.seen_version = SeenVersion(
            latest, {name: seen_version.waiting.get(name, seen_version.record) for name in asked}
        )
        for name in asked:
            self.fields[choice_name(name)] = Choice(str(self.fields[name].label))
            if name not in versions.chosen:
                self.data.pop(self.add_prefix(choice_name(name)), None)
        for name, value in merged.values.items():
            if value != versions.own[name]:
                self._typed |= {name: versions.own[name]} if name in asked else {}
                self.data[self.add_prefix(name)] = value
        self.conflict = Conflict(
            title_of(self.instance),
            tuple(changes_since(self.instance, seen_version.record)),
            tuple(self._dispute(name, versions) for name in asked),
        )

    def only_show(self) -> None:
        """Whatever is sent, the row stays as it is."""
        for name in self.columns():
            self.fields[name].disabled = True

    def columns(self) -> dict[str, Any]:
        """The columns of the row that the form has fields for."""
        return {
            column.name: column
            for column in self.instance._meta.concrete_fields
            if column.name in self.fields
            and not column.primary_key
            and not isinstance(self.fields[column.name], InlineForeignKeyField)
        }

    def _dispute(self, name: str, versions: Versions) -> Dispute:
        column, base = self.columns()[name], versions.base[name]
        return Dispute(
            name,
            str(self.fields[name].label),
            None if base is UNKNOWN else said(column, base),
            said(column, versions.now[name]),
            self._own_text(column, versions.own[name]),
            DECISIVE.get(name, Dispute.hint),
            self[choice_name(name)],
        )

    def as_typed(self, name: str, *known: Any) -> Any:
        """What was typed: one of these values if the field takes it for the same, otherwise as it was sent."""
        field = self.fields[name]
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        for value in known:
            if value is not UNKNOWN and not field.has_changed(value, sent):
                return value
        return sent

    def _own_text(self, column: Any, value: Any) -> str:
        """What was typed, as people read it; what the field does not take is shown as it was sent."""
        try:
            meant = self.fields[column.name].clean(value)
        except ValidationError:
            return str(value)
        return str(meant) if isinstance(meant, Model) else said(column, meant)

    def show_again(self) -> None:
        """The page comes once more: what was typed stays where the other's was chosen; a choice can be undone."""
        for name, value in getattr(self, "_typed", {}).items():
            self.data[self.add_prefix(name)] = value


@dataclass(frozen=True)
class Versions:
    """What the fields of a form held, and hold, by their names."""

    base: dict[str, Any]
    """What both started from."""
    now: dict[str, Any]
    """What is there."""
    own: dict[str, Any]
    """What was typed."""
    chosen: dict[str, str]
    """Whose it shall be, where somebody has chosen."""
    waiting: Collection[str]
    """What waits for a choice since an earlier page."""

    @classmethod
    def of(cls, form: MergingForm, seen_version: SeenVersion) -> Versions:
        columns = form.columns()
        keys = {seen_version.record, *seen_version.waiting.values()} - {None}
        records = form.instance.history.in_bulk(keys, field_name="history_id")

        def held(record: int | None, name: str) -> Any:
            return getattr(records[record], columns[name].attname) if record in records else UNKNOWN

        now = {name: form.initial.get(name) for name in columns}
        base = {name: held(seen_version.waiting.get(name, seen_version.record), name) for name in columns}
        own = {name: form.as_typed(name, now[name], base[name]) for name in columns}
        # What was chosen over a text that is there no more was chosen over another one.
        chosen = {
            name: side
            for name in seen_version.waiting
            if name in columns and (side := form.data.get(form.add_prefix(choice_name(name)))) in (OWN, THEIRS)
            if now[name] == held(seen_version.record, name)
        }
        return cls(base, now, own, chosen, seen_version.waiting)

    def merged(self) -> Merge:
        """What waits for a choice waits until it is chosen, even where the text of before is typed again."""
        settled = {name: value for name, value in self.base.items() if name not in self.waiting}
        return merge(settled, self.now, self.own, chosen=self.chosen, decisive=DECISIVE)

    def asked(self, merged: Merge) -> list[str]:
        """The fields that somebody has to choose, or has just chosen."""
        differing = (name for name in self.chosen if self.now[name] != self.own[name])
        wanted = {*merged.disputed, *differing}
        return [name for name in self.now if name in wanted]


class WorkingForm(MergingForm):
    base = Remembered(label="打开时的记录", required=False)
    change_reason = reason_field(
        "有改动时必填：为什么改、依据什么。会和您的姓名、时间一起记入变更记录。", required=False
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **kwargs)
        row = self.instance
        if row.pk and self.is_bound:
            self.bring_together(
                conflicts.read(type(row), self.data.get(self.add_prefix("base"))).get(row.pk), row.latest_id
            )
        elif row.pk:
            self.initial["base"] = conflicts.sign(type(row), {row.pk: SeenVersion(row.latest_id)})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if any(name != "change_reason" for name in self.changed_data) and not reason_in(self.data):
            self.add_error("change_reason", REASON_WANTED)
        return cleaned

    def show_again(self) -> None:
        super().show_again()
        if self.instance.pk:
            self.data[self.add_prefix("base")] = conflicts.sign(
                type(self.instance), {self.instance.pk: self.seen_version}
            )


class MergingFormSet(forms.BaseModelFormSet):
    """The rows of a table in a form. What the page was built from goes with the form's own count of its rows."""

    data: Any
    model: Any
    queryset: Any
    initial_forms: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **kwargs)

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            if self.is_bound:
                self.queryset.lock()
            self._latest = latest_ids(self.model, self.queryset.order_by().values("pk"))
        return super().get_queryset()

    @cached_property
    def management_form(self) -> Any:
        form = super().management_form
        form.fields["base"] = Remembered(label="打开时的记录", required=False)
        if not self.is_bound:
            seen_versions = {row.pk: SeenVersion(self._latest.get(row.pk)) for row in self.get_queryset()}
            form.initial["base"] = conflicts.sign(self.model, seen_versions)
        return form

    @cached_property
    def _seen_versions(self) -> dict[int, SeenVersion]:
        return conflicts.read(self.model, self.data.get(f"{self.prefix}-base"))

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        row = form.instance
        if row.pk and not self.may_change(row):
            form.only_show()
            form.seen_version = SeenVersion(self._latest.get(row.pk))
        elif row.pk and self.is_bound:
            form.bring_together(self._seen_versions.get(row.pk), self._latest.get(row.pk))
        return form

    def may_change(self, row: Any) -> bool:
        """Whether this person may change this row of the table; the admin says."""
        return True

    def add_fields(self, form: Any, index: int | None) -> None:
        """The heads of a table are no labels: each cell is called by its row and its column."""
        super().add_fields(form, index)
        row = form.instance if form.instance.pk else f"新的{self.model._meta.verbose_name}"
        for field in form.fields.values():
            if field.widget.is_hidden:
                continue
            widget = getattr(field.widget, "widget", field.widget)  # inside the admin's wrapper of a choice of rows
            widget.attrs.setdefault("aria-label", f"{row} {field.label}")

    def clean(self) -> None:
        super().clean()
        if self.has_changed() and not reason_in(self.data):
            raise ValidationError(REASON_WANTED)

    def conflicts(self) -> list[Conflict]:
        """What others did to the rows of this table, those among them that the page did not have yet."""
        if not self.is_bound:
            return []
        new = [row for row in self.get_queryset() if row.pk not in self._seen_versions]
        return [
            # A row that may only be looked at is never changed here: nothing is to be chosen.
            *(
                form.conflict if form.has_changed() else replace(form.conflict, disputes=())
                for form in self.initial_forms
                if form.conflict
            ),
            *(Conflict(title_of(row), tuple(changes_since(row, None))) for row in new if row.pk not in self._posted),
        ]

    @property
    def _posted(self) -> set[int]:
        return {form.instance.pk for form in self.initial_forms}

    def show_again(self) -> None:
        seen_versions = {key: SeenVersion(latest) for key, latest in self._latest.items()}
        for form in self.initial_forms:
            form.show_again()
            seen_versions[form.instance.pk] = form.seen_version
        self.data[f"{self.prefix}-base"] = conflicts.sign(self.model, seen_versions)


class WorkingFormSet(MergingFormSet, forms.BaseInlineFormSet):
    """The parts of a row in its form."""


class TableImportForm(ImportForm):  # type: ignore[misc]
    change_reason = reason_field(FOR_EACH_ROW)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "import_file"
        ].help_text = f"导出的表格请保留“{BASE}”一列：有了它，导出以后别人改过的内容不会被旧表改回去。"

        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(f"文件有 {file.size // 1024} KB，最大 {LARGEST_FILE // 1024} KB，请分几次导入。")
        return file

    def clean(self) -> dict[str, Any]:
        """Of which format a file is, the file says."""
        cleaned: dict[str, Any] = super().clean()
        if file := cleaned.get("import_file"):
            cleaned["format"] = str(format_of(file.read(4)))
            file.seek(0)
        return cleaned


class TableConfirmForm(ConfirmImportForm):  # type: ignore[misc]
    change_reason = forms.CharField(widget=forms.HiddenInput(), max_length=1000)

    def __init__(self, *args: Any, signer: str, **kwargs: Any) -> None:
        """`signer` is this table and this account: what others signed is not read."""
        super().__init__(*args, **kwargs)
        self.file, self.shown = "", Shown()
        signed = (self.data if self.is_bound else self.initial).get("import_file_name")
        with suppress(signing.BadSignature):
            self.file, content = signing.loads(signed or "", salt=signer, max_age=MAX_AGE)
            self.shown = Shown.read(content)
        for conflict in self.shown.conflicts:
            for dispute in conflict.disputes:
                self.fields[choice_name(dispute.key)] = Choice(f"{conflict.row} {dispute.label}")

    def conflicts(self) -> list[Conflict]:
        return [
            replace(
                conflict,
                disputes=tuple(replace(each, choice=self[choice_name(each.key)]) for each in conflict.disputes),
            )
            for conflict in self.shown.conflicts
        ]

    def chosen(self) -> dict[str, str]:
        """What was chosen, by the name of the field that chooses."""
        asked = [choice_name(each.key) for conflict in self.shown.conflicts for each in conflict.disputes]
        return {name: self.cleaned_data[name] for name in asked}

    def clean_import_file_name(self) -> str:
        """The file that was checked and what was shown of it are signed together; no other file is opened."""
        if not self.file or not (uploads.UPLOADS / self.file).is_file():
            raise ValidationError(EXPIRED)
        return self.file

    def clean_format(self) -> str:
        if self.cleaned_data["format"] not in {str(number) for number in range(len(FORMATS))}:
            raise ValidationError(EXPIRED)
        return str(self.cleaned_data["format"])

    def clean_resource(self) -> str:
        return "0"
