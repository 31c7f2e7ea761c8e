"""A trace sorted for drawing: who asserts the claim, who gives no source, who disputes it, who would not say; each
source a band, each outlet that carries it a lane. Where there are too many, lanes are shared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from sourceline.model.claim import Stance
from sourceline.model.trace import Origin, Trace, Traced
from sourceline.show.picture.marks import Sign
from sourceline.show.picture.options import PictureOptions
from sourceline.show.sentences import channels_in_words, counted, place_of, sources_in_words

_MOST_BANDS = 7
"""Sources of one group that have a band of their own."""
_FEWEST = 2
"""Lanes of a band that are drawn one by one, however many there are."""


class Group(StrEnum):
    ASSERTS = "who asserts it"
    UNRECORDED = "who gives no source for it"
    DISPUTES = "who disputes it"
    DECLINES = "who would not say"


HEADS: Mapping[Group, Sign] = MappingProxyType(
    {
        Group.ASSERTS: Sign.ORIGIN,
        Group.UNRECORDED: Sign.NO_ORIGIN,
        Group.DISPUTES: Sign.DENIAL_ORIGIN,
        Group.DECLINES: Sign.DECLINES,
    }
)
"""The sign beside a band's name."""


def caption_of(group: Group, trace: Trace) -> str:
    """What stands above a group; above those who assert it, how many sources they are."""
    if group is not Group.ASSERTS:
        return group.value.capitalize()
    told = sources_in_words(trace.independent_origins).rstrip(".")
    return f"{group.value.capitalize()}: {told[:1].lower()}{told[1:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    key: str
    """Of a shared lane or one that was opened: what opens it; "" for others."""
    name: str
    mentions: tuple[Traced, ...]
    shared: bool = False
    """Whether several outlets are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One source with what rests on it."""

    key: str
    group: Group
    name: str
    note: str
    """How its words came into the world, and how much rests on it."""
    origins: tuple[Origin, ...]
    lanes: tuple[Lane, ...]
    own: tuple[Traced, ...] = ()
    """What stands beside its name: what the source publishes itself, or all of it where one outlet has it."""
    withdrawn: bool = False

    @property
    def mentions(self) -> tuple[Traced, ...]:
        return (*self.own, *(mention for lane in self.lanes for mention in lane.mentions))


def bands_of(trace: Trace, options: PictureOptions) -> tuple[Band, ...]:
    """Group by group, in each the source that spoke first first."""
    bands = _few_bands(_all_bands(trace), options)
    followed: Counter[str | None] = Counter(mention.parent for mention in trace.mentions)
    room = options.most_lanes
    if sum(len(band.lanes) for band in bands) > room:
        most = max(_FEWEST, room // max(1, len(bands)))
        bands = [_shared(band, most, options, followed) for band in bands]
    return tuple(bands)


def _all_bands(trace: Trace) -> list[Band]:
    origins = {origin.id: origin for origin in trace.origins}
    held: dict[tuple[Group, str], list[Traced]] = defaultdict(list)
    begun: dict[tuple[Group, str], list[Origin]] = defaultdict(list)
    for mention in trace.mentions:
        origin = origins.get(mention.origin or "")
        key = _group(mention, origin), origin.party if origin else ""
        held[key].append(mention)
        if origin is not None and origin not in begun[key]:
            begun[key].append(origin)
    withdrawn = frozenset(trace.withdrawn_by)
    order = list(Group)
    made = [_band(group, party, held[group, party], begun[group, party], withdrawn) for group, party in held]
    return sorted(made, key=lambda band: (order.index(band.group), min(m.time for m in band.mentions)))


def _group(mention: Traced, origin: Origin | None) -> Group:
    if mention.stance is Stance.DECLINES:
        return Group.DECLINES
    if origin is not None:
        return Group.ASSERTS if origin.asserts else Group.DISPUTES
    return Group.UNRECORDED if mention.stance is Stance.ASSERTS else Group.DISPUTES


def _band(
    group: Group, party: str, mentions: Sequence[Traced], origins: Sequence[Origin], withdrawn: frozenset[str]
) -> Band:
    own = tuple(m for m in mentions if party and m.outlet == party)
    outlets: dict[str, list[Traced]] = defaultdict(list)
    for mention in mentions:
        if mention not in own:
            outlets[place_of(mention)].append(mention)
    lanes = tuple(Lane(key="", name=name, mentions=tuple(held)) for name, held in outlets.items())
    how = channels_in_words(origins)
    only = lanes[0] if len(lanes) == 1 and not own else None
    extent = f"in {only.name}" if only else counted(len(mentions), "mention")
    return Band(
        key=origins[0].id if origins else group.name.lower(),
        group=group,
        name=party or _nameless(group, mentions),
        note=" · ".join(filter(None, (how, extent))),
        origins=tuple(origins),
        lanes=() if only else lanes,
        own=only.mentions if only else own,
        withdrawn=group is Group.ASSERTS and party in withdrawn,
    )


def _nameless(group: Group, mentions: Sequence[Traced]) -> str:
    if group is Group.DECLINES:
        names = list(dict.fromkeys(m.source or place_of(m) for m in mentions))
        return names[0] if len(names) == 1 else f"{names[0]} and {counted(len(names) - 1, 'other')}"
    return "no source given"


def _few_bands(bands: Sequence[Band], options: PictureOptions) -> list[Band]:
    """Sources beyond the first few of a group, those with the least resting on them, share one band."""
    made: list[Band] = []
    for group in Group:
        held = [band for band in bands if band.group is group]
        key = f"{group.name.lower()}-more"
        if len(held) <= _MOST_BANDS or key in options.opened:
            made += held
            continue
        ranked = sorted(held, key=lambda band: -len(band.mentions))
        kept = ranked[: _MOST_BANDS - 1]
        rest = [band for band in held if band not in kept]
        made += [band for band in held if band in kept]
        made.append(_joined(rest, group, key))
    return made


def _joined(bands: Sequence[Band], group: Group, key: str) -> Band:
    mentions = sorted((m for band in bands for m in band.mentions), key=lambda m: m.time)
    return Band(
        key=key,
        group=group,
        name=f"{len(bands)} more sources",
        note=counted(len(mentions), "mention"),
        origins=(),
        lanes=(Lane(key=key, name="show each", mentions=tuple(mentions), shared=True),),
        withdrawn=all(band.withdrawn for band in bands),
    )


def _shared(band: Band, most: int, options: PictureOptions, followed: Counter[str | None]) -> Band:
    """The band with at most so many lanes drawn one by one: those of the outlets that others took it from, and those
    that had it first."""
    if len(band.lanes) <= most:
        return band

    def weight(lane: Lane) -> tuple[int, int]:
        return -sum(followed[m.mention] for m in lane.mentions), band.lanes.index(lane)

    kept = sorted(band.lanes, key=weight)[: most - 1]
    families: dict[str, list[Lane]] = defaultdict(list)
    for lane in band.lanes:
        if lane not in kept:
            families[options.families.get(lane.name, "outlets")].append(lane)
    made = [lane for lane in band.lanes if lane in kept]
    for family, lanes in _few_families(families, most):
        key = f"{band.key}:{family}"
        if key in options.opened:
            made += [replace(lane, key=key) for lane in lanes]
        elif len(lanes) == 1:
            made += lanes
        else:
            made.append(_one_lane(lanes, key, f"{len(lanes)} more {family}"))
    return replace(band, lanes=tuple(made))


def _few_families(families: dict[str, list[Lane]], most: int) -> Iterable[tuple[str, list[Lane]]]:
    if len(families) <= most:
        return families.items()
    return [("outlets", [lane for lanes in families.values() for lane in lanes])]


def _one_lane(lanes: Sequence[Lane], key: str, name: str) -> Lane:
    mentions = sorted((m for lane in lanes for m in lane.mentions), key=lambda m: m.time)
    return Lane(key=key, name=name, mentions=tuple(mentions), shared=True)
