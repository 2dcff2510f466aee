"""王芳 sets a row back to what is published: as a change with history, of what she looked at."""

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts import roles
from duties.models import Duty, WorkItem
from editions.form.frames import Frame
from editions.life.edition import Edition
from editions.register.register import compose
from history.guards import working_models
from services.models import Service
from supervision.models import Regime
from tests.conftest import make_account, move_to, signed_in


def url(kind: str, code: str) -> str:
    return reverse("admin:editions_edition_restore", args=[kind, code])


def looked(client: Any, kind: str, code: str) -> str:
    """What the page remembers of what it showed."""
    return re.findall(r'name="looked" value="([^"]*)"', client.get(url(kind, code)).content.decode())[0]


def restored(client: Any, kind: str, code: str, reason: str = "改错了") -> str:
    posted = {"looked": looked(client, kind, code), "reason": reason}
    return client.post(url(kind, code), posted, follow=True).content.decode()


def test_it_shows_both_states_and_sets_back_with_history(wang: Any) -> None:
    service = Service.objects.get(code="FW-05").put(reason="补电话", phones="0316-5255908")
    client = signed_in(wang)
    page = client.get(url("services", "FW-05")).content.decode()
    assert "<del>" in page
    assert "理由：补电话" in page
    assert "FW-05 已恢复为 2017-12 版公布的内容。" in restored(client, "services", "FW-05")
    service.refresh_from_db()
    assert service.phones == ""
    record = service.history.first()
    assert (record.history_user_name, record.history_change_reason) == ("王芳", "恢复为 2017-12 版公布的内容：改错了")
    assert service.history.count() == 3


def test_rows_inside_come_back_with_it(wang: Any) -> None:
    duty = Duty.objects.get(code="ZZ-09")
    WorkItem.objects.get(code="ZZ-09-01").put(reason="改", text="改了")
    WorkItem.objects.get(code="ZZ-09-02").retire(reason="取消")
    Regime.objects.get(code="JG-01").chapters.first().clauses.first().put(reason="改", text="改了")
    client = signed_in(wang)
    restored(client, "duties", "ZZ-09")
    restored(client, "supervision", "JG-01")
    assert compose().content_digest() == Edition.objects.get().content_digest
    assert duty.history.count() == 1  # the row itself had not changed


def test_what_was_retired_is_listed_again(wang: Any) -> None:
    Duty.objects.get(code="ZZ-10").retire(reason="误")
    restored(signed_in(wang), "duties", "ZZ-10")
    assert compose().content_digest() == Edition.objects.get().content_digest


def test_what_moved_goes_back_to_its_place(wang: Any) -> None:
    Service.objects.get(code="FW-02").put(reason="挪", position=9, serial="9")
    restored(signed_in(wang), "services", "FW-02")
    assert compose().content_digest() == Edition.objects.get().content_digest


@pytest.mark.parametrize(
    ("kind", "code"), [("offices", "GS-02"), ("laws", "FL-01"), ("departments", "BM-02"), ("citations", "YZ-02")]
)
def test_every_kind_of_row_is_set_back(wang: Any, kind: str, code: str) -> None:
    from editions.form import parts

    row = parts.get(kind).model.objects.get(code=code)
    row.put(reason="改", **{row.title_field: "《改了》" if kind == "citations" else "改了"})
    restored(signed_in(wang), kind, code)
    assert compose().content_digest() == Edition.objects.get().content_digest


def test_a_reason_is_asked_for(wang: Any) -> None:
    Service.objects.get(code="FW-05").put(reason="补", phones="1")
    assert "请写明恢复的理由" in restored(signed_in(wang), "services", "FW-05", reason=" ")
    assert Service.objects.get(code="FW-05").phones == "1"


def test_what_changed_after_the_look_is_not_set_back_and_it_is_said_who(wang: Any) -> None:
    service = Service.objects.get(code="FW-05").put(reason="补", phones="1")
    client, colleague = signed_in(wang), signed_in(make_account("heqi", "编辑", "何", "琪"))
    seen = looked(client, "services", "FW-05")
    change = reverse("admin:services_service_change", args=[service.pk])
    from tests.conftest import form_of

    colleague.post(change, form_of(colleague.get(change)) | {"phones": "2", "change_reason": "核实"})
    for posted in (
        {"looked": seen, "reason": "我的理由"},
        {"reason": "我的理由"},
        {"looked": "x", "reason": "我的理由"},
    ):
        page = client.post(url("services", "FW-05"), posted).content.decode()
        assert "您看过以后，别人又有改动，没有恢复。" in page
        assert re.search(r"何琪 于 \d{4}-\d\d-\d\d \d\d:\d\d 改了“联系电话”", page)
        assert "<del>1</del><ins>2</ins>" in page  # what the other made of what was looked at
        assert "我的理由" in page
    assert Service.objects.get(code="FW-05").phones == "2"


def test_what_is_the_same_or_was_never_published_has_nothing_to_set_back(wang: Any) -> None:
    Service(title="新的", position=11).save(reason="新增")
    client = signed_in(wang)
    assert "没有要恢复的" in client.get(url("services", "FW-01")).content.decode()
    assert "没有要恢复的" in client.post(url("services", "FW-01"), {"reason": "x"}).content.decode()
    assert client.get(url("services", "FW-11")).status_code == 404
    assert client.get(url("services", "FW-99")).status_code == 404
    assert client.get(url("nonsense", "FW-01")).status_code == 404
    assert client.get(url("retired", "FW-01")).status_code == 404
    assert all(m.history.count() == m.objects.count() for m in working_models())


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_may_change_the_row_may_set_it_back(db: None, role: str) -> None:
    Service.objects.get(code="FW-05").put(reason="补", phones="1")
    account = make_account("someone", role, "某", "人")
    may = "change" in roles.ROLES[role].get(roles.WORKING, ())
    assert signed_in(account).get(url("services", "FW-05")).status_code == (200 if may else 403)
    assert signed_in(account).post(url("services", "FW-05"), {"reason": "x"}).status_code == (200 if may else 403)
    move_to(account, "GS-02")  # 质量监督股, which FW-05 names
    may = may or "change_own" in roles.ROLES[role].get(roles.WORKING, ())
    assert signed_in(account).get(url("services", "FW-05")).status_code == (200 if may else 403)


def test_the_form_of_a_row_leads_there(wang: Any) -> None:
    for kind, row in (("services", Service.objects.get(code="FW-05")), ("frames", Frame.objects.get(part="duties"))):
        change = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        key = getattr(row, row.permanent)
        assert url(kind, key) in signed_in(wang).get(change).content.decode()
        row.put(reason="改", **{"phones" if kind == "services" else "notes": "改了"})
        restored(signed_in(wang), kind, key)
    assert compose().content_digest() == Edition.objects.get().content_digest


def test_a_code_leads_to_its_form(wang: Any) -> None:
    response = signed_in(wang).get(reverse("admin:editions_edition_row", args=["services", "FW-05"]))
    assert response["Location"] == reverse("admin:services_service_change", args=[Service.objects.get(code="FW-05").pk])
