"""What the page of a claim says of its trace, piece by piece, each piece with the address of the words it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sourceline.model.trace import Evidence, Step, Trace, Traced
from sourceline.show.sentences import (
    counted,
    day_in_words,
    figure_in_words,
    in_quotes,
    is_credited,
    place_of,
    quoted,
    step_in_words,
    when_in_words,
)
from sourceline.show.web.addresses import article_address

_MOST_CHOICES = 40
"""Sources, and outlets, that can be left out by a tick."""
_MOST_DAYS = 14
_DISPUTES = {"denial": "denies it", "doubt": "doubts it", "conflict": "gives another value"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Words that show something."""

    address: str
    words: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    words: str
    credited: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    id: str
    address: str
    """The article, at the words."""
    place: str
    when: str
    stance: str
    source: str
    """Who is credited, "" for the outlet's own voice."""
    words: str
    """In quotation marks."""
    steps: tuple[StepRow, ...]
    lost: str
    """What it leaves out that it had been told, "" for nothing."""
    struck: bool
    """Whether it rests on what was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    place: str
    when: str
    value: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostRow:
    """A word of caution that went missing."""

    hedge: str
    said: str
    """Where it still stood, and when."""
    said_address: str
    lost: str
    lost_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
    source: str
    does: str
    words: str
    """In quotation marks."""
    where: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be left out."""

    name: str
    extent: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChoice:
    """A day as of which can be counted."""

    name: str
    value: str
    """ISO 8601, "" for today."""
    chosen: bool


def words_address(mention: Traced) -> str:
    """The article at a mention's words."""
    return article_address(mention.version, words=mention.spans)


def mention_rows(trace: Trace) -> Iterator[MentionRow]:
    """In the order of time."""
    downstream = frozenset(trace.downstream)
    for mention in trace.mentions:
        yield MentionRow(
            id=mention.mention,
            address=words_address(mention),
            place=place_of(mention),
            when=when_in_words(mention),
            stance=mention.stance.value,
            source=mention.source or "",
            words=quoted(mention),
            steps=tuple(map(_step_row, mention.lineage)),
            lost=mention.hedge_lost or "",
            struck=mention.mention in downstream,
        )


def _step_row(step: Step) -> StepRow:
    return StepRow(words=step_in_words(step), credited=is_credited(step), proofs=tuple(map(_proof, step.evidence)))


def _proof(evidence: Evidence) -> Proof:
    return Proof(
        address=article_address(evidence.version, words=(evidence.span,)),
        words=evidence.span.text,
        document=evidence.document,
    )


def figure_rows(trace: Trace) -> Iterator[FigureRow]:
    """The values of a figure that moves, document by document."""
    if trace.drift is None:
        return
    mentions = {mention.document: mention for mention in reversed(trace.mentions)}
    for figure in trace.drift.values:
        mention = mentions.get(figure.document)
        yield FigureRow(
            place=place_of(mention) if mention else figure.document,
            when=when_in_words(mention) if mention else figure.as_of or "",
            value=figure_in_words(figure, trace.drift.unit),
            address=words_address(mention) if mention else article_address(figure.version),
        )


def lost_rows(trace: Trace) -> Iterator[LostRow]:
    """Words of caution that a mention had been told and left out."""
    mentions = {mention.mention: mention for mention in trace.mentions}
    for mention in trace.mentions:
        parent = _outside(mention, mentions)
        if mention.hedge_lost and parent is not None:
            yield LostRow(
                hedge=mention.hedge_lost,
                said=f"{place_of(parent)}, {when_in_words(parent)}",
                said_address=words_address(parent),
                lost=f"{place_of(mention)}, {when_in_words(mention)}",
                lost_address=words_address(mention),
            )


def _outside(mention: Traced, mentions: Mapping[str, Traced]) -> Traced | None:
    """The nearest mention of another article that it was taken from."""
    seen = {mention.mention}
    parent = mentions.get(mention.parent or "")
    while parent is not None and parent.version == mention.version and parent.mention not in seen:
        seen.add(parent.mention)
        parent = mentions.get(parent.parent or "")
    return parent


def dispute_rows(trace: Trace) -> Iterator[DisputeRow]:
    places = {mention.version: mention for mention in trace.mentions}
    for dispute in trace.disputed_by:
        mention = places.get(dispute.version)
        yield DisputeRow(
            source=dispute.source,
            does=_DISPUTES[dispute.kind.value],
            words=in_quotes(" … ".join(span.text for span in dispute.spans)),
            where=f"{place_of(mention)}, {when_in_words(mention)}" if mention else dispute.document,
            address=article_address(dispute.version, words=dispute.spans),
        )


def source_choices(trace: Trace, without: tuple[str, ...]) -> tuple[Choice, ...]:
    """The parties that assert the claim, those on whom most rests first; and what is left out already."""
    parties = {origin.id: origin.party for origin in trace.origins if origin.asserts}
    return _choices(Counter(parties[m.origin] for m in trace.mentions if m.origin in parties), without)


def outlet_choices(trace: Trace, without: tuple[str, ...]) -> tuple[Choice, ...]:
    """The outlets, those with most mentions first."""
    return _choices(Counter(m.outlet for m in trace.mentions if m.outlet), without)


def _choices(count: Counter[str], without: tuple[str, ...]) -> tuple[Choice, ...]:
    ranked = [*(name for name in count if name in without), *(name for name, _ in count.most_common(_MOST_CHOICES))]
    names = dict.fromkeys(ranked)
    return tuple(Choice(name=n, extent=counted(count[n], "mention"), chosen=n in without) for n in names)


def day_choices(trace: Trace, as_of: str) -> tuple[DayChoice, ...]:
    """The days on which something was added, some of them where they are many; and today."""
    days = sorted({mention.time.date() for mention in trace.mentions})
    if len(days) > _MOST_DAYS:
        last = len(days) - 1
        days = [days[round(n * last / (_MOST_DAYS - 1))] for n in range(_MOST_DAYS)]
    chosen = [DayChoice(name=_day(day, days), value=day.isoformat(), chosen=day.isoformat() == as_of) for day in days]
    return (*chosen, DayChoice(name="today", value="", chosen=not as_of))


def _day(day: date, days: list[date]) -> str:
    """With its year where another one stands before it."""
    at = days.index(day)
    return day_in_words(day, year=at == 0 or days[at - 1].year != day.year)
