"""What is told of a mark: shown on pointing at it or reaching it by key, and read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sourceline.model.claim import Stance
from sourceline.model.trace import Origin, Traced
from sourceline.show.picture.marks import SIGN_OF, WORDS
from sourceline.show.picture.measure import fitted
from sourceline.show.sentences import (
    channel_in_words,
    day_in_words,
    listed,
    place_of,
    quoted,
    step_in_words,
    when_in_words,
)

_LONGEST = 160.0
"""Of what is read aloud of one part, in letters as wide as they are high; that is some 250 of common ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    head: str
    line: str
    words: str = ""
    """Quoted."""

    @property
    def aloud(self) -> str:
        parts = (fitted(part, 1.0, _LONGEST) for part in (self.head, self.line, self.words) if part)
        return ". ".join(parts)


def tip_of_origin(origin: Origin, first: Traced, struck: bool) -> Tip:
    """`first`: its first mention. `struck`: whether it was withdrawn."""
    speaker = f", by {origin.source}" if origin.source.casefold() != origin.party.casefold() else ""
    undone = "withdrawn" if struck else ""
    where = f"first in {place_of(first)}, {when_in_words(first)}"
    return Tip(
        head=origin.party,
        line=" · ".join(filter(None, (f"{channel_in_words(origin)}{speaker}", where, undone))),
        words=quoted(first),
    )


def tip_of_mentions(mentions: Sequence[Traced], struck: bool, opens: bool) -> Tip:
    """`struck`: whether they rest on what was withdrawn. `opens`: whether following the mark opens their lane."""
    return _of_many(mentions, opens) if len(mentions) > 1 else _of_mention(mentions[0], struck)


def _of_mention(mention: Traced, struck: bool) -> Tip:
    speaker = f": {mention.source}" if mention.source else ", in its own voice"
    step = step_in_words(mention.lineage[0]) if mention.lineage else ""
    undone = "what it rests on was withdrawn" if struck else ""
    lost = f"without “{mention.hedge_lost}”" if mention.hedge_lost else ""
    told = (f"{WORDS[SIGN_OF[mention.stance]]}{speaker}", step, lost, undone)
    return Tip(
        head=f"{place_of(mention)}, {when_in_words(mention)}",
        line=" · ".join(filter(None, told)),
        words=quoted(mention),
    )


def _of_many(mentions: Sequence[Traced], opens: bool) -> Tip:
    outlets = dict.fromkeys(place_of(mention) for mention in mentions)
    first, last = mentions[0].time, mentions[-1].time
    days = day_in_words(first) if first.date() == last.date() else f"{day_in_words(first)} to {day_in_words(last)}"
    leads = "opens the lane" if opens else "leads to the first"
    stances = listed(dict.fromkeys(WORDS[SIGN_OF[mention.stance]] for mention in mentions), len(Stance))
    return Tip(head=f"{len(mentions)} mentions, {days}", line=f"{stances} · {listed(outlets, 6)} · {leads}")
