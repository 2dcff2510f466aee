"""Accounts are kept by 系统管理 alone, who cannot make anybody all-powerful, themselves least of all."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from accounts import roles
from accounts.models import Account

admin.site.unregister(Group)


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


@admin.register(Account)
class AccountAdmin(UserAdmin):
    form = AccountForm
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


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag", "change_message"]
    list_select_related = ["user", "content_type"]
    list_filter = ["action_flag", "content_type"]
    search_fields = ["object_repr", "user__username"]
    date_hierarchy = "action_time"
