"""Which earlier mentions of a claim a mention is compared with: few, however many there are, and always the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sourceline.trace.links import speaker_of
from sourceline.trace.outlets import Outlets
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Testimony

_MANY = 1000
"""Mentions from which on fewer are compared with each."""
_REPEATED = 12
"""Mentions of one wording that are looked up by their words."""


class Candidates:
    """Grows as a claim's mentions are gone through in the order of time."""

    def __init__(self, testimonies: Sequence[Testimony], parties: Parties) -> None:
        self._parties = parties
        few = len(testimonies) > _MANY
        self._most, self._looked_at = (2, 12) if few else (12, 200)
        self._wordings: dict[tuple[tuple[str, ...], bool], list[Testimony]] = defaultdict(list)
        """By wording: the mentions that are worded so, of which one stands for all where words are shared."""
        self._by_word: dict[tuple[str, bool], list[Testimony]] = defaultdict(list)
        self._by_party: dict[tuple[int, bool], list[Testimony]] = defaultdict(list)
        self._by_outlet: dict[str, list[Testimony]] = defaultdict(list)
        self._by_article: dict[str, list[Testimony]] = defaultdict(list)
        self._latest: dict[bool, list[Testimony]] = defaultdict(list)
        self._outlets = Outlets()

    def add(self, testimony: Testimony) -> None:
        """Makes a mention known to later ones."""
        side = testimony.asserts
        alike = self._wordings[testimony.mention.words, side]
        alike.append(testimony)
        for word in set(testimony.mention.words) if len(alike) <= _REPEATED else ():
            self._by_word[word, side].append(testimony)
        self._by_party[self._parties.of(testimony).id, side].append(testimony)
        self._latest[side].append(testimony)
        self._by_article[testimony.article.version].append(testimony)
        outlet = testimony.article.outlet
        if outlet:
            self._outlets.add(outlet)
            self._by_outlet[outlet].append(testimony)

    def of(self, testimony: Testimony) -> list[Testimony]:
        """Earlier mentions of the same side, and those of its own article; each once."""
        side, most = testimony.asserts, self._most
        found = [*self._by_article[testimony.article.version][-most:]]
        credited = self._credited(testimony)
        party = self._by_party[self._parties.of(testimony).id, side]
        wording = self._wordings[testimony.mention.words, side]
        for held in (*(self._by_outlet[outlet] for outlet in sorted(credited)), party, wording):
            found += held[: min(2, most // 2)] + held[-most:]
        found += self._alike(testimony)
        latest = self._latest[side]
        found += latest[: min(2, most // 2)] + latest[-(most // 2) :]
        kept: dict[str, Testimony] = {}
        for other in found:
            if other.id != testimony.id and _may_be_before(other, testimony, credited):
                kept[other.id] = other
        return list(kept.values())

    def _alike(self, testimony: Testimony) -> list[Testimony]:
        """Those that share most words."""
        shared: Counter[str] = Counter()
        places: dict[str, Testimony] = {}
        for word in sorted(set(testimony.mention.words)):
            for other in self._by_word[word, testimony.asserts][-self._looked_at :]:
                shared[other.id] += 1
                places[other.id] = other
        order = sorted(places, key=lambda id: (-shared[id], places[id].time, id))
        return [places[id] for id in order[: self._most]]

    def _credited(self, testimony: Testimony) -> set[str]:
        """Outlets that its words or its article name."""
        mention, article = testimony.mention, testimony.article
        speaker = speaker_of(testimony)
        voices = (*mention.via, *((speaker,) if speaker else ()), *mention.upstream, *article.credited)
        found = {outlet for voice in voices for outlet in self._outlets.meant_by(voice) if outlet != article.outlet}
        for naming in article.names:
            if naming.paragraph == mention.paragraph:
                found.update(o for o in self._outlets.called(naming.span.text) if o != article.outlet)
        return found


def _may_be_before(other: Testimony, testimony: Testimony, credited: set[str]) -> bool:
    """Whether one may have been taken from the other: of the same side, of the same article or an earlier one; at
    equal times only a credit gives a direction."""
    same_side = (other.asserts and testimony.asserts) or (other.against and testimony.against)
    if not same_side:
        return False
    if other.article.version == testimony.article.version:
        return True
    if other.article.key == testimony.article.key:
        return False
    if other.time == testimony.time:
        return other.article.outlet in credited and other.article.version != testimony.article.version
    return other.time < testimony.time
