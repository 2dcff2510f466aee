"""What the staff edit freely and the public reads only as it was published last: the whole of it each time, by whom,
when."""

from typing import Any, ClassVar, Self

from django.db import models, transaction

from acts.errors import AlreadyDone, Refused
from acts.models import Authored, name_of
from history import locks
from verbatim.characters import complaint
from verbatim.documents import Document, digest


class Publication(Authored):
    """公布: the whole as it was made public."""

    number = models.PositiveIntegerField("次", unique=True)
    text = models.TextField("公布的内容")
    reason = models.CharField("说明", max_length=1000, blank=True)

    what: ClassVar[str]
    """What is published, as a sentence calls it."""
    after: ClassVar[str]
    """What the public can do now, as the end of a sentence."""

    class Meta(Authored.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"第 {self.number} 次公布"

    @classmethod
    def composed(cls) -> Document:
        """As the staff have it now."""
        raise NotImplementedError

    @classmethod
    def latest(cls) -> Self | None:
        return cls.objects.order_by("-number").first()  # type: ignore[attr-defined, no-any-return]

    @classmethod
    def refuse_who_may_not(cls, by: Any) -> None:
        """Where not everybody who has the right may publish what there is now. Raises Refused."""

    @classmethod
    def publish(cls, by: Any, *, shown: str, reason: str = "") -> Self:
        """Let the public read it as it stands now. `shown` is the digest of what whoever publishes it has looked at.
        Raises Refused."""
        with transaction.atomic():
            locks.lock_exclusive(locks.lock_id(f"acts: publishing {cls._meta.label}"))
            text, latest = cls.composed().canonical(), cls.latest()
            if said := complaint(reason):
                raise Refused(f"说明里{said}")
            if latest and latest.text == text:
                raise AlreadyDone(f"{cls.what}已经公布，公布以后没有改动。")
            if shown != digest(text):
                raise Refused(f"您看过以后，{cls.what}又有改动，没有公布。请再看一遍，再公布。")
            cls.refuse_who_may_not(by)
            number = latest.number + 1 if latest else 1
            made = cls(number=number, text=text, reason=reason, by=by, by_name=name_of(by))
            made.save(force_insert=True)
        return made
