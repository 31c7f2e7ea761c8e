"""A link weighed again by the links around it: what is alike both to the same others is likelier to be one claim, and
what has a better partner in the other's article is less so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt

import numpy as np

from sourceline.match.claims.forest import Floats
from sourceline.match.claims.linkage import Pair

Neighbours = Mapping[int, float]

MOST = 60
"""The likeliest links of a mention that are looked at."""
_NEAR = 0.3


def surroundings_of(
    links: Mapping[Pair, float], articles: Sequence[str], wanted: Iterable[Pair] | None = None
) -> tuple[list[Pair], Floats]:
    """The pairs in order, and (pairs, AROUND): what is around each.

    links: the probabilities of pairs (i < j) of the nodes 0, 1, ...; articles: the article of each node; wanted: the
    pairs that are asked for, all of them if none are given. It needs all links of their two ends.
    """
    pairs = sorted(links if wanted is None else wanted)
    around: list[dict[int, float]] = [{} for _ in articles]
    for (first, second), probability in sorted(links.items()):
        around[first][second] = around[second][first] = probability
    near = [_likeliest(neighbours) for neighbours in around]
    rows = [_row(first, second, links[first, second], near, articles) for first, second in pairs]
    return pairs, np.array(rows, np.float32).reshape(len(pairs), len(AROUND))


def _likeliest(neighbours: dict[int, float]) -> dict[int, float]:
    if len(neighbours) <= MOST:
        return neighbours
    kept = nlargest(MOST, neighbours.items(), key=lambda entry: (entry[1], -entry[0]))
    return dict(sorted(kept))


def _row(
    first: int, second: int, probability: float, near: Sequence[Neighbours], articles: Sequence[str]
) -> list[float]:
    mine = {node: p for node, p in near[first].items() if node != second}
    theirs = {node: p for node, p in near[second].items() if node != first}
    shared = sorted((min(mine[node], theirs[node]) for node in mine.keys() & theirs.keys()), reverse=True)
    support = sum(shared)
    product = sum(mine[node] * theirs[node] for node in sorted(mine.keys() & theirs.keys()))
    squares = sum(p * p for p in mine.values()), sum(p * p for p in theirs.values())
    own = probability * probability
    best = _best(mine, articles[second], articles), _best(theirs, articles[first], articles)
    ranks = sorted((_better(mine, probability), _better(theirs, probability)))
    tops = sorted((max(mine.values(), default=0.0), max(theirs.values(), default=0.0)))
    degrees = sorted((_better(mine, _NEAR), _better(theirs, _NEAR)))
    return [
        log(max(probability, 1e-4) / max(1 - probability, 1e-4)),
        max(best) - probability,
        min(best) - probability,
        shared[0] if shared else 0.0,
        sum(shared[:3]),
        support,
        support / (sum(mine.values()) + sum(theirs.values()) - support + 0.1),
        *tops,
        *degrees,
        float(articles[first] == articles[second]),
        *ranks,
        product / sqrt(squares[0] * squares[1] + 1e-6),
        product / sqrt((squares[0] + own) * (squares[1] + own) + 1e-6),
    ]


AROUND = (
    *"odds better_partner better_partners common_best common_three common common_share".split(),
    *"least_top most_top least_near most_near article least_rank most_rank profile profile_with".split(),
)


def _best(neighbours: Neighbours, article: str, articles: Sequence[str]) -> float:
    """The likeliest of the neighbours in an article."""
    return max((p for node, p in neighbours.items() if articles[node] == article), default=0.0)


def _better(neighbours: Neighbours, than: float) -> float:
    return float(sum(p > than for p in neighbours.values()))
