"""manage.py renew_access USERNAME --reason WHY: a new password, and no second factor, for somebody who cannot get in
and for whom nobody is left to ask and to confirm. With the rights of the database's owner, and on record."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Account
from accounts.requests import PASSWORD, SECOND_FACTOR, AccountRequest


class Command(BaseCommand):
    help = "在服务器上给一个在用的账号重设密码、取消动态码：只在唯一的系统管理或审计进不来的时候用。记入账号变更。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="为什么要在服务器上办")

    def handle(self, *args: Any, username: str, reason: str, **options: Any) -> None:
        account = Account.objects.using("owner").filter(username=username, is_active=True).first()
        if account is None:
            raise CommandError(f"没有在用的账号 {username}。")
        if not reason.strip():
            raise CommandError("请写明理由，它会一直留着。")
        password = secrets.token_urlsafe(15)
        wanted = {PASSWORD: "anew", SECOND_FACTOR: "away"}
        AccountRequest.on_the_server(account, wanted, reason=reason, password=password)
        self.stdout.write(f"账号 {username} 的新密码：{password}\n只显示这一次；登录后先改，动态码重新设置。")
