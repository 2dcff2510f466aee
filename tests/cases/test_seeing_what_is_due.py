"""Everybody sees which clocks run in their cases, the most urgent first, and how each came about."""

import datetime
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from cases.desk import worklist
from cases.models import Officer
from paper import typesetting
from paper.faces import TypesettingUnavailable
from tests.acting import at, on
from tests.cases.people import (
    KEEPING,
    People,
    file,
    know_2027,
    make_case,
    make_foreign_case,
    make_measure,
    make_people,
    who_sees,
)
from tests.conftest import make_account, signed_in

DAY = datetime.date(2026, 11, 26)  # a Thursday
URL = "/admin/cases/case/worklist/"
LATE, SOON = datetime.date(2026, 11, 3), datetime.date(2026, 11, 5)
"""Clues of these days are to be filed by Tuesday, the 24th, and by the 26th."""


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def page(account: Any, **asked: Any) -> str:
    said: str = signed_in(account).get(URL, asked).content.decode()
    return said


def seen(account: Any, **asked: Any) -> list[tuple[str, str]]:
    rows = signed_in(account).get(URL, asked).context["rows"]
    return [(row.case.number, row.clock.urgency.label) for row in rows]


# What is due, and in which order


def test_the_most_urgent_come_first(people: People) -> None:
    make_case(people, found_on=DAY)
    make_case(people, found_on=SOON)
    make_case(people, found_on=LATE)
    assert seen(people.officer) == [
        ("2026-0003", "已逾期"),
        ("2026-0002", "即将到期"),
        ("2026-0001", "在期限内"),
    ]


def test_a_row_says_what_by_when_by_whom_and_what_is_awaited(people: People) -> None:
    make_case(people, found_on=LATE)
    said = re.sub(r"\s+", " ", page(people.officer))
    for part in ("2026-0001", "王**", "立案或者不予立案", "2026-11-24（星期二）截止", "已过 2 天", "高远", "报请立案"):
        assert part in said, part
    assert "王小二" not in said
    make_case(people, found_on=DAY)
    make_case(people, found_on=SOON)
    said = page(people.officer)
    assert "还有 21 天" in said
    assert "今天到期" in said


def test_late_and_soon_are_a_word_and_a_shape(people: People) -> None:
    make_case(people, found_on=LATE)
    make_case(people, found_on=SOON)
    said = re.sub(r"<[^>]+>|\s+", "", page(people.officer))
    assert "▲已逾期1项" in said
    assert "◆即将到期1项" in said


def test_what_ends_on_a_day_off_warns_on_the_working_day_before(people: People) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people, days=3), by=people.officer)  # Sunday, and no cap is moved
    assert seen(people.officer, rule="sealing") == [("2026-0001", "在期限内")]
    with on(DAY + datetime.timedelta(days=1)):
        assert seen(people.officer, rule="sealing") == [("2026-0001", "即将到期")]


def test_each_clock_of_a_case_has_a_row(people: People) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people), by=people.officer)
    case.take_measure(make_measure(people, **KEEPING), by=people.officer)
    rows = signed_in(people.officer).get(URL).context["rows"]
    assert [row.clock.rule for row in rows] == ["urgent", "urgent", "keeping", "sealing", "decision"]


def test_a_case_without_a_clock_is_not_forgotten(people: People) -> None:
    case = file(make_case(people), people)
    case.end_investigation(by=people.director, reason="违法事实不成立")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    assert seen(people.officer) == [("2026-0001", "没有在走的期限")]
    assert "归档" in page(people.officer)


def test_what_is_over_is_not_there(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.refuse_filing(by=people.director, reason="没有违法事实")
    assert seen(people.officer) == []
    assert "没有要列出的期限和案件" in page(people.officer)


def test_what_is_not_final_is_marked(people: People) -> None:
    make_case(people, found_on=datetime.date(2026, 11, 26))
    assert "（暂定）" not in page(people.officer)
    with on(datetime.date(2026, 12, 24)):
        make_case(people, found_on=datetime.date(2026, 12, 24))
        assert "（暂定）" in page(people.officer)


def test_a_new_day_is_seen_at_once(people: People) -> None:
    """Nothing of it is stored, and what a worker keeps at hand is never old."""
    make_case(people, found_on=SOON)
    assert seen(people.officer) == [("2026-0001", "即将到期")]
    with on(DAY + datetime.timedelta(days=1)):
        assert seen(people.officer) == [("2026-0001", "已逾期")]


def test_an_act_is_seen_at_once(people: People) -> None:
    case = make_case(people, found_on=SOON)
    assert seen(people.officer) == [("2026-0001", "即将到期")]
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.prolong_filing(by=people.director, days=5, reason="案情复杂")
    assert seen(people.officer) == [("2026-0001", "在期限内")]
    case.file(by=people.director, handlers=Officer.objects.filter(account__in=[people.officer, people.second]))
    assert [clock.rule for clock in worklist.clocks_of(people.second)] == ["decision"]
    assert seen(people.officer) == seen(people.second) == [("2026-0001", "在期限内")]


def test_the_desk_sees_at_once_whose_turn_it_is(people: People) -> None:
    def waits_for(account: Any) -> list[str]:
        return [row.said for row in worklist.waiting_for(account).first]

    case = make_case(people)
    assert (waits_for(people.officer), waits_for(people.chief)) == (["报请立案"], [])
    case.propose_filing(by=people.officer)
    assert (waits_for(people.officer), waits_for(people.chief)) == ([], ["审核立案"])


def test_a_notice_moves_what_was_counted_before(people: People) -> None:
    with on(datetime.date(2026, 12, 24)):
        make_case(people, found_on=datetime.date(2026, 12, 20))
        (before,) = worklist.clocks_of(people.officer)
        know_2027()
        (after,) = worklist.clocks_of(people.officer)
    assert (before.is_provisional, after.is_provisional) == (True, False)
    assert after.due > before.due


def test_another_answer_of_the_bureau_counts_at_once(people: People, settings: Any) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people, days=3), by=people.officer)

    def due() -> datetime.date:
        return next(clock.due for clock in worklist.clocks_of(people.officer) if clock.rule == "sealing")

    assert due() == datetime.date(2026, 11, 29)
    settings.CLOCKS = '{"caps_move": true}'
    assert due() == datetime.date(2026, 11, 30)


# Whose cases


def test_an_officer_sees_the_own_a_chief_those_of_the_office_the_others_all(people: People) -> None:
    make_case(people)
    make_foreign_case(people)
    expected = who_sees("2026-0001", "2026-0002")
    assert {name: {number for number, _ in seen(getattr(people, name))} for name in expected} == expected


def test_it_is_for_those_who_see_cases(db: None) -> None:
    assert signed_in(make_account("bianji", "编辑", "编", "辑")).get(URL).status_code == 403


def test_it_is_narrowed_down_by_office_clock_and_urgency(people: People) -> None:
    make_case(people, found_on=LATE)
    case = make_case(people)
    case.take_measure(make_measure(people), by=people.officer)
    other = make_foreign_case(people)
    assert len(seen(people.director)) == 5  # two clocks of the measure, one of each case
    assert seen(people.director, office=str(other.office_id)) == [("2026-0003", "在期限内")]
    assert seen(people.director, rule="sealing") == [("2026-0002", "在期限内")]
    assert seen(people.director, urgency="late", rule="filing") == [("2026-0001", "已逾期")]
    assert "没有这一项" in page(people.director, rule="nonsense")
    assert len(seen(people.director, rule="nonsense")) == 5
    assert 'name="office"' in page(people.director)
    assert 'name="office"' not in page(people.officer)


def test_fifty_stand_on_a_page(people: People) -> None:
    for _ in range(51):
        make_case(people, found_on=DAY)
    make_case(people, found_on=LATE)
    first = seen(people.chief)
    assert (len(first), first[0]) == (50, ("2026-0052", "已逾期"))
    assert seen(people.chief, page="2", rule="filing") == [("2026-0050", "在期限内"), ("2026-0051", "在期限内")]
    assert "?rule=filing&amp;page=2" in page(people.chief, rule="filing")


# On the desk


def test_the_desk_stays_short_and_leads_there(people: People) -> None:
    for _ in range(worklist.FIRST + 2):
        make_case(people, found_on=DAY)
    late = make_case(people, found_on=LATE)
    desk = signed_in(people.officer).get("/admin/")
    waiting = desk.context["cases_waiting"]
    assert (len(waiting.first), waiting.total, waiting.first[0].case) == (worklist.FIRST, worklist.FIRST + 3, late)
    assert f"全部 {worklist.FIRST + 3} 件" in desk.content.decode()
    assert f'href="{URL}"' in desk.content.decode()


# The database is asked no more for many


def queries(account: Any, url: str) -> int:
    client = signed_in(account)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", [URL, "/admin/", "/admin/cases/case/"])
@pytest.mark.parametrize("who", ["officer", "chief", "director"])
def test_thirty_cases_cost_no_more_queries_than_three(
    people: People, who: str, url: str, django_assert_max_num_queries: Any
) -> None:
    def more(number: int) -> None:
        for _ in range(number):
            case = file(make_case(people), people)
            case.take_measure(make_measure(people), by=people.officer)

    def cold() -> int:
        """Nothing of it at hand yet."""
        worklist.forget()
        with CaptureQueriesContext(connection) as asked:
            worklist.clocks_of(account)
        return len(asked)

    more(3)
    account = getattr(people, who)
    few, few_cold = queries(account, url), cold()
    more(27)
    client = signed_in(account)
    client.get(url)
    with django_assert_max_num_queries(few):
        client.get(url)
    assert cold() == few_cold


# How it came about


def test_a_case_shows_day_by_day_how_its_clocks_run(people: People) -> None:
    case = make_case(people, found_on=LATE)
    said = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    for part in ("2026-11-03 星期二　起算事项发生日，不计", "2026-11-07 星期六　不计"):
        assert part in said
    assert "2026-11-24 星期二　第15个工作日" in said
    assert f"/admin/cases/case/{case.pk}/deadlines/" in said


def test_the_derivation_is_a_page_to_print(people: People) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people), by=people.officer)
    said = signed_in(people.chief).get(f"/admin/cases/case/{case.pk}/deadlines/").content.decode()
    for part in (
        "案件 2026-0001",
        "2026-11-26 12:00 由石磊制",
        "工作日按 2004 至 2026 年的放假安排",
        "最后一日遇休息日不顺延",
    ):
        assert part in said
    assert "王小二" not in said


def test_the_derivation_is_a_paper_for_the_file(people: People) -> None:
    case = make_case(people, found_on=LATE)
    answer = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/deadlines.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert 'filename="deadlines-2026-0001-20261126-1200.pdf"' in answer["Content-Disposition"]
    assert [(each.by_name, each.what) for each in case.readings.all()] == [("高远", "export")]
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
    for part in ("期限推算表", "2026-0001", "2026-11-24（星期二）截止", "第15个工作日", "2026-11-26 12:00"):
        assert part in text, text


@pytest.mark.parametrize("ending", ["deadlines/", "deadlines.pdf"])
def test_nobody_reads_it_of_a_case_that_they_do_not_see(people: People, ending: str) -> None:
    case = make_case(people)
    for who in (people.stranger, people.other_chief):
        assert signed_in(who).get(f"/admin/cases/case/{case.pk}/{ending}").status_code == 404


def test_without_typesetting_a_sentence_says_so(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(html: str) -> bytes:
        raise TypesettingUnavailable("没有 Pango，不能排 PDF。")

    monkeypatch.setattr(typesetting, "pdf", unavailable)
    case = make_case(people)
    answer = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/deadlines.pdf", follow=True)
    assert "排不成 PDF：没有 Pango，不能排 PDF。" in answer.content.decode()


def hours(account: Any) -> list[worklist.Clock]:
    rows = signed_in(account).get(URL).context["rows"]
    return [row.clock for row in rows if row.clock.rule == "urgent"]


def test_hours_that_are_over_are_late_the_same_day(people: People) -> None:
    case = make_case(people)
    measure = make_measure(people)  # two hours ago, papers within 24
    case.take_measure(measure, by=people.officer)
    (before,) = hours(people.officer)
    assert (before.urgency.label, before.due) == ("即将到期", DAY + datetime.timedelta(days=1))
    ends = measure.papers_due().ends_at
    with at(ends + datetime.timedelta(minutes=1)):
        (after,) = hours(people.officer)
        assert (after.urgency.label, after.left) == ("已逾期", f"今天已过 {ends:%H:%M}")
        page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
        assert "已逾期" in page
