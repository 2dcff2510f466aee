"""Demonstration accounts: one for each group, with random passwords, in the embedded database only."""

import json
import secrets
from pathlib import Path

from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import Account
from offices.models import Office
from wenan_qts.files import write_whole

OFFICE = "GS-02"
"""Where the demonstration accounts work; who is head of an office is head of this one."""

ACCOUNTS = {
    "editor": ("编辑", "演示", roles.EDITOR),
    "chief": ("股长", "演示", roles.CHIEF),
    "reviewer": ("审核", "演示", roles.REVIEWER),
    "director": ("领导", "演示", roles.DIRECTOR),
    "auditor": ("审计", "演示", roles.AUDITOR),
    "sysadmin": ("管理", "演示", roles.SYSADMIN),
}


def make_demonstration_accounts(path: Path) -> None:
    """Make the accounts that are missing and keep their passwords in `path`, readable by its owner alone."""
    passwords: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in ACCOUNTS if not Account.objects.filter(username=name).exists()]
    lost = [name for name in ACCOUNTS if name not in passwords and name not in missing]
    if not missing and not lost:
        return
    for name in missing + lost:
        given, family, role = ACCOUNTS[name]
        account = Account.objects.filter(username=name).first() or Account(username=name, is_staff=True)
        account.last_name, account.first_name = family, given
        account.office = Office.objects.filter(code=OFFICE).first()
        passwords[name] = secrets.token_urlsafe(12)
        account.set_password(passwords[name])
        account.save()
        account.groups.set([Group.objects.get(name=role)])
    write_whole(path, json.dumps({name: passwords[name] for name in ACCOUNTS}, indent=1).encode(), mode=0o600)
