"""拟稿: what an editor is putting together for the next edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from acts.errors import Incomplete
from editions.form.keys import Key
from editions.life import imprint, seal
from editions.life.edition import Edition
from editions.life.proposal import Proposal
from editions.register.picking import Picked, pick
from editions.register.register import Register, compose


class Draft(models.Model):
    """拟稿: the picks and the head of an edition that is not submitted yet. Nothing of it is public, and it is nobody's
    record: it goes away when it is submitted or thrown away."""

    label = models.CharField("版本号", max_length=20)
    kind = models.CharField("种类", max_length=20)
    effective_on = models.DateField("施行日期")
    change_note = models.TextField("修订说明", blank=True)
    declared = models.JSONField("声明项数", default=dict, blank=True)
    lines = models.JSONField("封面和填报栏", default=dict, blank=True, help_text="编辑照自己的写法填的，其余照常填。")
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
        return {Key(*pick) for pick in self.picks}

    def picked(self, base: Edition, working: Register | None = None) -> Picked:
        """The list as it will be, with what it prints of itself."""
        picked = pick(base.register(), working or compose(), self.chosen)
        return replace(picked, register=self._printing(picked.register, base.register()))

    def proposal(self) -> Proposal:
        """The edition that it would be, for a preview. Raises Refused."""
        return Proposal.of(
            self.picked(_base()).register,
            label=self.label,
            kind=self.kind,
            effective_on=self.effective_on,
            change_note=self.change_note,
            reasons=self.reasons,
        )

    def _printing(self, register: Register, base: Register) -> Register:
        likely = imprint.proposed_lines(base, register, by=self.by, effective_on=self.effective_on)
        return imprint.with_imprint(
            register,
            lines={place: self.lines.get(place) or line for place, line in likely.items()},
            declared=imprint.declared_counts(register, base, written=self.declared, keep=self.kind == "correction"),
        )

    def submit(self, *, by: Any, shown: str, word: str = "") -> Edition:
        """Freeze what was looked at (`shown` is its content digest) and send it to the reviewer, with a `word` about
        the warnings of the check-up; the draft is gone. Raises Refused."""
        with transaction.atomic():
            seal.lock()
            base = _base()
            picked = self.picked(base)
            if not picked.taken:
                raise Incomplete("选中的修改都已经和公布的一样，没有送审。请重新选。")
            if picked.register.content_digest() != shown:
                raise Incomplete("您看过以后，工作数据又有改动，没有送审。请再看一遍，再送审。")
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


def _base() -> Edition:
    base: Edition | None = Edition.objects.base()
    if base is None:
        raise Incomplete("还没有公布过清单，不能编制新版本。")
    return base
