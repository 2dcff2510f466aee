"""Demonstration accounts: one for each group, a second officer and two more members of the committee, with random
passwords, in the embedded database only."""

import json
import secrets
from pathlib import Path

from accounts import roles
from accounts.models import Account
from accounts.requests import make_on_the_server
from offices.models import Office
from paper.files import write_whole

OFFICE = "GS-02"
"""Where the demonstration accounts work; who is head of an office is head of this one."""

ACCOUNTS = {
    "editor": ("编辑", "演示", roles.EDITOR),
    "chief": ("股长", "演示", roles.CHIEF),
    "reviewer": ("审核", "演示", roles.REVIEWER),
    "director": ("领导", "演示", roles.DIRECTOR),
    "auditor": ("审计", "演示", roles.AUDITOR),
    "sysadmin": ("管理", "演示", roles.SYSADMIN),
    "officer": ("执法", "演示", roles.OFFICER),
    "officer2": ("协办", "演示", roles.OFFICER),
    "member": ("委员", "演示", roles.MEMBER),
    "member2": ("委员乙", "演示", roles.MEMBER),
    "member3": ("委员丙", "演示", roles.MEMBER),
    "head": ("局长", "演示", roles.HEAD),
}


def make_demonstration_accounts(path: Path) -> None:
    """Make the accounts that are missing and keep their passwords in `path`, readable by its owner alone. With the
    rights of the database's owner: they are usable at once."""
    accounts = Account.objects.using("owner")
    passwords: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    there = set(accounts.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    wanted = [name for name in ACCOUNTS if name not in there or name not in passwords]
    if not wanted:
        return
    office = Office.objects.using("owner").filter(code=OFFICE).first()
    for name in wanted:
        given, family, role = ACCOUNTS[name]
        passwords[name] = secrets.token_urlsafe(12)
        account = make_on_the_server(
            name, role, passwords[name], reason="演示", last_name=family, first_name=given, office=office
        )
        account.set_password(passwords[name])  # to be tried at once: nobody has to change it first
        account.save()
    write_whole(path, json.dumps({name: passwords[name] for name in ACCOUNTS}, indent=1).encode(), mode=0o600)
