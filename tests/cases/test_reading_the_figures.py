"""石磊 reads the figures of the own office, 孙丽, 周正, 郝明 and 郑明 those of all: on a page, in pictures, as a file.
And who opens a case without handling it leaves a line."""

import csv
import datetime
import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cases import models
from cases.case import STEPS as ACTS
from cases.desk import figures as page
from cases.desk import worklist
from cases.models import Case, Reading
from cases.watching import figures
from cases.watching.chart import LONGEST, bars
from cases.watching.figures import MEASURES, STEPS, Counted
from tests.acting import on
from tests.cases.people import (
    UNPUBLISHED,
    People,
    closed,
    file,
    make_case,
    make_committee,
    make_foreign_case,
    make_missing_papers,
    make_people,
    otherwise_agreed,
    served,
)
from tests.conftest import make_account, signed_in

DAY = datetime.date(2026, 11, 26)
URL = "/admin/cases/case/figures/"
YEAR = datetime.date(2026, 1, 1), DAY
LONG_AGO = datetime.date(2026, 10, 9)
"""A clue of this day had to be filed by the end of October."""


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def tables(account: Any, **asked: Any) -> dict[str, dict[str, dict[str, int]]]:
    """By table, by line, by measure."""
    found = signed_in(account).get(URL, asked).context["tables"]
    return {
        table.id: {
            line.label: {m.id: number for m, number in zip(table.measures, line.numbers, strict=True) if number}
            for line in [*table.lines, figures.Line("合计", table.total)]
        }
        for table in found
    }


def nonzero(lines: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {label: numbers for label, numbers in lines.items() if numbers}


# What is counted


def test_each_number_is_what_was_done_in_the_time(people: People) -> None:
    with on(datetime.date(2026, 2, 10)):
        case = make_case(people, source="complaint", kinds=["metrology", "food"])
        case.propose_filing(by=people.officer)
        case.send_back(by=people.chief, reason="补照片")
        closed(case, people)
    with on(datetime.date(2026, 4, 20)):
        refused = make_case(people)
        refused.propose_filing(by=people.officer)
        refused.review_filing(by=people.chief)
        refused.refuse_filing(by=people.director, reason="没有违法事实")
    with on(datetime.date(2025, 12, 31)):
        make_case(people)
    with on(DAY):
        found = tables(people.auditor, since="2026-01-01", until="2026-11-26", step="quarter")
    assert nonzero(found["time"]) == {
        "2026年1季度": {"clues": 1, "filed": 1, "closed": 1, "returned": 1},
        "2026年2季度": {"clues": 1, "refused": 1},
        "合计": {"clues": 2, "filed": 1, "refused": 1, "closed": 1, "returned": 1},
    }
    assert list(found["time"]) == ["2026年1季度", "2026年2季度", "2026年3季度", "2026年4季度", "合计"]
    assert found["source"]["投诉"] == {"clues": 1, "filed": 1, "closed": 1, "returned": 1, "overdue": 1}
    assert found["source"]["举报"] == {"clues": 1, "refused": 1, "overdue": 1}
    assert found["kind"]["食品相关产品"] == {"clues": 1, "filed": 1, "closed": 1, "returned": 1, "overdue": 1}
    assert found["kind"]["计量"]["clues"] == found["kind"]["合计"]["clues"] == 2


def test_what_was_late_is_counted_where_somebody_said_why(people: People) -> None:
    with on(LONG_AGO):
        case, waiting = make_case(people), make_case(people)
    case.propose_filing(by=people.officer, reason="等上级答复")
    case.review_filing(by=people.chief, reason="同意")
    assert "filing" in case.timeline.get(verb="proposed").answered
    found = tables(people.auditor)
    assert found["source"]["举报"] == {"clues": 2, "late": 2, "overdue": 2}
    assert found["time"]["2026-11"] == {"late": 2}
    assert waiting.deadline().has_passed(DAY)
    waiting.propose_filing(by=people.officer, reason="等上级答复")
    waiting.review_filing(by=people.chief, reason="同意")
    waiting.refuse_filing(by=people.director, reason="没有违法事实")
    assert tables(people.auditor)["source"]["举报"]["overdue"] == 1


def test_what_a_reason_answers_beside_time_is_not_late(people: People) -> None:
    case = otherwise_agreed(make_case(people), people)
    case.approve_outcome(by=people.director, reason="主要负责人出差")
    assert case.timeline.exclude(answered="").exists()
    assert "late" not in tables(people.auditor)["source"]["合计"]


@pytest.mark.parametrize(("outcome", "number"), [("changed", 1), ("annulled", 1), ("upheld", 0), ("withdrawn", 0)])
def test_what_a_review_or_a_court_changed(people: People, outcome: str, number: int) -> None:
    case = served(make_case(people), people)
    case.begin_remedy(models.Remedy(kind="review", began_on=DAY), by=people.officer)
    end = models.RemedyEnd(outcome=outcome, ended_on=DAY, paper="文政复〔2026〕1号")
    case.end_remedy(end, by=people.officer)
    assert tables(people.auditor)["time"]["2026-11"].get("changed", 0) == number


def test_every_act_that_sends_something_back_counts_as_returned() -> None:
    verbs = {step.verb for step in ACTS}
    assert set(figures.RETURNS) <= verbs
    assert {verb for verb in verbs if verb.endswith("returned") or "sent_back" in verb} <= set(figures.RETURNS)


def test_time_is_cut_into_months_quarters_and_years() -> None:
    period = datetime.date(2025, 11, 20), datetime.date(2026, 2, 3)
    said = {name: [step.said(day) for day in figures.parts_of(step, period)] for name, step in STEPS.items()}
    assert said == {
        "month": ["2025-11", "2025-12", "2026-01", "2026-02"],
        "quarter": ["2025年4季度", "2026年1季度"],
        "year": ["2025年", "2026年"],
    }


@given(
    st.lists(
        st.builds(
            Counted,
            st.sampled_from([each.id for each in MEASURES[:-1]]),
            st.just(1),
            st.sampled_from(["report", "duty"]),
            st.sets(st.sampled_from(["food", "quality"]), min_size=1).map(tuple),
            st.dates(YEAR[0], YEAR[1]).map(lambda day: day.replace(day=1)),
            st.integers(1, 9),
        )
    )
)
def test_each_table_counts_the_same(found: list[Counted]) -> None:
    numbers: dict[str, Any] = {}
    for name in STEPS:
        parts = figures.parts_of(STEPS[name], YEAR)
        lines = [
            sum(each.number for each in found if each.month and figures.begins(STEPS[name], each.month) == part)
            for part in parts
        ]
        numbers[name] = sum(lines)
    assert set(numbers.values()) == {sum(each.number for each in found)}


# Who reads what


def test_a_chief_reads_the_own_office_and_the_others_all(people: People) -> None:
    make_case(people)
    make_foreign_case(people)
    expected = dict.fromkeys(("auditor", "director", "head", "inspector"), 2) | {"chief": 1, "other_chief": 1}
    for who in vars(people):
        client = signed_in(getattr(people, who))
        shown = "案件统计" in client.get("/admin/cases/case/").content.decode()
        assert shown == (who in expected), who
        if who in expected:
            found = client.get(URL).context["tables"][0]
            assert found.total[0] == expected[who], who
            assert len(found.lines) == expected[who]
            assert client.get(f"{URL}office.csv").status_code == 200
        else:
            assert client.get(URL).status_code == client.get(f"{URL}office.csv").status_code == 403, who
    assert signed_in(make_account("bianji", "编辑", "编", "辑")).get(URL).status_code == 403


def test_a_case_of_another_office_on_which_a_chief_sat_is_not_counted(people: People) -> None:
    make_committee(people)
    with on(LONG_AGO):
        make_foreign_case(people)
    assert tables(people.chief)["source"]["合计"] == {}


def test_a_late_case_from_which_its_reader_stepped_back_is_counted_all_the_same(people: People) -> None:
    with on(LONG_AGO):
        case = make_case(people)
    before = tables(people.auditor)["source"]["合计"]
    recusal = {"account": people.auditor, "capacity": "审核人员", "asked_on": LONG_AGO, "asked_by": "本人"}
    decided = {"ground": "亲属", "decided_by": "负责人", "decided_on": LONG_AGO, "steps_back": True}
    case.decide_recusal(models.Recusal(**recusal | decided), by=people.director)
    assert before["overdue"] == tables(people.auditor)["source"]["合计"]["overdue"] == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2026-05-01", "until": "2026-04-01", "step": "month"}, "止日早于起日"),
        ({"since": "2020-01-01", "until": "2026-04-01", "step": "month"}, "最多列 36 个月"),
        ({"since": "1066-01-01", "until": "2026-04-01", "step": "year"}, "请填 2000 年到 2099 年"),
        ({"since": "2026-01-01", "until": "9999-12-31", "step": "year"}, "请填 2000 年到 2099 年"),
        ({"since": "", "until": "x", "step": "century"}, "errorlist"),
    ],
)
def test_what_makes_no_time_is_said_and_this_year_is_shown(people: People, asked: Any, said: str) -> None:
    answer = signed_in(people.auditor).get(URL, asked)
    assert said in answer.content.decode()
    assert answer.context["period"] == YEAR
    assert signed_in(people.auditor).get(f"{URL}time.csv", asked).status_code == 200


@pytest.mark.parametrize("who", ["chief", "auditor", "inspector"])
def test_thirty_cases_cost_no_more_queries_than_three(
    people: People, who: str, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(getattr(people, who))

    def more(number: int) -> None:
        for _ in range(number):
            with on(LONG_AGO):
                case = make_case(people)
            case.propose_filing(by=people.officer, reason="等答复")

    more(3)
    worklist.forget()
    with CaptureQueriesContext(connection) as few:
        assert client.get(URL).status_code == 200
    more(27)
    worklist.forget()
    with django_assert_max_num_queries(len(few)):
        client.get(URL)
    with CaptureQueriesContext(connection) as counting:
        figures.counted(Q(), YEAR)
    assert len(counting) == 1


# Pictures and files


@given(st.lists(st.tuples(st.text("甲<&>\"'乙", max_size=12), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_a_bar_is_as_long_as_its_number_and_a_text_is_only_text(rows: list[tuple[str, int]]) -> None:
    svg = ET.fromstring(bars("a", "立案 <b>&", rows))  # noqa: S314  made here
    lengths = [float(rect.attrib["width"]) for rect in svg.iter("rect")]
    most = max(number for _, number in rows)
    for length, (_, number) in zip(lengths, rows, strict=True):
        assert length == pytest.approx(LONGEST * number / most if most else 0, abs=0.01)
    assert [each.text for each in svg.iter("text")][1::2] == [str(number) for _, number in rows]
    assert {each.tag for each in svg.iter()} == {"svg", "title", "desc", "rect", "text"}
    assert svg.find("title").text == "立案 <b>&"  # type: ignore[union-attr]
    names = {each.attrib["id"] for each in svg if "id" in each.attrib}
    assert set(svg.attrib["aria-labelledby"].split()) == names


def test_each_table_has_its_pictures_and_nothing_that_the_policy_forbids(people: People) -> None:
    closed(make_case(people), people)
    answer = signed_in(people.auditor).get(URL)
    said = answer.content.decode()
    main = said[said.index('class="sheet figures"') :]
    assert main.count('class="bars"') == 4 * 3  # 线索, 立案, 结案
    assert "这段时间没有的：不予立案、逾期办理、退回、复议诉讼改变" in re.sub(r"\s+", "", main)
    assert not re.search(r"style=|<script|<style", main)
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    ids = re.findall(r' id="([^"]+)"', said)
    assert len(ids) == len(set(ids))


def test_a_file_holds_the_numbers_of_its_table_and_is_logged(people: People) -> None:
    closed(make_case(people), people)
    client = signed_in(people.chief)
    answer = client.get(f"{URL}office.csv", {"since": "2026-01-01", "until": "2026-12-31", "step": "month"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["股室", *(measure.label for measure in MEASURES)]
    assert rows[1][1:3] == rows[-1][1:3] == ["1", "1"]
    assert rows[-1][0] == "合计"
    assert 'filename="case-figures-office-20260101-20261231.csv"' in answer["Content-Disposition"]
    entry = LogEntry.objects.get(user=people.chief)
    assert entry.object_repr == "案件统计（按股室），2026-01-01 至 2026-12-31"
    client.head(f"{URL}office.csv")
    assert client.get(f"{URL}nonsense.csv").status_code == 404
    assert client.post(f"{URL}office.csv").status_code == 405
    assert LogEntry.objects.filter(user=people.chief).count() == 1
    log = signed_in(people.inspector).get("/admin/admin/logentry/").content.decode()
    assert "案件统计（按股室），2026-01-01 至 2026-12-31”：导出 CSV" in log


def test_no_cell_is_a_formula() -> None:
    table = figures.Table("office", "按股室", "股室", (), [figures.Line("=1+1", [])], [])
    assert page.written(table).decode("utf-8-sig").splitlines()[1] == "'=1+1"


# Who opened a case


def opened(case: Case) -> list[str]:
    return [each.by_name for each in case.readings.filter(what=Reading.What.OPENED).order_by("pk")]


def test_who_opens_a_case_without_handling_it_leaves_a_line_a_day(people: People) -> None:
    case = file(make_case(people), people)
    url = f"/admin/cases/case/{case.pk}/change/"
    for who in (people.officer, people.second, people.chief):
        assert signed_in(who).get(url).status_code == 200
    assert opened(case) == []
    for who in (people.inspector, people.director, people.head, people.auditor, people.inspector):
        signed_in(who).get(url)
    assert opened(case) == ["郑明", "周正", "郝明", "孙丽"]
    with on(DAY + datetime.timedelta(days=1)):
        signed_in(people.inspector).get(url)
    assert opened(case)[-1] == "郑明"
    for who in (people.stranger, people.other_chief):
        assert signed_in(who).get(url).status_code == 404
    assert len(opened(case)) == 5


def test_an_archived_case_is_still_opened(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    case.archive(by=people.officer, reason=UNPUBLISHED)
    assert signed_in(people.inspector).get(f"/admin/cases/case/{case.pk}/change/").status_code == 200
    assert opened(case) == ["郑明"]


def test_who_read_is_shown_to_those_who_watch(people: People) -> None:
    case = file(make_case(people), people)
    case.read_party(people.officer)
    url = f"/admin/cases/case/{case.pk}/change/"
    for who in (people.inspector, people.auditor, people.chief):
        said = re.sub(r"\s+", "", signed_in(who).get(url).content.decode())
        assert "查阅记录" in said
        assert "高远</td><td>查看个人信息" in said
    for who in (people.officer, people.director):
        assert "查阅记录" not in signed_in(who).get(url).content.decode()
