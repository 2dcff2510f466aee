"""预览: the public pages shown to the staff before anything is public, from the same templates.

What is previewed stands in the address: `working` (the working rows as they are), `draft-3` (an editor's own draft),
`edition-5` (a frozen edition, as it will be public). Never cached, and marked on every page.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, include, path, reverse
from django.views.decorators.http import require_safe

from acts.errors import Refused
from editions.desk.drafts import Draft
from editions.life.edition import Edition
from editions.life.proposal import Proposal
from editions.public import catalogue
from editions.public.reading import Reading
from editions.register.register import compose

WHAT = re.compile(r"working|(?:draft|edition)-[0-9]{1,9}")


def looks(edition: Edition) -> Iterator[tuple[str, str]]:
    """The whole edition, what it changes, and its PDF: as the public reads them, or will."""
    name = f"edition-{edition.pk}"
    pages = {"contents": "预览全本", "changes": "预览修订对照", "list-pdf": "整本 PDF"}
    if edition.is_published:
        pages = {"contents": "看公开页面", "changes": "修订对照", "list-pdf": "整本 PDF"}
    if edition.builds_on is None:
        del pages["changes"]
    for page, label in pages.items():
        if edition.is_published:
            yield label, reverse(f"edition:{page}", kwargs={"label": edition.label})
        else:
            yield label, reverse(f"admin:preview:{page}", kwargs={"what": name})


def patterns(within: Callable[[Any], Any]) -> list[Any]:
    """Every page and file of an edition that there is, shown of what is previewed, plain and as 长辈版, `within` what
    the admin lets only the staff through."""
    from editions.public import urls as editions
    from portal import urls as portal
    from services import urls as services

    def previewed(*public: Any) -> list[Any]:
        return [
            URLPattern(each.pattern, within(require_safe(_shown(each.callback.shows))), each.default_args, each.name)
            for each in public
            if hasattr(each.callback, "shows")
        ]

    pages = previewed(*portal.pages, *editions.changes, *editions.over_time, *services.pages)
    files = previewed(*portal.files, *portal.changes)
    return [*pages, *files, path("elder/", include((pages, "elder")), {"elder": True})]


def _shown(shows: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def shown(request: HttpRequest, what: str, elder: bool = False, **where: Any) -> HttpResponse:
        try:
            response = shows(request, reading_of(request, what).dressed(elder=elder), **where)
        except Refused as error:
            return render(request, "errors/no_preview.html", {"said": error}, status=409)
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


def reading_of(request: HttpRequest, what: str) -> Reading:
    """Raises Http404, PermissionDenied, Refused (working rows that cannot be put into a list)."""
    user: Any = request.user
    if not WHAT.fullmatch(what):
        raise Http404("没有这样的预览。")
    if not user.has_perm("editions.view_edition"):
        raise PermissionDenied
    kind, _, number = what.partition("-")
    edition: Any  # a proposal is read as an edition is
    if kind == "edition":
        edition = get_object_or_404(Edition, pk=number)
    elif kind == "draft":
        edition = get_object_or_404(Draft, pk=number, by=user).proposal()
    else:
        edition = Proposal.of(compose())
    return Reading(edition, edition.register(), False, catalogue.look().previewing(edition), preview=what)
