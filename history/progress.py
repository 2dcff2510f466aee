"""How far a long table has come: written by whoever works at it, read by the page that waits for it."""

import logging
import re
from contextlib import suppress
from pathlib import Path

from history.uploads import UPLOADS

log = logging.getLogger(__name__)

TOKEN = re.compile("[0-9a-f]{32}")
EVERY = 100
"""Rows."""


def _file(token: str) -> Path | None:
    """Cleared away like the tables themselves (history.uploads)."""
    return UPLOADS / f"table-progress-{token}" if TOKEN.fullmatch(token) else None


class Progress:
    """Of one table; the page that waits has made up the token. Without one nothing is written."""

    def __init__(self, token: str = "") -> None:
        self.file = _file(token)
        self.begin("", 0)

    def begin(self, doing: str, rows: int) -> None:
        self.doing, self.rows, self.done = doing, rows, 0

    def one_more(self) -> None:
        self.done += 1
        if self.file and self.done % EVERY == 0:
            try:
                UPLOADS.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.file.write_text(f"{self.doing} {self.done} 行，共 {self.rows} 行", encoding="utf-8")
            except OSError as error:
                self._tell_no_more(error)

    def end(self) -> None:
        try:
            if self.file:
                self.file.unlink(missing_ok=True)
        except OSError as error:
            self._tell_no_more(error)

    def _tell_no_more(self, error: OSError) -> None:
        """A table is not given up because nobody can be told how far it is."""
        log.warning("how far a table has come cannot be told: %s", error)
        self.file = None


def said(token: str) -> str:
    """What the page shows; empty before anything is done, and afterwards."""
    file = _file(token)
    with suppress(FileNotFoundError):
        return file.read_text(encoding="utf-8") if file else ""
    return ""
