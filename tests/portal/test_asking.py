"""A citizen asks in her own words: who it is, in the words of the list, and which phone; or, honestly, that the list
does not say."""

import html
import re
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from ruamel.yaml import YAML

from editions.life.edition import Edition
from editions.register.register import Listed, Register
from offices.documents import DepartmentDocument
from portal.answers.answer import answer
from portal.answers.current import shipped_vocabulary
from portal.answers.models import MOST, UnansweredQuestion
from portal.answers.personal import without_personal
from portal.answers.vocabulary import SayingDocument, Sort, Unsaid, Vocabulary
from tests.acting import make_hands, make_years
from tests.conftest import BASE

QUESTIONS = BASE / "tests" / "portal" / "questions"
READ = 400
"""So much of a page a reader in a hurry reads: of the text, from where the answer begins."""


def questions(path: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return content


def read(citizen: Client, asked: str, at: str = "/search/") -> str:
    """The text of the page that comes, without its head and foot."""
    page = citizen.get(at, {"q": asked}, follow=True).content.decode()
    main = re.sub(r"<[^>]+>", "", page.split("<main", 1)[1].split(">", 1)[1].split("</main>")[0])
    return html.unescape(re.sub(r"\s+", " ", main))


def names(question: dict[str, Any]) -> list[str]:
    """Who is right, as the list prints it; what the whole bureau has is said with its name."""
    return [
        "县质监局" if name == "文安县质量技术监督局" else name.removeprefix("办公室组织") for name in question["who"]
    ]


def is_first(register: Register, vocabulary: Vocabulary, question: dict[str, Any]) -> bool:
    """Whether the first card names who is right."""
    cards = answer(register, vocabulary, question["q"]).cards
    said = cards[0].named + "县质监局" * (cards[0].is_bureau and not cards[0].named) if cards else ""
    return any(name in said for name in names(question))


SETS = pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.yaml")), ids=lambda path: path.stem)


@SETS
def test_citizens_are_answered(db: None, citizen: Client, path: Path) -> None:
    asked = questions(path)
    assert len(asked) >= 70
    wanted = [each for each in asked if not each.get("refuse") and each.get("who")]
    missed = [each for each in wanted if not any(name in read(citizen, each["q"])[:READ] for name in names(each))]
    assert [each["q"] for each in missed] == [each["q"] for each in wanted if each.get("still")]


@SETS
def test_what_the_list_does_not_say_is_said_to_be_so(db: None, citizen: Client, path: Path) -> None:
    unsaid = [each for each in questions(path) if each.get("refuse")]
    assert len(unsaid) >= 8
    answered = [each["q"] for each in unsaid if "本清单未规定" not in read(citizen, each["q"])[:READ]]
    assert answered == [each["q"] for each in unsaid if each.get("still")]


def test_nearly_all_questions_are_answered_rightly(db: None) -> None:
    asked = [each for path in QUESTIONS.glob("*.yaml") for each in questions(path)]
    register, vocabulary = Edition.objects.get().register(), shipped_vocabulary()
    wanted = [each for each in asked if not each.get("refuse") and each.get("who")]
    assert sum("still" in each for each in asked) / len(asked) <= 0.02
    assert sum(is_first(register, vocabulary, each) for each in wanted) / len(wanted) >= 0.95


@pytest.mark.parametrize("aside", ["我不说生产的厂子，就说", "不是问生产厂家，是问", "除了厂里生产的，"])
def test_what_is_named_only_to_say_that_it_is_not_meant_is_not_asked(citizen: Client, aside: str) -> None:
    assert "没有写" in read(citizen, f"{aside}商店里卖的一次性饭盒归谁管")[:READ]
    assert "质量监督股" in read(citizen, "一次性饭盒是生产的厂子不合格，归谁管")[:READ]


@SETS
def test_whoever_wants_to_call_sees_the_number(db: None, citizen: Client, path: Path) -> None:
    for each in questions(path):
        if each.get("phone"):
            assert each["phone"] in read(citizen, each["q"])[:READ], each["q"]


def test_the_best_answer_is_large_and_rings(citizen: Client) -> None:
    page = citizen.get("/search/", {"q": "条形码怎么办"}).content.decode()
    assert re.search(
        r'<article class="card best">.*?<a class="ring" href="tel:03167820231">拨打 0316-7820231</a>', page
    )
    assert "清单印在“商品条码服务”下" in page


def test_a_card_holds_the_sentence_of_the_list_and_its_address_for_good(citizen: Client) -> None:
    page = citizen.get("/search/", {"q": "谁管烟花爆竹运输"}).content.decode()
    assert "负责烟花爆竹的公共安全管理，依法查处烟花爆竹道路运输、燃放等活动中的违法行为" in page
    assert 'href="http://127.0.0.1:8000/editions/2017-12/boundaries/bj-02/#bj-02-03"' in page
    assert "据 2017-12 版" in page
    assert re.search(r'<details class="behind"><summary>烟花爆竹监管：依据和案例</summary>', page)


def test_there_are_three_answers_at_most(citizen: Client) -> None:
    for asked in ("危险品", "食品", "质量", "计量", "监督"):
        assert citizen.get("/search/", {"q": asked}).content.decode().count('<article class="card') <= 3


@pytest.mark.parametrize("asked", ["我要投诉电梯", "举报叉车没证", "起重机坏了我要投诉", "投诉考叉车证乱收费"])
def test_a_complaint_never_gets_the_number_of_the_training_first(citizen: Client, asked: str) -> None:
    page = citizen.get("/search/", {"q": asked}).content.decode()
    assert re.findall(r'class="ring" href="tel:(\d+)"', page) == ["03165255911"]


@pytest.mark.parametrize(
    "asked",
    [
        *("罐车泄漏了", "锅炉爆炸", "电梯困人", "化工厂起火", "氯气中毒"),
        *("电梯把人关住了怎么办", "电梯困住了两个人", "电梯关了三个人", "煤气罐着了", "锅炉冒蒸汽要炸", "车间有毒气"),
        *("被烟花炸到眼睛，烟花质量谁管", "液化气瓶嘶嘶响"),
    ],
)
def test_whoever_is_in_danger_reads_the_emergency_numbers_first(citizen: Client, asked: str) -> None:
    text = read(citizen, asked)
    assert text.index("119") < text.index("局")
    assert "不是清单的内容" in text
    page = citizen.get("/search/", {"q": asked}).content.decode()
    assert re.findall(r'href="tel:(\d{3})"', page) == ["119", "110", "120"]


def test_who_is_in_no_danger_does_not(citizen: Client) -> None:
    assert "119" not in read(citizen, "条形码怎么办")


@pytest.mark.parametrize("asked", ["天然气爆燃", "有人喝了农药"])
def test_whoever_is_in_danger_reads_them_though_the_list_knows_nothing_of_it(citizen: Client, asked: str) -> None:
    text = read(citizen, asked)
    assert text.index("119") < text.index("本清单未规定")


@pytest.mark.parametrize(
    "asked", ["包装上写500克只有450克", "写着一斤其实八两", "一袋面粉标25公斤实际23公斤", "五斤苹果少了半斤"]
)
def test_short_measure_is_told_in_amounts(citizen: Client, asked: str) -> None:
    assert "商品量" in read(citizen, asked)[:READ]


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ("危险化学品运输许可证去哪里办", "县交通局"),
        ("谁给烟花爆竹店发营业执照", "县工商局"),
        ("烟花店营业执照谁发", "县工商局"),
        ("危化品储存谁管", "县安监局"),
        ("食品厂办生产许可证", "县食品药品监管局"),
        ("废机油桶怎么处理", "县环保局"),
    ],
)
def test_the_word_of_the_office_is_understood_as_well_as_the_word_of_the_street(
    citizen: Client, asked: str, who: str
) -> None:
    first = citizen.get("/search/", {"q": asked}).content.decode().split('<article class="card best">')[1]
    assert who in first.split("</h2>")[0]


@pytest.mark.parametrize(
    "asked", ["装水的桶漏", "危化品经营许可证", "加油站经营许可", "电工证", "高空作业证在哪考", "运炸药的车"]
)
def test_a_word_that_may_mean_anything_is_no_answer(citizen: Client, asked: str) -> None:
    assert "本清单未规定" in read(citizen, asked)[:READ]


@pytest.mark.parametrize(
    "asked", ["谁管烟花爆竹运输", "烟花运输归谁管", "食品犯罪找谁", "饭店吃坏肚子了", "罐车在路上漏了"]
)
def test_no_neighbours_stand_beside_an_answer_that_is_sure(citizen: Client, asked: str) -> None:
    assert citizen.get("/search/", {"q": asked}).content.decode().count('<article class="card') == 1


def test_what_is_printed_on_the_cover_is_not_said_to_be_missing(citizen: Client) -> None:
    for asked in ("填报人是谁", "5255889是谁的电话"):
        assert "清单里写着这几个字" in read(citizen, asked)[:READ]


@pytest.mark.parametrize("asked", ["质监局几个股", "各股室的电话"])
def test_whoever_asks_which_offices_there_are_is_led_to_them(citizen: Client, asked: str) -> None:
    assert citizen.get("/search/", {"q": asked}).headers["Location"] == "/offices/"
    assert citizen.get("/search/", {"q": "县公安局有哪些科室"}).status_code == 200


def test_a_stage_that_nobody_has_is_no_other_stage(citizen: Client) -> None:
    text = read(citizen, "烟花爆竹储存归谁管")
    assert "本清单未规定" in text[:READ]
    assert "没有写“储存”归谁管" in text
    assert "县公安局" not in text[:READ]


@pytest.mark.parametrize(
    ("there", "who", "elsewhere"),
    [
        ("危险化学品的道路运输许可找哪个局批", "县交通局", "气瓶充装许可证是哪个局批的"),
        ("营业执照由谁核发，卖危险化学品的", "县工商局", "计量器具型式批准证书由谁核发"),
        ("叉车操作证谁给发证", "特种设备安全监察股", "3C证书谁给发证"),
        ("案审会议由谁主持", "县质监局", "罚我们厂的听证会由谁主持"),
        ("废弃的危险化学品销毁归谁管", "县环保局", "没收的鞭炮由谁销毁"),
    ],
)
def test_an_act_that_the_list_has_in_some_places_only_is_not_answered_elsewhere(
    citizen: Client, there: str, who: str, elsewhere: str
) -> None:
    assert who in read(citizen, there)[:READ]
    text = read(citizen, elsewhere)
    assert "本清单未规定" in text[:READ]
    assert "清单里有“" in text


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ("认证公司给钱就发证，谁管", "质量监督股"),
        ("制造计量器具许可证的签发归谁监督", "县质监局"),
        ("气瓶充装许可证审批归哪个单位监管", "县质监局"),
    ],
)
def test_who_watches_over_an_act_is_answered(citizen: Client, asked: str, who: str) -> None:
    assert who in read(citizen, asked)[:READ]


@pytest.mark.parametrize(
    ("in_passing", "who", "asked_for"),
    [
        ("鱼还没被拉走，没进批发市场，质量安全归谁管", "县水务局", "几桶废弃的危险化学品谁来拉走"),
        ("打官司要用的检验报告，检验机构出了假的，谁来查", "质量监督股", "跟检验机构打官司找谁"),
        ("离婚后想考叉车的操作证，找谁办", "特种设备安全监察股", "想跟男人离婚，上哪儿立案"),
    ],
)
def test_what_is_outside_and_said_in_passing_keeps_no_answer_back(
    citizen: Client, in_passing: str, who: str, asked_for: str
) -> None:
    assert who in read(citizen, in_passing)[:READ]
    assert "本清单未规定" in read(citizen, asked_for)[:READ]


@pytest.mark.parametrize(
    ("comes_to_it", "is_about", "who"),
    [
        ("今年过年鞭炮卖得贵，价格归谁管", "价格先不说，鞭炮的质量归谁管", "县质监局"),
        ("在饭店吃饭不给开发票，举报给谁", "发票开了，饭店的菜吃坏了肚子，归谁管", "县食品药品监管局"),
        ("我们产品评上名牌了，所得税能减免吗，找谁", "所得税交了不少，想评个名牌找谁", "质量监督股"),
        ("电梯的物业费涨了，谁管", "电梯三天两头坏，物业也不管，找哪个股", "特种设备安全股"),
    ],
)
def test_what_is_outside_is_refused_where_the_question_comes_to_it(
    citizen: Client, comes_to_it: str, is_about: str, who: str
) -> None:
    assert "本清单未规定" in read(citizen, comes_to_it)[:READ]
    assert who in read(citizen, is_about)[:READ]


def test_a_clause_that_names_who_does_it_is_not_said_to_name_nobody(citizen: Client) -> None:
    text = read(citizen, "质监局的案子材料要先过一道初审，是局里哪个科室审")[:READ]
    assert "案审办（法规科）" in text
    assert "没有写" not in text


def test_an_act_of_punctuation_alone_breaks_no_page(db: None) -> None:
    odd = SayingDocument(said="?!", sort=Sort.OUTSIDE_ACT)
    register, table = Edition.objects.get().register(), shipped_vocabulary().document
    made = answer(register, Vocabulary(table.model_copy(update={"sayings": (*table.sayings, odd)})), "电梯归谁管?!")
    assert made.cards or made.unsaid


@pytest.mark.parametrize(
    "asked", ["质量", "监督", "寄递归谁管", "认证归谁管", "营业执照", "5255889", "比对", "没收", "填报人"]
)
def test_what_the_list_says_in_many_places_is_not_said_to_be_missing(citizen: Client, asked: str) -> None:
    text = read(citizen, asked)
    assert "本清单未规定" not in text
    assert "请说得再具体一些" in text[:READ]


@pytest.mark.parametrize(
    "asked", ["我被关在电梯里了", "孩子卡在电梯里", "电梯卡人", "电梯关人了", "扶梯夹人", "气罐爆了"]
)
def test_a_call_for_help_does_not_hide_what_it_is_about(citizen: Client, asked: str) -> None:
    text = read(citizen, asked)[:READ]
    assert "119" in text
    assert "特种设备安全股" in text


@pytest.mark.parametrize("asked", ["投诉电梯公司", "我要投诉叉车培训", "投诉质监局", "12315", "欺骗消费者", "投拆商家"])
def test_whoever_complains_is_never_sent_to_a_course(citizen: Client, asked: str) -> None:
    page = citizen.get("/search/", {"q": asked}, follow=True).content.decode().split("在清单里的全部")[0]
    assert "tel:03165255911" in page
    assert "tel:03165255861" not in page


@pytest.mark.parametrize(
    "asked",
    ["交了定金车不想要了，4S店不退，找谁投诉", "村边的厂子往河沟里倒脏东西，找谁举报", "邻居举着喇叭唱戏，投诉"],
)
def test_a_complaint_of_what_the_list_does_not_know_is_no_business_of_the_bureau(citizen: Client, asked: str) -> None:
    page = read(citizen, asked)[:READ]
    assert "本清单未规定" in page
    assert "0316-5255911" in page  # the number to ask


@pytest.mark.parametrize(
    "asked", ["我要投诉", "我要投诉一家企业", "产品坏了投诉", "新买的扫拖一体机老出故障，商家不管"]
)
def test_a_complaint_of_something_bought_or_of_nothing_in_particular_goes_where_complaints_go(
    citizen: Client, asked: str
) -> None:
    assert "申诉举报咨询" in read(citizen, asked)[:READ]
    assert "本清单未规定" not in read(citizen, asked)[:READ]


def test_what_is_done_about_a_thing_outside_makes_it_no_thing_of_the_list(citizen: Client) -> None:
    assert "本清单未规定" in read(citizen, "当服务员要健康证，去哪儿体检")[:READ]


def test_what_a_share_leaves_out_is_not_its_stage(citizen: Client) -> None:
    assert "不包括储存" not in read(citizen, "危险化学品储存归谁管")[:READ]


def test_an_emergency_of_something_else_calls_for_no_help(citizen: Client) -> None:
    assert "119" not in read(citizen, "个人信息泄露找谁")
    assert "119" in read(citizen, "氯气泄露找谁")


def test_another_county_is_not_answered_as_this_one(citizen: Client) -> None:
    assert "本清单未规定" in read(citizen, "霸州市质监局电话")[:READ]
    assert "0316-5255911" in read(citizen, "文安县质监局电话")[:READ]


def test_an_empty_cell_is_said_to_be_empty(citizen: Client) -> None:
    text = read(citizen, "计量纠纷找哪个股室调解")
    assert "本清单未规定由哪个股室办" in text
    assert "组织仲裁检定和计量纠纷调解" in text
    assert "县质监局 承办股室未写明" in text


def test_what_was_understood_is_said_and_marked(citizen: Client) -> None:
    text = read(citizen, "炮仗归谁管")
    assert "按本局整理的俗称表，“炮仗”当作“烟花爆竹”" in text
    assert "俗称不是清单原文" in text


def test_whoever_asks_for_an_office_learns_what_it_does(citizen: Client) -> None:
    text = read(citizen, "质量监督股是干什么的")
    assert text.index("质量监督股") < text.index("组织和指导全县质量工作")
    assert "…" not in text.split("在清单里的全部")[0]
    assert "0316-5255908" in text


def test_a_department_of_which_the_list_says_nothing_has_no_answer(db: None) -> None:
    register = Edition.objects.get().register()
    more = Listed("", DepartmentDocument(code="BM-99", name="县体育局"))
    grown = Register({**register.listed, "departments": (*register.of("departments"), more)})
    assert answer(grown, shipped_vocabulary(), "县体育局电话").unsaid == Unsaid.NOTHING
    assert answer(grown, shipped_vocabulary(), "县公安局管什么").cards[0].named == "县公安局"


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("烟花炮竹", "县安监局"), ("条型码", "标准计量股"), ("防尾标签", "质量监督股"), ("稽察股电话", "稽查股")],
)
def test_what_speech_input_heard_is_understood(citizen: Client, heard: str, meant: str) -> None:
    assert meant in read(citizen, f"{heard}找谁")[:READ]


@pytest.mark.parametrize("asked", ["税务局电话", "去机场怎么走", "敲门声太大", "我是老实人", "造成堵车了"])
def test_an_ordinary_word_is_not_what_it_sounds_like(citizen: Client, asked: str) -> None:
    """水务局, 鸡场, 撬门, 老师, 造秤."""
    assert "本清单未规定" in read(citizen, asked)[:READ]


@pytest.mark.parametrize("asked", ["0316-5255905是谁的电话", "03165255905", "５２５５９０５", "0316 5255905 哪的"])
def test_a_number_says_what_it_is_printed_for(citizen: Client, asked: str) -> None:
    assert "标准计量股标准日活动" in read(citizen, asked)[:READ]
    assert "本清单未规定" in read(citizen, asked.replace("5905", "0001").replace("５９０５", "０００１"))[:READ]


@pytest.mark.parametrize(
    ("asked", "matter", "missing"),
    [
        ("考叉车证多少钱", "特种设备作业人员培训和发证", "多少钱"),
        ("商品条码一年续费多少钱", "商品条码服务", "多少钱"),
        ("买到假货能退吗", "负责产品质量监督工作", "能退吗"),
        ("世界标准日的宣传海报能寄我一份吗", "标准日活动", "寄我"),
    ],
)
def test_of_what_the_list_has_it_is_said_what_it_does_not_say(
    citizen: Client, asked: str, matter: str, missing: str
) -> None:
    text = read(citizen, asked)[:READ]
    assert "本清单未规定" in text
    assert f"清单里有“{matter}”，没有写“{missing}”" in text


def test_what_it_does_not_say_is_asked_where_the_matter_has_a_phone(citizen: Client) -> None:
    assert "可以问 0316-5255861（清单印在“特种设备作业人员培训和发证”下）" in read(citizen, "考叉车证多少钱")
    assert "可以问 0316-5255911" in read(citizen, "买到假货能退吗")
    assert "可以问 0316-5255911" in read(citizen, "投诉考叉车证多少钱都敢收")


@pytest.mark.parametrize(
    "asked",
    ["养老金人脸认证老通不过，去哪办", "想开个药店，药品经营的证在哪办", "结婚登记要多少钱", "文化馆学二胡多少钱"],
)
def test_of_what_is_outside_no_neighbour_is_named(citizen: Client, asked: str) -> None:
    assert "清单里没有这件事" in read(citizen, asked)[:READ]


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ("邮寄危险化学品归谁管", "县"),
        ("直播间买的假货找谁", "稽查股"),
        ("电视上打广告的保健品是骗人的", "县工商局"),
        ("锅炉设计单位谁管", "特种设备安全股"),
        ("秤不准商家不给退", "质量技术监督检验所"),
        ("剩半桶废硫酸三年了没人要，怎么处置谁管", "县环保局"),
        ("修秤的没证谁管", "县质监局"),
    ],
)
def test_what_is_told_beside_it_keeps_no_answer_back(citizen: Client, asked: str, who: str) -> None:
    text = read(citizen, asked)[:READ]
    assert "本清单未规定" not in text.split("承办股室")[0]
    assert who in text


@pytest.mark.parametrize("asked", ["0316-525590", "0316525590", "031652559055", "0311-5255905"])
def test_a_number_with_a_wrong_figure_is_nobodys(citizen: Client, asked: str) -> None:
    assert "本清单未规定" in read(citizen, asked)[:READ]


def test_the_old_address_leads_to_the_one_box(citizen: Client) -> None:
    response = citizen.get("/find/", {"q": "秤"})
    assert (response.status_code, response["Location"]) == (301, "/search/?q=%E7%A7%A4")


def test_an_old_edition_is_asked_under_its_own_address(db: None, citizen: Client) -> None:
    make_years(make_hands())
    now, then = read(citizen, "质量月活动"), read(citizen, "质量月活动", "/editions/2017-12/search/")
    assert "质量监督股" in then[:READ]
    assert "0316-5255908" in then
    assert "0316-5255908" not in now
    page = citizen.get("/editions/2017-12/search/", {"q": "计量服务"}).content.decode()
    assert 'action="/editions/2017-12/search/"' in page
    assert 'href="/editions/2017-12/services/fw-06/"' in page
    assert "0316-5255906" not in page


def test_what_nobody_was_answered_is_counted_without_the_person(db: None, citizen: Client) -> None:
    for _ in range(3):
        citizen.get("/search/", {"q": "社保卡丢了，我的身份证 130000199001011234，电话 13812345678"})
    citizen.get("/search/", {"q": "秤不准找谁"})
    (logged,) = UnansweredQuestion.objects.all()
    assert (logged.asked, logged.times, logged.unsaid) == ("社保卡丢了,我的身份证…,电话…", 3, Unsaid.NOTHING)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("我叫王小明，社保卡丢了", "我叫…,社保卡丢了"),
        ("我姓刘，李女士家的电梯坏了", "我姓…,…家的电梯坏了"),
        ("家住文安镇东街3号楼2单元501，煤气罐漏了", "…,煤气罐漏了"),
        ("我家在左各庄镇东村 秤不准", "…秤不准"),
        ("投诉人张三的电梯", "投诉人…的电梯"),
        ("冀R12345停在消防通道", "…停在消防通道"),
        ("微信号 wenan_123 骗钱", "微信号…骗钱"),
        ("我是卖菜的，秤不准", "我是卖菜的,秤不准"),
        ("马路牙子坏了", "马路牙子坏了"),
        ("住在文安怎么办暂住证", "住在文安怎么办暂住证"),
        ("孙德才拖欠工资", "…拖欠工资"),
        ("张丽华离婚找谁", "…离婚找谁"),
        ("李建国欠我两万块钱借条丢了", "…欠我两万块钱借条丢了"),
        ("我孩子叫赵小宝上学", "我孩子叫…上学"),
        ("文安县第一中学高三5班陈浩打人", "文安县第一中学高三5班…打人"),
        ("电话壹叁捌〇〇壹叁捌〇〇壹", "电话…"),
        ("举报王海收了黑心钱", "举报…收了黑心钱"),
        ("举报周涛卖假货", "举报…卖假货"),
        ("被陈刚打伤了", "被…打伤了"),
        ("王老板欠我钱", "…老板欠我钱"),
        ("我是文安镇的李建国，秤不准", "我是文安镇的…,秤不准"),
        ("老板拖欠工资找谁", "老板拖欠工资找谁"),
        ("商家骗人怎么办", "商家骗人怎么办"),
        ("孩子上学找谁", "孩子上学找谁"),
    ],
)
def test_names_and_homes_are_not_kept(asked: str, kept: str) -> None:
    assert without_personal(asked) == kept


def test_a_flood_of_questions_fills_no_disk(db: None, citizen: Client) -> None:
    UnansweredQuestion.objects.bulk_create(
        UnansweredQuestion(asked=f"没有这事{number}", unsaid=Unsaid.NOTHING) for number in range(MOST)
    )
    citizen.get("/search/", {"q": "量子纠缠是什么"})
    assert UnansweredQuestion.objects.count() == MOST


def test_an_answer_does_not_wait_for_what_cannot_be_written(citizen: Client) -> None:
    with mock.patch.object(UnansweredQuestion, "note", side_effect=DatabaseError):
        assert "本清单未规定" in read(citizen, "社保卡丢了")


def test_the_first_page_asks_calls_and_invites(citizen: Client) -> None:
    page = citizen.get("/").content.decode()
    main = page.split("<main")[1]
    assert main.index('action="/search/"') < main.index('href="tel:03165255911"') < main.index('href="/duties/"')
    asked = re.findall(r'<a href="(/search/\?q=[^"]+)">([^<]+)</a>', main)
    assert 6 <= len(asked) <= 8
    for address, label in asked:
        assert "本清单未规定" not in citizen.get(html.unescape(address)).content.decode(), label
