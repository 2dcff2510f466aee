"""高远 and 田野 keep or seal goods; 周正 consents before, signs the papers within a day, and the time runs until
somebody says what becomes of the goods."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from acts.errors import Incomplete, NotYours, Refused
from cases.models import Case, Measure, Officer
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import (
    KEEPING,
    People,
    file,
    issue,
    make_case,
    make_decision,
    make_measure,
    make_people,
    make_receipt,
    notified,
    recheck,
    served,
)
from tests.conftest import signed_in

DAY = datetime.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def case(people: People) -> Case:
    return file(make_case(people), people)


def taken(case: Case, people: People, **values: Any) -> Measure:
    measure = make_measure(people, **values)
    case.take_measure(measure, by=people.officer)
    return measure


def dues(case: Case) -> list[tuple[str, datetime.date]]:
    case = Case.objects.with_its_rows().get(pk=case.pk)
    return [(each.limit.rule, each.due) for each in case.deadlines() if each.limit.rule != "decision"]


def test_a_sealing_goes_its_way(people: People, case: Case) -> None:
    measure = taken(case, people)
    assert dues(case) == [("urgent", datetime.date(2026, 11, 27)), ("sealing", datetime.date(2026, 12, 26))]
    case.approve_measure(measure, by=people.director)
    case.prolong_measure(measure, by=people.director, days=10, reason="案情复杂")
    assert dues(case) == [("sealing", datetime.date(2027, 1, 5))]
    case.end_measure(measure, by=people.director, how="released", reason="已整改，退还当事人")
    assert dues(case) == []
    told = [act.get_verb_display() for act in case.timeline.all()][-4:]
    assert told == ["登记保存、查封、扣押", "批准措施", "延长查封、扣押", "批准处理涉案物品"]


def test_what_is_kept_is_decided_in_seven_working_days(people: People, case: Case) -> None:
    case.approve_measure(taken(case, people, **KEEPING), by=people.director)
    assert dues(case) == [("keeping", datetime.date(2026, 12, 7))]


def test_without_consent_before_a_reason_is_wanted(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="〔清单〕查封以前没有经负责人同意"):
        taken(case, people, consent_at=None, consent_by="")
    case.take_measure(
        make_measure(people, consent_at=None, consent_by=""), by=people.officer, reason="当事人正在转移物品"
    )
    assert case.timeline.last().answered == "urgent"


def test_before_2019_nothing_is_kept_without_approval(people: People, case: Case) -> None:
    at = timezone.make_aware(datetime.datetime(2018, 5, 8, 10))
    with pytest.raises(Refusal, match="〔法律、清单〕先行登记保存要事前经负责人批准"):
        taken(case, people, **KEEPING, taken_at=at, consent_at=None, consent_by="")
    with pytest.raises(Refusal, match="〔清单〕查封以前没有经负责人同意"):
        taken(case, people, taken_at=at, consent_at=None, consent_by="")


def test_papers_that_come_after_a_day_come_too_late(people: People, case: Case) -> None:
    measure = taken(case, people)
    with (
        on(DAY + datetime.timedelta(days=1)),
        pytest.raises(Refusal, match="补办手续的24小时到 2026-11-27 11:00 已满，应当立即解除"),
    ):
        case.approve_measure(measure, by=people.director)
    assert not hasattr(Measure.objects.get(pk=measure.pk), "approval")


@pytest.mark.parametrize(("days", "said"), [(31, "最多把"), (30, "")])
def test_a_sealing_is_prolonged_once_and_by_thirty_days_at_most(
    people: People, case: Case, days: int, said: str
) -> None:
    measure = taken(case, people)
    if said:
        with pytest.raises(Refused, match=said):
            case.prolong_measure(measure, by=people.director, days=days, reason="复杂")
        return
    case.prolong_measure(measure, by=people.director, days=days, reason="复杂")
    with pytest.raises(Refused, match="已经延长过"):
        case.prolong_measure(Measure.objects.get(pk=measure.pk), by=people.director, days=1, reason="再延")


def test_after_its_end_nothing_is_prolonged(people: People, case: Case) -> None:
    measure = taken(case, people, days=5)
    with on(DAY + datetime.timedelta(days=6)), pytest.raises(Refused, match="太晚了"):
        case.prolong_measure(measure, by=people.director, days=5, reason="复杂")


def test_what_is_over_is_over(people: People, case: Case) -> None:
    measure = taken(case, people)
    case.end_measure(measure, by=people.director, how="released", reason="退还")
    for act in (
        lambda: case.end_measure(measure, by=people.director, how="disposed", reason="没收"),
        lambda: case.approve_measure(measure, by=people.director),
        lambda: case.prolong_measure(measure, by=people.director, days=1, reason="复杂"),
    ):
        with pytest.raises(Incomplete, match="已经处理"):
            act()


def test_a_measure_of_another_case_is_not_of_this_one(people: People, case: Case) -> None:
    other = taken(file(make_case(people), people), people)
    with pytest.raises(Incomplete):
        case.approve_measure(other, by=people.director)


@pytest.mark.parametrize("who", ["officer", "chief", "auditor", "inspector"])
def test_only_a_head_approves(people: People, case: Case, who: str) -> None:
    measure = taken(case, people)
    with pytest.raises(NotYours):
        case.approve_measure(measure, by=getattr(people, who))


WRONG: dict[str, dict[str, Any]] = {
    "还没有到": {"taken_at": timezone.make_aware(datetime.datetime(2026, 11, 27))},
    "查封、扣押要有法律依据": {"power": ""},
    "期限最多 30 日": {"days": 31},
    "登记保存不填这两项": {**KEEPING, "days": 7},
    "请写明地点和物品": {"goods": ""},
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_is_refused_in_a_sentence(people: People, case: Case, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        taken(case, people, **WRONG[said])
    assert Measure.objects.count() == 0


def test_nobody_takes_a_measure_alone(people: People, case: Case) -> None:
    alone = Officer.objects.get(account=people.officer)
    measure = make_measure(people, second_officer=alone)
    with pytest.raises(Refusal, match="查封要有两名以上执法人员"):
        case.take_measure(measure, by=people.officer)
    measure.case, measure.by, measure.by_name = case, people.officer, "高远"
    with pytest.raises(IntegrityError, match="measure_by_two"), transaction.atomic():
        measure.save()


def test_the_way_through_the_pages(people: People, case: Case) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    first, second = Officer.objects.filter(account__in=[people.officer, people.second]).values_list("pk", flat=True)
    data = {
        "kind": "sealing",
        "power": "equipment",
        "days": "30",
        "taken_at": "2026-11-26T10:00",
        "consent_at": "2026-11-26T09:50",
        "consent_by": "周正",
        "place": "某小区",
        "goods": "电梯一台",
        "first_officer": first,
        "second_officer": second,
        "reason": "",
    }
    assert "要当场告知理由、依据和权利" in client.post(f"{path}/do/measured/", data).content.decode()
    done = client.post(f"{path}/do/measured/", data | {"rights_told": "on"}, follow=True).content.decode()
    assert "2026-11-26 10:00 查封，某小区" in done
    assert "2026-11-27 10:00 以前由负责人批准" in done
    assert "查封、扣押：2026-12-26（星期六）截止" in done
    director = signed_in(people.director)
    assert "批准措施" in director.get("/admin/").content.decode()
    measure = Measure.objects.get()
    director.post(f"{path}/do/measure_approved/", {"measure": measure.pk, "reason": ""})
    ended = {"measure": measure.pk, "how": "released", "reason": "已整改"}
    page = director.post(f"{path}/do/measure_ended/", ended, follow=True).content.decode()
    assert "2026-11-26 解除，退还" in page


def test_in_2018_the_reviewer_could_let_a_consent_be_made_up_for(people: People) -> None:
    with on(datetime.date(2018, 9, 3)):
        case = make_case(people)
        unasked = {"consent_at": None, "consent_by": ""}
        with pytest.raises(Refusal, match="以前没有经负责人同意"):
            case.take_measure(make_measure(people, **unasked), by=people.officer, reason="货主要转移")
        with pytest.raises(NotYours):
            case.allow_measure(by=people.officer, reason="情况紧急")
        case.allow_measure(by=people.auditor, reason="货主正要转移，情况紧急")
        case.take_measure(make_measure(people, **unasked), by=people.officer, reason="货主要转移")
        with pytest.raises(Refusal, match="以前没有经负责人同意"):
            case.take_measure(make_measure(people, **unasked), by=people.officer, reason="再来一次")


def test_what_was_not_told_on_the_spot_is_no_measure(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="要当场告知理由、依据和权利"):
        case.take_measure(make_measure(people, rights_told=False), by=people.officer)


def test_what_was_not_decided_in_time_is_only_given_back(people: People, case: Case) -> None:
    measure = taken(case, people, **KEEPING)
    case.approve_measure(measure, by=people.director)
    with on(datetime.date(2026, 12, 20)):
        for how in ("sealed", "disposed"):
            with pytest.raises(Refusal, match="“先行登记保存后作出处理”的期限 2026-12-07 已满"):
                case.end_measure(measure, by=people.director, how=how, reason="案情复杂")
        case.end_measure(measure, by=people.director, how="released", reason="已满期")


def test_what_no_head_approved_is_only_given_back(people: People, case: Case) -> None:
    measure = taken(case, people)
    with pytest.raises(Refusal, match="没有经负责人批准，只能解除"):
        case.end_measure(measure, by=people.director, how="disposed", reason="依法没收")
    case.end_measure(measure, by=people.director, how="released", reason="没有批准")


def test_nobody_destroys_what_nobody_decided_on(people: People, case: Case) -> None:
    measure = taken(case, people)
    case.approve_measure(measure, by=people.director)
    with pytest.raises(NotYours):
        case.end_measure(measure, by=people.officer, how="released", reason="退还")
    with pytest.raises(Incomplete, match="还没有送达没收这些物品的决定"):
        case.end_measure(measure, by=people.director, how="disposed", reason="销毁")


def test_the_term_ends_with_the_decision_on_the_goods(people: People) -> None:
    case = make_case(people, found_on=DAY - datetime.timedelta(days=40))
    with on(DAY - datetime.timedelta(days=40)):
        measure = taken(case, people)
        case.approve_measure(measure, by=people.director)
    with on(DAY - datetime.timedelta(days=15)):
        served(case, people, kinds=["没收非法财物"], fine=0, confiscated=200)
    case = Case.objects.with_its_rows().get(pk=case.pk)
    assert "sealing" not in [each.limit.rule for each in case.deadlines()]
    case.end_measure(measure, by=people.director, how="disposed", reason="依决定销毁")


def test_only_a_head_consents(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="高远不是局领导"):
        taken(case, people, consent_by="高远")


def test_only_what_is_kept_goes_over_into_a_sealing_that_is_there(people: People, case: Case) -> None:
    earlier = {"taken_at": timezone.now() - datetime.timedelta(hours=3)}
    earlier["consent_at"] = earlier["taken_at"]
    kept = taken(case, people, **KEEPING, **earlier)
    case.approve_measure(kept, by=people.director)
    with pytest.raises(Incomplete, match="先登记了查封、扣押"):
        case.end_measure(kept, by=people.director, how="sealed", reason="转查封")
    sealed = taken(case, people)
    case.approve_measure(sealed, by=people.director)
    case.end_measure(kept, by=people.director, how="sealed", reason="转查封")
    with pytest.raises(Incomplete, match="先登记了查封、扣押"):
        case.end_measure(sealed, by=people.director, how="sealed", reason="再查封")


def test_the_goods_that_a_decision_does_not_take_are_given_back_in_time(people: People) -> None:
    case = make_case(people, found_on=DAY - datetime.timedelta(days=20))
    with on(DAY - datetime.timedelta(days=20)):
        taking, other = taken(case, people), taken(case, people, goods="电子秤一台")
        for measure in (taking, other):
            case.approve_measure(measure, by=people.director)
    with on(DAY - datetime.timedelta(days=15)):
        notified(case, people, kinds=["没收非法财物"], fine=0, confiscated=200)
    recheck(case, people)
    case.confirm_recheck(by=people.auditor, reason="同意")
    page = signed_in(people.officer)
    path = f"/admin/cases/case/{case.pk}/do"
    form = page.get(f"{path}/decision_proposed/").context["form"]
    assert "电子秤一台" in str(form["measures"])
    case.propose_decision(make_decision(case), by=people.officer, measures=[taking])
    assert "没收" in signed_in(people.auditor).get(f"{path}/decision_reviewed/").content.decode()
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    case.serve(make_receipt(people), by=people.officer)
    case = Case.objects.with_its_rows().get(pk=case.pk)
    assert case.measures_to_decide_on() == [other]
    assert "没收的物品" in issue(case, people, 29).sheet.canonical()
    with pytest.raises(Incomplete, match="已经决定没收，不能退还"):
        case.end_measure(taking, by=people.director, how="released", reason="退还")
    with pytest.raises((Incomplete, Refusal)):
        case.end_measure(other, by=people.director, how="disposed", reason="销毁")
    case.end_measure(other, by=people.director, how="released", reason="退还")
    case.end_measure(taking, by=people.director, how="disposed", reason="依决定销毁")


def test_a_decision_without_confiscation_takes_no_goods(people: People) -> None:
    case = make_case(people, found_on=DAY - datetime.timedelta(days=20))
    with on(DAY - datetime.timedelta(days=20)):
        measure = taken(case, people)
    notified(case, people)
    recheck(case, people)
    case.confirm_recheck(by=people.auditor, reason="同意")
    with pytest.raises(Incomplete, match="没有没收非法财物"):
        case.propose_decision(make_decision(case), by=people.officer, measures=[measure])
