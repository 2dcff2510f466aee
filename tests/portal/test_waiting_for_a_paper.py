"""A citizen asks for a PDF that nobody has asked for before: it is set by a process of its own, and comes."""

import datetime
import http.client
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import roles
from editions.life.edition import Edition
from editions.public import catalogue
from editions.public.taking_turns import one_at_a_time
from paper import kept, typesetting
from paper.faces import TypesettingUnavailable
from paper.kept import NotKept
from portal.papers import printing, queue
from portal.papers.printing import ListPaper, Scope
from tests.acting import make_hands, make_issued, on
from tests.conftest import make_account, own_folder, served, setting_papers, signed_in
from tests.papers import got, set_all_asked
from wenan_qts.env import VAR

PATH = "/services/fw-02/list.pdf"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")


def waiting() -> list[Any]:
    return [row.args_kwargs["args"][:3] for row in DBTaskResult.objects.ready()]


def fail(monkeypatch: Any, error: Exception) -> None:
    def failing(html: str) -> bytes:
        raise error

    monkeypatch.setattr(typesetting, "pdf", failing)


# What a citizen sees


def test_a_page_says_that_it_is_being_set_and_comes_again_by_itself(citizen: Client) -> None:
    answer = citizen.get(PATH)
    page = answer.content.decode()
    assert answer.status_code == 503  # curl --retry comes again, and saves no page under the name of a PDF
    assert "正在排版" in page
    assert '<meta http-equiv="refresh" content="2">' in page
    assert answer["Retry-After"] == "2"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*"  # the page of another site may read that it has to wait
    set_all_asked()
    assert citizen.get(PATH).content.startswith(b"%PDF")


def test_who_asks_as_the_portal_is_served_gets_it_at_once(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    with served(name, **own_folder(tmp_path)) as address, setting_papers(name, **own_folder(tmp_path)):
        began = time.monotonic()
        for _ in range(20):
            connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
            connection.request("GET", PATH)
            answer = connection.getresponse()
            content = answer.read()
            assert "X-Ask-Again" not in answer.headers
            if content.startswith(b"%PDF"):
                break
            assert "正在排版" in content.decode()
            time.sleep(float(answer.headers["Retry-After"]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert time.monotonic() - began < 20


def test_what_is_not_there_is_not_waited_for(citizen: Client) -> None:
    for path in ("/duties/zz-99/list.pdf", "/offices/gs-99/list.pdf", "/editions/2099-01/list.pdf",
                 "/editions/2017-12/changes.pdf", "/editions/2017-12/changes/2016-01.pdf"):  # fmt: skip
        assert citizen.get(path).status_code == 404
    assert waiting() == []


def test_one_paper_is_set_once_however_many_ask(citizen: Client, monkeypatch: Any) -> None:
    for path in (PATH, "/editions/2017-12/services/fw-02/list.pdf", PATH + "?a=1", PATH + "?b=2"):
        assert citizen.get(path).status_code == 503
    assert waiting() == [["2017-12", "services/fw-02", ""]]
    set_all_asked()
    assert citizen.get(PATH).status_code == 200
    assert waiting() == []


def test_the_queue_is_never_longer_than_its_bound(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 3)
    for number in range(1, 6):
        answer = citizen.get(f"/services/fw-{number:02d}/list.pdf")
    assert len(waiting()) == 3
    assert answer.status_code == 503
    assert "等着排版的 PDF 太多，请过几分钟再来。" in answer.content.decode()
    assert citizen.get("/services/fw-01/list.pdf").content.decode().count("正在排版") > 0  # it is among those


def test_a_paper_that_failed_is_said_with_its_reason_and_not_tried_again_at_once(
    citizen: Client, monkeypatch: Any
) -> None:
    fail(monkeypatch, TypesettingUnavailable("没有字体，不能排 PDF。"))
    answer = got(citizen, PATH)
    assert answer.status_code == 503
    assert "没有字体，不能排 PDF。" in answer.content.decode()
    assert waiting() == []
    later = timezone.now() + datetime.timedelta(minutes=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "正在排版" in citizen.get(PATH).content.decode()
    set_all_asked()
    later += datetime.timedelta(minutes=3)  # longer each time
    assert "没有字体，不能排 PDF。" in citizen.get(PATH).content.decode()


def test_a_fault_of_ours_is_said_without_its_insides(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(queue, "_typeset_child", lambda html, key, theirs: os._exit(1))
    page = got(citizen, PATH).content.decode()
    assert "排版进程中途断了" in page
    monkeypatch.setattr(ListPaper, "html", lambda self: 1 / 0)
    page = got(citizen, "/services/fw-03/list.pdf").content.decode()
    assert "排版出了差错，已经记在日志里" in page
    assert "division" not in page


def test_a_paper_that_takes_too_long_is_given_up(citizen: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(queue, "SECONDS", 0.2)
    monkeypatch.setattr(typesetting, "pdf", lambda html: time.sleep(60))
    assert "还没有排完，已经停止" in got(citizen, PATH).content.decode()


def test_a_full_disk_is_one_sentence(citizen: Client, monkeypatch: Any) -> None:
    fail(monkeypatch, NotKept("排好的 PDF 存不进（磁盘满了），请管理员腾出空间或改正权限。"))
    answer = got(citizen, PATH)
    assert answer.status_code == 503
    assert "磁盘满了" in answer.content.decode()


def test_two_programs_that_differ_are_told_apart(citizen: Client, monkeypatch: Any) -> None:
    citizen.get(PATH)
    monkeypatch.setattr(printing, "_program", lambda: "another")
    set_all_asked()
    monkeypatch.undo()
    (row,) = DBTaskResult.objects.failed()
    assert "请管理员把两个都重新启动" in row.traceback


# The process that sets paper


def test_what_an_older_program_asked_for_is_no_failure_of_the_new_one(citizen: Client, monkeypatch: Any) -> None:
    """After an upgrade the desk said, for each that had waited, that the two programs differ."""
    with monkeypatch.context() as older:
        older.setattr(printing, "_program", lambda: "the older")
        citizen.get(PATH)
    queue.drop_outdated()
    assert waiting() == []
    citizen.get(PATH)
    queue.drop_outdated()
    assert waiting() == [["2017-12", "services/fw-02", ""]]


def test_its_absence_is_said(citizen: Client, wang: Any) -> None:
    assert citizen.get("/healthz").json()["paper"] == "unavailable"
    assert "排版的进程现在没有运行" in citizen.get(PATH).content.decode()
    chief = make_account("chief", roles.CHIEF, "李", "强")
    assert "排版的进程现在没有运行" in signed_in(chief).get(reverse("admin:index")).content.decode()


def test_whoever_looks_the_installation_over_is_told_of_its_absence(
    own_database: Any, monkeypatch: Any, capsys: Any
) -> None:
    name = own_database()
    monkeypatch.setattr(queue, "AT_WORK", VAR / f"{name}.lock")
    call_command("check", databases=["default"])
    assert "排版的进程没有运行" in capsys.readouterr().err
    with setting_papers(name):
        call_command("check", databases=["default"])
    assert "排版的进程没有运行" not in capsys.readouterr().err


def test_the_staff_see_what_could_not_be_set(citizen: Client, monkeypatch: Any) -> None:
    fail(monkeypatch, TypesettingUnavailable("没有字体，不能排 PDF。"))
    got(citizen, PATH)
    page = signed_in(make_account("chief", roles.CHIEF, "李", "强")).get(reverse("admin:index")).content.decode()
    assert "list-2017-12-services-fw-02.pdf：没有字体，不能排 PDF。" in page


def test_there_is_one_of_it(own_database: Any) -> None:
    name = own_database()
    with setting_papers(name) as one, setting_papers(name) as another:
        assert another.wait(30) == 1
        assert one.poll() is None


def test_it_goes_on_after_it_was_killed_in_the_middle(own_database: Any, tmp_path: Path) -> None:
    own_database()
    paper = ListPaper(Edition.objects.get(), Scope())
    queue.ask(paper)
    DBTaskResult.objects.get().claim("killed")
    queue.take_up_again()
    assert waiting() == [["2017-12", "whole", ""]]
    for _ in range(queue.MOST_BREAKS):
        DBTaskResult.objects.get().claim("killed")
    queue.take_up_again()
    assert waiting() == []
    with pytest.raises(queue.PaperUnavailable, match="断了"):
        queue.ask(paper)


def test_what_is_published_is_set_before_anybody_asks(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    with on(datetime.date(2018, 3, 1)):
        make_issued(make_hands())
    catalogue.forget()
    wanted = list(queue.published(catalogue.current()))
    assert [paper.file_name for paper in wanted[:6]] == [
        "list-2018-03.pdf",
        *(f"list-2018-03-{part}.pdf" for part in ("duties", "boundaries", "services", "supervision")),
        "changes-2017-12-2018-03.pdf",
    ]
    with setting_papers(name, PAPERS_AHEAD="2", **own_folder(tmp_path)):
        for _ in range(300):
            if len(list((tmp_path / "kept").glob("*.pdf"))) == 2:
                break
            time.sleep(0.1)
    assert {file.stem for file in (tmp_path / "kept").glob("*.pdf")} == {wanted[0].key, wanted[1].key}


def test_drafts_are_set_one_at_a_time(wang: Any, monkeypatch: Any) -> None:
    chief = signed_in(make_account("chief", roles.CHIEF, "李", "强"))
    with one_at_a_time("draft", ""):
        answer = chief.get(reverse("admin:draft-pdf", args=["services/fw-02"]))
    assert answer.status_code == 503
    assert "正在排另一份草稿" in answer.content.decode()
    assert chief.get(reverse("admin:draft-pdf", args=["services/fw-02"])).content.startswith(b"%PDF")
