"""What a portal costs that has grown old: fifty more editions and a thousand announced events, beside the young one."""

import datetime
import statistics
from collections.abc import Callable
from typing import Any
from unittest import mock

from bench.clock import cpu

EDITIONS, EVENTS, ROUNDS = 50, 1000, 30
FIRST = datetime.date(2018, 1, 1)
LISTED = ("/editions/", "/feeds/editions.atom", "/services/calendar.ics", "/duties/zz-02/history/")


def measure() -> None:
    from django.db import transaction
    from django.test.utils import override_settings

    from editions.public import catalogue

    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
        catalogue.forget()
        young = costs()
        grow()
        catalogue.forget()
        old = costs()
        print(f"\nGrown old: {EDITIONS} more editions, {EVENTS} announced events (CPU time, ms; median)")
        print(f"  {'':44} {'young':>9} {'old':>9} {'ratio':>7}")
        for name, before in young.items():
            print(f"  {name:44} {before:9.4f} {old[name]:9.4f} {old[name] / before:7.2f}")
        transaction.set_rollback(True)
    catalogue.forget()


def costs() -> dict[str, float]:
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections
    from django.test import Client, RequestFactory

    from editions.public import catalogue
    from editions.public.ready_bytes import ReadyBytes

    for signal in (request_started, request_finished):  # they would close the connection that holds the transaction
        signal.disconnect(close_old_connections)
    client, ready = Client(), ReadyBytes(WSGIHandler())
    asked = RequestFactory().get("/duties/zz-02/").environ

    def page() -> None:
        for _ in range(1000):
            list(ready(dict(asked), lambda status, headers, *rest: None))

    def look() -> None:
        assert catalogue._seen
        catalogue._seen = catalogue.replace(catalogue._seen, until=0)
        catalogue.current()

    page()
    found = {"a ready page, with a second of requests": _median(page) / 1000, "a look at the catalogue": _median(look)}
    for path in LISTED:
        client.get(path)
        found[f"{path} rendered again"] = _median(lambda path=path: client.get(path))  # type: ignore[misc]
    return found


def _median(run: Callable[[], Any]) -> float:
    return statistics.median(cpu(run) for _ in range(ROUNDS))


def grow() -> None:
    """By the acts of people, day after day."""
    from django.utils import timezone

    from accounts.models import Account
    from accounts.requests import make_on_the_server
    from editions.life.edition import Edition
    from editions.register.register import compose
    from offices.models import Office
    from services.models import Event, Service

    def account(role: str) -> Any:
        make_on_the_server(f"grown-{role}", role, "", reason="bench")
        return Account.objects.get(username=f"grown-{role}")

    editor, reviewer, director = (account(role) for role in ("编辑", "法规审核", "局领导"))
    now = timezone.now
    for number in range(EDITIONS):
        day = FIRST + number * datetime.timedelta(days=1)
        noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        Service.objects.get(code="FW-06").put(reason="换号", phones=f"0316-52559{number:02d}")
        with mock.patch.object(timezone, "now", lambda noon=noon: noon):
            base = Edition.objects.base()
            assert base
            edition = Edition.submit(
                compose(),
                by=editor,
                builds_on=base,
                label=f"{2018 + number // 12}-{number % 12 + 1:02d}",
                kind="correction",
                effective_on=day,
                change_note="更换联系电话。",
                checkup_word="另行更正",
            )
            edition.review(by=reviewer)
            edition.issue(by=director)
    service, office = Service.objects.get(code="FW-01"), Office.objects.get(code="GS-02")
    for number in range(EVENTS):
        event = Event(
            service=service, office=office, on=now().date() + datetime.timedelta(days=number % 700), place="广场"
        )
        event.save(reason="整理")
        event.announce(director)
