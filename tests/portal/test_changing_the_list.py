"""In a real browser, five people change the list: a phone goes out, and the half of a duty stays behind."""

import contextlib
import datetime
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from editions.desk.drafts import Draft
from editions.life.timeline import Remark
from portal.models import AnnualCheck
from tests.acting import Hands, change_a_phone, first_day, make_hands, make_submitted
from tests.browsing import WIDTHS, Watched, barriers, chromium, follow
from tests.conftest import own_databases, served, setting_papers

PASSWORD = "wenan-2017-list"
HALF = "负责监督管理标准化工作。贯彻国家和"
PHONE = "0316-5255999"


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with own_databases(django_db_blocker) as own_database:
        name = own_database()
        hands = make_hands()
        for account in (hands.editor, hands.reviewer, hands.director):
            account.set_password(PASSWORD)
            account.save()
        make_things_to_look_at(hands)
        with served(name) as at, setting_papers(name):
            yield at


def make_things_to_look_at(hands: Hands) -> None:
    """An edition that came back, a draft of 王芳's, an annual check: what the pages of the desk show."""
    edition = make_submitted(hands, change_a_phone("0316-5250001", "FW-06"), label="2029-01")
    remarks = [Remark(kind="services", code="FW-06", text="少位")]
    edition.send_back(by=hands.reviewer, reason="电话有误", remarks=remarks)
    draft = Draft(by=hands.editor, label="2029-02", kind="correction", effective_on=first_day())
    draft.picks = [["services", "FW-06"]]
    draft.save(force_insert=True)
    AnnualCheck.objects.create(year=2026, by=hands.director, by_name="周正", note="请在年底以前核对完。")


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def sign_in(address: str, browser: Browser) -> Iterator[Callable[[str], Page]]:
    with ExitStack() as opened:

        def as_whom(username: str) -> Page:
            page = opened.enter_context(browser.new_context(viewport={"width": 1280, "height": 900})).new_page()
            sign_in_as(username, page, address)
            return page

        yield as_whom


def sign_in_as(username: str, page: Page, address: str) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    follow(page.get_by_role("button", name="登录"))


def test_only_what_was_picked_becomes_public(address: str, sign_in: Callable[[str], Page]) -> None:
    today = timezone.localdate()

    # 王芳 changes a phone and half of a duty, and picks only the phone.
    wang = sign_in("wangfang2")
    change(wang, address, "services/FW-05", {"联系电话": "0316-525599"}, "股室换了电话")
    change(wang, address, "duties/ZZ-04", {"主要职责": HALF}, "改了一半")
    compile_and_submit(wang, address, "FW-05")

    # 孙丽 sees the redline, and returns it with a remark.
    sun = sign_in("sunli")
    sun.goto(f"{address}/admin/")
    follow(sun.get_by_role("link", name="去看"))
    assert sun.locator("ins").filter(has_text="0316-525599").count() == 1
    assert HALF not in sun.content()
    follow(sun.get_by_role("link", name="退回"))
    sun.get_by_label("理由").fill("电话有误")
    sun.get_by_label("对 FW-05 的意见").fill("少一位")
    follow(sun.get_by_role("button", name="退回"))

    # 王芳 mends it and submits again, with what she had picked.
    wang.goto(f"{address}/admin/")
    assert "被退回：电话有误" in wang.content()
    follow(wang.get_by_role("link", name=f"{today:%Y-%m} 版").first)
    assert "少一位" in wang.content()
    change(wang, address, "services/FW-05", {"联系电话": PHONE}, "补上一位")
    wang.goto(f"{address}/admin/")
    follow(wang.get_by_role("link", name="重新编制"))
    assert wang.locator("input[value='services FW-05']").is_checked()
    assert not wang.locator("input[value='duties ZZ-04']").is_checked()
    save_and_submit(wang)

    # 孙丽 passes it; 周正 issues it for today.
    sun.goto(f"{address}/admin/")
    follow(sun.get_by_role("link", name="去看"))
    follow(sun.get_by_role("link", name="审核通过"))
    follow(sun.get_by_role("button", name="审核通过"))
    zhou = sign_in("zhouzheng")
    zhou.goto(f"{address}/admin/")
    follow(zhou.get_by_role("link", name="去看"))
    follow(zhou.get_by_role("link", name="公布"))
    assert zhou.get_by_label("施行日期").input_value() == f"{today}"
    zhou.get_by_label("您的登录密码").fill(PASSWORD)
    follow(zhou.get_by_role("button", name="公布"))
    expect(zhou.locator(".messagelist")).to_contain_text("公布已办")

    # What everybody sees, a second from now on.
    time.sleep(settings.CATALOGUE_SECONDS + 0.2)
    label = f"{today:%Y-%m}"
    for path in (
        "/services/fw-05/",
        f"/editions/{label}/services/fw-05/",
        f"/editions/{label}/changes/",
        "/services/fw-05/history/",
        f"/on/{today}/services/fw-05/",
    ):
        shown = read(address, path)
        assert PHONE in shown, path
        assert HALF not in shown.replace("负责监督管理标准化工作。贯彻国家和省", ""), path
    assert "电话更正" in read(address, "/feeds/editions.atom")
    assert PHONE not in read(address, "/editions/2017-12/services/fw-05/")
    assert "贯彻国家和省标准化工作" in read(address, "/duties/zz-04/")
    text = printed(address, "/list.pdf")
    assert PHONE in text
    assert "贯彻国家和省标准化工作" in text
    yesterday = today - datetime.timedelta(days=1)
    assert PHONE not in read(address, f"/on/{yesterday}/services/fw-05/")


PAGES = [
    "/admin/",
    "/admin/editions/edition/",
    "/admin/editions/edition/compile/",
    "/admin/editions/edition/compile/{draft}/",
    "/admin/editions/edition/compile/{draft}/submit/",
    "/admin/editions/edition/compile/{draft}/discard/",
    "/admin/editions/edition/{came_back}/change/",
    "/admin/editions/edition/{came_back}/do/withdrawn/",
    "/admin/editions/edition/{came_back}/do/reply_recorded/",
    "/admin/editions/edition/restore/services/FW-06/",
    "/admin/annual/",
    "/admin/annual/2026/",
    "/admin/annual/2026/none/",
    "/admin/preview/draft-{draft}/services/fw-06/",
    "/admin/preview/draft-{draft}/changes/",
    "/admin/services/service/5/change/",
    "/admin/duties/duty/5/change/",
    "/admin/supervision/regime/1/change/",
    "/admin/supervision/chapter/8/change/",
    "/admin/laws/law/1/change/",
    "/admin/editions/edition/checkup/",
    "/admin/editions/edition/checkup/add/",
    "/admin/editions/edition/checkup/{finding}/",
    "/admin/editions/edition/checkup/of/{came_back}/",
    "/admin/laws/knownlaw/1/change/",
    "/admin/second-factor/setup/",
    "/admin/manual/",
]


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Watched:
    """王芳's, who is signed in."""
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": 800})
    sign_in_as("wangfang2", page, address)
    return Watched(page, address)


@pytest.fixture(scope="module")
def numbers(desk: Watched, address: str) -> dict[str, str]:
    """Of the edition that came back, the draft and the first finding, as the lists link there."""
    page = desk.page
    page.goto(f"{address}/admin/editions/edition/?q=2029-01")
    link = page.get_by_role("link", name="2029-01").get_attribute("href") or ""
    number = link.split("/edition/")[1].split("/")[0]
    page.goto(f"{address}/admin/")
    draft = page.get_by_role("link", name="2029-02 版的拟稿").get_attribute("href") or ""
    page.goto(f"{address}/admin/editions/edition/checkup/")
    finding = (page.locator(".finding .acts a").first.get_attribute("href") or "").rstrip("/").split("/")[-1]
    return {"came_back": number, "finding": finding, "draft": draft.split("/compile/")[1].rstrip("/")}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_desk_is_readable_by_everybody_and_the_policy_finds_nothing_to_say(
    desk: Watched, address: str, numbers: dict[str, str], path: str
) -> None:
    desk.said.clear()  # axe styles what it measures
    answer = desk.page.goto(address + path.format(**numbers))
    assert answer is not None
    assert answer.status == 200
    assert desk.said == []
    assert barriers(desk.page) == []


def change(page: Page, address: str, item: str, fields: dict[str, str], reason: str) -> None:
    page.goto(f"{address}/admin/editions/edition/row/{item}/")
    for label, text in fields.items():
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("变更理由").fill(reason)
    follow(page.get_by_role("button", name="保存", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("成功")


def compile_and_submit(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/admin/")
    follow(page.get_by_role("link", name="编制新版本").first)
    page.get_by_label(f"编入 {code}").check()
    page.get_by_label("种类").select_option("correction")
    page.get_by_label("修订说明").fill("电话更正")
    save_and_submit(page)


def save_and_submit(page: Page) -> None:
    follow(page.get_by_role("button", name="保存拟稿，看结果"))
    follow(page.get_by_role("link", name="预览全本"))
    expect(page.locator(".previewing")).to_contain_text("没有公布")
    page.go_back()
    follow(page.get_by_role("link", name="送审"))
    page.get_by_label("体检提醒的说明").fill("原清单的文字，另行更正")
    follow(page.get_by_role("button", name="送审"))
    expect(page.locator(".messagelist")).to_contain_text("已送审")


def read(address: str, path: str) -> str:
    """As a citizen, without an account and without JavaScript; the redline of a text is read as one."""
    with urllib.request.urlopen(address + path) as response:
        shown: str = response.read().decode()
    return shown


def printed(address: str, path: str) -> str:
    import pypdfium2

    for _ in range(60):
        with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(address + path) as response:
            document = pypdfium2.PdfDocument(response.read())
            break
        time.sleep(1)
    pages = (page.get_textpage().get_text_bounded() for page in document)
    return "".join("".join(pages).split())


def test_what_was_typed_is_not_left_by_mistake_and_outlives_the_session(
    address: str, sign_in: Callable[[str], Page]
) -> None:
    page, asked = sign_in("wangfang2"), []
    row = f"{address}/admin/editions/edition/row/services/FW-07/"

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(row)
    page.get_by_role("link", name="手册").click()  # nothing was typed: nothing is asked
    page.wait_for_url(f"{address}/admin/manual/")
    page.goto(row)
    box = page.locator("#id_phones")
    box.click()
    box.fill("0316-5255990")
    page.get_by_role("link", name="手册").click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert box.input_value() == "0316-5255990"

    page.context.add_cookies([{"name": "sessionid", "value": "over" * 8, "url": address}])
    page.get_by_label("变更理由").fill("换了电话")
    follow(page.get_by_role("button", name="保存", exact=True))
    expect(page.locator(".errornote")).to_contain_text("填的内容还在")
    page.fill("#id_username", "wangfang2")
    page.fill("#id_password", PASSWORD)
    follow(page.get_by_role("button", name="登录"))
    follow(page.get_by_role("button", name="接着提交"))
    expect(page.locator(".messagelist")).to_contain_text("成功")
    page.goto(row)
    assert page.locator("#id_phones").input_value() == "0316-5255990"
    assert asked == ["beforeunload"]
