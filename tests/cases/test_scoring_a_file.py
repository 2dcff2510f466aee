"""杜娟 scores a file that was drawn: she took no part in the case. 孙丽, who audited it, does not score it."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours
from cases.models import Assessment, DrawnFile, Recusal, Score, ScoreSheet
from cases.watching import score
from tests.acting import on
from tests.cases.people import (
    UNPUBLISHED,
    People,
    closed,
    make_assessor,
    make_case,
    make_missing_papers,
    make_people,
    make_receipt,
    otherwise_agreed,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)
URL = "/admin/cases/case/assessments/2026-2/1/"
NOTHING = {f"off_{item.id}": 0 for item in score.ITEMS}


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def assessor(people: People) -> Any:
    return make_assessor()


@pytest.fixture
def file(people: People, assessor: Any) -> DrawnFile:
    """Closed and archived, listed the day after, and drawn."""
    with on(DAY - datetime.timedelta(days=2)):
        case = closed(make_case(people), people)
        make_missing_papers(case, people)
        case.archive(by=people.officer, reason=UNPUBLISHED)
    with on(DAY - datetime.timedelta(days=1)):
        assessment = Assessment.fix(by=assessor, year=2026, half=2)
    drawn = assessment.take_draw(by=assessor, seed="08 17", origin="彩票", published_on=DAY, size=1)
    found: DrawnFile = drawn.files.get()
    return found


def test_the_items_make_a_hundred() -> None:
    assert score.FULL == 100
    assert [item.label for item in score.ITEMS] == [
        *("立案", "调查取证", "审核审理", "告知", "决定", "送达", "执行", "结案归档", "文书"),
    ]


@pytest.mark.parametrize(
    ("total", "grade"), [(100, "优秀"), (90, "优秀"), (89, "合格"), (60, "合格"), (59, "不合格"), (0, "不合格")]
)
def test_the_grade_follows_from_the_total(total: int, grade: str) -> None:
    assert ScoreSheet.Grade(score.grade(total)).label == grade


def test_a_file_is_scored_item_by_item(assessor: Any, file: DrawnFile) -> None:
    sheet = file.score(by=assessor, given={"inquiry": (8, "笔录没有逐页签名"), "papers": (3, "漏填")}, remark="尚可")
    assert str(sheet) == "89 分，合格"
    assert [(each.item, each.left) for each in sheet.scores.all() if each.taken_off] == [("inquiry", 12), ("papers", 7)]
    assert sheet.scores.count() == len(score.ITEMS)


def test_what_does_not_fit_is_refused_whole(assessor: Any, file: DrawnFile) -> None:
    with pytest.raises(Incomplete, match="扣分不能超过这一项的满分"):
        file.score(by=assessor, given={"service": (6, "迟")})
    with pytest.raises(Incomplete, match="扣分的，请写明理由"):
        file.score(by=assessor, given={"service": (1, " ")})
    assert ScoreSheet.objects.count() == Score.objects.count() == 0


def test_it_is_scored_once(assessor: Any, file: DrawnFile) -> None:
    file.score(by=assessor, given={})
    with pytest.raises(Incomplete):
        file.score(by=assessor, given={})
    assert ScoreSheet.objects.count() == 1


def test_who_took_part_does_not_score(people: People, file: DrawnFile) -> None:
    with pytest.raises(NotYours, match="要由别人来评分"):
        file.score(by=people.auditor, given={})
    for who in (people.officer, people.second, people.chief, people.director, people.head, people.inspector):
        with pytest.raises(NotYours, match="没有这项权限"):
            file.score(by=who, given={})


@pytest.mark.parametrize("who", ["auditor", "officer", "head", "director"])
def test_the_database_refuses_it_too(people: People, file: DrawnFile, who: str) -> None:
    """孙丽 judged, 高远 handled, 郝明 voted, 周正 approved."""
    given = {"file": file, "total": 100, "grade": "excellent", "by": getattr(people, who), "by_name": "某"}
    with pytest.raises(DatabaseError, match="要由别人来评分"), transaction.atomic():
        ScoreSheet.objects.create(**given)


def test_the_database_knows_which_grade_a_total_has(assessor: Any, file: DrawnFile) -> None:
    for total, grade in ((89, "excellent"), (59, "passed"), (60, "failed"), (101, "excellent")):
        with pytest.raises(DatabaseError, match="scoresheet_grade_of_its_total"), transaction.atomic():
            ScoreSheet.objects.create(file=file, total=total, grade=grade, by=assessor, by_name="杜娟")


def test_the_sheet_is_a_page(people: People, assessor: Any, file: DrawnFile) -> None:
    client = signed_in(assessor)
    said = client.get(URL).content.decode()
    for part in ("2026-0001", "立案", "90 分以上优秀", "〔本系统〕"):
        assert part in said
    assert "王小二" not in said
    said = client.post(URL, NOTHING | {"off_papers": 3}).content.decode()
    assert "扣分的，请写明理由" in said
    said = client.post(URL, NOTHING | {"off_papers": 30, "why_papers": "漏填"}).content.decode()
    assert "没有评分，请看下面标出的地方" in said
    sent = NOTHING | {"off_papers": 3, "why_papers": "漏填", "remark": "较好"}
    said = client.post(URL, sent, follow=True).content.decode()
    assert "已评分：97 分，优秀" in said
    said = signed_in(people.inspector).get(URL).content.decode()
    for part in ("97 分，优秀", "杜娟", "漏填", "较好"):
        assert part in said
    assert "不由您评分" in client.post(URL, NOTHING, follow=True).content.decode()


def test_only_who_may_score_gets_the_form(people: People, file: DrawnFile) -> None:
    said = signed_in(people.auditor).get(URL).content.decode()
    assert "这一案您经办或者审核、审理过" in said
    assert "off_papers" not in said
    for who in (people.auditor, people.inspector, people.director):
        assert "不由您评分" in signed_in(who).post(URL, NOTHING, follow=True).content.decode()
    for who in (people.officer, people.second, people.stranger, people.chief, people.other_chief, people.member):
        assert signed_in(who).get(URL).status_code == 403
        assert signed_in(who).post(URL, NOTHING).status_code == 403
    assert ScoreSheet.objects.count() == 0


def test_what_was_late_or_came_back_stands_beside_the_form(people: People, assessor: Any) -> None:
    with on(DAY - datetime.timedelta(days=2)):
        case = make_case(people)
        case.propose_filing(by=people.officer)
        case.send_back(by=people.chief, reason="补现场照片")
        otherwise_agreed(case, people).approve_outcome(by=people.director, reason="主要负责人出差")
        case.serve_outcome(make_receipt(people), by=people.officer)
        case.propose_closing(by=people.officer)
        case.close(by=people.director)
    with on(DAY - datetime.timedelta(days=1)):
        assessment = Assessment.fix(by=assessor, year=2026, half=2)
    assessment.take_draw(by=assessor, seed="08 17", origin="彩票", published_on=DAY, size=1)
    said = signed_in(assessor).get(URL).content.decode()
    assert "石磊退回核查：补现场照片" in said
    assert "周正批准不予处罚、行政建议：主要负责人出差（所依据的规则：" in said


def test_who_stepped_back_from_a_case_does_not_score_it(people: People, assessor: Any) -> None:
    recusal = {
        "account": assessor,
        "capacity": "审核人员",
        "asked_by": "本人",
        "ground": "亲戚",
        "decided_by": "负责人",
    }
    with on(DAY - datetime.timedelta(days=2)):
        case, today = closed(make_case(people), people), timezone.localdate()
        recusal |= {"asked_on": today, "decided_on": today, "steps_back": True}
        case.decide_recusal(Recusal(**recusal), by=people.director)
    with on(DAY - datetime.timedelta(days=1)):
        assessment = Assessment.fix(by=assessor, year=2026, half=2)
    drawn = assessment.take_draw(by=assessor, seed="08 17", origin="彩票", published_on=DAY, size=1).files.get()
    with pytest.raises(NotYours, match="要由别人来评分"):
        drawn.score(by=assessor, given={})
    row = {"file": drawn, "total": 100, "grade": "excellent", "remark": "", "by": assessor, "by_name": "杜娟"}
    with pytest.raises(DatabaseError, match="要由别人来评分"), transaction.atomic():
        ScoreSheet.objects.create(**row)
    case.decide_recusal(Recusal(**recusal | {"steps_back": False}), by=people.director)
    assert ScoreSheet.objects.create(**row)
