"""Sitemaps and their indexes to addresses, with what a news sitemap says of each page."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from sourceline.collect.web.elements import Elements, name_of
from sourceline.model.text import Snapshot

_ENTRIES = frozenset({"url", "sitemap"})
_LONGEST_ADDRESS = 4096
_LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    url: str
    changed: datetime | None = None
    """When the page was published or last changed, by what the sitemap says."""
    stated: Mapping[str, str] = field(default_factory=dict)
    """`title`, `outlet` and `published`, where it is a news sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap or an index lists: the newest first, those without a date last, in their order."""

    pages: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...]
    total: int
    """How many pages it lists; `pages` are at most as many as were asked for."""
    total_sitemaps: int
    unusable: int = 0
    """Entries without an address of the web."""
    damage: str | None = None
    """What is wrong with it, where that may have cost entries."""


def parse_sitemap(snapshot: Snapshot, limit: int, sitemap_limit: int) -> Sitemap:
    """The newest `limit` pages and `sitemap_limit` sitemaps that are listed.

    Raises InvalidFeed, without naming the sitemap, where it is no XML or declares entities.
    """
    elements = Elements(snapshot.raw, snapshot.charset, _ENTRIES)
    pages, sitemaps = _Newest(limit), _Newest(sitemap_limit)
    unusable = 0
    for element in elements:
        entry = _entry(element, snapshot.url or "")
        if entry is None:
            unusable += 1
        else:
            (pages if name_of(element) == "url" else sitemaps).add(entry)
    return Sitemap(
        pages=pages.entries(),
        sitemaps=sitemaps.entries(),
        total=pages.total,
        total_sitemaps=sitemaps.total,
        unusable=unusable,
        damage=elements.damage,
    )


class _Newest:
    """The newest of many entries, of equal age the first; no more are held than are asked for."""

    def __init__(self, limit: int) -> None:
        self.total = 0
        self._limit = limit
        self._heap: list[tuple[float, int, Entry]] = []

    def add(self, entry: Entry) -> None:
        age = entry.changed.timestamp() if entry.changed is not None else float("-inf")
        ranked = (age, -self.total, entry)
        self.total += 1
        if len(self._heap) < self._limit:
            heapq.heappush(self._heap, ranked)
        elif self._heap:
            heapq.heappushpop(self._heap, ranked)

    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for _, _, entry in sorted(self._heap, reverse=True))


def _entry(element: etree._Element, base: str) -> Entry | None:
    said = dict(_said(element))
    url = _address(base, said.get("loc", ""))
    if url is None:
        return None
    stated = {
        "title": said.get("news:title", ""),
        "outlet": said.get("news:name", ""),
        "published": said.get("news:publication_date", ""),
    }
    moments = [m for m in (_moment(stated["published"]), _moment(said.get("lastmod", ""))) if m is not None]
    return Entry(
        url=url,
        changed=max(moments, default=None),
        stated={name: value for name, value in stated.items() if value},
    )


def _said(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of the innermost elements by name; the last of a name counts."""
    for inner in element.iterdescendants():
        if len(inner) == 0 and (text := " ".join((inner.text or "").split())):
            yield name_of(inner), text[: max(_LONGEST_ADDRESS, _LONGEST_LINE)]


def _address(base: str, given: str) -> str | None:
    if not given or len(given) >= _LONGEST_ADDRESS:
        return None
    try:
        whole = urljoin(base, given)
        scheme, host = urlsplit(whole).scheme, urlsplit(whole).hostname
    except ValueError:
        return None
    return whole if scheme in ("http", "https") and host else None


def _moment(given: str) -> datetime | None:
    """A date or time of W3C's form, which ISO 8601 holds; without an offset as UTC, for the order only."""
    try:
        if len(given) == 10:
            day = date.fromisoformat(given)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        moment = datetime.fromisoformat(given)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
