"""The pages of what is put away: what is still missing, how the file will be bound, and the file itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from acts.errors import Refused
from cases.archiving.contents import Contents, contents, pieces
from cases.attaching.folder import NotThere
from cases.case import Case
from cases.desk.masking import masked_for
from cases.desk.papers import sent
from cases.rows.archive import Archive
from cases.way.states import State


def kept_of(case: Case) -> Archive | None:
    """What was put away; None before."""
    return Archive.objects.filter(case=case).first()


def context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the page of a case says of it."""
    can_make = {(form.number, row.pk) for form, row in case.papers_to_make(request.user)} if _is_near(case) else set()
    wanted = [
        (each, next((row.pk for row in each.rows if (each.form.number, row.pk) in can_make), None))
        for each in case.missing_papers()
    ]
    return {"wanted": wanted, "volume": kept_of(case), "may_preview": _may_preview(request, case)}


def _is_near(case: Case) -> bool:
    return case.state in (State.AWAITING_CLOSING, State.CLOSING_PROPOSED, State.CLOSED)


def _may_preview(request: HttpRequest, case: Case) -> bool:
    """Those who put it away."""
    return _is_near(case) and Case.steps["archived"].is_open_to_role(case, request.user)


def page(request: HttpRequest, context: dict[str, Any], case: Case) -> HttpResponse:
    """案卷预览, or the list of contents as it was sealed."""
    kept = kept_of(case)
    if kept is None and not _may_preview(request, case):
        raise PermissionDenied
    try:
        if request.method == "POST" and kept is None:
            return sent(case.preview_volume(by=request.user), "pdf", f"{case.named}案卷（预览）")
        listed: Contents = kept.listed if kept else contents(pieces(case))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("admin:cases_case_change", case.pk)
    said = "案卷" if kept else "案卷预览"
    case.note_opening(request.user)
    context |= {
        "title": f"{said}：{case.named}",
        "case": case,
        "kept": kept,
        "is_on_the_case": case.is_on_the_case(request.user),
        "said": said,
        "contents": listed,
        "wanted": [] if kept else case.missing_papers(),
    }
    return masked_for(request.user, case, TemplateResponse(request, "admin/cases/case/volume_page.html", context))


def file(request: HttpRequest, case: Case) -> HttpResponse:
    """The PDF that was sealed; that it was taken is kept."""
    if kept_of(case) is None:
        raise Http404("这一案还没有归档。")
    try:
        return sent(case.hand_out_volume(request.user), "pdf", f"{case.named}案卷")
    except NotThere as error:
        messages.error(request, str(error))
        return redirect("admin:cases_case_change", case.pk)
