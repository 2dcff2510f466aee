"""The tables behind search and answers: the index; the 俗称表 and the questions of the first page, with what was
published of them; what nobody was answered."""

import datetime
import re
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from acts.publishing import Publication
from editions.life.edition import Edition
from history.models import RetirableRow
from portal.answers.personal import without_personal
from portal.answers.vocabulary import (
    QuickQuestionDocument,
    SayingDocument,
    Sort,
    Unsaid,
    VocabularyDocument,
)
from verbatim.characters import complaint
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint
from verbatim.folding import fold
from verbatim.models import PlainModel


class SearchEntry(models.Model):
    """检索条目: one item of an edition, folded for searching. Made from the documents (portal.answers.search), never
    edited; a change of the folding comes with a migration that empties this table."""

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


class AnswersRow(RetirableRow):
    """A row that citizens' questions are answered with. No part of the list; public when it is published."""

    retired_on = models.DateField("停用日期", null=True, blank=True, help_text="填写后，下次公布起不再使用。")

    area: ClassVar[str] = "answers"

    class Meta(RetirableRow.Meta):
        abstract = True
        default_permissions = (*RetirableRow.Meta.default_permissions, "announce")


class Saying(AnswersRow):
    """俗称表: what people say, and the words of the list that it stands for."""

    said = LineField(
        "群众的说法",
        unique=True,
        error_messages={"unique": "俗称表里已经有这个说法，请在俗称表里查它，改那一条。"},
        help_text="例如：秤、炮仗、叉车证；同音字也算，例如：条型码。",
    )
    sort = models.CharField("种类", max_length=20, choices=Sort.choices, default=Sort.NAME)
    means = CellField(
        "清单里的说法",
        blank=True,
        help_text="清单里印着的字，一字不差；先写说的是什么，再写最常问的是哪一句，一行一个。"
        "清单以外的做法：清单里只有哪几条有，写这几条的字；都没有，不写。",
    )

    class Meta(AnswersRow.Meta):
        verbose_name = "俗称"
        verbose_name_plural = "俗称表（本局整理）"
        ordering = ["sort", "means", "said"]
        constraints = [
            *tidy_constraints("saying", "said", "means"),
            visible_constraint("saying", "said", "means"),
            CheckConstraint(
                condition=Q(said__regex=r"^.{1,30}$"),
                name="saying_of_a_line",
                violation_error_message="说法要有 1 到 30 个字。",
            ),
            CheckConstraint(
                condition=(Q(sort__in=[Sort.NAME, Sort.ACTION, Sort.STAGE]) & ~Q(means=""))
                | Q(sort__in=[Sort.COMPLAINT, Sort.EMERGENCY, Sort.OUTSIDE_ACT])
                | Q(sort=Sort.OUTSIDE, means=""),
                name="saying_stands_for_something",
                violation_error_message="俗称、做法、环节要写清单里的说法；清单以外的事不写。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.means.replace(chr(10), '、')}" if self.means else self.said

    def clean(self) -> None:
        super().clean()
        if self.said and not fold(self.said):
            raise ValidationError({"said": "没有可以查找的字。"})

    def document(self) -> SayingDocument:
        return SayingDocument(said=self.said, sort=Sort(self.sort), means=self.means)


class QuickQuestion(AnswersRow):
    """首页提问: a question that the first page offers in a word or two."""

    label = LineField("显示的字", unique=True, help_text="一两个词，最多 10 个字，例如：电梯。")
    question = LineField("问的话", help_text="点了以后查找的话，例如：电梯归谁管。")
    position = models.PositiveIntegerField("排列顺序", blank=True, help_text="在首页上的先后，从 1 开始。")

    class Meta(AnswersRow.Meta):
        verbose_name = "首页提问"
        verbose_name_plural = "首页提问"
        ordering = ["position", "label"]
        constraints = [
            *tidy_constraints("quickquestion", "label", "question"),
            visible_constraint("quickquestion", "label", "question"),
            CheckConstraint(
                condition=Q(label__regex=r"^.{1,10}$", question__regex=r"^.{1,100}$"),
                name="quickquestion_short",
                violation_error_message="显示的字最多 10 个，问的话最多 100 个字。",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def document(self) -> QuickQuestionDocument:
        return QuickQuestionDocument(label=self.label, question=self.question)


def composed() -> VocabularyDocument:
    """The 俗称表 and the questions of the first page as the staff have them now."""
    return VocabularyDocument(
        sayings=tuple(row.document() for row in Saying.objects.listed()),
        quick_questions=tuple(row.document() for row in QuickQuestion.objects.listed()),
    )


class PublishedVocabulary(Publication):
    """俗称表公布记录: the whole table as it was made public, by whom, when."""

    what: ClassVar[str] = "俗称表"
    after: ClassVar[str] = "公众查找现在就用它。"

    class Meta(Publication.Meta):
        verbose_name = "俗称表公布记录"
        verbose_name_plural = "俗称表公布记录"
        constraints = [visible_constraint("publishedvocabulary", "text", "reason", "by_name")]

    @classmethod
    def composed(cls) -> VocabularyDocument:
        return composed()

    def document(self) -> VocabularyDocument:
        return VocabularyDocument.read(self.text)


KEPT_DAYS = 180
"""A question that nobody asked again for so long is forgotten."""
MOST = 2000
"""Different questions are kept at most: whoever floods the portal fills no disk."""


class UnansweredQuestionQuerySet(models.QuerySet["UnansweredQuestion"]):
    def forget_old(self) -> None:
        self.filter(last_on__lt=timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)).delete()


class UnansweredQuestion(PlainModel):
    """没有答案的提问: what was asked, how often, and when last; nothing of who asked."""

    asked = models.CharField("问的话", max_length=100, unique=True)
    unsaid = models.CharField("为什么没有答案", max_length=20, choices=Unsaid.choices)
    times = models.PositiveIntegerField("次数", default=1)
    first_on = models.DateField("第一次", default=timezone.localdate)
    last_on = models.DateField("最近一次", default=timezone.localdate)

    objects: ClassVar[Any] = UnansweredQuestionQuerySet.as_manager()
    area: ClassVar[str] = "questions"
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        verbose_name = "没有答案的提问"
        verbose_name_plural = "没有答案的提问"
        ordering = ["-times", "-last_on", "asked"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.asked

    @classmethod
    def note(cls, asked: str, unsaid: Unsaid) -> None:
        """Count it, without what says who asks."""
        text = without_personal(asked)[:100]
        if len(re.findall(r"[\u4e00-\u9fff]", text)) < 2 or complaint(text):
            return
        today = timezone.localdate()
        if cls.objects.filter(asked=text).update(times=F("times") + 1, last_on=today, unsaid=unsaid):
            return
        cls.objects.forget_old()
        if cls.objects.count() < MOST:
            cls.objects.bulk_create([cls(asked=text, unsaid=unsaid)], ignore_conflicts=True)
