"""恢复为公布内容: the working state of a row, and of what hangs on it, set back to what is published, as a change with
history."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts import pages
from acts.errors import Incomplete, Refused
from editions.desk.unpublished import last_touched
from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.register.comparison import Change, compare
from editions.register.register import Listed, Register
from history.admin import locked_fields, may
from history.trail import ConcurrentChange, RecordedChange, latest_record_ids, lock_if_unchanged
from verbatim.characters import complaint
from verbatim.fields import CellField, paragraphs


def working_state(kind: parts.RowKind) -> Register:
    """The working rows of one kind alone."""
    return Register({kind.name: tuple(Listed(serial, document) for serial, document in kind.compose())})


def difference(kind: parts.RowKind, code: str, base: Edition) -> Change | None:
    """How the published state of one thing differs from the working one; None where there is none."""
    published = Register({kind.name: base.register().of(kind.name)})
    found = compare(working_state(kind), published)
    return next((change for change in found if change.code == code and change.new is not None), None)


def rows_of(kind: parts.RowKind, code: str) -> list[Any]:
    """The working rows that a document is composed from."""
    return [row for model, way in kind.rows() for row in model.objects.filter(**{way: code}).order_by("pk")]


def restore(kind: parts.RowKind, code: str, *, looked: Mapping[str, int], reason: str) -> None:
    """Set it back, if the rows still are as they were `looked` at (history.trail). Raises Incomplete,
    ConcurrentChange."""
    if not reason.strip():
        raise Incomplete("请写明恢复的理由，它会记入变更记录。")
    if said := complaint(reason):
        raise Incomplete(f"恢复的理由里{said}")
    with transaction.atomic():
        parts.lock([Key(kind.name, code)])  # no row is added that would neither be held nor shown
        lock_if_unchanged(rows_of(kind, code), looked)
        base = Edition.objects.base()
        change = difference(kind, code, base) if base else None
        if base is None or change is None or change.new is None:
            raise Incomplete("工作数据已经和公布的一样，没有要恢复的。")
        place: dict[str, Any] = {}
        if kind.is_part:
            place["serial"] = change.new.serial
            if change.moved or change.old is None:
                place["position"] = 1 + base.register().of(kind.name).index(change.new)
        kind.load(change.new.document, reason=f"恢复为 {base.label} 版公布的内容：{reason.strip()}", **place)


def urls(site: Any) -> list[URLPattern]:
    return [
        # /admin/editions/edition/row/duties/ZZ-01/
        path("row/<slug:kind>/<slug:code>/", site.admin_view(row), name="editions_edition_row"),
        # /admin/editions/edition/trail/duties/ZZ-01/
        path("trail/<slug:kind>/<slug:code>/", site.admin_view(trail), name="editions_edition_trail"),
        # /admin/editions/edition/restore/duties/ZZ-01/
        path(
            "restore/<slug:kind>/<slug:code>/",
            pages.page(site, confirm),
            name="editions_edition_restore",
        ),
    ]


def row(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """To the form of a row that is known by its code, and there to the box that holds a paragraph (`line`), or that one
    (`box`) of the row with that `anchor`."""
    found = _row(_kind(kind), code)
    form = reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])
    return redirect(form + _box(found, **{name: request.GET.get(name, "") for name in ("line", "box", "anchor")}))


def _box(found: Any, *, line: str, box: str, anchor: str) -> str:
    """The place of a box on the page of a row; empty where it stands on another page."""
    for prefix, each in _rows_on_its_page(found):
        texts = [field.name for field in each._meta.concrete_fields if isinstance(field, CellField)]
        if box in texts and anchor in ("", str(getattr(each, "code", "")).lower()):
            return f"#id_{prefix}{box}"
        if line and not box:
            for name in texts:
                if line in paragraphs(getattr(each, name)):
                    return f"#id_{prefix}{name}"
    return ""


def _rows_on_its_page(found: Any) -> Iterator[tuple[str, Any]]:
    """The row itself, and those inside it, each with what its boxes are called by."""
    yield "", found
    for relation in found._meta.related_objects:
        if getattr(relation.related_model, "belongs_to", "") == relation.field.name and relation.one_to_many:
            name = relation.get_accessor_name()
            for number, each in enumerate(getattr(found, name).all()):
                yield f"{name}-{number}-", each


def trail(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """To its trail."""
    found = _row(_kind(kind), code)
    return redirect(f"admin:{found._meta.app_label}_{found._meta.model_name}_history", found.pk)


def confirm(request: HttpRequest, context: dict[str, Any], kind: str, code: str) -> HttpResponse:
    """GET shows what will be set back; POST does it."""
    known, key = _kind(kind), Key(kind, code)
    found = _row(known, code)
    if not may_restore(request, known, code):
        raise PermissionDenied
    base = Edition.objects.base()
    if base is None or base.register().find(*key) is None:
        raise Http404(f"{code} 还没有公布过，没有可以恢复的内容。")
    others: tuple[RecordedChange, ...] = ()
    if request.method == "POST":
        try:
            looked = signing.loads(request.POST.get("looked", ""), salt=_salt(key))
        except signing.BadSignature:
            looked = {}
        try:
            restore(known, code, looked=looked, reason=request.POST.get("reason", "")[:1000])
            messages.success(request, f"{code} 已恢复为 {base.label} 版公布的内容。")
            return redirect(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", found.pk)
        except ConcurrentChange as error:
            others = error.changes
            messages.error(request, "您看过以后，别人又有改动，没有恢复。请看下面，再决定。")
        except Refused as error:
            messages.error(request, str(error))
    looked = latest_record_ids(rows_of(known, code))  # before what the page shows is read
    change = difference(known, code, base)
    context |= {
        "title": f"恢复为公布内容：{code}",
        "kind": kind,
        "code": code,
        "row": found,
        "opts": found._meta,
        "base": base,
        "change": change,
        "others": others,
        "reason": request.POST.get("reason", ""),
        "touch": last_touched([key]).get(key),
        "looked": signing.dumps(looked, salt=_salt(key), compress=True),
    }
    return TemplateResponse(request, "admin/editions/edition/restore.html", context)


def may_restore(request: HttpRequest, kind: parts.RowKind, code: str) -> bool:
    """Whether all rows of the item are this person's to change."""
    return all(_may_write(request, each) for each in rows_of(kind, code))


def _may_write(request: HttpRequest, each: Any) -> bool:
    """All of the row: what is set back is the whole of it."""
    return may(request, "change", each._meta, each) and not locked_fields(request, each)


def _salt(key: Key) -> str:
    return f"editions.restore {key}"


def _kind(name: str) -> parts.RowKind:
    found = next((kind for kind in parts.kinds() if kind.name == name), None)
    if not isinstance(found, parts.RowKind):
        raise Http404("没有这样的条目。")
    return found


def _row(kind: parts.RowKind, code: str) -> Any:
    found = kind.model.objects.filter(**{kind.key: code}).first()
    if found is None:
        raise Http404(f"没有 {code}。")
    return found
