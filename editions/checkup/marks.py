"""Marks and spaces: what a careful reader sees in a paragraph without understanding it."""

import re
from collections.abc import Iterator
from typing import Any

from editions.checkup.rule import Level, PatternRule, TextRule
from verbatim.characters import code_point, unprintable

HAN = "\u4e00-\u9fff"
PAIRS = {"《": "》", "（": "）", "“": "”", "‘": "’", "〔": "〕", "【": "】"}


class NotPrintable(TextRule):
    """What no face can show is printed nowhere; which characters can be shown is a list that ships with the program."""

    code, label, level = "not-printable", "印不出的字符", Level.ERROR
    says = "“{text}”（{point}）没有字体印得出来，请删去，或改用通行的字。"

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for character in unprintable(text):
            yield character, {"point": code_point(character)}


class Unbalanced(TextRule):
    """Brackets, quotation marks and title marks open and close in pairs, one inside another (GB/T 15834)."""

    code, label = "unbalanced", "标记不成对"
    says = "“{mark}”没有配对。"

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        waiting: list[tuple[str, int]] = []
        for place, mark in enumerate(text):
            if mark in PAIRS:
                waiting.append((mark, place))
            elif mark in PAIRS.values():
                if waiting and PAIRS[waiting[-1][0]] == mark:
                    waiting.pop()
                else:
                    yield text[max(0, place - 20) : place + 1], {"mark": mark}
        for mark, place in waiting:
            yield text[place : place + 30], {"mark": mark}


class DoubledMark(PatternRule):
    """One pause has one mark."""

    code, label = "doubled-mark", "标点重复"
    says = "“{text}”是两个标点连在一起，请只留一个。"
    pattern = re.compile(r"[，。；：、！？]{2,}|[,.;:!?][，。；：、]|[，。；：、][,.;:!?]")


class HalfWidthMark(PatternRule):
    """Among Chinese characters marks are full-width (GB/T 15834)."""

    code, label, of_names = "half-width", "半角标点", False
    says = "“{text}”里有半角标点，中文里用全角。"
    pattern = re.compile(
        rf"[{HAN}》”）0-9]{{1,4}}\s?[,;:!?]\s?[{HAN}《“（]{{1,4}}|[{HAN}]{{1,4}}/[{HAN}]{{1,4}}|"
        rf"[{HAN}]{{0,4}}\((?:[^()]*[{HAN}][^()]*|(?<=[{HAN}]\()[^()]*)\)"
    )


class SpacedMark(PatternRule):
    """No space stands beside a mark, or between two characters, inside a sentence."""

    code, label, of_names = "spaced", "多余的空格", False
    says = "“{text}”里有多余的空格。"
    pattern = re.compile(
        rf"[{HAN}》”）]{{1,4}}\s+[，。；：、！？）》”]|[{HAN}]{{0,4}}[，。；：、！？（《“]\s+[{HAN}《“（0-9]{{1,4}}|"
        rf"[{HAN}]{{1,4}}\s+[{HAN}]{{1,4}}"
    )


class DateWithEnumerationComma(PatternRule):
    """A month and a day are not joined by 、, which parts the items of a series: 3月15日, or “3·15”."""

    code, label = "date-comma", "日期用了顿号"
    says = "“{text}”是日期，月和日之间不用顿号，写成“{month}·{day}”或“{month}月{day}日”。"
    pattern = re.compile(r"(?<![0-9、])(?P<month>1[0-2]|[1-9])、(?P<day>[12][0-9]|3[01]|[1-9])(?![0-9、])(?=[”日世国])")


class Placeholder(PatternRule):
    """What a model text leaves open is filled in before it is published."""

    code, label = "placeholder", "没有填的空"
    says = "“{text}”是范本里留的空，没有填。"
    pattern = re.compile(r"[×xX＊*〇○_＿]{2,}(?:[（(][^（）()]*[）)]|[省市县区乡镇局年月日])*[^，。；：“”]{0,20}|_{2,}")


class BackToBack(TextRule):
    """No phrase stands twice in a row."""

    code, label = "back-to-back", "词句重复"
    says = "“{text}”接连写了两遍。"
    pattern = re.compile(r"(?P<once>[^，。；：、\s]{3,})(?P=once)")

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for match in self.pattern.finditer(text):
            if re.search(f"[{HAN}]", match["once"]):  # figures and addresses repeat themselves
                yield match.group(), {}


class DoubledVerb(PatternRule):
    """A clause says once that something is done."""

    code, label = "doubled-verb", "动词重复"
    says = "“{text}”里的动词多了一个。"
    pattern = re.compile(
        r"进行(?!各种)[^，。；：、进]{2,14}进行[\u4e00-\u9fff]{2}|"
        r"(?:提供|进行|开展|予以|给予|加以|作出|出具)(?:提供|进行|开展|予以|给予|加以|作出|出具)[\u4e00-\u9fff]{0,4}"
    )


class DoubledObject(PatternRule):
    """对…… names whom something is done to; the verb does not name them again."""

    code, label, level = "doubled-object", "对象重复", Level.INFORMATION
    says = "“{text}”里“{noun}”说了两遍。"
    pattern = re.compile(r"对[^，。；对]{0,10}(?P<noun>企业|单位|机构|人员)[\u4e00-\u9fff]{2,4}(?P=noun)(?=[，。；并])")


class WrongPreposition(PatternRule):
    """What is taken into a range is led in by 将, not by 对."""

    code, label, level = "preposition", "介词不当", Level.INFORMATION
    says = "“{text}”：“纳入”前面的对象用“将”引出，不用“对”。"
    pattern = re.compile(r"对[^，。；]{2,30}纳入")


class Unfinished(TextRule):
    """A paragraph of several sentences ends with a full stop like each of them."""

    code, label = "unfinished", "句末没有标点"
    says = "这一段前面用了句号，段末“{text}”却没有标点。"

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if re.search(rf"[{HAN}）”》]。\s?[{HAN}《“（]", text) and text[-1] not in "。；：！？，、”）":
            yield text[-10:], {}


class MissingIn(PatternRule):
    """……的前提下 and the like need the 在 that they close."""

    code, label = "missing-in", "缺“在”"
    says = "“{text}”前面缺“在”字。"
    pattern = re.compile(
        r"(?:^|(?<=[。；：])|(?<=[。；：]\s))[^。；：在\s][^。；：在]*的(?:前提|基础|情况|条件|形势|背景)下(?=[，。；])"
    )


class MissingWith(PatternRule):
    """What is 相适应 is so with something: 与……相适应."""

    code, label = "missing-with", "缺“与”"
    says = "“{text}”缺“与”字，应当是“与……相适应”。"
    pattern = re.compile(r"(?:^|(?<=[，。；：）]))[^与同跟，。；：]*相适应")


class CommaForClause(PatternRule):
    """、 parts words; what has a verb of its own (保证客观、公正) is parted by ，."""

    code, label, level = "comma-for-clause", "该用逗号的地方用了顿号", Level.INFORMATION
    says = "“{text}”里的顿号后面是另一个分句，用逗号。"
    pattern = re.compile(r"[\u4e00-\u9fff]{2,6}、(?:保证|确保|能够)[\u4e00-\u9fff]{1,4}")


class PreventAndWrong(PatternRule):
    """防止和…: what is prevented is no second verb."""

    code, label = "prevent-and", "搭配不当"
    says = "“{text}”把要防止的事和“防止”并列了，请核对是否缺字。"
    pattern = re.compile(r"(?:防止|预防|避免|杜绝)和(?:滥用|违法|违规|侵害|损害|乱|不)[^，。；]{0,12}")


class NoPredicate(PatternRule):
    """对……的监督 alone is no sentence, and no more is 对……是否……: something is done (实施监督, 进行检查)."""

    code, label = "no-predicate", "缺谓语"
    says = "“{text}”只有对象，没有说做什么（例如“实施监督”“进行检查”）。"
    DONE = "进行|实施|开展|予以|给予|加以|作出|采取|负责|承担|提出|建立|加大"
    pattern = re.compile(
        rf"(?:^|(?<=[。；]))(?:依法)?对(?!于)(?![^。；]*(?:{DONE}))[^。；]*的(?:监督|管理|监督管理|检查|处理)(?=[。；]|$)|"
        rf"^对(?!于)[^，。；]{{2,20}}(?:企业|单位|机构|人员)是否(?!.*(?:{DONE}))[^。；]*(?=。|$)"
    )


RULES = (
    NotPrintable,
    Unbalanced,
    DoubledMark,
    HalfWidthMark,
    SpacedMark,
    DateWithEnumerationComma,
    Placeholder,
    BackToBack,
    DoubledVerb,
    DoubledObject,
    WrongPreposition,
    Unfinished,
    MissingIn,
    MissingWith,
    CommaForClause,
    PreventAndWrong,
    NoPredicate,
)
