"""SCAN_COMMAND: a program of the bureau's that looks at each file before it is taken in.

It gets the path as its last argument, no shell, and nothing of what the portal knows (passwords stand in its
environment). Where nothing is set nothing is run.
"""

import logging
import os
import signal
import subprocess
from pathlib import Path

from django.conf import settings

from acts.errors import Incomplete
from paper.files import work_folder

log = logging.getLogger(__name__)

HANDED_ON = ("PATH", "HOME", "LANG")


def scan(content: bytes, folder: Path) -> None:
    """Raises Incomplete where the program refuses the file, does not end in time or cannot be run; and OSError where
    the file cannot be laid before it, in that folder."""
    if not settings.SCAN_COMMAND:
        return
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with work_folder(folder) as work:
        work.chmod(0o750)
        file = work / "file"
        file.write_bytes(content)
        file.chmod(0o640)
        status = _run(file)
    if status:
        log.warning("SCAN_COMMAND refused a file with status %s", status)
        raise Incomplete(
            "查毒程序没有放行这个文件，没有存入。请在本机查毒，换一份干净的再传；确认没有问题的，请系统管理员查看。"
        )


def _run(file: Path) -> int:
    try:
        running = subprocess.Popen(
            [*settings.SCAN_COMMAND, str(file)],
            env={name: os.environ[name] for name in HANDED_ON if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        log.error("SCAN_COMMAND cannot be run: %s", error)
        raise Incomplete("查毒程序没有运行起来，文件没有存入。请系统管理员检查 SCAN_COMMAND，再传一次。") from error
    try:
        return running.wait(settings.SCAN_SECONDS)
    except subprocess.TimeoutExpired:
        log.error("SCAN_COMMAND did not end within %s seconds", settings.SCAN_SECONDS)
        raise Incomplete(
            f"查毒程序 {settings.SCAN_SECONDS} 秒内没有查完，文件没有存入。请过一会儿再传；"
            "还是这样的，请系统管理员查看。"
        ) from None
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
