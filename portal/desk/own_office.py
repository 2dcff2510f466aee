"""本股室的条目: all that the list says an office does, each with a way to the form on which it is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts import pages
from acts.errors import Refused
from editions.checkup.checking import check_up
from editions.desk.unpublished import unpublished
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Register, compose
from history.admin import may
from offices.models import Office
from verbatim.codes import Numbers
from verbatim.documents import Place
from verbatim.fields import paragraphs
from verbatim.names import Names


@dataclass(frozen=True)
class OwnRow:
    """An item, or a row inside one, that is the office's."""

    key: Key
    code: str
    text: str
    is_whole: bool
    """It is the item itself, or the office does all of it."""
    document: Any


def urls(site: Any) -> list[URLPattern]:
    # /admin/own-office/?office=GS-02
    return [path("own-office/", pages.page(site, page, permission="editions.view_edition"), name="own-office")]


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Of the own office, or of the one that was asked for."""
    user: Any = request.user
    offices = list(Office.objects.listed().order_by(Numbers("code")))
    asked = request.GET.get("office", "") or (user.office.code if user.office else "")
    office = next((each for each in offices if each.code == asked), None)
    context |= {
        "title": "本股室的条目" if office and office == user.office else "股室的条目",
        "offices": offices,
        "office": office,
    }
    if office:
        context["office_link"] = reverse("admin:offices_office_change", args=[office.pk])
        context["may_change_office"] = may(request, "change", Office._meta, office)
        try:
            context["listed"] = _listed(request, office)
        except Refused as error:
            context["no_list"] = str(error)
    return TemplateResponse(request, "admin/portal/own_office.html", context)


def _listed(request: HttpRequest, office: Office) -> list[dict[str, Any]]:
    """By kind: each row, what waits with it, and where it is opened."""
    register = compose()
    differing = unpublished()
    changed = {row.change.key for row in differing.rows()} if differing else set()
    spots = [each.finding.spot for each in check_up(register, timezone.localdate()).found if each.is_open]
    found = Counter(spot.key for spot in spots)
    found_inside = Counter((spot.key, spot.anchor.upper()) for spot in spots)
    listed = []
    for kind in parts.kinds():
        if not isinstance(kind, parts.RowKind) or kind.name == "offices":
            continue
        own = list(_own_rows(kind, register, office.code))
        public = _inside(kind, differing.base.register()) if differing else {}
        at = _rows_by_code(kind, [row.code for row in own])
        rows = [
            {
                "row": row,
                "is_changed": row.key in changed and (row.is_whole or public.get((row.key, row.code)) != row.document),
                "findings": found[row.key] if row.is_whole else found_inside[row.key, row.code],
                "opens": _form_of(at[row.code]),
                "may_change": may(request, "change", at[row.code]._meta, at[row.code]),
            }
            for row in own
        ]
        if rows:
            listed.append({"label": kind.label, "rows": rows})
    return listed


def _own_rows(kind: parts.RowKind, register: Register, office: str) -> Iterator[OwnRow]:
    """The item where all of it is the office's, otherwise those of its rows that are."""
    names = register.names("offices")
    for document in register.documents(kind.name):
        key = kind.key_of(document)
        places = [place for place in document.places() if getattr(place.document, "code", "")]
        own = [place for place in places if office in _responsible(place, names)]
        others = [place for place in places if place not in own and _names_somebody(place)]
        if own and (own[0] is places[0] or not others):
            yield OwnRow(key, key.code, _text(places[0]), is_whole=True, document=document)
        else:
            for place in own:
                inside: Any = place.document
                yield OwnRow(key, inside.code, _text(place), is_whole=False, document=inside)


def _inside(kind: parts.RowKind, register: Register) -> dict[tuple[Key, str], Any]:
    """What stands inside the items, by item and code."""
    return {
        (kind.key_of(document), code): place.document
        for document in register.documents(kind.name)
        for place in document.places()
        if (code := getattr(place.document, "code", ""))
    }


def _responsible(place: Place, names: Names[Any]) -> set[str]:
    """The offices that its cells name, and those that the bureau linked to it."""
    cells = [line for cell in place.cells if cell.responsible for line in paragraphs(cell.text)]
    linked = getattr(place.document, "offices", ())
    named = {span.target.code for line in cells for span in names.in_cell(line).spans}
    return named | ({each.office for each in linked} if isinstance(linked, tuple) else set())


def _names_somebody(place: Place) -> bool:
    return any(cell.responsible for cell in place.cells)


def _text(place: Place) -> str:
    return next((cell.text for cell in place.cells if cell.text and not cell.responsible), "")


def _rows_by_code(kind: parts.RowKind, codes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model, _ in kind.rows():
        if model.permanent == "code":
            found |= {row.code: row for row in model.objects.filter(code__in=codes)}
    return found


def _form_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
