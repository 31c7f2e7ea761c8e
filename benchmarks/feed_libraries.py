"""feedparser beside our own reading of feeds: python benchmarks/feed_libraries.py NAME [FOLDER]

NAME is feedparser or sourceline: seconds and memory for a feed of 10,000 items with their full texts, 18 MB. With a
FOLDER of feeds (feedparser's own source has 2,242 under tests/) both read each, and what they find is counted.
feedparser is not needed to run sourceline; it is installed apart.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sourceline.collect.web.feeds import Feed, parse_feed
from sourceline.errors import InvalidFeed
from sourceline.model.text import Snapshot

ITEMS = 10_000
LIMIT = 1_000
"""The default of Settings.max_pages."""
BASE = "https://beacon.example/feed.xml"


def ours(raw: bytes, limit: int = LIMIT) -> Feed:
    return parse_feed(Snapshot(raw=raw, url=BASE), limit)


def theirs(raw: bytes) -> Any:
    import feedparser

    where = {"content-location": BASE}
    return feedparser.parse(io.BytesIO(raw), response_headers=where, sanitize_html=False)


def made_up() -> bytes:
    text = "<p>The cranes stood still for nine days, said the harbour master.</p>" * 24
    items = (
        f"<item><title>Port &amp; rail {n}</title><link>/{n}</link><pubDate>Thu, 06 Mar 2031 09:15:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        for n in range(ITEMS)
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def measure(name: str, read: Callable[[bytes], object]) -> None:
    raw = made_up()
    read(b"<rss><channel/></rss>")  # imports are not what is measured
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    read(raw)
    seconds = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{name}: {len(raw) / 1e6:.0f} MB in {seconds:.2f} s, {memory:.0f} MB more")


def compare(folder: Path) -> None:
    counts: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.xml")):
        raw = path.read_bytes()
        entries = theirs(raw).entries
        try:
            items = ours(raw).items
        except InvalidFeed:
            items = ()
        counts["files"] += 1
        if len(items) != len(entries):
            counts["files with another number of items"] += 1
            continue
        for item, entry in zip(items, entries, strict=True):
            link = entry.get("link", "")
            counts["items"] += 1
            counts["other links"] += item.url != (link if link.startswith("http") else None)
            counts["dates that only we find"] += "published" in item.stated and not entry.get("published")
            counts["dates that only feedparser finds"] += "published" not in item.stated and bool(
                entry.get("published")
            )
    for name, count in counts.items():
        print(f"{name}: {count:,}")


if __name__ == "__main__":
    measure(sys.argv[1], theirs if sys.argv[1] == "feedparser" else ours)
    if len(sys.argv) > 2:
        compare(Path(sys.argv[2]))
