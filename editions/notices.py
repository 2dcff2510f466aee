"""Notices of waiting work, by e-mail, where a mail server is configured. The desk says the same to whoever looks."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

if TYPE_CHECKING:
    from editions.edition import Edition

log = logging.getLogger(__name__)


def after(edition: Edition) -> None:
    """Once the act is written: tell whoever is next, and whoever it comes back to. A notice that cannot be sent stops
    nothing."""
    if settings.EMAIL_HOST:
        said = f"责任清单 {edition.label} 版：{edition.get_state_display()}"
        people = {account.email for account in waiting_for(edition) if account.email}
        if people:
            url = settings.SITE_URL + reverse("admin:editions_edition_change", args=[edition.pk])
            transaction.on_commit(lambda: _send(said, f"{edition.waits_for}\n\n{url}\n", sorted(people)))


def waiting_for(edition: Edition) -> Any:
    """The accounts that can do the next act."""
    accounts: Any = get_user_model()._default_manager
    if edition.is_under_way:
        able = accounts.with_perm(f"editions.{edition.next_role}_edition", include_superusers=False)
        return able.exclude(pk=edition.submitted_by_id)
    return accounts.filter(pk=edition.submitted_by_id, is_active=True)


def _send(subject: str, body: str, people: list[str]) -> None:
    try:
        EmailMessage(subject, body, bcc=people).send()
    except (OSError, SMTPException) as error:
        log.error("no notice sent: %s", error)
