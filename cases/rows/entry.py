"""What an officer enters of what others did, and may have entered wrongly (cases.rows.entry_void)."""

from django.db import models


class Entry(models.Model):
    class Meta:
        abstract = True

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")
