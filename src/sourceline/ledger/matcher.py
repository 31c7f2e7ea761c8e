"""The matcher that a ledger uses: `match.claims`, with the limits that bound its work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sourceline.match.claims import (
    JOINING,
    MOST_ARTICLES,
    MOST_NODES,
    Judged,
    Likeness,
    Node,
    Sketch,
    cluster,
    compare_many,
    keys_of_sketch,
    sketches_of,
    story_keys,
)
from sourceline.match.claims.decision import FILE, weigh_among
from sourceline.match.claims.linkage import Pair
from sourceline.model.claim import Article, Claim

_FORM = 2
"""Counted up when what is made of the same articles changes, but for the learned decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """A pure function of mentions and their articles, cut into steps. What it says of a pair is the same in both orders
    of the pair, and of a set in any order."""

    most_nodes: int = MOST_NODES
    """Nodes that a key may have: one that more have tells nothing."""
    most_articles: int = MOST_ARTICLES
    """Articles that a story key may have."""
    joining: float = JOINING
    """The least weighed probability of a link that may join two groups."""

    @property
    def label(self) -> str:
        """Name and version: what another one made is made anew."""
        return f"claims/{_FORM}.{_digest()}/{self.most_nodes}/{self.most_articles}/{self.joining}"

    def sketches(self, article: Article) -> Sequence[Sketch]:
        """Of its mentions, in their order."""
        return sketches_of(article)

    def keys(self, sketch: Sketch) -> Sequence[str]:
        """Of small letters and digits; the first is that of the wording, which all that repeat it share."""
        return keys_of_sketch(sketch)

    def story_keys(self, article: Article) -> Sequence[str]:
        """All mentions of two articles that share one are held against each other."""
        return story_keys(article)

    def compare(self, pairs: Sequence[tuple[Sketch, Sketch]]) -> Sequence[Likeness | None]:
        """For each pair; None where they have nothing to do with each other."""
        return compare_many(pairs)

    def weigh(self, links: Mapping[Pair, float], articles: Sequence[str], wanted: Iterable[Pair]) -> dict[Pair, float]:
        """The probabilities of some links among the links around them: of pairs (i < j) of the nodes 0, 1, ... in the
        order of time, all of their two ends; articles: that of each node."""
        return weigh_among(links, articles, wanted)

    def cluster(
        self, nodes: Sequence[Node], links: Mapping[tuple[str, str], Likeness], words: Sequence[Judged]
    ) -> Sequence[Claim]:
        """The claims of a connected part, by the ids of its nodes' mentions, which are unique among them. Links are
        weighed."""
        return cluster(nodes, links, words, is_weighed=True).claims


@cache
def _digest() -> str:
    raw = files("sourceline.match.claims").joinpath(FILE).read_bytes()
    return hashlib.sha256(raw).hexdigest()[:8]
