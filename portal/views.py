"""The public pages that span the parts: the list turned round, and its papers."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from acts.errors import Refused
from boundaries.matrix import matrix
from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.public import edition_cache
from editions.public.changes import ChangedDocument, NotCompared, against
from editions.public.feed import Subject
from editions.public.feed_views import latest_title, subject_response, titles_of
from editions.public.reading import Reading, open_edition
from editions.public.taking_turns import one_at_a_time
from editions.public.views import PublicView, cross_edition_view, edition_view, page
from paper.faces import TypesettingUnavailable
from portal.answers.answer import phones_of
from portal.answers.reverse_index import KINDS, by_part, named_by, reverse_index_of
from portal.answers.reverse_index import named as name_of
from portal.errors import being_typeset
from portal.papers import changes_table, printing, queue
from portal.papers.changes_table import ChangesPaper
from portal.papers.printing import ListPaper, NoSuchScope, Paper, Scope
from portal.papers.queue import PaperUnavailable

NOBODY_SETS = "排版的进程现在没有运行，请告诉本站管理员；它一运行就会排好。"


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
            "phones": phones_of(register, key) if kind == "offices" else (),
        }
        for document in register.documents(kind)
        for key in [Key(kind, document.code)]
    ]
    context: dict[str, Any] = {"rows": rows, "kind": kind, "label": KINDS[kind]}
    if kind == "departments":
        departments = {document.code: document for document in register.documents(kind)}
        context["matters"] = register.documents("boundaries")
        context["matrix"] = matrix(context["matters"], departments)
    named = KINDS[kind]
    about = _turned_round(reading, named, named)
    return page(
        request, f"portal/{kind}.html", reading, "all-of-kind", {"kind": kind}, named=named, about=about, **context
    )


@edition_view
def one_of_kind(request: HttpRequest, reading: Reading, kind: str, code: str) -> HttpResponse:
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("one-of-kind", kind=kind, code=code))
    listed = reading.register.find(kind, code.upper())
    if listed is None:
        raise Http404(f"{reading.edition.label} 版的{parts.get(kind).label}里没有 {code.upper()}。")
    index, key = reverse_index_of(reading.register), Key(kind, listed.document.code)
    named = name_of(listed.document)
    context: dict[str, Any] = {
        "responsible": by_part(index.responsible.get(key, [])),
        "mentioned": by_part(index.mentioned.get(key, [])),
        "added": by_part(index.added.get(key, [])),
        "phones": phones_of(reading.register, key) if kind == "offices" else (),
        "quoted": [c.quoted for c in reading.register.documents("citations") if c.law == key.code],
    }
    return page(
        request,
        f"portal/{kind}_one.html",
        reading,
        "one-of-kind",
        {"kind": kind, "code": code},
        named=named,
        about=_turned_round(reading, named, KINDS[kind]),
        kind=kind,
        label=KINDS[kind],
        code=listed.document.code,
        document=listed.document,
        **context,
    )


@cross_edition_view
def office_feed(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """What editions changed of an office, and of the items that name it."""
    if code != code.lower():
        return HttpResponsePermanentRedirect(reverse("office-feed", args=[code.lower()]))
    key = Key("offices", code.upper())
    title = latest_title(reading, key)

    def concerns(change: ChangedDocument, old: Edition, new: Edition) -> bool:
        named = (edition_cache.compute(named_by, edition).get(change.key, ()) for edition in (old, new))
        return change.key == key or any(key in each for each in named)

    subject = Subject(
        title=title,
        page=reverse("one-of-kind", args=["offices", code])
        if reading.register.find(*key)
        else reverse("all-of-kind", args=["offices"]),
        feed=reverse("office-feed", args=[code]),
        thing=f"offices/{code}",
        is_in=lambda edition: key in titles_of(edition),
        concerns=concerns,
    )
    return subject_response(reading, subject)


def _turned_round(reading: Reading, named: str, by: str) -> str:
    return f"{named}：{reading.register.cover.title}，按{by}查看"


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
