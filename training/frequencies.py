"""Builds the table of word frequencies: `python -m training.frequencies [--out FILE]`.

In how many articles of the training sets a stem stands in lower case at least once. Names are left out by that: which
people the news of some year was about says nothing of another year's. Only counts are kept.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sourceline.lexicon.frequencies import TABLE
from sourceline.match.mentions.stems import content_words
from sourceline.match.mentions.tokens import find_tokens
from training.data import DATA

OUT = Path(__file__).parent.parent / "src" / "sourceline" / "lexicon" / "tables" / TABLE
SETS = ("polnear/train.jsonl", "meantime/train.jsonl", "wikinews_raw/articles.jsonl", "gum/train.jsonl")
LEAST = 4
"""Articles that a word must stand in: what is rarer counts as unknown."""
LONGEST = 12_000


def texts() -> Iterator[str]:
    for name in SETS:
        for line in (DATA / name).read_text("utf-8").splitlines():
            yield json.loads(line)["text"][:LONGEST]


def build() -> str:
    counts: Counter[str] = Counter()
    articles = 0
    for text in texts():
        tokens = [t for t in find_tokens(text, 0, len(text)) if t.text == t.lower and t.text[:1].isalpha()]
        counts.update(set(content_words(tokens)))
        articles += 1
    kept = {word: count for word, count in sorted(counts.items()) if count >= LEAST}
    return json.dumps({"articles": articles, "counts": kept}, ensure_ascii=False, indent=0) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.parse_args().out.write_text(build(), "utf-8")


if __name__ == "__main__":
    main()
