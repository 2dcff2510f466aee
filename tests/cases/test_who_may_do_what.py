"""Who may do what with whose case: every role, at a case of their own, of their own office and of another, before every
act and every page. What is expected is written down here by hand, from regime 十四 and the rules beside it."""

import datetime
import inspect
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from acts.errors import NotYours, Refused
from cases import models
from cases.case import CaseQuerySet
from cases.discretion.offer import Offer
from cases.models import Case, Officer
from cases.papers.forms import BY_NUMBER
from cases.publicity.composing import Wording
from cases.rows.party import Reading
from tests.acting import on
from tests.cases import people as made
from tests.cases.people import HEAVY, OFFICE, People, make_people
from tests.conftest import make_account, own_databases, signed_in

OWN, OFFICES, FOREIGN = "own", "own office's", "foreign"

HANDLES, LEADS, AUDITS, SITS, CHAIRS, HEARS, APPROVES, DETERMINES = (
    "handles it",  # 承办人员
    "leads the office that handles it",  # 承办机构负责人
    "audits",  # 案审办
    "sits at its meeting",  # 出席的案审委委员
    "chairs the committee",  # 案审委主任委员
    "holds its hearing",  # 听证主持人、记录员
    "approves",  # 负责人
    "determines",  # 主要负责人
)
LOOKS_ON: set[str] = set()

STANDING: dict[tuple[str, str], set[str] | None] = {
    (roles.OFFICER, OWN): {HANDLES},
    (roles.OFFICER, OFFICES): None,
    (roles.OFFICER, FOREIGN): None,
    (roles.CHIEF, OWN): {LEADS, SITS},
    (roles.CHIEF, OFFICES): {LEADS},
    (roles.CHIEF, FOREIGN): None,
    (roles.REVIEWER, OWN): {AUDITS, SITS, HEARS},
    (roles.REVIEWER, FOREIGN): {AUDITS},
    (roles.MEMBER, OWN): {SITS, HEARS},
    (roles.MEMBER, OFFICES): None,
    (roles.MEMBER, FOREIGN): None,
    (roles.DIRECTOR, OWN): {APPROVES, SITS},
    (roles.DIRECTOR, FOREIGN): {APPROVES},
    (roles.HEAD, OWN): {APPROVES, DETERMINES, SITS, CHAIRS},
    (roles.HEAD, FOREIGN): {APPROVES, DETERMINES},
    (roles.AUDITOR, FOREIGN): LOOKS_ON,
    (roles.EDITOR, FOREIGN): None,
    (roles.SYSADMIN, FOREIGN): None,
}
"""What each is to a case; None where they do not see it. Who is of no office has no case of an own
office; 审计, 编辑 and 系统管理 have none of their own."""
NO_CASES = {roles.EDITOR, roles.SYSADMIN}

ACTS: dict[str, dict[str, set[str]]] = {
    "核查": {
        "proposed": {HANDLES},
        "penalised_on_the_spot": {HANDLES},
        "weighed": {HANDLES},
        "inspected": {HANDLES},
        "measured": {HANDLES},
        "tested": {HANDLES},
        "evidence_kept": {HANDLES},
        "attached": {HANDLES},
        "prolonged": {APPROVES},
        "recusal_decided": {APPROVES},
        "measure_allowed": {AUDITS},
    },
    "报请立案": {"reviewed": {LEADS}, "sent_back": {LEADS, APPROVES}},
    "立案待批准": {"filed": {APPROVES}, "not_filed": {APPROVES}},
    "调查": {
        "concluded": {HANDLES},
        "test_received": {HANDLES},
        "measure_approved": {APPROVES},
        "measure_prolonged": {APPROVES},
        "measure_ended": {APPROVES},
        "attachment_voided": {HANDLES},
        "correction_ordered": {HANDLES, APPROVES},
        "correction_checked": {HANDLES},
        "handlers_added": {APPROVES},
        "investigation_suspended": {APPROVES},
        "investigation_ended": {APPROVES},
        "decision_prolonged": {APPROVES},
        "decision_prolonged_again": {APPROVES},
    },
    "中止调查": {"investigation_resumed": {APPROVES}},
    "待审核": {
        "audited": {AUDITS},
        "audit_returned": {AUDITS},
        "audit_prolonged": {APPROVES},
        "paper_issued": {HANDLES, AUDITS},
        "paper_voided": {HANDLES, AUDITS},
    },
    "待审理": {"met": {AUDITS}},
    "审理": {
        "voted": {SITS},
        "agreed": {SITS},
        "agreed_otherwise": {SITS},
        "sent_to_supplement": {SITS},
        "adjourned": {SITS},
        "meeting_annulled": {AUDITS},
    },
    "待主要负责人批准": {
        "outcome_approved": {APPROVES},
        "outcome_returned": {APPROVES},
        "transfer_approved": {APPROVES},
    },
    "移送": {"handed_over": {HANDLES}, "police_accepted": {HANDLES}, "police_refused": {HANDLES}},
    "待告知": {"notified": {HANDLES}},
    "已告知": {"defended": {HANDLES}, "rechecked": {HANDLES}, "hearing_convened": {APPROVES}},
    "听证": {"hearing_held": {HEARS}, "hearing_reported": {HEARS}},
    "复核待审核": {
        "recheck_confirmed": {AUDITS},
        "recheck_to_committee": {AUDITS},
        "recheck_returned": {AUDITS},
        "letter_received": {HANDLES},
    },
    "待决定": {"decision_proposed": {HANDLES}},
    "决定待审核": {"decision_reviewed": {AUDITS}},
    "决定待批准": {"decided": {CHAIRS, APPROVES}, "decision_returned": {CHAIRS, APPROVES}},
    "已决定": {"served": {HANDLES}, "outcome_served": {HANDLES}},
    "执行": {
        "paid": {HANDLES},
        "entry_voided": {LEADS, APPROVES},
        "refunded": {HANDLES},
        "fulfilled": {HANDLES},
        "receipt_corrected": {LEADS, APPROVES},
        "spot_corrected": {LEADS, APPROVES},
        "goods_taken": {HANDLES},
        "arranged": {APPROVES},
        "surcharge_remitted": {APPROVES},
        "remedy_begun": {HANDLES},
        "remedy_ended": {HANDLES},
        "urged": {HANDLES},
        "applied_to_court": {APPROVES},
        "court_ended": {HANDLES},
        "enforced": {HANDLES},
        "enforcement_suspended": {APPROVES},
        "enforcement_ended": {APPROVES},
        "publicity_drafted": {HANDLES},
        "publicity_mended": {HANDLES},
        "publicity_pushed": {HANDLES},
        "publicity_push_voided": {LEADS, AUDITS, APPROVES},
        "publicity_released": {LEADS, AUDITS, APPROVES},
        "publicity_returned": {HANDLES, LEADS, AUDITS, APPROVES},
        "publicity_withdrawn": {HANDLES, LEADS, AUDITS, APPROVES},
        "publicity_ended_early": {APPROVES},
    },
    "中止执行": {"enforcement_resumed": {APPROVES}},
    "待结案": {
        "closing_proposed": {HANDLES},
        "enforcement_reopened": {APPROVES},
        "reply_voided": {LEADS, APPROVES},
    },
    "结案待批准": {"closed": {APPROVES}, "closing_returned": {APPROVES}},
    "已结案": {"reported": {HANDLES}, "archived": {HANDLES}},
    "已归档": {"amended": {AUDITS}},
}
"""Where a case has to stand for each act, as its page says it, and what to the case whoever may do it is."""
IN_TWO_STATES = {"decision_returned": {AUDITS}}
"""Also theirs, in another state: they are let in, and told that it is too late."""

METHODS = ("HEAD", "POST", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PROPFIND")
SAID_IN_IT = "台秤少称"
"""What the clue says."""
SEES, TAKES = "sees it", "takes what is personal out of it"
NAMES_OF_THOSE_ON_IT = {HANDLES, LEADS, AUDITS, APPROVES}
OF_A_CASE: dict[str, str | set[str]] = {
    "cases_case_change": SEES,
    "cases_case_party": SEES,
    "cases_case_change_party": {HANDLES},
    "cases_case_file": TAKES,
    "cases_case_paper": TAKES,
    "cases_case_deadlines": SEES,
    "cases_case_deadlines_pdf": SEES,
}
TAKES_DOWN_CLUES = {roles.OFFICER, roles.CHIEF}
OF_NONE = {
    "cases_case_changelist": set(roles.ROLES) - NO_CASES,
    "cases_worklist": set(roles.ROLES) - NO_CASES,
    "cases_calculator": set(roles.ROLES) - NO_CASES,
    "cases_subscription": set(roles.ROLES) - NO_CASES,
    "cases_roll": set(roles.ROLES) - NO_CASES,
    "cases_case_add": TAKES_DOWN_CLUES,
    "cases_figures": {roles.CHIEF, roles.REVIEWER, roles.DIRECTOR, roles.HEAD, roles.AUDITOR},
    "cases_assessments": {roles.REVIEWER, roles.DIRECTOR, roles.HEAD, roles.AUDITOR},
}
ELSEWHERE = {
    "cases_case_act",  # ACTS
    "cases_calendar",  # opened by its secret, by nobody's account (test_subscribing_to_a_calendar)
    "cases_case_paper_preview",  # sent, not opened: below
    "cases_case_history",  # of Django's admin: below
    "cases_case_delete",
    "cases_case_volume",  # of a case that is near its closing (test_putting_a_case_into_the_archive)
    "cases_case_volume_file",
    "cases_assessment",  # of a half-year that was fixed (test_drawing_files_for_review, test_scoring_a_file)
    "cases_assessment_list",
    "cases_assessment_sheet",
    "cases_figures_csv",  # as the page of it (test_reading_the_figures)
}


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    with own_databases(django_db_blocker) as make:
        make()
        people = make_people()
        made.qualify(people.auditor)
        made.make_committee(people)
        yield people


@pytest.fixture(autouse=True)
def read_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of these pages are refused before anything of the case is looked at: nothing is read ahead."""
    monkeypatch.setattr(CaseQuerySet, "with_its_rows", lambda cases: cases)


@pytest.fixture(scope="module")
def everybody(people: People) -> dict[tuple[str, str], list[Any]]:
    """Who is what to a case of 高远 and 田野."""
    others = {
        (roles.OFFICER, OFFICES): "zhangming",
        (roles.CHIEF, OFFICES): "wangqiang3",
        (roles.REVIEWER, FOREIGN): "sunhua",
        (roles.MEMBER, OFFICES): "heping",
        (roles.MEMBER, FOREIGN): "heqing",
        (roles.DIRECTOR, FOREIGN): "zhouhai",
        (roles.HEAD, FOREIGN): "haohai",
        (roles.EDITOR, FOREIGN): "wanghai",
        (roles.SYSADMIN, FOREIGN): "zhaohai",
    }
    found = {
        where: [make_account(name, where[0], "试", name, office=OFFICE if where[1] == OFFICES else "")]
        for where, name in others.items()
    }
    return found | {
        (roles.OFFICER, OWN): [people.officer],
        (roles.OFFICER, FOREIGN): [people.stranger],
        (roles.CHIEF, OWN): [people.chief],
        (roles.CHIEF, FOREIGN): [people.other_chief],
        (roles.REVIEWER, OWN): [people.auditor],
        (roles.DIRECTOR, OWN): [people.director],
        (roles.HEAD, OWN): [people.head],
        (roles.MEMBER, OWN): [people.member],
        (roles.AUDITOR, FOREIGN): [people.inspector],
    }


@pytest.fixture(scope="module")
def clients(everybody: dict[tuple[str, str], list[Any]]) -> dict[str, Client]:
    return {account.username: signed_in(account) for accounts in everybody.values() for account in accounts}


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def the_way(people: People) -> Iterator[Case]:
    """Three cases, wherever somebody's turn comes; all of it long enough ago for the terms of the party."""
    today = timezone.localdate()
    officer = people.officer
    case = made.make_case(people, party_name="市场甲")
    case.keep_evidence(made.make_evidence(people), by=officer, file=made.make_file())
    case.send_for_testing(made.make_testing(), by=officer)
    measure = made.make_measure(people)
    case.take_measure(measure, by=officer)
    yield case
    case.propose_filing(by=officer)
    yield case
    case.review_filing(by=people.chief)
    yield case
    with on(today - days(14)):
        case.file(by=people.director, handlers=Officer.objects.filter(account__in=[officer, people.second]))
    case.order_correction(made.make_order(people), by=officer)
    yield case
    case.suspend_investigation(by=people.director, reason="等检验")
    yield case
    case.resume_investigation(by=people.director, reason="已检验")
    made.conclude(case, people, **HEAVY)
    made.issue(case, people, 23)
    yield case
    with on(today - days(14)):
        case.audit(by=people.auditor, reason="事实清楚")
    yield case
    with on(today - days(14)):
        members = made.make_committee(people)
        case.meet(made.make_meeting(members, case.conclusion()), by=people.auditor, present=members, reason="已核对")
    yield case
    with on(today - days(14)):
        for account in people.committee:
            case.vote(by=account, vote="agree")
        case.agree(by=people.head)
    yield case
    with on(today - days(14)):
        case.notify(made.make_notice(people, hearing_offered=True), by=officer)
    made.ask_for_a_hearing(case, people)
    yield case
    case.convene_hearing(made.make_hearing(people), by=people.director)
    yield case
    case.hold_hearing(made.make_minutes(), by=people.member)
    case.report_hearing(models.HearingReport(text="建议维持。"), by=people.auditor)
    case.recheck(models.Recheck(points="不采纳。", is_changed=False), by=officer)
    yield case
    case.confirm_recheck(by=people.auditor, reason="同意")
    yield case
    case.propose_decision(made.make_decision(case), by=officer)
    yield case
    case.review_decision(by=people.auditor)
    yield case
    case.decide(by=people.head)
    yield case
    case.serve(made.make_receipt(people), by=officer)
    made.issue(case, people, 29)
    made.pay(case, people, 1)
    yield case
    case.suspend_enforcement(by=people.director, reason="等继承人")
    yield case
    case.resume_enforcement(by=people.director, reason="已确定")
    made.pay(case, people, 499)
    case.note_fulfilment(made.make_fulfilment(people), by=officer)
    case.end_measure(measure, by=people.director, how="released", reason="已整改")
    testing = case.testings.get()
    case.receive_result(testing, by=officer, received_on=today, conclusion="不合格")
    mended = {"checked_on": today, "is_mended": True, "found": "已换"}
    case.check_correction(case.correction_orders.get(), by=officer, **mended)
    case.finish_enforcement(by=officer, ground="决定执行完毕")
    yield case
    case.propose_closing(by=officer)
    yield case
    case.close(by=people.director)
    yield case
    made.make_missing_papers(case, people)
    case.archive(by=officer, reason=made.UNPUBLISHED)
    yield case
    yield made.otherwise_agreed(made.make_case(people, party_name="市场乙"), people)
    transferred = made.otherwise_agreed(
        made.make_case(people, party_name="市场丙"), people, outcome="transfer", is_crime=True
    )
    transferred.approve_transfer(by=people.head)
    yield transferred


def given(case: Case, people: People, verb: str) -> dict[str, Any]:
    """Something for each parameter of the method that does the act, as its form would bring it."""
    today, now = timezone.localdate(), timezone.now()
    offer = Offer(models.Violation.objects.get(code="WF-02"), today, today)
    ends = {"ended_on": today, "outcome": "upheld", "paper": "1号"}
    recusal = {"account": people.member, "capacity": "承办人员", "asked_on": today, "asked_by": "本人", "ground": "亲"}
    things: dict[str, Callable[[], Any]] = {
        "reason": lambda: "理由",
        "days": lambda: 5,
        "ground": lambda: "决定执行完毕",
        "handlers": lambda: Officer.objects.all(),
        "recusal": lambda: models.Recusal(**recusal, decided_by="负责人", decided_on=today, steps_back=True),
        "inspection": lambda: made.make_inspection(people),
        "measure": lambda: case.measures.first() or made.make_measure(people),
        "testing": lambda: case.testings.first() or made.make_testing(),
        "evidence": lambda: made.make_evidence(people),
        "file": lambda: made.make_file("另一个"),
        "attachment": lambda: case.attachments.first(),
        "conclusion": lambda: models.Conclusion(**made.CONCLUSION | {"act_ended_on": today}),
        "offer": lambda: offer,
        "provision": lambda: offer.provisions[0],
        "grade": lambda: "一般",
        "meeting": lambda: case.conclusion() and made.make_meeting(made.make_committee(people), case.conclusion()),
        "present": lambda: made.make_committee(people),
        "vote": lambda: "agree",
        "reply": lambda: made.make_reply(),
        "handing_over": lambda: models.HandingOver(to="县公安局", handed_at=now, receipt="1号"),
        "notice": lambda: made.make_notice(people, hearing_offered=True),
        "defence": lambda: models.Defence(kind="statement", way="written", received_on=today, text="轻。"),
        "recheck": lambda: models.Recheck(points="不采纳。", is_changed=False),
        "hearing": lambda: made.make_hearing(people),
        "minutes": lambda: made.make_minutes(),
        "decision": lambda: made.make_decision(case),
        "receipt": lambda: made.make_receipt(people),
        "order": lambda: case.correction_orders.first() or made.make_order(people),
        "checked_on": lambda: today,
        "is_mended": lambda: True,
        "found": lambda: "已换",
        "payment": lambda: models.Payment(what="fine", amount=1, paid_on=today, voucher="9"),
        "entry": lambda: case.payments.first(),
        "refund": lambda: models.Refund(what="fine", amount=1, refunded_on=today, voucher="1"),
        "fulfilment": lambda: made.make_fulfilment(people),
        "asked_on": lambda: today,
        "instalments": lambda: [(today + days(9), Decimal(500))],
        "agreement": lambda: made.make_agreement(),
        "correction": lambda: models.SpotCorrection(handed_over_on=today, cash=False),
        "remedy": lambda: models.Remedy(kind="suit", began_on=today),
        "urging": lambda: made.make_urging(people),
        "application": lambda: models.CourtApplication(court="法院", applied_on=today, fine=1),
        "penalty": lambda: made.make_spot_penalty(people),
        "amendment": lambda: models.Amendment(where="笔录", right="十时"),
        "how": lambda: "released",
        "received_on": lambda: today,
        "form": lambda: BY_NUMBER[23],
        "key": lambda: case.conclusion().pk if case.conclusion() else case.pk,
        "typed": lambda: {asked.name: "写" for asked in BY_NUMBER[23].asks},
        "paper": lambda: case.papers.last(),
        "end": lambda: models.CourtEnd(**ends) if verb == "court_ended" else models.RemedyEnd(**ends),
        "wording": lambda: Wording(case.public_source().suggested()),
        "secrecy": lambda: "不涉密",
        "push": lambda: models.PublicityPush(to="天津市市场监督管理局", sent_on=today),
        "shown": lambda: "",
        "unmet": list,
        "report": lambda: (
            models.HearingReport(text="维持。")
            if verb == "hearing_reported"
            else models.Report(ground="remedy", to="上级", sent_on=today)
        ),
    }
    if verb == "weighed":
        things["evidence"] = dict
    if verb == "test_received":
        things["conclusion"] = lambda: "不合格"
    if verb == "correction_ordered":
        things["order"] = lambda: made.make_order(people)
    if verb in ("measured", "goods_taken"):
        things["measure"] = lambda: made.make_measure(people)
    if verb == "tested":
        things["testing"] = lambda: made.make_testing()
    wanted = inspect.signature(getattr(case, Case.steps[verb].method)).parameters.values()
    return {each.name: things[each.name]() for each in wanted if each.default is each.empty and each.name != "by"}


def comes_to(case: Case, account: Any, verb: str, kept: dict[str, Any]) -> str:
    """What the act comes to when this person does it at once, without any page; nothing of it stays."""
    said = ""
    with transaction.atomic():
        try:
            getattr(case, Case.steps[verb].method)(by=account, **kept)
        except Refused as error:
            said = str(error) if isinstance(error, NotYours) else ""
        transaction.set_rollback(True)
    return "not theirs" if "没有办这件事的权限" in said or "不由您制作" in said else "theirs"


def standing(where: tuple[str, str], case: Case) -> set[str] | None:
    """As it is declared; who only sits in the committee sees nothing before it meets."""
    found = STANDING[where]
    return None if where[0] == roles.MEMBER and not case.meetings.exists() else found


def answer(where: tuple[str, str], is_to: set[str] | None, may: set[str]) -> int:
    if where[0] in NO_CASES:
        return 403
    if is_to is None:
        return 404
    return 200 if is_to & may else 403


def test_each_act_is_open_to_those_whose_it_is_and_to_nobody_else(
    people: People, everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client]
) -> None:
    wrong, seen = [], set()
    for case in the_way(people):
        said = case.get_state_display()
        seen.add(said)
        for verb, may in ACTS[said].items():
            page = reverse("admin:cases_case_act", args=[case.pk, verb])
            kept, at_hand = given(case, people, verb), Case.objects.with_its_rows().get(pk=case.pk)
            for where, accounts in everybody.items():
                is_to = standing(where, case)
                expected = answer(where, is_to, may)
                if expected == 403 and (is_to or set()) & IN_TWO_STATES.get(verb, set()):
                    expected = 302
                for account in accounts:
                    if (answered := clients[account.username].get(page).status_code) != expected:
                        wrong.append((said, verb, *where, f"page {answered}, not {expected}"))
                    theirs = expected in (200, 302)
                    if theirs:  # who is let in writes, and it is taken back
                        kept, at_hand = given(case, people, verb), Case.objects.get(pk=case.pk)
                    if (did := comes_to(at_hand, account, verb, kept)) != ("theirs" if theirs else "not theirs"):
                        wrong.append((said, verb, *where, f"act {did}"))
    assert not wrong, "\n".join(map(str, wrong))
    assert seen == set(ACTS)


@pytest.fixture(scope="module")
def full(people: People) -> Case:
    """With a file and a paper, and met on."""
    case = made.agreed(made.make_case(people, party_name="市场丁"), people)
    case.attach(made.make_file("合同"), by=people.officer)
    made.issue(case, people, 4)
    return case


def test_each_page_of_a_case_is_shown_to_those_who_see_the_case(
    everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client], full: Case
) -> None:
    arguments: dict[str, list[Any]] = {
        "cases_case_file": [full.attachments.get().pk],
        "cases_case_paper": [full.papers.get().pk, "pdf"],
    }
    wrong = []
    for name, who in OF_A_CASE.items():
        page = reverse(f"admin:{name}", args=[full.pk, *arguments.get(name, [])])
        for where, accounts in everybody.items():
            is_to = standing(where, full)
            expected = answer(where, is_to, set() if who in (SEES, TAKES) else set(who))
            if who in (SEES, TAKES) and is_to is not None and where[0] not in NO_CASES:
                expected = 200 if who == SEES or is_to & NAMES_OF_THOSE_ON_IT else 302
            for account in accounts:
                if (answered := clients[account.username].get(page).status_code) != expected:
                    wrong.append((name, *where, f"{answered}, not {expected}"))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_way_of_asking_shows_a_case_without_a_line(
    people: People, everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client], full: Case
) -> None:
    unopened = made.make_case(people, party_name="市场己")
    pages = [reverse(f"admin:{name}", args=[unopened.pk]) for name in OF_A_CASE if not name.endswith(("file", "paper"))]
    opened, *_ = pages
    pages += [reverse("admin:cases_case_act", args=[unopened.pk, "proposed"])]
    pages += [reverse("admin:cases_case_file", args=[full.pk, full.attachments.get().pk])]
    pages += [reverse("admin:cases_case_paper", args=[full.pk, full.papers.get().pk, "pdf"])]
    accounts = [(where, account) for where, found in everybody.items() for account in found]
    wrong = []
    for page, (where, account), method in itertools.product(pages, accounts, METHODS):
        with transaction.atomic():
            before = Reading.objects.filter(by=account).count()
            answer = clients[account.username].generic(method, page)
            lines = Reading.objects.filter(by=account).count() - before
            transaction.set_rollback(True)
        if method not in ("HEAD", "POST") and answer.status_code != 405:
            wrong.append((page, *where, method, answer.status_code))
        is_read = SAID_IN_IT in answer.content.decode(errors="replace")
        is_read |= (page, method, answer.status_code) == (opened, "HEAD", 200)
        if is_read and not lines and not (standing(where, full) or set()) & {HANDLES, LEADS}:
            wrong.append((page, *where, method, "no line"))
    assert not wrong, "\n".join(map(str, wrong))


def test_who_reads_a_case_on_the_page_of_an_act_leaves_a_line(people: People, clients: dict[str, Client]) -> None:
    case = made.make_case(people, party_name="市场戊")
    case.propose_filing(by=people.officer)
    case.review_filing(by=people.chief)
    page = clients[people.director.username].get(reverse("admin:cases_case_act", args=[case.pk, "filed"]))
    assert SAID_IN_IT in page.content.decode()
    assert [each.by for each in case.readings.all()] == [people.director]
    assert (
        clients[people.head.username].get(reverse("admin:cases_case_act", args=[case.pk, "voted"])).status_code != 200
    )
    assert case.readings.count() == 1


def test_the_party_is_read_in_full_by_those_on_the_case_alone(
    everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client], full: Case
) -> None:
    wrong = []
    for where, accounts in everybody.items():
        is_to = standing(where, full) or set()
        for account in accounts:
            answer = clients[account.username].post(reverse("admin:cases_case_party", args=[full.pk]))
            is_shown = "市场丁" in answer.content.decode()
            if is_shown != bool(is_to & NAMES_OF_THOSE_ON_IT):
                wrong.append((*where, f"shown: {is_shown}"))
    assert not wrong, "\n".join(map(str, wrong))


def test_each_page_of_no_case_is_open_to_the_roles_that_have_to_do_with_cases(
    everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client]
) -> None:
    wrong = []
    for name, who in OF_NONE.items():
        for where, accounts in everybody.items():
            answered = clients[accounts[0].username].get(reverse(f"admin:{name}")).status_code
            if answered != (200 if where[0] in who else 403):
                wrong.append((name, *where, answered))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_paper_is_previewed_by_those_who_make_papers(
    everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client], full: Case
) -> None:
    page = reverse("admin:cases_case_paper_preview", args=[full.pk])
    wrong = []
    for where, accounts in everybody.items():
        expected = answer(where, standing(where, full), {HANDLES, AUDITS})
        for account in accounts:
            answered = clients[account.username].post(page).status_code  # which paper is not said: 400
            if answered != (400 if expected == 200 else expected):
                wrong.append((*where, answered))
    assert not wrong, "\n".join(map(str, wrong))


def test_nobody_deletes_a_case(
    everybody: dict[tuple[str, str], list[Any]], clients: dict[str, Client], full: Case
) -> None:
    for (role, _), accounts in everybody.items():
        answer = clients[accounts[0].username].get(reverse("admin:cases_case_delete", args=[full.pk]))
        assert answer.status_code in (302, 403), role


def test_no_act_role_or_page_is_missing_here() -> None:
    acts = [verb for acts in ACTS.values() for verb in acts]
    assert sorted([*acts, "registered"]) == sorted(step.verb for step in Case.steps)
    assert {role for role, _ in STANDING} == set(roles.ROLES)
    pages = {url.name for url in admin.site._registry[Case].get_urls() if url.name}
    assert pages == set(OF_A_CASE) | set(OF_NONE) | ELSEWHERE
