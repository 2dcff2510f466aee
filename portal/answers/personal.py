"""What somebody may write of themselves, or of others, in a question: it is taken out before the question is kept.
Numbers, homes and names are found as they are in what is made public of a case, and names also where somebody says
their own or is called by one. Like there, some are found that are none: of 1,365 questions that name nobody, a word is
lost in 20."""

import re
from collections.abc import Iterator

from cases.publicity.persons import FULL, HAN, SHORT, names_in
from cases.publicity.redacting import Known, found_in
from cases.publicity.words import SURNAMES
from verbatim.folding import fold

GONE = "…"
SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:我叫|名叫|叫做|本人叫)({SHORT}(?=电话|手机|身份证|家住|住)|{FULL}|{SHORT})",
        rf"(?:我是|本人是?)({FULL}|{SHORT})(?!{HAN})",
        rf"我姓({HAN})",
        rf"([{SURNAMES}]{HAN}{{0,2}})(?:先生|女士|小姐|师傅|大爷|大妈|大娘|大哥|大姐)",
        rf"([{SURNAMES}]某{{1,2}})",
        r"(?:家住|住在|家在)([^,;.?!，；。？！\s]{0,20}[省市县区镇乡村庄屯街路道巷里号楼栋幢元室院][\d一二三四五六七八九十]*"
        rf"(?:的[{SURNAMES}]{HAN}{{1,3}}?(?=[欠借打骂偷抢是在把不]|$))?)",
    )
)
SHAPED = re.compile(r"[0-9a-z][0-9a-z@._\-]{4,}")
"""Whatever else may be a number of somebody's, as it is when folded."""


def without_personal(asked: str) -> str:
    """The question, folded, with nothing in it that says who asks, or of whom."""
    kept = list(asked)
    for start, end in _personal(asked):
        kept[start:end] = [GONE] * (end - start)
    pieces = re.split(rf"{GONE}+", "".join(kept))
    return GONE.join(SHAPED.sub(GONE, fold(piece)) for piece in pieces)


def personal_in(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in _personal(text)]


def _personal(asked: str) -> Iterator[tuple[int, int]]:
    yield from ((each.start, each.end) for each in found_in(asked, Known(), names=names_in(asked)))
    yield from (hit.span(1) for pattern in SAID for hit in pattern.finditer(asked))
