"""What speaks against two profiles being one source: kinds that cannot be the same, other functions, other bodies."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from sourceline.model.source import SourceKind
from sourceline.resolve.identity.bodies import Body, are_kin
from sourceline.resolve.identity.functions import Function
from sourceline.resolve.identity.profiles import Described

_BODIES = frozenset((SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA))
_PUBLISHED = frozenset((SourceKind.MEDIA, SourceKind.DOCUMENT))
_JOINED = frozenset((SourceKind.ORGANISATION, SourceKind.GROUP))

MOST_COMPARED = 16
"""Different descriptions that are compared with each other; more are held to contradict."""


def can_be_one_kind(a: SourceKind, b: SourceKind) -> bool:
    """Whether one source may be read as either kind: a coast guard as a government or an organisation, never a person
    as a body."""
    return a is b or any({a, b} <= kinds for kinds in (_BODIES, _PUBLISHED, _JOINED))


def functions_differ(a: Function | None, b: Function | None) -> bool:
    """Whether two roles are told and don't go together."""
    if a is None or b is None or "" in (a.family, b.family):
        return False
    return a.family != b.family or {a.masculine, b.masculine} == {True, False}


def bodies_differ(a: Body | None, b: Body | None) -> bool:
    """Whether two affiliations are told and don't go together."""
    return a is not None and b is not None and not are_kin(a, b)


def any_contradict(described: Collection[Described]) -> bool:
    """Whether any two of them could not be one source by kind, role or affiliation."""
    told = {
        (
            one.profile.kind,
            one.function and (one.function.family, one.function.masculine),
            one.body and one.body.key,
        ): one
        for one in described
    }
    return len(told) > MOST_COMPARED or any(_contradict(a, b) for a, b in combinations(told.values(), 2))


def _contradict(a: Described, b: Described) -> bool:
    return (
        not can_be_one_kind(a.profile.kind, b.profile.kind)
        or functions_differ(a.function, b.function)
        or bodies_differ(a.body, b.body)
    )
