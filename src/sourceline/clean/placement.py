"""What a line's place in its page shows: the features of the second look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_LETTERS = "SHYCRX"
"""Settled body, headline, byline, caption, credit, boilerplate: the order of OWN_KINDS."""
_BYLINE = 2
_CLUSTER_GAP = 3
"""Prose lines with at most so many other lines between them belong together."""
_REACH = 400
"""Lines looked back over, so that the work for one line is bounded."""
_LEAD = 6
"""Settled lines whose words a title is compared with."""
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


def _step(value: float, edges: tuple[float, ...]) -> int:
    return sum(1 for edge in edges if value > edge)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower()[:6] for word in _CONTENT_WORD.findall(text[:400]))


def _same(text: str) -> str:
    return re.sub(r"\W+", " ", text[:200]).strip().lower()


@dataclass(frozen=True, slots=True)
class Placed:
    """The lines of a page with all that `place_features` asks about."""

    texts: Sequence[str]
    own: Floats
    letters: str
    """One letter a line: S where settled, else its likeliest own kind (b for body that is not settled)."""
    zones: list[str]
    """before, inside (between two settled lines), after, nowhere (no line is settled)."""
    previous: list[int]
    """The nearest settled line before each line, -1 where there is none."""
    following: list[int]
    """The nearest settled line after it, or the number of lines."""
    repeated: list[bool]
    """Whether another line that is not settled has the same words."""
    lead: frozenset[str]
    title: str | None
    headlines_left: list[int]
    """How many headline-like lines stand between this one and the next settled line."""
    bylines_left: list[int]
    title_line: int = -1
    """The line taken for the article's title, -1 for none."""

    @classmethod
    def of(cls, texts: Sequence[str], own: Floats, settled: Flags, title: str | None) -> Placed:
        count = len(texts)
        best = own.argmax(axis=1)
        letters = "".join("S" if settled[i] else "b" if best[i] == 0 else _LETTERS[best[i]] for i in range(count))
        previous, following = [-1] * count, [count] * count
        headlines, bylines = [0] * count, [0] * count
        last = -1
        for line in range(count):
            previous[line] = last
            last = line if settled[line] else last
        nearest, titles, names = count, 0, 0
        for line in range(count - 1, -1, -1):
            following[line], headlines[line], bylines[line] = nearest, titles, names
            if settled[line]:
                nearest, titles, names = line, 0, 0
            titles += letters[line] == "H"
            names += letters[line] == "Y"
        zones = [_zone(previous[line], following[line], count) for line in range(count)]
        plain = ["" if settled[line] else _same(text) for line, text in enumerate(texts)]
        seen = Counter(plain)
        settled_lines = np.flatnonzero(settled)[:_LEAD]
        return cls(
            texts=texts,
            own=own,
            letters=letters,
            zones=zones,
            previous=previous,
            following=following,
            repeated=[seen[words] > 1 for words in plain],
            lead=frozenset().union(*(_words(texts[line]) for line in settled_lines)),
            title=_same(title) if title else None,
            headlines_left=headlines,
            bylines_left=bylines,
        )

    def is_title(self, line: int) -> bool:
        """Whether the line is the title that the page's metadata state."""
        return self.title is not None and _same(self.texts[line]) == self.title


def _zone(previous: int, following: int, count: int) -> str:
    if previous < 0:
        return "before" if following < count else "nowhere"
    return "inside" if following < count else "after"


def place_features(placed: Placed, line: int) -> list[str]:
    """The names of the features of one line that is not settled.

    In the zone "inside", nothing beyond the two settled lines around the line counts, nor does anything else that
    lines outside of them could change.
    """
    zone, text = placed.zones[line], placed.texts[line]
    previous, following = placed.previous[line], placed.following[line]
    names = [f"kind {placed.letters[line]}"]
    if zone != "inside":
        names += _title_features(placed, line)
    for kind, chance in zip("bHYCRX", placed.own[line].tolist(), strict=True):
        names.append(f"own {kind} {_step(chance, (0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97))}")
    words = text[:300].count(" ") + 1
    names.append(f"words {_step(words, (1, 2, 3, 5, 8, 12, 18, 30))}")
    names.append(f"end {text[-1] if not text[-1].isalnum() else 'a'}")
    names.append(f"quote {text[0] in '“‘'}" if text[0] in "“‘\"'" else "quote no")
    window = "".join(_letter(placed, line + step, previous, following) for step in (-2, -1, 1, 2))
    names += [f"window {step} {letter}" for step, letter in zip((-2, -1, 1, 2), window, strict=True)]
    names.append(f"between {window[1]}{placed.letters[line]}{window[2]}")
    from_previous = _step(line - previous, (1, 2, 3, 5, 8, 14))
    to_following = _step(following - line, (1, 2, 3, 5, 8, 14))
    if zone == "inside":
        names.append(f"run {_step(following - previous - 1, (1, 2, 3, 4, 6, 9, 15))}")
        names.append(f"from {from_previous} to {to_following}")
        near = _words(placed.texts[previous]) | _words(placed.texts[following])
        names.append(f"shared {_shared(text, near)}")
        names.append(f"shared {_shared(text, near)} {placed.letters[line]}")
    else:
        names += _outside_features(placed, line, from_previous, to_following)
    return names + [f"{zone} {name}" for name in names]


def _title_features(placed: Placed, line: int) -> list[str]:
    letter = placed.letters[line]
    if placed.title_line < 0:
        where = "none"
    elif line <= placed.title_line:
        where = "at" if line == placed.title_line else "above"
    else:
        where = (
            f"below {_step(line - placed.title_line, (1, 2, 3, 5, 8, 14))}"
            if placed.zones[line] == "before"
            else "body"
        )
    named = _step(float(placed.own[line, _BYLINE]), (0.05, 0.1, 0.3, 0.6))
    side = where.split(" ")[0]
    return [f"title {where}", f"title {where} {letter}", f"title {side} {letter}", f"title {side} named {named}"]


def _outside_features(placed: Placed, line: int, from_previous: int, to_following: int) -> list[str]:
    letter, text, zone = placed.letters[line], placed.texts[line], placed.zones[line]
    shared = _shared(text, placed.lead)
    names = [f"shared {shared}", f"shared {shared} {letter}", f"repeated {placed.repeated[line]} {letter}"]
    if zone == "before":
        left, bylines = min(placed.headlines_left[line], 4), min(placed.bylines_left[line], 3)
        names += [f"to {to_following}", f"to {to_following} {letter}", f"left {left} {letter}"]
        names += [f"left {left} {letter} shared {shared}", f"bylines {bylines} {letter}"]
        above = "H" in placed.letters[max(0, line - 4) : line]
        named = _step(float(placed.own[line, _BYLINE]), (0.05, 0.1, 0.3, 0.6))
        names += [f"title above {above} left {left} {letter}", f"title above {above} left {left} named {named}"]
        names.append(f"first {line == 0} {letter}")
    if zone == "after":
        names += [f"from {from_previous}", f"from {from_previous} {letter}"]
        since = placed.letters[max(placed.previous[line] + 1, line - _REACH) : line]
        names.append(f"since {'X' in since} {'H' in since} {letter}")
    return names


def _letter(placed: Placed, line: int, previous: int, following: int) -> str:
    if line <= previous:
        return "S" if previous >= 0 else "-"
    if line >= following:
        return "S" if following < len(placed.letters) else "-"
    return placed.letters[line]


def _shared(text: str, words: frozenset[str]) -> int:
    mine = _words(text)
    return _step(len(mine & words) / len(mine), (0.0, 0.2, 0.35, 0.5, 0.7)) if mine else 9


@dataclass(frozen=True, slots=True)
class Island:
    """Settled lines [first, last] that stand apart from the article, with what lies between."""

    first: int
    last: int
    characters: int
    core_characters: int
    after: bool
    """Whether it comes after the article."""
    lone: int
    """How many settled lines of its cluster stand alone, out of ten."""
    between: str
    """Letters of the lines from the article to here, the article's own excluded, nearest to the island last."""


def islands(texts: Sequence[str], own: Floats, settled: Flags) -> list[Island]:
    """The runs of settled lines outside the largest cluster of them."""
    lines = np.flatnonzero(settled)
    if not len(lines):
        return []
    clusters = np.split(lines, np.flatnonzero(np.diff(lines) > _CLUSTER_GAP + 1) + 1)
    sizes = [sum(len(texts[line]) for line in cluster) for cluster in clusters]
    core = int(np.argmax([_weight(texts, cluster) for cluster in clusters]))
    best = own.argmax(axis=1)
    letters = "".join("S" if settled[i] else "b" if best[i] == 0 else _LETTERS[best[i]] for i in range(len(texts)))
    found = []
    start, end = int(clusters[core][0]), int(clusters[core][-1])
    for number, cluster in enumerate(clusters):
        if number == core:
            continue
        runs = np.split(cluster, np.flatnonzero(np.diff(cluster) > 1) + 1)
        lone = 10 * sum(len(run) == 1 for run in runs) // len(cluster)
        for run in runs:
            first, last = int(run[0]), int(run[-1])
            after = number > core
            if after:
                between = letters[max(end + 1, first - _REACH) : first]
            else:
                between = letters[last + 1 : min(start, last + 1 + _REACH)][::-1]
            characters = sum(len(texts[line]) for line in run)
            found.append(Island(first, last, characters, sizes[core], after, lone, between))
    return found


def _weight(texts: Sequence[str], cluster: NDArray[np.int64]) -> float:
    """Characters of a cluster's lines. A lone line between other lines counts a third: headline, teaser, headline,
    teaser is how a list of other articles looks."""
    runs = np.split(cluster, np.flatnonzero(np.diff(cluster) > 1) + 1)
    return sum(sum(len(texts[line]) for line in run) / (3 if len(run) == 1 else 1) for run in runs)


def island_features(island: Island) -> list[str]:
    """The names of the features of one island."""
    side = "after" if island.after else "before"
    between = island.between
    gap = len(between) - len(between.rstrip("HYCRXb").rstrip()) if between else 0
    names = [
        f"gap {_step(gap, (1, 2, 3, 5, 8, 14, 30))}",
        f"lines {_step(island.last - island.first + 1, (1, 2, 3, 5, 8))}",
        f"size {_step(island.characters, (80, 160, 300, 600, 1200, 2500))}",
        f"share {_step(island.characters / max(1, island.core_characters), (0.03, 0.08, 0.15, 0.3, 0.5, 0.8))}",
        f"core {_step(island.core_characters, (300, 800, 1500, 3000, 6000))}",
        f"others {_step(between.count('S'), (0, 1, 3, 8))}",
        f"furniture {_step(between.count('X'), (0, 2, 5, 10, 25))}",
        f"headlines {_step(between.count('H'), (0, 1, 3, 8))}",
        f"lone {_step(island.lone, (0, 3, 6, 9))}",
        f"lone {_step(island.lone, (0, 3, 6, 9))} furniture {_step(between.count('X'), (0, 2, 5))}",
        f"next {between[-1:] or '-'}",
        f"next {between[-2:] or '-'}",
    ]
    return names + [f"{side} {name}" for name in names]
