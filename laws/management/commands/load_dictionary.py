"""manage.py load_dictionary: put the entries that the portal comes with into the dictionary of the check-up."""

from typing import Any

from django.core.management.base import BaseCommand

from laws import dictionary


class Command(BaseCommand):
    help = "把随程序带的法规词典和规范用语装进体检词典：只补缺少的，工作人员改过的不动。"

    def handle(self, *args: Any, **options: Any) -> None:
        added = dictionary.load(dictionary.read(), reason="装入随程序带的词典")
        if options["verbosity"]:
            self.stdout.write(f"已补入 {added} 条。" if added else "没有缺少的。")
