"""A public page is rendered once and kept: fast, never stale, and there while the database is away."""

import datetime
import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.db.utils import OperationalError
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from editions.life import frozen
from editions.public import catalogue, edition_cache
from editions.public.ready_bytes import ReadyBytes
from editions.register.bounded_cache import BoundedCache
from services.models import Event, Service
from tests.acting import change_a_phone, make_hands, make_issued, on
from tests.conftest import signed_in


class Counted:
    """Django's application, and how often it was asked."""

    def __init__(self) -> None:
        self.inner, self.asked = WSGIHandler(), []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ["PATH_INFO"])
        return self.inner(environ, start_response)


class Portal:
    def __init__(self) -> None:
        self.django = Counted()
        self.ready = ReadyBytes(self.django)

    def get(self, path: str, method: str = "GET", **environ: str) -> tuple[str, dict[str, str], bytes]:
        answered: list[Any] = []
        asked = RequestFactory().generic(method, path).environ | environ
        body = b"".join(self.ready(asked, lambda status, headers, *rest: answered.extend((status, headers))))
        return answered[0], dict(answered[1]), body


@pytest.fixture
def portal(db: None) -> Iterator[Portal]:
    signals = (request_started, request_finished)
    for signal in signals:  # they would close the connection that holds the transaction of the test
        signal.disconnect(close_old_connections)
    yield Portal()
    for signal in signals:
        signal.connect(close_old_connections)


PAGES = ["/", "/duties/", "/duties/zz-01/", "/editions/", "/editions/2017-12/", "/list.json", "/data/schema.json",
         "/editions/2017-12/changes/", "/duties/zz-01/history/", "/feeds/editions.atom"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_rendered_once(portal: Portal, path: str) -> None:
    first, second = portal.get(path), portal.get(path)
    assert first == second
    assert first[0] == "200 OK"
    assert portal.django.asked == [path]


def test_it_carries_the_headers_of_every_other_answer(portal: Portal) -> None:
    portal.get("/")
    _, headers, body = portal.get("/")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Length"] == str(len(body))
    assert headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in headers


def test_what_the_reader_has_already_is_not_sent_again(portal: Portal) -> None:
    tag = portal.get("/")[1]["ETag"]
    status, headers, body = portal.get("/", HTTP_IF_NONE_MATCH=tag)
    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
    assert portal.get("/", HTTP_IF_NONE_MATCH='W/"another"')[0] == "200 OK"


@pytest.mark.parametrize("known", ["*", '"x", {}', "{}", '{}, W/"y"'])
def test_any_way_of_naming_what_one_has_is_understood(portal: Portal, known: str) -> None:
    etag = portal.get("/duties/")[1]["ETag"]
    assert portal.get("/duties/", HTTP_IF_NONE_MATCH=known.format(etag))[0].startswith("304")


@pytest.mark.parametrize("known", ["x{}", '"{}"', ""])
def test_what_names_something_else_is_not_taken_for_it(portal: Portal, known: str) -> None:
    etag = portal.get("/duties/")[1]["ETag"]
    assert portal.get("/duties/", HTTP_IF_NONE_MATCH=known.format(etag.removeprefix("W/")))[0].startswith("200")


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity, gzip; q=0.0", "br", "", "xgzip"])
def test_it_is_not_packed_for_who_cannot_unpack(portal: Portal, accepted: str) -> None:
    assert "Content-Encoding" not in portal.get("/duties/", HTTP_ACCEPT_ENCODING=accepted)[1]


def test_no_header_of_a_visitor_changes_the_page_of_the_others(portal: Portal) -> None:
    """A server hands on what the visitor says is the place of the site (SCRIPT_NAME)."""
    evil = {"SCRIPT_NAME": "/evil.example", "HTTP_X_FORWARDED_HOST": "evil.example", "QUERY_STRING": "evil=1"}
    first = portal.get("/supervision/jg-07/", **evil)[2]
    assert b"evil" not in first
    assert b'<link rel="canonical" href="http://127.0.0.1:8000/supervision/jg-07/">' in first


def test_who_asks_for_the_head_gets_the_head(portal: Portal) -> None:
    _, headers, body = portal.get("/duties/")
    status, same, nothing = portal.get("/duties/", method="HEAD")
    assert (status, same, nothing) == ("200 OK", headers, b"")
    assert len(body) == int(headers["Content-Length"])


def test_it_is_packed_for_who_can_unpack(portal: Portal) -> None:
    plain = portal.get("/duties/")[2]
    _, headers, packed = portal.get("/duties/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 3


def test_nothing_of_the_visitor_goes_into_it(portal: Portal, wang: Any) -> None:
    session = signed_in(wang).cookies["sessionid"].value
    theirs = portal.get("/?q=<script>", HTTP_COOKIE=f"sessionid={session}", HTTP_ACCEPT_LANGUAGE="en")
    assert theirs == portal.get("/")
    assert "王芳" not in theirs[2].decode()


@pytest.mark.parametrize("path", ["/admin/", "/healthz", "/nowhere/", "/duties/zz-99/", "/duties/ZZ-01/"])
def test_what_is_no_page_is_asked_of_django_each_time(portal: Portal, path: str) -> None:
    portal.get(path)
    portal.get(path)
    assert portal.django.asked.count(path) >= 2
    assert portal.ready.pages == {}


def test_a_foreign_host_is_refused_even_where_the_page_is_ready(portal: Portal) -> None:
    portal.get("/")
    assert portal.get("/", HTTP_HOST="evil.example")[0].startswith("400")


def test_plain_http_is_led_to_https_where_that_is_demanded(portal: Portal, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    redirecting = Portal()
    assert redirecting.get("/")[0].startswith("301")
    assert redirecting.get("/", HTTP_X_FORWARDED_PROTO="https")[0] == "200 OK"
    assert redirecting.get("/")[0].startswith("301")


def test_an_issue_is_seen_within_the_second(portal: Portal, monkeypatch: Any) -> None:
    clock = [catalogue.time.monotonic()]
    monkeypatch.setattr(catalogue.time, "monotonic", lambda: clock[0])
    catalogue.forget()
    before = portal.get("/")[2].decode()
    make_issued(make_hands(), label="2026-11")
    assert portal.get("/")[2].decode() == before
    clock[0] += 1
    after = portal.get("/")[2].decode()
    assert "2026-11 版" in after
    assert "2026-11 版" not in before


def test_new_templates_are_seen_also_by_who_has_the_page(portal: Portal, settings: Any, tmp_path: Any) -> None:
    etag = portal.get("/")[1]["ETag"]
    assert portal.get("/", HTTP_IF_NONE_MATCH=etag)[0] == "304 Not Modified"
    engine = settings.TEMPLATES[0]
    (tmp_path / "editions").mkdir()
    old = (settings.BASE / "templates/editions/contents.html").read_text()
    end = "{% endblock content %}"
    (tmp_path / "editions/contents.html").write_text(old.replace(end, f"<p>新的页面</p>{end}"))
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    status, headers, body = Portal().get("/", HTTP_IF_NONE_MATCH=etag)  # as a worker that was started since
    assert status == "200 OK"
    assert headers["ETag"] != etag
    assert "新的页面" in body.decode()


def test_a_later_effective_day_is_met_at_midnight_though_nothing_ran_and_the_database_is_away(
    portal: Portal, monkeypatch: Any
) -> None:
    today = timezone.localdate()
    make_issued(make_hands(), label="2026-11", effective_on=today + datetime.timedelta(days=1))
    midnight = timezone.make_aware(datetime.datetime.combine(today + datetime.timedelta(days=1), datetime.time()))
    monkeypatch.setattr(timezone, "now", lambda: midnight - datetime.timedelta(seconds=1))
    assert "2017-12 版" in portal.get("/")[2].decode()
    away(monkeypatch)
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    page = portal.get("/")[2].decode()
    assert "2026-11 版" in page
    assert f'本页显示 <time datetime="{midnight:%Y-%m-%d}">' in page


def away(monkeypatch: Any) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("editions.life.edition.EditionQuerySet.issued", refuse)
    monkeypatch.setattr(catalogue.connection, "close", lambda: None)  # the transaction of this test lives in it
    clock = catalogue.time.monotonic() + 60
    monkeypatch.setattr(catalogue.time, "monotonic", lambda: clock)


def test_what_was_ready_is_served_while_the_database_is_away(portal: Portal, monkeypatch: Any) -> None:
    page = portal.get("/duties/")
    away(monkeypatch)
    assert portal.get("/duties/") == page
    assert portal.get("/services/fw-10/")[0] == "200 OK"  # nobody had read it before
    catalogue.forget()
    assert portal.get("/duties/zz-01/")[0].startswith("503")


def test_what_changed_can_be_read_while_the_database_is_away(portal: Portal, monkeypatch: Any) -> None:
    with on(datetime.date(2018, 3, 1)):
        make_issued(make_hands())
    portal.get("/services/fw-05/history/")
    away(monkeypatch)
    assert "修改 1 项" in portal.get("/editions/2018-03/changes/")[2].decode()  # nobody had read it before
    assert "2018-03" in portal.get("/feeds/editions.atom")[2].decode()
    assert portal.get("/services/fw-05/history/")[0] == "200 OK"


def test_a_page_that_fails_is_not_kept(portal: Portal, monkeypatch: Any) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("editions.public.views.open_edition", lambda label: 1 / 0)
        assert portal.get("/")[0].startswith("500")
    assert portal.get("/")[0] == "200 OK"


# What grows, and what does not


@given(asked=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), max_size=200))
def test_a_shelf_holds_what_was_used_last_and_never_more_than_it_may(asked: list[tuple[int, int]]) -> None:
    shelf: BoundedCache[int, tuple[int, int]] = BoundedCache(100, lambda thing: thing[1])
    used: list[tuple[int, int]] = []
    for key, weight in asked:
        shelf[key] = key, weight
        assert shelf.weight == sum(weight for _, weight in shelf.values()) <= 100
        if weight <= 25:
            used = [each for each in used if each[0] != key] + [(key, weight)]
            while sum(held for _, held in used) > 100:
                used.pop(0)
        assert list(shelf.values()) == used


def addresses(portal: Portal) -> list[str]:
    """Every page that another one leads to."""
    left_out = re.compile(r"/(static|admin|search)/|.*\.pdf$")
    found, waiting = [], ["/"]
    while waiting:
        found.append(path := waiting.pop())
        page = portal.get(path)[2].decode(errors="replace")
        links = dict.fromkeys(re.findall(r'href="(/[^"#?]*)', page))
        waiting += [link for link in links if link not in found + waiting and not left_out.match(link)]
    return found


def test_who_asks_for_every_address_does_not_make_it_grow_without_end(portal: Portal, monkeypatch: Any) -> None:
    with on(datetime.date(2018, 3, 1)):
        make_issued(make_hands())
    portal.ready.pages.most = 500_000
    paths = addresses(portal)
    assert len(paths) > 300
    assert any(path.startswith("/elder/editions/") for path in paths)
    pages = portal.ready.pages
    assert 300_000 < pages.weight <= 500_000
    assert pages.weight == sum(page.size for page in pages.values())
    for page in pages.values():
        assert page.size > len(page.body) + len(page.packed) * (page.packed is not page.body)


def test_what_is_asked_for_all_the_time_stays_at_hand(portal: Portal) -> None:
    portal.ready.pages.most = 300_000
    portal.get("/duties/")
    for path in addresses(Portal())[:150]:
        portal.get(path)
        portal.get("/duties/")
    assert portal.django.asked.count("/duties/") == 1


def test_a_page_too_large_to_keep_is_served_all_the_same(portal: Portal) -> None:
    portal.ready.pages.most = 40_000
    first, second = portal.get("/list.json"), portal.get("/list.json")
    assert first == second
    assert first[0] == "200 OK"
    assert portal.ready.pages == {}


def later(monkeypatch: Any) -> None:
    """The next look at the catalogue is due."""
    clock = catalogue.time.monotonic() + 1
    monkeypatch.setattr(catalogue.time, "monotonic", lambda: clock)


def test_a_ready_page_costs_the_same_with_many_events(portal: Portal, wang: Any, monkeypatch: Any) -> None:
    from offices.models import Office

    for number in range(30):
        on_day = timezone.localdate() + datetime.timedelta(days=number)
        event = Event(service=Service.objects.get(code="FW-01"), office=Office.objects.get(code="GS-02"), on=on_day)
        event.place = "县文化广场"
        event.save(reason="整理")
        event.announce(wang)
    catalogue.forget()
    portal.get("/duties/")
    seen = catalogue.current()
    with CaptureQueriesContext(connection) as captured:
        portal.get("/duties/")
    assert len(captured) == 0
    assert catalogue.current() is seen  # nothing of it is worked out anew
    later(monkeypatch)
    with CaptureQueriesContext(connection) as captured:
        assert catalogue.current() is seen
    assert len(captured) <= 3  # the editions; what grew beside them; the rulings 原文如此
    event.retire(reason="下雨")
    event.announce(wang)
    later(monkeypatch)
    assert catalogue.current() is not seen
    assert "已取消" in portal.get("/services/events/")[2].decode()


@pytest.mark.parametrize("path", ["/editions/", "/feeds/editions.atom", "/services/calendar.ics"])
def test_a_page_of_all_editions_does_not_read_their_lists_again(db: None, monkeypatch: Any, path: str) -> None:
    hands = make_hands()
    for month in range(1, 12):
        with on(datetime.date(2018, month, 1)):
            make_issued(hands, change_a_phone(f"0316-52559{month:02d}", "FW-06"))
    edition_cache._known.clear()
    client = Client()
    before = client.get(path).content
    monkeypatch.setattr(frozen._registers, "most", 1)  # a list so large that none is kept
    monkeypatch.setattr(catalogue, "KEPT_AT_HAND", 0)
    frozen._registers.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).content == before
    read = [query for query in captured if "editions_entry" in query["sql"]]
    assert len(read) <= 4  # the one in force, as often as the page asks for it
    frozen._registers.clear()


def test_editions_share_the_documents_that_did_not_change(db: None) -> None:
    with on(datetime.date(2018, 3, 1)):
        edition = make_issued(make_hands(), change_a_phone(code="FW-06"))
    assert edition.builds_on
    new, old = edition.register(), edition.builds_on.register()
    assert [a is b for a, b in zip(new.documents("duties"), old.documents("duties"), strict=True)] == [True] * 10
    assert new.find("services", "FW-06").document is not old.find("services", "FW-06").document
