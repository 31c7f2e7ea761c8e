"""Who speaks, as matching and tracing need it: a source without its reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sourceline.match.mentions.tokens import Token
from sourceline.model.claim import Voice
from sourceline.model.reading import Reading
from sourceline.model.source import Source, SourceKind


class Voices:
    """The voices of one reading, each made once."""

    def __init__(self, reading: Reading, profiles: Mapping[str, str]) -> None:
        """profiles: the id of a source's profile across documents, by the source's id in the reading."""
        self._sources = {source.id: source for source in reading.sources}
        self._profiles = profiles
        self._made: dict[str, Voice] = {}
        self._places = {span.start: source.id for source in reading.sources for span in source.mentions}

    def source(self, name: str | None) -> Source | None:
        return None if name is None else self._sources.get(name)

    def voice(self, name: str | None) -> Voice | None:
        """The voice of the source with this id; None where there is none."""
        source = self.source(name)
        if source is None:
            return None
        return self._made.get(source.id) or self._make(source)

    def _make(self, source: Source) -> Voice:
        office = self.source(source.office_of)
        members = (self.source(member) for member in source.members)
        self._made[source.id] = Voice(
            source=source.id,
            name=source.name,
            named=source.named,
            kind=source.kind,
            role=source.role,
            affiliation=source.affiliation,
            office_of=None if office is None else office.name,
            count=source.count,
            members=tuple(member.name for member in members if member is not None),
            profile=self._profiles.get(source.id),
        )
        return self._made[source.id]

    def named(self, text: str, words: Sequence[Token]) -> Voice:
        """The voice that these words name: a source's that is mentioned there or whose name ends alike, or one of the
        words' own."""
        for token in words:
            voice = self.voice(self._places.get(token.start))
            if voice is not None:
                return voice
        name = text[words[0].start : words[-1].end]
        noun = words[-1].lower
        for source in self._sources.values():
            if source.named and noun in source.name.lower().split():
                return self._made.get(source.id) or self._make(source)
        bare = name.removeprefix("the ").removeprefix("The ")
        named = all(t.text[0].isupper() for t in words if t.is_word and t.lower != "the")
        return Voice(source="", name=bare, named=named, kind=SourceKind.ANONYMOUS)

    def voices(self, names: Iterable[str]) -> tuple[Voice, ...]:
        return tuple(voice for name in names if (voice := self.voice(name)) is not None)
