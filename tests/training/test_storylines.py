"""The storylines: every gold answer has its place in the texts, and what says exactly the gold scores full marks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.media_world.scoring import find_nth

STORYLINES = sorted(path for path in Path("training/storylines").glob("*") if path.is_dir())
SCORER = Path(os.environ.get("SOURCELINE_DATA", "../shared/data")).parent / "eval" / "score_ledger.py"
KINDS = {"copy", "edited_copy", "excerpt", "quote", "paraphrase"}
STANCES = {"asserts", "denies", "doubts", "declines"}
FULL = {
    "mentions_recall": 100.0,
    "claim_b3_p": 100.0,
    "claim_b3_r": 100.0,
    "claim_b3_f": 100.0,
    "stance": 100.0,
    "origin_b3_f": 100.0,
    "origins_in_interval": 100.0,
    "origins_exact": 100.0,
    "circular_f": 100.0,
    "recycled_f": 100.0,
    "disputed_f": 100.0,
    "drift_f": 100.0,
    "edge_f": 100.0,
    "edge_credit": 100.0,
}

each = pytest.mark.parametrize("folder", STORYLINES, ids=lambda path: path.name)


def read_documents(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "documents.jsonl").read_text("utf-8").split("\n")
    return {document["id"]: document for document in map(json.loads, filter(None, lines))}


def read_gold(folder: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
    return gold


def gold_as_export(folder: Path) -> dict[str, Any]:
    documents, gold, claims = read_documents(folder), read_gold(folder), []
    for claim in gold["claims"]:
        mentions = []
        for mention in claim["mentions"]:
            start = find_nth(documents[mention["doc"]]["text"], mention["text"], mention["n"])
            span = {"start": start, "end": start + len(mention["text"]), "text": mention["text"]}
            kept = {key: mention[key] for key in ("source", "stance", "origin")}
            mentions.append({"document": mention["doc"], "spans": [span], **kept})
        number = claim["independent_origins"] | {"best": claim["independent_origins"]["low"]}
        flags = {key: claim[key] for key in ("circular", "recycled", "disputed_by", "drift")}
        claims.append({"id": f"x{claim['id']}", "mentions": mentions, "independent_origins": number, **flags})
    return {"format": 1, "claims": claims, "edges": gold["edges"]}


def test_there_are_storylines() -> None:
    assert STORYLINES


@each
def test_documents_are_whole_and_in_the_order_of_time(folder: Path) -> None:
    documents = read_documents(folder)
    assert len(documents) >= 12
    assert [d["published"] for d in documents.values()] == sorted(d["published"] for d in documents.values())
    assert all(d["text"].strip() == d["text"] != "" and d["outlet"] and d["title"] for d in documents.values())


@each
def test_every_mention_has_its_place_and_its_origin(folder: Path) -> None:
    documents = read_documents(folder)
    for claim in read_gold(folder)["claims"]:
        origins = {origin["id"]: origin for origin in claim["origins"]}
        assert len(origins) == len(claim["origins"])
        assert {m["origin"] for m in claim["mentions"]} - {None} == set(origins), claim["id"]
        for mention in claim["mentions"]:
            text, wanted, n = documents[mention["doc"]]["text"], mention["text"], mention["n"]
            start = find_nth(text, wanted, n)
            assert start >= 0, (claim["id"], wanted)
            assert text[start : start + len(wanted)] == wanted
            assert mention["stance"] in STANCES
            assert (mention["origin"] is None) >= (mention["stance"] == "declines"), (claim["id"], wanted)
        places = [(m["doc"], m["text"], m["n"]) for m in claim["mentions"]]
        assert len(set(places)) == len(places)


@each
def test_origins_first_appear_where_it_is_said(folder: Path) -> None:
    order = list(read_documents(folder))
    for claim in read_gold(folder)["claims"]:
        for origin in claim["origins"]:
            told = [order.index(m["doc"]) for m in claim["mentions"] if m["origin"] == origin["id"]]
            assert order[min(told)] == origin["first_doc"], (claim["id"], origin["id"])


@each
def test_independence_is_within_what_is_asserted(folder: Path) -> None:
    for claim in read_gold(folder)["claims"]:
        asserting = [m["origin"] for m in claim["mentions"] if m["stance"] == "asserts"]
        most = len(set(asserting) - {None}) + asserting.count(None)
        number = claim["independent_origins"]
        assert 0 <= number["low"] <= number["high"] <= most, claim["id"]
        assert not (claim["circular"] and number["low"] > 1), claim["id"]


@each
def test_disputes_recycling_and_drift_point_at_documents(folder: Path) -> None:
    documents = read_documents(folder)
    for claim in read_gold(folder)["claims"]:
        told = {m["doc"] for m in claim["mentions"]}
        for dispute in claim["disputed_by"]:
            assert dispute["text"] in documents[dispute["doc"]]["text"], claim["id"]
        if claim["recycled"]:
            old, new = claim["recycled"]["old_doc"], claim["recycled"]["new_docs"]
            assert {old, *new} <= told
            assert all(documents[old]["published"] < documents[doc]["published"] for doc in new)
        if claim["drift"]:
            assert {value["doc"] for value in claim["drift"]["values"]} <= told
            for value in claim["drift"]["values"]:
                bounds = [bound for bound in (value["low"], value["high"]) if bound is not None]
                assert bounds and bounds == sorted(bounds), (claim["id"], value)


@each
def test_edges_point_forward_in_time_and_are_drawn_once(folder: Path) -> None:
    documents = read_documents(folder)
    optional = json.loads((folder / "optional_edges.json").read_text("utf-8"))
    edges = read_gold(folder)["edges"] + optional
    pairs = [(edge["from"], edge["to"]) for edge in edges]
    assert len(set(pairs)) == len(pairs)
    assert {edge["kind"] for edge in edges} <= KINDS
    for earlier, later in pairs:
        assert documents[earlier]["published"] < documents[later]["published"], (earlier, later)


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of ledgers is not here")
@each
def test_the_gold_itself_scores_full_marks(folder: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.json"
    export.write_text(json.dumps(gold_as_export(folder)), "utf-8")
    command = [sys.executable, str(SCORER), str(folder), str(export)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert {key: figures[key] for key in FULL} == FULL
    assert figures["overcount"].startswith("0/") and figures["undercount"].startswith("0/")
