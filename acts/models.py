"""Who did or said something, and when. None of it is ever written again: names are kept as they were."""

import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from verbatim.models import PlainModel


def name_of(account: Any) -> str:
    """What somebody is called now, to be kept as text."""
    return str(account.get_full_name() or account.get_username())


class Authored(PlainModel):
    """Something that one person did or said at one moment."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="%(class)ss"
    )
    by_name = models.CharField("经办人姓名", max_length=200, help_text="当时的姓名，账号以后改名也不变。")
    at = models.DateTimeField("时间", default=timezone.now)

    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        abstract = True
        default_permissions: ClassVar[Any] = ("view",)


class Act(Authored):
    """One line of a timeline: who, when, what, why. The kind of thing that it is done with adds the pointer to it, and
    the verbs."""

    number = models.PositiveIntegerField("序号")
    verb = models.CharField("经办事项", max_length=20)
    reason = models.TextField("说明", blank=True)

    class Meta(Authored.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.by_name}"  # type: ignore[attr-defined]

    @property
    def answers_to(self) -> str:
        """What the reason answers, in a sentence; empty where it answers nothing of the kind."""
        return ""


class ActFile(Authored):
    """A file that belongs to an act, in the database, so that it comes and goes with it."""

    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    content = models.BinaryField("内容")

    class Meta(Authored.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """The file, not stored yet."""
        return cls(name=name, content=content, digest=hashlib.sha256(content).hexdigest())
