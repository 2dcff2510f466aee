"""高远 sees what was given in like cases before he proposes a sum, and says why where he leaves it."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from acts.errors import Refused
from cases import models
from cases.amounts import Grade
from cases.case import Case
from cases.discretion.spread import since, spread_of
from tests.acting import on
from tests.cases.people import (
    CONCLUSION,
    WEIGHED,
    People,
    decided,
    file,
    make_case,
    make_inspection,
    make_people,
    make_province,
    weigh,
)
from tests.conftest import signed_in

SUMS = st.decimals(0, 3_000_000, places=2)


@given(st.lists(SUMS, min_size=1, max_size=40))
def test_the_quartiles_stand_between_the_ends_in_order(fines: list[Decimal]) -> None:
    spread = spread_of(fines)
    assert spread is not None
    assert list(spread.all) == sorted(spread.all)
    assert (spread.lowest, spread.highest, spread.number) == (min(fines), max(fines), len(fines))
    assert all(spread.holds(fine) for fine in fines)
    assert sum(fine <= spread.median for fine in fines) * 2 >= len(fines)


def test_the_quartiles_of_five() -> None:
    spread = spread_of([Decimal(each) for each in (100, 300, 200, 500, 1000)])
    assert spread
    assert spread.all == (100, 200, 300, 500, 1000)
    assert spread_of([]) is None


@pytest.mark.parametrize(
    ("day", "first"), [("2026-11-28", "2023-11-28"), ("2028-02-29", "2025-02-28"), ("2027-03-01", "2024-03-01")]
)
def test_three_years_back(day: str, first: str) -> None:
    assert since(datetime.date.fromisoformat(day)) == datetime.date.fromisoformat(first)


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def earlier(people: People) -> list[Case]:
    """Three in the same grade, and one in another."""
    fines = (100, 150, 260)
    made = [
        decided(make_case(people, party_kind="person", party_name="张建国"), people, weighed={}, fine=fine)
        for fine in fines
    ]
    decided(make_case(people), people, weighed={"grade": Grade.USUAL, "evidence": {}}, fine=500)
    return made


@pytest.fixture
def case(people: People) -> Case:
    case = file(make_case(people), people)
    case.inspect(make_inspection(people), by=people.officer)
    weigh(case, people)
    return case


def report(fine: int) -> models.Conclusion:
    ended = {"act_ended_on": timezone.localdate() - datetime.timedelta(days=6)}
    return models.Conclusion(**CONCLUSION | WEIGHED | ended | {"fine": Decimal(fine)})


def test_like_cases_stand_beside_the_proposal_with_sum_and_reason(
    people: People, earlier: list[Case], case: Case
) -> None:
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/concluded/").content.decode()
    assert "同一违法行为、同一条款、同一裁量档次（从轻），3 年内决定的：3 件。" in page
    for label, amount in (("最低", "100"), ("下四分位", "125"), ("中位", "150"), ("上四分位", "205"), ("最高", "260")):
        assert f'<th scope="col" class="number">{label}</th>' in page
        assert f'<td class="number">{amount} 元</td>' in page
    assert "最低 100 元，下四分位 125 元，中位 150 元，上四分位 205 元，最高 260 元。</desc>" in page
    for each in earlier:
        assert each.number in page
    assert "积极配合调查，如实陈述违法事实并主动提供证据（可以从轻或者减轻" in page
    assert "询问笔录第二页" not in page.split('aria-labelledby="like"')[1]  # what shows it is of the other case


def test_what_is_personal_in_another_case_is_masked(people: People) -> None:
    make_province(people)
    usual = {"grade": Grade.USUAL, "evidence": {}}
    person = make_case(people, party_kind="person", party_name="张建国")
    consent = {"consent": "河北省市场监督管理局，冀市监函〔2026〕31号"}
    decided(person, people, decision=consent, weighed=usual, fine=900, beyond="张建国的台数特别多，证人李四看见。")
    case = file(make_case(people), people)
    weigh(case, people, **usual)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "3 年内决定的：1 件" in page
    assert "的台数特别多" in page
    assert "张建国" not in page
    assert "证人李某看见" in page


def test_who_leaves_the_spread_says_why(people: People, earlier: list[Case], case: Case) -> None:
    with pytest.raises(Refused, match="同类案件 3 件，罚款在 100 元到 260 元之间，这一案是 50 元"):
        case.conclude(report(50), by=people.officer)
    case.conclude(report(50), by=people.officer, reason="确实困难")
    assert "like_cases" in case.timeline.get(verb="concluded").answered


def test_who_stays_within_is_asked_nothing(people: People, earlier: list[Case], case: Case) -> None:
    case.conclude(report(260), by=people.officer)
    assert not case.timeline.get(verb="concluded").answered


def test_two_cases_are_too_few_to_warn(people: People, case: Case) -> None:
    for fine in (100, 150):
        decided(make_case(people), people, weighed={}, fine=fine)
    case.conclude(report(50), by=people.officer)


def test_a_case_of_more_than_three_years_ago_is_not_compared(people: People, earlier: list[Case], case: Case) -> None:
    with on(timezone.localdate() + datetime.timedelta(days=3 * 365 + 2)):
        assert case.like_cases(case.weighing()) == []
    assert len(case.like_cases(case.weighing())) == 3


def test_the_picture_of_one_sum_needs_no_width(people: People, case: Case) -> None:
    decided(make_case(people), people, weighed={}, fine=150)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/concluded/").content.decode()
    assert "3 年内决定的：1 件" in page
    assert "nan" not in page.split('class="quartiles"')[1].split("</svg>")[0].lower()
