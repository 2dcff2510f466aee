"""The roll of who may act: a row of it counts as soon as a second person has endorsed it, and as it stood then. What is
changed afterwards has to be endorsed anew."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery

from acts.errors import NotYours, Refused
from acts.models import Authored, name_of
from history.models import WorkingQuerySet, WorkingRow
from history.trail import COMMAND_LINE, Edit, said
from verbatim.fields import visible_constraint


class RollQuerySet(WorkingQuerySet):
    def endorsed(self) -> Self:
        return self.with_endorsement().filter(endorsed__isnull=False)

    def to_endorse(self) -> Self:
        return self.with_endorsement().filter(endorsed=None)

    def valid_on(self, day: datetime.date) -> Self:
        return self.endorsed().filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def with_endorsement(self) -> Self:
        """`endorsed`: the endorsement of the row as it stands; None where there is none."""
        trail = self.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        return self.annotate(endorsed=Subquery(trail.values("endorsement")[:1]))


class RollRow(WorkingRow):
    """Somebody from a day to a day: `account`, `since`, `until`."""

    account: Any
    since: Any
    until: Any

    objects: ClassVar[Any] = RollQuerySet.as_manager()
    fixed: ClassVar[tuple[str, ...]] = ("account",)
    area: ClassVar[str] = "officers"

    class Meta(WorkingRow.Meta):
        abstract = True
        default_permissions: ClassVar[Any] = (*WorkingRow.Meta.default_permissions, "endorse")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.__dict__.pop("is_endorsed", None)

    @cached_property
    def is_endorsed(self) -> bool:
        return type(self).objects.endorsed().filter(pk=self.pk).exists()

    def is_valid_on(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until) and self.is_endorsed

    @classmethod
    def may_be_endorsed_by(cls, account: Any) -> bool:
        """Whether this person endorses rows of this kind; not each of them is for them."""
        return bool(account.has_perm(f"{cls._meta.app_label}.endorse_{cls._meta.model_name}"))

    def latest_record(self) -> Any:
        return type(self).history.filter(id=self.pk).order_by("-history_id").first()

    def endorse(self, *, by: Any, seen: int) -> None:
        """It counts as it was in the record `seen` of its trail, its latest. Raises Refused."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).lock()
            latest = self.latest_record()
            if latest.pk != seen:
                raise Refused(f"您看过以后，“{self}”又改了，没有核对。请看过现在的内容再办。")
            if hasattr(latest, "endorsement"):
                raise Refused(f"“{self}”已经核对过，没有再办。")
            self.refuse_to_endorse(by)
            endorsements: type[Any] = type(latest)._meta.get_field("endorsement").related_model
            endorsements(record=latest, by=by, by_name=name_of(by)).save()
        self.__dict__.pop("is_endorsed", None)

    def refuse_to_endorse(self, by: Any) -> None:
        """Raises NotYours of whoever wrote it, whom it is about, and who may not endorse at all."""
        if not (by.is_active and self.may_be_endorsed_by(by)):
            raise NotYours(f"只有审计和局领导核对{self._meta.verbose_name}。")
        if by.pk == self.account.pk:
            raise NotYours(f"“{self}”是您自己，要由另一个人核对。")
        if by.pk in {record.history_user_id for record in self._records_to_endorse()}:
            raise NotYours(f"“{self}”是您登记或者改的，要由另一个人核对。")

    @property
    def was_ever_endorsed(self) -> bool:
        return self._last_endorsed() is not None

    def edits_to_endorse(self) -> list[Edit]:
        """What it said when it was last endorsed, and what it says now; nothing before, where it never was."""
        before = self._last_endorsed()
        fields = [field for field in self._meta.concrete_fields if not field.primary_key]
        told = [
            Edit(
                str(field.verbose_name),
                said(field, getattr(before, field.attname)) if before else "",
                said(field, getattr(self, field.attname)),
            )
            for field in fields
        ]
        return [edit for edit in told if edit.old != edit.new]

    def written_by(self) -> list[str]:
        """Since it was last endorsed."""
        names = [record.history_user_name or COMMAND_LINE for record in self._records_to_endorse()]
        return list(dict.fromkeys(names))

    def as_of(self, moment: datetime.datetime) -> Any:
        """The record that counted then; the row itself, where none did."""
        records = type(self).history.filter(id=self.pk, endorsement__at__lte=moment)
        return records.order_by("-history_id").first() or self

    def _last_endorsed(self) -> Any:
        records = type(self).history.filter(id=self.pk, endorsement__isnull=False)
        return records.order_by("-history_id").first()

    def _records_to_endorse(self) -> Collection[Any]:
        last = self._last_endorsed()
        after = {"history_id__gt": last.history_id} if last else {}
        return list(type(self).history.filter(id=self.pk, **after).order_by("history_id"))


def endorsement_of(trail: str) -> Any:
    """The column that says which record of a trail is endorsed."""
    return models.OneToOneField(
        f"cases.{trail}", verbose_name="变更记录", on_delete=models.PROTECT, related_name="endorsement"
    )


class Endorsement(Authored):
    """核对: a second person has seen a row of the roll as it stands in one record of its trail."""

    record: Any

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [visible_constraint("%(class)s", "by_name")]

    def __str__(self) -> str:
        return f"{self.by_name} 核对"


class OfficerEndorsement(Endorsement):
    record = endorsement_of("HistoricalOfficer")

    class Meta(Endorsement.Meta):
        verbose_name = "执法人员的核对"
        verbose_name_plural = "执法人员的核对"


class MemberEndorsement(Endorsement):
    record = endorsement_of("HistoricalMember")

    class Meta(Endorsement.Meta):
        verbose_name = "案审委委员的核对"
        verbose_name_plural = "案审委委员的核对"
