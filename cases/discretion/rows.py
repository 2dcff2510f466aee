"""What every row of the standards has in common."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q

from history.models import RetirableQuerySet, RetirableRow


class StandardsRow(RetirableRow):
    """A row of what penalties are measured by. No part of the list; kept by 法规审核, public when it is published."""

    retired_on = models.DateField("停用日期", null=True, blank=True, help_text="录错了、不该有的填写。")

    area: ClassVar[str] = "standards"

    class Meta(RetirableRow.Meta):
        abstract = True
        default_permissions = (*RetirableRow.Meta.default_permissions, "announce")


class CodedRow(StandardsRow):
    """One that is cited by a code of its own."""

    code = models.CharField("代码", max_length=20, unique=True, blank=True, help_text="永久代码，不填由程序编。")

    permanent: ClassVar[str] = "code"
    code_prefix: ClassVar[str]

    class Meta(StandardsRow.Meta):
        abstract = True

    def permanent_series(self) -> tuple[Any, str, int]:
        return type(self).objects, self.code_prefix, 2


class InForceQuerySet(RetirableQuerySet):
    def in_force_on(self, day: datetime.date) -> Self:
        return self.listed().filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class FromDayToDay:
    """What is in force from a day on, both days included; a row, or what the public sees of one."""

    since: Any
    until: Any

    def is_in_force_on(self, day: datetime.date) -> bool:
        return bool(self.since <= day and (self.until is None or day <= self.until))


class InForceRow(FromDayToDay, CodedRow):
    """One that is in force from a day on, until it is not: what is repealed keeps its row."""

    since = models.DateField("施行日期")
    until = models.DateField("失效日期", null=True, blank=True, help_text="最后有效的一天；仍有效的不填。")

    objects: ClassVar[Any] = InForceQuerySet.as_manager()

    class Meta(CodedRow.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message="失效日期不能早于施行日期。",
            ),
        ]


def filled(model: str, *names: str) -> CheckConstraint:
    """What may not be empty, whoever writes."""
    empty = Q(*((name, "") for name in names), _connector=Q.OR)
    return CheckConstraint(condition=~empty, name=f"{model}_filled", violation_error_message="必填的栏不能空着。")
