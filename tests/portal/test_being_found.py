"""A search engine, a browser and a reader of feeds come by: each finds what it asks for."""

import datetime
import re
from xml.etree import ElementTree

from django.test import Client, override_settings

from tests.acting import make_hands, make_years

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_told_what_is_not_for_them_and_where_the_map_is(citizen: Client) -> None:
    lines = citizen.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /search/" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines


def test_the_map_names_every_page_once_and_when_it_changed(db: None, citizen: Client) -> None:
    make_years(make_hands())
    tree = ElementTree.fromstring(citizen.get("/sitemap.xml").content)  # noqa: S314 (our own)
    found = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in tree}
    assert len(found) == len(tree)
    for path, day in {
        "/duties/zz-02/": "2018-03-01",  # a work item of it was given to another office
        "/duties/zz-01/": "2018-09-01",
        "/duties/zz-08/": "2017-12-01",  # nobody touched it
        "/editions/2017-12/duties/zz-08/": "2017-12-01",
        "/editions/2018-05/": "2018-06-10",  # revoked
        "/": "2018-09-01",
    }.items():
        assert found[f"{SITE}{path}"] == day, path
    assert not any("/elder/" in address or "/admin/" in address for address in found if address)
    for address, day in list(found.items())[::15]:
        assert datetime.date.fromisoformat(day or "")
        assert citizen.get((address or "").removeprefix(SITE)).status_code == 200


def test_a_browser_may_ask_from_its_own_box(citizen: Client) -> None:
    page = citizen.get("/").content.decode()
    address = re.search(r'<link rel="search"[^>]*href="([^"]+)"', page)
    assert address
    said = citizen.get(address[1]).content.decode()
    assert f'template="{SITE}/search/?q={{searchTerms}}"' in said
    ElementTree.fromstring(said)  # noqa: S314 (our own)


def test_the_icon_is_where_browsers_look(citizen: Client) -> None:
    answer = citizen.get("/favicon.ico")
    assert answer.status_code == 301
    assert answer["Location"].endswith(".svg")


def test_a_feed_knows_its_entries_again_when_the_site_moves(citizen: Client) -> None:
    ids = re.findall(r"<id>(.*?)</id>", citizen.get("/feeds/editions.atom").content.decode())
    assert len(ids) == 2
    assert all(each.startswith("tag:") for each in ids)
    with override_settings(SITE_URL="https://elsewhere.example"):
        moved = citizen.get("/feeds/editions.atom").content.decode()
    assert re.findall(r"<id>(.*?)</id>", moved) == ids
    assert "https://elsewhere.example/editions/2017-12/" in moved
