"""The table of time limits: which version holds on which day, on what basis, and what the bureau may choose."""

import datetime
from typing import Any

import pytest
from django.core.checks import run_checks

from clocks import limits_of_the_law
from clocks.choices import Choices
from clocks.deadlines import work_out
from clocks.limits_of_the_law import limits_under
from clocks.sources import in_words
from clocks.time_limit import Certainty, Moves, NoTimeLimit, TimeLimits, ruleset
from clocks.working_days import library_calendar

LIMITS = limits_under(Choices())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def length(rule: str, on: str, given: TimeLimits = LIMITS) -> str:
    return given.on(rule, day(on)).length


@pytest.mark.parametrize(
    ("rule", "a", "b", "c"),
    [
        ("filing", "15日", "15个工作日", "15个工作日"),
        ("urgent", "24小时", "24小时", "24小时"),
        ("keeping", "7日", "7日", "7个工作日"),
        ("sealing", "30日", "30日", "30日"),
        ("audit", "5个工作日", "10个工作日", "10个工作日"),
        ("notice_reply", "3日", "3个工作日", "5个工作日"),
        ("hearing_request", "3日", "3个工作日", "5个工作日"),
        ("hearing_notice", "7日", "7日", "7个工作日"),
        ("hearing_publicity", "", "3日", "3个工作日"),
        ("hearing_report", "", "5个工作日", "5个工作日"),
        ("decision", "90日", "90日", "90日"),
        ("service", "7日", "7日", "7个工作日"),
        ("service_by_notice", "60日", "60日", "60日"),
        ("correction", "30日", "30日", "30日"),
        ("payment", "15日", "15日", "15日"),
        ("cash", "2日", "2日", "2个工作日"),
        ("review", "60日", "60日", "60日"),
        ("suit", "6个月", "6个月", "6个月"),
        ("court", "3个月", "3个月", "3个月"),
        ("urge", "10个工作日", "10个工作日", "10个工作日"),
        ("closing", "", "15个工作日", "15个工作日"),
        ("report", "15日", "15日", "15日"),
        ("simple_archive", "", "7个工作日", "7个工作日"),
        ("transfer", "3日", "3日", "3日"),
        ("limitation", "2年", "2年", "2年"),
        ("limitation_harm", "2年", "2年", "5年"),
        ("assist", "", "15个工作日", "15个工作日"),
        ("jurisdiction", "", "7个工作日", "7个工作日"),
        ("publish", "7个工作日", "7个工作日", "7个工作日"),
        ("withdraw", "", "", "3个工作日"),
    ],
)
def test_each_set_of_rules_has_its_limit(rule: str, a: str, b: str, c: str) -> None:
    """The last day of set a, the last of set b, the first of set c."""
    for on, said in (("2019-03-31", a), ("2021-07-14", b), ("2021-07-15", c)):
        if said:
            assert length(rule, on) == said
        else:
            with pytest.raises(NoTimeLimit, match=f"没有写明这一期限（{rule}）"):
                LIMITS.on(rule, day(on))


def test_the_sets_change_on_their_days() -> None:
    days = ["2011-07-01", "2019-03-31", "2019-04-01", "2021-07-14", "2021-07-15", "2026-11-26"]
    assert "".join(ruleset(day(each)) for each in days) == "aabbcc"


def test_some_terms_have_days_of_their_own() -> None:
    assert length("service_by_notice", "2022-11-01") == "30日"
    assert (length("publish", "2021-08-31"), length("publish", "2021-09-01")) == ("7个工作日", "20个工作日")
    assert (length("publish_end", "2021-08-31"), length("publish_end", "2021-09-01")) == ("5年", "3年")
    assert LIMITS.on("review", day("2023-12-31")).clause == "复议法2017-9"
    assert LIMITS.on("review", day("2024-01-01")).clause == "复议法2023-20"


def test_review_ends_after_sixty_days_over_the_leap_day() -> None:
    review = LIMITS.on("review", day("2024-02-01"))
    assert work_out(review, day("2024-02-01"), library_calendar()).due == day("2024-04-01")


def test_every_term_is_whole_and_declared_once() -> None:
    seen = [(each.rule, each.since) for each in LIMITS.all]
    assert len(set(seen)) == len(seen)
    for each in LIMITS.all:
        assert each.title
        assert each.number > 0
        assert in_words(each.clause)
        assert each.moves is not Moves.OFF or not each.before


def test_every_clause_is_said_in_words() -> None:
    for each in LIMITS.all:
        said = in_words(each.clause)
        assert not set(said) & set("-();"), said


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("令42-18", "《市场监督管理行政处罚程序规定》第18条"),
        ("令2-57(1)", "《市场监督管理行政处罚程序暂行规定》第57条第1款"),
        ("处罚法2017-42(1)2", "《行政处罚法》（2017年）第42条第1款第2项"),
        (
            "处罚法2017-42(1)2; 137-36(4)",
            "《行政处罚法》（2017年）第42条第1款第2项、《质量技术监督行政处罚程序规定》第36条第4款",
        ),
        ("清单三(二)1", "责任清单十四 三（二）1"),
        ("令45", "《市场监督管理行政处罚信息公示规定》"),
        ("国办发〔2018〕118号", "国办发〔2018〕118号"),
    ],
)
def test_a_clause_in_words(clause: str, said: str) -> None:
    assert in_words(clause) == said


# What the norms leave open


def test_what_is_open_says_so() -> None:
    open_ones = {(each.rule, each.since) for each in LIMITS.all if each.certainty is Certainty.OPEN}
    assert ("notice_reply", None) in open_ones
    assert ("decision", None) in open_ones
    assert ("filing", None) not in open_ones


CHOSEN: dict[str, tuple[Any, str, str, str]] = {
    "reply_days_before_2019": (5, "notice_reply", "2018-01-01", "5日"),
    "decision_days_before_2019": (60, "decision", "2018-01-01", "60日"),
    "report_days_since_2019": (10, "report", "2022-01-01", "10日"),
    "order_61_on": (day("2022-09-29"), "service_by_notice", "2022-10-01", "30日"),
    "old_acts_five_years": (True, "limitation_harm", "2020-01-01", "5年"),
    "publish_in_seven": (True, "publish", "2022-01-01", "7个工作日"),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_another_answer_changes_the_term_and_no_other(name: str) -> None:
    value, rule, on, said = CHOSEN[name]
    chosen = limits_under(Choices(**{name: value}))
    assert length(rule, on, chosen) == said != length(rule, on)
    assert {each for each in chosen.all if each.rule != rule} == {each for each in LIMITS.all if each.rule != rule}


def test_without_a_number_of_days_a_decision_is_only_reminded_of() -> None:
    assert LIMITS.on("decision", day("2018-01-01")).hardness == "M"
    chosen = limits_under(Choices(decision_days_before_2019=60))
    assert chosen.on("decision", day("2018-01-01")).hardness == "W"


def test_caps_can_be_moved_where_the_bureau_says_so() -> None:
    chosen = limits_under(Choices(caps_move=True))
    start = day("2018-09-24")
    assert work_out(LIMITS.on("keeping", start), start, library_calendar()).due == day("2018-10-01")
    assert work_out(chosen.on("keeping", start), start, library_calendar()).due == day("2018-10-08")


def test_weekends_can_stand_where_the_rules_say_statutory_holidays() -> None:
    chosen = limits_under(Choices(weekends_move=False))
    for start, moved, stands in (
        ("2019-11-23", "2019-12-09", "2019-12-08"),
        ("2023-09-20", "2023-10-07", "2023-10-07"),
    ):
        limit, other = LIMITS.on("payment", day(start)), chosen.on("payment", day(start))
        assert work_out(limit, day(start), library_calendar()).due == day(moved)
        assert work_out(other, day(start), library_calendar()).due == day(stands)
    assert chosen.on("payment", day("2018-01-01")).moves is Moves.OFF


def test_the_day_on_which_an_act_ended_can_be_counted() -> None:
    """Ended on 1 July, found on 30 June two years later at the latest, where that day counts."""
    start = day("2022-07-01")
    counted = limits_under(Choices(limitation_counts_first_day=True)).on("limitation", start)
    assert work_out(LIMITS.on("limitation", start), start, library_calendar()).due == day("2024-07-01")
    found = work_out(counted, start, library_calendar())
    assert found.due == day("2024-06-30")
    assert "自 2022-07-01 当日起算2年，是 2024-06-30" in found.derivation()
    assert work_out(counted, day("2022-03-01"), library_calendar()).due == day("2024-02-29")


def test_every_open_question_has_words_for_the_screen() -> None:
    for name, field in Choices.model_fields.items():
        assert field.title, name
        assert field.description, name


def test_the_settings_answer(settings: Any) -> None:
    assert limits_of_the_law.in_force().on("notice_reply", day("2018-01-01")).number == 3
    settings.CLOCKS = '{"reply_days_before_2019": 5}'
    assert limits_of_the_law.in_force().on("notice_reply", day("2018-01-01")).number == 5


@pytest.mark.parametrize("wrong", ["x", '{"reply_days": 5}', '{"reply_days_before_2019": 0}', "[]"])
def test_settings_that_are_wrong_are_found_by_the_check(settings: Any, wrong: str) -> None:
    settings.CLOCKS = wrong
    (said,) = [each for each in run_checks() if each.id == "clocks.E001"]
    assert said.msg.startswith("CLOCKS 写得不对：")
    assert "order_61_on" in said.hint
