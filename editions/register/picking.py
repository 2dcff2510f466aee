"""编制新版本: what was picked of the working rows, put into the edition that it builds on; the rest stays as it was."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from editions.form import parts
from editions.form.documents import RetiredDocument
from editions.form.keys import Key
from editions.register.comparison import Change, differences
from editions.register.register import Listed, Register
from verbatim.documents import Document
from verbatim.names import Names

T = TypeVar("T")


@dataclass(frozen=True)
class Picked:
    register: Register
    """The list as it will be."""
    taken: tuple[Change, ...]
    """What was chosen, and what came along."""
    brought: tuple[Change, ...]
    """What came along because something chosen needs it (a new office that a duty's cell names)."""


def pick(base: Register, working: Register, chosen: Collection[Key]) -> Picked:
    """The base with the chosen differences, and with what these need. With all of them it is `working`, with none it is
    `base`; an item that was not chosen keeps its place among the others that were not. What readers are not told is not
    chosen: notes of retired codes come with what they are about, or with anything."""
    changes = {change.key: change for change in differences(base, working)}
    known = dict.fromkeys([*_all_names(base), *_all_names(working)])
    naming = Names(known | {name: change.key for change in changes.values() for name in _new_names(change, base)})
    taken = {key: change for key, change in changes.items() if key in chosen}
    brought: dict[Key, Change] = {}
    waiting = list(taken.values())
    while waiting:
        for key in _needed(waiting.pop(), base, naming):
            if key in changes and key not in taken:
                taken[key] = brought[key] = changes[key]
                waiting.append(changes[key])
    taken |= _untold(changes) if taken else {}
    listed = {
        kind.name: _merged(
            kind, base, working, {key.code: change for key, change in taken.items() if key.kind == kind.name}
        )
        for kind in parts.kinds()
    }
    return Picked(
        Register({name: rows for name, rows in listed.items() if rows}),
        tuple(change for key, change in changes.items() if key in taken and change.change_types),
        tuple(change for change in brought.values() if change.change_types),
    )


def _untold(changes: Mapping[Key, Change]) -> dict[Key, Change]:
    """What differs without a word to readers, apart from the notes of items that can be chosen: codes that only an
    edition revoked since has shown to the public."""
    return {
        key: change
        for key, change in changes.items()
        if not change.change_types and Key(getattr(change.listed.document, "kind", ""), change.code) not in changes
    }


def dangling_names(base: Register, result: Register) -> Iterator[str]:
    """What text of the result still names, though nothing there is called so any more; each a sentence."""
    now = set(_all_names(result))
    gone = {
        name: f"{kind.label}“{name}”"
        for kind in parts.kinds()
        for document in base.documents(kind.name)
        for name in document.names
        if name not in now
    }
    known = Names(gone | dict.fromkeys(now))
    for part in result.parts:
        for document in result.documents(part.name):
            for called in sorted(_named_in(document, known)):
                yield f"{document.code} 的文字里写着{called}，这一版里已经没有叫这个名字的。"


def _all_names(register: Register) -> Iterator[str]:
    for kind in parts.kinds():
        for document in register.documents(kind.name):
            yield from document.names


def _new_names(change: Change, base: Register) -> set[str]:
    if change.new is None:
        return set()
    known = {name for document in base.documents(change.kind.name) for name in document.names}
    return set(change.new.document.names) - known


def _needed(change: Change, base: Register, naming: Names[Key | None]) -> Iterator[Key]:
    """A code is listed or retired, never both; what a document points at is there, and so are the frame around it and
    what its text names."""
    document: Any = change.listed.document
    if isinstance(document, RetiredDocument):
        yield Key(document.kind, document.code)
    elif change.old is None or change.new is None:
        yield Key("retired", change.code)
    if change.new is not None:
        if change.kind.is_part and change.kind not in base.parts:
            yield Key("frames", change.kind.name)
        yield from (Key(*target) for target in document.references() if base.find(*target) is None)
        yield from _named_in(document, naming)


def _named_in(document: Document, names: Names[T | None]) -> list[T]:
    """What the printed cells of a document, and of all inside it, name; each once, in order."""
    named = (span.target for place in document.places() for cell in place.cells for span in names.read(cell))
    return list(dict.fromkeys(target for target in named if target is not None))


def _merged(kind: parts.Kind, base: Register, working: Register, taken: Mapping[str, Change]) -> tuple[Listed, ...]:
    """The rows of the base, those taken as they are now; what was added or moved stands behind the row that it stands
    behind in the working register, or behind the nearest one before that which is here."""
    rows = {getattr(row.document, kind.key): row for row in base.of(kind.name)}
    placed = {code for code, change in taken.items() if change.old is None or change.moved}
    order = [code for code in rows if code not in placed and not (code in taken and taken[code].new is None)]
    here, behind = set(order), ""
    for row in working.of(kind.name):
        code = getattr(row.document, kind.key)
        if code in placed:
            order.insert(order.index(behind) + 1 if behind else 0, code)
            here.add(code)
        if code in taken:
            rows[code] = row
        if code in here:
            behind = code
    return tuple(rows[code] for code in order)
