"""Sets that are joined: a forest over numbers, with the least number as each set's root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Groups:
    """`size` numbers from 0, each alone at first."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, numbers: Iterable[int]) -> None:
        roots = {self.root(i) for i in numbers}
        for root in roots:
            self._parent[root] = min(roots)

    def members(self) -> list[list[int]]:
        """The sets, each in ascending order, by their least numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            found[self.root(i)].append(i)
        return [found[root] for root in sorted(found)]
