"""URLs of the list, the same below / (the edition in force) and below /editions/<label>/ (that edition)."""

from typing import Any

from django.urls import include, path, register_converter

from editions import views
from editions.reading import PAGES


class Label:
    """2017-12, 2018-03-2"""

    regex = r"\d{4}-\d{2}(?:-\d{1,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PartName(Label):
    """duties"""

    regex = r"[a-z]{1,30}"

    def to_python(self, value: str) -> str:
        if not views.is_part(value):
            raise ValueError(value)
        return value


class Code(Label):
    """zz-01; capitals are led to the one address"""

    regex = r"[A-Za-z]{2}-\d{1,9}"


register_converter(Label, "label")
register_converter(PartName, "part")
register_converter(Code, "code")

reading: list[Any] = [
    # /
    path("", views.contents, name="contents"),
    # /list.json
    path("list.json", views.list_json, name="list-json"),
    # /duties/
    path("<part:part>/", views.part, name="part"),
    # /duties/zz-01/
    path("<part:part>/<code:code>/", views.item, name="item"),
]

elder: list[Any] = [
    *(pattern for pattern in reading if pattern.name in PAGES),
    path("editions/", views.editions, name="editions"),
    path("editions/<label:label>/", include(([p for p in reading if p.name in PAGES], "edition"))),
]

urlpatterns = [
    *reading,
    # /editions/
    path("editions/", views.editions, name="editions"),
    # /editions/2017-12/…
    path("editions/<label:label>/", include((reading, "edition"))),
    # /elder/…
    path("elder/", include((elder, "elder")), {"elder": True}),
    # /data/schema.json
    path("data/schema.json", views.schema_json, name="schema-json"),
]
