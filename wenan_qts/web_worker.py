"""How requests come in and answers go out: a worker of gunicorn's in which Tornado reads and writes for many at once.

The portal is asked when a request is there whole, one at a time, as gunicorn's own sync worker asks it; who sends or
reads slowly keeps nobody waiting. What anybody can take up has a bound: seconds, bytes, connections.
"""

import asyncio
import contextlib
import io
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote_to_bytes

from gunicorn.workers.base import Worker
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPMessageDelegate
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream, StreamClosedError

from portal.retry_header import ASK_AGAIN
from wenan_qts.env import attachment_mb

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

HEAD_SECONDS = 10
BODY_SECONDS = 60
SENDING_SECONDS = 60
"""In which an answer has to be taken."""
LARGEST_HEAD = 64 * 1024
LARGEST_BODY = (attachment_mb() + 4) * 1024 * 1024
"""The largest file of a case and what comes with it, as in deploy/nginx.conf."""
MOST_CONNECTIONS = 400
MOST_BYTES = 96 * 1024 * 1024
"""What comes in and goes out, of all connections of a worker together."""
MOST_ASKED = 3
WHOLE_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
MOST_WAITING = 8
"""So many requests are asked once more; who comes while they wait has the answer at once."""


LONG = 0.005
"""Seconds; a page that is ready takes much less. After what took longer the loop looks who has come meanwhile."""
LOOKS = 10
"""Turns of the loop: a new connection is taken in one, and its request read in a few."""
FIRST = "/healthz"
"""Whoever asks this goes before all who wait."""


class FrontWorker(Worker):  # type: ignore[misc]
    """A worker process, named in deploy/gunicorn.conf.py."""

    def run(self) -> None:
        asyncio.run(self.serve())

    async def serve(self) -> None:
        server = Server.of(self.wsgi)
        for listening in self.sockets:
            listening.setblocking(False)
            server.listen_at(listening)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            await asyncio.sleep(0.5)
        await server.finish(self.sockets)


class Server(HTTPServer):
    """The connections of a worker. Where there are too many, or they hold too much, the oldest is given up: whoever
    asks now and is quick is answered, however many others wait."""

    application: Application
    held: dict[IOStream, int]
    """Bytes by connection, the oldest first."""
    answering: set[asyncio.Future[None]]
    waiting: int = 0
    is_looking: bool = False

    @classmethod
    def of(cls, application: Application) -> "Server":
        server = cls(
            None,  # requests are taken by start_request
            no_keep_alive=True,
            idle_connection_timeout=HEAD_SECONDS,
            body_timeout=BODY_SECONDS,
            max_header_size=LARGEST_HEAD,
            max_body_size=LARGEST_BODY,
        )
        server.application, server.held, server.answering = application, {}, set()
        return server

    def keep(self, doing: Coroutine[Any, Any, None]) -> None:
        """Have it done; nobody else holds it until then."""
        task = asyncio.ensure_future(doing)
        self.answering.add(task)
        task.add_done_callback(self.answering.discard)

    def listen_at(self, listening: socket.socket) -> None:
        """Take one connection at a time, so that the other workers get theirs."""

        def take(*_: Any) -> None:
            with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                self._handle_connection(*listening.accept())

        IOLoop.current().add_handler(listening, take, IOLoop.READ)

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        self.hold(stream, 0)
        super().handle_stream(stream, address)

    def start_request(self, server_conn: Any, request_conn: Any) -> "Request":
        return Request(self, request_conn)

    def on_close(self, server_conn: Any) -> None:
        super().on_close(server_conn)
        if server_conn.stream.closed():
            self.held.pop(server_conn.stream, None)

    def hold(self, stream: IOStream, more: int) -> None:
        self.held[stream] = self.held.get(stream, 0) + more
        while len(self.held) > MOST_CONNECTIONS or (len(self.held) > 1 and sum(self.held.values()) > MOST_BYTES):
            oldest = next(other for other in self.held if other is not stream)
            del self.held[oldest]
            oldest.close()

    async def turn(self, path: str) -> None:
        """Wait for it, where others wait."""
        while self.is_looking and path != FIRST:
            await asyncio.sleep(0)

    async def look(self) -> None:
        for _ in range(LOOKS):
            await asyncio.sleep(0)
        self.is_looking = False

    async def send(self, stream: IOStream, content: bytes) -> None:
        self.hold(stream, len(content))
        with contextlib.suppress(StreamClosedError, TimeoutError):
            sent = stream.write(content)
            if not sent.done():
                await asyncio.wait_for(sent, SENDING_SECONDS)
        self.held.pop(stream, None)
        stream.close()

    async def finish(self, listening: Iterable[socket.socket]) -> None:
        """Nobody new; those who are here have some seconds."""
        for each in listening:
            IOLoop.current().remove_handler(each)
        for _ in range(50):
            if not self.held:
                return
            await asyncio.sleep(0.1)


class Request(HTTPMessageDelegate):
    """One request, from its first line to its answer."""

    def __init__(self, server: Server, connection: Any) -> None:
        self.server, self.connection = server, connection
        self.body = bytearray()

    def headers_received(self, start_line: Any, headers: HTTPHeaders) -> None:
        self.line, self.headers = start_line, headers

    def data_received(self, chunk: bytes) -> None:
        self.server.hold(self.connection.stream, len(chunk))
        self.body += chunk

    def finish(self) -> None:
        context, stream = self.connection.context, self.connection.detach()
        is_internet = context.address_family in (socket.AF_INET, socket.AF_INET6)
        if stream.closed():  # whoever asked is gone
            self.server.held.pop(stream, None)
            return
        environ = self.environ(context.address[0] if is_internet else "", stream.socket.getsockname())
        self.server.keep(self.answer(stream, environ))

    async def answer(self, stream: IOStream, environ: Environ) -> None:
        for asked in range(1, MOST_ASKED + 1):
            await self.server.turn(environ["PATH_INFO"])
            began = time.monotonic()
            try:
                answer = ask(self.server.application, environ, bytes(self.body))
            except Exception:
                log.exception("%s %s was not answered", environ["REQUEST_METHOD"], environ["PATH_INFO"])
                answer = Response("500 Internal Server Error", [], b"", True)
            if time.monotonic() - began > LONG and not self.server.is_looking:
                self.server.is_looking = True
                self.server.keep(self.server.look())
            if not answer.better_in or asked == MOST_ASKED or stream.closed():
                break
            if self.server.waiting >= MOST_WAITING:
                break
            self.server.waiting += 1
            await asyncio.sleep(answer.better_in)
            self.server.waiting -= 1
        await self.server.send(stream, answer.packed())

    def environ(self, address: str, here: Any) -> Environ:
        """The request as PEP 3333 has it."""
        method, target, version = self.line
        path, _, query = target.partition("?")
        if not path.startswith("/"):  # the whole address, as to a proxy (RFC 9112, 3.2.2)
            path = WHOLE_ADDRESS.sub("", path, count=1) or "/"
        headers = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in self.headers.items()
            if "_" not in name  # would pass for a header that the proxy in front vouches for
        }
        for name in ("HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"):
            headers.pop(name, None)
        host, port = here[:2] if isinstance(here, tuple) else ("localhost", 80)
        return headers | {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE", ""),
            "CONTENT_LENGTH": str(len(self.body)),
            "REMOTE_ADDR": address,
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


@dataclass(frozen=True)
class Response:
    status: str
    headers: list[tuple[str, str]]
    content: bytes
    is_sent_with_content: bool

    @property
    def better_in(self) -> float:
        """Seconds until it is worth asking once more; 0 where this is the answer."""
        return next((float(value) for name, value in self.headers if name == ASK_AGAIN), 0)

    def packed(self) -> bytes:
        headers = [("Date", formatdate(usegmt=True)), ("Connection", "close"), *self.headers]
        if self.is_sent_with_content and not any(name.lower() == "content-length" for name, _ in headers):
            headers.append(("Content-Length", str(len(self.content))))
        lines = [f"{name}: {value}\r\n" for name, value in headers if name != ASK_AGAIN]
        head = f"HTTP/1.1 {self.status}\r\n{''.join(lines)}\r\n".encode("latin-1")
        return head + self.content if self.is_sent_with_content else head


def ask(application: Application, environ: Environ, body: bytes) -> Response:
    """The whole answer of a WSGI application, which may be asked again with the same environ."""
    said: list[Any] = []
    environ = {**environ, "wsgi.input": io.BytesIO(body)}
    with no_loop():
        chunks = application(environ, lambda status, headers, *rest: said.append((status, headers)))
        try:
            content = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
    status, headers = said[-1]
    return Response(status, headers, content, environ["REQUEST_METHOD"] != "HEAD" and status[:3] not in ("204", "304"))


@contextlib.contextmanager
def no_loop() -> Iterator[None]:
    """The loop stands still meanwhile, and says so: where Django sees one run it refuses the database, and asgiref
    opens a connection to it for every request."""
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)
