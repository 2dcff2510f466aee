"""The hands that an edition goes through, and editions as far along as a test needs them.

王芳 puts it together, 孙丽 reviews, 周正 signs and issues, 何文 enters the county's reply and 孙丽 confirms it.
"""

import contextlib
import datetime
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from duties.models import Duty, WorkItem
from editions.form.frames import Frame
from editions.life.edition import Edition
from editions.life.timeline import Remark, Reply
from editions.register.comparison import compare
from editions.register.picking import pick
from editions.register.register import compose
from offices.models import Office
from portal.models import ErrorReport
from services.models import Service
from tests.conftest import make_account, make_additions
from verbatim.documents import digest

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Hands:
    editor: Any
    clerk: Any
    reviewer: Any
    director: Any


def make_hands() -> Hands:
    return Hands(
        editor=make_account("wangfang2", "编辑", "王", "芳"),
        clerk=make_account("hewen", "编辑", "何", "文"),
        reviewer=make_account("sunli", "法规审核", "孙", "丽"),
        director=make_account("zhouzheng", "局领导", "周", "正"),
    )


def change_a_phone(phone: str = "0316-5255908", code: str = "FW-05") -> tuple[str, str]:
    """What an editor changes in the working rows, and the key by which it is picked."""
    Service.objects.get(code=code).put(reason="换了电话", phones=phone)
    return "services", code


def on(day: datetime.date) -> AbstractContextManager[None]:
    """As at noon of that day."""
    return at(timezone.make_aware(datetime.datetime.combine(day, datetime.time(12))))


@contextlib.contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        yield


def first_day() -> datetime.date:
    """On which the next edition may become effective."""
    day: datetime.date = Edition.objects.first_possible_day()
    return day


def make_submitted(hands: Hands, *keys: tuple[str, str], **values: Any) -> Edition:
    base = Edition.objects.base()
    keys = keys or (change_a_phone(),)
    given: dict[str, Any] = {
        "label": f"{timezone.localdate():%Y-%m}",
        "kind": "adjustment",
        "effective_on": max(timezone.localdate(), base.effective_on + datetime.timedelta(days=1)),
        "change_note": "更换联系电话。",
        "checkup_word": "原清单的文字，另行更正。",
    }
    register = pick(base.register(), compose(), keys).register
    return Edition.submit(register, by=hands.editor, builds_on=base, **given | values)


def make_reply() -> Reply:
    return Reply.of("批复.pdf", PDF)


def approve(edition: Edition, hands: Hands) -> None:
    """The county's reply, entered and confirmed."""
    reply = {"authority": "文安县机构编制委员会", "number": "文编〔2026〕3号", "date": timezone.localdate()}
    edition.record_reply(make_reply(), by=hands.clerk, **reply)
    edition.confirm_reply(by=hands.reviewer, number=edition.approval_number, file=edition.approval_file)


def make_issued(hands: Hands, *keys: tuple[str, str], **values: Any) -> Edition:
    edition = make_submitted(hands, *keys, **values)
    edition.review(by=hands.reviewer)
    if edition.needs_approval:
        edition.sign(by=hands.director)
        approve(edition, hands)
    edition.issue(by=hands.director)
    return edition


def make_at(state: str, hands: Hands) -> Edition:
    """An edition in that state, by the acts that lead there."""
    if state == "transcribed":
        return Edition.objects.get(state=state)
    if state == "issued":
        return make_issued(hands)
    edition = make_submitted(hands)
    if state == "withdrawn":
        edition.withdraw(by=hands.editor, reason="写错了")
    elif state == "returned":
        edition.send_back(by=hands.reviewer, reason="电话有误", remarks=[Remark(text="核对电话")])
    elif state in ("reviewed", "signed"):
        edition.review(by=hands.reviewer)
        if state == "signed":
            edition.sign(by=hands.director)
    return edition


def receive_report(**given: Any) -> ErrorReport:
    """What a citizen reported of a service; she reads the answer at /corrections/of/manual/."""
    item = {"label": "2017-12", "kind": "services", "code": "FW-06", "title": "计量服务", "quoted": "计量服务"}
    return ErrorReport.receive(secret="manual", said="号码换了，打不通。", may_be_public=True, **item, **given)


def make_report(*, by: Any) -> ErrorReport:
    """The same, answered in public."""
    report = receive_report()
    report.reply(by=by, text="号码没有换。", question="计量服务的电话对不对？")
    return report


def make_worked() -> None:
    """A portal that has been worked with: something in every table to which is only added."""
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.contrib.contenttypes.models import ContentType

    from accounts.models import Account, Visit
    from cases.models import PublishedStandards, Subscription
    from editions.checkup.rulings import OwnFinding, Ruling, SecondOpinion
    from portal.annual.checks import open_check
    from portal.answers import search
    from portal.answers.models import PublishedVocabulary, UnansweredQuestion
    from portal.answers.vocabulary import Unsaid
    from portal.models import Confirmation
    from services.models import Event
    from tests.cases.people import (
        WEIGHED,
        assess,
        conclude,
        file,
        issue,
        make_case,
        make_cases_of_every_sort,
        make_evidence,
        make_file,
        make_inspection,
        make_measure_of_every_sort,
        make_people,
        make_testing,
        weigh,
    )

    make_additions()
    hands = make_hands()
    edition = make_issued(hands)
    search.index(edition)
    waiting = make_submitted(hands, change_a_phone("0316-5250001", "FW-06"), label="2031-01")
    waiting.review(by=hands.reviewer)
    remark = Remark(text="核对电话")
    waiting.remark(remark, by=hands.reviewer)
    waiting.answer(remark, "已核对", by=hands.clerk)
    Event.objects.get().announce(hands.director)
    check = open_check(by=hands.director, note="")
    by = {"by": hands.editor, "by_name": "王芳"}
    Confirmation.objects.create(check_of=check, kind="services", code="FW-01", digest="0" * 64, **by)
    place = {"kind": "services", "code": "FW-01", "text": "三", "sentence": "应为叁", **by}
    found = OwnFinding.objects.create(**place)
    SecondOpinion.objects.create(own_finding=found, agrees=False, reason="没有错", by=hands.reviewer, by_name="孙丽")
    Ruling.objects.create(key="0" * 64, rule="by-hand", verdict="accepted", reason="原文如此", **place)
    for kind in (PublishedVocabulary, PublishedStandards):
        kind.publish(hands.director, shown=digest(kind.composed().canonical()))
    make_report(by=hands.editor)
    UnansweredQuestion.note("社保卡丢了", Unsaid.NOTHING)
    Visit.objects.create(what=Visit.What.CAME, username="wangfang2", account=hands.editor)
    people = make_people()
    case = file(make_case(people), people)
    case.read_party(people.officer)
    case.inspect(make_inspection(people), by=people.officer)
    make_measure_of_every_sort(case, people)
    testing = make_testing()
    case.send_for_testing(testing, by=people.officer)
    case.receive_result(testing, by=people.officer, received_on=timezone.localdate(), conclusion="不合格")
    case.keep_evidence(make_evidence(people), by=people.officer, file=make_file())
    case.attach(make_file("存错了"), by=people.officer)
    case.void_attachment(case.attachments.last(), by=people.officer, reason="存错了")
    weigh(case, people)
    case.take_out(case.attachments.first(), people.auditor)
    conclude(case, people, **WEIGHED)
    make_cases_of_every_sort(people)
    assess(people)
    Subscription.begin(people.officer)
    case.void_paper(issue(case, people, 3), by=people.officer, reason="住址写错")
    content = ContentType.objects.get_for_model(Account)
    LogEntry.objects.create(user=hands.director, content_type=content, object_repr="甲", action_flag=CHANGE)


def make_years(hands: Hands) -> None:
    """Three editions after the first: 2018-03 with changes of every sort, 2018-05 that was revoked in June, and 2018-09
    that builds on 2018-03 again."""
    duty, item = Duty.objects.get(code="ZZ-01"), WorkItem.objects.get(code="ZZ-02-01")
    with on(datetime.date(2018, 3, 1)):
        change_a_phone("0316-5255906", "FW-06")
        duty.put(reason="三定", text=duty.text.replace("组织", "牵头组织"))
        item.put(reason="改股室", offices="稽查股")
        Service.objects.get(code="FW-02").put(reason="不再办", retired_on=datetime.date(2018, 3, 1))
        Service(code="FW-11", serial="11", position=11, title="检验报告查询", content="在窗口查询检验报告。").save(
            reason="新增"
        )
        Service.objects.get(code="FW-09").put(reason="排前", position=0)
        Office.objects.get(code="GS-02").put(reason="换号", phones="0316-5255999")
        Frame.objects.get(part="services").put(reason="改注", notes="本表每年更新一次。")
        keys = [change.key for change in compare(Edition.objects.base().register(), compose())]
        reasons = {"services FW-06": "原电话停用", "duties ZZ-01": "按三定规定修改"}
        make_issued(hands, *keys, change_note="按机构改革调整。", reasons=reasons)
    with on(datetime.date(2018, 5, 1)):
        revoked = make_issued(
            hands, change_a_phone("0316-5255907", "FW-06"), kind="correction", change_note="更正电话。"
        )
    with on(datetime.date(2018, 6, 10)):
        revoked.revoke(by=hands.director, reason="更正有误。")
    with on(datetime.date(2018, 9, 1)):
        duty.put(reason="文字", note="由办公室汇总")
        reasons = {"duties ZZ-01": "写明汇总的股室"}
        make_issued(hands, ("duties", "ZZ-01"), change_note="补充备注。", reasons=reasons)
