"""manage.py create_keeper KEEPER AUDITOR: the first two accounts of a new installation, which make all the others."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import roles
from accounts.models import Account
from accounts.requests import make_on_the_server


class Command(BaseCommand):
    help = (
        "建立第一个系统管理账号和第一个审计账号，给两个人：以后的账号由前一个提出、后一个确认。"
        "各显示一次随机密码；已有系统管理账号时不再建立。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keeper", metavar="系统管理")
        parser.add_argument("auditor", metavar="审计")

    def handle(self, *args: Any, keeper: str, auditor: str, **options: Any) -> None:
        accounts = Account.objects.using("owner")
        if keeper == auditor:
            raise CommandError("系统管理和审计要是两个人，请写两个不同的用户名。")
        with transaction.atomic(using="owner"):
            if accounts.filter(groups__name=roles.SYSADMIN, is_active=True).exists():
                raise CommandError("已经有系统管理账号，请由它在后台开设其他账号。")
            for username in (keeper, auditor):
                if accounts.filter(username=username).exists():
                    raise CommandError(f"账号 {username} 已经存在，请换一个名字。")
            made = {keeper: roles.SYSADMIN, auditor: roles.AUDITOR}
            passwords = {username: secrets.token_urlsafe(15) for username in made}
            for username, role in made.items():
                make_on_the_server(username, role, passwords[username], reason="建站")
        for username, role in made.items():
            self.stdout.write(f"已建立{role}账号 {username}，密码：{passwords[username]}")
        self.stdout.write("密码只显示这一次，请分别交给两个人，登录后立即修改。")
