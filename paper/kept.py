"""The folder of papers that were set once: each under the digest of what it was made from, and sealed.

Nobody is served what somebody else put there. A paper is followed by a seal over its name and its content that only
the portal can make (with SECRET_KEY), written as a comment that readers of PDF pass over. What has no right seal is as
if it was not there.
"""

import contextlib
import errno
import fcntl
import hmac
import logging
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from paper import files

log = logging.getLogger(__name__)

FOLDER = settings.VAR / "kept"
KEY = re.compile(r"[0-9a-f]{64}")
MARK = b"\n%seal "
SEAL_LENGTH = len(MARK) + 64 + 1
LARGEST = 512 * 1024 * 1024
"""Bytes; what is larger is no paper of ours, and is not read."""


class NotKept(Exception):
    """A paper cannot be written; the message says why and what to do."""


def find(key: str) -> bytes | None:
    """The paper that is kept under that key; None where there is none, or another file in its place."""
    try:
        found = _read(key)
    except OSError as error:
        if error.errno != errno.ENOENT:
            log.error("%s.pdf cannot be read: %s", key, error)
        return None
    content = found[:-SEAL_LENGTH]
    if not content or not hmac.compare_digest(found[-SEAL_LENGTH:], _seal(key, content)):
        log.error("%s.pdf is not what was kept under that name: it is not served", key)
        return None
    return content


def is_there(key: str) -> bool:
    """Whether there is a file of that name, sealed or not."""
    return _path(key).is_file()


def keep(key: str, content: bytes) -> None:
    """Raises NotKept."""
    with exclusive_folder():
        _write(f"{key}.pdf", content + _seal(key, content))


def restore_files(folder: Path) -> None:
    """The files of a backup; what is not rightly sealed among them is never served. Raises NotKept."""
    with exclusive_folder():
        for file in sorted(folder.glob("*.pdf")):
            _write(file.name, file.read_bytes())


def papers() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every file that is rightly sealed, as it is stored."""
    for path in sorted(FOLDER.glob("*.pdf")):
        if KEY.fullmatch(path.stem) and (content := find(path.stem)):
            yield path.name, content + _seal(path.stem, content)


@contextlib.contextmanager
def exclusive_folder() -> Iterator[None]:
    """One process at a time writes into the folder. What a killed one left is removed. Raises NotKept."""
    with _in_words():
        FOLDER.mkdir(parents=True, exist_ok=True)
        folder = _open_folder()
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        files.remove_halves(FOLDER)
        yield
    finally:
        os.close(folder)


def _write(name: str, content: bytes) -> None:
    with _in_words():
        files.write_whole(FOLDER / name, content)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "磁盘满了" if error.errno in files.FULL else os.strerror(error.errno or 0)
        raise NotKept(f"排好的 PDF 存不进 {FOLDER}（{reason}），请管理员腾出空间或改正权限。") from error


def _path(key: str) -> Path:
    return FOLDER / f"{key}.pdf"


def _read(key: str) -> bytes:
    """A file of the folder itself: neither it nor the folder may be a link, and nothing but a file is opened."""
    folder = _open_folder()
    try:
        handle = os.open(f"{key}.pdf", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    finally:
        os.close(folder)
    with os.fdopen(handle, "rb") as file:
        said = os.fstat(file.fileno())
        if not stat.S_ISREG(said.st_mode) or said.st_size > LARGEST:
            return b""
        return file.read()


def _open_folder() -> int:
    return os.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _seal(key: str, content: bytes) -> bytes:
    value = key.encode() + content
    return MARK + salted_hmac("portal.kept", value, algorithm="sha256").hexdigest().encode() + b"\n"
