"""Which rows of a list a question is about: by what of it they hold, weighted by how rare that is in the list.

Shared runs of two and three characters, not words: the list has no word boundaries, and a question has slips. What a
saying of the 俗称表 stands for counts as a whole, each saying the same, however long its words of the list are. All
numbers here were measured on questions of citizens (tests/portal/questions, docs/decisions/0032-answers.md).
"""

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from editions.form.keys import Key
from editions.register.register import Register
from portal.answers.question import GRAMS, Question
from portal.answers.rows import AnswerRow, rows_of
from portal.answers.vocabulary import Met, Sort
from verbatim.folding import fold

WEIGHT = {Sort.NAME: 36.0, Sort.ACTION: 24.0, Sort.EMERGENCY: 24.0, Sort.STAGE: 10.0, Sort.OUTSIDE_ACT: 6.0}
"""What a saying weighs, where a row holds all that it stands for; a rare run of two characters weighs some 5."""
BROAD = 200
"""A meaning that so many sayings have, or more, is half as telling: a thing of daily use says less than what is wrong
with it."""
COMMON = 0.4
"""A saying that every row holds would count for so much less than one that a single row holds."""
OF_ANOTHER = 0.6
"""What only tells which one of a later named thing is meant counts for so much: the scale of the greengrocer."""
OF_WHO = 12.0
"""What it weighs that the office or the department is named whose row it is."""
ABOVE = 0.5
"""What is only said above a row weighs so much of what the row says itself."""
TOO_COMMON = 8
"""A run that more than one row in so many holds says nothing, and would take most of the time."""
OF_A_PLACE = {"item": 0.85, "clause": 0.6}
"""An item counts for less than its rows, a clause for less than a row of a table: they say more than one thing."""
LENGTHS = 0.06
"""How much a long text is at a disadvantage: it shares something with everything."""


@dataclass(frozen=True)
class Ranked:
    number: int
    """Its place in the list."""
    row: AnswerRow
    score: float
    held: float
    """How much of what was asked it holds, of 1."""


@dataclass(frozen=True)
class _Standing:
    """What a row says itself and what stands above it, folded."""

    text: str
    within: str
    factor: float

    def share_of(self, term: str) -> float:
        return 1.0 if term in self.text else ABOVE if term in self.within else 0.0


class Ranking:
    """The rows of one register by their runs of characters."""

    def __init__(self, register: Register) -> None:
        self.rows = rows_of(register)
        self.standing = [_Standing(fold(row.text), fold(row.within), _factor(row)) for row in self.rows]
        self.holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(self.standing):
            own = grams_of(each.text)
            for gram in own:
                self.holding[gram].append((number, 1.0))
            for gram in grams_of(each.within) - own:
                self.holding[gram].append((number, ABOVE))

        self.bureau = Key("departments", register.bureau.code)
        self.of_stage: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for stage in row.stages:
                self.of_stage[fold(stage)].append(number)

    def _rows_of(self, who: Key) -> Iterable[int]:
        """What somebody who is named has to do with; the bureau with all that is no other department's."""
        for number, row in enumerate(self.rows):
            if who in row.who or (who == self.bureau and not row.is_share):
                yield number

    def holds_all(self, question: Question) -> bool:
        """Whether all that it says are words of the list."""
        said = [(question.folded[met.start : met.end], met.terms) for met in question.met]
        are_of_the_list = all(any(words in term for term in terms) for words, terms in said)
        return bool(said or question.grams) and are_of_the_list and question.grams <= self.holding.keys()

    def rarity(self, gram: str) -> float:
        return math.log(1 + len(self.rows) / (1 + len(self.holding.get(gram, ()))))

    def rank(self, question: Question) -> list[Ranked]:
        """The rows that hold anything of it, the best first."""
        scores: dict[int, float] = defaultdict(float)
        asked = 0.0
        for gram in question.grams:
            weight = self.rarity(gram)
            asked += weight
            found = self.holding.get(gram, ())
            if len(found) * TOO_COMMON <= len(self.rows) + TOO_COMMON:
                for number, share in found:
                    scores[number] += weight * share
        theirs = {number for key in question.who for number in self._rows_of(key)}
        named: dict[int, float] = defaultdict(float)
        for met in question.different:
            held = self._holding_terms(met)
            weight = WEIGHT.get(met.saying.sort, 0.0) / (1 + min(met.breadth / BROAD, 1)) * self._telling(held)
            if question.tells_which(met):
                weight *= OF_ANOTHER
            asked += weight
            for number, share in held.items():
                if met.saying.sort == Sort.NAME:
                    named[number] = max(named[number], share)
                elif met.saying.sort == Sort.STAGE and number in named:  # the stage of as much of a thing as it holds
                    share *= named[number]
                elif number not in scores and number not in theirs:
                    continue
                scores[number] += weight * share
        for number in theirs & scores.keys():
            if not set(question.who).isdisjoint(self.rows[number].who):
                scores[number] += OF_WHO
        ranked = [
            Ranked(number, self.rows[number], score * self.standing[number].factor, score / asked)
            for number, score in scores.items()
        ]
        return sorted(ranked, key=lambda each: -each.score)

    def _telling(self, held: dict[int, float]) -> float:
        """How much a saying says by how few rows hold as much of it as any."""
        most = max(held.values(), default=0.0)
        holding = sum(share == most for share in held.values())
        return 1 - COMMON * math.log(1 + holding) / math.log(1 + len(self.rows))

    def _holding_terms(self, met: Met) -> dict[int, float]:
        """By row: how much it holds of what the saying stands for, of 1."""
        found: dict[int, float] = defaultdict(float)
        if met.saying.sort == Sort.OUTSIDE_ACT:  # each of its words is a place where the list has it
            return {number: 1.0 for term in met.terms for number in self._numbers_with(term)}
        for term in met.terms:
            is_stage = met.saying.sort == Sort.STAGE
            for number in self._candidates(term):
                if not (is_stage and self.rows[number].excludes(term)):  # 不包括储存…
                    found[number] += self.standing[number].share_of(term) / len(met.terms)
            if is_stage:
                found |= dict.fromkeys(self.of_stage[term], 1.0)
        return found

    def rows_with(self, term: str) -> list[AnswerRow]:
        return [self.rows[number] for number in self._numbers_with(term)]

    def _numbers_with(self, term: str) -> Iterable[int]:
        """Of rows that hold the term themselves, and not only in what stands above them."""
        return (number for number in self._candidates(term) if term in self.standing[number].text)

    def _candidates(self, term: str) -> Iterable[int]:
        """Rows that may hold the term: those that hold the rarest run of it."""
        runs = grams_of(term)
        if not runs:
            return range(len(self.rows))
        rarest = min(runs, key=lambda gram: len(self.holding.get(gram, ())))
        return [number for number, _ in self.holding.get(rarest, ())]


def _factor(row: AnswerRow) -> float:
    kind = "clause" if row.part.table is None and row.place.anchor else "item" if row.is_head else ""
    return OF_A_PLACE.get(kind, 1.0) / (1 + LENGTHS * math.log(1 + len(row.text)))


def grams_of(folded: str) -> set[str]:
    """The runs of two and of three characters, without the punctuation."""
    runs = re.findall(r"\w+", folded)
    return {run[at : at + length] for run in runs for length in GRAMS for at in range(len(run) - length + 1)}


@functools.lru_cache(maxsize=8)
def ranking_of(register: Register) -> Ranking:
    return Ranking(register)
