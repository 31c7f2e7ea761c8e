"""Measures same claims: python -m evals.claims [NAME...] [--all] [--errors].

- storylines: those of `SOURCELINE_DATA/ledger_dev`, which nothing is trained on, and the example world: B-cubed of the
  claims over the gold mentions that are found, stance towards the claim, average precision over the pairs of these.
  `strict_p` is the precision if every mention that is no gold counts as wrong in a claim.
- ecbplus: dev, events of validated sentences by the mention that they stand in, with the topic known and unknown,
  beside a baseline that joins events of one lemma (Cybulska and Vossen, LREC 2014).
- fnc: headline and body of FNC-1 (agree, disagree, discuss, unrelated) with the challenge's weighted score, on a seeded
  sample of bodies unless --all.
- sts: news pairs, rank correlation of the probability of the same claim with how alike people found them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.clusters import ClusterTally
from evals.measures import DATA, Bench, Figures
from evals.storylines import (
    CloseReader,
    Storyline,
    b_cubed,
    make_storyline,
    read_storyline,
    storyline_folders,
    version_of,
)
from sourceline.clean.document import clean_record
from sourceline.lexicon.kinship import kin_of
from sourceline.match.claims import ClaimIndex, Clustering, Sketch, compare_many, sketches_of
from sourceline.match.claims.linkage import link_groups
from sourceline.match.mentions.stems import stem
from sourceline.model.claim import Article, Mention, Relation, Stance
from sourceline.model.record import Record
from sourceline.settings import Settings
from tests.example_world import DOCUMENTS, GOLD, texts

SEED = 7
BODIES = 60
STS_PAIRS = 400
JOINED_EVENTS = 0.25


def measure_claims(bench: Bench) -> Figures | None:
    figures: Figures = {}
    for storyline in storylines(bench):
        figures |= {
            f"{storyline.name}_{name}": value for name, value in score(storyline, cluster_of(storyline)).items()
        }
    return figures


def storylines(bench: Bench) -> Iterator[Storyline]:
    reader = CloseReader(bench.pipeline)
    for folder in storyline_folders(DATA):
        yield read_storyline(folder, reader.read, reader.article)
    fields = ("id", "outlet", "outlet_kind", "published")
    found = texts()
    records = [
        {**{f: d.get(f) for f in fields}, "text": found[d["id"]]} for d in DOCUMENTS.values() if d["id"] in found
    ]
    yield make_storyline("world", records, GOLD, reader.read, reader.article)


def cluster_of(storyline: Storyline) -> Clustering:
    index = ClaimIndex()
    for article in storyline.articles.values():
        index.add(article)
    return index.claims()


def score(storyline: Storyline, clustering: Clustering) -> dict[str, float]:
    of = {member.mention: claim.id for claim in clustering.claims for member in claim.members}
    stances = {member.mention: member.stance for claim in clustering.claims for member in claim.members}
    found = list(storyline.found.items())
    figures = b_cubed([gold.claim for gold, _ in found], [of[mention.id] for _, mention in found])
    gold_of = {mention.id: gold.claim for gold, mention in found}
    members: dict[str, list[str]] = defaultdict(list)
    for mention, claim in of.items():
        members[claim].append(mention)
    strict = [
        sum(gold_of.get(other) == gold.claim for other in members[of[mention.id]]) / len(members[of[mention.id]])
        for gold, mention in found
    ]
    right = [stances[mention.id] == gold.stance for gold, mention in found]
    precision, recall, f = (round(100 * figure, 1) for figure in figures)
    return {
        "b3_p": precision,
        "b3_r": recall,
        "b3_f": f,
        "strict_p": round(100 * float(np.mean(strict)), 1),
        "stance": round(100 * float(np.mean(right)), 1),
        "pair_ap": round(100 * pair_precision(storyline), 1),
    }


def pair_precision(storyline: Storyline) -> float:
    """Average precision of the probability of the same claim over all pairs of gold mentions."""
    gold_of = {mention.id: gold.claim for gold, mention in storyline.found.items()}
    sketches = [s for article in storyline.articles.values() for s in sketches_of(article) if s.id in gold_of]
    pairs = list(combinations(sketches, 2))
    probabilities = same_claim(pairs)
    return average_precision(np.array([gold_of[a.id] == gold_of[b.id] for a, b in pairs]), probabilities)


def same_claim(pairs: Sequence[tuple[Sketch, Sketch]]) -> NDArray[np.float64]:
    found = compare_many(pairs)
    return np.array([0.0 if x is None or x.relation is Relation.RIVAL else x.probability for x in found])


def average_precision(right: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = right[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


class Texts:
    """Articles of bare texts, each read once."""

    def __init__(self, bench: Bench) -> None:
        self._reader = CloseReader(bench.pipeline)
        self._made: dict[str, Article] = {}

    def article(self, name: str, text: str) -> Article:
        if name not in self._made:
            reading = self._reader.read(clean_record(Record(id=name, text=text), Settings(clean=False)))
            self._made[name] = self._reader.article(version_of({"id": name}, reading), reading)
        return self._made[name]


# events of ECB+ -------------------------------------------------------------------------------------------------------


def measure_events(bench: Bench) -> Figures | None:
    path = DATA / "ecbplus" / "dev.jsonl"
    if not path.exists():
        return None
    readings = Texts(bench)
    events = [
        event for row in map(json.loads, path.read_text("utf-8").splitlines()) for event in events_of(row, readings)
    ]
    figures: Figures = {"events": float(len(events)), "held": round(100 * np.mean([e["held"] for e in events]), 1)}
    for name, field in (("known", "subtopic"), ("unknown", "split")):
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for event in events:
            groups[event[field]].append(event)
        for system, link in (("", link_events), ("lemma_", join_lemmas)):
            tally = ClusterTally()
            for at, (_, group) in enumerate(sorted(groups.items())):
                gold: dict[str, list[tuple[int, int]]] = defaultdict(list)
                for place, event in enumerate(group):
                    gold[event["chain"]].append((at, place))
                tally.add(gold.values(), [[(at, place) for place in part] for part in link(group)])
            found = tally.figures()
            figures |= {f"{name}_{system}conll": found["conll"], f"{name}_{system}b3": found["b3"]}
    return figures


def events_of(row: dict[str, Any], readings: Texts) -> Iterator[dict[str, Any]]:
    article = readings.article(row["id"], row["text"])
    sketches = dict(zip((m.id for m in article.mentions), sketches_of(article), strict=True))
    for mention in row["mentions"]:
        if mention["kind"] != "event" or mention["sent"] not in row["validated_sents"]:
            continue
        start, end = mention["spans"][0][0], mention["spans"][-1][1]
        low, high, _ = row["sents"][mention["sent"]]
        holder = _holder(article.mentions, start, end) or _holder(article.mentions, low, high)
        yield {
            "split": row["split"],
            "subtopic": row["subtopic"],
            "document": row["id"],
            "chain": mention["chain"],
            "lemma": stem(mention["text"].split()[0].lower()),
            "held": holder is not None,
            "sketch": None if holder is None else sketches[holder.id],
        }


def _holder(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    return next((m for m in mentions if any(s.start < end and start < s.end for s in m.spans)), None)


def link_events(events: Sequence[dict[str, Any]]) -> list[list[int]]:
    """Events of one lemma or of words near in meaning whose mentions are likely to put the same claim."""
    places = [
        (a, b)
        for a, b in combinations(range(len(events)), 2)
        if events[a]["sketch"] is not None
        and events[b]["sketch"] is not None
        and alike(events[a]["lemma"], events[b]["lemma"])
    ]
    pairs = [(events[a]["sketch"], events[b]["sketch"]) for a, b in places]
    probabilities = [1.0 if first is second else p for (first, second), p in zip(pairs, same_claim(pairs), strict=True)]
    links = {place: float(p) for place, p in zip(places, probabilities, strict=True) if p >= 0.05}
    return link_groups([1] * len(events), links, least=JOINED_EVENTS)


@cache
def alike(first: str, second: str) -> bool:
    return first == second or kin_of(first).get(second, 0.0) >= 0.65 or kin_of(second).get(first, 0.0) >= 0.65


def join_lemmas(events: Sequence[dict[str, Any]]) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        groups[event["lemma"]].append(at)
    return list(groups.values())


# headlines of FNC-1 ---------------------------------------------------------------------------------------------------


def measure_headlines(bench: Bench, whole: bool = False) -> Figures | None:
    path = DATA / "pairs" / "fnc1_test_bodies.jsonl"
    if not path.exists():
        return None
    bodies = {r["body_id"]: r["text"] for r in map(json.loads, path.read_text("utf-8").splitlines())}
    lines = (DATA / "pairs" / "fnc1_test_pairs.jsonl").read_text("utf-8").splitlines()
    chosen = set(bodies) if whole else set(random.Random(SEED).sample(sorted(bodies), BODIES))
    rows = [row for row in map(json.loads, lines) if row["body_id"] in chosen]
    readings = Texts(bench)
    gained = total = right = 0.0
    by_stance: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        body = readings.article(f"body {row['body_id']}", bodies[row["body_id"]])
        told = stance_of_body(readings.article(f"headline {row['headline']}", row["headline"]), body)
        gained += _points(row["stance"], told)
        total += _points(row["stance"], row["stance"])
        right += told == row["stance"]
        by_stance[row["stance"], told == row["stance"]] += 1
    return {
        "pairs": float(len(rows)),
        "weighted": round(100 * gained / total, 1),
        "accuracy": round(100 * right / len(rows), 1),
        **{
            f"recall_{stance}": round(100 * by_stance[stance, True] / max(1, n), 1)
            for stance in ("agree", "disagree", "discuss", "unrelated")
            for n in [by_stance[stance, True] + by_stance[stance, False]]
        },
    }


def _points(gold: str, told: str) -> float:
    """The challenge's: a quarter for related or not, three more for the right one of the related."""
    points = 0.25 * ((gold == "unrelated") == (told == "unrelated"))
    return points + 0.75 * (gold == told) * (gold != "unrelated")


def stance_of_body(headline: Article, body: Article) -> str:
    """What a body makes of a headline: of its mentions the one that is most like the headline's decides."""
    pairs = list(product(sketches_of(headline), sketches_of(body)))
    found = [(x.probability, -at, x) for at, x in enumerate(compare_many(pairs)) if x is not None]
    if not found:
        return "unrelated"
    probability, at, likeness = max(found, key=lambda entry: entry[:2])
    if probability < 0.1:
        return "unrelated"
    sketch = pairs[-at][1]
    if likeness.relation is Relation.OPPOSITE or sketch.stance is Stance.DENIES:
        return "disagree"
    if sketch.owned and probability >= 0.5:
        return "agree"
    return "discuss"


# pairs of sentences ---------------------------------------------------------------------------------------------------


def measure_pairs(bench: Bench) -> Figures | None:
    path = DATA / "pairs" / "sts_2012_2016.jsonl"
    if not path.exists():
        return None
    rows = [row for row in map(json.loads, path.read_text("utf-8").splitlines()) if row["news"]]
    rows = random.Random(SEED).sample(rows, STS_PAIRS)
    readings = Texts(bench)
    scores = []
    for row in rows:
        first, second = (sketches_of(readings.article(row[side], row[side])) for side in ("a", "b"))
        pairs = list(product(first, second))
        scores.append(float(max(same_claim(pairs), default=0.0)) if pairs else 0.0)
    return {"pairs": float(len(rows)), "spearman": round(100 * rank_correlation(scores, [r["score"] for r in rows]), 1)}


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's, equal values at their mean rank."""
    return float(np.corrcoef(_ranks(first), _ranks(second))[0, 1])


def _ranks(values: Sequence[float]) -> NDArray[np.float64]:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[places], np.float64)


MEASURES = {
    "claims": measure_claims,
    "claims_events": measure_events,
    "claims_headlines": measure_headlines,
    "claims_pairs": measure_pairs,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(MEASURES)}; all if none is given")
    parser.add_argument("--all", action="store_true", help="all bodies of FNC-1, not a sample")
    parser.add_argument("--errors", action="store_true", help="the claims that were made of each gold claim")
    a = parser.parse_args()
    bench = Bench()
    for name in a.names or MEASURES:
        figures = measure_headlines(bench, a.all) if name == "claims_headlines" else MEASURES[name](bench)
        print(name, *(f"{k} {v:g}" for k, v in (figures or {"skipped": 1.0}).items()), flush=True)
    if a.errors:
        for storyline in storylines(bench):
            print(*errors_of(storyline, cluster_of(storyline)), sep="\n", file=sys.stderr)


def errors_of(storyline: Storyline, clustering: Clustering) -> Iterator[str]:
    """Each gold claim, with its mentions by the claims that were made of them."""
    of = {member.mention: (claim, member) for claim in clustering.claims for member in claim.members}
    for gold in storyline.gold["claims"]:
        yield f"{storyline.name} {gold['id']}: {gold['statement']}"
        held = [(wanted, m) for wanted, m in storyline.found.items() if wanted.claim == gold["id"]]
        for wanted, mention in sorted(held, key=lambda pair: of[pair[1].id][0].id):
            claim, member = of[mention.id]
            words = " … ".join(span.text for span in mention.spans)
            mark = "" if member.stance == wanted.stance else f" ({member.stance}, not {wanted.stance})"
            yield f"    {claim.id} of {len(claim.members)}, {wanted.document}: {words[:110]}{mark}"


if __name__ == "__main__":
    main()
