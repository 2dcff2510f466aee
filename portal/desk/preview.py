"""预览: the public pages shown to the staff before anything is public, from the same templates.

What is previewed stands in the address: `working` (the working rows as they are), `draft-3` (an editor's own draft),
`edition-5` (a frozen edition, as it will be public). Never cached, and marked on every page.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
from editions.public.addresses import Group
from editions.public.reading import Reading
from editions.register.register import compose
from portal.urls import GROUPS

WHAT = re.compile(r"working|(?:draft|edition)-[0-9]{1,9}")


@dataclass(frozen=True)
class Previewed:
    """The addresses of a preview (editions.public.reading.Preview)."""

    name: str

    def url(self, name: str, *, elder: bool, **where: Any) -> str:
        return reverse(f"admin:preview:{'elder:' if elder else ''}{name}", kwargs={**where, "what": self.name})


def links_of_draft(draft: Draft) -> Iterator[tuple[str, str]]:
    previewed = Previewed(f"draft-{draft.pk}")
    yield "预览全本", previewed.url("contents", elder=False)
    yield "预览修订对照", previewed.url("changes", elder=False)


def links_of_edition(edition: Edition) -> Iterator[tuple[str, str]]:
    """The whole edition, what it changes, and its PDF: as the public reads them, or will."""
    here = Reading(
        edition,
        edition.register(),
        permanent=True,
        catalogue=catalogue.current(),
        preview=None if edition.is_published else Previewed(f"edition-{edition.pk}"),
    )
    yield "看公开页面" if edition.is_published else "预览全本", here.url("contents")
    if edition.builds_on:
        yield "修订对照" if edition.is_published else "预览修订对照", here.url("changes")
    yield "整本 PDF", here.url("list-pdf")


def patterns(within: Callable[[Any], Any]) -> list[Any]:
    """Every page and file that is previewed, plain and as 长辈版, `within` what lets only the staff through."""

    def previewed(groups: Iterable[Group]) -> list[Any]:
        return [
            URLPattern(each.pattern, within(require_safe(_shown(each.callback.of))), each.default_args, each.name)
            for group in groups
            for each in group.patterns
        ]

    groups = [group for group in GROUPS if group.is_previewed]
    elder = previewed(group for group in groups if group.has_elder)
    return [*previewed(groups), path("elder/", include((elder, "elder")), {"elder": True})]


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
    return Reading(edition, edition.register(), False, catalogue.current().previewing(edition), preview=Previewed(what))
