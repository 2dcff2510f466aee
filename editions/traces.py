"""Which codes the public has ever seen, so that what was made and retired between two editions leaves no trace."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection


class Given(NamedTuple):
    """A code that was given: the kind and the code of the item, and the code itself, of the item or of a row inside."""

    kind: str
    item: str
    code: str


SHOWN = """
WITH given AS (SELECT * FROM unnest(%(kinds)s::text[], %(items)s::text[], %(codes)s::text[]) AS g(kind, item, code)),
public AS (SELECT id FROM editions_edition WHERE state IN ('transcribed', 'issued')),
versions AS (
    SELECT DISTINCT e.kind, e.code, e.version_id FROM editions_entry e JOIN public ON public.id = e.edition_id
    WHERE e.kind = 'retired' OR (e.kind, e.code) IN (SELECT kind, item FROM given)
)
SELECT given.kind, given.item, given.code FROM given WHERE NOT EXISTS (SELECT FROM public)
UNION SELECT given.kind, given.item, given.code FROM given
    JOIN versions ON versions.kind = 'retired' AND versions.code = given.code
UNION SELECT given.kind, given.item, given.code FROM given
    JOIN versions ON versions.kind = given.kind AND versions.code = given.item
    JOIN editions_version v ON v.id = versions.version_id
    WHERE strpos(v.text, '"code":"' || given.code || '"') > 0 OR strpos(v.text, '"anchor":"' || given.code || '"') > 0
"""
"""Before the first edition everything is: the list is being loaded, and what it says of retired codes was public
elsewhere. A quotation mark inside a text is stored with a backslash, so no text is taken for a code."""


def shown(given: Iterable[Given]) -> set[Given]:
    """Those that any public edition held, as listed or as retired; revoked ones were public too."""
    asked = list(given)
    if not asked:
        return set()
    kinds, items, codes = (list(column) for column in zip(*asked, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, {"kinds": kinds, "items": items, "codes": codes})
        return {Given(*row) for row in cursor.fetchall()}
