"""What a careful reader looks for in 与相关部门的职责边界登记表: shares, bases, the case held against the shares."""

import re
from collections.abc import Iterator

from boundaries.documents import MatterDocument
from editions.checkup.rule import CheckContext, Family, Finding, Level, Rule, Spot
from verbatim.fields import paragraphs
from verbatim.numerals import number

LOCAL = re.compile(r"(?<![省市国])(?:县|当地)?(?P<stem>[\u4e00-\u9fff]{2,6}?)(?P<what>两?部门|机关)")
BUREAU = re.compile(r"县(?P<stem>[\u4e00-\u9fff]{2,8}?)局")
NOT_A_NAME = re.compile(r"^(?:相关|有关|各|本|其他|上级|主管|监管|两|该|行政|多|职能)")


def _spot(matter: MatterDocument) -> Spot:
    return Spot("boundaries", matter.code)


class NoShare(Rule):
    """A boundary is between departments, each with its part."""

    code, label = "no-share", "没有职责分工"
    says = "“{text}”没有写职责分工。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            if not matter.shares:
                yield self.at(_spot(matter), matter.title)
            for share in matter.shares:
                if not share.text:
                    yield self.at(Spot("boundaries", matter.code, share.code.lower(), (share.name,)), share.name)


class NoBasis(Rule):
    """A boundary rests on a law."""

    code, label = "no-basis", "没有相关依据"
    says = "“{text}”没有写相关依据。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            if not matter.bases:
                yield self.at(_spot(matter), matter.title)


class BasisOrder(Rule):
    """The bases are numbered on end."""

    code, label = "basis-order", "依据编号不连续"
    says = "依据的编号“{text}”，按顺序应当是 {wanted}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            for wanted, basis in enumerate(matter.bases, start=1):
                marker = re.match(r"\d+(?=[.、．])", basis.text)
                if marker and number(marker.group()) != wanted:
                    spot = Spot("boundaries", matter.code, basis.anchor, (basis.called,))
                    yield self.at(spot, marker.group(), basis.text, wanted=wanted)
                    break


class StrangerInCase(Rule):
    """A case tells who did what: every department in it has a share of the matter."""

    code, label, family = "case-stranger", "案例里的部门不在分工里", Family.COMPARISON
    says = "案例里的“{text}”不在本项的相关部门里（{shares}）。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            names = [share.name for share in matter.shares]
            seen = set()
            for line in paragraphs(matter.case):
                for match in LOCAL.finditer(_without_sentence_heads(line)):
                    stem = match["stem"]
                    if stem in seen or NOT_A_NAME.match(stem):
                        continue
                    seen.add(stem)
                    if not any(_means(stem, name) for name in names):
                        yield self.at(_spot(matter), match.group(), line, shares="、".join(names))


class OtherNameInCase(Rule):
    """A case calls the departments as the shares do."""

    code, label, family = "case-name", "案例里的部门名称与分工不一致", Family.COMPARISON
    says = "案例里叫“{text}”，相关部门一栏叫“{name}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            names = [share.name for share in matter.shares]
            for line in paragraphs(matter.case):
                for found in dict.fromkeys(match.group() for match in BUREAU.finditer(line)):
                    name = next((name for name in names if _means(found[1:-1], name)), "")
                    if name and found != name:
                        yield self.at(_spot(matter), found, line, name=name)


class BeyondItsShare(Rule):
    """What a case has a department do is in that department's share."""

    code, label, level, family = "case-beyond", "案例里做的事不在分工里", Level.INFORMATION, Family.COMPARISON
    says = "案例里由{who}负责“{text}”，它的职责分工里没有这项内容。"
    pattern = re.compile(
        r"(?P<who>(?P<stem>[\u4e00-\u9fff]{2,4})(?:部门|机关))负责(?:对)?(?P<what>[^、，。；]+?)(?=进行|、|，|。|；)"
    )

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            for match in self.pattern.finditer(matter.case):
                share = next((share for share in matter.shares if _means(match["stem"], share.name)), None)
                what = match["what"]
                if share and not any(what[at : at + 2] in share.text for at in range(len(what) - 1)):
                    yield self.at(_spot(matter), what, matter.case, who=match["who"])


class OneOfTwo(Rule):
    """Who is called 甲 has a 乙 beside him."""

    code, label, level, family = "one-of-two", "有甲没有乙", Level.INFORMATION, Family.COMPARISON
    says = "案例里的“{text}”前面没有交代，也没有与它相对的“乙”。"
    pattern = re.compile(r"甲(?:企业|公司|单位|方|厂|店)")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for matter in checked.register.documents("boundaries"):
            match = self.pattern.search(matter.case)
            if match and "乙" not in matter.case:
                yield self.at(_spot(matter), match.group(), matter.case)


def _without_sentence_heads(line: str) -> str:
    """Verbs that run into a name (通知当地安监部门, 向市场监管部门) are no part of it."""
    return re.sub(r"某地|通知|当地|取得|移交给|由|和|向|在|及|经|给|对|随后", "，", line)


def _means(stem: str, name: str) -> bool:
    """Whether 食药监管 stands for 县食品药品监管局: its characters come in that order there."""
    rest = iter(name.removeprefix("县").removesuffix("局"))
    return all(character in rest for character in stem)


RULES = (NoShare, NoBasis, BasisOrder, StrangerInCase, OtherNameInCase, BeyondItsShare, OneOfTwo)
