"""Who works at a case: 高远 and 田野 are officers of one office, 石磊 heads it, 孙丽 audits, 周正 is one of the heads
of the bureau, 郝明 the first of them, and 郑明 looks on. The committee are 郝明, who chairs it, 周正, his deputy, 孙丽,
石磊 and 何文, who is nothing else."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts import roles
from cases import models
from cases.amounts import Grade
from cases.archiving.missing import missing
from cases.attaching.incoming import IncomingFile
from cases.discretion.offer import Offer
from cases.models import Case, Evidence, Inspection, Measure, Officer, Paper, PublishedStandards, Violation
from cases.papers.forms import BY_NUMBER
from cases.publicity.composing import Wording
from cases.rows.proposal import COLUMNS as PROPOSAL
from clocks.models import Day
from tests.acting import on
from tests.clocks.test_entering_a_notice import OF_2027, rows
from tests.conftest import make_account
from tests.conftest import make_notice as make_calendar
from verbatim.documents import digest

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
    return endorse(officer)


def endorse(row: Any) -> Any:
    """By 吴检, who audits and appears in no case."""
    by = type(row.account)._default_manager.filter(username="wujian").first()
    row.endorse(by=by or make_account("wujian", roles.AUDITOR, "吴", "检"), seen=row.latest_record().pk)
    return row


UNPUBLISHED = "公示另办。"
"""Why a case is put away whose decision is not public yet."""

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
    case.end_measure(measure, by=people.director, how="released", reason="已整改")


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


def make_evidence(people: People, **values: Any) -> Evidence:
    """Not kept yet: a document that two officers got two days ago."""
    first, second = Officer.objects.filter(account__in=[people.officer, people.second]).order_by("certificate")
    given: dict[str, Any] = {
        "kind": "document",
        "name": "检定证书复印件",
        "proves": "台秤的检定已经过期。",
        "obtained_at": timezone.now() - datetime.timedelta(days=2),
        "place": "县城集贸市场",
        "origin": "collected",
        "first_officer": first,
        "second_officer": second,
    }
    return Evidence(**given | values)


def make_file(text: str = "检定证书", name: str = "证书.txt") -> IncomingFile:
    return IncomingFile(name, text.encode())


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
    "article_kinds": ["警告", "罚款", "没收违法所得", "没收非法财物", "责令停产停业", "吊销许可证件"],
    "maximum": 1000,
    "grade": "一般",
    "reasons": "首次，及时改正。",
}


UNWEIGHED = "上级没有制定这一条的裁量基准，按过罚相当。"


def weigh(case: Case, people: People, **values: Any) -> None:
    """WF-02, which ended six days ago, in the lowest third."""
    today = timezone.localdate()
    offer = Offer(Violation.objects.get(code="WF-02"), today - datetime.timedelta(days=6), today)
    given: dict[str, Any] = {"offer": offer, "grade": Grade.LIGHT, "evidence": {"YS-19": "询问笔录第二页"}}
    given |= values
    case.weigh(by=people.officer, **{"provision": given["offer"].provisions[0]} | given)


def make_province(people: People) -> models.Standard:
    """Of the province, which sets 一般 narrower than the law, and is published."""
    today = timezone.localdate()
    standard = models.Standard(title="河北省计量行政处罚裁量基准", issuer="省局", number="冀市监〔2024〕1号")
    standard.published_on, standard.since = (today - datetime.timedelta(days=days) for days in (900, 800))
    standard.save(reason="录入")
    article = models.Provision.objects.get(code="FZ-02")
    band = models.Band(standard=standard, provision=article, grade="一般", kind="罚款", by="sum", low=300, high=700)
    band.save(reason="录入")
    publish_standards(people)
    return standard


def publish_standards(people: People) -> None:
    """As they are entered, by a head who entered nothing."""
    PublishedStandards.publish(people.director, shown=digest(PublishedStandards.composed().canonical()))


WEIGHED: dict[str, Any] = {"kinds": ["警告", "罚款"], "fine": Decimal(200)}
"""What is proposed after that."""


def conclude(case: Case, people: People, **values: Any) -> Case:
    """With what two officers saw, as far as the audit."""
    if not case.inspections.exists():
        case.inspect(make_inspection(people), by=people.officer)
    ended = {"act_ended_on": timezone.localdate() - datetime.timedelta(days=6)}
    case.conclude(models.Conclusion(**CONCLUSION | ended | values), by=people.officer, reason=UNWEIGHED)
    return case


def make_committee(people: People) -> list[models.Member]:
    """Each of them only where it is missing."""
    posts = ["chair", "deputy", "member", "member", "member"]
    for account, post in zip(people.committee, posts, strict=True):
        if not account.memberships.exists():
            member = models.Member(account=account, post=post, since=datetime.date(2018, 1, 1))
            member.save(reason="任命")
            endorse(member)
        if not Officer.objects.filter(account=account).exists():
            certify(account, f"冀R3{account.pk:03}")
    return list(models.Member.objects.filter(account__in=people.committee).order_by("pk"))


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
    members = make_committee(people)
    meeting = make_meeting(members, case.conclusion(), **values)
    case.meet(meeting, by=people.auditor, present=members, reason="委员名单已核对")
    for account in people.committee:
        case.vote(by=account, vote=vote, opinion="" if vote == "agree" else "证据不足")
    return case


def know_2027() -> None:
    """The State Council's notice of that year has come."""
    notice = make_calendar()
    for day, kind in rows(OF_2027):
        Day(notice=notice, day=day, kind=kind).save(reason="录入")


def two_officers(people: People) -> dict[str, Officer]:
    accounts = [people.officer, people.second]
    first, second = Officer.objects.filter(account__in=accounts).order_by("certificate")
    return {"first_officer": first, "second_officer": second}


def service(people: People) -> dict[str, Any]:
    """Served today by both."""
    given = {"mode": "直接送达", "served_on": timezone.localdate(), "recipient": "王小二", "has_consent": False}
    return given | two_officers(people)


def make_notice(people: People, **values: Any) -> models.PenaltyNotice:
    given: dict[str, Any] = {
        "facts": CONCLUSION["facts"],
        "basis": CONCLUSION["article"],
        "reasons": CONCLUSION["reasons"],
        "hearing_offered": False,
        **service(people),
    }
    return models.PenaltyNotice(**given | values)


def make_decision(case: Case, **values: Any) -> models.Decision:
    given: dict[str, Any] = {
        "party_name": case.party.name,
        "party_address": "文安县文安镇",
        "facts": CONCLUSION["facts"],
        "evidence": CONCLUSION["evidence"],
        "basis": case.meeting().article,
        "reasons": case.meeting().reasons,
        "defence": "当事人没有陈述、申辩。",
        "standard": "省局裁量参照标准",
        "payment": "十五日内到银行缴纳。",
        "remedy": "六十日内申请复议，六个月内起诉。",
        "publicity_told": True,
    }
    return models.Decision(**given | values)


def make_receipt(people: People, **values: Any) -> models.Receipt:
    return models.Receipt(**service(people) | values)


def make_order(people: People, **values: Any) -> models.CorrectionOrder:
    given = {"what": "停止使用", "days": 30, "rule": "", "is_approved": False}
    return models.CorrectionOrder(**service(people) | given | values)


def make_urging(people: People, **values: Any) -> models.Urging:
    return models.Urging(**service(people) | {"fine": 100, "rights_told": True} | values)


# As far as a test needs a case, each from the beginning


def agreed(case: Case, people: People, *, weighed: dict[str, Any] | None = None, **values: Any) -> Case:
    """The committee has agreed to the penalty; `weighed` is what is weighed otherwise than usual."""
    qualify(people.auditor)
    file(case, people)
    if weighed is not None:
        weigh(case, people, **weighed)
        values = WEIGHED | values
    conclude(case, people, **values)
    case.audit(by=people.auditor, reason="事实清楚")
    meet(case, people).agree(by=people.head)
    return case


def notified(case: Case, people: People, *, days_ago: int = 14, **values: Any) -> Case:
    """So long ago that the party had its time."""
    with on(timezone.localdate() - datetime.timedelta(days=days_ago)):
        agreed(case, people, **values)
        offered = case.is_heavy(case.meeting())
        told = {"basis": case.meeting().article, "reasons": case.meeting().reasons}
        case.notify(make_notice(people, hearing_offered=offered, **told), by=people.officer)
    return case


def decided(case: Case, people: People, *, decision: dict[str, Any] | None = None, **values: Any) -> Case:
    """`decision` is what its text says otherwise than usual."""
    notified(case, people, **values)
    case.recheck(models.Recheck(points="当事人没有陈述、申辩。", is_changed=False), by=people.officer)
    case.confirm_recheck(by=people.auditor, reason="同意")
    taken = case.measures_to_decide_on() if "没收非法财物" in case.meeting().kinds else []
    case.propose_decision(make_decision(case, **decision or {}), by=people.officer, measures=taken)
    case.review_decision(by=people.auditor)
    case.decide(by=people.head)
    return case


def served(case: Case, people: People, **values: Any) -> Case:
    decided(case, people, **values)
    case.serve(make_receipt(people), by=people.officer)
    return case


def pay(case: Case, people: People, amount: Any, **values: Any) -> None:
    given = {
        "what": "fine",
        "amount": amount,
        "paid_on": timezone.localdate(),
        "voucher": f"票{case.number}-{case.payments.count()}",
    }
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


def make_cases_of_every_sort(people: People) -> None:
    """Something in every table of a case from the committee on."""
    day = timezone.localdate()
    with on(day - datetime.timedelta(days=500)):
        case = served(make_case(people), people)
        first, second = datetime.timedelta(days=20), datetime.timedelta(days=40)
        plan = [(timezone.localdate() + first, Decimal(300)), (timezone.localdate() + second, Decimal(200))]
        case.arrange(by=people.director, asked_on=timezone.localdate(), instalments=plan)
        order = make_order(people)
        case.order_correction(order, by=people.officer)
        done = {"checked_on": timezone.localdate(), "is_mended": True, "found": "已换"}
        case.check_correction(order, by=people.officer, **done)
        case.begin_remedy(models.Remedy(kind="suit", began_on=timezone.localdate()), by=people.officer)
        end = {"ended_on": timezone.localdate(), "paper": "（2025）冀1026行初1号"}
        case.end_remedy(models.RemedyEnd(outcome="upheld", **end), by=people.officer)
    with on(day - datetime.timedelta(days=440)):
        case.suspend_enforcement(by=people.director, reason="等继承人")
        case.resume_enforcement(by=people.director, reason="已确定")
        case.urge(make_urging(people, fine=500), by=people.officer)
    with on(day - datetime.timedelta(days=310)):
        court = {"court": "文安县人民法院", "applied_on": timezone.localdate(), "fine": 500}
        case.apply_to_court(models.CourtApplication(**court), by=people.director)
        end = {"ended_on": timezone.localdate(), "outcome": "executed", "paper": "（2025）冀1026执1号"}
        case.end_court(models.CourtEnd(**end), by=people.officer)
        pay(case, people, 500, through_court=True)
        case.remit_surcharge(make_agreement(remitted=500), by=people.director, reason="不损害他人")
        case.finish_enforcement(by=people.officer, ground="法院结束执行")
        case.propose_closing(by=people.officer)
        case.close(by=people.director)
        case.report(models.Report(ground="remedy", to="上一级", sent_on=timezone.localdate()), by=people.officer)
        make_missing_papers(case, people)
        draft_publicity(case, people)
        Case.objects.get(pk=case.pk).return_publicity(by=people.chief, reason="漏了一处")
        case = made_public(case, people)
        case.archive(by=people.officer)
        case.amend(models.Amendment(where="笔录", right="十时"), by=people.auditor, reason="笔误")
        case.withdraw_publicity(by=people.chief, ground="mistake", reason="另有错误")
    case = heard(make_case(people), people)
    said = {"kind": "statement", "way": "written", "received_on": case.notice().served_on, "text": "秤是借来的。"}
    case.receive_defence(models.Defence(**said), by=people.officer)
    recheck(case, people)
    case = make_case(people, found_on=day - datetime.timedelta(days=20))
    with on(day - datetime.timedelta(days=20)):
        case.take_measure(make_measure(people), by=people.officer)
        case.approve_measure(case.measures.get(), by=people.director)
    decided(case, people, kinds=["罚款", "没收非法财物"], confiscated=20)
    case.serve(make_receipt(people), by=people.officer)
    pay(case, people, 1)
    case.void_entry(case.payments.get(), by=people.chief, reason="登错了")
    case = served(make_case(people), people, **HEAVY)
    case.party.put(reason="补录", registered_in="天津市")
    push = models.PublicityPush(to="天津市市场监督管理局", sent_on=day)
    case = Case.objects.get(pk=case.pk)
    case.push_publicity(push, by=people.officer)
    case.void_push(by=people.chief, reason="另一案的")
    case.note_fulfilment(make_fulfilment(people), by=people.officer)
    pay(case, people, 500)
    case.begin_remedy(models.Remedy(kind="review", began_on=day), by=people.officer)
    lowered = {"ended_on": day, "outcome": "changed", "fine": 300, "paper": "文政复〔2026〕8号"}
    case.end_remedy(models.RemedyEnd(**lowered), by=people.officer)
    case.refund(models.Refund(what="fine", amount=200, refunded_on=day, voucher="退1"), by=people.officer)
    transferred(make_case(people), people).accept_transfer(make_reply(), by=people.officer)
    case = make_case(people, found_on=day)
    case.penalise_on_the_spot(make_spot_penalty(people), by=people.officer, reason=UNWEIGHED)
    case.correct_spot_penalty(
        models.SpotCorrection(handed_over_on=day, cash=False), by=people.chief, reason="没有收现金"
    )


def make_agreement(**values: Any) -> models.Agreement:
    given = {"agreed_on": timezone.localdate(), "made_good": "已经换了全部台秤。", "remitted": 10}
    return models.Agreement(**given | values)


def make_fulfilment(people: People, **values: Any) -> models.Fulfilment:
    given = {"duty": "责令停产停业", "done_on": timezone.localdate(), "found": "车间已经停产。"}
    return models.Fulfilment(**given | two_officers(people) | values)


HEAVY: dict[str, Any] = {"kinds": ["罚款", "责令停产停业"], "fine": 500}


def make_hearing(people: People, **values: Any) -> models.Hearing:
    """Yesterday, told long enough before."""
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    given = {
        "chair": people.auditor,
        "clerk": people.member,
        "held_on": today - day,
        "place": "二楼",
        "is_public": True,
    }
    return models.Hearing(**given | {"told_on": today - 12 * day, "published_on": today - 8 * day} | values)


def make_minutes(**values: Any) -> models.HearingMinutes:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    given = {"course": "held", "closed_on": yesterday, "agents": 1, "record": "如实记录。", "signature": "signed"}
    return models.HearingMinutes(**given | {"steps": ["指控", "答辩", "质证", "辩论", "最后陈述"]} | values)


def ask_for_a_hearing(case: Case, people: People) -> None:
    asked = case.notice().served_on + datetime.timedelta(days=2)
    given = {"kind": "hearing", "way": "written", "received_on": asked, "text": "要求听证。"}
    case.receive_defence(models.Defence(**given), by=people.officer)


def heard(case: Case, people: People) -> Case:
    """With a hearing, as far as the recheck."""
    notified(case, people, **HEAVY)
    ask_for_a_hearing(case, people)
    case.convene_hearing(make_hearing(people), by=people.director)
    case.hold_hearing(make_minutes(), by=people.member)
    case.report_hearing(models.HearingReport(text="建议维持。"), by=people.auditor)
    return case


def recheck(case: Case, people: People, **values: Any) -> None:
    """Nothing of what the party has said is taken."""
    case = Case.objects.get(pk=case.pk)
    answers = [
        models.DefenceAnswer(defence=each, taken="refused", why="没有证据。") for each in case.notice().statements()
    ]
    row = models.Recheck(**{"points": "维持原来的处理意见。", "is_changed": False} | values)
    case.recheck(row, by=people.officer, answers=answers)


def otherwise_agreed(case: Case, people: People, outcome: str = "none", **values: Any) -> Case:
    """The committee has agreed to no penalty, or to a transfer."""
    qualify(people.auditor)
    conclude(file(case, people), people, **{"outcome": outcome, "kinds": [], "fine": 0} | values)
    case.audit(by=people.auditor, reason="轻微，已改正")
    meet(case, people).agree_otherwise(by=people.head)
    return case


def transferred(case: Case, people: People) -> Case:
    """To the police, with somebody who stepped back on the way."""
    otherwise_agreed(case, people, "transfer", is_crime=True)
    given = {"account": people.stranger, "capacity": "承办人员", "asked_by": "本人", "ground": "亲戚"}
    given |= {"asked_on": timezone.localdate(), "decided_on": timezone.localdate(), "decided_by": "负责人"}
    case.decide_recusal(models.Recusal(**given, steps_back=True), by=people.director)
    case.approve_transfer(by=people.head)
    case.hand_over(
        models.HandingOver(to="文安县公安局", handed_at=timezone.now(), receipt="回执1号"), by=people.officer
    )
    return case


def make_reply(**values: Any) -> models.PoliceReply:
    return models.PoliceReply(**{"replied_on": timezone.localdate(), "paper": "公安立案〔2026〕1号"} | values)


def make_spot_penalty(people: People, **values: Any) -> models.SpotPenalty:
    given: dict[str, Any] = {
        "facts": "用检定过期的秤。",
        "article": "《计量法实施细则》第四十三条",
        "kinds": ["罚款"],
        "fine": Decimal(100),
        "article_kinds": ["警告", "罚款"],
        "maximum": Decimal(1000),
        "grade": "一般",
        "told_and_heard": True,
        "handed_over_on": timezone.localdate(),
        "cash": True,
    }
    return models.SpotPenalty(**given | two_officers(people) | values)


def issue(case: Case, people: People, number: int, row: Any = None, **typed: str) -> Paper:
    """The paper of that form, by whoever makes it; what it asks is answered as it suggests, or by its own question."""
    form = BY_NUMBER[number]
    row = row or next(iter(form.of(case)))
    facts = case.facts(row)
    answers = {asked.name: asked.suggested(facts) or f"{asked.label}。" for asked in form.asks}
    by = people.officer if "handle" in form.roles else people.auditor
    return case.issue_paper(form, row.pk, answers | typed, by=by)


def make_missing_papers(case: Case, people: People) -> None:
    """All that a case needs before it is put away; what is served gets its receipt afterwards."""
    while wanted := list(missing(Case.objects.get(pk=case.pk))):
        for each in wanted:
            for place in range(each.count):
                row = each.rows[0] if each.form.repeats else each.rows[place]
                issue(Case.objects.get(pk=case.pk), people, each.form.number, row)


def make_assessor() -> Any:
    """杜娟, who audits too, and has taken part in no case."""
    return make_account("dujuan", roles.REVIEWER, "杜", "娟")


def assess(people: People) -> models.ScoreSheet:
    """A case closed two days ago is listed yesterday, drawn and scored today."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with on(yesterday - datetime.timedelta(days=1)):
        closed(make_case(people), people)
    assessor = make_assessor()
    with on(yesterday):
        assessment = models.Assessment.fix(by=assessor, year=yesterday.year, half=1 if yesterday.month <= 6 else 2)
    given = {"seed": "08 17 22", "origin": "彩票第 1 期", "published_on": timezone.localdate(), "size": 1}
    drawn = assessment.take_draw(by=assessor, **given).files.get()
    return drawn.score(by=assessor, given={"papers": (2, "笔录漏填页码")}, remark="较好")


def draft_publicity(
    case: Case,
    people: People,
    *,
    mends: str = "",
    marked: str = "",
    uncovered: tuple[str, ...] = (),
    restricted_until: datetime.date | None = None,
    **typed: str,
) -> models.PublicityDraft:
    """By 高远, as the page suggests it but for what is `typed`; where it `mends` what is public, with the reason."""
    case = Case.objects.get(pk=case.pk)
    wording = Wording(case.public_source().suggested() | typed, marked, uncovered)
    if mends:
        case.mend_publicity(wording, by=people.officer, reason=mends, restricted_until=restricted_until)
    else:
        case.draft_publicity(wording, by=people.officer, restricted_until=restricted_until)
    return case.publicity_drafts.latest("pk")


def release_publicity(case: Case, people: People) -> None:
    """By 石磊, who has read it."""
    case = Case.objects.get(pk=case.pk)
    shown = case.publicity_drafts.latest("pk").seen_as
    case.release_publicity(by=people.chief, secrecy="不涉及国家秘密、商业秘密、个人隐私。", shown=shown)


def made_public(case: Case, people: People, **values: Any) -> Case:
    """Served, on paper, drafted and released."""
    if not case.served_on():
        served(case, people)
    if not case.papers.filter(form__in=(29, 30)).exists():
        issue(Case.objects.get(pk=case.pk), people, 29)
    draft_publicity(case, people, **values)
    release_publicity(case, people)
    return Case.objects.get(pk=case.pk)
