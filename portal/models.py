"""What spans the parts and needs tables."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import UniqueConstraint

from editions.models import Edition


class SearchEntry(models.Model):
    """检索条目: one item of an edition, folded for searching. Made from the documents (portal.search), never edited; a
    change of the folding comes with a migration that empties this table."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="search_entries")
    rank = models.PositiveIntegerField("次序")
    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    folded = models.TextField("检索文本")
    grams = ArrayField(models.IntegerField(), verbose_name="字与字对")

    serving_privileges: ClassVar[str] = "SELECT, INSERT, DELETE"

    class Meta:
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"
        default_permissions = ()
        constraints = [UniqueConstraint(fields=["edition", "rank"], name="searchentry_one_at_a_rank")]
        indexes = [GinIndex(fields=["grams"], name="searchentry_grams", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
