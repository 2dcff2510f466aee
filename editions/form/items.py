"""Items of the list as working rows: what every part's own rows have in common."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator

from editions.form import parts
from history.models import RetirableQuerySet, RetirableRow
from verbatim.codes import Numbers
from verbatim.fields import LineField


class ListedQuerySet(RetirableQuerySet):
    def with_everything(self) -> Self:
        """The listed rows with all that their documents need, in order, in a constant number of queries."""
        return self.listed()


class ListedItem(RetirableRow):
    """An item of the list: a permanent code, and apart from it the printed serial number and its place."""

    code = models.CharField(
        "代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改，取消后不再使用。"
    )
    serial = LineField("序号", blank=True, help_text="与清单一致，例如 1 或（一）。")
    position = models.PositiveIntegerField("排列顺序", help_text="在本部分中的先后，从 1 开始。")

    objects: ClassVar[Any] = ListedQuerySet.as_manager()
    permanent: ClassVar[str] = "code"

    area: ClassVar[str] = "working"

    class Meta(RetirableRow.Meta):
        abstract = True
        ordering: ClassVar[Any] = ["position", Numbers("code")]

    def __str__(self) -> str:
        return f"{self.code} {Truncator(self.title_text()).chars(30)}"

    title_field: ClassVar[str]
    code_prefix: ClassVar[str]

    def permanent_series(self) -> tuple[Any, str, int]:
        return type(self).objects, self.code_prefix, 2

    def title_text(self) -> str:
        """What the item is called when it is named in one line."""
        title: str = getattr(self, self.title_field)
        return title

    def document(self) -> Any:
        """Field by field; an item with rows of its own inside says more."""
        published = parts.get(self._meta.app_label).document
        return published(**{name: getattr(self, name) for name in published.model_fields})

    @classmethod
    def load(cls, document: Any, *, row: Any, reason: str) -> None:
        row.put(reason=reason, retired_on=None, **document.model_dump(exclude={"code"}))

    def get_absolute_url(self) -> str:
        return reverse("item", kwargs={"part": self._meta.app_label, "code": self.code.lower()})
