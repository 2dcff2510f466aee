"""Which persons a text names: behind what somebody is (投诉人, 证人, 法定代表人), before a number of theirs, in a list,
and where somebody acts. It goes by what names look like, so it finds some that are none: whoever reads the draft
uncovers them."""

import re
from collections.abc import Iterator

from cases.publicity.folds import plain, without_gaps

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛米贝臧戴谈宋茅庞熊纪舒屈"
    "项祝董梁杜阮蓝闵席季麻贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪丁宣邓郁单洪包左石崔"
    "吉龚程邢裴陆荣翁荀甄封芮储靳段焦巴侯车宓班秋仲宫宁仇栾甘厉祖武符刘景詹龙叶郜黎薄印蒲邰赖卓蔺屠蒙池乔翟谭劳"
    "冉郦雍桑桂牛边扈燕冀尚农温庄晏柴瞿阎慕茹习艾鱼容古易廖耿匡文寇广欧沃蔚师巩聂晁敖冷辛阚简饶曾沙养丰关查游权"
    "岳商佘佟付肖闫覃涂邸代仝苑逯禚隗訾阙蒯羿汲邴糜巫郗钭蓟鄂胥莘逄姬璩濮郏戈庾暨殳夔厍鞠荆竺桓盖母牟芦苟辜亓仉"
    "冼揭栗檀洛漆澹揣楚智靖晋白申丛谷解隋连迟惠党阳滑撒佴敬"
)
COMPOUND = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|司徒|东方|夏侯|令狐|宇文|长孙|端木|独孤|南宫|呼延"
NO_NAMES = """
高度 安全 权益 身份 车间 事务 师事 代表 于当 于本 于同 于次 方面 方可 单位 单独 包装 包括 明确 明知
全部 常年 常用 时间 广告 文件 文书 文安 温度 金属 黄金 黄色 石油 马上 任何 任意 相关 有关 经营 成立
和解 应当 施行 施工 许可 严重 严格 管理 关于 关系 查处 查封 查明 封存 封条 计量 路口 万元 千克 左右
平时 常住 毛重 米面 程序 申请 简易 简单 盖章 农药 白酒 白天 白色 白糖 白条 解释 解除 解决 连字 连续
连同 连带 申报 申辩 申诉 党员 党委 党支 阳光 迟到 迟延 谷物 方便 方才 管部 封面 车牌 文字 查找 顾客
金额 宣传 师傅 文化 广场 权利 权申 高速 关门 陆续 路过 路人 安装 房屋 代为 万一 石料 石材 石灰 石棉
石膏 解协 严处 简处 于规 于购 于柜 于去 于会 于今 于上 于下 于年 于其 于该 于我 于此 于是 于现 于前
于后 于第 于每 于店 于家 于伪 常外 查看 项目 项法 劳动 宣布 马铃 高压 白砂 白菜 白萝 胡萝 印章 印刷
毛坯 农用 龙门 冷却 冷藏 冷冻 易燃 牛仔 燕麦 蓝莓 沙棘 金银 温控 边角 方提 母年 商户 商品 商标 商店
牛肉 羊肉 花生 米粉 代理 查得 查阅 查到 陈述 曾因 曾于 宫电 安康 麻辣 蒲公
"""
"""Words that begin like a name and are none."""
NOT_NAMES = tuple(NO_NAMES.split())
TITLES = (
    "法定代表人|实际控制人|实际经营者|主要负责人|负责人|经营者|投资人|合伙人|股东|业主|房东|店主|店长|老板娘|老板|厂长|"
    "经理|会计|出纳|库管员|保管员|检验员|操作员|操作工|司炉工|焊工|电工|驾驶员|司机|车主|押运员|售货员|收银员|业务员|销售员|"
    "送货员|供货商|供货人|摊主|店员|雇员|投诉人|举报人|申诉人|反映人|消费者|购买人|购买者|顾客|买家|受害人|被害人|受害者|伤者|"
    "死者|患者|证人|见证人|被询问人|询问人|委托代理人|代理人|受委托人|监护人|收件人|签收人|收货人|发货人|收款人|联系人|中间人|"
    "第三人|申请人|家属|邻居|朋友|同乡|亲戚|叔叔|伯父|舅舅|姑姑|哥哥|弟弟|姐姐|妹妹|侄子|侄女|外甥|"
    "其妻|其夫|其子|其女|其父|其母|其兄|其弟|其姐|其妹|丈夫|妻子|父亲|母亲|儿子|女儿|工人|员工|职工|"
    "村民|居民|住户|村支书|村主任|公民|自然人|个体工商户|律师|执法人员|承办人|检查人|记录人|听证主持人|记录员|姓名|曾用名|户名|"
    "名叫|本人|乘客|学生|教师|医生|雇佣|聘用"
)
ENDS = (
    r"[,.;:、()\[\]\"'“”‘’《》。\s]|$|的|称|说|在|于|与|和|及|到|签|将|把|向|未|已|系|男|女|等|对|为|以|因|自|从|无|有|均|"
    r"不|陈述|表示|承认|确认|提供|出具|拒绝|到场|参加|陪同|证明|反映|现场|经营|驾驶|使用|操作|销售|购买|身份证|电话|手机|"
    r"住|出生|共|各|处|是|了|也|当|曾|亲|受|被|同|看见|看到|听到|看|批准|签字|签名|负责|声称|声明|报称|认为|要求|申请|提出|进行"
)
CLOSED = r"(?=[,;。、)”\s]|$)"
"""Where nothing but a name can have stood."""
HAN = "[一-鿿]"
OTHERS = rf"{HAN}{{1,6}}·{HAN}{{1,8}}?"
NAME = rf"(?:(?:{COMPOUND}){HAN}{{1,2}}?|[{SURNAMES}]{HAN}{{1,2}}?|{OTHERS})"
ENDED = rf"{NAME}(?={ENDS})"
LONGEST = rf"(?:{COMPOUND}|[{SURNAMES}]){HAN}{{1,2}}"
TOGETHER = rf"{LONGEST}{ENDED}"
"""Two with no mark between them: 张三李四均在场."""
UNENDED = rf"(?:{COMPOUND}){HAN}{{2}}|[{SURNAMES}]{HAN}{{2}}"
"""Where nothing shows where a name ends, one character too much is covered."""
MORE = rf"(?:[、,和及与]\s?(?:{ENDED}|{HAN}{{2,3}}{CLOSED}))*"
ASIDE = r"(?:\([^()]{1,10}\))?"
FIRST = rf"(?:{ENDED}|{TOGETHER}|{UNENDED})"
BEHIND = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{TITLES}){ASIDE}[:(为是系叫“\"]{{0,2}}\s?({FIRST}{MORE})",
        rf"(?:{TITLES}|当事人){ASIDE}(?::\s?|“)((?:{HAN}{{2,4}}|{OTHERS}){CLOSED}{MORE})",
        rf"对({FIRST}{MORE})(?:进行了?|的)?(?:询问|调查|谈话)",
        rf"由({NAME})(?=经营|负责|承包|驾驶|操作|销售|提供)",
        rf"({NAME})(?=[,、(]\s?[男女][,、)]|[,、(]?(?:居民|公民)?身份证)",
    )
)

NEVER_GIVEN = (
    "的不是均以下里要了式与及间上等者员位局所某未已市县区镇乡街路店厂表机器阀管线油粉肉酒罐盒箱款货证号量度膏品板瓦"
)
GIVEN = rf"(?![{NEVER_GIVEN}]){HAN}"
"""What may stand in the name that parents give."""
FULL = rf"(?:(?:{COMPOUND})(?:{GIVEN}){{1,2}}|[{SURNAMES}](?:{GIVEN}){{2}})"
SHORT = rf"[{SURNAMES}]{GIVEN}"
ITEM = rf"[{SURNAMES}]{GIVEN}(?:(?![二两三四五]人){GIVEN})?"
OPENS = r"(?:^|[,。;:、(“\s\d])"
ROLE = (
    "(?:[员户师人]|者(?!权)|工(?!程|商|艺|资|业|作|具|时)|(?<!业)主(?!任|管|要|体|张|动)|商(?!品|标|业|贸|店|场)|[供购货买卖乙甲]方|合作方|转让方|发包方|"
    "代表|法人|主任|经理|科长|股长|所长|队长|局长|站长|班长|厂长|组长|保安|门卫|前台|指挥|司炉|农民|干部|案外人|领导|导购|客服|主播|翻译|群众|包工头|伙伴|"
    "岳父|岳母|儿媳|女婿|表哥|表弟|表姐|表妹|堂兄|堂弟|嫂子|姐夫|妹夫|老伴|前妻|前夫|署名|又名|化名)[:为系是叫]?"
)
OBJECT = (
    "(?:是|由|给|向|经|被|叫|让|找|同|与|和|跟|从|在|对|因|为|有(?!关)|据|受|应|替|欠|派|系|鉴于|租用|委托|指使|没收|责令|查获|发现|"
    "之妻|之夫|之子|之女|只有|及)"
)
CLAUSE = (
    "于|在|从|向|把|将|称|说|表示|承认|拒|签|购|买|卖|出售|送|拿|均|随|陈述|供述|辩称|告诉|介绍|带|打开|到|来|不|没有|未|也|并|已|"
    "等|与|和|及|同|曾|给|的|是|系|核实|借|处|那|手|提|经营|使用|驾驶|操作|看管|保管|负责|接受|支付|付|收|电话|联系|自|因|为|又|再|仍|"
    "积极|作为|涉嫌|擅自|通过|私自|明知|先后|无|正|主动|如实|利用|以|按|从事|生产|加工|销|批发|运输|安装|维修|租|开设|开办|指|委托|"
    "要求|请求|见证|更换|填写|反映|违|立即|所|货款|工资|持|家|摊|店|个人|名下|询问|营业|出示|证|篡改|进行|[一二两三]人|兄弟|姐妹|"
    "父子|夫妻|夫妇|先生|女士|存在|举报|销|属|本人|认可|没能|仅|交|逾期|缴|申请|应当|两次|多次|故意|共|累计|安排|组织|雇|一案|账户|笔录|主张|\\d|[,。;、()：]"
)
"""What may follow a name of three characters."""
DOES = (
    "称|说|签字|签名|陈述|供述|辩称|承认|证实|表示|告诉|到场|在场|看到|看见|那里|借款|转账|拿走|送来|送货|带路|夫妻|夫妇|二人|两人|"
    "送达|处购|手中|手里|\\(另案|\\(已|系当|系该|系文|之[妻夫子女父母]|指认|要求|自认|见证|委托|供|涉嫌|擅自|私自|自述|明知|无证|未持|未到|未履|持|租赁|印制|不服|"
    "等人|姐妹|兄弟|正在|提出|提供了|销售\\d|所售|篡改|更换|违章|微信|先生|女士"
)
"""What follows a person and nothing else: before it two characters are a name too."""
ACTING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{OPENS}|{OBJECT}|{ROLE})({FULL})(?={CLAUSE}|$)",
        rf"(?:{OPENS}|{OBJECT})({SHORT})(?={DOES})",
        rf"{ROLE}({SHORT})(?={DOES}|{CLAUSE}|$)",
        rf"({ITEM}(?:[、,和及与]{ITEM})+)(?=[二两三四五]人|姐妹|兄弟|夫妇|夫妻)",
        rf"(?:{OPENS}|是|由|向|经|被)((?:{SHORT}|{FULL})(?:{SHORT}|{FULL}))(?=均|都|两人|二人|到场|在场|夫妇|夫妻)",
    )
)
LIST = re.compile(
    rf"(?:{OPENS}|{OBJECT}|{ROLE})({ITEM}(?:\([^()]{{1,12}}\))?(?:[、,和及与]{ITEM}(?:\([^()]{{1,12}}\))?)+)"
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
    if re.fullmatch(FULL, names):  # 周和平 is one
        return [names]
    return [name for part in SEVERAL.split(names) for name in _apart(part)]


def _apart(part: str) -> list[str]:
    """王小明李红: 王小明, 李红."""
    pair = PAIR.fullmatch(part)
    return list(pair.groups()) if pair and not re.fullmatch(NAME, part) else [part]
