"""Advisory locks, each by a name of its own, held until the transaction ends.

Writers of rows take them always in this order: the gates of the floors above (history.gates), the series of a code, the
rows by their keys; the ledger's when everything else is done. Nobody waits at a gate who already holds a row.
"""

import zlib

from django.db import connections


def lock_id(name: str) -> int:
    """The number of the lock of that name, as PostgreSQL wants it."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF


SERIES = lock_id("history: the series of a code")
"""With a table: of who gives out its next code."""

LEDGER = lock_id("history: the ledger")
"""Of who numbers lines of the ledger (history.ledger), at the very end of a transaction."""


def lock_exclusive(lock: int, using: str = "default") -> None:
    """Wait until nobody else holds it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def lock_shared(lock: int, using: str = "default") -> None:
    """Wait until nobody holds it alone."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [lock])


def series(table: str, using: str = "default") -> None:
    """Nobody else gives out a code of this table; what others gave out is seen by the next statement."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [SERIES, table])
