"""The seal of an edition: one text that covers what it is, who issued it, the whole trail at that moment, and the seal
before it. Its SHA-256 is the chain digest."""

import json
from typing import Any

from django.apps import apps
from django.db import connection

from editions.form import parts
from history import ledger, locks
from history.guards import trail_of
from history.triggers import pin_text
from verbatim.documents import digest

__all__ = ["digest", "lock", "text"]


SEALING = locks.lock_id("editions: the seal")
"""Between the lines of history and the seal of an edition: whoever writes holds it together with others before he waits
for a row, whoever seals holds it alone and waits for no row."""


def lock() -> None:
    """Until the end of the transaction nobody else extends the chain, and no line that it seals is under way."""
    locks.lock_exclusive(SEALING)


def gate(model: type[Any], using: str = "default") -> None:
    """Whoever writes what is sealed waits while an edition is (history.gates)."""
    if model in parts.rows_of_the_list() or model._meta.label == "editions.Edition":
        locks.lock_shared(SEALING, using)


def sealed_models() -> list[type[Any]]:
    """The trails of the list, and the timeline of the editions, in a fixed order."""
    trails = [trail_of(model) for model in parts.rows_of_the_list()]
    return sorted([*trails, apps.get_model("editions.Act")], key=lambda model: str(model._meta.db_table))


def trail_head(table: str, columns: list[str], last: int | None = None) -> dict[str, Any]:
    """Count, last id and digest of one table that is only added to, over these columns, up to the row `last` if it is
    given."""
    chosen = ", ".join(connection.ops.quote_name(column) for column in columns)
    key = "history_id" if "history_id" in columns else "id"
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        pin_text(cursor)
        cursor.execute(
            f"SELECT count(*), coalesce(max({key}), 0),"  # noqa: S608 (names of our own tables and columns)
            f" encode(sha256(convert_to(coalesce(string_agg(ROW({chosen})::text, E'\\n' ORDER BY {key}), ''),"
            f" 'UTF8')), 'hex') FROM {quoted} WHERE %s::bigint IS NULL OR {key} <= %s",
            [last, last],
        )
        rows, last_id, head = cursor.fetchone()
    return {"table": table, "columns": columns, "rows": rows, "last": last_id, "digest": head}


def facts(edition: Any) -> dict[str, Any]:
    """What the seal says of the edition itself."""
    return {
        "content_digest": edition.content_digest,
        "label": edition.label,
        "kind": edition.kind,
        "effective_on": edition.effective_on.isoformat(),
        "effective_day_assumed": edition.effective_day_assumed,
        "change_note": edition.change_note,
        "reasons": edition.reasons,
        "approval": {
            "authority": edition.approval_authority,
            "number": edition.approval_number,
            "date": edition.approval_date.isoformat() if edition.approval_date else None,
            "file": edition.approval_file,
            **({"note": edition.approval_note} if edition.approval_note else {}),
        },
        "acts": {
            act: {
                "by": getattr(edition, f"{act}_by_name"),
                "at": at.isoformat() if (at := getattr(edition, f"{act}_at")) else None,
            }
            for act in ("submitted", "reviewed", "signed", "issued")
        },
        "timeline": [
            {"what": act.verb, "by": act.by_name, "at": act.at.isoformat(), "why": act.reason}
            for act in (edition.timeline.all() if edition.pk else ())
        ],
    }


def text(edition: Any) -> str:
    """The canonical text of the seal (keys sorted, no white space), as it is stored and hashed."""
    previous = edition.previous
    ends = ledger.head()
    content = facts(edition) | {
        "ledger": {"number": ends.number, "chain": ends.chain},
        "trail": [
            trail_head(model._meta.db_table, [field.column for field in model._meta.concrete_fields])
            for model in sealed_models()
        ],
        "previous": previous.chain_digest if previous else None,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
