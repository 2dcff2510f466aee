"""Tables that were uploaded and wait for their confirmation: kept in a folder of our own, so that what nobody confirms
can be cleared away."""

import datetime
import tempfile
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils import timezone
from import_export.tmp_storages import TempFolderStorage

UPLOADS = settings.VAR / "uploads"
MAX_AGE = datetime.timedelta(hours=1)
"""So long a preview can be confirmed."""


class Uploads(TempFolderStorage):  # type: ignore[misc]
    """Where django-import-export keeps a table between preview and confirmation. A confirmation takes it away before it
    reads it: who confirms at the same moment finds none."""

    name: str | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_confirmed = self.name is not None

    def read(self) -> Any:
        if self.is_confirmed:
            taken = f"{self.name}-taken"
            (UPLOADS / str(self.name)).rename(UPLOADS / taken)  # FileNotFoundError: somebody else took it
            self.name = taken
        return super().read()

    def get_full_path(self) -> str:
        return str(UPLOADS / str(self.name))

    def _open(self, mode: str = "r") -> Any:
        if self.name:
            return open(self.get_full_path(), mode, encoding=self.encoding)
        UPLOADS.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=UPLOADS, prefix="table-", delete=False)  # noqa: SIM115 (closed there)
        self.name = file.name.rpartition("/")[2]
        return file


def forget() -> None:
    """Tables whose preview can no longer be confirmed."""
    before = (timezone.now() - MAX_AGE).timestamp()
    for file in UPLOADS.glob("table-*"):
        with suppress(FileNotFoundError):
            if file.lstat().st_mtime < before:
                file.unlink()
