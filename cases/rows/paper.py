"""文书: what was issued in a case, as it was issued: its number, its text, the very files; and which were spoilt."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from acts.models import Authored
from cases.papers import docx, typeset
from cases.papers.form import Form
from cases.papers.forms import BY_NUMBER
from cases.papers.sheet import Sheet
from verbatim.fields import visible_constraint

FILES = {"pdf": "application/pdf", "docx": docx.MIME}
DIGEST = r"^[0-9a-f]{64}$"


class PaperQuerySet(models.QuerySet["Paper"]):
    def without_files(self) -> Self:
        """To be listed: who issued what, and whether it was voided."""
        return self.defer("content", *FILES).select_related("void")

    def valid(self) -> Self:
        return self.filter(void=None)


class Paper(Authored):
    """文书: issued once. Its text and its files are frozen, with their digests; a spoilt one is voided and stays."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="papers")
    form = models.PositiveSmallIntegerField("文书", help_text="《质量监督行政处罚文书目录》的序号。")
    row = models.PositiveBigIntegerField("所据的记录", help_text="照案卷里哪一条记录制作；哪一种记录由文书决定。")
    title = models.CharField("名称", max_length=100)
    year = models.PositiveIntegerField("年份", null=True)
    number = models.PositiveIntegerField("编号", null=True)
    label = models.CharField("文号", max_length=100, blank=True)
    content = models.TextField("内容")
    pdf = models.BinaryField("PDF")
    pdf_digest = models.CharField("PDF 的摘要", max_length=64)
    docx = models.BinaryField("DOCX")
    docx_digest = models.CharField("DOCX 的摘要", max_length=64)

    objects: ClassVar[Any] = PaperQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["form", "year", "number"], name="paper_one_of_a_number"),
            CheckConstraint(
                condition=Q(form__in=sorted(BY_NUMBER)),
                name="paper_form_known",
                violation_error_message="文书目录里没有这一种文书，没有制作。",
            ),
            CheckConstraint(
                condition=Q(year=None, number=None)
                | (Q(year__isnull=False, number__isnull=False, number__gte=1) & ~Q(label="")),
                name="paper_numbered_whole",
            ),
            CheckConstraint(
                condition=Q(pdf_digest__regex=DIGEST, docx_digest__regex=DIGEST), name="paper_with_digests"
            ),
            visible_constraint("paper", "title", "label", "content", "by_name"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》{self.label}"

    @classmethod
    def of(cls, form: Form, row: Any, sheet: Sheet, **values: Any) -> Self:
        """Set, not stored yet. Raises Incomplete."""
        files = {"pdf": typeset.pdf(sheet), "docx": docx.docx(sheet)}
        digests = {f"{kind}_digest": hashlib.sha256(content).hexdigest() for kind, content in files.items()}
        said = {"title": sheet.title, "label": sheet.label, "content": sheet.canonical()}
        return cls(form=form.number, row=row.pk, **said, **files, **digests, **values)

    @property
    def declared(self) -> Form:
        return BY_NUMBER[self.form]

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.read(self.content)

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")

    @property
    def file_name(self) -> str:
        """Without its ending."""
        return f"{self.title}{self.label}" + (f"（{typeset.VOID}）" if self.is_void else "")

    def is_as_issued(self, kind: str) -> bool:
        """Whether the file gives the digest that was taken when it was issued."""
        return hashlib.sha256(bytes(getattr(self, kind))).hexdigest() == getattr(self, f"{kind}_digest")

    def file(self, kind: str) -> bytes:
        """The PDF or the DOCX as it was issued; of a void one the same text, marked so on every page. Raises Incomplete
        where that cannot be set."""
        if not self.is_void:
            return bytes(getattr(self, kind))
        if kind == "docx":
            return docx.docx(self.sheet, mark=typeset.VOID)
        return typeset.pdf(self.sheet, mark=typeset.VOID, foot=f"{timezone.localtime(self.void.at):%Y-%m-%d} 作废")


class PaperVoid(Authored):
    """作废: a paper that was spoilt; it stays, and nobody gets its number."""

    paper = models.OneToOneField(Paper, verbose_name="文书", on_delete=models.PROTECT, related_name="void")
    reason = models.TextField("理由")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "文书的作废"
        verbose_name_plural = "文书的作废"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=~Q(reason=""), name="papervoid_with_reason"),
            visible_constraint("papervoid", "reason", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}：{self.reason}"
