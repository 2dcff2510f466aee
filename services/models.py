"""三、公共服务事项登记表: services, their phones, and the days that come back every year."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q

from editions.models import ListedItem, ListedQuerySet
from history.models import RetirableRow, code_format
from services.documents import ServiceDocument, YearlyDocument
from verbatim.fields import CellField, LineField, kept_tidy


class ServiceQuerySet(ListedQuerySet):
    def with_everything(self) -> Self:
        return super().with_everything().select_related("yearly")


class Service(ListedItem):
    """服务事项: one row of 公共服务事项登记表, code FW-01."""

    title = LineField("服务事项")
    content = CellField("主要内容", blank=True)
    offices = CellField("承办机构", blank=True, help_text="每段一行，与清单一致。")
    phones = CellField("联系电话", blank=True, help_text="每段一行，与清单一致，例如 0316-5255905。")

    objects: ClassVar[Any] = ServiceQuerySet.as_manager()
    title_field = "title"
    code_prefix = "FW-"

    class Meta(ListedItem.Meta):
        verbose_name = "公共服务事项"
        verbose_name_plural = "公共服务事项"
        constraints = [
            code_format("service", r"^FW-\d{2,}$"),
            *kept_tidy("service", "serial", "title", "content", "offices", "phones"),
        ]

    def clean(self) -> None:
        super().clean()
        yearly = getattr(self, "yearly", None) if self.pk else None
        if yearly and not yearly.is_retired and yearly.quoted not in f"{self.title}\n{self.content}":
            raise ValidationError(f"每年的日期引用了原话“{yearly.quoted}”，改后的文字里没有它；请先改每年的日期。")

    def document(self) -> ServiceDocument:
        yearly = getattr(self, "yearly", None)
        return ServiceDocument(
            code=self.code,
            title=self.title,
            content=self.content,
            offices=self.offices,
            phones=self.phones,
            yearly=yearly.document() if yearly and not yearly.is_retired else None,
        )

    @classmethod
    def load(cls, document: ServiceDocument, *, row: "Service", reason: str) -> None:
        row.put(
            reason=reason,
            title=document.title,
            content=document.content,
            offices=document.offices,
            phones=document.phones,
            retired_on=None,
        )
        rule = getattr(row, "yearly", None)
        if document.yearly:
            rule = rule or YearlyRule(service=row)
            rule.put(reason=reason, retired_on=None, **document.yearly.model_dump())
        elif rule:
            rule.retire(reason=reason)


class YearlyRule(RetirableRow):
    """The day or month of each year on which a service happens: printed, or added by the bureau, told apart."""

    service = models.OneToOneField(Service, verbose_name="服务事项", on_delete=models.PROTECT, related_name="yearly")
    month = models.PositiveSmallIntegerField("月", validators=[MinValueValidator(1), MaxValueValidator(12)])
    day = models.PositiveSmallIntegerField(
        "日", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)], help_text="整月的不填。"
    )
    quoted = models.CharField(
        "清单原话",
        max_length=50,
        blank=True,
        help_text="清单里写明日期的原话，例如“3、15”；清单没有写的留空，并填整理人。",
    )
    added_by = models.CharField("整理人", max_length=100, blank=True, help_text="日期由本局补充时填写。")
    added_on = models.DateField("整理日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)

    belongs_to: ClassVar[str] = "service"

    class Meta(RetirableRow.Meta):
        verbose_name = "每年的日期"
        verbose_name_plural = "每年的日期"
        constraints = [
            CheckConstraint(
                condition=(Q(month__range=(1, 12)) & (Q(day__isnull=True) | Q(day__range=(1, 29))))
                | Q(month__in=(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), day=30)
                | Q(month__in=(1, 3, 5, 7, 8, 10, 12), day=31),
                name="yearlyrule_date_exists",
                violation_error_message="没有这一天：请检查月和日。",
            ),
            CheckConstraint(
                condition=(~Q(quoted="") & Q(added_by="", added_on__isnull=True))
                | (Q(quoted="") & ~Q(added_by="") & Q(added_on__isnull=False)),
                name="yearlyrule_printed_or_added",
                violation_error_message="清单写明日期的填清单原话；清单没有写的填整理人和整理日期。两者只填一种。",
            ),
        ]

    def __str__(self) -> str:
        return f"每年{self.month}月{self.day}日" if self.day else f"每年{self.month}月"

    def clean(self) -> None:
        super().clean()
        printed = f"{self.service.title}\n{self.service.content}" if self.service_id else ""
        if self.quoted and self.quoted not in printed:
            raise ValidationError({"quoted": f"“{self.quoted}”不在本事项印出的文字里，请照原文填写。"})

    def document(self) -> YearlyDocument:
        return YearlyDocument(
            month=self.month,
            day=self.day,
            quoted=self.quoted,
            added_by=self.added_by,
            added_on=self.added_on,
            basis=self.basis,
        )
