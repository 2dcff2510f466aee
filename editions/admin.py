from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html

from editions.desk import compiling, edition_page, findings, restoring
from editions.form import parts
from editions.form.frames import Cover, Frame, framed
from editions.life.edition import Edition
from editions.life.frozen import Entry, Version
from editions.resources import CoverResource, FrameResource
from history.admin import WorkingAdmin
from history.lists import ReadOnly


@admin.register(Edition)
class EditionAdmin(ReadOnly, admin.ModelAdmin):
    """The page of an edition, its acts and 编制新版本 are views of their own."""

    list_display = ["label", "kind", "state", "effective_on", "submitted_by_name", "issued_by_name", "page"]
    list_filter = ["state", "kind"]
    search_fields = ["label", "change_note"]

    @admin.display(description="公开页面")
    def page(self, edition: Edition) -> str:
        return format_html('<a href="{}">查看</a>', edition.get_absolute_url()) if edition.is_published else "—"

    def get_urls(self) -> list[URLPattern]:
        own = (compiling, edition_page, restoring, findings)
        return [*(url for each in own for url in each.urls(self.admin_site)), *super().get_urls()]


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["edition", "kind", "position", "serial", "code", "version"]
    list_select_related = ["edition", "version"]
    list_filter = ["edition", "kind"]
    search_fields = ["code"]


@admin.register(Version)
class VersionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["kind", "code", "schema", "digest"]
    list_filter = ["kind"]
    search_fields = ["code", "digest", "text"]


@admin.register(Cover)
class CoverAdmin(WorkingAdmin):
    """There is one, and it is changed."""

    resource_classes = [CoverResource]
    list_display = ["title", "total_line", "declared", "date_line"]
    search_fields = ["title"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Frame)
class FrameAdmin(WorkingAdmin):
    """A frame is given to a part that has none yet: from then on the list has that part."""

    resource_classes = [FrameResource]
    list_display = ["part", "numeral", "heading", "cover_label", "declared"]
    list_display_links = ["part", "heading"]
    search_fields = ["heading", "notes"]
    all_have_theirs: ClassVar[bool] = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Asked on every page of the desk: once every part has its frame it has it for good."""
        if super().has_add_permission(request) and not self.all_have_theirs:
            type(self).all_have_theirs = not self._waiting()
            return not self.all_have_theirs
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in super().get_readonly_fields(request, obj) if obj or name != "part"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "part":
            return forms.ChoiceField(label="部分", choices=[(part.name, part.label) for part in self._waiting()])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The columns as the items of the part have them."""
        asked = request.GET.get("part")
        part = next((part for part in self._waiting() if part.name == asked), self._waiting()[0])
        titles = [str(field.title) for field in part.document.printed_fields().values()]
        return {"part": part.name, "columns": "\n".join(["序号", *titles])}

    def _waiting(self) -> list[parts.Part]:
        known = framed()
        return [part for part in parts.parts() if part.name not in known]
