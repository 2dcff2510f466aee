"""A citizen follows one item through the editions: every published form of it, what changed, when it was in force."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acting import make_hands, make_years
from tests.conftest import own_databases
from tests.editions.test_comparing_in_public import page_of, said


@pytest.fixture(scope="module")
def citizen(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    with own_databases(django_db_blocker) as own_database:
        own_database()
        make_years(make_hands())
        yield Client()


def stages(page: str) -> list[str]:
    """The text of each, without its blanks."""
    return [re.sub(r"\s+", "", said(each)) for each in re.findall(r'<section class="stage".*?</section>', page, re.S)]


def test_every_form_is_there_with_the_days_on_which_it_was_in_force(citizen: Client) -> None:
    last, revoked, first = stages(page_of(citizen, "/services/fw-06/history/"))
    assert last.startswith(
        "2018-03版起修改2018-03版的FW-06施行：2018-03-01至2018-04-30、2018-06-10至2018-08-31"
        "2018-09版的FW-06施行：2018-09-01至今2018-03版修订说明：按机构改革调整。"
    )
    assert "理由：原电话停用联系电话0316-52559050316-5255906" in last
    assert revoked.startswith("2018-05版起修改2018-05版的FW-06施行：2018-05-01至2018-06-09（2018-06-10废止）")
    assert "联系电话0316-52559060316-5255907" in revoked
    assert first == "2017-12版首次公布2017-12版的FW-06施行：2017-12-01至2018-02-28"


def test_what_never_changed_has_one_form(citizen: Client) -> None:
    (only,) = stages(page_of(citizen, "/supervision/jg-14/history/"))
    assert only.startswith("2017-12版首次公布")
    assert [label in only for label in ("2017-12版的", "2018-03版的", "2018-05版的", "2018-09版的")] == [True] * 4


def test_what_was_added_says_since_when(citizen: Client) -> None:
    (only,) = stages(page_of(citizen, "/services/fw-11/history/"))
    assert only.startswith("2018-03版起列入")


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_what_is_no_longer_listed_leads_to_its_history(citizen: Client, dress: str) -> None:
    answer = citizen.get(f"{dress}/services/fw-02/")
    assert answer.status_code == 404
    assert f'href="{dress}/services/fw-02/history/"' in answer.content.decode()
    page = page_of(citizen, f"{dress}/services/fw-02/history/")
    retired, first = stages(page)
    assert retired.startswith("2018-03版起取消")
    assert "自2018-03-01起取消。" in retired
    assert first.startswith("2017-12版首次公布")
    assert f'href="{dress}/services/fw-02/"' not in page


@pytest.mark.parametrize("path", ["/duties/zz-01/", "/editions/2018-05/duties/zz-01/", "/boundaries/bj-01/"])
def test_an_item_leads_to_its_history(citizen: Client, path: str) -> None:
    history = re.sub(r"^/editions/[^/]+", "", path) + "history/"
    assert f'href="{history}">各版变化</a>' in page_of(citizen, path)
    links = set(re.findall(r'href="(/(?!static/|admin/|search/)[^"#]+)"', page_of(citizen, history)))
    assert len(links) > 5
    assert {link: citizen.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_it_takes_one_query_however_many_editions_there_are(citizen: Client) -> None:
    page_of(citizen, "/")
    with CaptureQueriesContext(connection) as captured:
        page_of(citizen, "/services/fw-06/history/")
    assert len([query for query in captured if "editions_entry" in query["sql"]]) == 1


def test_capitals_lead_to_the_one_address(citizen: Client) -> None:
    answer = citizen.get("/services/FW-06/history/")
    assert (answer.status_code, answer["Location"]) == (301, "/services/fw-06/history/")


def test_what_was_never_listed_has_no_history(citizen: Client) -> None:
    answer = citizen.get("/services/fw-99/history/")
    assert answer.status_code == 404
    assert "公布过的各版公共服务里都没有 FW-99。" in answer.content.decode()
