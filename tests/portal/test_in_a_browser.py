"""In a real browser, on a phone and on a desk: readable, reachable by keyboard, clean under the policy."""

import contextlib
import datetime
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from services.models import Event
from tests.acting import make_hands, make_report, make_years
from tests.browsing import WIDTHS, Watched, barriers, barriers_here, chromium, follow, launched
from tests.conftest import make_account, make_additions, own_databases, served, setting_papers

PAGES = [
    "/",
    "/duties/",
    "/duties/zz-05/",
    "/boundaries/",
    "/boundaries/bj-01/",
    "/services/",
    "/services/fw-03/",
    "/supervision/",
    "/supervision/jg-14/",
    "/editions/",
    "/editions/2017-12/duties/zz-10/",
    "/editions/2018-05/",
    "/editions/2018-03/changes/",
    "/editions/2018-09/changes/2017-12/",
    "/editions/2017-12/changes/",
    "/services/fw-06/history/",
    "/services/fw-02/history/",
    "/offices/",
    "/offices/gs-02/",
    "/departments/",
    "/departments/bm-01/",
    "/laws/",
    "/laws/fl-14/",
    "/search/",
    "/search/?q=计量",
    "/search/?q=烟花爆竹+运输&part=boundaries",
    "/search/?q=锅炉税",
    "/search/?q=罐车漏了",
    "/search/?q=电梯",
    "/search/?q=社保卡丢了",
    "/search/?q=质量监督股是干什么的",
    "/editions/2017-12/search/?q=电梯",
    "/search/offline/",
    "/services/events/",
    "/data/",
    "/help/",
    "/map/",
    "/accessibility/",
    "/on/?day=2001-01-01",
    "/corrections/",
    "/corrections/?about=services/fw-06",
    "/corrections/answers/",
    "/corrections/offline/",
    "/corrections/of/manual/",
]
MISSING = ["/nope/", "/duties/zz-99/", "/services/fw-02/", "/on/2017-01-01/duties/"]
DESK = [
    "/admin/",
    "/admin/duties/duty/",
    "/admin/duties/duty/5/change/",
    "/admin/duties/duty/5/history/",
    "/admin/duties/workitem/import/",
    "/admin/duties/workitem/export/",
    "/admin/supervision/chapter/8/change/",
    "/admin/boundaries/matter/1/change/",
    "/admin/duties/workitem/order/5/",
    "/admin/duties/workitem/paste/?owner=5",
    "/admin/services/service/3/change/",
    "/admin/services/event/",
    "/admin/services/event/1/change/",
    "/admin/editions/edition/",
    "/admin/editions/edition/1/change/",
    "/admin/portal/errorreport/",
    "/admin/portal/errorreport/1/change/",
]


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The portal, served on a database of this file's own, where 王芳 has an account."""
    with own_databases(django_db_blocker) as own_database:
        name = own_database()
        account = make_account("wangfang", "编辑", "王", "芳")
        account.set_password("wenan-2017-list")
        account.save()
        make_additions()
        make_years(make_hands())
        event = Event.objects.get()
        event.put(reason="试", ends=datetime.time(11), offers="可以带家用血压计来免费检测。\n发放识假辨假手册。")
        event.announce(account)
        make_report(by=account)
        with served(name) as at, setting_papers(name):
            yield at


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("dress", ["", "/elder"])
@pytest.mark.parametrize("path", [*PAGES, *MISSING])
def test_public_pages_are_clean_and_fit(browser: Browser, address: str, path: str, dress: str) -> None:
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": 800})
    watched = Watched(page, address)
    assert barriers(watched.open(dress + path)) == []
    assert ["404" in said for said in watched.said] == [True] * (path in MISSING), watched.said
    page.close()


MODES: dict[str, dict[str, Any]] = {
    "a tablet": {"viewport": {"width": 768, "height": 900}},
    "a phone at night": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "at four times the size": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.mark.parametrize("mode", MODES)
def test_in_every_mode_nothing_keeps_a_reader_out(browser: Browser, address: str, mode: str) -> None:
    context = browser.new_context(**MODES[mode])
    page, found = context.new_page(), {}
    for path in [*PAGES, MISSING[0]]:
        page.goto(address + path)
        if said := barriers_here(page):
            found[path] = said
    context.close()
    assert found == {}


# Blocks of text with a line of more than 40 characters, by how many of their own characters it could hold.
LONG_LINES = """() => {
  const found = [];
  for (const block of document.querySelectorAll('main *, footer *')) {
    const style = getComputedStyle(block);
    const own = [...block.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !['block', 'list-item', 'table-cell', 'flow-root'].includes(style.display)) continue;
    if (block.closest('.hidden, .turn')) continue;
    const range = document.createRange(), lines = new Map();
    range.selectNodeContents(block);
    for (const box of range.getClientRects()) {
      const [left, right] = lines.get(Math.round(box.bottom / 6)) || [Infinity, 0];
      lines.set(Math.round(box.bottom / 6), [Math.min(left, box.left), Math.max(right, box.right)]);
    }
    const widest = Math.max(...[...lines.values()].map(([left, right]) => right - left)) / parseFloat(style.fontSize);
    if (widest > 40.5) found.push([widest, block.outerHTML.slice(0, 90)]);
  }
  return found;
}"""


def test_a_line_of_text_that_is_too_long_is_found(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for number, found in ((40, 0), (41, 1)):
        page.set_content(f"<!doctype html><main><p>{'字' * number}</p></main>")
        assert len(page.evaluate(LONG_LINES)) == found
    page.close()


@pytest.mark.parametrize("width", [1280, 768])
def test_no_line_of_text_is_longer_than_forty_characters(browser: Browser, address: str, width: int) -> None:
    page, found = browser.new_page(viewport={"width": width, "height": 900}), {}
    for path in [*PAGES, MISSING[0]]:
        page.goto(address + path)
        if said := page.evaluate(LONG_LINES):
            found[path] = said
    assert found == {}
    page.close()


GREY = "p { color: #777; background: #888 }"
FAULTY: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "everywhere": (f"<style>{GREY}</style><p>grey", [(1440, "light"), (1440, "dark"), (360, "light")]),
    "on a phone": (f"<style>@media (width < 400px) {{ {GREY} }}</style><p>grey", [(360, "light")]),
    "at night": (f"<style>@media (prefers-color-scheme: dark) {{ {GREY} }}</style><p>grey", [(1440, "dark")]),
    "at night, on the second of two grounds": (
        "<style>@media (prefers-color-scheme: dark) { p { color: #555; background: #fff } p + p { background: #777 } }"
        "</style><p>grey<p>grey",
        [(1440, "dark")],
    ),
    "at night, behind a veil": (
        "<style>@media (prefers-color-scheme: dark) { div { opacity: 0.3 } }</style><p>black<div><p>black</div>",
        [(1440, "dark")],
    ),
    "at night, on a ground that is seen through": (
        "<style>@media (prefers-color-scheme: dark) { p { background: #fffd } div { background: #000 }"
        " div p { background: #fff1 } }</style><p>black<div><p>black</div>",
        [(1440, "dark")],
    ),
    "in the document": ("<img src='data:,'>", [(1440, "light")]),
    "to the side": ("<p style='width: 900px'>x", [(360,)]),
}


@pytest.mark.parametrize("where", FAULTY)
def test_what_is_not_clean_is_found(browser: Browser, where: str) -> None:
    (page, found), shown = FAULTY[where], browser.new_page(viewport={"width": WIDTHS[0], "height": 800})
    shown.set_content(f"<!doctype html><html lang='zh-CN'><title>试</title><main><h1>试</h1>{page}</main></html>")
    said = barriers(shown)
    assert [tuple(each[:-2]) if len(each) == 4 else (each[0],) for each in said] == found, said
    shown.close()


# Of what a reader sees: text under 18 px or set too tight, paragraphs too close, targets too small.
FIGURES = """() => {
  const seen = element => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden'
    && !element.closest('.hidden, .skip');
  const faults = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (!own || !seen(element)) continue;
    if (size < 18) faults.push(['small text', size, element.outerHTML.slice(0, 90)]);
    const line = parseFloat(style.lineHeight) / size;
    if (line < 1.3) faults.push(['tight lines', line, element.outerHTML.slice(0, 90)]);
  }
  for (const paragraph of document.querySelectorAll('main p + p')) {
    if (!seen(paragraph) || paragraph.closest('.cover, .meta')) continue;
    const before = paragraph.previousElementSibling, style = getComputedStyle(before);
    const gap = parseFloat(style.marginBottom);
    if (seen(before) && gap < 1.3 * parseFloat(style.lineHeight) - 0.5)
      faults.push(['close paragraphs', gap, style.lineHeight, before.outerHTML.slice(0, 90)]);
  }
  for (const link of document.querySelectorAll('a, button')) {
    const box = link.getBoundingClientRect();
    if (seen(link) && (box.width < 59.5 || box.height < 59.5))
      faults.push(['small target', Math.round(box.width), Math.round(box.height), link.outerHTML.slice(0, 90)]);
  }
  return faults;
}"""


def test_the_large_dress_keeps_its_figures(browser: Browser, address: str) -> None:
    page = browser.new_page()
    watched, faults = Watched(page, address), {}
    for path in [*PAGES, *MISSING]:
        watched.open(f"/elder{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if said := page.evaluate(FIGURES)[:4]:
                faults[f"{path} {width}"] = said
    assert faults == {}, json.dumps(faults, ensure_ascii=False, indent=1)


def test_the_large_dress_is_put_on_and_off_on_every_page_and_stays_on(browser: Browser, address: str) -> None:
    page = Watched(browser.new_page(), address).open("/services/fw-10/")
    follow(page.get_by_role("link", name="长辈版"))
    assert page.url == f"{address}/elder/services/fw-10/"
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert re.fullmatch(r"https?://[^/]+/services/fw-10/", canonical)
    follow(page.locator(".name a"))
    assert page.url == f"{address}/elder/"
    page.goto(f"{address}/elder/editions/2017-12/duties/")
    follow(page.get_by_role("link", name="退出长辈版"))
    assert page.url == f"{address}/editions/2017-12/duties/"


def log_in(page: Page, address: str) -> Page:
    page.goto(f"{address}/admin/")
    page.fill("#id_username", "wangfang")
    page.fill("#id_password", "wenan-2017-list")
    follow(page.locator("input[type=submit]"))
    return page


def test_the_desk_is_clean_under_the_policy(browser: Browser, address: str) -> None:
    watched = Watched(browser.new_page(), address)
    page = log_in(watched.page, address)
    for path in DESK:
        watched.open(path)
        assert "责任清单管理" in page.title(), path
        page.set_viewport_size({"width": 360, "height": 800})  # what a phone loads more
        page.set_viewport_size({"width": 1440, "height": 800})
    assert watched.said == []


# What somebody types into that stands beside the page or under something else at its place.
OUT_OF_REACH = """() => [...document.querySelectorAll('.parts :is(input, select, textarea)')].filter(box => {
  const at = box.getBoundingClientRect();
  const table = box.closest('.tabular').getBoundingClientRect();
  return at.width && (at.left < table.left || at.right > table.right + 1 || at.right > innerWidth || at.width < 40);
}).map(box => box.name)"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "duties/duty/5",
        "supervision/regime/14",
        "supervision/chapter/8",
        "boundaries/matter/1",
        "boundaries/share/1",
        "services/service/3",
        "laws/law/1",
        "offices/department/1",
    ],
)
def test_every_cell_of_a_table_in_a_page_can_be_typed_into(
    browser: Browser, address: str, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    log_in(page, address)
    page.goto(f"{address}/admin/{path}/change/")
    if (add := page.locator(".add-row a").first).is_visible():  # where there is one at most, it may be there
        add.click()
    assert page.locator(".parts .dynamic-form, .parts tr.form-row").count() > 1
    assert page.evaluate(OUT_OF_REACH) == []
    page.close()


def test_a_row_is_moved_on_the_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    log_in(page, address)
    page.goto(f"{address}/admin/duties/workitem/order/5/")
    page.locator("tbody tr:nth-child(1) [name=down]").focus()
    for _ in range(2):
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("tbody .code").all_inner_texts()[:3] == ["ZZ-05-02", "ZZ-05-03", "ZZ-05-01"]
    assert "现在排第 3 位，还没有保存" in page.locator("[role=status]").inner_text()
    page.close()


def tab_to(page: Page, wanted: str, *, most: int = 250) -> None:
    """Press Tab until what is focused says this."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        said = (focused.inner_text() or focused.get_attribute("placeholder") or "").strip() if focused.count() else ""
        if said.endswith(wanted):
            assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none", wanted
            return
    raise AssertionError(f"Tab does not come to {wanted}")


# What a citizen comes for, by keyboard alone and without JavaScript: on a desk, on a phone, and with everything at
# twice and four times its size (a window of 1280 px that is zoomed to 200 % is laid out as one of 640 px).
READERS = {"desk": (1280, 1), "phone": (360, 2), "zoomed": (640, 2), "zoomed far": (320, 4)}


@pytest.fixture(params=READERS)
def reader(request: Any, browser: Browser, address: str) -> Iterator[Watched]:
    width, scale = READERS[request.param]
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}, device_scale_factor=scale
    )
    watched = Watched(context.new_page(), address)
    yield watched
    assert watched.said == []
    assert watched.page.locator("html").evaluate("e => e.scrollWidth") <= width  # nothing is lost to the side
    context.close()


def press(page: Page, wanted: str, leads_to: str) -> None:
    """One tap: go to it by keyboard, press it, be there."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to)


def ask(page: Page, question: str, field: str = "如：秤不准找谁") -> None:
    """Into the field of the first page: two taps, one into the field and one that sends it."""
    tab_to(page, field)
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")


def test_the_phone_for_complaints_is_one_tap_away(reader: Watched) -> None:
    page = reader.open("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    tab_to(page, "0316-5255911")
    assert page.locator(":focus").get_attribute("href") == "tel:03165255911"
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["y"] < 800  # on the first screen


def test_who_is_in_charge_of_moving_fireworks_is_asked_and_answered(reader: Watched) -> None:
    page = reader.open("/")
    ask(page, "谁管烟花爆竹运输")
    best = page.locator(".card.best")
    assert best.locator("h2").inner_text() == "县公安局"
    assert "依法查处烟花爆竹道路运输" in best.inner_text()
    box = best.locator("h2").bounding_box()
    assert box is not None
    assert box["y"] < 400  # without scrolling


def test_what_an_office_does_is_asked_and_answered(reader: Watched) -> None:
    page = reader.open("/")
    ask(page, "质量监督股管什么")
    assert "推进名牌发展战略" in page.inner_text("main")
    press(page, "质量监督股", "**/offices/gs-02/")
    assert "推进名牌发展战略" in page.inner_text("main")


def test_offices_and_their_phones_are_one_tap_away(reader: Watched) -> None:
    page = reader.open("/")
    press(page, "各股室、所", "**/offices/")
    assert "0316-5255908" in page.inner_text("main")


def test_one_clause_is_cited_with_two_taps(reader: Watched) -> None:
    page = reader.open("/supervision/jg-14/")
    clause = page.locator("#c3-2-1")
    clause.locator("summary").focus()
    page.keyboard.press("Enter")
    said = clause.locator(".cite p").inner_text()
    assert said.startswith(
        "文安县质量技术监督局责任清单（2017年12月），2018-09 版，JG-14 三、（二）1，自 2018-09-01 起施行"
    )
    address = said.rsplit("，", 1)[1]
    assert address.endswith("/editions/2018-09/supervision/jg-14/#c3-2-1")
    assert clause.locator("a.number").get_attribute("href") == address


@pytest.mark.parametrize("path", ["/boundaries/", "/boundaries/bj-01/", "/duties/zz-05/", "/supervision/jg-14/"])
def test_what_is_copied_stays_in_view(reader: Watched, path: str) -> None:
    page = reader.open(path)
    cite = page.locator(".register .cite, .clauses .cite").nth(1)
    cite.locator("summary").focus()
    page.keyboard.press("Enter")
    box = cite.locator("p").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("window.innerWidth")


def test_what_changed_is_two_taps_away(reader: Watched) -> None:
    page = reader.open("/")
    press(page, "这一版改了什么", "**/changes/")
    assert "共有" in page.inner_text("main")


def test_somebody_old_reads_large_letters_and_asks_there(reader: Watched) -> None:
    page = reader.open("/")
    press(page, "长辈版", "**/elder/")
    ask(page, "电梯困人", "如：电梯")
    assert "/elder/search/" in page.url
    assert page.locator(".emergency a").first.inner_text() == "119"
    assert float(page.locator(".best .quoted").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 18
    assert "特种设备安全股" in page.locator(".card.best h2").inner_text()


def test_an_error_is_reported_with_three_taps_and_what_is_typed(reader: Watched) -> None:
    page = reader.open("/services/fw-06/")
    press(page, "纠错", "**/corrections/?about=services/fw-06")
    page.get_by_label("哪里不对").focus()
    page.keyboard.type("号码换了，打不通。")
    page.wait_for_timeout(3000)  # nobody types quicker
    tab_to(page, "送出")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.get_by_label("请照抄").count():  # the readers before this one came from here too
        page.get_by_label("请照抄").focus()
        page.keyboard.type("计量服务")
        page.keyboard.press("Enter")
    page.wait_for_url("**/corrections/of/*/")
    assert "您的纠错已收到" in page.inner_text("h1")
    assert "标准计量股" in page.inner_text("main")


def test_where_colours_are_forced_the_current_column_alone_is_marked(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = Watched(context.new_page(), address).open("/duties/zz-01/")
    lines = page.locator("header.site nav a").evaluate_all(
        "all => all.map(a => [a.hasAttribute('aria-current'), getComputedStyle(a).borderBottomColor])"
    )
    current, others = ({colour for is_it, colour in lines if is_it is wanted} for wanted in (True, False))
    assert len(current) == len(others) == 1
    assert current != others
    context.close()


def test_a_citizen_downloads_the_pdf(reader: Watched) -> None:
    page = reader.open("/")
    tab_to(page, "下载整本 PDF")
    said = list(reader.said)
    with page.expect_response(lambda got: "pdf" in got.headers.get("content-type", ""), timeout=60_000) as answer:
        page.keyboard.press("Enter")  # a page says that it is being set, and comes again by itself
    page.locator("h1").wait_for(state="detached")  # no page of the portal is left, the PDF stands there
    assert page.url.endswith("/list.pdf")
    assert answer.value.headers["content-type"] == "application/pdf"
    content = page.context.request.get(answer.value.url).body()
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    reader.open("/")
    reader.said[:] = said  # what Chromium's own viewer of PDFs asks for is not the portal's


def test_no_link_is_broken_and_no_page_is_heavy(browser: Browser, address: str) -> None:
    """Every internal link of the public site, with the weight of each page with all that it brings."""
    waiting, weights, broken = ["/", "/search/?q=计量", "/elder/"], {}, []
    request = browser.new_context().request
    styles: dict[str, int] = {}
    while waiting:
        path = waiting.pop()
        if path in weights or path.startswith("/admin/"):
            continue
        if path.endswith(".pdf"):  # each is made in tests/portal/test_printing_….py
            continue
        answer = request.get(address + path)
        if answer.status != 200:
            broken.append((path, answer.status))
        body = answer.body()
        if not answer.headers["content-type"].startswith("text/html"):
            weights[path] = 0
            continue
        page = body.decode()
        for file in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)):
            if file not in styles:
                styles[file] = len(request.get(address + file).body())
        weights[path] = len(body) + sum(styles[f] for f in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)))
        links = re.findall(r'href="([^"#]+)', page)
        waiting += [html.unescape(link) for link in links if link.startswith("/") and not link.startswith("/static/")]
    assert broken == []
    assert len(weights) > 400
    assert {path: weight for path, weight in weights.items() if weight > 150 * 1024} == {}


FIT = """() => {
  const box = (each) => document.querySelector(each).getBoundingClientRect();
  const buttons = [...document.querySelectorAll("main .ask button, header.site .search button, main .ring")];
  const cut = buttons.map(({scrollHeight, clientHeight, scrollWidth, clientWidth}) =>
    Math.max(scrollHeight - clientHeight, scrollWidth - clientWidth));
  return [
    document.documentElement.scrollWidth,
    box("header.site .dress").top - box("header.site .name").bottom + 1,
    Math.max(0, ...cut),
  ];
}"""
"""How wide a page is, how far its buttons are below its name, how much of its own buttons does not fit."""


def test_on_a_phone_text_at_twice_the_size_loses_nothing(browser: Browser, address: str) -> None:
    """Larger letters, as a reader sets them, and not a larger page."""
    lost = []
    with contextlib.closing(launched(browser.browser_type, "--blink-settings=defaultFontSize=32")) as large:
        page = large.new_context(viewport={"width": 360, "height": 740}).new_page()
        for path in PAGES:
            page.goto(address + path)
            assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
            needed, below, cut = page.evaluate(FIT)
            lost += [(path, needed, below, cut)] * (needed > 360 or below < 0 or cut > 1)
    assert lost == []


def test_on_a_phone_a_finger_hits_what_it_aims_at(browser: Browser, address: str) -> None:
    page = Watched(browser.new_page(viewport={"width": 360, "height": 800}), address).open("/")
    page.locator("header.site summary").click()
    links = page.locator("header.site nav a, .part li a, .quick a, .strip a").all()
    assert len(links) > 38
    for link in links:
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44


def test_an_editor_changes_a_phone(browser: Browser, address: str) -> None:
    watched = Watched(browser.new_page(), address)
    page = watched.open("/admin/services/service/?q=FW-05")
    page.fill("#id_username", "wangfang")
    page.fill("#id_password", "wenan-2017-list")
    follow(page.locator("input[type=submit]"))
    follow(page.get_by_role("link", name="FW-05", exact=True))
    page.fill("#id_phones", "0316-5255908")
    follow(page.locator("input[name=_save]"))
    assert "请写明变更理由" in page.inner_text("body")
    page.fill("#id_change_reason", "补上认可日的电话")
    follow(page.locator("input[name=_save]"))
    assert "成功" in page.inner_text(".messagelist")
    follow(page.get_by_role("link", name="FW-05", exact=True))
    follow(page.get_by_role("link", name="历史"))
    row = page.locator("#change-history tbody tr").first.inner_text()
    assert "王芳" in row
    assert "补上认可日的电话" in row
    assert "0316-5255908" in row
    assert "未写明" in watched.open("/services/fw-05/").inner_text("main")  # not public by being saved


def test_pages_print_without_navigation(browser: Browser, address: str, tmp_path: Path) -> None:
    page = Watched(browser.new_page(), address).open("/duties/")
    page.emulate_media(media="print")
    assert not page.locator("header.site nav").is_visible()
    assert page.locator("table.register thead").is_visible()
    page.pdf(path=tmp_path / "duties.pdf", format="A4")
    assert (tmp_path / "duties.pdf").read_bytes().startswith(b"%PDF")
