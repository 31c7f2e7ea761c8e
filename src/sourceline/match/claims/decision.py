"""Whether two mentions put the same claim: a learned decision on one pair, with its reasons.

Three forests, trained by `training/claims.py`: whether a pair puts the same claim, whether it does as seen from the
links around it, and whether two that do are on opposite sides. A rival (the same quantity with another value) is a pair
that would be the same if its figures agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from importlib.resources import files

import numpy as np

from sourceline.match.claims.features import NAMES, features_of, meanings_of
from sourceline.match.claims.forest import Floats, Forest, load_forests
from sourceline.match.claims.linkage import Pair
from sourceline.match.claims.sketch import Sketch
from sourceline.match.claims.surroundings import surroundings_of
from sourceline.model.claim import Relation

FILE = "decision.npz"

KEPT = 0.05
"""The probability from which a link is worth keeping: a lesser one counts as none."""
RIVALRY = 0.5

_AT = {name: place for place, name in enumerate(NAMES)}


class Reason(IntFlag):
    """What speaks for a relation."""

    SAME_WORDS = 1
    SAME_FIGURE = 2
    SAME_NAMES = 4
    RARE_WORDS = 8
    ALIKE_MEANING = 16
    SAME_DAY = 32
    TAKEN_UP = 64
    SURROUNDINGS = 128
    DENIED = 256
    OTHER_VALUE = 512


_IN_WORDS = {
    Reason.SAME_WORDS: "the same words",
    Reason.SAME_FIGURE: "the same figure",
    Reason.SAME_NAMES: "the same names",
    Reason.RARE_WORDS: "rare words in common",
    Reason.ALIKE_MEANING: "alike in meaning",
    Reason.SAME_DAY: "about the same day",
    Reason.TAKEN_UP: "one takes up the other",
    Reason.SURROUNDINGS: "told in the same surroundings",
    Reason.DENIED: "one says the contrary of the other",
    Reason.OTHER_VALUE: "another value of the same quantity",
}


def reasons_in_words(reasons: Reason) -> tuple[str, ...]:
    """In plain words, for people."""
    return tuple(words for reason, words in _IN_WORDS.items() if reason in reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two mentions have to do with each other."""

    relation: Relation
    probability: float
    """That they put the same claim; of a rival, that they would if it were not for the figures."""
    reasons: Reason
    opposite: float = 0.0
    """The probability that one says the contrary of the other, if they put the same claim."""


def compare(first: Sketch, second: Sketch) -> Likeness | None:
    """How two mentions are related, None where they are not. The order of the two makes no difference."""
    return compare_many([(first, second)])[0]


def compare_many(pairs: Sequence[tuple[Sketch, Sketch]]) -> list[Likeness | None]:
    """`compare` of each pair, faster than one by one."""
    found: list[Likeness | None] = [None] * len(pairs)
    if not pairs:
        return found
    meaning = meanings_of(pairs)[:, 0]
    worth = [at for at, (a, b) in enumerate(pairs) if not meaning[at] < _FAR or _touch(a, b)]
    for at, likeness in zip(worth, _decide([pairs[at] for at in worth]), strict=True):
        found[at] = likeness
    return found


_FAR = 0.15
"""The cosine of meanings under which two that share no word and no figure are not looked at any closer."""


def _touch(a: Sketch, b: Sketch) -> bool:
    """Whether two share the beginning of a word or a figure, or one takes up the other."""
    if not a.roots.keys().isdisjoint(b.roots) or a.refers_to == b.id or b.refers_to == a.id:
        return True
    return any(mine.equals(theirs) for mine in a.figures for theirs in b.figures)


def _decide(pairs: Sequence[tuple[Sketch, Sketch]]) -> list[Likeness | None]:
    rows = features_of(pairs)
    same = _forests()["same"].probabilities(rows)
    agreed = np.flatnonzero((rows[:, _AT["figure_conflict"]] > 0) & (rows[:, _AT["figure"]] <= _LOOSE))
    if_agreed = dict(zip(agreed.tolist(), _as_if_agreed(rows[agreed]).tolist(), strict=True))
    linked = np.flatnonzero(same >= KEPT)
    opposite = dict(zip(linked.tolist(), _forests()["opposite"].probabilities(rows[linked]).tolist(), strict=True))
    return [
        _likeness(rows[at], float(same[at]), float(opposite.get(at, 0.0)), float(if_agreed.get(at, 0.0)))
        for at in range(len(pairs))
    ]


def weigh_among(
    links: Mapping[Pair, float], articles: Sequence[str], wanted: Iterable[Pair] | None = None
) -> dict[Pair, float]:
    """The probabilities of links as they are among the links around them.

    links: of pairs (i < j) of the nodes 0, 1, ..., as `compare` gives them; articles: the article of each node; wanted:
    the pairs that are asked for, all of them if none are given. It needs all links of their two ends.
    """
    pairs, rows = surroundings_of(links, articles, wanted)
    return dict(zip(pairs, _forests()["around"].probabilities(rows).tolist(), strict=True))


_LOOSE = 0.05
"""Figures that agree by less do so by their intervals only."""


def _as_if_agreed(rows: Floats) -> Floats:
    """The probability of the same claim if the figures that differ were equal."""
    supposed = rows.copy()
    for name, value in (("figure", 0.5), ("figure_conflict", 0.0), ("figure_loose", 0.0), ("figure_lost", 0.0)):
        supposed[:, _AT[name]] = value
    return _forests()["same"].probabilities(supposed)


def _likeness(row: Floats, same: float, opposite: float, if_agreed: float) -> Likeness | None:
    if same < RIVALRY <= if_agreed:
        return Likeness(
            relation=Relation.RIVAL,
            probability=if_agreed,
            reasons=_reasons(row) | Reason.OTHER_VALUE,
        )
    if same < KEPT:
        return None
    against = opposite >= 0.5
    return Likeness(
        relation=Relation.OPPOSITE if against else Relation.SAME,
        probability=same,
        reasons=_reasons(row) | (Reason.DENIED if against else Reason(0)),
        opposite=opposite,
    )


_LEAST: Mapping[Reason, tuple[tuple[str, float], ...]] = {
    Reason.SAME_WORDS: (("alike", 0.75), ("pairs_contained", 0.8)),
    Reason.SAME_FIGURE: (("figure", 0.2),),
    Reason.SAME_NAMES: (("names", 0.9),),
    Reason.RARE_WORDS: (("second", 0.6),),
    Reason.ALIKE_MEANING: (("meaning", 0.6),),
    Reason.SAME_DAY: (("same_day", 1.0),),
    Reason.TAKEN_UP: (("refers", 1.0),),
    Reason.SURROUNDINGS: (("surroundings", 0.25), ("most_inside", 0.8)),
}


def _reasons(row: Floats) -> Reason:
    found = Reason(0)
    for reason, marks in _LEAST.items():
        if any(row[_AT[name]] >= least for name, least in marks):
            found |= reason
    return found


@cache
def _forests() -> Mapping[str, Forest]:
    return load_forests(files("sourceline.match.claims").joinpath(FILE).read_bytes())
