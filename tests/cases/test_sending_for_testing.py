"""高远 sends a sample away: the time that it takes counts against nobody, as far as the law says."""

import datetime
from typing import Any

import pytest

from acts.errors import Incomplete, NotYours
from cases import models
from cases.models import Case
from tests.acting import on
from tests.cases.people import KEEPING, People, file, make_case, make_measure, make_people, make_testing
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)
LATER = DAY + datetime.timedelta(days=7)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def due(case: Case) -> datetime.date:
    deadline = Case.objects.with_its_rows().get(pk=case.pk).deadline()
    assert deadline is not None
    return deadline.due


def sent(case: Case, people: People, **values: Any) -> models.Testing:
    testing = make_testing(**values)
    case.send_for_testing(testing, by=people.officer)
    return testing


def test_the_time_of_a_test_is_not_counted_for_the_filing(people: People) -> None:
    case = make_case(people)
    assert due(case) == datetime.date(2026, 12, 11)
    testing = sent(case, people)
    assert due(case) == datetime.date(2026, 12, 14)  # today does not count any more
    with on(LATER):
        assert due(case) == datetime.date(2026, 12, 21)
        case.receive_result(testing, by=people.officer, received_on=LATER, conclusion="不合格")
    with on(LATER + datetime.timedelta(days=20)):
        assert due(case) == datetime.date(2026, 12, 21)
        assert str(case.filing_deadline().stops[0]) == "2026-11-26 至 2026-12-03（检定）"


def test_a_result_that_is_late_stops_the_clock_no_longer_than_was_foreseen(people: People) -> None:
    case = make_case(people)
    testing = sent(case, people, until=DAY + datetime.timedelta(days=4))  # Monday, the 30th
    with on(LATER):
        assert due(case) == datetime.date(2026, 12, 16)
        case.receive_result(testing, by=people.officer, received_on=LATER, conclusion="不合格")
        assert due(case) == datetime.date(2026, 12, 21)


@pytest.mark.parametrize(
    ("told", "until", "expected"),
    [
        (True, 10, datetime.date(2027, 1, 2)),
        (True, 2, datetime.date(2026, 12, 28)),
        (False, 10, datetime.date(2026, 12, 26)),
    ],
)
def test_a_sealing_waits_only_for_what_the_party_was_told(
    people: People, told: bool, until: int, expected: datetime.date
) -> None:
    case = file(make_case(people), people)
    measure = make_measure(people)
    case.take_measure(measure, by=people.officer)
    case.approve_measure(measure, by=people.director)
    sent(case, people, is_told_in_writing=told, until=DAY + datetime.timedelta(days=until))
    with on(LATER):
        assert due(case) == expected


def test_what_is_only_kept_waits_for_no_test(people: People) -> None:
    case = file(make_case(people), people)
    case.take_measure(make_measure(people, **KEEPING), by=people.officer)
    before = due(case)
    sent(case, people)
    with on(LATER):
        assert due(case) == before


def test_a_result_comes_once_and_not_before_it_was_sent(people: People) -> None:
    case = make_case(people)
    testing = sent(case, people)
    result = {"by": people.officer, "conclusion": "合格"}
    with pytest.raises(Incomplete, match="要在送检（2026-11-26）和今天之间"):
        case.receive_result(testing, received_on=DAY - datetime.timedelta(days=1), **result)
    case.receive_result(testing, received_on=DAY, **result)
    with pytest.raises(Incomplete, match="已经登记"):
        case.receive_result(testing, received_on=DAY, **result)


WRONG: dict[str, dict[str, Any]] = {
    "还没有到": {"sent_on": LATER, "until": LATER},
    "早于送检日期": {"until": DAY - datetime.timedelta(days=1)},
    "请写明承担机构和样品": {"institute": ""},
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_is_refused_in_a_sentence(people: People, said: str) -> None:
    case = make_case(people)
    with pytest.raises(Incomplete, match=said):
        sent(case, people, **WRONG[said])
    assert models.Testing.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "chief", "auditor", "director", "inspector"])
def test_only_those_who_handle_it_send_it(people: People, who: str) -> None:
    with pytest.raises(NotYours):
        make_case(people).send_for_testing(make_testing(), by=getattr(people, who))


def test_the_way_through_the_pages(people: People) -> None:
    case = make_case(people)
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    data = {"kind": "verification", "institute": "市计量检定所", "sample": "台秤", "sent_on": "2026-11-26"}
    page = client.post(f"{path}/do/tested/", data | {"until": "2026-12-06"}, follow=True).content.decode()
    assert "2026-11-26 检定，市计量检定所，预计到 2026-12-06" in page
    assert "2026-12-14（星期一）截止" in page
    result = {"testing": models.Testing.objects.get().pk, "received_on": "2026-11-26", "conclusion": "不合格"}
    page = client.post(f"{path}/do/test_received/", result, follow=True).content.decode()
    assert "2026-11-26 收到结果" in page
