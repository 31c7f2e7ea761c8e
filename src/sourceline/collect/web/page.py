"""One exchange with the web on a person's request: a page, or an answer to what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from sourceline.collect.names import shown
from sourceline.collect.web.clock import SystemClock
from sourceline.collect.web.exchange import Answer, Connection, downgrade
from sourceline.errors import FetchError
from sourceline.model.text import Snapshot
from sourceline.settings import Settings


def fetch_page(url: str, settings: Settings) -> Snapshot:
    """The page at `url` after its redirects, asked for once. Environment proxies are not used.

    Raises AddressRefused where a private address is met (at any redirect), TryLater for a failure that may pass,
    FetchError for everything else.
    """
    with closing(Connection(settings, SystemClock())) as connection:
        answer, notices = follow(connection, url, settings.max_redirects)
    answer.refuse_failure()
    if answer.status != 200:
        raise FetchError(f"{shown(answer.url)} answered {answer.status}: check the address")
    return answer.snapshot(notices)


def post(url: str, body: bytes, headers: Mapping[str, str], settings: Settings) -> bytes:
    """What the address answers to this body; redirects are not followed. Raises FetchError, like `fetch_page`."""
    with closing(Connection(settings, SystemClock())) as connection:
        answer = connection.get(url, headers, body=body)
    answer.refuse_failure()
    if answer.status != 200:
        raise FetchError(f"{shown(answer.url)} answered {answer.status}: check the address")
    return answer.body


def follow(connection: Connection, url: str, max_redirects: int) -> tuple[Answer, tuple[str, ...]]:
    """The first answer that leads no further, whatever its status, and notices of the way there. Raises FetchError."""
    address = url
    notices: tuple[str, ...] = ()
    for _ in range(max_redirects + 1):
        answer = connection.get(address)
        leads = answer.redirect()
        if leads is None:
            return answer, notices
        notices = notices or downgrade(address, leads)
        address = leads
    raise too_many_redirects(url, max_redirects)


def too_many_redirects(url: str, limit: int) -> FetchError:
    return FetchError(f"{shown(url)} redirects more than {limit} times: open it in a browser and give its last address")
