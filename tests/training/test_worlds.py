from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.worlds import find_clauses, find_occurrence, read_storyline, read_wide_storylines

TEXT = "The quay at Tolm is shut, the harbour office said.\n\nDivers are late. The quay is shut until May, it added."
CLAIMS = [
    {
        "id": "c1",
        "statement": "The quay at Tolm is closed.",
        "mentions": [
            {"doc": "a", "text": "The quay at Tolm is shut", "n": 0},
            {"doc": "a", "text": "The quay is shut until May", "n": 0},
        ],
    },
    {
        "id": "c2",
        "statement": "The divers are delayed.",
        "mentions": [{"doc": "a", "text": "Divers are late.", "n": 0}],
    },
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = tmp_path / "quay"
    story.mkdir()
    (story / "documents.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    (story / "gold.json").write_text(json.dumps({"claims": CLAIMS}), "utf-8")
    return tmp_path


def test_clauses_are_parts_of_the_sentence_with_four_words_at_least() -> None:
    text = "The quay is shut, he said, because the divers are late."
    parts = [text[start:end] for start, end in find_clauses(text, 0, len(text))]
    assert parts == ["The quay is shut", "he said, because the divers are late."]


def test_the_second_occurrence_is_found_behind_the_first() -> None:
    assert find_occurrence("is it or is it not", "is it", 1) == (9, 14)
    with pytest.raises(ValueError, match="substring"):
        find_occurrence("is it", "is it", 1)


def test_a_storyline_gives_the_mentions_of_its_claims(folder: Path) -> None:
    members = read_storyline(folder / "quay").members
    assert [(m.stretch.wording, sorted(m.about)) for m in members] == [
        ("The quay at Tolm is shut", ["c1"]),
        ("The quay is shut until May", ["c1"]),
        ("Divers are late.", ["c2"]),
    ]


def test_training_also_has_their_sentences_and_the_claims_statements(folder: Path) -> None:
    (world,) = read_wide_storylines([folder])
    added = {m.stretch.wording: sorted(m.about) for m in world.members[3:]}
    assert added == {
        "The quay at Tolm is shut, the harbour office said.": ["c1"],
        "The quay is shut until May, it added.": ["c1"],
        "The quay at Tolm is closed.": ["c1"],
        "The divers are delayed.": ["c2"],
    }
