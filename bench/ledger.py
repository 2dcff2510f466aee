"""What the guards of the database cost whoever writes: the same acts with them and without them, turn by turn."""

import statistics
from collections.abc import Callable
from typing import Any

from bench.clock import wall

TURNS = 30
LEDGER = ("ledger",)
EVERY_ROW = ("after", "readable")
"""What every table has: that what a row points to is there, and that its days and numbers can be read."""


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

    rows = ("services_service", "services_historicalservice")
    visits = ("accounts_visit", "accounts_account")
    print("\nThe guards of the database (wall time of a commit, turn by turn)")
    for name, act, tables, kinds in (
        ("a save, the ledger", save, rows, LEDGER),
        ("a save, the others", save, rows, EVERY_ROW),
        ("a log-in's row, the ledger", come_in, visits, LEDGER),
        ("a log-in's row, the others", come_in, visits, EVERY_ROW),
    ):
        with_it, without = _turns(act, tables, kinds, connections["owner"])
        ratio = with_it / without
        print(f"  {name:28} {with_it * 1000:6.2f} ms, without {without * 1000:6.2f} ms, ratio {ratio:5.2f}")


def _turns(act: Callable[[], None], tables: tuple[str, ...], kinds: tuple[str, ...], owner: Any) -> tuple[float, float]:
    """With the triggers of these tables that end so, and without them."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE c.relname = ANY(%s) AND t.tgname = ANY(%s)",
            [list(tables), [f"{table}_{kind}" for table in tables for kind in kinds]],
        )
        triggers = cursor.fetchall()
    assert triggers

    def turn(state: str) -> None:
        with owner.cursor() as cursor:
            for table, name in triggers:
                cursor.execute(f"ALTER TABLE {table} {state} TRIGGER {name}")

    times: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for _ in range(TURNS):
        for state, taken in times.items():
            turn(state)
            act()  # plans are made anew after the change
            taken += [wall(act) for _ in range(5)]
    turn("ENABLE")
    return statistics.median(times["ENABLE"]), statistics.median(times["DISABLE"])
