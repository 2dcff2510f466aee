"""What takes long is done for one visitor at a time, so that it keeps one worker and the others read on."""

import contextlib
import fcntl
from collections.abc import Iterator

from django.conf import settings

from paper.files import lock_file

FOLDER = settings.VAR


class Busy(Exception):
    """Somebody else's is being done; the message says so."""


@contextlib.contextmanager
def one_at_a_time(name: str, said: str) -> Iterator[None]:
    """Of that name, among all processes that share a folder. Raises Busy."""
    with lock_file(FOLDER / f"{name}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(said) from None
        yield
