"""Dates in English news: absolute, partial, relative to the day of publication, and ranges of these."""

from __future__ import annotations

from sourceline.model.text import Span
from sourceline.model.value import Date
from sourceline.normalise.dates.anchors import REACH, Anchor
from sourceline.normalise.dates.calendar import NotOnCalendar
from sourceline.normalise.dates.phrases import Grammar
from sourceline.normalise.dates.tense import find_tense
from sourceline.normalise.dates.words import Words


def find_dates(text: str, published: str | None) -> tuple[Date, ...]:
    """Every date of the text in order, none overlapping; `published` is an ISO date or timestamp, or unknown.

    A weekday is the last one up to the day of publication, a month or day without a year the last one too, unless
    the tense of the clause or a word such as "next" says otherwise. Where the calendar has no such day, or the text
    does not tell which is meant, the value is None and the reason says why.
    """
    words = Words(text)
    grammar = Grammar(words)
    anchor = Anchor(published)
    found: list[Date] = []
    told_at = behind = 0
    for i in grammar.beginnings():
        if i < behind:
            continue
        if words.low[i] == "\n":
            anchor.forget()
            continue
        if i - told_at > REACH:
            anchor.forget_mention()
        read = grammar.read(i)
        if read is None or read[0] <= i:
            continue
        end, named = read
        span = Span.of(text, words.starts[i], words.ends[end - 1])
        try:
            stretch = anchor.resolve(named, find_tense(words, i, end) is True)
        except NotOnCalendar as error:
            found.append(Date(span=span, value=None, reason=str(error)))
        else:
            told_at = end
            if named.year is not None and named.month is None:
                grammar.year_end = end
                if words.is_alone(i, end):
                    anchor.head(named.year)
            found.append(Date(span=span, value=stretch.value, reason=None))
        behind = end
    return tuple(found)
