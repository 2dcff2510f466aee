"""For each line of the trail of one thing: the edition by which what it says became public.

A line is matched by what it says, not by the clock: the document is composed from the row as the line left it, and the
texts that changed are looked for in what each edition froze, along the way on which editions build on each other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from acts.errors import Refused
from editions.form import parts
from editions.life.edition import Edition
from editions.life.frozen import Entry
from editions.life.states import ISSUED_STATES, UNDER_WAY
from editions.register.comparison import texts_of
from editions.register.register import Listed, read_version
from history.documents import Retired
from history.lines import Line, RowId, Trail
from verbatim.documents import Document

Texts = Mapping[str, Any]
"""What a row says in the list, by where; empty where it is not listed."""
NOWHERE: Texts = {}


@dataclass(frozen=True)
class PublicationStatus:
    """What became of a line."""

    state: str
    """public, under_way, waiting (for a new edition), restored (to what is public), overtaken (changed again before
    anything was public), never (retired before anything was public), unlisted (nothing that the list says)."""
    edition: Edition | None = None
    partly: bool = False
    """Of several texts that it changed only some are so."""


UNLISTED = PublicationStatus("unlisted")
ORDER = ("public", "under_way", "waiting", "restored", "never", "overtaken")


def publication_statuses(trail: Trail, kind: parts.RowKind, code: str) -> dict[tuple[RowId, int], PublicationStatus]:
    """By row and record. In a constant number of queries."""
    editions = _Editions.of(kind, code)
    said: dict[RowId, list[tuple[Line, Texts]]] = {}
    for line, texts in _said(trail):
        said.setdefault(line.row, []).append((line, texts))
    found: dict[tuple[RowId, int], PublicationStatus] = {}
    for key, lines in said.items():
        frozen = editions.texts_in_editions(_place(trail, key), [texts for _, texts in lines])
        for (line, _), status in zip(lines, _statuses([texts for _, texts in lines], frozen, editions), strict=True):
            found[key, line.record] = status
    return found


def kind_of(row: Any) -> parts.RowKind | None:
    """The kind that documents of this row are of."""
    return next((k for k in parts.kinds() if isinstance(k, parts.RowKind) and k.model is type(row)), None)


# What a row says after each line


def _said(trail: Trail) -> Iterator[tuple[Line, Texts]]:
    """Each line with what its row says in the list from then on. Of the whole document only the row and what it stands
    in is composed, so a line costs the same in a long document."""
    now: dict[RowId, Mapping[str, Any]] = {
        key: {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for key, row in trail.rows.items()
    }
    now |= {line.row: line.values for line in reversed(trail.lines)}  # as each began, whatever the clocks say
    last: dict[RowId, Texts] = {}
    for line in trail.lines:
        now[line.row] = line.values
        try:
            last[line.row] = _texts(trail, now, line.row)
        except (ValidationError, Refused):  # what makes no list was in no edition either
            last.setdefault(line.row, NOWHERE)
        yield line, last[line.row]


def _texts(trail: Trail, now: Mapping[RowId, Mapping[str, Any]], key: RowId) -> Texts:
    chain = _chain(trail, now, key)
    root, *_ = chain
    if now[root].get("retired_on") is not None:
        return NOWHERE
    listed = _composed(trail, now, chain)
    if key == root:
        return _of_the_whole(listed)
    if anchor := _anchor(trail, key):
        return {
            name: each.text for name, each in texts_of(listed).items() if each.anchor == anchor and not each.is_note
        }
    without = _composed(trail, now, chain[:-1])
    fresh = [each for each in _unnamed(listed.document) if each not in _unnamed(without.document)]
    return {"": fresh[0][1]} if fresh else NOWHERE


def _chain(trail: Trail, now: Mapping[RowId, Any], key: RowId) -> list[RowId]:
    """The row with all that it stands in, the whole first: regime, chapter, the clauses above, the clause."""
    chain = [key]
    while (parent := now[chain[0]].get("parent_id")) is not None and (key[0], parent) in now:
        chain.insert(0, (key[0], parent))
    while (owner := trail.owner_of(chain[0])) is not None:
        chain.insert(0, owner)
    return chain


def _composed(trail: Trail, now: Mapping[RowId, Mapping[str, Any]], chain: list[RowId]) -> Listed:
    """The document of the first, holding the others alone."""
    rows: dict[Any, Any] = {key: key[0](**now[key]) for key in chain}
    for (model, _), row in rows.items():
        for each in model._meta.concrete_fields:
            if each.related_model and (pk := getattr(row, each.attname)) is not None:
                target: Any = rows.get((each.related_model, pk)) or trail.pointed[each.related_model, pk]
                setattr(row, each.name, target)
        for relation in model._meta.related_objects:
            inside = [
                part
                for (other, _), part in rows.items()
                if other is relation.related_model and getattr(part, relation.field.attname) == row.pk
            ]
            if relation.one_to_one:
                relation.set_cached_value(row, inside[0] if inside else None)
            else:
                row.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = inside
    whole: Any = rows[chain[0]]
    return Listed(getattr(whole, "serial", ""), whole.document())


def _anchor(trail: Trail, key: RowId) -> str:
    """What a row is found by inside its document; empty where it has no name there."""
    model, _ = key
    return str(getattr(trail.rows[key], model.permanent)).lower() if model.permanent else ""


def _place(trail: Trail, key: RowId) -> tuple[str, str]:
    """Where a row stands: whole, row or unnamed, and the anchor; of an unnamed one that of the row around it."""
    owner = trail.owner_of(key)
    if owner is None:
        return "whole", ""
    if anchor := _anchor(trail, key):
        return "row", anchor
    return "unnamed", _anchor(trail, owner) if trail.owner_of(owner) else ""


def _of_the_whole(listed: Listed) -> Texts:
    own = {name: each.text for name, each in texts_of(listed).items() if not each.anchor and not each.is_note}
    return {"listed": True, "serial": listed.serial, **own}


def _unnamed(document: Document) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    """What has no name inside a document, each by the anchor at which it stands and by all that it says."""
    return [
        (place.anchor, frozenset([("", type(place.document).__name__), *place.document.facts()]))
        for place in document.places()
        if place.document is not document and not place.document.noun and not isinstance(place.document, Retired)
    ]


# What the editions say


def _in_the_chain(public: list[Edition]) -> Iterator[Edition]:
    """From the first one on, whatever the clock said when each was issued."""
    after = {edition.previous_id: edition for edition in public}
    here = after.get(None)
    while here:
        yield here
        here = after.get(here.pk)


@dataclass(frozen=True)
class _Editions:
    """The editions that are public or under way, each behind the one that it builds on, and what each holds."""

    editions: list[Edition]
    listed: Mapping[Any, Listed]
    texts: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: parts.RowKind, code: str) -> "_Editions":
        states = [*ISSUED_STATES, *UNDER_WAY]
        found = list(Edition.objects.filter(state__in=states).defer("seal").order_by("pk"))
        public = [each for each in found if not each.is_under_way]
        editions = [*_in_the_chain(public), *(each for each in found if each.is_under_way)]
        entries = Entry.objects.filter(edition__in=editions, kind=kind.name, code=code).values_list(
            "edition_id", "serial", "version__schema", "version__text", "version__digest"
        )
        return cls(
            editions,
            {
                edition: Listed(serial, read_version(kind.name, schema, text, digest), digest)
                for edition, serial, schema, text, digest in entries
            },
        )

    def texts_in_editions(self, place: tuple[str, str], said: list[Texts]) -> dict[Any, Texts]:
        """By edition, what each says where that row stands."""
        sort, anchor = place
        found: dict[Any, Texts] = {}
        for edition in self.editions:
            listed = self.listed.get(edition.pk)
            if listed is None:
                found[edition.pk] = NOWHERE
            elif sort == "whole":
                found[edition.pk] = self._cached(listed, _of_the_whole)
            elif sort == "row":
                found[edition.pk] = self._cached(listed, _by_anchor).get(anchor, NOWHERE)
            else:
                here = [what for where, what in self._cached(listed, _unnamed_in) if where == anchor]
                found[edition.pk] = next(
                    ({"": texts[""]} for texts in reversed(said) if texts.get("") in here), NOWHERE
                )
        return found

    def _cached(self, listed: Listed, read: Any) -> Any:
        """Of one version once, however many editions hold it."""
        key = read, listed.stored, listed.serial
        if key not in self.texts:
            self.texts[key] = read(listed)
        return self.texts[key]


def _by_anchor(listed: Listed) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, each in texts_of(listed).items():
        if not each.is_note:
            found.setdefault(each.anchor, {})[name] = each.text
    return found


def _unnamed_in(listed: Listed) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    return _unnamed(listed.document)


# The one laid beside the other


def _statuses(said: list[Texts], frozen: Mapping[Any, Texts], editions: _Editions) -> list[PublicationStatus]:
    """Of each line of one row."""
    states = [NOWHERE, *said]
    names = dict.fromkeys(name for texts in states for name in texts)
    series = {name: _Series([texts.get(name) for texts in states]) for name in names}
    for each_name, each in series.items():
        each.match_editions(editions.editions, {pk: texts.get(each_name) for pk, texts in frozen.items()})
    statuses = []
    for number in range(1, len(states)):
        found = [each.status(number) for each in series.values() if each.changes(number)]
        statuses.append(_combined(found) if found else UNLISTED)
    return statuses


def _combined(found: Iterable[PublicationStatus]) -> PublicationStatus:
    """Of several texts that one line changed: the one that says most, and whether it holds of all."""
    each = sorted(found, key=lambda status: ORDER.index(status.state))
    first = each[0]
    partly = any((other.state, other.edition) != (first.state, first.edition) for other in each)
    return PublicationStatus(first.state, first.edition, partly)


class _Series:
    """What one text was before the first line and after each, and which of these the editions hold."""

    def __init__(self, values: list[Any]) -> None:
        self.values = values
        self.places: dict[Any, list[int]] = {}
        for number, value in enumerate(values):
            if number == 0 or value != values[number - 1]:
                self.places.setdefault(value, []).append(number)
        self.held: list[tuple[Edition, int]] = []
        self.public: Any = None

    def changes(self, number: int) -> bool:
        return bool(self.values[number] != self.values[number - 1])

    def match_editions(self, editions: list[Edition], frozen: Mapping[Any, Any]) -> None:
        """An edition holds the first form, from that of the edition it builds on, that says what it says."""
        reached: dict[Any, int] = {None: 0}
        for edition in editions:
            least = reached.get(edition.builds_on_id, 0)
            fitting = self.places.get(frozen[edition.pk], [])
            place = next((number for number in fitting if number >= least), None)
            reached[edition.pk] = least if place is None else place
            if place is not None:
                self.held.append((edition, place))
            if not edition.is_under_way and edition.revoked_on is None:
                self.public = frozen[edition.pk]

    def status(self, number: int) -> PublicationStatus:
        held = [(edition, place) for edition, place in self.held if place >= number]
        for under_way, state in ((False, "public"), (True, "under_way")):
            here = [(edition, place) for edition, place in held if edition.is_under_way == under_way]
            if here and here[0][1] == number:
                return PublicationStatus(state, here[0][0])
            if here:
                return PublicationStatus("overtaken")
        value = self.values[number]
        if any(each != value for each in self.values[number:]):
            return PublicationStatus("overtaken")
        if value != self.public:
            return PublicationStatus("waiting")
        return PublicationStatus("never" if value is None else "restored")
