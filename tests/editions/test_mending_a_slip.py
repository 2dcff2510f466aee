"""王芳 sends 更正: characters, phones and the marks of dates go through; all else is an 调整 and is named."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from acts.errors import Incomplete
from boundaries.models import Basis, Matter, Share, ShareStage
from duties.models import Duty, WorkItem
from editions.form.frames import Cover, Frame
from editions.life.corrections import beyond_a_slip, is_phones, is_slip_of_text
from editions.life.edition import Edition
from editions.register.comparison import compare
from editions.register.register import compose
from laws.models import Citation, Law, Repeal
from offices.models import Department, Office, Succession
from services.models import Service, YearlyRule
from supervision.models import Chapter, Clause, Regime, RegimeOffice
from tests.acting import Hands, make_hands, make_submitted
from tests.conftest import BASE

DAY = datetime.date(2026, 11, 22)
ADDED = {"added_by": "王芳", "added_on": DAY, "basis": "三定规定"}


@pytest.fixture
def hands(db: None) -> Hands:
    return make_hands()


def corrected(hands: Hands) -> Edition:
    """All that differs, sent as a 更正."""
    base = Edition.objects.base()
    keys = [change.key for change in compare(base.register(), compose())]
    assert keys, "nothing differs"
    return make_submitted(hands, *keys, kind="correction")


def put(row: Any, **values: Any) -> None:
    row.put(reason="改", **values)


def reword(row: Any, field: str, old: str, new: str) -> None:
    text = getattr(row, field)
    assert old in text
    put(row, **{field: text.replace(old, new, 1)})


def duty(code: str = "ZZ-02") -> Duty:
    return Duty.objects.get(code=code)


def work(code: str = "ZZ-02-01") -> WorkItem:
    return WorkItem.objects.get(code=code)


def service(code: str = "FW-04") -> Service:
    return Service.objects.get(code=code)


def clause(regime: str, anchor: str) -> Clause:
    return Clause.objects.get(chapter__regime__code=regime, anchor=anchor)


def dated_otherwise() -> None:
    rule = YearlyRule.objects.get(service__code="FW-04")
    reword(service(), "title", "5、20", "5·20")
    put(rule, quoted=rule.quoted.replace("5、20", "5·20"))


REPEATED = "按国际惯例进行各种认证"
SLIPS: dict[str, Callable[[], None]] = {
    "a missing character": lambda: reword(work("ZZ-03-02"), "text", "责辖区内", "负责辖区内"),
    "a wrong character": lambda: reword(clause("JG-06", "c2-2-13"), "text", "申述", "申诉"),
    "a doubled mark": lambda: reword(clause("JG-08", "c2-8"), "text", "；、", "；"),
    "a repetition": lambda: reword(duty("ZZ-06"), "text", REPEATED * 2, REPEATED),
    "a half-width comma": lambda: reword(work("ZZ-08-04"), "text", ", ", "，"),
    "an office printed twice": lambda: put(work("ZZ-05-05"), offices="标准计量股"),
    "another name of the same office": lambda: put(service("FW-08"), offices="特种设备安全股"),
    "a phone": lambda: put(service("FW-09"), phones="0316-5255905"),
    "a phone that was missing": lambda: put(service("FW-05"), phones="0316-5255908、0316-5255905"),
    "the phone of an office": lambda: put(Office.objects.get(code="GS-02"), phones="0316-5255999"),
    "the phone under the form": lambda: put(Frame.objects.get(part="duties"), phone="联系电话：5255880"),
    "the mark of a date": dated_otherwise,
    "the mark of a basis": lambda: reword(
        Basis.objects.filter(matter__code="BJ-02", text__contains="（国务院").get(), "text", "（国务院", "(国务院"
    ),
    "the text of a share": lambda: reword(Share.objects.get(code="BJ-02-01"), "text", "质量监督", "质量监督。"),
    "the date of the cover": lambda: put(Cover.objects.get(), date_line="2026年11月"),
    "who filled it in and when": lambda: put(
        Frame.objects.get(part="duties"), compiler="填报人： 王芳", filled_on="填报时间：2026年11月"
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_goes_through_as_a_correction(hands: Hands, slip: str) -> None:
    SLIPS[slip]()
    assert corrected(hands).state == "submitted"


def more_work_items() -> None:
    for number in range(30):
        WorkItem(duty=duty(), position=50 + number, text=f"新的事项{number}").save(reason="加")


def moved_up() -> None:
    put(work("ZZ-02-01"), position=9)
    put(work("ZZ-02-09"), position=1)


def moved_under_another() -> None:
    put(clause("JG-06", "c2-2"), parent=clause("JG-06", "c2-1"))


def another_department() -> None:
    share = Share.objects.get(code="BJ-02-02")
    put(share, department=Department.objects.get(code="BM-10"), name="县农业局")


def another_month() -> None:
    rule = YearlyRule.objects.get(service__code="FW-02")
    reword(service("FW-02"), "content", "每年9月", "每年3月")
    put(rule, quoted="每年3月", month=3)


SUBSTANCE: dict[str, tuple[Callable[[], None], str]] = {
    "the title of a law made wrong": (
        lambda: reword(Law.objects.get(code="FL-01"), "title", "条例", "条列"),
        "FL-01 名称",
    ),
    "a year that is none of ours": (lambda: put(Cover.objects.get(), date_line="1017年12月"), "封面"),
    "a sentence for a name": (
        lambda: put(Frame.objects.get(part="duties"), compiler="填报人： 不收费用"),
        "填报人",
    ),
    "a phone for something else": (
        lambda: put(Frame.objects.get(part="duties"), phone="投诉电话：5255889"),
        "电话",
    ),
    "499 work items": (more_work_items, "ZZ-02 新增了ZZ-02-10、"),
    "a work item retired": (lambda: put(work("ZZ-02-03"), retired_on=DAY), "ZZ-02 取消了ZZ-02-03"),
    "work items in another order": (moved_up, "ZZ-02 先后变了"),
    "a clause that belongs to another one": (moved_under_another, "JG-06 先后变了"),
    "an item added": (
        lambda: Service(code="FW-11", serial="11", position=11, title="查询").save(reason="加"),
        "新增了FW-11",
    ),
    "an item retired": (lambda: put(service("FW-09"), retired_on=DAY), "取消了FW-09"),
    "an item moved": (lambda: put(service("FW-09"), position=0), "FW-09 移动"),
    "another serial number": (lambda: put(service("FW-09"), serial="12"), "FW-09 改序号"),
    "another text": (lambda: put(duty(), text="负责质量的一切工作。"), "ZZ-02 主要职责 改了内容"),
    "a sentence more": (
        lambda: put(work(), text=work().text + "，并收取费用"),
        "ZZ-02 ZZ-02-01 具体工作事项 改了内容",
    ),
    "another office": (lambda: put(work(), offices="稽查股"), "ZZ-02 ZZ-02-01 责任股室 改了内容"),
    "no office": (lambda: put(work(), offices=""), "责任股室 改了内容"),
    "a name before the name": (lambda: put(work(), offices=f"新{work().offices}"), "责任股室 改了内容"),
    "an office more": (lambda: put(service("FW-02"), offices="质量监督股\n稽查股"), "FW-02 承办机构 改了内容"),
    "a note": (lambda: put(work(), note="由市局代办"), "备注 改了内容"),
    "no phone": (lambda: put(service("FW-09"), phones=""), "FW-09 联系电话 改了内容"),
    "words for a phone": (lambda: put(service("FW-09"), phones="请到二楼窗口"), "FW-09 联系电话 改了内容"),
    "a price for a phone": (lambda: put(service("FW-09"), phones="收费标准：300"), "FW-09 联系电话 改了内容"),
    "another month": (another_month, "FW-02 主要内容 改了内容"),
    "another deadline": (
        lambda: reword(clause("JG-08", "c5-3"), "text", "20日", "60日"),
        "JG-08 五、监督检查程序 3、 改了内容",
    ),
    "may for must": (lambda: reword(clause("JG-14", "c3-1-1"), "text", "应当", "可以"), "改了内容"),
    "a word that turns it round": (
        lambda: reword(clause("JG-14", "c3-1-1"), "text", "可能影响", "不可能影响"),
        "改了内容",
    ),
    "another department": (another_department, "BJ-02 县安监局 相关部门 改了内容"),
    "a share more": (
        lambda: Share(
            matter=Matter.objects.get(code="BJ-02"),
            position=9,
            department=Department.objects.get(code="BM-10"),
            name="县农业局",
            text="负责农用",
        ).save(reason="加"),
        "BJ-02 新增了BJ-02-05",
    ),
    "another law in a basis": (
        lambda: put(Basis.objects.get(matter__code="BJ-02", anchor="y1"), text="1.《中华人民共和国安全生产法》"),
        "BJ-02 相关依据 相关依据 改了内容",
    ),
    "a basis more": (
        lambda: Basis(matter=Matter.objects.get(code="BJ-02"), position=9, text="3.《安全生产法》").save(reason="加"),
        "BJ-02 新增了y3",
    ),
    "a chapter more": (
        lambda: Chapter(regime=Regime.objects.get(code="JG-01"), position=9, title="收费").save(reason="加"),
        "JG-01 新增了c7",
    ),
    "a clause more": (
        lambda: Clause(chapter=Chapter.objects.get(regime__code="JG-01", anchor="c4"), position=9, text="收费。").save(
            reason="加"
        ),
        "JG-01 新增了c4-2",
    ),
    "a new office": (lambda: Office(name="收费股").save(reason="加"), "新增了GS-07"),
    "an office renamed": (lambda: put(Office.objects.get(code="GS-02"), name="质量股"), "GS-02 名称 改了内容"),
    "another name for an office": (
        lambda: put(Office.objects.get(code="GS-02"), other_names="质量股"),
        "GS-02 其他叫法 改了内容",
    ),
    "a department renamed": (
        lambda: put(Department.objects.get(code="BM-02"), full_name="文安县应急局"),
        "BM-02 全称 改了内容",
    ),
    "the number of a law": (lambda: reword(Law.objects.get(code="FL-01"), "number", "591", "592"), "FL-01 文号"),
    "a month that there is not": (lambda: put(Cover.objects.get(), date_line="2026年13月"), "封面 日期行 改了内容"),
    "a law repealed": (
        lambda: Repeal(law=Law.objects.get(code="FL-01"), repealed_on=DAY, **ADDED).save(reason="加"),
        "FL-01 新增了",
    ),
    "a successor": (
        lambda: Succession(
            department=Department.objects.get(code="BM-02"), successor="县应急局", since=DAY, **ADDED
        ).save(reason="加"),
        "BM-02 新增了",
    ),
    "a stage of a share": (
        lambda: ShareStage(share=Share.objects.get(code="BJ-01-01"), stage="生产", **ADDED).save(reason="加"),
        "BJ-01 新增了",
    ),
    "an office of a regime": (
        lambda: RegimeOffice(
            regime=Regime.objects.get(code="JG-01"), office=Office.objects.get(code="GS-03"), **ADDED
        ).save(reason="加"),
        "JG-01 新增了",
    ),
    "the day of a service": (
        lambda: put(YearlyRule.objects.get(service__code="FW-04"), day=21),
        "FW-04 日 改了内容",
    ),
    "a count of the cover": (lambda: put(Cover.objects.get(), total_line="（共38项）"), "封面 总数行 改了内容"),
    "a count of a part": (lambda: put(Frame.objects.get(part="services"), declared=10), "声明项数 改了内容"),
    "a note under the form": (lambda: put(Frame.objects.get(part="services"), notes="本表收费。"), "注 改了内容"),
    "a column": (
        lambda: reword(Frame.objects.get(part="services"), "columns", "联系电话", "收费标准"),
        "栏目 改了内容",
    ),
    "a tale in the place of a name": (
        lambda: put(Frame.objects.get(part="duties"), compiler="填报人：本表所列收费项目由陈发新解释"),
        "填报人 改了内容",
    ),
}


@pytest.mark.parametrize("change", SUBSTANCE)
def test_whatever_is_more_than_a_slip_is_named_and_refused(hands: Hands, change: str) -> None:
    make, said = SUBSTANCE[change]
    make()
    with pytest.raises(Incomplete) as refused:
        corrected(hands)
    assert str(refused.value).startswith("更正只改错字、电话和日期的写法；")
    assert said in str(refused.value)
    assert "请作为调整送审" in str(refused.value)
    assert Edition.objects.count() == 1


def exchange_by_way_of(citation: str, was: str, is_now: str, put_in: Callable[[str], None]) -> None:
    row = Citation.objects.get(code=citation)
    assert row.quoted == was
    put(row, quoted=is_now)
    put_in(is_now)


BY_NAMES: dict[str, Callable[[], None]] = {
    "a cited law becomes another": lambda: exchange_by_way_of(
        "YZ-01",
        "《危险化学品安全管理条例》",
        "《收费管理条例》",
        lambda now: reword(
            Basis.objects.filter(matter__code="BJ-01", text__contains="《危险化学品安全管理条例》").first(),
            "text",
            "《危险化学品安全管理条例》",
            now,
        ),
    ),
    "a citation alone becomes another": lambda: put(Citation.objects.get(code="YZ-01"), quoted="《收费管理条例》"),
    "a department's short name goes over to another text": lambda: (
        put(Department.objects.get(code="BM-02"), full_name="文安县烟花爆竹专营办公室"),
        put(Share.objects.get(code="BJ-02-02"), name="文安县烟花爆竹专营办公室"),
    ),
}


@pytest.mark.parametrize("way", BY_NAMES)
def test_a_name_that_is_changed_with_the_text_excuses_nothing(hands: Hands, way: str) -> None:
    BY_NAMES[way]()
    with pytest.raises(Incomplete, match="改了内容"):
        corrected(hands)


def test_two_ways_to_cite_one_law_make_no_office_of_another(hands: Hands) -> None:
    for name in ("稽查股", "办公室"):
        Citation(quoted=name, law=Law.objects.get(code="FL-01")).save(reason="加")
    put(work("ZZ-03-06"), offices="稽查股")
    before = compose()
    put(work("ZZ-03-06"), offices="办公室")
    assert beyond_a_slip(before, compose()) == ["ZZ-03 ZZ-03-06 责任股室 改了内容"]


def test_many_of_them_are_counted_and_the_first_are_named(hands: Hands) -> None:
    more_work_items()
    with pytest.raises(Incomplete, match=r"新增了ZZ-02-10、ZZ-02 新增了ZZ-02-11.* 等 30 处，请作为调整"):
        corrected(hands)


# What a slip of a text is


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


KNOWN = "\n".join(
    text
    for path in sorted((BASE / "fixtures" / "2017-12").glob("*.yaml"))
    for text in strings(YAML(typ="safe").load(path))
)
"""All that the list of 2017 says."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("违法为依法查处", "违法行为依法查处"),
        ("是否存在买卖情况；、", "是否存在买卖情况；"),
        ("检验机构, 依法设立", "检验机构，依法设立"),
        ("（冀政办[2013]14号）", "（冀政办〔2013〕14号）"),
        ("12月1日（周五)", "12月1日（周五）"),
        ("使⽤登记", "使用登记"),
        ("5、20世界计量日", "5·20世界计量日"),
        ("各类违法违法行为", "各类违法行为"),
    ],
)
def test_a_few_characters_put_right_are_a_slip(old: str, new: str) -> None:
    assert is_slip_of_text(old, new, KNOWN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("处一千元以下的罚款", "处二千元以下的罚款"),
        ("处1000元罚款", "处10000元罚款"),
        ("抽查比例10%以内", "抽查比例10以内"),
        ("误差1.5以内", "误差15以内"),
        ("误差1、5以内", "误差15以内"),
        ("依照第3、15条", "依照第3·15条"),
        ("两日以内报告", "两日以外报告"),
        ("不得收费", "得收费"),
        ("向县局报告", "向市局报告"),
        ("组织监督抽查", "参与监督抽查"),
        ("负责指导工作并收取费用", "负责指导工作"),
        ("办事", "办案"),
        ("", "新写的"),
        ("写过的", ""),
        ("第一段\n第二段", "第一段第二段"),
        ("监督检查企业生产标准计量认证", "监察检验企事生成标尺计算认定"),
    ],
)
def test_a_few_characters_that_change_what_it_says_are_none(old: str, new: str) -> None:
    assert not is_slip_of_text(old, new, KNOWN)


def width(text: str) -> str:
    return normalize("NFKC", text)


DIGIT = st.sampled_from("0123456789０１２３一二三四十百千")
WORDS = st.text(st.sampled_from("监督检查企业生产标准计量，。；、（）"), min_size=8, max_size=40)


@given(WORDS, WORDS, DIGIT, DIGIT)
def test_no_number_is_ever_changed_as_a_slip(before: str, after: str, one: str, other: str) -> None:
    same = is_slip_of_text(f"{before}{one}{after}", f"{before}{other}{after}")
    assert same == (width(one) == width(other))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_two_texts_upset_it(old: str, new: str) -> None:
    assert is_slip_of_text(old, new) in (True, False)
    assert is_phones(old) in (True, False)


@given(WORDS, st.data())
def test_whatever_is_a_slip_leaves_most_of_the_text_alone(text: str, data: Any) -> None:
    new = data.draw(WORDS)
    kept = [c for c in text if c not in "，。；、（）"]
    now = [c for c in new if c not in "，。；、（）"]
    if is_slip_of_text(text, new) and len(now) >= len(kept):
        assert len(now) - len(kept) <= 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("包括申述、投诉", "包括申诉、投诉"),
        ("由检验机够出具报告", "由检验机构出具报告"),
        ("组织织监督抽查工作", "组织监督抽查工作"),
        ("机动车安检机构资格核准监管", "机动车安检机构资格核准的监管"),
        ("《计量法实施细则，第三条", "《计量法实施细则》，第三条"),
        ("负责认证认可工作", "负责认证认可工作。"),
        ("保证客观、公正，", "保证客观，公正，"),
        ("检查 ，并记录在案", "检查，并记录在案"),
        ("： 陈发新", "：陈发新"),
        ("举办“3、15”国际消费者权益日活动", "举办“3·15”国际消费者权益日活动"),
    ],
)
def test_what_is_no_word_becomes_one_and_what_is_divided_stays_divided(old: str, new: str) -> None:
    assert is_slip_of_text(old, new, KNOWN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("进口产品检验", "出口产品检验"),
        ("对企业进行监督管理", "对企业进行被监督管理"),
        ("对企业进行监督管理", "反对企业进行监督管理"),
        ("误差不高于规定", "误差不低于规定"),
        ("每月月初报告情况", "每月月底报告情况"),
        ("对合格产品予以公告", "对劣格产品予以公告"),
        ("在有效期内使用", "在失效期内使用"),
        ("合法行为的认定", "违法行为的认定"),
        ("主办机构的工作", "协办机构的工作"),
        ("食品生产许可管理", "药品生产许可管理"),
        ("责令停业整顿企业", "责令开业整顿企业"),
        ("从轻处罚的情节", "从重处罚的情节"),
        ("收取检验费用", "退取检验费用"),
        ("受理投诉举报", "拒理投诉举报"),
        ("甲类企业的检查", "乙类企业的检查"),
        ("在廿日以内报告", "在卅日以内报告"),
        ("企业和经营者的", "企业和经营者等的"),
        ("质量监督股", "新质量监督股"),
        ("（冀政办〔2013〕14号）", "（冀质办〔2013〕14号）"),
        # marks that divide, bracket, ask, count
        ("（特种设备除外）的监管", "特种设备除外的监管"),
        ("检查企业、单位、个体", "检查企业单位、个体"),
        ("依照《计量法》规定", "依照计量法规定"),
        ("产品是否合格？处罚", "产品是否合格。处罚"),
        ("三、五日内报告情况", "三五日内报告情况"),
        ("储存温度-5℃以下", "储存温度5℃以下"),
        ("处3-5倍罚款", "处3.5倍罚款"),
        ("处3-5倍罚款", "处3·5倍罚款"),
        ("在3-5个工作日内", "在3·5个工作日内"),
        ("抽查3-5家企业", "抽查3.5家企业"),
        ("（一）监督检查", "（）监督检查"),
        ("（一）监督检查", "一监督检查"),
        ("监督检查，不得收费", "监督检查不，得收费"),
        # a deed done to who bears its name, a word moved, what another word means in law
        ("检查检查人员的证件", "检查人员的证件"),
        ("监督管理监督管理人员的行为", "监督管理人员的行为"),
        ("减轻处罚的违法行为认定", "减轻的处罚违法行为认定"),
        ("组织制定地方标准", "组织制订地方标准"),
        ("依法治理产品质量", "依法制理产品质量"),
        ("生产、销售不合格产品", "生产：销售不合格产品"),
    ],
)
def test_a_word_that_becomes_another_and_a_division_that_goes_are_none(old: str, new: str) -> None:
    assert not is_slip_of_text(old, new, KNOWN)
    assert not is_slip_of_text(new, old, KNOWN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（不参与评审活动）的工作", "（不断参与评审活动）的工作"),
        ("对不符合条件的企业", "对不断符合条件的企业"),
        ("对企业和群众不收费用", "对企业和群众不断收费用"),
        ("对合格企业当年不检查", "对合格企业当年不断检查"),
        ("对轻微违法行为不处罚", "对轻微违法行为不断处罚"),
        ("上门服务收检验费", "上门服务加收检验费"),
        ("对企业罚五千元", "对企业加罚五千元"),
        ("情节严重的扣其许可证", "情节严重的暂扣其许可证"),
        ("对企业每年查一次的", "对企业每年抽查一次的"),
        ("有关情况要报县局", "有关情况要瞒报县局"),
        ("检定时交检定费用", "检定时缓交检定费用"),
        ("计量器具由企业检", "计量器具由企业自检"),
        ("投诉举报由县局办", "投诉举报由县局督办"),
        ("未检定的计量器具", "未来检定的计量器具"),
        ("监督检查的情况报告", "监督检查办情况报告"),
        ("上述案件移送的情况", "上诉案件移送的情况"),
        ("违法行为发生地县局管辖", "违法行为发生的县局管辖"),
        ("企业整改后再检验的", "企业整改后在检验的"),
        ("自二〇二〇年一月一日起施行", "自二〇年一月一日起施行"),
        ("处五千五千元以下的罚款", "处五千元以下的罚款"),
    ],
)
def test_a_word_that_governs_others_is_never_mended(old: str, new: str) -> None:
    assert not is_slip_of_text(old, new, KNOWN)


@pytest.mark.parametrize("text", ["收费标准：300", "每次：300", "300", "000", "12", "价目：5255889", "（）（）"])
def test_what_is_not_a_phone_is_none(text: str) -> None:
    assert not is_phones(text)


@pytest.mark.parametrize("text", ["110", "12365", "联系电话：5255889", "0316-5255905转801", "（0316）5255905", ""])
def test_what_is_a_phone_is_one(text: str) -> None:
    assert is_phones(text)
