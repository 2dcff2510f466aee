"""A citizen searches: whatever stands in the list is found, and whatever is asked gets an answer."""

import re
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from editions.life.edition import Edition
from portal.answers import search
from tests.conftest import ORIGINAL
from verbatim.folding import fold, occurrences, words
from verbatim.numerals import number

READ_ONLY = [HealthCheck.function_scoped_fixture]  # nothing in the database changes between two examples
LINES = [line.strip() for line in ORIGINAL.read_text(encoding="utf-8").splitlines() if line.strip()]


def ask(citizen: Client, asked: str, **more: str) -> Any:
    return citizen.get("/search/", {"q": asked, **more}, follow=True)


def codes(response: Any) -> list[str]:
    return re.findall(r'class="code">([A-Z]{2}-\d+)<', response.content.decode())


@pytest.fixture
def edition(db: None) -> Edition:
    edition = Edition.objects.in_force()
    search.index(edition)
    return edition


def like(edition: Edition, wanted: list[str]) -> list[tuple[str, str]]:
    """What a plain scan finds, word by word."""
    condition = " AND ".join(["folded LIKE %s"] * len(wanted))
    escaped = ["%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for word in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, code FROM portal_searchentry WHERE edition_id = %s AND {condition} ORDER BY rank",
            [edition.pk, *escaped],
        )
        return cursor.fetchall()


runs = st.sampled_from(LINES).flatmap(
    lambda line: st.tuples(st.integers(0, len(line) - 1), st.integers(1, 12)).map(lambda at: line[at[0] : sum(at)])
)


@settings(max_examples=300, suppress_health_check=READ_ONLY)
@given(run=runs, at_first=st.sampled_from([0, 10, search.AT_FIRST]))
def test_every_run_of_characters_of_the_list_is_found(edition: Edition, run: str, at_first: int) -> None:
    wanted = words(run)
    assume(wanted)
    with mock.patch.object(search, "AT_FIRST", at_first):
        found = search.find(edition, wanted)
    assert found
    assert found == like(edition, wanted)


@settings(max_examples=200, suppress_health_check=READ_ONLY)
@given(
    at_first=st.sampled_from([0, 10, search.AT_FIRST]),
    wanted=st.lists(st.text("质量监督计标准、。%_\\'\"检查abc1", min_size=1, max_size=4), min_size=1, max_size=3),
)
def test_what_is_found_is_what_a_scan_finds(edition: Edition, wanted: list[str], at_first: int) -> None:
    folded = words(" ".join(wanted))
    assume(folded)
    with mock.patch.object(search, "AT_FIRST", at_first):
        assert search.find(edition, folded) == like(edition, folded)


@given(text=st.text(max_size=40), asked=st.text(min_size=1, max_size=6))
def test_what_is_marked_is_what_was_asked_for(text: str, asked: str) -> None:
    wanted = words(asked)
    marked = occurrences(text, wanted)
    assert bool(marked) == any(word in fold(text) for word in wanted)
    assert all(start < end <= len(text) for start, end in marked)
    assert all(one[1] <= two[0] for one, two in pairwise(marked))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("煙花爆竹", "BJ-02"),  # traditional
        ("烟花 運輸", "BJ-02"),  # mixed, two words
        ("０３１６－５２５５９１１", "FW-10"),  # full width
        ("0316-5255911", "FW-10"),
        ("3、15", "FW-01"),
        ("0316—5255911", "FW-10"),  # another dash
        ("03165255911", "FW-10"),
        ("(0316) 5255911", "FW-10"),
        ("0316 525 5911", "FW-10"),
        ("+86-316-5255911", "FW-10"),
        ("0316.525.5911", "FW-10"),
        ("0316·5255911", "FW-10"),
        ("五二五五九一一", "FW-10"),
        ("〇三一六 五二五 五九幺幺", "FW-10"),
        ("5255911", "FW-10"),
        ("烟花爆⽵", "BJ-02"),  # a radical in the place of the character
        ("处理,按规定", "ZZ-08"),  # the list has a half-width comma and a space
        ("寄", "BJ-01"),  # one character
    ],
)
def test_other_ways_of_writing_mean_the_same(citizen: Client, asked: str, found: str) -> None:
    assert found in codes(ask(citizen, asked))


def test_several_words_mean_all_of_them(citizen: Client) -> None:
    both, one = codes(ask(citizen, "计量 黑名单")), codes(ask(citizen, "计量"))
    assert both
    assert set(both) < set(one)
    assert codes(ask(citizen, "计量 烟花爆竹")) == []


def test_a_hit_is_marked_in_its_sentence_and_says_where_it_stands(citizen: Client) -> None:
    page = ask(citizen, "现场检查笔录").content.decode()
    assert "<mark>现场检查笔录</mark>" in page
    assert "三、查处流程 › （一） › 1、" in page
    anchor = re.search(r'href="(/supervision/jg-14/)#(c\d+(?:-\d+)+)"', page)
    assert anchor is not None
    assert f'id="{anchor[2]}"' in citizen.get(anchor[1]).content.decode()


def test_the_sentence_that_holds_most_words_comes_first(citizen: Client) -> None:
    page = ask(citizen, "烟花爆竹 运输").content.decode().split('class="standing"')[1]
    assert page.index("道路<mark>运输</mark>") < page.index("的质量监督")


def test_what_was_found_is_narrowed_by_part_office_and_department(citizen: Client) -> None:
    everything = codes(ask(citizen, "质量"))
    duties = codes(ask(citizen, "质量", part="duties"))
    assert duties == [code for code in everything if code.startswith("ZZ-")]
    assert codes(ask(citizen, "质量", offices="GS-03")) == ["ZZ-03", "FW-10"]
    assert codes(ask(citizen, "质量", departments="BM-02")) == ["BJ-01", "BJ-02"]
    page = ask(citizen, "质量", part="duties").content.decode()
    assert 'aria-current="true"' in page
    assert re.search(r'href="\?q=%E8%B4%A8%E9%87%8F&amp;all=1"', page)  # gives the choice up


def test_the_number_beside_a_facet_is_what_choosing_it_shows(citizen: Client) -> None:
    page = ask(citizen, "检查").content.decode()
    facets = re.findall(r'<a href="\?([^"]+)">([^<]+) <span class="count">(\d+)</span>', page)
    assert facets
    for query, name, count in facets:
        chosen = citizen.get("/search/?" + query.replace("&amp;", "&")).context
        assert chosen["shown"].paginator.count == int(count), name


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("ZZ-08", "/duties/zz-08/"),
        ("zz-8", "/duties/zz-08/"),
        ("ｚｚ－０８", "/duties/zz-08/"),
        ("ZZ-08-02", "/duties/zz-08/#zz-08-02"),
        ("BJ-01-03", "/boundaries/bj-01/#bj-01-03"),
        ("GS-02", "/offices/gs-02/"),
        ("职责8", "/duties/zz-08/"),
        ("职责第八项", "/duties/zz-08/"),
        ("第8项职责", "/duties/zz-08/"),
        ("制度十四", "/supervision/jg-14/"),
        ("服务 10", "/services/fw-10/"),
        ("边界2", "/boundaries/bj-02/"),
        ("产品质量法", "/laws/fl-05/"),
        ("《中华人民共和国产品质量法》", "/laws/fl-05/"),
        ("產品質量法", "/laws/fl-05/"),
        ("《危险化学品安全管理条例》（国务院令第591号）", "/laws/fl-01/"),
    ],
)
def test_the_name_of_one_thing_leads_straight_there(citizen: Client, asked: str, address: str) -> None:
    response = citizen.get("/search/", {"q": asked})
    assert (response.status_code, response.headers.get("Location")) == (302, address)
    assert citizen.get(address).status_code == 200


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("zz-99", ["ZZ-10", "ZZ-09", "ZZ-08"]), ("zz-01-99", ["ZZ-01"]), ("gs99", ["GS-06", "GS-05", "GS-04"])],
)
def test_a_code_that_is_not_there_offers_those_that_are(citizen: Client, asked: str, offered: list[str]) -> None:
    page = ask(citizen, asked).content.decode()
    assert re.findall(r'<li><a href="\?q=[^"]+">([A-Z-\d]+)</a>', page) == offered


def test_a_name_leads_there_also_where_a_list_was_wanted_and_is_empty(citizen: Client) -> None:
    assert citizen.get("/search/", {"q": "ZZ-01", "all": "1"}).headers["Location"] == "/duties/zz-01/"


@pytest.mark.parametrize("asked", ["12365", "fg-01", "😀", "，、；", "假货"])
def test_there_is_always_a_way_on(citizen: Client, asked: str) -> None:
    assert "tel:03165255911" in ask(citizen, asked).content.decode().split("<main")[1]


def test_every_word_counts_however_many_they_are(citizen: Client) -> None:
    assert codes(ask(citizen, "质 量 监 督 管 理 安 全 不存在的词")) == []


def test_a_question_that_is_too_long_is_answered_and_said_to_be(citizen: Client) -> None:
    page = ask(citizen, "质" * 2000).content.decode()
    assert "问题太长，只按前 100 个字查找。" in page


@pytest.mark.parametrize("asked", ["3.15", "3·15", "3、15", "３．１５"])
def test_a_day_is_found_however_its_mark_is_typed(citizen: Client, asked: str) -> None:
    assert codes(ask(citizen, asked)) == ["FW-01"]


@pytest.mark.parametrize("asked", ["ZZ-99", "ZZ-08-99", "职责99", "职责零", "制度", "XX-01", "第"])
def test_a_name_of_nothing_is_searched_for(citizen: Client, asked: str) -> None:
    assert citizen.get("/search/", {"q": asked}).status_code == 200


def test_an_office_is_offered_by_its_name(citizen: Client) -> None:
    assert 'href="/offices/gs-02/">质量监督股</a>' in ask(citizen, "质量监督股").content.decode()
    assert 'href="/offices/gs-06/"' in ask(citizen, "监察股").content.decode()  # another name of it


@pytest.mark.parametrize("asked", ["社保卡丢了", "身份证", "量子纠缠"])
def test_where_nothing_is_found_no_neighbours_are_offered(citizen: Client, asked: str) -> None:
    page = ask(citizen, asked).content.decode()
    assert "本清单未规定" in page
    assert "tel:03165255911" in page
    assert "tel:12345" in page
    assert 'href="?q=' not in page
    assert "县环保局" not in page.split("<main")[1]


def test_one_result_is_not_narrowed(citizen: Client) -> None:
    assert 'class="facets"' not in ask(citizen, "卓越绩效标准").content.decode()
    assert '<details class="facets">' in ask(citizen, "计量").content.decode()


@settings(max_examples=150)
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "part", "offices", "departments", "page", "all", "x"]), st.text(max_size=120), max_size=5
    )
)
def test_no_input_gives_an_error_page(django_db_blocker: Any, query: dict[str, str]) -> None:
    with django_db_blocker.unblock():
        response = Client().get("/search/", query, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%FF%FE", "q=%ED%A0%80", "q[]=1", "q=" + "长" * 5000, "page=-1&q=计", "&&=", "%"]
)
def test_no_raw_query_gives_an_error_page(citizen: Client, query: str) -> None:
    assert citizen.get(f"/search/?{query}", follow=True).status_code == 200


def test_the_search_page_without_a_question_says_how(citizen: Client) -> None:
    page = citizen.get("/search/").content.decode()
    assert "几个词用空格隔开" in page


def test_long_lists_of_results_are_turned_page_by_page(citizen: Client) -> None:
    first, second = ask(citizen, "量"), ask(citizen, "量", page="2")
    assert len(first.context["results"]) == 20
    assert set(codes(first)).isdisjoint(codes(second))
    assert 'rel="next"' in first.content.decode()


def test_in_large_print_it_stays_in_large_print(citizen: Client) -> None:
    page = citizen.get("/elder/search/", {"q": "烟花"}).content.decode()
    assert 'action="/elder/search/"' in page
    assert 'href="/elder/boundaries/bj-02/"' in page
    assert citizen.get("/elder/search/", {"q": "ZZ-01"}).headers["Location"] == "/elder/duties/zz-01/"


@given(value=st.integers(1, 999))
def test_numbers_are_read_as_the_list_prints_them(value: int) -> None:
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = (digits[hundreds] + "百" if hundreds else "") + (
        ("" if tens == 1 and not hundreds else digits[tens]) + "十" if tens else "零" if hundreds and ones else ""
    )
    said += digits[ones] if ones else ""
    assert number(said) == number(f"（{said}）") == number(str(value)) == value


@pytest.mark.parametrize("text", ["", "十十", "百", "甲", "1a", "（）", "-1", "1000", "三四"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None
