"""manage.py verify: whether anything was written behind the portal's back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from editions.life.edition import Edition
from history import ledger
from portal.keeping.verifying import faults


class Command(BaseCommand):
    help = "核验：重新计算各版本的摘要、链、变更记录，核对权限、触发器和约束。每处问题一行；有问题时退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", default="", metavar="链摘要", help="PDF 末页、网页或备份时印的链摘要，应当在链里"
        )

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        found = 0
        for fault in faults(expect):
            found += 1
            self.stdout.write(fault)
        if found:
            self.stderr.write(f"核验发现 {found} 处问题。")
            raise SystemExit(1)
        if options["verbosity"]:
            head: Any = Edition.objects.last_issued()
            ends = ledger.head()
            said = f"链头：{head.label} 版 {head.chain_digest}，" if head else "还没有公布的版本，"
            self.stdout.write(f"核验没有发现问题。{said}底账第 {ends.number} 条 {ends.chain}。")
