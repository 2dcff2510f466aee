"""高远 asks when a time limit ends, of any rule and from any day, and sees how it came about."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.calculator import CalculatorForm, rules_to_choose
from clocks.deadlines import NotLawful
from clocks.time_limit import NoTimeLimit
from tests.cases.people import make_people
from tests.conftest import make_account, signed_in

URL = "/admin/cases/case/calculator/"


@pytest.fixture
def client(db: None) -> Any:
    return signed_in(make_people().officer)


def asked(client: Any, **given: str) -> str:
    page: str = client.get(URL, given).content.decode()
    return page


def test_a_time_limit_with_its_derivation(client: Any) -> None:
    page = asked(client, rule="filing", start="2026-11-03")
    assert "立案或者不予立案：2026-11-24（星期二）截止" in page
    assert "《市场监督管理行政处罚程序规定》第18条，15个工作日" in page
    assert "不计入：2026-11-07（星期六）" in page


def test_the_version_is_that_of_the_day(client: Any) -> None:
    assert "责任清单十四 三（二）1，15日" in asked(client, rule="filing", start="2018-03-01")
    assert "暂行规定》第17条，15个工作日" in asked(client, rule="filing", start="2019-04-01")


def test_hours_stops_and_extensions(client: Any) -> None:
    assert "2026-11-27 09:30 截止" in asked(client, rule="urgent", start="2026-11-26", time="09:30")
    stopped = {"stopped_from": "2026-11-05", "stopped_to": "2026-11-06"}
    assert "2026-11-26（星期四）截止" in asked(client, rule="filing", start="2026-11-03", **stopped)
    longer = {"longer": "15", "signed": "2026-11-24"}
    assert "2026-12-15（星期二）截止" in asked(client, rule="filing", start="2026-11-03", **longer)


def test_what_the_law_does_not_allow_is_said(client: Any) -> None:
    assert "太晚了" in asked(client, rule="filing", start="2026-11-03", longer="15", signed="2026-11-25")
    assert "最多把" in asked(client, rule="filing", start="2026-11-03", longer="16", signed="2026-11-24")
    assert "没有写明这一期限" in asked(client, rule="closing", start="2018-03-01")
    assert "要填就都填" in asked(client, rule="filing", start="2026-11-03", longer="15")
    assert "早于扣除的期间" in asked(
        client, rule="filing", start="2026-11-03", stopped_from="2026-11-06", stopped_to="2026-11-05"
    )


def test_a_year_without_a_calendar_is_provisional(client: Any) -> None:
    assert "暂定：2027年的放假安排还没有录入" in asked(client, rule="filing", start="2026-12-20")


@given(
    rule=st.sampled_from([rule for rule, _ in rules_to_choose()]),
    start=st.dates().map(str),
    number=st.integers(-5, 2000).map(str) | st.just(""),
    longer=st.integers(0, 2000).map(str) | st.just(""),
    signed=st.dates().map(str) | st.just(""),
)
def test_no_question_upsets_it(django_db_setup: None, django_db_blocker: Any, **given: str) -> None:
    with django_db_blocker.unblock():
        form = CalculatorForm(given)
        if form.is_valid():
            with contextlib.suppress(NoTimeLimit, NotLawful, OverflowError):
                assert list(form.worked_out().derivation())


def test_it_is_for_those_who_see_cases(db: None) -> None:
    assert signed_in(make_account("bianji", "编辑", "编", "辑")).get(URL).status_code == 403
