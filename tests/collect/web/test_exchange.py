"""A session over the loopback address, with a server that misbehaves."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sourceline.collect.web.clock import SystemClock
from sourceline.collect.web.crawl import collect_address
from sourceline.collect.web.exchange import Connection, host_of, origin_of, user_agent
from sourceline.collect.web.session import WebSession
from sourceline.errors import FetchError, TryLater
from sourceline.model.evidence import Collected, Unchanged, Visit
from sourceline.model.text import Snapshot
from sourceline.settings import Settings
from tests.collect.web.made_up import Known

LOCAL = Settings(allow_private=True, fetch_timeout=5.0, max_bytes=200_000, host_delay=0, retries=0)
HURRIED = Settings(allow_private=True, fetch_timeout=0.1, host_delay=0, retries=0)


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        released: threading.Event = self.server.released  # type: ignore[attr-defined]
        if self.path == "/robots.txt":
            self._answer(200, b"User-agent: *\nDisallow: /closed")
        elif self.path == "/etag":
            same = self.headers.get("If-None-Match") == '"1"'
            self._answer(304 if same else 200, b"" if same else b"He said so.", {"ETag": '"1"'})
        elif self.path == "/packed":
            self._answer(200, gzip.compress(b"He said so."), {"Content-Encoding": "gzip"})
        elif self.path == "/cut-gzip":
            self._answer(200, gzip.compress(b"He said so." * 99)[:-20], {"Content-Encoding": "gzip"})
        elif self.path == "/bomb":
            self._answer(200, gzip.compress(b"x" * 50_000_000), {"Content-Encoding": "gzip"})
        elif self.path == "/huge":
            self._answer(200, b"x" * 300_000)
        elif self.path == "/cut":
            self._answer(200, b"x" * 100, length=1000)
            self.close_connection = True
        elif self.path == "/feed":
            items = "".join(f"<item><link>/a{n}</link></item>" for n in range(5))
            self._answer(200, f"<rss><channel>{items}<item><link>/closed</link></item></channel></rss>".encode())
        elif self.path in ("/drips", "/drips-headers"):
            headers = b"" if self.path == "/drips-headers" else b"Content-Length: 1000\r\n\r\n"
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + headers)
            while not released.wait(0.02):
                try:
                    self.wfile.write(b"x" if headers else b"X-Drip: 1\r\n")
                except OSError:
                    self.server.hung_up.set()  # type: ignore[attr-defined]
                    return
        else:
            self._answer(200, f"{self.headers['Host']}{self.path}".encode())

    def _answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the reader had enough

    def log_message(self, *arguments: Any) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Site)
        self.released = threading.Event()
        self.hung_up = threading.Event()
        self.connections = 0

    def handle_error(self, *arguments: Any) -> None:
        return


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.released.set()
        running.shutdown()


def site(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def test_an_etag_goes_there_and_back(server: _Server) -> None:
    url = f"{site(server)}/etag"
    with WebSession(LOCAL) as session:
        first = session.fetch(url)
    assert isinstance(first, Snapshot)
    with WebSession(LOCAL, visits=Known({url: Visit(etag=first.headers["etag"])})) as session:
        second = session.fetch(url)
    assert isinstance(second, Unchanged)
    assert second.url == url


def test_a_feed_comes_over_one_connection(server: _Server) -> None:
    with WebSession(LOCAL) as session:
        found = list(collect_address(f"{site(server)}/feed", session, LOCAL))
    assert sum(isinstance(outcome, Collected) for outcome in found) == 5
    assert len(found) == 6
    assert server.connections <= 2


def test_a_connection_is_never_kept_for_another_host_at_its_address(
    server: _Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    port = server.server_address[1]
    connection = Connection(LOCAL, SystemClock())
    for host, opened in (("one", 1), ("one", 1), ("two", 2), ("two", 2), ("one", 3)):
        answer = connection.get(f"http://{host}.example:{port}/")
        assert answer.body.decode() == f"{host}.example:{port}/"
        assert server.connections == opened
    connection.close()


def test_what_was_packed_comes_unpacked(server: _Server) -> None:
    with WebSession(LOCAL) as session:
        found = session.fetch(f"{site(server)}/packed")
    assert isinstance(found, Snapshot)
    assert found.raw == b"He said so."


@pytest.mark.parametrize("path", ["/bomb", "/huge"])
def test_what_is_too_large_is_a_failure(server: _Server, path: str) -> None:
    with WebSession(LOCAL) as session, pytest.raises(FetchError, match="larger than 200,000 bytes"):
        session.fetch(site(server) + path)


@pytest.mark.parametrize("path", ["/cut", "/cut-gzip"])
def test_what_breaks_off_is_never_taken_for_the_whole(server: _Server, path: str) -> None:
    with WebSession(LOCAL) as session, pytest.raises(TryLater):
        session.fetch(site(server) + path)


@pytest.mark.parametrize("path", ["/drips", "/drips-headers"])
def test_what_drips_is_given_up_and_the_connection_ended(server: _Server, path: str) -> None:
    connection = Connection(HURRIED, SystemClock())
    with pytest.raises(TryLater, match="took longer"):
        connection.get(site(server) + path)
    assert server.hung_up.wait(10)
    for thread in threading.enumerate():
        if thread.name == "fetch":
            thread.join(10)
            assert not thread.is_alive()


def test_where_nobody_listens_is_a_failure_that_may_pass() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    connection = Connection(LOCAL, SystemClock())
    with pytest.raises(TryLater, match="cannot be fetched"):
        connection.get(f"http://127.0.0.1:{port}/")


def test_hosts_and_origins() -> None:
    assert host_of("https://ana:x@Beacon.EXAMPLE:443/a#b") == "beacon.example"
    assert origin_of("https://ana:x@Beacon.EXAMPLE:8443/a?b") == "https://beacon.example:8443"
    assert host_of("http://bücher.example/") == "xn--bcher-kva.example"


def test_the_user_agent_says_where_to_complain() -> None:
    assert user_agent(Settings()) == "sourceline/0.1 (reads news; contact: not given)"
    assert "contact: mailto:desk@lab.example" in user_agent(Settings(contact="mailto:desk@lab.example"))
