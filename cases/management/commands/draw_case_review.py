"""manage.py draw_case_review --list FILE --seed TEXT --size N: draws the files of an assessment again, from what was
made known alone."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.watching.draw import NotDrawable, digest_of, draw, list_of, place_of


class Command(BaseCommand):
    help = (
        "按名单、种子、件数抽取评查的案卷，任何人都能重算：不用数据库。先给出名单摘要，再按次序给出抽中的编号和排序值。"
    )
    requires_system_checks: Any = []
    requires_migrations_checks = False

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--list", required=True, type=Path, help="名单，一行一个编号，UTF-8")
        parser.add_argument("--seed", required=True, help="种子")
        parser.add_argument("--size", required=True, type=int, help="抽取几件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError."""
        try:
            numbers = options["list"].read_text(encoding="utf-8-sig").splitlines()
            listed = list_of(numbers)
            drawn = draw(numbers, options["seed"], options["size"])
        except OSError as error:
            raise CommandError(f"读不了名单：{error}") from error
        except UnicodeDecodeError as error:
            raise CommandError("名单不是 UTF-8 编码的文字。") from error
        except NotDrawable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"名单 {len(numbers)} 件，摘要 SHA-256 {digest_of(listed)}")
        for place, number in enumerate(drawn, start=1):
            self.stdout.write(f"{place}\t{number}\t{place_of(options['seed'], number)}")
