from django.contrib import admin

from history.admin import RetiredFilter, WorkingAdmin, WorkingInline
from offices.admin import OfficeFilter
from services.models import Service, YearlyRule
from services.resources import ServiceResource, YearlyRuleResource


class YearlyRuleInline(WorkingInline):
    model = YearlyRule


@admin.register(Service)
class ServiceAdmin(WorkingAdmin):
    resource_classes = [ServiceResource]
    list_display = ["code", "serial", "title", "offices", "phones", "retired_on"]
    list_display_links = ["code", "title"]
    list_filter = [OfficeFilter, RetiredFilter]
    search_fields = ["code", "title", "content", "offices", "phones"]
    inlines = [YearlyRuleInline]


@admin.register(YearlyRule)
class YearlyRuleAdmin(WorkingAdmin):
    resource_classes = [YearlyRuleResource]
    list_display = ["service", "month", "day", "quoted", "added_by", "added_on"]
    list_select_related = ["service"]
    list_filter = ["month", RetiredFilter]
    search_fields = ["service__title"]
