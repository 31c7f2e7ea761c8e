"""The ways of arrows: along a lane and straight down or up where that is free, else in a curve."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.show.picture.plan import Mark, Relay
from sourceline.show.picture.svg import number as n

_CLEAR = 9.0
"""How far a way keeps from the middle of a mark."""
_BEND = 7.0
_TIP = 5.0
"""Length of an arrow's head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    path: str
    head: str
    """The arrow's head."""
    label: tuple[float, float] | None
    """Where a number may stand on it: the right end, and the line below which it is."""


class Ways:
    """Ways between the marks of one picture."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._rows: dict[int, list[float]] = defaultdict(list)
        for mark in marks:
            self._rows[mark.row].append(mark.x)
        for held in self._rows.values():
            held.sort()

    def way(self, relay: Relay) -> Way | None:
        """From the earlier mark to the later. Between marks that stand for several only where one is free, and none
        within a stretch of time that they share."""
        a, b = relay.start, relay.end
        if relay.inside and a.row == b.row:
            return _straight(a, b)
        if a.row == b.row and b.x > a.x and self._is_free(a.row, a.x, b.x):
            return _along(a, b)
        if a.row != b.row and b.x - a.x > _CLEAR + _BEND + _TIP:
            if self._is_column_free(a, b, a.x) and self._is_free(b.row, a.x - _CLEAR, b.x):
                return _down_then_along(a, b)
            if self._is_free(a.row, a.x, b.x + _CLEAR) and self._is_column_free(a, b, b.x):
                return _along_then_down(a, b)
        together = bool(a.number or b.number)
        return None if together and (a.row == b.row or b.x - a.x < 3 * _BEND) else _curve(a, b)

    def _is_free(self, row: int, left: float, right: float) -> bool:
        """Whether nothing stands between two places of a row, these left out."""
        held = self._rows[row]
        return bisect_left(held, right - 0.5) <= bisect_right(held, left + 0.5)

    def _is_column_free(self, a: Mark, b: Mark, x: float) -> bool:
        low, high = sorted((a.row, b.row))
        return all(self._is_free(row, x - _CLEAR, x + _CLEAR) for row in range(low + 1, high))


def _straight(a: Mark, b: Mark) -> Way:
    return Way(path=f"M{n(a.x)} {n(a.y)}H{n(b.x)}", head="", label=None)


def _along(a: Mark, b: Mark) -> Way:
    end = b.x - _CLEAR
    path = f"M{n(a.x + _CLEAR)} {n(a.y)}H{n(end - 1)}"
    return Way(path=path, head=_to_right(end, b.y), label=(end - _TIP, b.y) if end - a.x > 50 else None)


def _down_then_along(a: Mark, b: Mark) -> Way:
    sign = 1 if b.y > a.y else -1
    end = b.x - _CLEAR
    path = (
        f"M{n(a.x)} {n(a.y + sign * (_CLEAR + 1))}V{n(b.y - sign * _BEND)}"
        f"Q{n(a.x)} {n(b.y)} {n(a.x + _BEND)} {n(b.y)}H{n(end - 1)}"
    )
    return Way(path=path, head=_to_right(end, b.y), label=(end - _TIP, b.y) if end - a.x > 44 else None)


def _along_then_down(a: Mark, b: Mark) -> Way:
    sign = 1 if b.y > a.y else -1
    end = b.y - sign * _CLEAR
    path = (
        f"M{n(a.x + _CLEAR + 1)} {n(a.y)}H{n(b.x - _BEND)}"
        f"Q{n(b.x)} {n(a.y)} {n(b.x)} {n(a.y + sign * _BEND)}V{n(end - sign)}"
    )
    return Way(path=path, head=_to_row(b.x, end, sign), label=None)


def _curve(a: Mark, b: Mark) -> Way:
    """Leaves downwards or upwards, arrives from the left; over a lane's marks in an arc."""
    if a.row == b.row:
        return _arc(a, b)
    sign = 1 if b.y > a.y else -1
    end = b.x - _CLEAR
    bend = max(14.0, (b.x - a.x) / 2)
    start = a.y + sign * (_CLEAR + 1)
    path = (
        f"M{n(a.x)} {n(start)}C{n(a.x)} {n(start + sign * min(40.0, abs(b.y - a.y) / 2))} "
        f"{n(end - bend)} {n(b.y)} {n(end - 1)} {n(b.y)}"
    )
    return Way(path=path, head=_to_right(end, b.y), label=None)


def _arc(a: Mark, b: Mark) -> Way:
    top = a.y - 15
    end = b.y - _CLEAR
    path = f"M{n(a.x)} {n(a.y - _CLEAR)}C{n(a.x + 5)} {n(top)} {n(b.x - 5)} {n(top)} {n(b.x)} {n(end - 1)}"
    return Way(path=path, head=_to_row(b.x, end, 1), label=None)


def _to_right(x: float, y: float) -> str:
    return f"M{n(x)} {n(y)}l{n(-_TIP - 1)}-3.5v7Z"


def _to_row(x: float, y: float, sign: int) -> str:
    return f"M{n(x)} {n(y)}l-3.5 {n(-sign * (_TIP + 1))}h7Z"
