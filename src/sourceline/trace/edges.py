"""Which later document took something directly from which earlier one, over all that a ledger holds.

Signs are gathered for each pair of documents (`signs`), and weighed with trained weights (tables/edges.json, from
`training/trace.py`). Of several earlier documents that share the same words only the one that shares most is the direct
one; what went through a third document is no edge.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sourceline.model.claim import Article, Reuse, ReuseKind
from sourceline.model.trace import Edge, Trace
from sourceline.trace.signs import Credited, Sign, credits_outlet, from_parents, from_text
from sourceline.trace.voices import is_party
from sourceline.trace.weights import weighted

FEATURES = (
    "bias",
    "text",
    "quote_only",
    "copy",
    "parent",
    "parent_credited",
    "parents",
    "credit",
    "credits",
    "passing",
    "own",
    "own_outlet",
    "party",
    "party_passing_only",
    "named",
    "digest",
    "comment",
    "late",
    "bridged",
)
_ENOUGH = 0.45
_MOST_BRIDGES = 50

Pair = tuple[str, str]
Signs = Mapping[Pair, Sequence[Sign]]


def find_edges(articles: Mapping[str, Article], traces: Iterable[Trace], reuses: Sequence[Reuse]) -> tuple[Edge, ...]:
    """All edges, in the order of time of the later document, then of the earlier one."""
    signs = find_signs(articles, traces, reuses)
    before = by_later(signs)
    edges = []
    for pair, held in signs.items():
        features = describe(pair, signs, before, articles)
        score = weighted("edges", features)
        probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
        if probability >= _ENOUGH:
            edges.append(_edge(pair, held, articles, probability))
    return tuple(sorted(edges, key=lambda e: (articles[e.later].time, e.later, articles[e.earlier].time, e.earlier)))


def find_signs(
    articles: Mapping[str, Article], traces: Iterable[Trace], reuses: Sequence[Reuse]
) -> dict[Pair, list[Sign]]:
    """The signs of each pair of documents, the earlier one first."""
    found: dict[Pair, list[Sign]] = defaultdict(list)
    for trace in traces:
        for sign in from_parents(trace):
            found[sign.earlier, sign.later].append(sign)
    for sign in from_text(articles, reuses):
        found[sign.earlier, sign.later].append(sign)
    for sign in Credited(articles).signs():
        found[sign.earlier, sign.later].append(sign)
    return {pair: held for pair, held in found.items() if pair[0] in articles and pair[1] in articles}


def describe(
    pair: Pair, signs: Signs, before: Mapping[str, Sequence[Pair]], articles: Mapping[str, Article]
) -> dict[str, float]:
    """What tells whether the signs of a pair make an edge; what is 0 is left out."""
    held = signs[pair]
    earlier, later = articles[pair[0]], articles[pair[1]]
    most: dict[str, float] = defaultdict(float)
    for sign in held:
        most[sign.how] = max(most[sign.how], sign.strength)
    hows = {sign.how for sign in held}
    text = [sign for sign in held if sign.how == "text"]
    apart = (later.time - earlier.time).total_seconds() / 86400
    found = {
        "bias": 1.0,
        "text": 1.0 if text else 0.0,
        "quote_only": float(bool(text) and all(sign.kind is ReuseKind.QUOTE for sign in text)),
        "copy": max((sign.strength for sign in text), default=0.0),
        "parent": most["parent"],
        "parent_credited": max((sign.strength for sign in held if sign.credited), default=0.0),
        "parents": math.log1p(sum(sign.how == "parent" for sign in held)) / 2,
        "credit": most["credit"],
        "credits": math.log1p(sum(sign.how in ("credit", "passing") for sign in held)) / 2,
        "passing": most["passing"],
        "own": most["own"],
        "own_outlet": float(earlier.outlet is not None and earlier.outlet == later.outlet),
        "party": float(is_party(earlier)),
        "party_passing_only": float(is_party(earlier) and hows == {"passing"}),
        "named": float(credits_outlet(later, earlier)),
        "digest": float(later.outlet_kind == "aggregator"),
        "comment": float(later.outlet_kind == "blog"),
        "late": min(1.0, math.log1p(max(0.0, apart)) / 6),
        "bridged": float(_is_bridged(pair, signs, before)),
    }
    return {name: value for name, value in found.items() if value}


def _is_bridged(pair: Pair, signs: Signs, before: Mapping[str, Sequence[Pair]]) -> bool:
    """Whether the later document copies or credits one between the two that itself took it from the earlier one."""
    earlier, later = pair
    strong = ("text", "credit")
    middles = [a for a, _ in before.get(later, ()) if a != earlier][:_MOST_BRIDGES]
    return any(
        any(sign.how in strong for sign in signs.get((middle, later), ()))
        and any(sign.how in strong for sign in signs.get((earlier, middle), ()))
        for middle in middles
    )


def by_later(signs: Signs) -> dict[str, list[Pair]]:
    """The pairs by their later document."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in signs:
        found[pair[1]].append(pair)
    return found


def _edge(pair: Pair, held: Sequence[Sign], articles: Mapping[str, Article], probability: float) -> Edge:
    """The edge that the signs make: of the kind of the shared text, or else a paraphrase."""
    best = min(held, key=lambda sign: (sign.how != "text", not sign.evidence, -sign.strength))
    earlier, later = articles[pair[0]], articles[pair[1]]
    credited = any(sign.credited or sign.how in ("credit", "passing", "own") for sign in held)
    return Edge(
        earlier=pair[0],
        later=pair[1],
        kind=best.kind,
        credited=credited or credits_outlet(later, earlier),
        evidence=best.evidence,
        probability=round(probability, 2),
    )
