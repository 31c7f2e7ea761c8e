"""A strip of marks over time: where they stand, as shares of its width, so that it fits any screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sourceline.model.query import Finding
from sourceline.model.speech import Act
from sourceline.show.web.addresses import article_address
from sourceline.store.days import days_of

_COLUMNS = 120
"""Marks closer than this share of the width stand above each other."""
_HIGHEST = 6
"""Marks above each other; of more, the number is told."""
_ROW = 14
"""Pixels from one mark to the one above it."""
_TICKS = 5
_SHAPES = {Act.DENY: "cross", Act.DECLINE: "diamond", Act.BELIEVE: "ring", Act.QUESTION: "ring"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMark:
    left: str
    """As a percentage of the width."""
    up: int
    """Pixels above the line."""
    shape: str
    """"disc", "cross", "diamond" or "ring": so that nothing is told by colour alone."""
    act: Act
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    left: str
    label: str
    anchor: str
    """Which end of the label stands at the tick, as SVG names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    marks: tuple[TimelineMark, ...]
    ticks: tuple[Tick, ...]
    height: int
    """Pixels above the line."""
    left_out: int
    """Marks for which there was no room."""
    undated: int


def timeline_of(findings: Sequence[Finding]) -> Timeline | None:
    """None where no date is known."""
    dated = [(day, finding) for finding in findings if (day := _day(finding)) is not None]
    if not dated:
        return None
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    width = max(1, last.toordinal() - first.toordinal())
    stacked: Counter[int] = Counter()
    marks = []
    for day, finding in reversed(dated):
        share = (day.toordinal() - first.toordinal()) / width if last > first else 0.5
        column = round(share * _COLUMNS)
        stacked[column] += 1
        if stacked[column] <= _HIGHEST:
            marks.append(_mark(finding, day, column / _COLUMNS, (stacked[column] - 1) * _ROW))
    return Timeline(
        marks=tuple(marks),
        ticks=_ticks(first, last),
        height=min(max(stacked.values()), _HIGHEST) * _ROW,
        left_out=len(dated) - len(marks),
        undated=len(findings) - len(dated),
    )


def _day(finding: Finding) -> date | None:
    days = days_of(finding.version.published or "")
    return None if days is None else days[0]


def _mark(finding: Finding, day: date, share: float, up: int) -> TimelineMark:
    attribution = finding.attribution
    words = attribution.wording
    return TimelineMark(
        left=_percent(share),
        up=up,
        shape=_SHAPES.get(attribution.act, "disc"),
        act=attribution.act,
        title=f"{day.day} {day:%b} {day.year} · {attribution.act} · {words[:120]}{'…' if len(words) > 120 else ''}",
        address=article_address(finding.version.id, attribution=attribution.id),
    )


def _percent(share: float) -> str:
    """Within the margins that marks at either end need."""
    return f"{2 + 96 * share:.2f}%"


def _ticks(first: date, last: date) -> tuple[Tick, ...]:
    if first == last:
        return (Tick(left=_percent(0.5), label=_label(first, years=True), anchor="middle"),)
    days = last.toordinal() - first.toordinal()
    count = min(_TICKS, days + 1)
    ticks = []
    for place in range(count):
        share = place / (count - 1)
        day = date.fromordinal(first.toordinal() + round(share * days))
        anchor = "start" if place == 0 else "end" if place == count - 1 else "middle"
        years = place == 0 or first.year != last.year
        ticks.append(
            Tick(
                left=_percent((day.toordinal() - first.toordinal()) / days),
                label=_label(day, years=years),
                anchor=anchor,
            )
        )
    return tuple(ticks)


def _label(day: date, *, years: bool) -> str:
    return f"{day.day} {day:%b}{f' {day.year}' if years else ''}"
