"""On what basis: laws and documents, the ways in which the list cites them, and the dictionary of the check-up."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from history.models import AddedRow, RetirableQuerySet, RetirableRow, code_format, listed, put_rows
from laws.documents import CitationDocument, LawDocument, RepealDocument
from verbatim.codes import Numbers
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint


class LawQuerySet(RetirableQuerySet):
    def with_everything(self) -> Self:
        """The listed rows with all that their documents need, in order."""
        return self.listed().order_by(Numbers("code")).prefetch_related("repeals")


class Law(RetirableRow):
    """A law, regulation, rule or other document that the list rests on."""

    code = models.CharField("代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改。")
    title = LineField("名称", unique=True, help_text="不带书名号。")
    number = LineField("文号", blank=True, help_text="例如：国务院令第591号。清单没有印出、又未查实的不填。")

    objects: ClassVar[Any] = LawQuerySet.as_manager()
    permanent: ClassVar[str] = "code"
    title_field: ClassVar[str] = "title"

    area: ClassVar[str] = "working"

    class Meta(RetirableRow.Meta):
        verbose_name = "法律法规（文件）"
        verbose_name_plural = "法律法规（文件）"
        ordering = [Numbers("code")]
        constraints = [
            code_format("law", "FL-01"),
            *tidy_constraints("law", "title", "number"),
            visible_constraint("law", "title", "number"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def permanent_series(self) -> tuple[Any, str, int]:
        return Law.objects, "FL-", 2

    def document(self) -> LawDocument:
        return LawDocument(
            code=self.code,
            title=self.title,
            number=self.number,
            repeals=tuple(repeal.document() for repeal in listed(self.repeals)),
        )

    @classmethod
    def load(cls, document: LawDocument, *, row: "Law", reason: str) -> None:
        row.put(reason=reason, title=document.title, number=document.number, retired_on=None)
        put_rows(
            row.repeals.all(),
            key="repealed_on",
            wanted={
                r.repealed_on: {"replaced_by": r.replaced_by, "retired_on": None, **r.added()} for r in document.repeals
            },
            reason=reason,
            law=row,
        )


class Repeal(AddedRow):
    """That a law was repealed or replaced, and when."""

    law = models.ForeignKey(Law, verbose_name="法律法规", on_delete=models.PROTECT, related_name="repeals")
    repealed_on = models.DateField("废止日期")
    replaced_by = LineField("被何文件代替", blank=True)

    belongs_to: ClassVar[str] = "law"

    class Meta(AddedRow.Meta):
        verbose_name = "废止情况"
        verbose_name_plural = "废止情况"
        ordering = ["law", "repealed_on"]
        constraints = [
            *tidy_constraints("repeal", "replaced_by"),
            visible_constraint("repeal", "replaced_by", "added_by", "basis"),
            UniqueConstraint(
                fields=["law", "repealed_on"],
                name="repeal_once_a_day",
                violation_error_message="这部法规在同一天已有一条废止记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repealed_on:%Y-%m-%d} 废止"

    def document(self) -> RepealDocument:
        return RepealDocument(repealed_on=self.repealed_on, replaced_by=self.replaced_by, **self.added())


class CitationQuerySet(RetirableQuerySet):
    def with_everything(self) -> Self:
        """The listed rows with all that their documents need, in order."""
        return self.listed().order_by(Numbers("code")).select_related("law")


class Citation(RetirableRow):
    """相关依据, or any other place in the text: how something is cited, and what is meant by it."""

    class Kind(models.TextChoices):
        LAW = "law", "法规文件"
        FORM = "form", "文书、证件、报告"
        CATALOGUE = "catalogue", "目录、名单"

    code = models.CharField("代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改。")
    quoted = LineField("印出的写法", unique=True, help_text="与清单一字不差，带书名号，例如《计量法实施细则》。")
    kind = models.CharField("所指种类", max_length=20, choices=Kind, default=Kind.LAW)
    law = models.ForeignKey(
        Law, verbose_name="所指法规", on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )

    objects: ClassVar[Any] = CitationQuerySet.as_manager()
    permanent: ClassVar[str] = "code"
    title_field: ClassVar[str] = "quoted"

    area: ClassVar[str] = "working"

    class Meta(RetirableRow.Meta):
        verbose_name = "引用写法"
        verbose_name_plural = "引用写法"
        ordering = [Numbers("code")]
        constraints = [
            code_format("citation", "YZ-01"),
            *tidy_constraints("citation", "quoted"),
            visible_constraint("citation", "quoted"),
            CheckConstraint(
                condition=Q(kind="law", law__isnull=False)
                | Q(kind__in=["form", "catalogue"], law__isnull=True)
                | Q(retired_on__isnull=False),
                name="citation_law_when_law",
                violation_error_message="种类是法规文件的要选所指法规；文书、目录不选。",
            ),
        ]

    def __str__(self) -> str:
        return self.quoted

    def permanent_series(self) -> tuple[Any, str, int]:
        return Citation.objects, "YZ-", 2

    def document(self) -> CitationDocument:
        return CitationDocument(
            code=self.code, quoted=self.quoted, kind=self.kind, law=self.law.code if self.law else ""
        )

    @classmethod
    def load(cls, document: CitationDocument, *, row: "Citation", reason: str) -> None:
        law: Any = Law.objects.get(code=document.law) if document.law else None
        row.put(reason=reason, quoted=document.quoted, kind=document.kind, law=law, retired_on=None)


class DictionaryRow(RetirableRow):
    """A line of the dictionary that the check-up reads. It is no part of the list and is not published with it."""

    source = models.CharField("出处", max_length=300, blank=True, help_text="从哪份文件知道的。")
    retired_on = models.DateField("停用日期", null=True, blank=True, help_text="填写后体检不再用这一条。")

    area: ClassVar[str] = "dictionary"

    class Meta(RetirableRow.Meta):
        abstract = True


class KnownLaw(DictionaryRow):
    """法规词典: a law by its full title, whether it is still valid, and the wrong titles under which it is met."""

    title = LineField("全称", unique=True, help_text="不带书名号。")
    number = LineField("文号", blank=True)
    in_force_on = models.DateField("施行日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    replaced_by = LineField("被何法规代替", blank=True, help_text="全称，不带书名号。")
    also = CellField("见过的错误写法", blank=True, help_text="一行一个，不带书名号。只少“中华人民共和国”的不用写。")

    class Meta(DictionaryRow.Meta):
        verbose_name = "法规词典"
        verbose_name_plural = "法规词典"
        ordering = ["title"]
        constraints = [
            *tidy_constraints("known_law", "title", "number", "replaced_by", "also"),
            visible_constraint("known_law", "title", "number", "replaced_by", "also", "source"),
            CheckConstraint(
                condition=Q(replaced_by="") | Q(repealed_on__isnull=False),
                name="known_law_replaced_when_repealed",
                violation_error_message="写了被何法规代替，就要写废止日期。",
            ),
            CheckConstraint(
                condition=Q(in_force_on__lt=F("repealed_on")) | Q(in_force_on=None) | Q(repealed_on=None),
                name="known_law_in_force_before_repealed",
                violation_error_message="废止日期要晚于施行日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Term(DictionaryRow):
    """规范用语: a statutory term, and a word that is used in its place."""

    wrong = LineField("不规范的写法", unique=True)
    right = LineField("规范写法")

    class Meta(DictionaryRow.Meta):
        verbose_name = "规范用语"
        verbose_name_plural = "规范用语"
        ordering = ["wrong"]
        constraints = [
            *tidy_constraints("term", "wrong", "right"),
            visible_constraint("term", "wrong", "right", "source"),
            CheckConstraint(
                condition=~Q(wrong=F("right")),
                name="term_differs",
                violation_error_message="规范写法和不规范的写法不能一样。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"
