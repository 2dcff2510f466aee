"""What the public sees of the standards: those in force, each with where it comes from (清单十五 asks for it)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse

from cases.discretion.documents import StandardsDocument
from editions.public.data import JSON
from editions.public.reading import Reading, open_any
from editions.public.views import cross_edition_view, only_shows, page
from verbatim.folding import words

TITLE = "行政处罚裁量基准"
LONGEST_QUESTION = 100


def _in_force(reading: Reading) -> StandardsDocument:
    kept: StandardsDocument = reading.catalogue.beside["standards"]
    return kept.on(reading.catalogue.day)


@cross_edition_view
def standards(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Documents, articles with their bands, and factors: those in force today."""
    about = f"{reading.register.cover.title}：现行的裁量文件、罚则和裁量档，逐档写明出处"
    return page(
        request,
        "cases/standards.html",
        reading,
        "standards",
        {},
        named=TITLE,
        about=about,
        **_shown(_in_force(reading)),
    )


@only_shows
def find_standards(request: HttpRequest, elder: bool = False) -> HttpResponse:
    """Those that hold all the words; all of them where there are none."""
    reading, asked = open_any(elder=elder), request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    found = _in_force(reading).holding(words(asked))
    other = reading.dressed(elder=not elder).url("find-standards") + "?" + urlencode({"q": asked})
    return page(
        request,
        "cases/standards_found.html",
        reading,
        "find-standards",
        {},
        named=f"{TITLE}：{asked or '查找'}",
        is_unlisted=True,
        asked=asked,
        other_dress=other,
        **_shown(found),
    )


@cross_edition_view
def find_standards_offline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands in its place where the site is a copy of static files."""
    template = "cases/standards_offline.html"
    return page(request, template, reading, "find-standards", {}, named=TITLE, is_unlisted=True)


def _shown(seen: StandardsDocument) -> dict[str, Any]:
    bands = [(standard, band) for standard in seen.standards for band in standard.bands]
    return {
        "seen": seen,
        "provisions": [(each, [pair for pair in bands if pair[1].provision == each.code]) for each in seen.provisions],
        "for_all": [pair for pair in bands if not pair[1].provision],
        "factors": [(standard, factor) for standard in seen.standards for factor in standard.factors],
    }


@cross_edition_view
def standards_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    return JsonResponse(_in_force(reading).model_dump(mode="json"), json_dumps_params=JSON)
