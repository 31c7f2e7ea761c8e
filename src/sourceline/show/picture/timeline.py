"""Where on the axis of time marks stand: in order, full days wide, long silences short, and no two marks of a lane on
each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

_STEPS = (18.0, 11.0, 6.0, 2.0)
"""Between two neighbours in time that are in different lanes, the widest that there is room for."""
_FROM_ORIGIN = 22.0
"""Between an origin and the first mention of it."""
_WIDEST = 200.0
"""A pause is drawn no wider."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A place in time: that of an article, or of some days together."""

    time: datetime
    document: str
    """The version of the article, "" for days."""
    origins: int
    """0 for the origins that begin there, 1 for the mentions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A mark that wants a place."""

    slot: Slot
    lane: int
    pitch: float
    """How far the next one of its lane has to keep away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A stretch of the axis that belongs to one day, or to some days together."""

    first: date
    last: date
    left: float
    right: float
    pause: int
    """Days without anything before it."""


def bucket_of(moment: datetime, days: int) -> datetime:
    """The beginning of the so many days that a time falls into."""
    since = (moment.astimezone(UTC) - _EPOCH).days
    return _EPOCH + timedelta(days=since - since % days)


def spread(wanted: Sequence[Wanted], left: float, right: float) -> list[float] | None:
    """Where each mark stands between `left` and `right`; None where they need more room."""
    for step in _STEPS:
        packed = _pack(wanted, step)
        if max(packed, default=0.0) <= right - left:
            return _stretch(wanted, packed, left, right)
    return None


def _pack(wanted: Sequence[Wanted], step: float) -> list[float]:
    """As close together as can be, from 0."""
    by_slot = _by_slot(wanted)
    places = [0.0] * len(wanted)
    free: dict[int, float] = defaultdict(float)
    at, before, end = 0.0, None, 0.0
    for slot in sorted(by_slot):
        if before is not None:
            at += _FROM_ORIGIN if _is_first_of(before, slot) else step
            at = at if slot.time.date() == before.time.date() else max(at, end + step)
        at = max(at, *(free[wanted[n].lane] for n in by_slot[slot]))
        for n in by_slot[slot]:
            places[n] = max(at, free[wanted[n].lane])
            free[wanted[n].lane] = places[n] + wanted[n].pitch
            end = max(end, places[n])
        before = slot
    return places


def _by_slot(wanted: Sequence[Wanted]) -> dict[Slot, list[int]]:
    held: dict[Slot, list[int]] = defaultdict(list)
    for n, mark in enumerate(wanted):
        held[mark.slot].append(n)
    return held


def _is_first_of(origin: Slot, mention: Slot) -> bool:
    return (origin.time, origin.document) == (mention.time, mention.document)


def _stretch(wanted: Sequence[Wanted], packed: Sequence[float], left: float, right: float) -> list[float]:
    """What room is left goes to the pauses, by the logarithm of their length."""
    slots = sorted({mark.slot for mark in wanted})
    if not slots:
        return []
    weights = [0.0]
    for before, after in pairwise(slots):
        hours = max(0.0, (after.time - before.time).total_seconds() / 3600)
        weights.append(weights[-1] + math.log1p(hours))
    whole = weights[-1]
    spare = right - left - max(packed, default=0.0)
    longest = max((b - a for a, b in pairwise(weights)), default=0.0)
    scale = min(spare / whole, _WIDEST / longest) if whole else 0.0
    shift = {slot: left + scale * weight for slot, weight in zip(slots, weights, strict=True)}
    return [shift[mark.slot] + place for mark, place in zip(wanted, packed, strict=True)]


def days_of(times: Iterable[tuple[float, date, date]], left: float, right: float) -> list[Day]:
    """The axis cut into days. `times`: places on it, each with the first and the last day of what stands there."""
    stretches: list[tuple[date, date, float, float]] = []
    for x, first, last in sorted(times):
        if stretches and first <= stretches[-1][1]:
            begun = stretches[-1]
            stretches[-1] = begun[0], max(begun[1], last), begun[2], x
        else:
            stretches.append((first, last, x, x))
    days: list[Day] = []
    for n, (first, last, _, end) in enumerate(stretches):
        before = days[-1].right if days else left
        after = (end + stretches[n + 1][2]) / 2 if n + 1 < len(stretches) else right
        pause = (first - stretches[n - 1][1]).days - 1 if n else 0
        days.append(Day(first=first, last=last, left=before, right=after, pause=pause))
    return days
