"""A deadline says how it came about, stays provisional while a year is unknown, and is never later than it will be."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks import following_limits
from clocks.choices import Choices
from clocks.counting import Span
from clocks.deadlines import (
    Deadline,
    Extension,
    HoursDeadline,
    NotLawful,
    last_day,
    work_out,
    work_out_hours,
    work_out_provisional,
)
from clocks.limits_of_the_law import limits_under
from clocks.time_limit import NoTimeLimit, Unit
from clocks.working_days import WORKS, Calendar, NoCalendar, library_calendar

DAY = datetime.timedelta(days=1)
LIMITS = limits_under(Choices())
FORWARD = sorted({limit.rule for limit in LIMITS.all if limit.unit is not Unit.HOURS and not limit.before})


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def of(rule: str, start: str, *, calendar: Calendar | None = None, **values: Any) -> Deadline:
    return work_out(LIMITS.on(rule, day(start)), day(start), calendar or library_calendar(), **values)


def tentative(rule: str, start: str, **values: Any) -> Deadline:
    return work_out_provisional(LIMITS.on(rule, day(start)), day(start), library_calendar(), **values)


def test_it_says_how_it_came_about() -> None:
    test = Span(first=day("2018-06-05"), last=day("2018-06-14"), why="检验")
    assert list(of("filing", "2018-06-01", stops=[test]).derivation()) == [
        "立案或者不予立案：2018-06-26（星期二）截止",
        "依据：责任清单十四 三（二）1，15日",
        "自 2018-06-01 的次日起算15日，是 2018-06-26",
        "不计入：2018-06-05 至 2018-06-14（检验）",
        "提醒：2018-06-26（星期二）",
    ]


def test_it_names_the_holiday_that_it_is_moved_over() -> None:
    lines = list(of("decision", "2024-07-03").derivation())
    assert lines[0] == "作出处理决定：2024-10-08（星期二）截止"
    assert lines[2] == "自 2024-07-03 的次日起算90日，是 2024-10-01"
    assert lines[3] == "顺延，跳过：2024-10-01 至 2024-10-07（国庆节）"
    assert lines[4] == "提醒：2024-09-30（星期一）"


def test_a_cap_says_that_it_is_not_moved() -> None:
    lines = list(of("keeping", "2018-09-24").derivation())
    assert lines[0] == "先行登记保存后作出处理：2018-10-01（星期一）截止"
    assert lines[1] == "依据：《行政处罚法》（2017年）第37条第2款，7日"
    assert "最后一日遇休息日不顺延" in lines
    assert lines[-1] == "提醒：2018-09-30（星期日）"


def test_what_has_to_be_done_before_a_day_is_counted_back_from_it() -> None:
    assert list(of("hearing_notice", "2024-10-15").derivation())[:4] == [
        "通知听证的时间、地点：最迟 2024-09-30（星期一）",
        "依据：《市场监督管理行政处罚听证办法》第20条，7个工作日（自 2021-07-15 起适用）",
        "自 2024-10-15 的前一日起倒数7个工作日，是 2024-09-30",
        "不计入：2024-10-01 至 2024-10-07（国庆节）；2024-10-13（星期日）",
    ]


def told(deadline: Deadline) -> list[str]:
    return [f"{each:%m-%d} {said}" for each, said in deadline.day_by_day()]


def test_it_tells_day_by_day_what_was_left_out() -> None:
    assert told(of("audit", "2018-09-20")) == [
        *("09-20 起算事项发生日，不计", "09-21 第1个工作日", "09-22 不计", "09-23 不计"),
        *("09-24 中秋节，不计", "09-25 第2个工作日", "09-26 第3个工作日", "09-27 第4个工作日", "09-28 第5个工作日"),
    ]
    assert told(of("payment", "2024-09-16"))[-8:] == [
        *("10-01 第15日，国庆节，顺延", "10-02 国庆节，顺延", "10-03 国庆节，顺延", "10-04 国庆节，顺延"),
        *("10-05 国庆节，顺延", "10-06 国庆节，顺延", "10-07 国庆节，顺延", "10-08 顺延到这一天"),
    ]
    assert told(of("hearing_notice", "2024-10-15"))[:4] == [
        *("10-15 起算事项发生日，不计", "10-14 第1个工作日", "10-13 不计", "10-12 第2个工作日"),
    ]
    assert told(of("suit", "2024-04-01"))[0] == "10-01 期限届满日，国庆节，顺延"
    assert told(of("sealing", "2018-06-01")) == []


@given(
    rule=st.sampled_from(FORWARD),
    start=st.dates(day("2017-01-01"), day("2024-12-31")),
    stop=st.none() | st.tuples(st.integers(-5, 60), st.integers(0, 30)),
)
def test_each_day_is_told_once_and_the_last_counted_is_the_last_of_the_limit(
    rule: str, start: datetime.date, stop: tuple[int, int] | None
) -> None:
    try:
        limit = LIMITS.on(rule, start)
    except NoTimeLimit:
        return
    stops = []
    if stop and limit.stops:
        first = start + stop[0] * DAY
        stops = [Span(first=first, last=first + stop[1] * DAY, why="检验")]
    deadline = work_out_provisional(limit, start, library_calendar(), stops=stops)
    lines = deadline.day_by_day()
    assert bool(lines) == bool(deadline.skipped or deadline.moved_over)
    if lines:
        days = [each for each, _ in lines]
        assert days == [days[0] + n * DAY for n in range(len(days))]
        assert days[-1] == deadline.due
        left_out = [each for each, said in lines if said.endswith("不计")][1 if days[0] == start else 0 :]
        assert left_out == [span.first + n * DAY for span in deadline.skipped for n in range(len(span))]
        if limit.unit not in (Unit.MONTHS, Unit.YEARS):
            counted = [each for each, said in lines if said.startswith("第")]
            assert (len(counted), counted[-1]) == (deadline.number, deadline.last_day)


def test_hours_are_clock_time() -> None:
    start = datetime.datetime(2017, 9, 30, 22, 40)
    found = work_out_hours(LIMITS.on("urgent", start.date()), start)
    assert list(found.derivation()) == [
        "情况紧急先采取措施的，补办手续：2017-10-01 22:40 截止",
        "依据：责任清单十四 三（一）1，24小时",
        "自 2017-09-30 22:40 起24小时，连续计算，不因休息日顺延",
    ]
    assert HoursDeadline.read(found.canonical()) == found
    with pytest.raises(ValueError, match="filing"):
        work_out_hours(LIMITS.on("filing", start.date()), start)


def test_it_is_kept_as_text_and_comes_back_the_same() -> None:
    extension = Extension(number=30, signed=day("2020-02-03"))
    stop = Span(first=day("2019-11-10"), last=day("2019-11-12"), why="检验")
    found = of("decision", "2019-11-04", stops=[stop], extensions=[extension])
    assert Deadline.read(found.canonical()) == found
    assert found.limit.since == day("2019-04-01")
    assert found != of("decision", "2019-11-04", stops=[stop])


# Longer


def test_an_extension_runs_from_the_end_before_it_was_moved() -> None:
    found = of("decision", "2019-11-04", extensions=[Extension(number=30, signed=day("2020-02-03"))])
    assert (found.last_day, found.due) == (day("2020-03-03"), day("2020-03-03"))
    assert list(found.derivation())[2] == "自 2019-11-04 的次日起算90日，加 2020-02-03 签批延长的30日，是 2020-03-03"


def test_after_thirty_days_the_heads_together_fix_a_limit() -> None:
    found = of("decision", "2019-11-04", extensions=SIGNED)
    assert (found.last_day, found.due) == (day("2020-03-03") + 60 * DAY, day("2020-05-06"))
    with pytest.raises(NotLawful, match="已经延长过，不能再延长"):
        of("decision", "2019-11-04", extensions=[*SIGNED, Extension(number=1, signed=day("2020-04-01"))])


SIGNED = [Extension(number=30, signed=day("2020-02-03")), Extension(number=60, signed=day("2020-03-03"))]


@pytest.mark.parametrize(
    ("rule", "start", "extensions", "clause", "said"),
    [
        ("filing", "2019-09-20", [(15, "2019-10-17")], "令2-17", "2019-10-17 才签批延长，太晚了"),
        (
            "filing",
            "2019-09-20",
            [(16, "2019-10-16")],
            "令2-17",
            "负责人最多把“立案或者不予立案”的期限延长 15个工作日，现在是 16个",
        ),
        ("decision", "2019-11-04", [(31, "2020-02-03")], "令2-57(1)", "现在是 31日"),
        ("decision", "2019-11-04", [(30, "2020-02-03"), (60, "2020-03-04")], "令2-57(1)", "太晚了"),
        ("filing", "2018-06-01", [(1, "2018-06-02")], "清单三(二)1", "不能延长"),
        ("sealing", "2018-05-02", [(30, "2018-05-30"), (10, "2018-06-25")], "强制法25(1)", "已经延长过"),
        ("sealing", "2017-09-08", [(30, "2017-10-09")], "强制法28(4)", "《行政强制法》第28条第4款"),
    ],
)
def test_an_extension_that_the_law_does_not_allow_is_refused_with_its_clause(
    rule: str, start: str, extensions: list[tuple[int, str]], clause: str, said: str
) -> None:
    with pytest.raises(NotLawful, match=said) as refused:
        of(rule, start, extensions=[Extension(number=number, signed=day(signed)) for number, signed in extensions])
    assert refused.value.clause == clause


def test_what_nothing_stops_is_not_stopped() -> None:
    with pytest.raises(NotLawful, match="没有可以扣除的期间"):
        of("keeping", "2018-09-24", stops=[Span(first=day("2018-09-25"), last=day("2018-09-26"))])


# Unknown years


def test_what_only_counts_raises_where_a_year_is_unknown() -> None:
    with pytest.raises(NoCalendar, match="2027年工作日历未维护"):
        of("filing", "2026-12-21")
    with pytest.raises(NoCalendar):
        of("payment", "2027-01-20")


def test_people_are_shown_a_provisional_day_and_why() -> None:
    found = tentative("payment", "2026-12-20")
    assert found.is_provisional
    first, *_, last = found.derivation()
    assert first == "缴纳罚款：2027-01-04（星期一）截止（暂定）"
    assert last == "暂定：2027年的放假安排还没有录入，那一年的日子先一日不扣、不顺延；录入以后自动重算。"


def test_the_last_week_of_a_year_is_provisional_until_the_next_is_known() -> None:
    assert not tentative("payment", "2026-12-08").is_provisional  # ends on the 23rd
    found = tentative("payment", "2026-12-15")
    assert found.due == day("2026-12-30")
    assert found.why_provisional == (
        "2027年的放假安排还没有录入，元旦可能与2026年12月底调休，那几日先一日不扣、不顺延；录入以后自动重算。"
    )
    assert of("payment", "2026-12-15").unknown_year == 2027


def test_what_is_never_moved_is_final_in_whatever_year() -> None:
    for rule, start, due in (("limitation", "2026-05-01", "2028-05-01"), ("sealing", "2026-12-20", "2027-01-19")):
        found = of(rule, start)
        assert (found.due, found.is_provisional) == (day(due), False)
        assert found.alarm_unknown_year
        assert any("暂按周末推算" in line for line in found.derivation())


def test_what_is_counted_back_from_an_unknown_year_leaves_out_weekends_alone() -> None:
    found = tentative("hearing_notice", "2027-01-20")
    assert found.due == day("2027-01-11")
    assert found.why_provisional == "2027年的放假安排还没有录入，先只扣周末，请再提早几日；录入以后自动重算。"


def test_the_party_is_not_held_to_a_provisional_day_and_the_bureau_is() -> None:
    late = day("2027-02-01")
    assert tentative("filing", "2026-12-20").has_passed(late)
    assert not tentative("payment", "2026-12-20").has_passed(late)
    assert of("payment", "2026-11-02").has_passed(late)
    assert not of("payment", "2026-11-02").has_passed(of("payment", "2026-11-02").due)


@st.composite
def arrangements(draw: st.DrawFn) -> Calendar:
    """Whatever the State Council may decide of 2027: any day off, any weekend worked."""
    first = datetime.date(2026, 12, 25)
    named: dict[datetime.date, str] = {}
    for offset in draw(st.lists(st.integers(0, 80), max_size=30)):
        each = first + offset * DAY
        named[each] = draw(st.sampled_from(["春节", WORKS])) if each.isoweekday() > 5 else "春节"
    return library_calendar().overridden_by({2027, 2028, 2029, 2030, 2031, 2032}, named)


@given(arrangements(), st.sampled_from(FORWARD), st.dates(datetime.date(2026, 10, 1), datetime.date(2027, 3, 1)))
def test_it_is_never_later_than_it_will_be_when_the_notice_is_there(
    calendar: Calendar, rule: str, start: datetime.date
) -> None:
    try:
        limit = LIMITS.on(rule, start)
    except NoTimeLimit:
        return
    before, after = work_out_provisional(limit, start, library_calendar()), work_out(limit, start, calendar)
    assert before.due <= after.due
    assert before.is_provisional or (before.due, before.last_day) == (after.due, after.last_day)
    assert not after.is_provisional or after.unknown_year > 2032  # type: ignore[operator]


# One after the other


def test_the_way_to_court_is_counted_from_term_to_limit() -> None:
    found = following_limits.to_court(day("2023-03-31"), LIMITS, library_calendar())
    assert found.suit is not None
    assert (found.suit.last_day, found.suit.due) == (day("2023-09-30"), day("2023-10-07"))
    assert (found.application.due, found.application.alarm) == (day("2024-01-07"), day("2024-01-05"))
    assert found.urge_latest == day("2023-12-20")


@given(st.dates(datetime.date(2005, 1, 1), datetime.date(2025, 1, 1)))
def test_who_urges_on_the_last_day_can_still_apply_and_a_day_later_cannot(served: datetime.date) -> None:
    found = following_limits.to_court(served, LIMITS, library_calendar())
    last = found.application.alarm
    for urged, in_time in ((found.urge_latest, True), (found.urge_latest + DAY, False)):
        over = work_out(LIMITS.on("urge", served), urged, library_calendar()).last_day
        assert (over < last) is in_time


def test_a_surcharge_stops_growing_at_the_fine() -> None:
    from decimal import Decimal

    due = day("2018-01-02")
    assert following_limits.surcharge(Decimal(800), due, due + 33 * DAY).amount == Decimal("792.00")
    reached = following_limits.surcharge(Decimal(800), due, due + 34 * DAY)
    assert (reached.amount, reached.cap_reached) == (Decimal(800), due + 34 * DAY)
    assert following_limits.surcharge(Decimal(800), due, due).days == 0


@given(
    st.dates(datetime.date(2021, 9, 1), datetime.date(2100, 1, 1)),
    st.sampled_from(["publish_end", "publish_end_person", "publish_end_short"]),
)
def test_what_never_moves_ends_on_the_same_day_with_and_without_a_calendar(start: datetime.date, name: str) -> None:
    limit = LIMITS.on(name, start)
    assert last_day(limit, start) == work_out_provisional(limit, start, Calendar({}, frozenset())).due


def test_what_asks_the_calendar_is_not_worked_out_without_it() -> None:
    with pytest.raises(ValueError, match="asks the calendar"):
        last_day(LIMITS.on("publish", datetime.date(2026, 11, 28)), datetime.date(2026, 11, 28))
