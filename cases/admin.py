from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html

from cases.case import Case
from cases.desk import assessments, calculator, derivation_page, figures, pages, roll_page, subscription, worklist_page
from cases.desk import standards as standards
from cases.desk.resources import MemberResource, OfficerResource
from cases.rows.assessment import may_see
from cases.rows.people import Member, Officer
from clocks.models import Notice
from history.admin import WorkingAdmin
from history.lists import NarrowedByItsFilters


class CaseList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """The calendar is read once for all."""
        super().get_results(request)
        calendar = Notice.objects.calendar()
        for case in self.result_list:
            case.calendar = calendar


@admin.register(Case)
class CaseAdmin(NarrowedByItsFilters, admin.ModelAdmin):
    """A case comes about by acts; its pages are views of their own."""

    list_display = ["number", "named_party", "kinds_said", "office", "state", "found_on", "due"]
    list_select_related = ["office", "party"]
    list_filter = ["state", "source", "office"]
    search_fields = ["number", "clue"]
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/cases/case/list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        leads = {"sees_assessments": may_see(request.user), "sees_figures": figures.may_see(request.user)}
        return super().changelist_view(request, (extra_context or {}) | leads)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CaseList

    def get_queryset(self, request: HttpRequest) -> Any:
        return Case.objects.seen_by(request.user).with_its_rows()

    @admin.display(description="当事人")
    def named_party(self, case: Case) -> str:
        return case.party.masked_name

    @admin.display(description="类别")
    def kinds_said(self, case: Case) -> str:
        return "、".join(case.kind_labels)

    @admin.display(description="最近的期限")
    def due(self, case: Case) -> str:
        deadline = case.deadline()
        if deadline is None:
            return "—"
        return f"{deadline.said}，已逾期" if deadline.is_over(timezone.localtime()) else deadline.said

    def get_search_fields(self, request: HttpRequest) -> Any:
        """A clue may name somebody: who only watches over cases, or votes on them, finds them by their numbers."""
        reads = any(Case.may(request.user, role) for role in ("handle", "lead", "audit", "approve"))
        return self.search_fields if reads else ["number"]

    def get_actions(self, request: HttpRequest) -> Any:
        return {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return Case.may(request.user, "handle")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        rooms = (calculator, worklist_page, derivation_page, subscription, assessments, figures, roll_page, pages)
        return [*(url for room in rooms for url in room.urls(self.admin_site)), *super().get_urls()]


class RollAdmin(WorkingAdmin):
    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_endorsement()

    @admin.display(description="核对")
    def standing(self, row: Any) -> str:
        if row.endorsed:
            return "已核对"
        return format_html('<a href="{}">等另一个人核对</a>', reverse("admin:cases_roll"))

    def save_related(self, request: HttpRequest, form: Any, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, form, *args, **kwargs)
        if not form.instance.is_endorsed:
            page = reverse("admin:cases_roll")
            said = '已保存，还不算数：要由审计或局领导在<a href="{}">等核对的</a>里核对。请告诉他们办。'
            messages.info(request, format_html(said, page))


@admin.register(Officer)
class OfficerAdmin(RollAdmin):
    resource_classes = [OfficerResource]
    list_display = ["account", "certificate", "since", "until", "law_certificate", "standing"]
    list_select_related = ["account"]
    search_fields = ["certificate", "account__last_name", "account__first_name"]


@admin.register(Member)
class MemberAdmin(RollAdmin):
    resource_classes = [MemberResource]
    list_display = ["account", "post", "since", "until", "standing"]
    list_select_related = ["account"]
    list_filter = ["post"]
    search_fields = ["account__last_name", "account__first_name"]
