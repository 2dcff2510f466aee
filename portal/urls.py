"""Public URLs: the edition in force, every edition for good, and what belongs to none of them, plain and as 长辈版."""

from typing import Any

from django.urls import include, path, register_converter

import editions.public.urls
import editions.public.views
import services.urls
from portal import views
from portal.answers.turned import KINDS


class TurnedKind(editions.public.urls.Label):
    """offices, departments, laws"""

    regex = "|".join(KINDS)


register_converter(TurnedKind, "turned")

pages: list[Any] = [
    *editions.public.urls.pages,
    # /offices/
    path("<turned:kind>/", views.turned_list, name="turned-list"),
    # /offices/gs-02/
    path("<turned:kind>/<code:code>/", views.turned, name="turned"),
]

files: list[Any] = [
    *editions.public.urls.files,
    # /list.pdf
    path("list.pdf", views.list_pdf, name="list-pdf"),
    # /duties/list.pdf
    path("<part:kind>/list.pdf", views.list_pdf, name="part-pdf"),
    # /duties/zz-01/list.pdf
    path("<part:kind>/<code:code>/list.pdf", views.list_pdf, name="item-pdf"),
    # /offices/gs-02/list.pdf
    path("offices/<code:code>/list.pdf", views.list_pdf, {"kind": "offices"}, name="office-pdf"),
]

changes: list[Any] = [
    # /editions/2018-03/changes.pdf
    path("changes.pdf", views.changes_pdf, name="changes-pdf"),
    # /editions/2018-03/changes/2017-12.pdf
    path("changes/<label:other>.pdf", views.changes_pdf, name="changes-against-pdf"),
]

site: list[Any] = [
    *services.urls.pages,
    *editions.public.urls.over_time,
    # /search/?q=
    path("search/", views.search, name="search"),
    path("search/offline/", views.search_offline, name="search-offline"),
]

elder: list[Any] = [
    *pages,
    *site,
    path("editions/<label:label>/", include(([*pages, *editions.public.urls.changes], "edition"))),
]

urlpatterns = [
    *pages,
    *files,
    *services.urls.files,
    *site,
    # /editions/2017-12/…
    path("editions/<label:label>/", include(([*pages, *editions.public.urls.changes, *files, *changes], "edition"))),
    # /elder/…
    path("elder/", include((elder, "elder")), {"elder": True}),
    # /feeds/editions.atom
    path("feeds/editions.atom", editions.public.views.feed, name="feed"),
    # /data/schema.json
    path("data/schema.json", editions.public.views.schema_json, name="schema-json"),
]
