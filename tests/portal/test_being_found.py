"""A search engine, a browser and a reader of feeds come by: each finds what it asks for."""

import datetime
import json
import re
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from editions.public import catalogue
from tests.acting import make_hands, make_report, make_years

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_told_what_is_not_for_them_and_where_the_map_is(citizen: Client) -> None:
    lines = citizen.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /search/" in lines
    assert "Disallow: /editions/*/search/" in lines
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
    assert found[f"{SITE}/help/"] is None  # it is of the program, and older or younger than any edition
    for address, day in [each for each in found.items() if each[1]][::15]:
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
    assert re.search(r"favicon\.[0-9a-f]+\.ico$", answer["Location"])
    assert (settings.BASE / "static" / "portal" / "favicon.ico").read_bytes().startswith(b"\0\0\1\0")


def test_a_feed_knows_its_entries_again_when_the_site_moves(citizen: Client) -> None:
    ids = re.findall(r"<id>(.*?)</id>", citizen.get("/feeds/editions.atom").content.decode())
    assert len(ids) == 2
    assert all(each.startswith("tag:") for each in ids)
    with override_settings(SITE_URL="https://elsewhere.example"):
        moved = citizen.get("/feeds/editions.atom").content.decode()
    assert re.findall(r"<id>(.*?)</id>", moved) == ids
    assert "https://elsewhere.example/editions/2017-12/" in moved


def linked(citizen: Client, path: str) -> Any:
    page = citizen.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return [json.loads(each) for each in found]


def test_the_first_page_says_whose_it_is_and_how_to_complain(citizen: Client) -> None:
    (said,) = linked(citizen, "/")
    assert said["@type"] == "GovernmentOrganization"
    assert said["name"] == "文安县质量技术监督局"
    assert said["contactPoint"]["telephone"] == "0316-5255911"
    assert said["contactPoint"]["contactType"] == "申诉举报咨询"


def test_a_law_says_its_name_and_number(citizen: Client) -> None:
    (said,) = linked(citizen, "/laws/fl-01/")
    assert (said["@type"], said["legislationIdentifier"]) == ("Legislation", "国务院令第591号")
    assert said["url"] == f"{SITE}/laws/fl-01/"


def test_an_office_says_whose_it_is_and_what_its_phone_is_printed_for(citizen: Client) -> None:
    (said,) = linked(citizen, "/offices/gs-04/")
    assert (said["@type"], said["url"]) == ("GovernmentOrganization", f"{SITE}/offices/gs-04/")
    assert said["parentOrganization"]["name"] == "文安县质量技术监督局"
    page = citizen.get("/offices/gs-04/").content.decode()
    for each in said["contactPoint"]:
        assert each["telephone"] in page
        assert f"“{each['contactType'].removeprefix('“')}" in page
    assert [each["contactType"] for each in said["contactPoint"] if each["telephone"] == "0316-5255905"] == [
        "标准日活动",
        "“5、20世界计量日”主题宣传活动",
        "计量服务",
        "质量、计量、标准化等培训",
    ]
    (silent,) = linked(citizen, "/offices/gs-05/")
    assert "contactPoint" not in silent
    assert "未写明" in citizen.get("/offices/gs-05/").content.decode()


def test_a_department_says_its_names(citizen: Client) -> None:
    (said,) = linked(citizen, "/departments/bm-01/")
    assert said["name"] == "文安县质量技术监督局"
    assert "县质监局" in said["alternateName"]


def test_no_two_pages_describe_themselves_alike(citizen: Client) -> None:
    paths = ["/", "/duties/", "/boundaries/", "/services/", "/supervision/", "/editions/", "/offices/", "/departments/"]
    paths += ["/laws/", "/duties/zz-01/", "/duties/zz-02/", "/offices/gs-01/", "/laws/fl-01/", "/services/events/"]
    pages = (citizen.get(path).content.decode() for path in paths)
    said = [re.findall(r'<meta name="description" content="(.*?)">', page)[0] for page in pages]
    assert len(set(said)) == len(said)
    assert all(said)


def test_a_calendar_is_taken_at_a_click_or_pasted(citizen: Client) -> None:
    page = citizen.get("/services/").content.decode()
    assert 'href="webcal://127.0.0.1:8000/services/calendar.ics"' in page
    assert f">{SITE}/services/calendar.ics<" in page
    lines = citizen.get("/services/calendar.ics").content.decode().replace("\r\n ", "").splitlines()
    assert f"URL:{SITE}/services/fw-01/" in lines


def test_a_service_says_who_offers_it_and_which_phone(citizen: Client) -> None:
    (said,) = linked(citizen, "/services/fw-07/")
    assert (said["@type"], said["name"]) == ("GovernmentService", "质量、计量、标准化等培训")
    assert said["provider"]["name"] == "文安县质量技术监督局"
    phones = [each["servicePhone"]["telephone"] for each in said["availableChannel"]]
    assert phones == ["0316-5255905", "0316-5255908"]
    (without,) = linked(citizen, "/services/fw-05/")
    assert "availableChannel" not in without  # the list prints none


def shared(citizen: Client, path: str) -> dict[str, str]:
    page = citizen.get(path).content.decode()
    return dict(re.findall(r'<meta property="og:(\w+)" content="(.*?)">', page))


def test_a_page_that_somebody_shares_says_what_it_is(citizen: Client) -> None:
    said = shared(citizen, "/elder/duties/zz-08/")
    title = "承担本行政区域内特种设备安全监察、监督工作的责任，监督检查高耗能特种设备节能标准的执行情况"
    assert said["title"] == title
    assert said["description"] == f"部门职责 ZZ-08：{title}"
    assert said["url"] == f"{SITE}/duties/zz-08/"
    assert said["type"] == "article"
    assert shared(citizen, "/")["type"] == "website"
    picture = citizen.get(said["image"].removeprefix(SITE))
    assert picture["Content-Type"] == "image/png"


def test_the_title_of_a_page_is_that_of_the_message_that_shares_it(citizen: Client) -> None:
    for path in ("/duties/", "/duties/zz-01/history/", "/offices/gs-01/", "/editions/", "/search/?q=电梯", "/data/"):
        title = re.findall("<title>(.*?)</title>", citizen.get(path).content.decode())[0]
        assert title == f"{shared(citizen, path)['title']} - 文安县质量技术监督局责任清单"


def test_a_data_portal_finds_every_edition_in_every_form(db: None, citizen: Client) -> None:
    make_years(make_hands())
    said = json.loads(citizen.get("/data/catalog.jsonld").content)
    series, *found = said["dcat:dataset"]
    assert series["@type"] == "dcat:DatasetSeries"
    assert [each["dct:identifier"] for each in found] == ["2018-09", "2018-05", "2018-03", "2017-12", "standards"]
    assert {each["dcat:inSeries"]["@id"] for each in found[:4]} == {series["@id"]}
    for each in found:
        assert each["dcat:contactPoint"]["vcard:hasTelephone"] == {"@id": "tel:03165255911"}
        for form in each["dcat:distribution"]:
            address = form["dcat:downloadURL"]["@id"].removeprefix(SITE)
            kind = form["dcat:mediaType"]["@id"].split("media-types/")[1]
            if kind != "application/pdf":  # no paper is set here
                assert citizen.get(address)["Content-Type"].startswith(kind), address


def test_people_read_how_the_data_are_taken_and_cited(citizen: Client) -> None:
    page = citizen.get("/data/").content.decode()
    for path in (
        *("/editions/2017-12/list.json", "/openapi.json", "/data/catalog.jsonld", "/data/schema.json"),
        "/supervision/standards.json",
    ):
        assert f'href="{path}"' in page
    assert f"2017-12 版，ZZ-01，自 2017-12-01 起施行，{SITE}/editions/2017-12/" in page


def test_the_map_says_when_somebody_was_last_answered_in_public(citizen: Client, wang: Any) -> None:
    make_report(by=wang)
    catalogue.forget()
    tree = ElementTree.fromstring(citizen.get("/sitemap.xml").content)  # noqa: S314 (our own)
    found = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in tree}
    assert found[f"{SITE}/corrections/answers/"] == timezone.localdate().isoformat()
    assert found[f"{SITE}/help/"] is None
