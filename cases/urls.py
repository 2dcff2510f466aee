"""URLs of what stands beside regimes 十四 and 十五: what was decided, and by what penalties are measured."""

from typing import Any

from django.urls import path, register_converter

from cases.discretion import views
from cases.publicity import views as publicity
from editions.public.addresses import register_group, register_page_beside, register_single_page


class Serial:
    """3: no leading nought, and never more figures than a number in the database has."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Serial, "serial")

GROUPS = (
    register_group(
        # /supervision/standards/
        path("supervision/standards/", views.standards, name="standards"),
        # /supervision/standards/find/?q=
        path("supervision/standards/find/", views.find_standards, name="find-standards"),
        path("supervision/standards/find/offline/", views.find_standards_offline, name="find-standards-offline"),
        has_elder=True,
    ),
    register_group(
        # /supervision/standards.json
        path("supervision/standards.json", views.standards_json, name="standards-json"),
    ),
    register_group(
        # /cases/
        path("cases/", publicity.decisions, name="decisions"),
        # /cases/3/
        path("cases/<serial:number>/", publicity.decision, name="decision"),
        has_elder=True,
    ),
    register_group(
        # /cases.json, /cases/3.json, /cases.csv
        path("cases.json", publicity.decisions_json, name="decisions-json"),
        path("cases.csv", publicity.decisions_csv, name="decisions-csv"),
        path("cases/<serial:number>.json", publicity.decision_json, name="decision-json"),
        # /feeds/cases.atom
        path("feeds/cases.atom", publicity.decisions_feed, name="decisions-feed"),
    ),
)

register_page_beside("supervision", "JG-15", "standards", label="现行的裁量基准")
DECISIONS: dict[str, Any] = {"label": "行政处罚决定公示", "is_there": publicity.are_there}
register_page_beside("supervision", "JG-14", "decisions", **DECISIONS)
register_single_page("decisions", "decisions", **DECISIONS)
