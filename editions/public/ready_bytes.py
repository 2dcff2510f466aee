"""Ready bytes: a public page is rendered once and then served as it is, before Django is asked at all.

A page is a function of the catalogue, the path, the templates and the settings; nothing of the visitor goes into it.
It is kept with its headers and its ETag until the catalogue changes, and goes on being served while the database is
away. What depends on the visitor never comes here: only views that are marked `ready` do.
"""

import functools
import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.http import parse_etags

from editions.public import catalogue
from editions.register.bounded_cache import BoundedCache

log = logging.getLogger(__name__)

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

WORTH_PACKING = 1024
OVERHEAD = 200
"""Bytes that Python takes for a header beside its text."""
MOST_BYTES = 64 * 1024 * 1024
"""Of ready pages in one worker, packed forms and headers included: all pages of some twenty lists of this size."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is ready: what is sent as it is, and what is sent packed."""

    etag: str
    headers: Headers
    body: bytes
    packed_headers: Headers
    packed: bytes
    unchanged_headers: Headers

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        bodies = len(self.body) + (len(self.packed) if self.packed is not self.body else 0)
        headers = (self.headers, self.packed_headers, self.unchanged_headers)
        return bodies + sum(OVERHEAD + len(name) + len(value) for each in headers for name, value in each)


class ReadyBytes:
    """A WSGI application around Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.pages: BoundedCache[str, Page] = BoundedCache(MOST_BYTES, lambda page: page.size)
        self.fingerprint = ""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        page = self.page(environ) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        if page is None:
            return self.application(environ, start_response)
        if (known := environ.get("HTTP_IF_NONE_MATCH")) and _names(known, page.etag):
            start_response("304 Not Modified", page.unchanged_headers)
            return []
        if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers, body = page.packed_headers, page.packed
        else:
            headers, body = page.headers, page.body
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def look_ahead(self) -> None:
        """At the start of a worker: from here on the editions of today are at hand, whatever the database does."""
        try:
            catalogue.current()
        except DatabaseError as error:
            log.warning("no catalogue at the start: %s", error)

    def page(self, environ: dict[str, Any]) -> Page | None:
        """The page that this request means, rendered now if it was not yet; None if it is not one of these."""
        if not _meant_for_us(environ):
            return None
        try:
            fingerprint = catalogue.current().fingerprint
        except (OperationalError, InterfaceError):
            return None
        if fingerprint != self.fingerprint:
            self.pages.clear()
            self.fingerprint = fingerprint
        path = environ["PATH_INFO"]
        page = self.pages.get(path)
        if page is None and _is_ready(path):
            page = self.render(environ)
            if page:
                self.pages[path] = page
        return page

    def render(self, environ: dict[str, Any]) -> Page | None:
        """What Django answers to this path when it knows nothing of the visitor; None unless it is a page."""
        status, headers, body = self.ask(environ)
        return make_page(headers, body) if status.startswith("200 ") else None

    def ask(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        """Django's answer to this path, with nothing of the visitor."""
        asked = {name: value for name, value in environ.items() if _is_of_the_server(name)}
        asked |= {"REQUEST_METHOD": "GET", "PATH_INFO": environ["PATH_INFO"], "QUERY_STRING": ""}
        answered: list[Any] = []
        chunks = self.application(asked, lambda status, headers, *rest: answered.extend((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
        status, headers = answered
        return status, headers, body


def make_page(headers: Headers, body: bytes) -> Page:
    kept = [
        (name, value) for name, value in headers if name.lower() not in ("content-length", "etag", "set-cookie", "vary")
    ]
    # Asked again each time, answered with 304: nothing stale outlives an issue or a midnight.
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept += [("ETag", f"W/{etag}"), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
    packed = gzip.compress(body, 9, mtime=0) if len(body) >= WORTH_PACKING else body
    encoding = [("Content-Encoding", "gzip")] if packed is not body else []
    return Page(
        etag=etag,
        headers=[*kept, ("Content-Length", str(len(body)))],
        body=body,
        packed_headers=[*kept, *encoding, ("Content-Length", str(len(packed)))],
        packed=packed,
        unchanged_headers=[(name, value) for name, value in kept if name != "Content-Type"],
    )


def _meant_for_us(environ: dict[str, Any]) -> bool:
    """A known host, and HTTPS where that is demanded; the rest is Django's to refuse or to lead on."""
    if settings.SECURE_SSL_REDIRECT:
        header, value = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
        if environ.get(header) != value:
            return False
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _is_of_the_server(name: str) -> bool:
    """Whether it may have a say in what a page looks like: the server, the host (one of ours), HTTP or HTTPS."""
    proxy, _ = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return name.startswith(("wsgi.", "SERVER_")) or name in ("HTTP_HOST", proxy)


def _names(known: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag (RFC 9110, 13.1.2: compared weakly, and * is any)."""
    return any(each in ("*", etag, f"W/{etag}") for each in parse_etags(known))


@functools.lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding takes gzip: named, and not with a weight of nothing (RFC 9110, 12.5.3)."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not weight
    return False


def _is_ready(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "is_ready", False) is True
    except Resolver404:
        return False
