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

from accounts import refusal_counts
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


def throttle_key(request: HttpRequest | None) -> str:
    """The address under which attempts are counted; of IPv6 the first 64 bits: whoever has one has them all."""
    seen = address(request)
    if seen is None or ":" not in seen:
        return seen or "unknown"
    return str(ipaddress.ip_network((seen, 64), strict=False).network_address)


def record_visit(
    what: Visit.What,
    request: HttpRequest | None,
    *,
    username: str = "",
    account: Account | None = None,
    using: str = "default",
) -> None:
    browser = str(request.META.get("HTTP_USER_AGENT", "")) if request else ""
    Visit.objects.using(using).create(
        what=what,
        username=(username or (account.username if account else "")).replace("\x00", "")[:150],
        account=account,
        address=address(request),
        browser=browser.replace("\x00", "")[:200],
    )


def record_visit_of(what: Visit.What, request: HttpRequest | None, account: Account) -> None:
    """Like `record_visit`, for what somebody who knows the password may do over and over."""
    count = refusal_counts.increment(f"account {account.pk}")
    if count <= refusal_counts.LINES_AT_ONE_PLACE:
        record_visit(what, request, account=account)
    elif refusal_counts.is_kept(count, refusal_counts.LINES_AT_ONE_PLACE):
        Visit.objects.create(what=what, username=account.username, account=account, times=count)


def note_refusal(what: Visit.What, request: HttpRequest | None, *, username: str, account: Any = None) -> None:
    """Like `record_visit`, for what a stranger may do over and over: one by one while there are few, then how many
    there were, at the address or in all. What an address does whose own count is full is counted there alone: it must
    not fill the count of all, which would keep everybody out."""
    full = refusal_counts.exhausted_key(throttle_key(request))
    in_all = refusal_counts.increment(refusal_counts.EVERYWHERE) if full in ("", refusal_counts.EVERYWHERE) else 0
    here = refusal_counts.increment(throttle_key(request)) if full != refusal_counts.EVERYWHERE else 0
    if in_all > refusal_counts.LINES_IN_ALL:
        if refusal_counts.is_kept(in_all, refusal_counts.LINES_IN_ALL):
            Visit.objects.create(what=what, times=in_all)
    elif here > refusal_counts.LINES_AT_ONE_PLACE:
        if refusal_counts.is_kept(here, refusal_counts.LINES_AT_ONE_PLACE):
            Visit.objects.create(what=what, address=address(request), times=here)
    else:
        record_visit(what, request, username=username, account=account)


@receiver(user_logged_in)
def came(request: HttpRequest, user: Account, **kwargs: Any) -> None:
    record_visit_of(Visit.What.CAME, request, user)


@receiver(user_logged_out)
def left(request: HttpRequest, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        record_visit_of(Visit.What.LEFT, request, user)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    note_refusal(Visit.What.REFUSED, request, username=str(credentials.get("username", "")))


@receiver(user_locked_out)
def locked(request: HttpRequest, **kwargs: Any) -> None:
    """When it begins: at the log-in, or where somebody who is in types the own password once more."""
    if not getattr(request, "axes_failures_since_start", None):
        return  # it began before
    inside = request.user if isinstance(request.user, Account) else None
    record_visit(Visit.What.LOCKED, request, username=request.POST.get("username", ""), account=inside)


@receiver(pre_save, sender=Account)
def password_changed(instance: Account, using: str, **kwargs: Any) -> None:
    """The own password, wherever it is changed; without this line the database refuses it (accounts.guards)."""
    typed = instance._password  # type: ignore[attr-defined]
    if typed is not None and not instance._state.adding and not instance.must_change_password:
        request = getattr(HistoricalRecords.context, "request", None)
        record_visit(Visit.What.PASSWORD, request, account=instance, using=using)
