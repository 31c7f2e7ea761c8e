"""What a pronoun or a nominal may refer back to: a bounded set of candidates each, with the features of each pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.antecedent_scorer import DISTANCE_EDGES, PAIR_FEATURES
from sourceline.resolve.mentions import NAME_CLASS, NOMINAL_CLASS, Mentions

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BEFORE, AFTER = 40, 6
"""How many mentions before, and names after, are looked at."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """r mentions that look for an antecedent, each with c candidates.

    anaphors: (r,) and candidates: (r, c) as mention numbers, -1 where there is none. What is told of each pair is
    computed when it is asked for, as many of them at a time as one wants to hold.
    """

    anaphors: Ints
    candidates: Ints
    _mentions: Mentions
    _groups: Ints
    _salience: tuple[Ints, Ints]

    def describe(self, part: slice) -> tuple[Ints, Floats]:
        """Of these anaphors the buckets of the distances in mentions, (r, c), and the features of the pairs,
        (r, c, PAIR_FEATURES)."""
        anaphors, candidates = self.anaphors[part], self.candidates[part]
        gap = np.abs(anaphors[:, None] - candidates)
        bucket = np.searchsorted(DISTANCE_EDGES, gap, side="right")
        bucket = np.where(candidates > anaphors[:, None], len(DISTANCE_EDGES) + 1, bucket)
        return bucket, _features(self._mentions, self._groups, self._salience, anaphors, candidates)


def pair_mentions(mentions: Mentions, groups: Ints) -> Pairs:
    """Pairs for every mention that is no name; `groups`: (k,) number of a name's entity, -1 for other mentions."""
    anaphors = np.flatnonzero(mentions.classes < NAME_CLASS)
    before = anaphors[:, None] - np.arange(1, BEFORE + 1)
    named = np.flatnonzero(mentions.classes >= NAME_CLASS)
    special = _special(mentions, groups, anaphors)
    candidates = np.concatenate((before, _following(anaphors, named, mentions), special), 1)
    candidates[candidates < 0] = -1
    repeated = (special[:, :, None] == before[:, None, :]).any(2) if len(anaphors) else np.zeros(special.shape, bool)
    for j in range(1, special.shape[1]):
        repeated[:, j] |= (special[:, j, None] == special[:, :j]).any(1)
    candidates[:, -special.shape[1] :][repeated] = -1
    return Pairs(anaphors, candidates, mentions, groups, _salience(groups))


def _following(anaphors: Ints, named: Ints, mentions: Mentions) -> Ints:
    """The names after each, of its own paragraph."""
    if not len(named):
        return np.full((len(anaphors), AFTER), -1)
    at = np.searchsorted(named, anaphors, side="right")[:, None] + np.arange(AFTER)
    after = named[np.minimum(at, len(named) - 1)]
    near = (at < len(named)) & (mentions.paragraphs[after] == mentions.paragraphs[anaphors][:, None])
    return np.where(near, after, -1)


def _special(mentions: Mentions, groups: Ints, anaphors: Ints) -> Ints:
    """(r, 4): the last two mentions with the same head, the last two sources that are names, before each."""
    same: dict[int, tuple[int, int]] = {}
    said: tuple[int, int] = (-1, -1)
    rows = np.full((len(mentions), 4), -1)
    heads, classes, spoken = mentions.heads.tolist(), mentions.classes.tolist(), mentions.spoken.tolist()
    group = groups.tolist()
    for i, head in enumerate(heads):
        if classes[i] < NAME_CLASS:
            rows[i] = (*same.get(head, (-1, -1)), *said) if classes[i] >= NOMINAL_CLASS else (-1, -1, *said)
        if classes[i] >= NOMINAL_CLASS:
            same[head] = (i, same.get(head, (-1, -1))[0])
        if spoken[i] and group[i] >= 0:
            said = (i, said[1] if said[0] >= 0 and group[said[0]] == group[i] else said[0])
    return rows[anaphors]


def _features(
    mentions: Mentions, groups: Ints, salience: tuple[Ints, Ints], anaphors: Ints, candidates: Ints
) -> Floats:
    there = candidates >= 0
    a = np.maximum(candidates, 0)
    m = anaphors[:, None]
    following = there & (a > m)
    sentences = np.abs(mentions.sentences[m] - mentions.sentences[a])
    paragraphs = np.abs(mentions.paragraphs[m] - mentions.paragraphs[a])
    quote_m, quote_a = mentions.quotes[m], mentions.quotes[a]
    said_m, said_a = mentions.spoken[m], mentions.spoken[a]
    named = groups[a] >= 0
    counts, foremost = salience
    count = np.where(named, counts[a], 0)
    is_name = mentions.classes[a] >= NAME_CLASS
    nominal = (mentions.classes[a] >= NOMINAL_CLASS) & ~is_name
    person_name = mentions.classes[a] == NAME_CLASS
    seen_person = np.cumsum(person_name & there & ~following, 1)
    ordinal = person_name & ~following
    out = np.stack(
        np.broadcast_arrays(
            sentences == 0,
            sentences == 1,
            sentences == 2,
            sentences > 4,
            paragraphs == 0,
            paragraphs == 1,
            following,
            (quote_m >= 0) & (quote_a == quote_m),
            (quote_m >= 0) & (quote_a < 0),
            (quote_m < 0) & (quote_a >= 0),
            (quote_m >= 0) & (quote_a >= 0) & (quote_a != quote_m),
            said_m & said_a,
            said_m & ~said_a,
            ~said_m & said_a,
            (quote_m >= 0) & said_a & (paragraphs == 0),
            nominal & (mentions.heads[m] == mentions.heads[a]),
            np.log1p(count) / 3,
            named & (groups[a] == foremost[m]),
            mentions.first[a],
            mentions.first[m] & mentions.first[a],
            ordinal & (seen_person == 1),
            ordinal & (seen_person == 2),
            ordinal & (seen_person > 3),
            np.log1p(np.abs(m - a)) / 4,
        ),
        -1,
    ).astype(np.float32)
    if out.shape[-1] != PAIR_FEATURES:
        raise AssertionError("the scorer was made for other features")
    return out


def _salience(groups: Ints) -> tuple[Ints, Ints]:
    """For each mention, how often its name's entity was named up to it, and which entity was named most by then."""
    counts = np.zeros(len(groups), np.int64)
    foremost = np.full(len(groups), -2)
    seen: dict[int, int] = {}
    most = -2
    for i, group in enumerate(groups.tolist()):
        if group >= 0:
            seen[group] = counts[i] = seen.get(group, 0) + 1
            if most < 0 or seen[group] >= seen[most]:
                most = group
        foremost[i] = most
    return counts, foremost
