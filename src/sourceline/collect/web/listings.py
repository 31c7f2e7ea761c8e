"""Which kind of thing an address answered with: a feed, a sitemap, or what is read as it is."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from sourceline.collect.web.prologue import root_name
from sourceline.collect.web.unpack import Damaged, unpack_gzip
from sourceline.errors import InvalidFeed
from sourceline.model.text import Snapshot

_GZIP = b"\x1f\x8b"
_HEAD = 8192
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})
_JSON_TYPES = frozenset({"application/feed+json", "application/json"})
_HTML = "text/html"


class Listing(StrEnum):
    FEED = "feed"
    JSON_FEED = "json feed"
    SITEMAP = "sitemap"


_ROOTS = {
    "rss": Listing.FEED,
    "feed": Listing.FEED,
    "rdf": Listing.FEED,
    "urlset": Listing.SITEMAP,
    "sitemapindex": Listing.SITEMAP,
}


def find_listing(snapshot: Snapshot) -> Listing | None:
    """What a snapshot lists addresses as, told by its first element whatever the server calls it.

    Raises InvalidFeed where the server calls it a feed, and it is neither a feed nor a page.
    """
    root = root_name(snapshot.raw)
    if root in _ROOTS:
        return _ROOTS[root]
    head = snapshot.raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = snapshot.content_type
    if head.startswith(b"{") and (kind == "application/feed+json" or b"jsonfeed.org/version/" in head):
        return Listing.JSON_FEED
    if kind in _FEED_TYPES and root != "html":
        raise InvalidFeed("is called a feed by its server, but is none: check the address")
    return None


def unpack_listing(snapshot: Snapshot, limit: int) -> Snapshot:
    """The sitemap or feed in a gzip file, or the snapshot itself where it is none.

    Raises InvalidFeed where it is damaged or larger than `limit` bytes.
    """
    if not snapshot.raw.startswith(_GZIP):
        return snapshot
    try:
        head = next(unpack_gzip(snapshot.raw[: _HEAD * 4]), b"")
        if root_name(head) not in _ROOTS:
            return snapshot
        pieces, size = [], 0
        for piece in unpack_gzip(snapshot.raw):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise InvalidFeed(f"unpacks to more than {limit:,} bytes: give the sitemaps in it one by one")
    except Damaged as damage:
        raise InvalidFeed(f"{damage}: try again later") from None
    return replace(snapshot, raw=b"".join(pieces), content_type=None)


def called_by_its_name(snapshot: Snapshot) -> Snapshot:
    """The snapshot, an HTML page said to be one where its server calls it a feed."""
    if snapshot.content_type in _FEED_TYPES and root_name(snapshot.raw) == "html":
        notice = f"its server calls the page {snapshot.content_type}"
        return replace(snapshot, content_type=_HTML, notices=(*snapshot.notices, notice))
    return snapshot
