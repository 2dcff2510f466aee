"""案卷评查: the list is fixed, files are drawn from it, each is scored. 案审办 does it; 局领导 and 审计 look on."""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from acts import pages
from acts.errors import Refused
from acts.pages import DATE, LINES
from cases.desk.masking import masked_for
from cases.rows.assessment import Assessment, AssessmentDraw, DrawnFile, may_assess, may_see
from cases.watching import score
from cases.watching.draw import LONGEST_SEED
from cases.watching.figures import RETURNS
from verbatim.fields import PlainForm


class DrawForm(PlainForm):
    seed = forms.CharField(label="种子", max_length=LONGEST_SEED)
    origin = forms.CharField(label="种子的来历", max_length=200)
    published_on = forms.DateField(label="种子产生的日期", widget=DATE)
    size = forms.IntegerField(label="抽取几件", min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("seed", "origin"):
            column: Any = AssessmentDraw._meta.get_field(name)
            self.fields[name].help_text = column.help_text


class ScoreForm(PlainForm):
    """For each item how many points are taken off, and why."""

    remark = forms.CharField(label="总的意见", required=False, max_length=2000, widget=LINES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in score.ITEMS:
            self.fields[f"off_{item.id}"] = forms.IntegerField(
                label=f"{item.label}扣分", min_value=0, max_value=item.points, initial=0
            )
            self.fields[f"why_{item.id}"] = forms.CharField(
                label=f"{item.label}扣分的理由",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 1, "cols": 30}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for item in score.ITEMS:
            if cleaned.get(f"off_{item.id}") and not cleaned.get(f"why_{item.id}"):
                self.add_error(f"why_{item.id}", "扣分的，请写明理由。")
        return cleaned

    def rows(self) -> list[tuple[score.Item, Any, Any]]:
        return [(item, self[f"off_{item.id}"], self[f"why_{item.id}"]) for item in score.ITEMS]

    def given(self) -> dict[str, tuple[int, str]]:
        asked = self.cleaned_data
        return {item.id: (asked[f"off_{item.id}"], asked[f"why_{item.id}"]) for item in score.ITEMS}


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        @wraps(view)
        def watched(request: HttpRequest, context: dict[str, Any], **where: Any) -> HttpResponse:
            if not may_see(request.user):
                raise PermissionDenied
            context["may_assess"] = may_assess(request.user)
            shown: HttpResponse = view(request, context, **where)
            return shown

        return pages.page(site, watched, permission="cases.view_case")

    return [
        path("assessments/", staff(overview), name="cases_assessments"),
        # /admin/cases/case/assessments/2026-1/
        path("assessments/<int:year>-<int:half>/", staff(one), name="cases_assessment"),
        path("assessments/<int:year>-<int:half>/list.txt", staff(listed), name="cases_assessment_list"),
        # /admin/cases/case/assessments/2026-1/3/
        path("assessments/<int:year>-<int:half>/<int:place>/", staff(sheet), name="cases_assessment_sheet"),
    ]


def overview(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The half-years; POST fixes the list of one."""
    possible = Assessment.possible()
    if request.method == "POST":
        if not may_assess(request.user):
            raise PermissionDenied
        asked = request.POST.get("half_year", "")
        found = next((each for each in possible if f"{each[0]}-{each[1]}" == asked), None)
        if found is None:
            raise Refused("这半年的名单已经固定，或者不在可以评查的时间。")
        made = Assessment.fix(by=request.user, year=found[0], half=found[1])
        messages.success(request, f"{made}的名单已固定，共 {len(made.listed)} 件。请公布名单摘要，等种子产生以后抽取。")
        return redirect("admin:cases_assessment", *found)
    offered = [Assessment(year=year, half=half) for year, half in possible]
    for each in offered:
        each.since, each.until = Assessment.period(each.year, each.half)
    scored = Count("draw__files__sheet", distinct=True)
    context |= {
        "title": "案卷评查",
        "assessments": Assessment.objects.select_related("draw").annotate(scored=scored),
        "possible": [each for each in offered if each.since <= each.until],
    }
    return TemplateResponse(request, "admin/cases/assessments/overview.html", context)


def one(request: HttpRequest, context: dict[str, Any], year: int, half: int) -> HttpResponse:
    """The list and what was drawn from it; POST draws."""
    assessment = _assessment(year, half)
    form = None
    if may_assess(request.user) and not assessment.is_drawn:
        form = DrawForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                assessment.take_draw(by=request.user, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, f"没有抽取：{error}")
            else:
                messages.success(request, "已抽取。")
                return redirect("admin:cases_assessment", year, half)
    elif request.method == "POST":
        raise Refused("已经抽取，不能再抽一次。") if may_assess(request.user) else PermissionDenied
    files = list(_files(assessment))
    context |= {"title": str(assessment), "assessment": assessment, "form": form, "files": files}
    if assessment.is_drawn:
        context["is_drawn_so"] = assessment.draw.is_drawn_so([each.case.number for each in files])
    return TemplateResponse(request, "admin/cases/assessments/one.html", context)


@require_safe
def listed(request: HttpRequest, context: dict[str, Any], year: int, half: int) -> HttpResponse:
    """The list, to the byte as its digest was taken."""
    assessment = _assessment(year, half)
    headers = {
        "Content-Disposition": f'attachment; filename="{assessment.list_name}"',
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(assessment.numbers, content_type="text/plain; charset=utf-8", headers=headers)


def sheet(request: HttpRequest, context: dict[str, Any], year: int, half: int, place: int) -> HttpResponse:
    """The score sheet of one file, to be filled in once, or as it was."""
    assessment = _assessment(year, half)
    file = get_object_or_404(_files(assessment), place=place)
    may_score = may_assess(request.user) and not file.is_scored and not file.took_part(request.user)
    form = None
    if request.method == "POST" and not may_score:
        raise Refused("这一份案卷已经评分，或者不由您评分。")
    if may_score:
        form = ScoreForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                done = file.score(by=request.user, given=form.given(), remark=form.cleaned_data["remark"])
            except Refused as error:
                form.add_error(None, f"没有评分：{error}")
            else:
                messages.success(request, f"{file.case.named}已评分：{done}。")
                return redirect("admin:cases_assessment", year, half)
    context |= {
        "title": f"案卷评分表：{file.case.named}",
        "assessment": assessment,
        "file": file,
        "form": form,
        "full": score.FULL,
        "limits": {"excellent": score.EXCELLENT, "passed": score.PASSED},
        "looked_at": {item.id: item.looked_at for item in score.ITEMS},
        "scores": list(file.sheet.scores.all()) if file.is_scored else [],
        "with_reasons": [act for act in file.case.timeline.all() if act.answered],
        "sent_back": file.case.timeline.filter(verb__in=RETURNS),
    }
    file.case.note_opening(request.user)
    page = TemplateResponse(request, "admin/cases/assessments/sheet.html", context)
    return masked_for(request.user, file.case, page)


def _assessment(year: int, half: int) -> Assessment:
    return get_object_or_404(Assessment.objects.select_related("draw"), year=year, half=half)


def _files(assessment: Assessment) -> Any:
    return DrawnFile.objects.filter(draw__assessment=assessment).select_related("case__office", "case__party", "sheet")
