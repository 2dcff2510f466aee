"""Three whole cases, walked through the pages by those whose turn it is, in Chromium: a heavy one, made public, put
right and taken down, one that ends in 不予处罚, and one on the spot; and two more decisions before the public until
their term is over. The clock of the portal is the test's, since the party has its days to answer."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cases import models
from tests.acting import on
from tests.browsing import Watched, chromium, follow
from tests.cases import people as made
from tests.cases.people import PASSWORD, People, make_people
from tests.conftest import own_databases
from tests.moving import Clock, served_on

START = datetime.date(2026, 3, 2)
"""A Monday: the days of the week matter to the terms."""


@dataclass(frozen=True)
class Bureau:
    people: People
    address: str
    clock: Clock
    served: list[str]
    """The pages of two cases in which a person was fined on the first day, and has the paper."""


def make_article(name: str, article: str, maximum: int, **kinds: str) -> None:
    """What 法规审核 has entered of an act."""
    violation = models.Violation(name=name)
    violation.save(reason="录入")
    row = models.Provision(violation=violation, article=article, maximum=maximum, since=datetime.date(2018, 3, 19))
    row.law, row.version, row.quoted = "中华人民共和国计量法实施细则", "2018年修订", f"罚款{maximum}元以下。"
    row.save(reason="录入")
    for kind, when in {"罚款": "always", **kinds}.items():
        models.ProvisionKind(provision=row, kind=kind, when=when).save(reason="录入")


@pytest.fixture(scope="module")
def bureau(django_db_setup: None, django_db_blocker: Any) -> Iterator[Bureau]:
    with own_databases(django_db_blocker) as own_database:
        name = own_database()
        people = make_people()
        made.qualify(people.auditor)
        made.make_committee(people)
        make_article("使用不合格的加油机", "第四十六条", 9000, 责令停产停业="may", 吊销许可证件="may")
        make_article("使用过期的秤", "第四十三条", 1000)
        made.publish_standards(people)
        with on(START):  # a password from days to come would have to be changed first
            for account in vars(people).values():
                account.set_password(PASSWORD)
                account.save()
            pages = [make_served(people, name) for name in ("沈建国", "尤小梅")]
        with served_on(name, START) as (address, clock):
            yield Bureau(people, address, clock, pages)


def make_served(people: People, name: str) -> str:
    case = made.served(made.make_case(people, party_name=name), people)
    made.issue(models.Case.objects.get(pk=case.pk), people, 29)
    return f"/admin/cases/case/{case.pk}/change/"


@pytest.fixture(scope="module")
def browser(bureau: Bureau) -> Iterator[Browser]:
    with chromium() as started:
        yield started


class Walk:
    """One case in the hands of its people, each at a browser of their own."""

    def __init__(self, bureau: Bureau, browser: Browser) -> None:
        self.bureau, self.browser = bureau, browser
        self.desks: dict[str, Watched] = {}
        self.day, self.path = START, ""
        bureau.clock.put(START)

    def wait_until(self, number: int) -> None:
        """It is so many days after the beginning."""
        self.day = START + datetime.timedelta(days=number)
        self.bureau.clock.put(self.day)

    def at(self, who: str, path: str) -> Page:
        """The page as this person sees it, signed in anew where the time between was too long."""
        if who not in self.desks:
            context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
            self.desks[who] = Watched(context.new_page(), self.bureau.address)
        page = self.desks[who].open(path)
        if page.locator("#id_username").count():
            page.fill("#id_username", getattr(self.bureau.people, who).username)
            page.fill("#id_password", PASSWORD)
            follow(page.get_by_role("button", name="登录"))
            page.goto(self.bureau.address + path)
        assert page.locator("#id_username").count() == 0, page.locator("body").inner_text()
        return page

    def take_down(self, **values: Any) -> None:
        page = self.at("officer", "/admin/cases/case/add/")
        self.fill(page, found_on=str(self.day), **values)
        follow(page.get_by_role("button", name="登记"))
        assert "已登记" in page.locator(".messagelist").inner_text()
        self.path = page.url.removeprefix(self.bureau.address)

    def offered(self, who: str) -> list[str]:
        return self.at(who, self.path).locator("nav.acts a").all_inner_texts()

    def sees(self, who: str) -> str:
        return self.at(who, self.path).locator("#content").inner_text()

    def open(self, who: str, label: str) -> Page:
        page = self.at(who, self.path)
        follow(page.locator("nav.acts").get_by_role("link", name=label, exact=True))
        return page

    def send(self, who: str, label: str, **values: Any) -> Page:
        page = self.open(who, label)
        self.fill(page, **values)
        follow(page.get_by_role("button", name=label, exact=True))
        return page

    def do(self, who: str, label: str, **values: Any) -> None:
        page = self.send(who, label, **values)
        messages = page.locator(".messagelist")
        said = messages.inner_text() if messages.count() else page.locator("#content").inner_text()
        assert f"{label}已办" in said, said
        assert self.desks[who].said == []

    def refuses(self, who: str, label: str, sentence: str, **values: Any) -> None:
        said = "".join(self.send(who, label, **values).locator(".errornote, .errorlist").all_inner_texts())
        assert sentence in said, said

    @staticmethod
    def fill(page: Page, **values: Any) -> None:
        for name, value in values.items():
            field = page.locator(f"#content [name={name}]")
            kind = field.first.evaluate("field => field.type")
            if kind == "file":
                field.set_input_files(value)
            elif kind in ("checkbox", "radio") and isinstance(value, list):
                for box in field.all() if kind == "checkbox" else ():
                    box.uncheck()
                for text in value:
                    page.locator(f"#content label:has([name={name}])", has_text=text).first.locator("input").check()
            elif kind == "checkbox":
                field.set_checked(value)
            elif kind == "select-one":
                options = field.locator("option").all_inner_texts()
                field.select_option(label=next(text for text in options if value in text))
            else:
                field.fill(value)

    def two(self, page: Page | None = None) -> dict[str, str]:
        return {"first_officer": "高远（冀R1001）", "second_officer": "田野（冀R1002）"}

    def vote(self, *members: str) -> None:
        for who in members:
            self.do(who, "表决、签名", vote=["同意"], password=PASSWORD)

    def file(self) -> None:
        self.do("officer", "报请立案")
        self.do("chief", "审核立案")
        self.do("director", "批准立案", handlers=["高远", "田野"])

    def look_round(self) -> None:
        day = self.day.isoformat()
        record = {
            "kind": "现场检查",
            "record": "现场有台秤一台，检定证书过期。",
            "place": "县城集贸市场",
            "signature": "当事人签名",
            "ids_shown": True,
        }
        self.do(
            "officer",
            "记录检查、询问",
            began_at=f"{day}T08:30",
            ended_at=f"{day}T09:30",
            **record,
            **self.two(),
        )

    def weigh(self, violation: str, evidence: dict[str, str], grade: str) -> str:
        """Part after part; what the last one said."""
        page = self.open("officer", "裁量")
        self.fill(page, violation=violation, act_ended_on=self.day.isoformat())
        follow(page.get_by_role("button", name="下一步", exact=True))
        assert page.locator("input[name=provision]:checked").count() == 1
        for factor, shown in evidence.items():
            page.get_by_label(factor).fill(shown)
        follow(page.get_by_role("button", name="下一步", exact=True))
        said = page.locator("#content").inner_text()
        self.fill(page, grade=[grade])
        follow(page.get_by_role("button", name="裁量", exact=True))
        assert "裁量已办" in page.locator(".messagelist").inner_text()
        assert self.desks["officer"].said == []
        return said

    def make_papers(self) -> None:
        """All that are named on the page before the case is put away, each by whoever makes it."""
        for who in ("officer", "auditor") * 2:  # a receipt is made of the paper that was served
            while (wanted := self.at(who, self.path).locator("section[aria-labelledby=volume] ul.papers a")).count():
                page = wanted.first.page
                follow(wanted.first)
                for field in page.locator("#content form.plain :is(textarea, input[type=text])").all():
                    if not field.input_value():
                        field.fill("见案卷")
                follow(page.get_by_role("button", name="制作文书", exact=True))
                assert "制作文书已办" in page.locator(".messagelist").inner_text()

    def close(self, **why: Any) -> None:
        self.do("officer", "报请结案")
        self.do("director", "批准结案")
        self.refuses("officer", "归档", "案卷里没有", **why)
        self.make_papers()

    def put_away(self) -> None:
        self.do("officer", "归档")
        assert "已归档，不再改变。" in self.sees("officer")
        assert self.offered("inspector") == []

    def nothing_is_left(self) -> None:
        assert self.offered("officer") == []
        assert self.offered("auditor") == ["更正"]

    def draft(self, label: str, **values: Any) -> str:
        """What the public will see, as it stood on the page before it was handed on."""
        page = self.open("officer", label)
        self.fill(page, **values)
        follow(page.get_by_role("button", name="看公众将看到的全文", exact=True))
        said = page.locator(".public-view").inner_text()
        follow(page.get_by_role("button", name=label, exact=True))
        assert f"{label}已办" in page.locator(".messagelist").inner_text()
        return said

    def release(self) -> None:
        self.do("chief", "公示", secrecy="不涉及国家秘密、商业秘密、个人隐私。", password=PASSWORD)

    def public_says(self, sentence: str, path: str = "/cases/1/") -> str:
        """As anybody reads it, a moment later at most: the portal looks once a second or so."""
        for _ in range(20):
            page = self.at("citizen", path)
            said = page.locator("main").inner_text()
            if sentence in said:
                return said
            page.wait_for_timeout(250)
        raise AssertionError(said)


COMMITTEE = ("head", "director", "auditor", "chief", "member")
NAMES = ["郝明", "周正", "孙丽", "石磊", "何文"]


def test_a_heavy_case_with_measures_testing_hearing_committee_and_instalments(
    bureau: Bureau, browser: Browser, tmp_path: Any
) -> None:
    walk = Walk(bureau, browser)
    day = walk.day.isoformat()
    walk.take_down(
        source="举报",
        kinds=["计量"],
        clue="举报人称加油机少油。",
        party_kind="单位",
        party_name="文安某加油站有限公司",
    )
    assert "文安某加油站有限公司" in walk.sees("officer")
    assert "报请立案" in walk.offered("officer")
    assert walk.at("stranger", walk.path).locator("nav.acts").count() == 0  # of another office: not found
    walk.do(
        "officer",
        "登记保存、查封、扣押",
        kind="查封",
        power="特种设备安全法",
        days="30",
        taken_at=f"{day}T09:00",
        consent_at=f"{day}T08:00",
        consent_by="周正",
        place="加油站",
        goods="加油机一台",
        rights_told=True,
        **walk.two(),
    )
    walk.do("director", "批准措施")
    until = (walk.day + datetime.timedelta(days=8)).isoformat()
    walk.do(
        "officer",
        "送检",
        kind="检定",
        institute="市计量检定所",
        sample="加油机一台",
        sent_on=day,
        until=until,
        is_told_in_writing=True,
    )
    walk.look_round()
    alone = {"first_officer": "高远（冀R1001）", "second_officer": "高远（冀R1001）"}
    hours = {"began_at": f"{day}T08:30", "ended_at": f"{day}T09:30", "place": "站内", "record": "一人所见"}
    seen = {"kind": "现场检查", "signature": "当事人签名", "ids_shown": True}
    walk.refuses("officer", "记录检查、询问", "两名", **hours, **seen, **alone)
    walk.file()
    walk.wait_until(8)
    walk.do("officer", "登记检验结果", received_on=until, conclusion="不合格")
    walk.do("director", "批准处理涉案物品", how="解除", reason="已取证，退还当事人")
    photo = tmp_path / "检定证书.txt"
    photo.write_text("证书")
    walk.do(
        "officer",
        "存入证据",
        kind="书证",
        name="检定证书",
        proves="已过期",
        obtained_at=f"{day}T09:20",
        place="加油站",
        origin="收集",
        file=str(photo),
        **walk.two(),
    )
    evidence = {"积极配合调查": "询问笔录第二页", "擅自转移、动用被查封扣押的物品": "监控录像"}
    said = walk.weigh("使用不合格的加油机", evidence, "一般")
    assert "应当罚款0元到9000元；可以责令停产停业、吊销许可证件" in said
    penalty = {"outcome": "给予行政处罚", "kinds": ["罚款", "责令停产停业"], "fine": "6000"}
    found = {"facts": "加油机少油。", "evidence": "检定结果通知书证明。", "rights_told": True}
    beyond = {"fine": "9001", "beyond": "后果严重。"}
    walk.refuses("officer", "调查终结", "超过法定上限 9000.00 元", **found, **penalty | beyond, reason="后果严重")
    walk.refuses("officer", "调查终结", "超出裁量的幅度", **found, **penalty | {"fine": "9001"})
    walk.do("officer", "调查终结", **found, **penalty | {"beyond": ""}, reason="")
    assert "证据：监控录像" in walk.sees("officer")
    assert walk.offered("second") == ["存入证据", "存入附件", "作废附件", "责令改正", "制作文书"]
    walk.do("auditor", "审核通过", reason="事实清楚，证据确凿")
    meeting = {"place": "三楼会议室", "chair": "郝明，主任委员", "record": "逐一发表意见。"}
    walk.refuses("auditor", "召开案审会议", "写明理由", **meeting, present=NAMES[:3], reason="")
    walk.do("auditor", "召开案审会议", **meeting, present=NAMES)
    walk.refuses("member", "表决、签名", "密码不对", vote=["同意"], password="不是密码")
    walk.vote(*COMMITTEE)
    assert "宣布审理意见：同意处罚" in walk.offered("head")
    assert "宣布审理意见：同意处罚" not in walk.offered("director")
    walk.do("head", "宣布审理意见：同意处罚")
    walk.wait_until(9)
    served = {"mode": "直接送达", "recipient": "站长", **walk.two()}
    walk.refuses("officer", "告知", "听证", hearing_offered=False, **served)
    walk.do("officer", "告知", hearing_offered=True, **served)
    assert "复核" not in walk.offered("officer")
    walk.wait_until(11)
    walk.do("officer", "登记陈述申辩、听证要求", kind="要求听证", way="书面", text="要求听证。")
    walk.wait_until(12)
    hearing = {"chair": "孙丽（sunli2）", "clerk": "何文（hewen2）", "place": "二楼会议室", "is_public": True}
    told = {"told_on": walk.day.isoformat(), "published_on": walk.day.isoformat()}
    soon, later = (str(START + datetime.timedelta(days=number)) for number in (14, 25))
    walk.refuses("director", "决定举行听证", "听证", **hearing, **told, held_on=soon)
    walk.do("director", "决定举行听证", **hearing, **told, held_on=later)
    walk.wait_until(25)
    course = ["指控", "答辩", "质证", "辩论", "最后陈述"]
    walk.do(
        "auditor",
        "记录听证",
        course="举行完毕",
        signature="当事人签名",
        closed_on=later,
        record="如实记录。",
        steps=course,
    )
    walk.do("auditor", "提交听证报告", text="建议维持。")
    walk.do("second", "复核", points="当事人提出设备老化，不采纳：应当按期送检。")
    walk.do("auditor", "审核复核：维持处理意见", reason="同意")
    told = {"party_address": "文安县文安镇", "standard": "省局裁量基准", "publicity_told": True}
    walk.do("officer", "报批处罚决定", **told)
    walk.do("auditor", "审核处罚决定")
    walk.do("head", "批准处罚决定")
    walk.do("officer", "送达处罚决定书", mode="直接送达", recipient="站长", **walk.two())
    walk.wait_until(30)
    plan = f"{START + datetime.timedelta(days=45)} 3000\n{START + datetime.timedelta(days=60)} 3000"
    asked = walk.day.isoformat()
    walk.refuses("director", "批准延期、分期缴纳", "合计", asked_on=asked, instalments=plan.replace("3000", "1", 1))
    walk.do("director", "批准延期、分期缴纳", asked_on=asked, instalments=plan)
    walk.wait_until(45)
    walk.do("officer", "登记缴款", what="罚款", amount="3000", voucher="0001")
    assert "执行完毕" not in walk.offered("officer")
    walk.wait_until(60)
    walk.do("officer", "登记缴款", what="罚款", amount="3000", voucher="0002")
    assert "执行完毕" not in walk.offered("officer")
    stopped = {"duty": "责令停产停业", "done_on": walk.day.isoformat(), "found": "生产线已经停了。"}
    walk.do("officer", "登记履行情况", **stopped, **walk.two())
    walk.do("officer", "执行完毕", ground="决定执行完毕")
    walk.close(reason="公示另办")
    assert "应当公示，还没有公示" in walk.open("officer", "归档").locator(".warn").inner_text()
    walk.public_says("没有这个页面", "/cases/")
    assert "罚款6000元" in walk.draft("拟公示稿", restricted_until=str(START + datetime.timedelta(days=2000)))
    walk.public_says("没有这个页面")
    walk.release()
    walk.public_says("文安某加油站有限公司", "/cases/")
    walk.public_says("公示到 2031-")
    walk.put_away()
    assert walk.offered("officer") == ["拟更正公示稿", "撤回公示"]
    outline = {"outline": "使用不合格的加油机", "reason": "内容概述写得太长"}
    assert "使用不合格的加油机" in walk.draft("拟更正公示稿", **outline)
    walk.release()
    walk.public_says("更正。")
    walk.do("chief", "撤回公示", ground="公示的内容有误", reason="另有错误")
    gone = "已撤下：公示的内容有误。"
    assert walk.public_says(gone).strip() == gone
    walk.public_says("没有这个页面", "/cases/")
    told_to_all = walk.sees("inspector")
    assert "文安某加油站有限公司" in told_to_all
    assert "批准延期、分期缴纳" in told_to_all


def test_a_case_that_ends_without_a_penalty(bureau: Bureau, browser: Browser) -> None:
    walk = Walk(bureau, browser)
    walk.take_down(source="监督检查", kinds=["计量"], clue="台秤过期三日。", party_kind="个人", party_name="王小二")
    assert "王**" in walk.sees("officer")
    assert "王小二" not in walk.sees("officer")
    walk.look_round()
    walk.file()
    walk.weigh("使用过期的秤", {"违法行为轻微并及时改正": "送检的回执"}, "不予")
    found = {"facts": "台秤过期三日。", "evidence": "笔录证明。", "rights_told": True, "kinds": []}
    penalty = {"outcome": "给予行政处罚", "kinds": ["罚款"], "fine": "100"}
    walk.refuses("officer", "调查终结", "裁量的结果是不予行政处罚", **found | penalty)
    walk.do("officer", "调查终结", **found, fine="0", outcome="不予行政处罚")
    assert "证据：送检的回执" in walk.sees("auditor")
    walk.do("auditor", "审核通过", reason="同意不予处罚")
    meeting = {"place": "三楼会议室", "chair": "郝明，主任委员", "record": "一致同意。"}
    walk.do("auditor", "召开案审会议", **meeting, present=NAMES)
    walk.vote(*COMMITTEE)
    assert "宣布审理意见：同意处罚" not in walk.offered("head")
    walk.do("head", "宣布审理意见：不予处罚、建议或者移送")
    walk.do("head", "批准不予处罚、行政建议")
    walk.do("officer", "送达不予处罚决定书、执法建议书", mode="直接送达", recipient="王小二", **walk.two())
    assert "拟公示稿" not in walk.offered("officer")
    walk.close()
    walk.put_away()
    walk.nothing_is_left()


def test_a_penalty_on_the_spot(bureau: Bureau, browser: Browser) -> None:
    walk = Walk(bureau, browser)
    walk.take_down(source="监督检查", kinds=["计量"], clue="使用过期的秤。", party_kind="个人", party_name="王小三")
    assert "从轻：应当罚款0元到300元" in walk.weigh("使用过期的秤", {"积极配合调查": "现场笔录"}, "从轻")
    small = {"facts": "用过期的秤。", "kinds": ["罚款"]}
    handed = {"told_and_heard": True, "cash": True, **walk.two()}
    walk.refuses("officer", "当场处罚", "200", **small, fine="250", **handed)
    walk.refuses("officer", "当场处罚", "超出裁量的幅度", **small, fine="500", **handed)
    walk.do("officer", "当场处罚", **small, fine="100", **handed)
    assert "罚款 100.00 元" in walk.sees("officer")
    walk.do("officer", "登记缴款", what="罚款", amount="100", voucher="0003")
    walk.do("officer", "执行完毕", ground="决定执行完毕")
    assert "拟公示稿" not in walk.offered("officer")
    walk.close()
    walk.put_away()
    walk.nothing_is_left()


def test_what_a_person_was_fined_for_is_public_for_its_term(bureau: Bureau, browser: Browser) -> None:
    walk = Walk(bureau, browser)
    walk.path, other = bureau.served
    assert "当事人：沈某某" in walk.draft("拟公示稿", marked="首次，及时改正")
    walk.do("chief", "退回公示稿", reason="理由不是秘密")
    said = walk.draft("拟公示稿", marked="")
    assert "处罚理由：首次，及时改正。" in said
    walk.release()
    address = walk.at("chief", walk.path).get_by_role("link", name="公众看到的").get_attribute("href")
    assert "沈建国" not in walk.public_says("当事人：沈某某", address)
    walk.draft("拟更正公示稿", outline="使用过期的台秤", reason="写清楚")
    walk.release()
    walk.public_says("更正。", address)
    walk.path, first = other, address
    walk.draft("拟公示稿")
    walk.do("auditor", "公示", secrecy="不涉密。", password=PASSWORD)
    address = walk.at("chief", walk.path).get_by_role("link", name="公众看到的").get_attribute("href")
    walk.public_says("当事人：尤某某", address)
    walk.draft("拟更正公示稿", outline="使用过期的台秤", reason="写清楚")
    walk.do("auditor", "公示", secrecy="不涉密。", password=PASSWORD)
    walk.public_says("更正。", address)
    walk.do("director", "撤回公示", ground="公示的内容有误", reason="当事人的商业秘密")
    walk.public_says("已撤下：公示的内容有误。", address)
    walk.wait_until(3 * 366)
    assert walk.public_says("已按期撤下。", first).strip() == "已按期撤下。"
