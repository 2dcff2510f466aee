"""Accounts are kept by 系统管理, who ask for what is to change; 审计 or a second 系统管理 confirms it."""

from typing import Any, ClassVar

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import lockout, roles
from accounts.models import Account, AccountRequest, Visit
from accounts.requests import FIELDS, GROUPS, PASSWORD, SECOND_FACTOR, RequestError
from history.lists import NarrowedByItsFilters, ReadOnly
from history.models import WorkingRow
from verbatim.numerals import row_number

for model in (Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)


REASON = forms.CharField(
    label="理由",
    max_length=1000,
    widget=AdminTextareaWidget(attrs={"rows": 2}),
    help_text="为什么要这样改。确认的人看得到，并一直留着。",
)


class AccountForm(forms.ModelForm):
    """How an account is to be. It is kept nowhere but in a request (accounts.requests)."""

    reason = REASON

    class Meta:
        model = Account
        fields = [*(name for name in FIELDS if name != "is_staff"), GROUPS]
        field_classes = {"username": UsernameField}
        widgets = {GROUPS: forms.CheckboxSelectMultiple}

    def clean_groups(self) -> Any:
        """One account, one hand: who keeps accounts or audits does not work on the list as well."""
        groups = self.cleaned_data["groups"]
        if len(groups) > 1:
            raise ValidationError("一个账号只能属于一个组。要做两种工作的，请分别开账号。")
        return groups

    def wanted(self) -> dict[str, Any]:
        """What was typed, in the values of a request; where a field is only looked at, nothing."""
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if "office" in values:
            values["office"] = values["office"].pk if values["office"] else None
        if GROUPS in self.cleaned_data:
            values[GROUPS] = sorted(group.name for group in self.cleaned_data[GROUPS])
            values["is_staff"] = bool(values[GROUPS])  # who has work to do here can log in
        return values


class NewAccountForm(AccountForm):
    class Meta(AccountForm.Meta):
        fields = ["username", "last_name", "first_name", "email", "office", GROUPS]

    def wanted(self) -> dict[str, Any]:
        """Whom it belongs to stands there at once; what it may do, and where letters go, whoever confirms sees."""
        values = super().wanted()
        asked = {name: values[name] for name in ("office", "email") if values[name]}
        return {GROUPS: values[GROUPS], **asked, "is_active": True, PASSWORD: "anew"}


ASKED = {
    PASSWORD: (
        "重设密码",
        "现在的密码作废，另设一个。新密码由两半组成：前一半给提出的人，后一半给确认的人，两半连起来才能登录。",
        "anew",
    ),
    SECOND_FACTOR: ("取消动态码", "手机和恢复码都丢了的，核对本人以后取消，让他登录以后重新设置。", "away"),
}
"""What is asked for beside the form: what it is called, what it does, how the request says it."""


class AskForm(forms.Form):
    reason = REASON


@admin.register(Account)
class AccountAdmin(NarrowedByItsFilters, admin.ModelAdmin):
    """Nothing here changes an account: what is sent becomes a request. Only to stop one needs nobody else."""

    form = AccountForm
    change_form_template = "admin/accounts/account/change_form.html"
    list_display = ["name", "username", "group", "office", "active", "last_login"]
    list_display_links = ["name", "username"]
    list_select_related = ["office"]
    list_filter = ["is_active", "groups", "office"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    actions = None
    fieldsets = [
        (None, {"fields": ["username"]}),
        ("姓名和股室", {"fields": ["last_name", "first_name", "office", "email"]}),
        ("权限", {"fields": ["is_active", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
        ("变更", {"fields": ["reason"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username"]}),
        ("姓名和股室", {"fields": ["last_name", "first_name", "office", "email"]}),
        ("权限", {"fields": ["groups"]}),
        ("变更", {"fields": ["reason"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        may = self.has_change_permission(request, obj)
        return self.fieldsets if may else [each for each in self.fieldsets if each[0] != "变更"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs | ({} if obj else {"form": NewAccountForm}))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The account as it is: what was typed is asked for, and nothing else happens."""
        return Account.objects.get(pk=form.instance.pk) if change else super().save_form(request, form, change)

    def save_model(self, request: Any, obj: Account, form: Any, change: bool) -> None:
        keeper: Any = request.user
        if not change:
            obj.is_active, obj.is_staff, obj.office, obj.email = False, True, None, ""
            obj.set_unusable_password()
            obj.save()
        request.asked = AccountRequest.ask(obj, form.wanted(), by=keeper, reason=form.cleaned_data["reason"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Groups are asked for too."""

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> Any:
        return f"提出了账号变更：{'、'.join(f'第 {each.pk} 号' for each in request.asked)}"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RequestError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return _redirect_with_message(request, request.asked)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        return _redirect_with_message(request, request.asked)

    def get_urls(self) -> list[URLPattern]:
        def asking(what: str) -> Any:
            return self.admin_site.admin_view(lambda request, pk: self.ask(request, pk, what))

        return [
            path("<int:pk>/password/", asking(PASSWORD), name="accounts_account_password"),
            path("<int:pk>/second-factor/", asking(SECOND_FACTOR), name="accounts_account_second_factor"),
            path("<int:pk>/unlock/", self.admin_site.admin_view(self.unlock), name="accounts_account_unlock"),
            *super().get_urls(),
        ]

    def ask(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """GET says what it does; POST asks for it."""
        account = get_object_or_404(Account, pk=pk)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        keeper: Any = request.user
        form = AskForm(request.POST if request.method == "POST" else None)
        title, does, value = ASKED[what]
        if form.is_valid():
            try:
                asked = AccountRequest.ask(account, {what: value}, by=keeper, reason=form.cleaned_data["reason"])
                return _redirect_with_message(request, asked)
            except RequestError as error:
                form.add_error(None, str(error))
        context = self.admin_site.each_context(request) | {
            "title": f"{title}：{account}",
            "label": title,
            "does": does,
            "account": account,
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/accounts/account/ask.html", context)

    def unlock(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes effect at once: it gives nobody a password, and the locked one waits."""
        account = get_object_or_404(Account, pk=pk)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        form = AskForm(request.POST if request.method == "POST" else None)
        form.fields["reason"].help_text = "记入操作日志，一直留着。"
        if form.is_valid() and not type(account).objects.filter(lockout.is_locked(), pk=pk).exists():
            messages.info(request, f"{account} 的登录没有被锁住，或者已经解锁，没有再办一次。")
            return redirect("admin:accounts_account_change", pk)
        if form.is_valid():
            lockout.unlock(account.username)
            self.log_change(request, account, f"解锁：{form.cleaned_data['reason']}")
            messages.success(request, f"{account} 的登录已解锁，可以再试。")
            return redirect("admin:accounts_account_change", pk)
        context = self.admin_site.each_context(request) | {
            "title": f"解锁：{account}",
            "label": "解锁",
            "does": "密码连错几次，登录被锁住了。请先问清是不是他本人输错的；解锁以后，他当即可以再登录，密码不变。",
            "at_once": True,
            "account": account,
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/accounts/account/ask.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        account = kwargs.get("obj")
        context["has_second_factor"] = account is not None and django_otp.user_has_device(account)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="姓名", ordering="last_name")
    def name(self, account: Account) -> str:
        return account.get_full_name()

    @admin.display(description="组")
    def group(self, account: Account) -> str:
        return "、".join(group.name for group in account.groups.all()) or "—"

    @admin.display(description="状态", ordering="is_active")
    def active(self, account: Any) -> str:
        standing = "在用" if account.is_active else "停用"
        return f"{standing}，登录被锁" if account.is_locked else standing

    def get_queryset(self, request: HttpRequest) -> Any:
        """Found by the whole name as people write it, family name first."""
        full_name = Concat("last_name", "first_name")
        accounts = super().get_queryset(request).annotate(full_name=full_name, is_locked=lockout.is_locked())
        return accounts.prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = ["groups", "is_active"] if obj and obj.pk == request.user.pk else []
        return ["last_login", "date_joined", *own]


def _redirect_with_message(request: HttpRequest, asked: list[AccountRequest]) -> HttpResponse:
    for each in asked:
        if each.is_immediate:
            messages.success(request, f"{each.account} 已停用，当即生效。")
        else:
            messages.success(request, "已提出，还没有生效：要由审计或另一位系统管理确认。请告诉他办。")
    return redirect("admin:accounts_accountrequest_change", asked[-1].pk)


class DecideForm(forms.Form):
    reason = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="不同意的，必须写明理由。",
    )


class StandingFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "等另一个人确认"), ("accepted", "已确认"), ("refused", "没有同意")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "accepted":
                return queryset.filter(decision__accepted=True)
            case "refused":
                return queryset.filter(decision__accepted=False)
        return queryset


@admin.register(AccountRequest)
class AccountRequestAdmin(ReadOnly, admin.ModelAdmin):
    """Who asked for what, for whom and why, and who decided: all of it for 审计, in words."""

    list_display = ["number", "at", "account", "what", "reason", "by_name", "stands", "decided_by"]
    list_select_related = ["account", "decision"]
    list_filter = [StandingFilter, "at"]
    search_fields = ["account__username", "account__last_name", "account__first_name", "by_name", "reason"]

    def get_urls(self) -> list[Any]:
        refuse = self.admin_site.admin_view(self.refuse_view)
        # /admin/accounts/accountrequest/7/refuse/
        return [path("<int:pk>/refuse/", refuse, name="accounts_accountrequest_refuse"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Exactly what changes for whom; whoever may decide of it confirms it here."""
        asked, form = self._to_decide(request, row_number(object_id) or 0)
        person: Any = request.user
        second_half = ""
        if form.is_valid():
            try:
                second_half = asked.confirm(by=person, reason=form.cleaned_data["reason"])
                messages.success(request, "已确认，变更已经生效。")
                if not second_half:
                    return redirect(request.path)
            except RequestError as error:
                messages.error(request, str(error))
        return self._shown(request, asked, form, second_half)

    def refuse_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked, form = self._to_decide(request, pk)
        person: Any = request.user
        if form.is_valid():
            try:
                asked.refuse(by=person, reason=form.cleaned_data["reason"])
                messages.success(request, "已记下：不同意，账号没有变。")
                return redirect("admin:accounts_accountrequest_change", pk)
            except RequestError as error:
                messages.error(request, str(error))
        return self._shown(request, asked, form)

    def _to_decide(self, request: HttpRequest, pk: int) -> tuple[AccountRequest, DecideForm]:
        """The request for an account, and what was posted on it. Raises Http404, PermissionDenied."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method == "POST" and not request.user.has_perm("accounts.decide_accountrequest"):
            raise PermissionDenied
        return asked, DecideForm(request.POST if request.method == "POST" else None)

    def _shown(
        self, request: HttpRequest, asked: AccountRequest, form: DecideForm, second_half: str = ""
    ) -> HttpResponse:
        person: Any = request.user
        asked = self.get_queryset(request).get(pk=asked.pk)
        context = self.admin_site.each_context(request) | {
            "title": f"账号变更第 {asked.pk} 号：{asked.account}",
            "opts": self.opts,
            "asked": asked,
            "form": form,
            "may_confirm": asked.may_be_confirmed_by(person),
            "may_refuse": asked.is_waiting and person.has_perm("accounts.decide_accountrequest"),
            "first_half": asked.first_half if PASSWORD in asked.after and asked.by_id == person.pk else "",
            "second_half": second_half,
        }
        return TemplateResponse(request, "admin/accounts/request.html", context)

    @admin.display(description="号", ordering="pk")
    def number(self, asked: AccountRequest) -> int:
        return asked.pk

    @admin.display(description="改什么")
    def what(self, asked: AccountRequest) -> str:
        return "；".join(f"{label}：{before} → {after}" for label, before, after in asked.lines())

    @admin.display(description="状态")
    def stands(self, asked: AccountRequest) -> str:
        return asked.standing

    @admin.display(description="办的人", empty_value="")
    def decided_by(self, asked: AccountRequest) -> str | None:
        return asked.decision.by_name if hasattr(asked, "decision") else None


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
    list_display = ["at", "what", "times", "username", "name", "address", "with_what"]
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
