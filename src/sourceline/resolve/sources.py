"""Who is behind each source span: spans to sources, or honestly to nobody."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sourceline.lexicon.aliases import find_entry
from sourceline.model.mention import Entity, EntityKind, EntityMention, MentionForm
from sourceline.model.source import SourceKind
from sourceline.resolve.anonymity import find_reason
from sourceline.resolve.conjoined import find_conjoined
from sourceline.resolve.definite import Descriptions, Ranking, load_ranking
from sourceline.resolve.describing import describe_sources
from sourceline.resolve.entities import Entities
from sourceline.resolve.found_source import FoundSource, Told
from sourceline.resolve.kinds import kind_of_name, kind_of_phrase
from sourceline.resolve.known import KnownEntities, fullest_name, plain_name
from sourceline.resolve.source_phrases import FIRST_PERSON, Phrase, Range, is_people, is_possessed, read_phrase

_ARTICLE = re.compile(r"^(?:the|an?|The|An?)\s+(?=\S)")
_RELATIVE = re.compile(r"\s*(?:,|\(|\bwho\b|\bwhich\b|\bthat\b(?=\s\w+(?:s|ed)\b)).*$", re.DOTALL)
_TWO = re.compile(r"^(?:they|both|the (?:two|pair|couple)|(?:the )?(?:two|both) \w+)$", re.IGNORECASE)
_OPENING = re.compile(
    r"\b(?:the|an?|one|two|three|some|many|several|those|people|another|both|his|her|their)\b", re.IGNORECASE
)
_SPOKESPERSON = re.compile(r"\b(?:spokes(?:man|woman|person|people|men|women)|press secretary|office)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][”\"’)]?\s+(?=[A-Z“\"‘])|\n")
_BODIES = frozenset((SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA))
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w’'-]*(?:\s(?:[^\W\d_a-z][\w’'-]*|of|for|the|and))*\s[^\W\d_a-z][\w’'-]*")
"""Two or more words with capitals: a name even where the tagger found none."""
SURE = 0.6
"""How sure reference must be of a pronoun that does not stand for whoever spoke last."""
_RECENT = 900
_PERSONAL = frozenset(("he", "she", "they", "it", "his", "her", "their", "its", "him", "them"))
_NEAR = 400
_THINGS = (*_BODIES, SourceKind.DOCUMENT)
_SAID_OF = {"it": _THINGS, "its": _THINGS, "they": (SourceKind.GROUP,), "their": (SourceKind.GROUP,)}
"""Whom, of those who spoke last, a pronoun means that reference is not sure of."""
_PAIR_REACH = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The sources of a text, and for each attribution the places of its speaker, its carriers and its upstreams."""

    sources: tuple[FoundSource, ...]
    speakers: tuple[int | None, ...]
    via: tuple[tuple[int, ...], ...]
    upstream: tuple[tuple[int, ...], ...]


def resolve_sources(
    text: str,
    spans: Sequence[Sequence[Range]],
    entities: Entities,
    via: Sequence[Sequence[Range]] = (),
    upstream: Sequence[Sequence[Range]] = (),
    ranking: Ranking | None = None,
) -> Resolved:
    """`spans`: the source ranges of each attribution; `via`: the phrases of its carriers; `upstream`: of those whom the
    speaker may credit, the likeliest first; `ranking`: another than the shipped one of what descriptions mean. A source
    that cannot be told is None, never the nearest name."""
    resolver = _Resolver(text, entities, ranking)
    speakers = tuple(resolver.speaker(ranges) for ranges in spans)
    carriers = tuple(tuple(resolver.carrier(*r) for r in ranges) for ranges in via)
    credited = tuple(resolver.credited(ranges, speaker) for ranges, speaker in zip(upstream, speakers, strict=False))
    describe_sources(resolver.sources, resolver.told(), text, entities, resolver.names_in, resolver.meant_by)
    return Resolved(
        sources=tuple(resolver.sources),
        speakers=speakers,
        via=tuple(tuple(dict.fromkeys(x for x in row if x is not None)) for row in carriers),
        upstream=credited,
    )


class _Resolver:
    def __init__(self, text: str, entities: Entities, ranking: Ranking | None = None) -> None:
        self.text = text
        self.entities = entities
        self.names = sorted(entities.names, key=lambda n: (n.start, n.end))
        self._name_starts = [n.start for n in self.names]
        known = KnownEntities(text, entities, self.names_in)
        self._descriptions = Descriptions(text, known, ranking or load_ranking())
        self._spoken: list[tuple[int, Entity]] = []
        self.sources: list[FoundSource] = []
        self._places: dict[Hashable, int] = {}
        self._entity_of: dict[int, Entity] = {}
        self._phrases: dict[int, list[Phrase]] = {}
        self._known_forms: dict[Range, frozenset[MentionForm]] = {}
        self._spoke_last: tuple[int, int] = (-1, 0)

    # Spans to places in the list of sources

    def speaker(self, ranges: Sequence[Range]) -> int | None:
        """Who speaks. A pronoun of which reference is not sure has to be whoever spoke last, or it is nobody."""
        if not ranges:
            return None
        start, end = ranges[0]
        before, at = self._spoke_last
        place = self.resolve(start, end)
        word = self.text[start:end].lower()
        unsure = word in _PERSONAL and self.entities.certainty_at(start, end) < SURE
        if unsure and (place != before or start - at > _RECENT):
            near = before >= 0 and start - at < _NEAR
            place = before if near and self.sources[before].kind in _SAID_OF.get(word, ()) else None
        if place is not None:
            self._spoke_last = place, start
            if place in self._entity_of:
                self._spoken.append((start, self._entity_of[place]))
        return place

    def carrier(self, start: int, end: int) -> int | None:
        phrase = read_phrase(self.text, start, end, self.names_in(start, end))
        if phrase is None:
            return None
        name = self.text[start:end]
        entry = find_entry(name)
        kind = entry.kind if entry else None
        if kind is None:
            lower = name.islower()
            kind = kind_of_phrase(phrase, self.names_in(start, end), self.text) if lower else SourceKind.MEDIA
            if kind in (SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.PERSON):
                kind = SourceKind.DOCUMENT
        named = (not name.islower() and name[:1].isupper()) or entry is not None
        key: Hashable = ("carrier", name.casefold()) if named else ("carrier", name.casefold(), start)
        return self._place(key, FoundSource(name=name, named=named, kind=kind, entry=entry), (start, end))

    def credited(self, phrases: Sequence[Range], speaker: int | None) -> tuple[int, ...]:
        """The first of those who may be credited that is somebody, and somebody else than the speaker."""
        for start, end in phrases:
            place = self.resolve(start, end)
            if place is not None and place != speaker:
                return (place,)
        return ()

    def names_in(self, start: int, end: int) -> list[EntityMention]:
        low = bisect_left(self._name_starts, start - 60)
        found = []
        for name in self.names[low:]:
            if name.start >= end:
                break
            if name.end > start:
                found.append(name)
        return found

    def resolve(self, start: int, end: int) -> int | None:
        """The source that the phrase at [start, end) stands for."""
        names = self.names_in(start, end)
        phrase = read_phrase(self.text, start, end, names)
        if phrase is None:
            return None
        if _TWO.match(" ".join(phrase.words)):
            pair = self._pair_before(start)
            if pair is not None:
                return self._group(pair, (start, end))
        if phrase.head.lower() in FIRST_PERSON and phrase.is_pronoun:
            return self._of_entity_at(start, end, phrase)
        if phrase.head.lower() in ("who", "which", "that") and phrase.is_pronoun:
            return self._before_relative(start)
        if phrase.is_pronoun and phrase.name is None:
            place = self._of_entity_at(phrase.core[0], phrase.core[1], phrase)
            return self._of_description(phrase, names) if place is None and phrase.head.lower() == "one" else place
        members = find_conjoined(self.text, phrase, names)
        if len(members) > 1:
            return self._group(members, (start, end))
        if phrase.name is not None:
            return self._of_name(phrase.name, phrase)
        return self._of_description(phrase, names)

    def _of_name(self, name: EntityMention, phrase: Phrase | None) -> int:
        entity = self.entities.entity_at(name.start, name.end)
        if entity is not None:
            place = self._of_entity(entity, name)
        else:
            place = self._place(
                ("name", plain_name(self.text, name)), self._named(name, [name]), (name.start, name.end)
            )
        if phrase is not None:
            self._phrases.setdefault(place, []).append(phrase)
            self.sources[place].mentions.add((phrase.start, phrase.end))
            self._link_office(place, phrase)
        return place

    def _of_entity(self, entity: Entity, at: EntityMention | None = None) -> int:
        key = ("entity", entity.mentions[0].start, entity.mentions[0].end)
        if key in self._places:
            return self._places[key]
        names = [m for m in entity.mentions if m.form is MentionForm.NAME]
        people = bool(names) and all(is_people(self.text[m.start : m.end]) for m in names)
        if people:
            source = self._described(names[0].start, names[0].end)
        elif names:
            source = self._named(at or names[0], names, self._kind_of(entity, (at or names[0]).kind))
        else:
            nominal = next(m for m in entity.mentions if m.form is MentionForm.NOMINAL)
            source = self._described(nominal.start, nominal.end)
        source.is_entity = True
        place = self._place(key, source, None)
        source.mentions.update((m.start, m.end) for m in entity.mentions)
        self._entity_of[place] = entity
        return place

    def _of_entity_at(self, start: int, end: int, phrase: Phrase) -> int | None:
        entity = self.entities.entity_at(start, end)
        if entity is None:
            return None
        if self._forms(entity) == {MentionForm.PRONOUN}:
            return None
        place = self._of_entity(entity)
        self.sources[place].mentions.add((phrase.start, phrase.end))
        return place

    def _forms(self, entity: Entity) -> frozenset[MentionForm]:
        """What an entity is mentioned by; asked for each of its mentions, so it is looked at once."""
        key = (entity.mentions[0].start, entity.mentions[0].end)
        if key not in self._known_forms:
            self._known_forms[key] = frozenset(m.form for m in entity.mentions)
        return self._known_forms[key]

    def _before_relative(self, start: int) -> int | None:
        """The noun phrase that "who" or "which" goes on about."""
        low = max(0, start - 120)
        for match in _SENTENCE_END.finditer(self.text, low, start):
            low = match.end()
        end = start - len(self.text[low:start]) + len(self.text[low:start].rstrip(" ,—–-"))
        near = [n for n in self.names_in(low, end) if n.end <= end and n.start >= low]
        if near and end - near[-1].end <= 1:
            return self._of_name(near[-1], None)
        openings = list(_OPENING.finditer(self.text, low, end))
        if not openings:
            return None
        first = openings[-1].start()
        persons = [n for n in near if n.kind is EntityKind.PERSON and n.start >= first - 40]
        if persons and "," in self.text[persons[-1].end : end]:
            return self._of_name(persons[-1], None)
        return self.resolve(first, end)

    def _of_description(self, phrase: Phrase, names: Sequence[EntityMention]) -> int | None:
        entity = self.entities.entity_at(phrase.core[0], phrase.core[1])
        definite = phrase.determiner in ("the", "this", "that", "these", "those") or is_possessed(phrase)
        named = entity is not None and definite and MentionForm.NAME in self._forms(entity)
        likely = entity if named and entity and _may_be(phrase, entity, self.text, names) else None
        if phrase.determiner in ("the", "that", "this", "'s"):
            likely = self._descriptions.meant_by(phrase, self._spoken, likely)
        if likely is not None:
            place = self._of_entity(likely)
            self.sources[place].mentions.add((phrase.start, phrase.end))
            self._phrases.setdefault(place, []).append(phrase)
            return place
        source = self._described(phrase.start, phrase.end)
        key: Hashable
        if entity is not None and definite and MentionForm.NAME not in self._forms(entity):
            key = ("entity", entity.mentions[0].start, entity.mentions[0].end)
        elif source.kind in (SourceKind.ANONYMOUS, SourceKind.PERSON) and not definite:
            key = ("phrase", phrase.start)
        else:
            key = ("phrase", source.name.casefold())
        place = self._place(key, source, (phrase.start, phrase.end))
        kept = self.sources[place]
        if not kept.named and len(source.name) > len(kept.name):
            kept.name = source.name
        self._phrases.setdefault(place, []).append(phrase)
        if not kept.named and kept.kind in (SourceKind.ANONYMOUS, SourceKind.GROUP) and kept.reason is None:
            kept.reason = find_reason(self.text, phrase.start, phrase.end)
        self._link_office(place, phrase)
        return place

    def _group(self, members: Sequence[EntityMention], at: Range) -> int:
        places = list(dict.fromkeys(self._of_name(name, None) for name in members))
        if len(places) == 1:
            return places[0]
        names = [self.sources[place].name for place in places]
        name = " and ".join((", ".join(names[:-1]), names[-1]))
        source = FoundSource(name=name, named=True, kind=SourceKind.GROUP, members=places, count=len(places))
        return self._place(("group", *places), source, at)

    def _pair_before(self, start: int) -> list[EntityMention] | None:
        """The two persons last named side by side before `start`."""
        low = max(0, start - _PAIR_REACH)
        persons = [n for n in self.names_in(low, start) if n.kind is EntityKind.PERSON and n.end <= start]
        for one, other in reversed(list(itertools.pairwise(persons))):
            if re.fullmatch(r"(?:,[^,.;]{0,60},?)?\s+and\s+(?:[\w.’'-]+\s+){0,3}", self.text[one.end : other.start]):
                return [one, other]
        return None

    def _link_office(self, place: int, phrase: Phrase) -> None:
        """A spokesperson and the body spoken for are two sources, linked."""
        if self.sources[place].office_of is not None:
            return
        if not _SPOKESPERSON.search(self.text, phrase.start, phrase.end):
            return
        bodies = [n for n in self.names_in(phrase.start, phrase.end) if n is not phrase.name]
        bodies = [n for n in bodies if n.start >= phrase.start]
        if bodies:
            body = self._of_name(bodies[0], None)
            if body != place:
                self.sources[place].office_of = body

    def told(self) -> list[Told]:
        """By what each source was told, in the order of the sources."""
        return [
            Told(entity=self._entity_of.get(place), phrases=tuple(self._phrases.get(place, ())))
            for place in range(len(self.sources))
        ]

    def meant_by(self, start: int, end: int) -> Entity | None:
        """The named entity that a name or a definite description at [start, end) stands for."""
        entity = self.entities.entity_at(start, end)
        if entity is not None and MentionForm.NAME in self._forms(entity):
            return entity
        phrase = read_phrase(self.text, start, end, self.names_in(start, end))
        before = self.text[max(0, start - 4) : start].lower()
        if phrase is None or phrase.name is not None or not (before == "the " or phrase.determiner == "the"):
            return None
        spoken = self._spoken[: bisect_left(self._spoken, start, key=itemgetter(0))]
        found = self._descriptions.meant_by(phrase, spoken, None)
        bare = len(self.text[slice(*phrase.core)].split()) == 1
        return found if bare or (found is not None and self._descriptions.is_named_by(found, phrase)) else None

    # Sources from words

    def _kind_of(self, entity: Entity, tagged: EntityKind) -> EntityKind:
        """What the pronouns that stand for a name say of its kind, or else what it was tagged."""
        words = {self.text[m.start : m.end].lower() for m in entity.mentions if m.form is MentionForm.PRONOUN}
        if words & {"he", "she", "him", "his", "her"}:
            return EntityKind.PERSON
        if tagged is EntityKind.PERSON and words & {"it", "its"}:
            return EntityKind.ORGANISATION
        return tagged

    def _named(
        self, at: EntityMention, names: Sequence[EntityMention], tagged: EntityKind | None = None
    ) -> FoundSource:
        name = fullest_name(self.text, names)
        kind = kind_of_name(name, tagged or at.kind)
        return FoundSource(name=name, named=True, kind=kind, entry=find_entry(name))

    def _described(self, start: int, end: int) -> FoundSource:
        names = self.names_in(start, end)
        phrase = read_phrase(self.text, start, end, names)
        words = _ARTICLE.sub("", _RELATIVE.sub("", " ".join(self.text[start:end].split())) or self.text[start:end])
        if phrase is None:
            return FoundSource(name=words, named=False, kind=SourceKind.ANONYMOUS)
        kind = kind_of_phrase(phrase, names, self.text)
        count = phrase.count if kind in (SourceKind.ANONYMOUS, SourceKind.GROUP) else None
        core = self.text[phrase.core[0] : phrase.core[1]]
        if kind in _BODIES and _CAPITALISED.fullmatch(core) and not phrase.is_plural:
            return FoundSource(name=core, named=True, kind=kind, entry=find_entry(core))
        return FoundSource(name=words, named=False, kind=kind, count=count)

    def _place(self, key: Hashable, source: FoundSource, at: Range | None) -> int:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.sources)
            self.sources.append(source)
        if at is not None:
            self.sources[place].mentions.add(at)
        return place


def _may_be(phrase: Phrase, entity: Entity, text: str, names: Sequence[EntityMention]) -> bool:
    """Whether what the phrase says may be said of the named entity: a ministry is no person."""
    source_kind = kind_of_phrase(phrase, names, text)
    person = source_kind in (SourceKind.PERSON, SourceKind.ANONYMOUS) and not phrase.is_plural
    if phrase.possessor is not None or phrase.determiner in ("his", "her", "their", "its"):
        return False
    return person == (entity.kind is EntityKind.PERSON)
