"""Names, pronouns and nominals of whole texts, through the shipped model."""

from __future__ import annotations

import time
import tracemalloc
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.mention import Entity, EntityKind, MentionForm
from sourceline.neural.antecedent_scorer import PAIR_FEATURES
from sourceline.neural.encoder import Encoder, place_windows
from sourceline.neural.entity_heads import VECTOR
from sourceline.neural.quotation import quote_states
from sourceline.resolve.antecedents import pair_mentions
from sourceline.resolve.coreference import Entities, EntityReader
from sourceline.resolve.mentions import Placed, describe_mentions

STORY = (
    "Ana Ruiz, the trade minister of Portugal, said on Monday that exports had fallen. She told reporters that the "
    "harbour would open in May. Ben Okoro, who leads the dockers, said he doubted it. Ruiz said the talks went on."
)


@cache
def parts() -> tuple[Encoder, EntityReader]:
    encoder = Encoder()
    return encoder, EntityReader(encoder.artefact)


def read(text: str, *sources: str, scored: bool = True) -> Entities:
    encoder, reader = parts()
    tokens = encoder.tokenise(text)
    findings = [reader.read_window(encoder.encode_window(tokens, place)) for place in place_windows(tokens)]
    spans = [(text.index(s), text.index(s) + len(s)) for s in sources]
    return reader.find_entities(text, tokens, findings, spans, scored)


def words(text: str, entity: Entity | None) -> list[str]:
    return [] if entity is None else [text[m.start : m.end] for m in entity.mentions]


def at(text: str, entities: Entities, part: str) -> list[str]:
    start = text.index(part)
    return words(text, entities.entity_at(start, start + len(part)))


def test_names_have_kinds() -> None:
    entities = read(STORY)
    kinds = {STORY[m.start : m.end]: m.kind for m in entities.names}
    assert kinds["Ana Ruiz"] is EntityKind.PERSON
    assert kinds["Ben Okoro"] is EntityKind.PERSON
    assert kinds["Portugal"] is EntityKind.PLACE


def test_a_pronoun_and_a_surname_mean_the_person() -> None:
    entities = read(STORY)
    assert {"Ana Ruiz", "She", "Ruiz"} <= set(at(STORY, entities, "She"))
    assert {"Ben Okoro", "he"} <= set(at(STORY, entities, "he doubted"))
    assert "Ben Okoro" not in at(STORY, entities, "Ana Ruiz")


def test_the_head_of_a_range() -> None:
    text = "Portugal's foreign minister said so. A spokesman for Brandt Steel declined. The minister Ana Ruiz left."
    entities = read(text)

    def head(part: str) -> str:
        found = entities.head_at(text.index(part), text.index(part) + len(part))
        return "" if found is None else text[found.start : found.end]

    assert head("Portugal's foreign minister").endswith("foreign minister")  # a nominal, not the name in it
    assert head("A spokesman for Brandt Steel") == "A spokesman"
    assert head("The minister Ana Ruiz") == "Ana Ruiz"
    assert entities.entity_at(0, 0) is None


def test_who_says_i_in_a_quotation() -> None:
    text = "“I was never asked,” said Ana Ruiz. “My office was closed.” Ben Okoro was in Toluan at the time."
    entities = read(text, "Ana Ruiz")
    assert "Ana Ruiz" in at(text, entities, "I was")


def test_what_is_unsure_says_so() -> None:
    text = "Ana Ruiz met Ben Ruiz at the harbour. Ruiz spoke first."
    entities = read(text)
    bare = next(m for m in entities.names if m.start == text.index("Ruiz spoke"))
    assert entities.antecedent_probability(bare) == 0.0
    assert words(text, entities.entity_of(bare)) == ["Ruiz"]


def test_without_scores_only_names_are_joined() -> None:
    entities = read(STORY, scored=False)
    assert at(STORY, entities, "She") == ["She"]
    assert at(STORY, entities, "Ruiz said the talks") == ["Ana Ruiz", "Ruiz"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\u200b\u200c\u2060",
        "he " * 3000,
        "ANA RUIZ MEETS BEN OKORO IN KARSOVA",
        "Ольга Снег сказала. 金女士說. أنا رويز",
        "Mr. Mrs. Dr. Prof. Sen. Gen. Ruiz",
        "“" * 500,
        "O’Dorn’s d’Arvel-Vance’s and Jan van der Berg’s",
        "\ud800 lone surrogates \udfff Ana Ruiz",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    entities = read(text.encode("utf-16", "replace").decode("utf-16"))
    mentions = [m for e in entities.entities for m in e.mentions]
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(0 <= entities.antecedent_probability(m) <= 1 for m in mentions)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Ana Ruiz", "he", "she", "said", "the envoy", ".", "“", "”", "\n", "Ruiz", "in"])))
def test_each_mention_has_one_entity(pieces: list[str]) -> None:
    entities = read(" ".join(pieces))
    mentions = [m for e in entities.entities for m in e.mentions]
    assert len(mentions) == len({(m.start, m.end, m.form) for m in mentions})
    for m in mentions:
        assert m in entities.entity_of(m).mentions
    assert set(entities.names) == {m for m in mentions if m.form is MentionForm.NAME}


def test_time_grows_with_the_length() -> None:
    encoder, reader = parts()

    def seconds(n: int) -> float:
        text = " ".join(f"Ana{i} Ruiz said that he, the envoy and Ruiz knew him." for i in range(n))
        tokens = encoder.tokenise(text)
        findings = [reader.read_window(encoder.encode_window(tokens, place)) for place in place_windows(tokens)]
        began = time.thread_time()
        reader.find_entities(text, tokens, findings)
        return time.thread_time() - began

    seconds(50)
    assert seconds(1200) < 20 * max(seconds(150), 0.01)


def pronouns(number: int) -> tuple[str, list[Placed]]:
    vector = np.linspace(-1, 1, VECTOR).astype(np.float16)
    kinds = (1 / 3, 1 / 3, 1 / 3)
    return "He said. " * number, [
        Placed(9 * n, 9 * n + 2, MentionForm.PRONOUN, kinds, 0.9, vector) for n in range(number)
    ]


def test_a_text_of_nothing_but_pronouns_takes_little_memory() -> None:
    """The features of all pairs at once took 20 kB a pronoun."""
    text, placed = pronouns(6_000)
    _, reader = parts()
    tracemalloc.start()
    reader.join_mentions(text, quote_states(text), placed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000 * 8_000


def test_pairs_are_described_alike_in_parts_and_at_once() -> None:
    text, placed = pronouns(50)
    mentions = describe_mentions(text, quote_states(text), placed, [(9, 11), (90, 92)])
    pairs = pair_mentions(mentions, np.full(len(placed), -1))
    distances, features = pairs.describe(slice(None))
    pieces = [pairs.describe(slice(at, at + 7)) for at in range(0, 50, 7)]
    assert np.array_equal(np.concatenate([piece[0] for piece in pieces]), distances)
    assert np.array_equal(np.concatenate([piece[1] for piece in pieces]), features)
    assert distances.shape == pairs.candidates.shape
    assert features.shape == (*pairs.candidates.shape, PAIR_FEATURES)
