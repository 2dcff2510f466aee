"""For the desk: how long something has waited, and what can be printed of a row."""

import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.timesince import timesince

from editions.desk import restoring
from editions.form import parts
from editions.form.items import ListedItem
from offices.models import Office

register = template.Library()


@register.filter
def waited(since: datetime.datetime) -> str:
    """3 天"""
    return timesince(since, depth=1).replace("\xa0", " ")


@register.simple_tag(takes_context=True)
def restore_url(context: Any, row: Any) -> str:
    """Where a row is set back to what is published; empty for a row that is a part of another, and for who may not."""
    for kind in parts.kinds():
        if isinstance(kind, parts.RowKind) and kind.model is type(row):
            code = getattr(row, kind.key)
            may = restoring.may_restore(context["request"], kind, code)
            return reverse("admin:editions_edition_restore", args=[kind.name, code]) if may else ""
    return ""


@register.filter
def print_scope(row: Any) -> str:
    """duties/zz-01, offices/gs-02; empty for a row that is not printed by itself."""
    if isinstance(row, ListedItem | Office) and row.code and not row.is_retired:
        return f"{row._meta.app_label}/{row.code.lower()}"
    return ""
