"""What a careful reader looks for in 部门职责登记表."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from duties.columns import TABLE
from duties.documents import DutyDocument, WorkItemDocument
from editions.checkup.rule import CheckContext, Family, Finding, Level, Rule, Spot
from editions.checkup.words import adjectives, repeated, words


def _spot(duty: DutyDocument, row: DutyDocument | WorkItemDocument | None = None) -> Spot:
    if row is None or row is duty:
        return Spot("duties", duty.code)
    return Spot("duties", duty.code, row.code.lower(), (row.code,))


class NoWorkItem(Rule):
    """A duty is broken down into work items."""

    code, label = "no-work-item", "没有具体工作事项"
    says = "这项职责没有写具体工作事项。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            if not duty.work_items:
                yield self.at(_spot(duty), duty.title, duty.text)


class NoOffice(Rule):
    """Each row names the office that is responsible."""

    code, label = "no-office", "没有责任股室"
    box = "offices"
    says = "这一行没有写责任股室。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            for row in TABLE.rows_of(duty):
                if not row.offices:
                    yield self.at(_spot(duty, row), duty.title if row is duty else row.text, row.text)


class OfficeTwice(Rule):
    """A cell names an office once. Where it names one twice and the next cell is empty, a line has slid."""

    code, label = "office-twice", "股室重复"
    says = "“{text}”在这一格里写了 {times} 次{slid}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            for row, below in itertools.pairwise([*TABLE.rows_of(duty), None]):
                for office, times in repeated(row.offices).items():
                    slid = f"，而 {below.code} 是空的，疑为错行" if below and not below.offices else ""
                    yield self.at(_spot(duty, row), office, row.offices, times=times, slid=slid)


class InstitutionWithoutNote(Rule):
    """What an institution (事业单位) does is marked in the note cell (note 2 of the form)."""

    code, label = "institution-note", "事业单位没有备注"
    box = "note"
    says = "{text}是事业单位，按表下注 2，备注栏要注明责任单位。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        offices = checked.register.names("offices")
        for duty in checked.register.documents("duties"):
            for row in TABLE.rows_of(duty):
                for span in offices.in_cell(row.offices).spans if not row.note else ():
                    if span.target.kind == "institution":
                        yield self.at(_spot(duty, row), row.offices[span.start : span.end], row.offices)


class EndsDiffer(Rule):
    """The work items of one duty end alike: all with a full stop, or none."""

    code, label = "ends-differ", "工作事项句末标点不统一"
    says = "{duty} 的 {all} 项工作事项里 {some} 项句末有句号（{named}），其余没有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            stopped = [item for item in duty.work_items if item.text.endswith("。")]
            if stopped and len(stopped) < len(duty.work_items):
                first = stopped[0]
                named = "、".join(item.code for item in stopped)
                said = {"duty": duty.code, "all": len(duty.work_items), "some": len(stopped), "named": named}
                yield self.at(_spot(duty, first), first.text, **said)


class DutyEndsDiffer(Rule):
    """The duties end alike."""

    code, label, level = "duty-ends-differ", "职责句末标点不统一", Level.INFORMATION
    says = "{all} 项职责里 {some} 项句末没有句号（{named}），其余有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        duties = checked.register.documents("duties")
        bare = [duty for duty in duties if not duty.text.endswith("。")]
        if bare and len(bare) < len(duties):
            named = "、".join(duty.code for duty in bare)
            yield self.at(_spot(bare[0]), bare[0].text, all=len(duties), some=len(bare), named=named)


class CutWord(Rule):
    """A work item begins where a word of its duty begins."""

    code, label, family = "cut-word", "开头缺字", Family.COMPARISON
    says = "“{text}”开头缺字：职责里这里写的是“{whole}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            for item in duty.work_items:
                start = duty.text.find(item.text.rstrip("。"))
                for word, begin in _words_at(duty.text):
                    if begin < start < begin + len(word):
                        text = item.text[:8]
                        yield self.at(_spot(duty, item), text, item.text, whole=word[: start - begin] + text)


def _words_at(text: str) -> Iterator[tuple[str, int]]:
    place = 0
    for word in words(text):
        yield word, place
        place += len(word)


PLACES = re.compile(r"(?:本|全)?(?:县|辖区内?|行政区域内?|地区|区域|当地|本地)+|[本全]")
"""Ways of saying where: no difference."""


class SwappedWord(Rule):
    """A work item calls a thing what its duty calls it."""

    code, label, family = "swapped-word", "与职责用词不一", Family.COMPARISON
    says = "这里说“{text}”，职责里说“{other}”，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            for item in duty.work_items:
                for before, old, new, after in _swaps(duty.text, item.text):
                    if old and new and "、" not in old + new and not (PLACES.fullmatch(old) or PLACES.fullmatch(new)):
                        found, other = (f"{before[-4:]}{word}{after[:2]}" for word in (new, old))
                        yield self.at(_spot(duty, item), found, item.text, other=other)


class AddedWord(Rule):
    """A work item narrows nothing that its duty says (产品质量事故, 重大产品质量事故)."""

    code, label, level, family = "added-word", "比职责多一个限定", Level.INFORMATION, Family.COMPARISON
    says = "这里说“{text}”，职责里没有“{word}”，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            for item in duty.work_items:
                for word, start in adjectives(item.text):
                    before, after = item.text[:start][-2:], item.text[start + len(word) :][:4]
                    if before + after in duty.text and before + word not in duty.text:
                        yield self.at(_spot(duty, item), before + word + after, item.text, word=word)


class LostItem(Rule):
    """What a duty names side by side, its work items name too."""

    code, label, level, family = "lost-item", "职责里并列的内容漏了", Level.INFORMATION, Family.COMPARISON
    says = "职责里这里还有“{lost}”，各项具体工作里都没有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for duty in checked.register.documents("duties"):
            everything = "\n".join(item.text for item in duty.work_items)
            for item in duty.work_items:
                for before, old, new, after in _swaps(duty.text, item.text):
                    lost = old.strip("、")
                    if old.startswith("、") and lost and lost not in everything:
                        yield self.at(_spot(duty, item), f"{before[-6:]}{new}{after[:6]}", item.text, lost=lost)


def _swaps(duty: str, item: str) -> Iterator[tuple[str, str, str, str]]:
    """Where the two say the same before and after a few characters that differ: before, of the duty, of the item,
    after."""
    codes = SequenceMatcher(None, duty, item, autojunk=False).get_opcodes()
    for (a, i0, i1, _, _), (b, j0, j1, k0, k1), (c, m0, m1, _, _) in zip(codes, codes[1:], codes[2:], strict=False):
        old, new = duty[j0:j1], item[k0:k1]
        framed = a == c == "equal" != b and min(i1 - i0, m1 - m0) >= 2
        if framed and max(len(old), len(new)) <= 6 and not re.search(r"[。；，]", old + new):
            yield duty[i0:i1], old, new, duty[m0:m1]


class Stranger(Rule):
    """A work item breaks its duty down: it speaks of something that the duty speaks of."""

    code, label, level, family = "stranger", "职责里没有的工作事项", Level.INFORMATION, Family.COMPARISON
    says = "主要职责里没有提到这项工作（{named}），请核对是职责缺写，还是事项放错了地方。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        duties = checked.register.documents("duties")
        everyday = _everyday(duties)
        for duty in duties:
            for item in duty.work_items:
                named = _particular(item.text, everyday)
                if named and not any(word in duty.text for word in named):
                    yield self.at(_spot(duty, item), item.text, named="、".join(named))


class NotBrokenDown(Rule):
    """What a duty says, each thing that it names, is broken down into work items."""

    code, label, level, family = "not-broken-down", "职责里的内容没有分解", Level.INFORMATION, Family.COMPARISON
    says = "职责里的“{text}”在各项具体工作里都没有提到。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        duties = checked.register.documents("duties")
        everyday = _everyday(duties)
        for duty in duties:
            everything = "\n".join(item.text for item in duty.work_items)
            for clause in re.split(r"[。；，]", duty.text)[1:] if everything else ():
                for said in (clause, *re.split(r"[、和及]", clause)):
                    named = [word for word in _particular(said, everyday) if word not in FORMAL]
                    if named and not any(word in everything for word in named):
                        yield self.at(_spot(duty), said, duty.text)
                        break


FORMAL = {"国家", "方针", "政策", "责任", "贯彻"}
"""Words of every solemn sentence: no work by themselves."""


def _everyday(duties: list[DutyDocument]) -> set[str]:
    """The words that three duties or more have: they say nothing of what a duty is about."""
    held = Counter(word for duty in duties for word in set(words("\n".join([duty.text, *_items(duty)]))))
    return {word for word, number in held.items() if number >= 3}


def _items(duty: DutyDocument) -> list[str]:
    return [item.text for item in duty.work_items]


def _particular(text: str, everyday: set[str]) -> list[str]:
    return [word for word in words(text) if len(word) > 1 and word not in everyday]


RULES = (
    NoWorkItem,
    NoOffice,
    OfficeTwice,
    InstitutionWithoutNote,
    EndsDiffer,
    DutyEndsDiffer,
    CutWord,
    SwappedWord,
    AddedWord,
    LostItem,
    Stranger,
    NotBrokenDown,
)
