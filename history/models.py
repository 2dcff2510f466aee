"""Working rows: edited freely, every change in the trail with who, when and why, nothing deleted.

The trail is django-simple-history. Three things are ours: the row and its trail are written in one transaction, a save
that changes nothing writes nothing, and a save never writes over what somebody else wrote since the row was read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NoReturn, Self

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models import CheckConstraint, Q
from django.dispatch import receiver
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from history import gates, locks
from history.ledger import LedgerColumns, LedgerLine, LedgerWaiting
from history.trail import ConcurrentChange, changes_since_values
from verbatim.models import PlainModel
from verbatim.numerals import row_number

__all__ = [
    "AddedRow",
    "AuditRecords",
    "LedgerColumns",
    "LedgerLine",
    "LedgerWaiting",
    "RetirableQuerySet",
    "RetirableRow",
    "TrailRow",
    "WorkingQuerySet",
    "WorkingRow",
    "code_format",
    "listed",
    "put_rows",
]


class TrailRow(models.Model):
    """What every history table holds besides simple-history's own columns."""

    history_user_name = models.CharField(
        "操作人姓名", max_length=200, blank=True, help_text="当时的姓名，账号以后改名也不变。"
    )

    class Meta:
        abstract = True


class AuditRecords(HistoricalRecords):
    """History whose author cannot be deleted: an account with history is deactivated instead."""

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        named = f"{model._meta.verbose_name}的变更记录"
        return {**super().get_meta_options(model), "verbose_name": named, "verbose_name_plural": named}

    def _get_history_user_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super()._get_history_user_fields()
        fields["history_user"].remote_field.on_delete = models.PROTECT
        return fields


@receiver(pre_create_historical_record)
def keep_the_name(history_instance: Any, history_user: Any, **kwargs: Any) -> None:
    """The name as it is now is kept as text beside the account."""
    if history_user is not None:
        history_instance.history_user_name = history_user.get_full_name() or history_user.get_username()


class WorkingQuerySet(models.QuerySet[Any]):
    """Rows of the working list. What writes behind the trail's back is refused."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("工作数据的批量写入不留变更记录：请逐条 save()；条目只能取消，不能删除。")

    update = bulk_create = bulk_update = delete = _refuse

    def lock(self) -> list[int]:
        """Nobody else writes these rows until the transaction ends; read them after this. Their keys."""
        gates.wait(self.model, self.db)
        # NO KEY: a part may be added meanwhile to a row that is locked.
        return list(self.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


class WorkingRow(PlainModel):
    """One row of the working list."""

    history = AuditRecords(
        inherit=True, history_change_reason_field=models.TextField("变更理由", null=True), bases=[TrailRow]
    )
    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions: ClassVar[Any] = ("add", "change", "change_own", "view", "import", "export")

    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE"
    area: ClassVar[str] = ""
    """Whose hands it is in (accounts.roles); a part of another row says nothing where it is in the same."""

    @classmethod
    def in_area(cls) -> str:
        owner = getattr(cls, "belongs_to", "")
        return cls.area or (cls._meta.get_field(owner).related_model.in_area() if owner else "")  # type: ignore[union-attr]

    permanent: ClassVar[str] = ""
    """The field that holds the permanent code or anchor; nothing changes it."""

    fixed: ClassVar[tuple[str, ...]] = ()
    """Other fields that stay what they were made with, since what was done stands in their name."""

    def named(self) -> str:
        """What it is called among rows of other kinds."""
        return f"{self._meta.verbose_name} {self}"

    locked_for_its_office: ClassVar[tuple[str, ...]] = ()
    """The fields from which it follows whose rows are whose: nobody changes these who may change own rows only."""

    def belongs_to_office(self, office: Any) -> bool:
        """Whether this is a row of that office, which its head keeps true."""
        return False

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        row._stored = row._values()
        return row

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        read = self._values()
        if fields is not None:
            asked = {self._meta.get_field(name).attname for name in fields}  # type: ignore[union-attr]
            read = {name: value for name, value in read.items() if name in asked}
        self._stored = {**(self._stored or {}), **read}

    def _values(self) -> dict[str, Any]:
        return {f.attname: self.__dict__[f.attname] for f in self._meta.concrete_fields if f.attname in self.__dict__}

    _stored: dict[str, Any] | None = None
    latest_id: int | None = None
    """The latest record of its trail, where a form or a table asked for it before the row was read."""

    def save(self, *args: Any, reason: str = "", **kwargs: Any) -> None:
        """Write the row and one row of its trail; write neither when nothing has changed.

        `reason` is why, as it will stand in the trail. Raises ConcurrentChange when the row is no longer
        what it was when it was read.
        """
        if not self._state.adding:
            for field in self._meta.concrete_fields:
                if field.attname in self.__dict__:
                    field.pre_save(self, add=False)
            if self._stored == self._values():
                return
        if reason:
            self._change_reason = reason
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            gates.wait(type(self), using)
            if self._state.adding:
                self._before_adding(using)
                kwargs["force_insert"] = True  # what is new is never written over what is there
            else:
                self._refuse_if_overtaken(using)
            super().save(*args, **kwargs)
        self._stored = self._values()

    def clean(self) -> None:
        super().clean()
        for name in self.fixed:
            column = self._meta.get_field(name).attname  # type: ignore[union-attr]
            if self._stored and self._stored.get(column) != getattr(self, column):
                raise ValidationError({name: "定下以后不能更改；不对的请停用这一条，另加一条。"})

    def _before_adding(self, using: str) -> None:
        """What a new row needs before it is written."""

    def _refuse_if_overtaken(self, using: str) -> None:
        read = self._stored or {}
        rows = type(self)._base_manager.using(using).filter(pk=self.pk).select_for_update(no_key=True)
        if rows.values(*read).get() != read:
            raise ConcurrentChange(changes_since_values(self, read))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("工作数据只能取消，不能删除。")

    def put(self, *, reason: str, **values: Any) -> Self:
        """Set these values and save; the row, for chaining."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(reason=reason)
        return self


class RetirableQuerySet(WorkingQuerySet):
    def listed(self) -> Self:
        return self.filter(retired_on__isnull=True)

    def retired(self) -> Self:
        return self.filter(retired_on__isnull=False)

    def blocking_retirement(self) -> Self:
        """Those that keep what they point at from being retired."""
        return self.listed()


class RetirableRow(WorkingRow):
    """A row with a permanent code or anchor, which is retired instead of deleted."""

    retired_on = models.DateField(
        "取消日期", null=True, blank=True, help_text="填写后不再列入下一版清单；代码保留，不再使用。"
    )

    objects: ClassVar[Any] = RetirableQuerySet.as_manager()

    class Meta(WorkingRow.Meta):
        abstract = True

    belongs_to: ClassVar[str] = ""
    """The row that this one is a part of; it stays there."""

    def clean(self) -> None:
        """A code is of its series, a part stays where it is, and what others point at is not retired."""
        super().clean()
        owner = f"{self.belongs_to}_id" if self.belongs_to else ""
        if owner and self._stored and self._stored.get(owner) != getattr(self, owner):
            raise ValidationError({self.belongs_to: "不能移到别处：代码是永久的。请取消这一条，在那里新增。"})
        code = getattr(self, self.permanent) if self.permanent else ""
        if code and self._state.adding and (not owner or getattr(self, owner)):
            _, prefix, _ = self.permanent_series()
            if not code.startswith(prefix) or row_number(code.removeprefix(prefix)) is None:
                raise ValidationError({self.permanent: f"“{code}”写法不对，应当是 {prefix} 加数字。"})
        if self.is_retired and self.pk:
            for pointing in self._pointing_here():
                raise ValidationError(
                    {"retired_on": f"{pointing._meta.verbose_name}“{pointing}”还指向它，请先改那一条，或先取消它。"}
                )

    def _pointing_here(self) -> Iterator["RetirableRow"]:
        """Rows that point at this one without being parts of it, and need it."""
        for relation in self._meta.related_objects:
            model, name = relation.related_model, relation.field.name
            if isinstance(model, type) and issubclass(model, RetirableRow) and name not in (model.belongs_to, "parent"):
                above = {f"{model.belongs_to}__retired_on__isnull": True} if model.belongs_to else {}
                yield from model.objects.blocking_retirement().filter(**{name: self}, **above)[:1]

    def permanent_series(self) -> tuple[Any, str, int]:
        """Where the next code comes from: the rows that share the series, its prefix, how many digits at least."""
        raise NotImplementedError

    def _before_adding(self, using: str) -> None:
        if self.permanent:
            self.take_code(using)
        if "position" in self.__dict__ and self.position is None:
            self.position = self.last_position(using) + 1

    position: Any
    """Its place among the rows of its owner, where they have an order; a new one stands last if nobody says where."""

    def last_position(self, using: str) -> int:
        beside = {self.belongs_to: getattr(self, self.belongs_to)} if self.belongs_to else {}
        rows = type(self).objects.using(using).filter(**beside)
        return int(rows.aggregate(last=models.Max("position"))["last"] or 0)

    def take_code(self, using: str, taken: dict[str, int] | None = None) -> None:
        """The next code of the series; who adds at the same time waits, whether the code is given or not. `taken` keeps
        the highest number of each series, where many rows are added one after the other that are not there yet."""
        if taken is None and getattr(self, self.permanent):
            locks.series(self._meta.db_table, using)
            return
        taken = {} if taken is None else taken
        rows, prefix, digits = self.permanent_series()
        if prefix not in taken:
            locks.series(self._meta.db_table, using)
            codes = rows.filter(**{f"{self.permanent}__startswith": prefix}).values_list(self.permanent, flat=True)
            taken[prefix] = max((row_number(code.removeprefix(prefix)) or 0 for code in codes), default=0)
        if not getattr(self, self.permanent):
            setattr(self, self.permanent, f"{prefix}{taken[prefix] + 1:0{digits}d}")
        taken[prefix] = max(taken[prefix], row_number(getattr(self, self.permanent).removeprefix(prefix)) or 0)

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None

    def retire(self, *, reason: str) -> None:
        """Take the row out of the list from the next edition on; its code is never given again."""
        if not self.is_retired:
            self.put(reason=reason, retired_on=timezone.localdate())


class AddedRow(RetirableRow):
    """Knowledge that the bureau adds to the printed list, dated, with who added it (本局整理，非清单原文)."""

    added_by = models.CharField("整理人", max_length=100)
    added_on = models.DateField("整理日期", default=timezone.localdate)
    basis = models.CharField("依据", max_length=300, blank=True)

    class Meta(RetirableRow.Meta):
        abstract = True

    def added(self) -> dict[str, Any]:
        return {"added_by": self.added_by, "added_on": self.added_on, "basis": self.basis}


def listed(rows: Any) -> list[Any]:
    """The rows of a (prefetched) relation that are not retired."""
    return [row for row in rows.all() if not row.is_retired]


def put_rows(
    rows: Any, *, key: str, wanted: Mapping[Any, Mapping[str, Any]], reason: str, **parent: Any
) -> dict[Any, Any]:
    """Make the rows of one parent be exactly the wanted ones: created, changed, and what is not wanted retired.

    `rows` are the parent's rows, `wanted` their values by `key`. The rows by key.
    """
    existing = {getattr(row, key): row for row in rows}
    kept = {}
    for name, values in wanted.items():
        row = existing.pop(name, None) or rows.model(**parent, **{key: name})
        kept[name] = row.put(reason=reason, **values)
    for row in existing.values():
        row.retire(reason=reason)
    return kept


def code_format(model: str, example: str) -> CheckConstraint:
    """Codes are written as the example is; each of its numbers has two digits or more."""
    number = r"\d{2,}"
    return CheckConstraint(
        condition=Q(code__regex=f"^{number.join(re.split('[0-9]+', example))}$"),
        name=f"{model}_code_format",
        violation_error_message=f"代码格式不对，应当像 {example} 这样：字母、连字符、数字。",
    )
