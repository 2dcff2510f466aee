"""孙丽 keeps the standards, and 周正 lets the public read them: nobody publishes what they changed themselves."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import roles
from acts.errors import AlreadyDone, Refused
from cases import hands
from cases.discretion.documents import composed
from cases.discretion.publication import PublishedStandards
from cases.models import Provision
from tests.conftest import make_account, signed_in
from tests.posting import Form
from verbatim.documents import digest

PUBLISH, ROWS = "/admin/cases/standard/publish/", "/admin/cases/standard/"


@pytest.fixture
def sun(db: None) -> Any:
    return make_account("sunli3", roles.REVIEWER, "孙", "丽")


@pytest.fixture
def zhou(db: None) -> Any:
    return make_account("zhouzheng3", roles.DIRECTOR, "周", "正")


def change(by: Any, maximum: int = 900) -> None:
    page = signed_in(by)
    address = f"/admin/cases/provision/{Provision.objects.get(code='FZ-02').pk}/change/"
    fields = Form(page.get(address).content.decode()).fields
    answer = page.post(address, fields | {"maximum": str(maximum), "change_reason": "核对原文"})
    assert answer.status_code == 302, answer.content.decode()


def publish(by: Any) -> PublishedStandards:
    return PublishedStandards.publish(by, shown=digest(composed().canonical()))


def test_the_page_shows_what_will_be_otherwise_and_publishes_it(sun: Any, zhou: Any) -> None:
    change(sun)
    desk = signed_in(zhou)
    assert f'href="{PUBLISH}"' in desk.get(ROWS).content.decode()
    page = desk.get(PUBLISH).content.decode()
    assert "和公众现在读到的相比（1 处）" in page
    assert re.search(r"<td>修改</td>\s*<td>FZ-02</td>", page)
    assert "罚款 0 元到 900 元" in page
    assert "<del>" in page
    said = desk.post(PUBLISH, Form(page).fields | {"reason": "核对过原文"}, follow=True).content.decode()
    assert "裁量基准已公布，公众现在就看得到。" in said
    made = PublishedStandards.objects.get()
    assert (made.number, made.by_name, made.reason) == (1, "周正", "核对过原文")
    page = desk.get(PUBLISH).content.decode()
    assert "和公众现在读到的没有不同" in page
    assert "上一次公布：周正" in page


def test_who_changed_them_does_not_publish_them(sun: Any, zhou: Any) -> None:
    change(sun)
    page = signed_in(sun).get(PUBLISH).content.decode()
    said = signed_in(sun).post(PUBLISH, Form(page).fields).content.decode()
    assert "没有公布：上次公布以后，裁量基准您自己改过，要由别人来公布。" in said
    publish(zhou)
    other = make_account("liuqin3", roles.REVIEWER, "刘", "勤")
    change(other, 800)
    publish(sun)  # has changed nothing since


def test_the_database_refuses_it_too_and_what_slipped_in_is_found(sun: Any, zhou: Any) -> None:
    change(sun)
    given: dict[str, Any] = {"number": 1, "text": composed().canonical(), "by_name": "孙丽"}
    with pytest.raises(DatabaseError, match="要由别人来公布"), transaction.atomic():
        PublishedStandards(by=sun, **given).save()
    PublishedStandards(by=zhou, **given).save()
    assert list(hands.faults()) == []


def test_what_was_not_looked_at_is_not_published(sun: Any, zhou: Any) -> None:
    seen = digest(composed().canonical())
    change(sun)
    with pytest.raises(Refused, match="您看过以后，裁量基准又有改动"):
        PublishedStandards.publish(zhou, shown=seen)
    publish(zhou)
    with pytest.raises(AlreadyDone, match="公布以后没有改动"):
        publish(zhou)


def test_a_publication_is_never_changed_and_never_deleted(zhou: Any) -> None:
    made = publish(zhou)
    made.reason = "改口"
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_publishedstandards")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (roles.REVIEWER, True),
        (roles.DIRECTOR, True),
        (roles.HEAD, True),
        (roles.AUDITOR, False),
        (roles.OFFICER, False),
        (roles.CHIEF, False),
        (roles.MEMBER, False),
        (roles.EDITOR, False),
    ],
)
def test_who_may_publish(db: None, role: str, may: bool) -> None:
    desk = signed_in(make_account("someone3", role, "某", "人"))
    assert (desk.get(PUBLISH).status_code == 200) is may
    if desk.get(ROWS).status_code == 200:
        assert (f'href="{PUBLISH}"' in desk.get(ROWS).content.decode()) is may


def test_all_that_the_public_reads_is_compared(sun: Any, zhou: Any) -> None:
    publish(zhou)
    Provision.objects.get(code="FZ-03").retire(reason="录错了")
    row = Provision.objects.get(code="FZ-04")
    row.put(reason="补说明", note="核对过原文。", maximum=Decimal(1000))
    page = signed_in(zhou).get(PUBLISH).content.decode()
    assert re.search(r"<td>停用</td>\s*<td>FZ-03</td>", page)
    assert re.search(r"<td>修改</td>\s*<td>FZ-04</td>", page)
