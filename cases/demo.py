"""What whoever tries the portal finds of cases: certificates and a committee of the demonstration accounts, and three
cases marked 演示: one that is investigated, one on which the committee is about to vote, and one from the clue to the
archive. In the embedded database only. They are made by the same acts as all others and so bear the day on which they
are made: what has to wait for the party is left to whoever tries it."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Account
from cases.amounts import Grade
from cases.case import Case
from cases.discretion.offer import Offer
from cases.discretion.violations import Violation
from cases.rows.committee import Ballot, Meeting
from cases.rows.conclusion import Conclusion
from cases.rows.inspection import Inspection
from cases.rows.measure import Measure
from cases.rows.people import Member, Officer
from cases.rows.proposal import COLUMNS as PROPOSAL
from cases.rows.proposal import Outcome
from cases.rows.receipt import Receipt
from cases.rows.roll import RollRow
from cases.rows.testing import Testing

OFFICERS = {"officer": "", "officer2": "", "reviewer": "演示A0001"}
"""Who has a certificate, with the number of the examination of those who audit."""
COMMITTEE = {
    "head": Member.Post.CHAIR,
    "director": Member.Post.DEPUTY,
    "member": Member.Post.MEMBER,
    "member2": Member.Post.MEMBER,
    "member3": Member.Post.MEMBER,
}
SINCE = datetime.date(2018, 1, 1)
INVESTIGATED: dict[str, Any] = {
    "source": "duty",
    "kinds": ["equipment"],
    "clue": "演示：巡查发现一台电梯的检验标志过期。这是演示的案件，各步都在同一天办理。",
    "party_kind": "organisation",
    "party_name": "演示物业公司",
}
PUT_TO_THE_VOTE: dict[str, Any] = {
    "source": "referral",
    "kinds": ["metrology"],
    "clue": "演示：其他机关移送，一家公司没有授权就给加油机做检定。这是演示的案件，各步都在同一天办理。",
    "party_kind": "organisation",
    "party_name": "演示检测公司",
}
WHOLE: dict[str, Any] = {
    "source": "report",
    "kinds": ["metrology"],
    "clue": "演示：举报人称集贸市场一台秤少称，请核查。这是演示的案件，各步都在同一天办理。",
    "party_kind": "person",
    "party_name": "演示甲",
}


def make_demonstration_cases() -> None:
    """Each only where it is missing."""
    people = Account.objects.in_bulk([*OFFICERS, *COMMITTEE, "chief", "auditor"], field_name="username")
    for number, (name, examination) in enumerate(OFFICERS.items(), start=1):
        if not Officer.objects.filter(account=people[name]).exists():
            given = {"certificate": f"演示{number:04}", "law_certificate": examination, "since": SINCE}
            enter_on_the_roll(Officer(account=people[name], **given), endorsed_by=people["auditor"])
    for name, post in COMMITTEE.items():
        if not Officer.objects.filter(account=people[name]).exists():
            officer = Officer(account=people[name], certificate=f"演示委{people[name].pk:03}", since=SINCE)
            enter_on_the_roll(officer, endorsed_by=people["auditor"])
        if not Member.objects.filter(account=people[name]).exists():
            member = Member(account=people[name], post=post, since=SINCE)
            enter_on_the_roll(member, endorsed_by=people["auditor"])
    if not Case.objects.exists():
        demonstrated = Demonstration(people)
        demonstrated.investigate()
        demonstrated.put_to_the_vote()
        demonstrated.go_the_whole_way()


def enter_on_the_roll(row: RollRow, *, endorsed_by: Account) -> None:
    row.save(reason="演示")
    row.endorse(by=endorsed_by, seen=row.latest_record().pk)


class Demonstration:
    """The acts of a case, by the demonstration accounts."""

    def __init__(self, people: dict[str, Account]) -> None:
        self.people, self.today, self.now = people, timezone.localdate(), timezone.now()
        self.handlers = list(Officer.objects.filter(account__username__in=["officer", "officer2"]).order_by("pk"))
        self.two = dict(zip(("first_officer", "second_officer"), self.handlers, strict=True))

    def investigate(self) -> None:
        """Sealed and sent for testing; whoever goes on approves the sealing first."""
        officer = self.people["officer"]
        case = self._filed(INVESTIGATED)
        hour = datetime.timedelta(hours=1)
        given = {"kind": Measure.Kind.SEALING, "power": Measure.Power.EQUIPMENT, "days": 30, "goods": "电梯一台"}
        consent = {"consent_at": self.now - 2 * hour, "consent_by": "演示领导"}
        measure = Measure(**given, **consent, **self.two, taken_at=self.now - hour, place="演示小区")
        case.take_measure(measure, by=officer)
        testing = Testing(
            kind=Testing.Kind.EXAMINATION,
            institute="演示检验所",
            sample="电梯一台",
            sent_on=self.today,
            until=self.today + datetime.timedelta(days=10),
            is_told_in_writing=True,
        )
        case.send_for_testing(testing, by=officer)

    def put_to_the_vote(self) -> None:
        """All members sit, and nobody has voted yet."""
        penalty = {"outcome": Outcome.PENALTY, "kinds": ["警告", "罚款"], "fine": 200}
        found = {"facts": "没有授权，给加油机一台做检定。", "evidence": "现场检查笔录和检定证书证明没有授权做了检定。"}
        self._met(PUT_TO_THE_VOTE, **found, **penalty)

    def _weigh(self, case: Case) -> None:
        offer = Offer(Violation.objects.get(code="WF-02"), self.today, self.today)
        case.weigh(
            offer,
            by=self.people["officer"],
            provision=offer.provisions[0],
            grade=Grade.LIGHT,
            evidence={"YS-19": "询问笔录"},
        )

    def go_the_whole_way(self) -> None:
        """To 不予处罚, which waits for nobody outside the bureau, and into the archive."""
        found = {"facts": "台秤检定过期三日，没有少称。", "evidence": "现场检查笔录证明检定过期、示值合格。"}
        case = self._met(WHOLE, **found, outcome=Outcome.NONE, reasons="轻微，当场送检，没有后果。")
        officer, head = self.people["officer"], self.people["head"]
        for name in COMMITTEE:
            case.vote(by=self.people[name], vote=Ballot.Vote.AGREE)
        case.agree_otherwise(by=head)
        case.approve_outcome(by=head)
        receipt = Receipt(mode="直接送达", served_on=self.today, recipient="演示甲", has_consent=False, **self.two)
        case.serve_outcome(receipt, by=officer)
        case.propose_closing(by=officer)
        case.close(by=self.people["director"])
        self._make_papers(case)
        case.archive(by=officer)

    def _make_papers(self, case: Case) -> None:
        """All that the archive asks for, what nobody knows left to the file itself."""
        while wanted := case.missing_papers():
            for each in (each for each in wanted if each.rows):
                form, row = each.form, each.rows[0]
                facts = case.facts(row)
                typed = {asked.name: asked.suggested(facts) or "见案卷。" for asked in form.asks}
                maker = "officer" if "handle" in form.roles else "reviewer"
                case.issue_paper(form, row.pk, typed, by=self.people[maker])

    def _filed(self, clue: dict[str, Any]) -> Case:
        officer = self.people["officer"]
        found = timezone.localdate(self.now - datetime.timedelta(hours=2))  # before anything was done, also at midnight
        case: Case = Case.register(by=officer, found_on=found, **clue)
        began, ended = (self.now - datetime.timedelta(minutes=minutes) for minutes in (30, 5))
        inspection = Inspection(
            kind=Inspection.Kind.CHECK,
            began_at=began,
            ended_at=ended,
            place="演示地点",
            record="演示笔录。",
            signature=Inspection.Signature.SIGNED,
            **self.two,
        )
        case.inspect(inspection, by=officer)
        case.propose_filing(by=officer)
        case.review_filing(by=self.people["chief"])
        case.file(by=self.people["director"], handlers=self.handlers)
        return case

    def _met(self, clue: dict[str, Any], **concluded: Any) -> Case:
        case, reviewer = self._filed(clue), self.people["reviewer"]
        if concluded["outcome"] == Outcome.PENALTY:
            self._weigh(case)
        conclusion = Conclusion(
            act_ended_on=self.today, harms_life=False, rights_told=True, is_crime=False, **concluded
        )
        case.conclude(conclusion, by=self.people["officer"])
        case.audit(by=reviewer, reason="事实清楚，证据确凿。")
        members = list(Member.objects.filter(account__username__in=COMMITTEE).order_by("pk"))
        meeting = Meeting(
            held_on=self.today,
            place="演示会议室",
            chair=next(member for member in members if member.post == Member.Post.CHAIR),
            is_deputised=False,
            is_weighty=False,
            record="承办人员汇报案情，委员讨论。",
            **{name: getattr(conclusion, name) for name in PROPOSAL},
        )
        case.meet(meeting, by=reviewer, present=members, reason="委员名单已核对。")
        return case
