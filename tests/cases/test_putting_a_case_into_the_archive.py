"""高远 puts a case away: nothing is missing, all of it is one PDF in its order, and nobody changes it unseen."""

import datetime
import io
import time
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader, PdfWriter

from acts.errors import Incomplete, NotYours
from acts.steps import Situation
from cases import models
from cases.archiving.binding import pages_of_file
from cases.archiving.faults import faults
from cases.archiving.missing import missing
from cases.attaching import folder
from cases.attaching.incoming import IncomingFile
from cases.models import Archive, Case, Paper, Reading
from cases.rule import Refusal
from portal.keeping import verifying
from tests.acting import on
from tests.cases.people import (
    People,
    closed,
    issue,
    make_case,
    make_evidence,
    make_missing_papers,
    make_people,
)
from tests.cases.test_making_papers import text_of
from tests.conftest import signed_in
from tests.portal.test_verifying import behind_the_triggers

DAY = datetime.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def in_november(request: pytest.FixtureRequest) -> Any:
    if "own_database" in request.fixturenames:
        yield
        return
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def whole(people: People) -> Case:
    """Closed, and nothing is missing."""
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    return Case.objects.get(pk=case.pk)


def put_away(people: People) -> Case:
    case = whole(people)
    case.archive(by=people.officer)
    return Case.objects.get(pk=case.pk)


def a_pdf(*, size: tuple[float, float] = (595, 842), rotation: int = 0, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(*size)
        page.rotate(rotation)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, kind)
    return file.getvalue()


def attach(case: Case, people: People, content: bytes, name: str) -> None:
    case.attach(IncomingFile(name, content), by=people.officer)


# What is missing


def test_no_case_is_put_away_without_the_papers_that_its_acts_make(people: People) -> None:
    case = closed(make_case(people), people)
    with pytest.raises(Refusal, match="案卷里没有《案件受理记录》、《立案审批表》.*《备考表》"):
        case.archive(by=people.officer)
    assert not Archive.objects.exists()
    make_missing_papers(case, people)
    spoilt = case.papers.get(form=29)
    case.void_paper(spoilt, by=people.officer, reason="盖错章")
    with pytest.raises(Refusal, match="案卷里没有《行政处罚决定书》"):
        case.archive(by=people.officer)


def test_the_page_of_a_case_says_what_is_missing_and_who_makes_it(people: People) -> None:
    case = closed(make_case(people), people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "归档前还要制作的文书" in page
    assert f'?what=3-{case.pk}">案件受理记录' in page
    assert "案件审理记录" in page
    assert "由案审办制作" in page
    make_missing_papers(case, people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "归档前还要制作的文书" not in page
    assert "案卷预览" in page


def test_a_paper_is_needed_for_each_thing_that_was_done(people: People) -> None:
    case = closed(make_case(people), people)
    make_missing_papers(case, people)
    assert {form for form in case.papers.values_list("form", flat=True)} >= {
        3,
        4,
        5,
        22,
        23,
        24,
        25,
        28,
        29,
        39,
        40,
        41,
    }
    assert 36 not in case.papers.values_list("form", flat=True)
    assert list(missing(case)) == []


# The file
