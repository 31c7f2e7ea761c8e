"""Measures the mentions that claims are made of: python -m evals.mentions [--errors] [NAME...].

Against gold storylines: those of `SOURCELINE_DATA/ledger_dev`, of `training/storylines`, and the example world, for
which no rule was made. A gold mention is found as a ledger's scorer finds it: by a mention of its document with a
character IoU of at least 0.5, or one that contains it and is at most three times as long; one to one, best first.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from evals.measures import DATA, Bench, Figures
from sourceline.clean.document import clean_page, clean_record
from sourceline.collect.files import read_source
from sourceline.collect.records import parse_record
from sourceline.match.mentions import find_mentions
from sourceline.model.claim import Mention, Stance
from sourceline.model.reading import Reading
from sourceline.model.text import Document
from sourceline.settings import Settings

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "examples" / "world"
WORLD_GOLD = ROOT / "evals" / "cases" / "world" / "gold.json"
TRAINING = ROOT / "training" / "storylines"


@dataclass(frozen=True)
class Wanted:
    """A mention of the gold: where it stands, and its stance."""

    claim: str
    document: str
    start: int
    end: int
    stance: Stance
    text: str


@dataclass(frozen=True)
class Storyline:
    """A storyline's gold against what was found in its documents."""

    name: str
    wanted: tuple[Wanted, ...]
    found: dict[str, tuple[Mention, ...]]
    """By the document's id."""
    words: int

    @cached_property
    def pairs(self) -> dict[Wanted, Mention]:
        """Each gold mention that is found, with what finds it."""
        likely = []
        for at, gold in enumerate(self.wanted):
            for place, mention in enumerate(self.found.get(gold.document, ())):
                overlap, joined = _overlap(gold, mention)
                length = sum(s.end - s.start for s in mention.spans)
                whole = overlap == gold.end - gold.start and length <= 3 * overlap
                if overlap and (overlap / joined >= 0.5 or whole):
                    likely.append((overlap / joined, at, place))
        pairs: dict[Wanted, Mention] = {}
        taken: set[tuple[str, int]] = set()
        for _, at, place in sorted(likely, reverse=True):
            gold = self.wanted[at]
            if gold not in pairs and (gold.document, place) not in taken:
                taken.add((gold.document, place))
                pairs[gold] = self.found[gold.document][place]
        return pairs

    def misses(self) -> Iterator[str]:
        """Each gold mention that is not found, with the mentions that lie nearest."""
        for gold in self.wanted:
            if gold in self.pairs:
                continue
            yield f"{self.name} {gold.claim} {gold.document}: {gold.text!r}"
            for mention in self.found.get(gold.document, ()):
                overlap, joined = _overlap(gold, mention)
                if overlap:
                    taken = " (stands for another)" if mention in self.pairs.values() else ""
                    wording = " … ".join(span.text for span in mention.spans)
                    yield f"    IoU {overlap / joined:.2f}{taken}: {wording[:200]!r}"

    def misjudged(self) -> Iterator[str]:
        for gold, mention in self.pairs.items():
            if not agrees(gold, mention):
                yield f"{self.name} {gold.document}: {gold.text[:120]!r} {gold.stance}, not {mention.stance}"


def agrees(gold: Wanted, mention: Mention) -> bool:
    """Whether the stance as worded can be the gold's, which is towards the claim: a denial may assert in other words,
    but a refusal is one in both, and so is what is none."""
    return (gold.stance is Stance.DECLINES) == (mention.stance is Stance.DECLINES)


def _overlap(gold: Wanted, mention: Mention) -> tuple[int, int]:
    """Characters in both, and in either."""
    shared = sum(max(0, min(gold.end, s.end) - max(gold.start, s.start)) for s in mention.spans)
    return shared, gold.end - gold.start + sum(s.end - s.start for s in mention.spans) - shared


def read_storyline(name: str, documents: Sequence[Document], claims: list[dict[str, Any]], bench: Bench) -> Storyline:
    readings = [r for r in bench.pipeline.read_many(documents) if isinstance(r, Reading)]
    texts = {reading.document.id: reading.document.text for reading in readings}
    wanted = []
    for claim in claims:
        for mention in claim["mentions"]:
            start = _place(texts.get(mention["doc"], ""), mention["text"], mention.get("n") or 0)
            if start is not None:
                end = start + len(mention["text"])
                stance = Stance(mention["stance"])
                wanted.append(Wanted(claim["id"], mention["doc"], start, end, stance, mention["text"]))
    found = {reading.document.id: find_mentions(reading) for reading in readings}
    return Storyline(name, tuple(wanted), found, sum(len(text.split()) for text in texts.values()))


def _place(text: str, words: str, number: int) -> int | None:
    at = -1
    for _ in range(number + 1):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at


def storylines(bench: Bench, folder: Path) -> Iterator[Storyline]:
    """The storylines in a folder's folders."""
    for gold in sorted(folder.glob("*/gold.json")):
        lines = (gold.parent / "documents.jsonl").read_bytes().splitlines()
        documents = [
            clean_record(parse_record(line, at), Settings()) for at, line in enumerate(lines, 1) if line.strip()
        ]
        claims = json.loads(gold.read_text("utf-8"))["claims"]
        yield read_storyline(gold.parent.name, documents, claims, bench)


def world(bench: Bench) -> Storyline:
    """The example world; its newsletter stands in a mail, its pages in HTML."""
    settings = Settings()
    lines = (WORLD / "documents.jsonl").read_bytes().splitlines()
    documents = [clean_record(parse_record(line, at), settings) for at, line in enumerate(lines, 1)]
    paths = sorted([*WORLD.glob("pages/*.html"), *WORLD.glob("releases/*.txt"), *WORLD.glob("mail/*.eml")])
    for path in paths:
        page = clean_page(read_source(str(path), settings), settings)
        documents.append(replace(page, id=path.stem))
    return read_storyline("world", documents, json.loads(WORLD_GOLD.read_text("utf-8"))["claims"], bench)


def figures_of(found: Sequence[Storyline]) -> Figures:
    pairs = [pair for storyline in found for pair in storyline.pairs.items()]
    wanted = sum(len(storyline.wanted) for storyline in found)
    mentions = sum(len(ms) for storyline in found for ms in storyline.found.values())
    return {
        "recall": round(100 * len(pairs) / wanted, 1),
        "refusals": round(100 * sum(agrees(*pair) for pair in pairs) / len(pairs), 1),
        "per_100_words": round(100 * mentions / sum(storyline.words for storyline in found), 2),
        "per_gold": round(mentions / wanted, 2),
    }


def measure_mentions(bench: Bench) -> Figures | None:
    """Recall of gold mentions, stance as worded where it compares, and how many mentions are made for it."""
    sets = {"dev": list(storylines(bench, DATA / "ledger_dev")), "world": [world(bench)]}
    trained = list(storylines(bench, TRAINING))
    if trained:
        sets["training"] = trained
    return {f"{name}_{k}": v for name, found in sets.items() if found for k, v in figures_of(found).items()}


MEASURES = {"mentions": measure_mentions}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="storylines; all if none is named")
    parser.add_argument("--errors", action="store_true", help="what was missed or misjudged, on standard error")
    parser.add_argument("--folder", type=Path, action="append", default=[], help="more folders of storylines")
    a = parser.parse_args()
    bench = Bench()
    found = [s for folder in (DATA / "ledger_dev", TRAINING, *a.folder) for s in storylines(bench, folder)]
    for storyline in [*found, world(bench)]:
        if a.names and storyline.name not in a.names:
            continue
        print(f"{storyline.name:<16}", *(f"{k} {v:g}" for k, v in figures_of([storyline]).items()))
        if a.errors:
            print(*storyline.misses(), *storyline.misjudged(), sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
