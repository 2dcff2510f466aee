"""What head and foot of a page say of the county's site comes from the settings; what is empty is left out."""

from typing import Any

from django.core.checks import run_checks
from django.test import Client

SAID = {
    "SITE_NAME": "文安县人民政府",
    "SITE_DOMAIN": "www.wenan.example",
    "SITE_ID_CODE": "1310260001",
    "SITE_CONTACT": "0316-1234567",
    "SITE_ICP": "冀ICP备00000001号",
    "SITE_POLICE": "",
    "SITE_MARK_URL": "",
    "SITE_ERRORS_URL": "https://zfwzgl.example/",
}


def test_what_is_set_is_said_and_the_rest_is_left_out(citizen: Client, settings: Any) -> None:
    settings.SITE = SAID
    page = citizen.get("/duties/zz-01/").content.decode()
    for said in (
        '<meta name="SiteName" content="文安县人民政府">',
        '<meta name="SiteIDCode" content="1310260001">',
        '<meta name="ArticleTitle" content="负责拟订提高本辖区质量水平的发展规划及政策措施并组织实施">',
        '<meta name="PubDate" content="2017-12-01 00:00">',
        '<meta name="ContentSource" content="文安县质量技术监督局">',
        "联系方式：0316-1234567",
        "ICP备案号：冀ICP备00000001号",
        '<a href="https://zfwzgl.example/">我为政府网站找错</a>',
    ):
        assert said in page
    assert "公安备案号" not in page
    assert "党政机关网站标识" not in page
    assert '<meta name="ColumnName" content="部门职责">' in citizen.get("/duties/").content.decode()


def test_what_is_empty_is_named_by_the_check(settings: Any) -> None:
    settings.SITE = SAID
    assert [m.msg for m in run_checks() if m.id == "portal.W001"] == ["页头和页脚没有写：SITE_POLICE、SITE_MARK_URL。"]
    settings.SITE = {**SAID, "SITE_POLICE": "x", "SITE_MARK_URL": "y"}
    assert not [m for m in run_checks() if m.id == "portal.W001"]
