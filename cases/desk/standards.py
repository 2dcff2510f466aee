"""裁量基准: by what penalties are measured, kept by 法规审核; what is punished, by which article, and the bands."""

from typing import Any, ClassVar

from django.contrib import admin

from cases.desk.resources import (
    BandResource,
    FactorResource,
    ProvisionKindResource,
    ProvisionResource,
    StandardResource,
    ViolationResource,
)
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation
from history.admin import RetiredFilter, WorkingAdmin, WorkingInline


class InUseFilter(RetiredFilter):
    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "在用"), ("no", "已停用")]


class ProvisionKindInline(WorkingInline):
    model = ProvisionKind


class BandInline(WorkingInline):
    model = Band
    fields = ["code", "provision", "grade", "kind", "by", "low", "high", "condition", "retired_on"]


class FactorInline(WorkingInline):
    model = Factor
    fields = ["code", "name", "violation", "leads_to", "binding", "clause", "retired_on"]


class StandardsAdmin(WorkingAdmin):
    list_display_links = ["code"]
    list_filter: ClassVar[list[Any]] = [InUseFilter]


class StandardAdmin(StandardsAdmin):
    resource_classes = [StandardResource]
    list_display = ["code", "title", "number", "issuer", "since", "until"]
    search_fields = ["code", "title", "number", "issuer"]
    inlines = [FactorInline, BandInline]


class ViolationAdmin(StandardsAdmin):
    resource_classes = [ViolationResource]
    list_display = ["code", "name", "item", "anchor"]
    search_fields = ["code", "name"]


class ProvisionAdmin(StandardsAdmin):
    resource_classes = [ProvisionResource]
    list_display = ["code", "violation", "source", "said_range", "since", "until"]
    list_select_related = ["violation"]
    search_fields = ["code", "law", "article", "violation__name"]
    inlines = [ProvisionKindInline]

    @admin.display(description="法律法规、版本、条款")
    def source(self, row: Provision) -> str:
        return row.source

    @admin.display(description="种类和幅度")
    def said_range(self, row: Provision) -> str:
        return row.said_range

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).with_kinds()


class ProvisionKindAdmin(WorkingAdmin):
    resource_classes = [ProvisionKindResource]
    list_display = ["provision", "kind", "when"]
    list_select_related = ["provision"]
    list_filter = ["kind", InUseFilter]


class FactorAdmin(StandardsAdmin):
    resource_classes = [FactorResource]
    list_display = ["code", "name", "violation", "leads_to", "binding", "standard"]
    list_select_related = ["violation", "standard"]
    list_filter: ClassVar[list[Any]] = ["leads_to", "standard", InUseFilter]
    search_fields = ["code", "name"]


class BandAdmin(StandardsAdmin):
    resource_classes = [BandResource]
    list_display = ["code", "provision", "grade", "said", "standard"]
    list_select_related = ["provision", "standard"]
    list_filter: ClassVar[list[Any]] = ["grade", "standard", InUseFilter]
    search_fields = ["code", "provision__code", "provision__violation__name"]

    @admin.display(description="种类和幅度")
    def said(self, row: Band) -> str:
        return row.said


for row, page in (
    (Standard, StandardAdmin),
    (Violation, ViolationAdmin),
    (Provision, ProvisionAdmin),
    (ProvisionKind, ProvisionKindAdmin),
    (Factor, FactorAdmin),
    (Band, BandAdmin),
):
    admin.site.register(row, page)
