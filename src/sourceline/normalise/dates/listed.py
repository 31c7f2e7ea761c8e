"""Days that share a month: "Sept. 9 and 10", "March 3, 5 and 12, 2031"."""

from __future__ import annotations

from sourceline.normalise.dates.words import Words

_MOST = 8
_AND = frozenset(["and", "or", "&"])
_BEHIND = frozenset(
    [
        *"in at on from when where as for to with by after before while but respectively last this next of".split(),
        *("", ".", ",", ";", ":", ")", "\n", "?", "!", "-", "–", "—"),
    ]
)
"""What may stand behind the last: a noun would be counted by it ("May 3 and 12 people")."""


def days_behind(w: Words, i: int) -> list[tuple[int, int, int]]:
    """The days that go on with a list from this token on, which follows a day of a month: each with its first token,
    the token after it and its number. Without an "and" before the last it is no list."""
    found: list[tuple[int, int, int]] = []
    while len(found) < _MOST:
        joined = w.at(i) in _AND or (w.at(i) == "," and w.at(i + 1) in _AND)
        if not joined and w.at(i) != ",":
            return []
        i += 1 + (w.at(i) == "," and joined)
        i += w.at(i) == "the"
        day = w.day_number(i)
        if day is None or not 1 <= day[1] <= 31 or (w.digits(i) is None and w.at(i - 1) != "the"):
            return []
        if w.glued(day[0] - 1) and w.at(day[0]) in {":", "/", ".", "%"} and w.at(day[0] + 1)[:1].isdigit():
            return []
        found.append((i, *day))
        i = day[0]
        if joined:
            return found if w.at(i) in _BEHIND and not w.capital(i) else []
    return []
