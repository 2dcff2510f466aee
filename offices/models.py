"""Who is responsible: the departments of the county, and the offices of the bureau.

An office or a department is found in printed text by the names it is printed under; no cell stores a link of its own,
so a text and what it names can never disagree.
"""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from history.models import AddedRow, RetirableQuerySet, RetirableRow, code_format, listed, put_rows
from offices.documents import DepartmentDocument, OfficeDocument, SuccessionDocument, WorkedByDocument
from verbatim.codes import Numbers
from verbatim.fields import CellField, LineField, name_constraint, paragraphs, tidy_constraints, visible_constraint
from verbatim.names import Names, folded, is_name


class NamedQuerySet(RetirableQuerySet):
    def with_everything(self) -> Self:
        """The listed rows with all that their documents need, in order."""
        return self.listed().order_by(Numbers("code"))


class NamedRow(RetirableRow):
    """Something with a permanent code that text names, under one name or several."""

    code = models.CharField("代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改。")
    name = LineField("名称", unique=True)
    other_names = CellField("其他印出的名称", blank=True, help_text="清单里还用过的名称，每行一个。")

    objects: ClassVar[Any] = NamedQuerySet.as_manager()
    permanent: ClassVar[str] = "code"
    code_prefix: ClassVar[str]
    title_field: ClassVar[str] = "name"

    class Meta(RetirableRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is printed under."""
        return self.name, *paragraphs(self.other_names)

    def permanent_series(self) -> tuple[Any, str, int]:
        return type(self).objects, self.code_prefix, 2

    def clean(self) -> None:
        super().clean()
        names = {folded(name) for name in self.names}
        if len(names) < len(self.names):
            raise ValidationError({"other_names": "同一个名称写了两次，请删去一个。"})
        for other in type(self).objects.exclude(pk=self.pk):
            for name in other.names:
                if folded(name) in names:
                    raise ValidationError(
                        {"other_names": f"“{name}”已经是{other.code} {other.name}的名称，请先在那里删去。"}
                    )


class DepartmentQuerySet(NamedQuerySet):
    def with_everything(self) -> Self:
        return super().with_everything().prefetch_related("successions")


class Department(NamedRow):
    """相关部门: a department of the county; the bureau itself is one of them."""

    full_name = LineField("全称", blank=True, help_text="例如：文安县质量技术监督局。")
    county = LineField("所属县", blank=True)
    is_bureau = models.BooleanField("本局", default=False, choices=[(True, "是"), (False, "否")])

    objects: ClassVar[Any] = DepartmentQuerySet.as_manager()
    code_prefix = "BM-"

    area: ClassVar[str] = "working"

    class Meta(NamedRow.Meta):
        verbose_name = "县直部门"
        verbose_name_plural = "县直部门"
        ordering = [Numbers("code")]
        constraints = [
            code_format("department", "BM-01"),
            *tidy_constraints("department", "name", "other_names", "full_name", "county"),
            visible_constraint("department", "name", "other_names", "full_name", "county"),
            name_constraint("department", "name", "other_names"),
            UniqueConstraint(
                fields=["is_bureau"],
                condition=Q(is_bureau=True),
                name="department_one_bureau",
                violation_error_message="只能有一个部门标为本局。",
            ),
        ]

    def document(self) -> DepartmentDocument:
        return DepartmentDocument(
            code=self.code,
            name=self.name,
            other_names=tuple(paragraphs(self.other_names)),
            full_name=self.full_name,
            county=self.county,
            is_bureau=self.is_bureau,
            successions=tuple(s.document() for s in listed(self.successions)),
        )

    @classmethod
    def load(cls, document: DepartmentDocument, *, row: "Department", reason: str) -> None:
        row.put(
            reason=reason,
            name=document.name,
            other_names="\n".join(document.other_names),
            full_name=document.full_name,
            county=document.county,
            is_bureau=document.is_bureau,
            retired_on=None,
        )
        put_rows(
            row.successions.all(),
            key="since",
            wanted={s.since: {"successor": s.successor, "retired_on": None, **s.added()} for s in document.successions},
            reason=reason,
            department=row,
        )


class Succession(AddedRow):
    """Who took over from a department, and since when."""

    department = models.ForeignKey(
        Department, verbose_name="部门", on_delete=models.PROTECT, related_name="successions"
    )
    successor = LineField("承接部门")
    since = models.DateField("自何日起")

    belongs_to: ClassVar[str] = "department"

    class Meta(AddedRow.Meta):
        verbose_name = "职责承接"
        verbose_name_plural = "职责承接"
        ordering = ["department", "since"]
        constraints = [
            *tidy_constraints("succession", "successor"),
            visible_constraint("succession", "successor", "added_by", "basis"),
            UniqueConstraint(
                fields=["department", "since"],
                name="succession_once_a_day",
                violation_error_message="这个部门在同一天已有一条承接记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} 起由{self.successor}承接"

    def document(self) -> SuccessionDocument:
        return SuccessionDocument(successor=self.successor, since=self.since, **self.added())


class OfficeQuerySet(NamedQuerySet):
    def named(self) -> Names[str]:
        """Every name that an office is printed under, with its code."""
        named = ((name, office.code) for office in self.all() for name in office.names)
        return Names({name: code for name, code in named if is_name(name)})


class Office(NamedRow):
    """责任股室, 承办机构: an office (股室) of the bureau, or a 事业单位 under it."""

    class Kind(models.TextChoices):
        OFFICE = "office", "股室"
        INSTITUTION = "institution", "事业单位"

    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.OFFICE)
    code_prefix = "GS-"
    locked_for_its_office = ("name", "other_names", "kind", "retired_on")

    phones = CellField("办公电话", blank=True, help_text="每行一个，写法与清单一致，例如 0316-5255905。")

    objects: ClassVar[Any] = OfficeQuerySet.as_manager()

    area: ClassVar[str] = "working"

    class Meta(NamedRow.Meta):
        verbose_name = "股室（单位）"
        verbose_name_plural = "股室（单位）"
        ordering = [Numbers("code")]
        constraints = [
            code_format("office", "GS-01"),
            *tidy_constraints("office", "name", "other_names", "phones"),
            visible_constraint("office", "name", "other_names", "phones"),
            name_constraint("office", "name", "other_names"),
            CheckConstraint(
                condition=Q(kind__in=["office", "institution"]),
                name="office_kind_known",
                violation_error_message="类别只能是股室或事业单位。",
            ),
        ]

    def belongs_to_office(self, office: Any) -> bool:
        return bool(office.pk == self.pk)

    def is_named_in(self, *cells: str) -> bool:
        """Whether each of these printed cells names it, under any of its names."""
        names = Office.objects.named()
        return bool(cells) and all(self.code in {s.target for s in names.in_cell(cell).spans} for cell in cells)

    def document(self) -> OfficeDocument:
        return OfficeDocument(
            code=self.code,
            name=self.name,
            other_names=tuple(paragraphs(self.other_names)),
            kind=self.kind,
            phones=tuple(paragraphs(self.phones)),
        )

    @classmethod
    def load(cls, document: OfficeDocument, *, row: "Office", reason: str) -> None:
        row.put(
            reason=reason,
            name=document.name,
            other_names="\n".join(document.other_names),
            kind=document.kind,
            phones="\n".join(document.phones),
            retired_on=None,
        )


class WorkedBy(AddedRow):
    """本局整理: the office that works something of which the list names none. Subclasses say of what."""

    office = models.ForeignKey(Office, verbose_name="股室", on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta(AddedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"股室 {self.office_id}"

    def named(self) -> str:
        return f"{self._meta.verbose_name} {self.office}"

    def document(self) -> WorkedByDocument:
        return WorkedByDocument(office=self.office.code, **self.added())

    @classmethod
    def load(cls, documents: tuple[WorkedByDocument, ...], *, rows: Any, reason: str, **parent: Any) -> None:
        offices = {o.code: o for o in Office.objects.filter(code__in=[d.office for d in documents])}
        wanted = {offices[d.office]: {"retired_on": None, **d.added()} for d in documents}
        put_rows(rows, key="office", wanted=wanted, reason=reason, **parent)
