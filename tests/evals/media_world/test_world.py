"""The truth log and the gold that is made of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evals.media_world.evidence import count_parties, read_best
from evals.media_world.gold import make_documents, make_gold, make_optional_edges, write_world
from evals.media_world.log import Affair, Article, Put
from evals.media_world.settings import Settings
from evals.media_world.world import World, simulate
from tests.evals.media_world.worlds import harsh, world

WORLDS = pytest.mark.parametrize("made", [world(), world(11, 300), harsh()], ids=["default", "another", "harsh"])


def test_the_same_seed_gives_the_same_world() -> None:
    first, second = simulate(4, 120), simulate(4, 120)
    assert first.affairs == second.affairs
    assert json.dumps(make_documents(first)) == json.dumps(make_documents(second))
    assert make_gold(first) == make_gold(second)
    assert make_documents(simulate(5, 120)) != make_documents(first)


def test_the_order_of_hashing_does_not_matter(tmp_path: Path) -> None:
    written = []
    for number in ("1", "2"):
        command = [sys.executable, "evals/media_world/run.py", "--articles", "80", "--no-sweep", "--write"]
        environment = {**os.environ, "PYTHONHASHSEED": number}
        subprocess.run([*command, tmp_path / number], env=environment, capture_output=True, check=True)
        written.append({path.name: path.read_bytes() for path in (tmp_path / number).iterdir()})
    assert written[0] == written[1]


@pytest.mark.parametrize("articles", [1, 17, 130])
def test_as_many_articles_as_asked_for(articles: int) -> None:
    assert len(make_documents(simulate(1, articles))) == articles


def test_a_world_needs_an_article() -> None:
    with pytest.raises(ValueError, match="at least one article"):
        simulate(1, 0)
    with pytest.raises(ValueError, match="from 0 to 1"):
        Settings(hidden=1.2)


@WORLDS
def test_whatever_was_taken_over_was_printed_before(made: World) -> None:
    for affair in made.affairs:
        by_id = {a.id: a for a in affair.articles}
        for article in affair.articles:
            for put in article.puts:
                if put.parent is not None:
                    assert by_id[put.parent[0]].time < article.time
                if put.utterance is not None:
                    assert affair.utterances[put.utterance].time <= article.time


@WORLDS
def test_taking_over_changes_neither_claim_nor_origin(made: World) -> None:
    for affair in made.affairs:
        by_id = {a.id: a for a in affair.articles}
        for article in affair.articles:
            for put in article.puts:
                if put.parent is not None:
                    parent = by_id[put.parent[0]].puts[put.parent[1]]
                    assert (put.claim, put.utterance, put.stance) == (parent.claim, parent.utterance, parent.stance)


@WORLDS
def test_edges_point_forward_in_time(made: World) -> None:
    published = {d["id"]: d["published"] for d in make_documents(made)}
    for edge in [*make_gold(made)["edges"], *make_optional_edges(made)]:
        assert published[edge["from"]] < published[edge["to"]]


def test_a_pure_copy_adds_no_party() -> None:
    made = world()
    checked = 0
    for affair in made.affairs:
        by_id = {a.id: a for a in affair.articles}
        for article in affair.articles:
            if (
                article.mode not in ("copy", "reprint")
                or article.hidden
                or any(by_id[_parent(p)].hidden for p in article.puts)
            ):
                continue
            without = _hide(affair, article)
            thinner = replace(made, affairs=tuple(without if a is affair else a for a in made.affairs))
            for claim in {p.claim for p in article.puts}:
                assert count_parties(thinner, without, claim) == count_parties(made, affair, claim)
                checked += 1
    assert checked > 50


def _parent(put: Put) -> str:
    assert put.parent is not None
    return put.parent[0]


def _hide(affair: Affair, article: Article) -> Affair:
    return replace(affair, articles=tuple(replace(a, hidden=True) if a is article else a for a in affair.articles))


@WORLDS
def test_the_count_is_that_of_the_gold_s_own_origins(made: World) -> None:
    for claim in make_gold(made)["claims"]:
        party = {o["id"]: (o["party"], o["source"] if o["kind"] == "anonymous" else "") for o in claim["origins"]}
        said = {party[m["origin"]] for m in claim["mentions"] if m["stance"] == "asserts"}
        # two unnamed sources may go by the same words: the log keeps them apart, the words do not
        unnamed = sum(o["kind"] == "anonymous" for o in claim["origins"])
        assert len(said) <= claim["truth"]["high"] <= len(said) + max(0, unnamed - 1)
        assert claim["truth"]["low"] <= claim["truth"]["high"]
        if claim["withdrawn"] is None:
            assert claim["truth"]["low"] == claim["truth"]["high"]


@WORLDS
def test_the_count_follows_from_the_chains_of_parents(made: World) -> None:
    """By brute force: each collected assertion is followed up to where it was first printed."""
    for affair in made.affairs:
        by_id = {a.id: a for a in affair.articles}
        for claim in affair.claims:
            parties = set()
            for article, _, put in made.puts(affair, claim):
                origin, printed_by = put, article
                while origin.parent is not None:
                    printed_by = by_id[origin.parent[0]]
                    origin = printed_by.puts[origin.parent[1]]
                assert origin.utterance is not None
                there = affair.utterances[origin.utterance].outlets
                party = affair.utterances[origin.utterance].party
                assert not there or printed_by.outlet in there
                if put.stance == "asserts":
                    parties.add(party)
            assert count_parties(made, affair, claim).high == len(parties)


@WORLDS
def test_every_span_of_the_gold_stands_in_its_text(made: World) -> None:
    texts = {d["id"]: d["text"] for d in make_documents(made)}
    for claim in make_gold(made)["claims"]:
        for mention in claim["mentions"]:
            at = -1
            for _ in range(mention["n"] + 1):
                at = texts[mention["doc"]].find(mention["text"], at + 1)
                assert at >= 0
            assert len(mention["text"]) > 8
        for dispute in claim["disputed_by"]:
            assert dispute["text"] in texts[dispute["doc"]]


def test_nothing_of_a_hidden_article_is_told() -> None:
    made = harsh()
    hidden = {a.id for affair in made.affairs for a in affair.articles if a.hidden}
    assert len(hidden) > 50
    assert not hidden & made.names.keys()


def test_the_stories_have_their_sequels() -> None:
    gold = make_gold(world(7, 1000))["claims"]
    assert sum(c["circular"] for c in gold) >= 3
    for key in ("recycled", "disputed_by", "drift", "withdrawn"):
        assert sum(bool(c[key]) for c in gold) >= 5, key
    assert sum(m["hedge_lost"] is not None for c in gold for m in c["mentions"]) >= 10
    stances = {m["stance"] for c in gold for m in c["mentions"]}
    assert stances == {"asserts", "denies", "doubts", "declines"}


@WORLDS
def test_the_ceiling_is_within_the_definitions(made: World) -> None:
    held = asked = 0
    for affair in made.affairs:
        for claim in affair.claims:
            if made.puts(affair, claim):
                said, truth = read_best(made, affair, claim), count_parties(made, affair, claim)
                assert 0 <= said.low <= said.best <= said.high
                asked += 1
                held += said.low <= truth.high and truth.low <= said.high
    assert held >= 0.98 * asked


def test_more_credits_make_more_known() -> None:
    def width(drop: float) -> float:
        made = simulate(7, 500, Settings(credit_drop=drop))
        gold = [c["independent_origins"] for c in make_gold(made)["claims"]]
        return float(sum(c["high"] - c["low"] for c in gold)) / len(gold)

    assert width(0.0) < width(0.9)


def test_what_is_written_is_what_was_made(tmp_path: Path) -> None:
    made = simulate(2, 40)
    write_world(made, tmp_path)
    lines = (tmp_path / "documents.jsonl").read_text("utf-8").split("\n")
    assert [json.loads(line) for line in lines if line] == make_documents(made)
    assert json.loads((tmp_path / "gold.json").read_text("utf-8")) == make_gold(made)
    given = json.loads((tmp_path / "mentions.json").read_text("utf-8"))["claims"]
    assert all(m.keys() == {"doc", "text", "n", "stance"} for c in given for m in c["mentions"])
