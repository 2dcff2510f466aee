"""The answer to a question: who, in the words of the list, and which phone; or, honestly, that the list does not say.

Nothing here is invented: a card holds a row of the list as it is printed, and a phone with what it is printed for.
What the 俗称表 understood is said beside it.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from editions.form.keys import Key
from editions.register.register import Register
from portal.answers.question import Question
from portal.answers.ranking import Ranked, ranking_of
from portal.answers.rows import AnswerRow, rows_of, rows_of_items, rows_of_who
from portal.answers.vocabulary import Met, Sort, Unsaid, Vocabulary, quoted
from verbatim.fields import paragraphs
from verbatim.folding import fold

MOST = 3
"""Cards at most."""
NEAR = 0.55
"""A further card scores so much of the first one at least (measured: docs/decisions/0032-answers.md)."""
OFFICE = 0.45
"""A row that names an office comes first for who asks for one, if it scores so much of the best one at least."""
DOING = 0.7
"""A row that does what is asked for comes first, if it scores so much of the best one at least."""
EQUAL, ALIKE = 0.05, 0.12
"""What scores less by no more than so much of the best one is as good: it stands in the order of the list. What prints
a phone may score less by so much more, and still comes first."""
NUMBER, LOCAL = re.compile(r"\d{7,}"), 7
"""A telephone number in a question, and how many digits of it are the same with and without the area's."""
HELD, SCORED = 0.3, 9.0
"""Without a saying of the 俗称表, a row holds so much of what was asked, and scores so much, or it is no answer
(measured: docs/decisions/0032-answers.md)."""
ALL = 0.99
"""Or it holds all of it."""
WHO_DOES = re.compile(r"科室|[办委](?=[（(应会审])")
"""Some part of the bureau, as a clause of a regime names it: it has no cell for that."""


@dataclass(frozen=True)
class PrintedPhone:
    number: str
    services: tuple[Any, ...]
    """The services under which the list prints it."""

    @property
    def printed_under(self) -> str:
        """Their titles, each in quotation marks once."""
        return "、".join(quoted(service.title) for service in self.services)


@dataclass(frozen=True)
class Card:
    """One answer: who, and what the list says."""

    keys: tuple[Key, ...]
    """Of the offices or the department; none where the list names nobody."""
    who: tuple[Any, ...]
    """Their documents."""
    rows: tuple[AnswerRow, ...]
    """One, or where an office was asked for, all that it is responsible for."""
    phones: tuple[PrintedPhone, ...]
    """The first is the one to call."""
    is_bureau: bool
    """Whether it is the bureau's own business: its phone is another's who is asked of another's."""

    @property
    def row(self) -> AnswerRow:
        return self.rows[0]

    @property
    def named(self) -> str:
        """Who, as the list prints it there; empty where it prints nobody."""
        return self.printed_name or "、".join(document.name for document in self.who)

    @property
    def is_within_bureau(self) -> bool:
        """Whether the name is an office's, which says nothing without the bureau's."""
        return self.is_bureau and all(key.kind == "offices" for key in self.keys)

    @property
    def printed_name(self) -> str:
        if len(self.rows) > 1 or not self.rows:
            return ""
        if self.row.is_share:
            return str(self.row.place.document.name)  # type: ignore[attr-defined]
        cells = [line for cell in self.row.place.cells if cell.responsible for line in paragraphs(cell.text)]
        return "、".join(dict.fromkeys(cells))


@dataclass(frozen=True)
class Answer:
    cards: tuple[Card, ...] = ()
    unsaid: Unsaid | None = None
    matter: AnswerRow | None = None
    """A row of the matter of which something is not said."""
    missing: str = ""
    """What is not said of it: whose a stage is, or who does what was asked for."""
    is_emergency: bool = False
    understood: tuple[Met, ...] = ()
    """The sayings that the 俗称表 turned into words of the list."""
    ask: PrintedPhone | None = None
    """The phone for what the list does not say: of the matter, or where enquiries go."""


def answer(register: Register, vocabulary: Vocabulary, asked: str) -> Answer:
    question = Question.read(_without_the_county(asked, register), _knowing(vocabulary, register))
    found = _Finding(register, question, vocabulary.stages)
    made = found.answer()
    understood = {met.saying.said: met for met in question.of(Sort.NAME) if met.says_other_words}
    return replace(
        made,
        is_emergency=question.is_emergency,
        understood=tuple(understood.values()) if made.cards else (),
        ask=made.ask or found.enquiries,
    )


def _without_the_county(asked: str, register: Register) -> str:
    """Who asks here means here."""
    county = register.bureau.county
    for name in (county, county.removesuffix("县")):
        asked = asked.replace(name, " ") if name else asked
    return asked


def enquiries(register: Register) -> PrintedPhone | None:
    """The phone for complaints and enquiries, where the list prints one."""
    listed = register.find("services", settings.ENQUIRIES)
    phones = paragraphs(listed.document.phones) if listed else []
    return PrintedPhone(phones[0], (listed.document,)) if listed and phones else None


@functools.lru_cache(maxsize=8)
def _knowing(vocabulary: Vocabulary, register: Register) -> Vocabulary:
    return vocabulary.knowing(_who_is_who(register))


@functools.lru_cache(maxsize=8)
def printed_text(register: Register) -> str:
    """All that the list prints, folded, a line for each of its lines."""
    return "\n".join(map(fold, register.lines()))


def _who_is_who(register: Register) -> Iterator[tuple[str, Key]]:
    for kind in ("offices", "departments"):
        for document in register.documents(kind):
            yield from ((name, Key(kind, document.code)) for name in document.names)


class _Finding:
    def __init__(self, register: Register, question: Question, known_stages: tuple[str, ...]) -> None:
        self.register, self.question, self.known_stages = register, question, known_stages
        self.is_complaint = bool(question.of(Sort.COMPLAINT))
        """Whether something is wrong."""
        self.wants_to_complain = any(met.terms for met in question.of(Sort.COMPLAINT))
        """Whether it says in so many words that this is to be reported."""
        self.acts = [act for act in question.of(Sort.OUTSIDE_ACT) if act.terms and question.asks_who_does(act)]
        """What is asked for, and only some rows of the list do."""
        self.enquiries = enquiries(register)

    def answer(self) -> Answer:
        if number := NUMBER.search(self.question.folded):
            return self._printed_with(number.group())
        if self._is_outside():
            return Answer(unsaid=Unsaid.NOTHING)
        ranked = self._ranked()
        if undone := self._done_to_nothing():
            return self._unsaid_of(ranked, undone)
        if not self._is_answered(ranked):
            return self._without_a_row()
        if unsaid := self._act_unsaid(ranked[0].row) or self._stage_unsaid(ranked):
            return unsaid
        cards = tuple(self._cards(ranked))
        best = cards[0]
        is_of_a_regime = best.row.part.table is None
        if self.wants_to_complain and best.is_bureau and not is_of_a_regime and (desk := self._complaints()):
            return Answer(cards=tuple(_each_who_once([desk, *cards]))[:MOST])
        is_unsaid = not best.row.says_who or (self.question.asks_for_office and not self._names_office(best))
        if is_unsaid and best.is_bureau and not (is_of_a_regime and WHO_DOES.search(best.row.text)):
            return Answer(cards=cards[:1], unsaid=Unsaid.OFFICE)
        return Answer(cards=cards)

    def _printed_with(self, number: str) -> Answer:
        """Whose telephone number it is: what the list prints it for. One that lacks a figure is another's."""
        digits = number if number.startswith("0") else number[-LOCAL:]
        every = (row for row in rows_of(self.register) if row.key.kind == "services")
        services = [row for row in every if any(fold(each).endswith(digits) for each in paragraphs(row.item.phones))]
        if not services:
            is_printed = re.search(rf"{digits}(?!\d)", printed_text(self.register))
            return Answer(unsaid=Unsaid.WIDE if is_printed else Unsaid.NOTHING)
        return Answer(cards=tuple(map(self._card, services[:MOST])))

    def _ranked(self) -> list[Ranked]:
        found = ranking_of(self.register).rank(self.question)
        if self.wants_to_complain:  # of the services only the one that takes complaints
            found = [each for each in found if each.row.key.kind != "services" or self._is_enquiries(each.row)]
        if not found:
            return []
        if self.question.asks_for_office and found[0].row.says_who:
            naming = [each for each in found if each.row.who and each.row.who[0].kind == "offices"]
            if naming and naming[0].score >= found[0].score * OFFICE:
                found = naming
        if found[0].row.is_head:  # what one of its clauses says says more
            inside = [each for each in found if each.row.key == found[0].row.key and each.held > found[0].held]
            found = [*inside[:1], *found[1:]] if inside else found
        doing = [each for each in found if all(_does(each.row, act) for act in self.acts)]
        if doing and doing[0].score >= found[0].score * DOING:
            found = doing
        best = found[0].score
        near = [each for each in found if each.score >= best * NEAR]
        alike = [each for each in near if each.score >= best * (1 - ALIKE)]
        calling = [each for each in alike if _own_phones(each.row) and not self._is_enquiries(each.row)]
        return list({each.number: each for each in (*calling, *_in_order(near), *found)}.values())

    def _is_enquiries(self, row: AnswerRow) -> bool:
        return self.enquiries is not None and row.item is self.enquiries.services[0]

    def _is_outside(self) -> bool:
        """Whether it is of what the list does not know: nothing else is named, or only in passing."""
        longest = max((met.length for met in self.question.of(Sort.NAME)), default=0)
        return any(
            not longest
            or self.question.comes_to(met)
            or (met.length > max(longest, 3) and not self.question.says_in_passing(met))
            for met in self.question.of(Sort.OUTSIDE)
        )

    def _done_to_nothing(self) -> Met | None:
        """What is asked for last, and is done to nothing in the list."""
        acts = (act for act in self.question.of(Sort.OUTSIDE_ACT) if not act.terms)
        return next((act for act in reversed(list(acts)) if not self.question.says_in_passing(act)), None)

    def _unsaid_of(self, ranked: list[Ranked], act: Met) -> Answer:
        """The matter, where it is named and the list has it, and what it does not say of it."""
        is_named = any(met.terms and met.start < act.start for met in self.question.of(Sort.NAME))
        if not is_named or self.question.of(Sort.OUTSIDE) or not self._is_answered(ranked):
            return Answer(unsaid=Unsaid.NOTHING)
        matter = ranked[0].row
        phones = [] if self.is_complaint else _own_phones(matter)
        return Answer(unsaid=Unsaid.STAGE, matter=matter, missing=f"“{act.saying.said}”", ask=next(iter(phones), None))

    def _is_answered(self, ranked: list[Ranked]) -> bool:
        if not ranked or not ranked[0].score:
            return False
        if any(met.terms for met in self.question.of(Sort.NAME)):
            return True
        return ranked[0].held >= ALL or (ranked[0].held >= HELD and ranked[0].score >= SCORED)

    def _without_a_row(self) -> Answer:
        """Whoever asks for an office or a department gets what it does; a complaint of nothing in particular goes where
        complaints go."""
        cards = [self._card_of(key) for key in dict.fromkeys(self.question.who)]
        are_of_the_bureau = all(card.is_bureau for card in cards)
        if are_of_the_bureau and self._is_taken_by_the_desk() and (desk := self._complaints()):
            return Answer(cards=(desk, *cards)[:MOST])
        if doing := [card for card in cards if card.rows][:MOST]:
            return Answer(cards=tuple(doing))
        is_wide = ranking_of(self.register).holds_all(self.question)
        return Answer(unsaid=Unsaid.WIDE if is_wide or self._is_printed() else Unsaid.NOTHING)

    def _is_printed(self) -> bool:
        """Whether the list prints, be it on its cover, all that is asked of."""
        printed, question = printed_text(self.register), self.question
        if len(question.folded) > 1 and question.folded in printed:
            return True
        return (
            bool(question.rest) and not question.met and all(len(run) > 1 and run in printed for run in question.rest)
        )

    def _is_taken_by_the_desk(self) -> bool:
        """Whether it is a complaint of something bought, or without a word that is not the list's. A deposit that is
        not paid back is not this bureau's to look into."""
        if not self.is_complaint or self.question.of(Sort.ACTION):
            return False
        printed = printed_text(self.register)
        return self.question.is_of_something_bought or all(run in printed for run in self.question.rest)

    def _complaints(self) -> Card | None:
        """Where complaints and enquiries go."""
        rows = rows_of_items(self.register).get(Key("services", settings.ENQUIRIES), [])
        return self._card(rows[0]) if rows and self.enquiries else None

    def _card_of(self, key: Key) -> Card:
        rows = tuple(row for row in rows_of_who(self.register).get(key, []) if not row.is_head)
        return Card((key,), (self._document(key),), rows, self._phones_of(key), self._is_of_the_bureau(key))

    def _act_unsaid(self, best: AnswerRow) -> Answer | None:
        """Where what was asked for is done to other things only."""
        undone = [act for act in self.acts if not _does(best, act)]
        return Answer(unsaid=Unsaid.STAGE, matter=best, missing=f"“{undone[0].saying.said}”") if undone else None

    def _stage_unsaid(self, ranked: list[Ranked]) -> Answer | None:
        """Where a matter is shared by stages, and none of the shares is of the stage that was asked for, or the best
        row leaves out expressly what was asked for, or is of another stage of it alone."""
        best = ranked[0].row
        stages = [term for met in self.question.stages for term in met.terms]
        things = [term for met in self.question.of(Sort.NAME) for term in met.terms]
        rest = fold(best.text)
        for thing in things:  # 食品生产经营工具 are tools
            rest = rest if thing.endswith(tuple(stages)) else rest.replace(thing, "")
        for thing in things:
            if best.excludes(thing):
                return Answer(unsaid=Unsaid.STAGE, matter=best, missing=_of_stage(thing))
            meant = best.stages_behind(thing, self.known_stages) if stages else set()
            if meant and not any(stage in rest or stage in meant for stage in stages):
                return Answer(unsaid=Unsaid.STAGE, matter=best, missing=_of_stage(stages[0]))
        if not best.is_share:
            others = [stage for stage in self._stages_asked_for() if self._is_of_another(stage, best)]
            return Answer(unsaid=Unsaid.STAGE, matter=best, missing=_of_stage(others[0])) if others else None
        shares = rows_of_items(self.register)[best.key]
        if self._is_particular(shares):  # 没拉到市场的菜 is not moved; 进口 is what it says
            stages = [stage for stage in stages if stage in self.question.folded]
        texts = [fold(row.text) for row in shares]
        known = {fold(stage) for row in shares for stage in row.stages}
        missing = [stage for stage in stages if stage not in known and not any(stage in text for text in texts)]
        return Answer(unsaid=Unsaid.STAGE, matter=best, missing=_of_stage(missing[0])) if missing else None

    def _stages_asked_for(self) -> list[str]:
        return [term for met in self.question.stages if self.question.asks_who_does(met) for term in met.terms]

    def _is_of_another(self, stage: str, best: AnswerRow) -> bool:
        """Whether the list has that stage of one other matter alone, as it has 医疗卫生救援."""
        rows = ranking_of(self.register).rows_with(stage)
        return len(rows) == 1 and rows[0].key != best.key

    def _is_particular(self, shares: list[AnswerRow]) -> bool:
        """Whether what was asked is the business of some of the shares, and not only the matter of all of them."""
        title, texts = fold(shares[0].listed.title), [fold(row.text) for row in shares]
        subjects = [met.terms[0] for met in self.question.of(Sort.NAME) if met.terms and met.terms[0] not in title]
        return any(0 < sum(subject in text for text in texts) < len(shares) for subject in subjects)

    def _cards(self, ranked: list[Ranked]) -> Iterator[Card]:
        seen: set[tuple[Key, ...]] = set()
        best = ranked[0]
        for each in ranked:
            if len(seen) == MOST or each.score < best.score * NEAR:
                return
            if each.row.who not in seen and not self._is_of_other_stages(each.row, best.row):
                seen.add(each.row.who)
                yield self._card(each.row)

    def _is_of_other_stages(self, row: AnswerRow, best: AnswerRow) -> bool:
        """Whether it is a share of the same matter, and has none of the stages asked for, as the best one has."""
        if row.key != best.key or not best.is_share:
            return False
        stages = [term for met in self.question.stages for term in met.terms]
        return any(map(best.has_stage, stages)) and not any(map(row.has_stage, stages))

    def _card(self, row: AnswerRow) -> Card:
        is_bureau = all(map(self._is_of_the_bureau, row.who))
        return Card(row.who, tuple(map(self._document, row.who)), (row,), self._phones(row, is_bureau), is_bureau)

    def _document(self, key: Key) -> Any:
        listed = self.register.find(*key)
        assert listed is not None
        return listed.document

    def _is_of_the_bureau(self, key: Key) -> bool:
        return key.kind == "offices" or key.code == self.register.bureau.code

    def _names_office(self, card: Card) -> bool:
        return any(key.kind == "offices" for key in card.row.who)

    def _phones(self, row: AnswerRow, is_bureau: bool) -> tuple[PrintedPhone, ...]:
        """The one to call first: that of the service itself, or where complaints and enquiries go; behind it those of
        the offices."""
        if not is_bureau:
            return ()
        own = _own_phones(row)
        enquiries = [self.enquiries] if self.enquiries else []
        if row.key.kind == "services":
            return tuple(own)
        if self.is_complaint:  # nobody complains to a course of training
            return _each_number_once([*own, *enquiries])
        offices = [phone for key in row.who for phone in self._phones_of(key)]
        return _each_number_once([*own, *enquiries, *offices])

    def _phones_of(self, key: Key) -> tuple[PrintedPhone, ...]:
        if key.kind != "offices":
            return (self.enquiries,) if self.enquiries and self._is_of_the_bureau(key) else ()
        return phones_of(self.register, key)


def phones_of(register: Register, office: Key) -> tuple[PrintedPhone, ...]:
    """The phones that the list prints for services of that office, each with all of them; those of a service that is
    its alone come first. Where a service has as many phones as offices, each has its own."""
    services = [row for row in rows_of_who(register).get(office, []) if row.key.kind == "services"]
    found = []
    for row in sorted(services, key=lambda row: len(row.who)):
        numbers = paragraphs(row.item.phones)
        own = [numbers[row.who.index(office)]] if len(numbers) == len(row.who) > 1 else numbers
        found += [PrintedPhone(number, (row.item,)) for number in own]
    return _each_number_once(found)


def _of_stage(stage: str) -> str:
    return f"“{stage}”归谁管"


def _does(row: AnswerRow, act: Met) -> bool:
    """Whether it is one of the rows of the list that do it."""
    text = fold(row.text)
    return any(term in text for term in act.terms)


def _own_phones(row: AnswerRow) -> list[PrintedPhone]:
    """Those that are printed in the row itself."""
    return [PrintedPhone(number, (row.item,)) for number in paragraphs(getattr(row.item, "phones", ""))]


def _in_order(ranked: list[Ranked]) -> Iterator[Ranked]:
    """The best first, and of those that are as good the one first that stands first in the list; an item whose rows say
    more behind them."""
    as_good: list[Ranked] = []
    for each in ranked:
        if as_good and each.score < as_good[0].score * (1 - EQUAL):
            yield from sorted(as_good, key=_place)
            as_good = []
        as_good.append(each)
    yield from sorted(as_good, key=_place)


def _place(each: Ranked) -> tuple[bool, int]:
    return each.row.is_head, each.number


def _each_who_once(cards: Iterable[Card]) -> Iterable[Card]:
    first: dict[tuple[Key, ...], Card] = {}
    for card in cards:
        first.setdefault(card.keys, card)
    return first.values()


def _each_number_once(phones: Iterable[PrintedPhone]) -> tuple[PrintedPhone, ...]:
    services: dict[str, dict[str, Any]] = defaultdict(dict)
    for phone in phones:
        services[phone.number] |= {service.code: service for service in phone.services}
    return tuple(PrintedPhone(number, tuple(under.values())) for number, under in services.items())
