"""Rows whose texts are for readers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from verbatim.fields import refuse_unusable


class PlainModel(models.Model):
    """A row whose texts may go into an edition: whatever way they come in, one rule of characters holds for them."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for name in texts_of(type(self)):
            if name not in (exclude or ()) and name not in errors:
                try:
                    refuse_unusable(getattr(self, name) or "")
                except ValidationError as error:
                    errors[name] = error.error_list
        if errors:
            raise ValidationError(errors)


def texts_of(model: type[models.Model]) -> list[str]:
    """The fields of a model that hold text which people write."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable
    ]
