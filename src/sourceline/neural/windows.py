"""How a text of any length is cut into overlapping windows for the encoder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sourceline.neural.tokens import NEW_LINE, SPACED


def cut_windows(layout: NDArray[np.int8], limit: int, overlap: int, first: int | None = None) -> list[tuple[int, int]]:
    """Half-open token windows of at most `limit` that cover everything.

    A window ends, and the next begins, at a paragraph break where one is near; neighbours share about
    `overlap` tokens. `first` shortens the first window (training moves the cuts about with it).
    """
    n = len(layout)
    breaks = np.flatnonzero(layout >= NEW_LINE)
    words = np.flatnonzero(layout >= SPACED)
    windows: list[tuple[int, int]] = []
    start = 0
    size = first or limit
    while True:
        end = min(n, start + size)
        if end < n:
            covered = windows[-1][1] if windows else start
            end = _nearest(breaks, words, max(covered + 1, start + int(size * 0.7)), end)
        windows.append((start, end))
        if end >= n:
            return windows
        following = end
        if overlap:
            following = _nearest(breaks, words, max(start + 1, end - overlap - overlap // 2), end - overlap // 2)
        start = max(start + 1, following)
        size = limit


def _nearest(breaks: NDArray[np.int64], words: NDArray[np.int64], low: int, high: int) -> int:
    """The last paragraph break in [low, high], else the last word start, else `high`."""
    for places in (breaks, words):
        at = int(np.searchsorted(places, high, side="right")) - 1
        if at >= 0 and places[at] >= low:
            return int(places[at])
    return high
