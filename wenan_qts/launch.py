"""`make run`: set up what is missing, start everything, serve; stop everything with Ctrl-C or with the terminal."""

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from paper.files import lock_file, remove_halves, write_whole
from verbatim.numerals import row_number
from wenan_qts import embedded
from wenan_qts.env import BASE, VAR

REGISTER = BASE / "fixtures" / "2017-12"
Started = dict[str, subprocess.Popen[bytes]]
WEB, PAPER = "web", "paper"
PATIENCE = {WEB: 15, PAPER: 3}
"""Seconds in which each has to stop; a paper that is being set then is set again after the next start."""
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """The portal cannot start; the message says what to do."""


class Stopped(Exception):
    """Somebody wants the portal to stop."""


def say(text: str) -> None:
    # A closed terminal must not keep the rest from stopping.
    with contextlib.suppress(OSError):
        print(text, flush=True)


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, however it dies."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def take_the_lock() -> contextlib.ExitStack:
    """One portal for each var/ folder: a second start says so instead of fighting over the database."""
    try:
        VAR.mkdir(parents=True, exist_ok=True)
        remove_halves(VAR)
        held = contextlib.ExitStack()  # until the process ends
        lock = held.enter_context(lock_file(VAR / "launch.lock"))
    except OSError:
        said = f"不能写入数据目录 {VAR}。请换一个有写权限的目录（设置环境变量 VAR），或改正它的权限。"
        raise CannotStart(said) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotStart(f"门户已经在运行（数据目录 {VAR}）。请先停止它，或用环境变量 VAR 另选数据目录。") from None
    return held


def free_port() -> int:
    asked = os.environ.get("PORT", "8000")
    port = row_number(asked) or 0
    if not 0 < port < 65536:
        raise CannotStart(f"PORT 应当是 1 到 65535 的数字，现在是“{asked}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(f"没有权限使用端口 {port}。请换一个，例如 make run PORT=8001。") from None
        except OSError:
            raise CannotStart(f"端口 {port} 已被占用。请换一个，例如 make run PORT=8001。") from None
    return port


def prepare() -> None:
    """Tables, list, first edition, accounts: each only where it is missing."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenan_qts.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from accounts.demo import make_demonstration_accounts
    from cases.demo import make_demonstration_cases
    from editions.form.frames import Cover
    from editions.life.edition import Edition

    owner: Any = connections["owner"]
    if owner.pg_version < 150000:
        raise CannotStart(f"PostgreSQL 版本是 {owner.pg_version // 10000}，需要 15 或更新的版本。")
    say("· 检查数据表（以属主身份迁移）")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    files = sorted(str(path) for path in REGISTER.glob("*.yaml"))
    if not Cover.objects.exists():
        say("· 装入 2017 年 12 月的责任清单")
        call_command("load_register", *files, reason="转录 2017 年 12 月责任清单", verbosity=0)
        call_command("load_dictionary", verbosity=0)
        call_command("load_vocabulary", verbosity=0)
        call_command("load_standards", verbosity=0)
    if not Edition.objects.exists():
        say("· 公布 2017-12 版")
        call_command("publish_edition", *files, verbosity=0)
    if settings.EMBEDDED_DATABASE:
        make_demonstration_accounts(VAR / "demo-accounts.json")
        make_demonstration_cases()
    connections.close_all()


def collect_static() -> None:
    """Collect the static files again only where one of them, or a package, has changed."""
    from django.core.management import call_command

    seen = hashlib.sha256((BASE / "requirements.lock").read_bytes())
    for path in sorted((BASE / "static").rglob("*")):
        seen.update(f"{path.relative_to(BASE)} {path.stat().st_mtime_ns if path.is_file() else 0}\n".encode())
    stamp = VAR / "static.stamp"
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        say("· 收集样式和图标")
        call_command("collectstatic", interactive=False, verbosity=0)
        write_whole(stamp, seen.hexdigest().encode())


def serve(port: int) -> subprocess.Popen[bytes]:
    workers = str(2 * (os.cpu_count() or 1) + 1)
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "wenan_qts.wsgi:application"),
            *("--config", str(BASE / "deploy" / "gunicorn.conf.py")),
            *("--bind", f"127.0.0.1:{port}", "--workers", os.environ.get("WEB_CONCURRENCY", workers)),
        ],
        cwd=BASE,
        start_new_session=True,  # a Ctrl-C goes to us alone; we stop it in order
        preexec_fn=end_with_parent,
    )


def set_papers() -> subprocess.Popen[bytes]:
    """The process that sets paper."""
    return subprocess.Popen(
        [sys.executable, str(BASE / "manage.py"), "set_papers"],
        cwd=BASE,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )


def wait_until_served(port: int, server: subprocess.Popen[bytes]) -> None:
    prefix = os.environ.get("URL_PREFIX", "").rstrip("/")
    for _ in range(300):
        if server.poll() is not None:
            raise CannotStart("网页服务没有启动，原因见上面的输出。")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"网页服务 30 秒内没有应答（http://127.0.0.1:{port}{prefix}/healthz）。")


def stop_in_order(started: Started, own_database: bool) -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    say("· 正在停止 …")
    for process in started.values():
        process.terminate()
    for name, process in started.items():
        try:
            process.wait(PATIENCE[name])
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if own_database:
        embedded.stop(embedded.FOLDER)
    say("已停止。")


def stop_for(number: int, frame: Any) -> None:
    raise Stopped


def main() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import DatabaseError, OperationalError

    end_with_parent()
    for number in STOPPING:
        signal.signal(number, stop_for)
    own_database = not os.environ.get("DATABASE_URL")
    started: Started = {}
    problem = ""
    try:
        lock = take_the_lock()
        port = free_port()
    except CannotStart as refused:
        sys.exit(str(refused))
    try:
        if own_database:
            say("· 启动内置数据库")
            embedded.start(embedded.FOLDER)
            embedded.ensure_database(embedded.FOLDER)
        prepare()
        collect_static()
        say("· 启动网页服务")
        started[WEB] = server = serve(port)
        started[PAPER] = set_papers()
        wait_until_served(port, server)
        say(f"\n责任清单：http://127.0.0.1:{port}{os.environ.get('URL_PREFIX', '').rstrip('/')}/")
        accounts = VAR / "demo-accounts.json"
        if own_database and accounts.exists():
            names = "、".join(json.loads(accounts.read_text()))
            say(f"管理后台：http://127.0.0.1:{port}{os.environ.get('URL_PREFIX', '').rstrip('/')}/admin/")
            say(f"演示账号：{names}，密码在 {shown(accounts)}")
        say("按 Ctrl-C 停止。")
        while server.poll() is None:
            if started[PAPER].poll() is not None:
                say("· 排版进程停了，五秒以后重新启动。网页照常可用。")
                time.sleep(5)
                started[PAPER] = set_papers()
            time.sleep(0.2)
        if server.returncode != 0:
            problem = "网页服务意外停止，原因见上面的输出。"
    except Stopped:
        pass
    except (CannotStart, ImproperlyConfigured, embedded.EmbeddedDatabaseError) as error:
        problem = str(error)
    except OperationalError as error:
        problem = embedded.unreachable(error)
    except (DatabaseError, CommandError) as error:
        reason = str(error).strip().splitlines()[0]
        problem = f"没有准备好数据库（{reason}）。请检查 DATABASE_OWNER_URL 的角色是不是库的属主。"
    except OSError as error:
        problem = f"不能写入数据目录 {VAR}（{error.strerror or error}）。请腾出空间或改正权限，再启动。"
    stop_in_order(started, own_database)
    lock.close()
    if problem:
        sys.exit(problem)


def shown(path: Path) -> str:
    return str(path.relative_to(BASE)) if path.is_relative_to(BASE) else str(path)


if __name__ == "__main__":
    main()
