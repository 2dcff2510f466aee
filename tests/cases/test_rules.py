"""What the rules of a case object to, and on what basis, on each side of the days on which the law changed."""

import datetime
import os
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import rules
from cases.amounts import Amount, Grade, LegalRange
from cases.case import Case
from cases.chapter import READINGS, paragraphs
from cases.discretion.loading import shipped_ranges
from cases.handbook import ALL, handbook
from cases.penalties import Party, Penalty, Sanction
from cases.rule import Objection, Refusal, Rule, TimeRule, refuse
from clocks.deadlines import work_out
from clocks.limits_of_the_law import in_force
from clocks.time_limit import SECOND, THIRD, Hardness
from clocks.working_days import DAY, library_calendar
from editions.life.edition import Edition
from tests.conftest import BASE

Date = datetime.date
A, B, C = Date(2018, 3, 1), SECOND, THIRD
DAYS = {"a": A, "the last of a": SECOND - DAY, "b": B, "the last of b": THIRD - DAY, "c": C}
HANDBOOK = BASE / "docs" / "cases.md"
PERSON, ORGANISATION = Party


def penalty(*kinds: Penalty, fine: Any = 0, party: Party = ORGANISATION, confiscated: Any = 0) -> Sanction:
    return Sanction(party=party, kinds=frozenset(kinds), fine=Decimal(fine), confiscated=Decimal(confiscated))


def said(objections: Any) -> list[tuple[str, str]]:
    """How hard each is, and what it says."""
    return [(each.hardness.value, each.sentence) for each in objections]


def deadline(rule: str, start: Date, **values: Any) -> Any:
    return work_out(in_force().on(rule, start), start, library_calendar(), **values)


# All of them


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.id for rule in ALL}) == len(ALL)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_every_rule_asks_something_or_says_why_it_cannot(rule: type[Rule]) -> None:
    asks = [name for name in dir(rule) if name.startswith("check")]
    works_out = [name for name, value in vars(rule).items() if isinstance(value, staticmethod)]
    assert asks or works_out or rule.unchecked


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_every_version_has_a_clause_and_the_versions_are_in_order(rule: type[Rule]) -> None:
    versions = rule.versions()
    assert versions
    assert all(each.clause for each in versions)
    assert [each.since or Date.min for each in versions] == sorted({each.since or Date.min for each in versions})


def test_every_time_rule_is_a_time_limit_of_the_clocks() -> None:
    for rule in ALL:
        if issubclass(rule, TimeRule):
            assert all(in_force().versions(name) for name in rule.limit_names()), rule.id


def test_every_paragraph_that_a_rule_rests_on_is_in_the_list(db: None) -> None:
    known = {each.anchor for each in paragraphs(Edition.objects.get().register())}
    assert {anchor for rule in ALL for anchor in rule.paragraphs} <= known
    assert {anchor for step in Case.steps for anchor in step.paragraphs} <= known
    assert set(READINGS) <= known


def test_the_handbook_is_what_the_rules_say(db: None) -> None:
    """After a change of the rules: make handbook."""
    written = handbook(Edition.objects.get().register())
    if os.environ.get("HANDBOOK"):
        HANDBOOK.write_text(written, encoding="utf-8")
    assert HANDBOOK.read_text(encoding="utf-8") == written


def test_what_is_refused_says_by_whom_and_where_it_stands() -> None:
    (objection,) = rules.Officers.check(A, "现场检查", 1)
    assert objection.tags == ["清单", "法律"]
    assert str(objection) == (
        "〔清单、法律〕现场检查要有两名以上执法人员，现在是 1 名"
        "（责任清单十四 三（一）1、《行政处罚法》（2017年）第37条第1款）。"
    )


def test_only_what_may_be_answered_is_left() -> None:
    warning = Objection("x", "甲", "本系统", Hardness.WARN)
    assert refuse([warning]) == [warning]
    with pytest.raises(Refusal, match="乙"):
        refuse([warning, Objection("x", "乙", "本系统", Hardness.REFUSE)])


# Who


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_two_officers_are_enough_and_one_is_not(day: Date) -> None:
    assert list(rules.Officers.check(day, "询问", 2)) == []
    assert said(rules.Officers.check(day, "询问", 1)) == [("R", "询问要有两名以上执法人员，现在是 1 名")]
    (objection,) = rules.Officers.check(day, "询问", 2, unqualified=["王芳"])
    assert "王芳" in objection.sentence


@pytest.mark.parametrize(
    ("day", "who", "decides"),
    [
        (A, "主要负责人", "上一级机关"),
        (A, "办案人员", "主要负责人"),
        (B, "主要负责人", "负责人集体讨论"),
        (C, "其他负责人", "主要负责人"),
        (C, "听证员", "听证主持人"),
        (C, "办案人员", "负责人"),
    ],
)
def test_who_steps_back_is_decided_by_somebody_above(day: Date, who: str, decides: str) -> None:
    assert list(rules.Recusal.check(day, who, decides)) == []
    (objection,) = rules.Recusal.check(day, who, "办公室")
    assert decides in objection.sentence


@pytest.mark.parametrize(("day", "clause"), [(A, "138-7; 137-36"), (B, "令2-46(1)"), (C, "令42-49; 听证办法11")])
def test_a_handler_is_never_on_the_other_side(day: Date, clause: str) -> None:
    (objection,) = rules.Separation.check(day, "王芳", "参加表决", is_handler=True)
    assert (objection.clause, objection.hardness) == (clause, Hardness.REFUSE)
    assert list(rules.Separation.check(day, "王芳", "参加表决", is_handler=False)) == []


def test_who_audits_for_the_first_time_has_passed_the_examination_since_2018() -> None:
    def objections(day: Date, **values: bool) -> list[Objection]:
        return list(rules.AuditPerson.check(day, **values))

    assert objections(Date(2017, 12, 31), is_first_time=True, has_qualification=False) == []
    assert len(objections(Date(2018, 1, 1), is_first_time=True, has_qualification=False)) == 1
    assert objections(Date(2018, 1, 1), is_first_time=False, has_qualification=False) == []
    assert objections(Date(2018, 1, 1), is_first_time=True, has_qualification=True) == []


# The committee


@given(st.integers(1, 60))
def test_two_thirds_are_rounded_up_and_never_more_than_all(members: int) -> None:
    need = rules.Quorum.need(members, is_heavy=True)
    assert 3 * need >= 2 * members > 3 * (need - 1)
    assert need <= members


def test_the_law_of_the_committee_is_hard_until_2019_and_the_lists_word_afterwards() -> None:
    too_few = {"members": 5, "counted": 2, "chair": "主任委员", "is_heavy": False}
    assert [each.hardness for each in rules.Quorum.check(SECOND - DAY, **too_few)] == [Hardness.REFUSE]
    assert [each.hardness for each in rules.Quorum.check(SECOND, **too_few)] == [Hardness.WARN]


@pytest.mark.parametrize("kind", [Penalty.SUSPENSION, Penalty.REVOCATION])
def test_heavy_penalties_are_discussed_by_all(kind: Penalty) -> None:
    assert rules.Collective.is_due(penalty(kind))
    assert not rules.Collective.is_due(penalty(Penalty.WARNING))
    (objection,) = rules.Collective.check(A, is_due=True, was_discussed=False)
    assert objection.clause == "处罚法2017-38(2)"
    assert list(rules.Collective.check(A, is_due=True, was_discussed=True)) == []


# Measures


def test_consent_comes_first_and_the_law_may_stand_above_the_list() -> None:
    (sealed,) = rules.Urgent.check_consent(A, "查封", was_asked_before=False, is_keeping=False)
    assert (sealed.hardness, sealed.tags, sealed.override) == (Hardness.REFUSE, ["清单"], "强制法19")
    (kept,) = rules.Urgent.check_consent(A, "登记保存", was_asked_before=False, is_keeping=True)
    assert (kept.hardness, kept.override) == (Hardness.REFUSE, "")
    (later,) = rules.Urgent.check_consent(B, "登记保存", was_asked_before=False, is_keeping=True)
    assert later.hardness is Hardness.WARN
    assert list(rules.Urgent.check_consent(A, "查封", was_asked_before=True, is_keeping=False)) == []


@pytest.mark.parametrize("rule", [rules.Filing, rules.Keeping, rules.Sealing, rules.Audit, rules.Service])
def test_a_time_limit_objects_from_the_day_after_its_last(rule: type[TimeRule]) -> None:
    found = deadline(rule.id, A)
    assert list(rule.check(found, found.due)) == []
    (objection,) = rule.check(found, found.due + DAY)
    assert (objection.rule, objection.clause) == (rule.id, found.limit.clause)


def test_what_was_discovered_too_late_is_not_punished() -> None:
    found = deadline("limitation", Date(2016, 3, 1))
    assert list(rules.Limitation.check_discovery(found, Date(2018, 3, 1))) == []
    ((hardness, sentence),) = said(rules.Limitation.check_discovery(found, Date(2018, 3, 2)))
    assert hardness == "R"
    assert "不再给予处罚" in sentence


# Notice, hearing, decision


def test_nobody_decides_while_the_party_may_still_answer() -> None:
    found = deadline("notice_reply", A)
    assert len(list(rules.NoticeReply.check_decision(found, found.due))) == 1
    assert list(rules.NoticeReply.check_decision(found, found.due + DAY)) == []


@pytest.mark.parametrize(
    ("day", "given", "is_due"),
    [
        (A, penalty(Penalty.CLOSURE), False),
        (C, penalty(Penalty.CLOSURE), True),
        (A, penalty(fine="29999.99", party=PERSON), False),
        (A, penalty(fine=30_000, party=PERSON), True),
        (B, penalty(fine=10_000, party=PERSON), True),
        (B, penalty(fine=99_999), False),
        (B, penalty(confiscated=100_000), True),
    ],
)
def test_a_hearing_is_offered_where_it_has_to_be(day: Date, given: Sanction, is_due: bool) -> None:
    assert bool(rules.HearingDue.reasons(day, given)) is is_due
    assert bool(list(rules.HearingDue.check(day, given, was_offered=False))) is is_due
    assert list(rules.HearingDue.check(day, given, was_offered=True)) == []


def test_the_provinces_figure_goes_before_the_orders(settings: Any) -> None:
    settings.CASES = '{"hearing_fine_person": 2000, "hearing_fine_organisation": 20000}'
    assert len(list(rules.HearingDue.check(B, penalty(fine=20_000), was_offered=False))) == 1
    assert list(rules.HearingDue.check(B, penalty(fine="19999.99"), was_offered=False)) == []


def test_the_hearing_has_all_its_steps_and_two_agents_at_most() -> None:
    assert list(rules.HearingHeld.check(A, agents=2, missing=[])) == []
    assert len(list(rules.HearingHeld.check(A, agents=3, missing=["质证"]))) == 2


def test_a_hearing_is_announced_in_time() -> None:
    latest = deadline("hearing_notice", Date(2018, 4, 20))
    assert list(rules.HearingNotice.check_served(latest, latest.due)) == []
    (objection,) = rules.HearingNotice.check_served(latest, latest.due + DAY)
    assert "请另定听证日期" in objection.sentence


sums = st.decimals(0, 1_000_000, places=2)
some_kinds = st.frozensets(st.sampled_from(list(Penalty)))


@given(some_kinds, sums, some_kinds, sums)
def test_what_was_notified_is_never_made_worse(before: Any, fine: Decimal, after: Any, later: Decimal) -> None:
    notified, decided = penalty(*before, fine=fine), penalty(*after, fine=later)
    is_worse = bool(after - before) or later > fine
    assert bool(list(rules.NoWorse.check(C, notified, decided))) is is_worse


def test_the_decision_says_more_as_the_years_go_by() -> None:
    counted = {Date(2018, 1, 1): 7, SECOND: 8, Date(2021, 9, 1): 9, Date(2022, 10, 8): 10}
    assert {day: len(rules.DecisionPaper.parts(day)) for day in counted} == counted
    (objection,) = rules.DecisionPaper.check(A, rules.DecisionPaper.PARTS[1:])
    assert objection.sentence == "决定书里没有当事人姓名或者名称及地址"
    assert list(rules.DecisionPaper.check(A, rules.DecisionPaper.PARTS)) == []


def test_a_fine_of_ten_thousand_under_the_metrology_rules_is_the_provinces() -> None:
    assert list(rules.Competence.check(A, "计量法实施细则51", Decimal("9999.99"))) == []
    assert len(list(rules.Competence.check(A, "计量法实施细则51", Decimal(10_000)))) == 1
    assert list(rules.Competence.check(A, "特种设备安全法84", Decimal(30_000))) == []


def test_one_act_is_fined_once() -> None:
    assert len(list(rules.OneFine.check(A, earlier="〔2018〕3号"))) == 1
    assert list(rules.OneFine.check(A, earlier="")) == []


@pytest.mark.parametrize(("day", "hardness"), [(A, Hardness.REFUSE), (B, Hardness.WARN), (C, Hardness.WARN)])
def test_not_to_punish_is_for_the_head_of_the_bureau(day: Date, hardness: Hardness) -> None:
    assert [each.hardness for each in rules.Approvals.check(day, "不予行政处罚", "副局长")] == [hardness]
    assert list(rules.Approvals.check(day, "不予行政处罚", "主要负责人")) == []


def test_no_fine_instead_of_the_police() -> None:
    (objection,) = rules.Transfer.check_not_kept(A, is_crime=True)
    assert (objection.hardness, objection.clause) == (Hardness.REFUSE, "310-11")
    assert list(rules.Transfer.check_not_kept(A, is_crime=False)) == []


@pytest.mark.parametrize(
    ("day", "given", "is_simple"),
    [
        (A, penalty(Penalty.FINE, fine=1_000), True),
        (A, penalty(Penalty.FINE, fine="1000.01"), False),
        (THIRD - DAY, penalty(Penalty.FINE, fine=3_000), False),
        (THIRD, penalty(Penalty.FINE, fine=3_000), True),
        (THIRD, penalty(Penalty.FINE, fine=201, party=PERSON), False),
        (THIRD, penalty(Penalty.WARNING, Penalty.GOODS), False),
    ],
)
def test_what_is_punished_on_the_spot_is_small(day: Date, given: Sanction, is_simple: bool) -> None:
    assert (list(rules.Simple.check(day, given)) == []) is is_simple


def test_one_officer_on_the_spot_is_answered_before_2021_and_refused_since() -> None:
    alone = {day: [each.hardness for each in rules.Simple.check(day, penalty(), officers=1)] for day in (A, B, C)}
    assert alone == {A: [Hardness.WARN], B: [Hardness.WARN], C: [Hardness.REFUSE]}


# Service, correction, money


@pytest.mark.parametrize(
    ("day", "is_decision", "has_consent", "is_open"),
    [
        (A, False, True, False),
        (B, True, True, False),
        (B, False, True, True),
        (C, True, True, True),
        (C, True, False, False),
    ],
)
def test_electronic_service_came_step_by_step(day: Date, is_decision: bool, has_consent: bool, is_open: bool) -> None:
    found = rules.ServiceMode.check(day, "电子送达", is_decision=is_decision, has_consent=has_consent)
    assert (list(found) == []) is is_open


def test_what_is_left_behind_is_witnessed() -> None:
    assert len(list(rules.ServiceMode.check(A, "留置送达", is_decision=True, witnessed=False))) == 1
    assert list(rules.ServiceMode.check(A, "留置送达", is_decision=True, witnessed=True)) == []


@pytest.mark.parametrize(("day", "hardness"), [(A, Hardness.REFUSE), (C, Hardness.WARN)])
def test_more_than_thirty_days_to_mend_are_approved(day: Date, hardness: Hardness) -> None:
    long, short = deadline("correction", day, number=31), deadline("correction", day, number=30)
    assert [each.hardness for each in rules.Correction.check_length(long, is_approved=False)] == [hardness]
    assert list(rules.Correction.check_length(long, is_approved=True)) == []
    assert list(rules.Correction.check_length(short, is_approved=False)) == []


def test_instalments_are_asked_for_in_writing_and_approved() -> None:
    assert len(list(rules.Instalments.check(A, "副局长"))) == 1
    assert list(rules.Instalments.check(A, "主要负责人")) == []
    assert list(rules.Instalments.check(B, "副局长")) == []
    assert len(list(rules.Instalments.check(B, "副局长", asked_in_writing=False))) == 1


@given(st.decimals(1, 100_000, places=2), st.integers(0, 400))
def test_what_is_added_never_exceeds_the_fine(fine: Decimal, late: int) -> None:
    due = Date(2018, 3, 1)
    grown = rules.Surcharge.of(fine, due, due + late * DAY)
    assert list(rules.Surcharge.check(due, fine, grown.amount)) == []
    assert grown.days == late


def test_more_than_the_fine_is_refused() -> None:
    assert len(list(rules.Surcharge.check(A, Decimal(100), Decimal("100.01")))) == 1


def test_the_court_is_asked_after_the_party_may_no_longer_and_before_three_months_are_over() -> None:
    last = deadline("court", Date(2018, 9, 1))
    first = Date(2018, 9, 2)
    assert len(list(rules.Court.check_application(last, Date(2018, 9, 1), first_possible=first))) == 1
    assert list(rules.Court.check_application(last, first, first_possible=first)) == []
    assert len(list(rules.Court.check_application(last, last.due + DAY, first_possible=first))) == 1


def test_the_party_is_urged_first() -> None:
    served = deadline("urge", A)
    assert len(list(rules.Urge.check_application(None, A))) == 1
    assert len(list(rules.Urge.check_application(served, served.due))) == 1
    assert list(rules.Urge.check_application(served, served.due + DAY)) == []


def test_since_2024_the_county_alone_reviews() -> None:
    assert len(rules.Review.at(Date(2023, 12, 31))) == 2
    assert rules.Review.at(Date(2024, 1, 1)) == ("文安县人民政府",)
    assert not rules.Review.comes_first(Date(2023, 12, 31), is_simple=True)


# The end


def test_a_case_is_closed_on_a_ground_of_its_day_and_with_nothing_open() -> None:
    assert list(rules.ClosingGround.check(A, "终结执行", open_matters=[])) == []
    assert len(list(rules.ClosingGround.check(B, "终结执行", open_matters=[]))) == 1
    (objection,) = rules.ClosingGround.check(A, "决定执行完毕", open_matters=["没有送达回证"])
    assert "没有送达回证" in objection.sentence


def test_nothing_is_missing_in_what_is_archived() -> None:
    assert len(list(rules.Archive.check(A, missing=["送达回证"]))) == 1
    assert list(rules.Archive.check(A, missing=[])) == []


# Amounts


@given(
    st.sampled_from(list(shipped_ranges().values())),
    st.decimals(0, 5_000, places=2),
    some_kinds,
    st.sampled_from(Grade),
    st.booleans(),
)
def test_nobody_goes_beyond_the_law(
    allowed: LegalRange, fine: Decimal, kinds: frozenset[Penalty], grade: Grade, has_ground: bool
) -> None:
    found = list(Amount.check(C, allowed, penalty(*kinds, fine=fine), grade=grade, ground="立功" if has_ground else ""))
    if fine > allowed.maximum or allowed.compulsory - kinds - {Penalty.FINE}:
        assert any(each.is_refusal for each in found)


def test_kinds_that_the_article_does_not_know_are_refused() -> None:
    warned = shipped_ranges()["c5-3-1"]
    given = penalty(Penalty.WARNING, Penalty.FINE, Penalty.REVOCATION, fine=500)
    assert [each.sentence for each in Amount.check(A, warned, given)] == ["处罚的种类不是这一条规定的"]


@given(st.decimals(0, 1_000_000, places=2), st.decimals(0, 1_000_000, places=2))
def test_light_and_heavy_never_overlap(one: Decimal, other: Decimal) -> None:
    allowed = LegalRange(source="x", minimum=min(one, other), maximum=max(one, other))
    day = Date(2022, 10, 8)
    assert allowed.band(Grade.LIGHT, day)[1] <= allowed.band(Grade.HEAVY, day)[0]
    assert allowed.band(Grade.LIGHT, day - DAY) == (allowed.minimum, allowed.maximum)
