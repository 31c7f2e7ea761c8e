"""Storylines and their gold agree: each answer stands where it says, and none contradicts another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

STORYLINES = Path(__file__).parents[2] / "training" / "storylines"
FOLDERS = sorted(path for path in STORYLINES.iterdir() if path.is_dir())
STANCES = {"asserts", "denies", "doubts", "declines"}


class Storyline:
    def __init__(self, folder: Path) -> None:
        lines = (folder / "documents.jsonl").read_text("utf-8").splitlines()
        documents = [json.loads(line) for line in lines]
        self.texts: dict[str, str] = {document["id"]: document["text"] for document in documents}
        self.times: dict[str, str] = {document["id"]: document["published"] for document in documents}
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        self.claims: list[dict[str, Any]] = gold["claims"]
        self.edges: list[dict[str, Any]] = gold["edges"]
        self.optional_edges: list[dict[str, Any]] = json.loads((folder / "optional_edges.json").read_text("utf-8"))

    def place(self, mention: dict[str, Any]) -> tuple[str, int, int]:
        start = -1
        for _ in range(mention["n"] + 1):
            start = self.texts[mention["doc"]].find(mention["text"], start + 1)
            assert start >= 0, mention
        return mention["doc"], start, start + len(mention["text"])


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def storyline(request: pytest.FixtureRequest) -> Storyline:
    return Storyline(request.param)


def test_there_are_storylines() -> None:
    assert FOLDERS


def test_each_mention_stands_in_a_place_of_its_own(storyline: Storyline) -> None:
    places = [storyline.place(mention) for claim in storyline.claims for mention in claim["mentions"]]
    assert len(places) == len(set(places))


def test_each_mention_has_a_known_stance_and_origin(storyline: Storyline) -> None:
    for claim in storyline.claims:
        origins = {origin["id"] for origin in claim["origins"]}
        assert {mention["stance"] for mention in claim["mentions"]} <= STANCES
        assert {mention["origin"] for mention in claim["mentions"]} - {None} == origins
        assert all(mention["origin"] is None for mention in claim["mentions"] if mention["stance"] == "declines")


def test_no_claim_has_more_parties_than_its_asserting_origins_and_unrecorded_mentions(storyline: Storyline) -> None:
    for claim in storyline.claims:
        asserting = [mention["origin"] for mention in claim["mentions"] if mention["stance"] == "asserts"]
        recorded = {origin for origin in asserting if origin}
        low, high = claim["independent_origins"]["low"], claim["independent_origins"]["high"]
        assert 0 <= low <= len(recorded)
        assert low <= high <= len(recorded) + asserting.count(None)


def test_flags_point_at_words_that_are_there(storyline: Storyline) -> None:
    for claim in storyline.claims:
        assert all(dispute["text"] in storyline.texts[dispute["doc"]] for dispute in claim["disputed_by"])
        assert all(value["doc"] in storyline.texts for value in (claim["drift"] or {"values": []})["values"])
        recycled = claim["recycled"] or {"old_doc": None, "new_docs": []}
        assert all(storyline.times[recycled["old_doc"]] < storyline.times[doc] for doc in recycled["new_docs"])


def test_edges_point_forward_and_are_told_once(storyline: Storyline) -> None:
    edges = storyline.edges + storyline.optional_edges
    assert all(storyline.times[edge["from"]] < storyline.times[edge["to"]] for edge in edges)
    assert len(edges) == len({(edge["from"], edge["to"]) for edge in edges})
