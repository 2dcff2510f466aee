"""What whoever tries the portal finds of cases: certificates for the demonstration accounts, and three cases marked
演示, as far as the way goes. In the embedded database only."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Account
from cases.case import Case
from cases.rows.people import Member, Officer

OFFICERS = ("officer", "officer2")
SINCE = datetime.date(2018, 1, 1)
CLUES: tuple[dict[str, Any], ...] = (
    {
        "source": "report",
        "kinds": ["metrology"],
        "clue": "演示：举报人称集贸市场一台秤少称，请核查。",
        "party_kind": "person",
        "party_name": "演示甲",
    },
    {
        "source": "duty",
        "kinds": ["equipment"],
        "clue": "演示：巡查发现一台电梯的检验标志过期。",
        "party_kind": "organisation",
        "party_name": "演示物业公司",
    },
    {
        "source": "referral",
        "kinds": ["quality", "licences"],
        "clue": "演示：其他机关移送，一批产品没有生产许可证标志。",
        "party_kind": "organisation",
        "party_name": "演示塑料制品厂",
    },
)


def make_demonstration_cases() -> None:
    """Each only where it is missing."""
    people = Account.objects.in_bulk(["officer", "officer2", "member", "chief", "head"], field_name="username")
    for number, name in enumerate(OFFICERS, start=1):
        if not Officer.objects.filter(account=people[name]).exists():
            Officer(account=people[name], certificate=f"演示{number:04}", since=SINCE).save(reason="演示")
    if not Member.objects.filter(account=people["member"]).exists():
        Member(account=people["member"], post=Member.Post.MEMBER, since=SINCE).save(reason="演示")
    if not Case.objects.exists():
        _make_cases(people)


def _make_cases(people: dict[str, Account]) -> None:
    today = timezone.localdate()
    _, waiting, filed = (Case.register(by=people["officer"], found_on=today, **clue) for clue in CLUES)
    for case in (waiting, filed):
        case.propose_filing(by=people["officer"])
        case.review_filing(by=people["chief"])
    filed.file(by=people["head"], handlers=Officer.objects.filter(account__username__in=OFFICERS))
