"""排列顺序: the rows of a table are moved up and down on a page of their own, and saved when they stand as they should.

What was moved so far travels with the page; nothing is written before it is saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from history.forms import FOR_EACH_ROW, reason_field
from history.models import RetirableRow
from history.ordering import Arrangement
from history.trail import latest_ids
from verbatim.fields import PlainForm
from verbatim.numerals import row_number

UP, DOWN = "up", "down"
MOVES = {UP: "上移", DOWN: "下移"}
MayChange = Callable[[Any], bool]
Tell = Callable[[Any], None]
"""Says what there is to say once a row was saved."""


def is_ordered(model: type[Any]) -> bool:
    """Whether people say in which order its rows stand."""
    return issubclass(model, RetirableRow) and any(field.name == "position" for field in model._meta.fields)


def address(model: type[Any], owner: Any = None) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_order"
    return reverse(name, args=[owner] if owner is not None else [])


def numbered_by(model: type[Any]) -> str:
    """The field with the printed number, which need not go where the row goes; empty where there is none."""
    return next((name for name in ("serial", "marker") if name in {field.name for field in model._meta.fields}), "")


def _text_of(row: Any) -> str:
    """What it says, without code and number."""
    return " ".join(filter(None, (getattr(row, name, "") for name in ("heading", "title", "name", "text"))))


class OrderForm(PlainForm):
    order = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    numbers_stay = forms.BooleanField(required=False)
    change_reason = reason_field(f"保存时必填。{FOR_EACH_ROW}")

    def __init__(self, *args: Any, table: "OrderedTable", is_saved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["change_reason"].required = is_saved
        if not numbered_by(table.model):
            del self.fields["numbers_stay"]
        else:
            called = table.model._meta.get_field(numbered_by(table.model)).verbose_name
            self.fields["numbers_stay"].label = f"{called}不跟着走，留在原来的位置上"
            self.fields[
                "numbers_stay"
            ].help_text = f"例如把第 3 条移到第 1 位，它的{called}就成为原来第 1 条的，后面的依次顺延。"

    def clean_order(self) -> list[int]:
        try:
            order = [int(key) for key in self.cleaned_data["order"].split(",")]
        except ValueError:
            raise ValidationError("页面上的顺序读不出来，请重新打开。") from None
        if sorted(order) != sorted(self.table.rows) or self.data.get("seen") != self.table.seen:
            raise ValidationError(
                "您打开以后，这里的行又有改动，没有保存。下面是现在的顺序，请重新排。", code="overtaken"
            )
        return order


@dataclass(frozen=True)
class OrderedTable:
    """The listed rows of a kind, all of them or those of one owner, as they are now."""

    model: type[Any]
    owner: Any = None

    @property
    def _queryset(self) -> Any:
        narrowed = {self.model.belongs_to: self.owner} if self.owner is not None else {}
        return self.model.objects.listed().filter(**narrowed)

    def lock(self) -> None:
        self._queryset.lock()

    @cached_property
    def _latest(self) -> dict[int, int]:
        return latest_ids(self.model, self._queryset.order_by().values("pk"))

    @cached_property
    def rows(self) -> dict[int, Any]:
        """By their keys, as they are after what `seen` says."""
        assert self._latest is not None
        return {row.pk: row for row in self._queryset}

    @cached_property
    def seen(self) -> str:
        """What of them was there when the page was made."""
        return ",".join(f"{key}.{self._latest.get(key)}" for key in self.rows)

    def arranged(self, order: list[int] | None = None) -> Arrangement:
        parents = {key: getattr(row, "parent_id", None) for key, row in self.rows.items()}
        return Arrangement.of(order or list(self.rows), parents)

    def values(self, arranged: Arrangement, *, numbers_stay: bool) -> dict[int, dict[str, Any]]:
        """What each row would be given that is not as it is."""
        taken = sorted(row.position for row in self.rows.values())
        places = taken if len(set(taken)) == len(taken) else range(1, len(taken) + 1)
        wanted: dict[int, dict[str, Any]] = {
            key: {"position": place} for key, place in zip(arranged.order, places, strict=True)
        }
        name = numbered_by(self.model)
        for key in arranged.order if name and numbers_stay else ():
            wanted[key][name] = self._number_of_its_place(arranged, key, name)
        differing = {
            key: {name: value for name, value in values.items() if getattr(self.rows[key], name) != value}
            for key, values in wanted.items()
        }
        return {key: values for key, values in differing.items() if values}

    def _number_of_its_place(self, arranged: Arrangement, key: int, name: str) -> str:
        """A row without a number has none wherever it stands."""

        def with_number(arrangement: Arrangement) -> list[int]:
            return [each for each in arrangement.siblings(key) if getattr(self.rows[each], name)]

        numbered = with_number(arranged)
        number_there = dict(zip(numbered, with_number(self.arranged()), strict=True)).get(key)
        return str(getattr(self.rows[number_there], name)) if number_there is not None else ""


def show(
    request: HttpRequest,
    context: dict[str, Any],
    model: type[Any],
    owner_key: int | None,
    may_change: MayChange,
    tell: Tell,
) -> HttpResponse:
    """GET shows the rows as they stand; POST moves one, or saves."""
    owner = None
    if owner_key is not None:
        owner = model._meta.get_field(model.belongs_to).related_model.objects.filter(pk=owner_key).first()
        if owner is None:
            raise Http404("没有这一条。")
    if not may_change(owner):
        raise PermissionDenied
    with transaction.atomic():
        table = OrderedTable(model, owner)
        if request.method == "POST":
            table.lock()
        return _Answer(request, context, table, may_change, tell).answer()


@dataclass
class _Answer:
    request: HttpRequest
    context: dict[str, Any]
    table: OrderedTable
    may_change: MayChange
    tell: Tell
    moved: int | None = None

    def answer(self) -> HttpResponse:
        posted = self.request.POST if self.request.method == "POST" else None
        initial = {"seen": self.table.seen}
        form = OrderForm(posted, initial=initial, table=self.table, is_saved="save" in (posted or {}))
        arranged = self.table.arranged()
        if posted is not None:
            is_whole = form.is_valid()
            if order := form.cleaned_data.get("order"):
                arranged = self._moved(self.table.arranged(order))
            else:
                form.data = posted.dict() | {"seen": self.table.seen}  # the page begins anew
            if is_whole and "save" in posted and self._save(form, arranged):
                return redirect(self._back())
        return self._page(form, arranged)

    def _moved(self, arranged: Arrangement) -> Arrangement:
        """Those that were given a place first, the lowest place first; then the one whose button was pressed."""
        posted = self.request.POST
        shown, typed = arranged, {key: posted.get(f"place-{key}", "") for key in arranged.order}
        wanted = {key: int(place) for key, place in typed.items() if place.isdecimal() and len(place) < 6}
        for key, place in sorted(wanted.items(), key=lambda each: each[1]):
            if place != shown.place(key):
                arranged, self.moved = arranged.moved(key, place), key
        for name, step in ((UP, -1), (DOWN, 1)):
            pressed = row_number(posted.get(name, ""))
            if pressed is not None and pressed in self.table.rows:
                arranged, self.moved = arranged.moved(pressed, arranged.place(pressed) + step), pressed
        return arranged

    def _save(self, form: OrderForm, arranged: Arrangement) -> bool:
        stay = bool(form.cleaned_data.get("numbers_stay"))
        values = self.table.values(arranged, numbers_stay=stay)
        if not values:
            form.add_error(None, "顺序没有改动，没有保存。")
            return False
        others = [self.table.rows[key] for key in values if not self.may_change(self.table.rows[key])]
        if others:
            said = "、".join(getattr(row, row.permanent) for row in others)
            form.add_error(None, f"这样排会改动 {said}，您的账号不能改，没有保存。请让能改的人排。")
            return False
        for key, given in values.items():
            self.table.rows[key].put(reason=form.cleaned_data["change_reason"].strip(), **given)
        messages.success(self.request, f"新的先后已保存（{len(values)} 条的排列顺序有改动）。")
        self.tell(self.table.owner or self.table.rows[self.moved or next(iter(values))])
        return True

    def _back(self) -> str:
        opts = (self.table.owner or self.table.model)._meta
        if self.table.owner is not None:
            return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.table.owner.pk])
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def _page(self, form: OrderForm, arranged: Arrangement) -> HttpResponse:
        table, pressed = self.table, next((name for name in (UP, DOWN) if name in self.request.POST), UP)
        rows = []
        stay = self.request.POST.get("numbers_stay")
        values = table.values(arranged, numbers_stay=bool(stay))
        number = numbered_by(table.model)
        for key in arranged.order:
            row, place, last = table.rows[key], arranged.place(key), len(arranged.siblings(key))
            ends = {UP: place == 1, DOWN: place == last}
            focused = next((name for name in (pressed, UP, DOWN) if not ends[name]), "") if key == self.moved else ""
            rows.append(
                {
                    "row": row,
                    "code": getattr(row, row.permanent) if row.permanent else "",
                    "text": _text_of(row),
                    "number": values.get(key, {}).get(number, getattr(row, number)) if number else "",
                    "place": place,
                    "last": last,
                    "indent": range(arranged.depth(key)),
                    "is_moved": self.request.method == "POST" and key in values,
                    "buttons": [
                        {"name": name, "label": label, "is_off": ends[name], "is_focused": name == focused}
                        for name, label in MOVES.items()
                    ],
                }
            )
        name = table.model._meta.verbose_name
        title = f"调整{name}的先后" + (f"：{table.owner}" if table.owner is not None else "")
        self.context |= {
            "title": title,
            "form": form,
            "fields": [form[name] for name in ("numbers_stay", "change_reason") if name in form.fields],
            "order": ",".join(map(str, arranged.order)),
            "rows": rows,
            "moved": table.rows[self.moved] if self.moved is not None else None,
            "moved_to": arranged.place(self.moved) if self.moved is not None else 0,
            "back": self._back(),
            "owner": table.owner,
            "number": table.model._meta.get_field(number).verbose_name if number else "",
            "kind": name,
        }
        return TemplateResponse(self.request, "admin/history/order.html", self.context)
