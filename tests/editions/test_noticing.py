"""Whoever is next gets a letter, where a mail server is configured; what cannot be sent stops nothing."""

import email
import socket
from collections.abc import Iterator
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.acting import Hands, approve, make_hands, make_submitted
from tests.conftest import change_account, form_of, make_account, signed_in


class Postbox:
    """What a real mail server was given."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], Any]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((sorted(envelope.rcpt_tos), letter))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    yield box
    controller.stop()


@pytest.fixture
def hands(own_database: Any) -> Hands:
    own_database()
    made = make_hands()
    for account in (made.editor, made.clerk, made.reviewer, made.director):
        change_account(account, email=f"{account.username}@zj.example")
    return made


def test_each_act_is_told_to_whoever_is_next(hands: Hands, postbox: Postbox) -> None:
    edition = make_submitted(hands)
    edition.review(by=hands.reviewer)
    edition.sign(by=hands.director)
    approve(edition, hands)
    edition.issue(by=hands.director)
    told = [to for to, _ in postbox.letters]
    reviewer, director = ["sunli@zj.example"], ["zhouzheng@zj.example"]
    editor = "wangfang2@zj.example"
    enter, confirm = ["hewen@zj.example", "sunli@zj.example", editor], ["sunli@zj.example", editor]  # 何文 entered it
    assert told == [reviewer, director, enter, confirm, director, [editor]]
    _, letter = postbox.letters[0]
    assert letter["Subject"] == f"责任清单 {edition.label} 版：送审"
    body = letter.get_content()
    assert "等法规审核。" in body
    assert f"/admin/editions/edition/{edition.pk}/change/" in body
    assert "0316" not in body  # what is not public yet stays in the portal
    assert "wangfang2@" not in str(letter)  # nobody sees the addresses of the others


def test_what_came_back_is_told_to_the_submitter(hands: Hands, postbox: Postbox) -> None:
    edition = make_submitted(hands)
    edition.send_back(by=hands.reviewer, reason="电话有误")
    to, letter = postbox.letters[-1]
    assert to == ["wangfang2@zj.example"]
    assert "电话有误" in letter.get_content()


def test_a_letter_that_cannot_be_sent_stops_nothing(hands: Hands, postbox: Postbox, settings: Any, caplog: Any) -> None:
    settings.EMAIL_PORT = 1
    edition = make_submitted(hands)
    edition.review(by=hands.reviewer)
    assert edition.state == "reviewed"
    assert "no notice sent" in caplog.text
    assert postbox.letters == []


def test_an_act_that_is_rolled_back_tells_nobody(hands: Hands, postbox: Postbox) -> None:
    from django.db import transaction

    edition = make_submitted(hands)
    told = len(postbox.letters)
    with transaction.atomic():
        edition.review(by=hands.reviewer)
        transaction.set_rollback(True)
    assert len(postbox.letters) == told


def test_without_a_mail_server_nothing_is_sent(hands: Hands, postbox: Postbox, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    make_submitted(hands)
    assert postbox.letters == []


def test_the_keeper_enters_the_address_of_an_account(zhao: Any, li: Any) -> None:
    from django.urls import reverse

    client, url = signed_in(zhao), reverse("admin:accounts_account_change", args=[li.pk])
    groups = [str(group.pk) for group in li.groups.all()]
    form = form_of(client.get(url)) | {"email": "liqiang@zj.example", "groups": groups, "reason": "收办件通知"}
    client.post(url, form)
    li.requests.get(decision=None).confirm(by=make_account("zhengming", "审计", "郑", "明"))
    li.refresh_from_db()
    assert li.email == "liqiang@zj.example"
