"""Ready bytes against a hello-world of Django, on the same gunicorn with the same workers, turn by turn in one run."""

import contextlib
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from wenan_qts.env import BASE

ROUNDS, SECONDS = 5, "4s"


@contextlib.contextmanager
def gunicorn(application: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = dict(os.environ)
    if application.startswith("bench.hello"):
        environment.pop("DJANGO_SETTINGS_MODULE")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2"),
            *("--config", str(BASE / "deploy" / "gunicorn.conf.py")),
        ],
        cwd=BASE,
        env=environment,
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/"):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def load(url: str, *headers: str) -> tuple[float, float]:
    """Requests a second, and the 99th percentile in milliseconds."""
    command = ["wrk", "-t1", "-c4", f"-d{SECONDS}", "--latency", *(part for h in headers for part in ("-H", h)), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate, said
    assert tail, said
    assert "Non-2xx" not in said or headers, said
    return float(rate[1]), float(tail[1]) * {"us": 0.001, "ms": 1, "s": 1000}[tail[2]]


def measure() -> None:
    print("\nPublished pages against a middleware-less hello-world (2 workers each, wrk, median of turns)")
    with gunicorn("wenan_qts.wsgi:application") as portal, gunicorn("bench.hello:application") as hello:
        with urllib.request.urlopen(f"{portal}/duties/zz-02/") as response:
            tag = response.headers["ETag"]
        asked = {
            "item page": (f"{portal}/duties/zz-02/",),
            "item page, packed": (f"{portal}/duties/zz-02/", "Accept-Encoding: gzip"),
            "part page": (f"{portal}/duties/",),
            "304": (f"{portal}/duties/zz-02/", f"If-None-Match: {tag}"),
        }
        print(f"  {'':20} {'req/s':>8} {'hello':>8} {'ratio':>6} {'p99 ms':>8} {'hello':>8} {'ratio':>6}")
        for name, request in asked.items():
            turns = [(*load(*request), *load(f"{hello}/")) for _ in range(ROUNDS)]
            rate, tail, base, base_tail = (statistics.median(column) for column in zip(*turns, strict=True))
            ratios = f"{rate:8.0f} {base:8.0f} {rate / base:6.2f} {tail:8.2f} {base_tail:8.2f} {tail / base_tail:6.2f}"
            print(f"  {name:20} {ratios}")
