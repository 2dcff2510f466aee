"""Files that are written whole or not at all, and are on the disk when that is said."""

import contextlib
import fcntl
import os
import secrets
from pathlib import Path

HALF = ".half-"
"""What the name of a file that is being written begins with; nobody reads such a one."""


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
        with contextlib.suppress(OSError), half.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()


def _keep_names(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
