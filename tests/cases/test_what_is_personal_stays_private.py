"""What is personal in a decision is covered however it is typed; and of a hundred made-up cases nothing personal is in
any byte that the public gets: before, while and after they are public."""

import datetime
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from cases.models import Case
from cases.publicity.current import current_decisions
from cases.publicity.persons import names_in
from cases.publicity.redacting import COVER, Known, Redaction, What, found_in
from editions.public import catalogue
from portal.keeping.export import Site, paths, taken_down
from tests.acting import on
from tests.cases.people import (
    People,
    decided,
    draft_publicity,
    issue,
    make_case,
    make_people,
    make_receipt,
    release_publicity,
)
from tests.conftest import own_databases

DAY = datetime.date(2026, 11, 25)

# By rule


def covered(text: str, **known: tuple[str, ...]) -> str:
    return Redaction(Known(**known), tuple(names_in(text))).covered(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("身份证号131026198503020011。", "身份证号×××。"),
        ("身份证号码：１３１０２６ 19850302 001Ｘ", "身份证号码：×××"),
        ("旧证131026850302001", "旧证×××"),
        ("护照E12345678", "护照×××"),
        ("电话１３９－１２３４－５６７８，", "电话×××，"),
        ("电话+86 139 1234 5678", "电话×××"),
        ("座机（0316）5255905", "座机×××"),
        ("电话5255905", "电话×××"),
        ("账号6222 0212 3456 7890 123", "账号×××"),
        ("微信号：wx_abc123", "微信号：×××"),
        ("邮箱zhang.san＠example.com", "邮箱×××"),
        ("1985年3月2日出生", "×××出生"),
        ("生于1985年3月", "生于×××"),
        ("男，汉族，1985.3.2，", "男，汉族，×××，"),
        ("家住文安镇东关村，", "×××，"),
        ("在文安县大柳河镇东滩村三排12号查获", "×××查获"),
        ("阳光花园3号楼2单元501室的住户", "×××的住户"),
        ("驾驶冀R·A1234到场", "驾驶×××到场"),
        ("投诉人李建国称，李建国买了米", "投诉人李某某称，李某某买了米"),
        ("证人王伟、欧阳明华和赵六在场", "证人王某、欧阳某某和赵某在场"),
        ("法定代表人：张三（男，", "法定代表人：张某（男，"),
        ("证人王小明喊来了邻居", "证人王某某喊来了邻居"),
        ("司机阿不都·热合曼承认", "司机阿某某承认"),
        ("电话一三九一二三四五六七八", "电话×××"),
        ("身份证号码一三一〇二六一九七八〇六〇五〇〇一七", "身份证号码×××"),
        ("一九七八年六月五日出生", "×××出生"),
        ("139(1234)5678；139/1234/5678；139 - 1234 - 5678", "×××；×××；×××"),
        ("身份证131026(19780605)0017", "身份证×××"),
        ("(6222)0212 3456 7890 123", "×××"),
        ("投诉人逯建国", "投诉人逯某某"),
        ("证人王海涛、逯秀兰、李东", "证人王某某、逯某某、李某"),
        ("法定代表人（负责人）：王建军", "法定代表人（负责人）：王某某"),
        ("委托代理人（特别授权）王海涛", "委托代理人（特别授权）王某某"),
        ("消费者“李建国”", "消费者“李某某”"),
        ("对王建军、李秀兰的询问笔录", "对王某某、李某某的询问笔录"),
        ("由王海涛经营", "由王某某经营"),
        ("当事人：逯建国", "当事人：逯某某"),
        ("第三人沈大勇、其妻李秀兰", "第三人沈某某、其妻李某某"),
        ("证人：李 建 国", "证人：李某某"),
        ("证人李\n建国在场", "证人李某某在场"),
        ("（住东滩村）", "（住×××）"),
        ("北关街一巷五号", "×××"),
        ("丰利路兴隆宫小区6-2-301", "×××"),
        ("微信（wxid_9a8b7c）", "微信（×××）"),
        ("wjj（at）163.com", "×××"),
        ("护照号：E 1234 5678", "护照号：×××"),
        ("冀 R·A1234", "×××"),
        ("冀R·A123挂", "×××"),
        ("现场由张三李四均在场，张三签字", "现场由张某李某均在场，张某签字"),
        ("证人王小明李红说", "证人王某某李某说"),
        ("对赵志强钱桂兰进行询问", "对赵某某钱某某进行询问"),
        ("经查，王小明于3月购进，送货的是赵铁柱。", "经查，王某某于3月购进，送货的是赵某某。"),
        ("货是从刘大海那里买来的", "货是从刘某某那里买来的"),
        ("周海涛的叔叔周建国拿走了三箱", "周某某的叔叔周某某拿走了三箱"),
        ("店内只有马秀英一人，由高素芬看管。", "店内只有马某某一人，由高某某看管。"),
        ("当事人向高明借款进货", "当事人向高某借款进货"),
        ("钥匙在贾宝林手里，当事人之妻何丽娟签收", "钥匙在贾某某手里，当事人之妻何某某签收"),
        ("孙国强、孙国栋兄弟二人将台秤改装", "孙某某、孙某某兄弟二人将台秤改装"),
        ("另查明，马立新（另案处理）系当事人的表弟", "另查明，马某某（另案处理）系当事人的表弟"),
        ("当日14时许，郑海波来我局接受询问", "当日14时许，郑某某来我局接受询问"),
        ("李四说：货不是我的。", "李某说：货不是我的。"),
        ("王海涛自2023年6月起销售，孔令辉积极配合", "王某某自2023年6月起销售，孔某某积极配合"),
        ("货款由马文斌通过微信转账，有赵玉兰的陈述", "货款由马某某通过微信转账，有赵某某的陈述"),
        ("应刘洋要求，责令常宝华立即停止", "应刘某要求，责令常某某立即停止"),
        ("检定员阎锡山无证，加油站站长解晓东更换了芯片", "检定员阎某某无证，加油站站长解某某更换了芯片"),
        ("冯刚、陈芳二人均未取得证书", "冯某、陈某二人均未取得证书"),
        ("执法人员周海、孟祥瑞依据线索检查", "执法人员周某、孟某某依据线索检查"),
        ("李开元辩称，张建中称，周和平在场", "李某某辩称，张某某称，周某某在场"),
        ("当事人贾宝玉的儿媳薛宝钗在笔录上签名", "当事人贾某某的儿媳薛某某在笔录上签名"),
        ("抖音号“dy_zhang88”", "抖音号“×××”"),
    ],
)
def test_what_looks_personal_is_covered(text: str, said: str) -> None:
    assert covered(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "经负责人批准，立案调查。当事人高度重视，积极改正。",
        "依据《中华人民共和国计量法实施细则》（2018年修订）第四十三条，决定罚款500元。",
        "2026年3月1日生产的台秤，检定有效期至2026-01-02，编号LX-2026-0012。",
        "可以自收到本决定书之日起六十日内向文安县人民政府申请行政复议。",
        "没收违法所得12345.60元，货值金额123456789元。",
        "文质监罚字〔2026〕12号",
        "发生在2026年3月1日至2026年3月31日，共31日。",
        "《消费者权益保护法》，法定代表人身份证明书，会计师事务所，员工安全培训。",
        "经营者于当日停止使用；厂长车间内有台秤；员工持证上岗；负责人同意立案。",
        "出厂编号123456789012345，示值10.0 20.0 30.0 40.0 50.0，砝码100 200 300 400 500。",
        "有效期2026.03.01-2026.12.31，罚款人民币13812345678元。",
        "积极配合调查，如实陈述违法事实并主动提供证据（可以从轻或者减轻）。",
        "安全阀在检定有效期内，压力表的量程为1MPa，温度计的示值为20。",
        "金龙鱼食用油在货架上，康师傅方便面于2026年1月生产，白象电线的导体电阻不合格。",
        "方圆检测公司的检验报告，和平路的门店，全聚德的包装袋，时代超市于2月购进。",
        "申请人于规定期限内提出，从严处理；和解协议已经履行；对方提供的合格证系伪造；其父母年事已高。",
        "高压锅、白砂糖、马铃薯、胡萝卜、石灰石、冷藏柜、牛仔裤；易燃物和爆炸物；龙门吊在使用前未检验。",
        "顾客陆续前来，顾客称重时发现；住户安装的灶具；店主关门停业；司机高速行驶；公民权利；工人师傅。",
        "住所与经营场所不一致；地址变更未备案。",
        "双方于3月签订合同；万能表、游标卡尺、钱款均已扣押；毛重和皮重不一致。",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert covered(text) == text


def test_the_list_names_nobody_and_next_to_nothing_in_it_is_taken_for_a_name() -> None:
    assert len(names_in(Path("fixtures/2017-12/原件.txt").read_text())) <= 1


SEPARATORS = st.sampled_from(["", " ", "-", "－", "—", "　", "\n", "·"])


@st.composite
def typed(draw: Any, figures: str) -> str:
    """As somebody might type it: in half or full width, with something between."""
    wide = draw(st.booleans())
    said = "".join(chr(ord(each) + 0xFEE0) if wide else each for each in figures)
    width = draw(st.sampled_from([3, 4, 6, len(said)]))
    pieces = [said[at : at + width] for at in range(0, len(said), width)]
    return draw(SEPARATORS).join(pieces)


IDENTITIES = st.tuples(
    st.dates(datetime.date(1930, 1, 1), DAY), st.integers(0, 999), st.sampled_from("0123456789X")
).map(lambda each: f"131026{each[0]:%Y%m%d}{each[1]:03}{each[2]}")
MOBILES = st.integers(3_000_000_000, 9_999_999_999).map(lambda each: f"1{each}")
ACCOUNTS = st.integers(10**18, 10**19 - 1).map(str)


@given(st.one_of(IDENTITIES, MOBILES, ACCOUNTS).flatmap(typed), st.sampled_from(["", "，", "是", "（", "。号码"]))
@example("１３９－１２３４－５６７８", "")
def test_no_number_is_typed_so_that_it_is_missed(number: str, before: str) -> None:
    said = covered(f"他的{before}{number}，已核实。")
    assert said.replace("（", "") == f"他的{before.replace('（', '')}{COVER}，已核实。"


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=4),
    SEPARATORS,
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_what_the_file_knows_is_never_left(name: str, between: str, before: str, after: str) -> None:
    said = covered(f"{before}{between.join(name)}{after}", names=(name,), texts=(name,))
    assert name not in bare(said)


@given(st.text(max_size=60), st.lists(st.text(min_size=2, max_size=6), max_size=3))
def test_nothing_else_is_changed(text: str, marked: list[str]) -> None:
    by = Redaction(Known(), (), tuple(marked))
    found = by.found(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    kept = "".join(each for at, each in enumerate(text) if not any(f.start <= at < f.end for f in found))
    left = iter(by.covered(text))
    assert all(each in left for each in kept)


def test_identities_are_covered_whatever_is_said_of_them() -> None:
    text = "号131026198503020011，电话0316-5255905"
    by = Redaction(Known(), uncovered=frozenset({"131026198503020011", "0316-5255905"}))
    assert by.covered(text) == f"号{COVER}，电话0316-5255905"
    assert [each.what for each in found_in(text, Known()) if each.is_firm] == [What.IDENTITY]


# A hundred cases

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方"
GIVEN = "翀昇珣琬钰翊琮玥湉霁沄璟昀铖淏芃瑀翃"
PLACES = ("东滩村三排{}号", "政通路{}号", "阳光家园{}号楼2单元501室", "西码头村{}号")
SAID = (
    "{name}（身份证号{identity}，电话{phone}，住{home}）用过期的台秤。",
    "经查，{name}，男，{birth}出生，{home}人，手机号{phone}，用过期的台秤；身份证件号码 {identity}。",
    "{wide_name}用过期的台秤，货款转入账号{account}，联系邮箱{mail}，电话{wide_phone}。",
)
OTHERS = "投诉人{other}称少称，{other}的电话是{other_phone}；证人{witness}看见{name}称秤。"


@dataclass
class MadeUp:
    """A case of a person or an organisation, and all that is personal in it."""

    number: int
    is_person: bool
    name: str
    data: dict[str, str] = field(default_factory=dict)

    @property
    def personal(self) -> list[str]:
        own = [self.name] if self.is_person else []
        return [*own, *self.data.values()]


def make_up(number: int, chance: random.Random) -> MadeUp:
    def somebody() -> str:
        return chance.choice(FAMILY) + chance.choice(GIVEN) + chance.choice(GIVEN)

    is_person = number % 3 != 0
    born = datetime.date(1950, 1, 1) + datetime.timedelta(days=chance.randrange(18_000))
    data = {
        "identity": f"131026{born:%Y%m%d}{chance.randrange(1000):03}{chance.choice('0123456789X')}",
        "phone": f"13{chance.randrange(10**9):09}",
        "home": "文安县大柳河镇" + chance.choice(PLACES).format(100 + number),
        "account": f"62{chance.randrange(10**17):017}",
        "mail": f"user{chance.randrange(10**6)}@example.com",
        "birth": f"{born.year}年{born.month}月{born.day}日",
        "other": somebody(),
        "other_phone": f"15{chance.randrange(10**9):09}",
        "witness": somebody(),
    }
    if not is_person:
        data["representative"] = somebody()
    return MadeUp(number, is_person, somebody() if is_person else f"文安县第{number}粮油店", data)


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def facts_of(one: MadeUp) -> str:
    name = one.name if one.is_person else f"{one.name}法定代表人{one.data['representative']}"
    spaced = " ".join(one.name) if one.is_person else name
    said = SAID[one.number % len(SAID)] + OTHERS
    return said.format(name=name, wide_name=spaced, wide_phone=wide(one.data["phone"]), **one.data)


def make_decided(one: MadeUp, people: People) -> Case:
    data = one.data
    kind = "person" if one.is_person else "organisation"
    case = make_case(people, party_kind=kind, party_name=one.name, clue=f"举报人{data['other']}称少称。")
    told = {"identity_number": data["identity"], "address": data["home"], "phone": data["phone"]}
    case.party.put(reason="补录", representative=data.get("representative", ""), **told)
    case = Case.objects.get(pk=case.pk)
    decided(case, people, decision={"facts": facts_of(one), "party_address": data["home"]})
    case.serve(make_receipt(people, recipient=one.name[:3], witness=data["witness"]), by=people.officer)
    issue(Case.objects.get(pk=case.pk), people, 29)
    draft_publicity(case, people)
    return case


@pytest.fixture(scope="module")
def hundred(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[list[MadeUp], list[Case], People]]:
    """Drafted, each of them, and not released yet."""
    chance = random.Random(20261125)  # noqa: S311 (made-up people)
    with own_databases(django_db_blocker) as make:
        make()
        with on(DAY):
            people = make_people()
            every = [make_up(number, chance) for number in range(100)]
            yield every, [make_decided(one, people) for one in every], people


def bare(text: str) -> str:
    """What somebody reads: in half width, with nothing between."""
    return re.sub(r"[\s\-–—·]", "", unicodedata.normalize("NFKC", text))


def public_bytes() -> str:
    """Every page and file that is the same for everybody, in whatever dress, and what a search gives."""
    catalogue.forget()
    seen, site, citizen = catalogue.current(), Site(), Client()
    pages = [site.page(path).decode() for path in (*paths(seen), *taken_down(seen)) if not path.endswith(".xlsx")]
    asked = [citizen.get("/search/", {"q": word, "all": "1"}) for word in ("罚款", "行政处罚决定", "粮油店", "台秤")]
    gone = [citizen.get(f"/cases/{number}.json") for number in range(1, 101)]
    return bare("\n".join([*pages, *(each.content.decode() for each in (*asked, *gone))]))


def exported(folder: Path) -> str:
    call_command("export_site", str(folder), verbosity=0)
    files = [path for path in folder.rglob("*") if path.is_file()]
    papers = [
        json.dumps(PdfReader(path).metadata, default=str, ensure_ascii=False) for path in files if path.suffix == ".pdf"
    ]
    held = [
        path.read_bytes().decode(errors="replace") for path in files if path.suffix not in (".pdf", ".xlsx", ".woff2")
    ]
    return bare("\n".join([*papers, *held]))


def left_in(said: str, every: list[MadeUp]) -> list[tuple[int, str]]:
    return [(one.number, datum) for one in every for datum in one.personal if bare(datum) in said]


def test_nothing_personal_is_public_before_while_or_after_it_is(
    hundred: tuple[list[MadeUp], list[Case], People], tmp_path: Path
) -> None:
    every, cases, people = hundred
    before = public_bytes()
    assert left_in(before, every) == []
    assert not [one.name for one in every if one.name in before]
    with on(DAY):
        for case in cases:
            release_publicity(case, people)
        meanwhile = public_bytes()
        assert left_in(meanwhile, every) == []
        assert all(one.name in meanwhile for one in every if not one.is_person)
        assert len(current_decisions().held) == 100
        copied = exported(tmp_path / "site")
        assert left_in(copied, every) == []
        assert "文安县第99粮油店" in copied
    with on(datetime.date(2029, 11, 26)):
        for said in (public_bytes(), exported(tmp_path / "site")):
            assert left_in(said, every) == []
            assert not [one.name for one in every if one.name in said]
            assert "文质监罚字" not in said
            assert said.count("已按期撤下。") >= 100


def test_the_test_would_find_it(hundred: tuple[list[MadeUp], list[Case], People]) -> None:
    every, cases, _ = hundred
    served = [bare(case.papers.get(form=29).content) for case in cases]
    for one, paper in zip(every, served, strict=True):
        assert {datum for _, datum in left_in(paper, [one])} >= {
            one.data["home"],
            one.data["other"],
            one.data["witness"],
        }
