"""王芳 brings a table of thousands of rows: the page tells how far it has come, and nobody waits in vain."""

import csv
import errno
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts import roles
from history import progress
from history.uploads import UPLOADS
from tests.browsing import chromium, follow
from tests.conftest import make_account, own_databases, served, signed_in

ROWS = 4000
# Nothing is read from a page that waits for the next one: it keeps for that one what it said.
REMEMBER = """new MutationObserver(() => {
  const said = document.querySelector('[role=status]')?.textContent;
  if (said) sessionStorage.setItem('told', (sessionStorage.getItem('told') ?? '') + said);
}).observe(document, {subtree: true, childList: true, characterData: true})"""


def table(tmp_path: Path) -> Path:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["代码", "名称", "文号", "取消日期", "变更号"])
    writer.writerows(["", f"第{number}号试行办法", "", "", ""] for number in range(1, ROWS + 1))
    file = tmp_path / "法规.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def test_the_page_tells_how_far_it_has_come(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> None:
    file = table(tmp_path)
    with own_databases(django_db_blocker) as own_database:
        name = own_database()
        make_account("wangfang", roles.EDITOR, "王", "芳", password="wenan-2017-list")
        with served(name) as address, chromium() as browser:
            page = browser.new_page()
            page.add_init_script(REMEMBER)
            page.goto(f"{address}/admin/laws/law/import/")
            page.fill("#id_username", "wangfang")
            page.fill("#id_password", "wenan-2017-list")
            follow(page.locator("input[type=submit]"))
            page.set_input_files("#id_import_file", file)
            page.fill("#id_change_reason", "整理法规")
            for button, doing in (("提交", "已(核对|试写)"), ("确认导入", "已写入")):
                with page.expect_navigation(timeout=180_000):
                    page.get_by_role("button", name=button).click(timeout=180_000)
                told = page.evaluate("sessionStorage.getItem('told')")
                assert re.search(rf"{doing} \d+ 行，共 {ROWS} 行", told), told
            assert f"{ROWS}" in page.inner_text(".messagelist")
    assert list(UPLOADS.glob("table-progress-*")) == []


@pytest.mark.parametrize("token", ["x", "../../etc/passwd", "0" * 33, "G" * 32, ""])
def test_nothing_is_written_or_told_under_another_name(token: str) -> None:
    told = progress.Progress(token)
    told.begin("已核对", progress.EVERY)
    for _ in range(progress.EVERY):
        told.one_more()
    assert progress.said(token) == ""
    told.end()


def test_a_table_goes_on_where_nobody_can_be_told(monkeypatch: Any) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    told = progress.Progress("0" * 32)
    told.begin("已写入", 2 * progress.EVERY)
    monkeypatch.setattr(Path, "write_text", full)
    for _ in range(2 * progress.EVERY):
        told.one_more()
    told.end()
    assert (told.done, progress.said("0" * 32)) == (2 * progress.EVERY, "")


def test_only_staff_are_told(wang: Any) -> None:
    where = "/admin/laws/law/progress/" + "0" * 32 + "/"
    assert signed_in(wang).get(where).content == b""
    assert Client().get(where).status_code == 302
