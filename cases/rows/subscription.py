"""日历地址: under which somebody's own calendar reads the clocks of their cases, without logging in."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from acts.errors import NotYours
from acts.models import Authored, name_of
from verbatim.fields import visible_constraint


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def of(self, account: Any) -> Subscription | None:
        """The one that counts: the latest."""
        return self.filter(by=account).order_by("-pk").first()


class Subscription(Authored):
    """日历地址: made, changed or, without a digest, given up by its owner; the latest of somebody counts. The secret
    itself is kept nowhere."""

    digest = models.CharField("摘要", max_length=64, blank=True)

    objects: ClassVar[Any] = SubscriptionQuerySet.as_manager()
    area: ClassVar[str] = "cases"

    class Meta(Authored.Meta):
        verbose_name = "日历地址"
        verbose_name_plural = "日历地址"
        ordering: ClassVar[Any] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="subscription_one_of_a_secret"),
            CheckConstraint(
                condition=Q(digest="") | Q(digest__regex="^[0-9a-f]{64}$"), name="subscription_digest_of_a_secret"
            ),
            visible_constraint("subscription", "by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}，{'在用' if self.digest else '停用'}"

    @classmethod
    def begin(cls, account: Any) -> str:
        """The secret of a new address; one from before is worth nothing from now on. Raises NotYours."""
        if not (account.is_active and account.has_perm("cases.view_case")):
            raise NotYours("您的账号没有查看案件的权限，不能设日历地址。")
        secret = secrets.token_urlsafe(32)
        cls.objects.create(by=account, by_name=name_of(account), digest=digest_of(secret))
        return secret

    @classmethod
    def end(cls, account: Any) -> None:
        cls.objects.create(by=account, by_name=name_of(account))

    @classmethod
    def holder(cls, secret: str) -> Any:
        """Whose address it is, as long as it is the latest, the account is in use and may see cases; else None. It is
        looked up by its digest, so what the database takes tells nothing of how much of a guess was right."""
        found = cls.objects.filter(digest=digest_of(secret)).select_related("by").first()
        if found is None or cls.objects.of(found.by) != found:
            return None
        return found.by if found.by.is_active and found.by.has_perm("cases.view_case") else None


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
