"""Anybody reads by what penalties are measured, each with where it comes from, as it is in force today."""

import datetime
import re
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from accounts import roles
from accounts.models import Account
from cases.discretion.documents import composed
from cases.discretion.loading import shipped_standards
from cases.discretion.publication import PublishedStandards, current_standards
from cases.discretion.standards import Band, By, Factor, Standard
from cases.discretion.violations import Provision
from editions.life.edition import Edition
from editions.public import catalogue
from tests.acting import make_hands
from tests.conftest import make_account
from verbatim.documents import digest

PAGE, DATA = "/supervision/standards/", "/supervision/standards.json"


def read(citizen: Client, path: str = PAGE) -> str:
    catalogue.forget()
    return citizen.get(path).content.decode()


def publish() -> None:
    """By somebody who changed nothing."""
    director = Account.objects.filter(username="zhouzheng3").first()
    director = director or make_account("zhouzheng3", roles.DIRECTOR, "周", "正")
    PublishedStandards.publish(director, shown=digest(composed().canonical()))


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
    publish()
    assert "国市监法规〔2022〕2号" in read(citizen)
    with mock.patch.object(timezone, "localdate", return_value=day + datetime.timedelta(days=1)):
        assert "国市监法规〔2022〕2号" not in read(citizen)


def make_band(**values: Any) -> Band:
    given: dict[str, Any] = {
        "standard": Standard.objects.get(code="JZ-03"),
        "provision": Provision.objects.get(code="FZ-05"),
        "grade": "从轻",
        "by": By.SUM,
        "low": Decimal(0),
        "high": Decimal(300),
        "condition": "伪造一份数据的",
    }
    return Band(**given | values).put(reason="录入")


def test_a_band_is_read_when_it_is_published_and_not_before(citizen: Client) -> None:
    made = make_band()
    assert "伪造一份数据的" not in read(citizen)
    publish()
    assert "从轻：罚款0元到300元。伪造一份数据的据国市监法规〔2022〕2号" in text(read(citizen))
    assert f'id="{made.code.lower()}"' in read(citizen)
    made.retire(reason="录错了")
    assert "伪造一份数据的" in read(citizen)
    publish()
    assert "伪造一份数据的" not in read(citizen)


def test_until_somebody_publishes_the_public_reads_what_the_portal_comes_with(db: None) -> None:
    assert shipped_standards() == composed()
    assert current_standards() == composed()


@pytest.mark.parametrize("dress", ["", "/elder"])
def test_it_is_read_where_nothing_is_in_force(db: None, citizen: Client, dress: str) -> None:
    Edition.objects.get().revoke(by=make_hands().director, reason="县政府撤销批准")
    page = read(citizen, f"{dress}{PAGE}")
    for link in set(re.findall(r'(?:href|action)="(/[^"#?]*)', page)):
        assert citizen.get(link, follow=True).status_code < 400, link
    assert "伪造数据" in read(citizen, f"{dress}{PAGE}find/?q=伪造")


def test_with_nothing_published_it_says_so(citizen: Client) -> None:
    for row in (*Band.objects.all(), *Factor.objects.all(), *Provision.objects.all(), *Standard.objects.all()):
        row.retire(reason="清空")
    publish()
    assert "还没有公布裁量基准。" in read(citizen)


# Looking for something


def found(citizen: Client, asked: str) -> str:
    return text(read(citizen, f"{PAGE}find/?q={asked}").split("<main", 1)[1].split("</main>")[0])


def test_who_looks_for_an_act_finds_its_article_with_its_bands(citizen: Client) -> None:
    make_band()
    publish()
    said = found(citizen, "伪造 数据")
    assert "伪造数据应当：警告、罚款0元到1000元" in said
    assert "伪造一份数据的据国市监法规〔2022〕2号" in said
    assert "超过授权期限" not in said
    assert "裁量因素" not in said


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("胁迫", "受他人胁迫或者诱骗实施违法行为"),
        ("主席令第七十号 立功", "配合行政机关查处违法行为有立功表现"),
        ("国市监法规〔2022〕2号", "罚款在法定幅度的0%到30%"),
        ("計量法實施細則", "没收其非法检定印、证"),
    ],
)
def test_factors_bands_documents_and_articles_are_found(citizen: Client, asked: str, held: str) -> None:
    assert held in found(citizen, asked)


def test_what_is_not_there_is_said_not_to_be(citizen: Client) -> None:
    assert "没有同时写着这些字的" in found(citizen, "社保卡")
    assert "伪造数据" in found(citizen, "")
    assert "<script" not in read(citizen, f"{PAGE}find/?q=<script>alert(1)</script>").split("<main", 1)[1]


def test_what_was_published_and_is_not_in_force_is_not_found(citizen: Client) -> None:
    assert "2017年修正" not in found(citizen, "胁迫")


def test_two_versions_of_an_article_may_stand_together(citizen: Client) -> None:
    old = Provision.objects.get(code="FZ-02")
    row = Provision(violation=old.violation, law=old.law, version="2026年修订", quoted="新的条文。", maximum=500)
    row.since = timezone.localdate()
    row.put(reason="录入")
    publish()
    assert "新的条文。" in read(citizen)
    assert "2001年令第15号" in read(citizen)
