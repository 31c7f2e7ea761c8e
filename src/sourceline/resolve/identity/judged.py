"""What people have decided about names: which of their words stand, and which profiles those are about.

A judgement describes its two sources by name, role and affiliation, because ids change when a text is read anew. A
profile is meant by the description that it fits better: one whose given fields it contradicts in nothing and shares at
least one of, an exact wording before a kindred one. A description that gives a name only fits all profiles of the name,
one that gives a kind no profile of another kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sourceline.lexicon.fold import show_letters
from sourceline.model.judgement import Judgement, Named, Verdict
from sourceline.resolve.identity.bodies import are_kin, body_words, read_body
from sourceline.resolve.identity.functions import read_function
from sourceline.resolve.identity.groups import Groups
from sourceline.resolve.identity.keys import fold_words, name_keys
from sourceline.resolve.identity.profiles import Described

Label = tuple[str, bool]
"""A judgement's id, and whether the first of its two sources is meant."""

Fit = tuple[int, int, bool]
_NONE: Fit = (-1, -1, False)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements of pairs that hold, in the order they were made: not taken back, and of the very same pair only
    the latest (of equal times the one with the greater id)."""
    latest: dict[frozenset[object], Judgement] = {}
    for judgement in sorted(judgements, key=_when):
        if judgement.verdict in (Verdict.SAME, Verdict.DIFFERENT) and len(judgement.sources) == 2:
            pair = frozenset(map(folded, judgement.sources))
            if not judgement.undone:
                latest[pair] = judgement
    return sorted(latest.values(), key=_when)


def judged_keys(judgement: Judgement) -> frozenset[str]:
    """The keys whose identities a judgement bears on, whether it stands or not."""
    return frozenset(key for named in judgement.sources for key in name_keys(named.name))


def linked_keys(keys: Collection[str], judgements: Collection[Judgement]) -> frozenset[str]:
    """The keys, and those that must be identified together with them because people hold them to be one.

    Where a judgement was made, taken back or overruled, ask with its `judged_keys`: what it joined has to be looked at
    from both ends.
    """
    numbers: dict[str, int] = {}
    links = [judged_keys(judgement) for judgement in standing(judgements) if judgement.verdict is Verdict.SAME]
    for key in (*keys, *(key for link in links for key in link)):
        numbers.setdefault(key, len(numbers))
    groups = Groups(len(numbers))
    for link in links:
        groups.join(numbers[key] for key in link)
    wanted = {groups.root(numbers[key]) for key in keys}
    return frozenset(key for key, number in numbers.items() if groups.root(number) in wanted)


def fit(one: Described, named: Named) -> Fit | None:
    """How well a profile of the described name fits the rest, None where it doesn't: points for the given fields, how
    many of all fields are exactly alike, and whether the name is written alike."""
    profile = one.profile
    if named.kind is not None and named.kind is not profile.kind:
        return None
    fields = (_fit_role(one, named.role), _fit_body(one, named.affiliation))
    points = sum(points or 0 for points in fields)
    given = named.role is not None, named.affiliation is not None
    if None in fields or (any(given) and not points):
        return None
    exact = sum(
        fold_words(mine or "") == fold_words(theirs or "")
        for mine, theirs in ((profile.role, named.role), (profile.affiliation, named.affiliation))
    )
    return points, exact, show_letters(profile.name) == show_letters(named.name)


def label_profiles(described: Sequence[Described], judgements: Sequence[Judgement]) -> list[set[Label]]:
    """For each profile, in which judgements it is one of the two, and which."""
    labels: list[set[Label]] = [set() for _ in described]
    places = places_by_key(described)
    for judgement in judgements:
        first, second = judgement.sources
        ones, others = fitting(described, places, first), fitting(described, places, second)
        for i in ones.keys() | others.keys():
            mine, other = ones.get(i, _NONE), others.get(i, _NONE)
            if mine != other:
                labels[i].add((judgement.id, mine > other))
    return labels


def fitting(described: Sequence[Described], places: Mapping[str, list[int]], named: Named) -> dict[int, Fit]:
    """The numbers of the profiles that fit a description."""
    fits = ((i, fit(described[i], named)) for key in sorted(name_keys(named.name)) for i in places.get(key, ()))
    return {i: points for i, points in fits if points is not None}


def places_by_key(described: Sequence[Described]) -> dict[str, list[int]]:
    """The numbers of the profiles of each key."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(described):
        places[one.profile.key].append(i)
    return places


def opposite(label: Label) -> Label:
    """The other one of the same judgement."""
    return label[0], not label[1]


def _fit_role(one: Described, role: str | None) -> int | None:
    """3 for the same words, 2 for the same office, 1 for a function of the same family, 0 where either is silent, None
    for another."""
    if role is None or one.profile.role is None:
        return 0
    if fold_words(role) == fold_words(one.profile.role):
        return 3
    wanted = read_function(role)
    if wanted is None or one.function is None or "" in (wanted.family, one.function.family):
        return 0
    if wanted.offices & one.function.offices:
        return 2
    genders = {wanted.masculine, one.function.masculine}
    return 1 if wanted.family == one.function.family and not {True, False} <= genders else None


def _fit_body(one: Described, affiliation: str | None) -> int | None:
    """2 for the same body, 1 for a kindred one, 0 where either is silent, None for another."""
    if affiliation is None or one.profile.affiliation is None:
        return 0
    if body_words(affiliation) == body_words(one.profile.affiliation):
        return 2
    wanted = read_body(affiliation)
    if wanted is None or one.body is None:
        return 0
    if wanted.key == one.body.key:
        return 2
    return 1 if are_kin(wanted, one.body) else None


def folded(named: Named) -> tuple[object, ...]:
    """A description by which the very same one is known again."""
    return show_letters(named.name), fold_words(named.role or ""), fold_words(named.affiliation or ""), named.kind


def _when(judgement: Judgement) -> tuple[datetime, str]:
    at = judgement.at
    return (at if at.tzinfo else at.replace(tzinfo=UTC)), judgement.id
