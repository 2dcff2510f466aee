"""搜索: everything that this account may open, by the words that its lists are searched by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from accounts import pages
from history.models import WorkingRow
from verbatim.fields import PlainForm

SHOWN = 8
"""Rows of a kind on the page; its list has the others."""
AROUND = 24
"""Characters of a text before and after what was found."""
OF_OFFICES = ("offices",)
"""Columns that name offices: whose text it is comes behind what the text is."""
LAST = ("editions", "accounts", "auth", "admin")
"""Apps whose rows stand behind those that people work at."""


class SearchForm(PlainForm):
    q = forms.CharField(label="搜索", max_length=100, error_messages={"required": "请写要找的字。"})


@dataclass(frozen=True)
class Hit:
    opens: str
    named: str
    column: str
    """Where it was found, with the text around it; empty where the name says enough or the text is not for lists."""
    before: str = ""
    found: str = ""
    after: str = ""


@dataclass(frozen=True)
class Found:
    label: str
    hits: list[Hit]
    count: int
    more: str
    """The list with all of them; empty where these are all."""


def urls(site: Any) -> list[URLPattern]:
    def shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        return page(request, context, site)

    # /admin/search/?q=5255905
    return [path("search/", pages.page(site, shown), name="search")]


def page(request: HttpRequest, context: dict[str, Any], site: Any) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    context |= {"title": "搜索", "form": form, "asked": ""}
    if form.is_valid():
        asked = form.cleaned_data["q"]
        context |= {"asked": asked, "title": f"搜索：{asked}", "kinds": list(_found(request, site, asked))}
    return TemplateResponse(request, "admin/portal/search.html", context)


def _found(request: HttpRequest, site: Any, asked: str) -> Iterator[Found]:
    listed = [entry for app in site.get_app_list(request) for entry in app["models"]]
    for entry in sorted(listed, key=lambda each: each["model"]._meta.app_label in LAST):
        of_kind = site._registry[entry["model"]]
        names = _own_columns(entry["model"], of_kind.get_search_fields(request))
        if not names or not of_kind.has_view_permission(request):
            continue
        found = of_kind.get_queryset(request).filter(_holding(names, asked))
        if count := found.count():
            by_text = found.filter(_holding([name for name in names if name not in OF_OFFICES] or names, asked))
            rows = list(dict.fromkeys([*by_text[:SHOWN], *found[:SHOWN]]))[:SHOWN]
            opts = entry["model"]._meta
            whole = f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{urlencode({'q': asked})}"
            hits = [_hit(row, names, asked) for row in rows]
            yield Found(str(opts.verbose_name_plural), hits, count, whole if count > SHOWN else "")


def _holding(names: list[str], asked: str) -> Q:
    """Every word, each in one of these columns."""
    return reduce(and_, (reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names)) for word in asked.split()))


def _own_columns(model: Any, names: Any) -> list[str]:
    """The columns of the row itself: its parts, and what it is part of, are found as themselves. What has none of its
    own is found by the others."""
    own = [name for name in names if "__" not in name]
    parts = {field.name for field in model._meta.related_objects}
    return own or [name for name in names if name.split("__")[0] not in parts]


def _named(row: Any) -> str:
    """With the code of what it is part of, where its own does not say that."""
    owner = row
    while getattr(owner, "belongs_to", ""):
        owner = getattr(owner, owner.belongs_to)
    code = getattr(owner, "code", "")
    return str(row) if owner is row or str(code) in str(row) else f"{code} {row}"


def _hit(row: Any, names: list[str], asked: str) -> Hit:
    opts = row._meta
    opens = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    named, word = _named(row), asked.split()[0]
    texts = {name: str(getattr(row, name, "")) for name in names} if isinstance(row, WorkingRow) else {}
    for name, text in texts.items():
        at = text.casefold().find(word.casefold())
        if at >= 0 and word.casefold() not in named.casefold():
            end = at + len(word)
            before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
            column = str(opts.get_field(name).verbose_name)
            return Hit(opens, named, column, ("…" if at > AROUND else "") + before, text[at:end], after)
    return Hit(opens, named, "")
