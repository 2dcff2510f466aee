from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from supervision import text_page
from supervision.models import Chapter, Clause, Regime, RegimeOffice
from supervision.resources import ChapterResource, ClauseResource, RegimeOfficeResource, RegimeResource


class ChapterInline(WorkingInline):
    model = Chapter
    fields = ["anchor", "position", "marker", "title", "retired_on"]
    ordering = ["position", "anchor"]


class RegimeOfficeInline(WorkingInline):
    model = RegimeOffice


class ClauseInline(WorkingInline):
    model = Clause
    fields = ["anchor", "position", "parent", "marker", "heading", "text", "retired_on"]
    ordering = ["position", "anchor"]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "text":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3, "class": "cell"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A clause stands in a clause of the same chapter; the choices are read once for the whole table."""
        match = request.resolver_match
        chapter = match.kwargs.get("object_id") if match else None
        if db_field.name == "parent":
            kwargs["queryset"] = Clause.objects.filter(chapter_id=chapter) if chapter else Clause.objects.none()
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "parent" and field:
            field.choices = list(field.choices)
        return field


@admin.register(Regime)
class RegimeAdmin(WorkingAdmin):
    resource_classes = [RegimeResource]
    list_display = ["code", "serial", "title", "retired_on"]
    list_display_links = ["code", "title"]
    list_filter = ["offices__office", RetiredFilter]
    search_fields = ["code", "title", "chapters__clauses__text"]
    inlines = [ChapterInline, RegimeOfficeInline]
    change_form_template = "admin/supervision/regime.html"

    def get_urls(self) -> list[Any]:
        text = self.admin_site.admin_view(self.text_view)
        return [path("<int:pk>/text/", text, name="supervision_regime_text"), *super().get_urls()]

    def text_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole regime, read and changed as one text."""
        regime = get_object_or_404(Regime, pk=pk)
        if not self.has_change_permission(request, regime):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"opts": self.opts, "regime": regime}
        return text_page.show(request, context, regime)


@admin.register(Chapter)
class ChapterAdmin(WorkingAdmin):
    resource_classes = [ChapterResource]
    list_display = ["regime", "anchor", "marker", "title", "retired_on"]
    list_display_links = ["anchor", "title"]
    list_select_related = ["regime"]
    list_filter = ["regime", RetiredFilter]
    search_fields = ["regime__code", "regime__title", "anchor", "title", "clauses__text"]
    inlines = [ClauseInline]


@admin.register(Clause)
class ClauseAdmin(WorkingAdmin):
    resource_classes = [ClauseResource]
    list_display = ["regime", "anchor", "marker", "heading", "text", "retired_on"]
    list_display_links = ["anchor", "text"]
    list_select_related = ["chapter__regime"]
    list_filter = ["chapter__regime", RetiredFilter]
    search_fields = ["chapter__regime__code", "chapter__regime__title", "anchor", "heading", "text"]
    ordering = ["chapter__regime__position", "chapter__position", "position"]
    raw_id_fields = ["parent", "chapter"]

    @admin.display(description="监管制度", ordering="chapter__regime__position")
    def regime(self, clause: Clause) -> str:
        return str(clause.chapter.regime.title)


@admin.register(RegimeOffice)
class RegimeOfficeAdmin(WorkingAdmin):
    resource_classes = [RegimeOfficeResource]
    list_display = ["regime", "office", "added_by", "added_on", "retired_on"]
    list_select_related = ["regime", "office"]
    list_filter = ["office", RetiredFilter]
