"""Papers as tests have them: asked for, set, and read."""

from typing import Any

from django.test import Client
from django_tasks_db.models import DBTaskResult

from portal.papers import queue


def set_all_asked() -> None:
    """What the process does that sets paper, within the transaction of this test."""
    worker = queue.worker()
    for row in DBTaskResult.objects.ready():
        row.claim("test")
        worker.run_task(row)


def got(client: Client, path: str, **asked: Any) -> Any:
    """What somebody gets who asks for a PDF, and comes back when it is set."""
    answer = client.get(path, **asked)
    if answer.status_code == 503 and "正在排版" in answer.content.decode():
        set_all_asked()
        answer = client.get(path, **asked)
    return answer
