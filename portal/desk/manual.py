"""手册: docs/手册.md as a page of the desk, with its pictures."""

import functools
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from accounts import pages

SOURCE = settings.BASE / "docs" / "手册.md"
PICTURES = settings.BASE / "docs" / "pictures" / "manual"


def urls(site: Any) -> list[URLPattern]:
    return [
        # /admin/manual/
        path("manual/", pages.page(site, page), name="manual"),
        path("manual/pictures/manual/<slug:name>.png", site.admin_view(picture), name="manual-picture"),
    ]


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "admin/portal/manual.html", context | {"title": "手册", "text": _text()})


def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    file = PICTURES / f"{name}.png"
    if not file.is_file():
        raise Http404("手册里没有这张图。")
    return FileResponse(file.open("rb"), content_type="image/png")


@functools.cache
def _text() -> SafeString:
    return mark_safe(MarkdownIt("commonmark", {"html": False}).render(SOURCE.read_text(encoding="utf-8")))  # noqa: S308
