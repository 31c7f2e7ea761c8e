"""One request and its answer: checked address, bounded size, bounded time."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from sourceline.collect.addresses import resolve
from sourceline.collect.names import shown, without_password
from sourceline.collect.web.clock import Clock
from sourceline.collect.web.unpack import Damaged, unpack_stream
from sourceline.errors import FetchError, TryLater
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

if TYPE_CHECKING:
    import httpx

PRODUCT = "sourceline"
"""The name that robots.txt knows this program by."""
_VERSION = "0.1"
PATIENCE = 3
"""An answer, from the look-up of the name to the last byte, may take this many times the timeout of one step."""
_GRACE = 0.5
"""Seconds beyond that after which a request that knows no deadline of its own is given up."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be others soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to one request. Its body is read only with a status of 200."""

    url: str
    """What was asked for, without user, password and fragment."""
    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)
    charset: str | None = None
    retrieved: datetime

    def redirect(self) -> str | None:
        """Where it leads on, whole. Raises FetchError where that is no address."""
        import httpx

        if self.status not in _REDIRECTS or "location" not in self.headers:
            return None
        try:
            return str(httpx.URL(self.url).join(self.headers["location"]))
        except (httpx.InvalidURL, ValueError):
            raise FetchError(f"{shown(self.url)} redirects to what is no address: check the address") from None

    def refuse_passing(self) -> None:
        """Raises TryLater where the answer may soon be another, with the seconds that the server asks to wait."""
        if self.status in _PASSING:
            message = f"{shown(self.url)} answered {self.status}: try again later"
            raise TryLater(message, after=_retry_after(self.headers.get("retry-after", ""), self.retrieved))

    def refuse_failure(self) -> None:
        """Raises TryLater or FetchError unless the status is 200, 304 or a redirect."""
        self.refuse_passing()
        if self.status not in (200, 304) and self.redirect() is None:
            raise FetchError(f"{shown(self.url)} answered {self.status}: check the address")

    def snapshot(self, notices: tuple[str, ...] = ()) -> Snapshot:
        return Snapshot(
            raw=self.body,
            url=self.url,
            content_type=self.headers.get("content-type", "").split(";")[0].strip().lower() or None,
            charset=self.charset,
            retrieved=self.retrieved,
            headers=self.headers,
            notices=notices,
        )


class Connection:
    """At most one open connection. Each request's address is looked up, checked, and connected to as checked.

    Not to be used by two threads at once. `transport` takes the place of the network, for one that is made up.
    """

    def __init__(self, settings: Settings, clock: Clock, *, transport: httpx.BaseTransport | None = None) -> None:
        self._settings = settings
        self._clock = clock
        self._transport = transport
        self._client: httpx.Client | None = None
        self._origin: tuple[str, str, int | None] | None = None
        self._socket: Any = None

    def get(self, address: str, headers: Mapping[str, str] | None = None, *, body: bytes | None = None) -> Answer:
        """The answer, whatever its status; to a POST, where there is a body to send.

        Raises AddressRefused where a private address is met, TryLater where no answer comes or it breaks off,
        FetchError for everything else.
        """
        url = _parsed(address)
        allowed = self._settings.fetch_timeout * PATIENCE
        request = _Request(
            url=url,
            headers={"Host": url.netloc.decode("ascii"), **(headers or {})},
            settings=self._settings,
            clock=self._clock,
            deadline=self._clock.monotonic() + allowed,
            opened=self._opened,
            body=body,
        )
        client = self._client_for(url)
        # In a thread of its own: name resolution and headers that trickle in know no deadline.
        worker = threading.Thread(target=request.run, args=(client,), daemon=True, name="fetch")
        worker.start()
        worker.join(allowed + _GRACE)
        if request.failure is not None:
            self.close()
            raise request.failure
        if request.answer is None:
            self._abandon()
            raise TryLater(
                f"{shown(address)} took longer than {allowed:g} seconds: try again later, or save the page as a file"
            )
        return request.answer

    def close(self) -> None:
        client, self._client, self._socket = self._client, None, None
        if client is not None and self._transport is None:
            client.close()

    def _client_for(self, url: httpx.URL) -> httpx.Client:
        # A connection is known by its address alone: kept for another host there, it would vouch for the wrong name.
        origin = (url.scheme, url.host, url.port)
        if origin != self._origin:
            self.close()
        if self._client is None:
            self._client, self._origin = _client(self._settings, self._transport), origin
        return self._client

    def _opened(self, socket: Any) -> None:
        self._socket = socket

    def _abandon(self) -> None:
        """Lets go of a request that still runs: its thread ends as soon as the socket says so."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(2)
        self._client, self._socket = None, None


@dataclass(slots=True, kw_only=True)
class _Request:
    """One request on its way: `answer` or `failure` is set in the end."""

    url: httpx.URL
    headers: Mapping[str, str]
    settings: Settings
    clock: Clock
    deadline: float
    opened: Callable[[Any], None]
    body: bytes | None = None
    answer: Answer | None = None
    failure: FetchError | None = None

    def run(self, client: httpx.Client) -> None:
        import httpx

        name = shown(str(self.url))
        try:
            self.answer = self._send(client)
        except FetchError as error:
            self.failure = error
        except httpx.TimeoutException:
            self.failure = TryLater(f"{name} does not answer in time: try again later")
        except httpx.TransportError as error:
            if _lasting(error):
                self.failure = FetchError(f"{name} cannot be fetched ({self._reason(error)}): check the address")
            else:
                self.failure = TryLater(f"{name} cannot be fetched ({self._reason(error)}): try again later")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            self.failure = FetchError(f"{name} cannot be fetched ({self._reason(error)}): check the address")
        except Exception as error:  # a thread's traceback would be lost, and a user must never see one
            self.failure = FetchError(f"{name} cannot be fetched ({type(error).__name__}): save it as a file")

    def _reason(self, error: Exception) -> str:
        if without_password(str(self.url)) != str(self.url):
            return type(error).__name__  # its words may hold a piece of the password
        return " ".join(str(error).split())[:160] or type(error).__name__

    def _send(self, client: httpx.Client) -> Answer:
        url = self.url
        port = url.port or (443 if url.scheme == "https" else 80)
        found = resolve(url.host, port, allow_private=self.settings.allow_private)
        # The connection goes to the address that was checked, so that a second look-up cannot lead elsewhere.
        request = client.build_request(
            "GET" if self.body is None else "POST",
            url.copy_with(host=found[0], userinfo=b"", fragment=None),
            headers=self.headers,
            content=self.body,
            extensions={"sni_hostname": url.raw_host.decode("ascii"), "trace": self._trace},
            timeout=min(self.settings.fetch_timeout, max(0.01, self.deadline - self.clock.monotonic())),
        )
        response = client.send(request, stream=True)
        try:
            return Answer(
                url=str(url.copy_with(userinfo=b"", fragment=None)),
                status=response.status_code,
                headers=dict(response.headers),
                body=self._body(response) if response.status_code == 200 else b"",
                charset=response.charset_encoding,
                retrieved=self.clock.now(),
            )
        finally:
            response.close()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by the connection what it does: keeps the socket, by which a request that hangs is ended."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.opened(info["return_value"].get_extra_info("socket"))

    def _body(self, response: httpx.Response) -> bytes:
        name, limit = shown(str(self.url)), self.settings.max_bytes
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if "," in encoding:
            raise FetchError(f"{name} is packed more than once: save the page as a file")
        chunks, size = [], 0
        pieces = response.iter_raw(1 << 16)
        if response.is_stream_consumed:  # an answer that is made up whole is unpacked as well
            pieces, encoding = iter([response.content]), ""
        try:
            for chunk in unpack_stream(self._timely(pieces), encoding):
                chunks.append(chunk)
                size += len(chunk)
                if size > limit:
                    raise FetchError(f"{name} is larger than {limit:,} bytes: save the part to be read as a file")
        except Damaged as damage:
            raise TryLater(f"{name} {damage}: try again later, or save the page as a file") from None
        return b"".join(chunks)

    def _timely(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces as they come, while there is time and they are not too many (packed bytes may unpack to none)."""
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > 2 * self.settings.max_bytes + (1 << 16):
                limit = self.settings.max_bytes
                raise FetchError(f"{shown(str(self.url))} is larger than {limit:,} bytes: save the part to be read")
            if self.clock.monotonic() > self.deadline:
                raise TryLater(
                    f"{shown(str(self.url))} took longer than it may: try again later, or save the page as a file"
                )
            yield piece


def downgrade(before: str, after: str) -> tuple[str, ...]:
    """The notice that a redirect leaves HTTPS, if it does."""
    if before.lower().startswith("https:") and after.lower().startswith("http:"):
        return ("fetched over plain HTTP after a redirect from HTTPS: it may have been changed on its way",)
    return ()


def host_of(address: str) -> str:
    """The host of a web address in ASCII, lower case. Raises FetchError where it is none."""
    return _parsed(address).raw_host.decode("ascii").lower()


def origin_of(address: str) -> str:
    """The address of a site's top without its path: https://outlet.example:8443. Raises FetchError where it is none."""
    url = _parsed(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def user_agent(settings: Settings) -> str:
    """Who is asking. Only printable ASCII of the contact is taken, since it stands in a header."""
    contact = re.sub(r"[^\x20-\x7e]|[()\\]", "", settings.contact).strip()[:200]
    return f"{PRODUCT}/{_VERSION} (reads news; contact: {contact or 'not given'})"


def _parsed(address: str) -> httpx.URL:
    # Imported here: it takes longer than reading a short text, and most readings need no network.
    import httpx

    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise FetchError(f"{shown(address)} is no web address: check it") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"{shown(address)} is no web address: it has to start with http:// or https://")
    return url


def _client(settings: Settings, transport: httpx.BaseTransport | None) -> httpx.Client:
    import httpx

    return httpx.Client(
        trust_env=False,
        follow_redirects=False,
        verify=_trusted(),
        transport=transport,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={
            "User-Agent": user_agent(settings),
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
            "application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Language": "en,*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than a request."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _lasting(error: BaseException) -> bool:
    """Whether no waiting mends it: a certificate that is not trusted, or a request that must not be sent."""
    import httpx

    if isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        return True
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _retry_after(given: str, now: datetime) -> float | None:
    """Seconds, from a number of them or from a date."""
    given = given.strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        moment = parsedate_to_datetime(given)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
