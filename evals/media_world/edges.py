"""Who used whose article: direct edges, and those that a reader may draw or not."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from evals.media_world.log import Affair, Article, Put
from evals.media_world.world import World

_Pair = tuple[str, str]
_QUOTES = ("quote", "quote_tell", "quote_report", "deny_quote")


def find_edges(world: World) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The edges between collected articles, and the pairs that count neither way."""
    edges: list[dict[str, Any]] = []
    optional: list[dict[str, Any]] = []
    for affair in world.affairs:
        by_id = {a.id: a for a in affair.articles}
        direct: dict[_Pair, list[Put]] = {}
        for article in affair.articles:
            for put in article.puts:
                if put.parent is not None and not article.hidden and not by_id[put.parent[0]].hidden:
                    direct.setdefault((put.parent[0], article.id), []).append(put)
        for (parent, child), puts in direct.items():
            edges.append(_edge(world, affair, by_id[parent], by_id[child], puts))
        for parent, child in sorted(_loose(affair, by_id) - direct.keys()):
            optional.append(
                {"from": world.names[parent], "to": world.names[child], "kind": "paraphrase", "credited": False}
            )
    return sorted(edges, key=lambda e: (e["from"], e["to"])), optional


def _edge(world: World, affair: Affair, parent: Article, child: Article, puts: list[Put]) -> dict[str, Any]:
    if child.mode in ("copy", "reprint"):
        whole = len(puts) == len(parent.puts)
        kind = "copy" if whole and world.texts[parent.id].text in world.texts[child.id].text else "edited_copy"
    elif any(p.carried for p in puts):
        kind = "excerpt"
    else:
        kind = "quote" if any(p.family in _QUOTES for p in puts) else "paraphrase"
    return {
        "from": world.names[parent.id],
        "to": world.names[child.id],
        "kind": kind,
        "credited": any(_credits(affair, parent, child, p) for p in puts),
    }


def _credits(affair: Affair, parent: Article, child: Article, put: Put) -> bool:
    if parent.outlet == child.outlet:
        return False
    if parent.outlet in affair.officials:
        return put.utterance is not None and affair.utterances[put.utterance].party == parent.outlet
    return parent.outlet in (put.credit, child.credit)


def _loose(affair: Affair, by_id: dict[str, Article]) -> set[_Pair]:
    """Through a third article, and between articles that put what one utterance gave to the world."""
    found: set[_Pair] = set()
    users: dict[str, list[Article]] = {}
    for article in affair.articles:
        if article.hidden:
            continue
        for put in article.puts:
            ancestor = put
            while ancestor.parent is not None:
                above = by_id[ancestor.parent[0]]
                if not above.hidden:
                    found.add((above.id, article.id))
                ancestor = above.puts[ancestor.parent[1]]
            if put.parent is not None and put.utterance is not None:
                users.setdefault(put.utterance, []).append(article)
    for same in users.values():
        found |= {(a.id, b.id) for a, b in combinations(same, 2) if a.time < b.time}
    return found
