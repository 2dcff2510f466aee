"""李强 heads 质量监督股: he changes the rows of his own office, and looks at the others."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from accounts import roles
from boundaries.models import Share, ShareOffice
from duties.models import Duty, WorkItem
from laws.models import Law
from offices.models import Office
from services.models import Service
from supervision.models import Clause, Regime, RegimeOffice
from tests.conftest import form_of, make_account, signed_in

ADDED = {"added_by": "王芳"}


@pytest.fixture
def li_of_02(db: None) -> Any:
    return make_account("liqiang", "股长", "李", "强", office="GS-02")


def may_change(account: Any, row: Any) -> bool:
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    client = signed_in(account)
    page = client.get(url)
    assert page.status_code == 200  # he may look at all of them
    shown = b'name="_save"' in page.content
    assert (client.post(url, {"change_reason": "试"}).status_code != 403) is shown
    return shown


@pytest.mark.parametrize(
    ("model", "code", "his"),
    [
        (WorkItem, "ZZ-02-01", True),  # 质量监督股
        (WorkItem, "ZZ-03-06", False),  # 稽查股
        (WorkItem, "ZZ-05-06", False),  # the cell is empty
        (Duty, "ZZ-02", True),  # every row of it names the office
        (Duty, "ZZ-03", False),  # two rows are of 稽查股
        (Duty, "ZZ-10", False),  # names none
        (Service, "FW-02", True),
        (Service, "FW-07", True),  # of two offices
        (Service, "FW-03", False),
        (Office, "GS-02", True),
        (Office, "GS-03", False),
        (Law, "FL-01", False),
        (Regime, "JG-01", False),  # the list names no office
    ],
)
def test_rows_that_name_the_office_are_his(li_of_02: Any, model: Any, code: str, his: bool) -> None:
    assert may_change(li_of_02, model.objects.get(code=code)) is his


def test_what_the_bureau_linked_to_the_office_is_his(li_of_02: Any) -> None:
    regime, share = Regime.objects.get(code="JG-10"), Share.objects.get(code="BJ-01-01")
    clause = Clause.objects.filter(chapter__regime=regime).first()
    assert not may_change(li_of_02, clause)
    RegimeOffice(regime=regime, office=li_of_02.office, **ADDED).save(reason="整理")
    link = ShareOffice(share=share, office=li_of_02.office, **ADDED)
    link.save(reason="整理")
    for row in (regime, regime.chapters.first(), clause, share):
        assert may_change(li_of_02, row), row
    assert not may_change(li_of_02, link)  # whose it is, is not his to say
    link.retire(reason="误")
    assert not may_change(li_of_02, share)


def other_office(account: Any) -> Office:
    return Office.objects.exclude(pk=account.office.pk).get(code="GS-03")


@pytest.mark.parametrize("kind", [RegimeOffice, ShareOffice])
def test_of_a_row_of_two_offices_neither_changes_the_link_of_the_other(li_of_02: Any, wang: Any, kind: Any) -> None:
    row = Regime.objects.get(code="JG-01") if kind is RegimeOffice else Share.objects.get(code="BJ-01-01")
    links = [kind(**{kind.belongs_to: row}, office=each, **ADDED) for each in (li_of_02.office, other_office(li_of_02))]
    for link in links:
        link.save(reason="整理")
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    changed = {
        f"offices-{place}-{name}": value
        for place in range(2)
        for name, value in {
            "retired_on": "2026-11-20",
            "added_by": "李强",
            "added_on": "2026-11-20",
            "basis": "我",
        }.items()
    }
    client = signed_in(li_of_02)
    sent = form_of(client.get(url)) | changed | {"change_reason": "试"}
    assert client.post(url, sent).status_code in (200, 302)
    assert [(link.retired_on, link.added_by) for link in kind.objects.all()] == [(None, "王芳")] * 2
    assert (
        signed_in(wang).post(url, form_of(signed_in(wang).get(url)) | changed | {"change_reason": "误"}).status_code
        == 302
    )
    assert {link.added_by for link in kind.objects.all()} == {"李强"}


def test_a_row_of_the_table_that_is_not_his_is_only_shown(li_of_02: Any) -> None:
    duty = Duty.objects.get(code="ZZ-02")
    theirs, his = duty.work_items.all()[:2]
    theirs.put(offices="稽查股", retired_on=datetime.date(2026, 11, 1), reason="并入稽查股")
    client, url = signed_in(li_of_02), reverse("admin:duties_duty_change", args=[duty.pk])
    page = client.get(url)
    assert page.content.decode().count("disabled") > 0
    sent = form_of(page) | {"work_items-0-retired_on": "", "work_items-0-text": "我的", "work_items-1-note": "改了"}
    assert client.post(url, sent | {"change_reason": "改"}).status_code == 302
    theirs, his = (WorkItem.objects.get(pk=each.pk) for each in (theirs, his))
    assert (theirs.text == "我的", theirs.is_retired, his.note) == (False, True, "改了")


def test_he_changes_his_phone(li_of_02: Any) -> None:
    client = signed_in(li_of_02)
    url = reverse("admin:offices_office_change", args=[li_of_02.office.pk])
    client.post(url, form_of(client.get(url)) | {"phones": "0316-5255999", "change_reason": "换号"})
    office = Office.objects.get(code="GS-02")
    assert office.phones == "0316-5255999"
    assert office.history.first().history_user_name == "李强"


def test_an_account_without_an_office_has_no_rows(li: Any) -> None:
    assert not may_change(li, WorkItem.objects.get(code="ZZ-02-01"))


def test_he_adds_no_rows_and_retires_his_own(li_of_02: Any) -> None:
    client = signed_in(li_of_02)
    assert client.get(reverse("admin:services_service_add")).status_code == 403
    duty = Duty.objects.get(code="ZZ-02")
    page = client.get(reverse("admin:duties_duty_change", args=[duty.pk]))
    assert "work_items-9-text" not in page.content.decode()


def test_a_head_does_not_bring_links_back_that_are_not_his_to_say(li_of_02: Any, wang: Any) -> None:
    regime = Regime.objects.get(code="JG-01")
    RegimeOffice(regime=regime, office=li_of_02.office, **ADDED).save(reason="整理")
    url = reverse("admin:editions_edition_restore", args=["supervision", "JG-01"])
    assert may_change(li_of_02, regime)
    assert signed_in(li_of_02).get(url).status_code == 403
    assert signed_in(li_of_02).post(url, {"reason": "误"}).status_code == 403
    assert signed_in(wang).get(url).status_code == 200


def test_a_head_is_offered_no_button_that_is_refused(db: None) -> None:
    office = Office.objects.get(code="GS-02")
    client = signed_in(make_account("liqiang9", roles.CHIEF, "李", "强", office=office.code))
    tried = 0
    for model in (Duty, WorkItem, Service):
        for row in model.objects.listed():
            if not row.belongs_to_office(office):
                continue
            page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]))
            tools = page.content.decode().partition('class="object-tools"')[2].partition("</ul>")[0]
            for link in re.findall(r'href="(/admin/[^"]+)"', tools):
                assert client.get(link, follow=True).status_code == 200, (str(row), link)
                tried += 1
    assert tried > 20


def test_a_row_of_another_office_says_why_it_is_only_shown(db: None) -> None:
    client = signed_in(make_account("liqiang9", roles.CHIEF, "李", "强", office="GS-02"))
    office = Office.objects.get(code="GS-02")
    for row, is_own in ((each, each.belongs_to_office(office)) for each in Service.objects.listed()):
        page = client.get(reverse("admin:services_service_change", args=[row.pk])).content.decode()
        assert ("这一条您只能看，不能改" in page) != is_own
