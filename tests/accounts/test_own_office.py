"""李强 heads 质量监督股: he changes the rows of his own office, and looks at the others."""

from typing import Any

import pytest
from django.urls import reverse

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
