"""The hands that an edition goes through, and editions as far along as a test needs them.

王芳 puts it together, 孙丽 reviews, 周正 signs and issues, 何文 enters the county's reply and 孙丽 confirms it.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from editions.models import Edition, Remark, Reply
from editions.picking import pick
from editions.register import compose
from services.models import Service
from tests.conftest import make_account

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


def make_submitted(hands: Hands, *keys: tuple[str, str], **values: Any) -> Edition:
    base = Edition.objects.base()
    keys = keys or (change_a_phone(),)
    given: dict[str, Any] = {
        "label": f"{timezone.localdate():%Y-%m}",
        "kind": "adjustment",
        "effective_on": max(timezone.localdate(), base.effective_on + datetime.timedelta(days=1)),
        "change_note": "更换联系电话。",
    }
    register = pick(base.register(), compose(), keys).register
    return Edition.submit(register, by=hands.editor, builds_on=base, **given | values)


def make_reply() -> Reply:
    return Reply.of("批复.pdf", PDF)


def approve(edition: Edition, hands: Hands) -> None:
    """The county's reply, entered and confirmed."""
    reply = {"authority": "文安县机构编制委员会", "number": "文编〔2026〕3号", "date": timezone.localdate()}
    edition.record_reply(make_reply(), by=hands.clerk, **reply)
    edition.confirm_reply(by=hands.reviewer)


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
