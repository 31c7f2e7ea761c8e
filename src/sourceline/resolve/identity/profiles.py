"""What one document says of a named source, ready to be compared with what another says."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sourceline.model.identity import Profile
from sourceline.model.ids import content_id
from sourceline.model.source import Source, SourceKind
from sourceline.resolve.identity.bodies import Body, is_distinctive_name, read_body
from sourceline.resolve.identity.functions import Function, read_function
from sourceline.resolve.identity.keys import fold_key, is_full_name


def profile_of(source: Source) -> Profile | None:
    """The source as its document describes it; None where it has no name."""
    key = fold_key(source.name, source.kind) if source.named else ""
    if not key:
        return None
    ids = json.dumps(dict(source.ids), sort_keys=True, ensure_ascii=False)
    parts = key, source.name, source.kind.value, source.role or "", source.affiliation or "", ids
    return Profile(
        id=content_id(*parts),
        key=key,
        name=source.name,
        kind=source.kind,
        role=source.role,
        affiliation=source.affiliation,
        ids=dict(source.ids),
    )


def may_be_several(profile: Profile) -> bool:
    """Whether documents may well mean several by these words: a surname, a full name beside nothing, a name that many
    have ("the Supreme Court"). They share a profile all the same, and nothing is merged with it by itself."""
    if profile.kind is SourceKind.PERSON:
        described = read_function(profile.role) or read_body(profile.affiliation)
        return described is None or not is_full_name(profile.key)
    return profile.kind is SourceKind.GROUP or not is_distinctive_name(profile.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A profile with its role and affiliation read."""

    profile: Profile
    function: Function | None
    body: Body | None


def describe(profile: Profile) -> Described:
    """The profile with what its role and affiliation say."""
    return Described(profile=profile, function=read_function(profile.role), body=read_body(profile.affiliation))


def describe_all(profiles: Collection[Profile]) -> list[Described]:
    """Each profile once, in the order of their ids."""
    return [describe(profile) for _, profile in sorted({p.id: p for p in profiles}.items())]
