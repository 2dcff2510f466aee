"""What a page says of the county's site, from the environment; what is empty is left out and reported."""

import functools
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from editions.public import catalogue
from editions.public.addresses import group_of, pages_at_the_foot, pages_of_kinds
from editions.public.reading import address

META = {"SiteName": "SITE_NAME", "SiteDomain": "SITE_DOMAIN", "SiteIDCode": "SITE_ID_CODE"}
FOOTER = {
    "联系方式": "SITE_CONTACT",
    "网站标识码": "SITE_ID_CODE",
    "ICP备案号": "SITE_ICP",
    "公安备案号": "SITE_POLICE",
}
LINKS = {"党政机关网站标识": "SITE_MARK_URL", "我为政府网站找错": "SITE_ERRORS_URL"}
NAMES = tuple(dict.fromkeys([*META.values(), *FOOTER.values(), *LINKS.values()]))


PICTURE = "portal/icon.png"
"""What stands beside the address of a page where somebody shares it."""


def _said(wanted: dict[str, str]) -> list[tuple[str, str]]:
    return [(label, settings.SITE[name]) for label, name in wanted.items() if settings.SITE[name]]


def site(request: HttpRequest) -> dict[str, Any]:
    """For templates: meta tags, footer lines and footer links, as (name, text)."""
    return {
        "site": {
            "meta": _said(META),
            "footer": _said(FOOTER),
            "links": _said(LINKS),
            "opensearch": reverse("opensearch"),
            "picture": address(static(PICTURE)),
        }
    }


def ways_on(*, elder: bool) -> dict[str, Any]:
    """From a page that is no page of an edition: whose site it is, where the question field asks, the columns and the
    foot of the list in force as it was seen last. An error costs no look at the database, and needs none."""
    dress = "elder:" if elder else ""
    seen = catalogue.last_seen()
    bureau, listed, turned, foot = None, [], [], []
    if seen and seen.in_force:
        register = seen.in_force.register()
        bureau = register.bureau
        listed = [(part.label, reverse(f"{dress}part", args=[part.name])) for part in register.parts]
        turned = [(kind.label, reverse(f"{dress}{kind.all}", args=[kind.kind])) for kind in pages_of_kinds()]
        foot = [
            (reverse(group_of(each.name).space(elder=elder, permanent=False) + each.name), each.label)
            for each in pages_at_the_foot(seen)
        ]
    turned.append(("版本", reverse(f"{dress}editions")))
    return {
        "bureau": bureau,
        "search": reverse(f"{dress}search"),
        "columns": [("清单", listed), ("倒查", turned)],
        "foot": foot,
    }


def dress(request: HttpRequest) -> dict[str, Any]:
    """For pages that are no page of an edition: whether they are asked for in 长辈版, the ways home, and on."""
    elder = request.path_info.startswith("/elder/")
    homes = [reverse("contents"), reverse("elder:contents")]
    on = functools.partial(ways_on, elder=elder)  # asked for by those that show it
    return {"elder": elder, "home": homes[elder], "other_home": homes[not elder], "ways_on": on}


def check_site(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    empty = [name for name in NAMES if not settings.SITE[name]]
    if not empty:
        return []
    said = "、".join(empty)
    return [Warning(f"页头和页脚没有写：{said}。", hint="在环境变量里设置，见 docs/operations.md。", id="portal.W001")]
