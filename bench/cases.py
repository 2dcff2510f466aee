"""What a bureau with ten thousand cases waits for: every list and worklist at 100 cases and at 10,000, side by side."""

import datetime
import statistics
from typing import Any

from bench.clock import wall

FEW, MANY, ROUNDS = 100, 10_000, 40
AT_MOST = 5
"""Times what a hundred cases take, at the 95th percentile."""
AT_ONCE = 1000
OFFICES = ("GS-01", "GS-02", "GS-03")


def measure() -> None:
    from django.db import transaction
    from django.test.utils import override_settings

    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
        people = _people()
        make(0, FEW, people)
        few = costs(people)
        make(FEW, MANY, people)
        many = costs(people)
        print(f"\nCases: {FEW} and {MANY} made up, four of five open (ms; p95 of {ROUNDS}; first: nothing at hand)")
        print(f"  {'':34} {'queries':>11} {'first':>15} {'p95':>15} {'ratio':>7}")
        for name, (queries, first, tail) in few.items():
            more_queries, more_first, more_tail = many[name]
            ratio = more_tail / tail
            kept = "" if ratio <= AT_MOST and more_queries <= queries else f"  more than {AT_MOST} ×, or more queries"
            print(
                f"  {name:34} {queries:5d} {more_queries:5d} {first:7.0f} {more_first:7.0f}"
                f" {tail:7.1f} {more_tail:7.1f} {ratio:7.2f}{kept}"
            )
        transaction.set_rollback(True)


def _people() -> dict[str, Any]:
    """An officer, a second one and the head of each of three offices, and two who see all cases."""
    from accounts.requests import make_on_the_server
    from cases.demo import enter_on_the_roll
    from cases.rows.people import Officer
    from offices.models import Office

    people: dict[str, Any] = {}
    roles = {"officer": "执法人员", "second": "执法人员", "chief": "股长"}
    for office in Office.objects.filter(code__in=OFFICES):
        for name, role in roles.items():
            called = f"{name} {office.code}"
            people[called] = make_on_the_server(called.replace(" ", "-"), role, "", reason="bench", office=office)
    for name, role in {"director": "局领导", "auditor": "审计"}.items():
        people[name] = make_on_the_server(f"case-{name}", role, "", reason="bench")
    for account in people.values():
        account.refresh_from_db(using="default")
    for number, (name, account) in enumerate(people.items()):
        if name.startswith(("officer", "second")):
            officer = Officer(account=account, certificate=f"B{number:04}", since=datetime.date(2018, 1, 1))
            enter_on_the_roll(officer, endorsed_by=people["auditor"])
    return people


def costs(people: dict[str, Any]) -> dict[str, tuple[int, float, float]]:
    """Of each page the queries, the milliseconds of the first look, when nothing is at hand, and of the slowest of
    twenty."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from cases.case import Case
    from cases.desk import worklist

    for signal in (request_started, request_finished):  # they would close the connection that holds the transaction
        signal.disconnect(close_old_connections)
    one = Case.objects.filter(office__code=OFFICES[0], state="investigation").first()
    pages = {
        "desk": "/admin/",
        "list": "/admin/cases/case/",
        "worklist": "/admin/cases/case/worklist/",
        "case": f"/admin/cases/case/{one.pk}/change/",
    }
    found = {}
    for who in (f"officer {OFFICES[0]}", f"chief {OFFICES[0]}", "director"):
        client = Client()
        client.force_login(people[who])
        for name, url in pages.items():
            worklist.forget()

            def look(url: str = url, client: Any = client) -> None:
                assert client.get(url).status_code == 200

            first = wall(look) * 1000
            with CaptureQueriesContext(connection) as captured:
                look()
            queries = len(captured)  # later requests empty the log
            times = [wall(look) * 1000 for _ in range(ROUNDS)]
            found[f"{name}, {who}"] = queries, first, statistics.quantiles(times, n=20)[-1]
    return found


def make(first: int, last: int, people: dict[str, Any]) -> None:
    """Cases `first` to `last`, by rows in bulk: a fifth is being verified, a fifth was not filed, the rest is under
    investigation, half of it with a measure and a test. Each has the timeline that the database wants of it."""
    from django.db import connection

    for at in range(first, last, AT_ONCE):
        _make(range(at, min(at + AT_ONCE, last)), people)
        with connection.cursor() as cursor:  # all that a commit would look at
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _make(numbers: range, people: dict[str, Any]) -> None:
    from django.db import connection
    from django.utils import timezone

    from cases.models import Case, CaseAct, Handler, Measure, Officer, Testing
    from offices.models import Office

    offices = list(Office.objects.filter(code__in=OFFICES))
    officers = {officer.account_id: officer for officer in Officer.objects.all()}
    today, now = timezone.localdate(), timezone.now()
    director = people["director"]

    def hand(name: str, account: Any) -> dict[str, Any]:
        return {f"{name}_by": account, f"{name}_by_name": account.username, f"{name}_at": now}

    cases = {}
    for number in numbers:
        office = offices[number % len(offices)]
        cases[number] = Case(
            number=f"{today.year}-{number:05}",
            state="verification",
            office=office,
            source="report",
            found_on=today - datetime.timedelta(days=number % 40),
            kinds=["metrology"],
            clue=f"举报人称第 {number} 号摊位的台秤少称，请核查。",
            **hand("registered", people[f"officer {office.code}"]),
        )
    Case.objects.bulk_create(cases.values())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_party (case_id, kind, name, identity_number, representative, address, phone)"
            " SELECT id, 'person', '王小二', '', '', '', '' FROM cases_case WHERE id = ANY(%s)",
            [[case.pk for case in cases.values()]],
        )
    acts = [
        CaseAct(case=case, number=1, verb="registered", by=case.registered_by, by_name=case.registered_by_name, at=now)
        for case in cases.values()
    ]
    for office in offices:
        own = {number: case for number, case in cases.items() if case.office_id == office.pk and number % 5}
        officer, chief = people[f"officer {office.code}"], people[f"chief {office.code}"]
        refused = [case for number, case in own.items() if number % 5 == 1]
        filed = [case for number, case in own.items() if number % 5 > 1]
        for verb, state, account, among in (
            ("proposed", "filing_proposed", officer, own.values()),
            ("reviewed", "filing_reviewed", chief, own.values()),
            ("not_filed", "not_filed", director, refused),
            ("filed", "investigation", director, filed),
        ):
            more = {"filed_on": today} if verb == "filed" else {}
            named = "refused" if verb == "not_filed" else verb
            chosen = Case.objects.filter(pk__in=[case.pk for case in among])
            chosen.update(state=state, **hand(named, account), **more)
            place = {"proposed": 2, "reviewed": 3}.get(verb, 4)
            said = {"number": place, "verb": verb, "reason": "不予立案" if verb == "not_filed" else "", "at": now}
            acts += [CaseAct(case=case, by=account, by_name=account.username, **said) for case in among]
        two = officers[officer.pk], officers[people[f"second {office.code}"].pk]
        by = {"by": director, "by_name": director.username}
        Handler.objects.bulk_create(Handler(case=case, officer=each, **by) for case in filed for each in two)
        half = filed[::2]
        both = {"first_officer": two[0], "second_officer": two[1]}
        measure = {"kind": "sealing", "power": "equipment", "days": 30, "place": "某小区", "goods": "电梯一台"}
        Measure.objects.bulk_create(Measure(case=case, taken_at=now, **measure, **both, **by) for case in half)
        testing = {"kind": "verification", "institute": "市计量检定所", "sample": "台秤一台", "sent_on": today}
        until = today + datetime.timedelta(days=10)
        Testing.objects.bulk_create(
            Testing(case=case, until=until, is_told_in_writing=True, **testing, **by) for case in half
        )
    CaseAct.objects.bulk_create(acts)
