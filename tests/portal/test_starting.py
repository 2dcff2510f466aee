"""Starting: what is missing is set up, what is there is left alone, and what is wrong is said in one sentence."""

import contextlib
import json
import os
import runpy
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
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.utils import ProgrammingError
from django_tasks_db.models import DBTaskResult
from psycopg.errors import UndefinedTable

from accounts.demo import ACCOUNTS
from tests import database
from tests.conftest import BASE, point_at
from wenan_qts import embedded, launch

PYTHON = {**{k: v for k, v in os.environ.items() if k not in ("VAR", "DJANGO_SETTINGS_MODULE")}, "WEB_CONCURRENCY": "1"}

LAUNCH = ("-m", "wenan_qts.launch")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Launched:
    """The launcher at work, and what it has said so far."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.file = folder / f"said-{time.monotonic_ns()}"
        self.output = self.file.open("w")
        self.process = subprocess.Popen(
            [sys.executable, *LAUNCH],
            cwd=BASE,
            env={**PYTHON, **environment},
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def said(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        """Until it has served a page and said so; a signal before that would meet it half-way. How long a first start
        takes is measured elsewhere (bench): on a machine that is busy beside it, more than a minute and a half."""
        for _ in range(1800):
            if "按 Ctrl-C 停止" in self.said():
                return
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())

    def stop(self, number: int = signal.SIGINT) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(60)
        self.output.close()


@contextlib.contextmanager
def launched(var: Path, port: str) -> Iterator[Launched]:
    launcher = Launched(var.parent, VAR=str(var), PORT=port)
    try:
        launcher.wait_until_ready()
        yield launcher
    finally:
        launcher.stop()
        embedded.stop(var / "postgres")


def nobody_answers(port: str) -> bool:
    """Within a while, nobody listens at that port any more."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))) != 0:
                return True
        time.sleep(0.1)
    return False


def left_running(var: Path) -> list[str]:
    return [
        " ".join(process.info["cmdline"] or [])
        for process in psutil.process_iter(["cmdline", "environ"])
        if str(var) in " ".join(process.info["cmdline"] or []) or (process.info["environ"] or {}).get("VAR") == str(var)
    ]


def paper_is_set(port: str) -> bool:
    """Within a while, the process is there that sets paper."""
    for _ in range(300):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            if json.loads(answer.read())["paper"] == "ok":
                return True
        time.sleep(0.1)
    return False


def everything(folder: Path) -> dict[str, str]:
    """Every row of every table, as text; but what waits for its paper, which is no record."""
    import psycopg
    from psycopg import sql

    with embedded.running(folder), psycopg.connect(embedded.urls(folder)[1]) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            table: str(
                connection.execute(sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(table))).fetchall()
            )
            for (table,) in tables
            if table != DBTaskResult._meta.db_table
        }


def test_from_nothing_to_the_first_page_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    var, port = tmp_path / "var", free_port()
    with launched(var, port) as first:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode()
        assert "声明 40 项 · 实载 38 项" in page
        assert paper_is_set(port)
        (setting,) = [p for p in psutil.Process(first.process.pid).children() if "set_papers" in p.cmdline()]
        setting.kill()
        setting.wait()
        assert paper_is_set(port)
        before = everything(var / "postgres")
    said = first.said()
    for step in (
        "启动内置数据库",
        "装入 2017 年 12 月的责任清单",
        "公布 2017-12 版",
        f"http://127.0.0.1:{port}/",
        "demo-accounts.json",
        "排版进程停了，五秒以后重新启动",
        "已停止。",
    ):
        assert step in said, said
    assert first.process.returncode == 0
    assert left_running(var) == []

    accounts = var / "demo-accounts.json"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    passwords = json.loads(accounts.read_text())
    assert list(passwords) == list(ACCOUNTS)
    assert len(set(passwords.values())) == len(ACCOUNTS)

    with launched(var, port) as second:
        assert refused(*LAUNCH, VAR=str(var), PORT=free_port()).startswith("门户已经在运行")
        assert everything(var / "postgres") == before
        assert json.loads(accounts.read_text()) == passwords
        # Killed without a chance to stop anything: nothing serves on, and the next start repairs.
        second.process.kill()
        second.process.wait()
        assert nobody_answers(port)
        with launched(var, port) as third:
            assert urllib.request.urlopen(f"http://127.0.0.1:{port}/").status == 200
            assert everything(var / "postgres") == before
            third.stop(signal.SIGHUP)  # a closed terminal
            assert left_running(var) == []


def refused(*command: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, *command], cwd=BASE, env={**PYTHON, **environment}, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
    return run.stderr.strip().splitlines()[-1]


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused(*LAUNCH, PORT=port, VAR=str(tmp_path / "var"))
    assert said == f"端口 {port} 已被占用。请换一个，例如 make run PORT=8001。"


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said_in_one_sentence(monkeypatch: Any, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(launch.CannotStart, match="PORT 应当是 1 到 65535 的数字"):
        launch.free_port()


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "不能写入数据目录" in refused(*LAUNCH, VAR=str(tmp_path / "file" / "var"))


NOT_AN_ADDRESS = "应当像 postgresql://用户:密码@主机:5432/库名"


@pytest.mark.parametrize(
    ("url", "said"), [("postgresql://nobody@127.0.0.1:1/none", "连不上数据库"), ("nonsense", NOT_AN_ADDRESS)]
)
def test_a_wrong_database_is_said_in_one_sentence(tmp_path: Path, url: str, said: str) -> None:
    var = str(tmp_path / "var")
    assert said in refused(*LAUNCH, DATABASE_URL=url, VAR=var, PORT=free_port())
    assert said in refused("manage.py", "migrate", DATABASE_URL=url, VAR=var)


def settings_refuse(monkeypatch: Any, **environment: str) -> str:
    """What the settings say where they are read in such an environment. That manage.py and the launcher pass a
    sentence of theirs on is seen where they are started in earnest."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(str(BASE / "wenan_qts" / "settings.py"))
    return str(refused.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [("mysql://x/y", "要指向 PostgreSQL"), ("nonsense", NOT_AN_ADDRESS), ("postgresql://host:port/x", NOT_AN_ADDRESS)],
)
def test_what_is_no_address_of_a_database_is_said_to_be_none(monkeypatch: Any, url: str, said: str) -> None:
    assert said in settings_refuse(monkeypatch, DATABASE_URL=url)


@pytest.fixture
def empty(own_database: Any) -> Iterator[str]:
    """The name of a database without tables, at which the portal is pointed."""
    name = f"nothing_yet_{database.WORKER}"
    database.drop(name)
    embedded.ensure_database(embedded.FOLDER, name)
    point_at(name)
    yield name
    point_at(database.PUBLISHED)
    database.drop(name)


def test_a_database_without_tables_is_said_in_one_sentence(empty: str, tmp_path: Path) -> None:
    serving, owner = embedded.urls(embedded.FOLDER, empty)
    own = {"DATABASE_URL": serving, "DATABASE_OWNER_URL": owner, "VAR": str(tmp_path / "var")}
    assert refused("manage.py", "verify", **own).startswith("数据库里还没有表")


@pytest.mark.parametrize("command", [["check_register"], ["verify"], ["load_dictionary"], ["export_site", "site"]])
def test_every_command_leaves_it_to_manage_py_to_say_that_there_are_no_tables(
    empty: str, tmp_path: Path, monkeypatch: Any, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises((ProgrammingError, UndefinedTable)) as refused:
        call_command(*command)
    assert isinstance(refused.value.__cause__ or refused.value, UndefinedTable)
    assert list(tmp_path.iterdir()) == []


def test_a_role_that_may_not_make_tables_is_said_in_one_sentence(empty: str, tmp_path: Path) -> None:
    serving, _ = embedded.urls(embedded.FOLDER, empty)
    said = refused(*LAUNCH, DATABASE_URL=serving, VAR=str(tmp_path / "var"), PORT=free_port())
    assert said.startswith("没有准备好数据库（")
    assert "请检查 DATABASE_OWNER_URL 的角色是不是库的属主" in said


PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "zj.example",
    "DATABASE_URL": "postgresql://h/d",
    "PRODUCTION": "1",
}


def test_production_does_not_start_without_its_settings(tmp_path: Path) -> None:
    said = refused("manage.py", "check", VAR=str(tmp_path / "var"), **PRODUCTION | {"SECRET_KEY": ""})
    assert said.startswith("生产环境必须设置环境变量 SECRET_KEY")


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_names_the_setting_that_is_missing(monkeypatch: Any, missing: str) -> None:
    said = settings_refuse(monkeypatch, **PRODUCTION | {missing: ""})
    assert said.startswith(f"生产环境必须设置环境变量 {missing}")


@pytest.mark.parametrize("roles", ["", "局领导", "局领导,系统管理", "局 领导,系统管理,审计"])
def test_production_asks_for_the_second_factor_of_those_who_must(monkeypatch: Any, roles: str) -> None:
    said = settings_refuse(monkeypatch, **PRODUCTION, SECOND_FACTOR_ROLES=roles)
    assert said.startswith("SECOND_FACTOR_ROLES 在生产环境里至少要有 主要负责人、局领导、审计、系统管理")


def test_production_is_content_with_its_settings(monkeypatch: Any) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(BASE / "wenan_qts" / "settings.py"))["SECURE_SSL_REDIRECT"] is True


def test_demonstration_accounts_are_made_in_the_embedded_database_only(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    serving, owner = embedded.urls(embedded.FOLDER, name)
    launcher = Launched(
        tmp_path, DATABASE_URL=serving, DATABASE_OWNER_URL=owner, PORT=free_port(), VAR=str(tmp_path / "var")
    )
    try:
        launcher.wait_until_ready()
    finally:
        launcher.stop()
    from accounts.models import Account

    assert not Account.objects.filter(username__in=ACCOUNTS).exists()
    assert not (tmp_path / "var" / "demo-accounts.json").exists()
    assert embedded.is_running(embedded.FOLDER)  # somebody else's server is not ours to stop


def test_a_machine_without_apt_is_told_what_to_install(tmp_path: Path) -> None:
    for tool in ("dirname", "id", "sh"):
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


APT = """#!/bin/sh
# An apt-get that finds another one at work, `busy` times, and then does what it is asked.
echo "$*" >>"$STATE/asked"
left=$(cat "$STATE/busy")
if [ "$left" -gt 0 ]; then
  echo $((left - 1)) >"$STATE/busy"
  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)" >&2
  exit 100
fi
case "$*" in
  *broken*) echo "E: Unable to locate package broken" >&2; exit 100 ;;
  *install*) touch "$STATE/installed" ;;
esac
"""
DPKG_QUERY = """#!/bin/sh
[ -e "$STATE/installed" ] && printf 'install ok installed'
"""


def installing(folder: Path, name: str, *, busy: int, wait: int) -> subprocess.CompletedProcess[str]:
    """`deploy/packages NAME` on a machine where another apt is at work for a while."""
    for tool, text in (("apt-get", APT), ("dpkg-query", DPKG_QUERY), ("id", "#!/bin/sh\necho 0\n")):
        (folder / tool).write_text(text)
        (folder / tool).chmod(0o755)
    (folder / "busy").write_text(str(busy))
    return subprocess.run(
        ["/bin/sh", BASE / "deploy" / "packages", name],
        env={"PATH": f"{folder}:{os.environ['PATH']}", "STATE": str(folder), "APT_WAIT": str(wait)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_another_apt_is_waited_for_and_it_is_said(tmp_path: Path) -> None:
    run = installing(tmp_path, "fontconfig", busy=2, wait=20)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "· 安装系统软件包：fontconfig",
        "· 另一个 apt 正在运行，等它结束（最多 20 秒）",
    ]
    assert (tmp_path / "installed").exists()


def test_an_apt_that_never_ends_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    run = installing(tmp_path, "fontconfig", busy=99, wait=2)
    assert run.returncode == 1
    assert "没有装上：fontconfig。原因见上面几行；改正以后再运行一次。" in run.stderr
    assert "Could not get lock" in run.stderr


def test_what_apt_refuses_is_not_waited_for(tmp_path: Path) -> None:
    run = installing(tmp_path, "broken", busy=0, wait=600)
    assert run.returncode == 1
    assert "另一个 apt" not in run.stdout
    assert "没有装上：broken。" in run.stderr


def test_a_machine_without_python_is_told_so() -> None:
    run = subprocess.run(
        ["/bin/sh", BASE / "deploy" / "python-ready", "python-that-is-not-there"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("没有找到 python-that-is-not-there。请安装 Python 3.11")
