"""Notices of waiting work, by e-mail, where a mail server is configured. The desk says the same to whoever looks."""

import logging
from collections.abc import Callable, Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

log = logging.getLogger(__name__)


def tell(subject: str, body: str, whom: Callable[[], Iterable[Any]]) -> None:
    """A letter to the accounts that `whom` gives, once the transaction is written. One that cannot be sent stops
    nothing."""
    if settings.EMAIL_HOST:
        people = sorted({account.email for account in whom() if account.email})
        if people:
            transaction.on_commit(lambda: _send(subject, body, people))


def _send(subject: str, body: str, people: list[str]) -> None:
    try:
        EmailMessage(subject, body, bcc=people).send()
    except (OSError, SMTPException) as error:
        log.error("no notice sent: %s", error)
