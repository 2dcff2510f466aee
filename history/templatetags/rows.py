"""For the desk: where rows are moved, and where they are pasted."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from history import order_page
from history.admin import may
from history.models import WorkingRow

register = template.Library()


@register.simple_tag(takes_context=True)
def order_url(context: Any, row: Any) -> str:
    """Where it is moved among its like; empty where there is no order, where it is not in it, and for who may change
    nothing there."""
    model = type(row)
    if not order_page.is_ordered(model) or row.pk is None or row.is_retired:
        return ""
    owner = getattr(row, model.belongs_to) if model.belongs_to else None
    if not may(context["request"], "change", model._meta, owner):
        return ""
    return order_page.address(model, owner and owner.pk)


@register.filter
def order_of_all(opts: Any) -> str:
    """Where all rows of a kind are moved; empty where they stand in the order of what they are part of."""
    is_whole = order_page.is_ordered(opts.model) and not opts.model.belongs_to
    return order_page.address(opts.model) if is_whole else ""


@register.filter
def order_of_parts(inline: Any, owner: Any) -> str:
    """Where the rows of a table in the page of a row are moved; empty where that has no order of its own."""
    model = inline.opts.model
    if owner is None or not order_page.is_ordered(model) or not inline.has_change_permission:
        return ""
    return order_page.address(model, owner.pk)


@register.simple_tag(takes_context=True)
def paste_url(context: Any, opts: Any, *, row: Any = None, owner: Any = None) -> str:
    """Where rows are pasted: new ones, those of an owner, or this one; empty for who brings in no tables."""
    user = context["request"].user
    if not issubclass(opts.model, WorkingRow) or not user.has_perm(f"{opts.app_label}.import_{opts.model_name}"):
        return ""
    asked = {name: each.pk for name, each in (("row", row), ("owner", owner)) if each is not None}
    where = reverse(f"admin:{opts.app_label}_{opts.model_name}_paste")
    return f"{where}?{urlencode(asked)}" if asked else where
