"""Which profiles of one key are one source on strong evidence alone.

People need a full name, and beside it the same body with functions that go together, or an office that few hold; bodies,
outlets and documents a name that hardly any other has. Nothing is chained: a profile that would fit two which do not go
together stays apart from both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sourceline.model.source import SourceKind
from sourceline.resolve.identity.bodies import are_kin, is_distinctive_name
from sourceline.resolve.identity.groups import Groups
from sourceline.resolve.identity.keys import is_full_name
from sourceline.resolve.identity.profiles import Described

MOST_BODIES = 12
"""Bodies that one office is compared over; where more have it, nothing is joined by it."""

_BODIES = frozenset((SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA, SourceKind.DOCUMENT))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Profiles that are one, in the order of their ids, and by what office where no body shows it."""

    members: tuple[Described, ...]
    office: str | None = None


def merge_alike(described: Sequence[Described]) -> list[Cluster]:
    """The profiles in clusters; the rest alone. Linear in their number."""
    named: dict[tuple[str, SourceKind], list[Described]] = defaultdict(list)
    for one in described:
        named[one.profile.key, one.profile.kind].append(one)
    clusters: list[Cluster] = []
    for (key, kind), alike in sorted(named.items()):
        if kind is SourceKind.PERSON and is_full_name(key):
            clusters += _merge_people(alike)
        elif kind in _BODIES:
            clusters += _merge_bodies(alike)
        else:
            clusters += _each_alone(alike)
    return clusters


def _each_alone(described: Sequence[Described]) -> list[Cluster]:
    return [Cluster((one,)) for one in described]


def _merge_bodies(alike: Sequence[Described]) -> list[Cluster]:
    """One name and kind: all in one if none is of another body than the rest ("the Annual Report" of two banks)."""
    clear = [one for one in alike if is_distinctive_name(one.profile.name)]
    clusters = _each_alone([one for one in alike if not is_distinctive_name(one.profile.name)])
    owned: dict[str, list[Described]] = defaultdict(list)
    for one in clear:
        if one.body is not None:
            owned[one.body.key].append(one)
    if len(owned) < 2:
        return clusters + ([Cluster(tuple(clear))] if clear else [])
    return clusters + [Cluster(tuple(ones)) for ones in owned.values()] + _each_alone([o for o in clear if not o.body])


def _merge_people(alike: Sequence[Described]) -> list[Cluster]:
    """One full name. First within each body, then over bodies and beside none by an office that few hold."""
    within: dict[str, list[Described]] = defaultdict(list)
    clusters: list[Cluster] = []
    for one in alike:
        if one.body is not None:
            within[one.body.key].append(one)
        else:
            clusters.append(Cluster((one,)))
    for ones in within.values():
        clusters += _merge_within(ones)
    return _merge_offices(clusters)


def _merge_within(ones: Sequence[Described]) -> list[Cluster]:
    """Of one body: those of one family of functions; those of none in particular ("an official") only where one family
    is there and few belong to the body."""
    families: dict[str, list[Described]] = defaultdict(list)
    for one in ones:
        families[one.function.family if one.function else ""].append(one)
    plain = families.pop("", [])
    clusters = [cluster for family in families.values() for cluster in _by_gender(family)]
    if not plain:
        return clusters
    if not all(one.body is not None and one.body.is_distinctive for one in plain):
        return clusters + _each_alone(plain)
    if len(clusters) == 1:
        members = sorted((*clusters[0].members, *plain), key=_by_id)
        if len(_by_gender(members)) == 1:
            return [Cluster(tuple(members))]
        return clusters + _each_alone(plain)
    return [*clusters, Cluster(tuple(plain))]


def _by_gender(ones: Sequence[Described]) -> list[Cluster]:
    """One cluster, unless a spokesman and a spokeswoman are in it: then a spokesperson fits two and stays apart."""
    told: dict[bool | None, list[Described]] = defaultdict(list)
    for one in ones:
        told[one.function.masculine if one.function else None].append(one)
    if not (told.get(True) and told.get(False)):
        return [Cluster(tuple(ones))]
    return [Cluster(tuple(told[True])), Cluster(tuple(told[False])), *_each_alone(told.get(None, []))]


def _merge_offices(clusters: list[Cluster]) -> list[Cluster]:
    """Joins the clusters with an office that few hold, where all their bodies can be one person's."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, cluster in enumerate(clusters):
        for office in {office for one in cluster.members if one.function for office in one.function.offices}:
            holders[office].append(i)
    groups = Groups(len(clusters))
    by_office: dict[int, str] = {}
    for office, numbers in sorted(holders.items()):
        if len(numbers) > 1 and _go_together([clusters[i] for i in numbers]):
            groups.join(numbers)
            by_office.update(dict.fromkeys(numbers, office))
    merged: list[Cluster] = []
    for numbers in groups.members():
        parts = [clusters[i] for i in numbers]
        if len(parts) > 1 and _go_together(parts):
            members = tuple(sorted((one for part in parts for one in part.members), key=_by_id))
            merged.append(Cluster(members, office=min(by_office[i] for i in numbers)))
        else:
            merged += [replace(part, office=None) for part in parts]
    return merged


def _go_together(clusters: Sequence[Cluster]) -> bool:
    """Each cluster is still of one body, or none."""
    firsts = (cluster.members[0] for cluster in clusters)
    bodies = {one.body.key: one.body for one in firsts if one.body is not None}
    return len(bodies) <= MOST_BODIES and all(are_kin(a, b) for a, b in combinations(bodies.values(), 2))


def _by_id(one: Described) -> str:
    return one.profile.id
