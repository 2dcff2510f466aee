"""李强 measures a penalty: the same circumstances give the same grade, and no grade leaves the law."""

from collections.abc import Collection
from datetime import date as Date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.amounts import Amount, Grade, LegalRange
from cases.discretion.comparing import Compared, compare
from cases.discretion.grading import Pull, grades_of
from cases.discretion.measuring import Measured, bands_for, measure
from cases.discretion.standards import BANDED, Band, Binding, By, Leads, Standard
from cases.discretion.weighed import Weighed, WeighedBand, WeighedFactor
from cases.penalties import Party, Penalty, Sanction

DAYS = st.dates(Date(2016, 1, 1), Date(2028, 12, 31))
KINDS = st.frozensets(st.sampled_from([kind for kind in Penalty if kind is not Penalty.FINE]), max_size=3)
PULLS = st.lists(st.builds(Pull, st.sampled_from(Leads), st.booleans()), max_size=6)
SUMS = st.decimals(0, 3_000_000, places=2)


@st.composite
def laws(draw: st.DrawFn) -> LegalRange:
    lowest, highest = sorted((draw(SUMS), draw(SUMS)))
    always, may, grave = draw(KINDS), draw(KINDS), draw(KINDS)
    return LegalRange(
        source="某法第一条",
        compulsory=always | {Penalty.FINE},
        optional=may - always,
        grave=grave - may - always,
        minimum=lowest,
        maximum=highest,
    )


@st.composite
def bands(draw: st.DrawFn, law: LegalRange, grade: Grade) -> Band:
    """As the database keeps them: a sum within the law, or a share of it."""
    standard = Standard(title="标准", issuer="省局", number="1号", since=Date(2010, 1, 1))
    if draw(st.booleans()):
        low, high = sorted((draw(st.integers(0, 100)), draw(st.integers(0, 100))))
        return Band(
            standard=standard, grade=grade, kind=Penalty.FINE, by=By.SHARE, low=Decimal(low), high=Decimal(high)
        )
    floor = Decimal(0) if grade is Grade.MITIGATED else law.minimum
    within = st.decimals(floor, law.maximum, places=2)
    low, high = sorted((draw(within), draw(within)))
    return Band(standard=standard, grade=grade, kind=Penalty.FINE, by=By.SUM, low=low, high=high)


def chosen(draw: st.DrawFn, measured: Measured) -> Sanction:
    """What somebody picks of what the page offers."""
    kinds = measured.compulsory | draw(st.frozensets(st.sampled_from(sorted(measured.kinds)), max_size=3))
    fine = draw(st.decimals(measured.lowest, measured.highest, places=2))
    return Sanction(party=Party.ORGANISATION, kinds=kinds, fine=fine)


@settings(max_examples=1_000)
@given(st.data(), laws(), PULLS, DAYS)
def test_a_thousand_random_facts_never_leave_the_law(
    data: st.DataObject, law: LegalRange, pulls: list[Pull], day: Date
) -> None:
    grade = data.draw(st.sampled_from(grades_of(pulls)))
    held = [data.draw(bands(law, grade)) for _ in range(data.draw(st.integers(0, 2)))] if grade in BANDED else []
    measured = measure(law, grade, day, held)
    if grade is Grade.NONE:
        assert measured.kinds == frozenset()
        assert measured.highest == 0
        return
    sanction = data.draw(st.composite(chosen)(measured))
    assert sanction.fine <= law.maximum
    assert sanction.fine >= law.minimum or grade is Grade.MITIGATED
    assert law.compulsory <= sanction.kinds <= law.compulsory | law.optional | law.grave
    refusals = [
        each
        for each in Amount.check(day, law, sanction, grade=grade, ground="立功" if grade is Grade.MITIGATED else "")
        if each.is_refusal
    ]
    assert refusals == []


@given(PULLS, st.randoms())
def test_the_same_facts_give_the_same_grade_in_whatever_order(pulls: list[Pull], random: object) -> None:
    mixed = list(pulls)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert grades_of(mixed) == grades_of(pulls) == grades_of([*pulls, *pulls])
    assert grades_of(pulls)


@st.composite
def recorded(draw: st.DrawFn) -> Weighed:
    law = draw(laws())
    factors = tuple(
        WeighedFactor(
            code=f"YS-{number}",
            name="情形",
            leads_to=pull.leads_to,
            binding=Binding.MUST if pull.is_compulsory else Binding.MAY,
            source="《文件》第一条",
            evidence="笔录",
        )
        for number, pull in enumerate(draw(PULLS))
    )
    held = [draw(bands(law, grade)) for grade in draw(st.sets(st.sampled_from(BANDED)))]
    day = draw(DAYS)
    given = {"weighed_on": day, "act_ended_on": day, "violation": "某行为", "provision": "FZ-01", "law": law}
    return Weighed(**given, factors=factors, bands=tuple(map(WeighedBand.of, held)))


@settings(max_examples=300)
@given(recorded(), st.randoms())
def test_what_was_recorded_is_worked_out_to_the_same_again(weighed: Weighed, random: Any) -> None:
    again = Weighed.read(weighed.canonical())
    mixed = random.sample(weighed.factors, len(weighed.factors))
    assert again == weighed
    assert again.grades == weighed.grades == weighed.with_values(factors=tuple(mixed)).grades
    for grade in again.grades:
        assert again.measured(grade) == weighed.measured(grade)
        assert again.reasons(grade) == weighed.reasons(grade)
        assert again.reasons(grade).count("裁量档次为") == 1
        assert bool(again.ground(grade)) is (grade is Grade.MITIGATED)


@given(laws(), laws())
def test_of_two_laws_one_is_lighter_where_the_other_is_heavier(one: LegalRange, other: LegalRange) -> None:
    turned = {Compared.LIGHTER: Compared.HEAVIER, Compared.HEAVIER: Compared.LIGHTER}
    assert compare(other, one) is turned.get(compare(one, other), compare(one, other))
    assert compare(one, one) is Compared.SAME
    if compare(one, other) is Compared.LIGHTER:
        assert one.maximum <= other.maximum
        assert one.compulsory <= other.compulsory
        assert one.kinds <= other.kinds


MUST, MAY = True, False


@pytest.mark.parametrize(
    ("pulls", "grades"),
    [
        ([], [Grade.USUAL]),
        ([(Leads.LIGHT_OR_MITIGATED, MUST)], [Grade.LIGHT, Grade.MITIGATED]),
        ([(Leads.LIGHT_OR_MITIGATED, MAY)], [Grade.LIGHT, Grade.MITIGATED, Grade.USUAL]),
        ([(Leads.HEAVY, MAY)], [Grade.HEAVY, Grade.USUAL]),
        ([(Leads.HEAVY, MAY), (Leads.LIGHT, MAY)], [Grade.USUAL]),
        ([(Leads.HEAVY, MAY), (Leads.LIGHT_OR_MITIGATED, MUST)], [Grade.LIGHT, Grade.MITIGATED]),
        ([(Leads.HEAVY, MUST), (Leads.LIGHT, MAY)], [Grade.HEAVY]),
        ([(Leads.HEAVY, MUST), (Leads.LIGHT, MUST)], [Grade.USUAL]),
        ([(Leads.NONE, MUST), (Leads.HEAVY, MUST)], [Grade.NONE]),
        ([(Leads.NONE, MAY)], [Grade.NONE, Grade.USUAL]),
        ([(Leads.NONE, MAY), (Leads.LIGHT_OR_MITIGATED, MUST)], [Grade.LIGHT, Grade.MITIGATED, Grade.NONE]),
        ([(Leads.MITIGATED, MAY), (Leads.LIGHT, MUST)], [Grade.LIGHT, Grade.MITIGATED]),
        ([(Leads.NONE, MAY), (Leads.LIGHT, MAY)], [Grade.LIGHT, Grade.NONE, Grade.USUAL]),
    ],
)
def test_what_must_be_done_comes_before_what_may_be(
    pulls: Collection[tuple[Leads, bool]], grades: Collection[Grade]
) -> None:
    assert grades_of([Pull(*each) for each in pulls]) == tuple(grades)


LAW = LegalRange(
    source="某法第八十四条", compulsory=frozenset({Penalty.FINE}), minimum=Decimal(30_000), maximum=Decimal(300_000)
)


def share(low: int, high: int, **given: object) -> Band:
    standard = Standard(code="JZ-09", title="标准", issuer="省局", number="1号", since=Date(2022, 10, 8))
    values = {"standard": standard, "grade": Grade.LIGHT, "kind": Penalty.FINE, "by": By.SHARE}
    return Band(**{**values, "low": Decimal(low), "high": Decimal(high), **given})


def test_thirty_per_cent_of_the_law_are_the_light_ones() -> None:
    measured = measure(LAW, Grade.LIGHT, Date(2022, 11, 1), [share(0, 30)])
    assert (measured.lowest, measured.highest) == (Decimal(30_000), Decimal(111_000))
    assert measure(LAW, Grade.LIGHT, Date(2022, 10, 7)).highest == Decimal(300_000)


def test_a_band_of_the_article_itself_comes_before_one_for_all_and_only_in_its_days() -> None:
    own = share(0, 10, provision_id=7)
    of_all, before = share(0, 30), Date(2022, 10, 7)
    assert bands_for([of_all, own], 7, Grade.LIGHT, Date(2022, 10, 8)) == (own,)
    assert bands_for([of_all, own], 8, Grade.LIGHT, Date(2022, 10, 8)) == (of_all,)
    assert bands_for([of_all, own], 7, Grade.LIGHT, before) == ()
    assert bands_for([of_all, own], 7, Grade.HEAVY, Date(2022, 10, 8)) == ()


def test_grave_kinds_are_offered_in_the_heavy_grade_alone() -> None:
    law = LAW.model_copy(update={"grave": frozenset({Penalty.REVOCATION})})
    for grade in BANDED:
        offered = measure(law, grade, Date(2022, 11, 1)).kinds
        assert (Penalty.REVOCATION in offered) is (grade is Grade.HEAVY)
