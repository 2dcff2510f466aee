"""manage.py load_standards: put the standards that the portal comes with beside those that the staff keep."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.discretion import loading


class Command(BaseCommand):
    help = "把随程序带的裁量文件、违法行为、罚则装进去：只补缺少的，工作人员改过的不动。"

    def handle(self, *args: Any, **options: Any) -> None:
        added = loading.load(loading.shipped())
        if options["verbosity"]:
            self.stdout.write(f"已补入 {added} 条。" if added else "没有缺少的。")
