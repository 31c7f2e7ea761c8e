"""What a session knows of one host: its connection, its rules, when it may be asked again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from sourceline.collect.names import shown
from sourceline.collect.web.clock import Clock
from sourceline.collect.web.exchange import Connection
from sourceline.collect.web.robots import Robots
from sourceline.errors import FetchError, TryLater
from sourceline.settings import Settings

_KEPT = 256
"""Hosts remembered; the one that was asked longest ago is forgotten first."""
_GIVEN_UP = 5
"""Documents in a row that could not be had, retries and all, after which a host's others are not tried."""


class Host:
    """One host. Who uses it holds its `lock`: one request at a time."""

    def __init__(self, name: str, settings: Settings, clock: Clock, connection: Connection) -> None:
        self.lock = threading.Lock()
        self.connection = connection
        self.robots: dict[str, Robots | FetchError] = {}
        """By origin; the error where it could not be had."""
        self.delay = settings.host_delay
        """Seconds between two documents."""
        self._name = name
        self._settings = settings
        self._clock = clock
        self._asked: float | None = None
        self._held_until = 0.0
        self._failures = 0

    def wait(self, waking: threading.Event, *, fresh: bool) -> None:
        """Waits until the host may be asked: its delay where a document is begun (`fresh`), and what `hold` said.

        Raises TryLater where that is too long, or too much failed already.
        """
        if self._failures >= _GIVEN_UP:
            raise TryLater(
                f"{shown(self._name)} failed {self._failures} times in a row, and its other pages were not tried: "
                "run again later"
            )
        now = self._clock.monotonic()
        until = self._held_until
        if fresh and self._asked is not None:
            until = max(until, self._asked + self.delay)
        if until - now > self._settings.max_wait:
            raise TryLater(
                f"{shown(self._name)} asks to be left alone for {until - now:,.0f} seconds: run again later, or give "
                "--max-wait"
            )
        if until > now:
            self._clock.sleep(until - now, waking)
        if waking.is_set():
            raise TryLater("it was stopped before its turn: run again")

    def hold(self, seconds: float) -> None:
        """Nothing is asked of the host for so long."""
        self._held_until = max(self._held_until, self._clock.monotonic() + seconds)

    def asked(self) -> None:
        """A document, or a step on the way to one, has just been had or given up."""
        self._asked = self._clock.monotonic()

    def ended(self, *, well: bool) -> None:
        """A document was had, or given up after its retries."""
        self._failures = 0 if well else self._failures + 1


class Hosts:
    """The hosts of a session by name, for any thread."""

    def __init__(self, make: Callable[[str], Host]) -> None:
        self._make = make
        self._hosts: OrderedDict[str, Host] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str) -> Host:
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                host = self._hosts[name] = self._make(name)
            self._hosts.move_to_end(name)
            if len(self._hosts) > _KEPT:
                self._forget()
            return host

    def _forget(self) -> None:
        """The host that was asked longest ago of those that are not being asked."""
        for name, host in self._hosts.items():
            if not host.lock.locked():
                del self._hosts[name]
                host.connection.close()
                return

    def rest(self, name: str) -> None:
        """Closes the connection of a host that is not asked any more for now."""
        host = self._hosts.get(name)
        if host is not None and host.lock.acquire(blocking=False):
            try:
                host.connection.close()
            finally:
                host.lock.release()

    def close(self) -> None:
        for name in list(self._hosts):
            self.rest(name)
