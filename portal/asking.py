"""The page of questions: first the answer, then where the words stand in the list."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from editions.form import parts
from editions.public import catalogue
from editions.public.reading import Reading, address, open_edition
from editions.public.views import edition_view, only_shows, page
from portal.answers import search as finding
from portal.answers.answer import Answer, Card, answer
from portal.answers.jumps import Jump, exact_target, similar_targets
from portal.answers.models import UnansweredQuestion
from portal.answers.vocabulary import Vocabulary
from verbatim.folding import words

SEARCH = "查找"
LONGEST_QUESTION = 100
ON_A_PAGE = 20
FACETS = {"part": "部分", "offices": "股室", "departments": "部门"}
log = logging.getLogger(__name__)


@only_shows
def search(request: HttpRequest, label: str | None = None, elder: bool = False) -> HttpResponse:
    """The answer, and every item that holds all the words; what is one thing's name leads straight there."""
    reading = open_edition(label, elder=elder)
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
    context: dict[str, Any] = {
        "asked": asked,
        "longest": LONGEST_QUESTION if len(question) > LONGEST_QUESTION else 0,
        "wanted": wanted,
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
        "hotline": settings.HOTLINE,
        "asks_below": not wanted,
    }
    if wanted and not chosen and shown.number == 1:
        context |= _answered(reading, asked)
        context["names"] = finding.names(register, wanted)
        context["nearest"] = similar_targets(register, asked)
    shown_page = page(
        request, "portal/search.html", reading, "search", {}, named=asked or SEARCH, is_unlisted=True, **context
    )
    shown_page["Cache-Control"] = "private, no-cache"  # what somebody asks is nobody else's
    return shown_page


@only_shows
def find(request: HttpRequest, label: str | None = None, elder: bool = False) -> HttpResponse:
    """The finder's old address: one box, one page."""
    query = request.GET.urlencode()
    return redirect(open_edition(label, elder=elder).url("search") + (f"?{query}" if query else ""), permanent=True)


@edition_view
def search_offline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands in the place of search where the site is a copy of static files."""
    return page(request, "portal/search_offline.html", reading, "search", {}, named=SEARCH, is_unlisted=True)


def _answered(reading: Reading, asked: str) -> dict[str, Any]:
    vocabulary: Vocabulary = reading.catalogue.beside["vocabulary"]
    found = answer(reading.register, vocabulary, asked)
    if found.unsaid and not reading.permanent:
        _note(asked, found)
    return {
        "answer": found,
        "cards": [_card(reading, card) for card in found.cards],
        "behind": list(dict.fromkeys(card.row.listed for card in found.cards if _is_behind(card))),
    }


def look_ahead() -> None:
    """At the start of a worker: what every answer needs is made before somebody waits for the first."""
    try:
        seen = catalogue.current()
        if seen.in_force:
            answer(seen.in_force.register(), seen.beside["vocabulary"], "")
    except DatabaseError as error:
        log.warning("no answers made ready at the start: %s", error)


def _note(asked: str, found: Answer) -> None:
    """Nobody waits for it, and nobody is turned away where it cannot be written."""
    assert found.unsaid
    try:
        UnansweredQuestion.note(asked, found.unsaid)
    except DatabaseError as error:
        log.warning("an unanswered question was not counted: %s", error)


def _card(reading: Reading, card: Card) -> dict[str, Any]:
    """A card with the addresses of what it shows: the page of the row, and for good."""
    where = {"part": card.row.part.name, "code": card.row.item.code}
    anchor = f"#{card.row.place.anchor}" if card.row.place.anchor else ""
    return {
        "card": card,
        "url": reading.url("item", **where) + anchor,
        "permanent": address(reading.permanent_url("item", **where) + anchor),
        "pages": [
            (document.name, reading.url("one-of-kind", kind=key.kind, code=key.code))
            for document, key in zip(card.who, card.keys, strict=True)
        ],
    }


def _is_behind(card: Card) -> bool:
    """Whether the list prints a basis or a case beside it."""
    return bool(getattr(card.row.item, "bases", ()) or getattr(card.row.item, "case", ""))


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
