"""Chapters have no code of their own: a table names one by its regime and its anchor, JG-01#c2."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from history.resources import RelatedWidget, WorkingResource
from supervision.models import Chapter, Clause, Regime, RegimeOffice


class ChapterWidget(RelatedWidget):
    def __init__(self) -> None:
        super().__init__(Chapter.objects.select_related("regime"))

    def name_of(self, row: Chapter) -> str:
        return f"{row.regime.code}#{row.anchor}"

    def unknown(self, name: str) -> str:
        return f"没有章节 {name}，应当写成 JG-01#c2 这样。"


class ParentWidget(widgets.Widget):  # type: ignore[misc]
    """Another clause of the same chapter, by its anchor; a line above may have added it."""

    def __init__(self) -> None:
        super().__init__()
        self.chapters = ChapterWidget()

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Clause | None:
        anchor = str(value or "").strip()
        chapter = self.chapters.clean(row.get("章节")) if anchor else None
        if chapter is None:
            return None
        parent = chapter.clauses.filter(anchor=anchor).first()
        if parent is None:
            raise ValidationError(f"章节 {row.get('章节')} 里没有条款 {anchor}。")
        return parent

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.anchor if value else ""


class RegimeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Regime


class ChapterResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = Chapter
        import_id_fields = ("regime", "anchor")


class ClauseResource(WorkingResource):
    chapter = fields.Field(attribute="chapter", column_name="章节", widget=ChapterWidget())
    parent = fields.Field(attribute="parent", column_name="属于哪一条", widget=ParentWidget(), default=None)

    class Meta(WorkingResource.Meta):
        model = Clause
        import_id_fields = ("chapter", "anchor")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("chapter__regime", "parent")


class RegimeOfficeResource(WorkingResource):
    class Meta(WorkingResource.Meta):
        model = RegimeOffice
        import_id_fields = ("regime", "office")
