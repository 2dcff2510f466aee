"""Notices of waiting work, by e-mail, where a mail server is configured. The desk says the same to whoever looks."""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from editions.life.turns import awaited

log = logging.getLogger(__name__)


def after(edition: Any, by: Any) -> None:
    """Once the act is written: tell those whose turn it is, or whoever it comes back to; not who has just acted."""
    said = f"责任清单 {edition.label} 版：{edition.get_state_display()}"
    url = settings.SITE_URL + reverse("admin:editions_edition_change", args=[edition.pk])
    tell(said, f"{edition.waits_for}\n\n{url}\n", lambda: [each for each in turns(edition) if each.pk != by.pk])


def turns(edition: Any) -> list[Any]:
    """The accounts that can do what the edition waits for; at its end the submitter."""
    people = get_user_model()._default_manager.filter(is_active=True, is_superuser=False)
    if not edition.is_under_way:
        return list(people.filter(pk=edition.submitted_by_id or 0))
    remarks = list(edition.remarks.select_related("answer"))
    return [account for account in people.prefetch_related("groups") if awaited(edition, account, remarks)]


def tell(subject: str, body: str, whom: Any) -> None:
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
