"""What happens to an edition between submission and its end: the timeline, remarks and answers, the county's reply.

None of it is ever written again: who, when, what and why are kept, names as they were.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from acts import models as acts
from acts.models import ActFile, Authored
from editions.form import parts
from editions.form.keys import Key
from editions.life.steps import STEPS
from verbatim.fields import visible_constraint


class Act(acts.Act):
    """经办记录: one line of the timeline of an edition."""

    edition = models.ForeignKey(
        "editions.Edition", verbose_name="版本", on_delete=models.PROTECT, related_name="timeline"
    )
    verb = models.CharField("经办事项", max_length=20, choices=STEPS.choices())

    area: ClassVar[str] = "editions"

    class Meta(Authored.Meta):
        verbose_name = "经办记录"
        verbose_name_plural = "经办记录"
        ordering = ["edition", "number"]
        constraints = [
            UniqueConstraint(fields=["edition", "number"], name="act_one_of_a_number"),
            visible_constraint("act", "reason", "by_name"),
            CheckConstraint(
                condition=~Q(verb__in=STEPS.needing_reason()) | ~Q(reason=""),
                name="act_reason_given",
                violation_error_message="退回、撤回、废止要写明理由。",
            ),
        ]


class Remark(Authored):
    """意见: what the reviewer, the bureau's head or the county says of an item of an edition, or of the whole."""

    class Source(models.TextChoices):
        BUREAU = "bureau", "本局"
        COUNTY = "county", "县里"

    edition = models.ForeignKey(
        "editions.Edition", verbose_name="版本", on_delete=models.PROTECT, related_name="remarks"
    )
    source = models.CharField("谁的意见", max_length=20, choices=Source, default=Source.BUREAU)
    kind = models.CharField("种类", max_length=30, blank=True)
    code = models.CharField("代码", max_length=30, blank=True, help_text="对整个版本的意见不填。")
    text = models.TextField("意见")

    area: ClassVar[str] = "editions"

    class Meta(Authored.Meta):
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["edition", "pk"]
        constraints = [
            CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            visible_constraint("remark", "text", "by_name"),
            CheckConstraint(condition=Q(kind="", code="") | (~Q(kind="") & ~Q(code="")), name="remark_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.about}：{self.text}"

    @property
    def key(self) -> Key:
        return Key(self.kind, self.code)

    @property
    def about(self) -> str:
        return parts.called(self.key) or "整个版本"

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "answer")


class Answer(Authored):
    """答复: what became of a remark."""

    remark = models.OneToOneField(Remark, verbose_name="意见", on_delete=models.PROTECT, related_name="answer")
    text = models.TextField("答复")

    area: ClassVar[str] = "editions"

    class Meta(Authored.Meta):
        verbose_name = "答复"
        verbose_name_plural = "答复"
        constraints = [
            CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
            visible_constraint("answer", "text", "by_name"),
        ]

    def __str__(self) -> str:
        return self.text


class Reply(ActFile):
    """批复文件: the county's letter, as it was scanned."""

    edition = models.ForeignKey(
        "editions.Edition", verbose_name="版本", on_delete=models.PROTECT, related_name="replies"
    )

    area: ClassVar[str] = "editions"

    class Meta(Authored.Meta):
        verbose_name = "批复文件"
        verbose_name_plural = "批复文件"
        constraints = [visible_constraint("reply", "name", "by_name")]
