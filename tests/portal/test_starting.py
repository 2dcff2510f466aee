"""Starting: what is missing is set up, what is there is left alone, and what is wrong is said in one sentence."""

import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from accounts.demo import ACCOUNTS
from tests.conftest import BASE
from wenan_qts import embedded

PYTHON = {**{k: v for k, v in os.environ.items() if k not in ("VAR", "DJANGO_SETTINGS_MODULE")}, "WEB_CONCURRENCY": "1"}


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextlib.contextmanager
def launched(var: Path, port: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "wenan_qts.launch"],
        cwd=BASE,
        env={**PYTHON, "VAR": str(var), "PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)
        embedded.stop(var / "postgres")


def wait_for(port: str, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return
        assert process.poll() is None, process.stdout and process.stdout.read()
        time.sleep(0.1)
    raise AssertionError("not served within a minute")


def left_running(var: Path) -> list[str]:
    return [
        " ".join(process.info["cmdline"] or [])
        for process in psutil.process_iter(["cmdline", "environ"])
        if str(var) in " ".join(process.info["cmdline"] or []) or (process.info["environ"] or {}).get("VAR") == str(var)
    ]


def everything(folder: Path) -> dict[str, str]:
    """Every row of every table, as text."""
    import psycopg
    from psycopg import sql

    with embedded.running(folder), psycopg.connect(embedded.urls(folder)[1]) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            table: str(
                connection.execute(sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(table))).fetchall()
            )
            for (table,) in tables
        }


def test_from_nothing_to_the_first_page_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    var, port = tmp_path / "var", free_port()
    with launched(var, port) as first:
        wait_for(port, first)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode()
        assert "清单声明 40 项，登记表实载 38 项" in page
    said = first.stdout.read() if first.stdout else ""
    for step in (
        "启动内置数据库",
        "装入 2017 年 12 月的责任清单",
        "公布 2017-12 版",
        f"http://127.0.0.1:{port}/",
        "demo-accounts.json",
        "已停止。",
    ):
        assert step in said, said
    assert first.returncode == 0
    assert left_running(var) == []

    accounts = var / "demo-accounts.json"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    passwords = json.loads(accounts.read_text())
    assert list(passwords) == list(ACCOUNTS)
    assert len(set(passwords.values())) == 6

    before = everything(var / "postgres")
    with launched(var, port) as second:
        wait_for(port, second)
        third = subprocess.run(
            [sys.executable, "-m", "wenan_qts.launch"],
            cwd=BASE,
            env={**PYTHON, "VAR": str(var), "PORT": free_port()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert third.returncode != 0
        assert "门户已经在运行" in third.stderr
    assert everything(var / "postgres") == before
    assert json.loads(accounts.read_text()) == passwords

    # Killed without a chance to stop anything: nothing serves on, and the next start repairs.
    with launched(var, port) as killed:
        wait_for(port, killed)
        killed.kill()
        killed.wait()
        time.sleep(2)
        with pytest.raises(urllib.error.URLError, match="refused"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
        with launched(var, port) as repaired:
            wait_for(port, repaired)
        assert left_running(var) == []
    assert everything(var / "postgres") == before

    # A closed terminal.
    with launched(var, port) as hung_up:
        wait_for(port, hung_up)
        hung_up.send_signal(signal.SIGHUP)
        hung_up.wait(30)
    assert left_running(var) == []


def refused(*command: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, *command], cwd=BASE, env={**PYTHON, **environment}, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
    return run.stderr.strip().splitlines()[-1]


LAUNCH = ("-m", "wenan_qts.launch")


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused(*LAUNCH, PORT=port, VAR=str(tmp_path / "var"))
    assert said == f"端口 {port} 已被占用。请换一个，例如 make run PORT=8001。"


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_one_sentence(tmp_path: Path, port: str) -> None:
    assert "PORT 应当是 1 到 65535 的数字" in refused(*LAUNCH, PORT=port, VAR=str(tmp_path / "var"))


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "不能写入数据目录" in refused(*LAUNCH, VAR=str(tmp_path / "file" / "var"))


WRONG = {
    "postgresql://nobody@127.0.0.1:1/none": "连不上数据库",
    "mysql://x/y": "要指向 PostgreSQL",
    "nonsense": "应当像 postgresql://用户:密码@主机:5432/库名",
    "postgresql://host:port/x": "应当像 postgresql://用户:密码@主机:5432/库名",
}


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_database_is_said_in_one_sentence(tmp_path: Path, url: str) -> None:
    var = str(tmp_path / "var")
    assert WRONG[url] in refused(*LAUNCH, DATABASE_URL=url, VAR=var, PORT=free_port())
    assert WRONG[url] in refused("manage.py", "migrate", DATABASE_URL=url, VAR=var)


PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "zj.example",
    "DATABASE_URL": "postgresql://h/d",
    "PRODUCTION": "1",
}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_does_not_start_without_its_settings(tmp_path: Path, missing: str) -> None:
    said = refused("manage.py", "check", VAR=str(tmp_path / "var"), **{**PRODUCTION, missing: ""})
    assert said.startswith(f"生产环境必须设置环境变量 {missing}")


def test_demonstration_accounts_are_made_in_the_embedded_database_only(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    serving, owner = embedded.urls(embedded.FOLDER, name)
    port = free_port()
    environment = {**PYTHON, "DATABASE_URL": serving, "DATABASE_OWNER_URL": owner, "PORT": port, "VAR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, *LAUNCH],
        cwd=BASE,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(port, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    from accounts.models import Account

    assert not Account.objects.exists()
    assert not (tmp_path / "demo-accounts.json").exists()
    assert embedded.is_running(embedded.FOLDER)  # somebody else's server is not ours to stop


def test_a_machine_without_apt_is_told_what_to_install(tmp_path: Path) -> None:
    for tool in ("id", "sh"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    environment = {"PATH": str(tmp_path)}
    run = subprocess.run(
        ["/bin/sh", BASE / "deploy" / "packages", "chromium"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.strip() == (
        "缺少：chromium。这台机器没有 apt-get，请用它自己的软件管理器安装同样的软件，再运行一次。"
    )


def test_a_machine_without_python_is_told_so() -> None:
    run = subprocess.run(
        ["/bin/sh", BASE / "deploy" / "python-ready", "python-that-is-not-there"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("没有找到 python-that-is-not-there。请安装 Python 3.11")
