"""From token ranges to characters: whole words, quotation marks with their words, nothing claimed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sourceline.attribute.links import Link
from sourceline.attribute.quotations import take_marks
from sourceline.attribute.roles import Range
from sourceline.neural.tokens import Tokens

_UNFINISHED = re.compile(
    r"(?:\s+(?:in|at|on|to|by|with|of|from|for|during))?\s+(?:the|an?|his|her|its|their)$", re.IGNORECASE
)
"""A cue that breaks off within a phrase ("wrote in the"): the phrase belongs to what follows."""
_DAY = re.compile(
    r"(?:\s+(?:on|last|this|late|early))*\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s+(?:morning|afternoon|evening|night))?$"
)
_MEDIUM = re.compile(
    r"^((?:\w+\s+){0,3}(?:said|says|wrote|writes|told|added|tweeted|posted))"
    r"\s+(?:in|on|during|at|via)\s+(?!(?:an?\s+)?(?:\w+\s+)?statement).+$",
    re.IGNORECASE | re.DOTALL,
)
"""Where or when it was said is no part of the cue; "said in a statement" is, as the annotators of PolNeAR have it."""
_SEPARATORS = ",;:–—-…."
_EDGE = " \t\r\n\xa0\u200b\ufeff"


@dataclass(slots=True)
class Triple:
    """Character ranges of one attribution while its boundaries are still being settled."""

    link: Link
    source: list[Range]
    cue: list[Range]
    content: list[Range] = field(default_factory=list)


def place_boundaries(text: str, tokens: Tokens, states: bytearray, links: list[Link]) -> list[Triple]:
    """The links as characters of `text`, in the order of their cues. Cue and content characters have one owner."""
    owned = bytearray(len(text))
    triples = []
    for link in sorted(links, key=lambda x: x.cue):
        cue = _trim_cue(text, *_trim(text, *_characters(text, tokens, link.cue)))
        if any(owned[cue[0] : cue[1]]) or cue[0] >= cue[1]:
            continue
        owned[cue[0] : cue[1]] = b"\1" * (cue[1] - cue[0])
        source = [_trim(text, *_characters(text, tokens, r)) for r in link.source]
        triples.append(Triple(link, [r for r in source if r[0] < r[1]], [cue]))
    kept = []
    for triple in sorted(triples, key=lambda t: -t.link.certainty):
        triple.content = _claim_content(text, tokens, states, triple.link, owned)
        if triple.content:
            kept.append(triple)
    return sorted(kept, key=lambda t: t.cue)


def _claim_content(text: str, tokens: Tokens, states: bytearray, link: Link, owned: bytearray) -> list[Range]:
    claimed: list[Range] = []
    for token_range in link.content:
        start, end = _characters(text, tokens, token_range)
        start, end = take_marks(states, start, end)
        for a, b in _free_stretches(owned, start, end):
            piece = _trim_separators(text, states, *_trim(text, a, b))
            if any(c.isalnum() for c in text[piece[0] : piece[1]]):
                owned[piece[0] : piece[1]] = b"\1" * (piece[1] - piece[0])
                claimed.append(piece)
    return sorted(claimed)


def _characters(text: str, tokens: Tokens, token_range: Range) -> Range:
    """The characters of a token range, widened to whole words."""
    start, end = int(tokens.starts[token_range[0]]), int(tokens.ends[token_range[1] - 1])
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _free_stretches(owned: bytearray, start: int, end: int) -> list[Range]:
    stretches: list[Range] = []
    at = start
    while at < end:
        if owned[at]:
            at += 1
            continue
        stop = owned.find(b"\1", at, end)
        stop = end if stop < 0 else stop
        stretches.append((at, stop))
        at = stop
    return stretches


def _trim_cue(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    for ending in (_UNFINISHED, _DAY):
        words = ending.sub("", words) or words
    medium = _MEDIUM.match(words)
    return start, start + len(medium[1] if medium else words)


def _trim_separators(text: str, states: bytearray, start: int, end: int) -> Range:
    """Without the punctuation that parts an unquoted content from its surroundings; a full stop after a lone capital
    or within an abbreviation (U.S., p.m.) stays."""
    while end - start > 1 and text[end - 1] in _SEPARATORS and not states[end - 1] and not _abbreviates(text, end):
        start, end = _trim(text, start, end - 1)
    while end - start > 1 and text[start] in _SEPARATORS and not states[start] and not text[start + 1].isdigit():
        start, end = _trim(text, start + 1, end)
    return start, end


def _abbreviates(text: str, end: int) -> bool:
    if text[end - 1] != "." or end < 2:
        return False
    lone = not text[end - 3 : end - 2].isalpha()
    return (text[end - 2].isupper() and lone) or (text[end - 2].isalpha() and text[end - 3 : end - 2] == ".")


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
