"""拟稿: what an editor is putting together for the next edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from editions import parts
from editions.errors import NotYours
from editions.picking import Key, Picked, pick
from editions.register import Listed, Register, compose

if TYPE_CHECKING:
    from editions.edition import Edition


class Draft(models.Model):
    """拟稿: the picks and the head of an edition that is not submitted yet. Nothing of it is public, and it is nobody's
    record: it goes away when it is submitted or thrown away."""

    label = models.CharField("版本号", max_length=20)
    kind = models.CharField("种类", max_length=20)
    effective_on = models.DateField("施行日期")
    change_note = models.TextField("修订说明", blank=True)
    declared = models.JSONField("声明项数", default=dict, blank=True)
    picks = models.JSONField("选中的修改", default=list, blank=True)
    reasons = models.JSONField("逐项理由", default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="编制人", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("改动时间", default=timezone.now)

    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        verbose_name = "拟稿"
        verbose_name_plural = "拟稿"
        default_permissions = ()
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"拟稿 {self.label}"

    @property
    def chosen(self) -> set[Key]:
        return {(kind, code) for kind, code in self.picks}

    def picked(self, base: Edition, working: Register | None = None) -> Picked:
        """The list as it will be, with the declared counts of this draft."""
        picked = pick(base.register(), working or compose(), self.chosen)
        return replace(picked, register=declaring(picked.register, self.declared))

    def belongs_to(self, account: Any) -> None:
        """Raises NotYours unless it is this person's."""
        if self.by_id != account.pk:
            raise NotYours("这份拟稿是别人的，您可以看，不能改。")


def declaring(register: Register, counts: Mapping[str, int | None]) -> Register:
    """The register with these declared counts by part, in the numbers and in the printed lines of the cover."""
    frames = tuple(
        Listed(row.serial, row.document.model_copy(update={"declared": counts[row.document.part]}))
        if counts.get(row.document.part, row.document.declared) != row.document.declared
        else row
        for row in register.of("frames")
    )
    cover = register.cover
    declared = [row.document.declared for row in frames]
    if all(number is not None for number in declared) and frames != register.of("frames"):
        total = sum(declared)
        breakdown = cover.breakdown_line
        for row in frames:
            breakdown = re.sub(
                rf"({re.escape(row.document.cover_label)})\d+(?=项)", rf"\g<1>{row.document.declared}", breakdown
            )
        cover = cover.model_copy(
            update={
                "declared": total,
                "total_line": re.sub(r"\d+(?=项)", str(total), cover.total_line, count=1),
                "breakdown_line": breakdown,
            }
        )
    covers = tuple(Listed(row.serial, cover) if row.document != cover else row for row in register.of("cover"))
    return Register({**register.listed, "frames": frames, "cover": covers})


def held(register: Register) -> dict[str, int]:
    """How many items each part holds, to be declared."""
    return {part.name: len(register.of(part.name)) for part in parts.parts()}
