"""期限推算表: how each clock of a case that runs came about, day by day, as a page and as a paper for the file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from acts import pages
from cases.case import Case
from cases.rows.party import Reading
from clocks.models import Notice
from clocks.working_days import Calendar
from editions.life.edition import Edition
from editions.public.taking_turns import one_at_a_time
from paper import typesetting
from paper.faces import TypesettingUnavailable


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="cases.view_case")

    return [
        # /admin/cases/case/5/deadlines/
        path("<int:pk>/deadlines/", staff(page), name="cases_case_deadlines"),
        # /admin/cases/case/5/deadlines.pdf
        path("<int:pk>/deadlines.pdf", staff(pdf), name="cases_case_deadlines_pdf"),
    ]


def page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    case = _case(request, pk)
    return TemplateResponse(request, "admin/cases/case/deadlines.html", context | _told_of(case, request.user))


@require_safe
def pdf(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """As it is now: it is kept nowhere, and is put into the file on paper or as an attachment. A line says who took
    it."""
    case = _case(request, pk)
    edition = Edition.objects.in_force()
    bureau = edition.register().bureau if edition else None
    told = _told_of(case, request.user) | {"bureau": bureau and (bureau.full_name or bureau.name)}
    try:
        with one_at_a_time("draft", "正在排另一份文书，排好就轮到这一份。"):
            content = typesetting.pdf(render_to_string("print/case_deadlines.html", told))
    except TypesettingUnavailable as error:
        messages.error(request, f"排不成 PDF：{error}")
        return redirect("admin:cases_case_deadlines", pk)
    case.keep(Reading(case=case, what=Reading.What.EXPORT), request.user)
    named = f'inline; filename="deadlines-{case.number}-{told["at"]:%Y%m%d-%H%M}.pdf"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.seen_by(request.user).with_its_rows(), pk=pk)


def _told_of(case: Case, account: Any) -> dict[str, Any]:
    case.calendar = calendar = Notice.objects.calendar()
    return {
        "title": f"期限推算表：{case.named}",
        "case": case,
        "deadlines": case.deadlines(),
        "at": timezone.localtime(),
        "by": account.get_full_name(),
        "calendar": calendar_said(calendar),
    }


def calendar_said(calendar: Calendar) -> str:
    """Which years' notices everything here was counted by."""
    first, last = min(calendar.years), max(calendar.years)
    gaps = [year for year in range(first, last) if year not in calendar.years]
    without = f"（没有 {'、'.join(map(str, gaps))} 年的）" if gaps else ""
    return f"{first} 至 {last} 年的放假安排{without}；以后各年的还没有录入。"
