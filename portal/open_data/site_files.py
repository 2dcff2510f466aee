"""What other programs ask a site for: robots.txt, sitemap.xml, how a browser asks it, its icon."""

import datetime
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from editions.form import parts
from editions.form.keys import Key
from editions.public.catalogue import Catalogue
from editions.public.data import last_changes
from editions.public.reading import Reading, address
from editions.public.views import cross_edition_view, only_shows
from portal.keeping.export import paths
from portal.site_pages import MEASURED_ON

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENSEARCH = "application/opensearchdescription+xml; charset=utf-8"


@cross_edition_view
def robots(request: HttpRequest, reading: Reading) -> HttpResponse:
    """All pages are to be found; the desk and what depends on a question are not."""
    asked = [reverse("search"), reverse("elder:search")]
    label = reading.edition.label
    of_editions = [reverse(f"{dress}edition:search", args=[label]).replace(label, "*") for dress in ("", "elder:")]
    closed = [reverse("admin:index"), *asked, *of_editions]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {address(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cross_edition_view
def sitemap(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Every page of the list in force and of every edition, with the day since which it reads as it does."""
    seen = reading.catalogue
    changed = last_changes(seen)
    pages = [path for path in paths(seen) if path.endswith("/") and not _is_aside(path)]
    pages += map(reverse, ("error-reports", "choose-day"))
    rows = "".join(
        f"<url><loc>{escape(address(path))}</loc>{_lastmod(_last_change(path, seen, changed))}</url>\n"
        for path in pages
    )
    said = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">\n{rows}</urlset>\n'
    return HttpResponse(said, content_type="application/xml; charset=utf-8")


def _lastmod(day: datetime.date | None) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def _is_aside(path: str) -> bool:
    """Whether the same stands elsewhere: in large print, and in the place of search."""
    bare = path.removeprefix(settings.FORCE_SCRIPT_NAME)
    return bare.startswith("/elder/") or bare.endswith("/offline/")


def _of_decisions(seen: Catalogue, where: dict[str, Any]) -> list[datetime.date]:
    number = where.get("number")
    return [each.changed_on for each in seen.beside["decisions"].on(seen.day) if number in (None, each.number)]


BESIDE_THE_LIST: dict[str | None, Callable[[Catalogue, dict[str, Any]], list[datetime.date]]] = {
    "events": lambda seen, where: [timezone.localdate(each.at) for each in seen.beside["events"]],
    "standards": lambda seen, where: [day for day in [seen.beside["standards"].on(seen.day).latest] if day],
    "decisions": _of_decisions,
    "decision": _of_decisions,
    "error-report-answers": lambda seen, where: [each.answered_on for each in seen.beside["error_reports"]],
    "accessibility": lambda seen, where: [MEASURED_ON],
}
"""Days on which what stands on a page beside the list changed, by the name of the page; without one it is as old as the
latest edition."""


OF_THE_PORTAL = {"help", "data", "choose-day", "error-reports"}
"""Pages that say nothing of the list: they change with the program, and nobody is told when."""


def _last_change(path: str, seen: Catalogue, changed: dict[Key, datetime.date]) -> datetime.date | None:
    """Of an item in force its own; of an edition its first day, or that of its revocation; of what stands beside the
    list that of the latest; of the rest the latest edition's."""
    latest = max(min(edition.revoked_on or edition.effective_on, seen.day) for edition in seen.published)
    try:
        found = resolve(path.removeprefix(settings.FORCE_SCRIPT_NAME))
    except Resolver404:
        return latest
    where = found.kwargs
    if found.url_name in OF_THE_PORTAL:
        return None
    days = BESIDE_THE_LIST[found.url_name](seen, where) if found.url_name in BESIDE_THE_LIST else []
    if days:
        return max(days)
    if edition := seen.find(where.get("label", "")):
        return min(edition.revoked_on or edition.effective_on, seen.day)
    code, part = where.get("code", "").upper(), where.get("part", "")
    return changed.get(Key(part, code), latest) if parts.part(part) else latest


@cross_edition_view
def opensearch(request: HttpRequest, reading: Reading) -> HttpResponse:
    """How a browser asks this site from its own box (OpenSearch 1.1)."""
    ask = escape(f"{address(reverse('search'))}?q={{searchTerms}}")
    said = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>责任清单</ShortName>\n<Description>{escape(reading.register.cover.title)}</Description>\n"
        f'<InputEncoding>UTF-8</InputEncoding>\n<Url type="text/html" method="get" template="{ask}"/>\n'
        "</OpenSearchDescription>\n"
    )
    return HttpResponse(said, content_type=OPENSEARCH)


@only_shows
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it whatever a page says."""
    return HttpResponsePermanentRedirect(static("portal/favicon.ico"))
