"""The list turned round: what an office does, what a department has a share in, what rests on a law.

Read from the documents of an edition and nothing else. What the list prints and what the bureau added (本局整理) are
kept apart.
"""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from boundaries.documents import DEPARTMENT, ShareDocument
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Listed, Register
from laws import citations
from offices.documents import WorkedByDocument
from verbatim.documents import Place, PrintedCell

KINDS = {"offices": "股室", "departments": "部门", "laws": "法规"}
"""What the list can be turned round to: kinds of documents that its text names, and what they are called there."""


def named(document: Any) -> str:
    """What an office, a department or a law is called."""
    return str(getattr(document, "title", None) or document.name)


@dataclass(frozen=True)
class Mention:
    """A place in the list that has to do with something, and the cells there that say so."""

    part: parts.Part
    listed: Listed
    place: Place
    cells: tuple[PrintedCell, ...] = ()
    added: Any = None
    """What the bureau added that says so, where the list itself does not."""
    articles: tuple[str, ...] = ()
    """The articles (第二十条) that are named with a law."""

    @property
    def key(self) -> Key:
        """Of the item of the list."""
        return self.part.key_of(self.listed.document)

    @property
    def way(self) -> tuple[str, ...]:
        """What readers call the way there, if it is more than a number."""
        return self.place.trail if self.place.trail != (self.place.anchor.upper(),) else ()

    @property
    def cited_as(self) -> str:
        return str(self.listed.document.cited_as(self.place.anchor))


@dataclass(frozen=True)
class ReverseIndex:
    """By what is named: where the list makes it responsible, where it only mentions it, what the bureau added."""

    responsible: dict[Key, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    mentioned: dict[Key, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    added: dict[Key, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    named_by: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    """By item of the list: everything that it has to do with."""

    def note(self, where: dict[Key, list[Mention]], key: Key, found: Mention) -> None:
        """Once for each place, with all the cells and the articles that belong to it there."""
        self.named_by[found.key].add(key)
        known = where[key]
        if known and known[-1].place is found.place:
            cells = dict.fromkeys([*known[-1].cells, *found.cells])
            articles = dict.fromkeys([*known[-1].articles, *found.articles])
            known[-1] = replace(found, cells=tuple(cells), articles=tuple(articles))
        else:
            known.append(found)


@functools.lru_cache(maxsize=8)
def reverse_index_of(register: Register) -> ReverseIndex:
    """The register turned round; worked out once in the life of a process."""
    index = ReverseIndex()
    offices, departments, quoted = map(register.names, ("offices", "departments", "citations"))
    for part in register.parts:
        for listed in register.of(part.name):
            standing: dict[str, Mention] = {}
            for place in listed.document.places():
                subject = tuple(cell for cell in place.cells if not cell.responsible)
                found = standing.setdefault(place.anchor, Mention(part, listed, place, subject))
                if isinstance(place.document, WorkedByDocument):
                    index.note(index.added, Key("offices", place.document.office), replace(found, added=place.document))
                if isinstance(place.document, ShareDocument):
                    index.note(index.responsible, Key("departments", place.document.department), found)
                for cell in place.cells:
                    here = found if cell.responsible else replace(found, cells=(cell,))
                    for span in offices.read(cell):
                        where = index.responsible if cell.responsible else index.mentioned
                        index.note(where, Key("offices", span.target.code), here)
                    for span in departments.in_text(cell.text) if cell.column != DEPARTMENT else ():
                        index.note(index.mentioned, Key("departments", span.target.code), here)
                    for cited in citations.find(cell.text, quoted):
                        if law := cited.citation.law:
                            index.note(index.mentioned, Key("laws", law), replace(here, articles=cited.articles))
    return index


def offices_responsible(register: Register, item: Key) -> list[Key]:
    """The offices that the list makes responsible for an item; where it names none, those that the bureau added."""
    index = reverse_index_of(register)
    for found in (index.responsible, index.added):
        offices = [key for key, at in found.items() if key.kind == "offices" and any(each.key == item for each in at)]
        if offices:
            return sorted(offices)
    return []


def named_by(register: Register) -> dict[Key, set[Key]]:
    """By item of the list: everything that it has to do with."""
    return dict(reverse_index_of(register).named_by)


def by_part(found: Iterable[Mention]) -> list[tuple[parts.Part, list[Mention]]]:
    """The places of each part that has any, in the document's order."""
    return [(part, list(here)) for part, here in itertools.groupby(found, key=lambda each: each.part)]
