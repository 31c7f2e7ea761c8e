"""Trains the weights of tracing (src/sourceline/trace/tables) on storylines: python -m training.trace [--write].

Three small linear models, each on the storylines of `training/storylines` alone:

- links: which earlier mention a mention has its origin from, or none (softmax over the candidates);
- distinct: whether a party is a source of its own beside those before it (logistic);
- edges: whether the signs between two documents make an edge (logistic).

Each is first trained with one storyline left out in turn, which it is then measured on. Those of
`SOURCELINE_DATA/ledger_dev` are measured with all of them and never trained on. Needs scikit-learn and SciPy.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evals.measures import DATA, Bench
from evals.storylines import Storyline, storyline_folders
from evals.tracing import Score, optional_edges, own_folders, read_with, reuses_of, setting_of
from sourceline.model.claim import Claim
from sourceline.trace import distinct, edges, links, trace_claim
from sourceline.trace.counting import find_asserting, is_own_reporting, rows_of
from sourceline.trace.origins import Descents, in_turn
from sourceline.trace.parents import Parentage
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Setting, testimonies_of
from sourceline.trace.weights import TABLES, use_weights

Floats = NDArray[np.float64]
Labelled = tuple[list[float], bool]
Group = tuple[Floats, NDArray[np.bool_]]
PENALTY = {"links": 3.0, "distinct": 12.0, "edges": 2.0}
"""Of the squared weights, against the loss of one example: chosen on the storylines left out."""
FEATURES = {"links": links.FEATURES, "distinct": distinct.FEATURES, "edges": edges.FEATURES}


def link_examples(storyline: Storyline) -> Iterator[Group]:
    """For each mention its candidates and "new": (candidates + 1, features), and which are right."""
    setting = setting_of(storyline)
    for gold, claim in storyline.gold_claims():
        origins = _origins(storyline, gold)
        testimonies = testimonies_of(claim, storyline.articles)
        parentage = Parentage(testimonies, Parties(testimonies, setting), setting)
        for testimony in in_turn(testimonies):
            if not testimony.asserts and not testimony.against:
                continue
            held = parentage.links(testimony)
            own = origins.get(testimony.id)
            right = np.array([k.to is not None and own is not None and own == origins.get(k.to.id) for k in held])
            if not right.any():
                right[-1] = True
            if len(held) > 1:
                rows = [[k.features.get(name, 0.0) for name in links.FEATURES] for k in held]
                yield np.array(rows), right


def distinct_examples(storyline: Storyline) -> Iterator[Labelled]:
    """For each party after a claim's first whether it adds a source, where the gold tells."""
    setting = setting_of(storyline)
    for gold, claim in storyline.gold_claims():
        origins = _origins(storyline, gold)
        sources = _sources(storyline, gold)
        counted: set[str] = set()
        for place, (one, features, _) in enumerate(rows_of(_asserting(storyline, claim, setting))):
            held = Counter(origins[t.id] for t in one.testimonies if origins.get(t.id) in sources)
            source = sources[held.most_common(1)[0][0]] if held else None
            label = _is_added(gold, sources, source, counted)
            if place and label is not None:
                yield [features.get(name, 0.0) for name in distinct.FEATURES], label
            if source is not None:
                counted.add(source)


def _asserting(storyline: Storyline, claim: Claim, setting: Setting) -> list[distinct.Asserting]:
    testimonies = testimonies_of(claim, storyline.articles)
    parties = Parties(testimonies, setting)
    descent = Descents(testimonies, parties, Parentage(testimonies, parties, setting)).find()
    return [a for a in find_asserting(descent, parties) if not is_own_reporting(a)]


def _sources(storyline: Storyline, gold: dict[str, Any]) -> dict[str, str]:
    """The sources of the gold's asserting origins, by the origin's id."""
    asserting = {w.origin for w in storyline.wanted if w.claim == gold["id"] and w.stance == "asserts"}
    return {o["id"]: o["source"] for o in gold["origins"] if o["id"] in asserting}


def _is_added(gold: dict[str, Any], sources: dict[str, str], source: str | None, counted: set[str]) -> bool | None:
    """Whether a party adds a source; None where the gold leaves it open."""
    low, high = gold["independent_origins"]["low"], gold["independent_origins"]["high"]
    if high <= 1:
        return False
    if source is None:
        return None
    if source in counted:
        return False
    kinds = {o["source"]: o["kind"] for o in gold["origins"]}
    named = kinds[source] not in ("anonymous", "group")
    names = set(sources.values())
    if len(names) == high:
        return True if low == high or named else None
    return True if named and len(names) <= high + 1 and len(counted) < low else None


def edge_examples(storyline: Storyline) -> Iterator[Labelled]:
    """For each pair of documents with a sign whether the gold has an edge."""
    setting = setting_of(storyline)
    traces = [trace_claim(claim, storyline.articles, setting) for _, claim in storyline.gold_claims()]
    signs = edges.find_signs(storyline.articles, traces, reuses_of(storyline, setting))
    before = edges.by_later(signs)
    wanted = {(e["from"], e["to"]) for e in storyline.gold["edges"]}
    for pair in sorted(signs.keys() - (optional_edges(storyline.name) - wanted)):
        features = edges.describe(pair, signs, before, storyline.articles)
        yield [features.get(name, 0.0) for name in edges.FEATURES], pair in wanted


def _origins(storyline: Storyline, gold: dict[str, Any]) -> dict[str, str]:
    """The gold's origins by our mentions."""
    return {m.id: w.origin for w, m in storyline.found.items() if w.claim == gold["id"] and w.origin is not None}


def fit_choice(groups: Sequence[Group], penalty: float) -> Floats:
    """Weights that give the right ones of each group the most of its probability (maximum likelihood)."""
    rows = np.concatenate([x for x, _ in groups])
    right = np.concatenate([y for _, y in groups])
    of = np.concatenate([np.full(len(y), place) for place, (_, y) in enumerate(groups)])
    many = len(groups)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        most = np.full(many, -np.inf)
        np.maximum.at(most, of, scores)
        shares = np.exp(scores - most[of])
        whole, held = np.bincount(of, shares, many), np.bincount(of, shares * right, many)
        slope = rows.T @ (shares / whole[of] - shares * right / held[of]) + penalty * weights
        return float(np.log(whole).sum() - np.log(held).sum() + penalty / 2 * weights @ weights), slope

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x)


def fit_yes(examples: Sequence[Labelled], penalty: float) -> Floats:
    """Weights of a logistic regression."""
    model = LogisticRegression(C=1 / penalty, max_iter=5000, fit_intercept=False)
    model.fit(np.array([row for row, _ in examples]), [label for _, label in examples])
    return np.asarray(model.coef_[0])


def train(storylines: Sequence[Storyline]) -> dict[str, dict[str, float]]:
    """All weights by table; later tables are trained on what the earlier ones make."""
    found: dict[str, dict[str, float]] = {}
    stages: tuple[tuple[str, Callable[[Storyline], Iterator[Any]], Callable[[Any, float], Floats]], ...] = (
        ("links", link_examples, fit_choice),
        ("distinct", distinct_examples, fit_yes),
        ("edges", edge_examples, fit_yes),
    )
    for table, examples, fit in stages:
        with use_weights(found):
            held = [example for storyline in storylines for example in examples(storyline)]
        weights = fit(held, PENALTY[table])
        found[table] = {name: round(float(w), 3) for name, w in zip(FEATURES[table], weights, strict=True)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the tables")
    write = parser.parse_args().write
    read = read_with(Bench())
    own = [read(folder) for folder in own_folders()]
    left_out = Score()
    for storyline in own:
        with use_weights(train([other for other in own if other is not storyline])):
            left_out.add(storyline)
    print("left out in turn", left_out.figures())
    trained = train(own)
    for folder in storyline_folders(DATA):
        with use_weights(trained):
            score = Score()
            score.add(read(folder))
        print(folder.name, score.figures())
    if write:
        for table, weights in trained.items():
            Path(TABLES, f"{table}.json").write_text(json.dumps({"weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
