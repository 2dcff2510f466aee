"""A bureau takes a part of another form into its list while the portal runs: what was public stays as it was, and the
new part goes the way of every other."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import database
from tests.acting import PDF
from tests.conftest import BASE, FROZEN, REGISTER, make_account, own_databases, own_folder, served
from tests.portal.test_exporting_the_site import digests
from tests.portal.test_printing_the_list import squeezed
from tests.posting import Person
from wenan_qts import embedded

APP = {"APPS": "tests.intermediaries"}
PASSWORD = "Zhongjie-2026-list"
NUMBER = "文编〔2026〕3号"
CATALOGUE = 1.5
"""Seconds until every worker has looked at the editions anew."""
NEW = {
    "numeral": "五、",
    "heading": "行政审批中介服务事项清单",
    "cover_label": "行政审批中介服务事项",
    "compiler": "填报人：王芳",
    "change_reason": "县里要求公布中介服务事项",
}
CHARGED = {
    "serial": "1",
    "position": "1",
    "title": "计量器具型式评价",
    "approval": "计量器具型式批准",
    "basis": "《计量器具新产品管理办法》第六条",
    "offices": "标准计量股",
    "fee": "是",
    "standard": "按省物价部门核定的标准",
    "change_reason": "新增",
}
FREE = {
    "serial": "2",
    "position": "2",
    "title": "特种设备监督检验",
    "approval": "特种设备使用登记",
    "offices": "特种设备安全股",
    "fee": "否",
    "change_reason": "新增",
}

PRINTED = [row[name] for row in (CHARGED, FREE) for name in ("title", "approval", "offices")] + [CHARGED["standard"]]


def manage(name: str, *args: str, **environment: str) -> tuple[int, str]:
    """What a command ends with, and what it says, on a database of that name."""
    serving, owner = embedded.urls(embedded.FOLDER, name)
    own = {"DATABASE_URL": serving, "DATABASE_OWNER_URL": owner, "PAPER_QUEUE": name, **environment}
    done = subprocess.run(
        [sys.executable, "manage.py", *args], cwd=BASE, env={**os.environ, **own}, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def done(name: str, *args: str, **environment: str) -> str:
    status, said = manage(name, *args, **environment)
    assert status == 0, said
    return said


def got(address: str, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address + path, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@dataclass
class Added:
    """What was seen on the way."""

    name: str
    """Of the database."""
    label: str
    """Of the edition that has the part."""
    folder: Path
    before: dict[str, str]
    """The files of the site before the app was installed, and after."""
    after: dict[str, str]
    desk: str
    """The editor's, while the part has no frame."""
    unframed: tuple[int, str]
    draft: str
    answers: dict[str, tuple[int, str]]
    verified: list[str]


PATHS = [
    "/",
    "/intermediaries/",
    "/intermediaries/zj-01/",
    "/elder/intermediaries/zj-01/",
    "/intermediaries/zj-01/history/",
    "/offices/gs-04/",
    "/search/?q=%E5%9E%8B%E5%BC%8F%E8%AF%84%E4%BB%B7",
    "/list.json",
    "/data/schema.json",
    "/editions/2017-12/",
    "/editions/2017-12/intermediaries/",
    "/editions/2017-12/intermediaries/zj-01/",
    "/editions/2017-12/intermediaries/list.pdf",
    "/editions/2017-12/list.json",
]


@pytest.fixture(scope="module")
def added(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Added]:
    folder = tmp_path_factory.mktemp("added")
    own = own_folder(folder)
    with own_databases(django_db_blocker) as make:
        name = make()
        for username, role in {"wang": "编辑", "he": "编辑", "sun": "法规审核", "zhou": "局领导"}.items():
            make_account(username, role, "某", username, password=PASSWORD)
        done(name, "export_site", str(folder / "before"), **own)
        done(name, "migrate", "--database", "owner", **own, **APP)
        verified = [done(name, "verify", **own, **APP)]
        done(name, "export_site", str(folder / "after"), **own, **APP)
        with served(name, **own, **APP) as address:
            unframed = got(address, "/intermediaries/")
            wang = Person(address, "wang", PASSWORD)
            desk = wang.look("/admin/")
            said = [
                wang.send("/admin/editions/frame/add/?part=intermediaries", NEW),
                wang.send("/admin/intermediaries/intermediary/add/", CHARGED),
                wang.send("/admin/intermediaries/intermediary/add/", FREE),
            ]
            assert all("成功添加了" in page for page in said)
            picks = ["intermediaries ZJ-01", "intermediaries ZJ-02"]
            draft = wang.send("/admin/editions/edition/compile/", {"picks": picks, "change_note": "增加中介服务事项。"})
            assert "拟稿已保存" in draft
            assert "已送审" in wang.send(f"{wang.url}submit/", {"word": "原清单的文字，另行更正。"})
            edition = re.sub(r"change/$", "do/", wang.url)
            sun, zhou, he = (Person(address, each, PASSWORD) for each in ("sun", "zhou", "he"))
            letter = {"authority": "文安县机构编制委员会", "number": NUMBER, "date": f"{timezone.localdate()}"}
            file = SimpleUploadedFile("批复.pdf", PDF, "application/pdf")
            said = [
                sun.send(f"{edition}reviewed/", {"reason": "合法"}),
                zhou.send(f"{edition}signed/", {}),
                he.send(f"{edition}reply_recorded/", {**letter, "file": file}),
                sun.send(f"{edition}reply_confirmed/", {"number": NUMBER}),
                zhou.send(f"{edition}issued/", {"password": PASSWORD}),
            ]
            assert all("已办。" in page for page in said)
            time.sleep(CATALOGUE)
            label = json.loads(got(address, "/list.json")[1])["edition"]["label"]
            paths = [*PATHS, f"/editions/{label}/changes/"]
            answers = {path: got(address, path) for path in paths}
            answers["desk"] = 200, wang.look("/admin/")
        verified.append(done(name, "verify", **own, **APP))
        before, after = (digests(folder / each) for each in ("before", "after"))
        yield Added(name, label, folder, before, after, desk, unframed, draft, answers, verified)


def test_nothing_public_changes_by_its_being_installed(added: Added) -> None:
    assert len(added.before) > 500
    assert added.after == added.before
    assert added.unframed[0] == 404
    assert "2017-12 版没有“中介服务”这一部分。" in added.unframed[1]


def test_it_asks_for_its_frame_on_the_desk(added: Added) -> None:
    assert "“中介服务”这一部分还没有表头" in added.desk
    assert "还没有表头" not in added.answers["desk"][1]


def test_its_items_bring_the_frame_into_the_new_edition(added: Added) -> None:
    assert "填报人：王芳" in added.draft
    assert "一并编入：表头和注 行政审批中介服务事项清单（新增）。" in added.draft


def test_it_is_read_like_every_other_part(added: Added) -> None:
    answers = {path: page for path, (status, page) in added.answers.items() if status == 200}
    assert re.search(r'<a href="/intermediaries/"[^>]*>中介服务</a>', answers["/"])
    assert "五、行政审批中介服务事项清单" in answers["/"]
    assert all(said in answers["/intermediaries/"] for said in PRINTED)
    assert "<dt>收费标准</dt><dd><p>按省物价部门核定的标准</p></dd>" in answers["/intermediaries/zj-01/"]
    assert "长辈版" in answers["/elder/intermediaries/zj-01/"]
    assert f"{added.label} 版起列入" in answers["/intermediaries/zj-01/history/"]
    assert "计量器具型式评价" in answers["/offices/gs-04/"]
    assert 'href="/intermediaries/zj-01/"' in answers[PATHS[6]]
    assert "增加中介服务事项。" in answers[f"/editions/{added.label}/changes/"]
    assert "intermediaries" in json.loads(answers["/data/schema.json"])["properties"]


def test_the_old_edition_has_no_such_part(added: Added) -> None:
    for path in ("", "zj-01/", "list.pdf"):
        status, page = added.answers[f"/editions/2017-12/intermediaries/{path}"]
        assert status == 404
        assert "没有“中介服务”这一部分。" in page
    status, page = added.answers["/editions/2017-12/"]
    assert status == 200
    assert "中介服务" not in page
    data = added.answers["/editions/2017-12/list.json"][1]
    assert data == (added.folder / "before" / "editions" / "2017-12" / "list.json").read_text()
    assert json.loads(data)["edition"]["content_digest"] == FROZEN


def test_nothing_is_found_amiss(added: Added) -> None:
    assert all("核验没有发现问题。" in said for said in added.verified)


def test_it_is_printed(added: Added, tmp_path: Path) -> None:
    own = {"VAR": str(added.folder), **APP}
    done(added.name, "export_list", "--edition", added.label, "--out", str(tmp_path / "whole.pdf"), **own)
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "whole.pdf").pages))
    assert all(squeezed(said) in text for said in (NEW["heading"], *PRINTED))
    old = ("--edition", "2017-12", "--scope", "intermediaries", "--out", str(tmp_path / "none.pdf"))
    status, said = manage(added.name, "export_list", *old, **own)
    assert status != 0
    assert "清单里没有“中介服务”这一部分。" in said


def test_what_is_exported_gives_the_same_digest_elsewhere(added: Added, django_db_blocker: Any) -> None:
    folder = added.folder
    own = {"VAR": str(folder), **APP}
    done(added.name, "export_site", str(folder / "issued"), **own, PATH="")  # without fontconfig no PDF is set
    now = digests(folder / "issued")
    assert "intermediaries/zj-02/index.html" in now
    assert "editions/2017-12/intermediaries/index.html" not in now
    published = folder / "issued" / "list.json"
    with own_databases(django_db_blocker) as make:
        name = make(database.EMPTY)
        done(name, "migrate", "--database", "owner", **own)
        other = make(name)
        done(name, "load_register", *map(str, REGISTER), **own)
        assert FROZEN in done(name, "publish_edition", *map(str, REGISTER), **own)
        done(other, "load_register", str(published), **own)
        assert json.loads(published.read_text())["edition"]["content_digest"] in done(
            other, "publish_edition", str(published), **own
        )
        plain = make(database.EMPTY)
        status, said = manage(plain, "load_register", str(published), VAR=str(folder))
        assert status != 0
        assert "intermediaries：不认识的部分" in said


def test_without_its_app_the_portal_says_so_and_does_not_go_on(added: Added, capfd: Any) -> None:
    sentence = "清单版本里有“intermediaries”这一部分，程序没有装它的应用"
    for command in (("check", "--database", "default"), ("migrate", "--database", "owner"), ("verify",)):
        status, said = manage(added.name, *command, VAR=str(added.folder))
        assert status != 0
        assert sentence in said
        assert "Traceback" not in said
    with pytest.raises(AssertionError, match="gunicorn did not start"), served(added.name, VAR=str(added.folder)):
        pass
    assert sentence in capfd.readouterr().err


@pytest.mark.parametrize(
    ("apps", "said"),
    [
        ("tests.nowhere", "没有叫“tests.nowhere”的包"),
        ("tests.portal.test_adding_a_part", "没有叫“tests.portal.test_adding_a_part”的包"),
    ],
)
def test_an_app_that_is_not_there_stops_the_start_with_a_sentence(apps: str, said: str) -> None:
    status, answer = manage("postgres", "check", APPS=apps)
    assert status != 0
    assert said in answer
    assert "Traceback" not in answer
