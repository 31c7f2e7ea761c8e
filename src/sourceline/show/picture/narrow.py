"""The narrow picture: each source with what rests on it beneath, as a thread that branches where one has it from
another; time runs downwards along every branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sourceline.model.trace import Trace, Traced
from sourceline.show.picture.bands import HEADS, Band, Group, bands_of, caption_of
from sourceline.show.picture.legend import Shown, legend_of
from sourceline.show.picture.marks import SHAPES, SIGN_OF, STRIKE, WORDS, Sign
from sourceline.show.picture.measure import BOLD, SERIF, fitted, text_width, wrapped
from sourceline.show.picture.options import PictureOptions
from sourceline.show.picture.svg import element, number, plain, words
from sourceline.show.sentences import day_in_words, is_credited, place_of, quoted, step_in_words, time_in_words

WIDTH = 344.0
_INDENT = 16.0
_DEEPEST = 5
_GROUP, _HEAD, _ROW = 40.0, 26.0, 55.0
_NAME, _LANE, _NOTE, _WORDS, _GROUP_SIZE = 14.0, 13.0, 12.0, 13.0, 12.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a thread: a mention, or several together."""

    sign: Sign
    name: str
    mentions: tuple[Traced, ...]
    struck: bool
    lane: str = ""
    """The key of the shared lane that it opens."""
    depth: int = 1
    above: int | None = None
    """The place in the thread of what it was taken from; None for the source itself."""

    @property
    def x(self) -> float:
        return 10 + _INDENT * min(self.depth, _DEEPEST)


def draw_narrow(trace: Trace, options: PictureOptions) -> str:
    """The picture as SVG, 344 units wide."""
    drawn: list[str] = []
    entries: list[Entry] = []
    signs: set[Sign] = set()
    y, group = 10.0, None
    for band, thread in _threads(trace, options):
        if band.group is not group:
            group = band.group
            drawn += _caption(group, trace, y)
            y += _GROUP
        entries += thread
        signs.add(HEADS[band.group])
        pieces, y = _band(band, thread, y, options)
        drawn += pieces
    foot, height = legend_of(_shown(entries, signs), WIDTH)
    drawn.append(element("g", [foot], class_="legend", transform=f"translate(0 {number(y + 6)})"))
    return element(
        "svg",
        [plain("title", f"Where this claim comes from: {trace.statement}", id="trace-title-narrow"), *drawn],
        xmlns="http://www.w3.org/2000/svg",
        class_="trace narrow",
        viewBox=f"0 0 {number(WIDTH)} {number(y + 6 + height)}",
        role="group",
        aria_labelledby="trace-title-narrow",
    )


def _shown(entries: Sequence[Entry], heads: set[Sign]) -> Shown:
    steps = [m.lineage[0] for entry in entries for m in entry.mentions if m.lineage]
    return Shown(
        signs=frozenset({entry.sign for entry in entries} | heads),
        credited=any(is_credited(step) for step in steps),
        inferred=any(not is_credited(step) for step in steps),
        struck=any(entry.struck for entry in entries),
        undated=any(mention.undated for entry in entries for mention in entry.mentions),
    )


def _threads(trace: Trace, options: PictureOptions) -> list[tuple[Band, list[Entry]]]:
    """Each source with its thread: a line for each mention, or where these are too many for each outlet."""
    downstream = frozenset(trace.downstream)
    bands = bands_of(trace, replace(options, most_lanes=options.most_rows))
    single = len(trace.mentions) <= options.most_rows
    return [(band, _in_branches(list(_entries(band, downstream, single)))) for band in bands]


def _entries(band: Band, downstream: frozenset[str], single: bool) -> Iterator[Entry]:
    for name, mentions, lane in ((band.name, band.own, ""), *((a.name, a.mentions, a.key) for a in band.lanes)):
        shared = bool(lane) and len({place_of(m) for m in mentions}) > 1
        if single and not shared:
            yield from (_entry((mention,), place_of(mention), downstream) for mention in mentions)
            continue
        by_sign: dict[Sign, list[Traced]] = defaultdict(list)
        for mention in mentions:
            by_sign[SIGN_OF[mention.stance]].append(mention)
        for held in by_sign.values():
            yield _entry(tuple(held), name if shared else place_of(held[0]), downstream, lane if shared else "")


def _entry(mentions: tuple[Traced, ...], name: str, downstream: frozenset[str], lane: str = "") -> Entry:
    return Entry(
        sign=SIGN_OF[mentions[0].stance],
        name=name,
        mentions=mentions,
        struck=all(mention.mention in downstream for mention in mentions),
        lane=lane,
    )


def _in_branches(entries: Sequence[Entry]) -> list[Entry]:
    """What was taken from an entry beneath it, in the order of time."""
    ordered = sorted(entries, key=lambda entry: entry.mentions[0].time)
    places = {mention.mention: n for n, entry in enumerate(ordered) for mention in entry.mentions}
    beneath: dict[int | None, list[int]] = defaultdict(list)
    for n, entry in enumerate(ordered):
        above = places.get(entry.mentions[0].parent or "")
        beneath[above if above is not None and above < n else None].append(n)
    made: list[Entry] = []
    waiting: list[tuple[int, int, int | None]] = [(n, 1, None) for n in reversed(beneath[None])]
    while waiting:
        n, depth, above = waiting.pop()
        made.append(replace(ordered[n], depth=depth, above=above))
        waiting += [(m, depth + 1, len(made) - 1) for m in reversed(beneath[n])]
    return made


def _caption(group: Group, trace: Trace, y: float) -> list[str]:
    lines = wrapped(caption_of(group, trace), _GROUP_SIZE * BOLD, WIDTH, 2)
    return [
        *(words(line, 0, y + 22 - 16 * (len(lines) - 1 - n), "group") for n, line in enumerate(lines)),
        element("path", class_="rule", d=f"M0 {number(y + 30)}H{number(WIDTH)}"),
    ]


def _band(band: Band, thread: Sequence[Entry], y: float, options: PictureOptions) -> tuple[list[str], float]:
    """The source's head and its thread; and where the next one begins."""
    head = HEADS[band.group]
    top = y + 10
    drawn = [element("path", class_=head.value, d=SHAPES[head], transform=f"translate(10 {number(top)})")]
    for line in wrapped(band.name[:1].upper() + band.name[1:], _NAME * BOLD, WIDTH - 26, 2):
        drawn.append(words(line, 26, y + 15, "party withdrawn" if band.withdrawn else "party"))
        y += 17
    note = f"withdrawn · {band.note}" if band.withdrawn else band.note
    drawn.append(words(fitted(note, _NOTE, WIDTH - 26), 26, y + 14, "note"))
    y += _HEAD
    places = [y + 12 + _ROW * n for n in range(len(thread))]
    ways = [_way(entry, thread, places, n, top) for n, entry in enumerate(thread)]
    drawn.append(element("g", ways, class_="relays", aria_hidden="true"))
    drawn += [_line(entry, place, options) for entry, place in zip(thread, places, strict=True)]
    return drawn, y + _ROW * len(thread) + 4


def _way(entry: Entry, thread: Sequence[Entry], places: Sequence[float], n: int, top: float) -> str:
    """Down from what it was taken from, then along to it."""
    above = None if entry.above is None else thread[entry.above]
    x, start = (10.0, top + 11) if above is None else (above.x, places[entry.above or 0] + 10)
    y = places[n]
    mention = entry.mentions[0]
    kind = "credited" if mention.lineage and is_credited(mention.lineage[0]) else "inferred"
    if not mention.lineage or (above is None and mention.origin is None):
        return ""
    if above is not None and above.mentions[0].version == mention.version:
        kind = "same"
    path = f"M{number(x)} {number(start)}V{number(y - 9)}"
    if entry.x > x:
        path = f"M{number(x)} {number(start)}V{number(y - 6)}q0 6 6 6H{number(entry.x - 8)}"
    against = " against" if entry.sign in (Sign.DENIES, Sign.DOUBTS) else ""
    return element("g", [element("path", class_="way", d=path)], class_=f"relay {kind}{against}")


def _line(entry: Entry, y: float, options: PictureOptions) -> str:
    mention = entry.mentions[0]
    left = entry.x + 14
    when = _when(entry)
    wide = text_width(when, _NOTE)
    shape = entry.sign.value + (" undated" if mention.undated else "")
    at = f"translate({number(entry.x)} {number(y)})"
    drawn = [
        element("rect", class_="target", x=entry.x - 11, y=y - 13, width=WIDTH - entry.x + 11, height=_ROW - 3),
        element("path", class_=shape, d=SHAPES[entry.sign], transform=at, role="img", aria_label=WORDS[entry.sign]),
        words(fitted(entry.name, _LANE, WIDTH - left - wide - 8), left, y + 4.5, "lane"),
        words(when, WIDTH, y + 4.5, "when", text_anchor="end"),
        words(fitted(_how(entry), _NOTE, WIDTH - left), left, y + 20, "note"),
    ]
    if entry.struck:
        undone = "rests on what was withdrawn"
        drawn.insert(2, element("path", class_="strike", d=STRIKE, transform=at, role="img", aria_label=undone))
    if len(entry.mentions) == 1:
        drawn.append(words(fitted(quoted(mention), _WORDS * SERIF, WIDTH - left), left, y + 35.5, "quoted"))
    address = options.lane_address(entry.lane) if entry.lane else options.mention_address(mention)
    return element("a", drawn, href=address, class_="point")


def _when(entry: Entry) -> str:
    first, last = entry.mentions[0], entry.mentions[-1]
    if first.undated:
        return "undated"
    if first.time.date() == last.time.date():
        return time_in_words(first.time, year=False)
    return f"{day_in_words(first.time, year=False)} – {day_in_words(last.time, year=False)}"


def _how(entry: Entry) -> str:
    """Its stance, where that is not to assert, and from whom it has it."""
    if len(entry.mentions) > 1:
        many = f"{len(entry.mentions)} mentions"
        return many if entry.sign is Sign.ASSERTS else f"{many}: {WORDS[entry.sign]}"
    mention = entry.mentions[0]
    stance = "" if entry.sign is Sign.ASSERTS else WORDS[entry.sign]
    step = step_in_words(mention.lineage[0]) if mention.lineage else mention.source or ""
    lost = f"without “{mention.hedge_lost}”" if mention.hedge_lost else ""
    return " · ".join(filter(None, (stance, lost, step)))
