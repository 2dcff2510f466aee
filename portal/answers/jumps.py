"""What was asked for is the name of one thing: a code (ZZ-08-02), a number in a part (职责8), a law. Then the reader
goes straight there."""

import re
import unicodedata
from typing import Any, NamedTuple

from editions.form import parts
from editions.register.register import Register
from portal.answers.reverse_index import KINDS
from verbatim.folding import fold
from verbatim.numerals import number

OFFICES = re.compile(
    r"(?:你们|咱们?|我们|贵|本)?局?里?(?:内设|下设|一共|总共|都)?有?"
    r"(?:几个|多少个?|哪些|哪几个|什么|各个?|所有|全部)(?:股室|科室|股|科)(?:的?电话)?"
)
"""Which offices the bureau has: 质监局有几个股."""
CODE = re.compile(r"([A-Z]{2})-?(\d{1,4})((?:-\d{1,4})?)")


class Jump(NamedTuple):
    """The name of a URL, what it needs, and the anchor on the page."""

    name: str
    where: dict[str, Any]
    anchor: str = ""


def exact_target(register: Register, asked: str) -> Jump | None:
    """Where the one thing is that was asked for by its name; None if it is not one thing, or not in this edition."""
    return (
        _by_code(register, asked)
        or _by_number(register, asked)
        or _by_law(register, asked)
        or _to_offices(register, asked)
    )


def _by_code(register: Register, asked: str) -> Jump | None:
    typed = _typed(asked)
    if not typed:
        return None
    letters, digits, inner = typed.groups()
    code = f"{letters}-{int(digits):02}"
    for kind in [*(part.name for part in register.parts), *KINDS]:
        if listed := register.find(kind, code):
            anchor = f"{code}-{int(inner[1:]):02}".lower() if inner else ""
            if anchor and anchor not in {place.anchor for place in listed.document.places()}:
                return None
            name, key = ("item", "part") if parts.part(kind) else ("one-of-kind", "kind")
            return Jump(name, {key: kind, "code": code}, anchor)
    return None


def similar_targets(register: Register, asked: str, *, most: int = 3) -> list[str]:
    """Codes that are there, where a code was asked for that is not: the item's own, or the nearest of its series."""
    typed = _typed(asked)
    if not typed:
        return []
    letters, digits, _ = typed.groups()
    code = f"{letters}-{int(digits):02}"
    series = [
        document.code
        for kind in [*(part.name for part in register.parts), *KINDS]
        for document in register.documents(kind)
        if document.code.startswith(f"{letters}-")
    ]
    if code in series:
        return [code]
    return sorted(series, key=lambda each: abs(int(each.partition("-")[2]) - int(digits)))[:most]


def _typed(asked: str) -> re.Match[str] | None:
    return CODE.fullmatch(unicodedata.normalize("NFKC", asked).strip().upper())


def _by_number(register: Register, asked: str) -> Jump | None:
    bare = fold(asked)
    for part in register.parts:
        for called in sorted((part.label, *part.also_called), key=len, reverse=True):
            inside = re.fullmatch(rf"(?:{called}第?(.+?)[项条号]?|第(.+?)[项条号]的?{called})", bare)
            wanted = number(inside[1] or inside[2]) if inside else None
            for listed in register.of(part.name) if wanted is not None else ():
                if number(listed.serial) == wanted:
                    return Jump("item", {"part": part.name, "code": listed.document.code})
    return None


def _by_law(register: Register, asked: str) -> Jump | None:
    bare = _bare(asked)
    for law in register.documents("laws"):
        titles = _bare(law.title), _bare(law.title).removeprefix("中华人民共和国")
        if bare and bare in {title + number for title in titles for number in ("", _bare(law.number))}:
            return Jump("one-of-kind", {"kind": "laws", "code": law.code})
    return None


def _to_offices(register: Register, asked: str) -> Jump | None:
    bureau = register.bureau
    bare = _bare(asked).removeprefix(bureau.county).removeprefix(bureau.county.removesuffix("县"))
    for name in sorted((bureau.full_name.removeprefix(bureau.county), *bureau.names), key=len, reverse=True):
        for called in filter(None, map(_bare, (name, name.removeprefix("县")))):
            bare = bare.replace(called, "局")
    return Jump("all-of-kind", {"kind": "offices"}) if OFFICES.fullmatch(bare) else None


def _bare(text: str) -> str:
    """Folded, without the marks around a title and a number."""
    return re.sub(r"\W", "", fold(text))
