"""周正 opens the annual check; 李强 confirms or amends the rows and phones of his office; all see who has not."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from editions.register.register import compose
from offices.models import Office
from portal.annual.checks import Standing, standings
from portal.models import AnnualCheck, Confirmation
from services.models import Service
from supervision.models import Regime, RegimeOffice
from tests.conftest import form_of, make_account, move_to, signed_in

YEAR = timezone.localdate().year


@pytest.fixture
def zhou(db: None) -> Any:
    """周正, director."""
    return make_account("zhouzheng", "局领导", "周", "正")


@pytest.fixture
def li_of_02(li: Any) -> Any:
    move_to(li, "GS-02")
    return li


def opened(zhou: Any) -> AnnualCheck:
    signed_in(zhou).post(reverse("admin:annual"), {"note": "请在 12 月 15 日以前核对完。"})
    return AnnualCheck.objects.get(year=YEAR)


def office_url(code: str, year: int = YEAR) -> str:
    return reverse("admin:annual-office", args=[year, code.lower()])


def seen(client: Client, code: str) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', client.get(office_url(code)).content.decode())


def standing(code: str) -> Standing:
    return next(each for each in standings(AnnualCheck.objects.first(), compose()) if each.code == code)


def desk(account: Any) -> str:
    return signed_in(account).get(reverse("admin:index")).content.decode()


def test_the_director_opens_it_and_every_office_sees_what_is_its_own(zhou: Any, li_of_02: Any) -> None:
    assert "今年的年度核对还没有发起" in desk(zhou)
    opened(zhou)
    page = desk(li_of_02)
    wanted = len(standing("GS-02").items)
    assert f"质量监督股还有 {wanted} 项没有核对" in page
    assert "请在 12 月 15 日以前核对完。" in signed_in(li_of_02).get(office_url("GS-02")).content.decode()
    assert "还没有发起" not in desk(zhou)
    assert "没有核对完" in desk(zhou)


def test_an_office_confirms_its_rows_and_its_phone(zhou: Any, li_of_02: Any) -> None:
    opened(zhou)
    client = signed_in(li_of_02)
    page = client.get(office_url("GS-02")).content.decode()
    assert "ZZ-02" in page
    assert "0316-5255908" in page  # its phone
    assert "FW-03" not in page  # of another office
    wanted = seen(client, "GS-02")
    assert "offices GS-02" in wanted[0]
    answer = client.post(office_url("GS-02"), {"seen": wanted}, follow=True).content.decode()
    assert f"已记下 {len(wanted)} 项核对无误。" in answer
    assert "全部核对完。" in answer
    assert standing("GS-02").open == []
    assert Confirmation.objects.first().by_name == "李强"
    assert "没有核对</" not in desk(li_of_02)
    assert "已核对完" in desk(zhou)


def test_a_part_may_be_confirmed_first(zhou: Any, li_of_02: Any) -> None:
    opened(zhou)
    client = signed_in(li_of_02)
    wanted = seen(client, "GS-02")
    client.post(office_url("GS-02"), {"seen": wanted[:3]})
    assert len(standing("GS-02").open) == len(wanted) - 3
    assert seen(client, "GS-02") == wanted[3:]


def test_what_is_amended_is_confirmed_again(zhou: Any, li_of_02: Any) -> None:
    opened(zhou)
    client = signed_in(li_of_02)
    client.post(office_url("GS-02"), {"seen": seen(client, "GS-02")})
    service = Service.objects.get(code="FW-02")
    change = reverse("admin:services_service_change", args=[service.pk])
    client.post(change, form_of(client.get(change)) | {"phones": "0316-5255999", "change_reason": "年度核对时发现"})
    assert [item.code for item in standing("GS-02").open] == ["FW-02"]
    assert "核对以后有改动" in client.get(office_url("GS-02")).content.decode()
    client.post(office_url("GS-02"), {"seen": seen(client, "GS-02")})
    assert standing("GS-02").open == []
    assert Confirmation.objects.filter(code="FW-02").count() == 2


def test_what_changed_after_the_look_is_not_confirmed(zhou: Any, li_of_02: Any) -> None:
    opened(zhou)
    client = signed_in(li_of_02)
    wanted = seen(client, "GS-02")
    Service.objects.get(code="FW-02").put(reason="改", phones="1")
    answer = client.post(office_url("GS-02"), {"seen": wanted}, follow=True).content.decode()
    assert "FW-02 在您看过以后又有改动，没有记下核对。" in answer
    assert not Confirmation.objects.exists()
    for nonsense in (["x"], ["services FW-99 abc"], [f"duties ZZ-04 {'0' * 64}"], []):
        client.post(office_url("GS-02"), {"seen": nonsense})
    assert not Confirmation.objects.exists()


def test_it_stands_in_the_timeline_of_the_item(zhou: Any, li_of_02: Any) -> None:
    from duties.models import WorkItem

    opened(zhou)
    client = signed_in(li_of_02)
    client.post(office_url("GS-02"), {"seen": seen(client, "GS-02")})
    WorkItem.objects.get(code="ZZ-02-01").put(reason="后来改", note="注")
    for row in (Service.objects.get(code="FW-02"), WorkItem.objects.get(code="ZZ-02-01")):
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk])
        page = " ".join(client.get(url).content.decode().split())
        assert f"{YEAR} 年度核对，质量监督股" in page
        if isinstance(row, WorkItem):
            assert page.index("后来改") < page.index("ZZ-02 核对无误") < page.index("转录")


def test_what_the_bureau_linked_is_confirmed_and_what_is_of_nobody_too(zhou: Any, wang: Any) -> None:
    opened(zhou)
    regime = Regime.objects.get(code="JG-10")
    assert ("supervision", "JG-10") in {(i.kind.name, i.code) for i in standing("none").items}
    RegimeOffice(regime=regime, office=Office.objects.get(code="GS-02"), added_by="王芳").save(reason="整理")
    assert "JG-10" in {item.code for item in standing("GS-02").items}
    assert "JG-10" not in {item.code for item in standing("none").items}
    client = signed_in(wang)
    assert "没有写股室的条目还有" in desk(wang)
    client.post(office_url("none"), {"seen": seen(client, "none")})
    assert standing("none").open == []


def test_every_item_of_the_list_is_somebodys(zhou: Any) -> None:
    from editions.form import parts

    opened(zhou)
    register = compose()
    covered = {(i.kind.name, i.code) for each in standings(AnnualCheck.objects.first(), register) for i in each.items}
    wanted = {(part.name, document.code) for part in parts.parts() for document in register.documents(part.name)}
    assert wanted <= covered


def test_the_next_check_begins_anew_and_the_last_one_is_closed(zhou: Any, li_of_02: Any) -> None:
    AnnualCheck.objects.create(year=YEAR - 1, by=zhou, by_name="周正")
    client = signed_in(li_of_02)
    url = office_url("GS-02", YEAR - 1)
    wanted = re.findall(r'name="seen" value="([^"]+)"', client.get(url).content.decode())
    client.post(url, {"seen": wanted[:2]})
    opened(zhou)
    assert len(standing("GS-02").open) == len(wanted)
    assert "已经过去" in client.post(url, {"seen": wanted[2:]}, follow=True).content.decode()
    assert Confirmation.objects.count() == 2


def test_a_year_is_checked_once(zhou: Any) -> None:
    opened(zhou)
    answer = signed_in(zhou).post(reverse("admin:annual"), {}, follow=True).content.decode()
    assert f"{YEAR} 年度核对已经发起。" in answer
    assert AnnualCheck.objects.count() == 1


def test_an_office_without_a_head_is_confirmed_by_the_editor_and_it_is_said(
    zhou: Any, li_of_02: Any, wang: Any
) -> None:
    opened(zhou)
    page = signed_in(zhou).get(reverse("admin:annual-check", args=[YEAR])).content.decode()
    assert page.count("没有股长账号，由编辑核对") == 5
    client = signed_in(wang)
    client.post(office_url("GS-03"), {"seen": seen(client, "GS-03")})
    assert standing("GS-03").open == []
    assert seen(client, "GS-02") == []  # that office has a head


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_opens_looks_and_confirms(zhou: Any, role: str) -> None:
    opened(zhou)
    verbs = roles.ROLES[role].get(roles.CHECKS, ())
    account = make_account("someone", role, "某", "人")
    client = signed_in(account)
    for path in (reverse("admin:annual"), reverse("admin:annual-check", args=[YEAR]), office_url("GS-02")):
        assert client.get(path).status_code == (200 if "view" in verbs else 403)
    assert client.post(reverse("admin:annual"), {}, follow=True).status_code == (200 if "view" in verbs else 403)
    assert AnnualCheck.objects.count() == 1
    make_account("head-of-03", "股长", "某", "长", office="GS-03")
    move_to(account, "GS-02")
    client = signed_in(account)
    latest = AnnualCheck.objects.first().year
    heads = [] if "confirm_own" in verbs else ["confirm"]  # without a head it is the editor's
    for code, can in (("GS-02", ["confirm_own", *heads]), ("GS-03", []), ("none", ["confirm"])):
        page = client.get(office_url(code, latest))
        shown = re.findall(r'name="seen"', page.content.decode())
        assert bool(shown) is bool(set(can) & set(verbs)), code
        before = Confirmation.objects.count()
        item = next(e for e in standings(AnnualCheck.objects.first(), compose()) if e.code == code).items[0]
        client.post(office_url(code, latest), {"seen": [f"{item.key} {item.state}"]})
        assert (Confirmation.objects.count() > before) is bool(set(can) & set(verbs)), code
    assert Client().get(office_url("GS-02")).status_code == 302


def test_what_was_confirmed_is_never_written_again(own_database: Any) -> None:
    own_database()
    zhou = make_account("zhouzheng", "局领导", "周", "正")
    opened(zhou)
    for table in ("portal_annualcheck", "portal_confirmation"):
        for statement in (f"UPDATE {table} SET by_name = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
                cursor.execute(statement)
    with pytest.raises(IntegrityError, match="已冻结"), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE portal_annualcheck SET by_name = 'x'")


def test_a_check_that_is_not_there(zhou: Any) -> None:
    opened(zhou)
    client = signed_in(zhou)
    assert client.get(reverse("admin:annual-check", args=[1999])).status_code == 404
    assert client.get(office_url("GS-99")).status_code == 404
