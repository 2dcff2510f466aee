"""The site as static files: the same bytes, served by any file server, replaced all at once."""

import datetime
import functools
import hashlib
import http.server
import re
import shutil
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from editions.public import catalogue
from paper import kept
from portal.keeping import export
from portal.keeping.export import paths
from tests import database
from tests.acting import make_hands, make_issued, make_years, on
from tests.conftest import BASE, VAR, own_databases, served


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def exported(folder: Path) -> Path:
    call_command("export_site", str(folder), verbosity=0)
    return folder


@pytest.fixture(scope="module")
def exported_once(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Path:
    """The site of the list as it was loaded, not to be changed."""
    with own_databases(django_db_blocker) as own_database:
        own_database()
        return exported(tmp_path_factory.mktemp("exported") / "site")


@pytest.fixture
def site(own_database: Any, exported_once: Path, tmp_path: Path) -> Path:
    """An exported site of the test's own, and a database like the one that it is of."""
    own_database()
    return Path(shutil.copytree(exported_once, tmp_path / "site"))


def test_a_plain_file_server_serves_every_link_of_it(own_database: Any, tmp_path: Path) -> None:
    own_database()
    with on(datetime.date(2018, 3, 1)):
        make_issued(make_hands())
    folder = exported(tmp_path / "site")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *args: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        waiting, seen = ["/"], set()
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}") as response:
                page = response.read()
            if path.endswith("/"):
                waiting += re.findall(r'(?:href|src|action)="(/[^"#]*)', page.decode())
    finally:
        server.shutdown()
    assert len(seen) > 2 * 38
    assert "/list.json" in seen
    assert {"/search/", "/elder/search/", "/admin/"} <= seen
    assert {"/feeds/editions.atom", "/services/fw-05/history/", "/editions/2018-03/changes.pdf"} <= seen


def test_every_edition_is_compared_with_every_older_one_and_every_item_ever_listed_is_followed(db: None) -> None:
    make_years(make_hands())
    catalogue.forget()
    wanted = set(paths(catalogue.current()))
    for dress in ("", "/elder"):
        assert {path for path in wanted if path.startswith(f"{dress}/editions/") and "/changes/" in path} == {
            *(f"{dress}/editions/{label}/changes/" for label in ("2017-12", "2018-03", "2018-05", "2018-09")),
            f"{dress}/editions/2018-03/changes/2017-12/",
            f"{dress}/editions/2018-05/changes/2017-12/",
            f"{dress}/editions/2018-05/changes/2018-03/",
            *(f"{dress}/editions/2018-09/changes/{label}/" for label in ("2017-12", "2018-03", "2018-05")),
        }
        assert {f"{dress}/services/fw-02/history/", f"{dress}/services/fw-11/history/"} <= wanted
        assert len([path for path in wanted if path.startswith(dress + "/") and path.endswith("/history/")]) >= 39
    for path in wanted:
        if "/changes/" in path or path.endswith("/history/"):
            assert Client().get(path).status_code == 200, path


def test_what_is_not_an_export_is_not_replaced(own_database: Any, tmp_path: Path) -> None:
    own_database()
    mine = tmp_path / "mine" / "file.txt"
    mine.parent.mkdir()
    mine.write_text("x")
    for folder, said in ((mine.parent, "里有别的东西"), (mine, "是一个文件")):
        with pytest.raises(CommandError, match=said):
            exported(folder)
    assert mine.read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]


def test_the_files_are_the_bytes_that_are_served(own_database: Any, exported_once: Path) -> None:
    folder = exported_once
    with served(own_database()) as address:
        for path in ("/", "/duties/", "/editions/2017-12/supervision/jg-14/", "/list.json", "/data/schema.json"):
            with urllib.request.urlopen(address + path) as response:
                served_bytes = response.read()
            file = folder / path.lstrip("/") / "index.html" if path.endswith("/") else folder / path.lstrip("/")
            assert file.read_bytes() == served_bytes


def test_nothing_changes_where_nothing_changed(site: Path, tmp_path: Path) -> None:
    before = digests(site)
    exported(site)
    assert digests(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_failed_leaves_the_old_site_in_place(site: Path, tmp_path: Path, monkeypatch: Any) -> None:
    folder, before = site, digests(site)
    monkeypatch.setattr("portal.keeping.export._put_in_place", lambda new, folder: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exported(folder)
    assert digests(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_it_says_how_far_it_is_and_what_cannot_be_static(own_database: Any, tmp_path: Path, capsys: Any) -> None:
    own_database()
    call_command("export_site", str(tmp_path / "site"))
    said = capsys.readouterr().out
    assert "已写 50/" in said
    assert "管理后台" in said
    assert "/on/" in said


def test_before_anything_is_published_there_is_nothing_to_export(own_database: Any, tmp_path: Path) -> None:
    own_database(database.EMPTY)
    with pytest.raises(CommandError, match="还没有公布的清单版本"):
        exported(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_pages_say_which_day_they_show(site: Path) -> None:
    from django.utils import timezone

    page = (site / "index.html").read_text(encoding="utf-8")
    assert f"{timezone.localdate():%Y-%m-%d}</time> 当日的清单" in page
    assert Client().get("/").content.decode() == page


def test_where_every_edition_is_revoked_the_site_says_so_and_keeps_them(site: Path) -> None:
    from editions.life.edition import Edition
    from editions.public import catalogue
    from tests.acting import make_hands

    Edition.objects.get().revoke(by=make_hands().director, reason="机构改革")
    catalogue.forget()
    folder = exported(site)
    assert "现在没有施行中的清单" in (folder / "index.html").read_text(encoding="utf-8")
    assert "机构改革" in (folder / "editions" / "2017-12" / "index.html").read_text(encoding="utf-8")
    assert not (folder / "duties" / "index.html").exists()
    for place in ("search", "corrections"):  # pages that stay lead there
        assert "现在没有施行中的清单" in (folder / place / "index.html").read_text(encoding="utf-8")
    assert (folder / "corrections" / "answers" / "index.html").exists()


def test_without_faces_the_files_are_left_out_and_told_and_the_pages_stay(
    own_database: Any, tmp_path: Path, capsys: Any, monkeypatch: Any, settings: Any
) -> None:
    from tests.portal.test_printing_the_list import forgotten

    own_database()
    settings.SITE_URL = "http://faceless.example"  # nothing of it was made before
    empty = tmp_path / "fonts.conf"
    empty.write_text(f'<?xml version="1.0"?><fontconfig><dir>{tmp_path}</dir></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    with forgotten():
        call_command("export_site", str(tmp_path / "site"))
    said = capsys.readouterr().out
    assert re.search(r"没有导出 \S+list\.pdf 等 \d+ 个 PDF：没有字体 Noto Serif CJK SC", said)
    instead = tmp_path / "site" / "boundaries" / "bj-02" / "list.pdf" / "index.html"
    assert "没有字体 Noto Serif CJK SC" in instead.read_text(encoding="utf-8")
    assert (tmp_path / "site" / "boundaries" / "bj-02" / "index.html").is_file()


def test_what_is_issued_meanwhile_is_not_mixed_in(own_database: Any, tmp_path: Path, monkeypatch: Any) -> None:
    from editions.public import catalogue
    from portal.keeping import export
    from tests.acting import make_hands, make_issued

    own_database()
    hands, write = make_hands(), export._say_so

    def issue_now(*pages: Path) -> None:
        write(*pages)
        make_issued(hands)
        catalogue.forget()

    monkeypatch.setattr(export, "_say_so", issue_now)
    with pytest.raises(CommandError, match="请再导出一次"):
        exported(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


# What somebody else put there


def test_a_file_that_was_not_exported_stays_and_is_told(site: Path, tmp_path: Path, capsys: Any) -> None:
    folder = site
    (folder / "google123.html").write_text("mine")
    (folder / "mine" / "deep").mkdir(parents=True)
    (folder / "mine" / "deep" / "note.txt").write_text("mine too")
    (folder / "duties" / "note.txt").write_text("among the pages")
    call_command("export_site", str(folder))
    assert "有 3 个不是导出的文件" in capsys.readouterr().out
    assert (folder / "google123.html").read_text() == "mine"
    assert (folder / "mine" / "deep" / "note.txt").read_text() == "mine too"
    assert (folder / "duties" / "note.txt").read_text() == "among the pages"
    assert (folder / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_that_is_gone_is_removed_and_a_link_is_not_followed(site: Path, tmp_path: Path) -> None:
    folder, outside = site, tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("mine")
    (folder / "link").symlink_to(outside)
    (folder / "file-link").symlink_to(outside / "precious")
    gone = folder / "gone.html"
    gone.write_text("an older page")
    (folder / ".exported").write_text((folder / ".exported").read_text() + "gone.html\n../outside/precious\n")
    exported(folder)
    assert (outside / "precious").read_text() == "mine"
    assert (folder / "link").is_symlink()
    assert (folder / "file-link").is_symlink()
    assert not gone.exists()


@pytest.mark.parametrize("place", ["duties", "index.html", "editions/2017-12", "static"])
def test_what_stands_in_the_place_of_a_page_is_left_and_told(site: Path, tmp_path: Path, place: str) -> None:
    """A link in the place of a page or of a folder would lead the export out of its own."""
    folder, outside = site, tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("mine")
    (folder / place).rename(tmp_path / "moved")
    (folder / place).symlink_to(outside)
    with pytest.raises(CommandError, match="占了一个页面的位置"):
        exported(folder)
    assert (folder / place).is_symlink()
    assert [path.name for path in outside.iterdir()] == ["precious"]
    assert {path.name for path in tmp_path.iterdir()} == {"site", "outside", "moved"}


@pytest.mark.parametrize("folder", ["/", "~", "checkout", "above", "var", "static"])
def test_the_folder_of_something_else_is_refused(own_database: Any, folder: str) -> None:
    own_database()
    from django.conf import settings

    named = {"checkout": BASE, "above": BASE.parent, "var": VAR, "static": settings.STATIC_ROOT}
    with pytest.raises(CommandError, match="自己的文件夹；没有动它"):
        exported(Path(named.get(folder, folder)).expanduser())


def test_a_link_to_the_home_folder_is_refused_too(own_database: Any, tmp_path: Path) -> None:
    own_database()
    (tmp_path / "link").symlink_to(Path.home())
    with pytest.raises(CommandError, match="自己的文件夹；没有动它"):
        exported(tmp_path / "link")


def test_a_list_that_is_a_link_is_nobodys_list(own_database: Any, tmp_path: Path) -> None:
    own_database()
    (tmp_path / "site").mkdir()
    (tmp_path / "list").write_text("precious\n")
    (tmp_path / "site" / ".exported").symlink_to(tmp_path / "list")
    (tmp_path / "site" / "precious").write_text("mine")
    with pytest.raises(CommandError, match="里有别的东西"):
        exported(tmp_path / "site")
    assert (tmp_path / "site" / "precious").read_text() == "mine"


@pytest.mark.parametrize(
    "inside", ["kept", "kept/site", "uploads/site", "attachments/site", "postgres/site", "static/site"]
)
def test_a_folder_that_the_portal_reads_or_copies_is_refused(
    db: None, tmp_path: Path, monkeypatch: Any, settings: Any, inside: str
) -> None:
    """In `static` the site was copied into itself until names were too long."""
    settings.STATIC_ROOT, settings.EMBEDDED_FOLDER = tmp_path / "static", tmp_path / "postgres"
    settings.ATTACHMENTS = tmp_path / "attachments"
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(export, "UPLOADS", tmp_path / "uploads")
    (tmp_path / inside).parent.mkdir(exist_ok=True)
    with pytest.raises(CommandError, match="自己的文件夹"):
        call_command("export_site", str(tmp_path / inside), verbosity=0)
    assert not (tmp_path / inside).exists()


def test_a_list_that_no_export_wrote_is_said_to_be_none(db: None, tmp_path: Path) -> None:
    (tmp_path / ".exported").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="不是导出时写的"):
        call_command("export_site", str(tmp_path), verbosity=0)
