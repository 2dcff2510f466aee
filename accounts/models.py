"""Who works here: one account for each person, in one office of the bureau; and who came and went."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, router, transaction
from django.db.models import Func
from django.utils import timezone

from accounts.requests import COLUMNS, AccountDecision, AccountRequest
from verbatim.models import PlainModel

__all__ = ["Account", "AccountDecision", "AccountManager", "AccountRequest", "Sent", "Tally", "Visit"]


class AccountManager(UserManager["Account"]):
    def able(self, permission: str) -> models.QuerySet["Account"]:
        """Who is in a group that has this permission (app_label.verb_model), emergency accounts aside."""
        backend = "django.contrib.auth.backends.ModelBackend"
        return self.with_perm(permission, backend=backend, include_superusers=False)


class Account(PlainModel, AbstractUser):
    """A member of the staff. Accounts are deactivated, never deleted."""

    office = models.ForeignKey(
        "offices.Office",
        verbose_name="所在股室",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
    )
    must_change_password = models.BooleanField(
        "须改密码", default=False, help_text="密码是别人设的，登录以后要先改。", editable=False
    )
    password_changed_at = models.DateTimeField("改密码时间", default=timezone.now, editable=False)

    objects: ClassVar[Any] = AccountManager()
    serving_privileges = "SELECT, INSERT, UPDATE"
    followed = ", ".join(
        ("id", *COLUMNS.values(), "is_superuser", "password", "must_change_password", "password_changed_at")
    )

    area: ClassVar[str] = "accounts"

    class Meta(AbstractUser.Meta):
        verbose_name = "账号"
        verbose_name_plural = "账号"
        default_permissions = ("add", "change", "view")

    def get_full_name(self) -> str:
        """Chinese names: family name first, nothing between."""
        return f"{self.last_name}{self.first_name}".strip()

    def get_short_name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def is_password_due(self) -> bool:
        """Whether somebody else set it, or it is older than the rules allow, or from a day that has not come yet: then
        nobody knows how old it is."""
        age, day = timezone.now() - self.password_changed_at, datetime.timedelta(days=1)
        is_old = bool(settings.PASSWORD_DAYS) and not -day < age < settings.PASSWORD_DAYS * day
        return self.must_change_password or is_old

    @property
    def needs_second_factor(self) -> bool:
        """Whether the rules of this installation ask for one."""
        asked = settings.SECOND_FACTOR_ROLES
        return bool(asked) and (self.is_superuser or self.groups.filter(name__in=asked).exists())

    def set_password(self, raw_password: str | None, *, by_somebody_else: bool = False) -> None:
        """One's own password, or one that has to be changed at the first log-in."""
        super().set_password(raw_password)
        self.must_change_password = by_somebody_else
        self.password_changed_at = timezone.now()

    def check_password(self, raw_password: str | None) -> bool:
        """Without writing an older hash anew: a password changes by its owner's hand or by a confirmed request."""
        return check_password(raw_password, self.password)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A changed password and the line that says so (accounts.visits) are one transaction."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            super().save(*args, **kwargs)


class Visit(models.Model):
    """登录记录: somebody came in, was turned away, or left. Kept for 184 days at least; nobody changes it."""

    class What(models.TextChoices):
        CAME = "came", "登录"
        LEFT = "left", "退出"
        REFUSED = "refused", "用户名或密码不对"
        LOCKED = "locked", "多次不对，暂停登录"
        VERIFIED = "verified", "动态码通过"
        UNVERIFIED = "unverified", "动态码不对"
        PASSWORD = "password", "改密码"
        SET_UP = "set_up", "设置动态码"

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    what = models.CharField("事项", max_length=20, choices=What)
    username = models.CharField("用户名", max_length=150, blank=True, help_text="输入的用户名，不一定有这个账号。")
    account = models.ForeignKey(
        Account, verbose_name="账号", on_delete=models.PROTECT, null=True, related_name="visits"
    )
    address = models.GenericIPAddressField("来源地址", null=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)
    times = models.PositiveIntegerField("次数", default=1, help_text="大于 1 的：这段时间里到这时为止一共这么多次。")
    transaction = models.BigIntegerField(
        "事务号", editable=False, db_default=Func(function="txid_current"), help_text="由数据库填写。"
    )

    serving_privileges: ClassVar[str] = "SELECT, INSERT"
    kept_for_days: ClassVar[int] = 184
    """So long a log of the network is kept: six months, 网络安全法 §21(3)."""

    area: ClassVar[str] = "visits"

    class Meta:
        verbose_name = "登录记录"
        verbose_name_plural = "登录记录"
        default_permissions = ("view",)
        ordering: ClassVar[Any] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.username} {self.get_what_display()}"


class Tally(models.Model):
    """How often somebody was turned away in the time that runs, at one address or in all. It is counted here so that
    not every attempt becomes a row that is kept; it goes away when its time is over."""

    key = models.CharField("地址", max_length=45, primary_key=True)
    since = models.DateTimeField("起")
    count = models.PositiveIntegerField("次数")

    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        verbose_name = "计数"
        verbose_name_plural = "计数"
        default_permissions: ClassVar[Any] = ()

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


class Sent(models.Model):
    """One form that was sent from one page, and where it led: what comes a second time is not done again
    (accounts.form_sent_twice)."""

    key = models.CharField("摘要", max_length=64, primary_key=True)
    led_to = models.TextField("去处", blank=True)
    at = models.DateTimeField("时间", default=timezone.now, db_index=True)

    serving_privileges: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        verbose_name = "已办的表单"
        verbose_name_plural = "已办的表单"
        default_permissions: ClassVar[Any] = ()

    def __str__(self) -> str:
        return self.led_to
