"""Numbers: one style for like things (GB/T 15835), and figures that agree with one another."""

import re
from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Family, Finding, Rule, Text
from editions.checkup.words import by_item
from verbatim.numerals import number

LIKE = {"人": "名 人", "时间": "日 工作日 小时", "文件": "部 项 件", "单位": "家"}
"""What is counted, with its words of measure."""
FAMILIES = {measure: family for family, measures in LIKE.items() for measure in measures.split()}
MEASURE = "|".join(sorted(FAMILIES, key=len, reverse=True))
ARABIC = re.compile(rf"(?<![\d.])\d+个?(?P<what>{MEASURE})")
CHINESE = re.compile(
    rf"(?<![第之分一二三四五六七八九十])(?P<number>[二三四五六七八九十百两]{{1,4}})个?(?P<what>{MEASURE})(?![月常])"
)


class NumberStyles(Rule):
    """Within one item like things are counted in one style of numerals."""

    code, label = "number-styles", "数字写法不统一"
    says = "“{text}”用汉字数字，本项别处同类的数用阿拉伯数字（{other}）。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for key, texts in by_item(checked).items():
            if key.kind in ("cover", "frames"):
                continue
            arabic: dict[str, str] = {}
            for text in texts:
                for match in ARABIC.finditer(text.text):
                    arabic.setdefault(FAMILIES[match["what"]], match.group())
            for text in texts:
                for match in CHINESE.finditer(text.text):
                    family = FAMILIES[match["what"]]
                    if family in arabic and number(match["number"]) is not None:
                        yield self.at(text.spot, match.group(), text.text, other=arabic[family])


class FiguresDisagree(Rule):
    """What is to be done how often, and of how many, is said the same each time."""

    code, label, family = "figures", "前后数字不一致", Family.COMPARISON
    says = "这里说“{text}”，本项别处（{there}）说“{other}”，请核对。"
    BOUND = re.compile(r"(?P<low>至少|不少于|不低于)|(?P<high>以内|以下|不超过|不高于)")
    SHARE = re.compile(r"\d+(?:\.\d+)?[%％](?P<after>以内|以下|以上|左右)?")
    OFTEN = re.compile(
        r"(?:一般)?(?:每年|一年|每半年|每季度|每月)(?:为)?[^，。；]{0,4}?(?:至少|不少于)?[^，。；]{0,3}?[一二三四两\d]+次"
    )

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for texts in by_item(checked).values():
            yield from self._differing(texts, self.SHARE)
            yield from self._differing(texts, self.OFTEN)

    def _differing(self, texts: list[Text], pattern: re.Pattern[str]) -> Iterator[Finding]:
        said: dict[str, tuple[str, Text]] = {}
        for text in texts:
            for match in pattern.finditer(text.text):
                said.setdefault(self._bound(match.group()), (match.group(), text))
        if len(said) > 1:
            (other, there), *more = said.values()
            for found, here in more:
                yield self.at(here.spot, found, here.text, other=other, there=there.spot.named)

    def _bound(self, said: str) -> str:
        """At least, at most, or just so."""
        match = self.BOUND.search(said)
        return (match.lastgroup or "") if match else ""


RULES = (NumberStyles, FiguresDisagree)
