"""The path of each saying of a text: its carriers and its upstream."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from sourceline.model.mention import EntityMention
from sourceline.resolve.carriers import find_carriers
from sourceline.resolve.papers import is_written
from sourceline.resolve.sayings import IsMedia, Range, Saying
from sourceline.resolve.upstream import UpstreamFinder
from sourceline.resolve.words import word_set

_NEIGHBOURS = 3
_CONTINUING = word_set("wrote writes writing tweeted tweets tweeting posted posting")
_FARTHEST = 1500
"""Characters between a saying and its continuation, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Characters of the text that was read: noun phrases, those of carriers without determiner."""

    via: tuple[Range, ...]
    """Outermost first: the carrier next to this article, then the one behind it."""
    upstream: tuple[Range, ...]
    """Whom the speaker may credit, the likeliest first: only the first that is somebody else is meant."""


def find_chains(
    text: str,
    sayings: Sequence[Saying],
    *,
    is_media: IsMedia,
    names: Sequence[EntityMention] = (),
    upstream: UpstreamFinder | None = None,
    speakers: Sequence[Hashable | None] | None = None,
) -> list[Chain]:
    """One chain for each of the sayings, which stand in the order of their cues.

    `speakers`: a key for who speaks, the same for the same, None where unknown; without them the last word of the
    source must be the same. A written carrier holds on where the same speaker "wrote" in the next saying.
    """
    keys = [_surname(text, saying) for saying in sayings] if speakers is None else list(speakers)
    by_place = _NamesByPlace(names)
    chains: list[Chain] = []
    for at, saying in enumerate(sayings):
        near = [*sayings[max(0, at - _NEIGHBOURS) : at], *sayings[at + 1 : at + 1 + _NEIGHBOURS]]
        about = by_place.about(saying)
        via = find_carriers(text, saying, is_media=is_media, names=about, neighbours=near)
        if (
            not via
            and at
            and keys[at] is not None
            and keys[at] == keys[at - 1]
            and _goes_on(text, sayings[at - 1], saying)
        ):
            via = tuple(carrier for carrier in chains[-1].via if is_written(text[slice(*carrier)]))
        credited = upstream.find(text, saying, is_media=is_media, neighbours=near) if upstream else ()
        chains.append(Chain(via=_in_order(via), upstream=credited))
    return chains


def _in_order(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Without phrases that a frame put together of parts out of order makes up."""
    return tuple(span for span in ranges if span[0] < span[1])


class _NamesByPlace:
    """The names about a saying, without going through all of them for each."""

    _CELL = 1000

    def __init__(self, names: Sequence[EntityMention]) -> None:
        self._cells: dict[int, list[EntityMention]] = {}
        for name in names:
            self._cells.setdefault(name.start // self._CELL, []).append(name)

    def about(self, saying: Saying) -> list[EntityMention]:
        cells = {start // self._CELL + shift for start, _ in (*saying.source, *saying.cue) for shift in (-1, 0, 1)} | {
            end // self._CELL + shift for _, end in saying.content for shift in (0, 1)
        }
        return [name for cell in sorted(cells) for name in self._cells.get(cell, ())]


def _surname(text: str, saying: Saying) -> str | None:
    words = text[slice(*saying.source[-1])][-100:].split() if saying.source else []
    return words[-1].rstrip(",").lower() if words and words[-1][0].isupper() else None


def _goes_on(text: str, before: Saying, saying: Saying) -> bool:
    """Whether this saying is written on, in the same paragraph as the one before or in the next."""
    words = [word for start, end in saying.cue for word in text[start : min(end, start + 200)].lower().split()]
    end = max((e for _, e in (*before.cue, *before.content)), default=0)
    start = min((s for s, _ in (*saying.cue, *saying.content, *saying.source)), default=0)
    if start - end > _FARTHEST or not _CONTINUING.intersection(words):
        return False
    return sum(1 for line in text[end:start].split("\n") if line.strip()) <= 1
