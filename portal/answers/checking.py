"""Whether the 俗称表 is right, and what it does: words that the list has not, sayings that are one, what it answers."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from editions.register.register import Register
from portal.answers.answer import Answer, answer
from portal.answers.question import Question
from portal.answers.vocabulary import SayingDocument, Sort, Vocabulary, VocabularyDocument
from verbatim.fields import paragraphs
from verbatim.folding import fold


@dataclass(frozen=True)
class Comparison:
    """Of two tables: what came, what means something else now, what went."""

    come: tuple[SayingDocument, ...]
    changed: tuple[tuple[SayingDocument, SayingDocument], ...]
    gone: tuple[SayingDocument, ...]
    other_questions: bool
    """Whether the first page asks other questions."""

    @classmethod
    def of(cls, old: VocabularyDocument, new: VocabularyDocument) -> "Comparison":
        before = {saying.said: saying for saying in old.sayings}
        after = {saying.said: saying for saying in new.sayings}
        return cls(
            tuple(saying for said, saying in after.items() if said not in before),
            tuple((before[said], saying) for said, saying in after.items() if before.get(said, saying) != saying),
            tuple(saying for said, saying in before.items() if said not in after),
            old.quick_questions != new.quick_questions,
        )

    @property
    def count(self) -> int:
        """How much is otherwise; the questions of the first page as one."""
        return len(self.come) + len(self.changed) + len(self.gone) + self.other_questions

    @property
    def is_empty(self) -> bool:
        return not self.count


def leads_nowhere(register: Register, saying: SayingDocument) -> list[str]:
    """The words that it stands for and that the list has nowhere, nor as the name of an office or a department. The
    stages of a matter may be missing from it: then that is the answer."""
    if saying.sort == Sort.STAGE:
        return []
    return [term for term in paragraphs(saying.means) if fold(term) not in _all_text(register)]


@functools.lru_cache(maxsize=4)
def _all_text(register: Register) -> str:
    names = (name for kind in ("offices", "departments") for each in register.documents(kind) for name in each.names)
    return "\n".join(map(fold, [*register.lines(), *names]))


def faults(register: Register, table: VocabularyDocument) -> Iterator[str]:
    """What is wrong with the table, each a sentence."""
    for saying in table.sayings:
        for term in leads_nowhere(register, saying):
            yield f"“{saying.said}”指到的“{term}”，现行的清单里没有这几个字。"
    same: dict[str, list[str]] = defaultdict(list)
    for saying in table.sayings:
        same[fold(saying.said)].append(saying.said)
    for said in same.values():
        if len(said) > 1:
            yield f"“{'”“'.join(said)}”查找时是同一个说法，只有最后一条管用。"
    if table.sayings and not any(saying.sort == Sort.EMERGENCY for saying in table.sayings):
        yield "没有一条险情：有人写“爆炸”“泄漏”，查找页不会先叫他打 119、110、120。"
    vocabulary = Vocabulary(table)
    for quick in table.quick_questions:
        if answer(register, vocabulary, quick.question).unsaid:
            yield f"首页提问“{quick.label}”（{quick.question}）没有答案，首页不会显示它。"


def answered(register: Register, table: VocabularyDocument, questions: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    """Those of the questions that the table answers, each with its answer."""
    vocabulary = Vocabulary(table)
    for asked in questions:
        found = answer(register, vocabulary, asked)
        if found.unsaid is None:
            yield asked, found


def known_to_be_outside(table: VocabularyDocument, questions: Iterable[str]) -> Iterator[str]:
    """Those of the questions in which the table meets what the list does not know: nobody has to look at them again."""
    vocabulary = Vocabulary(table)
    for asked in questions:
        if any(met.saying.sort == Sort.OUTSIDE for met in Question.read(asked, vocabulary).met):
            yield asked
