"""Every morning whoever has something late or soon gets a letter, where a mail server is configured."""

import datetime
import io
import re
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command

from cases.desk import digest
from tests.acting import on
from tests.cases.people import People, make_case, make_foreign_case, make_people, who_sees
from tests.conftest import change_account

DAY = datetime.date(2026, 11, 26)
LATE, SOON = datetime.date(2026, 11, 3), datetime.date(2026, 11, 5)
WITH_MAIL = ("officer", "stranger", "chief", "director")


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with on(DAY):
        yield


@pytest.fixture
def people(db: None, settings: Any) -> People:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    made = make_people()
    for name in WITH_MAIL:
        change_account(getattr(made, name), email=f"{name}@zj.example")
    return made


def sent() -> str:
    said = io.StringIO()
    call_command("send_case_digest", stdout=said)
    return said.getvalue()


def letters() -> dict[str, str]:
    return {letter.to[0].removesuffix("@zj.example"): str(letter.body) for letter in mail.outbox}


def test_it_says_what_is_late_and_what_is_soon(people: People) -> None:
    case = make_case(people, found_on=LATE)
    make_case(people, found_on=SOON)
    make_case(people, found_on=DAY)
    assert sent() == "发出 3 封。\n"
    body = letters()["officer"]
    assert body.startswith("您的案件期限：已逾期 1 项，即将到期 1 项。\n")
    assert "已逾期：案件 2026-0001，立案或者不予立案，2026-11-24（星期二）截止，已过 2 天" in body
    assert f"http://127.0.0.1:8000/admin/cases/case/{case.pk}/change/" in body
    assert "即将到期：案件 2026-0002，立案或者不予立案，2026-11-26（星期四）截止，今天到期" in body
    assert "2026-0003" not in body
    assert body.endswith("全部期限和待办：http://127.0.0.1:8000/admin/cases/case/worklist/")
    assert {letter.subject for letter in mail.outbox} == {"案件期限：已逾期 1 项，即将到期 1 项"}


def test_everybody_is_told_of_the_cases_that_are_theirs_to_see(people: People) -> None:
    make_case(people, found_on=LATE)
    make_foreign_case(people, found_on=LATE)
    sent()
    told = {name: set(re.findall(r"案件 (\d{4}-\d{4})", body)) for name, body in letters().items()}
    expected = who_sees("2026-0001", "2026-0002")
    assert told == {name: expected[name] for name in WITH_MAIL}


def test_nothing_in_it_is_about_a_person(people: People) -> None:
    make_case(people, found_on=LATE)
    sent()
    written = "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)
    assert not [word for word in ("王", "高远", "台秤") if word in written]


def test_who_has_nothing_late_or_soon_gets_none(people: People) -> None:
    make_case(people, found_on=DAY)
    assert sent() == "发出 0 封。\n"
    assert mail.outbox == []


def test_who_has_left_gets_none(people: People) -> None:
    make_case(people, found_on=LATE)
    people.officer.is_active = False
    people.officer.save()
    sent()
    assert "officer" not in letters()


def test_a_letter_is_no_longer_than_somebody_reads(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "MOST", 2)
    for _ in range(3):
        make_case(people, found_on=LATE)
    sent()
    assert "还有 1 项没有列出" in letters()["officer"]
    assert "2026-0003" not in letters()["officer"]


def test_without_a_mail_server_it_says_so_and_sends_none(people: People, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    make_case(people, found_on=LATE)
    assert sent() == "没有设置邮件服务器（EMAIL_HOST），没有发信。\n"
    assert mail.outbox == []


def test_one_address_that_fails_stops_no_other(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case(people, found_on=LATE)
    deliver = locmem.EmailBackend.send_messages

    def refusing(self: Any, messages: Any) -> Any:
        if "director@zj.example" in messages[0].to:
            raise SMTPRecipientsRefused({"director@zj.example": (550, b"no such user")})
        return deliver(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing)
    with pytest.raises(SystemExit) as ended:
        call_command("send_case_digest")
    assert ended.value.code == 1
    assert sorted(letters()) == ["chief", "officer"]
    said = capsys.readouterr()
    assert said.out == "发出 2 封。\n"
    assert "没有送到：\ndirector@zj.example" in said.err
