"""A citizen's feed reader hears of each edition."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from editions.life.edition import Edition
from editions.public import catalogue
from tests.acting import Hands, make_hands, make_issued, make_years, on

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://zrqd.wenan.example"


@pytest.fixture
def hands(db: None, settings: Any) -> Hands:
    settings.SITE_URL = URL
    return make_hands()


def feed(citizen: Client) -> ElementTree.Element:
    catalogue.forget()
    answer = citizen.get("/feeds/editions.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 (our own feed)


def text(element: ElementTree.Element, name: str) -> str:
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def entries(read: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {text(entry, "title"): entry for entry in read.findall(f"{ATOM}entry")}


def test_it_holds_every_edition_the_latest_first(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    read = feed(citizen)
    assert text(read, "title") == "文安县质量技术监督局责任清单"
    assert list(entries(read)) == ["2018-09 版", "2018-05 版（已废止）", "2018-03 版", "2017-12 版"]
    first, changed = entries(read)["2017-12 版"], entries(read)["2018-03 版"]
    assert text(first, "updated") == "2017-12-01T00:00:00+08:00"
    assert text(changed, "updated") == "2018-03-01T12:00:00+08:00"
    assert text(changed, "summary") == (
        "<p>自 2018-03-01 起施行。</p><p>修订说明：按机构改革调整。</p>"
        "<p>与 2017-12 版相比：新增 1 项、取消 1 项、修改 4 项、修改具体工作事项 1 条、移动 1 项。</p>"
    )


def test_it_has_what_the_standard_demands(hands: Hands, citizen: Client) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; every address is whole."""
    make_years(hands)
    read = feed(citizen)
    assert read.tag == f"{ATOM}feed"
    assert text(read, "id").startswith("tag:")
    assert [(link.get("rel"), link.get("href")) for link in read.findall(f"{ATOM}link")] == [
        ("alternate", f"{URL}/editions/"),
        ("self", f"{URL}/feeds/editions.atom"),
    ]
    assert read.find(f"{ATOM}author/{ATOM}name").text == "文安县质量技术监督局"  # type: ignore[union-attr]
    for entry in [read, *entries(read).values()]:
        assert text(entry, "title")
        assert datetime.datetime.fromisoformat(text(entry, "updated")).tzinfo
    ids = [text(entry, "id") for entry in entries(read).values()]
    assert [each.split(":")[-1] for each in ids] == [f"editions/2018-{month}" for month in ("09", "05", "03")] + [
        "editions/2017-12"
    ]
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries(read).values()]  # type: ignore[union-attr]
    assert links == [f"{URL}/editions/{label}/" for label in ("2018-09", "2018-05", "2018-03", "2017-12")]
    assert text(read, "updated") == max(text(entry, "updated") for entry in entries(read).values())


def test_a_revoked_edition_is_told_anew(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    entry = entries(feed(citizen))["2018-05 版（已废止）"]
    assert text(entry, "updated") == "2018-06-10T12:00:00+08:00"
    assert text(entry, "published") == "2018-05-01T12:00:00+08:00"
    assert text(entry, "summary").startswith("<p>已于 2018-06-10 废止，理由：更正有误。</p>")


def test_what_takes_effect_later_is_told_when_it_does(hands: Hands, citizen: Client) -> None:
    later = timezone.localdate() + datetime.timedelta(days=3)
    edition = make_issued(hands, effective_on=later)
    assert list(entries(feed(citizen))) == ["2017-12 版"]
    with on(later):
        assert list(entries(feed(citizen))) == [f"{edition.label} 版", "2017-12 版"]


def test_what_the_staff_write_is_text(hands: Hands, citizen: Client) -> None:
    make_issued(hands, change_note="<b>换</b> & 改")
    label = Edition.objects.in_force().label
    assert "<p>修订说明：&lt;b&gt;换&lt;/b&gt; &amp; 改</p>" in text(entries(feed(citizen))[f"{label} 版"], "summary")


def test_pages_name_the_feed(db: None, citizen: Client) -> None:
    for path in ("/", "/duties/zz-01/", "/elder/editions/2017-12/"):
        page = citizen.get(path).content.decode()
        assert '<link rel="alternate" type="application/atom+xml" title="清单版本" href="/feeds/editions.atom">' in page
    assert 'href="/feeds/editions.atom">订阅' in citizen.get("/editions/").content.decode()


def of(citizen: Client, path: str) -> dict[str, str]:
    """What the feed of one thing tells: by title, the summary."""
    answer = citizen.get(f"/feeds/{path}.atom")
    assert answer.status_code == 200, path
    read = ElementTree.fromstring(answer.content)  # noqa: S314 (our own feed)
    assert text(read, "id").endswith(f":{path}")
    return {title: text(entry, "summary") for title, entry in entries(read).items()}


def test_an_item_tells_its_own_changes_and_no_others(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    told = of(citizen, "duties/zz-01")
    assert [title.split("：")[0] for title in told] == ["2018-09 版", "2018-03 版", "2017-12 版"]
    assert all("ZZ-01" in said and "ZZ-02" not in said for said in list(told.values())[:-1])
    assert list(of(citizen, "duties/zz-08")) == ["2017-12 版：首次公布。"]


def test_what_was_retired_is_told_by_the_feed_that_stays(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    latest, *_ = of(citizen, "services/fw-02")
    assert latest.startswith("2018-03 版：FW-02 ")
    assert latest.endswith("取消")


def test_a_part_tells_the_changes_of_its_items(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    told = of(citizen, "services")
    assert list(told)[-1] == "2017-12 版：首次公布。"
    assert any("FW-02" in said and "取消" in said for said in told.values())
    assert not any("ZZ-" in said for said in told.values())


def test_an_office_tells_the_changes_of_what_names_it(hands: Hands, citizen: Client) -> None:
    make_years(hands)
    register = Edition.objects.in_force().register()
    offices = {office.name: office.code.lower() for office in register.documents("offices")}
    told = of(citizen, f"offices/{offices['质量监督股']}")
    assert any("ZZ-02" in said for said in told.values())
    assert list(told)[-1] == "2017-12 版：首次公布。"


@pytest.mark.parametrize("path", ["duties/zz-08", "services", "offices/gs-02"])
def test_what_was_published_first_is_read_in_its_place(citizen: Client, path: str) -> None:
    read = ElementTree.fromstring(citizen.get(f"/feeds/{path}.atom").content)  # noqa: S314 (our own feed)
    (entry,) = entries(read).values()
    (link,) = [each.get("href", "") for each in entry if each.tag.endswith("link")]
    assert link.endswith(f"/editions/2017-12/{path}/")
    assert citizen.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("path", ["duties/zz-99", "offices/gs-99", "nothing", "nothing/zz-01"])
def test_there_is_no_feed_of_what_there_never_was(db: None, citizen: Client, path: str) -> None:
    assert citizen.get(f"/feeds/{path}.atom").status_code == 404


def test_each_page_offers_its_own_feed(db: None, citizen: Client) -> None:
    for path in ("duties", "duties/zz-01", "offices/gs-02"):
        shown = citizen.get(f"/{path}/").content.decode()
        assert shown.count(f'href="/feeds/{path}.atom"') == 2  # for programs in the head, for people in the page
    assert citizen.get("/feeds/duties/ZZ-01.atom")["Location"] == "/feeds/duties/zz-01.atom"
