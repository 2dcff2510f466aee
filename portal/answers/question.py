"""A question as people ask it: what in it says something of the matter, and what only makes it a question."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from editions.form.keys import Key
from portal.answers.vocabulary import Met, Sort, Vocabulary
from verbatim.folding import fold, phone_digits

BLOT = "|"
JOINED = re.compile(r".{0,3}[的用上]")
"""From the end of a thing that only tells which one of another is meant."""
NOT_MEANT = re.compile(
    r"(?:(?<!是)不是?(?:说|问|指|讲|谈|包括)|(?<!是)不是|除了|除开|撇开|抛开)[^,，、。;!?]*"
    r"|不(?:想|要|打算)[^,，、。;!?]*(?=[,，](?:就|只|想|是想))"
)
"""What is named only to say that it is not what is asked for: 我不说生产的厂子，就说卖的."""
AMOUNT = r"[\d一二两三四五六七八九十百半.]+(?:公斤|千克|市斤|斤|两|克|毫升|升)"
SHORT_MEASURE = re.compile(
    rf"{AMOUNT}[^。;?!]{{0,12}}(?:实际|其实|只有|才|就|不够|不到|不足|少)[^。;?!]{{0,6}}{AMOUNT}"
)
"""One amount that was to be, and another one that is: 写着一斤其实八两."""
GIVEN_SHORT = "缺斤短两"
"""What that is in a word."""
CLAUSE = re.compile(r"[^,，、。;?!]*")
ASKING_WHO = re.compile(r"谁|哪|什么(?:部门|单位|地方)|找.{0,3}(?:股|科|局)|(?:机关|部门|单位)$")
ASKING = re.compile(ASKING_WHO.pattern + r"|怎么|咋|多少|几|吗|么$|不$|算|有没有|能不能|可不可以|行不行")
"""What makes a clause a question."""
SUPERVISED = re.compile(r"监督|监管|(?<!审)查|管(?!理)")
"""Who asks who does so asks who watches over what somebody else does."""
ACTING = re.compile(r"(?:也|都|就|又|还|老|总|光|根本|压根|一直)?(?:不|没|说|想|叫|让|推|拖)")
"""What stands behind somebody who does something, or does not."""
BEFORE_A_PLACE = re.compile(r"(?:离|挨|挨着|靠|靠近)$")
"""What stands before a place."""
BOUGHT = re.compile(r"买|网购|商家|厂家|卖家|店家|商品|产品")
"""In a question of whoever bought something, whatever it is called."""
WISHING = re.compile(r"想|打算|准备|申请|需要|要办")
"""In a clause that says what somebody wants."""
GRAMS = (2, 3)
"""Lengths of the runs of characters that a question and the list may share."""
POLITENESS = """
请问 请教 您好 你好 打扰 麻烦 劳驾 谢谢 多谢 感谢 拜托 咨询一下 咨询 请 您 想问一下 问一下 问问 打听一下 打听 想知道
想了解 了解一下 告诉我 求助 帮忙 帮我 帮 急急急 急 在线等 同志 领导 老师 师傅 大哥 大姐
"""
QUESTION_WORDS = """
归谁管 归谁管理 归谁负责 归谁 属于谁管 属于谁 谁来管 谁管 谁负责 谁主管 由谁 谁来 谁去 是谁 谁的 谁给 谁 找谁 问谁
找哪个 找哪里 找哪 归哪个 归哪 属于哪个 属于哪 哪个部门 哪个单位 哪个局 哪个股室 哪个科室 哪个股 哪个科 哪个地方
哪个 哪些 哪家 哪几个 哪里 哪儿 去哪 到哪 在哪 上哪 哪 什么部门 什么单位 什么地方 什么电话 什么时候 什么 是不是
有没有 能不能 可不可以 要不要 行不行 该不该 会不会 对不对 怎么办 怎么处理 怎么弄 怎么整 怎么样 怎么 咋办 咋整 咋弄
咋 如何 为什么 为啥 啥时候 啥 多少 多久 多长时间 几天 几号 几点 几 打什么电话 打哪个电话 电话号码 联系电话 电话多少
电话是多少 电话 号码 联系方式 联系 打给谁 打给 主管部门 负责部门 主管 管理部门 部门 单位 科室 股室 地址 可以 需要
应该 应当 能够 能 想要 想 要 会 让 把 给 跟 对 用 到 从 去 来 找 管不管 管 管的 是干什么的 干什么的 干什么 是干嘛的
干嘛 做什么 办理 办事 办 申请 手续 流程 条件 材料 负责 处理 解决 规定 有关 关于 相关 方面 事情 事项 事 问题 情况
时候 时间 要求
"""
FILLERS = """
你们局 贵局 咱局 本局 我们家 我们 我家 我 咱们 咱 你们 你 他们 他 她 它 人家 别人 有人 有个 有的 有 没有 没 家里 家
楼下 楼上 隔壁 邻居 小区 村里 村 镇上 镇 县里 县城 这个 那个 这种 那种 这样 这 那 一个 一下 一些 一台 一辆 一家 一直
一 个 了 的 地 得 着 过 吗 呢 啊 吧 呀 哦 嘛 么 啦 哈 哎 老是 总是 老 总 都 也 还 又 就 才 很 太 特别 非常 好像 可能
然后 但是 不过 因为 所以 如果 现在 今天 昨天 明天 最近 已经 正在 刚 在 是 和 与 及 或 被 里 里面 上 下 不 买 买的
买了 买到 新 发现 看到 听说 东西
"""

AS_WRITTEN = """
眼睛 造成 机场 就业 年间 调节 火箭 肌肉 大幅 收集 棺材 不料 主场 从中 做成 打造 车间 轿子 关头 电气 几件 投放 路子
造价 总得 辈子 尖叫 前头 遗物 售价 满头 油气 果蔬 公案 气球 大病 管子 找回 短程 家居 一成 几场 镇子 花轿 卖家 备查
底板 三五 水火 沸水 议院 吸引 顺风 褂子 眼花 废气 乱发 登机 浴池 安检 税务局 停课 教子 夹具 阵子 鞍子 安全法
公正性 公司 工地 疹子 小卖部 免检 卖了 肥水 环抱 强奸 会面 球衣 食糖 零时 池子 包膜 承重 一服 黄山 偷盗 不祥
不详 行事 通车 家的 加的 架的 价的
"""
"""Ordinary words that sound like something in the list, and are what they are."""


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(map(fold, words.split()), key=len, reverse=True))))


_ASKING = _any_of(POLITENESS + QUESTION_WORDS)
_AS_WRITTEN = _any_of(AS_WRITTEN)
_EMPTY = _any_of(POLITENESS + QUESTION_WORDS + FILLERS)
_OFFICE = _any_of("哪个股 哪个科 股室 科室 什么股 什么科 哪一个股 哪个屋 哪个办公室")


def _blotted(folded: str, met: Iterable[Met], empty: re.Pattern[str]) -> str:
    """With what says nothing blotted out, as far as it is in no saying."""
    pieces, done = [], 0
    for each in met:
        pieces += [empty.sub(_blot, folded[done : each.start]), folded[each.start : each.end]]
        done = each.end
    return "".join([*pieces, empty.sub(_blot, folded[done:])])


def _blot(found: re.Match[str]) -> str:
    return BLOT * len(found.group())


def _without(folded: str, met: Iterable[Met]) -> str:
    for each in met:
        folded = folded[: each.start] + BLOT * each.length + folded[each.end :]
    return folded


@dataclass(frozen=True)
class Question:
    folded: str
    met: tuple[Met, ...]
    """The sayings of the 俗称表 in it."""
    is_emergency: bool = False

    @classmethod
    def read(cls, asked: str, vocabulary: Vocabulary) -> "Question":
        folded = phone_digits(asked) or SHORT_MEASURE.sub(GIVEN_SHORT, fold(asked))
        meant = NOT_MEANT.sub(_blot, folded)
        if any(met.saying.sort == Sort.NAME for met in vocabulary.met_in(meant)):
            folded = meant
        met = vocabulary.met_in(folded)
        heard = vocabulary.heard_in(_blotted(_AS_WRITTEN.sub(_blot, folded), met, _ASKING))
        outside = [each for each in met if each.saying.sort in (Sort.OUTSIDE, Sort.OUTSIDE_ACT)]
        heard = [each for each in heard if not any(each.meets(other) for other in outside)]  # 税务局 is no 水务局
        met = [each for each in met if not any(other.holds(each) for other in heard)]
        met += [each for each in heard if not any(other.meets(each) for other in met)]
        of_the_list = _without(folded, (each for each in outside if not each.terms))
        is_emergency = vocabulary.says_emergency(of_the_list)  # 信息泄露 calls for no help
        return cls(folded, tuple(sorted(met, key=lambda each: each.start)), is_emergency)

    def of(self, sort: Sort) -> list[Met]:
        return [met for met in self.met if met.saying.sort == sort and not met.who]

    @functools.cached_property
    def stages(self) -> list[Met]:
        """Those that it says of something, or asks for; not that somebody was on the road (运输) at the time."""
        things = {self._clause_of(met) for met in self.met if met.saying.is_of_the_list}
        return [
            met for met in self.of(Sort.STAGE) if (clause := self._clause_of(met)) in things or ASKING.search(clause)
        ]

    @functools.cached_property
    def different(self) -> list[Met]:
        """The sayings that stand for something, each meaning once, those that are enough by themselves first."""
        meanings = {(met.saying.sort, met.terms): met for met in reversed(self.met) if met.terms}
        return sorted(meanings.values(), key=lambda met: met.saying.sort != Sort.NAME)

    @property
    def who(self) -> list[Key]:
        """The offices and departments that it names."""
        return [met.who for met in self.met if met.who]

    @functools.cached_property
    def _said(self) -> str:
        return _blotted(self.folded, self.met, _EMPTY)

    @property
    def rest(self) -> list[str]:
        """What it says besides its sayings."""
        return re.findall(r"[^\W|]+", _without(self._said, self.met))

    @property
    def is_of_something_bought(self) -> bool:
        return bool(BOUGHT.search(self.folded))

    @functools.cached_property
    def grams(self) -> frozenset[str]:
        """Runs of two and of three characters that say something, but for those that are inside a saying: what that
        stands for is asked instead."""
        return frozenset(
            word.group()[at : at + length]
            for word in re.finditer(r"\w+", self._said)
            for length in GRAMS
            for at in range(len(word.group()) - length + 1)
            if not self._is_inside(word.start() + at, word.start() + at + length)
        )

    def _is_inside(self, start: int, end: int) -> bool:
        return any(met.start <= start and end <= met.end for met in self.met)

    def tells_which(self, met: Met) -> bool:
        """Whether it stands before another thing that is named, as in 卖菜用的秤: the question is of that one."""
        is_joined = JOINED.match(self.folded, met.end - 1)
        behind = [other for other in self.of(Sort.NAME) if other.start >= met.end]
        return bool(is_joined) and any(other.terms != met.terms for other in behind)

    def asks_who_does(self, act: Met) -> bool:
        """Whether it wants to know who does that, and not only says that it is done, or asks who watches over it. Who
        names the matter and what is to be done, and nothing else, wants to know that too: 危化品经营许可证."""
        clause = self._clause_of(act)
        return bool((ASKING_WHO.search(clause) or not self.rest) and not SUPERVISED.search(clause))

    def says_in_passing(self, thing: Met) -> bool:
        """Whether it asks nothing there, and comes to what it is about behind it; a name of two characters may be
        anything, as 手机 and 立案 are."""
        behind = [met for met in self.met if met.start >= thing.end]
        is_about = any(
            met.saying.sort == Sort.ACTION or (met.saying.sort == Sort.NAME and met.length > 2) for met in behind
        )
        return is_about and not ASKING.search(self._clause_of(thing))

    def comes_to(self, thing: Met) -> bool:
        """Whether that is what it comes to: it asks of it, or names what the list is about only on the way there; and
        it is nobody who does something, or does not (物业不管), and no place (离学校太近)."""
        named = [met for met in self.met if met.saying.is_of_the_list and not met.who]
        behind = [met for met in named if met.start >= thing.end and met.saying.sort != Sort.ACTION]
        if any(met.saying.sort == Sort.NAME or self.asks_who_does(met) for met in behind):
            return False
        if ACTING.match(self.folded, thing.end) or BEFORE_A_PLACE.search(self.folded, 0, thing.start):
            return False
        clause = self._clause_of(thing)
        on_the_way = [met for met in named if met.saying.sort == Sort.NAME and self._clause_of(met) == clause]
        return bool(ASKING.search(clause) or WISHING.search(clause) or on_the_way)

    def _clause_of(self, met: Met) -> str:
        return next(found.group() for found in CLAUSE.finditer(self.folded) if met.start <= found.end())

    @property
    def asks_for_office(self) -> bool:
        """Whether it wants to know which office of the bureau, not only which department."""
        return bool(_OFFICE.search(self.folded))
