"""Chapters have no code of their own: a table names one by its regime and its anchor, JG-01#c2."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from history.resources import WorkingResource
from supervision.models import Chapter, Clause, Regime, RegimeOffice


class ChapterWidget(widgets.Widget):  # type: ignore[misc]
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Chapter:
        code, _, anchor = str(value or "").strip().partition("#")
        chapter = Chapter.objects.filter(regime__code=code, anchor=anchor).first()
        if chapter is None:
            raise ValidationError(f"没有章节 {value}，应当写成 JG-01#c2 这样。")
        return chapter

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value.regime.code}#{value.anchor}" if value else ""


class ParentWidget(widgets.Widget):  # type: ignore[misc]
    """Another clause of the same chapter, by its anchor."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Clause | None:
        anchor = str(value or "").strip()
        if not anchor:
            return None
        chapter = ChapterWidget().clean(row.get("章节"))
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
