"""The public pages, one set for all parts: contents, part, item; the editions; the data."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from editions.form import parts
from editions.life.edition import Edition
from editions.public import catalogue, edition_cache
from editions.public.addresses import group_of
from editions.public.changes import NotCompared, against, latest, older_first
from editions.public.item_history import history
from editions.public.reading import Reading, address, open_any, open_edition
from editions.public.taking_turns import one_at_a_time
from editions.register.register import Listed, Register

COMPARING = "正在为别人比较各版，比完就轮到您。"
View = Callable[..., HttpResponseBase]


def is_part(name: str) -> bool:
    return parts.part(name) is not None


def only_shows(view: View) -> View:
    """A page that only shows: who sends it a form is told so at once. There is no token to ask for, and no line is left
    of one that was missing."""
    shown: View = csrf_exempt(require_safe(view))
    return shown


class PublicView:
    """A public view, which only shows. What it shows of a reading can be shown of a preview too (`of`)."""

    csrf_exempt = True

    def __init__(self, live: View, of: View, *, is_ready: bool) -> None:
        self.live, self.of = live, of
        self.is_ready = is_ready
        """Its answer depends on the catalogue and the path alone (editions.public.ready_bytes)."""

    def __call__(self, request: HttpRequest, **where: Any) -> HttpResponseBase:
        return require_safe(self.live)(request, **where)


def edition_view(view: View) -> PublicView:
    """A view of one edition: gets a Reading in place of the label."""

    @wraps(view)
    def live(request: HttpRequest, label: str | None = None, elder: bool = False, **where: Any) -> HttpResponseBase:
        return view(request, open_edition(label, elder=elder), **where)

    return PublicView(live, view, is_ready=True)


def cross_edition_view(view: View) -> PublicView:
    """A view of no one edition, as `reads` is of one: its Reading is there for the catalogue."""

    @wraps(view)
    def live(request: HttpRequest, elder: bool = False, **where: Any) -> HttpResponseBase:
        return view(request, open_any(elder=elder), **where)

    return PublicView(live, view, is_ready=True)


def page(
    request: HttpRequest,
    template: str | list[str],
    reading: Reading,
    name: str,
    where: dict[str, str],
    *,
    named: str,
    about: str = "",
    is_unlisted: bool = False,
    **context: Any,
) -> HttpResponse:
    """A public page: `name` and `where` are what its address is made of; `named` and `about` are what it says of itself
    in a list of tabs, a search engine and a message that shares it. What is unlisted depends on who asks: no search
    engine is to keep it, and nobody cites it."""
    cover, plain = reading.register.cover, reading.dressed(elder=False).url(name, **where)
    is_kept = group_of(name).of_each_edition and not is_unlisted and not reading.preview
    of_edition = f"（{reading.edition.named}）" if is_kept and reading.permanent else ""
    context = {
        "page_named": named,
        "page_about": (about or f"{cover.title}{cover.total_line}") + of_edition,
        "page_address": "" if reading.preview else address(plain),
        "reading": reading,
        "register": reading.register,
        "edition": reading.edition,
        "parts": reading.register.parts,
        "here": name,
        "is_unlisted": is_unlisted,
        "permanent": address(reading.permanent_url(name, **where)) if is_kept else "",
        "other_dress": reading.dressed(elder=not reading.elder).url(name, **where),
        **context,
    }
    return render(request, template, context)


_openings: list[tuple[str, Callable[[Reading], dict[str, Any]]]] = []


def register_opening(template: str, context: Callable[[Reading], dict[str, Any]]) -> None:
    """What a floor above shows first on the contents page, as `opening`."""
    _openings.append((template, context))


@edition_view
def contents(request: HttpRequest, reading: Reading) -> HttpResponse:
    sections = [
        {"part": part, "frame": reading.register.frame(part.name), "items": reading.register.of(part.name)}
        for part in reading.register.parts
    ]
    offered = _openings if not reading.preview else []  # what is asked is not asked of a preview
    openings = [{"template": template, **context(reading)} for template, context in offered]
    return page(
        request,
        "editions/contents.html",
        reading,
        "contents",
        {},
        named=reading.register.cover.title,
        sections=sections,
        openings=openings,
        asks_below=bool(openings),
    )


@edition_view
def part(request: HttpRequest, reading: Reading, part: str) -> HttpResponse:
    here, frame, items = find_part(reading, part), reading.register.frame(part), reading.register.of(part)
    laid = reading.register.form_items(part)
    return page(
        request,
        here.templates("part"),
        reading,
        "part",
        {"part": part},
        named=frame.numeral + frame.heading,
        about=f"{frame.numeral}{frame.heading}：{len(items)} 项，{reading.register.cover.title}",
        part=here,
        frame=frame,
        items=items,
        sheet=reading.register.sheet(part),
        laid=laid and laid.values(),
    )


@edition_view
def item(request: HttpRequest, reading: Reading, part: str, code: str) -> HttpResponse:
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("item", part=part, code=code))
    here, listed = find_listed(reading, part, code)
    previous, following = reading.register.neighbours(part, code.upper())
    laid = reading.register.form_items(part)
    return page(
        request,
        here.templates("item"),
        reading,
        "item",
        {"part": part, "code": code},
        named=listed.document.title,
        about=f"{here.label} {code.upper()}：{listed.document.title}",
        part=here,
        frame=reading.register.frame(part),
        sheet=reading.register.sheet(part),
        item=laid and laid[code.upper()],
        serial=listed.serial,
        document=listed.document,
        previous=previous,
        following=following,
    )


@cross_edition_view
def editions(request: HttpRequest, reading: Reading) -> HttpResponse:
    seen = reading.catalogue
    published = [
        {
            "edition": edition,
            "declared": edition_cache.compute(_declared, edition),
            "held": edition_cache.compute(Register.item_count, edition),
            "changes": latest(seen, edition),
        }
        for edition in seen.published
    ]
    return page(
        request,
        "editions/editions.html",
        reading,
        "editions",
        {},
        named="清单版本",
        about=f"{reading.register.cover.title}公布过的各版，每一版的永久地址和改动",
        published=published,
    )


def _declared(register: Register) -> int | None:
    return register.cover.declared


@edition_view
def changes(request: HttpRequest, reading: Reading, other: str = "") -> HttpResponse:
    """What this edition changed of the one before, or of any other; the newer is always the one that is read."""
    seen, edition = reading.catalogue, reading.edition
    newer, before = seen.find(other), seen.before(edition)
    if newer and newer.effective_on > edition.effective_on:
        return HttpResponsePermanentRedirect(reading.url_in(newer, "changes-against", other=edition.label))
    try:
        shown = against(seen, edition, other) if other or before else None
    except NotCompared as error:
        raise Http404(str(error)) from None
    old = shown.old if shown else None
    name, where = ("changes", {}) if old == before else ("changes-against", {"other": other})
    others = [(each, *older_first(each, edition)) for each in seen.published if each not in (edition, old)]
    with one_at_a_time("comparing", COMPARING):
        return page(
            request,
            "editions/changes.html",
            reading,
            name,
            where,
            named=f"{edition.named}修订对照" + (f"（与 {old.named}相比）" if old else ""),
            about=f"{edition.named}" + (f"与 {old.named}相比：{shown.counted}" if shown and old else "是第一版"),
            changes=shown,
            before=before,
            others=others,
        )


@cross_edition_view
def item_history(request: HttpRequest, reading: Reading, part: str, code: str) -> HttpResponse:
    """What became of an item, in whatever editions it stood."""
    here, where = known_part(part), {"part": part, "code": code}
    if code != code.lower():
        return HttpResponsePermanentRedirect(reading.url("item-history", **where))
    with one_at_a_time("comparing", COMPARING):
        stages = history(reading.catalogue, here, code.upper())
    if not stages:
        raise never_listed(here, code.upper())
    return page(
        request,
        "editions/history.html",
        reading,
        "item-history",
        where,
        named=f"{code.upper()} 各版变化",
        about=f"{stages[0].change.title}，公布过的各版和每次的变化",
        part=here,
        code=code.upper(),
        title=stages[0].change.title,
        is_listed=reading.register.find(part, code.upper()) is not None,
        stages=stages,
    )


@only_shows
def choose_day(request: HttpRequest, elder: bool = False) -> HttpResponse:
    """The form that asks for a day, and leads to what was in force then."""
    reading, given = open_any(elder=elder), request.GET.get("day", "").strip()
    wrong = ""
    if given:
        day = _typed_day(given)
        try:
            edition_on(reading.catalogue, day)
        except Http404 as error:
            wrong = str(error)
        else:
            return redirect(f"{'elder:' if elder else ''}on-day", day=day)
    return _choosing(request, reading, asks=True, given=given, wrong=wrong)


TYPED_DAY = re.compile(r"(\d{4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})日?")


def _typed_day(typed: str) -> str:
    """As an address has it, however it is typed where no calendar opens: 20180115, 2018年1月15日, 2018.1.15. Of 2018111
    nobody knows which day it is."""
    plain = unicodedata.normalize("NFKC", typed)
    parts = TYPED_DAY.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", plain)
    return "{}-{:0>2}-{:0>2}".format(*parts.groups()) if parts else typed


@cross_edition_view
def choose_day_offline(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands in its place where the site is a copy of static files: when each edition was in force."""
    return _choosing(request, reading, asks=False)


def _choosing(request: HttpRequest, reading: Reading, **context: Any) -> HttpResponse:
    return page(
        request,
        "editions/choose_day.html",
        reading,
        "choose-day",
        {},
        named="清单在某一天是什么样",
        about="选一天，看那一天施行的是哪一版",
        first=reading.catalogue.published[-1].effective_on,
        **context,
    )


def edition_on(seen: catalogue.Catalogue, day: str) -> Edition:
    """The edition that was in force on that day. Raises Http404, with a sentence."""
    try:
        asked = datetime.datetime.strptime(day, "%Y-%m-%d").date()
    except ValueError:
        raise Http404(f"“{day}”不是日期，请写成 2018-01-15 的样子。") from None
    if asked > seen.day:
        raise Http404(f"{asked} 还没有到，那一天施行哪一版还不能确定。")
    edition = seen.in_force_on(asked)
    if edition is None:
        raise Http404(f"{asked} 没有施行中的清单。")
    return edition


@only_shows
def on_day(request: HttpRequest, day: str, rest: str = "", elder: bool = False) -> HttpResponse:
    """To the same page of the edition that was in force on that day."""
    edition = edition_on(catalogue.current(), day)
    for dress in ["elder:", ""] if elder else [""]:
        url = reverse(f"{dress}edition:contents", kwargs={"label": edition.label}) + rest
        if _leads_somewhere(url):
            return HttpResponseRedirect(url)
    raise Http404


def _leads_somewhere(url: str) -> bool:
    try:
        resolve(url.removeprefix(settings.FORCE_SCRIPT_NAME))
    except Resolver404:
        return False
    return True


def known_part(name: str) -> parts.Part:
    found = parts.part(name)
    assert found is not None  # the URL converter lets nothing else through
    return found


def never_listed(kind: parts.Kind, code: str) -> Http404:
    return Http404(f"公布过的各版{kind.label}里都没有 {code}。")


def find_part(reading: Reading, name: str) -> parts.Part:
    """Raises Http404 where the edition has no such part."""
    found = known_part(name)
    if found not in reading.register.parts:
        raise Http404(f"{reading.edition.named}没有“{found.label}”这一部分。")
    return found


def find_listed(reading: Reading, part: str, code: str) -> tuple[parts.Part, Listed]:
    """The item of that code, in small letters as addresses have it. Raises Http404 where the edition has none."""
    here = find_part(reading, part)
    listed = reading.register.find(part, code.upper())
    if listed is None:
        raise _not_listed(reading, here, code.upper())
    return here, listed


class RetiredItem(Http404):
    """An item that is no longer listed; `history` is the address of what became of it."""

    def __init__(self, said: str, history: str) -> None:
        self.history = history
        super().__init__(said)


def _not_listed(reading: Reading, part: parts.Part, code: str) -> Http404:
    label = reading.edition.label
    retired = reading.register.find("retired", code)
    if retired and retired.document.kind == part.name:
        said = f"{code} 已于 {retired.document.retired_on:%Y-%m-%d} 取消，{label} 版不再列入；可在以前的版本里查看。"
        return RetiredItem(said, reading.url("item-history", part=part.name, code=code))
    return Http404(f"{label} 版的{part.label}里没有 {code}。")
