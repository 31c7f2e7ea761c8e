"""What decides which mentions put one claim, as the ledger needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sourceline.model.claim import Article, Claim, Mention, Relation

Sketch = Any
"""A mention as the matcher sees it; nobody else looks inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two mentions have to do with each other."""

    relation: Relation
    probability: float
    opposite: float = 0.0
    reasons: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A mention that stands for all mentions of its wording, and how many repeat it."""

    mention: Mention
    article: Article
    repeats: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A person's word on two mentions, by their ids."""

    first: str
    second: str
    same: bool


class Matcher(Protocol):
    """A pure function of mentions and their articles, cut into steps. What it says of a pair is the same in both orders
    of the pair, and of a set in any order."""

    @property
    def label(self) -> str:
        """Name and version: what another one made is made anew."""

    @property
    def most_nodes(self) -> int:
        """Nodes that a key may have: one that more have tells nothing."""

    @property
    def most_articles(self) -> int:
        """Articles that a story key may have."""

    @property
    def joining(self) -> float:
        """The least probability of a link that may join two groups."""

    def sketch(self, mention: Mention, article: Article) -> Sketch: ...

    def keys(self, sketch: Sketch) -> Sequence[str]:
        """Of small letters and digits; the first is that of the wording, which all that repeat it share."""

    def story_keys(self, article: Article) -> Sequence[str]:
        """All mentions of two articles that share one are held against each other."""

    def compare(self, pairs: Sequence[tuple[Sketch, Sketch]]) -> Sequence[Likeness | None]:
        """For each pair; None where they have nothing to do with each other."""

    def cluster(
        self, nodes: Sequence[Node], links: Mapping[tuple[str, str], Likeness], words: Sequence[Word]
    ) -> Sequence[Claim]:
        """The claims of a connected part, by the ids of its nodes' mentions, which are unique among them."""
