"""Names within source spans: whoever speaks is named by words with capitals, whatever the tagger made of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sourceline.lexicon.aliases import find_country, find_entry
from sourceline.lexicon.nouns import NounClass, class_of
from sourceline.lexicon.words import words_of
from sourceline.model.mention import EntityKind, MentionForm
from sourceline.neural.entity_heads import VECTOR
from sourceline.resolve.agreement import NEVER_NAMES, PARTICLES, PREPOSITIONS, TITLES
from sourceline.resolve.mentions import Placed, Range
from sourceline.resolve.name_edges import is_title
from sourceline.resolve.whole_names import Lines

SPOKEN = 0.8
"""The certainty of a name found so."""
_LONGEST = 300
"""Code points of a source span that are looked at."""

_WORD = r"(?:(?:[A-Z]\.)+|[^\W\d_a-z][\w’'-]*)"
_RUN = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:(?:\s|\s(?:{'|'.join(sorted(PARTICLES))})\s|\s(?:of|for|and|&)\s(?:the\s|an?\s)?){_WORD})*"
)
_PART = re.compile(r"\S+")
_BEFORE = re.compile(r"([^\W_][\w’'-]*\.?)\s$")
_LINK = re.compile(r"\b(?:of|for|and)\b|&")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+(?=[^\W\d_a-z])")
_QUOTED = re.compile(r"[“\"‘']{1,2}(?:The )?$")
_SMALL = frozenset(("of", "for", "and", "&", "the", "a", "an"))
_CALLED = frozenset(("called", "named"))
_BODIES = (NounClass.ORGANISATION, NounClass.GOVERNMENT, NounClass.MEDIA, NounClass.DOCUMENT)
_SKIPPED = words_of("role modifiers") | words_of("honorifics") | words_of("parties") | words_of("determiners")
_KINDS = {EntityKind.PERSON: (0.9, 0.07, 0.03), EntityKind.ORGANISATION: (0.05, 0.9, 0.05)}


def add_spoken(text: str, placed: list[Placed], sources: Sequence[Range]) -> list[Placed]:
    """The mentions with those names added, or widened, that source spans hold: "a clerk called Ana Ruiz", "Mr P. J.
    Okafor". A nominal that overlaps with a new name gives way; lines that are all capitals are left alone."""
    lines = Lines(text)
    names = [m for m in placed if m.form is MentionForm.NAME]
    starts = [m.start for m in names]
    found: dict[Range, Placed] = {}
    for start, end in dict.fromkeys(sources):
        if lines.is_shouted(start):
            continue
        at = bisect_left(starts, start)
        at -= at > 0 and names[at - 1].end > start
        stop = bisect_left(starts, end)
        for name in _spoken(text, start, min(end, start + _LONGEST), names[at:stop]):
            found[name.start, name.end] = name
    if not found:
        return placed
    return _with(placed, sorted(found.values(), key=lambda m: (m.start, -m.end)))


def _with(placed: list[Placed], new: list[Placed]) -> list[Placed]:
    kept: list[Placed] = []
    at = 0
    for m in placed:
        while at < len(new) and new[at].end <= m.start:
            at += 1
        overlaps = at < len(new) and new[at].start < m.end
        if not overlaps or m.form is MentionForm.PRONOUN:
            kept.append(m)
    free = [m for i, m in enumerate(new) if i == 0 or m.start >= new[i - 1].end]
    return sorted((*kept, *free), key=lambda m: (m.start, -m.end))


def _spoken(text: str, start: int, end: int, names: Sequence[Placed]) -> list[Placed]:
    found = []
    for run in _RUN.finditer(text, start, end):
        first, last = _name_in(text, run, start)
        if first >= last or _is_title_of_work(text, first):
            continue
        touched = [n for n in names if n.start < last and n.end > first]
        if not touched:
            kind = _kind(text, first, last)
            if kind is EntityKind.PERSON and _hangs(text, start, first):
                continue
            found.append(Placed(first, last, MentionForm.NAME, _KINDS[kind], SPOKEN, np.zeros(VECTOR, np.float16)))
        elif len(touched) == 1 and first <= touched[0].start and touched[0].end < last:
            if _goes_with(text[touched[0].end : last], touched[0].kind):
                found.append(replace(touched[0], start=first, end=last))
        elif len(touched) == 1 and touched[0].kind is not EntityKind.PERSON:
            if first < touched[0].start and touched[0].end == last and _leads(text[first : touched[0].start]):
                found.append(replace(touched[0], start=first))
        elif _INITIALS.match(text, first, last) and first <= touched[0].start and touched[-1].end <= last:
            found.append(replace(touched[-1], start=first, end=last, kinds=_KINDS[EntityKind.PERSON]))
    return found


def _goes_with(rest: str, kind: EntityKind) -> bool:
    """Whether a name goes on with these words: a body's with "of Kalumbe", a person's not, none over a possessive."""
    if "’s " in rest or "'s " in rest:
        return False
    return kind is not EntityKind.PERSON or not _LINK.search(rest)


def _leads(words: str) -> bool:
    """Whether words begin a body's name: "U.F. Attorney’s | Office", not "the Post’s | Office"."""
    owners = [word[:-2] for word in words.split() if word.endswith(("’s", "'s"))]
    return bool(owners) and all(is_title(word) for word in owners)


def _is_title_of_work(text: str, at: int) -> bool:
    return _QUOTED.search(text, max(0, at - 6), at) is not None


def _hangs(text: str, start: int, at: int) -> bool:
    """Whether a preposition leads to the name, within the span: nobody who speaks."""
    before = [word.lower() for word in text[max(start, at - 40) : at].split()[-2:]]
    while before and before[-1] in ("the", "a", "an"):
        before.pop()
    return bool(before) and before[-1] in PREPOSITIONS


def _name_in(text: str, run: re.Match[str], start: int) -> Range:
    """The name within a run of capitalised words: what follows its last title; empty where it tells nothing."""
    words = list(_PART.finditer(text, run.start(), run.end()))
    led = _is_led(text, run.start(), start)
    for i in range(len(words) - 2, -1, -1):
        if is_title(words[i].group()) and words[i + 1].group() not in _SMALL:
            del words[: i + 1]
            led = True
            break
    while words and (words[0].group() in _SMALL or _is_no_name(words[0].group())):
        words.pop(0)
    while words and (words[-1].group() in _SMALL or is_title(words[-1].group())):
        words.pop()
    if not words or (len(words) == 1 and not led) or any(word.group() == "and" for word in words):
        return 0, 0
    first, last = words[0].start(), words[-1].end()
    if text[last - 2 : last] in ("’s", "'s"):
        last -= 2
    while text[last - 1] in "’'-":
        last -= 1
    inner = {word.group().lower() for word in words}
    if all(w in _SKIPPED or w in NEVER_NAMES for w in inner) or find_country(text[first:last]) is not None:
        return 0, 0
    return first, last


def _is_led(text: str, at: int, start: int) -> bool:
    """Whether the word before, of this span, leads to a name: "a clerk called |", "the tailor |"."""
    before = _BEFORE.search(text, max(start, at - 30), at)
    if before is None:
        return False
    word = before[1].lower()
    return word in _CALLED or word.rstrip(".") in TITLES or class_of(word) in (NounClass.PERSON, NounClass.OFFICE)


def _is_no_name(word: str) -> bool:
    lower = word.lower()
    return lower in NEVER_NAMES or lower in _SKIPPED or (is_title(word) and class_of(word) not in _BODIES)


def _kind(text: str, start: int, end: int) -> EntityKind:
    words = text[start:end].split()
    entry = find_entry(text[start:end])
    body = any(class_of(word) in _BODIES for word in words) or "of" in words or "for" in words
    return EntityKind.ORGANISATION if body or entry is not None else EntityKind.PERSON
