"""Accounts are kept by 系统管理 alone, who cannot make anybody all-powerful, themselves least of all."""

from typing import Any, ClassVar

import django_otp
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import lockout, roles, second_factor
from accounts.models import Account, Visit
from history.models import WorkingRow

for model in (Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)


class ReadOnly:
    """Looked at, never changed here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AccountForm(UserChangeForm):
    def clean_groups(self) -> Any:
        """One account, one hand: who keeps accounts or audits does not work on the list as well."""
        groups = self.cleaned_data["groups"]
        if len(groups) > 1:
            raise ValidationError("一个账号只能属于一个组。要做两种工作的，请分别开账号。")
        return groups


class PasswordForm(AdminPasswordChangeForm):
    usable_password_help_text = "停用以后，这个账号的密码作废，不能再用密码登录。"  # noqa: S105 (a help text)

    def save(self, commit: bool = True) -> Any:
        account = super().save(commit=False)
        account.must_change_password = True
        if commit:
            account.save()
            lockout.lift(account.username)
        return account


@admin.register(Account)
class AccountAdmin(UserAdmin):
    form = AccountForm
    change_form_template = "admin/accounts/account/change_form.html"
    change_password_form = PasswordForm
    list_display = ["username", "name", "office", "active", "last_login"]
    list_select_related = ["office"]
    list_filter = ["is_active", "groups", "office"]
    search_fields = ["username", "last_name", "first_name"]
    ordering = ["username"]
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("姓名和股室", {"fields": ["last_name", "first_name", "office", "email"]}),
        ("权限", {"fields": ["is_active", "is_staff", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["username", "last_name", "first_name", "office", "usable_password", "password1", "password2"]},
        )
    ]
    filter_horizontal: ClassVar[Any] = []
    formfield_overrides: ClassVar[Any] = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        if not change:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        mine = path(
            "<int:pk>/second-factor/", self.admin_site.admin_view(self.take_away), name="accounts_account_second_factor"
        )
        return [mine, *super().get_urls()]

    def take_away(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: a lost phone; the account sets up a new one at the next log-in."""
        account = get_object_or_404(Account, pk=pk)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        back = redirect("admin:accounts_account_change", pk)
        if request.method != "POST":
            return back
        keeper: Any = request.user
        try:
            second_factor.take_away(account, by=keeper)
        except PermissionDenied as error:
            messages.error(request, str(error))
            return back
        self.log_change(request, account, "取消了动态码")
        messages.success(request, f"{account} 的动态码已取消，下次登录时重新设置。")
        return back

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        account = kwargs.get("obj")
        context["has_second_factor"] = account is not None and django_otp.user_has_device(account)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="姓名", ordering="last_name")
    def name(self, account: Account) -> str:
        return account.get_full_name()

    @admin.display(description="状态", ordering="is_active")
    def active(self, account: Account) -> str:
        return "在用" if account.is_active else "停用"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj and obj.is_superuser and not request.user.is_superuser:  # type: ignore[union-attr]
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = ["groups", "is_staff", "is_active"] if obj and obj.pk == request.user.pk else []
        return ["last_login", "date_joined", *own]


@admin.register(Group)
class RoleAdmin(ReadOnly, GroupAdmin):
    """The groups are a table in code (accounts/roles.py)."""

    fields = ["name", "may"]

    @admin.display(description="可以做什么")
    def may(self, group: Group) -> str:
        said = []
        for area, verbs in roles.ROLES.get(group.name, {}).items():
            said.append(f"{roles.AREAS[area]}：{'、'.join(roles.VERBS[verb] for verb in verbs)}")
        return "；".join(said) or "没有权限"


@admin.register(Visit)
class VisitAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "what", "username", "name", "address", "with_what"]
    list_select_related = ["account"]
    list_filter = ["what", "at"]
    search_fields = ["username", "address", "account__last_name", "account__first_name"]

    @admin.display(description="姓名")
    def name(self, visit: Visit) -> str:
        return visit.account.get_full_name() if visit.account else ""

    @admin.display(description="浏览器")
    def with_what(self, visit: Visit) -> str:
        return Truncator(visit.browser).chars(24)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["action_time", "user", "content_type", "what"]
    fields: ClassVar[Any] = ["action_time", "user", "content_type", "what"]
    readonly_fields = ["what"]
    list_select_related = ["user", "content_type"]
    list_filter = ["action_flag", ("content_type", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["object_repr", "user__username"]
    date_hierarchy = "action_time"

    @admin.display(description="做了什么")
    def what(self, entry: LogEntry) -> SafeString:
        """In words; of a row of the list its trail says more."""
        model: Any = entry.content_type.model_class() if entry.content_type else None
        message = _in_chinese(entry.get_change_message(), model) or entry.get_action_flag_display()
        said = f"“{entry.object_repr}”：{message}"
        if not (isinstance(model, type) and issubclass(model, WorkingRow)):
            return format_html("{}", said)
        trail = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[entry.object_id])
        return format_html('{} <a href="{}">变更记录</a>', said, trail)


def _in_chinese(message: str, model: Any) -> str:
    """Django keeps what Django's own fields are called in English, with a capital that its dictionary does not know."""
    called = {}
    for field in model._meta.concrete_fields + model._meta.many_to_many if model else ():
        with translation.override(None):
            english = capfirst(str(field.verbose_name))
        called[english] = str(field.verbose_name)
    for english in sorted(called, key=len, reverse=True):
        message = message.replace(english, called[english])
    return message
