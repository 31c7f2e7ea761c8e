"""Which source somebody means: what is given as a name or an id, as a judgement describes it.

A name is taken as it was given, so that it means all who are called that. An id is that of a profile or of an identity,
which has the id of its first profile: between two profiles of one identity it means the profile, else the identity that
the profile belongs to. Two who are called alike and of whom nothing else is said are told apart by their kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from sourceline.model.identity import Profile
from sourceline.model.judgement import Named
from sourceline.resolve.identity import folded, name_keys
from sourceline.store.contract import Store

Asked = str | Named
Find = Callable[[str], str]
"""The identity that a part of a name means; raises NotFound."""


def name_pair(store: Store, first: Asked, second: Asked, find: Find) -> tuple[Named, Named]:
    """Two sources as a judgement names them. Raises NotFound where one is not known, or several may be meant."""
    one, other = _meant(store, first, second, find), _meant(store, second, first, find)
    if isinstance(one, Profile) and isinstance(other, Profile) and one.kind is not other.kind:
        kinds = one.kind, other.kind
        if folded(_describe(one)) == folded(_describe(other)):
            return replace(_describe(one), kind=kinds[0]), replace(_describe(other), kind=kinds[1])
    return _describe(one), _describe(other)


def _meant(store: Store, source: Asked, other: Asked, find: Find) -> Named | Profile:
    if isinstance(source, Named):
        return source
    profile = store.profile(source)
    if profile is not None:
        within = store.identity_profiles(store.identity_of(source) or source)
        return profile if any(p.id == other for p in within) else _stated(profile, within)
    if store.profiles(name_keys(source)):
        return Named(name=source)
    first, *rest = store.identity_profiles(find(source))
    return _stated(first, rest)


def _stated(profile: Profile, others: Collection[Profile]) -> Profile:
    """The profile, or one that says more of who it is than a name, where this one doesn't."""
    return next((p for p in (profile, *others) if p.role or p.affiliation), profile)


def _describe(meant: Named | Profile) -> Named:
    if isinstance(meant, Named):
        return meant
    return Named(name=meant.name, role=meant.role, affiliation=meant.affiliation)
