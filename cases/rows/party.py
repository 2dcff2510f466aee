"""当事人: whom a case is about. What is personal is kept in a table of its own, and who reads it leaves a line."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.penalties import Party as Kind
from history.lines import Line, trail
from history.models import WorkingRow
from verbatim.fields import LineField, tidy_constraints, visible_constraint

MASK = "*"
TEXTS = ("name", "identity_number", "representative", "address", "phone")
KINDS = [(Kind.PERSON.value, "个人"), (Kind.ORGANISATION.value, "单位")]


class Party(WorkingRow):
    """当事人: a person or an organisation. All that is personal stands here; lists show the masked name."""

    case = models.OneToOneField("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="party")
    kind = models.CharField("类别", max_length=20, choices=KINDS)
    name = LineField("姓名或者名称")
    identity_number = LineField("身份证号或者统一社会信用代码", blank=True)
    representative = LineField("法定代表人（负责人）", blank=True)
    address = LineField("住址（住所）", blank=True)
    phone = LineField("联系电话", blank=True)
    registered_in = LineField(
        "外省的登记地", blank=True, help_text="登记在外省的单位才填，如“天津市”；处罚信息推送到那里公示。"
    )

    belongs_to: ClassVar[str] = "case"
    area: ClassVar[str] = "case_files"

    class Meta(WorkingRow.Meta):
        verbose_name = "当事人"
        verbose_name_plural = "当事人"
        constraints = [
            CheckConstraint(condition=Q(kind__in=[each.value for each in Kind]), name="party_kind_known"),
            CheckConstraint(condition=~Q(name=""), name="party_named", violation_error_message="请填写姓名或者名称。"),
            *tidy_constraints("party", *TEXTS, "registered_in"),
            visible_constraint("party", *TEXTS, "registered_in"),
        ]

    def __str__(self) -> str:
        return self.masked_name

    def personal(self) -> list[str]:
        """What nobody is told who is not on the case, wherever it is written, also as it was before it was put right;
        an organisation's name is no secret."""
        held = [self, *self.history.all()]
        names = [each.name for each in held if each.kind == Kind.PERSON]
        others = [getattr(each, column) for each in held for column in TEXTS if column != "name"]
        return [each for each in dict.fromkeys((*names, *others)) if len(each) > 1]

    @property
    def latest_record(self) -> int:
        """The number of what its trail says last."""
        return self.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0

    def changes(self) -> tuple[Line, ...]:
        """Who put it right since it was taken down, when, why, and what of it."""
        return trail(self).lines[1:]

    def is_the_same_as(self, other: Party) -> bool:
        """By the number, or as long as nobody has entered that an organisation by its name; persons of one name are
        many."""
        if number := _bare(self.identity_number):
            return number == _bare(other.identity_number)
        return self.kind == Kind.ORGANISATION and _bare(self.name) == _bare(other.name)

    @property
    def masked_name(self) -> str:
        """Of a person the family name alone: an organisation's is no secret."""
        return masked(self.name) if self.kind == Kind.PERSON else self.name


def _bare(text: str) -> str:
    """However it was typed: in full width, with spaces or dashes, with a small x."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).upper() if each.isalnum())


class Reading(Authored):
    """查阅: somebody who does not handle a case opened it, read its personal data in full, or took a file of it out."""

    class What(models.TextChoices):
        OPENED = "opened", "打开案卷"
        PERSONAL_DATA = "personal_data", "查看个人信息"
        EXPORT = "export", "导出"
        ATTACHMENT = "attachment", "取出附件"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="readings")
    what = models.CharField("事项", max_length=20, choices=What)
    attachment = models.ForeignKey(
        "cases.Attachment", verbose_name="附件", on_delete=models.PROTECT, null=True, related_name="readings"
    )

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "查阅记录"
        verbose_name_plural = "查阅记录"
        ordering: ClassVar[Any] = ["-at", "-pk"]
        constraints: ClassVar[Any] = [
            CheckConstraint(
                condition=Q(what="attachment", attachment__isnull=False) | (~Q(what="attachment") & Q(attachment=None)),
                name="reading_says_which_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.by_name}"


def masked(name: str) -> str:
    """张三 as 张*; 欧阳某某 as 欧***: nobody is told whether a family name has two characters."""
    return name[:1] + MASK * (len(name) - 1)
