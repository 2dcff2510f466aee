"""Where the files of cases lie: a folder that no web server serves (`ATTACHMENTS`), each under its digest, written
whole and on the disk before anybody is told that it was taken in.

A file is there before the row that names it, and stays for ever. What a killed process left behind has no row; it is
named by `faults()` once it is older than any act takes.
"""

import contextlib
import errno
import fcntl
import hashlib
import logging
import os
import stat
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from acts.errors import Incomplete
from paper import files

log = logging.getLogger(__name__)

SCANNING = "scanning"
"""The folder in it in which a file waits for the scanner."""
MODE = 0o640
"""The group reads too: whoever makes the backup."""
LARGEST_KEPT = 512 << 20
"""Bytes, of a bound volume; nothing larger was ever taken in, and it is not read to be told that."""
UNDER_WAY = 3600
"""Seconds; what is younger may belong to an act that is not written yet."""


class NotThere(Incomplete):
    """A file that was taken in is gone, cannot be read, or is another one now."""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place() -> Path:
    return Path(settings.ATTACHMENTS)


def keep(content: bytes) -> str:
    """Gives its digest; when this returns, the file is on the disk. Raises Incomplete, and then nothing is left."""
    with in_words():
        return write(content)


def write(content: bytes) -> str:
    """The same, for a program. Two who write the same at once leave the same. Raises OSError."""
    digest = digest_of(content)
    with _exclusive():
        files.write_whole(place() / digest, content, mode=MODE)
    return digest


@contextlib.contextmanager
def _exclusive() -> Iterator[None]:
    """One process at a time writes there; what a killed one left half written is removed."""
    place().mkdir(mode=0o750, parents=True, exist_ok=True)
    handle = os.open(place(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        files.remove_halves(place())
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """What writing says, in a sentence. Raises Incomplete."""
    try:
        yield
    except OSError as error:
        log.error("an attachment cannot be written: %s", error)
        reason = "磁盘满了" if error.errno in files.FULL else os.strerror(error.errno or 0)
        raise Incomplete(f"文件存不进去（{reason}），没有存入。请系统管理员腾出空间或者改正权限，再传一次。") from error


def read(digest: str) -> bytes:
    """The file as it was taken in. Raises NotThere, and says so in the log."""
    try:
        content = _plain_file(digest)
    except OSError as error:
        log.error("attachment %s cannot be read: %s", digest, error)
        said = "不在了" if error.errno == errno.ENOENT else "读不出来"
        raise NotThere(f"这个文件{said}，没有交出。请告诉系统管理员，运行核验，再从备份里恢复。") from error
    if digest_of(content) != digest:
        log.error("attachment %s is not what was taken in: it is not handed out", digest)
        raise NotThere("这个文件和存入时的摘要不符，被人改过，没有交出。请告诉系统管理员，运行核验，再从备份里恢复。")
    return content


def _plain_file(name: str) -> bytes:
    """No link is followed, and nothing but a file is opened."""
    handle = os.open(place() / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), name)
        if found.st_size > LARGEST_KEPT:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
        return file.read()


def lying() -> list[str]:
    """The names of all that lies there, but for what is being written or scanned."""
    if not place().is_dir():
        return []
    return sorted(each.name for each in place().iterdir() if each.name != SCANNING and not _is_half(each.name))


def _is_half(name: str) -> bool:
    return name.startswith(files.HALF)


def faults(named: Collection[str]) -> Iterator[str]:
    """Whether the files with these digests lie there as they were taken in, and nothing beside them."""
    for digest in sorted(named):
        try:
            read(digest)
        except NotThere:
            yield f"附件 {digest[:12]} 不在 {place()} 里，或者和登记的摘要不符。"
    try:
        strangers = sorted(each for each in _all_that_lies_there() if each not in named and _is_left_over(each))
    except OSError as error:
        yield f"{place()} 读不出来（{error.strerror}），请改正权限。"
        return
    for name in strangers:
        shown = os.fsencode(name).decode(errors="backslashreplace")
        yield f"{place()} 里的 {shown[:20]} 没有登记：存入时中断留下的，或者别人放的。请看看，没有用的可以删去。"


def _all_that_lies_there() -> Iterator[str]:
    """Also what is half written or waits for the scanner; the folder in which that waits is no stranger."""
    if not place().is_dir():
        return
    for each in place().iterdir():
        if each.name == SCANNING and each.is_dir() and not each.is_symlink():
            yield from (f"{SCANNING}/{waiting.name}" for waiting in each.iterdir())
        else:
            yield each.name


def _is_left_over(name: str) -> bool:
    """Whether no act that is under way can have laid it there."""
    try:
        return (place() / name).lstat().st_mtime < time.time() - UNDER_WAY
    except FileNotFoundError:
        return False
