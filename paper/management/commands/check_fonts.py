"""manage.py check_fonts: which faces the PDFs are set in, and what stands in for what."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paper import faces, typesetting


class Command(BaseCommand):
    help = "说明 PDF 用哪些字体：公文格式要求的每一种，用的是本机的还是代替的；不能排 PDF 时说明缺什么。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            typesetting.require_typesetting()
            for line in faces.report():
                self.stdout.write(line)
        except faces.TypesettingUnavailable as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"缺字时用：{faces.FALLBACK}。另装的字体可以放进 {faces.FOLDER}。")
