"""manage.py send_case_digest: every morning, to each whose clocks end soon or have ended."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.desk import digest


class Command(BaseCommand):
    help = "案件期限的提醒邮件：每人一封，列出即将到期和已逾期的。有没送到的，列出地址，退出码 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMAIL_HOST:
            self.stdout.write("没有设置邮件服务器（EMAIL_HOST），没有发信。")
            return
        sent, failed = 0, []
        for letter in digest.letters():
            try:
                letter.send()
            except (OSError, SMTPException) as error:
                failed.append(f"{letter.to[0]}：{error}")
            else:
                sent += 1
        self.stdout.write(f"发出 {sent} 封。")
        if failed:
            self.stderr.write("\n".join(["没有送到：", *failed]))
            raise SystemExit(1)
