"""Phones: written so that they can be dialled, and the same wherever they are the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from editions.checkup.rule import CheckContext, Family, Finding, Level, PatternRule, Rule, Spot, Text

DASH = r"[-\u2010-\u2015\u2212\uff0d\u30fc\u4e00]"
LANDLINE = re.compile(
    rf"(?<![\d.])(?<![A-Za-z/@_=-])(?:[（(]?(?P<area>0\d{{2,3}})[）)]?\s?{DASH}{{0,2}}\s?)?(?P<local>[2-8]\d{{6,7}})"
    r"(?!\d|[A-Za-z@/_=]|\.[\dA-Za-z])"
)
"""A number of the fixed network: the area code in whatever way it is set off, and no part of a longer number, of an
address or of a mobile."""


@dataclass(frozen=True)
class Landline:
    text: Text
    printed: str
    area: str
    local: str


def numbers_in(text: str) -> list[str]:
    """The local numbers of the fixed network in a text."""
    return [match["local"] for match in LANDLINE.finditer(text)]


def landlines(checked: CheckContext) -> list[Landline]:
    """Those in the cells for phones."""
    return [
        Landline(text, match.group(), match["area"] or "", match["local"])
        for text in checked.texts
        if "电话" in text.column
        for match in LANDLINE.finditer(text.text)
    ]


class PhoneWithoutAreaCode(Rule):
    """A phone is written so that it can be dialled from anywhere, as most of the others are."""

    code, label = "area-code", "电话缺区号"
    says = "电话 {text} 没有写区号，清单里有 {others} 个固定电话写了。"
    besides = ("others",)

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        phones = landlines(checked)
        others = sum(bool(phone.area) for phone in phones)
        for phone in phones if others * 2 > len(phones) else ():
            if not phone.area:
                yield self.at(phone.text.spot, phone.local, phone.text.text, others=others)


class PhoneUnlike(Rule):
    """The phones of one bureau begin alike; one that does not is looked at twice."""

    code, label = "phone-unlike", "电话与其他的不同"
    says = "电话 {text} 不像其他电话那样以 {usual} 开头，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        phones = landlines(checked)
        area, _ = _most(phone.area for phone in phones if phone.area)
        head, times = _most(phone.local[:3] for phone in phones)
        if times * 2 > len(phones):
            usual = f"{area}-{head}" if area else head
            for phone in phones:
                if (phone.area or area, phone.local[:3]) != (area, head):
                    yield self.at(phone.text.spot, phone.printed, phone.text.text, usual=usual)


class PrivateMobile(PatternRule):
    """A mobile is somebody's own, unless it is given as the phone of an office."""

    code, label = "private-mobile", "文中有手机号码"
    says = "“{text}”像是手机号码。清单是公开的，请核对是不是个人的号码。"
    pattern = re.compile(r"(?<![\d.])(?<![A-Za-z/@_=-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z@/_=])")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            for found, _ in self.slips(text.text) if "电话" not in text.column else ():
                yield self.at(text.spot, found, text.text)


class OfficeWithTwoNumbers(Rule):
    """Where an office is named alone with one phone, it is the same phone each time."""

    code, label, level, family = "two-numbers", "同一股室两个电话", Level.INFORMATION, Family.COMPARISON
    says = "{office}这里的电话是 {text}，别处（{there}）是 {other}，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        names = checked.register.names("offices")
        numbers: dict[Spot, list[Landline]] = defaultdict(list)
        for phone in landlines(checked):
            numbers[phone.text.spot].append(phone)
        first: dict[str, Landline] = {}
        for text in checked.texts:
            read = names.in_cell(text.text) if text.responsible else None
            phones = numbers.get(text.spot, [])
            if read and len(read.spans) == 1 and not read.rest and len(phones) == 1:
                office, (phone,) = read.spans[0].target, phones
                known = first.setdefault(office.code, phone)
                if known.local != phone.local:
                    said = {"office": office.name, "there": known.text.spot.named, "other": known.printed}
                    yield self.at(phone.text.spot, phone.printed, phone.text.text, **said)


def _most(values: Iterator[str]) -> tuple[str, int]:
    return next(iter(Counter(values).most_common(1)), ("", 0))


RULES = (PhoneWithoutAreaCode, PhoneUnlike, PrivateMobile, OfficeWithTwoNumbers)
