"""manage.py restore FILE: a backup into the empty database that the settings name, and everything verified."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from history.ledger import Head
from portal.keeping import backup, verifying


class Command(BaseCommand):
    help = "恢复：把备份装进 DATABASE_URL 指向的空库，然后核验。库里有表时不恢复。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--from-elsewhere", action="store_true", help="备份是用另一个 SECRET_KEY 签的，而且确知它从哪里来"
        )

    def handle(self, *args: Any, file: Path, from_elsewhere: bool, **options: Any) -> None:
        try:
            manifest = backup.restore(file, from_elsewhere=from_elsewhere)
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        if found := list(verifying.faults(manifest["head"], ends=Head(**manifest["ledger"]))):
            raise CommandError("已恢复，但核验发现问题：\n" + "\n".join(found))
        if options["verbosity"]:
            self.stdout.write(f"已恢复 {manifest['made_at']} 的备份，核验没有发现问题。")
