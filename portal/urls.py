"""Public URLs: the edition in force, every edition for good, and what belongs to none of them, plain and as 长辈版."""

from django.urls import path, register_converter

import cases.urls
import editions.public.urls
import services.urls
from editions.public.addresses import (
    register_group,
    register_pages_of_kind,
    register_pdf,
    register_single_page,
    tree,
)
from portal import asking, site_pages, views
from portal.answers.reverse_index import KINDS
from portal.error_reports import views as reports
from portal.open_data import site_files
from portal.open_data import views as data_views


class IndexedKind(editions.public.urls.Label):
    """offices, departments, laws"""

    regex = "|".join(KINDS)


register_converter(IndexedKind, "indexed")

INDEXES = register_group(
    # /offices/
    path("<indexed:kind>/", views.all_of_kind, name="all-of-kind"),
    # /offices/gs-02/
    path("<indexed:kind>/<code:code>/", views.one_of_kind, name="one-of-kind"),
    of_each_edition=True,
    has_elder=True,
    is_previewed=True,
)

for kind, label in (KINDS | {"departments": "其他部门"}).items():
    register_pages_of_kind(kind, label, all="all-of-kind", one="one-of-kind")

PAPERS = register_group(
    # /list.pdf
    path("list.pdf", views.list_pdf, name="list-pdf"),
    # /duties/list.pdf
    path("<part:kind>/list.pdf", views.list_pdf, name="part-pdf"),
    # /duties/zz-01/list.pdf
    path("<part:kind>/<code:code>/list.pdf", views.list_pdf, name="item-pdf"),
    # /offices/gs-02/list.pdf
    path("offices/<code:code>/list.pdf", views.list_pdf, {"kind": "offices"}, name="office-pdf"),
    of_each_edition=True,
    is_previewed=True,
)

register_pdf("contents", "list-pdf")
register_pdf("part", "part-pdf")
register_pdf("item", "item-pdf")

PAPERS_OF_CHANGES = register_group(
    # /editions/2018-03/changes.pdf
    path("changes.pdf", views.changes_pdf, name="changes-pdf"),
    # /editions/2018-03/changes/2017-12.pdf
    path("changes/<label:other>.pdf", views.changes_pdf, name="changes-against-pdf"),
    of_no_edition=False,
    of_each_edition=True,
    is_previewed=True,
)

register_pdf("changes", "changes-pdf")
register_pdf("changes-against", "changes-against-pdf")

FEEDS = register_group(
    # /feeds/offices/gs-02.atom
    path("feeds/offices/<code:code>.atom", views.office_feed, name="office-feed"),
)

SEARCH = register_group(
    # /search/?q=
    path("search/", asking.search, name="search"),
    path("search/offline/", asking.search_offline, name="search-offline"),
    path("find/", asking.find, name="find"),
    of_each_edition=True,
    has_elder=True,
)
register_single_page("search", "search")

DATA_PAGE = register_group(
    # /data/
    path("data/", data_views.data, name="data"),
    has_elder=True,
)
register_single_page("data", "data", label="数据说明")

DATA = register_group(
    path("openapi.json", data_views.openapi, name="openapi"),
    # /data/catalog.jsonld
    path("data/catalog.jsonld", data_views.data_catalogue, name="data-catalogue"),
)

ERROR_REPORTS = register_group(
    # /corrections/?about=duties/zz-01
    path("corrections/", reports.report, name="error-reports"),
    path("corrections/answers/", reports.answers, name="error-report-answers"),
    path("corrections/offline/", reports.report_offline, name="error-reports-offline"),
    path("corrections/of/<slug:secret>/", reports.one_report, name="error-report"),
    has_elder=True,
)
register_single_page("error-reports", "error-reports", label="我要纠错")

SITE_PAGES = register_group(
    path("help/", site_pages.site_help, name="help"),
    path("map/", site_pages.site_map, name="site-map"),
    path("accessibility/", site_pages.accessibility, name="accessibility"),
    has_elder=True,
)
register_single_page("help", "help", label="帮助")
register_single_page("site-map", "site-map", label="网站地图")
register_single_page("accessibility", "accessibility", label="无障碍声明")

SITE_FILES = register_group(
    path("robots.txt", site_files.robots, name="robots"),
    path("sitemap.xml", site_files.sitemap, name="sitemap"),
    path("opensearch.xml", site_files.opensearch, name="opensearch"),
    path("favicon.ico", site_files.favicon, name="favicon"),
)

GROUPS = (
    *editions.public.urls.GROUPS,
    INDEXES,
    PAPERS,
    PAPERS_OF_CHANGES,
    FEEDS,
    *services.urls.GROUPS,
    *cases.urls.GROUPS,
    SEARCH,
    DATA_PAGE,
    DATA,
    ERROR_REPORTS,
    SITE_PAGES,
    SITE_FILES,
)

urlpatterns = tree(GROUPS)
