"""A served portal whose clock a test moves: it starts with a module of its own on its path, which reads the time from a
file. The product knows nothing of it."""

import contextlib
import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import served

CLOCK = """
import datetime, os
from django.utils import timezone

def now():
    with open(os.environ["CLOCK_FILE"]) as clock:
        return datetime.datetime.fromisoformat(clock.read())

timezone.now = now
"""


class Clock:
    def __init__(self, file: Path) -> None:
        self._file = file

    def put(self, day: datetime.date, hour: int = 10) -> None:
        """It is that hour of that day in Wen'an, and stays so."""
        half = self._file.with_suffix(".half")
        half.write_text(f"{day}T{hour:02}:00:00+08:00")
        half.replace(self._file)


@contextlib.contextmanager
def served_on(name: str, day: datetime.date) -> Iterator[tuple[str, Clock]]:
    """Its address, and its clock, which stands on that day."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "now"
        clock = Clock(file)
        clock.put(day)
        (Path(folder) / "sitecustomize.py").write_text(CLOCK)
        with served(name, PYTHONPATH=folder, CLOCK_FILE=str(file)) as address:
            yield address, clock
