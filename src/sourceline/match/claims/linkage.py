"""Average linkage over sparse links: groups whose members are, on the average of all pairs, likely enough to be one.

Unlike connected components it never chains: two groups join only where all their pairs together speak for it (Sokal and
Michener 1958). A pair without a link counts as unlikely, so that only pairs that were found alike take time: with m
links it is O(m log m) for groups that grow evenly. Which groups are made depends on the nodes, their ranks and the
links alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]
Entry = tuple[float, int, int, int, int, int]
"""Less an average, the first nodes of two groups, the groups, the product of their sizes."""

UNLINKED = 0.01
"""The probability that counts for a pair without a link."""

_EVEN = 0.02
"""By how much groups may have grown since they were weighed: to weigh all neighbours of a large group whenever a single
mention joins it would take quadratic time."""


def link_groups(
    sizes: Sequence[int],
    links: Mapping[Pair, float],
    *,
    least: float,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Groups of the nodes 0, 1, ... as ascending lists, in the order of their first nodes.

    sizes: how many mentions each node stands for. links: probabilities of pairs (i < j). least: the average that joins
    two groups. together and apart: pairs that must and must not be in one group; where the two contradict each other,
    what must be together is.
    """
    groups = _Groups(sizes, links)
    groups.constrain(together, apart)
    groups.settle(least)
    return groups.listed()


class _Groups:
    """Groups are known by any of their nodes, and ranked by their first; what is larger takes in what is smaller."""

    def __init__(self, sizes: Sequence[int], links: Mapping[Pair, float]) -> None:
        nodes = range(len(sizes))
        self._members = {node: [node] for node in nodes}
        self._first = list(nodes)
        self._sizes = list(sizes)
        self._weighed = list(sizes)
        self._excess: dict[int, dict[int, float]] = {node: {} for node in nodes}
        self._forbidden: dict[int, set[int]] = {}
        for (first, second), probability in sorted(links.items()):
            excess = (probability - UNLINKED) * sizes[first] * sizes[second]
            self._excess[first][second] = self._excess[second][first] = excess

    def constrain(self, together: Iterable[Pair], apart: Iterable[Pair]) -> None:
        of = list(range(len(self._sizes)))
        for first, second in sorted(together):
            if of[first] != of[second]:
                kept, _ = self._merge(of[first], of[second])
                for node in self._members[kept]:
                    of[node] = kept
        for first, second in apart:
            if of[first] != of[second]:
                self._forbidden.setdefault(of[first], set()).add(of[second])
                self._forbidden.setdefault(of[second], set()).add(of[first])

    def settle(self, least: float) -> None:
        """Joins the two groups that are likeliest to be one, again and again."""
        heap = [entry for one in self._excess for entry in self._entries(one, self._excess[one], least)]
        heapify(heap)
        while heap:
            entry = heappop(heap)
            one, other, size = entry[3:]
            if not (self._sizes[one] and self._sizes[other]) or self._is_forbidden(one, other):
                continue
            if self._sizes[one] * self._sizes[other] > size * (1 + _EVEN):
                for fresh in self._entries(one, (other,), least):
                    heappush(heap, fresh)
                continue
            for fresh in self._entries(*self._merged(one, other), least):
                heappush(heap, fresh)

    def listed(self) -> list[list[int]]:
        return sorted(sorted(members) for members in self._members.values())

    def _entries(self, one: int, others: Iterable[int], least: float) -> Iterable[Entry]:
        """What joining a group with each of others linked to it is worth, and the sizes at which that holds."""
        for other in others:
            size = self._sizes[one] * self._sizes[other]
            average = UNLINKED + self._excess[one][other] / size
            if average >= least:
                first, second = sorted((self._first[one], self._first[other]))
                # sums differ in their last digits with the order of adding: they are not what decides a tie
                yield -round(average, 9), first, second, one, other, size

    def _merged(self, one: int, other: int) -> tuple[int, Iterable[int]]:
        """Merges two groups: the one that is left, and those of its neighbours that have to be weighed again. All are
        where it has grown by much since they last were; else only those that the smaller one brought."""
        brought = {*self._excess[one]}, {*self._excess[other]}
        kept, _ = self._merge(one, other)
        if self._sizes[kept] >= self._weighed[kept] * (1 + _EVEN):
            self._weighed[kept] = self._sizes[kept]
            return kept, list(self._excess[kept])
        return kept, [group for group in brought[kept == one] if group != kept]

    def _is_forbidden(self, one: int, other: int) -> bool:
        return other in self._forbidden.get(one, ())

    def _merge(self, one: int, other: int) -> Pair:
        """The group that took in, and the one that is gone."""
        weights = [len(self._excess[group]) + len(self._members[group]) for group in (one, other)]
        keep, gone = (one, other) if weights[0] >= weights[1] else (other, one)
        mine, theirs = self._excess[keep], self._excess.pop(gone)
        mine.pop(gone, None)
        theirs.pop(keep, None)
        for neighbour, excess in theirs.items():
            others = self._excess[neighbour]
            del others[gone]
            others[keep] = mine[neighbour] = mine.get(neighbour, 0.0) + excess
        for enemy in self._forbidden.pop(gone, ()):
            self._forbidden[enemy].discard(gone)
            if enemy != keep:
                self._forbidden[enemy].add(keep)
                self._forbidden.setdefault(keep, set()).add(enemy)
        self._sizes[keep] += self._sizes[gone]
        self._sizes[gone] = 0
        self._first[keep] = min(self._first[keep], self._first[gone])
        self._members[keep].extend(self._members.pop(gone))
        return keep, gone
