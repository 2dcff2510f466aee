"""The locks that writers of the working list take, until their transaction ends, always in this order: the gate, the
series of a code, the rows by their keys; the ledger's when everything else is done.

Nobody waits for the gate who already holds a row: whoever seals (an edition that is issued) holds the gate alone and
waits for no row, so an editor and an issuer never wait for each other.
"""

from django.db import connections

SEALING = 20171201
"""The advisory lock between the lines of history and the seal of an edition."""

SERIES = 20171202
"""With a table: the advisory lock of who gives out its next code."""

LEDGER = 20171204
"""The advisory lock of who numbers lines of the ledger (history.ledger), at the very end of a transaction."""


def gate(using: str = "default") -> None:
    """No edition is sealed before this transaction ends; waits while one is being sealed."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEALING])


def series(table: str, using: str = "default") -> None:
    """Nobody else gives out a code of this table; what others gave out is seen by the next statement."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [SERIES, table])
