"""公示: the draft of what the public is to see, its release by another hand, its end; and the address for good."""

from __future__ import annotations

import datetime
import functools
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from acts.models import Authored
from cases.publicity.decision import PublicDecision
from cases.rows.paper import Paper
from verbatim.documents import digest
from verbatim.fields import given_constraint, visible_constraint

TERMS = [
    ("publish_end", "一般"),
    ("publish_end_person", "自然人"),
    ("publish_end_short", "通报批评、较低数额罚款"),
]
"""Which time limit says for how long it is public (clocks.limits_of_the_law)."""


class PublicAddress(Authored):
    """公示编号: under which the public finds the decision of a case, whatever is released or taken down."""

    case = models.OneToOneField(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="public_address"
    )
    number = models.PositiveIntegerField("公示编号", unique=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "公示编号"
        verbose_name_plural = "公示编号"
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("publicaddress", "by_name")]

    def __str__(self) -> str:
        return f"公示 {self.number}"


class PublicityDraftQuerySet(models.QuerySet["PublicityDraft"]):
    def without_text(self) -> Self:
        """To tell what became of it."""
        return self.defer("content").select_related("release__end", "returned")


class PublicityDraft(Authored):
    """公示稿: to the letter what the public will read; a later one takes its place."""

    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="publicity_drafts"
    )
    paper = models.ForeignKey(Paper, verbose_name="文书", on_delete=models.PROTECT, related_name="+")
    content = models.TextField("公示的内容", help_text="公众看到的全文，遮盖以后的。")
    marked = models.TextField("人工标注遮盖的", blank=True, help_text="一行一段。")
    uncovered = models.TextField("核对后不遮盖的", blank=True, help_text="一行一段。")
    term = models.CharField("公示期限", max_length=20, choices=TERMS)
    restricted_until = models.DateField("限制到哪一天", null=True, blank=True)

    objects: ClassVar[Any] = PublicityDraftQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "公示稿"
        verbose_name_plural = "公示稿"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(term__in=[name for name, _ in TERMS]), name="publicitydraft_term_known"),
            CheckConstraint(
                condition=Q(restricted_until=None) | Q(restricted_until__lte=datetime.date(2199, 12, 31)),
                name="publicitydraft_restricted_for_some_time",
                violation_error_message="限制到哪一天，请核对年份；终身限制的填 2199-12-31。",
            ),
            visible_constraint("publicitydraft", "content", "marked", "uncovered", "by_name"),
        ]

    def __str__(self) -> str:
        return f"公示稿（{self.by_name}）"

    @property
    def is_decided(self) -> bool:
        """Whether another hand has released or returned it."""
        return hasattr(self, "release") or hasattr(self, "returned")

    @property
    def seen_as(self) -> str:
        """The digest of all that whoever releases it agrees to."""
        return digest(f"{self.pk} {self.term} {self.restricted_until} {self.content}")

    @functools.cached_property
    def decision(self) -> PublicDecision:
        return PublicDecision.read(self.content)


class PublicityRelease(Authored):
    """公示: what was drafted is public from this moment on."""

    draft = models.OneToOneField(
        PublicityDraft, verbose_name="公示稿", on_delete=models.PROTECT, related_name="release"
    )
    secrecy = models.TextField("保密审查意见")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "公示"
        verbose_name_plural = "公示"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("publicityrelease", "secrecy", said="请写明保密审查意见。"),
            visible_constraint("publicityrelease", "secrecy", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day} 公示"

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.at)

    @property
    def is_ended(self) -> bool:
        return hasattr(self, "end")


class PublicityReturn(Authored):
    """退回公示稿: it is not released as it is."""

    draft = models.OneToOneField(
        PublicityDraft, verbose_name="公示稿", on_delete=models.PROTECT, related_name="returned"
    )

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "退回公示稿"
        verbose_name_plural = "退回公示稿"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("publicityreturn", "by_name")]

    def __str__(self) -> str:
        return f"退回{self.draft}"


class PublicityPush(Authored):
    """推送: to the province in which the party is registered, which makes it public there (令45)."""

    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="publicity_pushes"
    )
    to = models.CharField("推送给哪个机关", max_length=200)
    sent_on = models.DateField("推送日期")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "处罚信息的推送"
        verbose_name_plural = "处罚信息的推送"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            given_constraint("publicitypush", "to", said="请写明推送给哪个机关。"),
            visible_constraint("publicitypush", "to", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.sent_on} 推送{self.to}"

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")


class PublicityPushVoid(Authored):
    """作废的推送: it was entered wrongly."""

    push = models.OneToOneField(PublicityPush, verbose_name="推送", on_delete=models.PROTECT, related_name="void")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "作废的推送"
        verbose_name_plural = "作废的推送"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("publicitypushvoid", "by_name")]

    def __str__(self) -> str:
        return f"作废：{self.push}"


class PublicityEnd(Authored):
    """撤下: before its term is over."""

    class Ground(models.TextChoices):
        CHANGED = "changed", "处罚决定已依法变更"
        ANNULLED = "annulled", "处罚决定已依法撤销"
        UNLAWFUL = "unlawful", "处罚决定已依法确认违法或者无效"
        MISTAKE = "mistake", "公示的内容有误"
        NOT_DUE = "not_due", "依法不应当公示"
        EARLY = "early", "依申请提前停止公示"

    release = models.OneToOneField(PublicityRelease, verbose_name="公示", on_delete=models.PROTECT, related_name="end")
    ground = models.CharField("撤下的情形", max_length=20, choices=Ground)
    asked_on = models.DateField("当事人申请的日期", null=True, blank=True)

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "撤下公示"
        verbose_name_plural = "撤下公示"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(ground__in=["changed", "annulled", "unlawful", "mistake", "not_due", "early"]),
                name="publicityend_ground_known",
            ),
            CheckConstraint(
                condition=Q(ground="early", asked_on__isnull=False) | (~Q(ground="early") & Q(asked_on=None)),
                name="publicityend_early_when_asked",
                violation_error_message="提前停止公示的，填当事人申请的日期；其他情形不填。",
            ),
            visible_constraint("publicityend", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localdate(self.at)} {self.get_ground_display()}"

    @property
    def is_for_good(self) -> bool:
        """Whether nobody waits for it to be public again."""
        return self.ground in (self.Ground.EARLY, self.Ground.NOT_DUE)

    @property
    def said(self) -> str:
        """To the public, and nothing of the case."""
        if self.ground == self.Ground.EARLY:
            return "已停止公示。"
        return f"已撤下：{self.get_ground_display()}。"
