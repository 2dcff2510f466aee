"""预览: the public pages shown to the staff before anything is public, from the same templates.

What is previewed stands in the address: `working` (the working rows as they are), `draft-3` (an editor's own draft),
`edition-5` (a frozen edition, as it will be public). Never cached, and marked on every page.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from editions import catalogue
from editions.changes import Changes
from editions.errors import EditionError
from editions.faces import MissingGlyphs, NoFaces
from editions.models import Draft, Edition
from editions.reading import Reading
from editions.register import compose
from editions.views import page
from portal import printing
from portal.printing import NoSuchScope, Scope

WHAT = re.compile(r"working|(?:draft|edition)-[0-9]{1,9}")


def patterns() -> list[URLPattern]:
    """Every page and file of an edition that there is, shown of what is previewed."""
    from portal.urls import files, pages

    own = path("changes/", changes, name="changes")
    return [
        URLPattern(each.pattern, require_safe(_shown(each.callback)), each.default_args, each.name)
        for each in [*pages, *files, own]
    ]


def _shown(view: Any) -> Callable[..., HttpResponse]:
    shows = getattr(view, "shows", None)

    def shown(request: HttpRequest, what: str, **where: Any) -> HttpResponse:
        try:
            reading = reading_of(request, what)
        except EditionError as error:
            return render(request, "errors/no_preview.html", {"said": error}, status=409)
        response: HttpResponse = shows(request, reading, **where) if shows else pdf(request, reading, **where)
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


def reading_of(request: HttpRequest, what: str) -> Reading:
    """Raises Http404, PermissionDenied, EditionError (working rows that cannot be put into a list)."""
    user: Any = request.user
    if not WHAT.fullmatch(what):
        raise Http404("没有这样的预览。")
    if not user.has_perm("editions.view_edition"):
        raise PermissionDenied
    kind, _, number = what.partition("-")
    if kind == "edition":
        edition = get_object_or_404(Edition, pk=number)
        register = edition.register()
    elif kind == "draft":
        draft = get_object_or_404(Draft, pk=number, by=user)
        base = Edition.objects.base()
        if base is None:
            raise Http404("还没有公布过清单，没有可以预览的拟稿。")
        edition = Edition(
            label=draft.label,
            kind=draft.kind,
            effective_on=draft.effective_on,
            change_note=draft.change_note,
            reasons=draft.reasons,
        )
        register = draft.picked(base).register
    else:
        edition, register = Edition(effective_on=timezone.localdate()), compose()
    edition.unfrozen = register
    return Reading(edition, register, False, catalogue.look(), preview=what)


def changes(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The page of changes as the public will see it, with the note and the reasons."""
    edition, base = reading.edition, reading.edition.builds_on or Edition.objects.base()
    shown = Changes(base, edition, (edition,)) if base and base != edition else None
    return page(request, "editions/changes.html", reading, "changes", {}, changes=shown, before=base, others=[])


changes.shows = changes  # type: ignore[attr-defined]


def pdf(request: HttpRequest, reading: Reading, kind: str = "", code: str = "") -> HttpResponse:
    """What is previewed as PDF, marked so on every page."""
    scope = Scope(kind, code.upper())
    try:
        content = printing.draft(scope, reading.register, label=reading.edition.label)
    except NoSuchScope as error:
        raise Http404(str(error)) from None
    except (NoFaces, MissingGlyphs, EditionError) as error:
        return render(request, "errors/no_pdf.html", {"said": error}, status=503)
    name = scope.file_name(f"{reading.preview}-{timezone.localtime():%Y%m%d-%H%M}")
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
