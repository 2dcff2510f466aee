"""What an edition froze: each document once as a version, addressed by its content, and its place in the edition."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar

from django.db import connections, models
from django.db.models import UniqueConstraint

from acts.errors import Refused
from editions.form import parts
from editions.form.keys import Key
from editions.register.bounded_cache import BoundedCache
from editions.register.register import SCHEMA, Listed, Register, read_version, version_digest


class Version(models.Model):
    """条目版本: one document as it was frozen, addressed by its content and never written again."""

    kind = models.CharField("种类", max_length=30)
    code = models.CharField("代码", max_length=30)
    schema = models.PositiveSmallIntegerField("格式版本")
    text = models.TextField("规范文本")
    digest = models.CharField("摘要", max_length=64, unique=True)

    serving_privileges: ClassVar[str] = "SELECT, INSERT"
    leaves_lines: ClassVar[bool] = False  # its digest is in the content digest of the editions, and they do

    area: ClassVar[str] = "editions"

    class Meta:
        verbose_name = "条目版本"
        verbose_name_plural = "条目版本"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{parts.called(Key(self.kind, self.code))}（摘要 {self.digest[:8]}）"

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

    edition = models.ForeignKey("editions.Edition", on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("种类", max_length=30)
    position = models.PositiveIntegerField("位置")
    serial = models.CharField("序号", max_length=30, blank=True)
    code = models.CharField("代码", max_length=30)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="entries")

    serving_privileges: ClassVar[str] = "SELECT, INSERT"
    leaves_lines: ClassVar[bool] = False  # the content digest of its edition covers it

    area: ClassVar[str] = "editions"

    class Meta:
        verbose_name = "版本条目"
        verbose_name_plural = "版本条目"
        default_permissions = ("view",)
        constraints = [
            UniqueConstraint(fields=["edition", "kind", "position"], name="entry_one_at_a_place"),
            UniqueConstraint(fields=["edition", "kind", "code"], name="entry_each_code_once"),
        ]

    def __str__(self) -> str:
        return f"{parts.called(Key(self.kind, self.code))}（第 {self.position} 位）"


def freeze(edition: Any, register: Register) -> None:
    """Store what the register holds: versions that are not stored yet, and the entries of the edition, which is stored
    between the two. Raises Refused."""
    rows = [
        (kind, position, listed, listed.digest(kind.name))
        for kind in parts.kinds()
        for position, listed in enumerate(register.of(kind.name), start=1)
    ]
    _store([Version.of(kind, listed.document) for kind, _, listed, _ in rows if not listed.stored])
    stored = dict(Version.objects.filter(digest__in=[row[-1] for row in rows]).values_list("digest", "pk"))
    edition.content_digest = register.content_digest()
    edition.entry_count = len(rows)
    edition.save(force_insert=True)
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            kind=kind.name,
            position=position,
            serial=listed.serial,
            code=getattr(listed.document, kind.key),
            version_id=stored[digest],
        )
        for kind, position, listed, digest in rows
    )


def _store(versions: Collection[Version]) -> None:
    """Those that are there already have the same text, or the database is damaged."""
    Version.objects.bulk_create(versions, ignore_conflicts=True)
    texts = dict(Version.objects.filter(digest__in=[each.digest for each in versions]).values_list("digest", "text"))
    for version in versions:
        if texts[version.digest] != version.text:
            raise Refused(f"已存的条目版本 {version.digest} 与内容不符，停止冻结。请立即核对数据库。")


def register_of(edition: Any) -> Register:
    """What the edition holds; kept at hand once it is read, since it cannot change."""
    key = edition.pk, edition.content_digest
    known = _registers.get(key)
    if known is not None:
        return known[0]
    entries = list(
        Entry.objects.filter(edition_id=edition.pk)
        .order_by("kind", "position")
        .values_list("kind", "code", "serial", "version__schema", "version__text", "version__digest")
    )
    for fault in _without_app((kind, code) for kind, code, *_ in entries):
        raise Refused(fault)
    register = Register(
        {
            kind: tuple(
                Listed(serial, read_version(kind, schema, text, digest), digest)
                for _, _, serial, schema, text, digest in rows
            )
            for kind, rows in itertools.groupby(entries, key=lambda row: row[0])
        }
    )
    _registers[key] = register, sum(len(text) for *_, text, _ in entries)
    return register


def faults_of_parts(using: str) -> Iterator[str]:
    """Which parts the editions have that no app reads any more; each a sentence."""
    if Version._meta.db_table in connections[using].introspection.table_names():
        yield from _without_app(Version.objects.using(using).values_list("kind", "code"))


def _without_app(held: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A part is there with its frame, and with its items."""
    for name in sorted({code if kind == "frames" else kind for kind, code in held}):
        if not parts.is_known(name):
            yield f"清单版本里有“{name}”这一部分，程序没有装它的应用，读不出来。请把它写回设置 APPS，再启动。"


MOST_TEXT = 16 * 1024 * 1024
"""Characters of the registers that a worker keeps at hand: a hundred lists of this size."""
_registers: BoundedCache[tuple[int, str], tuple[Register, int]] = BoundedCache(MOST_TEXT, lambda held: held[1])
