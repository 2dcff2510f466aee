"""What stands between the password and the desk: a password that is due, a second factor."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.form_sent_twice import once
from accounts.kept_forms import page_of_kept
from accounts.models import Account

ALWAYS = {"logout", "jsi18n"}
"""Names of pages of the admin that are open before the door."""
PAGES_OF_STEP = {
    "second-factor": {"second-factor"},
    "second-factor-setup": {"second-factor-setup"},
    "password_change": {"password_change", "password_change_done"},
}
"""For each thing that may be asked, the pages that answer it; all others wait until it is answered."""


DEVICES: tuple[Any, Any] = (TOTPDevice, StaticDevice)
SEEN = "seen"
"""What a session keeps: when somebody last did something (seconds since 1970)."""
A_WHILE = 60
"""Seconds after which a session is written again, so that idleness is known to the minute."""


class Backend(ModelBackend):
    """Whoever is in comes with what the door asks, in the one query that fetches the account at every request."""

    def get_user(self, user_id: int) -> Account | None:
        phone, spare = (Exists(kind.objects.filter(user=OuterRef("pk"), confirmed=True)) for kind in DEVICES)
        asked = Exists(Group.objects.filter(user=OuterRef("pk"), name__in=settings.SECOND_FACTOR_ROLES))
        found = Account.objects.filter(pk=user_id).annotate(has_device=phone | spare, is_in_asked_group=asked)
        account: Account | None = found.first()
        return account if account and self.user_can_authenticate(account) else None


@receiver(user_logged_in)
def remember(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session[SEEN] = int(time.time())


def behind_login_steps(
    view: Callable[..., Any], context: Callable[[HttpRequest], dict[str, Any]]
) -> Callable[..., Any]:
    """A view behind the door: nobody does anything in the admin, not even change the password, before the second
    factor is given by whoever has one or must; and nothing else before a password that is due is changed. Who does
    nothing for a while is logged out."""

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        now = int(time.time())
        if request.session.get(SEEN, 0) > now + A_WHILE:  # a clock was ahead: nobody knows how long it has been idle
            logout(request)
            return redirect(f"{reverse('admin:login')}?{urlencode({'next': request.get_full_path()})}")
        if now - request.session.get(SEEN, 0) >= A_WHILE:
            request.session[SEEN] = now
        name = request.resolver_match.url_name if request.resolver_match else ""
        waiting = pending_login_step(request) if name not in ALWAYS else ""
        if waiting and name not in PAGES_OF_STEP[waiting]:
            return redirect(f"{reverse(f'admin:{waiting}')}?{urlencode({'next': request.get_full_path()})}")
        return page_of_kept(request, context) or once(request, view, *args, **kwargs)

    return behind


def pending_login_step(request: HttpRequest) -> str:
    """The page that this person has to go through first; empty where the way is open."""
    user: Any = request.user
    if not user.is_verified():
        if user.has_device:
            return "second-factor"
        if user.is_in_asked_group or (user.is_superuser and settings.SECOND_FACTOR_ROLES):
            return "second-factor-setup"
    return "password_change" if user.is_password_due else ""
