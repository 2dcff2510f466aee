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
KIN = (
    "孩子|儿子|闺女|女儿|老公|丈夫|媳妇|老婆|爱人|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|"
    "同学|村民|老板|邻居|会计|书记|村长"
)
PERSONAL = (
    "拖欠|欠[我你他钱债薪账工一两二三四五六七八九十几]|借[我了钱]|离婚|结婚|打[我人了伤架]|骂[我人]|偷[我了]|骗[我了人钱]|赌|吸毒|"
    "出轨|失踪|去世|酒驾|强奸|威胁|敲诈|诈骗|贪污|受贿|收[了我]|拿[了我]|抢[我了]|卖假|占[我了]|赖[我着账]"
)
"""What people do to each other, and is the business of no list."""
SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:我叫|名叫|叫做|本人叫)({SHORT}(?=电话|手机|身份证|家住|住)|{FULL}|{SHORT})",
        rf"(?:{KIN})(?:叫|名叫|是|,|，)?({FULL})(?={PERSONAL}|上学|$)",
        rf"(?:{KIN})(?:叫|名叫)({FULL}|{SHORT})",
        rf"(?:^|[,;.?!，；。？！\s]|班|{KIN}|举报|投诉|告|骂|叫|是|被|找)({FULL}|{SHORT}(?<![家东长机员管主市场院校车厂店]))(?={PERSONAL})",
        rf"(?:我是|本人是?)(?:[^,;.?!，；。？！\s]{{1,8}}[的村镇乡])?({FULL}|{SHORT})(?!{HAN})",
        rf"我姓({HAN})",
        rf"([{SURNAMES}]{HAN}{{0,2}})(?:先生|女士|小姐|师傅|大爷|大妈|大娘|大哥|大姐|老板|经理|厂长)",
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
