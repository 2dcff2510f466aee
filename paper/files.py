"""Files that are written whole or not at all, and are on the disk when that is said."""

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

HALF = ".half-"
"""What the name of a file that is being written begins with; nobody reads such a one."""
WORK = re.compile(rf"{re.escape(HALF)}[0-9a-f]{{32}}")
"""The name of a folder in which something is put together."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What writing says where there is no room."""
OTHER_THINGS = (errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.EINVAL)
"""What opening says where a link, a folder, a socket or a pipe lies in the place of a file."""


def write_whole(path: Path, content: bytes, *, mode: int = 0o644, replacing: bool = True) -> None:
    """Put the content in the place of what is there, or without `replacing` raise FileExistsError. A link there is
    replaced, not followed. Raises OSError, and then nothing has changed and nothing is left."""
    half = path.parent / f"{HALF}{secrets.token_hex(8)}"
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # remove_halves() leaves it alone
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
            if replacing:
                half.replace(path)
            else:
                path.hardlink_to(half)
                half.unlink()
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    _keep_names(path.parent)


def remove_halves(folder: Path) -> None:
    """What killed processes left half written in this folder."""
    for half in folder.glob(f"{HALF}*"):
        with contextlib.suppress(OSError):
            if half.is_symlink() or not half.is_file():
                half.unlink()  # nothing of ours
            else:
                with half.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    half.unlink()


@contextlib.contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A folder that is gone at the end; what a killed process left goes when the next one works in the same place."""
    for left in parent.iterdir():
        if WORK.fullmatch(left.name) and not _is_at_work_in(left):
            shutil.rmtree(left, ignore_errors=True)  # follows no link
    folder = parent / f"{HALF}{secrets.token_hex(16)}"
    folder.mkdir(mode=0o700)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _is_at_work_in(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(handle)
        return False
    return True


@contextlib.contextmanager
def lock_file(path: Path) -> Iterator[int]:
    """A file that is there to be locked, made where it is missing. No link is followed, nothing is emptied, and nothing
    but a file is waited for: what lies in its place is removed. Raises OSError where that cannot be done."""
    try:
        handle = _open_plain(path)
    except OSError as error:
        if error.errno not in OTHER_THINGS:
            raise
        with contextlib.suppress(FileNotFoundError):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        handle = _open_plain(path)
    try:
        yield handle
    finally:
        os.close(handle)


def _open_plain(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return handle


def _keep_names(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
