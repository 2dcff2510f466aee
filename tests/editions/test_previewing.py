"""Staff see with the public templates what is not public yet: the working rows, a draft, an edition under way."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import roles
from editions.models import Draft, Edition
from services.models import Service
from tests.acting import change_a_phone, make_hands, make_submitted
from tests.conftest import make_account, signed_in

PAGES = [
    "", "duties/", "duties/zz-05/", "boundaries/", "boundaries/bj-01/", "services/", "services/fw-05/", "supervision/",
    "supervision/jg-14/", "offices/", "offices/gs-02/", "departments/", "departments/bm-01/", "laws/", "laws/fl-01/",
]  # fmt: skip


def make_draft(account: Any, *picks: tuple[str, str], **values: Any) -> Draft:
    given = {"label": "2030-01", "kind": "correction", "effective_on": timezone.localdate(), "change_note": "改"}
    return Draft.objects.create(by=account, picks=[list(pick) for pick in picks], **given | values)


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_page_is_previewed_marked_and_never_cached(wang: Any, page: str) -> None:
    draft = make_draft(wang, change_a_phone("0316-5255999"))
    edition = make_submitted(make_hands(), ("services", "FW-05"))
    for what in ("working", f"draft-{draft.pk}", f"edition-{edition.pk}"):
        response = signed_in(wang).get(f"/admin/preview/{what}/{page}")
        shown = response.content.decode()
        assert response.status_code == 200, (what, page)
        assert "没有公布</strong>，公众看不到" in shown
        assert "本页永久地址" not in shown
        assert "canonical" not in shown
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        if page.startswith("services"):
            assert "0316-5255999" in shown


def test_the_changes_are_previewed_as_readers_will_see_them(wang: Any) -> None:
    draft = make_draft(wang, change_a_phone("0316-5255999"), reasons={"services FW-05": "换了号码"})
    edition = make_submitted(make_hands(), ("services", "FW-05"))
    for what in (f"draft-{draft.pk}", f"edition-{edition.pk}", "working"):
        page = signed_in(wang).get(f"/admin/preview/{what}/changes/").content.decode()
        assert "0316-5255999" in page
        assert "没有公布</strong>，公众看不到" in page
        assert f'href="/admin/preview/{what}/services/fw-05/"' in page  # as it will be
        assert 'href="/editions/2017-12/services/fw-05/"' in page  # as it was
    assert "换了号码" in signed_in(wang).get(f"/admin/preview/draft-{draft.pk}/changes/").content.decode()


def test_a_preview_leads_to_the_preview(wang: Any) -> None:
    import re

    page = signed_in(wang).get("/admin/preview/working/duties/").content.decode()
    links = re.findall(r'href="(/[^"#]*)', page.split("<main", 1)[1].split("<footer")[0])
    assert links
    assert all(link.startswith("/admin/preview/working/") for link in links), links


def test_what_was_not_picked_is_not_in_the_preview(wang: Any) -> None:
    Service.objects.get(code="FW-06").put(reason="半成品", content="写了一半")
    draft = make_draft(wang, change_a_phone())
    client = signed_in(wang)
    assert "写了一半" not in client.get(f"/admin/preview/draft-{draft.pk}/services/fw-06/").content.decode()
    assert "写了一半" in client.get("/admin/preview/working/services/fw-06/").content.decode()
    assert "写了一半" not in Client().get("/services/fw-06/").content.decode()


def test_a_preview_is_printed_and_given_as_data_too(wang: Any) -> None:
    from tests.portal.test_printing_the_list import Pdf

    draft = make_draft(wang, change_a_phone())
    client = signed_in(wang)
    response = client.get(f"/admin/preview/draft-{draft.pk}/services/fw-05/list.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    body = Pdf(response.content).body
    assert "0316-5255908" in body
    assert "2030-01版" in body.replace(" ", "").replace("　", "")
    data = client.get(f"/admin/preview/draft-{draft.pk}/list.json").json()
    assert data["services"][4]["phones"] == "0316-5255908"


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_sees_editions_sees_previews_and_nobody_a_draft_of_another(wang: Any, role: str) -> None:
    draft, client = make_draft(wang, change_a_phone()), signed_in(make_account("someone", role, "某", "人"))
    may = "view" in roles.ROLES[role].get(roles.EDITIONS, ())
    assert client.get("/admin/preview/working/").status_code == (200 if may else 403)
    assert client.get(f"/admin/preview/edition-{Edition.objects.get().pk}/").status_code == (200 if may else 403)
    assert client.get(f"/admin/preview/draft-{draft.pk}/").status_code == (404 if may else 403)


def test_strangers_see_no_preview(citizen: Client) -> None:
    response = citizen.get("/admin/preview/working/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("what", ["nonsense", "draft-x", "draft-99999999", "edition-0", "working-1"])
def test_what_is_not_there_is_not_there(wang: Any, what: str) -> None:
    assert signed_in(wang).get(f"/admin/preview/{what}/").status_code == 404


def test_rows_that_make_no_list_say_why(wang: Any) -> None:
    from supervision.models import Clause

    parent = Clause.objects.exclude(parent=None).first().parent
    parent.retire(reason="误")
    response = signed_in(wang).get("/admin/preview/working/")
    assert response.status_code == 409
    assert "属于一条已取消的条款" in response.content.decode()
