"""Agreement of coreference clusters: MUC, B-cubed and CEAF-e, whose mean F1 is the CoNLL figure.

MUC: Vilain et al., MUC-6 (1995). B-cubed: Bagga and Baldwin, LREC workshop (1998). CEAF with the entity similarity
phi-4: Luo, HLT/EMNLP (2005). Clusters of one mention count on neither side, as in CoNLL-2012 (Pradhan et al.).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

Cluster = frozenset[Hashable]


class ClusterTally:
    """Sums over any number of documents of each figure's numerators and denominators."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()

    def add(self, gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> None:
        theirs = [c for c in map(frozenset, gold) if len(c) > 1]
        ours = [c for c in map(frozenset, found) if len(c) > 1]
        for side, clusters, others in (("recall", theirs, ours), ("precision", ours, theirs)):
            of = {m: i for i, cluster in enumerate(others) for m in cluster}
            for cluster in clusters:
                parts = Counter(of[m] for m in cluster if m in of)
                lost = sum(m not in of for m in cluster)
                self._add(f"muc_{side}", len(cluster) - len(parts) - lost, len(cluster) - 1)
                self._add(f"b3_{side}", sum(n * n for n in parts.values()) / len(cluster), len(cluster))
        likeness = best_alignment(theirs, ours)
        self._add("ceafe_recall", likeness, len(theirs))
        self._add("ceafe_precision", likeness, len(ours))

    def _add(self, name: str, hits: float, total: float) -> None:
        self._sums[f"{name}_hits"] += hits  # type: ignore[assignment]
        self._sums[f"{name}_total"] += total  # type: ignore[assignment]

    def figures(self) -> dict[str, float]:
        out = {}
        for name in ("muc", "b3", "ceafe"):
            p, r = (
                self._sums[f"{name}_{s}_hits"] / (self._sums[f"{name}_{s}_total"] or 1) for s in ("precision", "recall")
            )
            out[name] = round(200 * p * r / (p + r), 1) if p + r else 0.0
        return {"conll": round(sum(out.values()) / 3, 1), **out}


def best_alignment(theirs: Sequence[Cluster], ours: Sequence[Cluster]) -> float:
    """The greatest sum of phi-4 = 2|A and B| / (|A| + |B|) over one-to-one alignments of the clusters."""
    of: dict[Hashable, list[int]] = defaultdict(list)
    for j, cluster in enumerate(ours):
        for m in cluster:
            of[m].append(j)
    overlaps = [Counter(j for m in cluster for j in of.get(m, ())) for cluster in theirs]
    weights = [
        {j: 2 * n / (len(cluster) + len(ours[j])) for j, n in row.items()}
        for cluster, row in zip(theirs, overlaps, strict=True)
    ]
    return sum(_assign(part) for part in _components(weights))


def _components(weights: list[dict[int, float]]) -> Iterable[list[dict[int, float]]]:
    """Rows that share columns, directly or not, together."""
    parent = list(range(len(weights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    owner: dict[int, int] = {}
    for i, row in enumerate(weights):
        for j in row:
            parent[root(i)] = root(owner.setdefault(j, i))
    groups: dict[int, list[dict[int, float]]] = defaultdict(list)
    for i, row in enumerate(weights):
        if row:
            groups[root(i)].append(row)
    return groups.values()


def _assign(rows: list[dict[int, float]]) -> float:
    """The weight of the best assignment (the Hungarian method, with potentials, O(n^2 m))."""
    columns = sorted({j for row in rows for j in row})
    n, m = len(rows), len(columns) + len(rows)  # a column for each row stands for "unaligned"
    cost = [[-row.get(j, 0.0) for j in columns] + [0.0] * n for row in rows]
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0] = i
        at, least, way, used = 0, [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while True:
            used[at] = True
            row, step, following = match[at], float("inf"), 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                reduced = cost[row - 1][j - 1] - u[row] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, at
                if least[j] < step:
                    step, following = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            at = following
            if match[at] == 0:
                break
        while at:
            match[at], at = match[way[at]], way[at]
    return -sum(cost[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])
