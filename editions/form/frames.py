"""The cover, and what stands around the items of each part, as working rows."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q

from editions.form import parts
from editions.form.documents import CoverDocument, FrameDocument
from history.models import WorkingQuerySet, WorkingRow
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint


class FrameQuerySet(WorkingQuerySet):
    def with_everything(self) -> Self:
        return self.order_by("pk")


def framed() -> set[str]:
    """The parts that have a frame in the working rows, by their names: the others are no part of the list yet."""
    return set(Frame.objects.values_list("part", flat=True))


class Cover(WorkingRow):
    """封面: the title page of the list."""

    code = models.CharField("代码", max_length=10, unique=True, default="cover", editable=False)
    title = LineField("标题")
    total_line = LineField("总数行", blank=True, help_text="与印出的一致，例如（共40项）。")
    breakdown_line = LineField("分项行", blank=True)
    date_line = LineField("日期行", blank=True)
    declared = models.PositiveIntegerField("声明总数", null=True, blank=True, help_text="总数行里的数字。")

    objects: ClassVar[Any] = FrameQuerySet.as_manager()

    area: ClassVar[str] = "working"

    class Meta(WorkingRow.Meta):
        verbose_name = "封面"
        verbose_name_plural = "封面"
        constraints = [
            *tidy_constraints("cover", "title", "total_line", "breakdown_line", "date_line"),
            visible_constraint("cover", "title", "total_line", "breakdown_line", "date_line"),
            CheckConstraint(condition=Q(code="cover"), name="cover_only_one", violation_error_message="封面只有一个。"),
        ]

    def __str__(self) -> str:
        return self.title

    def document(self) -> CoverDocument:
        return CoverDocument(
            title=self.title,
            total_line=self.total_line,
            breakdown_line=self.breakdown_line,
            date_line=self.date_line,
            declared=self.declared,
        )

    @classmethod
    def load(cls, document: CoverDocument, *, row: Cover, reason: str) -> None:
        row.put(reason=reason, **document.model_dump(exclude={"code"}))


class Frame(WorkingRow):
    """登记表的表头、注和填报栏: what stands around the items of one part."""

    part = models.SlugField("部分", max_length=30, unique=True)
    cover_label = LineField("封面上的名称", blank=True)
    declared = models.PositiveIntegerField("声明项数", null=True, blank=True, help_text="封面上写的项数。")
    numeral = LineField("编号", blank=True, help_text="例如：一、")
    heading = LineField("标题")
    columns = CellField("栏目", blank=True, help_text="每行一个。")
    notes = CellField("注", blank=True, help_text="每行一条，与印出的一致。")
    compiler = LineField("填报人", blank=True, help_text="连同“填报人：”，与印出的一致。")
    filled_on = LineField("填报时间", blank=True)
    phone = LineField("联系电话", blank=True)

    objects: ClassVar[Any] = FrameQuerySet.as_manager()
    permanent: ClassVar[str] = "part"

    area: ClassVar[str] = "working"

    class Meta(WorkingRow.Meta):
        verbose_name = "部分的表头和注"
        verbose_name_plural = "部分的表头和注"
        constraints = [
            *tidy_constraints("frame", "cover_label", "numeral", "heading", "columns", "notes"),
            *tidy_constraints("frame", "compiler", "filled_on", "phone"),
            visible_constraint(
                *("frame", "cover_label", "numeral", "heading", "columns", "notes", "compiler", "filled_on", "phone")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numeral}{self.heading}"

    def clean(self) -> None:
        super().clean()
        if parts.part(self.part) is None:
            raise ValidationError({"part": f"没有名为“{self.part}”的部分。"})

    def document(self) -> FrameDocument:
        return FrameDocument(**{name: getattr(self, name) for name in FrameDocument.model_fields})

    @classmethod
    def load(cls, document: FrameDocument, *, row: Frame, reason: str) -> None:
        row.put(reason=reason, **document.model_dump(exclude={"part"}))
