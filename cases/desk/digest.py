"""The letter that says which clocks of somebody's cases end soon or have ended: numbers, clocks, days and links, and
nothing of any person."""

from collections.abc import Iterator
from typing import Any

from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import Account
from cases.desk import worklist
from cases.desk.worklist import Clock
from editions.public.reading import address

MOST = 50
"""So many clocks stand in a letter; how many more there are is said."""


def letters() -> Iterator[EmailMessage]:
    """One for each person who has an e-mail address and something late or soon, by name."""
    for account in Account.objects.able("cases.view_case").exclude(email="").order_by("username"):
        if clocks := [clock for clock in worklist.clocks_of(account) if clock.is_pressing]:
            yield letter(account, clocks)


def letter(account: Any, clocks: list[Clock]) -> EmailMessage:
    counted = "，".join(f"{urgency.label} {number} 项" for urgency, number in worklist.counted(clocks) if number)
    lines = [f"您的案件期限：{counted}。", ""]
    for clock in clocks[:MOST]:
        url = address(reverse("admin:cases_case_change", args=[clock.case]))
        lines += [f"{clock.urgency.label}：案件 {clock.number}，{clock.title}，{clock.said}，{clock.left}", url, ""]
    if len(clocks) > MOST:
        lines += [f"还有 {len(clocks) - MOST} 项没有列出。", ""]
    lines.append(f"全部期限和待办：{address(reverse('admin:cases_worklist'))}")
    return EmailMessage(f"案件期限：{counted}", "\n".join(lines), to=[account.email])
