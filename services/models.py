"""三、公共服务事项登记表: services, their phones, the days that come back every year, and the events announced."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from acts.errors import Refused
from acts.models import Authored, name_of
from editions.form.items import ListedItem, ListedQuerySet
from editions.public import catalogue
from history.models import RetirableQuerySet, RetirableRow, code_format
from offices.models import Office
from services.documents import EventDocument, ServiceDocument, YearlyDocument
from verbatim.characters import complaint
from verbatim.codes import Numbers
from verbatim.documents import digest
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint


class ServiceQuerySet(ListedQuerySet):
    def with_everything(self) -> Self:
        return super().with_everything().select_related("yearly")


class Service(ListedItem):
    """服务事项: one row of 公共服务事项登记表, code FW-01."""

    title = LineField("服务事项")
    content = CellField("主要内容", blank=True)
    offices = CellField("承办机构", blank=True, help_text="每段一行，与清单一致。")
    phones = CellField("联系电话", blank=True, help_text="每段一行，与清单一致，例如 0316-5255905。")

    objects: ClassVar[Any] = ServiceQuerySet.as_manager()
    title_field = "title"
    code_prefix = "FW-"

    class Meta(ListedItem.Meta):
        verbose_name = "公共服务事项"
        verbose_name_plural = "公共服务事项"
        constraints = [
            code_format("service", "FW-01"),
            *tidy_constraints("service", "serial", "title", "content", "offices", "phones"),
            visible_constraint("service", "serial", "title", "content", "offices", "phones"),
        ]

    def clean(self) -> None:
        super().clean()
        yearly = getattr(self, "yearly", None) if self.pk else None
        if yearly and not yearly.is_retired and yearly.quoted not in f"{self.title}\n{self.content}":
            raise ValidationError(f"每年的日期引用了原话“{yearly.quoted}”，改后的文字里没有它；请先改每年的日期。")

    def belongs_to_office(self, office: Any) -> bool:
        return bool(office.is_named_in(self.offices))

    def document(self) -> ServiceDocument:
        yearly = getattr(self, "yearly", None)
        own = {name: getattr(self, name) for name in ServiceDocument.model_fields if name != "yearly"}
        return ServiceDocument(**own, yearly=yearly.document() if yearly and not yearly.is_retired else None)

    @classmethod
    def load(cls, document: ServiceDocument, *, row: Service, reason: str) -> None:
        row.put(reason=reason, retired_on=None, **document.model_dump(exclude={"code", "yearly"}))
        rule = getattr(row, "yearly", None)
        if document.yearly:
            rule = rule or YearlyRule(service=row)
            rule.put(reason=reason, retired_on=None, **document.yearly.model_dump())
        elif rule:
            rule.retire(reason=reason)


class YearlyRule(RetirableRow):
    """The day or month of each year on which a service happens: printed, or added by the bureau, told apart."""

    service = models.OneToOneField(Service, verbose_name="服务事项", on_delete=models.PROTECT, related_name="yearly")
    month = models.PositiveSmallIntegerField("月", validators=[MinValueValidator(1), MaxValueValidator(12)])
    day = models.PositiveSmallIntegerField(
        "日", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)], help_text="整月的不填。"
    )
    quoted = models.CharField(
        "清单原话",
        max_length=50,
        blank=True,
        help_text="清单里写明日期的原话，例如“3、15”；清单没有写的留空，并填整理人。",
    )
    added_by = models.CharField("整理人", max_length=100, blank=True, help_text="日期由本局补充时填写。")
    added_on = models.DateField("整理日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)

    belongs_to: ClassVar[str] = "service"

    class Meta(RetirableRow.Meta):
        verbose_name = "每年的日期"
        verbose_name_plural = "每年的日期"
        constraints = [
            visible_constraint("yearlyrule", "quoted", "added_by", "basis"),
            CheckConstraint(
                condition=(Q(month__range=(1, 12)) & (Q(day__isnull=True) | Q(day__range=(1, 29))))
                | Q(month__in=(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), day=30)
                | Q(month__in=(1, 3, 5, 7, 8, 10, 12), day=31),
                name="yearlyrule_date_exists",
                violation_error_message="没有这一天：请检查月和日。",
            ),
            CheckConstraint(
                condition=(~Q(quoted="") & Q(added_by="", added_on__isnull=True))
                | (Q(quoted="") & ~Q(added_by="") & Q(added_on__isnull=False)),
                name="yearlyrule_printed_or_added",
                violation_error_message="清单写明日期的填清单原话；清单没有写的填整理人和整理日期。两者只填一种。",
            ),
        ]

    def __str__(self) -> str:
        return f"每年{self.month}月{self.day}日" if self.day else f"每年{self.month}月"

    def clean(self) -> None:
        super().clean()
        printed = f"{self.service.title}\n{self.service.content}" if self.service_id else ""
        if self.quoted and self.quoted not in printed:
            raise ValidationError({"quoted": f"“{self.quoted}”不在本事项印出的文字里，请照原文填写。"})

    def belongs_to_office(self, office: Any) -> bool:
        return self.service.belongs_to_office(office)

    def document(self) -> YearlyDocument:
        return YearlyDocument(
            month=self.month,
            day=self.day,
            quoted=self.quoted,
            added_by=self.added_by,
            added_on=self.added_on,
            basis=self.basis,
        )


def _published(kind: str, code: str, field: str) -> str:
    """What the list in force calls it: an announcement does not publish what an editor has not submitted yet."""
    edition = catalogue.current().in_force
    listed = edition.register().find(kind, code) if edition else None
    return str(getattr(listed.document, field)) if listed else ""


class EventQuerySet(RetirableQuerySet):
    def ahead(self) -> Self:
        """Still to come, and not called off."""
        return self.listed().filter(on__gte=timezone.localdate())

    def blocking_retirement(self) -> Self:
        """What is over keeps nothing from being retired."""
        return self.ahead()


class Event(RetirableRow):
    """活动: an occurrence of a service, on a day and at a place. No part of the list; public when it is announced."""

    service = models.ForeignKey(Service, verbose_name="服务事项", on_delete=models.PROTECT, related_name="events")
    code = models.CharField("代码", max_length=20, unique=True, blank=True, help_text="永久代码，确定后不再更改。")
    office = models.ForeignKey(Office, verbose_name="承办股室", on_delete=models.PROTECT, related_name="events")
    on = models.DateField("日期")
    begins = models.TimeField("开始时间", null=True, blank=True, help_text="例如 9:00；全天的不填。")
    ends = models.TimeField("结束时间", null=True, blank=True)
    place = LineField("地点", help_text="写到群众找得到：哪条街、什么单位门前。")
    offers = CellField("可以带来什么、得到什么", blank=True, help_text="每段一行，例如：可以带家用血压计来免费检测。")
    retired_on = models.DateField(
        "取消日期", null=True, blank=True, help_text="活动取消时填写，然后再公布一次，公众才看到已经取消。"
    )

    objects: ClassVar[Any] = EventQuerySet.as_manager()
    permanent: ClassVar[str] = "code"
    belongs_to: ClassVar[str] = "service"
    area: ClassVar[str] = "events"

    class Meta(RetirableRow.Meta):
        verbose_name = "活动"
        verbose_name_plural = "活动"
        ordering = ["-on", Numbers("code")]
        default_permissions = (*RetirableRow.Meta.default_permissions, "announce", "announce_own")
        constraints = [
            code_format("event", "HD-01"),
            *tidy_constraints("event", "place", "offers"),
            visible_constraint("event", "place", "offers"),
            CheckConstraint(
                condition=Q(ends__isnull=True) | Q(begins__isnull=False, ends__gt=F("begins")),
                name="event_ends_after_it_begins",
                violation_error_message="结束时间要晚于开始时间；填了结束时间就要填开始时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on:%Y-%m-%d} {self.place}"

    def permanent_series(self) -> tuple[Any, str, int]:
        return Event.objects, "HD-", 2

    def clean(self) -> None:
        super().clean()
        if self.on and self.on > timezone.localdate() + datetime.timedelta(days=731):
            raise ValidationError({"on": "日期在两年以后，请检查年份。"})

    def belongs_to_office(self, office: Any) -> bool:
        return bool(self.office_id == office.pk)

    def document(self) -> EventDocument:
        return EventDocument(
            code=self.code,
            service=self.service.code,
            title=_published("services", self.service.code, "title") or self.service.title,
            office=_published("offices", self.office.code, "name") or self.office.name,
            on=self.on,
            begins=self.begins,
            ends=self.ends,
            place=self.place,
            offers=self.offers,
            cancelled=self.is_retired,
        )

    @property
    def latest(self) -> Announcement | None:
        """What the public sees of it."""
        return max(self.announcements.all(), key=lambda each: each.number, default=None)

    @property
    def is_announced(self) -> bool:
        """Whether the public sees it as it stands here."""
        latest = self.latest
        return latest is not None and latest.document() == self.document()

    def was_announced_by(self, account: Any) -> bool:
        """Whether the public sees it as it stands here, by this very person's hand."""
        return self.is_announced and self.latest is not None and self.latest.by_id == account.pk

    def announce(self, by: Any, *, reason: str = "", shown: str = "") -> Announcement:
        """Show the event to the public as it stands now; what was announced before stays on record.

        `shown` is the digest of what whoever announces it has looked at. Raises Refused.
        """
        with transaction.atomic():
            event = Event.objects.select_for_update(of=("self",)).select_related("service", "office").get(pk=self.pk)
            latest = event.latest
            if said := complaint(reason):
                raise Refused(f"说明里{said}")
            if shown and shown != digest(event.document().canonical()):
                raise Refused("您看过以后，这次活动又有改动，没有公布。请再看一遍，再公布。")
            if event.is_announced:
                raise Refused("这次活动已经公布，公布以后没有改动。")
            if latest is None and event.is_retired:
                raise Refused("这次活动没有公布过，取消不用公布。")
            if latest is None and event.on < timezone.localdate():
                raise Refused(f"活动日期 {event.on:%Y-%m-%d} 已经过去，请先改日期。")
            if not event.is_retired and (event.service.is_retired or event.office.is_retired):
                raise Refused("服务事项或承办股室已经取消，请先改。")
            if not event.is_retired:
                event._refuse_what_is_not_public()
            if latest and event.on < timezone.localdate() and event.on != latest.document().on:
                raise Refused(f"活动日期 {event.on:%Y-%m-%d} 已经过去，不能改到过去的日子。")
            announcement = Announcement(
                event=event,
                number=latest.number + 1 if latest else 1,
                text=event.document().canonical(),
                reason=reason,
                by=by,
                by_name=name_of(by),
            )
            announcement.save(force_insert=True)
        return announcement

    def _refuse_what_is_not_public(self) -> None:
        """An announcement names its service and its office as the list in force does; what that does not hold yet is
        not made public by it."""
        for kind, row, name in (("services", self.service, "title"), ("offices", self.office, "name")):
            if not _published(kind, row.code, name):
                raise Refused(f"{row.named()}还没有公布，不在现行的清单里；要等含有它的版本公布，才能公布它的活动。")


class Announcement(Authored):
    """活动公布记录: what was shown of an event, when, by whom."""

    event = models.ForeignKey(Event, verbose_name="活动", on_delete=models.PROTECT, related_name="announcements")
    number = models.PositiveIntegerField("次")
    text = models.TextField("公布的内容")
    reason = models.CharField("说明", max_length=1000, blank=True)

    class Meta(Authored.Meta):
        verbose_name = "活动公布记录"
        verbose_name_plural = "活动公布记录"
        ordering = ["event", "number"]
        constraints = [
            UniqueConstraint(fields=["event", "number"], name="announcement_one_of_a_number"),
            visible_constraint("announcement", "text", "reason", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} 第 {self.number} 次"

    def document(self) -> EventDocument:
        return EventDocument.read(self.text)
