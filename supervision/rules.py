"""What a careful reader looks for in 事中事后监管制度: chapters, markers, lists, and whom a regime is about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editions.checkup.rule import CheckContext, Family, Finding, Level, Rule, Spot
from editions.checkup.words import words
from supervision.documents import ChapterDocument, ChapterKind, ClauseDocument, RegimeDocument
from verbatim.numerals import number

STYLES = {
    "一、": re.compile(r"[一二三四五六七八九十]+、"),
    "（一）": re.compile(r"（[一二三四五六七八九十]+）"),
    "1、": re.compile(r"\d+[、.．]"),
    "（1）": re.compile(r"（\d+）"),
}


DOUBLED = re.compile(r"[，。；：、]{2}$")
"""A slip of its own (editions.checkup.marks)."""


@dataclass(frozen=True)
class Series:
    """Items that stand side by side with markers, and the paragraph that they hang on."""

    spot: Spot
    items: tuple[tuple[Spot, ClauseDocument], ...]
    above: ClauseDocument | None
    """The paragraph that leads to them: the item that they are part of, or the lead-in before them."""
    above_spot: Spot | None


def _line(clause: ClauseDocument) -> str:
    return clause.marker + clause.heading + clause.text


def _series(checked: CheckContext) -> Iterator[Series]:
    for regime in checked.register.documents("supervision"):
        for chapter in regime.chapters:
            spot = _at(regime, chapter)
            yield from _below(regime, spot, chapter.clauses, None, None)


def _below(
    regime: RegimeDocument, spot: Spot, clauses: Sequence[ClauseDocument], above: ClauseDocument | None, at: Spot | None
) -> Iterator[Series]:
    items = []
    for clause in clauses:
        here = _in(spot, clause)
        if clause.marker:
            items.append((here, clause))
        elif not items:
            above, at = clause, here
        yield from _below(regime, here, clause.clauses, clause, here)
    if items:
        yield Series(spot, tuple(items), above, at)


def _at(regime: RegimeDocument, chapter: ChapterDocument | None = None) -> Spot:
    if chapter is None:
        return Spot("supervision", regime.code)
    return Spot("supervision", regime.code, chapter.anchor, (chapter.called,) if chapter.called else ())


def _in(spot: Spot, clause: ClauseDocument) -> Spot:
    return replace(spot, anchor=clause.anchor, trail=(*spot.trail, clause.marker) if clause.marker else spot.trail)


def _style(marker: str) -> str:
    return next((style for style, pattern in STYLES.items() if pattern.fullmatch(marker)), marker)


def _regular(checked: CheckContext) -> list[RegimeDocument]:
    """The regimes that are built like most of them, in chapters on whom, what and how to inspect."""
    return [r for r in checked.register.documents("supervision") if any(chapter.kinds for chapter in r.chapters)]


class MarkerOrder(Rule):
    """The markers of a series count on from one, without a gap and without a repeat."""

    code, label = "marker-order", "编号不连续"
    says = "编号是“{text}”，按顺序应当是第 {wanted} 个。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            for wanted, (spot, clause) in enumerate(series.items, start=1):
                if number(clause.marker) != wanted:
                    yield self.at(spot, clause.marker, _line(clause), wanted=wanted)
                    break
        for regime in checked.register.documents("supervision"):
            marked = [chapter for chapter in regime.chapters if chapter.marker]
            for wanted, chapter in enumerate(marked, start=1):
                if number(chapter.marker) != wanted:
                    yield self.at(_at(regime, chapter), chapter.marker, chapter.called, wanted=wanted)
                    break


class LoneMarker(Rule):
    """What is numbered 1 is followed by 2."""

    code, label = "lone-marker", "只有一个编号"
    says = "编号“{text}”后面没有第二个，单独一条不用编号。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            if len(series.items) == 1:
                spot, clause = series.items[0]
                yield self.at(spot, clause.marker, _line(clause))


class MarkerStyle(Rule):
    """The items right under a chapter are marked alike in all regimes."""

    code, label = "marker-style", "编号式样不统一"
    says = "这一章各条的编号用“{text}”，其他制度的同一层用“{usual}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        top = [series for series in _series(checked) if series.spot.anchor.count("-") == 0]
        styles = Counter(_style(series.items[0][1].marker) for series in top)
        if not styles:
            return
        usual, _ = styles.most_common(1)[0]
        for series in top:
            spot, clause = series.items[0]
            if _style(clause.marker) != usual:
                yield self.at(spot, clause.marker, _line(clause), usual=usual)


class HeadingWithoutText(Rule):
    """A numbered heading says something."""

    code, label = "heading-only", "只有标题没有内容"
    says = "“{text}”只有标题，下面没有内容。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            for spot, clause in series.items:
                unsaid = not clause.heading and len(clause.text) <= 6 and not _end(clause)
                if (unsaid or not clause.text) and not clause.clauses:
                    yield self.at(spot, _line(clause))


class EmptyChapter(Rule):
    """A chapter has a text."""

    code, label = "empty-chapter", "章下没有内容"
    says = "“{text}”下面没有内容。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in checked.register.documents("supervision"):
            for chapter in regime.chapters:
                if not chapter.clauses:
                    yield self.at(_at(regime, chapter), chapter.called)


class SeriesEnd(Rule):
    """The items of a series end alike: each with ；and the last with 。, or each with 。."""

    code, label = "series-end", "各条句末标点不一致"
    says = "这一条以“{mark}”结尾，同列的其他各条以“{usual}”结尾。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            ends = [(spot, clause, _end(clause)) for spot, clause in series.items if not clause.clauses and clause.text]
            if len(ends) < 3:
                continue
            body = Counter(mark for _, _, mark in ends[:-1])
            usual, times = body.most_common(1)[0]
            if times * 2 <= len(ends) - 1:
                continue
            for spot, clause, mark in ends[:-1]:
                if mark != usual and not DOUBLED.search(clause.text):
                    yield self.at(spot, _line(clause)[-12:], _line(clause), mark=mark or "没有标点", usual=usual)
            spot, clause, mark = ends[-1]
            if spot == series.items[-1][0] and mark != "。" and usual in "；。":
                yield self.at(spot, _line(clause)[-12:], _line(clause), mark=mark or "没有标点", usual="。")


def _end(clause: ClauseDocument) -> str:
    return clause.text[-1:] if clause.text.endswith(("。", "；", "：", "，", "、", "！", "？")) else ""


class LeadInEnd(Rule):
    """What announces a series (下列, 如下, 之一的) ends with a colon."""

    code, label = "lead-in-end", "引出各条的句子没用冒号"
    says = "“{text}”引出下面各条，末尾应当用冒号。"
    ANNOUNCES = re.compile(r"下列|以下(?!的?罚款)|如下|之一的")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            if series.above and series.above_spot and self.ANNOUNCES.search(_line(series.above)):
                line = _line(series.above)
                if not line.endswith("："):
                    yield self.at(series.above_spot, line, line)


class ColonThenStops(Rule):
    """What stands behind a colon is one sentence: its items are parted by ；."""

    code, label, level = "colon-stops", "冒号后各条用了句号", Level.INFORMATION
    says = "冒号引出的 {count} 条都以句号结尾，前面各条应当用分号。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            announced = series.above is not None and _line(series.above).endswith("：")
            each_a_sentence = all(re.fullmatch(r"[^。]+。", clause.text) for _, clause in series.items)
            if announced and each_a_sentence and len(series.items) > 1:
                spot, clause = series.items[0]
                yield self.at(spot, _line(clause), count=len(series.items))


class HeadingsDiffer(Rule):
    """Either all items of a series begin with a heading, or none does."""

    code, label, level = "headings-differ", "有的有段首标题，有的没有", Level.INFORMATION
    says = "“{text}”没有段首标题，同列的其他各条有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            bare = [(spot, clause) for spot, clause in series.items if not clause.heading and not clause.clauses]
            headed = [clause for _, clause in series.items if clause.heading]
            if headed and 0 < len(bare) < len(headed):
                for spot, clause in bare:
                    yield self.at(spot, _line(clause)[:16], _line(clause))


class AskedAlike(Rule):
    """Where the items of a series ask whether (是否), each does, and in the same way."""

    code, label, level = "asked-alike", "同列各条句式不一", Level.INFORMATION
    says = "同列的其他各条都写“是否……”，这一条{how}。"
    NOUN = re.compile(r"其他|.*情况[；。]?$")
    """Rests, and 资格条件符合情况: things to look at rather than sentences."""

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            asking = [clause for _, clause in series.items if "是否" in clause.text]
            if len(asking) < 4 or len(asking) * 4 < len(series.items) * 3:
                continue
            for spot, clause in series.items:
                if "是否" not in clause.text and not self.NOUN.match(clause.text):
                    yield self.at(spot, clause.text, _line(clause), how="没有")
                elif re.match(r"检查(?!机构的)[^，。；]*是否", clause.text):
                    yield self.at(spot, clause.text[:12], _line(clause), how="前面多了“检查”")


class ClosedEarly(Rule):
    """等 closes a list: it stands in the last item."""

    code, label, level = "closed-early", "“等”不在末条", Level.INFORMATION
    says = "“{text}”用“等”收尾，后面还有 {more} 条。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for series in _series(checked):
            for left, (spot, clause) in enumerate(reversed(series.items)):
                if left and not clause.clauses and re.search(r"等[。；]?$", clause.text):
                    yield self.at(spot, clause.text[-10:], _line(clause), more=left)


class MergedChapter(Rule):
    """A regime has a chapter for each matter, as its sisters have."""

    code, label = "merged-chapter", "两章合成一章"
    says = "“{text}”把其他制度分两章写的“{kinds}”合成了一章，缺第 {last} 章。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        usual = _usual_chapters(checked)
        for regime in _regular(checked):
            for chapter in regime.chapters:
                if len(chapter.kinds) > 1:
                    kinds = "”和“".join(kind.value for kind in chapter.kinds)
                    yield self.at(_at(regime, chapter), chapter.called, kinds=kinds, last=len(usual))


class MissingChapter(Rule):
    """A regime has the chapters that its sisters have."""

    code, label = "missing-chapter", "缺一章"
    says = "“{text}”没有“监督检查{kind}”一章，其他制度都有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        usual = _usual_chapters(checked)
        for regime in _regular(checked):
            held = _kinds(regime)
            for kind in usual:
                if kind not in held:
                    yield self.at(_at(regime), regime.title, kind=kind.value)


class ChapterOrder(Rule):
    """A regime has its chapters in the order of its sisters."""

    code, label = "chapter-order", "章的先后不一致"
    says = "“{text}”排在这里，其他制度这里是“监督检查{usual}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        usual = _usual_chapters(checked)
        for regime in _regular(checked):
            held = [kind for kind in _kinds(regime) if kind in usual]
            wanted = [kind for kind in usual if kind in held]
            place = next((n for n, (a, b) in enumerate(zip(held, wanted, strict=False)) if a != b), None)
            if place is not None:
                chapter = next(chapter for chapter in regime.chapters if held[place] in chapter.kinds)
                yield self.at(_at(regime, chapter), chapter.called, usual=wanted[place].value)


def _kinds(regime: RegimeDocument) -> tuple[ChapterKind, ...]:
    return tuple(kind for chapter in regime.chapters for kind in chapter.kinds)


def _usual_chapters(checked: CheckContext) -> tuple[ChapterKind, ...]:
    orders = Counter(_kinds(regime) for regime in _regular(checked))
    return max(orders, key=lambda order: orders[order], default=())


class TitlePattern(Rule):
    """The titles of regimes that are built alike end alike."""

    code, label = "title-pattern", "标题式样不统一"
    says = "标题“{text}”没有像其他制度那样以“{usual}”结尾。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        regimes = _regular(checked)
        ends = Counter(regime.title[-3:] for regime in regimes)
        if not ends:
            return
        usual, times = ends.most_common(1)[0]
        for regime in regimes if times * 2 > len(regimes) else ():
            if not regime.title.endswith(usual):
                yield self.at(_at(regime), regime.title, usual=usual)


class TitleAct(Rule):
    """The titles of regimes that are built alike name the act that is supervised (许可, 核准 …)."""

    code, label, level = "title-act", "标题没有写监管什么事项", Level.INFORMATION
    says = "标题“{text}”没有像其他制度那样写明是哪种事项（许可、核准、检定、认证等）的监管。"
    ACT = re.compile(r"(?:许可|核准|批准|签发|核发|登记|备案|检定|认证|认定|审批|考核|考试|授权)(?:的|$)")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        regimes = _regular(checked)
        bare = [regime for regime in regimes if not self.ACT.search(regime.title)]
        for regime in bare if len(bare) * 4 <= len(regimes) else ():
            yield self.at(_at(regime), regime.title)


NUMBER = r"[（(]?[一二三四五六七八九十百\d]+[）)]?"


class NoSuchArticle(Rule):
    """What a regime refers to in itself is there: a chapter (一、), one of its items (（一）). It has no articles."""

    code, label = "no-such-article", "引用的条款不存在"
    says = "“{text}”不存在：{why}。"
    pattern = re.compile(
        rf"(?<![》法例定])(?:本(?:制度|办法|规定|细则))?第(?P<chapter>{NUMBER})章(?:第(?P<item>{NUMBER})项)?"
        rf"|本章第(?P<own>{NUMBER})项|前款第(?P<before>{NUMBER})项"
        rf"|本(?:制度|办法|规定|细则)第(?P<article>{NUMBER})条"
    )

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in checked.register.documents("supervision"):
            for chapter in regime.chapters:
                before: ClauseDocument | None = None
                for _, _, clause in chapter.outline():
                    for match in self.pattern.finditer(_line(clause)):
                        why = self._wrong(match, regime, chapter, before)
                        if why:
                            yield self.at(_in(_at(regime, chapter), clause), match.group(), _line(clause), why=why)
                    before = clause

    def _wrong(
        self, match: re.Match[str], regime: RegimeDocument, chapter: ChapterDocument, before: ClauseDocument | None
    ) -> str:
        if match["article"]:
            return "本制度分章（一、二……）和款，没有“条”"
        if match["before"]:
            return self._lacks(before.clauses if before else (), match["before"], "前一款")
        if match["own"]:
            return self._lacks(chapter.clauses, match["own"], "本章")
        meant = next((each for each in regime.chapters if number(each.marker) == number(match["chapter"])), None)
        if meant is None:
            return f"本制度有 {len(regime.chapters)} 章，没有这一章"
        return self._lacks(meant.clauses, match["item"], "这一章") if match["item"] else ""

    def _lacks(self, clauses: Sequence[ClauseDocument], item: str, where: str) -> str:
        there = any(number(clause.marker) == number(item) for clause in clauses)
        return "" if there else f"{where}没有这一项"


class ChapterEnds(Rule):
    """The one paragraph of a chapter ends alike in all regimes."""

    code, label, level = "chapter-ends", "各制度同一章的句末标点不一致", Level.INFORMATION
    says = "“监督检查{kind}”一章，{all} 项制度里 {some} 项句末没有句号（{named}），其余有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for kind in ChapterKind:
            single = [
                (regime, chapter, chapter.clauses[0])
                for regime in _regular(checked)
                for chapter in regime.chapters
                if chapter.kinds == (kind,) and len(chapter.clauses) == 1 and not chapter.clauses[0].marker
            ]
            bare = [each for each in single if not each[2].text.endswith("。")]
            if bare and len(bare) < len(single):
                regime, chapter, clause = bare[0]
                named = "、".join(each[0].code for each in bare)
                spot = _in(_at(regime, chapter), clause)
                yield self.at(spot, clause.text, kind=kind.value, all=len(single), some=len(bare), named=named)


class SentenceWithoutStop(Rule):
    """A paragraph that is a sentence ends with a mark."""

    code, label = "no-stop", "句末没有句号"
    says = "“{text}”是一句完整的话，末尾没有句号。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in checked.register.documents("supervision"):
            for chapter in regime.chapters:
                for clause in chapter.clauses:
                    if not clause.marker and "、" in clause.text and len(clause.text) > 24 and not _end(clause):
                        spot = _in(_at(regime, chapter), clause)
                        yield self.at(spot, clause.text)


class ObjectWord(Rule):
    """A regime speaks of those whom it inspects by the word of its own 监督检查对象."""

    code, label, family = "object-word", "与监督检查对象不一致", Family.COMPARISON
    says = "监督检查对象是“{object}”，不是企业，这里说“{text}”{more}。"
    pattern = re.compile(r"(?P<which>[取获]证)?企业")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in _regular(checked):
            objects = "".join(_all_text(c) for c in regime.chapters if c.kinds == (ChapterKind.OBJECT,))
            if not objects or "企业" in objects:
                continue
            called: dict[str, list[tuple[Spot, str, str]]] = {}
            for chapter in regime.chapters:
                for _, _, clause in chapter.outline():
                    spot, line = _in(_at(regime, chapter), clause), _line(clause)
                    for match in self.pattern.finditer(line):
                        text = match.group() if match["which"] else _ending(line[: match.end()])
                        called.setdefault(match["which"] or "", []).append((spot, text, line))
            for (spot, text, line), *others in called.values():
                more = f"（另有 {len(others)} 处）" if others else ""
                yield self.at(spot, text, line, object=objects.rstrip("。"), more=more)


def _ending(text: str) -> str:
    """The last words of a text, six characters at most."""
    return re.findall(r"[\u4e00-\u9fff]{1,6}$", text)[0]


class TitleObject(Rule):
    """Each of the things that a title names is in 监督检查对象."""

    code, label, family = "title-object", "标题与监督检查对象不一致", Family.COMPARISON
    says = "标题里有“{missing}”，监督检查对象“{text}”里没有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in _regular(checked):
            for chapter in regime.chapters:
                if chapter.kinds == (ChapterKind.OBJECT,) and "、" in regime.title:
                    first, *rest = re.split(r"[、和]", regime.title)
                    words = [first, *(word[:2] for word in rest)]
                    text = _all_text(chapter)
                    missing = [word for word in words if word not in text]
                    if missing and len(missing) < len(words):
                        clause = chapter.clauses[0]
                        spot = _in(_at(regime, chapter), clause)
                        yield self.at(spot, clause.text, missing="”“".join(missing))


class TitleShort(Rule):
    """What the whole text of a regime qualifies (强制检定), its title does too."""

    code, label, level, family = "title-short", "标题缺限定词", Level.INFORMATION, Family.COMPARISON
    says = "正文 {times} 处都说“{whole}”，标题“{text}”只说“{word}”。"
    FEWEST = 4

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for regime in _regular(checked):
            body = "\n".join(_all_text(chapter) for chapter in regime.chapters)
            for word in dict.fromkeys(words(regime.title)):
                before = {body[max(0, at.start() - 2) : at.start()] for at in re.finditer(re.escape(word), body)}
                times = body.count(word)
                if len(word) == 2 and len(before) == 1 and times >= self.FEWEST:
                    whole = before.pop() + word
                    if whole not in regime.title:
                        yield self.at(_at(regime), regime.title, times=times, whole=whole, word=word)


def _all_text(chapter: ChapterDocument) -> str:
    return "".join(_line(clause) for _, _, clause in chapter.outline())


RULES = (
    MarkerOrder,
    LoneMarker,
    MarkerStyle,
    HeadingWithoutText,
    EmptyChapter,
    SeriesEnd,
    LeadInEnd,
    ColonThenStops,
    HeadingsDiffer,
    AskedAlike,
    ClosedEarly,
    MergedChapter,
    MissingChapter,
    ChapterOrder,
    TitlePattern,
    TitleAct,
    NoSuchArticle,
    ChapterEnds,
    SentenceWithoutStop,
    ObjectWord,
    TitleObject,
    TitleShort,
)
