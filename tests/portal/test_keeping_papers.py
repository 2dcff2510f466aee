"""What somebody else puts into the folder of papers is served to nobody; what cannot be kept is said."""

import errno
import functools
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import roles
from editions.life.edition import Edition
from editions.public import taking_turns
from history import uploads
from paper import files, kept
from paper.kept import NotKept
from portal.papers import queue
from portal.papers.printing import ListPaper, Scope
from tests.conftest import BASE, make_account, signed_in
from tests.papers import got
from wenan_qts import launch

PATH = "/services/fw-02/list.pdf"
FORGED = b"%PDF-1.7 not the bureau's\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: Any) -> Path:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def paper(db: None) -> ListPaper:
    paper = ListPaper(Edition.objects.get(), Scope("services", "FW-02"))
    paper.set_now()
    return paper


def replaced(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


def linked(file: Path, soft: bool) -> None:
    elsewhere = file.parent / "elsewhere"
    elsewhere.write_bytes(file.read_bytes() if soft else FORGED)
    file.unlink()
    if soft:
        file.symlink_to(elsewhere)
    else:
        file.hardlink_to(elsewhere)


def exchanged(file: Path) -> None:
    other = ListPaper(Edition.objects.get(), Scope("services", "FW-03"))
    other.set_now()
    (file.parent / f"{other.key}.pdf").replace(file)


TAMPERED: dict[str, Callable[[Path], Any]] = {
    "another file": lambda file: replaced(file, FORGED),
    "an empty file": lambda file: replaced(file, b""),
    "a seal alone": lambda file: replaced(file, file.read_bytes()[-kept.SEAL_LENGTH :]),
    "another's seal": lambda file: replaced(file, FORGED + file.read_bytes()[-kept.SEAL_LENGTH :]),
    "one byte": lambda file: replaced(file, file.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6")),
    "cut off": lambda file: replaced(file, file.read_bytes()[:1000]),
    "something behind it": lambda file: replaced(file, file.read_bytes() + b"\n"),
    "another paper of ours": exchanged,
    "a link": lambda file: linked(file, soft=True),
    "a hard link": lambda file: linked(file, soft=False),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "a file of terabytes": lambda file: os.truncate(file, 2**42),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_put_in_its_place_is_not_served(citizen: Client, paper: ListPaper, folder: Path, what: str) -> None:
    ours = citizen.get(PATH).content
    file = folder / f"{paper.key}.pdf"
    TAMPERED[what](file)
    answer = citizen.get(PATH)
    assert answer.status_code == 503
    assert "正在排版" in answer.content.decode()
    if what == "a folder":  # it cannot be replaced: that is said
        assert "存不进" in got(citizen, PATH).content.decode()
    else:
        assert got(citizen, PATH).content == ours


def test_a_folder_that_is_a_link_is_not_followed(citizen: Client, paper: ListPaper, folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(folder.parent / "elsewhere")
    assert citizen.get(PATH).status_code == 503
    with pytest.raises(NotKept, match="存不进"):
        paper.set_now()


def test_what_another_key_sealed_is_set_again(citizen: Client, paper: ListPaper) -> None:
    ours = citizen.get(PATH).content
    with override_settings(SECRET_KEY="another" * 10):
        assert "正在排版" in citizen.get(PATH).content.decode()
        assert got(citizen, PATH).content == ours


def test_the_file_itself_is_a_pdf_that_opens(paper: ListPaper, folder: Path) -> None:
    import pypdfium2

    assert len(pypdfium2.PdfDocument((folder / f"{paper.key}.pdf").read_bytes())) == 1


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_no_change_of_any_byte_passes(content: bytes, at: int, other: bytes) -> None:
    kept.keep("a" * 64, content)
    file = kept.FOLDER / f"{'a' * 64}.pdf"
    assert kept.find("a" * 64) == content
    stored = file.read_bytes()
    changed = stored[:at] + other + stored[at + len(other) :]
    file.write_bytes(changed)
    assert kept.find("a" * 64) == (content if changed == stored else None)


# What cannot be kept


def test_a_disk_that_is_full_is_one_sentence_and_leaves_nothing(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(NotKept, match="磁盘满了"):
            kept.keep("a" * 64, b"x" * 20_000)
        kept.keep("b" * 64, b"x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [file.name for file in folder.iterdir()] == [f"{'b' * 64}.pdf"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: Any) -> None:
    target = tmp_path / "file"
    files.write_whole(target, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


KILLED = """
import os, signal, sys
from pathlib import Path
from paper import files
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
files.write_whole(Path(sys.argv[1]), b"half")
"""


def test_what_a_killed_process_left_is_removed_at_the_next_start(folder: Path) -> None:
    folder.mkdir()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder / f"{'a' * 64}.pdf")], cwd=BASE)
    assert killed.returncode == -signal.SIGKILL
    assert [file.name.startswith(files.HALF) for file in folder.iterdir()] == [True]
    assert kept.find("a" * 64) is None
    kept.keep("b" * 64, b"next")
    assert [file.name for file in folder.iterdir()] == [f"{'b' * 64}.pdf"]


def test_what_is_being_written_is_not_removed(tmp_path: Path) -> None:
    writing = KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "__import__('time').sleep(3)")
    process = subprocess.Popen([sys.executable, "-c", writing, str(tmp_path / "file")], cwd=BASE)
    while not list(tmp_path.glob(f"{files.HALF}*")):
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    files.remove_halves(tmp_path)
    assert process.wait(30) == 0
    assert (tmp_path / "file").read_bytes() == b"half"


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "file").symlink_to(tmp_path / "theirs")
    files.write_whole(tmp_path / "file", b"ours", mode=0o600)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert not (tmp_path / "file").is_symlink()
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


IN_THE_PLACE: dict[str, Callable[[Path, Path], Any]] = {
    "a pipe": lambda place, theirs: os.mkfifo(place),
    "a link to a pipe": lambda place, theirs: (theirs.unlink(), os.mkfifo(theirs), place.symlink_to(theirs)),
    "a link": lambda place, theirs: place.symlink_to(theirs),
    "a link to nothing": lambda place, theirs: place.symlink_to(theirs.parent / "nothing"),
    "a folder": lambda place, theirs: place.mkdir(),
    "a socket": lambda place, theirs: socket.socket(socket.AF_UNIX).bind(str(place)),
}


@pytest.mark.parametrize("what", IN_THE_PLACE)
@pytest.mark.parametrize("name", [f"{files.HALF}x", "draft.lock", "paper.lock", "launch.lock"])
def test_what_lies_in_the_place_of_a_lock_is_waited_for_by_nobody(
    tmp_path: Path, monkeypatch: Any, citizen: Client, name: str, what: str
) -> None:
    """A pipe at paper.lock kept /healthz, and so every worker, for ever; a link there emptied what it led to."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    IN_THE_PLACE[what](tmp_path / name, theirs)
    monkeypatch.setattr(launch, "VAR", tmp_path)
    monkeypatch.setattr(taking_turns, "FOLDER", tmp_path)
    monkeypatch.setattr(queue, "AT_WORK", tmp_path / "paper.lock")
    assert citizen.get("/healthz").json()["paper"] == "unavailable"
    turn = functools.partial(taking_turns.one_at_a_time, "draft", "")
    with turn(), pytest.raises(taking_turns.Busy), turn():
        pass
    launch.take_the_lock().close()
    with queue._only_one():
        assert queue.is_at_work()
    assert not (tmp_path / "nothing").exists()
    assert theirs.is_fifo() if what == "a link to a pipe" else theirs.read_bytes() == b"theirs"
    assert {file.name for file in tmp_path.iterdir() if file.is_file()} - {"theirs"} == {
        "draft.lock",
        "paper.lock",
        "launch.lock",
    }


@pytest.mark.parametrize("rows", [500, 50_000])
def test_a_table_that_no_disk_has_room_for_is_one_sentence(
    db: None, tmp_path: Path, monkeypatch: Any, rows: int
) -> None:
    """A large one is refused while it comes in, before any page is asked."""
    monkeypatch.setattr(uploads, "UPLOADS", tmp_path / "uploads")
    client = signed_in(make_account("wangfang", roles.EDITOR, "王", "芳"))
    client.raise_request_exception = False
    table = SimpleUploadedFile("表.csv", ("代码,变更号,公共服务事项\n" + "FW-01,1," + "事" * 20 + "\n").encode() * rows)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
    try:
        sent = {"import_file": table, "format": "1", "resource": "0", "change_reason": "导入"}
        answer = client.post(reverse("admin:services_service_import"), sent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert answer.status_code == 503
    assert "磁盘满了" in answer.content.decode()
