from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html

from editions.desk import acting, compiling, findings, restoring
from editions.form.frames import Cover, Frame
from editions.life.edition import Edition
from editions.life.frozen import Entry, Version
from editions.resources import CoverResource, FrameResource
from history.admin import WorkingAdmin


class LookedAt(admin.ModelAdmin):
    """What is frozen is looked at here; it comes about by acts, never by a form."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(LookedAt):
    """The page of an edition, its acts and 编制新版本 are views of their own."""

    list_display = ["label", "kind", "state", "effective_on", "submitted_by_name", "issued_by_name", "page"]
    list_filter = ["state", "kind"]
    search_fields = ["label", "change_note"]

    @admin.display(description="公开页面")
    def page(self, edition: Edition) -> str:
        return format_html('<a href="{}">查看</a>', edition.get_absolute_url()) if edition.is_published else "—"

    def get_urls(self) -> list[URLPattern]:
        own = (compiling, acting, restoring, findings)
        return [*(url for each in own for url in each.urls(self.admin_site)), *super().get_urls()]


@admin.register(Entry)
class EntryAdmin(LookedAt):
    list_display = ["edition", "kind", "position", "serial", "code", "version"]
    list_select_related = ["edition", "version"]
    list_filter = ["edition", "kind"]
    search_fields = ["code"]


@admin.register(Version)
class VersionAdmin(LookedAt):
    list_display = ["kind", "code", "schema", "digest"]
    list_filter = ["kind"]
    search_fields = ["code", "digest", "text"]


class OneOfEach(WorkingAdmin):
    """The cover and the frames belong to the form: they are changed, not added."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Cover)
class CoverAdmin(OneOfEach):
    resource_classes = [CoverResource]
    list_display = ["title", "total_line", "declared", "date_line"]
    search_fields = ["title"]


@admin.register(Frame)
class FrameAdmin(OneOfEach):
    resource_classes = [FrameResource]
    list_display = ["part", "numeral", "heading", "cover_label", "declared"]
    list_display_links = ["part", "heading"]
    search_fields = ["heading", "notes"]
