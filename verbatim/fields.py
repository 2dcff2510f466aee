"""Printed text in the database: cells of one or several paragraphs, kept character for character.

A cell is text whose lines are its paragraphs. White space at both ends of a line is layout and is not kept; everything
inside a line, stray spaces and half-width marks included, is text and is never changed.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Func, Q

from verbatim.characters import LAYOUT, complaint, without_unseen

UNTIDY = rf"(^|\n)[{LAYOUT}]|[{LAYOUT}](\n|$)|\n\n|^\n|\n$"


def line_ends(text: str) -> str:
    """As they are stored, whatever a browser makes of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str) -> str:
    """The same paragraphs without the layout around them: no blank lines, no white space at either end of a line."""
    lines = (line.strip(LAYOUT) for line in line_ends(text).split("\n"))
    return "\n".join(line for line in lines if line)


def refuse_unusable(text: str) -> None:
    """Raises ValidationError where the text holds characters that may not stand in an edition."""
    if said := complaint(text := line_ends(text)):
        raise ValidationError(f"文字里{said}", code="characters" if without_unseen(text) == text else "unseen")


def paragraphs(cell: str) -> list[str]:
    """The paragraphs of a cell, in order; an empty cell has none."""
    return cell.split("\n") if cell else []


class PlainForm(forms.Form):
    """A form whose texts are for readers: what may not stand in an edition is refused in every field, and lines end as
    they are stored."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in [(name, value) for name, value in cleaned.items() if isinstance(value, str)]:
            cleaned[name] = line_ends(value)
            try:
                refuse_unusable(cleaned[name])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


class CellFormField(forms.CharField):
    """Compares and keeps text as it will be stored, so that a browser's line ends are no change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> Any:
        return tidy(super().to_python(value) or "")


class CellField(models.TextField):
    """A cell of the printed form: paragraphs, one a line."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CellFormField, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = tidy(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(CellField):
    """Printed text of a single line: a title, a marker, a serial number."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if isinstance(text, str) and "\n" in text:
            raise ValidationError("这一栏只能有一行，请去掉换行。", code="one_line")
        return text


def tidy_constraints(model: str, *fields: str) -> list[CheckConstraint]:
    """One constraint for each printed field: the database refuses white space that is only layout."""
    return [
        CheckConstraint(
            condition=~Q(**{f"{field}__regex": UNTIDY}),
            name=f"{model}_{field}_tidy",
            violation_error_message="每段文字前后不能有空格，段与段之间不能有空行。",
        )
        for field in fields
    ]


def visible_constraint(model: str, *fields: str) -> CheckConstraint:
    """The database refuses what nobody sees in any of these fields."""
    return CheckConstraint(
        condition=Func(*fields, function="is_seen", output_field=models.BooleanField()),
        name=f"{model}_seen",
        violation_error_message="文字里有看不见、印不出的字符，请删去重新输入。",
    )


def given_constraint(model: str, *fields: str, said: str) -> CheckConstraint:
    """The database refuses an empty text in any of these fields."""
    return CheckConstraint(
        condition=Q(*[~Q(**{field: ""}) for field in fields]), name=f"{model}_given", violation_error_message=said
    )


def name_constraint(model: str, *fields: str) -> CheckConstraint:
    """The database refuses what cannot be read as one name in a cell: rights follow from names."""
    return CheckConstraint(
        condition=Func(*fields, function="are_names", output_field=models.BooleanField()),
        name=f"{model}_names_whole",
        violation_error_message=(
            "一个名称要有 2 到 100 个字，中间没有空格，也没有顿号、逗号这类分隔符（成对的括号里可以有），"
            "并且不是“有关科室”这类泛指；几个名称请各写一行。"
        ),
    )
