"""Papers that somebody waits for. They are set by a process of its own, one after the other (manage.py set_papers), so
that no reader keeps the others from reading; what is published it sets before anybody asks."""

import contextlib
import datetime
import fcntl
import itertools
import logging
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from editions.public import catalogue
from editions.public.catalogue import Catalogue
from editions.public.changes import NotCompared, against, latest
from history import locks
from paper import kept
from paper.faces import TypesettingUnavailable
from paper.files import lock_file
from paper.kept import NotKept
from portal.papers.changes_table import ChangesPaper
from portal.papers.printing import ListPaper, NoSuchScope, Paper, Scope, scopes

log = logging.getLogger(__name__)

AT_WORK = settings.VAR / f"{settings.PAPER_QUEUE}.lock"
"""Locked for as long as the process is there that sets paper."""
ASKING = locks.lock_id("portal: asking for a paper")
"""The advisory lock of whoever asks for a paper."""
MOST_WAITING = 200
SECONDS = 600
"""In which a paper has to be set."""
MOST_BREAKS = 3
"""So often a paper is tried again in whose middle the process came to its end."""
ONE_DAY = datetime.timedelta(days=1)


class PaperUnavailable(Exception):
    """A paper cannot be had now; the message is a sentence that says why."""


class OtherProgram(PaperUnavailable):
    """The process that sets paper has another program, or other faces, than the one that asked."""


class TooLong(PaperUnavailable):
    pass


READER_ERRORS = (TypesettingUnavailable, NotKept, PaperUnavailable, NoSuchScope, NotCompared)
"""Failures whose message is for people."""


@task(queue_name=settings.PAPER_QUEUE)
def typeset_paper(label: str, scope: str, other: str, key: str) -> None:
    """What is asked for, if it was not set meanwhile."""
    paper = _paper(catalogue.current(), label, scope, other)
    if paper.key != key:
        raise OtherProgram("排版进程和网页进程的程序或字体不一样，请管理员把两个都重新启动。")
    if paper.kept() is None:
        _typeset_in_child(paper)


def ask(paper: Paper) -> None:
    """Have it set: once, however many ask. Raises PaperUnavailable where it failed, or where too many wait."""
    asked: Any = DBTaskResult.objects.filter(args_kwargs__args=[*paper.asked, paper.key]).order_by("finished_at")
    if any(row.status not in FINISHED for row in asked):
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            # A row that a power cut takes away is asked for again: nobody waits for the disk while others wait for us.
            cursor.execute("SET LOCAL synchronous_commit TO off")
        locks.lock_exclusive(ASKING)
        rows = list(asked.all())
        if any(row.status not in FINISHED for row in rows):  # somebody was first
            return
        failed = [row for row in rows if row.status == TaskResultStatus.FAILED]
        if failed and timezone.now() < failed[-1].finished_at + _pause(len(failed)):
            raise PaperUnavailable(_reason(failed[-1]))
        if DBTaskResult.objects.ready().count() >= MOST_WAITING:
            raise PaperUnavailable("等着排版的 PDF 太多，请过几分钟再来。")
        if len(rows) > len(failed):  # the file was removed since
            asked.successful().delete()
        typeset_paper.enqueue(*paper.asked, paper.key)


def is_at_work() -> bool:
    """Whether the process that sets paper is there."""
    with contextlib.suppress(OSError), lock_file(AT_WORK) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@dataclass(frozen=True)
class Standing:
    """How it stands with the papers, for the staff."""

    at_work: bool
    waiting: int
    failed: list[tuple[str, str]]
    """The name of the file, and why it could not be set."""


def standing() -> Standing:
    failed = {tuple(row.args_kwargs["args"][:3]): row for row in DBTaskResult.objects.failed().order_by("finished_at")}
    named = [(_file_name(*asked), _reason(row)) for asked, row in failed.items()]
    return Standing(is_at_work(), DBTaskResult.objects.exclude(status__in=FINISHED).count(), named)


def work() -> None:
    """Set what is asked for, and what is published, until a signal says stop. Raises PaperUnavailable where another
    process does so already, NotKept where nothing can be kept."""
    os.nice(10)  # readers come first
    with _only_one():
        with kept.exclusive_folder():
            pass  # what a killed one left is removed
        DBTaskResult.objects.finished().delete()  # what failed is tried again after a start
        drop_outdated()
        setting, seen = worker(), ""
        ahead: Iterator[Paper] = iter(())
        setting.configure_signals()
        while setting.running:
            try:
                take_up_again()
                setting.run()
                if (found := catalogue.current()).fingerprint != seen:
                    seen, ahead = found.fingerprint, _papers_to_typeset(found)
                _ask_for_one(ahead)
            except (OperationalError, InterfaceError) as error:
                log.error("the database does not answer: %s", str(error).strip())
                connection.close()
                time.sleep(2)


class _EndsInOrder(Worker):
    """The library leaves at once where no paper is being set, be it in the middle of what it asks of the database,
    which then fails. This one comes to the end of that first."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if not self.running:
            super().shutdown(signum, frame)
        self.running = False


def worker() -> Worker:
    return _EndsInOrder(
        queue_names=[settings.PAPER_QUEUE],
        interval=0,
        batch=True,  # it comes back when nobody waits
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="paper",
        excluded_queue_names=[],
    )


def _ask_for_one(ahead: Iterator[Paper]) -> None:
    """The next of those that nobody has asked for yet; where there is none, wait a little."""
    paper = next(ahead, None)
    if paper is None:
        time.sleep(settings.PAPER_SECONDS)
    else:
        with contextlib.suppress(PaperUnavailable):  # it failed before
            ask(paper)


def _papers_to_typeset(seen: Catalogue) -> Iterator[Paper]:
    for paper in itertools.islice(published(seen), settings.PAPERS_AHEAD):
        try:
            if not kept.is_there(paper.key):
                yield paper
        except TypesettingUnavailable as error:
            log.error("no paper can be set: %s", error)
            return


def published(seen: Catalogue) -> Iterator[Paper]:
    """Everything that is published on paper, what is asked for most first: the latest edition, and of each edition the
    whole, the parts and the changes."""
    for edition in seen.published:
        yield from (ListPaper(edition, scope) for scope in scopes(edition.register()) if not scope.code)
        if changes := latest(seen, edition):
            yield ChangesPaper(changes)
    for edition in seen.published:
        yield from (ListPaper(edition, scope) for scope in scopes(edition.register()) if scope.code)


def _paper(seen: Catalogue, label: str, scope: str, other: str) -> Paper:
    """Raises PaperUnavailable, NoSuchScope, NotCompared."""
    edition = seen.find(label)
    if edition is None:
        raise PaperUnavailable(f"没有公布过 {label} 版。")
    return ChangesPaper(against(seen, edition, other)) if other else ListPaper.of(edition, Scope.read(scope))


def _file_name(label: str, scope: str, other: str) -> str:
    return f"changes-{other}-{label}.pdf" if other else Scope.read(scope).file_name(label)


def _typeset_in_child(paper: Paper) -> None:
    """In a process that ends with it, so that neither its memory nor its fall is ours. Raises what it raises, and
    TooLong."""
    html, key = paper.html(), paper.key
    ours, theirs = multiprocessing.Pipe(duplex=False)
    setting = multiprocessing.get_context("fork").Process(target=_typeset_child, args=(html, key, theirs), daemon=True)
    setting.start()
    theirs.close()
    try:
        if not ours.poll(SECONDS):
            raise TooLong(f"排了 {SECONDS // 60} 分钟还没有排完，已经停止。")
        failed = ours.recv()
    except EOFError:
        raise PaperUnavailable("排版进程中途断了，原因在日志里，请告诉管理员。") from None
    finally:
        setting.kill()
        setting.join()
        ours.close()
    if failed:
        raise failed


def _typeset_child(html: str, key: str, theirs: Connection) -> None:
    from paper import typesetting

    try:
        kept.keep(key, typesetting.pdf(html))
        theirs.send(None)
    except READER_ERRORS as error:
        theirs.send(error)


def take_up_again() -> None:
    """What was being set when the process came to its end."""
    for row in DBTaskResult.objects.running():
        if len(row.worker_ids) >= MOST_BREAKS:
            row.set_failed(PaperUnavailable(f"排版进程在排它的时候断了 {MOST_BREAKS} 次。"))
        else:
            row.status = TaskResultStatus.READY
            row.save(update_fields=["status"])


def drop_outdated() -> None:
    """What a program before this one asked for: whoever waits for it asks again, with the key of now."""
    seen = catalogue.current()
    for row in DBTaskResult.objects.ready():
        *asked, key = row.args_kwargs["args"]
        with contextlib.suppress(*READER_ERRORS):
            if _paper(seen, *asked).key == key:
                continue
        row.delete()


def _pause(failures: int) -> datetime.timedelta:
    """Until it is tried once more: longer each time."""
    return min(datetime.timedelta(minutes=2 ** min(failures, 12)), ONE_DAY)


def _reason(row: Any) -> str:
    """What people are told of a failure."""
    names = {f"{each.__module__}.{each.__qualname__}" for each in (*READER_ERRORS, OtherProgram, TooLong)}
    if row.exception_class_path not in names:
        return "排版出了差错，已经记在日志里，请告诉管理员。"
    return str(row.traceback).strip().splitlines()[-1].partition(": ")[2]


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    AT_WORK.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        try:
            file = held.enter_context(lock_file(AT_WORK))
        except OSError as error:
            raise PaperUnavailable(
                f"打不开 {AT_WORK}（{os.strerror(error.errno or 0)}），请管理员把它移开或改正权限。"
            ) from error
        for _ in range(20):  # who looks whether somebody is at work holds it for a moment
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.1)
        else:
            raise PaperUnavailable(f"已经有一个排版进程在运行（数据目录 {settings.VAR}）。")
        yield


FINISHED = (TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL)
