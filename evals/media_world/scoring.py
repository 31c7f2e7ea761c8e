"""A ledger's export, or plain answers about given mentions, held against a world."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from evals.media_world.evidence import Interval
from evals.media_world.measures import Figures, measure
from evals.media_world.systems import Answers, Case, make_case
from evals.media_world.world import World


class NotScorable(ValueError):
    """The export cannot be scored; the message says why."""


def evaluate(export: dict[str, Any], world: World) -> Figures:
    """The figures of an export in format 1 (mentions found by the system), or of answers about given mentions.

    Raises NotScorable where the export has no claims yet, or breaks the rules of the format.
    """
    case = make_case(world)
    return measure(case, read_answers(export, case))


def read_answers(export: dict[str, Any], case: Case) -> Answers:
    """The export's interval for each gold claim that it found."""
    if "given" in export:
        return {claim: _interval(claim, said) for claim, said in export["given"].items()}
    if export.get("claims") is None:
        raise NotScorable("the export's claims are null: what wrote it does not trace claims yet")
    by_id = {claim["id"]: claim for claim in export["claims"]}
    answers: Answers = {}
    for gold, votes in _match(export, case).items():
        best = max(votes.items(), key=lambda pair: (pair[1], pair[0]))[0]
        answers[gold] = _interval(best, by_id[best]["independent_origins"])
    return answers


def _interval(name: str, said: dict[str, int]) -> Interval:
    low, best, high = said["low"], said["best"], said["high"]
    if not 0 <= low <= best <= high:
        raise NotScorable(f"{name}: 0 <= low <= best <= high does not hold for {low}, {best}, {high}")
    return Interval(low=low, best=best, high=high)


def _match(export: dict[str, Any], case: Case) -> dict[str, Counter[str]]:
    """Gold claim to the export's claims that hold its mentions.

    A mention is found where half of the characters that either has are common to both, or where the gold's lie in one
    at most three times as long. One to one, best first.
    """
    theirs: dict[str, list[tuple[set[int], str, str]]] = defaultdict(list)
    for claim in export["claims"]:
        for mention in claim["mentions"]:
            theirs[mention["document"]].append((_characters(mention, case), claim["id"], mention["stance"]))
    pairs = []
    for claim in case.gold["claims"]:
        for number, mention in enumerate(claim["mentions"]):
            start = find_nth(case.documents[mention["doc"]]["text"], mention["text"], mention["n"])
            wanted = set(range(start, start + len(mention["text"])))
            for place, (characters, _, stance) in enumerate(theirs[mention["doc"]]):
                common = len(wanted & characters)
                overlap = common / len(wanted | characters) if common else 0.0
                if overlap >= 0.5 or (common == len(wanted) and len(characters) <= 3 * len(wanted)):
                    agree = 0.01 * (stance == mention["stance"])
                    pairs.append((overlap + agree, claim["id"], number, mention["doc"], place))
    taken: set[tuple[str, int]] = set()
    found: set[tuple[str, int]] = set()
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for _, gold, number, doc, place in sorted(pairs, reverse=True):
        if (gold, number) not in found and (doc, place) not in taken:
            found.add((gold, number))
            taken.add((doc, place))
            votes[gold][theirs[doc][place][1]] += 1
    return votes


def _characters(mention: dict[str, Any], case: Case) -> set[int]:
    name = mention["document"]
    if name not in case.documents:
        raise NotScorable(f"document {name!r} is not one of this world's")
    text, characters = case.documents[name]["text"], set[int]()
    for span in mention["spans"]:
        if text[span["start"] : span["end"]] != span.get("text", text[span["start"] : span["end"]]):
            raise NotScorable(f"a span does not match the text of {name}")
        characters |= set(range(span["start"], span["end"]))
    return characters


def find_nth(text: str, words: str, number: int) -> int:
    """Where the words stand for the n-th time, counted from 0; -1 where they do not."""
    at = -1
    for _ in range(number + 1):
        at = text.find(words, at + 1)
        if at < 0:
            return -1
    return at
