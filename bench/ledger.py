"""What the ledger costs whoever writes: the same acts with it and without it, turn by turn."""

import statistics
from collections.abc import Callable
from typing import Any

from bench.clock import wall

TURNS = 30


def measure() -> None:
    from django.db import connections

    from accounts.models import Account, Visit
    from services.models import Service

    service, number = Service.objects.get(code="FW-05"), iter(range(1_000_000))

    def save() -> None:
        service.put(reason="改", phones=f"0316-{next(number)}")

    def come_in() -> None:
        Visit.objects.create(what=Visit.What.CAME, username="measured")
        Account.objects.filter(username="measured").update(last_login=None)

    tables = ("services_historicalservice", "accounts_visit")
    print("\nThe ledger (wall time of a commit, turn by turn)")
    for name, act in (("a save", save), ("a log-in's row", come_in)):
        with_it, without = _turns(act, tables, connections["owner"])
        ratio = with_it / without
        print(f"  {name:20} {with_it * 1000:6.2f} ms, without {without * 1000:6.2f} ms, ratio {ratio:5.2f}")


def _turns(act: Callable[[], None], tables: tuple[str, ...], owner: Any) -> tuple[float, float]:
    times: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for _ in range(TURNS):
        for state, taken in times.items():
            with owner.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"ALTER TABLE {table} {state} TRIGGER {table}_ledger")
            act()  # plans are made anew after the change
            taken += [wall(act) for _ in range(5)]
    with owner.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_ledger")
    return statistics.median(times["ENABLE"]), statistics.median(times["DISABLE"])
