"""The admin of working rows: a reason for every change, read-only history, tables in and out, nothing deleted."""

import secrets
from collections.abc import Callable, Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core import signing
from django.core.exceptions import FieldError, PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from simple_history.admin import SimpleHistoryAdmin

from history import order_page, paste_page, progress
from history.forms import (
    EXPIRED,
    MergingForm,
    TableConfirmForm,
    TableImportForm,
    WorkingForm,
    WorkingFormSet,
    reason_in,
    row_for_form,
)
from history.lists import NarrowedByItsFilters
from history.resources import Shown, resource_of
from history.spreadsheets import FORMATS, TableError
from history.trail_page import page
from history.uploads import Uploads
from verbatim.fields import CellField, LineField
from verbatim.numerals import row_number
from verbatim.templatetags.characters import holds_unseen


def may(request: HttpRequest, verb: str, opts: Any, row: Any) -> bool:
    """Whether this account may change (announce) any row of this kind, or this one since it is of the own office."""
    user: Any = request.user
    if user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}"):
        return True
    if not user.has_perm(f"{opts.app_label}.{verb}_own_{opts.model_name}"):
        return False
    return row is None or (user.office is not None and row.belongs_to_office(user.office))


def locked_fields(request: HttpRequest, row: Any) -> tuple[str, ...]:
    """The fields of a row that this account leaves alone, though it may change the row as one of the own office."""
    user: Any = request.user
    opts = row._meta
    return () if user.has_perm(f"{opts.app_label}.change_{opts.model_name}") else row.locked_for_its_office


TEXT_WIDGETS: dict[type[Any], dict[str, Any]] = {
    CellField: {"widget": AdminTextareaWidget(attrs={"rows": 3, "class": "cell"})},
    LineField: {"widget": AdminTextInputWidget(attrs={"class": "vTextField line"})},
}


class WorkingInline(admin.TabularInline):
    template = "admin/history/parts.html"
    form = MergingForm
    formset = WorkingFormSet
    formfield_overrides = TEXT_WIDGETS
    extra = 0
    can_delete = False
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, "change", self.opts, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Whoever may change the row that these are parts of may not change each of them: what holds on the page of a
        part holds here."""
        made: Any = super().get_formset(request, obj, **kwargs)
        made.may_change = lambda formset, row: may(request, "change", self.opts, row)
        return made

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *filter(None, [getattr(self.model, "permanent", "")])]


class RetiredFilter(admin.SimpleListFilter):
    """Listed or retired."""

    title = "状态"
    parameter_name = "listed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "列入清单"), ("no", "已取消")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("yes", "no"):
            return queryset.filter(retired_on__isnull=self.value() == "yes")
        return queryset


class InUseFilter(RetiredFilter):
    """The same of rows that are no part of the list."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "在用"), ("no", "已停用")]


def _conflicts(form: Any, *formsets: Any) -> list[Any]:
    own = [form.conflict] if form.conflict else []
    return own + [conflict for formset in formsets for conflict in formset.conflicts()]


Told = Callable[[HttpRequest, Any, Collection[Any]], None]
_after_saving: list[Told] = []


def register_after_saving(told: Told) -> None:
    """What a floor above says to whoever saved a row, by the forms that they sent."""
    _after_saving.append(told)


def tell_after_saving(request: HttpRequest, row: Any, forms: Collection[Any], conflicts: Collection[Any]) -> None:
    """What others changed meanwhile, and what the floors above have to say."""
    for conflict in conflicts:
        if conflict.changes:
            said = "；".join(map(str, conflict.changes))
            messages.info(request, f"{conflict.row}：您打开以后，{said}。对方的改动都还在。")
    for tell in _after_saving:
        tell(request, row, forms)


class WorkingAdmin(NarrowedByItsFilters, ImportExportMixin, SimpleHistoryAdmin):  # type: ignore[misc]
    form = WorkingForm
    formfield_overrides = TEXT_WIDGETS
    list_per_page = 50
    show_full_result_count = False
    formats = FORMATS
    import_form_class = TableImportForm
    tmp_storage_class = Uploads
    confirm_form_class = TableConfirmForm
    export_form_class = ExportForm
    change_form_template = "admin/history/working_form.html"
    import_export_change_list_template = "admin/history/rows.html"
    import_template_name = "admin/history/import_rows.html"
    skip_admin_log = True  # the trail says more
    actions = None

    def get_actions(self, request: HttpRequest) -> Any:
        return {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, "change", self.opts, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if getattr(request, "is_old_state", False):
            return [field.name for field in self.opts.fields if field.editable]
        owner = getattr(self.model, "belongs_to", "") if obj else ""
        fixed = [self.model.permanent, owner, *((*self.model.fixed, *locked_fields(request, obj)) if obj else ())]
        return [*super().get_readonly_fields(request, obj), *filter(None, fixed)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The code first, retirement and the reason last, beside the button; who may only look is asked for none."""
        names = list(super().get_fields(request, obj))
        first = [name for name in names if name == self.model.permanent]
        last = [name for name in ("retired_on", "change_reason", "base") if name in names]
        if not self._may_write(request, obj):
            last = [name for name in last if name not in ("change_reason", "base")]
        rest = [name for name in names if name not in (*first, "retired_on", "change_reason", "base")]
        return [*first, *rest, *last]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Why stands in a fieldset of its own, below the tables of parts."""
        names = list(self.get_fields(request, obj))
        last = [name for name in names if name in ("change_reason", "base")]
        return [(None, {"fields": [name for name in names if name not in last]}), (None, {"fields": last})]

    def _may_write(self, request: HttpRequest, obj: Any) -> bool:
        if getattr(request, "is_old_state", False):
            return False
        return bool(self.has_change_permission(request, obj) if obj else self.has_add_permission(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row: Any = super().get_object(request, object_id, from_field)
        return row and row_for_form(row, is_written=request.method == "POST")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """What others changed since the page was made is said above the form, and what has to be chosen is asked."""
        forms = [context["adminform"].form, *(inline.formset for inline in context["inline_admin_formsets"])]
        if context["adminform"].form.is_bound:
            context["conflicts"] = _conflicts(*forms)
            rows = [row for form in forms for row in getattr(form, "forms", [form])]
            context["holds_unseen"] = any(map(holds_unseen, rows))
            for form in forms:
                form.show_again()
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where somebody else took a name at this very moment, the form is checked again: now it sees it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        sent = [form, *(each for formset in formsets for each in formset.forms)]
        tell_after_saving(request, form.instance, sent, _conflicts(form, *formsets))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.save(reason=reason_in(form.data))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row.save(reason=reason_in(form.data))
        formset.save_m2m()

    def history_form_view(
        self, request: HttpRequest, object_id: Any, version_id: Any, extra_context: Any = None
    ) -> Any:
        """An old state is looked at; simple-history would save whatever is posted here, for whoever may look."""
        if request.method == "POST":
            raise PermissionDenied
        if row_number(str(object_id)) is None or row_number(str(version_id)) is None:
            raise Http404("没有这条变更记录。")
        request.is_old_state = True  # type: ignore[attr-defined]
        return super().history_form_view(request, object_id, version_id, extra_context)

    def history_view(self, request: HttpRequest, object_id: Any, extra_context: Any = None) -> HttpResponse:
        """The trail of the row and of its parts."""
        row = self.get_queryset(request).filter(pk=row_number(str(object_id))).first()
        if row is None:
            raise Http404("没有这条变更记录。")
        if not self.has_view_history_or_change_history_permission(request, row):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": f"变更记录：{row.named()}",
            "object": row,
            "trail": page(row, request.GET),
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
        }
        return TemplateResponse(request, "admin/history/trail.html", context | (extra_context or {}))

    def get_history_queryset(self, *args: Any, **kwargs: Any) -> Any:
        """In the order in which it was written, whatever a clock said."""
        return super().get_history_queryset(*args, **kwargs).order_by("-history_id")

    # Tables in and out

    def get_resource_classes(self, request: HttpRequest) -> list[Any]:
        return self.resource_classes or [resource_of(self.model)]

    def get_urls(self) -> list[Any]:
        urls: list[Any] = super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_paste"
        urls.insert(0, path("paste/", self.admin_site.admin_view(self.paste_view), name=name))
        name = f"{self.opts.app_label}_{self.opts.model_name}_progress"
        urls.insert(0, path("progress/<slug:token>/", self.admin_site.admin_view(self.progress_view), name=name))
        if order_page.is_ordered(self.model):
            route = "order/<int:owner>/" if self.model.belongs_to else "order/"
            name = f"{self.opts.app_label}_{self.opts.model_name}_order"
            urls.insert(0, path(route, self.admin_site.admin_view(self.order_view), name=name))
        return urls

    def order_view(self, request: HttpRequest, owner: int | None = None) -> HttpResponse:
        def may_change(row: Any) -> bool:
            return may(request, "change", self.opts, row) and (
                row is None or "position" not in locked_fields(request, row)
            )

        context = self.admin_site.each_context(request) | {"opts": self.opts}

        def tell(row: Any) -> None:
            tell_after_saving(request, row, (), ())

        return order_page.show(request, context, self.model, owner, may_change, tell)

    def progress_view(self, request: HttpRequest, token: str) -> HttpResponse:
        return HttpResponse(progress.said(token), "text/plain")

    def paste_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied

        def preview(file: Any, reason: str, first_line: int) -> Any:
            sent = {"resource": "0", "format": "", "change_reason": reason}
            request.pasted = {"data": sent, "files": {"import_file": file}}  # type: ignore[attr-defined]
            request.first_line = first_line  # type: ignore[attr-defined]
            shown = self.import_action(request)
            shown.context_data["title"] = "粘贴：要做的改动"
            return shown

        context = self.admin_site.each_context(request) | {"opts": self.opts}
        resource = self.get_resource_classes(request)[0]()
        return paste_page.show(request, context, self.model, resource, preview)

    def get_import_form_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return getattr(request, "pasted", None) or super().get_import_form_kwargs(request)

    def get_import_formats(self) -> Any:
        return self.formats

    def get_export_formats(self) -> Any:
        return self.formats

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        cleaned = getattr(form, "cleaned_data", None) or {}
        asked: dict[str, Any] = {"reason": f"导入表格：{cleaned.get('change_reason', '')}"}
        asked["progress"] = progress.Progress(request.POST.get("progress", ""))
        if isinstance(form, TableConfirmForm):
            return asked | {"shown": form.shown, "chosen": form.chosen()}
        if form is not None:
            form.showing = Shown()
            return asked | {"showing": form.showing, "first_line": getattr(request, "first_line", None)}
        return asked

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = secrets.token_hex(16)
        where = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_progress", args=[token])
        return {**super().get_import_context_data(**kwargs), "progress": token, "progress_url": where}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        if import_form:
            checked = [initial["import_file_name"], import_form.showing.dump()]
            initial["import_file_name"] = signing.dumps(checked, salt=self._signer(request), compress=True)
            initial["change_reason"] = import_form.cleaned_data["change_reason"]
        return initial

    def get_confirm_form_kwargs(self, request: HttpRequest, import_form: Any = None) -> dict[str, Any]:
        return {**super().get_confirm_form_kwargs(request, import_form), "signer": self._signer(request)}

    def _signer(self, request: HttpRequest) -> str:
        return f"history.import {self.opts.label_lower} {request.user.pk}"

    def get_export_queryset(self, request: HttpRequest) -> Any:
        try:
            return super().get_export_queryset(request)
        except (FieldError, IncorrectLookupParameters):
            raise Http404("地址里的筛选条件不对，请从列表页重新导出。") from None

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        form.add_error("import_file", str(e) if isinstance(e, TableError) else "读不了这个文件，请检查格式选对了没有。")

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Where the same preview was confirmed at the same moment, one of the two is done."""
        try:
            return super().process_import(request, **kwargs)  # type: ignore[no-any-return]
        except FileNotFoundError:
            messages.info(request, EXPIRED)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        totals = result.totals
        said = f"已导入：新增 {totals['new']} 条，修改 {totals['update']} 条，{totals['skip']} 条没有变化。"
        if self.model.in_area() == "working":
            said = format_html('{}尚未公布，在<a href="{}">工作台</a>上核对、预览。', said, reverse("admin:index"))
        messages.success(request, said)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """After the confirmation: either all was written, or nothing and it is said why."""
        if result.has_errors() or result.has_validation_errors():
            why = "".join(message for row in result.invalid_rows for message in row.error.messages)
            messages.error(
                request, f"在您确认之前数据有了变动，这张表已不能导入，什么也没有写入。请重新导入，看新的预览。{why}"
            )
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_import"))
        return super().process_result(result, request)  # type: ignore[no-any-return]

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """What does not fit into a table is said, and nothing of it goes out."""
        try:
            return super().export_action(request)  # type: ignore[no-any-return]
        except TableError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return f"{self.opts.model_name}.{file_format.get_extension()}"
