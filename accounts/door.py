"""What stands between the password and the desk: a password that is due, a second factor."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
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


SEEN, ASKED = "seen", "second-factor"
"""What a session keeps: when somebody last did something (seconds since 1970), and whether a second factor is asked."""
A_WHILE = 60
"""Seconds after which a session is written again, so that idleness is known to the minute."""


@receiver(user_logged_in)
def remember(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """What the door asks on every page is worked out once, at the log-in."""
    request.session[SEEN] = int(time.time())
    request.session[ASKED] = user_has_device(user) or user.needs_second_factor


class AtTheDoor:
    """Nobody does anything in the admin before a password that somebody else set is changed, and before the second
    factor is given by whoever has one or must have one. Who does nothing for a while is logged out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or "admin" not in match.app_names or not request.user.is_authenticated:
            return None
        now = int(time.time())
        if now - request.session.get(SEEN, 0) >= A_WHILE:
            request.session[SEEN] = now
        waiting = next_door(request) if match.url_name not in OPEN else ""
        return (
            redirect(f"{reverse(f'admin:{waiting}')}?{urlencode({'next': request.get_full_path()})}")
            if waiting
            else None
        )


def next_door(request: HttpRequest) -> str:
    """The page that this person has to go through first; empty where the way is open."""
    user: Any = request.user
    if user.is_password_due:
        return "password_change"
    if not request.session.get(ASKED) or user.is_verified():
        return ""
    return "second-factor" if user_has_device(user) else "second-factor-setup"
