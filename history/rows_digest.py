"""What working rows hold, as one digest: whoever works something out of them keeps it for as long as they stay."""

from collections.abc import Iterable

from django.db import connection

from history.models import WorkingRow
from verbatim.documents import digest

WHAT_A_TABLE_HOLDS = "(SELECT sha256(convert_to(string_agg(t::text, E'\\n' ORDER BY t.id), 'UTF8')) FROM {} t)"


def rows_digest(models: Iterable[type[WorkingRow]]) -> str:
    """Of every column of every row of these kinds, in one query, as this transaction sees them."""
    tables = (model._meta.db_table for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(WHAT_A_TABLE_HOLDS.format, tables))}")
        return digest(repr([held and bytes(held) for held in cursor.fetchone()]))
