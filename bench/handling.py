"""What is done with cases while the portal is being killed, and what of it was acknowledged: clues taken down, records,
payments, votes. Used by bench.stress."""

import contextlib
import datetime
import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

PEOPLE = {
    "officer": "执法人员",
    "officer2": "执法人员",
    "chief": "股长",
    "head": "主要负责人",
    "member0": "案审委委员",
    "member1": "案审委委员",
    "member2": "案审委委员",
}
"""Beside reviewer and director, who are there for the editions too."""
MEMBERS = ("member0", "member1", "member2")
OFFICE = "GS-02"
MEETINGS = 20
"""On which the members have to vote; who is through with them waits."""
UNANSWERED = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Prepared:
    investigated: int
    enforced: int
    put_to_the_vote: list[int]
    officers: tuple[int, int]


def prepared() -> Prepared:
    """A case that is investigated, one of which the fine is paid by the fen, and those on which the committee sits."""
    from django.utils import timezone

    from accounts.models import Account
    from cases.demo import enter_on_the_roll
    from cases.models import Case, Conclusion, Inspection, Meeting, Member, Officer, SpotPenalty
    from cases.rows.proposal import COLUMNS

    today, now, since = timezone.localdate(), timezone.now(), datetime.date(2018, 1, 1)
    people = Account.objects.in_bulk([*PEOPLE, "reviewer", "director", "auditor"], field_name="username")
    for number, name in enumerate(("officer", "officer2", "reviewer")):
        officer = Officer(account=people[name], certificate=f"B{number}", law_certificate="A1", since=since)
        enter_on_the_roll(officer, endorsed_by=people["auditor"])
    for name, post in {"head": "chair", "director": "deputy", **dict.fromkeys(MEMBERS, "member")}.items():
        member = Member(account=people[name], post=post, since=since)
        enter_on_the_roll(member, endorsed_by=people["auditor"])
    handlers = list(Officer.objects.filter(account__username__in=["officer", "officer2"]).order_by("pk"))
    two = dict(zip(("first_officer", "second_officer"), handlers, strict=True))
    members = list(Member.objects.order_by("pk"))

    def registered() -> Any:
        clue = {"source": "report", "kinds": ["metrology"], "clue": "秤", "party_kind": "person", "party_name": "甲"}
        return Case.register(by=people["officer"], found_on=today, **clue)

    def filed() -> Any:
        case = registered()
        case.propose_filing(by=people["officer"])
        case.review_filing(by=people["chief"])
        case.file(by=people["director"], handlers=handlers)
        return case

    def met() -> Any:
        case = filed()
        hours = {"began_at": now - datetime.timedelta(hours=1), "ended_at": now}
        seen = Inspection(kind="check", place="市场", record="笔录", signature="signed", **hours, **two)
        case.inspect(seen, by=people["officer"])
        found = {"facts": "过期", "evidence": "笔录", "act_ended_on": today, "outcome": "none"}
        conclusion = Conclusion(harms_life=False, rights_told=True, is_crime=False, **found)
        case.conclude(conclusion, by=people["officer"])
        case.audit(by=people["reviewer"], reason="清楚")
        said = {"place": "会议室", "record": "讨论", "is_deputised": False, "is_weighty": False}
        own = {name: getattr(conclusion, name) for name in COLUMNS}
        meeting = Meeting(held_on=today, chair=next(each for each in members if each.post == "chair"), **said, **own)
        case.meet(meeting, by=people["reviewer"], present=members, reason="已核对")
        return case

    spot = registered()
    penalty = {
        "facts": "过期",
        "article": "《计量法实施细则》第四十三条",
        "kinds": ["罚款"],
        "fine": 200,
        "article_kinds": ["罚款"],
        "maximum": 1000,
    }
    given = {"grade": "一般", "told_and_heard": True, "handed_over_on": today, "cash": False}
    spot.penalise_on_the_spot(SpotPenalty(**penalty, **given, **two), by=people["officer"])
    first, second = (officer.pk for officer in handlers)
    return Prepared(filed().pk, spot.pk, [met().pk for _ in range(MEETINGS)], (first, second))


class Handling:
    """Officers and members at work without a pause."""

    def __init__(self, browser: Callable[[str], Any], there: Prepared) -> None:
        self.browser, self.there, self.over = browser, there, threading.Event()
        self.acknowledged: dict[str, list[str]] = {"registered": [], "inspected": [], "paid": [], "voted": []}
        """By the verb of the act, what tells each from the others: clue, record, voucher, who voted on which case."""
        self.failed: list[str] = []
        self.tries = itertools.count(1)

    @property
    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    @contextlib.contextmanager
    def going_on(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._officer)]
        threads += [threading.Thread(target=self._member, args=[name]) for name in MEMBERS]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _officer(self) -> None:
        browser = self.browser("officer")
        for act in itertools.cycle((self._register, self._inspect, self._pay)):
            if self.over.is_set():
                return
            self._try(browser, act)

    def _member(self, name: str) -> None:
        browser = self.browser(name)
        for case in self.there.put_to_the_vote:
            while not self.over.is_set() and not self._try(
                browser, lambda browser, case=case: self._vote(browser, case)
            ):
                pass

    def _try(self, browser: Any, act: Callable[[Any], bool]) -> bool:
        try:
            if "等您办的" not in browser.get("/admin/"):
                browser.log_in()
            return act(browser)
        except (*UNANSWERED, AssertionError) as error:
            self.failed.append(repr(error))
            time.sleep(0.05)
            return False

    def _register(self, browser: Any) -> bool:
        said, today = f"线索 {next(self.tries)}", datetime.date.today().isoformat()
        given = {"source": "report", "kinds": ["metrology"], "party_kind": "person", "party_name": "乙"}
        page = browser.post("/admin/cases/case/add/", clue=said, found_on=today, **given)
        return self._keep("registered", said, "已登记" in page)

    def _inspect(self, browser: Any) -> bool:
        said = f"笔录 {next(self.tries)}"
        first, second = self.there.officers
        given = {"kind": "check", "place": "市场", "ids_shown": "on", "signature": "signed", "first_officer": first}
        hours = {"began_at": "2026-01-05T09:00", "ended_at": "2026-01-05T10:00"}
        path = self._act(self.there.investigated, "inspected")
        page = browser.post(path, record=said, second_officer=second, **given, **hours)
        return self._keep("inspected", said, "已办" in page)

    def _pay(self, browser: Any) -> bool:
        said = f"票 {next(self.tries)}"
        page = browser.post(self._act(self.there.enforced, "paid"), what="fine", amount="0.01", voucher=said)
        return self._keep("paid", said, "已办" in page)

    def _vote(self, browser: Any, case: int) -> bool:
        """Whoever lost the answer on the way finds the vote given."""
        page = browser.post(self._act(case, "voted"), vote="agree", password=browser.password)
        self._keep("voted", f"{browser.username} {case}", "已办" in page)
        return "已办" in page or "已经表决" in page

    def _keep(self, verb: str, said: str, is_acknowledged: bool) -> bool:
        if is_acknowledged:
            self.acknowledged[verb].append(said)
        return is_acknowledged

    @staticmethod
    def _act(case: int, verb: str) -> str:
        return f"/admin/cases/case/{case}/do/{verb}/"

    def wrong(self) -> Iterator[str]:
        """What was acknowledged and is not there once, and what is there without its line in the timeline."""
        from cases.models import Ballot, Case, CaseAct, Inspection, Payment

        votes = Ballot.objects.values_list("attendance__member__account__username", "attendance__meeting__case")
        there = {
            "registered": list(Case.objects.values_list("clue", flat=True)),
            "inspected": list(Inspection.objects.values_list("record", flat=True)),
            "paid": list(Payment.objects.values_list("voucher", flat=True)),
            "voted": [f"{name} {case}" for name, case in votes],
        }
        for verb, kept in there.items():
            counted = Counter(kept)
            for said in self.acknowledged[verb]:
                if counted[said] != 1:
                    yield f"{verb} “{said}” was acknowledged and stands {counted[said]} times"
            if (lines := CaseAct.objects.filter(verb=verb).count()) != len(kept):
                yield f"{verb}: {len(kept)} in the tables, {lines} in the timelines"
