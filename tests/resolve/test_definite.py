"""Whom definite descriptions that speak stand for; who is asked, and about whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sourceline.model.mention import Entity
from sourceline.resolve.definite import FEATURES, TABLE, Ranking
from sourceline.resolve.ranking import Floats, load_ranker
from sourceline.resolve.source_phrases import Phrase
from sourceline.resolve.sources import resolve_sources
from tests.resolve.reference import refer


class Seen:
    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Entity], list[dict[str, float]]]] = []

    def note(self, phrase: Phrase, entities: Sequence[Entity], rows: Floats) -> None:
        named = [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]
        self.asked.append((phrase.head, list(entities), named))


def asked(text: str, names: str, *phrases: str) -> Seen:
    spans, at = [], 0
    for phrase in phrases:
        start = text.index(phrase, at)
        at = start + len(phrase)
        spans.append([(start, at)])
    seen = Seen()
    ranking = Ranking(load_ranker(TABLE, FEATURES), observer=seen)
    resolve_sources(text, spans, refer(text, names), ranking=ranking)
    return seen


def test_only_definite_singular_descriptions_are_asked_about() -> None:
    text = "Ana Ruiz rose. A senator said one. The senators said two. The senator said three."
    seen = asked(text, "P Ana Ruiz", "A senator", "The senators", "The senator")
    assert [head for head, _, _ in seen.asked] == ["senator"]


def test_a_person_is_no_body_and_a_body_no_person() -> None:
    text = "Ana Ruiz left the Arms Board. The minister said one. The board said two."
    seen = asked(text, "P Ana Ruiz; O Arms Board", "The minister", "The board")
    kinds = [[entity.kind.value for entity in entities] for _, entities, _ in seen.asked]
    assert kinds == [["person"], ["organisation"]]


def test_a_function_that_the_text_states_fits_and_another_does_not() -> None:
    text = "Sen. Petra Volk met Mayor Ben Okafor. The senator said so."
    (_, entities, rows), *_ = asked(text, "P Petra Volk; P Ben Okafor", "The senator").asked
    by_start = {e.mentions[0].start: row for e, row in zip(entities, rows, strict=False)}
    volk, okafor = by_start[text.index("Petra")], by_start[text.index("Ben")]
    assert volk["function"] and volk["one fits"] and not volk["another function"]
    assert okafor["another function"] and not okafor["function"]


def test_the_last_candidate_is_none_of_them() -> None:
    text = "Ana Ruiz met an official. The official said so."
    (_, entities, rows), *_ = asked(text, "P Ana Ruiz", "The official").asked
    assert len(rows) == len(entities) + 1
    assert rows[-1]["none"] and rows[-1]["none withheld"] and rows[-1]["none introduced"]
    assert not rows[0]["none"]


def test_weights_that_want_nobody_give_nobody() -> None:
    text = "Sen. Petra Volk rose. The senator said so."
    ranker = load_ranker(TABLE, FEATURES)
    weights = np.where(np.array(FEATURES) == "none", 50, ranker.weights).astype(np.float32)
    spans = [[(text.index("The senator"), text.index(" said"))]]
    found = resolve_sources(text, spans, refer(text, "P Petra Volk"), ranking=Ranking(type(ranker)(weights=weights)))
    assert [s.name for s in found.sources] == ["senator"]
