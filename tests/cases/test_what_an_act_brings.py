"""What the confirm page of an act says that it brings is what it brings."""

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from cases.case import Case
from cases.way.case_file import CaseFile
from clocks.limits_of_the_law import in_force
from tests.cases.people import (
    conclude,
    file,
    make_case,
    make_cases_of_every_sort,
    make_measure_of_every_sort,
    make_people,
    make_testing,
)
from tests.conftest import signed_in


def running(case: Case) -> set[str]:
    fresh = Case.objects.with_its_rows().get(pk=case.pk)
    return {deadline.limit.rule for deadline in fresh.deadlines()}


def test_the_clocks_that_begin_and_end_are_those_that_the_page_names(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = defaultdict(set), defaultdict(set)
    whole = CaseFile.acting

    @contextlib.contextmanager
    def watched(self: Any, verb: str, **how: Any) -> Iterator[Any]:
        before = running(self)
        with whole(self, verb, **how) as case:
            yield case
        after = running(self)
        begun[verb] |= after - before
        ended[verb] |= before - after

    monkeypatch.setattr(CaseFile, "acting", watched)
    people = make_people()
    case = file(make_case(people), people)
    make_measure_of_every_sort(case, people)
    case.send_for_testing(make_testing(), by=people.officer)
    conclude(case, people)
    make_cases_of_every_sort(people)
    named = {step.verb: (set(step.starts), set(step.ends)) for step in Case.steps}
    assert {verb: names - named[verb][0] for verb, names in begun.items() if names - named[verb][0]} == {}
    assert {verb: names - named[verb][1] for verb, names in ended.items() if names - named[verb][1]} == {}
    assert len(begun) > 30


def test_every_clock_that_is_named_is_one_of_the_law() -> None:
    known = {limit.rule for limit in in_force().all}
    assert {name for step in Case.steps for name in (*step.starts, *step.ends, *step.stops)} <= known


def test_the_page_names_papers_and_clocks(db: None) -> None:
    people = make_people()
    case = file(make_case(people), people)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/concluded/").content.decode()
    assert "《案件调查终结报告》" in page
    assert "审核案件的期限" in page
