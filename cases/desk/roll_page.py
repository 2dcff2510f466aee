"""执法人员和案审委的核对: what was written on the roll and nobody has endorsed yet, each row as it was and as it is."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from acts import pages
from acts.errors import NotYours, Refused
from cases.rows.people import Member, Officer
from cases.rows.roll import RollRow
from history.trail import latest_ids
from verbatim.numerals import row_number

KINDS: dict[str, type[RollRow]] = {"officer": Officer, "member": Member}
PER_PAGE = 50


def urls(site: Any) -> list[URLPattern]:
    shown = pages.page(site, page, permission="cases.view_officer")
    # /admin/cases/case/roll/
    return [path("roll/", shown, name="cases_roll")]


def number_to_endorse(account: Any) -> int:
    """How many rows of others wait; none for who may not endorse."""
    if not may_endorse(account):
        return 0
    return sum(kind.objects.to_endorse().exclude(account=account).count() for kind in KINDS.values())


def may_endorse(account: Any) -> bool:
    return all(kind.may_be_endorsed_by(account) for kind in KINDS.values())


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """GET shows each row as it was and as it is; POST endorses what was ticked, as it was shown."""
    if request.method == "POST":
        if not may_endorse(request.user):
            raise PermissionDenied
        _endorse(request)
        return redirect(request.get_full_path())
    waiting = [row for kind in KINDS.values() for row in kind.objects.to_endorse().order_by("pk")]
    listed = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "title": "执法人员和案审委：等核对的",
        "listed": listed,
        "rows": list(_shown(list(listed.object_list), request.user)),
        "may_endorse": may_endorse(request.user),
    }
    return TemplateResponse(request, "admin/cases/roll.html", context)


def _refusal(row: RollRow, account: Any) -> str:
    """Why it is not for this person; empty where it is."""
    try:
        row.refuse_to_endorse(account)
    except NotYours as error:
        return str(error)
    return ""


def _shown(rows: list[RollRow], account: Any) -> Iterator[dict[str, Any]]:
    """The records first: what is shown is never older than what is ticked."""
    names = {kind: name for name, kind in KINDS.items()}
    seen = {kind: latest_ids(kind, [row.pk for row in rows if type(row) is kind]) for kind in names}
    for row in rows:
        row.refresh_from_db()
        yield {
            "row": row,
            "kind": row._meta.verbose_name,
            "edits": row.edits_to_endorse(),
            "is_new": not row.was_ever_endorsed,
            "written_by": "、".join(row.written_by()),
            "refusal": _refusal(row, account),
            "ticked_as": f"{names[type(row)]}-{row.pk}-{seen[type(row)][row.pk]}",
        }


def _endorse(request: HttpRequest) -> None:
    done = 0
    ticked = request.POST.getlist("row")[:PER_PAGE]
    for row, seen in map(_read, ticked):
        try:
            row.endorse(by=request.user, seen=seen)
            done += 1
        except Refused as error:
            messages.error(request, str(error))
    if done:
        messages.success(request, f"已核对 {done} 条，当即生效。")
    elif not ticked:
        messages.error(request, "没有勾选，什么也没有核对。")


def _read(ticked: str) -> tuple[RollRow, int]:
    """officer-3-17. Raises Refused."""
    name, _, numbers = ticked.partition("-")
    pk, _, seen = numbers.partition("-")
    row = KINDS[name].objects.filter(pk=row_number(pk)).first() if name in KINDS and row_number(pk) else None
    if row is None:
        raise Refused("勾选的这一条不在了，没有核对。请重新打开本页。")
    return row, row_number(seen) or 0
