"""Measures where claims come from: python -m evals.tracing [NAME...].

Gold claims of storylines, as a matcher without fault would give them (the gold's clusters and stances over our own
mentions), are traced and held against the gold's origins, counts, flags and edges, much as a ledger's scorer does it.
The two of `SOURCELINE_DATA/ledger_dev` are for development; the weights are trained on those of `training/storylines`,
so that these show only what is fitted (`training/trace.py` prints what is left out in turn).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.measures import DATA, Bench, Figures
from evals.storylines import OURS, Storyline, b_cubed, read_storyline, storyline_folders
from sourceline.match.reuse import Worded, find_reuse
from sourceline.model.claim import Article, Reuse, Voice
from sourceline.model.trace import Trace
from sourceline.trace import Setting, find_edges, trace_claim

_FLAGS = ("circular", "recycled", "disputed_by", "drift")


def setting_of(storyline: Storyline) -> Setting:
    """What a ledger of the storyline's documents alone would know: shared text, and who belongs to which body."""
    worded = {version: Worded(version, text) for version, text in storyline.texts.items()}
    known: dict[str, set[str]] = defaultdict(set)
    for article in storyline.articles.values():
        for mention in article.mentions:
            voices = (*((mention.speaker,) if mention.speaker else ()), *mention.via, *mention.upstream)
            for voice in voices:
                if voice.profile is not None:
                    known[voice.name].update(body for body in (voice.office_of, voice.affiliation) if body)
    memo: dict[tuple[str, str], Reuse | None] = {}

    def reuse(first: Article, second: Article) -> Reuse | None:
        pair = first.version, second.version
        if pair not in memo:
            memo[pair] = find_reuse(worded[first.version], worded[second.version])
        return memo[pair]

    def bodies(voice: Voice) -> Sequence[str]:
        return sorted(known.get(voice.name, ()))

    return Setting(reuse=reuse, bodies_of=bodies)


def reuses_of(storyline: Storyline, setting: Setting) -> list[Reuse]:
    """All text that the storyline's documents share."""
    ordered = sorted(storyline.articles.values(), key=lambda a: (a.time, a.version))
    pairs = (setting.reuse(a, b) for a, b in combinations(ordered, 2) if a.time < b.time)
    return [reuse for reuse in pairs if reuse is not None]


@dataclass(slots=True)
class Score:
    """What was counted over some storylines."""

    counts: Counter[str] = field(default_factory=Counter)
    gold: list[object] = field(default_factory=list)
    made: list[object] = field(default_factory=list)

    def add(self, storyline: Storyline) -> None:
        setting = setting_of(storyline)
        traces = []
        for gold, claim in storyline.gold_claims():
            trace = trace_claim(claim, storyline.articles, setting)
            traces.append(trace)
            self._origins(storyline, gold, trace)
            self._flags(gold, trace)
            if len(claim.members) > 1:
                self._interval(gold, trace)
        self._edges(storyline, traces, setting)

    def _origins(self, storyline: Storyline, gold: dict[str, Any], trace: Trace) -> None:
        origins = {mention.mention: mention.origin for mention in trace.mentions}
        for wanted, mention in storyline.found.items():
            if wanted.claim == gold["id"] and wanted.origin:
                self.gold.append((storyline.name, gold["id"], wanted.origin))
                self.made.append((storyline.name, gold["id"], origins.get(mention.id) or mention.id))

    def _flags(self, gold: dict[str, Any], trace: Trace) -> None:
        got = {
            "circular": trace.circular,
            "recycled": trace.recycled,
            "disputed_by": trace.disputed_by,
            "drift": trace.drift,
        }
        for flag in _FLAGS:
            wanted, found = bool(gold.get(flag)), bool(got[flag])
            self.counts[f"{flag} {'hit' if wanted and found else 'miss' if wanted else 'false' if found else ''}"] += 1

    def _interval(self, gold: dict[str, Any], trace: Trace) -> None:
        low, high = gold["independent_origins"]["low"], gold["independent_origins"]["high"]
        got = trace.independent_origins
        self.counts["claims"] += 1
        self.counts["inside"] += got.low <= high and low <= got.high
        self.counts["exact"] += low <= got.best <= high
        self.counts["width"] += got.high - got.low
        self.counts["overcount"] += got.low >= 2 and high == 1
        if low >= 2:
            self.counts["plural"] += 1
            self.counts["shown"] += got.low >= 2

    def _edges(self, storyline: Storyline, traces: Sequence[Trace], setting: Setting) -> None:
        gold = {(e["from"], e["to"]): e["credited"] for e in storyline.gold["edges"]}
        made = {
            (e.earlier, e.later): e.credited
            for e in find_edges(storyline.articles, traces, reuses_of(storyline, setting))
        }
        optional = optional_edges(storyline.name) - set(gold)
        self.counts["edges"] += len(gold)
        self.counts["edges made"] += len(set(made) - optional)
        self.counts["edges hit"] += len(set(made) & set(gold))
        self.counts["edges credited"] += sum(made[e] == gold[e] for e in set(made) & set(gold))

    def figures(self) -> Figures:
        c = self.counts
        many = max(1, c["claims"])
        found = {
            "origin_b3": 100 * b_cubed(self.gold, self.made)[2],
            "origins_in_interval": 100 * c["inside"] / many,
            "origins_exact": 100 * c["exact"] / many,
            "shown_plural": 100 * c["shown"] / max(1, c["plural"]),
            "edge_f": 200 * c["edges hit"] / max(1, c["edges"] + c["edges made"]),
            "edge_credit": 100 * c["edges credited"] / max(1, c["edges hit"]),
        }
        for flag in _FLAGS:
            hit, wrong = c[f"{flag} hit"], c[f"{flag} miss"] + c[f"{flag} false"]
            found[f"{flag.removesuffix('_by')}_f"] = 200 * hit / max(1, 2 * hit + wrong)
        figures = {name: round(value, 1) for name, value in found.items()}
        return figures | {"overcount": float(c["overcount"]), "width": round(c["width"] / many, 2)}


def optional_edges(name: str) -> set[tuple[str, str]]:
    """Edges that count neither way."""
    for folder in (DATA / "ledger_dev", OURS):
        path = folder / name / "optional_edges.json"
        if path.exists():
            return {(e["from"], e["to"]) for e in json.loads(path.read_text("utf-8"))}
    return set()


def own_folders() -> list[Path]:
    """The storylines that the weights are trained on."""
    return sorted(path.parent for path in OURS.glob("*/gold.json"))


def read_with(bench: Bench) -> Callable[[Path], Storyline]:
    return lambda folder: read_storyline(folder, bench.pipeline.read)


def measure_tracing(bench: Bench) -> Figures | None:
    """Origins, counts, flags and edges of gold claims: each development storyline, and our own together."""
    read = read_with(bench)
    found: Figures = {}
    for folder in storyline_folders(DATA):
        score = Score()
        score.add(read(folder))
        found |= {f"{folder.name}_{name}": value for name, value in score.figures().items()}
    own = Score()
    for folder in own_folders():
        own.add(read(folder))
    return found | {f"own_{name}": value for name, value in own.figures().items()}


MEASURES = {"tracing": measure_tracing}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="storylines; all if none is named")
    wanted = parser.parse_args().names
    read = read_with(Bench())
    for folder in (*storyline_folders(DATA), *own_folders()):
        if not wanted or folder.name in wanted:
            score = Score()
            score.add(read(folder))
            print(f"{folder.name:<14}", *(f"{name} {value:g}" for name, value in score.figures().items()))


if __name__ == "__main__":
    main()
