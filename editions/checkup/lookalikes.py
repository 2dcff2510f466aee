"""Characters that look like the right one: a reader sees nothing, a search and a screen reader meet something else."""

import re
from collections.abc import Iterator

from opencc import OpenCC

from editions.checkup.phones import LANDLINE
from editions.checkup.rule import CheckContext, Finding, PatternRule, Rule, Text, TextRule
from verbatim.characters import code_point
from verbatim.lookalikes import DASHES, IDEOGRAPHS, ordinary

_simplified, _traditional = OpenCC("t2s").convert, OpenCC("s2t").convert


def is_simplified(text: str) -> bool:
    """By the characters that only one of the two scripts has."""
    of_simplified = sum(a != b for a, b in zip(text, _traditional(text), strict=False))
    return of_simplified >= sum(a != b for a, b in zip(text, _simplified(text), strict=False))


class LookalikeIdeograph(Rule):
    """A character is the one in use, not a radical or a compatibility form that looks the same."""

    code, label = "lookalike", "形同码不同的字"
    besides = ("point",)
    says = "“{text}”（{point}）看起来没有错，其实不是通行的字，查找、朗读都认不出，请改成“{wanted}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for found in dict.fromkeys(IDEOGRAPHS.findall(text.text)):
                wanted = ordinary(found)
                if _simplified(wanted) != wanted and is_simplified(checked.whole):  # 戶, 户: as the list is written
                    wanted = _simplified(wanted)
                if wanted != found:
                    yield self.at(text.spot, found, text.text, point=code_point(found), wanted=wanted)


class LookalikeDash(Rule):
    """Between the figures of a phone stands a hyphen. Elsewhere a range may have a dash (3—5日), a hyphen that is none
    may not."""

    code, label = "lookalike-dash", "横线用错"
    says = "“{text}”里的横线（{point}）不是“-”，请改成“{wanted}”。"
    NO_HYPHEN = re.compile(r"\d+[\u2010-\u2012\u2212\u30fc\ufe63\u4e00]\d+")
    ANY = re.compile(rf"[{DASHES}\u4e00]")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for found in dict.fromkeys(self._numbers(text)):
                if dash := self.ANY.search(found):
                    wanted = self.ANY.sub("-", found)
                    yield self.at(text.spot, found, text.text, point=code_point(dash[0]), wanted=wanted)

    def _numbers(self, text: Text) -> Iterator[str]:
        if "电话" in text.column:
            yield from (match[0] for match in LANDLINE.finditer(text.text))
        else:
            yield from self.NO_HYPHEN.findall(text.text)


class FullWidthFigure(PatternRule):
    """Figures are half-width (GB/T 15835)."""

    code, label = "full-width-figure", "全角数字"
    says = "“{text}”是全角数字，请用半角。"
    pattern = re.compile(r"[０-９]+")


class LetterForFigure(TextRule):
    """In a number stands a figure, not a letter or a circle that looks like one."""

    code, label = "letter-for-figure", "数字里混有字母、圆圈"
    says = "“{text}”里的“{wrong}”不是数字，请改成“{wanted}”。"
    MEANT = (
        (re.compile(r"(?<![A-Za-z])\d+[OoＯ][\dOo]*(?![A-Za-z])|(?<![A-Za-z])[Oo]\d{2,}(?![A-Za-z])"), "OoＯ", "0"),
        (re.compile(r"(?<![A-Za-z])\d+[lI]\d+(?![A-Za-z])"), "lI", "1"),
        (re.compile(r"[一二三四五六七八九〇][○◯O0０][一二三四五六七八九〇○◯]{1,2}"), "○◯O0０", "〇"),
    )

    def slips(self, text: str) -> Iterator[tuple[str, dict[str, str]]]:
        for pattern, wrong, right in self.MEANT:
            for match in pattern.finditer(text):
                held = next(each for each in match[0] if each in wrong)
                yield match[0], {"wrong": held, "wanted": match[0].translate(dict.fromkeys(map(ord, wrong), right))}


RULES = (LookalikeIdeograph, LookalikeDash, FullWidthFigure, LetterForFigure)
