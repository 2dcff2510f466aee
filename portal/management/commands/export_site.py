"""manage.py export_site DIR: the public site as static files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.keeping.export import NotExported, export

NOT_STATIC = "查找（/search/，原处有一页说明）、某一天的清单（/on/）、管理后台（/admin/）、健康检查（/healthz）"


class Command(BaseCommand):
    help = "把每个公布版本的全部公开页面写成静态文件，一次性替换目标目录；内容不变时文件逐字节相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        said = self.stdout.write if options["verbosity"] else lambda line: None
        try:
            count = export(folder.resolve(), said=said)
        except (NotExported, OSError) as error:
            raise CommandError(str(error)) from None
        said(f"已导出 {count} 页到 {folder}。不能做成静态文件、没有导出的：{NOT_STATIC}。")
