"""Staff see with the public templates what is not public yet: the working rows, a draft, an edition under way."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts import roles
from editions.desk.drafts import Draft
from editions.life.edition import Edition
from services.models import Service
from tests.acting import change_a_phone, make_hands, make_submitted
from tests.conftest import make_account, signed_in

PAGES = [
    "", "duties/", "duties/zz-05/", "boundaries/", "boundaries/bj-01/", "services/", "services/fw-05/", "supervision/",
    "supervision/jg-14/", "offices/", "offices/gs-02/", "departments/", "departments/bm-01/", "laws/", "laws/fl-01/",
    "changes/", "changes/2017-12/", "editions/", "duties/zz-05/history/", "services/fw-05/history/",
]  # fmt: skip
PAGES += [f"elder/{page}" for page in PAGES]


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
        assert (' class="elder"' in shown) == page.startswith("elder/")
        if "services/" in page or "changes/" in page:
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


@pytest.mark.parametrize("dress", ["", "elder/"])
@pytest.mark.parametrize("page", ["", "duties/", "duties/zz-05/", "offices/gs-02/"])
def test_a_preview_leads_to_the_preview_in_the_same_dress(wang: Any, page: str, dress: str) -> None:
    client, here = signed_in(wang), f"/admin/preview/working/{dress}"
    links = links_of(client.get(here + page).content.decode())
    assert links
    files = (".pdf", ".xlsx", ".csv", ".json")  # in no dress
    assert all(link.startswith(here) or link.endswith(files) for link in links), links
    assert all(client.get(link).status_code == 200 for link in links if not link.endswith(".pdf"))


def links_of(page: str) -> list[str]:
    import re

    return re.findall(r'href="(/[^"#]*)', page.split("<main", 1)[1].split("<footer")[0])


def test_the_way_into_the_elder_preview_and_out_of_it_is_on_every_page(wang: Any) -> None:
    plain, elder = "/admin/preview/working/duties/zz-05/", "/admin/preview/working/elder/duties/zz-05/"
    client = signed_in(wang)
    assert f'class="dress"><a href="{elder}">长辈版' in client.get(plain).content.decode()
    assert f'class="dress"><a href="{plain}">退出长辈版' in client.get(elder).content.decode()


def test_the_editions_and_an_items_way_are_previewed_as_they_will_be(wang: Any) -> None:
    draft, day = make_draft(wang, change_a_phone("0316-5255999")), timezone.localdate() + timezone.timedelta(days=30)
    Draft.objects.update(effective_on=day)
    client, here = signed_in(wang), f"/admin/preview/draft-{draft.pk}/"
    editions = client.get(f"{here}editions/").content.decode()
    assert '2030-01 版</a> <span class="tag">现行有效' in editions
    assert f"{day:%Y-%m-%d} 至今" in editions
    assert "更正还没有公布" in editions
    assert f"2017-12-01 至 {day - timezone.timedelta(days=1):%Y-%m-%d}" in editions
    came = client.get(f"{here}services/fw-05/history/").content.decode()
    assert "2030-01 版起修改" in came
    assert "2017-12 版首次公布" in came
    assert "0316-5255999" in came
    assert (
        "2030-01"
        not in client.get(f"{here}services/fw-06/history/").content.decode().split("<h1>")[1].split("首次公布")[0]
    )
    assert "2030-01" not in Client().get("/editions/").content.decode()
    assert client.get(f"{here}services/fw-99/history/").status_code == 404


def test_the_table_of_changes_is_printed_before_it_is_public(wang: Any) -> None:
    from tests.portal.test_printing_the_list import Pdf

    draft = make_draft(wang, change_a_phone("0316-5255999"), reasons={"services FW-05": "换了号码"})
    edition = make_submitted(make_hands(), ("services", "FW-05"))
    client = signed_in(wang)
    for what, named in ((f"draft-{draft.pk}", "2030-01 版"), (f"edition-{edition.pk}", f"{edition.label} 版")):
        response = client.get(f"/admin/preview/{what}/changes.pdf")
        assert response.headers["Content-Type"] == "application/pdf"
        assert "no-store" in response.headers["Cache-Control"]
        pages = Pdf(response.content).pages
        assert all("草稿" in page and "未公布" in page for page in pages)
        body = "".join(pages)
        assert "0316-5255999" in body
        assert named.replace(" ", "") in body.replace(" ", "")
        assert "没有公布，不作为依据" in body
    assert client.get("/admin/preview/working/changes/2030-01.pdf").status_code == 404


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


def addresses(what: str) -> list[str]:
    """Every address at which something is previewed, with things that are there; of the PDFs the short ones."""
    named = {"what": what, "part": "duties", "kind": "duties", "code": "zz-05", "other": "2017-12", "label": "2017-12"}
    others = {"one-of-kind": ("offices", "gs-02"), "all-of-kind": ("offices", ""), "office-pdf": ("", "gs-02")}
    found = []
    for space in ("admin:preview:", "admin:preview:elder:"):
        patterns: Any = get_resolver()
        for name in space.strip(":").split(":"):
            patterns = patterns.namespace_dict[name][1]
        for name in sorted({key for key in patterns.reverse_dict if isinstance(key, str)} - {"list-pdf", "part-pdf"}):
            for _, wanted in patterns.reverse_dict.getlist(name)[0][0]:
                where = {key: named[key] for key in wanted if key in named}
                if name in others:
                    where |= {k: v for k, v in zip(("kind", "code"), others[name], strict=True) if k in where}
                found.append(reverse(space + name, kwargs=where | {"what": what}))
    return found


ODD = ["", "2030-01", '"} \\x<&', "二〇三〇年/一月", "../x y"]


@pytest.mark.parametrize("label", ODD)
def test_no_draft_upsets_any_page_or_file_of_its_preview(wang: Any, label: str) -> None:
    picks = () if label == "2030-01" else (change_a_phone("0316-5255999"),)
    draft = make_draft(wang, *picks, label=label, change_note="", kind="")
    whats = [f"draft-{draft.pk}"] if label else ["working", f"draft-{draft.pk}"]
    for what in whats:
        client = signed_in(wang)
        answers = {address: client.get(address).status_code for address in addresses(what)}
        assert len(answers) > 20
        assert {address: status for address, status in answers.items() if status not in (200, 404)} == {}
        assert len([status for status in answers.values() if status == 200]) > 20


def test_what_is_previewed_as_data_says_where_it_is_found(wang: Any) -> None:
    client = signed_in(wang)
    working = client.get("/admin/preview/working/list.json").json()
    assert working["edition"]["url"] == "/admin/preview/working/"
    assert client.get("/list.json").json()["edition"]["url"] == "http://127.0.0.1:8000/editions/2017-12/"


def test_what_is_not_public_is_not_said_to_be_in_force(wang: Any) -> None:
    change_a_phone()
    page = signed_in(wang).get("/admin/preview/working/").content.decode()
    assert "没有公布" in page
    assert "现行有效" not in page
    assert "现行有效" in Client().get("/").content.decode()
