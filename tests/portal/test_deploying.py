"""The keeper of the machine sets the portal up for good: behind nginx, under systemd, with backups by a timer."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Visit
from tests.conftest import BASE, served
from wenan_qts import embedded, web_worker

DEPLOY = BASE / "deploy"
HOST = "www.example.gov.cn"
PREFIX = "/zj/qzqd"
PRODUCTION = {"PRODUCTION": "1", "SECRET_KEY": "x" * 64, "ALLOWED_HOSTS": HOST, "URL_PREFIX": PREFIX}


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    assert found, f"没有找到 {name}：make test 会安装它"
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configured(folder: Path, port: int, upstream: str) -> Path:
    """The configuration as it stands in deploy/, with the port, the certificate and the portal of this test."""
    subprocess.run(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text()
    for written, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/county", str(folder)),
        ("server unix:/run/wenan-qts/gunicorn.sock", f"server {upstream}"),
    ):
        assert written in site
        site = site.replace(written, here)
    (folder / "site.conf").write_text(site)
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log {folder}/access.log; {temporary} include {folder}/site.conf; }}\n"
        + ("" if os.getuid() else "user root;\n")
    )
    return whole


@contextlib.contextmanager
def behind_nginx(folder: Path, address: str) -> Iterator[int]:
    port = free_port()
    config = configured(folder, port, address.removeprefix("http://"))
    checked = subprocess.run([program("nginx"), "-t", "-c", config], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    nginx = subprocess.Popen([program("nginx"), "-c", config])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert nginx.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.1)
        yield port
    finally:
        nginx.terminate()
        nginx.wait(10)


def ask(folder: Path, port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> Any:
    """As a browser of that site asks: by its name, and with its certificate checked."""
    trust = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trust)
    connection.sock = trust.wrap_socket(socket.create_connection(("127.0.0.1", port), 20), server_hostname=HOST)
    connection.request(method, path, body or None, {"Host": HOST, **headers})
    answer = connection.getresponse()
    answer.content = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_it_serves_in_earnest_behind_nginx_under_the_countys_name(own_database: Any, tmp_path: Path) -> None:
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        assert ask(tmp_path, port, PREFIX).headers["Location"].endswith(f"{PREFIX}/")
        page = ask(tmp_path, port, f"{PREFIX}/duties/zz-01/")
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        for each in (page, ask(tmp_path, port, f"{PREFIX}/admin/login/"), ask(tmp_path, port, f"{PREFIX}/nowhere")):
            assert "default-src 'none'" in each.headers["Content-Security-Policy"]
            assert "unsafe" not in each.headers["Content-Security-Policy"]
            assert each.headers["X-Content-Type-Options"] == "nosniff"
            assert each.headers["X-Frame-Options"] == "DENY"
            assert each.headers["Referrer-Policy"] == "same-origin"
            assert each.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "nginx/" not in page.headers["Server"]
        text = page.content.decode()
        links = [link.removeprefix(f"https://{HOST}") for link in re.findall(r'(?:href|src)="([^"#]+)', text)]
        assert f"{PREFIX}/duties/" in links
        assert all(link.startswith((f"{PREFIX}/", "tel:")) for link in links), links
        style = next(link for link in links if "/static/" in link)
        assert ask(tmp_path, port, style).headers["Content-Type"].startswith("text/css")
        assert ask(tmp_path, port, f"{PREFIX}/duties/ZZ-01/").headers["Location"] == f"{PREFIX}/duties/zz-01/"
        assert "正在排版" in ask(tmp_path, port, f"{PREFIX}/services/fw-01/list.pdf").content.decode()
        assert ask(tmp_path, port, "/duties/zz-01/").status == 404  # nothing of ours outside the prefix
        unchanged = ask(tmp_path, port, f"{PREFIX}/duties/zz-01/", **{"If-None-Match": page.headers["ETag"]})
        assert unchanged.status == 304


def test_who_logs_in_is_known_by_the_address_that_nginx_saw(own_database: Any, tmp_path: Path) -> None:
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        form = ask(tmp_path, port, f"{PREFIX}/admin/login/")
        cookie = form.headers["Set-Cookie"]
        assert "Secure" in cookie
        assert f"Path={PREFIX}/" in cookie
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.content.decode()).group(1)
        answer = ask(
            tmp_path,
            port,
            f"{PREFIX}/admin/login/",
            "POST",
            f"username=nobody&password=wrong&csrfmiddlewaretoken={token}",
            Cookie=cookie.split(";")[0],
            Referer=f"https://{HOST}{PREFIX}/admin/login/",
            **{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "203.0.113.99"},
        )
        assert answer.status == 200
        assert Visit.objects.get(username="nobody").address == "127.0.0.1"  # not what the visitor wrote


def test_what_is_too_large_is_turned_away_at_the_door(own_database: Any, tmp_path: Path) -> None:
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        length = {"Content-Length": str(web_worker.LARGEST_BODY + 1)}
        assert ask(tmp_path, port, f"{PREFIX}/admin/login/", "POST", **length).status == 413


def test_who_asks_too_much_of_what_is_dear_is_told_so_and_reads_on(own_database: Any, tmp_path: Path) -> None:
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        asked = [ask(tmp_path, port, f"{PREFIX}/search/?q=%E8%AE%A1%E9%87%8F").status for _ in range(80)]
        assert asked[:30] == [200] * 30
        assert 429 in asked[30:]
        assert ask(tmp_path, port, f"{PREFIX}/duties/zz-01/").status == 200


def test_the_address_of_a_calendar_stands_in_no_log(own_database: Any, tmp_path: Path) -> None:
    secret = "A" * 43
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        assert ask(tmp_path, port, f"{PREFIX}/admin/cases/case/calendar/{secret}.ics").status == 404
        assert ask(tmp_path, port, f"{PREFIX}/duties/").status == 200
    logged = "".join(file.read_text() for file in tmp_path.glob("*.log"))
    assert "/duties/" in logged
    assert secret not in logged


def test_who_sends_slowly_is_cut_off(own_database: Any, tmp_path: Path) -> None:
    with served(own_database(), **PRODUCTION) as address, behind_nginx(tmp_path, address) as port:
        trust = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), 30) as plain:
            stranger = trust.wrap_socket(plain, server_hostname=HOST)
            stranger.sendall(f"GET {PREFIX}/ HTTP/1.1\r\nHost: {HOST}\r\nX-".encode())
            with contextlib.suppress(ConnectionResetError):
                assert stranger.recv(100)[:12] in (b"", b"HTTP/1.1 408")
        assert 5 < time.monotonic() - began < 50  # by default nginx waits 60 s


@pytest.mark.parametrize("name", sorted(unit.name for unit in DEPLOY.glob("wenan-qts*")))
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    for unit in DEPLOY.glob("wenan-qts*"):
        (tmp_path / unit.name).write_text(unit.read_text().replace("/srv/wenan-qts", str(BASE)))
    (tmp_path / "network-online.target").write_text("[Unit]\n")
    (tmp_path / "postgresql.service").write_text("[Service]\nExecStart=/bin/true\n")
    checked = subprocess.run(
        [program("systemd-analyze"), "verify", tmp_path / name],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
    )
    said = [line for line in checked.stderr.splitlines() if "wenan" in line]
    assert said == []
    assert checked.returncode == 0, checked.stderr


def test_the_service_starts_what_this_tree_has() -> None:
    unit = (DEPLOY / "wenan-qts.service").read_text()
    command = re.search(r"^ExecStart=/srv/wenan-qts/(\S+) -m gunicorn (\S+) --config (\S+)", unit, re.M)
    assert (BASE / command.group(1)).parent == BASE / ".venv" / "bin"  # where the Makefile makes it
    assert (BASE / command.group(1)).is_file()
    assert command.group(2) == "wenan_qts.wsgi:application"
    assert (BASE / command.group(3)).is_file()


def test_what_sets_paper_has_the_settings_and_the_bounds_of_the_portal() -> None:
    portal, paper = (
        set(re.findall(r"^(?:User|Group|Environment|Protect|Private|ReadWrite|NoNew|Restrict|Lock).*", unit, re.M))
        for unit in ((DEPLOY / f"{name}.service").read_text() for name in ("wenan-qts", "wenan-qts-paper"))
    )
    assert paper == portal


def test_whoever_takes_the_portal_over_has_not_the_owners_password() -> None:
    said = {name: (DEPLOY / f"{name}.service").read_text() for name in ("wenan-qts", "wenan-qts-backup")}
    settings = {name: re.findall(r"^EnvironmentFile=(.+)", unit, re.M) for name, unit in said.items()}
    people = {name: re.findall(r"^User=(.+)", unit, re.M) for name, unit in said.items()}
    assert settings["wenan-qts"] == ["/etc/wenan-qts.env"]
    assert "/etc/wenan-qts-owner.env" in settings["wenan-qts-backup"]
    assert people["wenan-qts"] != people["wenan-qts-backup"]


def test_the_nightly_backup_keeps_the_newest(own_database: Any, tmp_path: Path) -> None:
    serving, owner = embedded.urls(embedded.FOLDER, own_database())
    for day in ("20250101-000000", "20250102-000000", "20250103-000000"):
        (tmp_path / f"{day}.backup").write_bytes(b"an old one")
    ran = subprocess.run(
        [DEPLOY / "backup-now", tmp_path, "2"],
        env={**os.environ, "DATABASE_URL": serving, "DATABASE_OWNER_URL": owner},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    left = sorted(file.name for file in tmp_path.iterdir())
    assert len(left) == 2
    assert left[0] == "20250103-000000.backup"
    assert "核验没有发现问题" in ran.stdout
