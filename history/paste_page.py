"""粘贴: rows from Word or Excel are spread over the columns, and go on as a table that is imported: with a preview, a
confirmation, and nothing written before."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from history import pasting
from history.forms import FOR_EACH_ROW, reason_field
from history.order_page import numbered_by
from history.resources import BASE, WorkingResource
from history.spreadsheets import LONGEST_CELL, MOST_COLUMNS, as_text
from verbatim.fields import PlainForm
from verbatim.numerals import row_number

MOST_ROWS = 500
Preview = Callable[[SimpleUploadedFile, str, int], TemplateResponse]
"""Tries a table as a file of that content with that reason would be tried, its rows counted from that line; the page of
it."""
SELDOM = ("position", "retired_on", "parent")
"""Columns that nobody pastes unless they are named."""
LEFT_OUT = "（不要这一格）"


class PasteForm(PlainForm):
    pasted = forms.CharField(
        label="粘贴在这里",
        strip=False,
        max_length=200_000,
        widget=AdminTextareaWidget(attrs={"rows": 8, "cols": 80}),
        help_text="在 Word 或 Excel 的表格里选中一行或者几行，复制，再到这里粘贴。第一行是列名的，一起复制也可以。",
    )
    is_one_row = forms.BooleanField(
        label="粘贴的是一条",
        required=False,
        help_text="从 Word 里复制的一条，一格里分了几段的，请选这一项；不选时一段当作一条。",
    )

    def clean_pasted(self) -> str:
        self.rows = pasting.rows_of(self.cleaned_data["pasted"], is_one_row=bool(self.data.get("is_one_row")))
        if not self.rows:
            raise forms.ValidationError("没有内容。请先复制表格里的行，再粘贴。")
        for most, count, called in ((MOST_ROWS, len(self.rows), "行"), (MOST_COLUMNS, len(self.rows[0]), "格一行")):
            if count > most:
                raise forms.ValidationError(f"一次最多粘贴 {most} {called}，这里有 {count}。请改用导入表格。")
        if (longest := max(len(cell) for row in self.rows for cell in row)) > LONGEST_CELL:
            raise forms.ValidationError(f"有一格 {longest} 个字，最多 {LONGEST_CELL} 个字。请看看是不是少了一个引号。")
        return "\n".join(cell for row in self.rows for cell in row)  # the tabs between them are no text


class SpreadForm(PlainForm):
    """Which column each cell belongs to, and why."""

    change_reason = reason_field(FOR_EACH_ROW)

    def __init__(self, *args: Any, offered: list[str], found: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", LEFT_OUT), *((name, name) for name in offered)]
        for place, name in enumerate(found):
            field = forms.ChoiceField(label=f"第 {place + 1} 格", choices=choices, required=False, initial=name)
            self.fields[f"column-{place}"] = field

    def reason(self) -> list[Any]:
        return [self["change_reason"]]

    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column-")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [name for name in self.named(cleaned) if name]
        if not chosen:
            raise forms.ValidationError("请至少给一格选一列。")
        if twice := sorted({name for name in chosen if chosen.count(name) > 1}):
            raise forms.ValidationError(f"有两格都选了“{'”“'.join(twice)}”，请改一格。")
        return cleaned

    def named(self, cleaned: dict[str, Any]) -> list[str]:
        return [cleaned.get(name, "") for name in self.fields if name.startswith("column-")]


@dataclass(frozen=True)
class Target:
    """Where pasted rows go: a table, and what stands in some of its columns for all of them."""

    resource: WorkingResource
    fixed: dict[str, str]

    @classmethod
    def of(cls, resource: WorkingResource, model: Any, asked: QueryDict) -> "Target":
        """`?owner=5`: parts of that row; `?row=7`: that row itself."""
        columns = {each.attribute: each for each in resource.get_import_fields()}
        fixed: dict[str, str] = {}
        if (key := asked.get("owner")) and getattr(model, "belongs_to", ""):
            owner = _row(model._meta.get_field(model.belongs_to).related_model, key)
            fixed[columns[model.belongs_to].column_name] = columns[model.belongs_to].widget.render(owner)
        if key := asked.get("row"):
            row = _row(model, key)
            for name in resource._meta.import_id_fields:
                fixed[columns[name].column_name] = columns[name].widget.render(getattr(row, name))
        return cls(resource, fixed)

    @property
    def columns(self) -> pasting.Columns:
        called = {each.attribute: each.column_name for each in self.resource.get_import_fields()}
        model = self.resource._meta.model
        number = called.get(numbered_by(model), "")
        others = [called[name] for name in (getattr(model, "belongs_to", ""), *SELDOM) if name in called]
        texts = [name for name in called.values() if name not in (*others, *self.fixed, self.key_column, number)]
        return pasting.Columns(self.key_column, number, texts, [*others, BASE, *self.fixed])

    @property
    def offered(self) -> list[str]:
        """The columns that may be chosen."""
        columns = self.columns
        names = [columns.code, columns.number, *columns.texts, *columns.others]
        return [name for name in dict.fromkeys(names) if name and name not in self.fixed]

    @property
    def key_column(self) -> str:
        return str(self.resource.fields[self.resource._meta.import_id_fields[-1]].column_name)

    @property
    def is_one_row(self) -> bool:
        """Whether it is said which row the pasted one is."""
        return self.key_column in self.fixed

    def file(self, rows: list[list[str]], named: list[str]) -> SimpleUploadedFile:
        """The pasted rows as a table of the columns that were chosen."""
        kept = [place for place, name in enumerate(named) if name]
        headers = [*self.fixed, *(named[place] for place in kept)]
        missing = [] if self.key_column in headers else [self.key_column]
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow([*headers, *missing])
        for row in rows:
            table.writerow([*self.fixed.values(), *(as_text(row[place]) for place in kept), *("" for _ in missing)])
        return SimpleUploadedFile("粘贴.csv", out.getvalue().encode())


def _row(model: Any, key: str) -> Any:
    row = model.objects.filter(pk=row_number(key)).first()
    if row is None:
        raise Http404("没有这一条。")
    return row


def show(
    request: HttpRequest, context: dict[str, Any], model: Any, resource: WorkingResource, preview: Preview
) -> HttpResponse:
    """GET asks for the rows; POST spreads them over the columns, then shows what they would change."""
    target = Target.of(resource, model, request.GET)
    context |= {
        "title": f"从 Word、Excel 粘贴：{model._meta.verbose_name}",
        "fixed": target.fixed,
        "back": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
    }
    pasted = PasteForm(request.POST or None)
    rows: list[list[str]] = []
    if pasted.is_valid():
        names = target.columns.names_of(pasted.rows)
        rows = pasted.rows[1:] if names else pasted.rows
        if not rows:
            pasted.add_error("pasted", "只有列名，没有内容。请把下面的行一起复制。")
        if target.is_one_row and len(rows) > 1:
            pasted.add_error("pasted", f"这里只改一条，粘贴的有 {len(rows)} 条。请只粘贴一条，或者选“粘贴的是一条”。")
    if not pasted.is_valid():
        return TemplateResponse(request, "admin/history/paste.html", context | {"form": pasted})
    offered = target.offered
    found = [name if name in offered else "" for name in names or target.columns.guessed(rows)]
    spread = SpreadForm(request.POST if "preview" in request.POST else None, offered=offered, found=found)
    if spread.is_valid():
        named = spread.named(spread.cleaned_data)
        file = target.file(rows, named)
        shown = preview(file, spread.cleaned_data["change_reason"], 2 if names else 1)
        if "confirm_form" in (shown.context_data or {}):
            return shown
        context["result"] = (shown.context_data or {}).get("result")
        context["refused"] = (shown.context_data or {})["form"].errors.get("import_file", [])
    context |= {"form": pasted, "spread": spread, "rows": rows, "text": request.POST["pasted"]}
    return TemplateResponse(request, "admin/history/paste.html", context)
