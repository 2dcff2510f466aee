"""动态码: the second factor. A phone shows six digits that change twice a minute (TOTP, RFC 6238); for a lost phone
there are recovery codes, each good for once."""

import base64
import secrets
import unicodedata
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Account, Visit
from accounts.pages import page
from accounts.visits import note_refusal, record_visit, record_visit_of

ISSUER = "责任清单管理"
CODES = 10
"""So many recovery codes are given out."""


class CodeForm(forms.Form):
    code = forms.CharField(
        label="动态码",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """However it was copied: in full width, with spaces or dashes between."""
        typed = unicodedata.normalize("NFKC", str(self.cleaned_data["code"])).lower()
        return "".join(each for each in typed if each.isalnum())


def urls(site: Any) -> list[URLPattern]:
    return [
        # /admin/second-factor/
        path("second-factor/", page(site, give), name="second-factor"),
        path("second-factor/setup/", page(site, set_up), name="second-factor-setup"),
    ]


def give(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The code of the phone, or a recovery code."""
    user: Any = request.user
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _throttled_from_now(user)
        device = django_otp.match_token(user, form.cleaned_data["code"])
        if device is not None:
            _let_in(request, device)
            record_visit_of(Visit.What.VERIFIED, request, user)
            if isinstance(device, StaticDevice):
                left = device.token_set.count()
                messages.warning(request, f"用了一个恢复码，还剩 {left} 个。手机换了，请重新设置动态码。")
            return redirect(_onward(request))
        note_refusal(Visit.What.UNVERIFIED, request, username=user.username, account=user)
        form.add_error("code", "动态码不对，或者已经用过。请看手机上现在的六位数字；连错几次要等一会儿再试。")
    context |= {"title": "输入动态码", "form": form, "next": request.GET.get("next", "")}
    return TemplateResponse(request, "admin/accounts/second_factor/give.html", context)


def _throttled_from_now(user: Account) -> None:
    """Wrong codes that were typed while a clock was ahead would keep the phone shut until that time is over."""
    now = timezone.now()
    for kind in (TOTPDevice, StaticDevice):
        ahead = kind.objects.filter(user=user, throttling_failure_timestamp__gt=now)
        ahead.update(throttling_failure_timestamp=now)


def set_up(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """A new phone: GET shows what it reads, POST proves that it shows the right digits. Who has one already does it
    with that one."""
    user: Any = request.user
    if django_otp.user_has_device(user) and not user.is_verified():
        return redirect("admin:second-factor")
    device = _unconfirmed(user, anew=request.method != "POST")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            codes = _confirmed(request, user, device)
            _let_in(request, device)
            context |= {"title": "请收好恢复码", "codes": codes, "next": _onward(request)}
            return TemplateResponse(request, "admin/accounts/second_factor/codes.html", context)
        note_refusal(Visit.What.UNVERIFIED, request, username=user.username, account=user)
        form.add_error("code", "动态码不对。请确认手机的时间准确，再输入现在的六位数字。")
    secret = base64.b32encode(device.bin_key).decode()
    context |= {
        "title": "设置动态码",
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "qr": segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=3),
        "must": user.needs_second_factor,
    }
    return TemplateResponse(request, "admin/accounts/second_factor/set_up.html", context)


def _unconfirmed(user: Account, *, anew: bool) -> TOTPDevice:
    """The phone that is being set up; anew whenever its secret is about to be shown."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=user.pk)
        started = TOTPDevice.objects.filter(user=user, confirmed=False)
        if anew:
            started.delete()
        return started.order_by("-pk").first() or TOTPDevice.objects.create(user=user, confirmed=False, name="手机")


def _let_in(request: HttpRequest, device: Any) -> None:
    """Under a new session key: whoever knows the one from before is not let in with it."""
    request.session.cycle_key()
    django_otp.login(request, device)


def _confirmed(request: HttpRequest, user: Account, device: TOTPDevice) -> list[str]:
    """The one phone from now on, and its recovery codes, which are shown this once."""
    with transaction.atomic():
        record_visit(Visit.What.SET_UP, request, account=user)
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        StaticDevice.objects.filter(user=user).delete()
        spare = StaticDevice.objects.create(user=user, name="恢复码")
        codes = [secrets.token_hex(5) for _ in range(CODES)]
        for code in codes:
            spare.token_set.create(token=code)
    return codes


def _onward(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("admin:index")
