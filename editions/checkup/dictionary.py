"""The dictionary that the staff keep: laws and their validity, statutory terms and the words used in their place."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """A law as the dictionary knows it."""

    title: str
    number: str = ""
    repealed_on: datetime.date | None = None
    replaced_by: str = ""
    """The title of the law that took its place."""
    source: str = ""


@dataclass(frozen=True)
class Term:
    """A statutory term, and why."""

    right: str
    source: str = ""


@dataclass(frozen=True)
class Dictionary:
    laws: Mapping[str, Known] = field(default_factory=dict)
    """By full title."""
    miscited: Mapping[str, str] = field(default_factory=dict)
    """Wrong or short titles: the full title that is meant."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    """Words that stand for a statutory term without being it."""
    on: datetime.date = datetime.date.max
    """The day on which the list is to be in force: what was repealed by then is no basis."""
