"""A citizen asks what an edition changed: how much, where, which words, why, and where to read both."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from editions.public import catalogue
from editions.public.changes import Changes, against
from tests.acting import make_hands, make_years
from tests.conftest import own_databases


@pytest.fixture(scope="module")
def citizen(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """Reads a site with four editions, one of them revoked."""
    with own_databases(django_db_blocker) as own_database:
        own_database()
        make_years(make_hands())
        yield Client()


def page_of(citizen: Client, path: str) -> str:
    answer = citizen.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def said(page: str) -> str:
    """What somebody who sees it reads."""
    shown = re.sub(r'<span class="hidden">[^<]*</span>', "", page)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(style|script|head)\b[^>]*>.*?</\1>", "", shown)))


def articles(page: str) -> dict[str, str]:
    """Each change by its anchor."""
    return dict(re.findall(r'<article class="change" id="([^"]+)">(.*?)</article>', page, re.DOTALL))


def compared(label: str, other: str = "") -> Changes:
    seen = catalogue.current()
    edition = seen.find(label)
    assert edition
    return against(seen, edition, other)


def test_how_much_changed_and_why_stands_on_top(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2018-03/changes/")
    assert (
        "与前一版（2017-12 版）相比，共有 8 项变化：新增 1 项、取消 1 项、修改 4 项、修改具体工作事项 1 条、移动 1 项。"
        in said(page)
    )
    assert "按机构改革调整。" in said(page)
    assert re.findall(r'<li><a href="#(\w+)">([^<]+)</a></li>', page) == [
        ("duties", "部门职责：修改 1 项、修改具体工作事项 1 条"),
        ("services", "公共服务：新增 1 项、取消 1 项、修改 1 项、移动 1 项"),
        ("frames", "表头和注：修改 1 项"),
        ("offices", "股室（单位）：修改 1 项"),
    ]


def test_every_change_is_there_and_no_other(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2018-03/changes/")
    assert {anchor: re.findall(r'class="tag">([^<]+)<', article) for anchor, article in articles(page).items()} == {
        "duties-zz-01": ["修改"],
        "duties-zz-02": ["修改"],
        "services-fw-09": ["移动"],
        "services-fw-02": ["取消"],
        "services-fw-06": ["修改"],
        "services-fw-11": ["新增"],
        "frames-services": ["修改"],
        "offices-gs-02": ["修改"],
    }
    assert [change.anchor for change in compared("2018-03").all] == list(articles(page))


@pytest.mark.parametrize(
    ("label", "other"), [("2018-03", ""), ("2018-05", ""), ("2018-09", ""), ("2018-09", "2017-12")]
)
def test_every_field_that_changed_shows_its_words(citizen: Client, label: str, other: str) -> None:
    page = page_of(citizen, f"/editions/{label}/changes/{other and other + '/'}")
    for change in compared(label, other).all:
        article = articles(page)[change.anchor]
        rows = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", article, re.DOTALL)
        assert [said(place) for place, _ in rows] == [field.place for field in change.fields]
        for field, (_, shown) in zip(change.fields, rows, strict=True):
            if change.stayed:
                words = re.findall(r"<(del|ins)>(.*?)</\1>", shown, re.DOTALL)
                assert [(tag, said(text)) for tag, text in words] == [
                    ({"gone": "del", "come": "ins"}[piece.mark], piece.text)
                    for piece in field.pieces
                    if piece.mark != "same"
                ]
            else:
                assert said(shown) == (field.new or field.old)


def test_a_redline_reads_well(citizen: Client) -> None:
    article = articles(page_of(citizen, "/editions/2018-03/changes/"))["duties-zz-01"]
    hidden = '<ins><span class="hidden">〔增加：</span>牵头<span class="hidden">〕</span></ins>'
    assert f"发展规划及政策措施并{hidden}组织实施；" in article


def test_the_reason_of_a_change_stands_beside_it(citizen: Client) -> None:
    shown = articles(page_of(citizen, "/editions/2018-03/changes/"))
    assert "理由：原电话停用" in said(shown["services-fw-06"])
    assert "理由" not in said(shown["services-fw-11"])
    assert "自 2018-03-01 起取消。" in said(shown["services-fw-02"])


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_each_change_leads_to_its_place_in_both_editions(citizen: Client, dress: str) -> None:
    links = 0
    for article in articles(page_of(citizen, f"{dress}/editions/2018-09/changes/2017-12/")).values():
        for address, _, anchor in re.findall(r'href="([^"#]+)(#([^"]+))?"', article):
            assert address.startswith((f"{dress}/editions/2017-12/", f"{dress}/editions/2018-09/"))
            assert not anchor or f'id="{anchor}"' in page_of(citizen, address)
            links += 1
    assert links > 20


def test_the_edition_before_is_the_one_that_it_builds_on(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2018-09/changes/")
    assert "与前一版（2018-03 版）相比，共有 1 项变化：修改 1 项。" in said(page)
    named = page_of(citizen, "/editions/2018-09/changes/2018-03/")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/editions/2018-09/changes/">' in named
    assert articles(named) == articles(page)


def test_over_several_editions_each_says_why(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2018-09/changes/2017-12/")
    assert re.search(r"2018-09 版\s*修订说明\s*补充备注。\s*2018-03 版\s*修订说明\s*按机构改革调整。", said(page))
    shown = said(articles(page)["duties-zz-01"])
    assert "理由（2018-09 版）：写明汇总的股室" in shown
    assert "理由（2018-03 版）：按三定规定修改" in shown


def test_the_first_edition_has_none_before_it(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2017-12/changes/")
    assert "2017-12 版是第一版，以前没有公布过别的版本" in said(page)
    assert 'href="/editions/2018-05/changes/2017-12/"' in page


def test_two_editions_are_compared_at_one_address(citizen: Client) -> None:
    answer = citizen.get("/editions/2017-12/changes/2018-03/")
    assert (answer.status_code, answer["Location"]) == (301, "/editions/2018-03/changes/2017-12/")
    elder = citizen.get("/elder/editions/2017-12/changes/2018-03/")
    assert elder["Location"] == "/elder/editions/2018-03/changes/2017-12/"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/editions/2018-03/changes/2018-03/", "2018-03 版和它自己没有差别，请选另一版来对照。"),
        ("/editions/2018-03/changes/2019-01/", "没有公布过 2019-01 版。"),
        ("/editions/2019-01/changes/", "没有公布过 2019-01 版。"),
        ("/editions/2018-03/changes/nope/", "没有这个页面"),
    ],
)
def test_what_cannot_be_compared_is_said(citizen: Client, path: str, sentence: str) -> None:
    answer = citizen.get(path)
    assert answer.status_code == 404
    assert sentence in answer.content.decode()


def test_the_editions_lead_to_what_each_changed(citizen: Client) -> None:
    page = page_of(citizen, "/editions/")
    assert re.search(r'href="/editions/2018-09/changes/">与 2018-03 版相比</a>：修改 1 项', page)
    assert 'href="/editions/2018-03/changes.pdf"' in page
    assert 'href="/editions/2017-12/changes/"' not in page
    assert "2018-03-01 至 2018-04-30、2018-06-10 至 2018-08-31" in page
    assert "文安县机构编制委员会 文编〔2026〕3号，2018-03-01" in page


def test_the_contents_say_who_approved_it_and_not_who_issued_it(citizen: Client) -> None:
    page = page_of(citizen, "/editions/2018-03/")
    assert "文安县机构编制委员会 文编〔2026〕3号，2018-03-01" in said(page)
    assert 'href="/editions/2018-03/changes/"' in page
    assert not {"王芳", "孙丽", "周正", "何文"} & set(re.findall(r"王芳|孙丽|周正|何文", page))


REVOKED = "2018-05 版已于 2018-06-10 废止，理由：更正有误。"


@pytest.mark.parametrize("path", ["", "services/", "services/fw-06/", "offices/", "changes/"])
@pytest.mark.parametrize("dress", ["", "/elder"])
def test_a_revoked_edition_says_so_on_all_its_pages(citizen: Client, dress: str, path: str) -> None:
    page = said(page_of(citizen, f"{dress}/editions/2018-05/{path}"))
    assert re.sub(r"\s+废止", " 废止", REVOKED) in page
    assert "看现行的 2018-09 版" in page
    assert "废止" not in said(page_of(citizen, f"{dress}/editions/2018-09/{path}"))


def test_a_revoked_edition_is_marked_among_the_editions(citizen: Client) -> None:
    page = page_of(citizen, "/editions/")
    assert REVOKED in said(page)
    assert page.count("已废止") == 1


def test_what_is_in_force_instead_is_said(db: None) -> None:
    hands = make_hands()
    make_years(hands)
    seen = catalogue.current()
    citizen = Client()
    assert "废止" not in said(page_of(citizen, "/"))
    last = seen.find("2018-09")
    assert last
    last.revoke(by=hands.director, reason="县政府撤销批准。")
    catalogue.forget()
    page = said(page_of(citizen, "/"))
    assert "2018-09 版已于" in page
    assert "理由：县政府撤销批准。现在施行的是 2018-03 版。" in page
    for label in ("2018-03", "2017-12"):
        edition = seen.find(label)
        assert edition
        edition.revoke(by=hands.director, reason="机构撤销。")
    catalogue.forget()
    answer = citizen.get("/duties/")
    assert answer.status_code == 410
    assert "现在没有施行中的清单" in answer.content.decode()
    assert "现在没有施行中的清单。" in said(page_of(citizen, "/editions/"))
    assert "现在没有施行中的清单。" in said(page_of(citizen, "/editions/2018-03/duties/zz-01/"))
