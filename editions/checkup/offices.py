"""Names of offices: each is printed as the dictionary of offices has it."""

import re
from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Family, Finding, Rule

UNIT = re.compile(r"(?P<which>[\u4e00-\u9fff]{2})科(?:室|(?![学技目研普室]))")


class UnknownOffice(Rule):
    """A cell for the offices responsible names offices that there are, and nothing else."""

    code, label, family = "unknown-office", "股室不明", Family.DICTIONARY
    says = "“{rest}”不是股室名册里的名称，请写明是哪些股室。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        names = checked.register.names("offices")
        for text in checked.texts:
            if text.responsible:
                rest = names.in_cell(text.text).rest
                if rest:
                    yield self.at(text.spot, text.text, rest="、".join(rest))


class OfficesRunTogether(Rule):
    """In a cell for the offices responsible each stands on a line of its own, or they are parted by 、."""

    code, label = "office-separator", "股室没有用顿号分开"
    says = "“{text}”里股室之间用“、”分开，或者各写一行。"
    pattern = re.compile(r"(?<=[\u4e00-\u9fff）)])(?:\s+|\s*[/,，;；.。]\s*)(?=[\u4e00-\u9fff])")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            if text.responsible and self.pattern.search(text.text):
                yield self.at(text.spot, text.text)


class OtherName(Rule):
    """One office has one name throughout the list."""

    code, label, family = "other-name", "股室名称不统一", Family.COMPARISON
    says = "“{text}”在别处叫“{name}”。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        names = checked.register.names("offices")
        for text in checked.texts:
            read = names.in_cell(text.text) if text.responsible else None
            for span in read.spans if read and not read.rest else ():
                found = text.text[span.start : span.end]
                if found != span.target.name:
                    yield self.at(text.spot, found, text.text, name=span.target.name)


class OtherUnit(Rule):
    """What the table calls 股 the rest of the list does not call 科."""

    code, label, family = "other-unit", "“股”与“科”混用", Family.COMPARISON
    says = "“{text}”：登记表里本局的内设机构都叫“股（室）”，这里叫“科（室）”{near}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        offices = checked.register.documents("offices")
        if any(UNIT.search(name) for office in offices for name in office.names):
            return
        seen = set()
        for text in checked.texts:
            for unit in UNIT.finditer(text.text) if not text.responsible else ():
                if (text.spot.code, unit.group()) not in seen:
                    seen.add((text.spot.code, unit.group()))
                    near = next((o.name for o in offices if unit["which"] in o.name), "")
                    yield self.at(text.spot, unit.group(), text.text, near=f"，应当是“{near}”" if near else "")


RULES = (UnknownOffice, OfficesRunTogether, OtherName, OtherUnit)
