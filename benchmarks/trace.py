"""What claims cost: python benchmarks/trace.py [--articles N ...] [--folder DIR] [--share].

Stories are invented: each has people, places and some propositions of its own, and a few to some dozens of articles
that put these in different words, beside sentences that nobody else has. They are read by rule, so that what is
measured is keeping, matching and tracing alone, in processor time: the machine may be busy. For each size: articles
matched a second while the ledger grows; how long one more article takes (middle, 95th percentile) beyond its reading;
how long a trace takes; and what claims take of the file beside texts and readings. With several sizes, how each figure
grows: the exponent e of n^e between the first and the last. With --share the model reads the example world too: what
matching and tracing add to that. How fast text reuse is found stands in `benchmarks/reuse.py`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sourceline.ledger.ledger import Ledger  # noqa: E402  (the roots must be on the path first)
from sourceline.store.sqlite import open_store  # noqa: E402
from tests.ledger.by_hand import ByHand  # noqa: E402

_ONE_BY_ONE = 60
_TRACED = 60
_KEPT = ("texts", "readings")
_CLAIMS = (
    "articles", "meanings", "addresses", "candidates", "repeats", "links", "ties", "constraints", "claims", "members",
    "reasons", "statements", "unmatched", "matcher",
)  # fmt: skip


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the ledger")
    p.add_argument("--folder", type=Path, help="where the ledgers are made (default: a temporary folder)")
    p.add_argument("--share", action="store_true", help="also the share of matching where the model reads")
    a = p.parse_args()
    with tempfile.TemporaryDirectory(dir=a.folder) as folder:
        found = []
        for size in a.articles:
            figures = measure(Path(folder), size)
            found.append(figures)
            print(f"{size:,} articles: " + ", ".join(f"{name} {value:,.3g}" for name, value in figures.items()))
        if len(found) > 1:
            growth = math.log(a.articles[-1] / a.articles[0])
            for name in ("one more: middle ms", "one more: 95th ms", "claims: bytes an article"):
                print(f"{name}: n^{math.log(found[-1][name] / found[0][name]) / growth:.2f}")
            seconds = [size / figures["matched a second"] for size, figures in zip(a.articles, found, strict=True)]
            print(f"matching all: n^{math.log(seconds[-1] / seconds[0]) / growth:.2f}")
        if a.share:
            print(share(Path(folder)))


def measure(folder: Path, size: int) -> dict[str, float]:
    documents = Newsroom(random.Random(7)).articles()
    with Ledger(open_store(folder / f"{size}.db"), reader=ByHand()) as ledger:
        began = time.process_time()
        matched = 0.0
        left = size
        while left:
            batch = list(islice(documents, min(left, 500)))
            left -= len(batch)
            matched += add(ledger, folder, batch)
        whole = time.process_time() - began
        more = sorted(add(ledger, folder, [document]) for document in islice(documents, _ONE_BY_ONE))
        claims = [claim.id for claim in islice(ledger.claims(), 2000)]
        traces = sorted(timed(ledger, id) for id in claims[:: max(1, len(claims) // _TRACED)])
    sizes = table_sizes(folder / f"{size}.db")
    kept, made = (sum(sizes.get(name, 0) for name in names) for names in (_KEPT, _CLAIMS))
    return {
        "matched a second": size / matched,
        "added a second": size / whole,
        "one more: middle ms": 1000 * statistics.median(more),
        "one more: 95th ms": 1000 * more[int(len(more) * 0.95)],
        "trace: middle ms": 1000 * statistics.median(traces),
        "trace: 95th ms": 1000 * traces[int(len(traces) * 0.95)],
        "claims: bytes an article": made / size,
        "texts and readings: bytes an article": kept / size,
        "links: bytes an article": sizes.get("links", 0) / size,
    }


def add(ledger: Ledger, folder: Path, documents: Sequence[dict[str, Any]]) -> float:
    """Seconds of matching, after the documents were read and kept."""
    file = folder / "batch.jsonl"
    file.write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    follow, ledger._claims.follow = ledger._claims.follow, lambda: None  # type: ignore[method-assign]
    ledger.add(file)
    ledger._claims.follow = follow  # type: ignore[method-assign]
    began = time.process_time()
    ledger.match()
    return time.process_time() - began


def timed(ledger: Ledger, id: str) -> float:
    began = time.process_time()
    ledger.trace(id)
    return time.process_time() - began


def table_sizes(path: Path) -> dict[str, int]:
    """Bytes of each table with its indexes."""
    with sqlite3.connect(path) as connection:
        tables = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
        sizes: dict[str, int] = {}
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            table = tables.get(name, name)
            for virtual in ("candidates", "statements", "search", "names"):
                table = virtual if table.startswith(f"{virtual}_") else table
            sizes[table] = sizes.get(table, 0) + size
        return sizes


def share(folder: Path) -> str:
    """What matching and tracing take of the time that the model reads."""
    from sourceline.pipeline import Pipeline

    with Ledger(open_store(folder / "world.db"), reader=Pipeline()) as ledger:
        ledger._claims.follow = lambda: None  # type: ignore[method-assign]
        world = ROOT / "examples" / "world" / "documents.jsonl"
        list(ledger._read_many([]))
        began = time.process_time()
        ledger.add(world)
        read = time.process_time() - began
        began = time.process_time()
        ledger.match()
        for _ in ledger.traces():
            pass
        matched = time.process_time() - began
    return (
        f"example world: reading and keeping {read:.2f} s, matching and tracing {matched:.2f} s: {matched / read:.0%}"
    )


class Newsroom:
    """Invented stories, their articles mixed as they come."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words = [self._invent(2, 3) for _ in range(20_000)]
        self._outlets = [self._invent(2, 3).title() + " Post" for _ in range(200)]
        self._number = 0

    def articles(self) -> Iterator[dict[str, Any]]:
        running: list[_Story] = []
        while True:
            if len(running) < 40 or self._rng.random() < 0.15:
                running.append(_Story(self, self._rng))
            story = self._rng.choice(running)
            yield self._article(story)
            story.left -= 1
            if not story.left:
                running.remove(story)

    def _article(self, story: _Story) -> dict[str, Any]:
        rng = self._rng
        self._number += 1
        put = rng.sample(story.propositions, rng.randint(3, len(story.propositions)))
        said = [f"{who} said {self._reworded(words)}." for who, words in put]
        said += [f"{self.name()} said {self.sentence(story.names)}." for _ in range(rng.randint(4, 10))]
        rng.shuffle(said)
        day = 1 + self._number // 400 % 28
        moment = f"2031-{1 + self._number // 11_200 % 12:02}-{day:02}T{self._number % 24:02}:00:00+00:00"
        outlet = rng.choice(self._outlets)
        return {"id": f"a{self._number}", "outlet": outlet, "published": moment, "text": "\n\n".join(said)}

    def _reworded(self, words: Sequence[str]) -> str:
        """With a word left out or changed here and there; often as it is."""
        rng = self._rng
        kept = [rng.choice(self._words) if rng.random() < 0.1 else word for word in words if rng.random() > 0.08]
        return " ".join(kept if rng.random() < 0.6 else words)

    def sentence(self, names: Sequence[str]) -> str:
        return " ".join(self.words(names))

    def words(self, names: Sequence[str]) -> list[str]:
        rng = self._rng
        said = [rng.choice(self._words) for _ in range(rng.randint(6, 16))]
        said[rng.randrange(len(said))] = rng.choice(names)
        if rng.random() < 0.4:
            said.insert(
                rng.randrange(len(said)), f"{rng.randint(3, 9000):,} {rng.choice(('people', 'tonnes', 'boats'))}"
            )
        return said

    def name(self) -> str:
        return f"{self._invent(1, 2).title()} {self._invent(2, 3).title()}"

    def _invent(self, least: int, most: int) -> str:
        syllables = (self._rng.choice("bdfgklmnprstv") + self._rng.choice("aeiou") for _ in range(9))
        return "".join(islice(syllables, self._rng.randint(least, most))) + self._rng.choice("nrstl")


class _Story:
    def __init__(self, newsroom: Newsroom, rng: random.Random) -> None:
        self.names = [newsroom.name() for _ in range(6)]
        self.propositions = [(rng.choice(self.names), newsroom.words(self.names)) for _ in range(rng.randint(4, 9))]
        self.left = min(60, max(1, int(rng.paretovariate(1.1) * 2)))


if __name__ == "__main__":
    main()
