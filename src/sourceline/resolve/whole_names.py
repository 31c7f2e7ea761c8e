"""A name that is found in part is the whole run of name words that it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sourceline.lexicon.aliases import find_country
from sourceline.lexicon.nouns import class_of
from sourceline.model.mention import EntityKind, MentionForm
from sourceline.resolve.agreement import NEVER_NAMES, PARTICLES, TITLES
from sourceline.resolve.mentions import Placed

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)(?: )$")
_AFTER = re.compile(r" ([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_OPENS = re.compile(r"(?:^|[.!?:\n“\"‘(])['’”\")\]]*\s*$")
_TAIL = re.compile(r"(?:['’-][^\W\d_]{2,})+")
_MOST = 4
"""Words that a name is widened by on either side."""
_NEAR = 60
_SHOUTED = 0.6
"""Share of capitalised words from which on capitals tell nothing of a line."""


def complete_names(text: str, placed: Sequence[Placed]) -> list[Placed]:
    """The mentions with each name widened to the capitalised words beside it: not over titles, functions, the first
    word of a sentence or a mark; names that meet so are one. Lines that are all capitals are left alone."""
    lines = Lines(text)
    names: list[Placed] = []
    for name in (m for m in placed if m.form is MentionForm.NAME):
        if lines.is_shouted(name.start):
            names.append(name)
            continue
        start, end = _widen(text, name, names[-1].end if names else 0)
        if names and start < names[-1].end:
            names[-1] = _merge(names[-1], name, max(end, names[-1].end))
        elif names and text[names[-1].end : start] == " " and not lines.is_shouted(names[-1].start):
            joined = _goes_on(text, names[-1], start)
            names[-1:] = [_merge(names[-1], name, end)] if joined else [names[-1], replace(name, start=start, end=end)]
        else:
            names.append(replace(name, start=start, end=end))
    spans = sorted((n.start, n.end) for n in names)
    others, at = [], 0
    for m in placed:
        if m.form is MentionForm.NAME:
            continue
        while at < len(spans) and spans[at][1] < m.end:
            at += 1
        covered = at < len(spans) and spans[at][0] < m.end
        if not covered:
            others.append(m)
    return sorted((*names, *others), key=lambda m: (m.start, -m.end))


class Lines:
    """Whether the line that a character stands in is all capitals or capitalised words, each line looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, bool] = {}

    def is_shouted(self, at: int) -> bool:
        start = self._text.rfind("\n", 0, at) + 1
        if start not in self._known:
            end = self._text.find("\n", at)
            words = [w for w in _WORD.findall(self._text[start : end if end >= 0 else None][:400]) if len(w) > 3]
            capitals = sum(w[0].isupper() for w in words)
            self._known[start] = len(words) > 3 and capitals >= _SHOUTED * len(words)
        return self._known[start]


def _widen(text: str, name: Placed, least: int) -> tuple[int, int]:
    start, end = name.start, name.end
    while start > least + 1 and text[start - 1] in "-'’" and text[start - 2].isalpha():
        start -= 2
        while start > least and text[start - 1].isalpha():
            start -= 1
    tail = _TAIL.match(text, end)
    end = tail.end() if tail else end
    for _ in range(_MOST):
        if text[start - 1 : start] != " ":
            break
        before = _BEFORE.search(text, max(least, start - _NEAR), start)
        if before is None or not _is_name_word(before[1], name.kind, left=True):
            break
        if before[1].islower():  # a particle: "van | der Meulen"
            first = _BEFORE.search(text, max(least, before.start() - _NEAR), before.start())
            if first is None or not (first[1].casefold() in PARTICLES or first[1][0].isupper()):
                break
        elif _OPENS.search(text, max(0, before.start() - 4), before.start()):
            break
        start = before.start()
    for _ in range(_MOST):
        after = _AFTER.match(text, end)
        if after is None or not _is_name_word(after[1], name.kind, left=False):
            break
        if after[1].islower():
            last = _AFTER.match(text, after.end())
            if last is None or not (last[1].casefold() in PARTICLES or last[1][0].isupper()):
                break
        end = after.end()
    return start, end


def _is_name_word(word: str, kind: EntityKind, *, left: bool) -> bool:
    lower = word.casefold()
    if lower in PARTICLES:
        return kind is EntityKind.PERSON
    if not word[0].isupper() or lower in TITLES or lower in NEVER_NAMES:
        return False
    if kind is EntityKind.PERSON or left:
        return class_of(word) is None and (find_country(word) is None or not left)
    return True


def _goes_on(text: str, before: Placed, start: int) -> bool:
    """Whether a name that begins right behind another goes on with it: "Hedda", "Roux"."""
    last = _WORD.findall(text[before.start : before.end])[-1:]
    first = _WORD.match(text, start)
    words = [*last, *([first[0]] if first else [])]
    return len(words) == 2 and all(_is_name_word(word, EntityKind.PERSON, left=True) for word in words)


def _merge(one: Placed, other: Placed, end: int) -> Placed:
    """The name from the one's start to `end`, as probably of each kind as its parts are, the longer counting more."""
    a, b = one.end - one.start, max(1, other.end - other.start)
    kinds = tuple((x * a + y * b) / (a + b) for x, y in zip(one.kinds, other.kinds, strict=True))
    vector = np.asarray((one.vector.astype(np.float32) + other.vector.astype(np.float32)) / 2, np.float16)
    return replace(
        one,
        end=end,
        kinds=(kinds[0], kinds[1], kinds[2]),
        certainty=max(one.certainty, other.certainty),
        vector=vector,
    )
