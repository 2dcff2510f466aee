"""What somebody sees who typed a wrong password too often, and how the lock is taken off."""

import datetime
import ipaddress
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.visits import address

A_WHILE = datetime.timedelta(minutes=1)


def counted_at(request: HttpRequest) -> str | None:
    """The address at which a wrong password is counted; of IPv6 the first 64 bits: whoever has one has them all."""
    seen = address(request)
    if seen is None or ":" not in seen:
        return seen
    return str(ipaddress.ip_network((seen, 64), strict=False).network_address)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    # What was counted while a clock was ahead would lock until that time is over.
    AccessAttempt.objects.filter(attempt_time__gt=timezone.now() + A_WHILE).delete()
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "errors/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def lift(username: str) -> None:
    """Everywhere, also in browsers that are known (accounts.devices)."""
    AccessAttempt.objects.filter(Q(username=username) | Q(username__startswith=f"{username} ")).delete()
