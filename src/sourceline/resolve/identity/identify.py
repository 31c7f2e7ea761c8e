"""Which profiles are one source: strong evidence first, then what people decided, which outranks it.

DIFFERENT is applied before SAME and always holds: it splits what the evidence joined (profiles that fit both sides
equally, or neither, then stay apart from both), and no chain of SAMEs crosses it. The SAMEs are applied in the order
they were made; one that would join what a DIFFERENT keeps apart is not applied, and `judgement_conflicts` says so.
So of "A is B", "B is C", "A is not C" the later of the first two gives way. Neither the order of profiles nor that in
which judgements are given counts, and what is judged of some keys changes no others (see `linked_keys`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sourceline.model.identity import Identity, JudgementConflict, Profile
from sourceline.model.judgement import Judgement, Verdict
from sourceline.resolve.identity.groups import Groups
from sourceline.resolve.identity.judged import (
    Fit,
    Label,
    fitting,
    folded,
    label_profiles,
    opposite,
    places_by_key,
    standing,
)
from sourceline.resolve.identity.kinship import any_contradict, can_be_one_kind
from sourceline.resolve.identity.merges import Cluster, merge_alike
from sourceline.resolve.identity.profiles import Described, describe_all
from sourceline.resolve.identity.reasons import say_alike, say_judged, say_named


def identify(profiles: Collection[Profile], judgements: Collection[Judgement]) -> tuple[Identity, ...]:
    """Every profile in exactly one identity, in the order of the identities' ids."""
    return _Merger(describe_all(profiles), standing(judgements)).identities()


def judgement_conflicts(
    profiles: Collection[Profile], judgements: Collection[Judgement]
) -> tuple[JudgementConflict, ...]:
    """The standing judgements that `identify` could not follow, in the order they were made."""
    return tuple(_Merger(describe_all(profiles), standing(judgements)).conflicts)


class _Merger:
    """Clusters of evidence, split and joined by judgements (in the order they were made)."""

    def __init__(self, described: Sequence[Described], judgements: Sequence[Judgement]) -> None:
        self.conflicts: list[JudgementConflict] = []
        self._described = described
        self._places = places_by_key(described)
        labels = label_profiles(described, [j for j in judgements if j.verdict is Verdict.DIFFERENT])
        number = {one.profile.id: i for i, one in enumerate(described)}
        self._parts: list[Cluster] = []
        self._labels: list[set[Label]] = []
        self._part_of = [0] * len(described)
        for cluster in merge_alike(described):
            for numbers in _split([number[one.profile.id] for one in cluster.members], labels):
                self._add_part(numbers, set().union(*(labels[i] for i in numbers)))
        self._groups = Groups(len(self._parts))
        self._judged: dict[int, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            self._follow(judgement)

    def identities(self) -> tuple[Identity, ...]:
        found = []
        for numbers in self._groups.members():
            ids = sorted(one.profile.id for number in numbers for one in self._parts[number].members)
            reasons = [reason for number in numbers if (reason := say_alike(self._parts[number])) is not None]
            judged = [say_judged(judgement) for number in numbers for judgement in self._judged[number]]
            found.append(Identity(id=ids[0], profiles=tuple(ids), reasons=(*sorted(set(reasons)), *_once(judged))))
        return tuple(sorted(found, key=lambda identity: identity.id))

    def _add_part(self, numbers: Sequence[int], labels: set[Label]) -> None:
        for number in numbers:
            self._part_of[number] = len(self._parts)
        self._parts.append(Cluster(tuple(self._described[i] for i in numbers)))
        self._labels.append(labels)

    def _follow(self, judgement: Judgement) -> None:
        first, second = judgement.sources
        if judgement.verdict is Verdict.DIFFERENT:
            if folded(first) == folded(second) and fitting(self._described, self._places, first):
                self._report(judgement, (), f"both sides are {say_named(first)}: say what tells them apart")
            return
        meant = self._meant(judgement)
        if meant is None:
            return
        roots = {self._groups.root(self._part_of[i]) for i in meant}
        labels: set[Label] = set().union(*(self._labels[root] for root in roots))
        against = sorted({label[0] for label in labels if opposite(label) in labels})
        if against:
            self._report(judgement, tuple(against), f"{say_judged(judgement)}, but they have been judged different")
        elif len(roots) > 1:
            self._judged[min(roots)].append(judgement)
            self._groups.join(roots)
            self._labels[min(roots)] = labels

    def _meant(self, judgement: Judgement) -> set[int] | None:
        """The numbers of the profiles that a SAME is about; None where there are none, or it is unclear which."""
        first, second = (fitting(self._described, self._places, named) for named in judgement.sources)
        if not first or not second:
            return None
        first, second = self._of_one_kind(first, second), self._of_one_kind(second, first)
        if not first or not second:
            self._report(judgement, (), f"{say_judged(judgement)}, but they are of kinds that cannot be one")
            return None
        everything = first.keys() | second.keys()
        if all(self._are_one(side) for side in (first, second)):
            return set(everything)
        if not any_contradict([self._described[i] for i in everything]):
            return set(everything)
        best = [[i for i, points in side.items() if points == max(side.values())] for side in (first, second)]
        for side, named in zip(best, judgement.sources, strict=True):
            if not self._are_one(side) and any_contradict([self._described[i] for i in side]):
                reason = f"several sources are called {say_named(named)}: add role or affiliation"
                self._report(judgement, (), reason)
                return None
        return {i for side in best for i in side}

    def _of_one_kind(self, side: dict[int, Fit], other: dict[int, Fit]) -> dict[int, Fit]:
        kinds = {self._described[i].profile.kind for i in other}
        return {
            i: points
            for i, points in side.items()
            if any(can_be_one_kind(self._described[i].profile.kind, kind) for kind in kinds)
        }

    def _are_one(self, numbers: Collection[int]) -> bool:
        return len({self._groups.root(self._part_of[i]) for i in numbers}) == 1

    def _report(self, judgement: Judgement, against: tuple[str, ...], reason: str) -> None:
        self.conflicts.append(JudgementConflict(judgement=judgement.id, against=against, reason=reason))


def _split(numbers: Sequence[int], labels: Sequence[set[Label]]) -> list[list[int]]:
    """A cluster's profiles, apart wherever judgements have them on both sides: by the sides of those judgements."""
    present = set().union(*(labels[i] for i in numbers))
    dividing = {label for label in present if opposite(label) in present}
    if not dividing:
        return [list(numbers)]
    sides: dict[frozenset[Label], list[int]] = defaultdict(list)
    for i in numbers:
        sides[frozenset(labels[i] & dividing)].append(i)
    return list(sides.values())


def _once(reasons: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(reasons))
