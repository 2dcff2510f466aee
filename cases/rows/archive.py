"""归档的案卷: what was bound, in one file that lies with the other files of cases, under one seal."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.archiving.contents import Contents
from cases.archiving.sealing import Seal
from cases.attaching import folder
from verbatim.fields import visible_constraint

DIGEST = r"^[0-9a-f]{64}$"


class Archive(Authored):
    """归档: written in the act that puts the case away, and never again."""

    case = models.OneToOneField("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="volume")
    pages = models.PositiveIntegerField("页数", help_text="编了页号的。")
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("案卷 PDF 的摘要", max_length=64, db_index=True)
    contents = models.TextField("卷内目录")
    seal = models.TextField("封存文本")
    seal_digest = models.CharField("封存文本的摘要", max_length=64)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "归档的案卷"
        verbose_name_plural = "归档的案卷"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(digest__regex=DIGEST, seal_digest__regex=DIGEST, pages__gt=0, size__gt=0),
                name="archive_whole",
            ),
            visible_constraint("archive", "contents", "by_name"),
        ]

    def __str__(self) -> str:
        return f"案卷 {self.pages} 页，摘要 {self.digest}"

    @cached_property
    def listed(self) -> Contents:
        return Contents.read(self.contents)

    @property
    def sealed(self) -> Seal:
        """Raises ValueError where the text is no seal."""
        return Seal.read(self.seal)

    def pdf(self) -> bytes:
        """As it was bound. Raises NotThere."""
        return folder.read(self.digest)
