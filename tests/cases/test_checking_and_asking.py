"""高远 and 田野 look at what is there and ask the party: two of them, with certificates that hold on that day; what
they wrote down stays."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from acts.errors import Incomplete, NotYours, WrongState
from cases.models import Case, Inspection, Officer
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import People, endorse, file, make_case, make_inspection, make_people
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    with on(DAY):
        return file(make_case(people), people)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


def test_what_two_officers_saw_is_in_the_file(people: People, case: Case) -> None:
    case.inspect(make_inspection(people), by=people.officer)
    case.inspect(make_inspection(people, kind="inquiry", record="当事人承认。"), by=people.officer)
    page = signed_in(people.second).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "2026-11-23 09:30 现场检查，县城集贸市场，当事人签名" in page
    assert "高远（冀R1001）、田野（冀R1002）" in page
    assert "当事人承认。" in page
    assert [act.get_verb_display() for act in case.timeline.all()][-2:] == ["记录检查、询问"] * 2


def test_nobody_goes_alone(people: People, case: Case) -> None:
    alone = Officer.objects.get(account=people.officer)
    inspection = make_inspection(people, second_officer=alone)
    with pytest.raises(Refusal, match="现场检查要有两名以上执法人员，现在是 1 名"):
        case.inspect(inspection, by=people.officer)
    inspection.case, inspection.by, inspection.by_name = case, people.officer, "高远"
    with pytest.raises(IntegrityError, match="inspection_by_two"), transaction.atomic():
        inspection.save()


def test_a_certificate_holds_on_the_day_itself(people: People, case: Case) -> None:
    second = Officer.objects.get(account=people.second)
    endorse(second.put(reason="到期", until=datetime.date(2026, 11, 22)))
    with pytest.raises(Refusal, match="田野在 2026-11-23 没有有效的执法证件"):
        case.inspect(make_inspection(people), by=people.officer)
    second.put(reason="续期", until=datetime.date(2026, 11, 23))
    with pytest.raises(Refusal, match="田野（登记还没有核对）在 2026-11-23 没有有效的执法证件"):
        case.inspect(make_inspection(people), by=people.officer)
    endorse(second)
    case.inspect(make_inspection(people), by=people.officer)
    assert case.inspections.count() == 1


WRONG = {
    "还没有到": {"ended_at": datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)},
    "结束时间早于开始时间": {"ended_at": datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)},
    "请写明见证人或者情况": {"signature": "refused"},
    "看不见": {"record": "台\u200b秤"},
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_is_refused_in_a_sentence(people: People, case: Case, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        case.inspect(make_inspection(people, **WRONG[said]), by=people.officer)
    assert Inspection.objects.count() == 0
    assert case.timeline.last().verb == "filed"


def test_who_refuses_to_sign_is_witnessed(people: People, case: Case) -> None:
    case.inspect(make_inspection(people, signature="refused", witness="市场管理员赵某"), by=people.officer)
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "当事人拒绝签名（市场管理员赵某）" in page


@pytest.mark.parametrize("who", ["stranger", "chief", "auditor", "director", "inspector"])
def test_only_those_who_handle_it_write_it_down(people: People, case: Case, who: str) -> None:
    with pytest.raises(NotYours):
        case.inspect(make_inspection(people), by=getattr(people, who))


def test_while_others_decide_nothing_is_added(people: People) -> None:
    case = make_case(people)
    case.propose_filing(by=people.officer)
    with pytest.raises(WrongState):
        case.inspect(make_inspection(people), by=people.officer)


def test_what_is_written_down_stays(people: People, case: Case) -> None:
    case.inspect(make_inspection(people), by=people.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        case.inspections.update(record="另一种说法")
    with pytest.raises(DatabaseError), transaction.atomic():
        case.inspections.all().delete()


def test_the_way_through_the_page(people: People, case: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}/do/inspected/"
    asked = client.get(path).content.decode()
    assert "我局2名以上执法人员对涉嫌违法行为发生现场进行检查" in asked
    assert "比《行政强制法》第十九条严：两样都要。" in asked
    first, second = Officer.objects.filter(account__in=[people.officer, people.second]).values_list("pk", flat=True)
    data = {
        "kind": "check",
        "ids_shown": "on",
        "began_at": "2026-11-23T09:30",
        "ended_at": "2026-11-23T10:30",
        "place": "县城集贸市场",
        "first_officer": first,
        "second_officer": first,
        "record": "台秤一台。",
        "signature": "signed",
    }
    refused = client.post(path, data).content.decode()
    assert "没有办成：〔清单、法律〕现场检查要有两名以上执法人员" in refused
    assert "台秤一台。" in refused  # what was typed is still there
    done = client.post(path, data | {"second_officer": second}, follow=True).content.decode()
    assert "记录检查、询问已办" in done
    assert "2026-11-23 09:30 现场检查" in done


def test_who_shows_no_certificate_checks_nothing(people: People) -> None:
    case = make_case(people)
    with pytest.raises(Incomplete, match="要先出示执法证件"):
        case.inspect(make_inspection(people, ids_shown=False), by=people.officer)
    assert not case.inspections.exists()
