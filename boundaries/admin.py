from django.contrib import admin

from boundaries.models import Basis, Matter, Share, ShareOffice, ShareStage
from boundaries.resources import (
    BasisResource,
    MatterResource,
    ShareOfficeResource,
    ShareResource,
    ShareStageResource,
)
from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from verbatim.codes import Numbers


class ShareInline(WorkingInline):
    model = Share
    fields = ["code", "position", "department", "name", "text", "retired_on"]
    ordering = ["position", Numbers("code")]


class BasisInline(WorkingInline):
    model = Basis
    fields = ["anchor", "position", "text", "retired_on"]
    ordering = ["position", "anchor"]


class ShareOfficeInline(WorkingInline):
    model = ShareOffice


class ShareStageInline(WorkingInline):
    model = ShareStage


@admin.register(Matter)
class MatterAdmin(WorkingAdmin):
    resource_classes = [MatterResource]
    list_display = ["code", "serial", "title", "retired_on"]
    list_display_links = ["code", "title"]
    list_filter = [RetiredFilter]
    search_fields = ["code", "title", "case", "shares__text", "shares__name"]
    inlines = [ShareInline, BasisInline]


@admin.register(Share)
class ShareAdmin(WorkingAdmin):
    resource_classes = [ShareResource]
    list_display = ["code", "name", "text", "retired_on"]
    list_display_links = ["code", "name"]
    list_filter = ["department", "offices__office", "matter", RetiredFilter]
    search_fields = ["code", "name", "text"]
    inlines = [ShareOfficeInline, ShareStageInline]


@admin.register(Basis)
class BasisAdmin(WorkingAdmin):
    resource_classes = [BasisResource]
    list_display = ["matter", "anchor", "text", "retired_on"]
    list_display_links = ["anchor", "text"]
    list_select_related = ["matter"]
    list_filter = ["matter", RetiredFilter]
    search_fields = ["matter__code", "matter__title", "anchor", "text"]


@admin.register(ShareOffice)
class ShareOfficeAdmin(WorkingAdmin):
    resource_classes = [ShareOfficeResource]
    list_display = ["share", "office", "added_by", "added_on", "retired_on"]
    list_select_related = ["share", "office"]
    list_filter = ["office", RetiredFilter]


@admin.register(ShareStage)
class ShareStageAdmin(WorkingAdmin):
    resource_classes = [ShareStageResource]
    list_display = ["share", "stage", "added_by", "added_on", "retired_on"]
    list_select_related = ["share"]
    list_filter = [RetiredFilter]
    search_fields = ["stage"]
