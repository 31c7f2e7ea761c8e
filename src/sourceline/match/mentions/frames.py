"""How an attribution's words carry its proposition: in the content alone, or in the whole clause around its cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache

from sourceline.lexicon.words import words_of
from sourceline.match.mentions.stems import stem
from sourceline.match.mentions.tokens import Token, find_tokens
from sourceline.match.mentions.verbs import is_finite
from sourceline.model.reading import Reading
from sourceline.model.speech import Attribution, Quotation
from sourceline.model.text import Span

_BE = frozenset("is are was were be been being".split())
_OPENING = frozenset("\"'“‘«")
_CLAUSAL = frozenset(stem(word) for word in "say tell add insist claim reply explain according".split())
_LEAST = 3
_RELATIVE = frozenset("which who that whom where as".split())
_NEAR = 5
_REFUSALS = frozenset(
    ("comment", "respond", "return", "reply", "answer", "discuss", "draw", "name", "say", "elaborate")
)
_UNWILLING = frozenset("decline refuse".split())


class Way(Enum):
    CONTENT = "content"
    """ "The mayor said that X": the content is the proposition."""
    WHOLE = "whole"
    """ "The list names four sites", "the mayor denied it": the clause is."""
    NONE = "none"
    """ "The team was refused entry": nobody says anything; the clause is the outlet's own."""


def way_of(attribution: Attribution, reading: Reading) -> Way:
    text = reading.document.text
    cue = [t.lower for t in _tokens(text, attribution.cue)]
    content = _tokens(text, attribution.content)
    speaks = is_reporting(cue) or any(not any(c.isalnum() for c in word) for word in cue)
    passive = bool(_BE & set(cue)) and not speaks and not any(word.endswith("ing") for word in cue)
    if attribution.quote is not Quotation.INDIRECT and content and content[0].text in _OPENING:
        return Way.CONTENT
    if is_refusal(cue) and not passive:
        return Way.CONTENT if _has_topic(content) else Way.WHOLE
    clausal = _is_clausal(content) or _is_reported(cue, content)
    if clausal and not passive and (speaks or attribution.source):
        return Way.CONTENT
    return Way.WHOLE if attribution.source and not passive else Way.NONE


def _is_clausal(content: Sequence[Token]) -> bool:
    """Whether the content has a subject with its verb: "to close the mill" and "did not come" have none."""
    if not content or content[0].lower == "to" or is_finite(content, 0):
        return False
    finite = [at for at in range(len(content)) if is_finite(content, at)]
    if len(finite) != 1:
        return bool(finite)
    described = {token.lower for token in content[max(1, finite[0] - _NEAR) : finite[0]]}
    return not (_RELATIVE & described)


def _is_reported(cue: Sequence[str], content: Sequence[Token]) -> bool:
    """Whether the cue is followed by a clause although no verb is known in it: "said the mill burnt"."""
    if not any(stem(word) in _CLAUSAL for word in cue) or len(content) < _LEAST:
        return False
    first = content[0]
    return first.lower == "that" or not (first.is_figure or is_finite(content, 0) or first.lower == "to")


def is_reporting(cue: Iterable[str]) -> bool:
    return any(stem(word) in _stems("reporting verbs") for word in cue)


def is_denial(cue: Iterable[str]) -> bool:
    return any(stem(word) in _stems("denying verbs") for word in cue)


def is_doubt(cue: Iterable[str]) -> bool:
    return any(stem(word) in _stems("doubting verbs") for word in cue)


def is_refusal(cue: Iterable[str]) -> bool:
    """Whether the cue says that somebody would not say ("declined to comment", "did not answer")."""
    stems = {stem(word) for word in cue}
    if {stem(word) for word in _UNWILLING} & stems:
        return True
    negated = bool((words_of("negations") - {"without"}) & set(cue))
    return negated and bool({stem(word) for word in _REFUSALS} & stems)


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(name))


def _has_topic(content: list[Token]) -> bool:
    """Whether a refusal names what it is about ("on the memo"), not only "questions" or "calls"."""
    empty = {"question", "questions", "call", "calls", "email", "emails", "request", "requests", "comment", "queries"}
    named = [t for t in content if t.is_word and t.lower not in words_of("function words") | empty | {"emailed"}]
    return bool(named)


def _tokens(text: str, spans: Iterable[Span]) -> list[Token]:
    return [token for span in spans for token in find_tokens(text, span.start, span.end)]
