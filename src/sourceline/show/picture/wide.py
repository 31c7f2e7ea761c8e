"""The wide picture: time runs to the right, one lane an outlet, each source's lanes under its name."""

from __future__ import annotations

from collections.abc import Iterator

from sourceline.model.trace import Trace
from sourceline.show.picture.bands import HEADS, Band, caption_of
from sourceline.show.picture.labels import Labels
from sourceline.show.picture.legend import Shown, legend_of
from sourceline.show.picture.marks import SHAPES, STRIKE, Sign
from sourceline.show.picture.measure import BOLD, SERIF, fitted, text_width, wrapped
from sourceline.show.picture.options import PictureOptions
from sourceline.show.picture.plan import LEFT, NAMES, TOP, WIDTH, Mark, Plan, Row, plan_of
from sourceline.show.picture.routes import Ways
from sourceline.show.picture.svg import element, number, plain, words
from sourceline.show.picture.timeline import Day, days_of
from sourceline.show.picture.tips import Tip, tip_of_mentions, tip_of_origin
from sourceline.show.sentences import day_in_words, findings_in_words, sources_in_words

_NOTE, _LANE, _SMALL = 12.0, 13.0, 11.0
"""Sizes of type, as the style sheet has them."""
_TIP_WIDTH = 430.0


def draw_wide(trace: Trace, options: PictureOptions) -> str:
    """The picture as SVG, 1,200 units wide."""
    plan = plan_of(trace, options)
    foot, height = legend_of(_shown(plan), WIDTH)
    whole = plan.height + 14 + height
    labels = Labels(plan.marks)
    return element(
        "svg",
        [
            plain("title", f"Where this claim comes from: {trace.statement}", id="trace-title-wide"),
            plain("desc", _told(trace), id="trace-desc-wide"),
            *_axis(plan),
            *(piece for row in plan.rows for piece in _row(row, options, caption_of(row.group, trace))),
            element("g", _relays(plan, labels), class_="relays", aria_hidden="true"),
            element("g", _labels(plan, labels), class_="labels", aria_hidden="true"),
            element("g", _marks(plan, options), class_="marks"),
            element("g", [foot], class_="legend", transform=f"translate(0 {number(plan.height + 14)})"),
        ],
        xmlns="http://www.w3.org/2000/svg",
        class_="trace wide",
        viewBox=f"0 0 {number(WIDTH)} {number(whole)}",
        role="group",
        aria_labelledby="trace-title-wide",
        aria_describedby="trace-desc-wide",
    )


def _told(trace: Trace) -> str:
    return " ".join((sources_in_words(trace.independent_origins), *findings_in_words(trace)))[:600]


def _shown(plan: Plan) -> Shown:
    relays = [relay for relay in plan.relays if not relay.inside]
    return Shown(
        signs=frozenset({mark.sign for mark in plan.marks} | {HEADS[row.group] for row in plan.rows}),
        credited=any(relay.credited for relay in relays),
        inferred=any(not relay.credited for relay in relays),
        struck=any(mark.struck for mark in plan.marks),
        undated=any(mark.undated for mark in plan.marks),
    )


def _axis(plan: Plan) -> Iterator[str]:
    times = ((mark.x, mark.mentions[0].time.date(), mark.mentions[-1].time.date()) for mark in plan.marks)
    days = days_of(times, LEFT, WIDTH)
    top = TOP - 18
    shown = [
        element("rect", class_="day", x=day.left, y=top, width=day.right - day.left, height=plan.height - top)
        for day in days[::2]
    ]
    year, free = None, 0.0
    for day in days:
        x, label, rest = day.left + 6, *_day(day, year)
        if x >= free and x + text_width(label, _NOTE * BOLD) <= WIDTH:
            shown.append(words(label, x, TOP - 24, "tick"))
            shown += [words(rest, x, TOP - 8, "pause")] if rest else []
            free = x + text_width(label, _NOTE * BOLD) + 10
            year = day.first.year
        if not rest:
            shown += _pause(day)
    yield element("g", shown, class_="axis", aria_hidden="true")


def _day(day: Day, year: int | None) -> tuple[str, str]:
    """What a day is called; and its year where that is another one and has no room beside it."""
    first, last = (day_in_words(d, year=False) for d in (day.first, day.last))
    label = first if day.first == day.last else f"{first} – {last}"
    if day.first.year == year == day.last.year:
        return label, ""
    told = f"{day.first.year}" if day.first.year == day.last.year else f"{day.first.year} – {day.last.year}"
    whole = f"{label} {told}"
    fits = day.left + 12 + text_width(whole, _NOTE * BOLD) <= day.right
    return (whole, "") if fits else (label, told)


def _pause(day: Day) -> list[str]:
    """A silence of a week or more is said, since it is drawn short."""
    if day.pause < 7:
        return []
    told = f"{day.pause} days" if day.pause < 60 else f"{round(day.pause / 30.4)} months"
    return [words(f"⋯ {told} later", day.left + 6, TOP - 8, "pause")] if day.right - day.left > 40 else []


def _row(row: Row, options: PictureOptions, caption: str) -> Iterator[str]:
    if row.band is None:
        yield words(caption, 0, row.y + 6, "group")
        yield element("path", class_="rule", d=f"M0 {number(row.y + 12)}H{number(WIDTH)}")
    elif row.lane is None:
        yield from _head(row, row.band)
    else:
        name = fitted(row.lane.name, _LANE, NAMES - 34)
        label = words(name, NAMES, row.y + 4.5, "lane", text_anchor="end")
        if row.lane.shared:
            label = element("a", [label], class_="open", href=options.lane_address(row.lane.key))
        yield label
        yield element("path", class_="track", d=f"M{number(LEFT - 14)} {number(row.y)}H{number(WIDTH)}")


def _head(row: Row, band: Band) -> Iterator[str]:
    shape = HEADS[band.group]
    yield element("path", class_=shape.value, d=SHAPES[shape], transform=f"translate(11 {number(row.y)})")
    note = f"withdrawn · {band.note}" if band.withdrawn else band.note
    y = row.y - 3 - 8 * (len(row.name) - 1)
    for line in row.name:
        yield words(line, 28, y, "party withdrawn" if band.withdrawn else "party")
        y += 16
    yield words(fitted(note, _NOTE, NAMES - 28), 28, y, "note")
    if band.origins or band.own:
        yield element("path", class_="track", d=f"M{number(LEFT - 14)} {number(row.y)}H{number(WIDTH)}")


def _relays(plan: Plan, labels: Labels) -> Iterator[str]:
    ways = Ways(plan.marks)
    for relay in plan.relays:
        way = ways.way(relay)
        if way is None:
            continue
        kind = "same" if relay.inside else "credited" if relay.credited else "inferred"
        against = " against" if relay.end.sign in (Sign.DENIES, Sign.DOUBTS) else ""
        parts = [element("path", class_="way", d=way.path)]
        if way.head:
            parts.append(element("path", class_="head", d=way.head))
        odds = labels.odds(relay, way)
        if odds is not None:
            parts.append(words(odds.text, odds.x, odds.y, odds.class_))
        yield element("g", parts, class_=f"relay {kind}{against}")


def _labels(plan: Plan, labels: Labels) -> Iterator[str]:
    for mark in plan.marks:
        for label in labels.of(mark):
            denial = " denial" if mark.sign is Sign.DENIES and label.class_ == "said" else ""
            yield words(label.text, label.x, label.y, label.class_ + denial)


def _marks(plan: Plan, options: PictureOptions) -> Iterator[str]:
    """Row by row downwards, so that what is told of a mark, which stands above it, covers what was drawn before."""
    for mark in sorted(plan.marks, key=lambda m: (m.y, m.x)):
        tip = _told_of(mark)
        parts = [
            element("rect", class_="target", x=mark.x - 12, y=mark.y - 12, width=24, height=24),
            _shape(mark),
            element("g", _tip(mark, tip), class_="tip", aria_hidden="true"),
        ]
        address = options.lane_address(mark.lane) if mark.lane else options.mention_address(mark.mentions[0])
        yield element("a", parts, href=address, class_="point", aria_label=tip.aloud)


def _told_of(mark: Mark) -> Tip:
    if mark.origin is not None:
        return tip_of_origin(mark.origin, mark.mentions[0], mark.struck)
    return tip_of_mentions(mark.mentions, mark.struck, bool(mark.lane))


def _shape(mark: Mark) -> str:
    classes = [mark.sign.value]
    if mark.undated:
        classes.append("undated")
    drawn = element("path", class_=" ".join(classes), d=SHAPES[mark.sign], transform=_at(mark))
    if not mark.struck:
        return drawn
    return drawn + element("path", class_="strike", d=STRIKE, transform=_at(mark))


def _at(mark: Mark) -> str:
    return f"translate({number(mark.x)} {number(mark.y)})"


def _tip(mark: Mark, tip: Tip) -> list[str]:
    """A box above the mark."""
    room = _TIP_WIDTH - 20
    lines = [(part, "tip-head", 17.0) for part in wrapped(tip.head, 13 * BOLD, room, 1)]
    lines += [(part, "tip-line", 15.5) for part in wrapped(tip.line, _NOTE, room, 2)]
    lines += [(part, "tip-words", 17.0) for part in wrapped(tip.words, 14 * SERIF, room, 2)]
    height = sum(step for *_, step in lines) + 12
    left = min(max(2.0, mark.x - _TIP_WIDTH / 3), WIDTH - _TIP_WIDTH - 2)
    top = max(1.0, mark.y - 13 - height)
    drawn = [element("rect", class_="paper", x=left, y=top, width=_TIP_WIDTH, height=height, rx=3)]
    y = top + 2
    for part, class_, step in lines:
        y += step
        drawn.append(words(part, left + 10, y, class_))
    return drawn
