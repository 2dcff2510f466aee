import itertools
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from clocks.models import Day, Notice, missing
from clocks.resources import DayResource, NoticeResource
from clocks.working_days import library_calendar
from history.admin import InUseFilter, WorkingAdmin, WorkingInline


class DayInline(WorkingInline):
    model = Day
    fields = ["day", "kind", "note", "retired_on"]


@admin.register(Notice)
class NoticeAdmin(WorkingAdmin):
    resource_classes = [NoticeResource]
    list_display = ["year", "number", "issued_on"]
    list_display_links = ["year", "number"]
    list_filter = [InUseFilter]
    search_fields = ["number"]
    inlines = [DayInline]
    change_list_template = "admin/clocks/notices.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list is empty in a new portal: which years are known all the same is said above it."""
        supplied, entered = library_calendar().years, Notice.objects.complete_years().keys()
        known = supplied | entered
        context = {
            "library": (min(supplied), max(supplied)),
            "entered": sorted(entered),
            "unknown": next(year for year in itertools.count(min(known)) if year not in known),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever saves is told whether the year counts by what is entered now."""
        super().save_related(request, form, formsets, change)
        year = form.instance.year
        if absent := missing(Notice.objects.arranged().get(year, {}).values()):
            messages.warning(
                request,
                f"{year}年还没有录齐：{'、'.join(absent)}的法定假日不够。录齐以前，这一年不按录入的算。"
                "两个节日连在一起的，各记至少法定的天数。",
            )
        else:
            messages.success(request, f"{year}年的放假安排已经录齐，期限从现在起按它算。")


@admin.register(Day)
class DayAdmin(WorkingAdmin):
    resource_classes = [DayResource]
    list_display = ["day", "kind", "notice", "note"]
    list_select_related = ["notice"]
    list_filter = ["kind", InUseFilter]
    search_fields = ["note", "notice__number"]
