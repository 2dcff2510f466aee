"""Codes in the order of their numbers, not of their letters: FL-100 is behind FL-11."""

import re
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


def numbers_of(code: str) -> tuple[int, ...]:
    """ZZ-08-02 as (8, 2)."""
    return tuple(map(int, re.findall(r"\d+", code)))


class Numbers(models.Func):
    """The same of a column, to order by."""

    template = (
        "string_to_array(trim(both '-' from regexp_replace(%(expressions)s, '[^0-9]+', '-', 'g')), '-')::numeric[]"
    )
    arity = 1
    output_field: ClassVar[Any] = ArrayField(models.DecimalField(max_digits=30, decimal_places=0))
