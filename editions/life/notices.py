"""Who is told of an act on an edition."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from acts.notices import tell


def after(edition: Any, by: Any) -> None:
    """Once the act is written: tell those whose turn it is, or whoever it comes back to; not who has just acted."""
    said = f"责任清单 {edition.named}：{edition.get_state_display()}"
    url = settings.SITE_URL + reverse("admin:editions_edition_change", args=[edition.pk])
    tell(said, f"{edition.waits_for}\n\n{url}\n", lambda: [each for each in turns(edition) if each.pk != by.pk])


def turns(edition: Any) -> list[Any]:
    """The accounts that can do what the edition waits for; at its end the submitter."""
    people = get_user_model()._default_manager.filter(is_active=True, is_superuser=False)
    if not edition.is_under_way:
        return list(people.filter(pk=edition.submitted_by_id or 0))
    remarks = list(edition.remarks.select_related("answer"))
    here = (edition.situation(account, remarks=remarks) for account in people.prefetch_related("groups"))
    return [each.account for each in here if edition.steps.awaited(each)]
