"""What is personal in a text that is to be public: found by rule, known from the file, or marked by hand; and the text
with all of it covered, however it was typed: in full width, with spaces or dashes in it, over two lines.

What is known to be personal, and numbers of identity papers, are always covered. What is only found to look personal
may be a shop or the bureau's own telephone: that is uncovered by hand, passage by passage.
Source: 处罚法2021-48, 令45, 政府信息公开条例15.
"""

import enum
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

COVER = "×××"
SOMEBODY = "某"


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


# The patterns read plain text: figures, letters and marks in half width.

BETWEEN = r"[\s\-–—‐·.]{0,2}"
"""What people set between the figures of a number."""


def _figures(count: str) -> str:
    return rf"\d(?:{BETWEEN}\d){count}"


SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛米贝臧戴谈宋茅庞熊纪舒屈"
    "项祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪丁宣邓郁单洪包左石崔"
    "吉龚程邢裴陆荣翁荀甄封芮储靳段焦巴侯车宓班秋仲宫宁仇栾甘厉祖武符刘景詹龙叶郜黎薄印蒲邰赖卓蔺屠蒙池乔翟谭劳"
    "冉郦雍桑桂牛边扈燕冀尚农温庄晏柴瞿阎慕茹习艾鱼容古易廖耿匡文寇广欧沃蔚师巩聂晁敖冷辛阚简饶曾沙养丰关查游权"
    "岳商佘佟付肖闫覃涂邸代仝苑"
)
COMPOUND = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|司徒|东方|夏侯|令狐|宇文|长孙|端木|独孤|南宫"
TITLES = (
    "法定代表人|实际控制人|实际经营者|主要负责人|负责人|经营者|投资人|合伙人|股东|业主|房东|店主|店长|老板|厂长|经理|"
    "会计|出纳|库管员|保管员|检验员|操作员|操作工|司炉工|焊工|电工|驾驶员|司机|押运员|售货员|收银员|业务员|销售员|"
    "投诉人|举报人|申诉人|反映人|消费者|购买人|购买者|顾客|买家|受害人|被害人|受害者|伤者|死者|患者|证人|见证人|被询问人|"
    "询问人|委托代理人|代理人|受委托人|监护人|收件人|签收人|收货人|发货人|联系人|家属|丈夫|妻子|父亲|母亲|儿子|女儿|工人|"
    "员工|职工|村民|居民|住户|公民|自然人|执法人员|承办人|检查人|记录人|姓名|名叫|本人|乘客|学生|教师|医生"
)
ENDS = (
    r"[,.;:、()\[\]\"'“”‘’《》。\s]|$|的|称|说|在|于|与|和|到|签|将|把|向|未|已|系|男|女|等|及|对|为|以|因|自|从|无|有|"
    r"不|陈述|表示|承认|确认|提供|出具|拒绝|到场|参加|陪同|证明|反映|现场|经营|驾驶|使用|操作|销售|购买|身份证|电话|手机|"
    r"住|出生|共|各|处|是|了|也|当|曾|亲|受|被|同|看见|看到|听到|看|批准|签字|签名|负责|声称|声明|报称|认为|要求|申请|提出"
)
NAME = rf"(?:(?:{COMPOUND})[一-鿿]{{1,2}}?|[{SURNAMES}][一-鿿]{{1,2}}?|[一-鿿]{{1,6}}·[一-鿿]{{1,8}}?)"
PLACE = r"(?:村|路|街|巷|胡同|大道|小区|社区|家园|花园|公寓|庄|营|屯|里)"
UNIT = "(?:号院|号楼|号|楼|栋|幢|排|单元|层|室|户|座|院)"
NUMBERED = rf"\d+{UNIT}(?:[\d\-]+{UNIT})*[\d\-]*"
DAY = r"\d{4}[年./\-]\s?\d{1,2}(?:[月./\-]\s?\d{1,2}日?|月)?"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

PATTERNS = (
    (What.IDENTITY, rf"(?<!\d){_figures('{16}')}{BETWEEN}[\dXx](?!\d)"),
    (What.IDENTITY, rf"(?<!\d){_figures('{14}')}(?!\d)"),
    (What.IDENTITY, rf"身份证(?:件)?(?:号码?)?[:为是]?\s*({_figures('{5,17}')}[Xx]?)"),
    (What.IDENTITY, r"(?:护照|通行证|军官证|驾驶证|居留证)(?:号码?)?[:为是]?\s*([A-Za-z]{0,2}\d[\dA-Za-z]{5,17})"),
    (What.ACCOUNT, rf"(?<!\d){_figures('{15,18}')}(?!\d)"),
    (What.ACCOUNT, rf"(?:账号|帐号|账户|帐户|卡号|银行卡)[:为是]?\s*({_figures('{7,24}')})"),
    (What.ACCOUNT, r"(?:微信号?|QQ号?|qq号?|支付宝账?号?)[:为是]?\s*([A-Za-z\d][\w\-]{4,30})"),
    (What.PHONE, rf"(?<!\d)(?:\+?86{BETWEEN})?1{BETWEEN}[3-9](?:{BETWEEN}\d){{9}}(?!\d)"),
    (What.PHONE, rf"(?<!\d)\(?0\d{{2,3}}\)?{BETWEEN}\d(?:{BETWEEN}\d){{6,7}}(?!\d)"),
    (What.PHONE, r"(?:电话|手机|传真|联系方式|手机号码?)[:为是]?\s*(\d[\d\s\-–]{5,14}\d)"),
    (What.MAIL, r"[A-Za-z\d.+\-_]+\s?@\s?[A-Za-z\d\-]+(?:\.[A-Za-z\d\-]+)+"),
    (What.BIRTH, rf"(?:出生(?:日期|年月)?|生日|生于)[:于为是]?\s*({DAY})"),
    (What.BIRTH, rf"{DAY}(?=\s?(?:出?生(?![产活效])|生人))"),
    (What.BIRTH, rf"(?:男|女)[,、]\s?(?:[一-鿿]{{1,4}}族[,、]\s?)?({DAY})"),
    (
        What.ADDRESS,
        r"(?:经常居住地|户籍所在地|户籍地址?|通讯地址|联系地址|现住址?|家庭住址|家住|居住地|居住在|暂住地?|住址|住所地?|"
        r"地址)[:在为是于]?\s*([^,;。、\n()]{4,60})",
    ),
    (What.ADDRESS, rf"[一-鿿]{{2,12}}(?:县|市|区)[一-鿿]{{1,14}}?{PLACE}[一-鿿\d]{{0,12}}?{NUMBERED}"),
    (What.ADDRESS, rf"[一-鿿]{{2,8}}(?:镇|乡|街道)[一-鿿]{{1,10}}?{PLACE}(?:[一-鿿]{{0,6}}?{NUMBERED})?"),
    (What.ADDRESS, rf"[一-鿿]{{2,8}}{PLACE}{NUMBERED}"),
    (What.PLATE, rf"[{PLATES}][A-Z][·.\s\-]?[A-Z\d]{{5,6}}(?![A-Z\d])"),
)
COMPILED = tuple((what, re.compile(pattern)) for what, pattern in PATTERNS)
ENDED = rf"{NAME}(?={ENDS})"
UNENDED = rf"(?:{COMPOUND})[一-鿿]{{2}}|[{SURNAMES}][一-鿿]{{2}}"
"""Where nothing shows where a name ends, one character too much is covered."""
BEHIND_TITLES = re.compile(rf"(?:{TITLES})[:(为是系叫]{{0,2}}\s?((?:{ENDED}|{UNENDED})(?:[、,和及与]\s?{ENDED})*)")
BEFORE_NUMBERS = re.compile(rf"({NAME})(?=[,、(]\s?[男女][,、)]|[,、(]?(?:居民|公民)?身份证)")
END = re.compile(ENDS)
SEVERAL = re.compile(r"[、,和及与]\s?")
ALWAYS = (What.IDENTITY, What.OF_THE_FILE, What.MARKED)


def plain(text: str) -> str:
    """In half width, each character in its place."""
    return _in_place(text, lambda each: unicodedata.normalize("NFKC", each))


def _in_place(text: str, folded: Callable[[str], str]) -> str:
    """What a fold makes longer stays as it is: where a passage stands must not move."""
    return "".join(one if len(one := folded(each)) == 1 else each for each in text)


def names_in(text: str) -> list[str]:
    """Those that stand behind what somebody is, or before a number of theirs."""
    read = plain(text)
    named = [each for hit in BEHIND_TITLES.finditer(read) for each in _names_of(hit)]
    return list(dict.fromkeys([*named, *(hit.group(1) for hit in BEFORE_NUMBERS.finditer(read))]))


def _names_of(hit: re.Match[str]) -> Iterator[str]:
    """Where nothing shows where the last one ends, its last character may be of another word."""
    names = SEVERAL.split(hit.group(1))
    yield from names
    if not END.match(hit.string, hit.end(1)):
        yield names[-1][:-1]


def found_in(text: str, known: Known, *, names: Iterable[str] = (), marked: Iterable[str] = ()) -> list[Found]:
    """Every passage, the first first; they may overlap. `names` are those that were found, by rule, in whatever is
    read together with the text."""
    read = plain(text)
    spared = [span for each in known.spared for span in _spans(read, each)]
    return sorted(
        (
            each
            for each in _all(read, known, names, marked)
            if each.what is What.MARKED or not any(start <= each.start and each.end <= end for start, end in spared)
        ),
        key=lambda each: (each.start, -each.end),
    )


def _all(read: str, known: Known, names: Iterable[str], marked: Iterable[str]) -> Iterator[Found]:
    for what, pattern in COMPILED:
        for hit in pattern.finditer(read):
            yield Found(what, *hit.span(hit.lastindex or 0), is_firm=what in ALWAYS)
    for wanted, what, is_firm in (
        (known.names, What.NAME, True),
        (known.texts, What.OF_THE_FILE, True),
        (known.doubtful, What.OF_THE_FILE, False),
        (names, What.NAME, False),
        (marked, What.MARKED, True),
    ):
        for each in wanted:
            yield from (Found(what, *span, is_firm=is_firm) for span in _spans(read, each))


def _spans(read: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where it stands, whatever is set between its characters."""
    characters = [each for each in _in_place(plain(wanted), str.casefold) if each.isalnum()]
    if len(characters) > 1:
        pattern = r"[\W_]{0,3}".join(map(re.escape, characters))
        yield from (hit.span() for hit in re.finditer(pattern, _in_place(read, str.casefold)))


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
    characters = [each for each in text[found.start : found.end] if each.isalnum()]
    return characters[0] + SOMEBODY * min(len(characters) - 1, 2)
