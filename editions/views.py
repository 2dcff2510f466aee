"""The public pages, one set for all parts: contents, part, item; the editions; the data."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from editions import parts, schema
from editions.reading import Reading, open_any, open_edition
from editions.register import SCHEMA

JSON = {"ensure_ascii": False, "indent": 1}


def is_part(name: str) -> bool:
    return parts.part(name) is not None


def ready(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer depends on the catalogue and the path alone (editions.ready)."""
    view = csrf_exempt(view)  # they only show; another method is answered with 405
    view.ready = True  # type: ignore[attr-defined]
    return view


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one edition: gets a Reading in place of the label. What it `shows` can be shown of a preview too."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, label: str | None = None, elder: bool = False, **where: Any) -> HttpResponse:
        return view(request, open_edition(label, elder=elder), **where)

    wrapped.shows = view  # type: ignore[attr-defined]
    return ready(wrapped)


def page(
    request: HttpRequest, template: str, reading: Reading, name: str, where: dict[str, str], **context: Any
) -> HttpResponse:
    """A public page: `name` and `where` are what its address is made of."""
    context = {
        "reading": reading,
        "register": reading.register,
        "edition": reading.edition,
        "parts": parts.parts(),
        "here": name,
        "permanent": "" if reading.preview else reading.permanent_url(name, **where),
        "plain": reading.dressed(elder=False).url(name, **where),
        "other_dress": reading.dressed(elder=not reading.elder).url(name, **where),
        **context,
    }
    return render(request, template, context)


@reads
def contents(request: HttpRequest, reading: Reading) -> HttpResponse:
    sections = [
        {"part": part, "frame": reading.register.frame(part.name), "items": reading.register.of(part.name)}
        for part in parts.parts()
    ]
    return page(request, "editions/contents.html", reading, "contents", {}, sections=sections)


@reads
def part(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    here = _part(part)
    return page(
        request,
        f"{part}/part.html",
        reading,
        "part",
        {"part": part},
        part=here,
        frame=reading.register.frame(part),
        items=reading.register.of(part),
    )


@reads
def item(request: HttpRequest, reading: Reading, part: str, code: str) -> HttpResponse:
    here = _part(part)
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("item", part=part, code=code))
    listed = reading.register.find(part, code.upper())
    if listed is None:
        raise Http404(_not_listed(reading, here, code.upper()))
    previous, following = reading.register.neighbours(part, code.upper())
    return page(
        request,
        f"{part}/item.html",
        reading,
        "item",
        {"part": part, "code": code},
        part=here,
        frame=reading.register.frame(part),
        serial=listed.serial,
        document=listed.document,
        previous=previous,
        following=following,
    )


@ready
@require_safe
def editions(request: HttpRequest, elder: bool = False) -> HttpResponse:
    reading = open_any(elder=elder)
    published = [(edition, edition.register()) for edition in reading.catalogue.published]
    return page(request, "editions/editions.html", reading, "editions", {}, permanent="", published=published)


@reads
def list_json(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The whole edition in the interchange form, which load_register reads."""
    edition = reading.edition
    head = {
        "label": edition.label,
        "kind": edition.kind,
        "state": edition.state,
        "effective_on": edition.effective_on.isoformat(),
        "effective_day_assumed": edition.effective_day_assumed,
        "content_digest": edition.content_digest,
        "chain_digest": edition.chain_digest,
        "url": edition.get_absolute_url(),
    }
    content = {"schema": SCHEMA, "edition": head, **reading.register.dump()}
    return JsonResponse(content, json_dumps_params=JSON)


@ready
@require_safe
def schema_json(request: HttpRequest) -> HttpResponse:
    """JSON Schema of list.json."""
    return JsonResponse(schema.interchange(), json_dumps_params=JSON, content_type="application/schema+json")


def _part(name: str) -> parts.Part:
    found = parts.part(name)
    assert found is not None  # the URL converter lets nothing else through
    return found


def _not_listed(reading: Reading, part: parts.Part, code: str) -> str:
    for retired in reading.register.documents("retired"):
        if (retired.kind, retired.code) == (part.name, code):
            label = reading.edition.label
            return f"{code} 已于 {retired.retired_on:%Y-%m-%d} 取消，{label} 版不再列入；可在以前的版本里查看。"
    return f"{reading.edition.label} 版的{part.label}里没有 {code}。"
