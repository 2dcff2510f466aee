"""The catalogue: the public editions, and how each stands on the day that it is looked at.

Looked at in the database at most once in `CATALOGUE_SECONDS`. What was public stays public, so while the database is
away the last look still holds, and a later effective date is still met at midnight.
"""

import datetime
import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from editions.models import Edition
from verbatim.documents import digest

PATIENCE = 5
"""Seconds until a database that did not answer is asked again."""
KEPT_AT_HAND = 8
"""So many of the latest editions are read whole at once, so that their pages need no database from then on."""


@dataclass(frozen=True)
class Catalogue:
    editions: tuple[Edition, ...]
    """Transcribed or issued, the latest effective day first, those that are not effective yet among them."""
    day: datetime.date
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What is public beside the editions, by the name it is watched under."""

    @functools.cached_property
    def published(self) -> tuple[Edition, ...]:
        return tuple(edition for edition in self.editions if edition.effective_on <= self.day)

    @functools.cached_property
    def in_force(self) -> Edition | None:
        return self.in_force_on(self.day)

    def in_force_on(self, day: datetime.date) -> Edition | None:
        """The edition in force on that day: the latest that was effective, and not revoked by then."""
        return next(
            (e for e in self.editions if e.effective_on <= day and not (e.revoked_on and e.revoked_on <= day)), None
        )

    @functools.cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything public may look different."""
        rows = [
            f"{e.pk} {e.state} {e.label} {e.effective_on} {e.content_digest} {e.chain_digest} {e.revoked_on}"
            for e in self.editions
        ]
        rows += [f"{name} {value!r}" for name, value in self.beside.items()]
        return digest("\n".join([self.day.isoformat(), *rows]))


@dataclass(frozen=True)
class _Look:
    until: float
    editions: tuple[Edition, ...]
    beside: dict[str, Any]


_seen: _Look | None = None
_watched: dict[str, Callable[[], Any]] = {}


def watch(name: str, read: Callable[[], Any]) -> None:
    """Have something beside the editions looked at together with them: what `read` returns is what pages may show."""
    _watched[name] = read


def look() -> Catalogue:
    """The catalogue as of now. Raises OperationalError if the database is away and was never seen."""
    global _seen
    now, day = time.monotonic(), timezone.localdate()
    if _seen is None or now >= _seen.until:
        try:
            editions = tuple(Edition.objects.public().defer("seal"))
            for edition in editions[:KEPT_AT_HAND]:
                edition.register()
            beside = {name: read() for name, read in _watched.items()}
            _seen = _Look(now + settings.CATALOGUE_SECONDS, editions, beside)
        except (OperationalError, InterfaceError):
            connection.close()
            if _seen is None:
                raise
            _seen = replace(_seen, until=now + PATIENCE)
    return Catalogue(_seen.editions, day, _seen.beside)


def forget() -> None:
    """Look again at the next chance: after an act of this very process, and between tests."""
    global _seen
    _seen = None
