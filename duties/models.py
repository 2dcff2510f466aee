"""一、部门职责登记表: duties and their work items."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.text import Truncator

from duties.documents import DutyDocument, WorkItemDocument
from editions.form.items import ListedItem, ListedQuerySet
from history.documents import Retired
from history.models import RetirableRow, code_format, listed, put_rows
from verbatim.codes import Numbers, numbers_of
from verbatim.fields import CellField, tidy_constraints, visible_constraint


class DutyQuerySet(ListedQuerySet):
    def with_everything(self) -> Self:
        return super().with_everything().prefetch_related("work_items")


class Duty(ListedItem):
    """主要职责: one row of 部门职责登记表, code ZZ-01."""

    text = CellField("主要职责")
    offices = CellField("责任股室", blank=True, help_text="没有具体工作事项时才在这里填写；每段一行，与清单一致。")
    note = CellField("备注", blank=True)

    objects: ClassVar[Any] = DutyQuerySet.as_manager()
    title_field = "text"
    code_prefix = "ZZ-"

    class Meta(ListedItem.Meta):
        verbose_name = "主要职责"
        verbose_name_plural = "主要职责"
        constraints = [
            code_format("duty", "ZZ-01"),
            *tidy_constraints("duty", "serial", "text", "offices", "note"),
            visible_constraint("duty", "serial", "text", "offices", "note"),
        ]

    def belongs_to_office(self, office: Any) -> bool:
        """Of an office that does the whole of it: every row of the form names it."""
        cells = [self.offices] * bool(self.offices) + [item.offices for item in listed(self.work_items)]
        return bool(office.is_named_in(*cells))

    def document(self) -> DutyDocument:
        items = list(self.work_items.all())
        return DutyDocument(
            code=self.code,
            text=self.text,
            offices=self.offices,
            note=self.note,
            work_items=tuple(item.document() for item in items if not item.is_retired),
            retired=tuple(
                Retired(code=item.code, title=item.text, retired_on=item.retired_on)
                for item in sorted(items, key=lambda item: numbers_of(item.code))
                if item.is_retired
            ),
        )

    @classmethod
    def load(cls, document: DutyDocument, *, row: "Duty", reason: str) -> None:
        row.put(reason=reason, text=document.text, offices=document.offices, note=document.note, retired_on=None)
        wanted: dict[str, dict[str, Any]] = {
            item.code: {
                "position": position,
                "text": item.text,
                "offices": item.offices,
                "note": item.note,
                "retired_on": None,
            }
            for position, item in enumerate(document.work_items, start=1)
        }
        wanted |= {r.code: {"position": 0, "text": r.title, "retired_on": r.retired_on} for r in document.retired}
        put_rows(row.work_items.all(), key="code", wanted=wanted, reason=reason, duty=row)


class WorkItem(RetirableRow):
    """具体工作事项: one line of a duty, code ZZ-01-01."""

    duty = models.ForeignKey(Duty, verbose_name="主要职责", on_delete=models.PROTECT, related_name="work_items")
    code = models.CharField(
        "代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改，取消后不再使用。"
    )
    position = models.PositiveIntegerField("排列顺序", help_text="在本项职责中的先后，从 1 开始。")
    text = CellField("具体工作事项")
    offices = CellField("责任股室", blank=True, help_text="每段一行，与清单一致；没有的留空。")
    note = CellField("备注", blank=True)

    permanent: ClassVar[str] = "code"
    belongs_to: ClassVar[str] = "duty"

    class Meta(RetirableRow.Meta):
        verbose_name = "具体工作事项"
        verbose_name_plural = "具体工作事项"
        ordering = ["duty__position", "position", Numbers("code")]
        constraints = [
            code_format("workitem", "ZZ-01-01"),
            *tidy_constraints("workitem", "text", "offices", "note"),
            visible_constraint("workitem", "text", "offices", "note"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {Truncator(self.text).chars(30)}"

    def permanent_series(self) -> tuple[Any, str, int]:
        return WorkItem.objects, f"{self.duty.code}-", 2

    def belongs_to_office(self, office: Any) -> bool:
        return bool(office.is_named_in(self.offices))

    def document(self) -> WorkItemDocument:
        return WorkItemDocument(code=self.code, text=self.text, offices=self.offices, note=self.note)
