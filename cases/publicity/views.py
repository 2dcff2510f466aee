"""What the public sees: the decisions whose term is not over. Where there is none, there is no page; where one was, its
address says that it was taken down, and nothing else."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cases.publicity.current import PublicDecisions, Shown
from cases.publicity.feed import feed_of
from editions.public.catalogue import Catalogue
from editions.public.data import JSON, closed, csv_file
from editions.public.feed import CONTENT_TYPE
from editions.public.reading import Reading, address
from editions.public.views import cross_edition_view, page

TITLE = "行政处罚决定公示"
COLUMNS = (
    "number",
    "party",
    "violation",
    "penalty",
    "bureau",
    "decided_on",
    "index_number",
    "title",
    "outline",
    "made_on",
)


def are_there(seen: Catalogue) -> bool:
    return bool(_all(seen).on(seen.day))


def _all(seen: Catalogue) -> PublicDecisions:
    kept: PublicDecisions = seen.beside["decisions"]
    return kept


def _public(reading: Reading) -> tuple[Shown, ...]:
    """Raises Http404 where there is none."""
    found = _all(reading.catalogue).on(reading.catalogue.day)
    if not found:
        raise Http404("现在没有公示的行政处罚决定。")
    return found


@cross_edition_view
def decisions(request: HttpRequest, reading: Reading) -> HttpResponse:
    """All that are public, the latest first."""
    about = f"{reading.register.bureau.name}公示的行政处罚决定"
    found = _public(reading)
    answer = page(request, "cases/decisions.html", reading, "decisions", {}, named=TITLE, about=about, shown=found)
    return _not_to_be_kept(answer, *found)


@cross_edition_view
def decision(request: HttpRequest, reading: Reading, number: int) -> HttpResponse:
    """One, until the last day of its term."""
    found = _find(reading, number)
    if isinstance(found, str):
        return _gone(request, reading, found)
    answer = page(
        request,
        "cases/decision.html",
        reading,
        "decision",
        {"number": str(number)},
        named=found.decision.number,
        about=f"{TITLE}：{found.decision.outline}",
        shown=found,
        decision=found.decision,
    )
    return _not_to_be_kept(answer, found)


def _find(reading: Reading, number: int) -> Shown | str:
    """What is public under that number, or what is said in its place. Raises Http404."""
    every, day = _all(reading.catalogue), reading.catalogue.day
    if said := every.gone(day).get(number):
        return said
    found = every.find(number, day)
    if found is None:
        raise Http404("没有这一编号的公示。")
    return found


def _gone(request: HttpRequest, reading: Reading, said: str) -> HttpResponse:
    return render(request, "errors/410.html", {"said": said, "elder": reading.elder}, status=410)


def _not_to_be_kept(answer: HttpResponse, *found: Shown) -> HttpResponse:
    """Search engines let go of it when the first term is over."""
    over = min(each.until for each in found) + datetime.timedelta(days=1)
    answer["X-Robots-Tag"] = f"noarchive, unavailable_after: {over}"
    return answer


@cross_edition_view
def decisions_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    found = _public(reading)
    content = {"decisions": [_as_data(reading, each) for each in found]}
    return _not_to_be_kept(JsonResponse(content, json_dumps_params=JSON), *found)


@cross_edition_view
def decision_json(request: HttpRequest, reading: Reading, number: int) -> HttpResponse:
    found = _find(reading, number)
    if isinstance(found, str):
        return _gone(request, reading, found)
    content = {**_as_data(reading, found), "text": _text(found)}
    return _not_to_be_kept(JsonResponse(content, json_dumps_params=JSON), found)


def _as_data(reading: Reading, found: Shown) -> dict[str, Any]:
    told = found.decision.model_dump(mode="json", include=set(COLUMNS))
    days = {"published_on": found.published_on, "corrected_on": found.corrected_on, "until": found.until}
    said = {name: day.isoformat() if day else None for name, day in days.items()}
    told = {name: told[name] for name in COLUMNS}
    return {"url": _address(reading, found), **told, **said, "changes": list(found.decision.changes)}


def data_schemas() -> dict[str, Any]:
    """What the file of a decision and the file of all of them hold (JSON Schema)."""
    text, day = {"type": "string"}, {"type": "string", "format": "date"}
    told = {name: day if name.endswith("_on") else text for name in COLUMNS}
    days = {"published_on": day, "corrected_on": {"anyOf": [day, {"type": "null"}]}, "until": day}
    lines = {"type": "array", "items": text}
    one = {"url": {**text, "format": "uri"}, **told, **days, "changes": lines}
    return {
        "decision": closed({**one, "text": lines}),
        "decisions": closed({"decisions": {"type": "array", "items": closed(one)}}),
    }


def _address(reading: Reading, found: Shown) -> str:
    return address(reading.dressed(elder=False).url("decision", number=found.number))


def _text(found: Shown) -> list[str]:
    return list(found.decision.paper.said())


@cross_edition_view
def decisions_csv(request: HttpRequest, reading: Reading) -> HttpResponse:
    found = _public(reading)
    return _not_to_be_kept(csv_file(_rows(reading, found), "cases.csv"), *found)


def _rows(reading: Reading, found: tuple[Shown, ...]) -> Iterator[list[str]]:
    yield [*(label for label, _ in found[0].decision.told(*COLUMNS)), "变更", "公示日期", "公示截止日期", "地址"]
    for each in found:
        told = [text for _, text in each.decision.told(*COLUMNS)]
        changes = "\n".join(each.decision.changes)
        yield [*told, changes, each.published_on.isoformat(), each.until.isoformat(), _address(reading, each)]


@cross_edition_view
def decisions_feed(request: HttpRequest, reading: Reading) -> HttpResponse:
    found = _public(reading)
    return _not_to_be_kept(HttpResponse(feed_of(reading, found), content_type=CONTENT_TYPE), *found)
