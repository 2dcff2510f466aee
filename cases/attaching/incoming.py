"""A file as it comes from outside: looked at before anything of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from acts.errors import Incomplete
from cases.attaching import folder, kinds, names
from cases.attaching.scanning import scan


@dataclass(frozen=True)
class IncomingFile:
    name: str
    """As whoever sent it calls it."""
    content: bytes

    def examined(self) -> ExaminedFile:
        """Raises Incomplete where it is too large, of no kind that is taken, or where the scanner refuses it."""
        refuse_large(len(self.content))
        media_type = kinds.media_type_of(self.content)
        with folder.in_words():
            scan(self.content, folder.place() / folder.SCANNING)
        return ExaminedFile(names.neutral(self.name, media_type), media_type, self.content)


@dataclass(frozen=True)
class ExaminedFile:
    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return folder.digest_of(self.content)


def refuse_large(size: int) -> None:
    """Raises Incomplete."""
    if size > settings.ATTACHMENT_MB * 1024**2:
        raise Incomplete(
            f"文件有 {size / 1024**2:.1f} MB，最大 {settings.ATTACHMENT_MB} MB，没有存入。请压缩或者分成几个再传。"
        )
