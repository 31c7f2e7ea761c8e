"""Profiles and judgements in a line each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from sourceline.model.identity import Identity, Profile
from sourceline.model.ids import content_id
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.model.source import Source, SourceKind
from sourceline.resolve.identity import identify, profile_of

_MORNING = datetime(2031, 3, 6, 9, tzinfo=UTC)


def person(name: str, role: str | None = None, affiliation: str | None = None) -> Profile:
    """A named person of some document."""
    return _profile(Source(id="s1", name=name, named=True, kind=SourceKind.PERSON, role=role, affiliation=affiliation))


def body(name: str, kind: str = "organisation", affiliation: str | None = None) -> Profile:
    """A named source of another kind."""
    return _profile(Source(id="s1", name=name, named=True, kind=SourceKind(kind), affiliation=affiliation))


def same(first: Named | Profile, second: Named | Profile, hour: int = 0, *, undone: bool = False) -> Judgement:
    """Ada's word, so many hours after nine."""
    return _judgement(Verdict.SAME, first, second, hour, undone)


def different(first: Named | Profile, second: Named | Profile, hour: int = 0, *, undone: bool = False) -> Judgement:
    """Ada's word, so many hours after nine."""
    return _judgement(Verdict.DIFFERENT, first, second, hour, undone)


def groups(profiles: Collection[Profile], judgements: Iterable[Judgement] = ()) -> set[frozenset[str]]:
    """The identities as sets of profile ids."""
    return {frozenset(identity.profiles) for identity in identify(profiles, list(judgements))}


def together(first: Profile, second: Profile, identities: Iterable[Identity]) -> bool:
    """Whether two profiles are one source."""
    return any({first.id, second.id} <= set(identity.profiles) for identity in identities)


def _profile(source: Source) -> Profile:
    profile = profile_of(source)
    assert profile is not None
    return profile


def _judgement(verdict: Verdict, first: Named | Profile, second: Named | Profile, hour: int, undone: bool) -> Judgement:
    sources = _named(first), _named(second)
    at = _MORNING + timedelta(hours=hour)
    id = content_id(verdict, *sources, hour)
    return Judgement(id=id, at=at, by="Ada", verdict=verdict, sources=sources, undone=undone)


def _named(source: Named | Profile) -> Named:
    if isinstance(source, Named):
        return source
    return Named(name=source.name, role=source.role, affiliation=source.affiliation)
