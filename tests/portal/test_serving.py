"""The portal as it runs: real gunicorn, real PostgreSQL; under a prefix, and while the database is away."""

import http.client
import json
import re
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.db import connections

from tests import database
from tests.conftest import served, setting_papers


def get(url: str, cookie: str = "") -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_health_names_the_edition_in_force(own_database: Any) -> None:
    name = own_database()
    with served(name) as address:
        with setting_papers(name):
            assert json.loads(get(f"{address}/healthz")[1]) == {"database": "ok", "edition": "2017-12", "paper": "ok"}
        status, said = get(f"{address}/healthz")
        assert (status, json.loads(said)["paper"]) == (200, "unavailable")


def without_host(link: str) -> str:
    """An address for good is whole: what is left of it on this site."""
    return re.sub(r"^(?:http|webcal)://127\.0\.0\.1:\d+", "", link)


def test_every_link_works_under_a_prefix_and_keeps_it(own_database: Any) -> None:
    prefix = "/zj/qzqd"
    with served(own_database(), URL_PREFIX=prefix) as address:
        waiting, seen = [f"{prefix}/"], set()
        while waiting:
            path = waiting.pop()
            if path in seen or "/admin/" in path:
                continue
            seen.add(path)
            if path.endswith(("/list.pdf", "/list.xlsx")):  # others read them
                continue
            status, page = get(address + path.removeprefix(prefix))  # as the proxy hands it on
            assert status == 200, path
            if path.endswith("/"):
                assert len(page.encode()) <= 150_000, path
                links = [without_host(link) for link in re.findall(r'(?:href|src)="([^"#]+)', page)]
                outside = {link for link in links if not link.startswith((f"{prefix}/", "tel:"))}
                assert outside == ({settings.DATA_LICENCE_URL} if path.endswith("/data/") else set()), path
                waiting += [link for link in links if link.startswith("/")]
        assert len(seen) > 2 * 38
        assert f"{prefix}/editions/2017-12/supervision/jg-15/" in seen
        for path in (
            "/admin/",
            "/duties/ZZ-01/",
            "/on/2018-01-15/duties/zz-01/",
        ):  # what leads elsewhere keeps the prefix too
            connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
            connection.request("GET", path)
            assert connection.getresponse().headers["Location"].startswith(prefix)
            connection.close()


def test_the_longest_question_is_answered_by_our_own_page(own_database: Any) -> None:
    with served(own_database()) as address:
        status, page = get(f"{address}/search/?q=" + "%E8%B4%A8" * 2000)
        assert status == 200
        assert "问题太长，只按前 100 个字查找。" in page


def test_while_the_database_is_away_the_list_is_read_on_and_the_rest_comes_back_by_itself(own_database: Any) -> None:
    from psycopg import sql

    name = own_database()
    with served(name) as address:
        assert get(f"{address}/admin/login/")[0] == 200
        assert get(f"{address}/healthz")[0] == 200
        for connection in connections.all():
            connection.close()
        database.as_superuser(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)),
            sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(name),
        )
        for path in ("/duties/", "/duties/zz-01/", "/supervision/jg-14/", "/list.json", "/editions/2017-12/",
                     "/editions/2017-12/changes/", "/feeds/editions.atom"):  # fmt: skip
            assert get(address + path)[0] == 200  # ready bytes, or documents at hand
        status, page = get(address + "/admin/", cookie="sessionid=0123456789abcdef0123456789abcdef")
        assert status == 503
        assert "暂时不能访问" in page
        assert "Traceback" not in page
        assert get(f"{address}/healthz")[0] == 503
        database.as_superuser(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(name)))
        assert get(f"{address}/admin/login/")[0] == 200
        assert get(f"{address}/healthz")[0] == 200
