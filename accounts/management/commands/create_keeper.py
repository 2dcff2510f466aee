"""manage.py create_keeper USERNAME: the first account of a new installation, which makes all the others."""

import secrets
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import roles
from accounts.models import Account


class Command(BaseCommand):
    help = "建立第一个系统管理账号，并显示一次它的随机密码；已有系统管理账号时不再建立。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        with transaction.atomic():
            if Account.objects.filter(groups__name=roles.SYSADMIN, is_active=True).exists():
                raise CommandError("已经有系统管理账号，请由它在后台开设其他账号。")
            if Account.objects.filter(username=username).exists():
                raise CommandError(f"账号 {username} 已经存在，请换一个名字。")
            account = Account(username=username, is_staff=True)
            password = secrets.token_urlsafe(15)
            account.set_password(password, by_somebody_else=True)
            account.save()
            account.groups.set([Group.objects.get(name=roles.SYSADMIN)])
        self.stdout.write(f"已建立系统管理账号 {username}，密码：{password}\n密码只显示这一次，请登录后立即修改。")
