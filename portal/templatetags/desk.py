"""For the desk: how long something has waited, and what can be printed of a row."""

import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.timesince import timesince

from editions import parts
from editions.models import ListedItem
from offices.models import Office
from portal.annual import confirmations_of

register = template.Library()


@register.filter
def waited(since: datetime.datetime) -> str:
    """3 天"""
    return timesince(since, depth=1).replace("\xa0", " ")


@register.simple_tag
def timeline(row: Any, page: Any) -> list[dict[str, Any]]:
    """The lines of one page of a row's history, the last written first, and between them the confirmations of the
    annual checks that fall into the same time."""
    newest = page.paginator.page(page.previous_page_number())[-1].history_date if page.has_previous() else None
    oldest = page[-1].history_date if page.has_next() else None
    waiting = [
        each
        for each in sorted(confirmations_of(row), key=lambda each: each.pk)
        if (newest is None or each.at <= newest) and (oldest is None or each.at > oldest)
    ]
    lines: list[dict[str, Any]] = []
    for record in page:
        while waiting and waiting[-1].at > record.history_date:
            lines.append(_confirmed(waiting.pop()))
        lines.append({"record": record})
    return lines + [_confirmed(each) for each in reversed(waiting)]


def _confirmed(confirmation: Any) -> dict[str, Any]:
    return {"at": confirmation.at, "confirmed": confirmation}


@register.filter
def restore_url(row: Any) -> str:
    """Where a row is set back to what is published; empty for a row that is a part of another."""
    for kind in parts.kinds():
        if getattr(kind, "model", None) is type(row):
            return reverse("admin:editions_edition_restore", args=[kind.name, getattr(row, kind.key)])
    return ""


@register.filter
def print_scope(row: Any) -> str:
    """duties/zz-01, offices/gs-02; empty for a row that is not printed by itself."""
    if isinstance(row, ListedItem | Office) and row.code and not row.is_retired:
        return f"{row._meta.app_label}/{row.code.lower()}"
    return ""
