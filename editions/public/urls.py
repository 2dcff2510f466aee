"""URLs of an edition, the same below / (the edition in force) and below /editions/<label>/ (that edition)."""

from typing import Any

from django.urls import path, register_converter

from editions.public import views


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

    def to_url(self, value: str) -> str:
        return self.to_python(value)


class Code(Label):
    """zz-01; capitals are led to the one address"""

    regex = r"[A-Za-z]{2}-\d{1,9}"


register_converter(Label, "label")
register_converter(PartName, "part")
register_converter(Code, "code")

pages: list[Any] = [
    # /
    path("", views.contents, name="contents"),
    # /duties/
    path("<part:part>/", views.part, name="part"),
    # /duties/zz-01/
    path("<part:part>/<code:code>/", views.item, name="item"),
]
"""What is read, and so has its 长辈版."""

files: list[Any] = [
    # /list.json
    path("list.json", views.list_json, name="list-json"),
]

changes: list[Any] = [
    # /editions/2018-03/changes/
    path("changes/", views.changes, name="changes"),
    # /editions/2018-03/changes/2017-12/
    path("changes/<label:other>/", views.changes, name="changes-against"),
]
"""Of an edition that is named: what it changed."""

over_time: list[Any] = [
    # /editions/
    path("editions/", views.editions, name="editions"),
    # /duties/zz-01/history/
    path("<part:part>/<code:code>/history/", views.item_history, name="item-history"),
    # /on/2018-01-15/…
    path("on/<str:day>/", views.on_day, name="on-day"),
    path("on/<str:day>/<path:rest>", views.on_day, name="on-day-below"),
]
"""Of no one edition: all of them, and what was when."""
