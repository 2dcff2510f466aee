"""What nobody needs any more is cleared away whenever somebody logs in: where nobody does, nothing piles up either."""

import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.utils import timezone

from accounts import refusal_counts
from accounts.models import Sent
from history import uploads

A_DAY = datetime.timedelta(days=1)


@receiver(user_logged_in)
def tidy(**kwargs: Any) -> None:
    """Sessions that are over, forms that nobody sends again, counts of attempts, tables that nobody confirmed."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Sent.objects.filter(at__lt=now - A_DAY).delete()
    refusal_counts.delete_expired()
    uploads.forget()
