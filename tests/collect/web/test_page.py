"""Pages over the loopback address, served from here."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sourceline.collect import addresses
from sourceline.collect.addresses import is_public
from sourceline.collect.web.page import fetch_page
from sourceline.errors import AddressRefused, FetchError
from sourceline.settings import Settings

LOCAL = Settings(allow_private=True, fetch_timeout=5.0, max_bytes=100_000)
HURRIED = Settings(allow_private=True, fetch_timeout=0.2)


class _Site(BaseHTTPRequestHandler):
    """A site of traps, one a path."""

    def do_GET(self) -> None:
        released: threading.Event = self.server.released  # type: ignore[attr-defined]
        if self.path == "/article":
            self._answer(200, b"<p>caf\xe9</p>", {"Content-Type": "Text/HTML; charset=ISO-8859-1"})
        elif self.path == "/agent":
            self._answer(200, self.headers["User-Agent"].encode() + b"|" + self.headers["Host"].encode())
        elif self.path == "/moved":
            self._answer(302, b"", {"Location": "article"})
        elif self.path == "/for-ever":
            self._answer(301, b"", {"Location": "/for-ever"})
        elif self.path == "/to-a-file":
            self._answer(302, b"", {"Location": "file:///etc/passwd"})
        elif self.path == "/large":
            self._answer(200, b"x" * 200_000)
        elif self.path == "/bomb":
            self._answer(200, gzip.compress(b"x" * 50_000_000), {"Content-Encoding": "gzip"})
        elif self.path == "/bomb-in-a-bomb":
            twice = gzip.compress(gzip.compress(b"x" * 50_000_000))
            self._answer(200, twice, {"Content-Encoding": "gzip, gzip"})
        elif self.path == "/hangs":
            released.wait(20)
        elif self.path == "/drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not released.wait(0.05):
                try:
                    self.wfile.write(b"X-Drip: 1\r\n")
                except OSError:
                    return
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the reader had enough

    def log_message(self, *arguments: Any) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments: Any) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with _Server(("127.0.0.1", 0), _Site) as server:
        server.released = threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.released.set()  # type: ignore[attr-defined]
        server.shutdown()


def test_a_page_comes_with_its_bytes_and_what_the_carrier_said(site: str) -> None:
    snapshot = fetch_page(f"{site}/article#second", LOCAL)
    assert snapshot.raw == b"<p>caf\xe9</p>"
    assert snapshot.content_type == "text/html"
    assert (snapshot.charset or "").lower() == "iso-8859-1"
    assert snapshot.url == f"{site}/article"
    assert snapshot.retrieved is not None
    assert snapshot.retrieved.tzinfo is not None


def test_the_reader_says_who_it_is_and_which_host_it_wants(site: str) -> None:
    agent, host = fetch_page(f"{site}/agent", LOCAL).raw.decode().split("|")
    assert agent.startswith("sourceline/")
    assert f"http://{host}" == site


def test_a_redirect_is_followed_and_the_last_address_kept(site: str) -> None:
    snapshot = fetch_page(f"{site}/moved", LOCAL)
    assert snapshot.url == f"{site}/article"


def test_the_address_is_the_one_that_was_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def look_up(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        looked_up.append(host)
        second = host == "rebinding.example" and looked_up.count(host) > 1
        answer = "10.0.0.1" if second else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    port = site.rsplit(":", 1)[1]
    assert fetch_page(f"http://rebinding.example:{port}/article", LOCAL).raw
    assert looked_up.count("rebinding.example") == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/absent", "answered 404"),
        ("/for-ever", "redirects more than 5 times"),
        ("/to-a-file", "no web address"),
        ("/large", "larger than 100,000 bytes"),
        ("/bomb", "larger than 100,000 bytes"),
    ],
)
def test_what_cannot_be_had_is_a_fetch_error_of_one_line(site: str, path: str, words: str) -> None:
    with pytest.raises(FetchError, match=words) as failure:
        fetch_page(site + path, LOCAL)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("path", ["/hangs", "/drips"])
def test_a_page_that_hangs_or_drips_is_given_up_in_time(site: str, path: str) -> None:
    with pytest.raises(FetchError, match=r"in time|took longer"):
        fetch_page(site + path, HURRIED)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "file:///etc/passwd", "http://", "http://[1", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        fetch_page(url, LOCAL)


def test_private_addresses_are_refused_unless_asked_for(site: str) -> None:
    with pytest.raises(AddressRefused, match="--allow-private"):
        fetch_page(f"{site}/article", Settings())


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    public = {"127.0.0.1"}
    monkeypatch.setattr(addresses, "is_public", lambda address: address in public)

    def look_up(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if host == "127.0.0.1" else "10.1.2.3", port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    monkeypatch.setattr(_Site, "do_GET", lambda self: self._answer(302, b"", {"Location": "http://inside.example/"}))
    with pytest.raises(AddressRefused, match=r"inside\.example"):
        fetch_page(f"{site}/article", Settings(fetch_timeout=5.0))


def test_one_private_answer_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("93.184.216.34", "192.168.0.1")]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with pytest.raises(AddressRefused):
        fetch_page("http://mixed.example/", Settings())


def test_a_host_that_nobody_knows_is_a_fetch_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*arguments: Any, **options: Any) -> list[Any]:
        raise socket.gaierror("unknown")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with pytest.raises(FetchError, match="not known"):
        fetch_page("http://nowhere.example/", Settings())


PRIVATE = (
    "127.0.0.1 10.0.0.1 192.168.1.1 172.16.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 240.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: "
    "fec0::1 feff::1 3fff::1 3fff:fff::1"
)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


def test_page_packed_twice_is_refused_unopened(site: str) -> None:
    with pytest.raises(FetchError, match="packed more than once"):
        fetch_page(f"{site}/bomb-in-a-bomb", LOCAL)


def test_a_password_is_shown_nowhere(site: str) -> None:
    secret = site.replace("http://", "http://ana:geheim@")
    assert fetch_page(f"{secret}/moved", LOCAL).url == f"{site}/article"
    for url in (f"{secret}/absent", f"{secret}/for-ever", f"{secret}/to-a-file", f"{secret}/large"):
        with pytest.raises(FetchError) as failure:
            fetch_page(url, LOCAL)
        assert "geheim" not in str(failure.value)
        assert "ana" not in str(failure.value)


@pytest.mark.parametrize(
    "url", ["http://ana:ge/heim@a.example/", "http://ana:geheim@[1", "gopher://ana:geheim@a.example"]
)
def test_a_password_is_not_shown_where_the_address_is_not_valid(url: str) -> None:
    with pytest.raises(FetchError) as failure:
        fetch_page(url, LOCAL)
    assert "ge" not in str(failure.value).replace("page", "").replace("gopher", "")
