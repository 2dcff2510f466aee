"""证据和附件: what shows what happened, and the files of a case. A file lies in a folder under its digest; its row says
what it is called, what it is and who took it in, and nothing of it is ever taken away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from acts.models import Authored
from cases.attaching import folder
from cases.attaching.kinds import EXTENSIONS
from cases.rows.people import Officer
from verbatim.fields import visible_constraint

SHORT = 12
"""So many characters of a digest tell two files apart on a page."""
MEDIA_TYPES = [(media_type, extension.upper()) for media_type, extension in EXTENSIONS.items()]


class Evidence(Authored):
    """证据: of which kind, what it shows, where and when it was got; by two officers, or from somebody who gave it."""

    class Kind(models.TextChoices):
        """处罚法2021-46."""

        DOCUMENT = "document", "书证"
        OBJECT = "object", "物证"
        RECORDING = "recording", "视听资料"
        DATA = "data", "电子数据"
        TESTIMONY = "testimony", "证人证言"
        STATEMENT = "statement", "当事人的陈述"
        OPINION = "opinion", "鉴定意见"
        RECORD = "record", "勘验笔录、现场笔录"

    class Origin(models.TextChoices):
        COLLECTED = "collected", "执法人员收集"
        PARTY = "party", "当事人提供"
        OTHERS = "others", "其他人提供"

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=200)
    proves = models.TextField("证明的事实")
    obtained_at = models.DateTimeField("取得时间")
    place = models.CharField("取得地点", max_length=200)
    origin = models.CharField("来源", max_length=20, choices=Origin)
    first_officer = models.ForeignKey(
        Officer, verbose_name="执法人员", on_delete=models.PROTECT, null=True, related_name="+"
    )
    second_officer = models.ForeignKey(
        Officer, verbose_name="另一名执法人员", on_delete=models.PROTECT, null=True, related_name="+"
    )

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "证据"
        verbose_name_plural = "证据"
        ordering: ClassVar[list[str]] = ["case", "obtained_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=(
                    Q(origin="collected", first_officer__isnull=False, second_officer__isnull=False)
                    & ~Q(first_officer=F("second_officer"))
                )
                | Q(origin__in=["party", "others"], first_officer=None, second_officer=None),
                name="evidence_by_two_or_given",
                violation_error_message="执法人员收集的写明两名不同的执法人员；当事人或者其他人提供的不填执法人员。",
            ),
            CheckConstraint(
                condition=~Q(name="") & ~Q(proves="") & ~Q(place=""),
                name="evidence_says_what",
                violation_error_message="请写明证据的名称、证明的事实和取得地点。",
            ),
            visible_constraint("evidence", "name", "proves", "place", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def officers(self) -> list[Officer]:
        """None where it was given."""
        return [officer for officer in (self.first_officer, self.second_officer) if officer]


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def valid(self) -> AttachmentQuerySet:
        return self.filter(void=None)


class Attachment(Authored):
    """附件: a file of a case, of a piece of evidence or of the case as such."""

    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="attachments")
    evidence = models.ForeignKey(
        Evidence, verbose_name="证据", on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("种类", max_length=100, choices=MEDIA_TYPES)
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64, db_index=True)

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar[list[str]] = ["case", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="attachment_digest_whole"),
            CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            CheckConstraint(condition=Q(media_type__in=list(EXTENSIONS)), name="attachment_kind_taken"),
            CheckConstraint(condition=~Q(name="") & ~Q(name__regex=r"[/\\]"), name="attachment_name_no_path"),
            visible_constraint("attachment", "name", "by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_void(self) -> bool:
        return hasattr(self, "void")

    @property
    def short_digest(self) -> str:
        return self.digest[:SHORT]

    def content(self) -> bytes:
        """As it was taken in. Raises NotThere."""
        return folder.read(self.digest)


class AttachmentVoid(Authored):
    """作废: a file that was put in by mistake; it stays, and everybody sees why it does not count."""

    attachment = models.OneToOneField(Attachment, verbose_name="附件", on_delete=models.PROTECT, related_name="void")
    reason = models.TextField("理由")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "附件的作废"
        verbose_name_plural = "附件的作废"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=~Q(reason=""),
                name="attachmentvoid_reason_given",
                violation_error_message="请写明作废的理由。",
            ),
            visible_constraint("attachmentvoid", "reason", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.attachment}：{self.by_name}作废"
