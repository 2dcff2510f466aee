"""二、与相关部门的职责边界登记表: matters, and each department's share of them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from boundaries.documents import (
    BasisDocument,
    MatterDocument,
    ShareDocument,
    ShareStageDocument,
)
from editions.form.items import ListedItem, ListedQuerySet
from history.documents import Retired
from history.models import AddedRow, RetirableRow, code_format, listed, put_rows
from offices.models import Department, WorkedBy
from verbatim.codes import Numbers
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint


class MatterQuerySet(ListedQuerySet):
    def with_everything(self) -> Self:
        return (
            super()
            .with_everything()
            .prefetch_related("bases", "shares__department", "shares__offices__office", "shares__stages")
        )


class Matter(ListedItem):
    """管理事项: one matter that several departments share, code BJ-01."""

    title = LineField("管理事项")
    case = CellField("案例", blank=True)

    objects: ClassVar[Any] = MatterQuerySet.as_manager()
    title_field = "title"
    code_prefix = "BJ-"

    class Meta(ListedItem.Meta):
        verbose_name = "管理事项"
        verbose_name_plural = "管理事项"
        constraints = [
            code_format("matter", "BJ-01"),
            *tidy_constraints("matter", "serial", "title", "case"),
            visible_constraint("matter", "serial", "title", "case"),
        ]

    def document(self) -> MatterDocument:
        shares, bases = list(self.shares.all()), list(self.bases.all())
        gone = [Retired(code=s.code, title=s.text, retired_on=s.retired_on) for s in shares if s.is_retired]
        gone += [Retired(code=b.anchor, title=b.text, retired_on=b.retired_on) for b in bases if b.is_retired]
        return MatterDocument(
            code=self.code,
            title=self.title,
            shares=tuple(share.document() for share in shares if not share.is_retired),
            bases=tuple(basis.document() for basis in bases if not basis.is_retired),
            case=self.case,
            retired=tuple(sorted(gone, key=lambda retired: retired.code)),
        )

    @classmethod
    def load(cls, document: MatterDocument, *, row: "Matter", reason: str) -> None:
        row.put(reason=reason, title=document.title, case=document.case, retired_on=None)
        departments = {d.code: d for d in Department.objects.all()}
        shares: dict[str, dict[str, Any]] = {
            share.code: {
                "position": position,
                "department": departments[share.department],
                "name": share.name,
                "text": share.text,
                "retired_on": None,
            }
            for position, share in enumerate(document.shares, start=1)
        }
        bases: dict[str, dict[str, Any]] = {
            basis.anchor: {"position": position, "text": basis.text, "retired_on": None}
            for position, basis in enumerate(document.bases, start=1)
        }
        for gone in document.retired:
            group = shares if gone.code.startswith(f"{document.code}-") else bases
            group[gone.code] = {"position": 0, "text": gone.title, "retired_on": gone.retired_on}
        put_rows(row.bases.all(), key="anchor", wanted=bases, reason=reason, matter=row)
        kept = put_rows(row.shares.all(), key="code", wanted=shares, reason=reason, matter=row)
        for share in document.shares:
            kept[share.code].load_additions(share, reason=reason)


class Share(RetirableRow):
    """相关部门 and 职责分工: one department's part of a matter, code BJ-01-01."""

    matter = models.ForeignKey(Matter, verbose_name="管理事项", on_delete=models.PROTECT, related_name="shares")
    code = models.CharField(
        "代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改，取消后不再使用。"
    )
    position = models.PositiveIntegerField("排列顺序", help_text="在本事项中的先后，从 1 开始。")
    department = models.ForeignKey(
        Department, verbose_name="所指部门", on_delete=models.PROTECT, null=True, related_name="shares"
    )
    name = LineField("相关部门（印出的）", blank=True, help_text="与清单一字不差，例如：县质监局。")
    text = CellField("职责分工")

    permanent: ClassVar[str] = "code"
    belongs_to: ClassVar[str] = "matter"

    class Meta(RetirableRow.Meta):
        verbose_name = "职责分工"
        verbose_name_plural = "职责分工"
        ordering = ["matter__position", "position", Numbers("code")]
        constraints = [
            code_format("share", "BJ-01-01"),
            *tidy_constraints("share", "name", "text"),
            visible_constraint("share", "name", "text"),
            CheckConstraint(
                condition=Q(retired_on__isnull=False) | (Q(department__isnull=False) & ~Q(name="")),
                name="share_department_known",
                violation_error_message="请选所指部门，并照清单填写相关部门的名称。",
            ),
            UniqueConstraint(
                fields=["matter", "department"],
                condition=Q(retired_on__isnull=True),
                name="share_once_a_department",
                violation_error_message="这个部门在本事项中已有一条职责分工。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def permanent_series(self) -> tuple[Any, str, int]:
        return Share.objects, f"{self.matter.code}-", 2

    def belongs_to_office(self, office: Any) -> bool:
        return any(added.office_id == office.pk for added in listed(self.offices))

    def document(self) -> ShareDocument:
        assert self.department is not None
        return ShareDocument(
            code=self.code,
            department=self.department.code,
            name=self.name,
            text=self.text,
            offices=tuple(added.document() for added in listed(self.offices)),
            stages=tuple(added.document() for added in listed(self.stages)),
        )

    def load_additions(self, document: ShareDocument, *, reason: str) -> None:
        ShareOffice.load(document.offices, rows=self.offices.all(), reason=reason, share=self)
        put_rows(
            self.stages.all(),
            key="stage",
            wanted={a.stage: {"retired_on": None, **a.added()} for a in document.stages},
            reason=reason,
            share=self,
        )


class ShareOffice(WorkedBy):
    """本局整理: which office of the bureau works a share."""

    share = models.ForeignKey(Share, verbose_name="职责分工", on_delete=models.PROTECT, related_name="offices")

    belongs_to: ClassVar[str] = "share"

    class Meta(WorkedBy.Meta):
        verbose_name = "分工所属股室（本局整理）"
        verbose_name_plural = "分工所属股室（本局整理）"
        ordering = ["share", Numbers("office__code")]
        constraints = [
            visible_constraint("shareoffice", "added_by", "basis"),
            UniqueConstraint(
                fields=["share", "office"],
                name="shareoffice_once",
                violation_error_message="这条分工已经关联了这个股室。",
            ),
        ]


class ShareStage(AddedRow):
    """本局整理: which stage (生产, 经营, 运输 …) a share is about."""

    share = models.ForeignKey(Share, verbose_name="职责分工", on_delete=models.PROTECT, related_name="stages")
    stage = LineField("环节", help_text="例如：生产、经营、运输、储存、使用。")

    belongs_to: ClassVar[str] = "share"

    class Meta(AddedRow.Meta):
        verbose_name = "分工所属环节（本局整理）"
        verbose_name_plural = "分工所属环节（本局整理）"
        ordering = ["share", "stage"]
        constraints = [
            *tidy_constraints("sharestage", "stage"),
            visible_constraint("sharestage", "stage", "added_by", "basis"),
            UniqueConstraint(
                fields=["share", "stage"],
                name="sharestage_once",
                violation_error_message="这条分工已经标了这个环节。",
            ),
        ]

    def __str__(self) -> str:
        return self.stage

    def belongs_to_office(self, office: Any) -> bool:
        return self.share.belongs_to_office(office)

    def document(self) -> ShareStageDocument:
        return ShareStageDocument(stage=self.stage, **self.added())


class Basis(RetirableRow):
    """相关依据: one line of the bases of a matter, as printed, its number included."""

    matter = models.ForeignKey(Matter, verbose_name="管理事项", on_delete=models.PROTECT, related_name="bases")
    anchor = models.CharField("锚点", max_length=20, blank=True, help_text="永久不变，例如 y1。")
    position = models.PositiveIntegerField("排列顺序")
    text = LineField("相关依据", help_text="连同印出的编号，例如：1.《危险化学品安全管理条例》（国务院令第591号）")

    permanent: ClassVar[str] = "anchor"
    belongs_to: ClassVar[str] = "matter"

    class Meta(RetirableRow.Meta):
        verbose_name = "相关依据"
        verbose_name_plural = "相关依据"
        ordering = ["matter__position", "position", "anchor"]
        constraints = [
            *tidy_constraints("basis", "text"),
            visible_constraint("basis", "text"),
            CheckConstraint(
                condition=Q(anchor__regex=r"^y\d+$"),
                name="basis_anchor_format",
                violation_error_message="锚点应当像 y1 这样。",
            ),
            UniqueConstraint(
                fields=["matter", "anchor"],
                name="basis_anchor_once",
                violation_error_message="这个锚点已经用过，请换一个。",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def permanent_series(self) -> tuple[Any, str, int]:
        return self.matter.bases, "y", 1

    def document(self) -> BasisDocument:
        return BasisDocument(anchor=self.anchor, text=self.text)
