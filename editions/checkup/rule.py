"""What a rule is, what it finds, and the rules that there are."""

import datetime
import enum
import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from editions.checkup.dictionary import Dictionary, with_repeals_of
from editions.form import parts
from editions.form.keys import Key
from editions.register.register import Register
from verbatim.documents import Document, digest
from verbatim.fields import paragraphs


class Level(enum.StrEnum):
    INFORMATION = "information"  # good to know; nothing has to be done
    WARNING = "warning"  # whoever submits the list has to say a word about it
    ERROR = "error"  # the list is not submitted like this


LEVELS = {Level.INFORMATION: "提示", Level.WARNING: "提醒", Level.ERROR: "错误"}


class Family(enum.StrEnum):
    MECHANICAL = "mechanical"  # seen in the text itself
    COMPARISON = "comparison"  # seen by holding one place of the list against another
    DICTIONARY = "dictionary"  # seen by holding the text against the dictionary that the staff keep


FAMILIES = {Family.MECHANICAL: "形式", Family.COMPARISON: "前后对照", Family.DICTIONARY: "词典"}


@dataclass(frozen=True)
class Spot:
    """Where something stands: the kind of document and its code (duties, ZZ-05), the anchor on its page (zz-05-05,
    c5-2; empty for the item itself), and what readers call the way there."""

    kind: str
    code: str
    anchor: str = ""
    trail: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return Key(self.kind, self.code)

    @property
    def named(self) -> str:
        """JG-08 五、监督检查程序 3、"""
        return " ".join(filter(None, [parts.called(self.key), *self.trail]))


@dataclass(frozen=True)
class Text:
    """One printed paragraph in its place."""

    spot: Spot
    column: str
    text: str
    document: Document = field(repr=False, compare=False)
    responsible: bool = False
    """It stands in a cell that names the offices responsible."""


@dataclass(frozen=True)
class Finding:
    """What a rule found: the very characters (`text`) of a paragraph (`line`), and a sentence that says what is wrong.
    Where nothing is printed, `text` is empty or what stands in its place."""

    rule: str
    level: Level
    spot: Spot
    text: str
    sentence: str
    line: str = ""
    against: tuple[str, ...] = ()
    """What it is held against: the other words, the numbers that its sentence names."""

    @property
    def words(self) -> str:
        """The same as long as the rule finds the same words in the same paragraph, however it words its sentence."""
        return words_key(self.rule, self.spot, self.text, self.line)

    @property
    def key(self) -> str:
        """And as long as it is held against the same."""
        return digest("\n".join([self.words, *self.against]))

    def dump(self) -> dict[str, Any]:
        """As check_register prints it."""
        return {
            "rule": self.rule,
            "level": self.level,
            "kind": self.spot.kind,
            "code": self.spot.code,
            "anchor": self.spot.anchor,
            "place": self.spot.named,
            "text": self.text,
            "line": self.line,
            "sentence": self.sentence,
            **({"against": list(self.against)} if self.against else {}),
        }

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Finding":
        """A finding that was dumped; of the way to its place the words are kept, not the steps."""
        key = Key(row["kind"], row["code"])
        way = row["place"].removeprefix(parts.called(key)).strip()
        spot = Spot(*key, row["anchor"], (way,) if way else ())
        level, against = Level(row["level"]), tuple(row.get("against", ()))
        return cls(row["rule"], level, spot, row["text"], row["sentence"], row["line"], against)


def words_key(rule: str, spot: Spot, text: str, line: str) -> str:
    return digest("\n".join([rule, spot.kind, spot.code, spot.anchor, text, line]))


class CheckContext:
    """What the rules read: the list, its paragraphs, the dictionary, the day from which the list is in force, what the
    staff found themselves, and whether it is about to become an edition (working rows print the date of the last one).
    """

    def __init__(
        self,
        register: Register,
        dictionary: Dictionary,
        on: datetime.date,
        by_hand: Sequence[Any] = (),
        *,
        as_edition: bool = False,
    ) -> None:
        self.register, self.dictionary, self.on = register, with_repeals_of(dictionary, register), on
        self.by_hand, self.as_edition = by_hand, as_edition

    @functools.cached_property
    def texts(self) -> list[Text]:
        """Every printed paragraph of the list, in its order."""
        return list(self._texts())

    def of(self, kind: str) -> list[Text]:
        return [text for text in self.texts if text.spot.kind == kind]

    @functools.cached_property
    def whole(self) -> str:
        """All of it, one paragraph a line."""
        return "\n".join(text.text for text in self.texts)

    def _texts(self) -> Iterator[Text]:
        for kind in parts.kinds():
            for document in self.register.documents(kind.name):
                for place in document.places():
                    spot = Spot(*kind.key_of(document), place.anchor, place.trail)
                    for cell in place.cells:
                        for line in paragraphs(cell.text):
                            yield Text(spot, cell.column, line, place.document, cell.responsible)


class Rule:
    """One thing that a careful reader looks for. The docstring is the rule; `says` is the sentence that is shown, with
    what was found in its braces."""

    code: ClassVar[str]
    level: ClassVar[Level] = Level.WARNING
    family: ClassVar[Family] = Family.MECHANICAL
    label: ClassVar[str]
    """What the interface calls it."""
    says: ClassVar[str]
    box: ClassVar[str] = ""
    """The field that it is about, where nothing is printed in it yet."""
    besides: ClassVar[Collection[str]] = ()
    """What its sentence names for the reader's sake alone: a finding is the same where that differs."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        """What it finds, in the order of the list."""
        raise NotImplementedError

    def at(self, spot: Spot, text: str = "", line: str = "", **said: Any) -> Finding:
        sentence = self.says.format(text=text, **said)
        against = tuple(str(said[name]) for name in sorted(said) if name not in self.besides)
        return Finding(self.code, self.level, spot, text, sentence, line or text, against)


class TextRule(Rule):
    """A rule of which each paragraph is judged alone."""

    of_names: ClassVar[bool] = True
    """Whether it is a rule for cells too that hold nothing but the names of offices."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts if self.of_names else (each for each in checked.texts if not each.responsible):
            for found, said in self.slips(text.text):
                yield self.at(text.spot, found, text.text, **said)

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """What is found in a paragraph, and what the sentence says of it besides."""
        raise NotImplementedError


class PatternRule(TextRule):
    """Whatever the pattern matches is a slip."""

    pattern: ClassVar[re.Pattern[str]]

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for match in self.pattern.finditer(text):
            yield match.group(), match.groupdict()


_rules: dict[str, type[Rule]] = {}


def register(*rules: type[Rule]) -> None:
    for rule in rules:
        _rules[rule.code] = rule


def rules() -> list[type[Rule]]:
    """Every rule, family by family."""
    order = list(Family)
    return sorted(_rules.values(), key=lambda rule: order.index(rule.family))


def rule(code: str) -> type[Rule] | None:
    return _rules.get(code)


def check(checked: CheckContext) -> list[Finding]:
    """Everything that the rules find, in the order of the list. Where two rules find the same characters at the same
    place, the one that was asked first says it."""
    found: dict[tuple[Spot, str, str], Finding] = {}
    for each in rules():
        for finding in each().check(checked):
            found.setdefault((finding.spot, finding.text, finding.sentence), finding)
    order = {text.spot: number for number, text in reversed(list(enumerate(checked.texts)))}
    first: dict[Key, int] = {}
    for spot, number in order.items():
        first[spot.key] = min(first.get(spot.key, number), number)
    return sorted(found.values(), key=lambda f: order.get(f.spot, first.get(f.spot.key, 0)))
