"""The text held against the dictionary: laws by their full and valid titles, things by their statutory terms."""

import re
from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Family, Finding, Level, Rule, Text

CITED = re.compile(r"《(?P<title>[^《》]+)(?:》|$)")
SHORTEST = 6
"""A title of fewer characters is told by the dictionary alone, not by likeness."""
NATION = "中华人民共和国"


class _LawRule(Rule):
    """A law that is cited, held against the dictionary."""

    family = Family.DICTIONARY

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for match in CITED.finditer(text.text):
                yield from self.judge(checked, text, match["title"])

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        raise NotImplementedError


class ShortTitle(_LawRule):
    """A law is cited by its full title where it is first named."""

    code, label = "short-title", "法规用了简称"
    says = "《{text}》是简称，全称是《{full}》。"

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        laws, meant = checked.dictionary.laws, checked.dictionary.miscited.get(title, "")
        full = NATION + title if NATION + title in laws else meant if _shortens(title, meant) else ""
        if title not in laws and full:
            yield self.at(text.spot, title, text.text, full=full)


class WrongTitle(_LawRule):
    """A law is cited by its own title."""

    code, label = "wrong-title", "法规名称不对"
    says = "没有《{text}》，应当是《{right}》{number}。"

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        laws = checked.dictionary.laws
        meant = checked.dictionary.miscited.get(title, "")
        if title in laws or NATION + title in laws or _shortens(title, meant):
            return
        right = meant or next((known for known in laws if _lacks(title, known)), "")
        if right:
            number = laws[right].number if right in laws else ""
            yield self.at(text.spot, title, text.text, right=right, number=f"（{number}）" if number else "")


def _shortens(title: str, full: str) -> bool:
    """Whether a title is another one's short form: some of its characters, in their order (省政府, 河北省人民政府)."""
    rest = iter(full)
    return len(title) < len(full) and all(character in rest for character in title)


class ShortIssuer(_LawRule):
    """A document is cited with the full name of whoever issued it."""

    code, label, level = "short-issuer", "发文机关用了简称", Level.INFORMATION
    says = "《{text}》的发文机关写的是简称“{issuer}”，引用文件写全称。"
    pattern = re.compile(r"(?P<issuer>[国省市县](?:人民)?(?:政府|编委|委|办)(?:办公厅|办公室)?)关于")

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        match = self.pattern.match(title)
        if match:
            yield self.at(text.spot, title, text.text, issuer=match["issuer"])


def _lacks(title: str, known: str) -> bool:
    """Whether a title is a known one with a word left out of its midst."""
    if len(title) < SHORTEST or not 0 < len(known) - len(title) <= 2:
        return False
    head = next((i for i, (a, b) in enumerate(zip(title, known, strict=False)) if a != b), len(title))
    return 0 < head < len(title) and known.endswith(title[head:])


class RepealedLaw(_LawRule):
    """A law that was repealed before the list is in force is no basis of it."""

    code, label = "repealed-law", "法规已经废止"
    says = "《{text}》已于 {day:%Y-%m-%d} 废止{by}。"

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        known = checked.dictionary.laws.get(title)
        if known and known.repealed_on and known.repealed_on <= checked.on:
            by = f"，由《{known.replaced_by}》代替" if known.replaced_by else ""
            yield self.at(text.spot, title, text.text, day=known.repealed_on, by=by)


class LawNotYet(_LawRule):
    """What is not in force yet is no basis."""

    code, label = "law-not-yet", "法规还没有施行"
    says = "《{text}》{day:%Y-%m-%d} 起施行，在本版施行之后。"

    def judge(self, checked: CheckContext, text: Text, title: str) -> Iterator[Finding]:
        known = checked.dictionary.laws.get(title)
        if known and known.in_force_on and known.in_force_on > checked.on:
            yield self.at(text.spot, title, text.text, day=known.in_force_on)


class StatutoryTerm(Rule):
    """A thing is called what the law calls it; an item that does otherwise is told once for each word."""

    code, label, family = "term", "不是规范用语", Family.DICTIONARY
    says = "“{text}”的规范写法是“{right}”{source}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        told = set()
        for text in checked.texts:
            for wrong, term in checked.dictionary.terms.items():
                rest = text.text.replace(term.right, "") if wrong in term.right else text.text
                if wrong in rest and (text.spot.code, wrong) not in told:
                    told.add((text.spot.code, wrong))
                    source = f"（{term.source}）" if term.source else ""
                    yield self.at(text.spot, wrong, text.text, right=term.right, source=source)


RULES = (ShortTitle, ShortIssuer, WrongTitle, RepealedLaw, LawNotYet, StatutoryTerm)
