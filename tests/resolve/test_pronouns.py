"""Whom a pronoun that speaks may mean, by the clusters that came by before it."""

from __future__ import annotations

import time

import numpy as np

from sourceline.model.mention import MentionForm
from sourceline.neural.entity_heads import VECTOR
from sourceline.resolve.mentions import Mentions, Placed, describe_mentions
from sourceline.resolve.pronouns import FEATURES, Ranking, Speakers, load_ranking
from sourceline.resolve.ranking import Ranker
from tests.resolve.marked import KINDS


def mentions_of(text: str, *parts: tuple[str, str], spoken: tuple[str, ...] = ()) -> Mentions:
    """`parts`: kind and wording of each mention in order; "he" and "she" are pronouns."""
    placed, at = [], 0
    for kind, wording in parts:
        start = text.index(wording, at)
        at = start + len(wording)
        form = MentionForm.PRONOUN if wording.lower() in ("he", "she") else MentionForm.NAME
        shares = (1 / 3, 1 / 3, 1 / 3) if form is MentionForm.PRONOUN else KINDS[kind]
        placed.append(Placed(start, at, form, shares, 1.0, np.zeros(VECTOR, np.float16)))
    sources = [(text.index(s), text.index(s) + len(s)) for s in spoken]
    return describe_mentions(text, bytearray(len(text)), placed, sources)


def features_of(text: str, mentions: Mentions, weights: dict[str, float] | None = None) -> dict[int, dict[str, float]]:
    """The features of each candidate of the last mention, by the candidate's first mention."""
    speakers = begin(text, mentions)
    roots, rows = speakers.candidates(len(mentions) - 1, {})
    return {root: dict(zip(FEATURES, row, strict=True)) for root, row in zip(roots, rows.tolist(), strict=True)}


def begin(text: str, mentions: Mentions, ranking: Ranking | None = None) -> Speakers:
    genders = np.full((len(mentions), 4), 0.25, np.float32)
    speakers = Speakers(text, mentions, genders, ranking or load_ranking())
    for i in range(len(mentions) - 1):
        speakers.pass_by(i, i)
    return speakers


def test_where_and_how_a_candidate_was_mentioned_last() -> None:
    text = "Ana Ruiz, the trade minister, rose. Corran’s harbour was shut. She smiled."
    found = features_of(text, mentions_of(text, ("p", "Ana Ruiz"), ("l", "Corran"), ("p", "She")))
    ruiz, corran = found[0], found[1]
    assert ruiz["subject"] and ruiz["two sentences before"] and not ruiz["possessor"]
    assert corran["possessor"] and corran["sentence before"] and not corran["subject"]
    assert ruiz["person"] > corran["person"]


def test_who_spoke_last_is_known() -> None:
    text = "Ana Ruiz said so. Then Ben Okafor and Ivo Brandt left. He smiled."
    parts = (("p", "Ana Ruiz"), ("p", "Ben Okafor"), ("p", "Ivo Brandt"), ("p", "He"))
    found = features_of(text, mentions_of(text, *parts, spoken=("Ana Ruiz",)))
    assert [root for root, f in found.items() if f["spoke last"]] == [0]


def test_ranks_by_the_weights_and_sums_to_one() -> None:
    text = "Ana Ruiz said so. Then Ina Berg left. She smiled."
    mentions = mentions_of(text, ("p", "Ana Ruiz"), ("p", "Ina Berg"), ("p", "She"), spoken=("Ana Ruiz",))
    weights = np.zeros(len(FEATURES), np.float32)
    weights[FEATURES.index("spoke last")] = 3
    shares = begin(text, mentions, Ranking(Ranker(weights=weights))).rank(2, {})
    assert max(shares, key=shares.__getitem__) == 0
    assert abs(sum(shares.values()) - 1) < 1e-6


def test_nobody_before_is_nobody() -> None:
    text = "He said so."
    assert begin(text, mentions_of(text, ("p", "He"))).rank(0, {}) == {}


def test_two_thousand_speakers_take_time_in_proportion() -> None:
    def seconds(copies: int) -> float:
        text = " ".join(f"Ana Ruiz{i} said so. She smiled." for i in range(copies))
        parts = [part for i in range(copies) for part in (("p", f"Ana Ruiz{i}"), ("p", "She"))]
        mentions = mentions_of(text, *parts)
        speakers = Speakers(text, mentions, np.full((len(mentions), 4), 0.25, np.float32), load_ranking())
        start = time.perf_counter()
        for i in range(len(mentions)):
            if i % 2:
                speakers.rank(i, {})
            speakers.pass_by(i, i)
        return time.perf_counter() - start

    seconds(50)
    assert seconds(2000) < 40 * max(seconds(200), 0.005)
