"""How probably a party that asserts a claim is a source of its own beside those already counted.

The weights are in tables/distinct.json and come from `training/trace.py`. A feature is 0 or 1, or lies between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sourceline.model.source import Lineage, SourceKind
from sourceline.trace.doubts import Doubt, find_doubt, is_institution
from sourceline.trace.links import is_own_act, told_here
from sourceline.trace.names import BODY_NOUNS, tokens_of
from sourceline.trace.origins import Root
from sourceline.trace.parties import Party
from sourceline.trace.testimony import Testimony
from sourceline.trace.voices import Shape
from sourceline.trace.weights import weighted

FEATURES = (
    "bias",
    "certain_name",
    "possible",
    "probable",
    "announced",
    "fresh",
    "root",
    "person",
    "body",
    "document",
    "unnamed",
    "institution",
    "publishes",
    "told_here",
    "direct",
    "own_lineage",
    "reporting",
    "digest_only",
    "role",
    "single_word",
    "carried",
    "several_articles",
    "late",
    "many_before",
    "upstream",
    "negation",
    "beside_credit",
)


@dataclass(slots=True)
class Asserting:
    """A party with the mentions that assert the claim in its name."""

    party: Party
    testimonies: list[Testimony] = field(default_factory=list)
    roots: list[Root] = field(default_factory=list)
    fresh: float = 0.0
    """How probably it does not merely repeat another party."""
    beside: bool = False
    """Whether an article that has it credits an earlier report for the same."""


def probability(features: dict[str, float]) -> float:
    """That the party adds a source, 0 to 1."""
    score = weighted("distinct", features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def doubt_between(a: Asserting, b: Asserting) -> Doubt | None:
    """Why nothing shows that two parties are two sources of the claim."""
    doubt = find_doubt(a.party, b.party)
    if doubt is not None:
        return doubt
    for one, other in ((a, b), (b, a)):
        if any(is_own_act(root.first) for root in one.roots):
            return Doubt(f"{other.party.name} may only repeat what {one.party.name} announced", True)
    return None


def describe(one: Asserting, before: Sequence[Asserting], doubts: Sequence[Doubt]) -> dict[str, float]:
    """What tells whether a party is a source beside those before it; what is 0 is left out."""
    party, held = one.party, one.testimonies
    kinds = {t.article.outlet_kind or "" for t in held}
    probable = any(doubt.probable for doubt in doubts)
    began = min((t.time for other in before for t in other.testimonies), default=None)
    late = (min(t.time for t in held) - began).total_seconds() / 86400 if began is not None and held else 0.0
    told = {
        "bias": True,
        "certain_name": not doubts,
        "possible": bool(doubts) and not probable,
        "probable": probable,
        "announced": any(is_own_act(t) for t in held),
        "root": bool(one.roots),
        "person": party.shape is Shape.PERSON,
        "body": party.shape is Shape.BODY,
        "document": party.shape is Shape.DOCUMENT,
        "unnamed": party.shape is Shape.UNNAMED and not is_institution(party),
        "institution": is_institution(party),
        "publishes": party.publishes,
        "told_here": any(told_here(t) for t in held),
        "direct": any(t.mention.direct for t in held),
        "own_lineage": any(t.article.lineage is Lineage.OWN for t in held),
        "reporting": bool(kinds & {"newspaper", "wire", "broadcaster", "state_media"}),
        "digest_only": kinds <= {"aggregator", "blog"},
        "role": any(v.role or v.affiliation for v in party.voices),
        "single_word": len(tokens_of(party.name)) == 1 and not set(tokens_of(party.name)) & BODY_NOUNS,
        "carried": any(v.kind is SourceKind.MEDIA and not told_here(t) for t in held for v in t.mention.via),
        "several_articles": len({t.article.key for t in held}) > 1,
        "upstream": any(t.mention.upstream for t in held),
        "beside_credit": one.beside,
        "negation": any(t.mention.negated for t in held),
    }
    found = {name: 1.0 for name, holds in told.items() if holds}
    found |= {"fresh": one.fresh, "late": min(1.0, math.log1p(max(0.0, late)) / 5), "many_before": len(before) / 4}
    return found
