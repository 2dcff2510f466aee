"""事中事后监管制度: fifteen regimes, their chapters and clauses."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.text import Truncator

from acts.errors import Refused
from editions.form.items import ListedItem, ListedQuerySet
from history.documents import Retired
from history.models import RetirableRow, code_format, listed, put_rows
from offices.models import WorkedBy
from supervision.documents import (
    ChapterDocument,
    ClauseDocument,
    RegimeDocument,
)
from verbatim.codes import Numbers
from verbatim.fields import LineField, tidy_constraints, visible_constraint


class RegimeQuerySet(ListedQuerySet):
    def with_everything(self) -> Self:
        return super().with_everything().prefetch_related("chapters__clauses", "offices__office")


class Regime(ListedItem):
    """监管制度: one supervision regime, code JG-01; its printed number （一） is the serial."""

    title = LineField("名称")
    unit = LineField("单位行", blank=True, help_text="与清单一致，例如：单位：文安县质量技术监督局")

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()
    title_field = "title"
    code_prefix = "JG-"

    class Meta(ListedItem.Meta):
        verbose_name = "监管制度"
        verbose_name_plural = "监管制度"
        constraints = [
            code_format("regime", "JG-01"),
            *tidy_constraints("regime", "serial", "title", "unit"),
            visible_constraint("regime", "serial", "title", "unit"),
        ]

    def belongs_to_office(self, office: Any) -> bool:
        return any(added.office_id == office.pk for added in listed(self.offices))

    def document(self) -> RegimeDocument:
        chapters = list(self.chapters.all())
        gone = [(c.anchor, c.title, c.retired_on) for c in chapters if c.is_retired]
        gone += [(k.anchor, k.printed(), k.retired_on) for c in chapters for k in c.clauses.all() if k.is_retired]
        return RegimeDocument(
            code=self.code,
            title=self.title,
            unit=self.unit,
            chapters=tuple(chapter.document() for chapter in chapters if not chapter.is_retired),
            offices=tuple(added.document() for added in listed(self.offices)),
            retired=tuple(Retired(code=a, title=t, retired_on=r) for a, t, r in sorted(gone)),
        )

    @classmethod
    def load(cls, document: RegimeDocument, *, row: "Regime", reason: str) -> None:
        row.put(reason=reason, title=document.title, unit=document.unit, retired_on=None)
        chapters: dict[str, dict[str, Any]] = {
            chapter.anchor: {
                "position": position,
                "marker": chapter.marker,
                "title": chapter.title,
                "retired_on": None,
            }
            for position, chapter in enumerate(document.chapters, start=1)
        }
        gone_clauses: dict[str, list[Retired]] = defaultdict(list)
        for gone in document.retired:
            if "-" in gone.code:
                gone_clauses[gone.code.split("-")[0]].append(gone)
            else:
                chapters[gone.code] = {"position": 0, "title": gone.title, "retired_on": gone.retired_on}
        kept = put_rows(row.chapters.all(), key="anchor", wanted=chapters, reason=reason, regime=row)
        documents = {chapter.anchor: chapter for chapter in document.chapters}
        for anchor, chapter in kept.items():
            clauses = documents[anchor].clauses if anchor in documents else ()
            chapter.load_clauses(clauses, gone_clauses[anchor], reason=reason)
        RegimeOffice.load(document.offices, rows=row.offices.all(), reason=reason, regime=row)


class Chapter(RetirableRow):
    """一、监督检查对象 …: one headed part of a regime, or the paragraphs before its first heading."""

    regime = models.ForeignKey(Regime, verbose_name="监管制度", on_delete=models.PROTECT, related_name="chapters")
    anchor = models.CharField("锚点", max_length=20, blank=True, help_text="永久不变，例如 c2。")
    position = models.PositiveIntegerField("排列顺序", help_text="在本制度中的先后，从 1 开始。")
    marker = LineField("编号", blank=True, help_text="与清单一致，例如：一、")
    title = LineField("标题", blank=True)

    permanent: ClassVar[str] = "anchor"
    belongs_to: ClassVar[str] = "regime"

    class Meta(RetirableRow.Meta):
        verbose_name = "章节"
        verbose_name_plural = "章节"
        ordering = ["regime__position", "position", "anchor"]
        constraints = [
            *tidy_constraints("chapter", "marker", "title"),
            visible_constraint("chapter", "marker", "title"),
            CheckConstraint(
                condition=Q(anchor__regex=r"^c\d+$"),
                name="chapter_anchor_format",
                violation_error_message="锚点应当像 c2 这样。",
            ),
            UniqueConstraint(
                fields=["regime", "anchor"],
                name="chapter_anchor_once",
                violation_error_message="这个锚点已经用过，请换一个。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.marker}{self.title}" or "（首段）"

    def permanent_series(self) -> tuple[Any, str, int]:
        return self.regime.chapters, "c", 1

    def belongs_to_office(self, office: Any) -> bool:
        return self.regime.belongs_to_office(office)

    def document(self) -> ChapterDocument:
        children: dict[int | None, list[Clause]] = defaultdict(list)
        for clause in self.clauses.all():
            if not clause.is_retired:
                children[clause.parent_id].append(clause)

        def nested(parent: int | None) -> tuple[ClauseDocument, ...]:
            return tuple(
                ClauseDocument(
                    anchor=clause.anchor,
                    marker=clause.marker,
                    heading=clause.heading,
                    text=clause.text,
                    clauses=nested(clause.pk),
                )
                for clause in children[parent]
            )

        document = ChapterDocument(anchor=self.anchor, marker=self.marker, title=self.title, clauses=nested(None))
        reached = {clause.anchor for _, _, clause in document.outline()}
        lost = [row.anchor for rows in children.values() for row in rows if row.anchor not in reached]
        if lost:
            raise Refused(
                f"{self.regime.code} 的条款 {'、'.join(lost)} 属于一条已取消的条款，不会印出来："
                "请先改它的“属于哪一条”，或一并取消。"
            )
        return document

    def load_clauses(self, clauses: tuple[ClauseDocument, ...], gone: list[Retired], *, reason: str) -> None:
        existing = {clause.anchor: clause for clause in self.clauses.all()}
        kept: dict[str, Clause] = {}
        for position, (parent, document) in enumerate(_flat(clauses, None), start=1):
            clause = existing.pop(document.anchor, None) or Clause(chapter=self, anchor=document.anchor)
            kept[document.anchor] = clause.put(
                reason=reason,
                position=position,
                parent=kept[parent] if parent else None,
                marker=document.marker,
                heading=document.heading,
                text=document.text,
                retired_on=None,
            )
        for retired in gone:
            clause = existing.pop(retired.code, None) or Clause(
                chapter=self, anchor=retired.code, position=0, text=retired.title
            )
            clause.put(reason=reason, retired_on=retired.retired_on)
        for clause in existing.values():
            clause.retire(reason=reason)


def _flat(clauses: tuple[ClauseDocument, ...], parent: str | None) -> Iterator[tuple[str | None, ClauseDocument]]:
    """Every clause in the order of the text, with the anchor of the one it stands in."""
    for clause in clauses:
        yield parent, clause
        yield from _flat(clause.clauses, clause.anchor)


class Clause(RetirableRow):
    """（一）… 1、…: one paragraph of a chapter. Marker, heading and text are printed one after the other."""

    chapter = models.ForeignKey(Chapter, verbose_name="章节", on_delete=models.PROTECT, related_name="clauses")
    parent = models.ForeignKey(
        "self",
        verbose_name="属于哪一条",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clauses",
        help_text="1、属于（一）的，或者是某一条的又一段的，选那一条；直接属于本章节的不选。",
    )
    anchor = models.CharField("锚点", max_length=30, blank=True, help_text="永久不变，例如 c2-1。")
    position = models.PositiveIntegerField("排列顺序", help_text="在本章节中的先后，从 1 开始。")
    marker = LineField("编号", blank=True, help_text="与清单一致，例如：（一）或 1、")
    heading = LineField("段首标题", blank=True, help_text="连同后面的冒号或句号，例如：定期检查。")
    text = LineField("文字", blank=True)

    permanent: ClassVar[str] = "anchor"
    belongs_to: ClassVar[str] = "chapter"

    class Meta(RetirableRow.Meta):
        verbose_name = "条款"
        verbose_name_plural = "条款"
        ordering = ["position", "anchor"]
        constraints = [
            *tidy_constraints("clause", "marker", "heading", "text"),
            visible_constraint("clause", "marker", "heading", "text"),
            CheckConstraint(
                condition=Q(anchor__regex=r"^c\d+(-\d+)+$"),
                name="clause_anchor_format",
                violation_error_message="锚点应当像 c2-1 这样。",
            ),
            CheckConstraint(
                condition=~Q(marker="", heading="", text=""),
                name="clause_not_empty",
                violation_error_message="编号、标题、文字不能都空着。",
            ),
            UniqueConstraint(
                fields=["chapter", "anchor"],
                name="clause_anchor_once",
                violation_error_message="这个锚点已经用过，请换一个。",
            ),
            # What the foreign key of the next migration points at: a clause and the one it stands in share a chapter.
            UniqueConstraint(fields=["chapter", "id"], name="clause_in_chapter"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor} {Truncator(self.printed()).chars(30)}"

    def permanent_series(self) -> tuple[Any, str, int]:
        return self.chapter.clauses, f"{(self.parent or self.chapter).anchor}-", 1

    def belongs_to_office(self, office: Any) -> bool:
        return self.chapter.belongs_to_office(office)

    def printed(self) -> str:
        return f"{self.marker}{self.heading}{self.text}"

    def clean(self) -> None:
        super().clean()
        if not self.is_retired and self.parent and self.parent.is_retired:
            raise ValidationError({"parent": "所属的那一条已经取消，请改选，或把这一条也取消。"})
        if self.is_retired and self.pk and self.clauses.listed().exists():
            raise ValidationError({"retired_on": "下面还有未取消的条款，请先取消它们，或改它们的“属于哪一条”。"})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": "一条不能属于它自己。"})
            if above.chapter_id != self.chapter_id:
                raise ValidationError({"parent": "只能属于同一章节里的一条。"})
            seen.add(above.pk)
            above = above.parent


class RegimeOffice(WorkedBy):
    """本局整理: which office of the bureau works a regime."""

    regime = models.ForeignKey(Regime, verbose_name="监管制度", on_delete=models.PROTECT, related_name="offices")

    belongs_to: ClassVar[str] = "regime"

    class Meta(WorkedBy.Meta):
        verbose_name = "制度所属股室（本局整理）"
        verbose_name_plural = "制度所属股室（本局整理）"
        ordering = ["regime", Numbers("office__code")]
        constraints = [
            visible_constraint("regimeoffice", "added_by", "basis"),
            UniqueConstraint(
                fields=["regime", "office"],
                name="regimeoffice_once",
                violation_error_message="这项制度已经关联了这个股室。",
            ),
        ]
