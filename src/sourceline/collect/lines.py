"""Lines one by one, however long or many they are: an overlong one is passed over and never held whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

ENDLESS = 4 * 1024 * 1024 * 1024
"""Bytes after which a line is taken to have no end."""
_PIECE = 1 << 20
"""Bytes of an overlong line that are held at a time."""


class BoundedLines:
    """Lines with their ends; None for one longer than `limit` bytes.

    A line that goes on for `longest` bytes is the last: `endless` is True then. `number` is that of the line that was
    given last, from 1.
    """

    def __init__(self, file: BinaryIO, limit: int, longest: int = ENDLESS) -> None:
        self.number = 0
        self.longest = longest
        self.endless = False
        self._file = file
        self._limit = limit

    def __iter__(self) -> Iterator[bytes | None]:
        while line := self._file.readline(self._limit + 1):
            self.number += 1
            if len(line) <= self._limit or line.endswith(b"\n"):
                yield line
                continue
            size = len(line)
            del line
            self._pass_over(size)
            yield None
            if self.endless:
                return

    def _pass_over(self, size: int) -> None:
        """To the end of a line of which `size` bytes are read."""
        while rest := self._file.readline(_PIECE):
            size += len(rest)
            if rest.endswith(b"\n"):
                return
            if size > self.longest:
                self.endless = True
                return
