"""Which codes the public has ever seen, so that what was made and retired between two editions leaves no trace."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from verbatim.documents import digest


class IssuedCode(NamedTuple):
    """A code that was given: the kind and the code of the item, and the code itself, of the item or of a row inside."""

    kind: str
    item: str
    code: str


SHOWN = """
WITH given AS (SELECT * FROM unnest(%(kinds)s::text[], %(items)s::text[], %(codes)s::text[]) AS g(kind, item, code)),
public AS (SELECT id, revoked_on FROM editions_edition WHERE state IN ('transcribed', 'issued')),
versions AS (
    SELECT e.kind, e.code, e.version_id, max(e.edition_id) AS seen,
        max(e.edition_id) FILTER (WHERE public.revoked_on IS NULL) AS stands
    FROM editions_entry e JOIN public ON public.id = e.edition_id
    WHERE e.kind = 'retired' OR (e.kind, e.code) IN (SELECT kind, item FROM given)
    GROUP BY e.kind, e.code, e.version_id
)
SELECT given.kind, given.item, given.code, '', '' FROM given WHERE NOT EXISTS (SELECT FROM public)
UNION ALL SELECT * FROM (
    SELECT DISTINCT ON (given.kind, given.item, given.code) given.kind, given.item, given.code, v.kind, v.text
    FROM given JOIN versions ON (versions.kind, versions.code) IN (('retired', given.code), (given.kind, given.item))
    JOIN editions_version v ON v.id = versions.version_id
    WHERE v.kind = 'retired'
        OR strpos(v.text, '"code":"' || given.code || '"') > 0 OR strpos(v.text, '"anchor":"' || given.code || '"') > 0
    ORDER BY given.kind, given.item, given.code, versions.stands DESC NULLS LAST, versions.seen DESC
) AS latest
"""
"""Before the first edition everything is: the list is being loaded, and what it says of retired codes was public
elsewhere. A quotation mark inside a text is stored with a backslash, so no text is taken for a code."""


ISSUED = """
SELECT coalesce(string_agg(concat_ws(' ', id, chain_digest, revoked_on), E'\\n' ORDER BY id), '')
FROM editions_edition WHERE state IN ('transcribed', 'issued')
"""


def issued_digest() -> str:
    """Of which editions the public has seen, and which of them stand."""
    with connection.cursor() as cursor:
        cursor.execute(ISSUED)
        return digest(cursor.fetchone()[0])


class LastSeen(NamedTuple):
    """The version in which the public saw a code last: its kind and its text; empty before the first edition."""

    kind: str
    text: str


def last_seen_by_public(given: Iterable[IssuedCode]) -> dict[IssuedCode, LastSeen]:
    """Those that any public edition held, as listed or as retired, each as it was seen last; revoked ones were public
    too, but count only where no other held it."""
    asked = list(given)
    if not asked:
        return {}
    kinds, items, codes = (list(column) for column in zip(*asked, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, {"kinds": kinds, "items": items, "codes": codes})
        return {IssuedCode(*row[:3]): LastSeen(*row[3:]) for row in cursor.fetchall()}
