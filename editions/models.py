"""The list itself: its frames as working rows, and its editions, frozen.

Working rows become public only through an edition: composed into documents, frozen, reviewed, issued.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from editions import parts, seal
from editions.documents import CoverDocument, FrameDocument
from editions.errors import EditionError
from editions.register import SCHEMA, Listed, Register, read_version, version_digest
from history.models import RetirableQuerySet, RetirableRow, WorkingQuerySet, WorkingRow
from verbatim.fields import CellField, LineField, kept_tidy


class ListedQuerySet(RetirableQuerySet):
    def with_everything(self) -> Self:
        """The listed rows with all that their documents need, in order, in a constant number of queries."""
        return self.listed()


class ListedItem(RetirableRow):
    """An item of the list: a permanent code, and apart from it the printed serial number and its place."""

    code = models.CharField(
        "代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改，取消后不再使用。"
    )
    serial = LineField("序号", blank=True, help_text="与清单一致，例如 1 或（一）。")
    position = models.PositiveIntegerField("排列顺序", help_text="在本部分中的先后，从 1 开始。")

    objects: ClassVar[Any] = ListedQuerySet.as_manager()
    permanent: ClassVar[str] = "code"

    class Meta(RetirableRow.Meta):
        abstract = True
        ordering: ClassVar[Any] = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {Truncator(self.title_text()).chars(30)}"

    title_field: ClassVar[str]
    code_prefix: ClassVar[str]

    def permanent_series(self) -> tuple[Any, str, int]:
        return type(self).objects, self.code_prefix, 2

    def title_text(self) -> str:
        """What the item is called when it is named in one line."""
        title: str = getattr(self, self.title_field)
        return title

    def get_absolute_url(self) -> str:
        return reverse("item", kwargs={"part": self._meta.app_label, "code": self.code.lower()})


class FrameQuerySet(WorkingQuerySet):
    def with_everything(self) -> Self:
        return self.order_by("pk")


class Cover(WorkingRow):
    """封面: the title page of the list."""

    code = models.CharField("代码", max_length=10, unique=True, default="cover", editable=False)
    title = LineField("标题")
    total_line = LineField("总数行", blank=True, help_text="与印出的一致，例如（共40项）。")
    breakdown_line = LineField("分项行", blank=True)
    date_line = LineField("日期行", blank=True)
    declared = models.PositiveIntegerField("声明总数", null=True, blank=True, help_text="总数行里的数字。")

    objects: ClassVar[Any] = FrameQuerySet.as_manager()

    class Meta(WorkingRow.Meta):
        verbose_name = "封面"
        verbose_name_plural = "封面"
        constraints = [
            *kept_tidy("cover", "title", "total_line", "breakdown_line", "date_line"),
            CheckConstraint(condition=Q(code="cover"), name="cover_only_one", violation_error_message="封面只有一个。"),
        ]

    def __str__(self) -> str:
        return self.title

    def document(self) -> CoverDocument:
        return CoverDocument(
            title=self.title,
            total_line=self.total_line,
            breakdown_line=self.breakdown_line,
            date_line=self.date_line,
            declared=self.declared,
        )

    @classmethod
    def load(cls, document: CoverDocument, *, row: Cover, reason: str) -> None:
        row.put(reason=reason, **document.model_dump(exclude={"code"}))


class Frame(WorkingRow):
    """登记表的表头、注和填报栏: what stands around the items of one part."""

    part = models.SlugField("部分", max_length=30, unique=True)
    cover_label = LineField("封面上的名称", blank=True)
    declared = models.PositiveIntegerField("声明项数", null=True, blank=True, help_text="封面上写的项数。")
    numeral = LineField("编号", blank=True, help_text="例如：一、")
    heading = LineField("标题")
    columns = CellField("栏目", blank=True, help_text="每行一个。")
    notes = CellField("注", blank=True, help_text="每行一条，与印出的一致。")
    compiler = LineField("填报人", blank=True, help_text="连同“填报人：”，与印出的一致。")
    filled_on = LineField("填报时间", blank=True)
    phone = LineField("联系电话", blank=True)

    objects: ClassVar[Any] = FrameQuerySet.as_manager()
    permanent: ClassVar[str] = "part"

    class Meta(WorkingRow.Meta):
        verbose_name = "部分的表头和注"
        verbose_name_plural = "部分的表头和注"
        constraints = [
            *kept_tidy("frame", "cover_label", "numeral", "heading", "columns", "notes"),
            *kept_tidy("frame", "compiler", "filled_on", "phone"),
        ]

    def __str__(self) -> str:
        return f"{self.numeral}{self.heading}"

    def clean(self) -> None:
        super().clean()
        if parts.part(self.part) is None:
            raise ValidationError({"part": f"没有名为“{self.part}”的部分。"})

    def document(self) -> FrameDocument:
        return FrameDocument(**{name: getattr(self, name) for name in FrameDocument.model_fields})

    @classmethod
    def load(cls, document: FrameDocument, *, row: Frame, reason: str) -> None:
        row.put(reason=reason, **document.model_dump(exclude={"part"}))


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        """Transcribed or issued, whether effective yet or not, the latest effective day first."""
        return self.filter(state__in=Edition.State.public()).order_by("-effective_on")

    def published(self, on: datetime.date | None = None) -> Self:
        """Editions that are public on that day (today in Shanghai): transcribed or issued, and effective."""
        return self.public().filter(effective_on__lte=on or timezone.localdate())

    def in_force(self, on: datetime.date | None = None) -> Edition | None:
        """The edition in force on that day: the latest of the published ones."""
        return self.published(on).first()


class Edition(models.Model):
    """清单版本: the whole list, frozen.

    SUBMITTED ─▶ REVIEWED ─▶ SIGNED ─▶ ISSUED        TRANSCRIBED (the first only, published before the portal)
        │            │  └──────────────▶ ISSUED      where no outside approval is needed
        └────────────┴─▶ RETURNED, WITHDRAWN
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "送审"  # frozen, waits for the reviewer
        REVIEWED = "reviewed", "已审核"  # found lawful, waits for the signature
        SIGNED = "signed", "已签报"  # signed by the bureau's head, waits for the county
        ISSUED = "issued", "公布"  # public from its effective day on
        RETURNED = "returned", "退回"  # stays as it is; what follows it is a new edition
        WITHDRAWN = "withdrawn", "撤回"  # taken back by the submitter
        TRANSCRIBED = "transcribed", "转录"  # published on paper before the portal existed

        @classmethod
        def public(cls) -> list[str]:
            return [cls.TRANSCRIBED, cls.ISSUED]

    class Kind(models.TextChoices):
        ADJUSTMENT = "adjustment", "调整"
        CORRECTION = "correction", "更正"

    label = models.CharField("版本号", max_length=20, help_text="例如 2018-03，同月第二个为 2018-03-2。")
    kind = models.CharField("种类", max_length=20, choices=Kind)
    state = models.CharField("状态", max_length=20, choices=State)
    effective_on = models.DateField("施行日期")
    effective_day_assumed = models.BooleanField(
        "日为推定", default=False, choices=[(True, "是"), (False, "否")], help_text="原件只写到月。"
    )
    change_note = models.TextField("修订说明", blank=True)
    content_digest = models.CharField("内容摘要", max_length=64)
    entry_count = models.PositiveIntegerField("条目数")
    created_at = models.DateTimeField("冻结时间", default=timezone.now)
    created_txid = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    previous = models.OneToOneField(
        "self", verbose_name="前一版本", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    seal = models.TextField("封存文本", blank=True, help_text="链摘要所覆盖的全部内容，与计算时一字不差。")
    chain_digest = models.CharField("链摘要", max_length=64, blank=True)

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="送审人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_by_name = models.CharField("送审人姓名", max_length=200, blank=True)
    submitted_at = models.DateTimeField("送审时间", null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审核人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_by_name = models.CharField("审核人姓名", max_length=200, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签报人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_by_name = models.CharField("签报人姓名", max_length=200, blank=True)
    signed_at = models.DateTimeField("签报时间", null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="公布人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_by_name = models.CharField("公布人姓名", max_length=200, blank=True)
    issued_at = models.DateTimeField("公布时间", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="退回（撤回）人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_by_name = models.CharField("退回（撤回）人姓名", max_length=200, blank=True)
    closed_at = models.DateTimeField("退回（撤回）时间", null=True)
    closing_reason = models.TextField("退回（撤回）理由", blank=True)

    approval_authority = models.CharField("批准机关", max_length=100, blank=True)
    approval_number = models.CharField("批准文号", max_length=100, blank=True)
    approval_date = models.DateField("批准日期", null=True)
    approval_file = models.CharField("批准文件", max_length=300, blank=True)
    approval_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="批复登记人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approval_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="批复核对人", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = EditionQuerySet.as_manager()
    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class Meta:
        verbose_name = "清单版本"
        verbose_name_plural = "清单版本"
        ordering = ["-effective_on"]
        default_permissions = ("view",)
        constraints = [
            CheckConstraint(
                condition=Q(label__regex=r"^\d{4}-(0[1-9]|1[0-2])(-[2-9]|-[1-9]\d+)?$"),
                name="edition_label_format",
                violation_error_message="版本号应当像 2018-03，同月第二个写 2018-03-2。",
            ),
            CheckConstraint(
                condition=Q(
                    state__in=["submitted", "reviewed", "signed", "issued", "returned", "withdrawn", "transcribed"]
                ),
                name="edition_state_known",
            ),
            CheckConstraint(condition=Q(kind__in=["adjustment", "correction"]), name="edition_kind_known"),
            CheckConstraint(
                condition=Q(content_digest__regex="^[0-9a-f]{64}$") & Q(chain_digest__regex="^([0-9a-f]{64})?$"),
                name="edition_digest_format",
            ),
            UniqueConstraint(
                fields=["label"],
                condition=~Q(state__in=["returned", "withdrawn"]),
                name="edition_label_once",
                violation_error_message="这个版本号已经用过，请换一个。",
            ),
            UniqueConstraint(fields=["state"], condition=Q(state="transcribed"), name="edition_transcribed_once"),
            UniqueConstraint(
                fields=["previous"],
                condition=Q(state__in=["issued", "transcribed"]),
                nulls_distinct=False,
                name="edition_chain_cannot_fork",
            ),
            UniqueConstraint(
                fields=["effective_on"],
                condition=Q(state__in=["issued", "transcribed"]),
                name="edition_one_effective_a_day",
                violation_error_message="同一天只能有一个版本开始施行。",
            ),
            CheckConstraint(
                condition=Q(
                    state="transcribed",
                    submitted_by=None,
                    reviewed_by=None,
                    signed_by=None,
                    issued_by=None,
                    closed_by=None,
                    previous=None,
                )
                | (~Q(state="transcribed") & Q(submitted_by__isnull=False, submitted_at__isnull=False)),
                name="edition_submitter_known",
                violation_error_message="送审的版本要有送审人；转录的版本没有经办人。",
            ),
            CheckConstraint(
                condition=~Q(state__in=["reviewed", "signed", "issued"])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="edition_reviewer_known",
                violation_error_message="审核以后的版本要有审核人。",
            ),
            CheckConstraint(
                condition=~Q(state__in=["signed", "issued"]) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="edition_signer_known",
                violation_error_message="签报以后的版本要有签报人。",
            ),
            CheckConstraint(
                condition=~Q(state="issued")
                | (
                    Q(issued_by__isnull=False, issued_at__isnull=False, previous__isnull=False)
                    & ~Q(seal="")
                    & ~Q(chain_digest="")
                ),
                name="edition_issuer_known",
                violation_error_message="公布的版本要有公布人，并接在前一版本之后。",
            ),
            CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"])
                | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closing_reason="")),
                name="edition_closing_reason_given",
                violation_error_message="退回或撤回要写明理由。",
            ),
            CheckConstraint(
                condition=(
                    (Q(reviewed_by=None) | ~Q(reviewed_by=F("submitted_by")))
                    & (Q(issued_by=None) | ~Q(issued_by=F("submitted_by")))
                    & (Q(kind="correction") | Q(issued_by=None) | ~Q(issued_by=F("reviewed_by")))
                ),
                name="edition_four_eyes",
                violation_error_message="送审、审核、公布不能是同一个人；调整须由三人分别经办。",
            ),
            CheckConstraint(
                condition=Q(approval_confirmed_by=None)
                | (
                    Q(approval_recorded_by__isnull=False, approval_date__isnull=False)
                    & ~Q(approval_confirmed_by=F("approval_recorded_by"))
                    & ~Q(approval_authority="")
                    & ~Q(approval_number="")
                ),
                name="edition_approval_confirmed_by_another",
                violation_error_message="批复须写明批准机关、文号、日期，并由另一人核对。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}（{self.get_state_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("edition:contents", kwargs={"label": self.label})

    @property
    def is_published(self) -> bool:
        return self.state in self.State.public() and self.effective_on <= timezone.localdate()

    def register(self) -> Register:
        """The documents of this edition; parsed once in the life of a process, since they cannot change."""
        return _register_of(self.pk, self.content_digest)

    @classmethod
    def transcribe(
        cls, register: Register, *, label: str, effective_on: datetime.date, effective_day_assumed: bool = False
    ) -> Edition:
        """Freeze the list that was published before the portal existed; it can only be the first edition."""
        with transaction.atomic():
            seal.lock()
            if cls.objects.exists():
                raise EditionError("已经有清单版本，转录只能作为第一个版本。以后的修改请编制新版本。")
            edition = cls(
                label=label,
                kind=cls.Kind.ADJUSTMENT,
                state=cls.State.TRANSCRIBED,
                effective_on=effective_on,
                effective_day_assumed=effective_day_assumed,
            )
            edition._freeze(register)
        return edition

    def _freeze(self, register: Register) -> None:
        """Store this edition with its entries and versions, and seal it if it is public at once."""
        if faults := register.faults():
            raise EditionError("这份清单不完整，不能冻结：" + "".join(faults))
        rows = [
            (kind, position, listed.serial, Version.of(kind, listed.document))
            for kind in parts.kinds()
            for position, listed in enumerate(register.of(kind.name), start=1)
        ]
        Version.objects.bulk_create((version for *_, version in rows), ignore_conflicts=True)
        stored = Version.objects.in_bulk([version.digest for *_, version in rows], field_name="digest")
        for *_, version in rows:
            if stored[version.digest].text != version.text:
                raise EditionError(f"已存的条目版本 {version.digest} 与内容不符，停止冻结。请立即核对数据库。")
        self.content_digest = register.content_digest()
        self.entry_count = len(rows)
        if self.state in self.State.public():
            self.seal = seal.text(self)
            self.chain_digest = seal.digest(self.seal)
        self.save(force_insert=True)
        Entry.objects.bulk_create(
            Entry(
                edition=self,
                kind=kind.name,
                position=position,
                serial=serial,
                code=version.code,
                version=stored[version.digest],
            )
            for kind, position, serial, version in rows
        )


class Version(models.Model):
    """条目版本: one document as it was frozen, addressed by its content and never written again."""

    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    schema = models.PositiveSmallIntegerField("格式版本")
    text = models.TextField("规范文本")
    digest = models.CharField("摘要", max_length=64, unique=True)

    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        verbose_name = "条目版本"
        verbose_name_plural = "条目版本"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.digest[:8]}"

    @classmethod
    def of(cls, kind: parts.Kind, document: Any) -> Version:
        """The version that this document would be, not stored yet."""
        text = document.canonical()
        return cls(
            kind=kind.name,
            code=getattr(document, kind.key),
            schema=SCHEMA,
            text=text,
            digest=version_digest(kind.name, SCHEMA, text),
        )


class Entry(models.Model):
    """版本条目: a version in its place in one edition, with the serial number printed there."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("种类", max_length=30)
    position = models.PositiveIntegerField("位置")
    serial = models.CharField("序号", max_length=30, blank=True)
    code = models.CharField("代码", max_length=30)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="entries")

    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        verbose_name = "版本条目"
        verbose_name_plural = "版本条目"
        default_permissions = ("view",)
        constraints = [
            UniqueConstraint(fields=["edition", "kind", "position"], name="entry_one_at_a_place"),
            UniqueConstraint(fields=["edition", "kind", "code"], name="entry_each_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position} {self.code}"


@functools.lru_cache(maxsize=32)
def _register_of(edition_id: int, content_digest: str) -> Register:
    entries = (
        Entry.objects.filter(edition_id=edition_id)
        .order_by("kind", "position")
        .values_list("kind", "serial", "version__schema", "version__text", "version__digest")
    )
    return Register(
        {
            kind: tuple(
                Listed(serial, read_version(kind, schema, text), digest) for _, serial, schema, text, digest in rows
            )
            for kind, rows in itertools.groupby(entries, key=lambda row: row[0])
        }
    )
