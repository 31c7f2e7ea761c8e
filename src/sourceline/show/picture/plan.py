"""The plan of the wide picture: rows, marks with their places, and who had it from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sourceline.model.trace import Origin, Trace, Traced
from sourceline.show.picture.bands import Band, Group, Lane, bands_of
from sourceline.show.picture.marks import SIGN_OF, Sign
from sourceline.show.picture.measure import BOLD, text_width, wrapped
from sourceline.show.picture.options import PictureOptions
from sourceline.show.picture.timeline import Slot, Wanted, bucket_of, spread
from sourceline.show.sentences import is_credited

WIDTH = 1200.0
LEFT = 286.0
"""Where time begins; names stand before it."""
RIGHT = WIDTH - 52.0
TOP = 46.0
"""The height of the axis."""
GROUP, HEAD, LANE = 38.0, 46.0, 24.0
"""Heights of rows."""
NAMES, NAME_SIZE = LEFT - 26, 14.0
"""Where names end, and the size of a source's."""
_PITCH = 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign at a place, for one mention, several, or an origin."""

    sign: Sign
    row: int
    slot: Slot
    mentions: tuple[Traced, ...]
    origin: Origin | None = None
    struck: bool = False
    lane: str = ""
    """The key of the shared lane that it opens, "" for a mark of its own."""
    x: float = 0.0
    y: float = 0.0

    @property
    def undated(self) -> bool:
        """Whether none of what it stands for has a date."""
        return self.origin is None and all(mention.undated for mention in self.mentions)

    @property
    def number(self) -> str:
        """ "×12" on one that stands for several mentions."""
        return f"×{len(self.mentions)}" if len(self.mentions) > 1 and self.origin is None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the picture: a group's caption, a source, or a lane. `y` is its middle."""

    y: float
    height: float
    group: Group
    band: Band | None = None
    lane: Lane | None = None
    name: tuple[str, ...] = ()
    """Of a source, in lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """That one mark has it from another."""

    start: Mark
    end: Mark
    credited: bool
    probability: float
    inside: bool
    """Whether both stand in one article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    relays: tuple[Relay, ...]
    height: float


def plan_of(trace: Trace, options: PictureOptions) -> Plan:
    """Marks that find no room by themselves are put together, by days and then by ever more of them."""
    rows = tuple(_rows(bands_of(trace, options)))
    downstream = frozenset(trace.downstream)
    days = 0
    while True:
        marks = list(_marks(rows, downstream, days))
        wanted = [Wanted(slot=mark.slot, lane=mark.row, pitch=_pitch(mark)) for mark in marks]
        places = spread(wanted, LEFT + 16, RIGHT)
        if places is not None:
            break
        days = max(1, 2 * days)
    placed = tuple(replace(m, x=x, y=rows[m.row].y) for m, x in zip(marks, places, strict=True))
    height = rows[-1].y + rows[-1].height / 2 if rows else TOP
    return Plan(rows=rows, marks=placed, relays=tuple(_relays(trace, placed)), height=height)


def _pitch(mark: Mark) -> float:
    return _PITCH + (text_width(mark.number, 11 * BOLD) + 4 if mark.number else 0)


def _rows(bands: Sequence[Band]) -> Iterator[Row]:
    y = TOP
    group = None
    for band in bands:
        if band.group is not group:
            group = band.group
            yield Row(y=y + GROUP / 2, height=GROUP, group=group)
            y += GROUP
        name = tuple(wrapped(band.name[:1].upper() + band.name[1:], NAME_SIZE * BOLD, NAMES - 28, 2))
        height = HEAD + 16 * (len(name) - 1)
        yield Row(y=y + height / 2, height=height, group=group, band=band, name=name)
        y += height
        for lane in band.lanes:
            yield Row(y=y + LANE / 2, height=LANE, group=group, band=band, lane=lane)
            y += LANE
        y += 6


def _marks(rows: Sequence[Row], downstream: frozenset[str], days: int) -> Iterator[Mark]:
    for number, row in enumerate(rows):
        if row.band is None:
            continue
        if row.lane is None:
            yield from _origins(row.band, number, days)
            yield from _single(row.band.own, number, downstream, days)
        elif row.lane.shared:
            yield from _together(row.lane.mentions, number, downstream, max(1, days), row.lane.key, days)
        else:
            yield from _single(row.lane.mentions, number, downstream, days)


def _origins(band: Band, row: int, days: int) -> Iterator[Mark]:
    first: dict[str, Traced] = {}
    for mention in sorted(band.mentions, key=lambda m: m.time):
        if mention.origin is not None:
            first.setdefault(mention.origin, mention)
    for origin in band.origins:
        mention = first[origin.id]
        yield Mark(
            sign=Sign.ORIGIN if origin.asserts else Sign.DENIAL_ORIGIN,
            row=row,
            slot=_slot(mention, days, 0),
            mentions=(mention,),
            origin=origin,
            struck=band.withdrawn,
        )


def _slot(mention: Traced, days: int, part: int) -> Slot:
    if days:
        return Slot(bucket_of(mention.time, days), "", part)
    return Slot(mention.time, mention.version, part)


def _single(mentions: Sequence[Traced], row: int, downstream: frozenset[str], days: int) -> Iterator[Mark]:
    if days:
        yield from _together(mentions, row, downstream, days, "", days)
        return
    for mention in mentions:
        yield Mark(
            sign=SIGN_OF[mention.stance],
            row=row,
            slot=_slot(mention, 0, 1),
            mentions=(mention,),
            struck=mention.mention in downstream,
        )


def _together(
    mentions: Sequence[Traced], row: int, downstream: frozenset[str], days: int, lane: str, slots: int
) -> Iterator[Mark]:
    held: dict[tuple[object, Sign], list[Traced]] = defaultdict(list)
    for mention in mentions:
        held[bucket_of(mention.time, days), SIGN_OF[mention.stance]].append(mention)
    for (_, sign), some in held.items():
        yield Mark(
            sign=sign,
            row=row,
            slot=_slot(some[0], slots, 1),
            mentions=tuple(some),
            struck=all(m.mention in downstream for m in some),
            lane=lane,
        )


def _relays(trace: Trace, marks: Sequence[Mark]) -> Iterator[Relay]:
    """One between two marks, credited if any is."""
    places = {m.mention: mark for mark in marks if mark.origin is None for m in mark.mentions}
    origins = {mark.origin.id: mark for mark in marks if mark.origin is not None}
    mentions = {m.mention: m for m in trace.mentions}
    found: dict[tuple[int, int], Relay] = {}
    for mention in trace.mentions:
        parent = mentions.get(mention.parent or "")
        start = places[parent.mention] if parent else origins.get(mention.origin or "")
        end = places[mention.mention]
        if start is None or start is end:
            continue
        step = mention.lineage[0] if mention.lineage else None
        relay = Relay(
            start=start,
            end=end,
            credited=step is not None and is_credited(step),
            probability=step.probability if step else 1.0,
            inside=parent is not None and parent.version == mention.version,
        )
        before = found.get((id(start), id(end)))
        if before is None or (relay.credited, relay.probability) > (before.credited, before.probability):
            found[id(start), id(end)] = relay
    yield from found.values()
