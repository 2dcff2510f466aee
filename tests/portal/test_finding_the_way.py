"""Whoever does not know the site finds the way: a map, twelve questions, any day, how it stands with accessibility."""

import re

import pytest
from django.test import Client

from editions.life.edition import Edition
from portal.site_pages import MEASURED_ON
from tests.acting import make_hands, make_years


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_the_foot_of_every_page_leads_to_help_map_and_statement(citizen: Client, dress: str) -> None:
    page = read(citizen, f"{dress}/duties/zz-01/")
    for path in ("help", "map", "accessibility", "corrections", "data"):
        assert f'href="{dress}/{path}/"' in page
        assert citizen.get(f"{dress}/{path}/").status_code == 200


def test_the_map_leads_to_every_item_office_department_law_and_edition(db: None, citizen: Client) -> None:
    make_years(make_hands())
    links = set(re.findall(r'href="([^"#?]+)"', read(citizen, "/map/")))
    data = citizen.get("/sitemap.xml").content.decode()
    wanted = {path for path in re.findall(r"<loc>http://127.0.0.1:8000(.*?)</loc>", data)}
    in_force = {path for path in wanted if not path.startswith("/editions/") and not path.endswith("/history/")}
    assert in_force - {"/", "/map/"} <= links
    assert {"/editions/2017-12/", "/editions/2018-09/changes/"} <= links


def test_twelve_questions_are_answered_in_plain_words(citizen: Client) -> None:
    page = read(citizen, "/help/")
    assert re.findall(r"<h2>(\d+)\. ", page) == [str(number) for number in range(1, 13)]
    assert 'href="tel:03165255911"' in page
    assert "职责边界声明 4 项，表中 3 项；公共服务声明 11 项，表中 10 项。" in page


def test_the_statement_says_when_it_was_measured(citizen: Client) -> None:
    page = read(citizen, "/accessibility/")
    assert f"{MEASURED_ON.year}年{MEASURED_ON.month}月{MEASURED_ON.day}日测量" in page
    assert "已知的不足" in page


def test_any_day_is_asked_for_in_a_form(db: None, citizen: Client) -> None:
    make_years(make_hands())
    assert 'href="/on/"' in read(citizen, "/editions/")
    answer = citizen.get("/on/", {"day": "2018-01-15"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/editions/2017-12/"
    answer = citizen.get("/elder/on/", {"day": "2018-04-15"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/elder/editions/2018-03/"
    assert "2017-12-01 至 2018-02-28" in read(citizen, "/on/")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2001-01-01", "2001-01-01 没有施行中的清单。"),
        ("2999-01-01", "2999-01-01 还没有到"),
        ("昨天", "“昨天”不是日期"),
        ("<b>", "“&lt;b&gt;”不是日期"),
    ],
)
def test_a_day_that_has_no_list_is_told_beside_the_field(citizen: Client, day: str, said: str) -> None:
    answer = citizen.get("/on/", {"day": day})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert 'name="day"' in answer.content.decode()


def test_a_static_copy_says_when_each_edition_was_in_force(citizen: Client) -> None:
    page = read(citizen, "/on/offline/")
    assert "<form class" not in page.split("<main")[1]
    assert "2017-12-01 至今" in page


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_with_nothing_in_force_every_link_of_map_and_help_leads_somewhere(
    db: None, citizen: Client, dress: str
) -> None:
    Edition.objects.get().revoke(by=make_hands().director, reason="县政府撤销批准")
    for path in ("map", "help", "accessibility"):
        page = citizen.get(f"{dress}/{path}/")
        assert "它<strong>已不是现行版本</strong>" in page.content.decode()
        for link in set(re.findall(r'href="(/[^"#?]*)', page.content.decode())):
            assert citizen.get(link).status_code < 400, f"{path}: {link}"
