"""A stranger sends slowly, reads slowly, sends without end, and asks for what is dear; everybody else reads on."""

import asyncio
import contextlib
import http.client
import os
import resource
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.test import Client

from editions.public.taking_turns import one_at_a_time
from tests.conftest import WORKERS, own_folder, served, setting_papers
from wenan_qts import embedded, web_worker

READ = "/duties/zz-01/"
SOON = 1.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
"""Seconds in which a reader is answered, whatever strangers do; more where others use this machine too."""


def place(address: str) -> tuple[str, int]:
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)


def reads(address: str, path: str = READ) -> float:
    """Seconds until a reader has the whole page."""
    began = time.monotonic()
    with urllib.request.urlopen(address + path, timeout=20) as answer:
        assert answer.status == 200
        assert answer.read()
    return time.monotonic() - began


@contextlib.contextmanager
def connected(address: str, count: int, first: bytes = b"") -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        sockets = []
        for _ in range(count):
            each = stack.enter_context(socket.create_connection(place(address), 20))
            with contextlib.suppress(OSError):
                each.sendall(first)
            sockets.append(each)
        yield sockets


HALF_SENT = {
    "nothing": b"",
    "half a line": b"GET /dut",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-More: ",
    "half a body": b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nusername=",
    "half a chunk": b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nabc",
    "a second request": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\r\nHost: ",
}


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    from tests.conftest import own_databases

    with own_databases(django_db_blocker) as make, served(make()) as address:
        reads(address)
        yield address


@pytest.mark.parametrize("kind", HALF_SENT)
def test_half_sent_requests_keep_nobody_waiting(address: str, kind: str) -> None:
    with connected(address, 30, HALF_SENT[kind]):
        assert max(reads(address) for _ in range(10)) < SOON
        assert reads(address, "/healthz") < SOON


def test_who_sends_a_letter_at_a_time_is_cut_off(address: str) -> None:
    began = time.monotonic()
    with connected(address, 1, b"GET / HTTP/1.1\r\n") as (slow,):
        slow.settimeout(0.5)
        while time.monotonic() < began + web_worker.HEAD_SECONDS + 5:
            with contextlib.suppress(TimeoutError):
                slow.sendall(b"X")
                if slow.recv(1) == b"":
                    break
        else:
            raise AssertionError("it was never cut off")
    assert time.monotonic() - began < web_worker.HEAD_SECONDS + 3


def test_a_thousand_idle_connections_keep_nobody_waiting(address: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    try:
        with connected(address, 1000):
            assert max(reads(address) for _ in range(10)) < SOON
            assert reads(address, "/healthz") < SOON
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_who_does_not_read_the_answer_keeps_nobody_waiting(address: str) -> None:
    asked = b"GET /list.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with connected(address, 30, asked):
        assert max(reads(address) for _ in range(10)) < SOON


SENT_WITHOUT_END: dict[str, Callable[[], Iterator[bytes]]] = {
    "head": lambda: iter([b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", *[b"X-A: " + b"a" * 8000 + b"\r\n"] * 100]),
    "line": lambda: iter([b"GET /", *[b"a" * 8000] * 100]),
    "body": lambda: iter(
        [
            b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            *[b"10000\r\n" + b"a" * 0x10000 + b"\r\n"] * 800,
        ]
    ),
}


@pytest.mark.parametrize("what", SENT_WITHOUT_END)
def test_what_is_sent_without_end_is_cut_off(address: str, what: str) -> None:
    sent = 0
    with connected(address, 1) as (stranger,):
        with contextlib.suppress(OSError):
            for piece in SENT_WITHOUT_END[what]():
                stranger.sendall(piece)
                sent += len(piece)
        with contextlib.suppress(OSError):
            answer = stranger.recv(100)
            assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert sent < web_worker.LARGEST_BODY + 12 * 1024 * 1024
    assert reads(address) < SOON


def announcing(size: int) -> str:
    return f"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n"


def test_a_body_that_is_announced_too_large_is_refused_before_it_comes(address: str) -> None:
    announced = announcing(web_worker.LARGEST_BODY + 1)
    with connected(address, 1, announced.encode()) as (stranger,):
        stranger.settimeout(5)
        assert stranger.recv(100).startswith(b"HTTP/1.1 4")


def test_many_large_bodies_do_not_fill_the_memory(address: str) -> None:
    head = announcing(web_worker.LARGEST_BODY).encode()
    port = place(address)[1]
    workers = [p for p in psutil.process_iter(["cmdline"]) if f"127.0.0.1:{port}" in " ".join(p.info["cmdline"] or [])]
    with connected(address, 40, head) as strangers:
        for stranger in strangers:
            with contextlib.suppress(OSError):
                stranger.sendall(b"a" * (web_worker.LARGEST_BODY - 1))
        assert max(reads(address) for _ in range(5)) < SOON
        assert max(worker.memory_info().rss for worker in workers) < 500 * 1024 * 1024  # 40 bodies are 960 MB more


def test_a_header_with_an_underscore_does_not_pass_for_the_proxys(address: str) -> None:
    connection = http.client.HTTPConnection(*place(address), timeout=20)
    connection.request("GET", "/duties/", headers={"Content_Length": "5", "If_None_Match": "*", "X_Forwarded_For": "x"})
    assert connection.getresponse().status == 200
    connection.request("GET", "/duties/", headers={"If-None-Match": "*"})
    assert connection.getresponse().status == 304


def test_the_whole_address_in_the_first_line_means_its_path(address: str) -> None:
    connection = http.client.HTTPConnection(*place(address), timeout=20)
    connection.request("GET", f"{address}{READ}")
    answer = connection.getresponse()
    assert answer.status == 200
    assert "ZZ-01" in answer.read().decode()


@pytest.mark.parametrize("target", ["http://[::1", "http://[", "//[::1", "http://a:b@[c]:99999999/"])
def test_an_address_that_is_none_is_answered_too(address: str, target: str) -> None:
    with connected(address, 1, f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()) as (stranger,):
        stranger.settimeout(5)
        assert stranger.recv(65536).startswith(b"HTTP/1.1 ")


def test_who_asks_whether_all_is_well_goes_before_all_who_wait() -> None:
    """One worker, thirty requests that take a tenth of a second each, and then the question."""

    def slow(environ: web_worker.Environ, start_response: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] != web_worker.FIRST:
            time.sleep(0.1)
        start_response("200 OK", [])
        return [b"well"]

    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    asking = f"127.0.0.1:{listening.getsockname()[1]}"

    async def serve(until: threading.Event) -> None:
        server = web_worker.Server.of(slow)
        server.listen_at(listening)
        while not until.is_set():
            await asyncio.sleep(0.05)
        await server.finish([listening])

    done = threading.Event()
    serving = threading.Thread(target=lambda: asyncio.run(serve(done)))
    serving.start()
    try:
        with connected(f"http://{asking}", 30, b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n") as others:
            time.sleep(0.3)
            began = time.monotonic()
            with urllib.request.urlopen(f"http://{asking}{web_worker.FIRST}", timeout=20) as answer:
                assert answer.read() == b"well"
            assert time.monotonic() - began < SOON  # not three seconds
            for other in others:
                assert other.recv(100).startswith(b"HTTP/1.1 200")  # and nobody is forgotten
    finally:
        done.set()
        serving.join()
        listening.close()


def test_a_head_is_answered_without_its_page(address: str) -> None:
    with connected(address, 1, f"HEAD {READ} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()) as (reader,):
        said = b"".join(iter(lambda: reader.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("path", ["/editions/2017-12/changes/", "/duties/zz-01/history/"])
def test_who_compares_waits_for_the_other_who_compares_and_nobody_waits_for_both(citizen: Client, path: str) -> None:
    with one_at_a_time("comparing", ""):
        answer = citizen.get(path)
        assert answer.status_code == 503
        assert "请稍候" in answer.content.decode()
        assert answer["Retry-After"] == "2"
        assert citizen.get(READ).status_code == 200
    assert citizen.get(path).status_code == 200


def test_many_readers_need_no_more_of_the_database_than_there_are_workers(own_database: Any) -> None:
    name = own_database()
    with served(name) as address:
        for _ in range(30):
            reads(address, "/search/?q=%E8%AE%A1%E9%87%8F")
        with psycopg.connect(embedded.urls(embedded.FOLDER, name)[1]) as connection:
            of_the_portal = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = %s"
            (count,) = connection.execute(of_the_portal, [name, embedded.SERVING]).fetchone()
        assert 0 < count <= WORKERS + 1  # and this test's own


def test_workers_that_are_killed_come_back(own_database: Any) -> None:
    with served(own_database()) as address:
        reads(address)
        port = place(address)[1]
        (arbiter,) = [
            process
            for process in psutil.process_iter(["cmdline"])
            if f"127.0.0.1:{port}" in " ".join(process.info["cmdline"] or []) and process.ppid() == os.getpid()
        ]
        for worker in arbiter.children():
            worker.send_signal(signal.SIGKILL)
        began = time.monotonic()
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                reads(address)
                break
            assert time.monotonic() - began < 60
        assert reads(address) < SOON


def test_a_hundred_papers_asked_for_at_once_keep_nobody_waiting(own_database: Any, tmp_path: Path) -> None:
    name = own_database()
    with served(name, **own_folder(tmp_path)) as address, setting_papers(name, **own_folder(tmp_path)):
        codes = [f"/duties/zz-{n:02d}/list.pdf" for n in range(1, 11)]
        codes += [f"/supervision/jg-{n:02d}/list.pdf" for n in range(1, 16)]
        codes += [f"/services/fw-{n:02d}/list.pdf" for n in range(1, 11)]
        answers: list[bool] = []

        def ask(path: str) -> None:
            connection = http.client.HTTPConnection(*place(address), timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            content = answer.read()
            answers.append(content.startswith(b"%PDF") or "正在排版" in content.decode())

        threads = [threading.Thread(target=ask, args=(path,)) for path in codes * 3]
        for thread in threads:
            thread.start()
        slowest = max(reads(address, "/healthz") for _ in range(10))
        for thread in threads:
            thread.join()
        assert slowest < SOON
        assert answers == [True] * 105
