"""The 俗称表: what people say, and what the list says in its place. Kept by the staff, published by an act of its own,
marked 本局整理; no word of it is the list's.

Until somebody published one, the table that the portal comes with holds.
"""

import copy
import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from django.db import models
from pydantic import Field
from ruamel.yaml import YAML

from editions.form.keys import Key
from portal.answers.sounds import sounds_of
from verbatim.documents import Document, digest
from verbatim.fields import paragraphs
from verbatim.folding import fold

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "vocabulary" / "俗称.yaml"


WHOLE = 4
"""Words of the list of so many characters say by themselves what is meant, whatever a saying made of them."""


class Sort(models.TextChoices):
    """What a saying does to a question."""

    NAME = "name", "俗称"  # stands for words of the list
    ACTION = "action", "做法"  # says what is done about whatever else is named: 上牌 is 登记
    STAGE = "stage", "环节"  # says at which stage of a matter: 拉货 is 运输
    COMPLAINT = "complaint", "投诉"  # whoever says so has something to complain of
    EMERGENCY = "emergency", "险情"  # whoever says so should call for help first
    OUTSIDE = "outside", "清单以外"  # the list does not know of it
    OUTSIDE_ACT = "outside_act", "清单以外的做法"  # the list knows of it only where it has these words, or nowhere


class Unsaid(models.TextChoices):
    """What the list does not say."""

    NOTHING = "nothing", "清单里没有"  # it knows nothing of what was asked
    STAGE = "stage", "没有这个环节"  # it knows the matter, but not who has that stage of it
    OFFICE = "office", "没有写股室"  # it knows the work, but its cell for the office is empty
    WIDE = "wide", "说得太宽"  # it says so in many places, and nothing tells which is meant


class SayingDocument(Document):
    """One line of the 俗称表."""

    said: Annotated[str, Field(title="群众的说法", max_length=30)]
    sort: Annotated[Sort, Field(title="种类")] = Sort.NAME
    means: Annotated[str, Field(title="清单里的说法")] = ""
    """Words of the list, one a line."""

    @property
    def is_of_the_list(self) -> bool:
        """Whether it says what the list is about, and not what sort of question it is."""
        return self.sort in (Sort.NAME, Sort.ACTION) or (self.sort == Sort.OUTSIDE_ACT and bool(self.means))


class QuickQuestionDocument(Document):
    """A question that the first page puts to whoever comes."""

    label: Annotated[str, Field(title="显示的字", max_length=10)]
    question: Annotated[str, Field(title="问的话", max_length=100)]


class VocabularyDocument(Document):
    """The whole table as it is published."""

    sayings: tuple[SayingDocument, ...] = ()
    quick_questions: tuple[QuickQuestionDocument, ...] = ()


def quoted(text: str) -> str:
    """In quotation marks; what has some of its own in front is not given others."""
    return text if text.startswith("“") else f"“{text}”"


@dataclass(frozen=True)
class Met:
    """A saying that stands in a folded question."""

    start: int
    end: int
    saying: SayingDocument
    who: Key | None = None
    """The office or the department that it is the name of."""
    breadth: int = 1
    """How many sayings of the table have the same meaning."""

    @functools.cached_property
    def terms(self) -> tuple[str, ...]:
        """The words of the list that it stands for, folded."""
        return () if self.who else tuple(map(fold, paragraphs(self.saying.means)))

    @property
    def length(self) -> int:
        return self.end - self.start

    def holds(self, other: "Met") -> bool:
        """Whether it is longer, and the other one is inside it."""
        return self.length > other.length and self.start <= other.start and other.end <= self.end

    def meets(self, other: "Met") -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def says_other_words(self) -> bool:
        return bool(self.terms) and fold(self.saying.said) not in self.terms

    @property
    def understood(self) -> str:
        """What it was taken for: “秤”当作“计量器具”."""
        return f"{quoted(self.saying.said)}当作{quoted('、'.join(paragraphs(self.saying.means)))}"


class Vocabulary:
    """The table, ready to be met in questions."""

    def __init__(self, document: VocabularyDocument) -> None:
        self.document, self.digest = document, digest(document.canonical())
        self._who: dict[str, Key] = {}
        self._by_words = {fold(saying.said): saying for saying in document.sayings}
        for saying in document.sayings:
            for term in paragraphs(saying.means):  # what the list calls it is understood as it is
                sort = saying.sort if len(term) < WHOLE else Sort.NAME
                self._by_words.setdefault(fold(term), SayingDocument(said=term[:30], sort=sort, means=term))
        self._by_sound = _by_sound(self._by_words)
        self._emergencies = [words for words, said in self._by_words.items() if said.sort == Sort.EMERGENCY]
        stages = (paragraphs(saying.means) for saying in document.sayings if saying.sort == Sort.STAGE)
        self.stages = tuple(dict.fromkeys(fold(term) for terms in stages for term in terms))
        self._longest = max(map(len, self._by_words), default=0)
        self._breadth = Counter(saying.means for saying in document.sayings)

    def __repr__(self) -> str:
        """What tells one table from another."""
        return f"<Vocabulary {self.digest}>"

    def knowing(self, names: Iterable[tuple[str, Key]]) -> "Vocabulary":
        """With the names of offices and departments, which a list has of its own."""
        known = copy.copy(self)
        known._who = {fold(name): key for name, key in names}
        for saying in self.document.sayings:
            if key := known._who.get(fold(saying.means)):
                known._who[fold(saying.said)] = key
        known._by_words = {**self._by_words, **{name: SayingDocument(said=name[:30]) for name in known._who}}
        known._by_sound = _by_sound(known._by_words)
        known._longest = max(map(len, known._by_words), default=0)
        return known

    def says_emergency(self, folded: str) -> bool:
        """Whether somebody calls for help, be it inside a longer saying: 锅炉爆炸."""
        return any(words in folded for words in self._emergencies)

    def met_in(self, folded: str) -> list[Met]:
        """The sayings in a folded text, left to right, none over another."""
        return list(self._met(folded, self._as_written))

    def heard_in(self, folded: str) -> list[Met]:
        """Those that sound like something in it."""
        return list(self._met(folded, self._as_heard))

    def _met(self, folded: str, find: Callable[[str], str]) -> Iterator[Met]:
        """Those that say most of it, long ones before many short ones."""
        size = len(folded)
        most = [0] * (size + 1)  # from there to the end
        chosen: list[tuple[int, str]] = [(0, "")] * size
        for start in reversed(range(size)):
            most[start] = most[start + 1]
            for end in range(start + 1, min(start + self._longest, size) + 1):
                if most[end] + (end - start) ** 2 < most[start] or not (words := find(folded[start:end])):
                    continue
                if (said := most[end] + self._worth(words)) >= most[start]:
                    most[start], chosen[start] = said, (end, words)
        start = 0
        while start < size:
            end, words = chosen[start]
            if words:
                saying = self._by_words[words]
                yield Met(start, end, saying, self._who.get(words), self._breadth[saying.means] or 1)
            start = end if words else start + 1

    def _worth(self, words: str) -> int:
        """What it is worth to choose that saying: the square of its length; a call for help less than what it is about,
        as in 关在电梯里."""
        saying = self._by_words[words]
        is_a_call = saying.sort == Sort.EMERGENCY and not saying.means
        return len(words) - 1 if is_a_call else len(words) ** 2

    def _as_written(self, words: str) -> str:
        return words if words in self._by_words else ""

    def _as_heard(self, words: str) -> str:
        """What sounds like these words, if half of the characters are the same: 地里标志 is 地理标志."""
        alike = self._by_sound.get(sounds_of(words), ()) if len(words) > 1 and words not in self._by_words else ()
        same = {meant: sum(map(str.__eq__, words, meant)) for meant in alike}
        nearest = max(same, key=lambda meant: same[meant], default="")
        return nearest if nearest and same[nearest] * 2 >= len(words) else ""


def _by_sound(every: dict[str, SayingDocument]) -> dict[tuple[str, ...], list[str]]:
    """What is outside the list is believed only as it is written."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for words, saying in every.items():
        if len(words) > 1 and saying.is_of_the_list:
            found[sounds_of(words)].append(words)
    return found


def shipped(path: Path = SHIPPED) -> VocabularyDocument:
    """The table in a file."""
    content: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return VocabularyDocument(
        sayings=tuple(_sayings(content)),
        quick_questions=tuple(QuickQuestionDocument(**each) for each in content["quick_questions"]),
    )


def _sayings(content: dict[str, Any]) -> Iterable[SayingDocument]:
    for sort in Sort:
        for group in content[sort.value]:
            for said in group["said"].split():
                yield SayingDocument(said=said, sort=sort, means=group.get("means", ""))
