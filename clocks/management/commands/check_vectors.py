"""manage.py check_vectors FILE: whether the rules give what the examples say."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clocks import vectors


class Command(BaseCommand):
    help = "逐个核对例子：列出算出来和例子不同的，最后报数；退出码 1 表示有不同的。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="例子，JSON 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = vectors.check(vectors.read(options["file"]))
        except vectors.BadVectors as error:
            raise CommandError(str(error)) from None
        for difference in outcome.differing:
            for line in vectors.said(difference):
                self.stdout.write(line)
        waiting = sum(outcome.waiting.values())
        self.stdout.write(
            f"一致 {len(outcome.agreed)} 个，不同 {len(outcome.differing)} 个，规则还没有做的 {waiting} 个。"
        )
        for rule, number in sorted(outcome.waiting.items()):
            self.stdout.write(f"  {rule} {number} 个")
        if outcome.differing:
            raise SystemExit(1)
