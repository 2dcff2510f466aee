"""What a page says of the county's site, from the environment; what is empty is left out and reported."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.http import HttpRequest
from django.urls import reverse

META = {"SiteName": "SITE_NAME", "SiteDomain": "SITE_DOMAIN", "SiteIDCode": "SITE_ID_CODE"}
FOOTER = {
    "联系方式": "SITE_CONTACT",
    "网站标识码": "SITE_ID_CODE",
    "ICP备案号": "SITE_ICP",
    "公安备案号": "SITE_POLICE",
}
LINKS = {"党政机关网站标识": "SITE_MARK_URL", "我为政府网站找错": "SITE_ERRORS_URL"}
NAMES = tuple(dict.fromkeys([*META.values(), *FOOTER.values(), *LINKS.values()]))


def _said(wanted: dict[str, str]) -> list[tuple[str, str]]:
    return [(label, settings.SITE[name]) for label, name in wanted.items() if settings.SITE[name]]


def site(request: HttpRequest) -> dict[str, Any]:
    """For templates: meta tags, footer lines and footer links, as (name, text)."""
    said = {"meta": _said(META), "footer": _said(FOOTER), "links": _said(LINKS), "opensearch": reverse("opensearch")}
    return {"site": said}


def dress(request: HttpRequest) -> dict[str, Any]:
    """For pages that are no page of an edition: whether they are asked for in 长辈版, and the ways home."""
    elder = request.path_info.startswith("/elder/")
    homes = [reverse("contents"), reverse("elder:contents")]
    return {"elder": elder, "home": homes[elder], "other_home": homes[not elder]}


def check_site(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    empty = [name for name in NAMES if not settings.SITE[name]]
    if not empty:
        return []
    said = "、".join(empty)
    return [Warning(f"页头和页脚没有写：{said}。", hint="在环境变量里设置，见 docs/operations.md。", id="portal.W001")]
