"""作废: what was entered wrongly does not count; it stays, and what is right is entered anew."""

from __future__ import annotations

import functools
import operator
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from acts.models import Authored
from cases.rows.court import CourtApplication, Urging
from cases.rows.fulfilment import Fulfilment
from cases.rows.money import Agreement, Arrangement, Payment, Refund
from cases.rows.remedy import Remedy
from cases.rows.transfer import PoliceReply
from verbatim.fields import visible_constraint

ENTRIES: dict[str, type[models.Model]] = {
    "payment": Payment,
    "remedy": Remedy,
    "urging": Urging,
    "application": CourtApplication,
    "refund": Refund,
    "fulfilment": Fulfilment,
    "arrangement": Arrangement,
    "agreement": Agreement,
    "reply": PoliceReply,
}
"""What may be voided, by the column that names it."""


def _voided(name: str) -> Any:
    model = ENTRIES[name]
    return models.OneToOneField(
        model, verbose_name=model._meta.verbose_name, on_delete=models.PROTECT, null=True, related_name="void"
    )


def _alone(name: str) -> Q:
    return Q(**{f"{each}__isnull": each != name for each in ENTRIES})


class EntryVoid(Authored):
    case = models.ForeignKey("cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="entry_voids")
    payment = _voided("payment")
    remedy = _voided("remedy")
    urging = _voided("urging")
    application = _voided("application")
    refund = _voided("refund")
    fulfilment = _voided("fulfilment")
    arrangement = _voided("arrangement")
    agreement = _voided("agreement")
    reply = _voided("reply")

    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "作废的登记"
        verbose_name_plural = "作废的登记"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CheckConstraint(
                condition=functools.reduce(operator.or_, map(_alone, ENTRIES)),
                name="entryvoid_of_one",
            ),
            visible_constraint("entryvoid", "by_name"),
        ]

    def __str__(self) -> str:
        return f"作废：{next(filter(None, (getattr(self, name) for name in ENTRIES)))}"
