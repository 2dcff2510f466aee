"""The catalogue: the public editions, and how each stands on the day that it is looked at.

Looked at in the database at most once in `CATALOGUE_SECONDS`. What was public stays public, so while the database is
away the last look still holds, and a later effective date is still met at midnight.
"""

import datetime
import functools
import itertools
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from editions.life.edition import Edition
from verbatim.documents import digest

ONE_DAY = datetime.timedelta(days=1)
log = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds until a database that did not answer is asked again."""
KEPT_AT_HAND = 8
"""So many of the latest editions are read whole at once, so that their pages need no database from then on."""


@dataclass(frozen=True)
class PeriodInForce:
    """Days on end on which one edition was in force."""

    edition: Edition
    first: datetime.date
    last: datetime.date | None
    """None where it still is."""


@dataclass(frozen=True)
class Catalogue:
    editions: tuple[Edition, ...]
    """Transcribed or issued, the latest effective day first, those that are not effective yet among them."""
    day: datetime.date
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What is public beside the editions, by the name it is watched under."""
    beside_digests: tuple[str, ...] = ()
    """Of each of these: they may be long, and are written out when they are read, not at each request."""

    @functools.cached_property
    def published(self) -> tuple[Edition, ...]:
        return tuple(edition for edition in self.editions if edition.effective_on <= self.day)

    def previewing(self, edition: Edition) -> "Catalogue":
        """As it will be on the day on which that edition is in force."""
        editions = self.editions if edition in self.editions else (edition, *self.editions)
        return replace(self, editions=editions, day=max(self.day, edition.effective_on))

    @functools.cached_property
    def in_force(self) -> Edition | None:
        return self.in_force_on(self.day)

    def in_force_on(self, day: datetime.date) -> Edition | None:
        """The edition in force on that day: the latest that was effective, and not revoked by then."""
        return next(
            (e for e in self.editions if e.effective_on <= day and not (e.revoked_on and e.revoked_on <= day)), None
        )

    @functools.cached_property
    def given_up(self) -> tuple[Edition, ...]:
        """What was revoked and would be in force otherwise: newer than the one in force."""
        newer = itertools.takewhile(lambda edition: edition != self.in_force, self.published)
        return tuple(edition for edition in newer if edition.revoked_on)

    def find(self, label: str) -> Edition | None:
        return next((edition for edition in self.published if edition.label == label), None)

    def before(self, edition: Edition) -> Edition | None:
        """The published edition that this one builds on: in force until then, as the public saw it."""
        return self._stored.get(edition.builds_on_id)

    @functools.cached_property
    def _stored(self) -> dict[int | None, Edition]:
        """By number; what is only proposed has none, and nothing builds on it."""
        return {edition.pk: edition for edition in self.published if isinstance(edition, Edition)}

    @functools.cached_property
    def periods(self) -> tuple[PeriodInForce, ...]:
        """Which edition was in force when, the earliest first; there may be days between on which none was."""
        days = {e.effective_on for e in self.published} | {e.revoked_on for e in self.published if e.revoked_on}
        spells: list[PeriodInForce] = []
        turns = sorted(days)
        for first, following in itertools.zip_longest(turns, turns[1:]):
            edition, last = self.in_force_on(first), following - ONE_DAY if following else None
            if spells and spells[-1].edition == edition:
                spells[-1] = replace(spells[-1], last=last)
            elif edition:
                spells.append(PeriodInForce(edition, first, last))
        return tuple(spells)

    def periods_of(self, edition: Edition) -> list[PeriodInForce]:
        return [spell for spell in self.periods if spell.edition == edition]

    @functools.cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything public may look different."""
        rows = [
            f"{e.state} {e.label} {e.effective_on} {e.content_digest} {e.chain_digest} {e.revoked_on}"
            for e in self.editions
        ]
        return digest("\n".join([self.day.isoformat(), *rows, *self.beside_digests]))


@dataclass(frozen=True)
class _Beside:
    """Something beside the editions as it was read last: what told that it changed, what it is, its digest."""

    head: int | None
    value: Any
    digest: str


@dataclass(frozen=True)
class _Look:
    until: float
    beside: Mapping[str, _Beside]
    catalogue: Catalogue
    """One for a whole day, until something changes: what it works out of itself it works out once."""


@dataclass(frozen=True)
class _Watched:
    read: Callable[[], Any]
    grows: tuple[type[Model], ...]


_seen: _Look | None = None
_watched: dict[str, _Watched] = {}


def watch(name: str, read: Callable[[], Any], *grows: type[Model]) -> None:
    """Have something beside the editions looked at together with them: what `read` returns is what pages may show.
    Where it is read from tables that only grow, it is read again only when one of them has."""
    _watched[name] = _Watched(read, grows)


def current() -> Catalogue:
    """The catalogue as of now. Raises OperationalError if the database is away and was never seen."""
    global _seen
    now, day = time.monotonic(), timezone.localdate()
    if _seen is None or now >= _seen.until:
        try:
            _seen = _read_catalogue(now, day)
        except Exception as error:  # whatever it is (an upgrade under way, say): what was public stays public
            if isinstance(error, OperationalError | InterfaceError):
                connection.close()
            if _seen is None:
                raise
            log.warning("the catalogue could not be looked at: %s", error)
            _seen = replace(_seen, until=now + PATIENCE)
    if _seen.catalogue.day != day:
        _seen = replace(_seen, catalogue=replace(_seen.catalogue, day=day))
    return _seen.catalogue


def last_seen() -> Catalogue | None:
    """As it was when it was looked at last, without a look at the database; None where it never was."""
    return _seen.catalogue if _seen else None


def _read_catalogue(now: float, day: datetime.date) -> _Look:
    editions = tuple(Edition.objects.issued().defer("seal"))
    for edition in editions[:KEPT_AT_HAND]:
        edition.register()
    heads = _heads()
    beside = {name: _read(name, watched, heads.get(name)) for name, watched in _watched.items()}
    values = {name: each.value for name, each in beside.items()}
    digests = tuple(f"{name} {each.digest}" for name, each in beside.items())
    found = Catalogue(editions, day, values, digests)
    same = _seen is not None and _seen.catalogue.fingerprint == found.fingerprint
    return _Look(now + settings.CATALOGUE_SECONDS, beside, _seen.catalogue if same else found)  # type: ignore[union-attr]


def _heads() -> dict[str, int]:
    """How many rows the tables that only grow have, all in one query."""
    counted = {name: " + ".join(map(_count, each.grows)) for name, each in _watched.items() if each.grows}
    if not counted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted.values())}")
        return dict(zip(counted, cursor.fetchone(), strict=True))


def _count(model: type[Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"(SELECT count(*) FROM {table})"  # noqa: S608 (the name of a table, quoted)


def _read(name: str, watched: _Watched, head: int | None) -> _Beside:
    known = _seen.beside.get(name) if _seen else None
    if known and head is not None and known.head == head:
        return known
    value = watched.read()
    return _Beside(head, value, digest(repr(value)))


def forget() -> None:
    """Look again at the next chance: after an act of this very process, and between tests."""
    global _seen
    _seen = None
