"""Baselines, measures, and how an export is held against a world."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.media_world.evidence import Interval
from evals.media_world.gold import write_world
from evals.media_world.measures import measure
from evals.media_world.scoring import NotScorable, evaluate, find_nth, read_answers
from evals.media_world.settings import Settings
from evals.media_world.sweeps import VALUES, find_worst, sweep
from evals.media_world.systems import BASELINES, REFERENCES, Case, winnow
from tests.evals.media_world.worlds import case

RUN = Path("evals/media_world/run.py")
SCORER = Path(os.environ.get("SOURCELINE_DATA", "../shared/data")).parent / "eval" / "score_ledger.py"


def gold_as_export(known: Case) -> dict[str, Any]:
    """The export of a system that finds all and says what can be known."""
    claims = []
    for claim in known.gold["claims"]:
        mentions = []
        for mention in claim["mentions"]:
            start = find_nth(known.documents[mention["doc"]]["text"], mention["text"], mention["n"])
            span = {"start": start, "end": start + len(mention["text"]), "text": mention["text"]}
            stance, origin = mention["stance"], mention["origin"]
            mentions.append({"document": mention["doc"], "spans": [span], "stance": stance, "origin": origin})
        low, high = claim["independent_origins"]["low"], claim["independent_origins"]["high"]
        flags = {key: claim[key] for key in ("circular", "recycled", "disputed_by", "drift")}
        number = {"low": low, "best": low, "high": high}
        claims.append({"id": f"x{claim['id']}", "mentions": mentions, "independent_origins": number, **flags})
    return {"format": 1, "claims": claims, "edges": known.gold["edges"]}


def test_who_says_what_can_be_known_is_right() -> None:
    figures = evaluate(gold_as_export(case()), case().world)
    assert (figures.overcount, figures.exact, figures.plural, figures.answered) == (0, 100, 100, 100)
    assert figures.holds is not None and figures.holds >= 98


def test_an_export_without_claims_is_told_so() -> None:
    with pytest.raises(NotScorable, match="claims are null"):
        evaluate({"format": 1, "claims": None, "edges": None}, case().world)


def test_an_export_that_breaks_the_format_is_refused() -> None:
    export = gold_as_export(case())
    export["claims"][0]["independent_origins"] = {"low": 2, "best": 1, "high": 3}
    with pytest.raises(NotScorable, match="low <= best <= high"):
        evaluate(export, case().world)
    export = gold_as_export(case())
    export["claims"][0]["mentions"][0]["spans"][0]["start"] += 1
    with pytest.raises(NotScorable, match="does not match the text"):
        evaluate(export, case().world)


def test_a_claim_that_was_not_found_is_not_answered() -> None:
    export = gold_as_export(case())
    asserted = [c for c in case().gold["claims"] if case().asserting[c["id"]]]
    export["claims"] = [c for c in export["claims"] if c["id"] != f"x{asserted[0]['id']}"]
    answers = read_answers(export, case())
    assert asserted[0]["id"] not in answers
    answered = measure(case(), answers).answered
    assert answered == pytest.approx(100 * (len(asserted) - 1) / len(asserted))


def test_answers_about_given_mentions() -> None:
    given = {claim: {"low": 1, "best": 1, "high": 2} for claim in case().asserting}
    figures = evaluate({"given": given}, case().world)
    assert (figures.overcount, figures.width, figures.plural) == (0, 1, 0)


def test_more_is_seen_by_each_baseline_than_by_the_one_before() -> None:
    counts = {name: sum(a.best for a in system(case()).values()) for name, system in BASELINES.items()}
    assert counts["articles"] > counts["outlets"]
    assert counts["articles"] > counts["exact duplicates"] > counts["fingerprints"] > counts["fingerprints + credits"]


def test_no_baseline_reaches_the_goals() -> None:
    """Else the benchmark would measure nothing."""
    for name, system in BASELINES.items():
        figures = measure(case(), system(case()))
        assert figures.overcount is not None and figures.overcount > 10, name
    alone = measure(case(), REFERENCES["always one"](case()))
    assert (alone.overcount, alone.plural) == (0, 0)


def test_measures_by_hand() -> None:
    known = case()
    single = next(c["id"] for c in known.gold["claims"] if c["truth"] == {"low": 1, "high": 1})
    for said, wrong, holds in ((Interval(low=2, best=2, high=2), 100, 0), (Interval(low=1, best=2, high=3), 0, 100)):
        figures = measure(known, {single: said})
        assert (figures.overcount, figures.holds, figures.width) == (wrong, holds, said.high - said.low)


def test_winnowed_fingerprints_find_an_excerpt() -> None:
    sentence = "the oven in the long kitchen was cold when the first of the bakers came in at four and nobody could say"
    longer = f"It was a quiet night. {sentence} why that was so. The rest is known to every child in town."
    assert winnow(sentence.split()) & winnow(longer.split())
    assert not winnow(sentence.split()) & winnow("quite another matter altogether is told here in some words".split())


def test_sweeps_move_one_rate_and_name_the_worst_cell() -> None:
    cells = sweep(3, 40, Settings(), {"outlets": BASELINES["outlets"]})
    assert len(cells) == sum(len(values) for values in VALUES.values())
    worst = find_worst(cells, "outlets")
    found = [c.figures["outlets"].overcount for c in cells]
    assert worst["overcount"].value == max(value for value in found if value is not None)
    assert worst["overcount"].cell in {c.name for c in cells}


def test_the_command(tmp_path: Path) -> None:
    world = ["--articles", "30", "--seed", "2", "--no-sweep"]
    null = tmp_path / "null.json"
    null.write_text('{"format": 1, "claims": null, "edges": null}', "utf-8")
    done = subprocess.run([sys.executable, RUN, *world, "--score", null], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not scored, the export's claims are null" in done.stdout
    done = subprocess.run([sys.executable, RUN, *world, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert {*BASELINES, *REFERENCES} == json.loads(done.stdout)["figures"].keys()


@pytest.mark.skipif(not SCORER.exists(), reason="the shared scorer is not here")
def test_the_storyline_scorer_reads_it_too(tmp_path: Path) -> None:
    write_world(case().world, tmp_path)
    export = tmp_path / "export.json"
    export.write_text(json.dumps(gold_as_export(case())), "utf-8")
    done = subprocess.run([sys.executable, SCORER, tmp_path, export], capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    for name in ("mentions_recall", "claim_b3_f", "stance", "origin_b3_f", "origins_in_interval", "edge_f"):
        assert figures[name] == 100, name
    assert figures["overcount"].startswith("0/")
