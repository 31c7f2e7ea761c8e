"""Datelines: the place, date and agency in front of a report's first words, such as "NEW YORK, Nov. 19 (UPI) —"."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? (?:19|20)\d\d)?"
_CAPS_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+"
_CAPS_PLACE = rf"{_CAPS_WORD}(?:[ ,/]+(?:{_CAPS_WORD}|[A-ZÀ-ÖØ-Þ]))*"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_PLACE = rf"(?:{_WORD})(?: (?:{_WORD}|of|de|la|el|on|the|upon|al))*"
_AGENCY = r"\((?!\d)[A-Z][\w&/. -]{1,38}\)"
_DASH = r"[-–—‑]{1,3}"

_SHAPES = (
    # TESSEL, Halvenia, Feb 11 (Corran Wire) - ...; WASHINGTON (AP) -- ...; OMBREY — ...
    re.compile(rf"{_CAPS_PLACE}(?:, {_PLACE}){{0,2}}(?:,? {_DAY})?(?: ?{_AGENCY})? ?{_DASH}(?=\s|$)"),
    # Tarsk, June 30 (TNA) -- ...: with a date or an agency, capitals are not needed
    re.compile(rf"{_PLACE}(?:, {_PLACE}){{0,2}},? {_DAY}(?: ?{_AGENCY})? ?{_DASH}(?=\s|$)"),
    re.compile(rf"{_PLACE}(?:, {_PLACE}){{0,2}} ?{_AGENCY} ?{_DASH}(?=\s|$)"),
    # (Reuters) - ...
    re.compile(rf"{_AGENCY} ?{_DASH}(?=\s|$)"),
    # London (CNN)It was ...; LONDON (AP) The ...
    re.compile(rf"{_PLACE} \([A-Z]{{2,6}}\)(?=\s?[A-Z“\"])"),
)
_LONGEST = 120


def dateline_length(line: str) -> int:
    """How many characters of a trimmed line are its dateline; 0 if it has none."""
    head = line[:_LONGEST]
    for shape in _SHAPES:
        found = shape.match(head)
        if found:
            return found.end()
    return 0
