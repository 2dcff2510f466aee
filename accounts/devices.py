"""Browsers in which an account was logged in before. Their wrong passwords are counted apart, so that what others type
on other machines locks nobody out of the own one (OWASP, Slow Down Online Guessing Attacks with Device Cookies)."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

KEPT = datetime.timedelta(days=400)
"""The longest that browsers keep a cookie (RFC 6265bis, 5.5)."""


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The name under which a wrong password is counted: the one that was typed, and the browser where it is known."""
    username = (credentials or request.POST).get("username")
    device = username and _known(request, username)
    return f"{username} {device}" if device else username


def is_known(request: HttpRequest, username: str) -> bool:
    return bool(username) and _known(request, username) is not None


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """After a log-in: this browser is known from now on, by a number drawn at random, signed for this account."""
    username = request.user.get_username()
    response.set_signed_cookie(
        _name(username),
        _known(request, username) or secrets.token_hex(8),
        salt=_salt(username),
        max_age=KEPT,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest, username: str) -> str | None:
    return request.get_signed_cookie(_name(username), default=None, salt=_salt(username), max_age=KEPT)


def _name(username: str) -> str:
    return f"device-{salted_hmac('accounts.devices', username).hexdigest()[:12]}"


def _salt(username: str) -> str:
    return f"accounts.devices:{username}"
