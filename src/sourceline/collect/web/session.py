"""Many pages from many hosts, politely: robots.txt, delays, retries, conditional requests."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from sourceline.collect.names import shown
from sourceline.collect.web.clock import Clock, SystemClock
from sourceline.collect.web.exchange import Answer, Connection, downgrade, host_of, origin_of
from sourceline.collect.web.hosts import Host, Hosts
from sourceline.collect.web.page import follow, too_many_redirects
from sourceline.collect.web.robots import Robots, read_robots
from sourceline.errors import FetchError, TryLater
from sourceline.model.evidence import Unchanged, Visit
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

if TYPE_CHECKING:
    import httpx

_ROBOTS_REDIRECTS = 5
"""What RFC 9309 asks to follow at least."""

T = TypeVar("T")
Fetched: TypeAlias = Snapshot | Unchanged | FetchError


class Visits(Protocol):
    """What is known of earlier fetches. Asked only by the thread that takes a session's results."""

    def conditions(self, url: str) -> Visit | None:
        """What the last answer kept from `url` (the address that answered, after redirects) said of its version."""
        ...


class WebSession:
    """Fetches pages, one connection a host and several hosts at once. Keeps no cookies and uses no proxies.

    `transport` takes the place of the network, for one that is made up.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        visits: Visits | None = None,
        clock: Clock | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.settings = settings
        self._visits = visits
        self._clock = clock if clock is not None else SystemClock()
        self._transport = transport
        self._hosts = Hosts(self._host)

    def __enter__(self) -> WebSession:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._hosts.close()

    def fetch(self, url: str) -> Snapshot | Unchanged:
        """The page at `url` after its redirects.

        Raises AddressRefused, RobotsDenied, TryLater where it failed after all retries, FetchError for everything else.
        """
        fetches: Fetches[None] = Fetches(self)
        with fetches:
            fetches.add(url, None)
            found = fetches.take()
        outcome = found[1] if found is not None else FetchError(f"{shown(url)} was not fetched: run again")
        if isinstance(outcome, FetchError):
            raise outcome
        return outcome

    def conditions(self, url: str) -> Visit | None:
        return self._visits.conditions(url) if self._visits is not None else None

    def rest(self, host: str) -> None:
        """Closes the connection to a host for now."""
        self._hosts.rest(host)

    def ask(self, url: str, visit: Visit | None, waking: threading.Event, *, fresh: bool) -> Answer:
        """One answer, retries and all; it may be a redirect.

        `fresh`: a document is begun, as against another step on the way to it. Raises FetchError; TryLater at once when
        `waking` is set.
        """
        host = self._hosts.of(host_of(url))
        with host.lock:
            if self.settings.ask_robots:
                self._robots(host, origin_of(url), waking).check(url)
            headers = _conditional(visit)
            try:
                answer = self._patiently(host, lambda: host.connection.get(url, headers), waking, fresh=fresh)
            finally:
                host.asked()  # robots.txt is no document: the first one follows it at once
        if answer.status == 304 and not headers:
            raise FetchError(f"{shown(url)} answered 304 though nothing is known of it: check the address")
        return answer

    def _robots(self, host: Host, origin: str, waking: threading.Event) -> Robots:
        known = host.robots.get(origin)
        if known is None:
            known = host.robots[origin] = self._asked_robots(host, f"{origin}/robots.txt", waking)
            if isinstance(known, Robots):
                host.delay = max(host.delay, known.delay)
        if isinstance(known, FetchError):
            raise type(known)(str(known))
        return known

    def _asked_robots(self, host: Host, url: str, waking: threading.Event) -> Robots | FetchError:
        try:
            answer = self._patiently(
                host, lambda: follow(host.connection, url, _ROBOTS_REDIRECTS)[0], waking, fresh=False
            )
            return read_robots(answer)
        except TryLater as failure:
            if waking.is_set():
                raise  # nothing is known of the site then
            return TryLater(f"{failure} (no page is asked for where robots.txt cannot be had)")
        except FetchError as failure:
            return failure  # a host that nobody knows or that is private: its pages would fail alike

    def _patiently(self, host: Host, get: Callable[[], Answer], waking: threading.Event, *, fresh: bool) -> Answer:
        for attempt in range(self.settings.retries + 1):
            host.wait(waking, fresh=fresh)
            try:
                answer = get()
                answer.refuse_passing()
                host.ended(well=True)
                return answer
            except TryLater as failure:
                host.hold(failure.after if failure.after is not None else self.settings.retry_delay * 2**attempt)
                last = failure
        host.ended(well=False)
        raise last

    def _host(self, name: str) -> Host:
        connection = Connection(self.settings, self._clock, transport=self._transport)
        return Host(name, self.settings, self._clock, connection)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step(Generic[T]):
    """One request on the way to a document."""

    tag: T
    given: str
    url: str
    redirects: int = 0
    fresh: bool = True
    notices: tuple[str, ...] = ()


class Fetches(Generic[T]):
    """Addresses and what came of them, in the order of coming; more may be added while they come.

    Every address has a `tag` that comes back with its result. For one thread, which takes every result or leaves the
    `with`; no more results are held than hosts are asked at once.
    """

    def __init__(self, session: WebSession) -> None:
        self._session = session
        self._limit = session.settings.max_redirects
        self._waiting: dict[str, deque[_Step[T]]] = {}
        self._line: deque[str] = deque()
        """Hosts that have something waiting and are not being asked."""
        self._busy: set[str] = set()
        self._ready: deque[tuple[T, Fetched]] = deque()
        self._answers: SimpleQueue[tuple[str, _Step[T], Answer | FetchError]] = SimpleQueue()
        self._waking = threading.Event()
        self._count = 0

    def __len__(self) -> int:
        """How many addresses have no result yet."""
        return self._count

    def add(self, url: str, tag: T) -> None:
        self._count += 1
        self._queue(_Step(tag=tag, given=url, url=url))

    def __enter__(self) -> Fetches[T]:
        return self

    def __exit__(self, *exception: object) -> None:
        self._waking.set()

    def take(self) -> tuple[T, Fetched] | None:
        """The next result, waited for; None where nothing is on its way."""
        self._begin()
        while self._count and not self._ready:
            self._settle(*self._answers.get())
            self._begin()
        if not self._ready:
            return None
        self._count -= 1
        return self._ready.popleft()

    def _queue(self, step: _Step[T], *, first: bool = False) -> None:
        try:
            host = host_of(step.url)
        except FetchError as failure:
            self._ready.append((step.tag, failure))
            return
        steps = self._waiting.get(host)
        if steps is None:
            steps = self._waiting[host] = deque()
            if host not in self._busy:
                self._line.append(host)
        (steps.appendleft if first else steps.append)(step)

    def _begin(self) -> None:
        """Asks as many hosts as may be asked at once."""
        while self._line and len(self._busy) < self._session.settings.hosts_at_once:
            host = self._line.popleft()
            step = self._waiting[host].popleft()
            if not self._waiting[host]:
                del self._waiting[host]
            self._busy.add(host)
            visit = self._session.conditions(step.url)
            threading.Thread(target=self._run, args=(host, step, visit), daemon=True, name="ask").start()

    def _run(self, host: str, step: _Step[T], visit: Visit | None) -> None:
        answer: Answer | FetchError
        try:
            answer = self._session.ask(step.url, visit, self._waking, fresh=step.fresh)
        except FetchError as failure:
            answer = failure
        except Exception as error:  # a thread's traceback would be lost, and its result be waited for for ever
            answer = FetchError(f"{shown(step.url)} cannot be fetched ({type(error).__name__}): save it as a file")
        self._answers.put((host, step, answer))

    def _settle(self, host: str, step: _Step[T], answer: Answer | FetchError) -> None:
        self._busy.discard(host)
        if host in self._waiting:
            self._line.append(host)
        try:
            if isinstance(answer, FetchError):
                raise answer
            leads = answer.redirect()
            if leads is None:
                self._ready.append((step.tag, _outcome(step, answer)))
            else:
                self._queue(self._next(step, leads), first=True)
        except FetchError as failure:
            self._ready.append((step.tag, failure))
        if host not in self._waiting:
            self._session.rest(host)

    def _next(self, step: _Step[T], leads: str) -> _Step[T]:
        if step.redirects >= self._limit:
            raise too_many_redirects(step.given, self._limit)
        return replace(
            step,
            url=leads,
            redirects=step.redirects + 1,
            fresh=host_of(leads) != host_of(step.url),
            notices=step.notices or downgrade(step.url, leads),
        )


def _outcome(step: _Step[T], answer: Answer) -> Snapshot | Unchanged:
    answer.refuse_failure()
    if answer.status == 304:
        return Unchanged(place=shown(step.given), url=answer.url, retrieved=answer.retrieved)
    return answer.snapshot(step.notices)


def _conditional(visit: Visit | None) -> dict[str, str]:
    headers = {}
    if visit is not None and visit.etag:
        headers["If-None-Match"] = visit.etag
    if visit is not None and visit.last_modified:
        headers["If-Modified-Since"] = visit.last_modified
    return headers
