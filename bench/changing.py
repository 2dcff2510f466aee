"""What changing the list costs: freezing the whole of it, the desk, and 编制新版本."""

import statistics
from typing import Any

from bench.clock import cpu

ROUNDS = 20


def measure() -> None:
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.urls import reverse

    from accounts.models import Account
    from accounts.requests import make_on_the_server
    from services.models import Service

    make_on_the_server("editor", "编辑", "", reason="bench")
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
        editor = Account.objects.get(username="editor")
        for service in Service.objects.all():
            service.put(reason="改", phones="0316-5255900")
        print("\nChanging the list (CPU time)")
        submit = submitting(editor)
        with CaptureQueriesContext(connection) as captured:
            submit(0)
        times = [cpu(lambda number=number: submit(number)) for number in range(1, ROUNDS)]
        print(f"  {'freeze and submit the whole list':34} {statistics.median(times):6.1f} ms, {len(captured)} queries")
        client = Client()
        client.force_login(editor)
        for name in ("index", "editions_edition_compile"):
            path = reverse(f"admin:{name}")
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            queries = len(captured)
            times = [cpu(lambda path=path: client.get(path)) for _ in range(ROUNDS)]
            print(f"  {path:34} {statistics.median(times):6.1f} ms, {queries} queries")
        transaction.set_rollback(True)


def submitting(editor: Any) -> Any:
    """What freezes an edition with every phone changed, under a label of its own each time."""
    from editions.life.edition import Edition
    from editions.register.register import compose

    base, working = Edition.objects.base(), compose()
    assert base is not None

    def submit(number: int) -> None:
        Edition.submit(
            working,
            by=editor,
            builds_on=base,
            label=f"{2030 + number}-01",
            kind="correction",
            effective_on=Edition.objects.first_possible_day(),
            checkup_word="另行更正",
            change_note="改",
        )

    return submit
