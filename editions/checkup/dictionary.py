"""The dictionary that the staff keep: laws and their validity, statutory terms and the words used in their place."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from editions.register.register import Register
from laws.dictionary import Entries


@dataclass(frozen=True)
class Known:
    """A law as the dictionary knows it."""

    title: str
    number: str = ""
    repealed_on: datetime.date | None = None
    replaced_by: str = ""
    """The title of the law that took its place."""
    in_force_on: datetime.date | None = None


@dataclass(frozen=True)
class StatutoryTerm:
    """A statutory term, and where it stands."""

    right: str
    source: str = ""


@dataclass(frozen=True)
class Dictionary:
    laws: Mapping[str, Known] = field(default_factory=dict)
    """By full title."""
    miscited: Mapping[str, str] = field(default_factory=dict)
    """Wrong titles: the full title that is meant."""
    terms: Mapping[str, StatutoryTerm] = field(default_factory=dict)
    """Words that stand for a statutory term without being it."""

    @classmethod
    def of(cls, entries: Entries) -> "Dictionary":
        return cls(
            laws={
                title: Known(title, law["number"], law["repealed_on"], law["replaced_by"], law["in_force_on"])
                for title, law in entries.laws.items()
            },
            miscited={also: title for title, law in entries.laws.items() for also in law["also"].split("\n") if also},
            terms={wrong: StatutoryTerm(term["right"], term["source"]) for wrong, term in entries.terms.items()},
        )


def with_repeals_of(dictionary: Dictionary, register: Register) -> Dictionary:
    """With what the list itself adds of its laws (本局整理): which were repealed."""
    added = {
        law.title: Known(law.title, law.number, repeal.repealed_on, repeal.replaced_by)
        for law in register.documents("laws")
        for repeal in law.repeals[:1]
    }
    return Dictionary({**dictionary.laws, **added}, dictionary.miscited, dictionary.terms)
