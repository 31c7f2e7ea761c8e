"""Which profiles of one key are one source on strong evidence alone.

People need a full name, and beside it the same body with functions that go together, or an office that few hold;
bodies, outlets and documents a name that hardly any other has. Nothing is chained: a profile that would fit two which
do not go together stays apart from both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sourceline.model.source import SourceKind
from sourceline.resolve.identity.bodies import Body, are_kin, is_distinctive_name, is_part_by_name
from sourceline.resolve.identity.groups import Groups
from sourceline.resolve.identity.keys import is_full_name
from sourceline.resolve.identity.profiles import Described

MOST_BODIES = 12
"""Bodies that one office or function is compared over; where more have it, nothing is joined by it."""

_BODIES = frozenset((SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.MEDIA, SourceKind.DOCUMENT))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Profiles that are one, in the order of their ids."""

    members: tuple[Described, ...]


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
    distinctive = {name: is_distinctive_name(name) for name in {one.profile.name for one in alike}}
    clear = [one for one in alike if distinctive[one.profile.name]]
    clusters = _each_alone([one for one in alike if not distinctive[one.profile.name]])
    owned: dict[str, list[Described]] = defaultdict(list)
    for one in clear:
        if one.body is not None:
            owned[one.body.key].append(one)
    if len(owned) < 2:
        return clusters + ([Cluster(tuple(clear))] if clear else [])
    return clusters + [Cluster(tuple(ones)) for ones in owned.values()] + _each_alone([o for o in clear if not o.body])


def _merge_worded_alike(ones: Sequence[Described]) -> list[Cluster]:
    """Of one full name, and one body or none: those whose roles are the same words but for case and the like."""
    worded: dict[tuple[str, ...], list[Described]] = defaultdict(list)
    for one in ones:
        worded[one.function.words if one.function else ()].append(one)
    silent = worded.pop((), [])
    return [Cluster(tuple(same)) for same in worded.values()] + _each_alone(silent)


def _merge_people(alike: Sequence[Described]) -> list[Cluster]:
    """One full name. First within each body and beside none, then over bodies."""
    within: dict[str, list[Described]] = defaultdict(list)
    clusters: list[Cluster] = []
    for one in alike:
        within[one.body.key if one.body else ""].append(one)
    clusters += _merge_worded_alike(within.pop("", []))
    for ones in within.values():
        clusters += _merge_within(ones)
    return _merge_over_bodies(clusters)


def _merge_within(ones: Sequence[Described]) -> list[Cluster]:
    """Of one body: those of one family of functions; those of none in particular ("an official") only where one family
    is there and few belong to the body."""
    families: dict[str, list[Described]] = defaultdict(list)
    for one in ones:
        families[_field_of(one)].append(one)
    plain = families.pop("", [])
    clusters = [cluster for family in families.values() for cluster in _by_gender(family)]
    if not plain:
        return clusters
    if not all(one.body is not None and one.body.is_distinctive for one in plain):
        return clusters + _merge_worded_alike(plain)
    if len(clusters) == 1:
        members = sorted((*clusters[0].members, *plain), key=_by_id)
        if len(_by_gender(members)) == 1:
            return [Cluster(tuple(members))]
        return clusters + _each_alone(plain)
    return [*clusters, Cluster(tuple(plain))]


def _field_of(one: Described) -> str:
    """The family of functions. In a state or party only of public ones, as a country has economists and physicists of
    one name; in what is but a word only the same noun of a known family. "" for what anybody is."""
    if one.function is None:
        return ""
    if one.body is None or one.function.is_public or not (one.body.is_broad or one.body.is_word):
        return one.function.family
    return f"as {one.function.head}" if one.function.is_known and not one.body.is_broad else ""


def _fields_beyond(one: Described) -> set[str]:
    """What may show that one of another body is the same: the family, or the same noun of a known one."""
    if one.body is None or one.function is None:
        return set()
    noun = {f"as {one.function.head}"} if one.function.is_known else set()
    return (noun | {_field_of(one)}) - {""}


def _by_gender(ones: Sequence[Described]) -> list[Cluster]:
    """One cluster, unless a spokesman and a spokeswoman are in it: then a spokesperson fits two and stays apart."""
    told: dict[bool | None, list[Described]] = defaultdict(list)
    for one in ones:
        told[one.function.masculine if one.function else None].append(one)
    if not (told.get(True) and told.get(False)):
        return [Cluster(tuple(ones))]
    return [Cluster(tuple(told[True])), Cluster(tuple(told[False])), *_each_alone(told.get(None, []))]


def _merge_over_bodies(clusters: list[Cluster]) -> list[Cluster]:
    """Joins clusters with an office that few hold, where all their bodies can be one person's, and those with
    functions that go together where all their bodies are different but one by name ("Hallen", "Hallen police")."""
    offices: dict[str, list[int]] = defaultdict(list)
    fields: dict[str, list[int]] = defaultdict(list)
    for i, cluster in enumerate(clusters):
        for office in {office for one in cluster.members if one.function for office in one.function.offices}:
            offices[office].append(i)
        for field in {field for one in cluster.members for field in _fields_beyond(one)}:
            fields[field].append(i)
    groups = Groups(len(clusters))
    for numbers in offices.values():
        if _go_together([clusters[i] for i in numbers], are_kin):
            groups.join(numbers)
    for numbers in fields.values():
        held = [clusters[i] for i in numbers]
        if len(_bodies_of(held)) == len(held) and _go_together(held, is_part_by_name):
            groups.join(numbers)
    merged: list[Cluster] = []
    for numbers in groups.members():
        parts = [clusters[i] for i in numbers]
        if len(parts) > 1 and _go_together(parts, are_kin):
            merged.append(Cluster(tuple(sorted((one for part in parts for one in part.members), key=_by_id))))
        else:
            merged += parts
    return merged


def _go_together(clusters: Sequence[Cluster], agree: Callable[[Body, Body], bool]) -> bool:
    """Whether all bodies agree in pairs and no spokesman is with a spokeswoman. Each cluster is of one body or none."""
    bodies = _bodies_of(clusters)
    told = {one.function.masculine for cluster in clusters for one in cluster.members if one.function is not None}
    return (
        len(bodies) <= MOST_BODIES
        and not {True, False} <= told
        and all(agree(a, b) for a, b in combinations(bodies.values(), 2))
    )


def _bodies_of(clusters: Sequence[Cluster]) -> dict[str, Body]:
    firsts = (cluster.members[0] for cluster in clusters)
    return {one.body.key: one.body for one in firsts if one.body is not None}


def _by_id(one: Described) -> str:
    return one.profile.id
