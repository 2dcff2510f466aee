"""Which persons a text names: behind what somebody is (投诉人, 证人, 法定代表人), before a number of theirs, in a list,
and where somebody acts. It goes by what names look like, so it finds some that are none: whoever reads the draft
uncovers them."""

import re
from collections.abc import Iterator

from cases.publicity.folds import plain, without_gaps
from cases.publicity.words import (
    BEFORE,
    CLAUSE,
    COMPOUND,
    DOES,
    ENDS,
    NEVER_GIVEN,
    NO_NAMES,
    ROLES,
    SURNAMES,
    TITLES,
)

NOT_NAMES = tuple(NO_NAMES.split())
CLOSED = r"(?=[,;。、)”\s]|$)"
"""Where nothing but a name can have stood."""
HAN = "[一-鿿]"
FOREIGN = rf"{HAN}{{1,6}}·{HAN}{{1,8}}?"
NAME = rf"(?:(?:{COMPOUND}){HAN}{{1,2}}?|[{SURNAMES}]{HAN}{{1,2}}?|{FOREIGN})"
ENDED = rf"{NAME}(?={ENDS})"
LONGEST = rf"(?:{COMPOUND}|[{SURNAMES}]){HAN}{{1,2}}"
TOGETHER = rf"{LONGEST}{ENDED}"
"""Two with no mark between them: 证人张三李四均在场."""
UNENDED = rf"(?:{COMPOUND}){HAN}{{2}}|[{SURNAMES}]{HAN}{{2}}"
"""Where nothing shows where a name ends, one character too much is covered."""
MORE = rf"(?:[、,和及与]\s?(?:{ENDED}|{HAN}{{2,3}}{CLOSED}))*"
ASIDE = r"(?:\([^()]{1,10}\))?"
FIRST = rf"(?:{ENDED}|{TOGETHER}|{UNENDED})"
BEHIND = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{TITLES}){ASIDE}[:(为是系叫“\"]{{0,2}}\s?({FIRST}{MORE})",
        rf"(?:{TITLES}|当事人){ASIDE}(?::\s?|“)((?:{HAN}{{2,4}}|{FOREIGN}){CLOSED}{MORE})",
        rf"对({FIRST}{MORE})(?:进行了?|的)?(?:询问|调查|谈话)",
        rf"由({NAME})(?=经营|负责|承包|驾驶|操作|销售|提供)",
        rf"({NAME})(?=[,、(]\s?[男女][,、)]|[,、(]?(?:居民|公民)?身份证)",
    )
)

GIVEN = rf"(?![{NEVER_GIVEN}]){HAN}"
"""What may stand in the name that parents give."""
FULL = rf"(?:(?:{COMPOUND})(?:{GIVEN}){{1,2}}|[{SURNAMES}](?:{GIVEN}){{2}})"
SHORT = rf"[{SURNAMES}]{GIVEN}"
ITEM = rf"[{SURNAMES}]{GIVEN}(?:(?![二两三四五]人){GIVEN})?"
OPENS = r"(?:^|[,。;:、(“\s\d])"
ROLE = f"(?:{ROLES})[:为是系叫]?"
ACTING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{OPENS}|(?:{BEFORE})|{ROLE})({FULL})(?={CLAUSE}|$)",
        rf"(?:{OPENS}|{BEFORE})({SHORT})(?={DOES})",
        rf"{ROLE}({SHORT})(?={DOES}|{CLAUSE}|$)",
        rf"({ITEM}(?:[、,和及与]{ITEM})+)(?=[二两三四五]人|姐妹|兄弟|夫妇|夫妻)",
        rf"(?:{OPENS}|是|由|向|经|被)((?:{SHORT}|{FULL})(?:{SHORT}|{FULL}))(?=均|都|两人|二人|到场|在场|夫妇|夫妻)",
    )
)
LIST = re.compile(
    rf"(?:{OPENS}|(?:{BEFORE})|{ROLE})({ITEM}(?:\([^()]{{1,12}}\))?(?:[、,和及与]{ITEM}(?:\([^()]{{1,12}}\))?)+)"
)
"""Of which one is a name, and so all are."""
END = re.compile(ENDS)
SEVERAL = re.compile(r"[、,和及与]\s?")
PAIR = re.compile(rf"({LONGEST})({NAME})")


def names_in(text: str) -> list[str]:
    read = without_gaps(plain(text))
    behind = (name for pattern in BEHIND for hit in pattern.finditer(read) for name in _names_of(hit))
    acting = (name for pattern in ACTING for hit in pattern.finditer(read) for name in _each_of(hit.group(1)))
    found = list(filter(_may_be_one, dict.fromkeys([*behind, *acting])))
    beside = [name for items in _lists(read) if set(found) & set(items) for name in items]
    return list(dict.fromkeys([*found, *filter(_may_be_one, beside)]))


def _may_be_one(name: str) -> bool:
    return len(name) > 1 and not name.startswith(NOT_NAMES) and "某" not in name


def _lists(text: str) -> Iterator[list[str]]:
    for hit in LIST.finditer(text):
        yield SEVERAL.split(re.sub(r"\([^()]*\)", "", hit.group(1)))


def is_name(text: str) -> bool:
    """Whether it looks like one, and like nothing else."""
    return re.fullmatch(NAME, text) is not None and _may_be_one(text)


def family_name(name: str) -> str:
    """欧阳 of 欧阳明华, 李 of 李四."""
    compound = re.match(COMPOUND, name)
    return compound.group() if compound and len(name) > 2 else name[:1]


def _names_of(hit: re.Match[str]) -> Iterator[str]:
    """Where nothing shows where the last one ends, its last character may be of another word."""
    names = _each_of(hit.group(1))
    yield from names
    if not END.match(hit.string, hit.end(1)):
        yield names[-1][:-1]


def _each_of(names: str) -> list[str]:
    """张三、李四: each; 周和平 is one."""
    if re.fullmatch(FULL, names):
        return [names]
    return [name for part in SEVERAL.split(names) for name in _two_of(part)]


def _two_of(part: str) -> list[str]:
    """王小明李红: 王小明, 李红."""
    pair = PAIR.fullmatch(part)
    return list(pair.groups()) if pair and not re.fullmatch(NAME, part) else [part]
