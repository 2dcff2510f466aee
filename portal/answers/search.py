"""Search in the edition in force: every item that holds all the words, in the order of the list.

Recall is exact for any run of characters. A word that is common is met often enough among the first entries; one that
is rare has few candidates that hold its grams. Either way few texts are looked at, and the text always decides.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from editions.form import parts
from editions.form.keys import Key
from editions.life.edition import Edition
from editions.register.register import Listed, Register
from history import locks
from portal.answers.models import SearchEntry
from portal.answers.reverse_index import KINDS, reverse_index_of
from verbatim.documents import PrintedCell
from verbatim.folding import fold, grams, needed, occurrences

MOST = 200
"""So many items are found at most; whoever needs more adds a word."""
AT_FIRST = 3000
"""So many entries are read one after the other before the grams are asked: a whole list of the usual size."""
LONGEST = 90
"""A sentence that is longer is shown around its first hit."""
INDEXING = locks.lock_id("portal: the index of an edition")
"""The advisory lock of whoever makes an index."""


def find(edition: Edition, words: list[str]) -> list[Key]:
    """Kind and code of the items that hold every one of the folded words, in the order of the list, `MOST` at most."""
    found = _find(edition, words)
    if not found and not SearchEntry.objects.filter(edition=edition).exists():
        index(edition)
        found = _find(edition, words)
    return found


def _find(edition: Edition, words: list[str]) -> list[Key]:
    entries = SearchEntry.objects.filter(edition=edition).order_by("rank").values_list("kind", "code")
    for word in words:
        entries = entries.filter(GreaterThan(StrIndex("folded", Value(word)), 0))
    found = [Key(*row) for row in entries.filter(rank__lt=AT_FIRST)[:MOST]]
    if len(found) == MOST or edition.entry_count <= AT_FIRST:
        return found
    wanted = sorted(set().union(*map(needed, words)))
    rest = entries.filter(rank__gte=AT_FIRST, grams__contains=wanted)[: MOST - len(found)]
    return [*found, *(Key(*row) for row in rest)]


def index(edition: Edition) -> None:
    """Make the edition searchable, for good: it cannot change."""
    with transaction.atomic():
        locks.lock_exclusive(INDEXING)
        if SearchEntry.objects.filter(edition=edition).exists():
            return
        SearchEntry.objects.bulk_create(_entries(edition), batch_size=1000)


def is_index_current(edition: Edition) -> bool:
    """Whether its entries are what would be made of it now."""
    columns = ("rank", "kind", "code", "folded", "grams")
    held = SearchEntry.objects.filter(edition=edition).order_by("rank").values_list(*columns)
    made = (tuple(getattr(entry, column) for column in columns) for entry in _entries(edition))
    return all(there == wanted for there, wanted in zip_longest(held.iterator(), made))


def _entries(edition: Edition) -> Iterator[SearchEntry]:
    for rank, (kind, listed) in enumerate(_listed(edition.register())):
        document = listed.document
        texts = [fold(line) for line in document.lines(listed.serial)]
        yield SearchEntry(
            edition=edition,
            rank=rank,
            **kind.key_of(document)._asdict(),
            folded="\n".join(texts),
            grams=sorted(set().union(*map(grams, texts))),
        )


def _listed(register: Register) -> Iterator[tuple[parts.Kind, Listed]]:
    """Everything with printed text, in the order of the form: the cover, and each part with its frame and items."""
    yield from ((parts.get("cover"), cover) for cover in register.of("cover"))
    for part in register.parts:
        yield from ((parts.get("frames"), f) for f in register.of("frames") if f.document.part == part.name)
        yield from ((part, listed) for listed in register.of(part.name))


@dataclass(frozen=True)
class Hit:
    """A sentence that holds one of the words, in pieces: (text, whether it is what was asked for)."""

    anchor: str
    trail: tuple[str, ...]
    column: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """An item that was found, and where the words stand in it."""

    key: Key
    title: list[tuple[str, bool]]
    hits: list[Hit]


def build_result(register: Register, key: Key, words: list[str]) -> Result:
    listed = register.find(*key)
    assert listed is not None, f"the index names {key}, which the edition has not"
    document = listed.document
    title = getattr(document, "title", None) or document.heading
    hits = [
        (_held(sentence, words), Hit(place.anchor, place.trail, cell.column, pieces))
        for place in document.places()
        for cell in place.cells
        if cell.text != title
        for sentence, pieces in sentences(cell, words)
    ]
    hits.sort(key=lambda scored: -scored[0])
    return Result(key, _pieces(title, occurrences(title, words)), [hit for _, hit in hits])


def _held(sentence: str, words: list[str]) -> int:
    """How many of the words the sentence holds: those that say most come first."""
    folded = fold(sentence)
    return sum(word in folded for word in words)


def sentences(cell: PrintedCell, words: list[str]) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """The sentences of a cell that hold one of the words, each whole and in pieces."""
    for line in cell.text.split("\n"):
        for sentence in re.findall(r"[^。；]+[。；]?|[。；]", line):
            if at := occurrences(sentence, words):
                pieces = _pieces(sentence, at)
                yield sentence, _shortened(pieces) if len(sentence) > LONGEST else pieces


def _pieces(text: str, at: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, done = [], 0
    for start, end in at:
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [piece for piece in [*pieces, (text[done:], False)] if piece[0]]


def _shortened(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Around the hits: what is left out is said with an ellipsis."""
    keep = LONGEST // 4
    short = []
    for index, (text, is_hit) in enumerate(pieces):
        first, last = index == 0, index == len(pieces) - 1
        if is_hit or len(text) <= 2 * keep:
            short.append((text, is_hit))
        elif first:
            short.append(("…" + text[-keep:], False))
        elif last:
            short.append((text[:keep] + "…", False))
        else:
            short.append((text[:keep] + "…" + text[-keep:], False))
    return short


@dataclass(frozen=True)
class Facet:
    """One way to narrow what was found: so many of it have to do with this."""

    kind: str
    code: str
    name: str
    count: int


def facets(register: Register, found: list[Key], *, kind: str) -> list[Facet]:
    """By part, by office or by department, in their order, those that have any."""
    if kind == "part":
        counted = Counter(part for key in found for part in [_part(register, key)] if part)
        return [Facet(kind, p.name, p.label, counted[p.name]) for p in register.parts if counted[p.name]]
    named = reverse_index_of(register).named_by
    counted = Counter(other.code for key in found for other in named.get(key, ()) if other.kind == kind)
    return [Facet(kind, d.code, d.name, counted[d.code]) for d in register.documents(kind) if counted[d.code]]


def narrowed(register: Register, found: list[Key], *, kind: str, code: str) -> list[Key]:
    """What was found of this part, or has to do with this office or department."""
    if kind == "part":
        return [key for key in found if _part(register, key) == code]
    named = reverse_index_of(register).named_by
    return [key for key in found if Key(kind, code) in named.get(key, ())]


def _part(register: Register, key: Key) -> str:
    return key.code if key.kind == "frames" else key.kind if parts.part(key.kind) else ""


def names(register: Register, words: list[str]) -> list[tuple[str, Any]]:
    """Offices, departments and laws whose own names hold all the words: (kind, document)."""
    return [
        (kind, document)
        for kind in KINDS
        for document in register.documents(kind)
        if any(all(word in fold(name) for word in words) for name in _names(document))
    ]


def _names(document: Any) -> list[str]:
    if hasattr(document, "title"):
        return [document.title, document.number]
    return [document.name, *document.other_names, getattr(document, "full_name", "")]
