"""How fast text reuse is found, and in how much memory: python benchmarks/reuse.py [--articles N]

Articles are generated as numbers of words: a vocabulary with a long tail, lengths as news has them, and of every ten
articles three that take over stretches of earlier ones. A batch is thinned to prints, looked up among all before it,
and taken in. Prints articles a second, peak memory, and how many of the planted uses were found.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402  (the roots must be on the path first)

from sourceline.match.print_index import PrintIndex  # noqa: E402
from sourceline.match.prints import winnow  # noqa: E402

_BATCH = 1000


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--articles", type=int, default=100_000)
    p.add_argument("--words", type=int, default=450, help="in an article, on average")
    a = p.parse_args()
    random = np.random.default_rng(7)
    index = PrintIndex()
    planted = found = pairs = prints = 0
    busy = 0.0
    recent: list[tuple[int, np.ndarray]] = []
    for first in range(0, a.articles, _BATCH):
        texts, uses = make_batch(random, recent, a.words)
        began = time.perf_counter()
        hashes = [found_hashes for found_hashes, _ in winnow(texts)]
        shared = index.find(hashes)
        index.add(range(first, first + len(texts)), hashes)
        busy += time.perf_counter() - began
        pairs += len(shared.query)
        prints += sum(map(len, hashes))
        at = set(zip(shared.query.tolist(), shared.article.tolist(), strict=True))
        planted += len(uses)
        found += sum(use in at for use in uses)
        recent = (recent + list(enumerate(texts, first)))[-20_000:]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{a.articles:,} articles: {a.articles / busy:,.0f} articles/s, {prints / a.articles:.0f} prints each, "
        f"{pairs:,} pairs, {found:,} of {planted:,} planted uses found, peak {memory:,.0f} MB"
    )


def make_batch(random, recent, words):  # type: ignore[no-untyped-def]
    """Articles, and of which earlier one (its number) each of some uses 25 to 200 words."""
    texts, uses = [], set()
    for place in range(_BATCH):
        length = max(30, int(random.normal(words, words / 3)))
        text = (random.pareto(0.6, length) * 50).clip(max=2**31).astype(np.uint64) + 1
        if recent and place % 10 < 3:
            number, source = recent[int(random.integers(len(recent)))]
            taken = min(int(random.integers(25, 200)), len(source), length)
            start = int(random.integers(len(source) - taken + 1))
            text[:taken] = source[start : start + taken]
            uses.add((place, number))
        texts.append(text)
    return texts, uses


if __name__ == "__main__":
    main()
