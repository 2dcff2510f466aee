"""A citizen asks by office, by department, by law: the list turned round, what is printed and what is added apart."""

import datetime
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from editions.life.edition import Edition
from editions.register.register import compose
from portal.answers.reverse_index import KINDS, reverse_index_of
from tests import database
from tests.conftest import REGISTER, make_additions


def text(citizen: Client, path: str) -> str:
    response = citizen.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_office_shows_all_that_names_it_and_nothing_else(db: None) -> None:
    register = compose()
    index = reverse_index_of(register)
    for office in register.documents("offices"):
        names = (office.name, *office.other_names)
        wanted = {
            item.code
            for duty in register.documents("duties")
            for item in (duty, *duty.work_items)
            if any(name in item.offices for name in names)
        } | {s.code for s in register.documents("services") if any(name in s.offices for name in names)}
        found = {
            (each.place.anchor.upper() or each.listed.document.code)
            for each in index.responsible[("offices", office.code)]
        }
        assert found == wanted, office.name


def test_a_citizen_sees_what_an_office_does_and_how_to_call_it(citizen: Client) -> None:
    page = text(citizen, "/offices/gs-02/")
    assert "tel:03165255908" in page
    assert "协调名牌评价工作" in page
    assert "质量月活动" in page
    assert 'href="/duties/zz-02/"' in page
    assert "组织仲裁检定和计量纠纷调解" not in page


def test_the_offices_of_fw_10_are_all_found(db: None) -> None:
    index = reverse_index_of(compose())
    for office in ("GS-03", "GS-04", "GS-06"):
        assert "FW-10" in [f.listed.document.code for f in index.responsible["offices", office]]


def test_a_cell_that_names_an_office_twice_counts_once(db: None) -> None:
    found = [f.place.anchor for f in reverse_index_of(compose()).responsible["offices", "GS-04"]]
    assert found.count("zz-05-05") == 1


def test_the_matrix_holds_every_share_and_so_does_the_list_beside_it(citizen: Client) -> None:
    page = citizen.get("/departments/").content.decode()
    overview, by_department = page.split('id="by-department"')
    shares = [s for matter in compose().documents("boundaries") for s in matter.shares]
    assert len(shares) == 22
    for share in shares:
        for half in (overview, by_department):
            assert half.count(f"#{share.code.lower()}") == 1
            assert share.text.split("\n")[0] in half


def test_a_department_shows_its_shares(citizen: Client) -> None:
    page = text(citizen, "/departments/bm-03/")
    assert "依法查处烟花爆竹道路运输、燃放等活动中的违法行为" in page
    assert "负责组织指导食品药品犯罪案件侦查工作" in page
    assert "寄递危险化学品" not in page


def test_a_law_shows_where_it_is_cited_and_which_articles(citizen: Client) -> None:
    page = text(citizen, "/laws/fl-14/")
    assert "第二十条、第二十一条、第二十二条" in page
    assert 'href="/supervision/jg-04/#' in page


def test_every_citation_of_a_law_leads_to_its_page_and_back(citizen: Client, db: None) -> None:
    register = compose()
    index = reverse_index_of(register)
    for law in register.documents("laws"):
        assert index.mentioned["laws", law.code], law.title
        for found in index.mentioned["laws", law.code]:
            page = citizen.get(f"/{found.part.name}/{found.listed.document.code.lower()}/").content.decode()
            assert f'href="/laws/{law.code.lower()}/"' in page


def test_every_anchor_that_a_turned_page_leads_to_is_there(citizen: Client, db: None) -> None:
    register = compose()
    pages: dict[str, str] = {}
    for kind in KINDS:
        for document in register.documents(kind):
            page = citizen.get(f"/{kind}/{document.code.lower()}/").content.decode()
            for path, anchor in re.findall(r'href="(/[a-z]+/[a-z]{2}-\d+/)#([^"]+)"', page):
                pages.setdefault(path, citizen.get(path).content.decode())
                assert f'id="{anchor}"' in pages[path], (path, anchor)


def test_without_additions_nothing_is_told_as_added(citizen: Client) -> None:
    assert "以下由本局关联到这个股室" not in text(citizen, "/offices/gs-02/")


def test_what_the_bureau_linked_is_told_apart(own_database: Any) -> None:
    own_database(database.EMPTY)
    call_command("load_register", *map(str, REGISTER), reason="转录", verbosity=0)
    make_additions()
    Edition.transcribe(compose(), label="2017-12", effective_on=datetime.date(2017, 12, 1))
    page = text(Client(), "/offices/gs-02/")
    printed, added = page.split("本局整理的</h2>")
    assert "BJ-01" in added
    assert "JG-10" in added
    assert "BJ-01" not in printed
    assert "王芳，2026-11-22，依据：三定规定" in added
    assert "县市场监管局" in text(Client(), "/departments/bm-07/")
    assert "已于 2026-01-01 废止" in text(Client(), "/laws/fl-01/")


@pytest.mark.parametrize("path", ["/offices/gs-99/", "/laws/xx-01/", "/departments/gs-02/", "/offices/gs-02/x/"])
def test_what_is_not_there_is_said_to_be_not_there(citizen: Client, path: str) -> None:
    response = citizen.get(path)
    assert response.status_code == 404
    assert "没有" in response.content.decode()


def test_capitals_are_led_to_the_one_address(citizen: Client) -> None:
    response = citizen.get("/offices/GS-02/")
    assert (response.status_code, response.headers["Location"]) == (301, "/offices/gs-02/")


def test_an_edition_of_the_past_has_its_own(citizen: Client) -> None:
    page = text(citizen, "/editions/2017-12/offices/gs-02/")
    assert 'href="/editions/2017-12/duties/zz-02/"' in page


@pytest.mark.parametrize(
    ("at", "place", "cited"),
    [
        ("/offices/gs-02/", "duties/zz-02/#zz-02-03", "ZZ-02-03"),
        ("/departments/bm-02/", "boundaries/bj-02/#bj-02-02", "BJ-02-02"),
        ("/laws/fl-05/", "boundaries/bj-01/#y4", "BJ-01 Y4"),
        ("/laws/fl-05/", "supervision/jg-10/#c2-1", "JG-10 二、第1段"),
    ],
)
def test_each_place_has_its_address_for_good_and_can_be_cited(citizen: Client, at: str, place: str, cited: str) -> None:
    url = f"http://127.0.0.1:8000/editions/2017-12/{place}"
    page = citizen.get(at).content.decode()
    assert f'<a class="number" href="{url}">' in page
    assert re.search(rf"引用本条</summary><p>[^<]*2017-12 版，{re.escape(cited)}，[^<]*{re.escape(url)}</p>", page)


def test_a_phone_is_said_to_be_of_every_service_that_the_list_prints_it_for(citizen: Client) -> None:
    page = citizen.get("/offices/gs-04/").content.decode()
    under = "“标准日活动”、“5、20世界计量日”主题宣传活动、“计量服务”、“质量、计量、标准化等培训”"
    assert re.search(rf"0316-5255905</a>\s*<small>清单印在{under}下</small>", page)
