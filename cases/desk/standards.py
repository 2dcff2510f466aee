"""裁量基准: by what penalties are measured, kept by 法规审核; what is punished, by which article, and the bands."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts.pages import page
from acts import pages
from cases.desk.resources import (
    BandResource,
    FactorResource,
    ProvisionKindResource,
    ProvisionResource,
    StandardResource,
    ViolationResource,
)
from cases.discretion.documents import changes, composed
from cases.discretion.publication import PublishedStandards, current_standards
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation
from history.admin import InUseFilter, WorkingAdmin, WorkingInline
from verbatim.documents import digest

MAY_PUBLISH, LIST = "cases.announce_standard", "admin:cases_standard_changelist"


class PointsAtProvisions:
    """Articles are chosen by what they punish: many rest on the same law."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "provision":
            kwargs["queryset"] = Provision.objects.select_related("violation")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class ProvisionKindInline(WorkingInline):
    model = ProvisionKind


class BandInline(PointsAtProvisions, WorkingInline):
    model = Band
    fields = ["code", "provision", "grade", "kind", "by", "low", "high", "condition", "retired_on"]


class FactorInline(WorkingInline):
    model = Factor
    fields = ["code", "name", "violation", "leads_to", "binding", "clause", "retired_on"]


class StandardsAdmin(WorkingAdmin):
    list_display_links = ["code"]
    list_filter: ClassVar[list[Any]] = [InUseFilter]

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """Whose it is beside the code, and the days of validity behind what is valid."""
        names = list(super().get_fields(request, obj))
        days = [name for name in names if name in ("since", "until")]
        first = [name for name in names if name in ("code", "violation")]
        rest = [name for name in names if name not in (*days, *first)]
        at = rest.index("retired_on") if "retired_on" in rest else len(rest)
        return [*first, *rest[:at], *days, *rest[at:]]


def publish_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET shows what will be otherwise; POST lets the public read it."""
    form, answer = pages.publish(request, PublishedStandards, back=LIST)
    if answer:
        return answer
    table = composed()
    context |= {
        "back": reverse(LIST),
        "title": "公布裁量基准",
        "form": form,
        "shown": digest(table.canonical()),
        "changes": list(changes(current_standards(), table)),
        "latest": PublishedStandards.latest(),
    }
    return TemplateResponse(request, "admin/cases/standards/publish.html", context)


class StandardAdmin(StandardsAdmin):
    import_export_change_list_template = "admin/cases/standards/list.html"
    resource_classes = [StandardResource]
    list_display = ["code", "title", "number", "issuer", "since", "until"]
    search_fields = ["code", "title", "number", "issuer"]
    inlines = [FactorInline, BandInline]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_publish = request.user.has_perm(MAY_PUBLISH)
        return super().changelist_view(request, {"may_publish": may_publish, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        # /admin/cases/standard/publish/
        publish = page(self.admin_site, publish_view, permission=MAY_PUBLISH)
        return [path("publish/", publish, name="cases_standard_publish"), *super().get_urls()]


class ViolationAdmin(StandardsAdmin):
    resource_classes = [ViolationResource]
    list_display = ["code", "name", "item", "anchor"]
    search_fields = ["code", "name"]


class ProvisionAdmin(StandardsAdmin):
    resource_classes = [ProvisionResource]
    list_display = ["code", "punished", "source", "said_range", "since", "until"]
    list_select_related = ["violation"]
    search_fields = ["code", "law", "article", "violation__name"]
    inlines = [ProvisionKindInline]

    @admin.display(description="违法行为")
    def punished(self, row: Provision) -> str:
        return row.violation.name

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
    list_select_related = ["provision__violation"]
    list_filter = ["kind", InUseFilter]


class FactorAdmin(StandardsAdmin):
    resource_classes = [FactorResource]
    list_display = ["code", "name", "of_violation", "leads_to", "binding", "by_document"]
    list_select_related = ["violation", "standard"]
    list_filter: ClassVar[list[Any]] = ["leads_to", "standard", InUseFilter]
    search_fields = ["code", "name"]

    @admin.display(description="违法行为")
    def of_violation(self, row: Factor) -> str:
        return row.violation.name if row.violation else "各种违法行为"

    @admin.display(description="裁量文件")
    def by_document(self, row: Factor) -> str:
        return row.standard.number


class BandAdmin(PointsAtProvisions, StandardsAdmin):
    resource_classes = [BandResource]
    list_display = ["code", "punished", "grade", "said", "by_document"]
    list_select_related = ["provision__violation", "standard"]
    list_filter: ClassVar[list[Any]] = ["grade", "standard", InUseFilter]
    search_fields = ["code", "provision__code", "provision__violation__name"]

    @admin.display(description="罚则")
    def punished(self, row: Band) -> str:
        return str(row.provision) if row.provision else "各条罚则"

    @admin.display(description="裁量文件")
    def by_document(self, row: Band) -> str:
        return row.standard.number

    @admin.display(description="种类和幅度")
    def said(self, row: Band) -> str:
        return row.said


for row, desk in (
    (Standard, StandardAdmin),
    (Violation, ViolationAdmin),
    (Provision, ProvisionAdmin),
    (ProvisionKind, ProvisionKindAdmin),
    (Factor, FactorAdmin),
    (Band, BandAdmin),
):
    admin.site.register(row, desk)
