"""Whether a content is a direct, an indirect or a mixed quotation."""

from __future__ import annotations

from collections.abc import Iterable

from sourceline.model.speech import Quotation
from sourceline.neural.quotation import CLOSING, INSIDE, OPENING, OUTSIDE


def type_quotation(text: str, states: bytearray, content: Iterable[tuple[int, int]]) -> Quotation:
    """direct: every word stands within quotation marks; indirect: none does; mixed: some do.

    `states` are those of `sourceline.neural.quotation.quote_states(text)`; `content` half-open character ranges.
    """
    quoted = unquoted = 0
    for start, end in content:
        for at in range(start, end):
            if text[at].isalnum():
                if states[at] == OUTSIDE:
                    unquoted += 1
                else:
                    quoted += 1
    if not quoted:
        return Quotation.INDIRECT
    return Quotation.MIXED if unquoted else Quotation.DIRECT


def take_marks(states: bytearray, start: int, end: int) -> tuple[int, int]:
    """The range with the quotation marks that belong to it: a mark at an edge whose words are inside comes along,
    one whose words are outside stays out."""
    while start > 0 and states[start - 1] == OPENING and states[start] == INSIDE:
        start -= 1
    while end < len(states) and states[end] == CLOSING and states[end - 1] in (INSIDE, CLOSING):
        end += 1
    while end - start > 1 and states[end - 1] == OPENING:
        end -= 1
    while end - start > 1 and states[start] == CLOSING and states[start + 1] == OUTSIDE:
        start += 1
    return start, end
