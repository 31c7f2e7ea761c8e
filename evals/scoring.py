"""Agreement of attributions, as PolNeAR and this project count it.

A span is the set of words and single punctuation marks that it touches. Attributions are aligned one to one by the
overlap of their cues; three figures follow: cue overlapping, all three roles overlapping, all three exactly equal. A
source left empty agrees with one that another attribution of the same text shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")

Ranges = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One attribution as sets of token numbers; `shared`: its source serves another attribution too."""

    roles: dict[str, frozenset[int]]
    shared: bool


def rows_of(text: str, attributions: Iterable[Mapping[str, Ranges]]) -> list[Row]:
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    roles = [
        {
            role: frozenset(i for i, (s, e) in enumerate(tokens) if any(s < y and e > x for x, y in attribution[role]))
            for role in ROLES
        }
        for attribution in attributions
    ]
    uses = Counter(r["source"] for r in roles)
    return [Row(r, bool(r["source"]) and uses[r["source"]] > 1) for r in roles]


class Tally:
    """Counts over any number of documents, and the F1 figures that they give."""

    def __init__(self) -> None:
        self._hits: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, gold: list[Row], found: list[Row]) -> None:
        for role in ROLES:
            ours: set[int] = set().union(*(r.roles[role] for r in found))
            theirs: set[int] = set().union(*(r.roles[role] for r in gold))
            self._count(f"{role}_token", 2 * len(ours & theirs), len(ours) + len(theirs))
            a, b = {r.roles[role] for r in found if r.roles[role]}, {r.roles[role] for r in gold if r.roles[role]}
            self._count(f"{role}_exact", 2 * len(a & b), len(a) + len(b))
        for name in ("cue", "overlap", "exact"):
            self._count(f"attribution_{name}", 0, len(gold) + len(found))
        for mine, other in _align(gold, found):
            self._hits["attribution_cue"] += 2
            self._hits["attribution_overlap"] += 2 * all(_agree(mine, other, role, False) for role in ROLES)
            self._hits["attribution_exact"] += 2 * all(_agree(mine, other, role, True) for role in ROLES)

    def _count(self, name: str, hits: int, total: int) -> None:
        self._hits[name] += hits
        self._all[name] += total

    def figures(self) -> dict[str, float]:
        return {name: round(100 * self._hits[name] / total, 1) for name, total in self._all.items() if total}


def _align(gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    pairs = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            cue = len(a.roles["cue"] & b.roles["cue"])
            if cue:
                pairs.append((cue + 0.001 * len(a.roles["content"] & b.roles["content"]), i, j))
    aligned, used_gold, used_found = [], set(), set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            aligned.append((gold[i], found[j]))
    return aligned


def _agree(a: Row, b: Row, role: str, exact: bool) -> bool:
    mine, other = a.roles[role], b.roles[role]
    if mine == other or (not exact and mine & other):
        return True
    return role == "source" and ((not mine and b.shared) or (not other and a.shared))


def f1(hits: int, found: int, gold: int) -> float:
    """Percent; 0 where there is nothing on either side."""
    return round(200 * hits / (found + gold), 1) if found + gold else 0.0
