"""manage.py load_register FILE…: load the list from YAML files or from a published list.json."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editions.register import interchange


class Command(BaseCommand):
    help = "把清单（YAML 文件或公布的 list.json）装入工作数据：先全部核对，再一次写入；相同的不写。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--reason", default="", help="变更理由，记入每一条变更记录；不写时记文件名。")

    def handle(self, *args: Any, files: list[Path], reason: str, **options: Any) -> None:
        try:
            parsed = interchange.read(files)
            interchange.load(parsed, reason=reason or f"装入文件：{'、'.join(path.name for path in files)}")
        except interchange.Faults as found:
            raise CommandError(f"共 {len(found.faults)} 处问题，什么也没有写入：\n{found}") from None
        if options["verbosity"]:
            self.stdout.write(f"已装入清单条目 {parsed.register.item_count()} 项。")
