from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts.pages import page
from acts.errors import Refused
from acts.pages import ReasonForm
from history.admin import RetiredFilter, WorkingAdmin, WorkingInline, may
from offices.admin import OfficeFilter
from services.models import Event, Service, YearlyRule
from services.resources import EventResource, ServiceResource, YearlyRuleResource
from verbatim.documents import digest


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


class AheadFilter(admin.SimpleListFilter):
    """Still to come, over, or called off."""

    title = "状态"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ahead", "还没有举行"), ("over", "已经过去"), ("cancelled", "已取消")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        ahead = Event.objects.ahead()
        match self.value():
            case "ahead":
                return queryset.filter(pk__in=ahead)
            case "over":
                return queryset.filter(retired_on__isnull=True).exclude(pk__in=ahead)
            case "cancelled":
                return queryset.filter(retired_on__isnull=False)
        return queryset


@admin.register(Event)
class EventAdmin(WorkingAdmin):
    resource_classes = [EventResource]
    list_display = ["code", "on", "service", "place", "office", "seen_by_the_public"]
    list_display_links = ["code", "on"]
    list_select_related = ["service", "office"]
    list_filter = [AheadFilter, "office", "service"]
    search_fields = ["code", "place", "offers", "service__title"]
    change_form_template = "admin/services/event/change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("announcements")

    @admin.display(description="公众看到的")
    def seen_by_the_public(self, event: Event) -> str:
        if event.latest is None:
            return "没有公布"
        if not event.is_announced:
            return "已公布，此后有改动"
        return "已公布取消" if event.is_retired else "已公布"

    def has_announce_permission(self, request: HttpRequest, event: Event) -> bool:
        return may(request, "announce", self.opts, event)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What is listed may be chosen; a 股长 makes events of the own office."""
        kwargs["queryset"] = db_field.related_model.objects.listed()
        if db_field.name == "service" and not request.user.has_perm("services.change_event"):
            office = request.user.office  # type: ignore[union-attr]
            ours = [service.pk for service in kwargs["queryset"] if office and service.belongs_to_office(office)]
            kwargs["queryset"] = kwargs["queryset"].filter(pk__in=ours)
        if db_field.name == "office" and not request.user.has_perm("services.change_event"):
            kwargs["queryset"] = kwargs["queryset"].filter(pk=request.user.office_id)  # type: ignore[union-attr]
            if not kwargs["queryset"]:
                kwargs["help_text"] = "您的账号没有写明所在股室，不能安排活动。请系统管理员在账号里补上。"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        announce = page(self.admin_site, self.announce_view)
        return [path("<int:pk>/announce/", announce, name="services_event_announce"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        event = kwargs.get("obj")
        if event is not None:
            context["seen_by_the_public"] = self.seen_by_the_public(event)
            context["announcements"] = [(each, each.document()) for each in event.announcements.order_by("-number")]
            context["may_announce"] = self.has_announce_permission(request, event) and not event.is_announced
        return super().render_change_form(request, context, *args, **kwargs)

    def announce_view(self, request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
        """GET shows what the public will see; POST announces it."""
        event = get_object_or_404(Event.objects.select_related("service", "office"), pk=pk)
        if not self.has_announce_permission(request, event):
            raise PermissionDenied
        back = reverse("admin:services_event_change", args=[pk])
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                shown = request.POST.get("shown") or "-"
                event.announce(request.user, reason=form.cleaned_data["reason"], shown=shown)
            except Refused as error:
                if event.was_announced_by(request.user):
                    messages.info(request, f"{event.code}：您刚才已经公布，没有再办一次。")
                    return redirect(back)
                form.add_error(None, f"没有公布：{error}")
            else:
                messages.success(request, f"{event.code} 已公布，公众现在就能看到。")
                return redirect(back)
        context |= {
            "title": f"公布 {event.code}",
            "opts": self.opts,
            "original": event,
            "form": form,
            "event": event.document(),
            "shown": digest(event.document().canonical()),
            "before": event.latest.document() if event.latest else None,
            "back": back,
        }
        return TemplateResponse(request, "admin/services/event/announce.html", context)
