"""The baselines: from a claim's given mentions to a number of independent origins.

Each is told which articles assert the claim, and sees all documents; none of them looks at the log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from evals.media_world.evidence import Interval, read_best
from evals.media_world.gold import make_documents, make_gold
from evals.media_world.world import World

Answers = dict[str, Interval]
"""By the gold claim's id; a claim that is not there was not found."""
System = Callable[["Case"], Answers]

_WORD = re.compile(r"\w+")
_GRAM, _WINDOW, _CONTAINED = 8, 12, 0.1
CREDIT_WORDS = re.compile(
    r"\b(?:according to|reported|reports|told|said|says|quoted|citing|via|with|from|by|source|text|writes|wrote|copy|"
    r"interview|credit|originally|additional|thanks|©)",
    re.IGNORECASE,
)
_NEAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A world with its documents and gold, made once for all systems. `asserting`: claim to documents."""

    world: World
    documents: dict[str, dict[str, Any]]
    gold: dict[str, Any]
    asserting: dict[str, list[str]]


def make_case(world: World) -> Case:
    gold = make_gold(world)
    return Case(
        world=world,
        documents={d["id"]: d for d in make_documents(world)},
        gold=gold,
        asserting={
            c["id"]: list(dict.fromkeys(m["doc"] for m in c["mentions"] if m["stance"] == "asserts"))
            for c in gold["claims"]
        },
    )


def exactly(number: int) -> Interval:
    return Interval(low=number, best=number, high=number)


def count_articles(case: Case) -> Answers:
    """Every article a source."""
    return {claim: exactly(len(docs)) for claim, docs in case.asserting.items()}


def count_outlets(case: Case) -> Answers:
    """Every outlet a source."""
    return {c: exactly(len({case.documents[d]["outlet"] for d in docs})) for c, docs in case.asserting.items()}


def count_distinct(case: Case) -> Answers:
    """Every text a source: those with the same words are one."""
    words = {d: " ".join(_WORD.findall(doc["text"].lower())) for d, doc in case.documents.items()}
    return {c: exactly(len({words[d] for d in docs})) for c, docs in case.asserting.items()}


def count_clusters(case: Case) -> Answers:
    """Articles that contain each other's winnowed fingerprints are one source."""
    prints = {d: winnow(_WORD.findall(doc["text"].lower())) for d, doc in case.documents.items()}
    return {c: exactly(len(_cluster(docs, _copies(docs, prints)))) for c, docs in case.asserting.items()}


def count_credited_clusters(case: Case) -> Answers:
    """The same, and an article that credits an outlet belongs to that outlet's, collected or not."""
    prints = {d: winnow(_WORD.findall(doc["text"].lower())) for d, doc in case.documents.items()}
    credits = _credits(case)
    answers: Answers = {}
    for claim, docs in case.asserting.items():
        outlets = {d: case.documents[d]["outlet"] for d in docs}
        pairs = _copies(docs, prints)
        for doc in docs:
            for outlet in credits[doc] - {outlets[doc]}:
                pairs += [
                    (doc, f"outlet {outlet}"),
                    *((other, f"outlet {outlet}") for other in docs if outlets[other] == outlet),
                ]
        answers[claim] = exactly(len(_cluster(docs, pairs)))
    return answers


def always_one(case: Case) -> Answers:
    """Says nothing, and is never wrong in the dangerous direction: what the other figures are to be read against."""
    return {claim: exactly(1) for claim in case.asserting}


def ceiling(case: Case) -> Answers:
    """What can be known from what was collected (evidence.py)."""
    claims = {claim: affair for affair in case.world.affairs for claim in affair.claims}
    return {claim: read_best(case.world, claims[claim], claim) for claim in case.asserting}


BASELINES: dict[str, System] = {
    "articles": count_articles,
    "outlets": count_outlets,
    "exact duplicates": count_distinct,
    "fingerprints": count_clusters,
    "fingerprints + credits": count_credited_clusters,
}
REFERENCES: dict[str, System] = {"always one": always_one, "ceiling": ceiling}


def winnow(tokens: Sequence[str]) -> frozenset[int]:
    """The least hash of each window of word 8-grams (Schleimer, Wilkerson & Aiken, SIGMOD 2003)."""
    grams = [crc32(" ".join(tokens[i : i + _GRAM]).encode()) for i in range(max(1, len(tokens) - _GRAM + 1))]
    return frozenset(min(grams[i : i + _WINDOW]) for i in range(max(1, len(grams) - _WINDOW + 1)))


def _copies(docs: Sequence[str], prints: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    pairs = []
    for i, one in enumerate(docs):
        for other in docs[i + 1 :]:
            shared = len(prints[one] & prints[other])
            if shared >= _CONTAINED * min(len(prints[one]), len(prints[other])):
                pairs.append((one, other))
    return pairs


def _credits(case: Case) -> dict[str, set[str]]:
    """The outlets that a document names near a credit word, or in its byline or dateline."""
    outlets = sorted({d["outlet"] for d in case.documents.values()}, key=len, reverse=True)
    shape = re.compile("|".join(rf"\b{re.escape(o)}\b" for o in outlets))
    found: dict[str, set[str]] = {}
    for doc, document in case.documents.items():
        named = set(shape.findall(document["byline"] or ""))
        for match in shape.finditer(document["text"]):
            around = document["text"][max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if CREDIT_WORDS.search(around) or "(" in around:
                named.add(match[0])
        found[doc] = named
    return found


def _cluster(docs: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    parent: dict[str, str] = {}

    def find(item: str) -> str:
        while (up := parent.setdefault(item, item)) != item:
            item = up
        return item

    for one, other in pairs:
        parent[find(one)] = find(other)
    return {find(doc) for doc in docs}
