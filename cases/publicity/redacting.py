"""What is personal in a text that is to be public: found by rule, known from the file, or marked by hand; and the text
with all of it covered, however it was typed: in full width, in Chinese figures, with spaces or dashes in it, over two
lines.

What is known to be personal, and numbers of identity papers, are always covered. What is only found to look personal
may be a shop or the bureau's own telephone: that is uncovered by hand, passage by passage.
Source: 处罚法2021-48, 令45, 政府信息公开条例15.
"""

import datetime
import enum
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from cases.publicity.folds import folded, in_figures, plain
from cases.publicity.persons import family_name

COVER = "×××"
SOMEBODY = "某"
LONGEST_NAME = 4
"""Characters, of one whose end no other word shows."""


class What(enum.StrEnum):
    IDENTITY = "身份证件号码"
    PHONE = "电话"
    ACCOUNT = "账号"
    MAIL = "电子邮箱"
    BIRTH = "出生日期"
    ADDRESS = "住址"
    PLATE = "车牌号"
    NAME = "姓名"
    OF_THE_FILE = "案卷里的个人信息"
    MARKED = "人工标注"


@dataclass(frozen=True)
class Found:
    """A passage, from the one character up to the other."""

    what: What
    start: int
    end: int
    is_firm: bool
    """Always covered."""


@dataclass(frozen=True)
class Known:
    """What the file knows."""

    names: tuple[str, ...] = ()
    """Of persons."""
    texts: tuple[str, ...] = ()
    """Other personal data of persons."""
    doubtful: tuple[str, ...] = ()
    """What may be public: where an organisation sits, its number."""
    spared: tuple[str, ...] = ()
    """Names that are no secret, whatever stands in them."""


def _always(digits: str) -> bool:
    return True


def _is_born(year: str, month_and_day: str) -> bool:
    try:
        born = datetime.datetime.strptime(year + month_and_day, "%Y%m%d").date()
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _is_identity(digits: str) -> bool:
    """GB 11643: the day of birth stands in the middle."""
    return _is_born(digits[6:10], digits[10:14])


def _is_old_identity(digits: str) -> bool:
    return _is_born(f"19{digits[6:8]}", digits[8:12])


@dataclass(frozen=True)
class Pattern:
    what: What
    regex: re.Pattern[str]
    holds: Callable[[str], bool] = _always
    """Whether the figures of what was found are such a number."""
    is_firm: bool = False


# The patterns of numbers read plain text with Chinese figures as ordinary ones, those of places read it as it is.

BETWEEN = r"[\s\-–—‐·._/()]{0,3}"
"""What people set between the figures of a number."""
GROUPED = r"\d{3,}(?:[\s\-–—·()]{1,3}\d{3,})*(?:[\s\-–—·()]{1,3}\d+)?"
LABEL = r"[(号码账:为是“\"'\s]{0,4}"
DAY = r"\d{4}[年./\-]\s?[\d十]{1,3}(?:[月./\-]\s?[\d十]{1,4}日?|月)?"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _digits(count: int) -> str:
    return rf"\d(?:{BETWEEN}\d){{{count - 1}}}"


def _number(what: What, pattern: str, holds: Callable[[str], bool] = _always, *, is_firm: bool = False) -> Pattern:
    return Pattern(what, re.compile(pattern), holds, is_firm)


NUMBERS = (
    _number(What.IDENTITY, rf"(?<!\d){_digits(17)}{BETWEEN}[\dXx](?!\d)", _is_identity, is_firm=True),
    _number(What.IDENTITY, rf"(?<!\d){_digits(15)}(?!\d)", _is_old_identity, is_firm=True),
    _number(What.IDENTITY, rf"身份证(?:件)?{LABEL}(\d(?:{BETWEEN}\d){{5,16}}{BETWEEN}[\dXx]?)", is_firm=True),
    _number(
        What.IDENTITY,
        rf"(?:护照|通行证|军官证|驾驶证|居留证){LABEL}([A-Za-z]{{0,2}}\s?\d[\dA-Za-z\s]{{5,20}}[\dA-Za-z])",
        is_firm=True,
    ),
    _number(What.ACCOUNT, rf"(?<![\d.])\(?{GROUPED}(?![\d.])", lambda digits: 16 <= len(digits) <= 19),
    _number(What.ACCOUNT, rf"(?:账号|帐号|账户|帐户|卡号|银行卡){LABEL}(\(?\d(?:{BETWEEN}\d){{6,24}})"),
    _number(What.ACCOUNT, rf"(?:微信|QQ|qq|支付宝|抖音|快手){LABEL}([A-Za-z\d][\w\-]{{4,30}})"),
    _number(What.PHONE, rf"(?<!\d)(?:\+?86{BETWEEN})?1{BETWEEN}[3-9](?:{BETWEEN}\d){{9}}(?!\d|元|\.\d)"),
    _number(What.PHONE, r"(?<!\d)\(?0\d{2,3}\)?[\s\-–—]{0,3}\d(?:[\s\-–—]{0,2}\d){6,7}(?![\d/])"),
    _number(What.PHONE, rf"(?:电话|手机|传真|座机|联系方式){LABEL}(\d[\d\s\-–—]{{5,14}}\d)"),
    _number(What.MAIL, r"[A-Za-z\d.+\-_]+\s?(?:@|\(at\))\s?[A-Za-z\d\-]+(?:\.[A-Za-z\d\-]+)+"),
    _number(What.BIRTH, rf"(?:出生(?:日期|年月)?|生日|生于)[:于为是]?\s*({DAY})"),
    _number(What.BIRTH, rf"{DAY}(?=\s?(?:出?生(?![产活效])|生人))"),
    _number(What.BIRTH, rf"(?:男|女)[,、]\s?(?:[一-鿿]{{1,4}}族[,、]\s?)?({DAY})"),
    _number(What.PLATE, rf"[{PLATES}]\s?[A-Z][·.\s\-]?(?:[A-Z\d]{{5,6}}|[A-Z\d]{{4}}[挂学警])(?![A-Z\d])"),
)
FIGURE = "[\\d一二三四五六七八九十百]"
PLACE = r"(?:村|路|街|巷|胡同|大道|小区|社区|家园|花园|公寓|庄|营|屯|里)"
UNIT = "(?:号院|号楼|号|楼|栋|幢|排|单元|层|室|户|座|院|组)"
NUMBERED = rf"(?:{FIGURE}+{UNIT}(?:[\d\-]+{UNIT})*[\d\-]*|\d+(?:-\d+){{1,3}})"
HERE = (
    r"(?:(?:经常居住地|户籍所在地|户籍地址?|通讯地址|联系地址|现住址|家庭住址|居住地|暂住地|住址|住所地?|地址)[:在为是于]"
    r"|(?:家住|现住|居住在|暂住)[:在于]?)\s*([^,;。、\n()]{4,60})"
)
PLACES = tuple(
    Pattern(What.ADDRESS, re.compile(pattern))
    for pattern in (
        HERE,
        rf"[一-鿿]{{2,12}}(?:县|市|区)[一-鿿]{{1,14}}?{PLACE}[一-鿿\d]{{0,12}}?{NUMBERED}",
        rf"[一-鿿]{{2,8}}(?:镇|乡|街道)[一-鿿]{{1,10}}?{PLACE}(?:[一-鿿]{{0,6}}?{NUMBERED})?",
        rf"[一-鿿]{{2,12}}{PLACE}[一-鿿]{{0,2}}{NUMBERED}",
        r"住(?![所户房])[在于]?([一-鿿\d]{1,20}?(?:村|庄|屯|营|街|路|巷|号|室|组)[一-鿿\d]{0,6}?)(?=[,;。、)]|$)",
    )
)


def found_in(text: str, known: Known, *, names: Iterable[str] = (), marked: Iterable[str] = ()) -> list[Found]:
    """Every passage, the first first; they may overlap. `names` are those that were found, by rule, in whatever is
    read together with the text."""
    read = plain(text)
    spared = [span for each in known.spared for span in _spans(read, each)]
    every = (each for each in _all(read, known, names, marked) if not any(_is_spared(each, *span) for span in spared))
    return sorted(every, key=lambda each: (each.start, -each.end))


def _is_spared(found: Found, start: int, end: int) -> bool:
    """What is part of a name that is no secret; the whole of it only where nobody knows better."""
    is_within = start <= found.start and found.end <= end
    return found.what is not What.MARKED and is_within and (not found.is_firm or found.end - found.start < end - start)


def _all(read: str, known: Known, names: Iterable[str], marked: Iterable[str]) -> Iterator[Found]:
    for patterns, seen in ((NUMBERS, in_figures(read)), (PLACES, read)):
        for each in patterns:
            for hit in each.regex.finditer(seen):
                start, end = hit.span(hit.lastindex or 0)
                if each.holds("".join(filter(str.isdigit, seen[start:end]))):
                    yield Found(each.what, start, end, each.is_firm)
    for wanted, what, is_firm in (
        (known.names, What.NAME, True),
        (known.texts, What.OF_THE_FILE, True),
        (known.doubtful, What.OF_THE_FILE, False),
        (names, What.NAME, False),
        (marked, What.MARKED, True),
    ):
        for text in wanted:
            yield from (Found(what, *span, is_firm=is_firm) for span in _spans(read, text))


def _spans(read: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where it stands, whatever is set between its characters, also in Chinese figures. No name goes on behind the end
    of a clause: 不高。明确 names no 高明."""
    characters = [each for each in folded(plain(wanted)) if each.isalnum()]
    if len(characters) > 1:
        between = r"[\W_]{0,3}" if len(characters) > LONGEST_NAME else r"(?:(?![,;:、。])[\W_]){0,3}"
        pattern = re.compile(between.join(map(re.escape, characters)))
        seen = folded(read)
        yield from (hit.span() for hit in pattern.finditer(seen))
        if any(map(str.isdigit, characters)):
            yield from (hit.span() for hit in pattern.finditer(in_figures(seen)))


@dataclass(frozen=True)
class Redaction:
    """By what a text is covered: what is known, the names found beside it, what was marked and uncovered by hand."""

    known: Known
    names: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    uncovered: Collection[str] = ()

    def found(self, text: str) -> list[Found]:
        """What is covered."""
        every = found_in(text, self.known, names=self.names, marked=self.marked)
        return [each for each in every if each.is_firm or passage(text, each) not in self.uncovered]

    def covered(self, text: str) -> str:
        pieces, done = [], 0
        for each in _apart(self.found(text)):
            pieces += [text[done : each.start], _cover(text, each)]
            done = each.end
        return "".join([*pieces, text[done:]])


def passage(text: str, found: Found) -> str:
    return text[found.start : found.end].strip()


def _apart(every: list[Found]) -> list[Found]:
    """What overlaps as one."""
    kept: list[Found] = []
    for each in every:
        if kept and each.start < kept[-1].end:
            last = kept.pop()
            what = last.what if last.end >= each.end else each.what
            each = Found(what, last.start, max(last.end, each.end), last.is_firm or each.is_firm)
        kept.append(each)
    return kept


def _cover(text: str, found: Found) -> str:
    """Of a name the family name stays."""
    if found.what is not What.NAME:
        return COVER
    characters = "".join(each for each in text[found.start : found.end] if each.isalnum())
    family = family_name(characters)
    return family + SOMEBODY * min(len(characters) - len(family), 2)
