"""Mentions joined so far, and how one more is put with those it most probably means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sourceline.resolve.agreement import Agreement
from sourceline.resolve.mentions import Mentions
from sourceline.resolve.names import NameLinks
from sourceline.resolve.pronouns import Ranking, Speakers

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_OPPOSITE = {int(Agreement.HE): int(Agreement.SHE), int(Agreement.SHE): int(Agreement.HE)}


class Clusters:
    """Mentions joined so far (union-find), and the pronouns "he" and "she" that each cluster has taken."""

    def __init__(
        self, text: str, mentions: Mentions, groups: Ints, links: NameLinks, genders: Floats, ranking: Ranking
    ) -> None:
        self._parent = list(range(len(mentions)))
        self._classes = mentions.classes.tolist()
        self._agreed: dict[int, set[int]] = {}
        self.sure = [1.0] * len(mentions)
        self._speakers = Speakers(text, mentions, genders, ranking)
        self._spoken = mentions.spoken.tolist()
        self._passed = 0
        self._group: dict[int, int] = {}
        first: dict[int, int] = {}
        for i, group in enumerate(groups.tolist()):
            if group < 0:
                continue
            root = first.setdefault(group, i)
            self._parent[i] = root
            self._group[root] = group
            masculine = links.masculine[group]
            if masculine is not None:
                self._agreed[root] = {int(Agreement.HE if masculine else Agreement.SHE)}

    def root(self, i: int) -> int:
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def choose(self, anaphor: int, likely: list[tuple[int, float]], none: float) -> None:
        """Joins the anaphor to the most probable cluster of its candidates, unless none of them is as probable."""
        self._pass_by(anaphor)
        sums: dict[int, float] = {}
        own = self.root(anaphor)
        for candidate, share in likely:
            root = self.root(candidate)
            sums[root] = sums.get(root, 0.0) + share
        sums = {root: share for root, share in sums.items() if not self._clash(own, root, anaphor)}
        if self._spoken[anaphor] and self._classes[anaphor] in _OPPOSITE:
            ranked = self._speakers.rank(anaphor, sums)
            ranked = {root: share for root, share in ranked.items() if not self._clash(own, root, anaphor)}
            if ranked:
                sums, none = ranked, 0.0
        best = max(sums, key=sums.__getitem__, default=own)
        total = sum(sums.values()) + none
        share = sums.get(best, 0.0)
        if share <= none:
            self.sure[anaphor] = none / max(total, 1e-6)
            return
        self.sure[anaphor] = share / max(total, 1e-6)
        self._merge(own, best, anaphor)

    def _pass_by(self, anaphor: int) -> None:
        """Lets the mentions up to the anaphor come by, each with the cluster that it is in by now."""
        for mention in range(self._passed, anaphor):
            self._speakers.pass_by(mention, self.root(mention))
        self._passed = anaphor

    def _clash(self, own: int, other: int, anaphor: int) -> bool:
        if own != other and own in self._group and other in self._group:
            return True
        agreed = self._agreed.get(other, ())
        mine = {self._classes[anaphor], *self._agreed.get(own, ())}
        return any(_OPPOSITE.get(c) in agreed for c in mine)

    def _merge(self, own: int, other: int, anaphor: int) -> None:
        agreed = self._agreed.pop(own, set()) | self._agreed.pop(other, set())
        if self._classes[anaphor] in _OPPOSITE:
            agreed.add(self._classes[anaphor])
        group = self._group.get(other, self._group.get(own))
        self._parent[own] = other
        self._speakers.join(own, other)
        if agreed:
            self._agreed[other] = agreed
        if group is not None:
            self._group[other] = group
