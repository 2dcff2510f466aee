"""账号变更: what an account may do, and how its owner proves who he is, is asked for by 系统管理 and takes effect when
a second person confirms it.

Nobody who keeps accounts knows a password of somebody else: one that is set anew is made of two halves, the first for
whoever asks, the second for whoever confirms. The owner of the account gets both and changes it at once.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

if TYPE_CHECKING:
    from accounts.models import Account

FIELDS = ("username", "last_name", "first_name", "email", "office", "is_staff", "is_active")
"""What of an account is changed by a confirmed request alone: accounts.guards refuses all else, and the ledger follows
it (accounts.models)."""
COLUMNS = {name: "office_id" if name == "office" else name for name in FIELDS}
GROUPS, PASSWORD, SECOND_FACTOR = "groups", "password", "second_factor"
ON_THE_SERVER = "服务器上的命令"
"""Who stands for an act without an account: somebody with the owner's rights on the machine."""
HALF = 10
"""Characters of half a password, 50 bits each."""


class RequestError(Exception):
    """Why nothing was asked for, confirmed or refused; one sentence."""


class AccountRequestQuerySet(models.QuerySet["AccountRequest"]):
    def waiting(self) -> AccountRequestQuerySet:
        return self.filter(decision=None).exclude(after={"is_active": False})

    def waiting_for(self, account: Account) -> AccountRequestQuerySet:
        """Those that this person can confirm."""
        if not account.has_perm("accounts.decide_accountrequest"):
            return self.none()
        return self.waiting().exclude(by=account).exclude(account=account)


class AccountRequest(models.Model):
    """账号变更: how an account is, how it is to be, who asks for it and why. Without a decision it changes nothing;
    only to deactivate an account needs none."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.PROTECT, related_name="requests"
    )
    before = models.JSONField("原来")
    after = models.JSONField("改成")
    reason = models.TextField("理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField("提出人姓名", max_length=200, help_text="当时的姓名，账号以后改名也不变。")
    at = models.DateTimeField("时间", default=timezone.now)

    objects: ClassVar[Any] = AccountRequestQuerySet.as_manager()
    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    area: ClassVar[str] = "requests"

    class Meta:
        verbose_name = "账号变更"
        verbose_name_plural = "账号变更"
        default_permissions: ClassVar[Any] = ("view", "decide")
        ordering: ClassVar[Any] = ["-pk"]
        constraints: ClassVar[Any] = [
            CheckConstraint(
                condition=~Q(reason=""),
                name="account_request_reason_given",
                violation_error_message="请写明理由，它会一直留着。",
            ),
            CheckConstraint(condition=~Q(after={}), name="account_request_asks_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.account}：{'、'.join(label for label, _, _ in self.lines())}"

    @property
    def is_immediate(self) -> bool:
        """To stop an account is an emergency brake: it waits for nobody."""
        return self.after == {"is_active": False}

    @property
    def is_waiting(self) -> bool:
        return not self.is_immediate and not hasattr(self, "decision")

    def may_be_confirmed_by(self, account: Account) -> bool:
        return type(self).objects.waiting_for(account).filter(pk=self.pk).exists()

    @property
    def standing(self) -> str:
        if self.is_immediate:
            return "当即生效"
        if self.is_waiting:
            return "等另一个人确认"
        return "已确认" if self.decision.accepted else "没有同意"

    def lines(self) -> list[tuple[str, str, str]]:
        """What changes, in words: what is called how, how it is, how it is to be."""
        return [
            (_label(name), _said(name, self.before.get(name)), _said(name, self.after[name])) for name in self.after
        ]

    @property
    def first_half(self) -> str:
        """Of the password that is set anew; worked out again from the key of this installation, kept nowhere."""
        digest = salted_hmac("accounts.requests", str(self.pk), algorithm="sha256").digest()
        return _half(digest)

    @classmethod
    def ask(cls, account: Account, wanted: Mapping[str, Any], *, by: Account, reason: str) -> list[AccountRequest]:
        """Ask for what differs from how the account is: one request, or two where it is to be stopped besides. Raises
        RequestError."""
        if not (by.is_active and by.has_perm("accounts.change_account")):
            raise RequestError("只有系统管理能提出账号变更。")
        if not reason.strip():
            raise RequestError("请写明理由，它会一直留着。")
        with transaction.atomic():
            account = type(account).objects.select_for_update().get(pk=account.pk)
            if account.is_superuser:
                raise RequestError("应急账号只能在服务器上变更。")
            now = state_of(account)
            differing = {name: value for name, value in wanted.items() if now.get(name) != value}
            if not differing:
                raise RequestError("没有改动，没有提出变更。")
            asked = []
            if differing.get("is_active") is False:
                if account.pk == by.pk:
                    raise RequestError("不能停用自己的账号，请另一位系统管理办理。")
                asked.append(cls._kept(account, now, {"is_active": differing.pop("is_active")}, by, reason))
                account.is_active = False
                account.save(update_fields=["is_active"])
            if differing:
                if waiting := account.requests.filter(decision=None, after=differing).first():
                    raise RequestError(f"这项变更已经提出过（第 {waiting.pk} 号），正等另一个人确认。")
                asked.append(cls._kept(account, now, differing, by, reason))
        return asked

    @classmethod
    def on_the_server(cls, account: Account, after: Mapping[str, Any], *, reason: str, password: str = "") -> None:
        """Ask and confirm at once, with the rights of whoever owns the database; `password` is the one that is set."""
        using = account._state.db or "owner"
        with transaction.atomic(using=using):
            request = cls(account=account, before=state_of(account), after=dict(after), reason=reason)
            request.by_name = ON_THE_SERVER
            request.save(using=using)
            request._decide(None, accepted=True, reason=reason)
            request._carry_out(account, password)

    @classmethod
    def _kept(cls, account: Account, now: dict[str, Any], after: dict[str, Any], by: Account, reason: str) -> Any:
        before = {name: now.get(name) for name in after}
        return cls.objects.create(
            account=account, before=before, after=after, reason=reason.strip(), by=by, by_name=by.get_short_name()
        )

    def confirm(self, *, by: Account | None, reason: str = "") -> str:
        """It takes effect. The second half of the password, where one is set anew; it is shown this once. `by` is None
        on the server. Raises RequestError."""
        using = self._state.db or "default"
        with transaction.atomic(using=using):
            account: Account = (
                type(self.account)
                ._default_manager.using(using)
                .select_for_update()
                .get(
                    pk=self.account_id  # type: ignore[attr-defined]
                )
            )
            self._must_wait(by)
            if by is not None and by.pk in (self.by_id, account.pk):  # type: ignore[attr-defined]
                raise RequestError("变更要由另一个人确认：不能是提出的人，也不能是这个账号自己。")
            now = state_of(account)
            if any(now.get(name) != value for name, value in self.before.items()):
                raise RequestError("提出以后这个账号又有变动，没有确认。请退回，按现在的情况重新提出。")
            if account.is_superuser:
                raise RequestError("应急账号只能在服务器上变更。")
            second = _half(secrets.token_bytes(HALF)) if self.after.get(PASSWORD) else ""
            self._decide(by, accepted=True, reason=reason)
            self._carry_out(account, self.first_half + second if second else "")
        return second

    def refuse(self, *, by: Account, reason: str) -> None:
        """It does not take effect; whoever asked may take it back in this way too. Raises RequestError."""
        if not reason.strip():
            raise RequestError("请写明不同意的理由。")
        with transaction.atomic():
            type(self.account).objects.select_for_update().get(pk=self.account_id)  # type: ignore[attr-defined]
            self._must_wait(by)
            self._decide(by, accepted=False, reason=reason)

    def _must_wait(self, by: Account | None) -> None:
        """Somebody who may decide, about something that nobody has decided yet."""
        if by is not None and not (by.is_active and by.has_perm("accounts.decide_accountrequest")):
            raise RequestError("只有审计和系统管理能办账号变更。")
        done = AccountDecision.objects.using(self._state.db).filter(request=self).first()
        if self.is_immediate or done is not None:
            raise RequestError("这项变更已经生效或者已经办过，没有再办。")

    def _decide(self, by: Account | None, *, accepted: bool, reason: str) -> None:
        name = by.get_short_name() if by else ON_THE_SERVER
        decision = AccountDecision(request=self, accepted=accepted, reason=reason.strip(), by=by, by_name=name)
        try:
            with transaction.atomic(using=self._state.db):
                decision.save(using=self._state.db, force_insert=True)
        except IntegrityError as error:
            raise RequestError(_in_words(error)) from error

    def _carry_out(self, account: Account, password: str) -> None:
        using = account._state.db
        for name in FIELDS:
            if name in self.after:
                setattr(account, COLUMNS[name], self.after[name])
        if password:
            account.set_password(password, by_somebody_else=True)
        account.save(using=using)
        if GROUPS in self.after:
            account.groups.set(Group.objects.using(using).filter(name__in=self.after[GROUPS]))
        if SECOND_FACTOR in self.after:
            TOTPDevice.objects.using(using).filter(user=account).delete()
            StaticDevice.objects.using(using).filter(user=account).delete()
        if PASSWORD in self.after or self.after.get("is_active"):
            from accounts import lockout

            lockout.unlock(account.username)


class AccountDecision(models.Model):
    """账号变更的确认: what a second person decided of a request."""

    request = models.OneToOneField(
        AccountRequest, verbose_name="账号变更", on_delete=models.PROTECT, related_name="decision"
    )
    accepted = models.BooleanField("同意")
    reason = models.TextField("说明", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField("确认人姓名", max_length=200, help_text="当时的姓名，账号以后改名也不变。")
    at = models.DateTimeField("时间", default=timezone.now)
    transaction = models.BigIntegerField(
        "事务号", editable=False, default=0, help_text="由数据库填写：变更和确认在同一个事务里。"
    )

    serving_privileges: ClassVar[str] = "SELECT, INSERT"

    class Meta:
        verbose_name = "账号变更的确认"
        verbose_name_plural = "账号变更的确认"
        default_permissions: ClassVar[Any] = ("view",)
        constraints: ClassVar[Any] = [
            CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""),
                name="account_refusal_reason_given",
                violation_error_message="请写明不同意的理由。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {'同意' if self.accepted else '不同意'}"


def make_on_the_server(username: str, role: str, password: str, *, reason: str, **values: Any) -> Account:
    """An account of that group that is usable at once, made with the rights of whoever owns the database: at the first
    set-up, where nobody could confirm it. One of that name is given the password and the group anew."""
    from accounts.models import Account

    with transaction.atomic(using="owner"):
        account: Account = Account.objects.using("owner").filter(username=username).first() or Account(
            username=username, is_staff=True, is_active=False
        )
        if account._state.adding:
            account.set_unusable_password()
            account.save(using="owner")
        held = {name: getattr(value, "pk", value) for name, value in values.items()}
        wanted = {"is_active": True, PASSWORD: "anew", GROUPS: [role], **held}
        AccountRequest.on_the_server(account, wanted, reason=reason, password=password)
    return account


def state_of(account: Account) -> dict[str, Any]:
    """How an account is, in the values that a request holds."""
    state: dict[str, Any] = {name: getattr(account, column) for name, column in COLUMNS.items()}
    return state | {GROUPS: sorted(group.name for group in account.groups.all())}


def confirmation_faults() -> Iterator[str]:
    """What an account is, against what was last confirmed for it; each difference is a sentence. For the auditor, and
    for `manage.py verify`: the serving role cannot make one, the owner of the tables can."""
    from accounts.models import Account

    accepted = AccountRequest.objects.filter(Q(decision__accepted=True) | Q(after={"is_active": False}))
    said: dict[int, dict[str, Any]] = {}
    for asked in accepted.order_by("pk"):
        if not isinstance(asked.after, dict):
            yield f"第 {asked.pk} 号账号变更读不出来。"
            continue
        said.setdefault(asked.account_id, {GROUPS: []}).update(asked.after)  # type: ignore[attr-defined]
    for account in Account.objects.prefetch_related("groups").order_by("username"):
        state = state_of(account)
        confirmed = said.get(account.pk, {GROUPS: []})
        for name in (*FIELDS, GROUPS):
            if name in confirmed and confirmed[name] != state[name]:
                yield f"账号 {account.username} 的“{_label(name)}”和最后一次确认的变更不符。"
    own = Q(by=F("request__by")) | Q(by=F("request__account"))
    for decision in AccountDecision.objects.filter(own, accepted=True).select_related("request").order_by("pk"):
        yield f"第 {decision.request_id} 号账号变更不是由另一个人确认的。"  # type: ignore[attr-defined]


def _half(drawn: bytes) -> str:
    return base64.b32encode(drawn).decode().lower()[:HALF]


def _label(name: str) -> str:
    from accounts.models import Account

    known = {GROUPS: "组", PASSWORD: "密码", SECOND_FACTOR: "动态码", "office": "所在股室"}
    return known.get(name) or str(Account._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(name: str, value: Any) -> str:
    from offices.models import Office

    if name == PASSWORD:
        return "另设一个，两人各拿一半，登录后先改" if value else "原来的"
    if name == SECOND_FACTOR:
        return "取消，登录后重新设置" if value else "原来的"
    if name == "office":
        return str(Office.objects.filter(pk=value).first() or "没有")
    if name == GROUPS:
        return "、".join(value or []) or "没有"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value or "（空）")


def _in_words(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(diagnosis, "sqlstate", "") == "23505":
        return "这项变更已经办过，没有再办。"
    return str(getattr(diagnosis, "message_primary", None) or error).splitlines()[0]
