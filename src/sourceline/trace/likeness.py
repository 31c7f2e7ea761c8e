"""How alike two mentions are in their words: what tells which earlier one a later one was taken from."""

from __future__ import annotations

import numpy as np

from sourceline.model.claim import Mention


def likeness(a: Mention, b: Mention) -> float:
    """0 to 1: shared words, the same figures, and the angle between their meanings where both have one."""
    first, second = set(a.words), set(b.words)
    shared = len(first & second) / len(first | second) if first or second else 0.0
    meaning = _cosine(a.vector, b.vector) if a.vector and b.vector else shared
    return 0.5 * shared + 0.3 * max(0.0, meaning) + 0.2 * _figures(a, b)


def _figures(a: Mention, b: Mention) -> float:
    first, second = ({(q.low, q.high) for q in m.quantities} for m in (a, b))
    if not first and not second:
        return 0.5
    return len(first & second) / len(first | second)


def _cosine(a: bytes, b: bytes) -> float:
    first = np.frombuffer(a, dtype=np.int8).astype(np.float32)
    second = np.frombuffer(b, dtype=np.int8).astype(np.float32)
    if len(first) != len(second):
        return 0.0
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / length if length else 0.0
