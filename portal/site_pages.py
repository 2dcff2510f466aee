"""Pages about the site itself: the map, the help, the statement on accessibility."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from editions.public.addresses import pages_at_the_foot, pages_of_kinds
from editions.public.changes import latest
from editions.public.reading import Reading
from editions.public.views import cross_edition_view, page
from portal.answers.answer import enquiries
from portal.answers.reverse_index import named

MEASURED_ON = datetime.date(2026, 11, 29)
"""The day on which the statement on accessibility was last held against all pages, in a browser and by eye
(tests/portal/test_in_a_browser.py); whoever measures again writes the new day."""


def _shown(request: HttpRequest, reading: Reading, name: str, named: str, about: str, **context: Any) -> HttpResponse:
    template = f"portal/{name}.html"
    return page(request, template, reading, name, {}, named=named, about=about, **context)


@cross_edition_view
def site_map(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Every page of the list in force, and of every edition its first."""
    register = reading.register
    return _shown(
        request,
        reading,
        "site-map",
        "网站地图",
        f"{register.cover.title}的全部页面",
        by_part=[(part, register.frame(part.name), register.of(part.name)) for part in register.parts],
        by_kind=[
            (kind, [(document.code, named(document)) for document in register.documents(kind.kind)])
            for kind in pages_of_kinds()
        ],
        published=[(edition, latest(reading.catalogue, edition)) for edition in reading.catalogue.published],
        others=[(reading.url(each.name), each.label) for each in pages_at_the_foot(reading.catalogue)],
    )


@cross_edition_view
def site_help(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Twelve questions in plain words."""
    return _shown(
        request,
        reading,
        "help",
        "帮助",
        "怎样在本站找到谁负责、打什么电话、看以前的版本：12 个问题",
        call=enquiries(reading.register),
        hotline=settings.HOTLINE,
        mismatches=reading.register.count_mismatches(),
    )


@cross_edition_view
def accessibility(request: HttpRequest, reading: Reading) -> HttpResponse:
    return _shown(
        request,
        reading,
        "accessibility",
        "无障碍声明",
        f"本站的无障碍状况，{MEASURED_ON} 测量",
        measured_on=MEASURED_ON,
        call=enquiries(reading.register),
    )
