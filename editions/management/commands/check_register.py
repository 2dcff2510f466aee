"""manage.py check_register [FILE…]: the check-up of the working rows, of an edition, or of a list in files."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from acts.errors import Refused
from editions.checkup.checking import CheckUp, check_up
from editions.checkup.rule import LEVELS, Level
from editions.life.edition import Edition
from editions.register import interchange
from editions.register.register import Register, compose

ORDER = list(Level)


class Command(BaseCommand):
    help = "清单体检：列出像是笔误或不合要求的地方。默认检查工作数据；退出码 1 表示有达到 --fail-level 的问题没有处理。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="检查文件里的清单（YAML 或 list.json）")
        parser.add_argument("--edition", metavar="版本号", help="检查这一版，例如 2017-12")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--fail-level", choices=list(Level), default=Level.ERROR, help="默认 error")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = check_up(*self._asked(options["files"], options["edition"]))
        except (Refused, interchange.Faults) as error:
            raise CommandError(str(error)) from None
        if options["format"] == "json":
            self._as_json(found)
        else:
            self._as_text(found)
        failing = ORDER[ORDER.index(Level(options["fail_level"])) :]
        if found.errors or any(found.open(level) for level in failing):
            raise SystemExit(1)

    def _asked(self, files: list[Path], label: str | None) -> tuple[Register, Any]:
        today = timezone.localdate()
        if files and label:
            raise CommandError("文件和 --edition 只能选一个。")
        if files:
            parsed = interchange.read(files)
            day = str(parsed.edition.get("effective_on") or today)
            try:
                return parsed.register, datetime.date.fromisoformat(day)
            except ValueError:
                raise CommandError(f"施行日期“{day}”不是日期，应当像 2017-12-01。") from None
        if label:
            edition = Edition.objects.exclude(state__in=["returned", "withdrawn"]).filter(label=label).first()
            if edition is None:
                raise CommandError(f"没有 {label} 版。")
            return edition.register(), edition.effective_on
        return compose(), today

    def _as_json(self, found: CheckUp) -> None:
        self.stdout.write(json.dumps(found.dump(), ensure_ascii=False, indent=1))

    def _as_text(self, found: CheckUp) -> None:
        for judged in found.found:
            finding, ruled = judged.finding, f"（{judged.ruling}）" if judged.ruling else ""
            self.stdout.write(f"{LEVELS[finding.level]} {finding.rule} {finding.spot.named}：{finding.sentence}{ruled}")
        counted = "，".join(f"{said} {len(found.open(level))} 条" for level, said in LEVELS.items())
        self.stdout.write(f"共 {len(found.found)} 条：{counted}，已处理 {len(found.settled)} 条。")
