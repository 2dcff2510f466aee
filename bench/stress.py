"""python -m bench.stress [ROUNDS]: the portal is killed in the middle of its work, again and again, and loses nothing.

Editors save and officers act on cases (bench.handling) through HTTP without a pause. In each round a worker, then all
of gunicorn, then PostgreSQL is killed (-9) while a director is issuing an edition, and started again as systemd would;
what was not acknowledged is asked for again. In the end everything that was acknowledged has to be there, once, with
its history, and `verify` has to find nothing. Then 200 readers and 5 editors use it at once for a minute. A hundred
rounds take forty minutes.
"""

import contextlib
import http.client
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

from bench import handling

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
TRIES = 200
"""So often something is asked for again while the portal is away; what is refused after that is no kill's fault."""


class Browser:
    """A browser without a face: cookies, forms, redirects."""

    password = PASSWORD

    def __init__(self, address: str, username: str) -> None:
        self.address, self.username = address, username
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: Any) -> str:
        """The page that the post leads to. Raises OSError where there was no answer, or a refusal."""
        return self.filled(path, **fields)()

    def filled(self, path: str, **fields: Any) -> Callable[[], str]:
        """The form of a page, filled in and ready to be sent."""
        form = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token, f"no form on {path}"
        data = urllib.parse.urlencode({**hidden(form), **fields, "csrfmiddlewaretoken": token[1]}, doseq=True)
        request = urllib.request.Request(self.address + path, data.encode(), {"Referer": self.address + path})

        def send() -> str:
            with self.opener.open(request, timeout=30) as answer:
                return str(answer.read().decode())

        return send

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


class Saving:
    """What editors save meanwhile, and what of it was acknowledged."""

    def __init__(self, address: str) -> None:
        self.address, self.over = address, threading.Event()
        self.acknowledged: list[tuple[str, str]] = []
        """Code of the row, and the reason under which it was saved."""
        self.failed: list[str] = []
        """What was not answered as it should be; while nothing is killed it has to be empty."""
        self.tries = itertools.count(1)

    @contextlib.contextmanager
    def by(self, editors: dict[str, str]) -> Iterator[None]:
        """Each editor saves one row, given by its code, without a pause."""
        threads = [threading.Thread(target=self.keep_on, args=each) for each in editors.items()]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def keep_on(self, username: str, code: str) -> None:
        browser = Browser(self.address, username)
        while not self.over.is_set():
            try:
                self.once(browser, code)
            except (*UNANSWERED, AssertionError) as error:
                self.failed.append(repr(error))
                time.sleep(0.05)

    def once(self, browser: Browser, code: str) -> None:
        path = service(code)
        if "id_change_reason" not in browser.get(path):
            browser.log_in()
        number = next(self.tries)
        reason = f"第 {number} 次"
        page = browser.post(path, content=f"内容 {number}", change_reason=reason, _save="保存")
        if "成功" in page:
            self.acknowledged.append((code, reason))


def service(code: str) -> str:
    return f"/admin/services/service/{int(code[-2:])}/change/"


class Issuing:
    """One edition after the other: compiled, submitted, reviewed, and issued while something is killed."""

    OWN = "FW-09"
    """The row that is changed for it; the others are being saved."""

    def __init__(self, address: str) -> None:
        self.people = {name: Browser(address, name) for name in ("editor0", "reviewer", "director")}
        self.labels = (f"{2030 + n // 12}-{n % 12 + 1:02d}" for n in itertools.count())
        self.phones = (f"0316-52{n:05d}" for n in itertools.count(10_000))
        self.acknowledged: list[str] = []
        self.struck = 0
        """How often the answer was lost on the way."""
        self.takes = 0.5
        """Seconds from sending the form to its answer, as the last one took that came through."""

    def make_ready(self) -> None:
        """An edition that waits for the director only, with the form to issue it filled in. Raises AssertionError where
        it does not come about, however often it is tried."""
        for _ in range(TRIES):
            with again():
                self._make_ready()
                return
        self._make_ready()

    def _make_ready(self) -> None:
        for browser in self.people.values():
            if "等您办的" not in browser.get("/admin/"):
                browser.log_in()
        self.label = next(self.labels)
        own, compile_ = service(self.OWN), "/admin/editions/edition/compile/"
        self.people["editor0"].post(own, phones=next(self.phones), change_reason=self.label, _save="保存")
        page = self.people["editor0"].post(
            compile_, label=self.label, kind="correction", picks=[f"services {self.OWN}"], change_note="改"
        )
        draft = re.search(r"/admin/editions/edition/compile/(\d+)/submit/", page)
        assert draft
        page = self.people["editor0"].post(draft[0], word="原清单的文字，另行更正")
        found = re.search(r"/admin/editions/edition/checkup/of/(\d+)/", page)
        assert found
        self.act = f"/admin/editions/edition/{found[1]}/do"
        self.people["reviewer"].post(f"{self.act}/reviewed/")
        self.send = self._filled()

    def _filled(self) -> Callable[[], str]:
        return self.people["director"].filled(f"{self.act}/issued/", password=PASSWORD)

    @contextlib.contextmanager
    def under_way(self) -> Iterator[None]:
        """The form is sent; what is done in here is done while it is being answered."""
        sending = threading.Thread(target=self._issue)
        sending.start()
        time.sleep(self.takes * secrets.randbelow(1000) / 1000)
        try:
            yield
        finally:
            sending.join()

    def _issue(self) -> None:
        began = time.monotonic()
        try:
            page = self.send()
        except UNANSWERED:
            self.struck += 1
            return
        assert "公布已办" in page, page
        self.takes = time.monotonic() - began
        self.acknowledged.append(self.label)

    def settle(self) -> None:
        """What was not acknowledged is asked for again, unless it was done all the same."""
        while self.label not in self.acknowledged:
            with again():
                page = self.people["director"].get(f"{self.act}/issued/")
                if "现在是“公布”" in page or "您刚才已经公布" in page:
                    return
                self.send = self._filled()
                self._issue()


UNANSWERED = (OSError, http.client.HTTPException)


@contextlib.contextmanager
def again() -> Iterator[None]:
    """What is killed in the middle of it is tried again a little later."""
    try:
        yield
    except (*UNANSWERED, AssertionError):
        time.sleep(0.05)


def prepared() -> handling.Prepared:
    """The list, published, the people who work on it, and their cases."""
    import psycopg
    from django.core.management import call_command

    from accounts.requests import make_on_the_server
    from offices.models import Office
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
    office = Office.objects.using("owner").get(code=handling.OFFICE)
    for username, role in [*people, *handling.PEOPLE.items()]:
        account = make_on_the_server(username, role, PASSWORD, reason="bench", office=office)
        account.set_password(PASSWORD)  # nobody has to change it first
        account.save()
    return handling.prepared()


def judged(saving: Saving, issuing: Issuing | None = None, cases: handling.Handling | None = None) -> list[str]:
    """What is not as it was acknowledged."""
    from django.db import connections

    from editions.life.edition import Edition
    from portal.keeping.verifying import faults
    from services.models import Service

    connections.close_all()  # ours was killed too
    wrong = [*faults(), *(cases.wrong() if cases else ())]
    reasons: dict[str, list[str]] = {}
    for code, reason in Service.history.values_list("code", "history_change_reason"):
        reasons.setdefault(code, []).append(reason)
    for code, reason in saving.acknowledged:
        if reasons[code].count(reason) != 1:
            wrong.append(f"{code} “{reason}” was acknowledged and stands {reasons[code].count(reason)} times")
    public = list(Edition.objects.issued().values_list("label", flat=True))
    issued = issuing.acknowledged if issuing else []
    return wrong + [f"{label} was issued and is public {public.count(label)} times"
                    for label in issued if public.count(label) != 1]  # fmt: skip


def killed_again_and_again(portal: Portal, rounds: int, there: handling.Prepared) -> None:
    saving, issuing = Saving(portal.address), Issuing(portal.address)
    cases = handling.Handling(lambda username: Browser(portal.address, username), there)
    kinds = {"a worker": portal.kill_a_worker, "gunicorn": portal.kill_gunicorn, "PostgreSQL": portal.kill_postgresql}
    longest = dict.fromkeys(kinds, 0.0)
    with saving.by({f"editor{n}": f"FW-{n:02d}" for n in range(1, 4)}), cases.going_on():
        for number in range(rounds):
            for what, kill in kinds.items():
                issuing.make_ready()
                with issuing.under_way():
                    began = time.monotonic()
                    kill()
                    portal.seconds_until_back()
                    longest[what] = max(longest[what], time.monotonic() - began)
                issuing.settle()
            if number % 10 == 9:
                done = f"{len(saving.acknowledged)} saves, {len(issuing.acknowledged)} issues"
                print(f"  {number + 1} rounds: {done}, {issuing.struck} answers lost", flush=True)
    wrong = judged(saving, issuing, cases)
    print(f"Killed {rounds} times each: {len(saving.acknowledged)} saves, {len(issuing.acknowledged)} issues and"
          f" {cases.count} acts on cases acknowledged, {issuing.struck} issues struck before their answer")  # fmt: skip
    print("  of the acts: " + ", ".join(f"{len(said)} {verb}" for verb, said in cases.acknowledged.items()))
    print("  back after at most " + ", ".join(f"{seconds:.1f} s ({what})" for what, seconds in longest.items()))
    print(f"  not as acknowledged, or found by verify: {len(wrong)}")
    assert not wrong, wrong[:20]
    assert all(cases.acknowledged.values()), cases.failed[-5:]
    assert max(longest.values()) <= BACK, longest


LUA = """
paths = {"/", "/duties/", "/duties/zz-05/", "/services/fw-01/", "/supervision/jg-06/", "/boundaries/",
  "/offices/gs-02/", "/search/?q=%E8%AE%A1%E9%87%8F", "/elder/services/fw-10/", "/editions/"}
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""


def used_by_many(portal: Portal) -> None:
    saving = Saving(portal.address)
    script = BASE / "var" / "stress" / "readers.lua"
    script.write_text(LUA)
    readers = ["wrk", "-t2", f"-c{READERS}", f"-d{MINUTE}s", "--timeout", "10s", "--latency", "-s", str(script)]
    with saving.by({f"editor{n}": f"FW-{n + 4:02d}" for n in range(1, EDITORS + 1)}):
        said = subprocess.run([*readers, portal.address], capture_output=True, text=True, check=True).stdout
    errors = re.findall(r"Non-2xx.*|Socket errors.*", said)
    rate, tail = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+(\S+)", said)
    assert rate, said
    assert tail, said
    failed = [*errors, *saving.failed]
    print(f"{READERS} readers and {EDITORS} editors for {MINUTE} s: {float(rate[1]):.0f} requests a second,"
          f" p99 {tail[1]}, {len(saving.acknowledged)} saves, errors: {failed or 'none'}")  # fmt: skip
    assert not failed
    assert not judged(saving)


@contextlib.contextmanager
def running() -> Iterator[tuple[Portal, handling.Prepared]]:
    from wenan_qts import embedded

    embedded.start(embedded.FOLDER)
    try:
        embedded.ensure_database(embedded.FOLDER)
        import django

        django.setup()
        there = prepared()
        portal = Portal()
        portal.seconds_until_back()
        try:
            yield portal, there
        finally:
            portal.stop()
    finally:
        embedded.stop(embedded.FOLDER)


if __name__ == "__main__":
    with running() as (started, there):
        killed_again_and_again(started, int(sys.argv[1]) if len(sys.argv) > 1 else 100, there)
        used_by_many(started)
