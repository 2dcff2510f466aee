"""The pages on which a case is handled: a clue taken down, the case as it stands, its acts, its party."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from acts import pages
from acts.errors import Refused
from acts.steps import Situation
from cases.attaching.folder import NotThere
from cases.case import Case
from cases.chapter import REGIME, Paragraph, paragraph
from cases.desk import papers, publicity, volume
from cases.desk.approved_text import weighed_text
from cases.desk.brings import brings_of
from cases.desk.forms import FORMS, ClueForm, PartyForm
from cases.desk.like_cases import BESIDE, like_cases
from cases.desk.masking import masked_for
from cases.desk.weighing import WeighForm
from cases.rows.party import Reading
from cases.way.states import IN_INQUIRY, OPEN
from editions.life.edition import Edition
from history.forms import reason_in, row_for_form

MOST_READINGS = 100
"""So many stand on the page of a case; all are kept."""


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="cases.view_case")

    return [
        # /admin/cases/case/add/
        path("add/", staff(register), name="cases_case_add"),
        # /admin/cases/case/5/change/
        path("<int:pk>/change/", staff(page), name="cases_case_change"),
        # /admin/cases/case/5/do/filed/
        path("<int:pk>/do/<slug:verb>/", staff(act), name="cases_case_act"),
        # /admin/cases/case/5/paper/preview.pdf
        path("<int:pk>/paper/preview.pdf", staff(preview), name="cases_case_paper_preview"),
        # /admin/cases/case/5/paper/12.pdf, 12.docx
        path("<int:pk>/paper/<int:number>.<slug:kind>", staff(paper), name="cases_case_paper"),
        # /admin/cases/case/5/volume/, volume.pdf
        path("<int:pk>/volume/", staff(volume_page), name="cases_case_volume"),
        path("<int:pk>/volume.pdf", staff(volume_file), name="cases_case_volume_file"),
        # /admin/cases/case/5/party/
        path("<int:pk>/party/", staff(party), name="cases_case_party"),
        path("<int:pk>/party/change/", staff(change_party), name="cases_case_change_party"),
        # /admin/cases/case/5/file/2/
        path("<int:pk>/file/<int:number>/", staff(file), name="cases_case_file"),
    ]


def _case(request: HttpRequest, pk: int) -> Case:
    """One that this person may look at."""
    return get_object_or_404(Case.objects.seen_by(request.user).with_its_rows(), pk=pk)


def register(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """登记线索."""
    if not Case.may(request.user, "handle"):
        raise PermissionDenied
    form = ClueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            case = Case.register(by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, f"没有登记：{error}")
        else:
            messages.success(request, f"{case.named}已登记。{case.waits_for}")
            return redirect("admin:cases_case_change", case.pk)
    context |= {"title": "登记线索", "form": form, "paragraphs": _paragraphs("registered")}
    return TemplateResponse(request, "admin/cases/case/register.html", context | _rests_on())


@require_safe
def page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """A case as it stands: who, what, by when, what was done, and what this person can do."""
    case = _case(request, pk)
    case.note_opening(request.user)
    offered = case.steps.offered(Situation(case, request.user))
    context |= {
        "title": case.named,
        "case": case,
        "awaited": [step for step in offered if step.is_awaited],
        "others": [step for step in offered if not step.is_awaited],
        "party_changes": case.party.changes(),
        "weighed": weighed_text(weighing) if (weighing := case.weighing()) else [],
        "like": like_cases(case),
        "conclusion": case.conclusion(),
        "owed": case.owed(timezone.localdate()) if case.served_on() else None,
        "inspections": case.inspections.select_related("first_officer__account", "second_officer__account"),
        "evidence": case.evidence.select_related("first_officer__account", "second_officer__account").prefetch_related(
            "attachments__void"
        ),
        "other_files": case.attachments.filter(evidence=None).select_related("void"),
        "timeline": case.timeline.all(),
        "deadlines": [(each, each.is_over(timezone.localtime())) for each in case.deadlines()],
        "papers": [(each, case.may_void(each, request.user)) for each in case.papers.without_files()],
        "readings": _readings(request, case),
        "is_on_the_case": case.is_on_the_case(request.user),
        "publicity": publicity.publicity_of(case),
        **volume.context(request, case),
    }
    return masked_for(request.user, case, TemplateResponse(request, "admin/cases/case/page.html", context))


def _readings(request: HttpRequest, case: Case) -> list[Reading] | None:
    """The latest of them; None for whom they are not."""
    if not case.shows_readings_to(request.user):
        return None
    return list(case.readings.select_related("attachment")[:MOST_READINGS])


def act(request: HttpRequest, context: dict[str, Any], pk: int, verb: str) -> HttpResponse:
    """GET shows what the act will do and what stands against it; POST does it."""
    case = _case(request, pk)
    context |= _beside(request, case, verb)
    context["brings"] = brings_of(case.steps[verb]) if verb in case.steps else []
    context["like"] = like_cases(case) if verb in BESIDE else None
    answer = pages.act(
        request,
        case,
        verb,
        forms=FORMS | {"weighed": WeighForm} | publicity.FORMS,
        template=papers.TEMPLATE if verb == "paper_issued" else "admin/cases/case/act.html",
        back=reverse("admin:cases_case_change", args=[pk]),
        context=context,
    )
    if isinstance(answer, TemplateResponse):
        answer.add_post_render_callback(lambda page: case.note_looking(request.user))
    return answer


@require_safe
def file(request: HttpRequest, context: dict[str, Any], pk: int, number: int) -> HttpResponse:
    """A file of the case, to be saved: it came from outside, so no browser shows it. GET leaves a line of who took it;
    HEAD takes nothing out."""
    case = _case(request, pk)
    found = get_object_or_404(case.attachments, pk=number)
    try:
        case.refuse_who_is_not_on_it(request.user)
        content = found.content() if request.method == "HEAD" else case.take_out(found, request.user)
    except NotThere as error:
        messages.error(request, f"{found.name}：{error}")
        return redirect("admin:cases_case_change", pk)
    charset = "; charset=utf-8" if found.media_type == "text/plain" else ""
    headers = {
        "Content-Disposition": str(content_disposition_header(True, found.name)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=f"{found.media_type}{charset}", headers=headers)


def preview(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """POST: a paper as it would be issued."""
    if request.method != "POST":
        return redirect("admin:cases_case_act", pk, "paper_issued")
    case = _case(request, pk)
    context |= {"back": reverse("admin:cases_case_change", args=[pk]), **_beside(request, case, "paper_issued")}
    return papers.preview(request, context, case)


@require_safe
def paper(request: HttpRequest, context: dict[str, Any], pk: int, number: int, kind: str) -> HttpResponse:
    """A file of a paper that was issued."""
    return papers.file(request, _case(request, pk), number, kind)


def volume_page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """What is bound, in its order; POST gives it as PDF as long as it is not put away."""
    return volume.page(request, context, _case(request, pk))


@require_safe
def volume_file(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """The file of a case that was put away."""
    return volume.file(request, _case(request, pk))


def party(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """The party in full, for those on the case: it is asked for, and that it was read is kept."""
    case = _case(request, pk)
    context |= {"title": f"当事人：{case.named}", "case": case, "may_change": _may_write(request, case)}
    if request.method == "POST":
        context["party"] = case.read_party(request.user)
    return TemplateResponse(request, "admin/cases/case/party.html", context)


@transaction.atomic
def change_party(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """By those who handle the case; two at it lose no word."""
    case = _case(request, pk)
    if not _may_write(request, case):
        raise PermissionDenied
    is_sent = request.method == "POST"
    if not is_sent:
        case.read_party(request.user)
    row = row_for_form(case.party, is_written=is_sent)
    form = PartyForm(request.POST if is_sent else None, instance=row)
    is_fixed = case.spot_penalty_or_none() is not None or (case.concluded_on and case.state not in IN_INQUIRY)
    known = ["kind", "name", *(["identity_number"] if row.identity_number else [])]
    for name in known if is_fixed else ():
        form.fields[name].disabled = True  # what was concluded, told and decided hangs on who it is
        if form.data.get(name, getattr(row, name)) != getattr(row, name):
            form.add_error(name, "已经写进报告或者决定，现在不能改；要改的，先退回调查。")
    if form.is_valid():
        form.save(commit=False).save(reason=reason_in(form.data))
        for conflict in filter(None, [form.conflict]):
            messages.info(request, f"您打开以后，{'；'.join(map(str, conflict.changes))}。对方的改动都还在。")
        messages.success(request, f"{case.named}的当事人信息已保存。")
        return redirect("admin:cases_case_change", pk)
    if is_sent:
        form.show_again()
    context |= {"title": f"修改当事人：{case.named}", "case": case, "form": form}
    context["conflicts"] = [form.conflict] if form.conflict else []
    return TemplateResponse(request, "admin/cases/case/change_party.html", context)


def _may_write(request: HttpRequest, case: Case) -> bool:
    return case.state in OPEN and case.may(request.user, "handle") and case.concerns(request.user, "handle")


def _beside(request: HttpRequest, case: Case, verb: str) -> dict[str, Any]:
    """The case, and what the list says of the act; of a paper, what it says of the act to which the paper belongs."""
    form, _ = papers.asked_for(request)
    return {"case": case, "paragraphs": _paragraphs(form.act if form else verb), **_rests_on()}


def _rests_on() -> dict[str, Any]:
    """The edition from which the paragraphs are read."""
    edition = Edition.objects.in_force()
    known = edition is not None and edition.register().find("supervision", REGIME) is not None
    where = {"label": edition.label, "part": "supervision", "code": REGIME.lower()} if edition and known else {}
    return {"edition": edition, "regime_url": reverse("edition:item", kwargs=where) if where else ""}


def _paragraphs(verb: str) -> list[Paragraph]:
    """What the list in force says of an act."""
    edition = Edition.objects.in_force()
    if edition is None or verb not in Case.steps:
        return []
    register = edition.register()
    return [found for anchor in Case.steps[verb].paragraphs if (found := paragraph(register, anchor))]
