"""manage.py backup FILE: the database and the kept files in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.keeping import backup
from portal.models import ErrorReportWords


class Command(BaseCommand):
    help = "备份：数据库、留存的 PDF、案件的附件和一份清单，写进一个文件；文件里有全部数据，请按保密要求存放。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        ErrorReportWords.objects.forget_old()  # what is past its term goes into no backup
        try:
            manifest = backup.create(file)
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        for folder, left_out in manifest["left_out"].items():
            if left_out:
                names = "、".join(left_out[:5])
                self.stderr.write(f"{folder} 里有 {len(left_out)} 个不是本系统的文件（{names}），没有备份；请看看。")
        if options["verbosity"]:
            size = file.stat().st_size / 1024 / 1024
            ends = manifest["ledger"]
            self.stdout.write(
                f"已备份到 {file}（{size:.1f} MB），链头 {manifest['label']} 版 {manifest['head']}，"
                f"底账第 {ends['number']} 条 {ends['chain']}。"
            )
