"""案件统计: the figures as a page with charts, and each table as a file; that a file was taken stands in the log. The
head of an office has those of the office; who audits, approves or supervises has all."""

import csv
import datetime
import io
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from acts import pages
from acts.pages import DATE
from cases.case import Case
from cases.desk import worklist
from cases.desk.calculator import FARTHEST
from cases.desk.worklist import Urgency
from cases.watching import figures
from cases.watching.figures import STEPS, Period, Table
from history.spreadsheets import as_text
from verbatim.fields import PlainForm

MOST_PARTS = 36
"""So many months, quarters or years stand on one page."""

EARLIEST = datetime.date(2000, 1, 1)


class PeriodForm(PlainForm):
    since = forms.DateField(label="自", widget=DATE)
    until = forms.DateField(label="至", widget=DATE)
    step = forms.ChoiceField(label="按", choices=[(name, step.label) for name, step in STEPS.items()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"since", "until", "step"} <= cleaned.keys():
            since, until, step = cleaned["since"], cleaned["until"], STEPS[cleaned["step"]]
            if since < EARLIEST or until >= FARTHEST:
                raise ValidationError(f"请填 {EARLIEST.year} 年到 {FARTHEST.year - 1} 年的日期，列出的是今年的。")
            if until < since:
                raise ValidationError("止日早于起日，列出的是今年的。")
            if (until.year - since.year) * 12 + until.month - since.month >= MOST_PARTS * step.months:
                raise ValidationError(
                    f"最多列 {MOST_PARTS} 个{step.label}，列出的是今年的；请缩短时段，或者改按更长的。"
                )
        return cleaned


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="cases.view_case")

    return [
        # /admin/cases/case/figures/?since=2026-01-01&until=2026-06-30&step=month
        path("figures/", staff(page), name="cases_figures"),
        path("figures/<slug:name>.csv", staff(as_csv), name="cases_figures_csv"),
    ]


def may_see(account: Any) -> bool:
    return _cases_of(account) is not None


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form, period, tables = _told(request)
    context |= {
        "title": "案件统计",
        "form": form,
        "period": period,
        "tables": tables,
        "measures": figures.MEASURES,
        "at": timezone.localtime(),
        "office": None if _sees_all(request.user) else request.user.office,  # type: ignore[union-attr]
    }
    return TemplateResponse(request, "admin/cases/figures.html", context)


@require_safe
def as_csv(request: HttpRequest, context: dict[str, Any], name: str) -> HttpResponse:
    """One table as a file; GET leaves a line in the log."""
    _, (since, until), tables = _told(request)
    table = next((each for each in tables if each.id == name), None)
    if table is None:
        raise Http404("没有这张统计表。")
    if request.method == "GET":
        account: Any = request.user
        LogEntry.objects.create(
            user=account,
            content_type=ContentType.objects.get_for_model(Case),
            object_repr=f"案件统计（{table.title}），{since} 至 {until}",
            action_flag=CHANGE,
            change_message="导出 CSV。",
        )
    headers = {
        "Content-Disposition": f'attachment; filename="case-figures-{name}-{since:%Y%m%d}-{until:%Y%m%d}.csv"',
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(written(table), content_type="text/csv; charset=utf-8", headers=headers)


def written(table: Table) -> bytes:
    """UTF-8 with the mark that spreadsheets look for, and nothing that they take for a formula."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([table.heading, *(measure.label for measure in table.measures)])
    for line in table.lines:
        rows.writerow([as_text(line.label), *line.numbers])
    rows.writerow(["合计", *table.total])
    return text.getvalue().encode("utf-8-sig")


def _told(request: HttpRequest) -> tuple[PeriodForm, Period, list[Table]]:
    """What was asked for, and its tables; of this year where what was asked for makes no sense."""
    cases = _cases_of(request.user)
    if cases is None:
        raise PermissionDenied
    today = timezone.localdate()
    usual: dict[str, Any] = {"since": datetime.date(today.year, 1, 1), "until": today, "step": "month"}
    form = PeriodForm(request.GET or None, initial=usual)
    asked = form.cleaned_data if form.is_valid() else usual
    period, step = (asked["since"], asked["until"]), STEPS[asked["step"]]
    late = {clock.case for clock in worklist.clocks_in(Case.objects.filter(cases)) if clock.urgency is Urgency.LATE}
    found = [*figures.counted(cases, period), *figures.overdue(cases, late)]
    return form, period, figures.tables(found, step, period)


def _sees_all(account: Any) -> bool:
    return any(Case.may(account, role) for role in ("audit", "approve", "supervise"))


def _cases_of(account: Any) -> Q | None:
    """Which cases are counted for this person; None for whom there are no figures."""
    if _sees_all(account):
        return Q()
    if Case.may(account, "lead") and account.office_id:
        return Q(office=account.office_id)
    return None
