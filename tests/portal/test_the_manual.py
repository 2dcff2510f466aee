"""The manual: every act of every hand is walked through in the running portal, and its picture taken.

`make pictures` keeps the pictures (PICTURES=1); every other run takes them too, and looks whether those that are kept
were taken of the templates and styles as they are.
"""

import datetime
import hashlib
import io
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from accounts import roles
from accounts.models import Account
from cases.models import Band, Officer, Provision, Standard
from editions.desk.drafts import Draft
from portal.answers.vocabulary import Unsaid
from portal.models import AnnualCheck, Saying, UnansweredQuestion
from tests.acting import change_a_phone, first_day, make_at, make_hands, make_submitted, receive_report
from tests.browsing import Watched, chromium, follow
from tests.cases.people import (
    conclude,
    draft_publicity,
    file,
    made_public,
    make_case,
    make_committee,
    make_inspection,
    make_measure,
    make_meeting,
    make_people,
    qualify,
    weigh,
)
from tests.conftest import BASE, make_account, own_databases, served
from tests.services.test_announcing_an_event import make_event

MANUAL = BASE / "docs" / "手册.md"
PICTURES = BASE / "docs" / "pictures" / "manual"
TAKEN_OF = PICTURES / "taken-of.txt"
PASSWORD = "Manual-2026-list"
COLOURS = 64

DO = "/admin/editions/edition/{}/do/"
TOUR = [
    ("home", "", "/"),
    ("answer", "", "/search/?q=谁管烟花爆竹运输"),
    ("login", "", "/admin/login/"),
    ("password", "wangfang2", "/admin/password_change/"),
    ("second-factor", "zhouzheng", "/admin/second-factor/setup/"),
    ("desk-editor", "wangfang2", "/admin/"),
    ("row", "wangfang2", "/admin/editions/edition/row/services/FW-05/"),
    ("history", "wangfang2", "/admin/services/service/6/history/"),
    ("restore", "wangfang2", "/admin/editions/edition/restore/services/FW-06/"),
    ("search", "wangfang2", "/admin/search/?q=5255905"),
    ("order", "wangfang2", "/admin/duties/workitem/order/5/"),
    ("text", "wangfang2", "/admin/supervision/regime/14/text/"),
    ("paste", "wangfang2", "/admin/duties/workitem/paste/?owner=5"),
    ("import", "wangfang2", "/admin/services/service/import/"),
    ("checkup", "wangfang2", "/admin/editions/edition/checkup/"),
    ("finding", "wangfang2", "{finding}"),
    ("own-finding", "wangfang2", "/admin/editions/edition/checkup/add/"),
    ("sayings", "wangfang2", "/admin/portal/saying/?q=电梯"),
    ("saying-of-question", "wangfang2", "/admin/portal/unansweredquestion/{question}/saying/"),
    ("publish-sayings", "wangfang2", "/admin/portal/saying/publish/"),
    ("error-report-form", "", "/corrections/?about=services/fw-06"),
    ("error-report", "wangfang2", "/admin/portal/errorreport/{report}/change/"),
    ("compile", "wangfang2", "/admin/editions/edition/compile/"),
    ("preview", "wangfang2", "/admin/preview/draft-{draft}/services/fw-06/"),
    ("submit", "wangfang2", "/admin/editions/edition/compile/{draft}/submit/"),
    ("reply", "hewen", DO.format("{signed}") + "reply_recorded/"),
    ("desk-chief", "liqiang", "/admin/"),
    ("row-chief", "liqiang", "/admin/editions/edition/row/duties/ZZ-02/"),
    ("export", "liqiang", "/admin/services/service/export/"),
    ("annual-office", "liqiang", "/admin/annual/2026/gs-02/"),
    ("event", "liqiang", "/admin/services/event/{event}/change/"),
    ("announce", "liqiang", "/admin/services/event/{event}/announce/"),
    ("review", "sunli", "/admin/editions/edition/{submitted}/change/"),
    ("review-act", "sunli", DO.format("{submitted}") + "reviewed/"),
    ("return-act", "sunli", DO.format("{submitted}") + "returned/"),
    ("dictionary", "sunli", "/admin/laws/term/"),
    ("standards", "sunli", "/admin/cases/provision/"),
    ("desk-director", "zhouzheng", "/admin/"),
    ("publish-standards", "zhouzheng", "/admin/cases/standard/publish/"),
    ("issue", "zhouzheng", DO.format("{reviewed}") + "issued/"),
    ("revoke", "zhouzheng", DO.format("{transcribed}") + "revoked/"),
    ("annual", "zhouzheng", "/admin/annual/"),
    ("timeline", "zhengshenji", "/admin/editions/edition/{signed}/change/#timeline"),
    ("visits", "zhengshenji", "/admin/accounts/visit/"),
    ("roll", "zhengshenji", "/admin/cases/case/roll/"),
    ("case", "gaoyuan", "/admin/cases/case/{case}/change/"),
    ("weighed", "gaoyuan", "/admin/cases/case/{case}/do/concluded/"),
    ("case-act", "zhouzheng2", "/admin/cases/case/{reviewed_case}/do/filed/"),
    ("vote", "hewen2", "/admin/cases/case/{put_to_the_vote}/do/voted/"),
    ("paper", "gaoyuan", "/admin/cases/case/{case}/do/paper_issued/?what=16-{measure}"),
    ("worklist", "gaoyuan", "/admin/cases/case/worklist/"),
    ("publicity", "shilei", "/admin/cases/case/{drafted}/do/publicity_released/"),
    ("decision", "", "/cases/1/"),
    ("accounts", "zhaomin", "/admin/accounts/account/"),
    ("account-add", "zhaomin", "/admin/accounts/account/add/"),
]


def as_they_are() -> str:
    """The digest of what the pages look like: templates and styles."""
    seen = hashlib.sha256()
    for path in sorted([*(BASE / "templates").rglob("*.html"), *(BASE / "static").rglob("*.css")]):
        if "print" not in path.parts:
            seen.update(f"{path.relative_to(BASE)}\n".encode() + path.read_bytes())
    return seen.hexdigest()


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A bureau in the middle of its work, served: what stands in the braces of the tour."""
    with own_databases(django_db_blocker) as own_database:
        name = own_database()
        hands = make_hands()
        make_account("liqiang", roles.CHIEF, "李", "强", office="GS-02")
        make_account("zhengshenji", roles.AUDITOR, "郑", "明")
        make_account("zhaomin", roles.SYSADMIN, "赵", "敏")
        cases = make_cases()
        for account in Account.objects.all():
            account.set_password(PASSWORD)
            account.save()
        signed = make_at("signed", hands)
        reviewed = make_submitted(hands, change_a_phone("0316-5255908"), label="2027-02", kind="correction")
        reviewed.review(by=hands.reviewer)
        submitted = make_submitted(hands, change_a_phone("0316-5255906", "FW-06"), label="2027-03")
        change_a_phone("0316-5255909", "FW-06")
        draft = Draft(by=hands.editor, label="2027-04", kind="correction", effective_on=first_day())
        draft.change_note, draft.picks = "更正计量服务的电话。", [["services", "FW-06"]]
        draft.save(force_insert=True)
        AnnualCheck.objects.create(year=2026, by=hands.director, by_name="周正", note="请在年底以前核对完。")
        make_band()
        event = make_event()
        UnansweredQuestion.note("家里刨冰机不吸烟找谁", Unsaid.NOTHING)
        Saying(said="刨冰机").put(reason="有人问", means="产品质量")
        report = receive_report(proposed="计量检定服务")
        with served(name) as at:
            yield {
                "address": at,
                "signed": signed.pk,
                "reviewed": reviewed.pk,
                "submitted": submitted.pk,
                "draft": draft.pk,
                "transcribed": signed.builds_on_id,
                "event": event.pk,
                "report": report.pk,
                "question": UnansweredQuestion.objects.get().pk,
                **cases,
            }


def make_band() -> None:
    """Entered, and not published yet."""
    of = {"standard": Standard.objects.get(code="JZ-03"), "provision": Provision.objects.get(code="FZ-05")}
    Band(**of, grade="从轻", kind="罚款", by="sum", low=0, high=200).put(reason="录入")


def make_cases() -> dict[str, int]:
    """One that is investigated, one that waits to be filed, and one on which the committee sits."""
    people = make_people()
    qualify(people.auditor)
    case, waiting, sat_on = (make_case(people, party_name=f"{name}有限公司", party_kind="organisation")
                             for name in ("甲商贸", "乙物业", "丙加油站"))  # fmt: skip
    measure = make_measure(people)
    file(case, people).take_measure(measure, by=people.officer)
    case.inspect(make_inspection(people), by=people.officer)
    weigh(case, people)
    waiting.propose_filing(by=people.officer)
    waiting.review_filing(by=people.chief)
    conclude(file(sat_on, people), people).audit(by=people.auditor, reason="事实清楚")
    members = make_committee(people)
    meeting = make_meeting(members, sat_on.conclusion())
    sat_on.meet(meeting, by=people.auditor, present=members, reason="委员名单已核对")
    for row in (Officer(account=people.other_chief, certificate="冀R1010", since=datetime.date(2026, 12, 1)),
                Officer.objects.get(account=people.stranger)):  # fmt: skip
        row._history_user = people.auditor
        row.put(reason="年检", until=datetime.date(2031, 11, 30))
    drafted, _ = (made_public(make_case(people, party_name=f"{name}衡器店", party_kind="organisation"), people)
                  for name in ("丁", "戊"))  # fmt: skip
    draft_publicity(drafted, people, mends="内容概述写错了", outline="使用检定过期的台秤")
    return {
        "case": case.pk,
        "reviewed_case": waiting.pk,
        "put_to_the_vote": sat_on.pk,
        "measure": measure.pk,
        "drafted": drafted.pk,
    }


@pytest.fixture(scope="module")
def browser(places: Any) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def small(picture: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def test_every_act_has_its_picture_from_the_running_portal(browser: Browser, places: dict[str, Any]) -> None:
    address, pages = places["address"], {}
    for username in dict.fromkeys(who for _, who, _ in TOUR):
        context = browser.new_context(viewport={"width": 1100, "height": 720}, locale="zh-CN")
        watched = pages[username] = Watched(context.new_page(), address)
        if username:
            page = watched.open("/admin/login/")
            page.fill("#id_username", username)
            page.fill("#id_password", PASSWORD)
            follow(page.get_by_role("button", name="登录"))
    found = (
        pages["wangfang2"]
        .open("/admin/editions/edition/checkup/")
        .locator(".finding .acts a", has_text="JG-08")
        .first.get_attribute("href")
    )
    taken = {}
    for name, who, path in TOUR:
        page = pages[who].page
        answer = page.goto(address + path.format(**places, finding=found))
        assert answer is not None, name
        assert answer.status == 200, (name, page.url)
        assert "default-src 'none'" in answer.headers["content-security-policy"], name
        assert pages[who].said == [], name
        taken[name] = page.screenshot()
    assert set(re.findall(r"\(pictures/manual/([\w-]+)\.png\)", MANUAL.read_text(encoding="utf-8"))) == set(taken)
    if os.environ.get("PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, picture in taken.items():
            (PICTURES / f"{name}.png").write_bytes(small(picture))
        TAKEN_OF.write_text(as_they_are() + "\n")


def test_the_pictures_are_of_the_pages_as_they_are() -> None:
    assert TAKEN_OF.read_text().strip() == as_they_are(), "界面改了，手册里的图是旧的：请运行 make pictures"
    assert {path.stem for path in PICTURES.glob("*.png")} == {name for name, _, _ in TOUR}


def test_the_desk_leads_to_the_manual_and_its_pictures_show(browser: Browser, places: dict[str, Any]) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(f"{places['address']}/admin/login/")
    page.fill("#id_username", "zhengshenji")
    page.fill("#id_password", PASSWORD)
    follow(page.get_by_role("button", name="登录"))
    follow(page.get_by_role("link", name="手册"))
    assert page.locator("h2", has_text="股长").count() == 1
    broken = page.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).length")
    assert broken == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
