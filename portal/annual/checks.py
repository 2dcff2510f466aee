"""年度核对: the director opens it, every office confirms its items and phones as they stand or amends them first.

An item is confirmed as it was; what is changed afterwards waits to be confirmed again.
"""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from acts import notices, pages
from acts.errors import Incomplete, NotYours
from acts.models import name_of
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Listed, Register, compose
from history.lines import Trail
from history.trail_page import TrailAddition, TrailEvent
from offices.models import Office
from portal.answers.reverse_index import reverse_index_of
from portal.models import AnnualCheck, Confirmation
from verbatim.characters import complaint

NOBODY = "none"
"""What stands in addresses for the items for which neither the list nor the bureau names an office."""


@dataclass(frozen=True)
class Item:
    """Something that an office has to confirm, and its latest confirmation in this check."""

    kind: parts.Kind
    listed: Listed
    confirmed: Confirmation | None

    @property
    def key(self) -> Key:
        return self.kind.key_of(self.listed.document)

    @property
    def code(self) -> str:
        return self.key.code

    @property
    def state(self) -> str:
        return self.listed.digest(self.kind.name)

    @property
    def is_confirmed(self) -> bool:
        """As it stands now."""
        return self.confirmed is not None and self.confirmed.digest == self.state


@dataclass(frozen=True)
class Standing:
    """How far one office is."""

    code: str
    name: str
    items: tuple[Item, ...]

    @property
    def open(self) -> list[Item]:
        return [item for item in self.items if not item.is_confirmed]

    @property
    def done(self) -> int:
        return len(self.items) - len(self.open)

    @property
    def last(self) -> Confirmation | None:
        return max((i.confirmed for i in self.items if i.confirmed), key=lambda each: each.at, default=None)


def standings(check: AnnualCheck, register: Register) -> list[Standing]:
    """Every office of the register with its items, and at the end the items of none."""
    latest: dict[tuple[str, Key], Confirmation] = {}
    for confirmation in check.confirmations.select_related("office").order_by("pk"):
        office = confirmation.office.code if confirmation.office else NOBODY
        latest[office, Key(confirmation.kind, confirmation.code)] = confirmation

    def of(code: str, name: str, wanted: Iterator[tuple[parts.Kind, Listed]]) -> Standing:
        items = tuple(Item(kind, listed, latest.get((code, kind.key_of(listed.document)))) for kind, listed in wanted)
        return Standing(code, name, items)

    found = [
        of(office.document.code, office.document.name, _items(register, office)) for office in register.of("offices")
    ]
    rest = of(NOBODY, "没有写股室的条目", _of_nobody(register))
    return [*found, rest] if rest.items else found


def _items(register: Register, office: Listed) -> Iterator[tuple[parts.Kind, Listed]]:
    """The office's own row with its phones, and every item for which it is named, in the order of the list."""
    index, key = reverse_index_of(register), Key("offices", office.document.code)
    yield parts.get("offices"), office
    named = {found.key for found in [*index.responsible.get(key, []), *index.added.get(key, [])]}
    for part in register.parts:
        yield from ((part, listed) for listed in register.of(part.name) if part.key_of(listed.document) in named)


def _of_nobody(register: Register) -> Iterator[tuple[parts.Kind, Listed]]:
    index = reverse_index_of(register)
    taken = {
        found.key
        for where in (index.responsible, index.added)
        for key, here in where.items()
        if key.kind == "offices"
        for found in here
    }
    for part in register.parts:
        yield from ((part, listed) for listed in register.of(part.name) if part.key_of(listed.document) not in taken)


def may_confirm(account: Any, code: str) -> bool:
    """The head of the office its items; what is of no office, or of one without a head, whoever confirms those."""
    if code == NOBODY or code not in _offices_with_a_head():
        return bool(account.has_perm("portal.confirm_annualcheck"))
    own = account.office.code if account.office else None
    return bool(account.has_perm("portal.confirm_own_annualcheck") and own == code)


def _offices_with_a_head() -> set[str]:
    heads = get_user_model()._default_manager.able("portal.confirm_own_annualcheck")
    return set(heads.exclude(office=None).values_list("office__code", flat=True))


def confirm(check: AnnualCheck, code: str, seen: Collection[tuple[Key, str]], *, by: Any) -> int:
    """Confirm these items of the office, (key, state) as they were looked at; how many. Raises Refused where one
    has changed since; then none is confirmed."""
    if not may_confirm(by, code):
        raise NotYours("这些条目由本股室的股长核对；没有股长账号的，由编辑核对。")
    if check != AnnualCheck.objects.last_opened():
        raise Incomplete(f"{check} 已经过去，请在最近一次年度核对里办。")
    with transaction.atomic():
        here = next((each for each in standings(check, compose()) if each.code == code), None)
        items = {item.key: item for item in here.items} if here else {}
        chosen = [items[key] for key, _ in seen if key in items]
        if not chosen:
            raise Incomplete("没有选条目。请勾选核对无误的。")
        for key, state in seen:
            if key not in items or items[key].state != state:
                raise Incomplete(f"{key.code} 在您看过以后又有改动，没有记下核对。请再看一遍。")
        office = Office.objects.filter(code=code).first()
        fresh = [item for item in chosen if not item.is_confirmed]
        for item in fresh:
            Confirmation.objects.create(
                check_of=check,
                office=office,
                office_name=office.name if office else "",
                **item.key._asdict(),
                digest=item.state,
                by=by,
                by_name=name_of(by),
            )
    return len(fresh)


def open_check(*, by: Any, note: str) -> AnnualCheck:
    """Begin the check of this year; what is left of an earlier one stays as it is. Raises Refused."""
    if not by.has_perm("portal.open_annualcheck"):
        raise NotYours("只有局领导能发起年度核对。")
    if said := complaint(note):
        raise Incomplete(f"要求里{said}")
    year = timezone.localdate().year
    try:
        with transaction.atomic():
            check = AnnualCheck.objects.create(year=year, note=note.strip(), by=by, by_name=name_of(by))
    except IntegrityError:
        raise Incomplete(f"{year} 年度核对已经发起。") from None
    url = settings.SITE_URL + reverse("admin:annual-check", args=[year])
    people = get_user_model()._default_manager
    notices.tell(
        f"责任清单 {check}",
        f"{name_of(by)}发起了 {check}，请核对本股室的条目和电话。{note.strip()}\n\n{url}\n",
        lambda: people.able("portal.confirm_own_annualcheck"),
    )
    return check


def confirmations_on_the_trail(row: Any, trail: Trail) -> TrailAddition:
    """On the page of a trail: when the row was confirmed, and by whom (history.trail_page.AdditionProvider)."""
    return TrailAddition(events=tuple(TrailEvent(each.at, each.by_name, each.told()) for each in confirmations_of(row)))


def confirmations_of(row: Any) -> list[Confirmation]:
    """Of a working row, or of the item that it is a part of."""
    for kind in parts.kinds():
        for model, way in kind.rows() if isinstance(kind, parts.RowKind) else ():
            if isinstance(row, model):
                code = row
                for step in way.split("__"):
                    code = getattr(code, step)
                return list(Confirmation.objects.filter(kind=kind.name, code=code).select_related("check_of"))
    return []


# Pages


def urls(site: Any) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return pages.page(site, view, permission="portal.view_annualcheck")

    return [
        # /admin/annual/
        path("annual/", staff(checks), name="annual"),
        # /admin/annual/2026/
        path("annual/<int:year>/", staff(overview), name="annual-check"),
        # /admin/annual/2026/gs-02/
        path("annual/<int:year>/<slug:code>/", staff(office_page), name="annual-office"),
    ]


def checks(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Every check there was; the director opens the next one."""
    if request.method == "POST":
        opened = open_check(by=request.user, note=request.POST.get("note", "")[:500])
        messages.success(request, f"{opened} 已发起，各股室在工作台上看得到。")
        return redirect("admin:annual-check", year=opened.year)
    user: Any = request.user
    latest, year = AnnualCheck.objects.last_opened(), timezone.localdate().year
    is_due = not AnnualCheck.objects.filter(year=year).exists()
    context |= {
        "title": "年度核对",
        "checks": AnnualCheck.objects.all(),
        "may_open": is_due and user.has_perm("portal.open_annualcheck"),
        "year": year,
        "left": sum(len(each.open) for each in standings(latest, compose())) if latest and is_due else 0,
    }
    return TemplateResponse(request, "admin/portal/annual/checks.html", context)


def overview(request: HttpRequest, context: dict[str, Any], year: int) -> HttpResponse:
    """Which office has confirmed how much."""
    check = get_object_or_404(AnnualCheck, year=year)
    context |= {"title": str(check), "check": check, "standings": standings(check, compose())}
    context["headed"] = _offices_with_a_head()
    return TemplateResponse(request, "admin/portal/annual/overview.html", context)


def office_page(request: HttpRequest, context: dict[str, Any], year: int, code: str) -> HttpResponse:
    """The items of one office, to be confirmed or to be opened and amended."""
    check = get_object_or_404(AnnualCheck, year=year)
    code = code if code == NOBODY else code.upper()
    if request.method == "POST":
        sent = (said.rpartition(" ") for said in request.POST.getlist("seen"))
        seen = [(Key.read(key), state) for key, _, state in sent]
        count = confirm(check, code, seen, by=request.user)
        messages.success(request, f"已记下 {count} 项核对无误。")
        return redirect(request.path)
    here = next((each for each in standings(check, compose()) if each.code == code), None)
    if here is None:
        raise Http404(f"没有代码为 {code} 的股室。")
    context |= {
        "title": f"{check}：{here.name}",
        "check": check,
        "here": here,
        "may_confirm": may_confirm(request.user, code) and check == AnnualCheck.objects.last_opened(),
    }
    return TemplateResponse(request, "admin/portal/annual/office.html", context)


def on_the_desk(account: Any, register: Register, today: datetime.date) -> dict[str, Any]:
    """For the desk: the latest check with who has and who has not, what waits for this person, and whether the
    director may open the one of this year."""
    checks = list(AnnualCheck.objects.order_by("-pk"))
    check = checks[0] if checks else None
    may_open = account.has_perm("portal.open_annualcheck") and all(each.year != today.year for each in checks)
    if check is None:
        return {"may_open_check": may_open}
    found = standings(check, register)
    mine = [each for each in found if each.open and may_confirm(account, each.code)]
    return {"check": check, "check_standings": found, "check_mine": mine, "may_open_check": may_open}
