"""What stands between the password and the desk: a password that is due, a second factor."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import user_has_device

OPEN = {
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "second-factor",
    "second-factor-setup",
    "jsi18n",
}
"""Names of pages of the admin that lead through the door."""


SEEN = "seen"
"""What a session keeps: when somebody last did something (seconds since 1970)."""
A_WHILE = 60
"""Seconds after which a session is written again, so that idleness is known to the minute."""


@receiver(user_logged_in)
def remember(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session[SEEN] = int(time.time())


def kept(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view behind the door: nobody does anything in the admin before a password that somebody else set is changed,
    and before the second factor is given by whoever has one or must. Who does nothing for a while is logged out."""

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        now = int(time.time())
        if now - request.session.get(SEEN, 0) >= A_WHILE:
            request.session[SEEN] = now
        match = request.resolver_match
        waiting = next_door(request) if match is None or match.url_name not in OPEN else ""
        if waiting:
            return redirect(f"{reverse(f'admin:{waiting}')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return behind


def next_door(request: HttpRequest) -> str:
    """The page that this person has to go through first; empty where the way is open."""
    user: Any = request.user
    if user.is_password_due:
        return "password_change"
    if user.is_verified():
        return ""
    if user_has_device(user):
        return "second-factor"
    return "second-factor-setup" if user.needs_second_factor else ""
