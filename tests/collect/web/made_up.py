"""A web that is made up: hosts that answer as a test says, and a clock that nobody waits for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sourceline.collect.web.session import Visits, WebSession
from sourceline.model.evidence import Visit
from sourceline.settings import Settings

START = datetime(2031, 3, 6, 12, 0, tzinfo=UTC)
PUBLIC = "93.184.216.34"
Reply = httpx.Response | str | int | Callable[[httpx.Request], httpx.Response]


class HeldClock:
    """Time goes on by sleeping alone, and at once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.naps: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float, waking: threading.Event) -> None:
        self.naps.append(seconds)
        self.seconds += seconds


class Known:
    """Visits as a mapping gives them."""

    def __init__(self, visits: Mapping[str, Visit]) -> None:
        self.visits = dict(visits)
        self.threads: set[int] = set()

    def conditions(self, url: str) -> Visit | None:
        self.threads.add(threading.get_ident())
        return self.visits.get(url)


class Web:
    """Addresses and their replies; what is not there is 404. `log` has each request's address and time."""

    def __init__(self, replies: Mapping[str, Reply | list[Reply]]) -> None:
        self.replies = {url: list(reply) if isinstance(reply, list) else [reply] for url, reply in replies.items()}
        self.clock = HeldClock()
        self.log: list[tuple[str, float]] = []
        self.requests: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        url = f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"
        self.log.append((url, self.clock.seconds))
        self.requests.append(request)
        replies = self.replies.get(url, [404])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if callable(reply):
            return reply(request)
        if isinstance(reply, httpx.Response):
            return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)
        return httpx.Response(reply) if isinstance(reply, int) else httpx.Response(200, text=reply)

    def asked(self) -> list[str]:
        return [url for url, _ in self.log]

    @contextmanager
    def session(self, settings: Settings | None = None, visits: Visits | None = None) -> Iterator[WebSession]:
        given = settings if settings is not None else Settings()
        transport = httpx.MockTransport(self.answer)
        with WebSession(given, visits=visits, clock=self.clock, transport=transport) as session:
            yield session


def resolve_to(monkeypatch: pytest.MonkeyPatch, addresses: Mapping[str, str] | None = None) -> None:
    """Every host is at a public address, but for those that are named."""

    def look_up(host: str, port: int, *arguments: Any, **options: Any) -> list[Any]:
        address = (addresses or {}).get(host, PUBLIC)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)


def moved(to: str, status: int = 302) -> httpx.Response:
    return httpx.Response(status, headers={"Location": to})


def typed(text: str | bytes, kind: str, **headers: str) -> httpx.Response:
    content = text.encode() if isinstance(text, str) else text
    return httpx.Response(200, content=content, headers={"Content-Type": kind, **headers})
