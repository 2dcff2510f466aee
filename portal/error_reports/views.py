"""What citizens see: the form, the page where the answer is read, the answers that are public."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from editions.form import parts
from editions.form.keys import Key
from editions.public.reading import Reading, address, open_any, open_edition
from editions.public.views import cross_edition_view, edition_view, only_shows, page
from editions.register.register import Listed
from portal.answers.answer import enquiries
from portal.answers.reverse_index import offices_responsible
from portal.error_reports import sending
from portal.error_reports.models import ErrorReport
from portal.error_reports.sending import ReportForm, TooMany, new_slip, secret_of

NAMED = "我要纠错"


@csrf_exempt  # nobody is logged in: the slip says that the form is ours, and no cookie is needed
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, elder: bool = False) -> HttpResponse:
    """The form, of an item (?about=duties/zz-01, of an older edition &edition=2017-12) or of the list as a whole; POST
    keeps the report."""
    label = request.GET.get("edition", "")
    reading = open_edition(label, elder=elder) if label else open_any(elder=elder)
    part, listed = _item(reading, request.GET.get("about", ""))
    title = listed.title if listed else reading.register.cover.title
    text = "\n".join(cell.text for place in listed.document.places() for cell in place.cells) if listed else ""
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, title=title, text=text, initial={"slip": new_slip()})
    if sent is None or not form.is_valid():
        return _form(request, reading, form, part, listed)
    given = form.cleaned_data
    secret = secret_of(given["slip"])
    if known := ErrorReport.objects.find(secret):
        if known.kept_words is None or known.kept_words.said == given["said"]:
            return redirect(reading.url("error-report", secret=secret))
        form.begin_another()  # she went back, and wrote of something else
        return _form(request, reading, form, part, listed)
    try:
        if not form.is_proven(sending.count_place(request)):
            return _form(request, reading, form, part, listed)
        sending.count_all()
    except TooMany:
        return _form(request, reading, form, part, listed, too_many=True)
    key = Key(part.name, listed.document.code) if part and listed else None
    ErrorReport.receive(
        secret=secret,
        label=reading.edition.label,
        kind=key.kind if key else "",
        code=key.code if key else "",
        title=title if key else "",
        offices=[office.code for office in offices_responsible(reading.register, key)] if key else [],
        **{name: given[name] for name in ("said", "quoted", "proposed", "contact", "may_be_public")},
    )
    return redirect(reading.url("error-report", secret=secret))


def _item(reading: Reading, about: str) -> tuple[parts.Part | None, Listed | None]:
    """Raises Http404 where there is no such item."""
    if not about:
        return None, None
    name, _, code = about.partition("/")
    part, listed = parts.part(name), reading.register.find(name, code.upper())
    if part is None or listed is None:
        raise Http404(f"{reading.edition.label} 版里没有这一项，请从它的页面上点“纠错”。")
    return part, listed


def _form(
    request: HttpRequest,
    reading: Reading,
    form: ReportForm,
    part: parts.Part | None,
    listed: Listed | None,
    *,
    too_many: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "of_item": listed,
        "of_part": part,
        "too_many": too_many,
        "call": enquiries(reading.register),
        "hotline": settings.HOTLINE,
    }
    named = f"纠错：{listed.document.code}" if listed else NAMED
    response = page(
        request,
        "portal/error_reports/report.html",
        reading,
        "error-reports",
        {},
        named=named,
        about="清单哪里写得不对，告诉我们；承办股室在 20 个工作日内答复",
        **context,
    )
    response.status_code = 429 if too_many else 200
    response["Cache-Control"] = "no-store"
    return response


@only_shows
def one_report(request: HttpRequest, secret: str, elder: bool = False) -> HttpResponse:
    """Where whoever sent it reads the answer; nobody else knows the address."""
    reading, found = open_any(elder=elder), ErrorReport.objects.find(secret)
    if found is None:
        raise Http404("没有这个查询地址，请核对是不是抄全了。")
    where = {"secret": secret}
    response = page(
        request,
        "portal/error_reports/one.html",
        reading,
        "error-report",
        where,
        named="您的纠错",
        is_unlisted=True,
        report=found,
        words=found.kept_words,
        at=address(reading.url("error-report", **where)),
        is_listed=bool(found.key and reading.register.find(*found.key)),
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@cross_edition_view
def answers(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What was answered in public, the latest first."""
    return page(
        request,
        "portal/error_reports/answers.html",
        reading,
        "error-report-answers",
        {},
        named="公开的纠错答复",
        about=f"群众对{reading.register.cover.title}的纠错和承办股室的答复",
        answers=[
            (each, bool(each.code and reading.register.find(each.kind, each.code)))
            for each in reading.catalogue.beside["error_reports"]
        ],
    )


@edition_view
def report_offline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands in the place of the form where the site is a copy of static files."""
    return page(request, "portal/error_reports/offline.html", reading, "error-reports", {}, named=NAMED)
