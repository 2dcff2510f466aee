from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from offices.models import Department, Office, Succession
from offices.resources import DepartmentResource, OfficeResource, SuccessionResource
from verbatim.codes import Numbers


class OfficeFilter(admin.SimpleListFilter):
    """Rows whose cells name an office, under any of the names it is printed under."""

    title = "股室"
    parameter_name = "office"
    cells: tuple[str, ...] = ("offices",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            *((office.code, office.name) for office in Office.objects.order_by(Numbers("code"))),
            ("none", "没有写股室"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = self.value()
        if wanted is None:
            return queryset
        names = Office.objects.named()
        named: dict[int, set[str]] = {}
        for pk, *cells in queryset.order_by().values_list("pk", *self.cells):
            found = {span.target for cell in cells if cell for span in names.in_cell(cell).spans}
            named.setdefault(pk, set()).update(found)
        chosen = [pk for pk, codes in named.items() if (wanted in codes if wanted != "none" else not codes)]
        return queryset.filter(pk__in=chosen)


class SuccessionInline(WorkingInline):
    model = Succession


@admin.register(Office)
class OfficeAdmin(WorkingAdmin):
    resource_classes = [OfficeResource]
    list_display = ["code", "name", "kind", "phones", "other_names"]
    list_display_links = ["code", "name"]
    list_filter = ["kind", RetiredFilter]
    search_fields = ["code", "name", "other_names", "phones"]


@admin.register(Department)
class DepartmentAdmin(WorkingAdmin):
    resource_classes = [DepartmentResource]
    list_display = ["code", "name", "full_name", "bureau"]
    list_display_links = ["code", "name"]
    list_filter = [RetiredFilter]
    search_fields = ["code", "name", "other_names", "full_name"]
    inlines = [SuccessionInline]

    @admin.display(description="本局", ordering="is_bureau")
    def bureau(self, department: Department) -> str:
        return "是" if department.is_bureau else ""


@admin.register(Succession)
class SuccessionAdmin(WorkingAdmin):
    resource_classes = [SuccessionResource]
    list_display = ["department", "successor", "since", "added_by", "added_on"]
    list_select_related = ["department"]
    list_filter = [RetiredFilter]
    search_fields = ["department__name", "successor"]
