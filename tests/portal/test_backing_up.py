"""The keeper of the machine backs everything up, and gets everything back."""

import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from cases.models import Archive, Attachment
from cases.rows import kept_files
from editions.life.edition import Edition
from editions.public import catalogue
from paper import files
from paper import kept as kept_papers
from portal.keeping import backup
from services.models import Service
from tests import database
from tests.acting import make_hands, make_issued
from tests.cases.people import make_case, make_file, make_people
from tests.conftest import BASE, own_databases, point_at
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
    monkeypatch.setattr(kept_papers, "FOLDER", tmp_path / "kept")
    return make_kept(tmp_path / "kept")


def make_kept(folder: Path) -> Path:
    """To be made where papers are kept in that folder."""
    folder.mkdir()
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


@pytest.fixture(scope="module")
def backed_up(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> tuple[Path, dict[str, str]]:
    """A backup of a portal that has been worked with, and what was in it; not to be changed."""
    folder = tmp_path_factory.mktemp("backed-up")
    with own_databases(django_db_blocker) as own_database, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_papers, "FOLDER", folder / "kept")
        make_kept(folder / "kept")
        own_database()
        make_issued(make_hands())
        Service.objects.get(code="FW-06").put(reason="半成品", content="写了一半")
        call_command("backup", str(folder / "portal.keeping.backup"), verbosity=0)
        return folder / "portal.keeping.backup", content()


@pytest.fixture
def saved(backed_up: tuple[Path, dict[str, str]], own_database: Any, kept: Path, tmp_path: Path) -> Path:
    """The backup as a file of the test's own; it may commit to no database before it has made one."""
    return Path(shutil.copy(backed_up[0], tmp_path))


def test_everything_comes_back(backed_up: tuple[Path, dict[str, str]], saved: Path, empty: Any, kept: Path) -> None:
    for file in kept.iterdir():
        file.unlink()
    empty()
    out = io.StringIO()
    call_command("restore", str(saved), stdout=out)
    assert "核验没有发现问题" in out.getvalue()
    assert content() == backed_up[1]
    assert [kept_papers.find(file.stem) for file in kept.iterdir()] == [b"%PDF-1.7 kept"]
    assert Service.objects.get(code="FW-06").content == "写了一半"
    Service.objects.get(code="FW-06").put(reason="接着改", content="写完了")  # numbers go on where they stood
    assert Edition.objects.issued().count() == 2


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
    assert Edition.objects.issued().count() == 1


def test_what_serves_may_do_no_more_than_before(saved: Path, empty: Any) -> None:
    empty()
    call_command("restore", str(saved), verbosity=0)
    with pytest.raises(DatabaseError, match="permission denied"), connections["default"].cursor() as cursor:
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


PAPER = f"kept/{'a' * 64}.pdf"


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
        (lambda m: {**m, PAPER: m[PAPER].replace(b"kept", b"Kept")}, "和清单上的摘要不符"),
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


# The files of cases


@pytest.fixture
def attached(own_database: Any, kept: Path, tmp_path: Path, settings: Any) -> Attachment:
    """A file of a case, in a database and a folder of the test's own."""
    settings.ATTACHMENTS = tmp_path / "attachments"
    own_database()
    people = make_people()
    make_case(people).attach(make_file(), by=people.officer)
    found: Attachment = Attachment.objects.get()
    return found


def test_the_files_of_cases_come_back(attached: Attachment, empty: Any, tmp_path: Path, settings: Any) -> None:
    call_command("backup", str(tmp_path / "x"), verbosity=0)
    shutil.rmtree(settings.ATTACHMENTS)
    empty()
    call_command("restore", str(tmp_path / "x"), verbosity=0)  # it verifies
    assert Attachment.objects.get().content().decode() == "检定证书"
    assert [file.name for file in settings.ATTACHMENTS.iterdir()] == [attached.digest]


def test_every_file_of_cases_comes_back_what_was_bound_too(
    own_database: Any, worked: str, kept: Path, empty: Any, tmp_path: Path, settings: Any
) -> None:
    own_database(worked)
    shutil.copytree(settings.ATTACHMENTS, tmp_path / "attachments")
    settings.ATTACHMENTS = tmp_path / "attachments"
    assert Archive.objects.exists()
    known = kept_files.digests()
    call_command("backup", str(tmp_path / "x"), verbosity=0)
    settings.ATTACHMENTS = tmp_path / "another machine"
    empty()
    call_command("restore", str(tmp_path / "x"), verbosity=0)  # it verifies
    assert {file.name for file in settings.ATTACHMENTS.iterdir()} == known
    assert all(archive.pdf() for archive in Archive.objects.all())


def test_what_is_taken_in_while_a_backup_is_made_is_whole_in_it_or_not_there(
    attached: Attachment, empty: Any, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    case, by, dump = attached.case, attached.by, backup._dump

    def slowly(target: Path) -> None:
        case.attach(make_file("以前"), by=by)
        dump(target)
        case.attach(make_file("以后"), by=by)

    monkeypatch.setattr(backup, "_dump", slowly)
    call_command("backup", str(tmp_path / "x"), verbosity=0)
    shutil.rmtree(settings.ATTACHMENTS)
    empty()
    call_command("restore", str(tmp_path / "x"), verbosity=0)
    assert [each.content().decode() for each in Attachment.objects.all()] == ["检定证书", "以前"]
    assert len(list(settings.ATTACHMENTS.iterdir())) == 2


def test_what_is_no_file_of_a_case_is_left_out_and_told(
    attached: Attachment, empty: Any, tmp_path: Path, settings: Any, capsys: Any
) -> None:
    (settings.ATTACHMENTS / "secret").symlink_to(tmp_path / "elsewhere")
    (settings.ATTACHMENTS / ("a" * 64)).write_bytes(b"put there by somebody else")
    (settings.ATTACHMENTS / attached.digest).write_bytes(b"changed")
    call_command("backup", str(tmp_path / "x"))
    assert "attachments 里有 3 个不是本系统的文件" in capsys.readouterr().err
    empty()
    with pytest.raises(CommandError, match=f"附件 {attached.digest[:12]} 不在"):
        call_command("restore", str(tmp_path / "x"), verbosity=0)


def test_a_folder_of_cases_that_cannot_be_written_is_said_at_a_restore(
    attached: Attachment, empty: Any, tmp_path: Path, settings: Any
) -> None:
    call_command("backup", str(tmp_path / "x"), verbosity=0)
    shutil.rmtree(settings.ATTACHMENTS)
    settings.ATTACHMENTS.write_text("a file in the place of the folder")
    empty()
    with pytest.raises(CommandError, match="没有恢复完"):
        call_command("restore", str(tmp_path / "x"), verbosity=0)


# What is not ours goes neither in nor out


def test_a_link_in_the_kept_folder_is_not_followed_into_the_backup(
    own_database: Any, kept: Path, tmp_path: Path, capsys: Any
) -> None:
    own_database()
    secret = tmp_path / "secret"
    secret.write_text("what only root reads")
    (kept / f"{'b' * 64}.pdf").unlink()
    (kept / f"{'b' * 64}.pdf").symlink_to(secret)
    (kept / f"{'c' * 64}.pdf").mkdir()
    os.mkfifo(kept / f"{'d' * 64}.pdf")
    call_command("backup", str(tmp_path / "x"))
    assert "kept 里有 3 个不是本系统的文件" in capsys.readouterr().err
    assert b"what only root reads" not in (tmp_path / "x").read_bytes()
    with tarfile.open(tmp_path / "x") as tar:
        assert [name for name in tar.getnames() if name.startswith("kept/")] == [f"kept/{'a' * 64}.pdf"]


def test_a_link_in_the_kept_folder_is_not_followed_at_a_restore(saved: Path, empty: Any, kept: Path) -> None:
    precious = saved.parent / "precious"
    precious.write_text("mine")
    (kept / f"{'a' * 64}.pdf").unlink()
    (kept / f"{'a' * 64}.pdf").symlink_to(precious)
    empty()
    call_command("restore", str(saved), verbosity=0)
    assert precious.read_text() == "mine"
    assert kept_papers.find("a" * 64) == b"%PDF-1.7 kept"
    assert not (kept / f"{'a' * 64}.pdf").is_symlink()


def test_a_dangling_link_in_the_place_of_the_backup_is_not_written_through(saved: Path) -> None:
    link = saved.parent / "link"
    link.symlink_to(saved.parent / "elsewhere")
    with pytest.raises(CommandError, match="已经存在"):
        call_command("backup", str(link))
    assert not (saved.parent / "elsewhere").exists()


def forged(saved: Path, **more: Any) -> dict[str, Any]:
    with tarfile.open(saved) as tar:
        return json.loads(tar.extractfile("manifest.json").read()) | more


def test_a_backup_that_somebody_else_made_is_not_restored(saved: Path, empty: Any, settings: Any) -> None:
    """A dump is a program that runs with the rights of the owner: the digests of a forged one agree too."""

    def change(members: dict[str, bytes]) -> dict[str, bytes]:
        manifest, dump = json.loads(members["manifest.json"]), flipped(members["database.dump"])
        manifest["files"]["database.dump"]["sha256"] = hashlib.sha256(dump).hexdigest()
        return {**members, "database.dump": dump, "manifest.json": json.dumps(manifest).encode()}

    file = repacked(saved, change)
    empty()
    with pytest.raises(CommandError, match="不是用这里的 SECRET_KEY 签的"):
        call_command("restore", str(file))
    settings.SECRET_KEY = "another key of another machine, " * 2
    with pytest.raises(CommandError, match="不是用这里的 SECRET_KEY 签的"):
        call_command("restore", str(saved))
    call_command("restore", str(saved), "--from-elsewhere", verbosity=0)
    assert Edition.objects.issued().count() == 2


def test_a_few_bytes_that_unpack_to_gigabytes_are_not_unpacked(
    saved: Path, empty: Any, kept: Path, tmp_path: Path
) -> None:
    """A sparse file of the archive says how long it is, and holds nothing."""
    huge, name = tmp_path / "huge", f"kept/{'a' * 64}.pdf"
    with huge.open("wb") as file:
        file.truncate(3 * 1024**3)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    with tarfile.open(saved) as tar:
        tar.extractall(folder)  # noqa: S202 (packed by this very test)
    manifest = forged(saved)
    manifest["files"][name] = {"size": 3 * 1024**3, "sha256": "0" * 64}
    for member in list(manifest["files"]):
        if member not in (name, "database.dump"):
            del manifest["files"][member]
    manifest["signature"] = backup._signature(manifest)  # even by whoever has the key
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / name).unlink()
    huge.rename(folder / name)
    bomb = tmp_path / "bomb"
    subprocess.run(
        ["tar", "--sparse", "-cf", str(bomb), "manifest.json", "database.dump", name], cwd=folder, check=True
    )
    assert bomb.stat().st_size < 5 * 1024**2
    empty()
    before = shutil.disk_usage(kept).free
    with pytest.raises(CommandError, match="不是本系统的备份"):
        call_command("restore", str(bomb))
    assert before - shutil.disk_usage(kept).free < 100 * 1024**2
    assert {file.name for file in kept.iterdir()} == {f"{letter * 64}.pdf" for letter in "ab"} | {"something else"}


@pytest.mark.parametrize("pack", ["gz", "bz2", "xz"])
def test_a_compressed_archive_is_none_of_ours(saved: Path, empty: Any, pack: str) -> None:
    file = saved.parent / "packed"
    with tarfile.open(file, f"w:{pack}") as tar:
        tar.add(saved, arcname="manifest.json")
    empty()
    with pytest.raises(CommandError, match=r"读不出来|不是本系统的备份"):
        call_command("restore", str(file))


@pytest.mark.parametrize("kind", ["link", "hard link", "device", "folder"])
def test_what_is_no_plain_file_is_not_unpacked(saved: Path, empty: Any, kind: str) -> None:
    types = {
        "link": tarfile.SYMTYPE,
        "hard link": tarfile.LNKTYPE,
        "device": tarfile.CHRTYPE,
        "folder": tarfile.DIRTYPE,
    }
    with tarfile.open(saved) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar.getmembers()]
    file = saved.parent / "changed"
    with tarfile.open(file, "w") as tar:
        for member, data in members:
            tar.addfile(member, io.BytesIO(data))
        odd = tarfile.TarInfo(f"kept/{'f' * 64}.pdf")
        odd.type, odd.linkname = types[kind], "/etc/passwd"
        tar.addfile(odd)
    empty()
    with pytest.raises(CommandError, match="不是本系统的备份"):
        call_command("restore", str(file))


@pytest.fixture
def full_disk() -> Iterator[Callable[[int], None]]:
    """No file of this process grows beyond so many bytes, as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_one_sentence_and_leaves_no_part_of_a_backup(
    own_database: Any, kept: Path, tmp_path: Path, full_disk: Any
) -> None:
    own_database()
    kept_papers.keep("e" * 64, b"%PDF" + os.urandom(24 * 1024**2))
    full_disk(16 * 1024**2)
    with pytest.raises(CommandError, match="的磁盘满了，没有备份，也没有留下半个文件"):
        call_command("backup", str(tmp_path / "x"))
    assert {file.name for file in tmp_path.iterdir()} == {"kept"}


def test_a_full_disk_is_one_sentence_and_leaves_no_part_of_a_restore(
    saved: Path, empty: Any, kept: Path, full_disk: Any
) -> None:
    (kept / f"{'a' * 64}.pdf").unlink()
    empty()
    full_disk(64 * 1024)
    with pytest.raises(CommandError, match="的磁盘满了，没有恢复完"):
        call_command("restore", str(saved))
    assert {file.name for file in kept.iterdir()} == {f"{'b' * 64}.pdf", "something else"}
    with connections["owner"].cursor() as cursor:
        assert connections["owner"].introspection.table_names(cursor) == []


def raw_head(name: str, kind: bytes, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


BOMBS: dict[str, bytes] = {
    "a long remark before the first file": raw_head("x", tarfile.XHDTYPE, 6 * 1024**3),
    "a long remark for all": raw_head("x", tarfile.XGLTYPE, 6 * 1024**3),
    "a long name": raw_head("x", tarfile.GNUTYPE_LONGNAME, 6 * 1024**3),
    "a remark that leads back": raw_head("x", tarfile.XHDTYPE, -1024),
    "a file without end": raw_head("manifest.json", tarfile.REGTYPE, 2**80),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_stands_before_a_file_is_not_read_however_long_it_is(empty: Any, tmp_path: Path, bomb: str) -> None:
    """Python's own reader takes it into memory whole: six gigabytes of holes were enough to be killed."""
    file = tmp_path / "bomb"
    file.write_bytes(BOMBS[bomb])
    os.truncate(file, 6 * 1024**3 + 4096)
    empty()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CommandError, match=r"不是本系统的备份|读不出来"):
        call_command("restore", str(file))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes


def test_a_manifest_of_a_million_brackets_is_said_to_be_none(empty: Any, tmp_path: Path) -> None:
    file, content = tmp_path / "deep", b"[" * 1_000_000
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    empty()
    with pytest.raises(CommandError, match="读不出来"):
        call_command("restore", str(file))


KILLED = """
import os, signal, sys
from pathlib import Path
from paper import files
with files.work_folder(Path(sys.argv[1])) as folder:
    (folder / "database.dump").write_text("everything")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_backup_left_goes_with_the_next(own_database: Any, kept: Path, tmp_path: Path) -> None:
    own_database()
    theirs = tmp_path / ".backup-of-my-photos"
    theirs.mkdir()
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=BASE)
    assert list(tmp_path.rglob("database.dump"))
    with files.work_folder(tmp_path) as folder:
        call_command("backup", str(tmp_path / "new.backup"), verbosity=0)
        assert folder.is_dir()  # who works beside it is left alone
    assert not list(tmp_path.rglob("database.dump"))
    assert not list(tmp_path.glob(f"{files.HALF}*"))
    assert theirs.is_dir()
