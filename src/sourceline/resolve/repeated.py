"""A name that is found once in a text is a name wherever it stands again."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from sourceline.model.mention import EntityKind, MentionForm
from sourceline.resolve.agreement import NEVER_NAMES
from sourceline.resolve.mentions import Placed

SURE = 0.7
"""How certain a name must be to be looked for again."""

REPEATED = 0.5
"""The certainty of what is found so."""

LONGEST = 6
"""Words of a name that is looked for again."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def add_repeated(text: str, placed: list[Placed]) -> list[Placed]:
    """The mentions with those names added that repeat a sure one, or the last word of a sure person's full name, with
    the same capitals. What overlaps with a name is left alone; a nominal that ends with a new name gives way."""
    names = [m for m in placed if m.form is MentionForm.NAME]
    patterns = _patterns(text, names)
    if not patterns:
        return placed
    starts, reach = [n.start for n in names], [n.end for n in names]
    added: list[Placed] = []
    words = list(_WORD.finditer(text))
    i = 0
    while i < len(words):
        known = patterns.get(words[i].group())
        width = 1
        if known is not None:
            at = words[i].start()
            before = bisect_right(starts, at) - 1
            if before < 0 or reach[before] <= at:
                for length, wording, pattern in known:
                    end = at + len(wording)
                    after = before + 1
                    if text.startswith(wording, at) and not text[end : end + 1].isalnum():
                        if after >= len(starts) or starts[after] >= end:
                            added.append(replace(pattern, start=at, end=end, certainty=REPEATED))
                            width = length
                        break
        i += width
    if not added:
        return placed
    ends = {a.end for a in added}
    kept = [m for m in placed if m.form is not MentionForm.NOMINAL or m.end not in ends]
    return sorted((*kept, *added), key=lambda m: (m.start, -m.end))


def _patterns(text: str, names: list[Placed]) -> dict[str, list[tuple[int, str, Placed]]]:
    """By their first word, the wordings to look for with their number of words, the longest first."""
    found: dict[str, dict[str, tuple[int, str, Placed]]] = {}
    for name in names:
        if name.certainty < SURE:
            continue
        wording = text[name.start : name.end]
        words = [m.group() for m in _WORD.finditer(wording)]
        if not words or len(words) > LONGEST or not wording[:1].isupper():
            continue
        if len(words) > 1 or _telling(words[0]):
            found.setdefault(words[0], {}).setdefault(wording, (len(words), wording, name))
        if len(words) > 1 and name.kind is EntityKind.PERSON and _telling(words[-1]):
            found.setdefault(words[-1], {}).setdefault(words[-1], (1, words[-1], name))
    return {first: sorted(some.values(), key=lambda p: -p[0])[:8] for first, some in found.items()}


def _telling(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word.casefold() not in NEVER_NAMES
