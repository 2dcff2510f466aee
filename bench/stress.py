"""python -m bench.stress [ROUNDS]: the portal is killed in the middle of its work, again and again, and loses nothing.

Editors save and a director issues through HTTP, without a pause. In each round a worker, then all of gunicorn, then
PostgreSQL is killed (-9), and started again as systemd would. In the end everything that was acknowledged has to be
there, with its history, and `verify` has to find nothing. Then 200 readers and 5 editors use it at once for a minute. A
hundred rounds take a quarter of an hour.
"""

import contextlib
import http.cookiejar
import itertools
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent.parent
os.environ["VAR"] = str(BASE / "var" / "stress")
os.environ["DJANGO_SETTINGS_MODULE"] = "wenan_qts.settings"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PRODUCTION", "URL_PREFIX"):
    os.environ.pop(name, None)

PASSWORD = "Stress-2026-list"  # noqa: S105 (of accounts that live as long as this script)
WORKERS = 3
BACK = 5.0
"""Seconds in which the portal has to be there again."""
READERS, EDITORS, MINUTE = 200, 5, 60


class Browser:
    """A browser without a face: cookies, forms, redirects."""

    def __init__(self, address: str, username: str) -> None:
        self.address, self.username = address, username
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: Any) -> str:
        """The page that the post leads to. Raises OSError where there was no answer, or a refusal."""
        form = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token, f"no form on {path}"
        data = urllib.parse.urlencode({**hidden(form), **fields, "csrfmiddlewaretoken": token[1]}, doseq=True)
        request = urllib.request.Request(self.address + path, data.encode(), {"Referer": self.address + path})
        with self.opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def log_in(self) -> None:
        self.post("/admin/login/?next=/admin/", username=self.username, password=PASSWORD)


def hidden(form: str) -> dict[str, str]:
    """What a form brings along unseen, and what its text fields hold."""
    tags = re.findall(r"<input[^>]*>", form)
    named = ((re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag), tag) for tag in tags)
    wanted = ("hidden", "text", "number", "date")
    return {
        name[1]: unescape(value[1]) if value else ""
        for name, value, tag in named
        if name and any(f'type="{kind}"' in tag for kind in wanted)
    } | {name: unescape(text).removeprefix("\n") for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S)}  # fmt: skip


def unescape(text: str) -> str:
    import html

    return html.unescape(text)


class Portal:
    """gunicorn and PostgreSQL, as systemd would keep them."""

    def __init__(self) -> None:
        from wenan_qts import embedded

        self.embedded = embedded
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.server = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "wenan_qts.wsgi:application", "--bind", f"127.0.0.1:{self.port}"),
                *("--workers", str(WORKERS), "--config", str(BASE / "deploy" / "gunicorn.conf.py")),
            ],
            cwd=BASE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill_a_worker(self) -> None:
        import psutil

        workers = psutil.Process(self.server.pid).children()
        secrets.choice(workers).kill()

    def kill_gunicorn(self) -> None:
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = self.start()

    def kill_postgresql(self) -> None:
        running = self.embedded._postmaster(self.embedded.FOLDER)
        assert running is not None
        process = running[0]
        family = [process, *process.children(recursive=True)]
        for each in family:
            with contextlib.suppress(Exception):
                each.kill()
        for each in family:
            with contextlib.suppress(Exception):
                each.wait(10)
        self.embedded.start(self.embedded.FOLDER)

    def seconds_until_back(self) -> float:
        """Until a page that needs the database is answered."""
        began = time.monotonic()
        while time.monotonic() - began < 60:
            with (
                contextlib.suppress(OSError, http.client.HTTPException),
                urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer,
            ):
                if answer.status == 200:
                    return time.monotonic() - began
            time.sleep(0.02)
        raise AssertionError("the portal did not come back")

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(30)


class Work:
    """What is done meanwhile, and what of it was acknowledged."""

    def __init__(self, address: str) -> None:
        self.address, self.over = address, threading.Event()
        self.saved: list[tuple[str, str]] = []
        """Code of the row, and the reason under which it was saved."""
        self.issued: list[str] = []
        self.tries = itertools.count(1)

    def keep_on(self, once: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            while not self.over.is_set():
                try:
                    once()
                except (OSError, http.client.HTTPException, AssertionError):
                    time.sleep(0.05)  # killed in the middle of it: tried again

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def saving(self, username: str, code: str) -> Callable[[], None]:
        """One editor saves one row, each time with a reason of its own."""
        browser = Browser(self.address, username)
        path = f"/admin/services/service/{int(code[-2:])}/change/"

        def once() -> None:
            if "id_change_reason" not in browser.get(path):
                browser.log_in()
            number = next(self.tries)
            reason = f"第 {number} 次"
            page = browser.post(path, content=f"内容 {number}", change_reason=reason, _save="保存")
            if "成功" in page:
                self.saved.append((code, reason))

        return once

    def issuing(self) -> Callable[[], None]:
        """An edition after the other: compiled, submitted, reviewed, issued."""
        people = {name: Browser(self.address, name) for name in ("editor0", "reviewer", "director")}
        labels = (f"{2030 + n // 12}-{n % 12 + 1:02d}" for n in itertools.count())

        def once() -> None:
            for browser in people.values():
                if "等您办的" not in browser.get("/admin/"):
                    browser.log_in()
            label = next(labels)
            compiling = people["editor0"].get("/admin/editions/edition/compile/")
            picks = re.findall(r'name="picks" value="([^"]+)"', compiling)
            page = people["editor0"].post(
                "/admin/editions/edition/compile/", label=label, kind="correction", picks=picks, change_note="改"
            )
            draft = re.search(r"/admin/editions/edition/compile/(\d+)/submit/", page)
            assert draft
            page = people["editor0"].post(draft[0], word="原清单的文字，另行更正")
            found = re.search(r"/admin/editions/edition/checkup/of/(\d+)/", page)
            assert found
            act = f"/admin/editions/edition/{found[1]}/do"
            people["reviewer"].post(f"{act}/reviewed/")
            if "公布已办" in people["director"].post(f"{act}/issued/", password=PASSWORD):
                self.issued.append(label)

        return once


def prepared() -> None:
    """The list, published, and the people who work on it."""
    import psycopg
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from accounts.models import Account
    from wenan_qts import embedded
    from wenan_qts.launch import collect_static

    files = sorted(str(path) for path in (BASE / "fixtures" / "2017-12").glob("*.yaml"))
    host = embedded.urls(embedded.FOLDER)[0].split("host=")[1]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as fresh:
        fresh.execute("DROP DATABASE IF EXISTS wenan WITH (FORCE)")
    embedded.ensure_database(embedded.FOLDER)
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_register", *files, verbosity=0)
    call_command("publish_edition", *files, verbosity=0)
    call_command("load_dictionary", verbosity=0)
    collect_static()
    people = [(f"editor{n}", "编辑") for n in range(EDITORS + 1)] + [("reviewer", "法规审核"), ("director", "局领导")]
    for username, role in people:
        account = Account(username=username, is_staff=True)
        account.set_password(PASSWORD)
        account.save()
        account.groups.set([Group.objects.get(name=role)])


def judged(work: Work) -> list[str]:
    """What is not as it was acknowledged."""
    from django.db import connections

    from editions.models import Edition
    from portal.verifying import faults
    from services.models import Service

    connections.close_all()  # ours was killed too
    wrong = list(faults())
    reasons: dict[str, list[str]] = {}
    for code, reason in Service.history.values_list("code", "history_change_reason"):
        reasons.setdefault(code, []).append(reason)
    for code, reason in work.saved:
        if reasons[code].count(reason) != 1:
            wrong.append(f"{code} “{reason}” was acknowledged and stands {reasons[code].count(reason)} times")
    public = set(Edition.objects.public().values_list("label", flat=True))
    return wrong + [f"{label} was issued and is not public" for label in work.issued if label not in public]


def killed_again_and_again(portal: Portal, rounds: int) -> None:
    work = Work(portal.address)
    threads = [work.keep_on(work.saving(f"editor{n}", f"FW-{n:02d}")) for n in range(1, 4)]
    threads.append(work.keep_on(work.issuing()))
    kinds = {"a worker": portal.kill_a_worker, "gunicorn": portal.kill_gunicorn, "PostgreSQL": portal.kill_postgresql}
    longest = dict.fromkeys(kinds, 0.0)
    try:
        for number in range(rounds):
            for what, kill in kinds.items():
                time.sleep(0.3 + secrets.randbelow(700) / 1000)
                began = time.monotonic()
                kill()
                portal.seconds_until_back()
                longest[what] = max(longest[what], time.monotonic() - began)
            if number % 10 == 9:
                print(f"  {number + 1} rounds: {len(work.saved)} saves, {len(work.issued)} issues", flush=True)
    finally:
        work.over.set()
        for thread in threads:
            thread.join()
    wrong = judged(work)
    print(f"Killed {rounds} times each: {len(work.saved)} saves and {len(work.issued)} issues acknowledged")
    print("  back after at most " + ", ".join(f"{seconds:.1f} s ({what})" for what, seconds in longest.items()))
    print(f"  not as acknowledged, or found by verify: {len(wrong)}")
    assert not wrong, wrong[:20]
    assert max(longest.values()) <= BACK, longest


LUA = """
paths = {"/", "/duties/", "/duties/zz-05/", "/services/fw-01/", "/supervision/jg-06/", "/boundaries/",
  "/offices/gs-02/", "/search/?q=%E8%AE%A1%E9%87%8F", "/elder/services/fw-10/", "/editions/"}
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""


def used_by_many(portal: Portal) -> None:
    work = Work(portal.address)
    threads = [work.keep_on(work.saving(f"editor{n}", f"FW-{n + 4:02d}")) for n in range(1, EDITORS + 1)]
    script = BASE / "var" / "stress" / "readers.lua"
    script.write_text(LUA)
    said = subprocess.run(
        ["wrk", "-t2", f"-c{READERS}", f"-d{MINUTE}s", "--timeout", "10s", "--latency", "-s", script, portal.address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    work.over.set()
    for thread in threads:
        thread.join()
    errors = re.findall(r"Non-2xx.*|Socket errors.*", said)
    rate, tail = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+(\S+)", said)
    assert rate, said
    assert tail, said
    print(f"{READERS} readers and {EDITORS} editors for {MINUTE} s: {float(rate[1]):.0f} requests a second,"
          f" p99 {tail[1]}, {len(work.saved)} saves, errors: {errors or 'none'}")  # fmt: skip
    assert not errors
    assert not judged(work)


@contextlib.contextmanager
def running() -> Iterator[Portal]:
    from wenan_qts import embedded

    embedded.start(embedded.FOLDER)
    try:
        embedded.ensure_database(embedded.FOLDER)
        import django

        django.setup()
        prepared()
        portal = Portal()
        portal.seconds_until_back()
        try:
            yield portal
        finally:
            portal.stop()
    finally:
        embedded.stop(embedded.FOLDER)


if __name__ == "__main__":
    with running() as started:
        killed_again_and_again(started, int(sys.argv[1]) if len(sys.argv) > 1 else 100)
        used_by_many(started)
