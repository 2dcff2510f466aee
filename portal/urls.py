"""Public URLs: the edition in force, every edition for good, and what belongs to none of them, plain and as 长辈版."""

from typing import Any

from django.urls import include, path, register_converter

import editions.urls
import editions.views
import services.urls
from portal import views
from portal.turned import KINDS


class TurnedKind(editions.urls.Label):
    """offices, departments, laws"""

    regex = "|".join(KINDS)


register_converter(TurnedKind, "turned")

pages: list[Any] = [
    *editions.urls.pages,
    # /offices/
    path("<turned:kind>/", views.turned_list, name="turned-list"),
    # /offices/gs-02/
    path("<turned:kind>/<code:code>/", views.turned, name="turned"),
]

site: list[Any] = [
    *services.urls.pages,
    # /editions/
    path("editions/", editions.views.editions, name="editions"),
    # /search/?q=
    path("search/", views.search, name="search"),
    path("search/offline/", views.search_offline, name="search-offline"),
]

elder: list[Any] = [
    *pages,
    *site,
    path("editions/<label:label>/", include((pages, "edition"))),
]

urlpatterns = [
    *pages,
    *editions.urls.files,
    *services.urls.files,
    *site,
    # /editions/2017-12/…
    path("editions/<label:label>/", include(([*pages, *editions.urls.files], "edition"))),
    # /elder/…
    path("elder/", include((elder, "elder")), {"elder": True}),
    # /data/schema.json
    path("data/schema.json", editions.views.schema_json, name="schema-json"),
]
