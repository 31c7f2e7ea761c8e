"""People, or bodies, named side by side: "Ruiz and Okafor"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sourceline.model.mention import EntityKind, EntityMention
from sourceline.resolve.source_phrases import Phrase

_JOINED = re.compile(
    r"^(?:\s\([^)]{0,30}\))?(?:,[^,;]{0,80})?,?\s*(?:,|and|&|, and)\s+(?:[\w.’'-]+\s+){0,4}(?:\w+,\s)?$"
)


def find_conjoined(text: str, phrase: Phrase, names: Sequence[EntityMention]) -> list[EntityMention]:
    """The names of "Ruiz and Okafor": persons, or bodies, side by side."""
    inside = [n for n in names if n.start >= phrase.start and n.end <= phrase.end]
    if len(inside) < 2:
        return []
    for kinds in ((EntityKind.PERSON,), (EntityKind.ORGANISATION, EntityKind.PLACE)):
        same = [n for n in inside if n.kind in kinds]
        if len(same) < 2 or (same[0] is not inside[0] and kinds[0] is not EntityKind.PERSON):
            continue
        joined = [same[0]]
        last_gap = ""
        for name in same[1:]:
            gap = text[joined[-1].end : name.start]
            if not _JOINED.match(gap) or re.search(r"\b(?:of|for|to|at|in|with|by|from|as)\b", gap):
                break
            joined.append(name)
            last_gap = gap
        behind = text[joined[-1].end : phrase.end].strip(" ,")
        if len(joined) > 1 and re.search(r"\band\b|&", last_gap) and (kinds[0] is EntityKind.PERSON or not behind):
            return joined
    return []
