"""A figure over time: downwards one line a document, its interval a bar; an arrow where that has no end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sourceline.model.trace import Drift, Figure, Trace, Traced
from sourceline.show.picture.measure import fitted, text_width
from sourceline.show.picture.options import Form, PictureOptions
from sourceline.show.picture.svg import element, number, plain, words
from sourceline.show.sentences import counted, day_in_words, figure_in_words, place_of

_LINE = 26.0
_TYPE = 12.5
_GAP = 14.0
_LARGEST = 10**15
_ARROW = 22.0
"""How far an open end points beyond what is drawn to scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Documents, one after the other in time, that give the same value."""

    figures: tuple[Figure, ...]
    mention: Traced | None
    """Where the first of them says so."""

    @property
    def figure(self) -> Figure:
        return self.figures[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def draw_drift(trace: Trace, options: PictureOptions | None = None) -> str:
    """How the claim's figure moved, as SVG; "" where it does not. The table of the same values belongs beside it."""
    options = options or PictureOptions()
    if trace.drift is None:
        return ""
    runs = _runs(trace.drift, {mention.document: mention for mention in reversed(trace.mentions)})
    width, names = (760.0, 280.0) if options.form is Form.WIDE else (344.0, 150.0)
    scale = _scale(runs, names, width)
    what = fitted(", ".join(filter(None, (trace.drift.what, trace.drift.unit))), 200, 200 * 80)
    height = _LINE * len(runs) + 8
    lines = [piece for n, run in enumerate(runs) for piece in _line(run, _LINE * (n + 0.5), names, scale, options)]
    zero = _zero(scale, height)
    return element(
        "svg",
        [plain("title", f"How the figure moved: {what}", id=f"drift-title-{options.form}"), *zero, *lines],
        xmlns="http://www.w3.org/2000/svg",
        class_=f"drift {options.form}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="group",
        aria_labelledby=f"drift-title-{options.form}",
    )


def _runs(drift: Drift, mentions: Mapping[str, Traced]) -> list[_Run]:
    grouped = groupby(drift.values, key=lambda figure: (figure.low, figure.high))
    held = (tuple(figures) for _, figures in grouped)
    return [_Run(figures=figures, mention=mentions.get(figures[0].document)) for figures in held]


def _scale(runs: Sequence[_Run], left: float, width: float) -> _Scale:
    """From nought where that is not far, else from below the least."""
    given = [_drawn(end) for run in runs for end in (run.figure.low, run.figure.high) if end is not None]
    low, high = min(given, default=0.0), max(given, default=1.0)
    if low > 0 and (low <= 0.6 * high or low == high):
        low = 0.0
    if low == high:
        low, high = low - 1, high + 1
    widest = max(text_width(figure_in_words(run.figure), _TYPE) for run in runs)
    right = width - widest - _GAP - _ARROW
    return _Scale(low=low, high=high, left=left + _GAP + _ARROW, right=max(right, left + _GAP + _ARROW + 40))


def _zero(scale: _Scale, height: float) -> list[str]:
    if not scale.low <= 0 <= scale.high:
        return []
    return [element("path", class_="rule", d=f"M{number(scale.x(0))} 0V{number(height - 8)}")]


def _drawn(value: float) -> float:
    """A number of any size as one that can be drawn to scale."""
    return 0.0 if math.isnan(min(_LARGEST, value)) else float(max(-_LARGEST, min(_LARGEST, value)))


def _line(run: _Run, y: float, names: float, scale: _Scale, options: PictureOptions) -> Iterator[str]:
    figure = run.figure
    value = figure_in_words(figure)
    name = fitted(_name(run, options.form), _TYPE, names)
    end, bar = _bar(figure, y, scale)
    parts = [
        element("rect", class_="target", x=0, y=y - _LINE / 2 + 1, width=names, height=_LINE - 2),
        words(name, names, y + 4, "lane", text_anchor="end"),
        bar,
        words(fitted(value, _TYPE, 400), end + 8, y + 4, "amount"),
    ]
    if run.mention is None:
        yield from parts
        return
    yield element("a", parts, href=options.mention_address(run.mention), class_="point")


def _name(run: _Run, form: Form) -> str:
    document = run.figure.document if run.mention is None else place_of(run.mention)
    more = len(run.figures) - 1
    if form is Form.NARROW:
        return f"{document} +{more}" if more else document
    day = "" if run.mention is None else f"{day_in_words(run.mention.time, year=False)} · "
    return f"{day}{document}" + (f" and {counted(more, 'other')}" if more else "")


def _bar(figure: Figure, y: float, scale: _Scale) -> tuple[float, str]:
    """Where it ends, and what is drawn: a dot, a bar, or an arrow towards where it has no end."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return scale.left, ""
    left = scale.x(_drawn(low if low is not None else high or 0))
    right = scale.x(_drawn(high if high is not None else low or 0))
    if low is None:
        return right, _arrow(right, y, -1)
    if high is None:
        return left + _ARROW, _arrow(left, y, 1)
    if low == high:
        return left + 5, element("circle", class_="dot", cx=left, cy=y, r=5)
    bar = element("rect", class_="bar", x=left, y=y - 5, width=max(3.0, right - left), height=10, rx=2)
    return right, bar


def _arrow(x: float, y: float, sign: int) -> str:
    tip = x + sign * _ARROW
    shaft = f"M{number(x)} {number(y - 6)}V{number(y + 6)}M{number(x)} {number(y)}H{number(tip - sign * 5)}"
    head = f"M{number(tip)} {number(y)}l{number(-sign * 7)}-4v8Z"
    return element("path", class_="shaft", d=shaft) + element("path", class_="arrow", d=head)
