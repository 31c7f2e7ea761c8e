"""The words beside marks and on arrows, where there is room for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.show.picture.marks import WORDS, Sign
from sourceline.show.picture.measure import BOLD, text_width
from sourceline.show.picture.plan import WIDTH, Mark, Relay
from sourceline.show.picture.routes import Way
from sourceline.show.sentences import odds_in_words

_SIZE = 11.0
_BESIDE = 11.0
"""Between the middle of a mark and the words beside it."""
_APART = 20.0
"""Between the end of words and the middle of the next mark."""
_COMMON = (Sign.ASSERTS, Sign.ORIGIN, Sign.DENIAL_ORIGIN)
"""Signs that need no word of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    text: str
    x: float
    y: float
    class_: str
    width: float


class Labels:
    """Which words stand where in one picture: a mark's number always, the others where they meet nothing."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._of: dict[int, list[Label]] = {}
        self._taken: dict[int, list[tuple[float, float]]] = defaultdict(list)
        ends: dict[int, float] = {}
        for mark in sorted(marks, key=lambda m: -m.x):
            self._of[id(mark)] = _beside(mark, ends.get(mark.row, WIDTH + 12))
            ends[mark.row] = mark.x
            for label in self._of[id(mark)]:
                self._taken[mark.row].append((label.x, label.x + label.width))

    def of(self, mark: Mark) -> Sequence[Label]:
        """What stands at the right of a mark."""
        return self._of[id(mark)]

    def odds(self, relay: Relay, way: Way) -> Label | None:
        """How probable an inferred link is, on its arrow; None where there is no room, and for a credit."""
        if relay.credited or relay.inside or way.label is None:
            return None
        text = odds_in_words(relay.probability)
        width = text_width(text, _SIZE)
        right, y = way.label
        left = right - 3 - width
        if any(left < end + 3 and start < right for start, end in self._taken[relay.end.row]):
            return None
        return Label(text=text, x=left, y=y - 4, class_="odds", width=width)


def _beside(mark: Mark, end: float) -> list[Label]:
    """`end`: the middle of the next mark."""
    made: list[Label] = []
    x = mark.x + _BESIDE
    if mark.number:
        width = text_width(mark.number, _SIZE * BOLD)
        made.append(Label(text=mark.number, x=x, y=mark.y + 4, class_="count", width=width))
        x += width + 5
    said = "" if mark.sign in _COMMON else WORDS[mark.sign]
    said = " ".join(filter(None, (said, "undated" if mark.undated else "")))
    width = text_width(said, _SIZE)
    if said and x + width + _APART <= end:
        made.append(Label(text=said, x=x, y=mark.y + 4, class_="said", width=width))
    return made
