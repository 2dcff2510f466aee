"""The public pages that span the parts: the list turned round, and search."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from acts.errors import Refused
from boundaries.matrix import matrix
from editions.form import parts
from editions.form.keys import Key
from editions.public.changes import NotCompared, against
from editions.public.reading import Reading, open_edition
from editions.public.taking_turns import one_at_a_time
from editions.public.views import PublicView, edition_view, only_shows, page
from paper.faces import TypesettingUnavailable
from portal.answers import search as finding
from portal.answers.folding import words
from portal.answers.jumps import Jump, exact_target, similar_targets
from portal.answers.reverse_index import KINDS, by_part, reverse_index_of
from portal.errors import being_typeset
from portal.papers import changes_table, printing, queue
from portal.papers.changes_table import ChangesPaper
from portal.papers.printing import ListPaper, NoSuchScope, Paper, Scope
from portal.papers.queue import PaperUnavailable

LONGEST_QUESTION = 100
ON_A_PAGE = 20
NOBODY_SETS = "排版的进程现在没有运行，请告诉本站管理员；它一运行就会排好。"
FACETS = {"part": "部分", "offices": "股室", "departments": "部门"}


@edition_view
def all_of_kind(request: HttpRequest, reading: Reading, kind: str) -> HttpResponse:
    register = reading.register
    index = reverse_index_of(register)
    rows = [
        {
            "document": document,
            "responsible": index.responsible.get(key, []),
            "mentioned": index.mentioned.get(key, []),
            "added": index.added.get(key, []),
        }
        for document in register.documents(kind)
        for key in [Key(kind, document.code)]
    ]
    context: dict[str, Any] = {"rows": rows, "kind": kind, "label": KINDS[kind], "title": KINDS[kind]}
    if kind == "departments":
        departments = {document.code: document for document in register.documents(kind)}
        context["matters"] = register.documents("boundaries")
        context["matrix"] = matrix(context["matters"], departments)
    return page(request, f"portal/{kind}.html", reading, "all-of-kind", {"kind": kind}, **context)


@edition_view
def one_of_kind(request: HttpRequest, reading: Reading, kind: str, code: str) -> HttpResponse:
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("one-of-kind", kind=kind, code=code))
    listed = reading.register.find(kind, code.upper())
    if listed is None:
        raise Http404(f"{reading.edition.label} 版的{parts.get(kind).label}里没有 {code.upper()}。")
    index, key = reverse_index_of(reading.register), Key(kind, listed.document.code)
    context = {
        "responsible": by_part(index.responsible.get(key, [])),
        "mentioned": by_part(index.mentioned.get(key, [])),
        "added": by_part(index.added.get(key, [])),
        "quoted": [c.quoted for c in reading.register.documents("citations") if c.law == key.code],
    }
    return page(
        request,
        f"portal/{kind}_one.html",
        reading,
        "one-of-kind",
        {"kind": kind, "code": code},
        kind=kind,
        label=KINDS[kind],
        code=listed.document.code,
        document=listed.document,
        title=getattr(listed.document, "title", None) or listed.document.name,
        **context,
    )


@only_shows
def search(request: HttpRequest, elder: bool = False) -> HttpResponse:
    """Every item of the edition in force that holds all the words; what is one thing's name leads straight there."""
    reading = open_edition(None, elder=elder)
    register, question = reading.register, request.GET.get("q", "").strip()
    asked = question[:LONGEST_QUESTION].strip()
    if "all" not in request.GET and (jump := exact_target(register, asked)):
        return redirect(_target_url(reading, jump))
    wanted = words(asked)
    everything = found = finding.find(reading.edition, wanted) if wanted else []
    if not everything and (jump := exact_target(register, asked)):
        return redirect(_target_url(reading, jump))
    chosen = {kind: code for kind in FACETS if (code := request.GET.get(kind, ""))}
    for kind, code in chosen.items():
        found = finding.narrowed(register, found, kind=kind, code=code)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "longest": LONGEST_QUESTION if len(question) > LONGEST_QUESTION else 0,
        "wanted": wanted,
        "names": finding.names(register, wanted) if wanted else [],
        "everything": everything,
        "cut": len(everything) >= finding.MOST,
        "chosen": chosen,
        "facets": [
            (label, [_facet(asked, chosen, facet) for facet in finding.facets(register, everything, kind=kind)])
            for kind, label in FACETS.items()
        ],
        "shown": shown,
        "results": [_result(reading, finding.build_result(register, key, wanted)) for key in shown],
        "page_url": _asking(asked, chosen) + "&page=",
        "other_dress": reading.dressed(elder=not elder).url("search") + _asking(asked, chosen) * bool(asked),
        "ask": register.find("services", settings.ENQUIRIES),
    }
    if wanted and not everything:
        context |= {
            "held": finding.fragments_present(register, wanted),
            "nearest": similar_targets(register, asked) or finding.similar_terms(register, wanted),
        }
    return page(request, "portal/search.html", reading, "search", {}, permanent="", **context)


@edition_view
def search_offline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands in the place of search where the site is a copy of static files."""
    return page(request, "portal/search_offline.html", reading, "search", {}, permanent="")


def _list_pdf(request: HttpRequest, label: str | None = None, kind: str = "", code: str = "") -> HttpResponseBase:
    """The PDF of an edition, a part, an item, or an office's own list: set once, then kept."""
    edition, scope = open_edition(label).edition, Scope(kind, code.upper())
    try:
        paper = ListPaper.of(edition, scope)
    except NoSuchScope as error:
        raise Http404(str(error)) from None
    return _sent(request, paper)


def _list_draft(request: HttpRequest, reading: Reading, kind: str = "", code: str = "") -> HttpResponse:
    scope = Scope(kind, code.upper())
    draft = functools.partial(printing.draft_pdf, scope, reading.register, label=reading.edition.label)
    return draft_sent(request, draft, scope.file_name(_previewed(reading)))


list_pdf = PublicView(_list_pdf, _list_draft, is_ready=False)


def _changes_pdf(request: HttpRequest, label: str, other: str = "") -> HttpResponseBase:
    """修订对照表 of an edition, against the one before or any other."""
    reading = open_edition(label)
    try:
        changes = against(reading.catalogue, reading.edition, other)
    except NotCompared as error:
        raise Http404(str(error)) from None
    return _sent(request, ChangesPaper(changes))


def _changes_draft(request: HttpRequest, reading: Reading, other: str = "") -> HttpResponse:
    try:
        changes = against(reading.catalogue, reading.edition, other)
    except NotCompared as error:
        raise Http404(str(error)) from None
    draft = functools.partial(changes_table.draft_pdf, changes)
    return draft_sent(request, draft, f"changes-{changes.old.label}-{_previewed(reading)}.pdf")


changes_pdf = PublicView(_changes_pdf, _changes_draft, is_ready=False)


def _previewed(reading: Reading) -> str:
    assert reading.preview
    return reading.preview.name


def draft_sent(request: HttpRequest, draft: Callable[[], bytes], name: str) -> HttpResponse:
    """A PDF of what is not public, never kept; where it cannot be made, the sentence that says why."""
    try:
        with one_at_a_time("draft", "正在排另一份草稿，排好就轮到这一份。"):
            content = draft()
    except NoSuchScope as error:
        raise Http404(str(error)) from None
    except (TypesettingUnavailable, Refused) as error:
        return _no_pdf(request, error)
    name = f"{name.removesuffix('.pdf')}-{timezone.localtime():%Y%m%d-%H%M}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _sent(request: HttpRequest, paper: Paper) -> HttpResponse:
    """A kept paper, by its own ETag. One that is not there yet is asked for, and a page comes until it is."""
    try:
        etag = f'"{paper.key}"'
        if unchanged := get_conditional_response(request, etag=etag):
            return unchanged
        content = paper.kept()
        if content is None:
            queue.ask(paper)
            return being_typeset(request, "" if queue.is_at_work() else NOBODY_SETS)
    except (TypesettingUnavailable, PaperUnavailable) as error:
        return _no_pdf(request, error)
    named = f'inline; filename="{paper.file_name}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Content-Disposition": named}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _no_pdf(request: HttpRequest, why: Exception) -> HttpResponse:
    response = render(request, "errors/no_pdf.html", {"said": why}, status=503)
    response["Retry-After"] = "60"
    return response


def _target_url(reading: Reading, jump: Jump) -> str:
    return reading.url(jump.name, **jump.where) + (f"#{jump.anchor}" if jump.anchor else "")


def _asking(asked: str, chosen: dict[str, str]) -> str:
    return "?" + urlencode({"q": asked, "all": 1, **chosen})


def _facet(asked: str, chosen: dict[str, str], facet: finding.Facet) -> dict[str, Any]:
    """A facet with the address that chooses it, or gives it up."""
    is_chosen = chosen.get(facet.kind) == facet.code
    others = {kind: code for kind, code in chosen.items() if kind != facet.kind}
    url = _asking(asked, others if is_chosen else {**others, facet.kind: facet.code})
    return {"name": facet.name, "count": facet.count, "chosen": is_chosen, "url": url}


def _result(reading: Reading, found: finding.Result) -> dict[str, Any]:
    """What was found, with the address of its page: an item's own, a frame's part, the cover's contents."""
    kind, code = found.key
    if kind == "frames":
        url, part = reading.url("part", part=code), parts.part(code)
    elif part := parts.part(kind):
        url = reading.url("item", part=kind, code=code)
    else:
        url = reading.url("contents")
    return {
        "url": url,
        "part": part,
        "code": code if part and kind == part.name else "",
        "title": found.title,
        "hits": found.hits,
    }
