"""Who works at a case: 高远 and 田野 are officers of one office, 石磊 heads it, 孙丽 audits, 周正 is one of the heads
of the bureau, 郝明 the first of them, and 郑明 looks on."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts import roles
from cases import models
from cases.models import Case, Inspection, Measure, Officer
from tests.conftest import make_account

OFFICE, OTHER = "GS-03", "GS-02"


@dataclass(frozen=True)
class People:
    officer: Any
    second: Any
    stranger: Any
    """An officer of another office."""
    chief: Any
    other_chief: Any
    auditor: Any
    director: Any
    head: Any
    inspector: Any


def make_people() -> People:
    people = People(
        officer=make_account("gaoyuan", roles.OFFICER, "高", "远", office=OFFICE),
        second=make_account("tianye", roles.OFFICER, "田", "野", office=OFFICE),
        stranger=make_account("luping", roles.OFFICER, "鲁", "平", office=OTHER),
        chief=make_account("shilei", roles.CHIEF, "石", "磊", office=OFFICE),
        other_chief=make_account("liqiang2", roles.CHIEF, "李", "强", office=OTHER),
        auditor=make_account("sunli2", roles.REVIEWER, "孙", "丽"),
        director=make_account("zhouzheng2", roles.DIRECTOR, "周", "正"),
        head=make_account("haoming", roles.HEAD, "郝", "明"),
        inspector=make_account("zhengming2", roles.AUDITOR, "郑", "明"),
    )
    for number, account in enumerate((people.officer, people.second, people.stranger), start=1):
        certify(account, f"冀R1{number:03}")
    return people


def certify(account: Any, certificate: str, **values: Any) -> Officer:
    given = {"since": datetime.date(2018, 1, 1), "until": None} | values
    officer = Officer(account=account, certificate=certificate, **given)
    officer.save(reason="换证")
    return officer


CLUE = {
    "source": "report",
    "kinds": ["metrology"],
    "clue": "举报人称市场里的台秤少称。",
    "party_kind": "person",
    "party_name": "王小二",
}


def make_case(people: People, **values: Any) -> Case:
    given = CLUE | {"found_on": timezone.localdate() - datetime.timedelta(days=6)} | values
    return Case.register(by=people.officer, **given)


def make_foreign_case(people: People, **values: Any) -> Case:
    """Of the other office."""
    given = CLUE | {"found_on": timezone.localdate(), "party_name": "李四"} | values
    return Case.register(by=people.stranger, **given)


def who_sees(own: str, foreign: str) -> dict[str, set[str]]:
    """Of a case that 高远 took down and one of the other office, what each of them has to see."""
    both = {own, foreign}
    return {
        "officer": {own},
        "second": set(),
        "stranger": {foreign},
        "chief": {own},
        "other_chief": {foreign},
        "auditor": both,
        "director": both,
        "head": both,
        "inspector": both,
    }


def make_inspection(people: People, **values: Any) -> Inspection:
    """Not kept yet: two officers in a shop, three days ago."""
    first, second = Officer.objects.filter(account__in=[people.officer, people.second]).order_by("certificate")
    day = timezone.localdate() - datetime.timedelta(days=3)
    began = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30)))
    given: dict[str, Any] = {
        "kind": "check",
        "began_at": began,
        "ended_at": began + datetime.timedelta(hours=1),
        "place": "县城集贸市场",
        "first_officer": first,
        "second_officer": second,
        "record": "台秤一台，检定证书过期。",
        "signature": "signed",
    }
    return Inspection(**given | values)


def make_measure(people: People, **values: Any) -> Measure:
    """Not kept yet: sealed an hour ago, with the consent of a head."""
    first, second = Officer.objects.filter(account__in=[people.officer, people.second]).order_by("certificate")
    taken = timezone.now() - datetime.timedelta(hours=1)
    given: dict[str, Any] = {
        "kind": "sealing",
        "power": "equipment",
        "days": 30,
        "taken_at": taken,
        "consent_at": taken - datetime.timedelta(minutes=10),
        "consent_by": "周正",
        "place": "某小区",
        "goods": "电梯一台",
        "first_officer": first,
        "second_officer": second,
    }
    return Measure(**given | values)


KEEPING: dict[str, Any] = {"kind": "keeping", "power": "", "days": None, "place": "集贸市场", "goods": "台秤一台"}


def make_measure_of_every_sort(case: Case, people: People) -> None:
    """One that was approved, prolonged and ended."""
    measure = make_measure(people)
    case.take_measure(measure, by=people.officer)
    case.approve_measure(measure, by=people.director)
    case.prolong_measure(measure, by=people.director, days=10, reason="案情复杂")
    case.end_measure(measure, by=people.officer, how="released", reason="已整改")


def make_testing(**values: Any) -> models.Testing:
    """Not kept yet: sent today, for ten days."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "kind": "verification",
        "institute": "市计量检定所",
        "sample": "台秤一台",
        "sent_on": today,
        "until": today + datetime.timedelta(days=10),
        "is_told_in_writing": True,
    }
    return models.Testing(**given | values)


CONCLUSION: dict[str, Any] = {
    "facts": "使用检定证书过期的台秤。",
    "evidence": "现场检查笔录证明台秤正在使用；检定证书证明已过期。",
    "act_ended_on": datetime.date(2026, 11, 20),
    "harms_life": False,
    "rights_told": True,
    "is_crime": False,
    "outcome": "penalty",
    "article": "《计量法实施细则》第四十三条",
    "kinds": ["罚款"],
    "fine": 500,
    "maximum": 1000,
    "grade": "一般",
    "reasons": "首次，及时改正。",
}


def conclude(case: Case, people: People, **values: Any) -> Case:
    """With what two officers saw, as far as the audit."""
    if not case.inspections.exists():
        case.inspect(make_inspection(people), by=people.officer)
    ended = {"act_ended_on": timezone.localdate() - datetime.timedelta(days=6)}
    case.conclude(models.Conclusion(**CONCLUSION | ended | values), by=people.officer)
    return case


def file(case: Case, people: People) -> Case:
    """As far as the investigation."""
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.file(by=people.director, handlers=Officer.objects.filter(account__in=[people.officer, people.second]))
    return case
