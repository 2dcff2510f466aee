"""A citizen asks for the list as it was on a day: the same page of the edition that was in force then."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.acting import make_hands, make_years
from tests.conftest import own_databases


@pytest.fixture(scope="module")
def citizen(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    with own_databases(django_db_blocker) as own_database:
        own_database()
        make_years(make_hands())
        yield Client()


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/on/2018-01-15/", "/editions/2017-12/"),
        ("/on/2017-12-01/duties/", "/editions/2017-12/duties/"),
        ("/on/2018-02-28/duties/zz-01/", "/editions/2017-12/duties/zz-01/"),
        ("/on/2018-03-01/duties/zz-01/", "/editions/2018-03/duties/zz-01/"),
        ("/on/2018-06-09/services/", "/editions/2018-05/services/"),
        ("/on/2018-06-10/services/", "/editions/2018-03/services/"),
        ("/on/2018-01-15/list.pdf", "/editions/2017-12/list.pdf"),
        ("/on/2018-01-15/list.json", "/editions/2017-12/list.json"),
        ("/on/2018-01-15/offices/gs-02/", "/editions/2017-12/offices/gs-02/"),
        ("/elder/on/2018-01-15/duties/zz-01/", "/elder/editions/2017-12/duties/zz-01/"),
        ("/elder/on/2018-01-15/list.pdf", "/editions/2017-12/list.pdf"),
    ],
)
def test_a_day_leads_to_the_edition_that_was_in_force(citizen: Client, asked: str, led_to: str) -> None:
    answer = citizen.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, led_to)


@pytest.mark.parametrize(
    "typed", ["2018-1-5", "20180105", "2018年1月5日", "2018.1.5", "2018/01/05", "２０１８－０１－０５", " 2018 1 5 "]
)
def test_a_day_is_typed_in_any_way(citizen: Client, typed: str) -> None:
    assert citizen.get("/on/", {"day": typed})["Location"] == "/on/2018-01-05/"
    assert "不是日期" in citizen.get("/on/", {"day": f"{typed}x"}).content.decode()


@pytest.mark.parametrize("typed", ["2018111", "201815", "18-1-5", "2018x1x5", "1月5日", "5/1/2018"])
def test_a_day_that_may_be_another_is_not_guessed(citizen: Client, typed: str) -> None:
    assert "不是日期" in citizen.get("/on/", {"day": typed}).content.decode()


def test_today_leads_to_the_edition_in_force(citizen: Client) -> None:
    assert citizen.get(f"/on/{timezone.localdate()}/")["Location"] == "/editions/2018-09/"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/on/2017-11-30/", "2017-11-30 没有施行中的清单。"),
        ("/on/2018-02-30/duties/", "“2018-02-30”不是日期，请写成 2018-01-15 的样子。"),
        ("/on/yesterday/", "“yesterday”不是日期，请写成 2018-01-15 的样子。"),
        ("/elder/on/2018-13-01/", "“2018-13-01”不是日期"),
        ("/on/2018-01-15/nope/", "没有这个页面"),
        ("/on/2018-01-15/../../admin/", "没有这个页面"),
        ("/on/2018-01-15//evil.example/", "没有这个页面"),
        ("/on/<script>/", "“&lt;script&gt;”不是日期"),
    ],
)
def test_what_no_edition_answers_is_said(citizen: Client, asked: str, sentence: str) -> None:
    answer = citizen.get(asked)
    assert answer.status_code == 404
    assert sentence in answer.content.decode()


def test_the_future_is_not_foretold(citizen: Client) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    answer = citizen.get(f"/on/{tomorrow}/")
    assert answer.status_code == 404
    assert f"{tomorrow} 还没有到" in answer.content.decode()
