"""What each source does in a reading: which attributions it speaks, carries or is credited in, and through whom.

Attributions go by their numbers in the reading, from 1, as they do wherever a reading is shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sourceline.model.reading import Reading
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.speech import Act, Attribution
from sourceline.show.values import in_figures

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"the", "a", "an"})
NUMBERS_AT_MOST = 20
"""Of the attributions in a fact."""
_BODIES = frozenset({SourceKind.MEDIA, SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.DOCUMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One source's part in the reading."""

    number: int
    """Its place among the reading's sources, from 1."""
    source: Source
    speaks: tuple[int, ...]
    groups: tuple[str, ...]
    """The ids of the groups that it is a member of."""
    carries: tuple[int, ...]
    credited: tuple[int, ...]
    """Where a speaker credits it in turn."""
    acts: tuple[tuple[Act, int], ...]
    """How many of each act, in the order of the acts."""
    via: tuple[tuple[str, int], ...]
    """The ids of those who carry its words and how often, the most frequent first."""
    offices: tuple[str, ...]
    """The ids of those who speak for it."""
    credits_document: bool
    """Whether the document as a whole is credited to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing to say of a source beside what it speaks: a label, and what stands behind it."""

    label: str
    numbers: tuple[int, ...] = ()
    """Attributions."""
    sources: tuple[tuple[Standing, int], ...] = ()
    """Other sources, each with how often."""
    words: str = ""
    """Words of the document."""


class Standings:
    """The standing of every source of a reading."""

    def __init__(self, reading: Reading) -> None:
        speaks, carries, credited = (defaultdict[str, list[int]](list) for _ in range(3))
        acts: defaultdict[str, Counter[Act]] = defaultdict(Counter)
        via: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for number, attribution in enumerate(reading.attributions, 1):
            for ids, having in ((attribution.via, carries), (attribution.upstream, credited)):
                for id in dict.fromkeys(ids):
                    having[id].append(number)
            if (speaker := attribution.speaker) is not None:
                speaks[speaker].append(number)
                acts[speaker][attribution.act] += 1
                via[speaker].update(dict.fromkeys(attribution.via, 1))
        offices, groups = (defaultdict[str, list[str]](list) for _ in range(2))
        for source in reading.sources:
            for member in dict.fromkeys(source.members):
                groups[member].append(source.id)
            if source.office_of is not None:
                offices[source.office_of].append(source.id)
        creditors = _creditors(reading, {*speaks, *carries, *credited})
        self._standings = {
            source.id: Standing(
                number=number,
                source=source,
                speaks=tuple(speaks.get(source.id, ())),
                groups=tuple(groups.get(source.id, ())),
                carries=tuple(carries.get(source.id, ())),
                credited=tuple(credited.get(source.id, ())),
                acts=tuple((act, acts[source.id][act]) for act in Act if acts[source.id][act]),
                via=tuple(via[source.id].most_common()),
                offices=tuple(offices.get(source.id, ())),
                credits_document=source.id in creditors,
            )
            for number, source in enumerate(reading.sources, 1)
        }
        self.untold = tuple(n for n, a in enumerate(reading.attributions, 1) if a.speaker not in self._standings)
        """The attributions of which the document does not tell who speaks."""

    def __len__(self) -> int:
        return len(self._standings)

    def of(self, id: str | None) -> Standing | None:
        """The standing of the source with this id, None where there is none."""
        return None if id is None else self._standings.get(id)

    def those(self, ids: Iterable[str]) -> list[Standing]:
        """The standings behind the ids, without ids that are no source's."""
        return [standing for id in ids if (standing := self.of(id)) is not None]

    def ordered(self) -> list[Standing]:
        """All of them: who speaks most first, then in the order of first mention."""
        return sorted(self._standings.values(), key=lambda standing: (-len(standing.speaks), standing.number))

    def creditors(self) -> list[Standing]:
        """Those to whom the document as a whole is credited, as far as the reading names them."""
        return [standing for standing in self._standings.values() if standing.credits_document]

    def facts(self, standing: Standing) -> list[Fact]:
        """What there is to say of a source beside what it speaks."""
        source = standing.source
        # Each member of a large group has all that the group speaks: no more of it is taken than can be shown.
        jointly = chain.from_iterable(group.speaks for group in self.those(standing.groups))
        via = tuple((carrier, count) for id, count in standing.via if (carrier := self.of(id)) is not None)
        facts = (
            Fact(label="speaks for", sources=self._once(() if source.office_of is None else (source.office_of,))),
            Fact(label="spoken for by", sources=self._once(standing.offices)),
            Fact(label="members:", sources=self._once(source.members)),
            Fact(label="jointly in", numbers=tuple(sorted(islice(jointly, NUMBERS_AT_MOST + 1)))),
            Fact(label="via", sources=via),
            Fact(label="carries", numbers=standing.carries),
            Fact(label="credited in", numbers=standing.credited),
            Fact(label="name withheld", words=source.anonymity_reason.text if source.anonymity_reason else ""),
        )
        told = [fact for fact in facts if fact.numbers or fact.sources or fact.words]
        return told + ([Fact(label="the article is credited to it")] if standing.credits_document else [])

    def _once(self, ids: Iterable[str]) -> tuple[tuple[Standing, int], ...]:
        return tuple((standing, 1) for standing in self.those(ids))


def _creditors(reading: Reading, taking_part: Collection[str]) -> set[str]:
    """A credit line's outlet is a source that has no part in anything else."""
    if reading.lineage is not Lineage.CREDITED:
        return set()
    linked = {id for source in reading.sources for id in (*source.members, source.office_of)}
    return {
        source.id
        for source in reading.sources
        if source.named and source.kind in _BODIES and source.id not in linked and source.id not in taking_part
    }


def source_words(attribution: Attribution) -> str:
    """The words of the source span, "" where there is none."""
    return " … ".join(span.text for span in attribution.source).rstrip(" ,;:–—")


def other_words(attribution: Attribution, source: Source) -> str:
    """The words of the source span where they are other words than the source's name: "he", "the former envoy"."""
    words = source_words(attribution)
    name = _words_of(source.name)
    spoken = _words_of(words)
    whole, part = f" {' '.join(spoken)} ", f" {' '.join(name)} "
    return "" if part in whole or {*spoken} <= {*name} else words


def _words_of(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _EMPTY]


def lineage_sentence(reading: Reading, standings: Standings) -> str:
    """Where the words of the document as a whole come from, in a plain sentence."""
    match reading.lineage:
        case Lineage.OWN:
            return "Gathered by the outlet itself, as the article shows."
        case Lineage.CREDITED:
            return f"Credited to {_joined([s.source.name for s in standings.creditors()]) or 'another outlet'}."
        case Lineage.NOT_RECORDED:
            return "Where its words come from is not recorded."


def _joined(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count:,} times"


def naming(source: Source) -> str:
    """Whether a name is given, and how many people it is where the document says so."""
    people = (
        "" if source.count is None else f", {in_figures(source.count)} {'person' if source.count == 1 else 'people'}"
    )
    return f"{'named' if source.named else 'unnamed'}{people}"
