"""What somebody sees who typed a wrong password too often, and how the lock is taken off."""

import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import devices, refusal_counts, visits
from accounts.models import Visit

A_WHILE = datetime.timedelta(minutes=1)


def counted_at(request: HttpRequest) -> str | None:
    """The address at which a wrong password is counted."""
    return visits.throttle_key(request) if visits.address(request) else None


def locked_out(request: HttpRequest, *args: Any, everywhere: bool = False, **kwargs: Any) -> HttpResponse:
    # What was counted while a clock was ahead would lock until that time is over.
    AccessAttempt.objects.filter(attempt_time__gt=timezone.now() + A_WHILE).delete()
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    said = {"minutes": minutes, "everywhere": everywhere}
    response = render(request, "errors/locked.html", said, status=429)
    response["Retry-After"] = str(minutes * 60)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def lockout_response(request: HttpRequest) -> HttpResponse | None:
    """At the log-in, before the password is looked at: the answer where too many failed at this address, or anywhere.
    Browsers that the account was logged in with before are let through."""
    username = request.POST.get("username", "")
    if devices.is_known(request, username) or not refusal_counts.exhausted_key(visits.throttle_key(request)):
        return None
    visits.note_refusal(Visit.What.REFUSED, request, username=username)
    return locked_out(request, everywhere=True)


def is_locked() -> Exists:
    """Of each account: whether its log-in is locked at some address now."""
    of_it = Q(username=OuterRef("username")) | Q(username__startswith=Concat(OuterRef("username"), Value(" ")))
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return Exists(
        AccessAttempt.objects.filter(
            of_it, attempt_time__gt=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
        )
    )


def unlock(username: str) -> None:
    """Everywhere, also in browsers that are known (accounts.devices)."""
    AccessAttempt.objects.filter(Q(username=username) | Q(username__startswith=f"{username} ")).delete()
