"""manage.py load_vocabulary: put the sayings that the portal comes with into the 俗称表."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.answers import loading, vocabulary


class Command(BaseCommand):
    help = "把随程序带的俗称表和首页提问装进去：只补缺少的，工作人员改过的不动。装入以后要公布才用于查找。"

    def handle(self, *args: Any, **options: Any) -> None:
        added = loading.load(vocabulary.shipped(), reason="装入随程序带的俗称表")
        if options["verbosity"]:
            self.stdout.write(f"已补入 {added} 条。" if added else "没有缺少的。")
