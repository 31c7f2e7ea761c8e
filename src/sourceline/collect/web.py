"""One web page over HTTP: checked address, bounded size, bounded time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sourceline.collect.addresses import resolve
from sourceline.collect.names import shown, without_password
from sourceline.errors import FetchError
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

if TYPE_CHECKING:
    import httpx

USER_AGENT = "sourceline/0.1 (reads single pages on request)"
_PATIENCE = 3
"""A whole fetch, redirects and all, may take this many times the timeout of one step."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch_page(url: str, settings: Settings) -> Snapshot:
    """The page at `url` after its redirects. Environment proxies are not used.

    Raises AddressRefused where a private address is met (at any redirect), FetchError for everything else.
    """
    allowed = settings.fetch_timeout * _PATIENCE
    fetch = _Fetch(url, settings, time.monotonic() + allowed)
    # In a thread of its own: name resolution and headers that trickle in know no deadline.
    worker = threading.Thread(target=fetch.run, daemon=True, name="fetch")
    worker.start()
    worker.join(allowed + 0.5)
    if fetch.failure is not None:
        raise fetch.failure
    if fetch.snapshot is None:
        raise FetchError(
            f"{shown(url)} took longer than {allowed:g} seconds: try again later, or save the page as a file"
        )
    return fetch.snapshot


@dataclass(slots=True)
class _Fetch:
    """One fetch on its way: `snapshot` or `failure` is set in the end."""

    url: str
    settings: Settings
    deadline: float
    snapshot: Snapshot | None = None
    failure: FetchError | None = None

    def run(self) -> None:
        # Imported here: it takes longer than reading a short text, and most readings need no network.
        import httpx

        try:
            with httpx.Client(trust_env=False, follow_redirects=False, headers=_headers()) as client:
                self.snapshot = self._follow(client)
        except FetchError as error:
            self.failure = error
        except httpx.TimeoutException:
            self.failure = FetchError(f"{shown(self.url)} does not answer in time: try again later")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:160] or type(error).__name__
            if without_password(self.url) != self.url:
                reason = type(error).__name__  # its words may hold a piece of the password
            self.failure = FetchError(f"{shown(self.url)} cannot be fetched ({reason}): check the address")
        except Exception as error:  # a thread's traceback would be lost, and a user must never see one
            self.failure = FetchError(
                f"{shown(self.url)} cannot be fetched ({type(error).__name__}): save it as a file"
            )

    def _follow(self, client: httpx.Client) -> Snapshot:
        address = self.url
        for _ in range(self.settings.max_redirects + 1):
            found = self._get(client, address)
            if isinstance(found, Snapshot):
                return found
            address = found
        limit = self.settings.max_redirects
        raise FetchError(
            f"{shown(self.url)} redirects more than {limit} times: open it in a browser and give its last address"
        )

    def _get(self, client: httpx.Client, address: str) -> Snapshot | str:
        """The page, or where it redirects to."""
        import httpx

        url = httpx.URL(address)
        if url.scheme not in ("http", "https") or not url.host:
            raise FetchError(f"{shown(address)} is no web address: it has to start with http:// or https://")
        port = url.port or (443 if url.scheme == "https" else 80)
        host = url.raw_host.decode("ascii")
        found = resolve(url.host, port, allow_private=self.settings.allow_private)
        # The connection goes to the address that was checked, so that a second look-up cannot lead elsewhere.
        request = client.build_request(
            "GET",
            url.copy_with(host=found[0], userinfo=b"", fragment=None),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host},
            timeout=min(self.settings.fetch_timeout, max(0.01, self.deadline - time.monotonic())),
        )
        response = client.send(request, stream=True)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return str(url.join(response.headers["location"]))
            if response.status_code != 200:
                raise FetchError(f"{shown(address)} answered {response.status_code}: check the address")
            return Snapshot(
                raw=self._body(response, address),
                url=str(url.copy_with(userinfo=b"", fragment=None)),
                content_type=response.headers.get("content-type", "").split(";")[0].strip().lower() or None,
                charset=response.charset_encoding,
                retrieved=datetime.now(UTC),
                headers=dict(response.headers),
            )
        finally:
            response.close()

    def _body(self, response: httpx.Response, address: str) -> bytes:
        if "," in response.headers.get("content-encoding", ""):
            # httpx unpacks all layers of a chunk before its size can be seen: a few bytes become gigabytes.
            raise FetchError(f"{shown(address)} is packed more than once: save the page as a file")
        chunks, size, limit = [], 0, self.settings.max_bytes
        for chunk in response.iter_bytes(1 << 16):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                raise FetchError(f"{shown(address)} is larger than {limit:,} bytes: save the part to be read as a file")
            if time.monotonic() > self.deadline:
                raise FetchError(f"{shown(address)} takes too long: try again later, or save the page as a file")
        return b"".join(chunks)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Language": "en,*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
