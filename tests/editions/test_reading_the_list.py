"""A citizen reads the list: contents, parts, items, editions, in the edition in force or in one that is named."""

import datetime
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from editions.form import parts
from editions.life.edition import Edition
from editions.public import catalogue
from editions.register.register import compose
from services.models import Service
from tests import database
from tests.acting import make_hands, make_issued, make_submitted
from tests.conftest import REGISTER

ITEMS = ["/duties/zz-01/", "/boundaries/bj-03/", "/services/fw-10/", "/supervision/jg-14/"]
PAGES = ["/", "/duties/", "/boundaries/", "/services/", "/supervision/", "/editions/", *ITEMS]


def text_of(response: Any) -> str:
    """What a reader sees, tags left out."""
    page = re.sub(r"<(head|script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_a_heading_a_way_back_and_its_source(citizen: Client, path: str) -> None:
    response = citizen.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'lang="zh-CN"' in page
    assert 'href="#main"' in page
    assert "None" not in page
    assert "文安县质量技术监督局" in page
    if path != "/editions/":
        assert "出处：文安县质量技术监督局责任清单（2017年12月），2017-12 版" in text_of(response)


def test_the_contents_page_says_both_numbers_and_where_the_two_are_missing(citizen: Client) -> None:
    text = text_of(citizen.get("/"))
    assert "声明 40 项 · 实载 38 项" in text
    assert "职责边界声明 4 项，表中 3 项；公共服务声明 11 项，表中 10 项" in text
    assert "（共40项）" in text


def test_the_contents_page_leads_to_every_item(citizen: Client) -> None:
    page = citizen.get("/").content.decode()
    register = compose()
    for part in parts.parts():
        for listed in register.of(part.name):
            assert f'href="/{part.name}/{listed.document.code.lower()}/"' in page


@pytest.mark.parametrize("name", ["duties", "boundaries", "services"])
def test_a_register_shows_every_printed_line(citizen: Client, name: str) -> None:
    text = text_of(citizen.get(f"/{name}/"))
    register = compose()
    for listed in register.of(name):
        for line in listed.document.printed():
            assert line in text, line
    for line in (*register.frame(name).opening(), *register.frame(name).closing()):
        assert line in text


def test_every_item_shows_every_one_of_its_printed_lines(citizen: Client) -> None:
    register = compose()
    for part in parts.parts():
        for listed in register.of(part.name):
            text = text_of(citizen.get(f"/{part.name}/{listed.document.code.lower()}/"))
            for line in listed.document.printed():
                assert line in text, (listed.document.code, line)


def test_every_clause_has_an_anchor(citizen: Client) -> None:
    for listed in compose().of("supervision"):
        page = citizen.get(f"/supervision/{listed.document.code.lower()}/").content.decode()
        for chapter in listed.document.chapters:
            for _, _, clause in chapter.outline():
                assert page.count(f'id="{clause.anchor}"') == 1


def test_cells_are_merged_as_printed(citizen: Client) -> None:
    page = citizen.get("/duties/").content.decode()
    assert sorted(map(int, re.findall(r'class="serial" rowspan="(\d+)"', page))) == [2, 2, 3, 5, 6, 7, 7, 8, 9]


def test_basis_and_case_stand_behind_all_shares_and_under_no_department(citizen: Client) -> None:
    page = citizen.get("/boundaries/").content.decode()
    for matter in page.split('<section class="matter"')[1:]:
        departments, behind = matter.split("</table>")
        assert '<th scope="row" class="department">' in departments
        assert "案例" not in departments
        assert re.findall(r"<summary><h3>(.*?)</h3></summary>", behind) == ["相关依据", "案例"]


def test_an_item_leads_to_the_one_before_and_the_one_after(citizen: Client) -> None:
    page = citizen.get("/services/fw-02/").content.decode()
    assert 'rel="prev" href="/services/fw-01/"' in page
    assert 'rel="next" href="/services/fw-03/"' in page
    assert 'rel="prev"' not in citizen.get("/services/fw-01/").content.decode()
    assert 'rel="next"' not in citizen.get("/services/fw-10/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_permanent_page_keeps_its_reader_in_its_edition(citizen: Client, path: str) -> None:
    if path == "/editions/":
        assert 'href="/editions/2017-12/"' in citizen.get(path).content.decode()
        return
    page = citizen.get(f"/editions/2017-12{path}").content.decode()
    assert "这一版<strong>现行有效</strong>" in page
    links = set(re.findall(r'href="(/(?:duties|boundaries|services|supervision)[^"]*)"', page))
    assert links - {f"{path}history/"} == set()  # an item's history is of all editions
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/editions/2017-12{path}">' in page


def test_a_superseded_edition_says_so_and_leads_to_the_one_in_force(
    citizen: Client,
) -> None:
    make_issued(make_hands(), label="2026-11")
    old = text_of(citizen.get("/editions/2017-12/duties/"))
    assert "它已不是现行版本" in old
    assert "看现行的 2026-11 版" in old
    assert "2026-11 版" in text_of(citizen.get("/duties/"))


def test_an_edition_that_is_not_public_yet_is_not_there(citizen: Client) -> None:
    make_submitted(make_hands(), label="2018-03")
    assert citizen.get("/editions/2018-03/").status_code == 404
    assert "2018-03" not in text_of(citizen.get("/editions/"))


def test_an_empty_cell_reads_as_the_form_has_it(citizen: Client) -> None:
    text = text_of(citizen.get("/duties/zz-10/"))
    assert "清单在这一项下没有列具体工作事项。" in text
    assert re.search(r"责任股室\s*未写明", text)
    assert "联系电话未写明" in text_of(citizen.get("/services/fw-05/"))
    register = text_of(citizen.get("/duties/"))
    assert register.count("未写明") == 5  # four cells of offices, and the work items of the one duty that has none
    assert re.search(r"世界认可日”主题宣传活动 ?电话未写明", text_of(citizen.get("/")))


def test_whoever_listens_goes_from_duty_to_duty_by_its_heading(citizen: Client) -> None:
    page = citizen.get("/duties/").content.decode()
    headed = re.findall(r'<th scope="rowgroup"[^>]*><h2><a href="/duties/(zz-\d+)/">', re.sub(r">\s+<", "><", page))
    assert headed == [f"zz-{number:02}" for number in range(1, 11)]
    item = citizen.get("/duties/zz-02/").content.decode()
    assert item.count('<th scope="row" class="main">') == 9


def test_what_the_bureau_added_is_told_apart(citizen: Client) -> None:
    added = text_of(citizen.get("/services/fw-03/"))
    assert "10月14日" in added
    assert "本局整理，非清单原文：世界标准日" in added
    printed = text_of(citizen.get("/services/fw-04/"))
    assert "5月20日 清单原话：5、20" in printed
    assert "本局整理" not in printed


def test_a_phone_can_be_called(citizen: Client) -> None:
    assert 'href="tel:03165255911"' in citizen.get("/services/fw-10/").content.decode()


def test_the_offices_that_a_duty_names_can_be_called(citizen: Client) -> None:
    page = citizen.get("/duties/zz-03/").content.decode()
    assert 'href="tel:03165255908"' in page
    assert "稽查股：清单没有印出电话" in text_of(citizen.get("/duties/zz-03/"))


def test_a_cited_law_shows_its_number(citizen: Client) -> None:
    page = citizen.get("/boundaries/bj-01/").content.decode()
    assert '<cite title="国务院令第591号">《危险化学品安全管理条例》</cite>（国务院令第591号）' in page
    assert "<cite>《危化化学品包装物、容器产品生产许可证实施细则</cite>" in page


def test_capital_letters_lead_to_the_one_address(citizen: Client) -> None:
    response = citizen.get("/duties/ZZ-01/")
    assert (response.status_code, response["Location"]) == (301, "/duties/zz-01/")
    response = citizen.get("/editions/2017-12/duties/ZZ-01/")
    assert response["Location"] == "/editions/2017-12/duties/zz-01/"


def test_what_is_not_there_is_said_and_leads_on(citizen: Client) -> None:
    response = citizen.get("/services/fw-11/")
    assert response.status_code == 404
    assert "2017-12 版的公共服务里没有 FW-11" in text_of(response)
    assert 'href="/"' in response.content.decode()
    assert "没有公布过 2018-01 版" in text_of(citizen.get("/editions/2018-01/"))


def test_a_retired_code_says_since_when(own_database: Any) -> None:
    own_database(database.EMPTY)
    call_command("load_register", *map(str, REGISTER), verbosity=0)
    Service.objects.get(code="FW-09").put(reason="取消", retired_on=datetime.date(2018, 1, 1))
    Edition.transcribe(compose(), label="2017-12", effective_on=datetime.date(2017, 12, 1))
    response = Client().get("/services/fw-09/")
    assert response.status_code == 404
    assert "FW-09 已于 2018-01-01 取消" in text_of(response)


def test_before_anything_is_published_the_portal_says_so(own_database: Any) -> None:
    own_database(database.EMPTY)
    for path in ("/", "/duties/", "/duties/zz-01/", "/editions/", "/list.json"):
        response = Client().get(path)
        assert response.status_code == 503
        assert "清单尚未公布" in text_of(response)


def test_saving_a_row_publishes_nothing(citizen: Client) -> None:
    before = citizen.get("/services/fw-01/").content
    Service.objects.get(code="FW-01").put(reason="改", title="改了还没公布")
    assert citizen.get("/services/fw-01/").content == before


def test_a_page_takes_three_queries_once_the_edition_is_known(
    citizen: Client, django_assert_num_queries: Any, settings: Any
) -> None:
    for path in PAGES:
        catalogue.forget()
        settings.CATALOGUE_SECONDS = 0  # that look is old at once
        citizen.get(path)
        settings.CATALOGUE_SECONDS = 60
        with django_assert_num_queries(3):  # editions, what grew beside them, what stands as printed
            citizen.get(path)
        with django_assert_num_queries(0):  # within the second
            citizen.get(path)


def test_only_looking_is_allowed(citizen: Client) -> None:
    for path in (*PAGES, "/list.json", "/data/schema.json", "/healthz"):
        assert citizen.head(path).status_code == 200
        assert citizen.post(path).status_code == 405
