"""Who came, was turned away, or left: written down as it happens."""

import ipaddress
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from simple_history.models import HistoricalRecords

from accounts.models import Account, Visit


def address(request: HttpRequest | None) -> str | None:
    """Where a request comes from: behind our own proxies (settings.PROXIES), what the outermost of them saw. What a
    visitor writes there himself stands further left, and is not believed."""
    if request is None:
        return None
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if each.strip()]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        seen = forwarded[-settings.PROXIES]
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return None


def note(what: Visit.What, request: HttpRequest | None, *, username: str = "", account: Account | None = None) -> None:
    browser = str(request.META.get("HTTP_USER_AGENT", "")) if request else ""
    Visit.objects.create(
        what=what,
        username=(username or (account.username if account else "")).replace("\x00", "")[:150],
        account=account,
        address=address(request),
        browser=browser.replace("\x00", "")[:200],
    )


@receiver(user_logged_in)
def came(request: HttpRequest, user: Account, **kwargs: Any) -> None:
    note(Visit.What.CAME, request, account=user)


@receiver(user_logged_out)
def left(request: HttpRequest, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        note(Visit.What.LEFT, request, account=user)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    note(Visit.What.REFUSED, request, username=str(credentials.get("username", "")))


@receiver(user_locked_out)
def locked(request: HttpRequest, **kwargs: Any) -> None:
    """At the log-in, or where somebody who is in types the own password once more."""
    inside = request.user if isinstance(request.user, Account) else None
    note(Visit.What.LOCKED, request, username=request.POST.get("username", ""), account=inside)


@receiver(pre_save, sender=Account)
def password_changed(instance: Account, **kwargs: Any) -> None:
    """The own password, wherever it is changed; without this line the database refuses it (accounts.guards)."""
    typed = instance._password  # type: ignore[attr-defined]
    if typed is not None and not instance._state.adding and not instance.must_change_password:
        note(Visit.What.PASSWORD, getattr(HistoricalRecords.context, "request", None), account=instance)
