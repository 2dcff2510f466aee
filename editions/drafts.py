"""拟稿: what an editor is putting together for the next edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from editions import parts, seal
from editions.errors import Incomplete
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
        """The list as it will be, with the counts that it declares."""
        picked = pick(base.register(), working or compose(), self.chosen)
        return replace(picked, register=declaring(picked.register, self.counts(picked.register)))

    def thought_of(self) -> Edition:
        """The edition that it would be, for a preview. Raises EditionError."""
        from editions.edition import Edition

        return Edition.thought_of(
            self.picked(_base()).register,
            label=self.label,
            kind=self.kind,
            effective_on=self.effective_on,
            change_note=self.change_note,
            reasons=self.reasons,
        )

    def counts(self, register: Register) -> dict[str, int]:
        """What each part will declare: what it holds, unless the editor says otherwise."""
        held = {part.name: len(register.of(part.name)) for part in parts.parts()}
        return held | {part: number for part, number in self.declared.items() if number is not None}

    def submit(self, *, by: Any, shown: str, word: str = "") -> Edition:
        """Freeze what was looked at (`shown` is its content digest) and send it to the reviewer, with a `word` about
        the warnings of the check-up; the draft is gone. Raises EditionError."""
        from editions.edition import Edition

        with transaction.atomic():
            seal.lock()
            base = _base()
            working = compose()
            picked = self.picked(base, working)
            if not picked.taken:
                raise Incomplete("选中的修改都已经和公布的一样，没有送审。请重新选。")
            if picked.register.content_digest() != shown:
                raise Incomplete("您看过以后，工作数据又有改动，没有送审。请再看一遍，再送审。")
            self._declare(working, self.counts(picked.register))
            edition = Edition.submit(
                picked.register,
                by=by,
                builds_on=base,
                label=self.label,
                kind=self.kind,
                effective_on=self.effective_on,
                change_note=self.change_note,
                reasons=self.reasons,
                checkup_word=word,
            )
            self.delete()
        return edition

    def _declare(self, working: Register, counts: Mapping[str, int]) -> None:
        """The working rows say the same as the edition, so that the next one does not go back."""
        declared = declaring(working, counts)
        for name, fields in (("frames", ("declared",)), ("cover", ("declared", "total_line", "breakdown_line"))):
            kind: Any = parts.get(name)
            for before, after in zip(working.documents(name), declared.documents(name), strict=True):
                if before != after:
                    row = kind.model.objects.get(**{kind.key: getattr(after, kind.key)})
                    values = {field: getattr(after, field) for field in fields}
                    row.put(reason=f"编制 {self.label} 版：声明的项数", **values)


def _base() -> Edition:
    from editions.edition import Edition

    base: Edition | None = Edition.objects.base()
    if base is None:
        raise Incomplete("还没有公布过清单，不能编制新版本。")
    return base


def declaring(register: Register, counts: Mapping[str, int]) -> Register:
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
