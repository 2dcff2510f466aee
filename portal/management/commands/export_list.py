"""manage.py export_list --edition 2017-12 --scope duties --out FILE: the list, or a part of it, as PDF."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from acts.errors import Refused
from editions.life.edition import Edition
from paper.faces import TypesettingUnavailable
from paper.files import write_whole
from paper.kept import NotKept
from portal.papers import printing
from portal.papers.printing import ListPaper, NoSuchScope, Scope

DRAFT = "draft"


class Command(BaseCommand):
    help = "把清单排成 PDF。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--edition", metavar="LABEL", help=f"版本，例如 2017-12；{DRAFT} 是工作数据的草稿；不写是现行版本。"
        )
        parser.add_argument(
            "--scope",
            default="whole",
            help="whole 整本（不写就是它）；duties 一部分；duties/zz-01 一项；offices/gs-02 一个股室。",
        )
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, edition: str | None, scope: str, out: Path, **options: Any) -> None:
        try:
            wanted = Scope.read(scope)
            content = printing.draft_pdf(wanted) if edition == DRAFT else self._published(edition, wanted)
            write_whole(out, content)
        except (NoSuchScope, TypesettingUnavailable, NotKept, Refused) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"写不了 {out}（{error.strerror}）。请检查文件夹在不在、有没有权限。") from None
        self.stdout.write(f"已写 {out}（{len(content) // 1024} KB），里面的永久地址以 {settings.SITE_URL} 开头。")
        if not os.environ.get("SITE_URL"):
            self.stdout.write("没有设置 SITE_URL：地址是推定的，交给别人以前请先设置。")

    def _published(self, label: str | None, scope: Scope) -> bytes:
        published = Edition.objects.published()
        found = published.filter(label=label).first() if label else published.first()
        if found is None:
            raise CommandError(f"没有公布过 {label} 版。" if label else "还没有公布的清单版本。")
        return ListPaper.of(found, scope).content()
