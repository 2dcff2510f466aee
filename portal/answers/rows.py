"""The rows of a list that can answer a question: whose share, work, service or rule something is.

A row is one sentence of the list, word for word, with who it makes responsible. Where the list has a cell for that and
leaves it empty, nobody is named; where it has none, the whole regime is the bureau's.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from boundaries.documents import ShareDocument
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Listed, Register
from verbatim.documents import PHONES, RESPONSIBLE, Document, Place, has
from verbatim.folding import fold

EXCLUDED = re.compile(r"（不(?:包括|含)([^（）]*)）")
"""What a sentence of the list says that it is not about."""


@dataclass(frozen=True)
class AnswerRow:
    part: parts.Part
    listed: Listed
    place: Place
    text: str
    """What the list says there, paragraphs one a line."""
    within: str
    """What stands above it: the item, the chapter."""
    who: tuple[Key, ...]
    """The department, or the offices of the bureau, that are responsible."""
    says_who: bool
    """Whether the list says so itself; False where its cell is empty."""

    @functools.cached_property
    def key(self) -> Key:
        """Of the item of the list."""
        return self.part.key_of(self.listed.document)

    @property
    def item(self) -> Any:
        return self.listed.document

    @property
    def number(self) -> str:
        """Of the row, where it has one of its own, or of the item."""
        anchor = self.place.anchor.upper()
        return anchor if anchor.startswith(self.item.code) else self.item.code

    @functools.cached_property
    def is_head(self) -> bool:
        """Whether it is an item that has rows or clauses of its own, and none of these."""
        return not self.place.anchor and any(place.anchor for place in self.item.places())

    @property
    def is_share(self) -> bool:
        """Whether it is one department's share of a matter."""
        return isinstance(self.place.document, ShareDocument)

    def excludes(self, term: str) -> bool:
        """Whether it says expressly that a thing is not meant, and says nothing else of it."""
        held = fold(EXCLUDED.sub("", self.text))
        return term not in held and any(term in fold(thing) for thing in EXCLUDED.findall(self.text))

    def stages_behind(self, term: str, known: Iterable[str]) -> set[str]:
        """The stages that stand right behind a thing, and so are all of it that is meant: 食品相关产品生产加工."""
        stages = "|".join(map(re.escape, known))
        found = re.search(f"{re.escape(term)}((?:(?:{stages})[、和及]?)+)", fold(self.text))
        is_all_known = found and found.group(1)[-1] not in "、和及"  # 食品生产、流通: of what follows nobody knows
        return set(re.findall(stages, found.group(1))) if found and is_all_known else set()

    def has_stage(self, stage: str) -> bool:
        """Whether it names it, or the bureau has added it; `stage` is folded."""
        return stage in fold(self.text) or stage in map(fold, self.stages)

    @property
    def stages(self) -> tuple[str, ...]:
        """What the bureau added about it: the stages of the matter (本局整理)."""
        return tuple(each.stage for each in getattr(self.place.document, "stages", ()))


@functools.lru_cache(maxsize=8)
def rows_of(register: Register) -> tuple[AnswerRow, ...]:
    """In the order of the list."""
    return tuple(_rows(register))


@functools.lru_cache(maxsize=8)
def rows_of_items(register: Register) -> dict[Key, list[AnswerRow]]:
    """By item."""
    found: dict[Key, list[AnswerRow]] = defaultdict(list)
    for row in rows_of(register):
        found[row.key].append(row)
    return found


@functools.lru_cache(maxsize=8)
def rows_of_who(register: Register) -> dict[Key, list[AnswerRow]]:
    """By the office or the department that they make responsible."""
    found: dict[Key, list[AnswerRow]] = defaultdict(list)
    for row in rows_of(register):
        for key in row.who:
            found[key].append(row)
    return found


def _rows(register: Register) -> Iterator[AnswerRow]:
    for part in register.parts:
        for listed in register.of(part.name):
            places = list(listed.document.places())
            if any(isinstance(place.document, ShareDocument) for place in places):
                yield from (_share(part, listed, p) for p in places if isinstance(p.document, ShareDocument))
            elif any(_office_fields(type(place.document)) for place in places):
                yield from _with_offices(register, part, listed, places)
            else:
                yield from _of_the_bureau(register, part, listed, places)


def _share(part: parts.Part, listed: Listed, place: Place) -> AnswerRow:
    share = place.document
    assert isinstance(share, ShareDocument)
    who = (Key("departments", share.department),)
    return AnswerRow(part, listed, place, share.text, f"{listed.title}\n{share.name}", who, says_who=True)


def _with_offices(register: Register, part: parts.Part, listed: Listed, places: list[Place]) -> Iterator[AnswerRow]:
    """Each row that has a cell for the offices responsible; the item itself is the business of all that its rows
    name."""
    names = register.names("offices")
    rows = [place for place in places if _office_fields(type(place.document))]
    for place in rows:
        is_head = place is rows[0]
        cells = [cell.text for each in (rows if is_head else [place]) for cell in each.cells if cell.responsible]
        spans = (span for cell in cells for span in names.in_cell(cell).spans)
        who = tuple(dict.fromkeys(Key("offices", span.target.code) for span in spans))
        within = "" if is_head else _text(rows[0].document)
        yield AnswerRow(part, listed, place, _text(place.document), within, who, says_who=bool(cells))


def _of_the_bureau(register: Register, part: parts.Part, listed: Listed, places: list[Place]) -> Iterator[AnswerRow]:
    who = (Key("departments", register.bureau.code),)
    for place in places:
        text = "\n".join(cell.text for cell in place.cells) if place.anchor else listed.title
        within = "\n".join([listed.title, *place.trail[:1]]) if place.anchor else ""
        if text and text not in place.trail:  # a heading alone says nothing
            yield AnswerRow(part, listed, place, text, within, who, says_who=True)


def _text(document: Document) -> str:
    """Its printed text, but for whom and where to call."""
    fields = type(document).printed_fields().items()
    kept = (name for name, field in fields if not has(field, RESPONSIBLE) and PHONES not in field.metadata)
    return "\n".join(filter(None, (getattr(document, name) for name in kept)))


def _office_fields(kind: type[Document]) -> list[str]:
    return [name for name, field in kind.printed_fields().items() if has(field, RESPONSIBLE)]
