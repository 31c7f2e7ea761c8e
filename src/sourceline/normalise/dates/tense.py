"""Whether the clause around a date looks ahead or back: read from the nearest verb, not parsed."""

from __future__ import annotations

from sourceline.normalise.dates.words import Words

FUTURE = frozenset(
    [
        "will",
        "'ll",
        "shall",
        "would",
        "scheduled",
        "due",
        "expected",
        "expects",
        "plans",
        "planned",
        "planning",
        "slated",
        "going",
        "gonna",
        "intends",
        "hopes",
        "could",
        "can",
        "let's",
        "let",
        "should",
        "must",
        "tomorrow",
        "begins",
        "starts",
        "opens",
        "ends",
        "expires",
    ]
)
PAST = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "has",
        "have",
        "been",
        "said",
        "told",
        "took",
        "came",
        "made",
        "went",
        "gave",
        "began",
        "held",
        "won",
        "lost",
        "met",
        "saw",
        "found",
        "left",
        "got",
        "spoke",
        "wrote",
        "sent",
        "fell",
        "rose",
        "led",
        "ran",
        "shot",
        "cut",
        "hit",
        "put",
        "became",
        "brought",
        "kept",
        "sat",
        "stood",
        "struck",
        "fled",
        "broke",
    ]
)
STARTING = frozenset(
    [
        "be",
        "begin",
        "start",
        "open",
        "meet",
        "vote",
        "resume",
        "visit",
        "appear",
        "announce",
        "hold",
        "take",
        "go",
        "run",
        "launch",
        "end",
    ]
)
COMMITTED = frozenset(["likely", "set", "bound", "poised", "promised", "promises", "pledged", "plan", "plans"])
"""Before "to" and a verb: what was promised lies ahead of it."""
CLAUSE_ENDS = frozenset([".", "!", "?", ";", ":", "\n", '"', "“", "”", "(", ")"])
REACH = 14
"""Tokens read on either side of a date."""


def find_tense(words: Words, start: int, end: int) -> bool | None:
    """True where the verb nearest before (else after) a date in its clause looks ahead, False where it looks back."""
    before = words.at(start - 1)
    if before == "since" or (before == "on" and words.at(start - 2) == "since"):
        return False
    if before in {"until", "till"}:
        return True
    for i in range(start - 1, max(-1, start - 1 - REACH), -1):
        if words.low[i] in CLAUSE_ENDS:
            break
        if (tense := tense_of(words, i)) is not None:
            return tense
    for i in range(end, min(len(words), end + REACH)):
        if words.low[i] in CLAUSE_ENDS:
            break
        if (tense := tense_of(words, i)) is not None:
            return tense
    return None


def tense_of(words: Words, i: int) -> bool | None:
    """True for a word that looks ahead, False for one that looks back, None for one that says nothing."""
    word = words.low[i]
    if word in {"have", "been"} and words.at(i - 1) in {"will", "'ll", "shall", "to", "may", "might"}:
        return None
    if word in FUTURE or word.endswith("'ll"):
        return not (word in {"would", "could", "should", "must"} and words.at(i + 1) == "have")
    if word == "to" and (words.at(i + 1) in STARTING or words.at(i - 1) in COMMITTED):
        return True
    if word in PAST or (len(word) > 4 and word.endswith("ed")):
        if words.at(i - 1) == "be":
            return None
        return words.at(i + 1) in FUTURE and word in {"was", "were"}
    return None
