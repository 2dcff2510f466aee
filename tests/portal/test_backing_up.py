"""The keeper of the machine backs everything up, and gets everything back."""

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from editions import catalogue
from editions.models import Edition
from portal import backup
from portal import kept as kept_papers
from services.models import Service
from tests import database
from tests.acting import make_hands, make_issued
from tests.conftest import point_at
from wenan_qts import embedded


def content() -> dict[str, str]:
    """Each table as text, in the order of its rows; and where its numbers stand."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        held = {}
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {table} t")
            held[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        return held | {name: str(last) for name, last in cursor.fetchall()}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder of kept files of the test's own."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(kept_papers, "FOLDER", folder)
    kept_papers.keep("a" * 64, b"%PDF-1.7 kept")
    (folder / f"{'b' * 64}.pdf").write_bytes(b"%PDF-1.7 put there by somebody else")
    (folder / "something else").write_bytes(b"not ours")
    return folder


@pytest.fixture
def empty(own_database: Any) -> Any:
    """Makes a database with nothing in it, and points the portal there."""
    made = []

    def make() -> None:
        name = f"restored_{len(made)}_{database.WORKER}"
        point_at("postgres")
        database.drop(name)
        embedded.ensure_database(embedded.FOLDER, name)
        made.append(name)
        point_at(name)
        catalogue.forget()

    yield make
    point_at(database.PUBLISHED)
    for name in made:
        database.drop(name)


@pytest.fixture
def saved(own_database: Any, kept: Path, tmp_path: Path) -> Path:
    """A backup of a portal that has been worked with."""
    own_database()
    make_issued(make_hands())
    Service.objects.get(code="FW-06").put(reason="半成品", content="写了一半")
    file = tmp_path / "portal.backup"
    call_command("backup", str(file), verbosity=0)
    return file


def test_everything_comes_back(saved: Path, empty: Any, kept: Path) -> None:
    before = content()
    for file in kept.iterdir():
        file.unlink()
    empty()
    out = io.StringIO()
    call_command("restore", str(saved), stdout=out)
    assert "核验没有发现问题" in out.getvalue()
    assert content() == before
    assert [kept_papers.find(file.stem) for file in kept.iterdir()] == [b"%PDF-1.7 kept"]
    assert Service.objects.get(code="FW-06").content == "写了一半"
    Service.objects.get(code="FW-06").put(reason="接着改", content="写完了")  # numbers go on where they stood
    assert Edition.objects.public().count() == 2


def test_an_edition_that_is_issued_meanwhile_spoils_no_backup(
    own_database: Any, kept: Path, empty: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    own_database()
    hands, dump = make_hands(), backup._dump

    def slowly(target: Path) -> None:
        dump(target)
        make_issued(hands)

    monkeypatch.setattr(backup, "_dump", slowly)
    call_command("backup", str(tmp_path / "portal.backup"), verbosity=0)
    empty()
    call_command("restore", str(tmp_path / "portal.backup"), verbosity=0)
    assert Edition.objects.public().count() == 1


def test_what_serves_may_do_no_more_than_before(saved: Path, empty: Any) -> None:
    empty()
    call_command("restore", str(saved), verbosity=0)
    with pytest.raises(Exception, match="permission denied"), connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM services_historicalservice")


def test_a_backup_is_for_its_owner_alone_and_never_written_over(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="已经存在"):
        call_command("backup", str(saved))
    with pytest.raises(CommandError, match="没有目录"):
        call_command("backup", str(saved.parent / "nowhere" / "x"))
    assert [file.name for file in saved.parent.iterdir() if file.name.startswith(".")] == []


def test_a_database_that_holds_something_is_left_alone(saved: Path, own_database: Any) -> None:
    own_database()
    with pytest.raises(CommandError, match="数据库不是空的"):
        call_command("restore", str(saved))


def repacked(saved: Path, change: Any) -> Path:
    """The backup with something of it changed: `change` gets its members by name."""
    with tarfile.open(saved) as tar:
        members = {name: tar.extractfile(name).read() for name in tar.getnames()}
    members = change(members)
    file = saved.parent / "changed.backup"
    with tarfile.open(file, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file


def flipped(data: bytes) -> bytes:
    return data[:1000] + bytes([data[1000] ^ 1]) + data[1001:]


def other_form(members: dict[str, bytes]) -> dict[str, bytes]:
    manifest = json.loads(members["manifest.json"]) | {"form": 2}
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def without_head(members: dict[str, bytes]) -> dict[str, bytes]:
    manifest = json.loads(members["manifest.json"])
    del manifest["head"]
    return {**members, "manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: {**m, "database.dump": flipped(m["database.dump"])}, "database.dump 和清单上的摘要不符"),
        (lambda m: {**m, f"kept/{'a' * 64}.pdf": b"another"}, "和清单上的摘要不符"),
        (lambda m: {n: d for n, d in m.items() if n != "database.dump"}, "和清单不符"),
        (lambda m: {**m, f"kept/{'b' * 64}.pdf": b"one more"}, "和清单不符"),
        (lambda m: {**m, "../outside": b"x"}, "不是本系统的备份"),
        (lambda m: {n: d for n, d in m.items() if n != "manifest.json"}, "不是本系统的备份"),
        (lambda m: {**m, "manifest.json": b"{"}, "读不出来"),
        (lambda m: {**m, "manifest.json": b"[]"}, "读不出来"),
        (without_head, "读不出来"),
        (other_form, "格式是 2"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_and_nothing_written(
    saved: Path, empty: Any, change: Any, said: str
) -> None:
    file = repacked(saved, change)
    empty()
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(file))
    with connections["owner"].cursor() as cursor:
        assert connections["owner"].introspection.table_names(cursor) == []


@pytest.mark.parametrize("data", [b"", b"nonsense" * 200, b"%PDF-1.7"])
def test_what_is_no_backup_is_said_to_be_none(saved: Path, empty: Any, data: bytes) -> None:
    empty()
    file = saved.parent / "x"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=r"读不出来|不是本系统的备份"):
        call_command("restore", str(file))
    with pytest.raises(CommandError, match="没有文件"):
        call_command("restore", str(saved.parent / "nowhere"))


def test_a_half_written_backup_is_refused(saved: Path, empty: Any) -> None:
    empty()
    half = saved.parent / "half"
    half.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    with pytest.raises(CommandError, match=r"读不出来|不符"):
        call_command("restore", str(half))


def test_the_program_of_the_right_version_is_taken(own_database: Any) -> None:
    own_database()
    assert backup._major(backup._program("pg_dump")) >= backup._server_major()


def test_a_dump_that_fails_leaves_no_file(own_database: Any, kept: Path, tmp_path: Path, monkeypatch: Any) -> None:
    own_database()
    monkeypatch.setattr(backup, "_server_major", lambda: 99)
    with pytest.raises(CommandError, match="没有合用的 pg_dump：数据库是 PostgreSQL 99"):
        call_command("backup", str(tmp_path / "x"))
    assert not (tmp_path / "x").exists()
