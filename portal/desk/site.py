"""The desk: the admin site of the staff, in the document's order, and what they print."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from accounts import devices, kept_forms, lockout, login_steps, second_factor
from accounts.models import AccountRequest
from accounts.own_password import OwnPasswordView
from acts.errors import Refused
from acts.steps import Step
from cases.desk import roll_page, worklist
from editions.checkup.checking import check_up_beside
from editions.desk.drafts import Draft
from editions.desk.findings import may_rule, waiting
from editions.desk.unpublished import unpublished
from editions.form import parts
from editions.form.frames import framed
from editions.life.edition import Edition
from offices.models import Office
from paper import faces
from portal.annual import checks
from portal.desk import error_reports, manual, own_office, preview, sayings, search_page
from portal.papers import printing, queue
from portal.papers.printing import NoSuchScope, Scope
from portal.views import draft_sent
from verbatim.codes import Numbers

Links = list[tuple[str, str]]

only_known_methods = require_http_methods(["GET", "HEAD", "POST"])
"""Django answers OPTIONS and TRACE as it answers GET, page and all; what asks whether a page is read would not know."""


class Desk(admin.AdminSite):
    site_header = "责任清单管理"
    site_title = "责任清单管理"
    index_title = "工作台"
    empty_value_display = "—"
    index_template = "admin/portal/desk.html"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Apps in the order of the list; models in the order in which they were registered."""
        registered = [model._meta.object_name for model in self._registry]
        apps = self._build_app_dict(request, app_label)
        for app in apps.values():
            app["models"].sort(key=lambda model: registered.index(model["object_name"]))
        order = [
            "editions",
            *(part.name for part in parts.parts()),
            "cases",
            "portal",
            "offices",
            "laws",
            "clocks",
            "accounts",
            "auth",
            "admin",
        ]
        known = {label: place for place, label in enumerate(order)}
        return sorted(apps.values(), key=lambda app: known.get(app["app_label"], len(order)))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        behind = super().admin_view(login_steps.behind_login_steps(view, self.each_context), cacheable)
        return only_known_methods(kept_forms.asking_to_log_in(super().login, behind))

    def get_urls(self) -> list[Any]:
        return [
            path("preview/<slug:what>/", include((preview.patterns(self.admin_view), "preview"))),
            *checks.urls(self),
            *second_factor.urls(self),
            *manual.urls(self),
            *own_office.urls(self),
            *search_page.urls(self),
            path("draft/<path:scope>/list.pdf", self.admin_view(self.draft_pdf), name="draft-pdf"),
            *super().get_urls(),
        ]

    @method_decorator(only_known_methods)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and (answer := lockout.lockout_response(request)):
            return answer
        kept = {kept_forms.KEPT: request.POST.get(kept_forms.KEPT, "")}
        response = super().login(request, kept | (extra_context or {}))
        if request.method == "POST" and request.user.is_authenticated:
            devices.remember(request, response)
            kept_forms.hold(request)
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = self.each_context(request) | (extra_context or {})
        done = reverse("admin:password_change_done")
        return OwnPasswordView.as_view(success_url=done, extra_context=context)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"may_print": _may_print(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The work: what is in force, what differs from it, what waits, and what to do next."""
        user: Any = request.user
        context: dict[str, Any] = {}
        if _may_print(request):
            context |= {"printing": _printable(), "shortfall": faces.shortfall(), "papers": queue.standing()}
        if user.has_perm("accounts.decide_accountrequest"):
            context["requests"] = AccountRequest.objects.waiting_for(user).select_related("account")
        if user.has_perm("cases.view_officer"):
            context["to_endorse"] = roll_page.number_to_endorse(user)
        if user.has_perm("cases.view_case"):
            context["cases_waiting"] = worklist.waiting_for(user)
        if user.has_perm("portal.view_errorreport"):
            context |= error_reports.on_the_desk(user)
        if user.has_perm("portal.announce_saying"):
            context |= sayings.on_the_desk()
        if user.has_perm("editions.view_edition"):
            context |= _standing(user)
        if user.has_perm("editions.add_frame"):
            known = framed()
            context["without_frame"] = [part for part in parts.parts() if part.name not in known]
        return super().index(request, context | (extra_context or {}))

    def draft_pdf(self, request: HttpRequest, scope: str) -> HttpResponse:
        """The working rows as PDF, marked as a draft on every page."""
        if not _may_print(request):
            raise PermissionDenied
        try:
            wanted = Scope.read(scope)
        except NoSuchScope as error:
            raise Http404(str(error)) from None
        return draft_sent(request, lambda: printing.draft_pdf(wanted), wanted.file_name("draft"))


def _standing(user: Any) -> dict[str, Any]:
    """For the desk, in a constant number of queries."""
    base = Edition.objects.base()
    under_way = [_Waiting.of(edition, user, base) for edition in Edition.objects.under_way().with_acts()]
    context: dict[str, Any] = {
        "standing": True,
        "in_force": Edition.objects.in_force(),
        "waiting": [each for each in under_way if each.steps],
        "others": [each for each in under_way if not each.steps],
        "came_back": Edition.objects.came_back_to(user),
        "drafts": Draft.objects.filter(by=user),
        "may_compile": Edition.may(user, "compile"),
        "to_second": [asked for asked in waiting() if asked.by_id != user.pk] if may_rule(user) else [],
    }
    try:
        context["differing"] = differing = unpublished()
        context["rows"] = differing.rows() if differing else []
        if differing:
            today = timezone.localdate()
            context["found"], context["fresh"] = check_up_beside(differing.working, differing.base.register(), today)
        if differing and user.has_perm("portal.view_annualcheck"):
            context |= checks.on_the_desk(user, differing.working, timezone.localdate())
    except Refused as error:
        context["no_list"] = str(error)
    return context


@dataclass(frozen=True)
class _Waiting:
    """An edition under way: the acts that this person can do, and the latest act, since when it waits."""

    edition: Edition
    steps: list[Step]
    since: Any

    @property
    def said(self) -> str:
        """审核通过或退回"""
        return "、".join(step.label for step in self.steps)

    @classmethod
    def of(cls, edition: Any, user: Any, base: Edition | None) -> "_Waiting":
        here = edition.situation(user, remarks=edition.remarks.all(), base=base)
        return cls(edition, edition.steps.awaited(here), max(edition.timeline.all(), key=lambda act: act.number))


def _may_print(request: HttpRequest) -> bool:
    """Who may export every part."""
    names = [part.model._meta.model_name for part in parts.parts()]
    wanted = [f"{part.name}.export_{name}" for part, name in zip(parts.parts(), names, strict=True)]
    return bool(request.user.has_perms(wanted))


def _printable() -> list[tuple[str, Links]]:
    """What can be printed, in two rows for the edition in force and for the working rows."""
    known = framed()
    named = [("whole", "整本"), *((part.name, part.label) for part in parts.parts() if part.name in known)]
    named += [
        (f"offices/{office.code.lower()}", office.name) for office in Office.objects.listed().order_by(Numbers("code"))
    ]
    rows = [("草稿（工作数据）", [(reverse("admin:draft-pdf", args=[scope]), text) for scope, text in named])]
    if edition := Edition.objects.in_force():
        held = set(printing.scopes(edition.register()))
        links = [(s.url(edition.label), text) for scope, text in named if (s := Scope.read(scope)) in held]
        rows.insert(0, (f"现行的 {edition.label} 版", links))
    return rows
