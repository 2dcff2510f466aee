"""manage.py set_papers: the process that sets paper. It ends with a signal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paper.kept import NotKept
from portal.papers import queue


class Command(BaseCommand):
    help = "排版进程：排公布了的清单和有人要的 PDF，一份接一份，一直运行到收到停止的信号。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            queue.work()
        except (queue.PaperUnavailable, NotKept) as error:
            raise CommandError(str(error)) from None
