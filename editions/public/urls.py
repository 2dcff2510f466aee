"""URLs of editions."""

from django.urls import path, register_converter

from editions.public import data, feed_views, views
from editions.public.addresses import register_group


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

PAGES = register_group(
    # /
    path("", views.contents, name="contents"),
    # /duties/
    path("<part:part>/", views.part, name="part"),
    # /duties/zz-01/
    path("<part:part>/<code:code>/", views.item, name="item"),
    of_each_edition=True,
    has_elder=True,
    is_previewed=True,
)
"""What is read."""

FILES = register_group(
    # /list.json
    path("list.json", data.list_json, name="list-json"),
    path("list.csv", data.list_csv, name="list-csv"),
    path("list.xlsx", data.list_xlsx, name="list-xlsx"),
    # /duties/list.json
    path("<part:part>/list.json", data.part_json, name="part-json"),
    path("<part:part>/list.csv", data.part_csv, name="part-csv"),
    path("<part:part>/list.xlsx", data.part_xlsx, name="part-xlsx"),
    # /duties/zz-01.json
    path("<part:part>/<code:code>.json", data.item_json, name="item-json"),
    of_each_edition=True,
    is_previewed=True,
)

CHANGES = register_group(
    # /editions/2018-03/changes/
    path("changes/", views.changes, name="changes"),
    # /editions/2018-03/changes/2017-12/
    path("changes/<label:other>/", views.changes, name="changes-against"),
    of_no_edition=False,
    of_each_edition=True,
    has_elder=True,
    is_previewed=True,
)
"""Of an edition that is named: what it changed."""

OVER_TIME = register_group(
    # /editions/
    path("editions/", views.editions, name="editions"),
    # /duties/zz-01/history/
    path("<part:part>/<code:code>/history/", views.item_history, name="item-history"),
    has_elder=True,
    is_previewed=True,
)
"""Of no one edition: all of them, and what was when."""

DAYS = register_group(
    # /on/?day=2018-01-15
    path("on/", views.choose_day, name="choose-day"),
    path("on/offline/", views.choose_day_offline, name="choose-day-offline"),
    # /on/2018-01-15/…
    path("on/<str:day>/", views.on_day, name="on-day"),
    path("on/<str:day>/<path:rest>", views.on_day, name="on-day-below"),
    has_elder=True,
)

DATA = register_group(
    # /feeds/editions.atom
    path("feeds/editions.atom", feed_views.feed, name="feed"),
    # /feeds/duties.atom
    path("feeds/<part:part>.atom", feed_views.part_feed, name="part-feed"),
    # /feeds/duties/zz-01.atom
    path("feeds/<part:part>/<code:code>.atom", feed_views.item_feed, name="item-feed"),
    # /data/schema.json
    path("data/schema.json", data.schema_json, name="schema-json"),
)

GROUPS = (PAGES, FILES, CHANGES, OVER_TIME, DAYS, DATA)
