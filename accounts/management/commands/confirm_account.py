"""manage.py confirm_account NUMBER --reason WHY: what was asked for an account takes effect where nobody is left who
could confirm it. With the rights of the database's owner, and on record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import AccountRequest
from accounts.requests import RequestError


class Command(BaseCommand):
    help = "在服务器上确认一项账号变更：只在没有第二个人能确认的时候用，例如唯一的审计离职。记入账号变更。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMBER", help="账号变更的号，后台列表里有")
        parser.add_argument("--reason", required=True, help="为什么要在服务器上办")

    def handle(self, *args: Any, number: int, reason: str, **options: Any) -> None:
        asked = AccountRequest.objects.using("owner").filter(pk=number).first()
        if asked is None:
            raise CommandError(f"没有第 {number} 号账号变更。")
        try:
            second_half = asked.confirm(by=None, reason=reason)
        except RequestError as error:
            raise CommandError(str(error)) from None
        for label, before, after in asked.lines():
            self.stdout.write(f"{asked.account.username} 的{label}：{before} → {after}")
        if second_half:
            self.stdout.write(f"密码的后一半：{second_half}（前一半提出的人在后台看得到）")
