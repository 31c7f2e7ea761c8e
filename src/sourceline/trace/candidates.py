"""Which earlier mentions of a claim a mention is compared with: few, however many there are, and always the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sourceline.model.claim import Voice
from sourceline.trace.links import names, speaker_of
from sourceline.trace.names import names_outlet, tokens_of
from sourceline.trace.parties import Parties
from sourceline.trace.testimony import Testimony

_MANY = 1000
"""Mentions from which on fewer are compared with each."""
_OUTLETS = 64
"""Outlets of one word that are looked at."""
_LOOKED_AT = 200
"""Places of one word that are looked at."""


class Candidates:
    """Grows as a claim's mentions are gone through in the order of time."""

    def __init__(self, testimonies: Sequence[Testimony], parties: Parties) -> None:
        self._parties = parties
        self._few = len(testimonies) > _MANY
        self._by_word: dict[tuple[str, bool], list[Testimony]] = defaultdict(list)
        self._by_party: dict[tuple[int, bool], list[Testimony]] = defaultdict(list)
        self._by_outlet: dict[str, list[Testimony]] = defaultdict(list)
        self._by_article: dict[str, list[Testimony]] = defaultdict(list)
        self._latest: dict[bool, list[Testimony]] = defaultdict(list)
        self._outlets: dict[str, list[str]] = defaultdict(list)
        """Outlets by each word of their names, and by their initials."""

    def add(self, testimony: Testimony) -> None:
        """Makes a mention known to later ones."""
        side = testimony.asserts
        for word in set(testimony.mention.words):
            self._by_word[word, side].append(testimony)
        self._by_party[self._parties.of(testimony).id, side].append(testimony)
        self._latest[side].append(testimony)
        self._by_article[testimony.article.version].append(testimony)
        outlet = testimony.article.outlet
        if outlet:
            if outlet not in self._by_outlet:
                words = tokens_of(outlet)
                for word in dict.fromkeys((*words, "".join(word[0] for word in words if word))):
                    self._outlets[word].append(outlet)
            self._by_outlet[outlet].append(testimony)

    def of(self, testimony: Testimony) -> list[Testimony]:
        """Earlier mentions of the same side, and those of its own article; each once."""
        side, most = testimony.asserts, 4 if self._few else 12
        found = [*self._by_article[testimony.article.version][-most:]]
        credited = self._credited(testimony)
        for outlet in credited:
            found += self._by_outlet[outlet][:2] + self._by_outlet[outlet][-most:]
        party = self._by_party[self._parties.of(testimony).id, side]
        found += party[:2] + party[-most:]
        shared: Counter[int] = Counter()
        places: dict[int, Testimony] = {}
        for word in sorted(set(testimony.mention.words)):
            for other in self._by_word[word, side][-_LOOKED_AT // (4 if self._few else 1) :]:
                shared[id(other)] += 1
                places[id(other)] = other
        alike = sorted(places, key=lambda at: (-shared[at], places[at].time, places[at].id))
        found += [places[at] for at in alike[:most]]
        latest = self._latest[side]
        found += latest[:2] + latest[-most // 2 :]
        kept: dict[str, Testimony] = {}
        for other in found:
            if other.id != testimony.id and _may_be_before(other, testimony, credited):
                kept[other.id] = other
        return list(kept.values())

    def _credited(self, testimony: Testimony) -> set[str]:
        """Outlets that its words or its article name."""
        mention, article = testimony.mention, testimony.article
        speaker = speaker_of(testimony)
        voices = (*mention.via, *((speaker,) if speaker else ()), *mention.upstream, *article.credited)
        found = {outlet for voice in voices for outlet in self._named_by(voice) if outlet != article.outlet}
        for naming in article.names:
            if naming.paragraph == mention.paragraph:
                found.update(
                    o for o in self._near(naming.span.text) if names_outlet(naming.span.text, o) and o != article.outlet
                )
        return found

    def _named_by(self, voice: Voice) -> list[str]:
        return [outlet for outlet in self._near(voice.name) if names(voice, outlet)]

    def _near(self, name: str) -> list[str]:
        """Outlets that share a word with a name, those of the rarest words first, or its initials."""
        words = sorted(dict.fromkeys(tokens_of(name)), key=lambda word: (len(self._outlets[word]), word))
        found = [outlet for word in words for outlet in self._outlets[word][:_OUTLETS]]
        if len(words) > 1:
            found += self._outlets["".join(word[0] for word in tokens_of(name))][:_OUTLETS]
        return list(dict.fromkeys(found[: 2 * _OUTLETS]))


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
