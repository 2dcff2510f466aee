"""Every half-year 杜娟 fixes the list of closed cases, and draws some of them by a seed that came later; anybody
can draw again. 孙丽, who judges cases, may draw as well, and 郑明 looks on."""

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from acts.errors import Incomplete, NotYours, Refused
from cases.models import Assessment, AssessmentDraw, Case, DrawnFile
from cases.watching.draw import NotDrawable, digest_of, draw, list_of
from tests.acting import on
from tests.cases.people import UNPUBLISHED, People, closed, make_assessor, make_case, make_missing_papers, make_people
from tests.conftest import make_account, signed_in

DAY = datetime.date(2026, 11, 26)
URL = "/admin/cases/case/assessments/"
SEEDED: dict[str, Any] = {"seed": "08 17 22 29 31", "origin": "彩票第 26321 期", "published_on": DAY}

NUMBERS = st.sets(st.integers(1, 9999), min_size=1, max_size=40).map(lambda held: [f"2026-{n:04}" for n in held])
SEEDS = st.text("0123456789abc甲乙丙", min_size=1, max_size=20)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def closed_on(day: datetime.date, people: People) -> Case:
    with on(day):
        return closed(make_case(people), people)


@pytest.fixture
def assessor(people: People) -> Any:
    return make_assessor()


@pytest.fixture
def fixed(people: People, assessor: Any) -> Assessment:
    """Yesterday, of three cases of this half-year."""
    for days in (2, 3, 4):
        closed_on(DAY - datetime.timedelta(days=days), people)
    with on(DAY - datetime.timedelta(days=1)):
        return Assessment.fix(by=assessor, year=2026, half=2)


# Drawing


@given(NUMBERS, SEEDS, st.data())
def test_the_same_list_and_seed_draw_the_same_in_whatever_order_the_list_comes(
    numbers: list[str], seed: str, data: Any
) -> None:
    size = data.draw(st.integers(1, len(numbers)))
    shuffled = data.draw(st.permutations(numbers))
    assert draw(numbers, seed, size) == draw(shuffled, seed, size)
    assert list_of(numbers) == list_of(shuffled)


@given(NUMBERS, SEEDS, st.data())
def test_a_smaller_draw_is_the_beginning_of_a_larger_one(numbers: list[str], seed: str, data: Any) -> None:
    size = data.draw(st.integers(1, len(numbers)))
    everything = draw(numbers, seed, len(numbers))
    assert draw(numbers, seed, size) == everything[:size]
    assert sorted(everything) == sorted(numbers)


@given(NUMBERS)
def test_each_of_the_list_can_come_first(numbers: list[str]) -> None:
    few = numbers[:8]
    assert {draw(few, str(seed), 1)[0] for seed in range(400)} == set(few)


@given(NUMBERS, SEEDS)
def test_whether_one_comes_before_another_depends_on_no_third(numbers: list[str], seed: str) -> None:
    everything = draw(numbers, seed, len(numbers))
    assert draw(everything[:-1] or everything, seed, len(everything[:-1] or everything)) == (
        everything[:-1] or everything
    )


def test_it_is_drawn_as_it_is_written_down() -> None:
    numbers, seed = ["2026-0002", "2026-0001", "2026-0010"], "甲"
    by_hand = sorted(numbers, key=lambda number: hashlib.sha256((seed + "\n" + number).encode("utf-8")).hexdigest())
    assert draw(numbers, seed, 3) == by_hand
    assert list_of(numbers) == "2026-0001\n2026-0002\n2026-0010\n"


@pytest.mark.parametrize(
    ("numbers", "seed", "size", "said"),
    [
        ([], "甲", 1, "名单是空的"),
        (["1", "1"], "甲", 1, "重复"),
        (["1", ""], "甲", 1, "空行"),
        (["1"], " ", 1, "种子"),
        (["1"], "甲 ", 1, "种子"),
        (["1"], "甲\n乙", 1, "种子"),
        (["1"], "甲", 2, "在 1 和 1 之间"),
        (["1"], "甲", 0, "在 1 和 1 之间"),
    ],
)
def test_what_makes_no_draw_is_said(numbers: list[str], seed: str, size: int, said: str) -> None:
    with pytest.raises(NotDrawable, match=said):
        draw(numbers, seed, size)


# The list


def test_the_list_holds_what_was_closed_in_the_half_year_until_yesterday(people: People, assessor: Any) -> None:
    closed_on(datetime.date(2026, 6, 30), people)
    first, archived = closed_on(datetime.date(2026, 7, 1), people), closed_on(DAY - datetime.timedelta(days=1), people)
    make_missing_papers(archived, people)
    archived.archive(by=people.officer, reason=UNPUBLISHED)
    closed_on(DAY, people)
    make_case(people)
    assessment = Assessment.fix(by=assessor, year=2026, half=2)
    assert assessment.listed == [first.number, archived.number]
    assert assessment.digest == hashlib.sha256(f"{first.number}\n{archived.number}\n".encode()).hexdigest()
    assert (str(assessment), assessment.due) == ("2026 年下半年案卷评查", datetime.date(2026, 12, 31))


def test_what_is_closed_after_the_list_comes_into_the_next(people: People, assessor: Any) -> None:
    closed_on(DAY - datetime.timedelta(days=1), people)
    Assessment.fix(by=assessor, year=2026, half=2)
    later = closed_on(datetime.date(2026, 12, 20), people)
    with on(datetime.date(2027, 3, 1)):
        assert Assessment.possible() == [(2027, 1)]
        assert Assessment.fix(by=assessor, year=2027, half=1).listed == [later.number]


def test_a_case_that_is_closed_once_more_stands_in_one_list_and_is_scored_when_it_is_closed(
    people: People, assessor: Any
) -> None:
    case = closed_on(DAY - datetime.timedelta(days=1), people)
    first = Assessment.fix(by=assessor, year=2026, half=2)
    with on(DAY + datetime.timedelta(days=1)):
        case.reopen_enforcement(by=people.director, reason="票据是别案的")
        given = {"seed": "2026120100", "origin": "福彩3D", "published_on": timezone.localdate(), "size": 1}
        first.take_draw(by=assessor, **given)
        with pytest.raises(Incomplete, match="没有结案，结案以后再评分"):
            DrawnFile.objects.get().score(by=assessor, given={})
        case.finish_enforcement(by=people.officer, ground="决定执行完毕")
        case.propose_closing(by=people.officer)
        case.close(by=people.director)
        later = closed_on(timezone.localdate(), people)
    with on(datetime.date(2027, 3, 1)):
        assert Assessment.fix(by=assessor, year=2027, half=1).listed == [later.number]


def test_a_list_is_fixed_once_and_not_for_any_time(people: People, assessor: Any, fixed: Assessment) -> None:
    for year, half in ((2026, 2), (2025, 1), (2027, 1)):
        with pytest.raises(Refused, match="已经固定，或者不在可以评查的时间"):
            Assessment.fix(by=assessor, year=year, half=half)
    with pytest.raises(Incomplete, match="没有结案的案件"):
        Assessment.fix(by=assessor, year=2026, half=1)
    same = {"year": 2026, "half": 2, "since": DAY, "until": DAY, "by": assessor, "by_name": "杜娟"}
    with pytest.raises(DatabaseError, match="assessment_one_of_a_half_year"), transaction.atomic():
        Assessment.objects.create(**same, numbers="1\n", digest=digest_of("1\n"))


def test_the_database_knows_the_digest_of_a_list(people: People, assessor: Any) -> None:
    given = {"year": 2026, "half": 2, "since": DAY, "until": DAY, "by": assessor, "by_name": "杜娟"}
    with pytest.raises(DatabaseError, match="assessment_digest_of_its_list"), transaction.atomic():
        Assessment.objects.create(**given, numbers="2026-0001\n", digest=digest_of("2026-0002\n"))


def test_a_list_is_not_changed_any_more(people: People, fixed: Assessment) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=fixed.pk).update(numbers="1\n", digest=digest_of("1\n"))


# Drawing from it


def test_the_draw_is_what_list_and_seed_lead_to(people: People, assessor: Any, fixed: Assessment) -> None:
    made = fixed.take_draw(by=assessor, **SEEDED, size=2)
    drawn = [each.case.number for each in made.files.all()]
    assert drawn == draw(fixed.listed, SEEDED["seed"], 2)
    assert made.is_drawn_so(drawn)
    assert not made.is_drawn_so(drawn[::-1])


def test_the_seed_comes_after_the_list_and_only_once(people: People, assessor: Any, fixed: Assessment) -> None:
    for day in (DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)):
        with pytest.raises(Incomplete, match="种子要在名单固定以后产生"):
            fixed.take_draw(by=assessor, **SEEDED | {"published_on": day}, size=1)
    with pytest.raises(Incomplete, match="在 1 和 3 之间"):
        fixed.take_draw(by=assessor, **SEEDED, size=4)
    fixed.take_draw(by=assessor, **SEEDED, size=1)
    with pytest.raises(Incomplete):
        Assessment.objects.get().take_draw(by=assessor, **SEEDED | {"seed": "别的"}, size=1)
    assert AssessmentDraw.objects.get().seed == SEEDED["seed"]


def test_nobody_but_those_who_audit_fixes_and_draws(people: People, fixed: Assessment) -> None:
    for who in (people.officer, people.chief, people.director, people.head, people.inspector, people.member):
        with pytest.raises(NotYours):
            Assessment.fix(by=who, year=2026, half=1)
        with pytest.raises(NotYours):
            fixed.take_draw(by=who, **SEEDED, size=1)


# The pages


def test_it_is_done_in_two_steps_on_the_pages(people: People, assessor: Any) -> None:
    for days in (1, 2, 3):
        closed_on(DAY - datetime.timedelta(days=days), people)
    client = signed_in(assessor)
    said = client.get(URL).content.decode()
    assert "2026 年下半年案卷评查：2026-07-01 至 2026-11-25 结案的全部案件" in said
    answer = client.post(URL, {"half_year": "2026-2"}, follow=True)
    assert answer.request["PATH_INFO"] == f"{URL}2026-2/"
    fixed = Assessment.objects.get()
    said = answer.content.decode()
    assert fixed.digest in said
    assert "抽取案卷" in said
    assert "种子要在名单固定以后产生" in client.post(f"{URL}2026-2/", SEEDED | {"size": 2}).content.decode()
    with on(DAY + datetime.timedelta(days=1)):
        client, seeded = signed_in(assessor), SEEDED | {"published_on": timezone.localdate()}
        said = client.post(f"{URL}2026-2/", seeded | {"size": 9}).content.decode()
        assert "没有抽取：名单里有 3 件" in said
        assert 'value="彩票第 26321 期"' in said
        said = client.post(f"{URL}2026-2/", seeded | {"size": 2}, follow=True).content.decode()
        assert "刚才按名单、种子重算，结果一致" in said
        for number in draw(fixed.listed, SEEDED["seed"], 2):
            assert number in said
        assert "不能再抽一次" in client.post(f"{URL}2026-2/", seeded | {"size": 2}, follow=True).content.decode()
        said = client.get(URL).content.decode()
        for part in ("3 件，杜娟 2026-11-26 固定", "<td>2 件</td>", "<td>0 件</td>"):
            assert part in said


def test_anybody_draws_again_with_the_file_and_the_command(
    people: People, assessor: Any, fixed: Assessment, tmp_path: Path, capsys: Any
) -> None:
    made = fixed.take_draw(by=assessor, **SEEDED, size=2)
    answer = signed_in(people.inspector).get(f"{URL}2026-2/list.txt")
    assert hashlib.sha256(answer.content).hexdigest() == fixed.digest
    assert 'filename="case-files-2026-2.txt"' in answer["Content-Disposition"]
    held = tmp_path / "list.txt"
    held.write_bytes(answer.content)
    call_command("draw_case_review", list=held, seed=SEEDED["seed"], size=2)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"名单 3 件，摘要 SHA-256 {fixed.digest}"
    assert [line.split("\t")[1] for line in said[1:]] == [each.case.number for each in made.files.all()]
    for wrong, sentence in (({"size": 7}, "在 1 和 3 之间"), ({"list": tmp_path / "none"}, "读不了名单")):
        with pytest.raises(CommandError, match=sentence):
            call_command("draw_case_review", **{"list": held, "seed": SEEDED["seed"], "size": 2} | wrong)
    held.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("draw_case_review", list=held, seed="甲", size=1)


def test_the_command_needs_no_database(tmp_path: Path) -> None:
    held = tmp_path / "list.txt"
    held.write_text("2026-0001\n2026-0002\n", encoding="utf-8")
    command = [sys.executable, "manage.py", "draw_case_review", "--list", str(held), "--seed", "甲", "--size", "1"]
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ) | nowhere)
    assert done.returncode == 0, done.stderr
    assert draw(["2026-0001", "2026-0002"], "甲", 1)[0] in done.stdout


def test_who_audits_heads_or_watches_sees_it_and_nobody_else(people: People, assessor: Any, fixed: Assessment) -> None:
    fixed.take_draw(by=assessor, **SEEDED, size=1)
    seen = {"auditor", "director", "head", "inspector"}
    for who in vars(people):
        client = signed_in(getattr(people, who))
        status = 200 if who in seen else 403
        for url in (URL, f"{URL}2026-2/", f"{URL}2026-2/list.txt", f"{URL}2026-2/1/"):
            assert client.get(url).status_code == status, (who, url)
        assert ("案卷评查" in client.get("/admin/cases/case/").content.decode()) == (who in seen)
        if who != "auditor":
            assert client.post(URL, {"half_year": "2026-1"}).status_code == 403, who
            client.post(f"{URL}2026-2/", SEEDED | {"size": 1})
    assert (Assessment.objects.count(), AssessmentDraw.objects.count()) == (1, 1)
    assert signed_in(make_account("bianji", "编辑", "编", "辑")).get(URL).status_code == 403
    assert signed_in(assessor).get(f"{URL}2025-1/").status_code == 404


def test_what_a_list_left_out_that_was_fixed_with_the_clock_ahead_comes_into_the_next(
    people: People, assessor: Any
) -> None:
    first = closed_on(DAY - datetime.timedelta(days=4), people)
    with on(DAY + datetime.timedelta(days=25)):
        ahead = Assessment.fix(by=assessor, year=2026, half=2)
    escaped = closed_on(DAY + datetime.timedelta(days=3), people)
    with on(datetime.date(2027, 7, 5)):
        following = Assessment.fix(by=assessor, year=2027, half=1)
    assert (ahead.listed, following.listed) == ([first.number], [escaped.number])
    assert following.since == escaped.closed_on
