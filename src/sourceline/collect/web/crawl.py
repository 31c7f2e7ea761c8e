"""What an address leads to: a page, or all that a feed or sitemap lists."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from sourceline.collect.names import shown
from sourceline.collect.web.feeds import Feed, Item, parse_feed, parse_json_feed
from sourceline.collect.web.listings import Listing, called_by_its_name, find_listing, unpack_listing
from sourceline.collect.web.session import Fetched, Fetches, WebSession
from sourceline.collect.web.sitemaps import Entry, parse_sitemap
from sourceline.errors import FetchError, InvalidFeed, LimitReached, SourcelineError
from sourceline.model.evidence import Collected, Problem, Unchanged
from sourceline.model.record import Record
from sourceline.model.text import Snapshot
from sourceline.settings import Settings

Outcome: TypeAlias = Collected | Unchanged | Problem
_AHEAD = 256
"""Named addresses that are held ready."""


def collect_address(url: str, session: WebSession, settings: Settings) -> Iterator[Outcome]:
    """What an address leads to, as it comes: one page, or every page that a feed or sitemap lists.

    An item whose page cannot be had is given as the feed carries it, where that is in full. Nothing is raised for what
    cannot be read: it is a Problem.
    """
    return collect_addresses([url], session, settings)


def collect_addresses(urls: Iterable[str], session: WebSession, settings: Settings) -> Iterator[Outcome]:
    """The same for many addresses, several hosts at once, in the order of coming."""
    given = iter(urls)
    fetches: Fetches[_Wanted] = Fetches(session)
    with fetches:
        while True:
            for url in islice(given, max(0, _AHEAD - len(fetches))):
                fetches.add(url, _Wanted(crawl=_Crawl(url, fetches, settings)))
            arrived = fetches.take()
            if arrived is None:
                return
            wanted, outcome = arrived
            yield from wanted.crawl.take(wanted, outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """Why an address is fetched: it was named (neither `page` nor `sitemap`), or listed."""

    crawl: _Crawl
    page: Item | Entry | None = None
    sitemap: str | None = None
    depth: int = 0
    """How many sitemap indexes it stands in."""


class _Crawl:
    """One named address, and what was found from it."""

    def __init__(self, url: str, fetches: Fetches[_Wanted], settings: Settings) -> None:
        self._url = url
        self._fetches = fetches
        self._settings = settings
        self._pages_left = settings.max_pages
        self._sitemaps_left = settings.max_sitemaps
        self._sitemaps: deque[tuple[str, int]] = deque()
        """With their depths. One is read after the other, so that no more are than need be."""
        self._seen: set[str] = set()

    def take(self, wanted: _Wanted, outcome: Fetched) -> Iterator[Outcome]:
        """What is to be made of an address that was fetched; what it lists is put in the row."""
        if wanted.page is not None:
            yield self._page(wanted.page, outcome)
        else:
            yield from self._read(wanted, outcome)
            yield from self._next_sitemap()

    def _read(self, wanted: _Wanted, outcome: Fetched) -> Iterator[Outcome]:
        place = shown(wanted.sitemap or self._url)
        if isinstance(outcome, FetchError):
            yield _problem(place, outcome)
            return
        if isinstance(outcome, Unchanged):
            yield outcome
            return
        try:
            snapshot = unpack_listing(outcome, self._settings.max_bytes)
            listing = find_listing(snapshot)
            if listing is Listing.SITEMAP:
                yield from self._sitemap(place, snapshot, wanted.depth)
            elif listing is not None:
                yield from self._feed(place, snapshot, listing)
            elif wanted.sitemap is None:
                yield _collected(place, called_by_its_name(outcome))
            else:
                raise InvalidFeed("is listed as a sitemap, but is none: tell its keeper")
        except InvalidFeed as failure:
            yield _problem(place, InvalidFeed(f"{place} {failure}"))
        except Exception as error:  # one address's surprise must not cost the others
            yield Problem(place=place, kind="internal", message=f"{place}: {type(error).__name__}: {error}")

    def _feed(self, place: str, snapshot: Snapshot, listing: Listing) -> Iterator[Outcome]:
        parse = parse_json_feed if listing is Listing.JSON_FEED else parse_feed
        feed: Feed = parse(snapshot, self._pages_left)
        self._pages_left -= len(feed.items)
        for item in feed.items:
            if item.url is None:
                yield _as_carried(place, item, None)
            elif self._is_new(item.url):
                self._fetches.add(item.url, _Wanted(crawl=self, page=item))
        yield from _damage(place, feed.damage)
        if feed.total > len(feed.items):
            yield _cut_off(place, len(feed.items), feed.total, "items", "--max-pages")

    def _sitemap(self, place: str, snapshot: Snapshot, depth: int) -> Iterator[Outcome]:
        self._is_new(snapshot.url or self._url)
        found = parse_sitemap(snapshot, self._pages_left, self._sitemaps_left)
        for page in found.pages:
            if self._is_new(page.url):
                self._pages_left -= 1
                self._fetches.add(page.url, _Wanted(crawl=self, page=page))
        yield from _damage(place, found.damage)
        if found.unusable:
            yield _problem(place, InvalidFeed(f"{place} has {found.unusable:,} entries without a web address"))
        if found.total > len(found.pages):
            yield _cut_off(place, len(found.pages), found.total, "pages", "--max-pages")
        if not found.sitemaps:
            return
        if depth >= self._settings.sitemap_depth:
            limit = f"{place} stands in more than {depth} sitemap indexes: name the sitemaps in it one by one"
            yield _problem(place, LimitReached(limit))
            return
        for sitemap in found.sitemaps:
            if self._is_new(sitemap.url):
                self._sitemaps_left -= 1
                self._sitemaps.append((sitemap.url, depth + 1))
        if found.total_sitemaps > len(found.sitemaps):
            yield _cut_off(place, len(found.sitemaps), found.total_sitemaps, "sitemaps", "--max-sitemaps")

    def _next_sitemap(self) -> Iterator[Problem]:
        if not self._sitemaps:
            return
        if self._pages_left > 0:
            url, depth = self._sitemaps.popleft()
            self._fetches.add(url, _Wanted(crawl=self, sitemap=url, depth=depth))
            return
        left = len(self._sitemaps)
        self._sitemaps.clear()
        place = shown(self._url)
        limit = f"{place} lists {left:,} sitemaps more that were not read: give a higher --max-pages"
        yield _problem(place, LimitReached(limit))

    def _page(self, page: Item | Entry, outcome: Fetched) -> Outcome:
        place = shown(page.url or "")
        if isinstance(outcome, Unchanged):
            return outcome
        if isinstance(outcome, Snapshot):
            return _collected(place, replace(called_by_its_name(outcome), stated=page.stated))
        if isinstance(page, Item) and page.text is not None:
            return _as_carried(shown(self._url), page, outcome)
        return _problem(place, outcome)

    def _is_new(self, url: str) -> bool:
        """Whether an address is met for the first time; what stands after # does not count."""
        address = url.partition("#")[0]
        if address in self._seen:
            return False
        self._seen.add(address)
        return True


def _collected(place: str, snapshot: Snapshot) -> Collected:
    return Collected(place=place, content=snapshot, raw=snapshot.raw)


def _as_carried(feed: str, item: Item, failure: FetchError | None) -> Collected | Problem:
    """An item as its feed carries it, in full, or the problem that it is not."""
    place = f"{feed}#{item.number}"
    if item.text is None:
        return _problem(place, InvalidFeed(f"{place} has neither a page nor a full text: open the feed's site instead"))
    unread = f"its page cannot be had: {failure}" if failure is not None else "it names no page"
    record = Record(
        text=item.text,
        markup=item.markup,
        url=item.url,
        extra={"feed": feed, "read_from_feed": unread},
        title=item.stated.get("title"),
        byline=item.stated.get("byline"),
        outlet=item.stated.get("outlet"),
        published=item.stated.get("published"),
    )
    return Collected(place=place, content=record, raw=item.raw)


def _damage(place: str, damage: str | None) -> Iterator[Problem]:
    if damage is not None:
        yield _problem(place, InvalidFeed(f"{place} is damaged ({damage}): something that it lists may be missing"))


def _cut_off(place: str, taken: int, total: int, what: str, option: str) -> Problem:
    return _problem(
        place, LimitReached(f"{place} lists {total:,} {what}, and {taken:,} were taken: give a higher {option}")
    )


def _problem(place: str, error: SourcelineError) -> Problem:
    return Problem(place=place, kind=error.kind, message=str(error))
