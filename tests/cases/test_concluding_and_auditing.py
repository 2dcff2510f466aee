"""高远 writes down what happened, by what it is shown and what he proposes; 孙丽 looks whether it holds, and sends it
on or back."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from acts.errors import Incomplete, NotYours, Refused, WrongState
from cases import models
from cases.models import Case, Officer
from cases.rule import Refusal
from tests.acting import on
from tests.cases.people import CONCLUSION, People, certify, conclude, file, make_case, make_inspection, make_people
from tests.conftest import make_account, signed_in

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
    case = file(make_case(people), people)
    case.inspect(make_inspection(people), by=people.officer)
    return case


@pytest.fixture
def auditor(people: People) -> Any:
    """孙丽, who has passed the examination."""
    certify(people.auditor, "冀R2001", law_certificate="A20181310001")
    return people.auditor


def test_what_was_found_goes_to_the_audit_and_on(people: People, case: Case, auditor: Any) -> None:
    conclude(case, people)
    assert case.get_state_display() == "待审核"
    assert case.audit_deadline().due == datetime.date(2026, 12, 10)
    case.audit(by=auditor, reason="事实清楚，证据充分")
    assert case.get_state_display() == "待审理"
    assert [each.limit.rule for each in case.deadlines()] == ["decision"]
    page = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/change/").content.decode()
    assert "罚款 500.00 元，一般；法定 0.00 元至 1000.00 元" in page


def test_what_is_sent_back_comes_again_with_what_was_written(people: People, case: Case, auditor: Any) -> None:
    conclude(case, people)
    with pytest.raises(Incomplete, match="请写明要补充调查或者补正什么"):
        case.return_from_audit(by=auditor, reason="")
    case.return_from_audit(by=auditor, reason="缺检定证书复印件")
    assert case.get_state_display() == "调查"
    form = signed_in(people.officer).get(f"/admin/cases/case/{case.pk}/do/concluded/").context["form"]
    assert form["facts"].value() == CONCLUSION["facts"]
    conclude(case, people, evidence="补了检定证书复印件。")
    assert [each.evidence for each in case.conclusions.all()] == [CONCLUSION["evidence"], "补了检定证书复印件。"]
    assert case.conclusion().evidence == "补了检定证书复印件。"


REFUSED: dict[str, dict[str, Any]] = {
    "已经超过2年": {"act_ended_on": datetime.date(2024, 11, 1)},
    "不能以罚代移": {"is_crime": True},
    "满一万元的由省级计量行政部门决定": {
        "article": "计量法实施细则第四十三条",
        "fine": 10_000,
        "maximum": 20_000,
    },
    "低于法定下限": {"minimum": 600, "fine": 500},
    "应当警告": {"compulsory": ["警告"]},
    "没有告知他申请回避等权利": {"rights_told": False},
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_the_rules_forbid_is_not_proposed(people: People, case: Case, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        conclude(case, people, **REFUSED[said])
    assert case.conclusions.count() == 0
    assert Case.objects.get(pk=case.pk).state == "investigation"


def test_an_act_that_ends_tomorrow_is_not_concluded(people: People, case: Case) -> None:
    with pytest.raises(Incomplete, match="违法行为终了之日还没有到"):
        conclude(case, people, act_ended_on=DAY + datetime.timedelta(days=1))


def test_nothing_is_concluded_without_evidence(people: People) -> None:
    case = file(make_case(people), people)
    with pytest.raises(Refusal, match="案卷里还没有检查、询问笔录或者检验结果"):
        case.conclude(models.Conclusion(**CONCLUSION), by=people.officer, reason="没有裁量基准")


def test_an_act_that_is_too_old_is_closed_without_a_penalty(people: People, case: Case) -> None:
    none = {"outcome": "none", "kinds": [], "fine": 0, "act_ended_on": datetime.date(2020, 1, 1)}
    assert conclude(case, people, **none).get_state_display() == "待审核"


def test_no_fine_is_above_the_law_whoever_writes(people: People, case: Case) -> None:
    with pytest.raises(Refusal, match="超过法定上限 1000 元"):
        conclude(case, people, fine=Decimal("1000.01"))
    row = models.Conclusion(**CONCLUSION | {"fine": Decimal("1000.01")}, case=case, by=people.officer, by_name="高远")
    with pytest.raises(IntegrityError, match="conclusion_fine_within_the_law"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("wrong", "which"),
    [
        ({"minimum": 600, "fine": 500}, "fine_not_below_the_law"),
        ({"minimum": 600, "fine": 500, "grade": "减轻"}, "fine_not_below_the_law"),
        ({"minimum": 600, "fine": 500, "ground": "立功"}, "fine_not_below_the_law"),
        ({"compulsory": ["警告"]}, "compulsory_kinds"),
        ({"compulsory": ["警告", "罚款"], "grade": "减轻", "ground": "立功"}, "compulsory_kinds"),
        ({"grade": "不予"}, "no_penalty_where_none_is_due"),
    ],
)
def test_nothing_is_below_the_law_whoever_writes(people: People, case: Case, wrong: dict[str, Any], which: str) -> None:
    kinds = {"article_kinds": ["警告", "罚款"]}
    row = models.Conclusion(**CONCLUSION | kinds | wrong, case=case, by=people.officer, by_name="高远")
    with pytest.raises(IntegrityError, match=f"conclusion_{which}"), transaction.atomic():
        row.save()


def test_mitigated_with_its_ground_it_may_be_below_the_law(people: People, case: Case) -> None:
    below = {"minimum": 600, "fine": 500, "grade": "减轻", "ground": "配合行政机关查处违法行为有立功表现"}
    assert conclude(case, people, **below).get_state_display() == "待审核"


def test_who_handles_a_case_does_not_audit_it(people: People, case: Case) -> None:
    conclude(case, people)
    for who in (people.officer, people.second, people.chief, people.director, people.head, people.inspector):
        with pytest.raises(NotYours):
            case.audit(by=who, reason="同意")


def test_a_handler_who_became_an_auditor_audits_no_case_of_theirs(people: People) -> None:
    reviewer = make_account("fagui", "法规审核", "方", "规")
    certify(reviewer, "冀R2002", law_certificate="A20181310002")
    case = make_case(people)
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.file(by=people.director, handlers=Officer.objects.filter(account__in=[people.officer, reviewer]))
    conclude(case, people)
    with pytest.raises(Refusal, match="方规是本案的办案人员，不能审核"):
        case.audit(by=reviewer, reason="同意")


def test_who_audits_for_the_first_time_has_passed_the_examination(people: People, case: Case) -> None:
    conclude(case, people)
    with pytest.raises(Refusal, match="要有法律职业资格"):
        case.audit(by=people.auditor, reason="同意")
    certify(people.auditor, "冀R2001", law_certificate="A20181310001")
    case.audit(by=people.auditor, reason="同意")


def test_a_late_audit_says_why(people: People, case: Case, auditor: Any) -> None:
    conclude(case, people)
    with on(datetime.date(2026, 12, 11)):
        page = signed_in(auditor).get(f"/admin/cases/case/{case.pk}/do/audited/").content.decode()
        assert "“审核案件”的期限 2026-12-10 已满" in page
        case.audit(by=auditor, reason="案审办人员出差")
    assert case.timeline.last().answered == "audit"


def test_no_step_is_skipped(people: People, case: Case, auditor: Any) -> None:
    with pytest.raises(WrongState):
        case.audit(by=auditor, reason="同意")
    conclude(case, people)
    with pytest.raises(WrongState):
        case.inspect(make_inspection(people), by=people.officer)


def test_the_way_through_the_pages(people: People, case: Case, auditor: Any) -> None:
    client, path = signed_in(people.officer), f"/admin/cases/case/{case.pk}"
    data = {name: value for name, value in CONCLUSION.items() if not isinstance(value, bool)}
    data |= {"act_ended_on": "2026-11-20", "rights_told": "on", "confiscated": "0", "gains": "0"}
    data |= {"minimum": "0", "reason": "没有裁量基准"}
    refused = client.post(f"{path}/do/concluded/", data | {"fine": "2000"}).content.decode()
    assert "没有办成：" in refused
    assert "罚款 2000 元，超过法定上限 1000 元" in refused
    page = client.post(f"{path}/do/concluded/", data, follow=True).content.decode()
    assert "调查终结已办。调查终结，等案审办审核。" in page
    assert "审核案件：2026-12-10（星期四）截止" in page
    asked = signed_in(auditor).get(f"{path}/do/audited/").content.decode()
    assert "应当自接到案件材料后五个工作日内" in asked
    page = signed_in(auditor).post(f"{path}/do/audited/", {"reason": "同意"}, follow=True).content.decode()
    assert "已审核，等案审委审理。" in page


def test_the_time_of_an_audit_is_prolonged_once_by_a_head(people: People, case: Case) -> None:
    conclude(case, people)
    with pytest.raises(NotYours):
        case.prolong_audit(by=people.auditor, days=5, reason="材料多")
    case.prolong_audit(by=people.director, days=5, reason="材料多")
    assert case.audit_deadline().due == datetime.date(2026, 12, 17)
    with pytest.raises(Refused, match="已经延长过"):
        case.prolong_audit(by=people.director, days=5, reason="还是多")


def test_one_officer_alone_concludes_nothing(people: People, case: Case) -> None:
    given = {"account": people.second, "capacity": "承办人员", "asked_by": "当事人", "ground": "同学"}
    given |= {"asked_on": DAY, "decided_on": DAY, "decided_by": "负责人", "steps_back": True}
    case.decide_recusal(models.Recusal(**given), by=people.director)
    with pytest.raises(Refusal, match="调查要有两名以上执法人员，现在是 1 名"):
        conclude(case, people)
    third = Officer.objects.get(account=people.stranger)
    case.add_handlers([third], by=people.director, reason="补足两名")
    conclude(case, people)
