"""Anybody reads by what penalties are measured, each with where it comes from, as it is in force today."""

import datetime
import re
from decimal import Decimal
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from cases.discretion.standards import Band, By, Standard
from cases.discretion.violations import Provision
from editions.life.edition import Edition
from editions.public import catalogue
from tests.acting import make_hands

PAGE, DATA = "/supervision/standards/", "/supervision/standards.json"


def read(citizen: Client, path: str = PAGE) -> str:
    catalogue.forget()
    return citizen.get(path).content.decode()


def text(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def test_the_regime_leads_to_the_standards_and_they_lead_to_their_clause(citizen: Client) -> None:
    assert f'href="{PAGE}">现行的裁量基准</a>' in read(citizen, "/supervision/jg-15/")
    assert PAGE not in read(citizen, "/supervision/jg-14/").split("<footer")[0]
    page = read(citizen)
    assert 'href="/supervision/jg-12/#c5-4-2"' in page
    assert 'id="c5-4-2"' in read(citizen, "/supervision/jg-12/")


def test_each_band_and_each_factor_says_its_document(citizen: Client) -> None:
    said = text(read(citizen))
    assert "从轻：罚款在法定幅度的0%到30%。据国市监法规〔2022〕2号" in said
    assert "国市监法规〔2022〕2号，国家市场监督管理总局2022-10-08公布，2022-10-08起施行。" in said
    assert "主动供述行政机关尚未掌握的违法行为应当从轻或者减轻主席令第七十号第三十二条" in said
    assert "伪造数据应当：警告、罚款0元到1000元；情节严重的：吊销其计量授权证书。" in said


def test_only_what_is_in_force_today_is_shown(citizen: Client) -> None:
    assert "2017年修正" not in read(citizen)
    kept = citizen.get(DATA).json()
    assert [each["code"] for each in kept["standards"]] == ["JZ-02", "JZ-03"]
    day = timezone.localdate()
    Standard.objects.get(code="JZ-03").put(reason="失效", until=day)
    assert "国市监法规〔2022〕2号" in read(citizen)
    with mock.patch.object(timezone, "localdate", return_value=day + datetime.timedelta(days=1)):
        assert "国市监法规〔2022〕2号" not in read(citizen)


def test_a_band_that_is_entered_is_there_and_one_that_is_retired_is_gone(citizen: Client) -> None:
    made = Band(
        standard=Standard.objects.get(code="JZ-03"),
        provision=Provision.objects.get(code="FZ-05"),
        grade="从轻",
        by=By.SUM,
        low=Decimal(0),
        high=Decimal(300),
        condition="伪造一份数据的",
    ).put(reason="录入")
    assert "从轻：罚款0元到300元。伪造一份数据的据国市监法规〔2022〕2号" in text(read(citizen))
    assert f'id="{made.code.lower()}"' in read(citizen)
    made.retire(reason="录错了")
    assert "伪造一份数据的" not in read(citizen)


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_it_is_read_where_nothing_is_in_force(db: None, citizen: Client, dress: str) -> None:
    Edition.objects.get().revoke(by=make_hands().director, reason="县政府撤销批准")
    page = read(citizen, f"{dress}{PAGE}")
    for link in set(re.findall(r'href="(/[^"#?]*)', page)):
        assert citizen.get(link).status_code < 400, link


def test_with_nothing_entered_it_says_so(citizen: Client) -> None:
    for row in (*Band.objects.all(), *Provision.objects.all()):
        row.retire(reason="清空")
    assert "还没有录入。" in read(citizen)
