"""Who works at a case: 高远 and 田野 are officers of one office, 石磊 heads it, 孙丽 audits, 周正 is one of the heads
of the bureau, 郝明 the first of them, and 郑明 looks on. The committee are 郝明, who chairs it, 周正, his deputy, 孙丽,
石磊 and 何文, who is nothing else."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts import roles
from cases import models
from cases.models import Case, Inspection, Measure, Officer, Paper
from cases.papers.forms import BY_NUMBER
from cases.rows.proposal import COLUMNS as PROPOSAL
from tests.acting import on
from tests.conftest import make_account

PASSWORD = "好密码Abcdefg123"
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
    member: Any

    @property
    def committee(self) -> list[Any]:
        return [self.head, self.director, self.auditor, self.chief, self.member]


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
        member=make_account("hewen2", roles.MEMBER, "何", "文", password=PASSWORD),
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


def make_committee(people: People) -> list[models.Member]:
    posts = ["chair", "deputy", "member", "member", "member"]
    for account, post in zip(people.committee, posts, strict=True):
        models.Member(account=account, post=post, since=datetime.date(2018, 1, 1)).save(reason="任命")
    return list(models.Member.objects.order_by("pk"))


def qualify(auditor: Any) -> None:
    """孙丽 has passed the examination."""
    if not Officer.objects.filter(account=auditor).exists():
        certify(auditor, "冀R2001", law_certificate="A20181310001")


def make_meeting(members: list[models.Member], conclusion: models.Conclusion, **values: Any) -> models.Meeting:
    """Not kept yet: it sat today, and is asked to agree to what was concluded."""
    given: dict[str, Any] = {
        "held_on": timezone.localdate(),
        "place": "三楼会议室",
        "chair": members[0],
        "is_deputised": False,
        "is_weighty": False,
        "record": "承办人员汇报案情，案审办说明审核意见，委员讨论。",
        **{name: getattr(conclusion, name) for name in PROPOSAL},
    }
    return models.Meeting(**given | values)


def meet(case: Case, people: People, *, vote: str = "agree", **values: Any) -> Case:
    """All five sit and vote the same; what follows is not said yet."""
    members = list(models.Member.objects.order_by("pk")) or make_committee(people)
    case.meet(make_meeting(members, case.conclusion(), **values), by=people.auditor, present=members)
    for account in people.committee:
        case.vote(by=account, vote=vote, opinion="" if vote == "agree" else "证据不足")
    return case


def two_officers(people: People) -> dict[str, Officer]:
    accounts = [people.officer, people.second]
    first, second = Officer.objects.filter(account__in=accounts).order_by("certificate")
    return {"first_officer": first, "second_officer": second}


def make_notice(people: People, **values: Any) -> models.PenaltyNotice:
    given: dict[str, Any] = {
        "facts": CONCLUSION["facts"],
        "basis": CONCLUSION["article"],
        "reasons": CONCLUSION["reasons"],
        "hearing_offered": False,
        "served_on": timezone.localdate(),
        "recipient": "王小二",
        **two_officers(people),
    }
    return models.PenaltyNotice(**given | values)


def make_decision(case: Case, **values: Any) -> models.Decision:
    given: dict[str, Any] = {
        "party_name": case.party.name,
        "party_address": "文安县文安镇",
        "facts": CONCLUSION["facts"],
        "evidence": CONCLUSION["evidence"],
        "basis": CONCLUSION["article"],
        "reasons": CONCLUSION["reasons"],
        "defence": "当事人没有陈述、申辩。",
        "standard": "省局裁量参照标准",
        "payment": "十五日内到银行缴纳。",
        "remedy": "六十日内申请复议，六个月内起诉。",
        "publicity_told": True,
    }
    return models.Decision(**given | values)


def make_receipt(people: People, **values: Any) -> models.Receipt:
    given: dict[str, Any] = {
        "mode": "直接送达",
        "served_on": timezone.localdate(),
        "recipient": "王小二",
        "has_consent": False,
        **two_officers(people),
    }
    return models.Receipt(**given | values)


# As far as a test needs a case, each from the beginning


def agreed(case: Case, people: People, **values: Any) -> Case:
    """The committee has agreed to the penalty."""
    qualify(people.auditor)
    conclude(file(case, people), people, **values)
    case.audit(by=people.auditor, reason="事实清楚")
    meet(case, people).agree(by=people.head)
    return case


def notified(case: Case, people: People, *, days_ago: int = 14, **values: Any) -> Case:
    """So long ago that the party had its time."""
    with on(timezone.localdate() - datetime.timedelta(days=days_ago)):
        agreed(case, people, **values)
        offered = case.is_heavy(case.meeting())
        case.notify(make_notice(people, hearing_offered=offered), by=people.officer)
    return case


def decided(case: Case, people: People, **values: Any) -> Case:
    notified(case, people, **values)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    case.propose_decision(make_decision(case), by=people.officer)
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    return case


def served(case: Case, people: People, **values: Any) -> Case:
    decided(case, people, **values)
    case.serve(make_receipt(people), by=people.officer)
    return case


def pay(case: Case, people: People, amount: Any, **values: Any) -> None:
    given = {"what": "fine", "amount": amount, "paid_on": timezone.localdate(), "voucher": f"票{case.payments.count()}"}
    case.pay(models.Payment(**given | values), by=people.officer)


def closed(case: Case, people: People) -> Case:
    served(case, people)
    pay(case, people, 500)
    case.finish_enforcement(by=people.officer, ground="决定执行完毕")
    case.propose_closing(by=people.officer)
    case.close(by=people.director)
    return case


def file(case: Case, people: People) -> Case:
    """As far as the investigation."""
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    case.file(by=people.director, handlers=Officer.objects.filter(account__in=[people.officer, people.second]))
    return case


def issue(case: Case, people: People, number: int, row: Any = None, **typed: str) -> Paper:
    """The paper of that form, by the officer; what it asks is answered as it suggests, or with its own question."""
    form = BY_NUMBER[number]
    row = row or next(iter(form.of(case)))
    facts = case.facts(row)
    answers = {asked.name: asked.suggested(facts) or f"{asked.label}。" for asked in form.asks}
    return case.issue_paper(form, row.pk, answers | typed, by=people.officer)
