from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest

from duties.models import Duty, WorkItem
from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from offices.admin import OfficeFilter
from verbatim.codes import Numbers


class DutyOfficeFilter(OfficeFilter):
    cells = ("offices", "work_items__offices")


class WorkItemInline(WorkingInline):
    model = WorkItem
    fields = ["code", "position", "text", "offices", "note", "retired_on"]
    ordering = ["position", Numbers("code")]


@admin.register(Duty)
class DutyAdmin(WorkingAdmin):
    list_display = ["code", "serial", "text", "held", "retired_on"]
    list_display_links = ["code", "text"]
    list_filter = [DutyOfficeFilter, RetiredFilter]
    search_fields = ["code", "text", "work_items__text", "work_items__code"]
    inlines = [WorkItemInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        listed = Count("work_items", filter=Q(work_items__retired_on__isnull=True), distinct=True)
        return super().get_queryset(request).annotate(held=listed)

    @admin.display(description="工作事项", ordering="held")
    def held(self, duty: Any) -> str:
        return f"{duty.held} 项"


@admin.register(WorkItem)
class WorkItemAdmin(WorkingAdmin):
    list_display = ["code", "text", "offices", "note", "retired_on"]
    list_display_links = ["code", "text"]
    list_filter = [OfficeFilter, RetiredFilter, "duty"]
    search_fields = ["code", "text", "offices", "note"]
