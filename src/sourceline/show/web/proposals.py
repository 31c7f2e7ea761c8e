"""Pairs of sources that may be one, kept until the ledger changes: finding them asks every profile."""

from __future__ import annotations

import threading
from itertools import islice
from pathlib import Path

from sourceline.ledger.ledger import Ledger
from sourceline.model.identity import Proposal

_MOST = 500
"""Pairs that are kept, the likeliest."""


class Proposals:
    """For all threads; the first that asks after a change works, the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made_at: tuple[tuple[str, int, int], ...] | None = None
        self._proposals: tuple[Proposal, ...] = ()

    def of(self, ledger: Ledger) -> tuple[Proposal, ...]:
        """The likeliest first."""
        with self._lock:
            state = _state(ledger)
            if state != self._made_at:
                self._proposals = tuple(islice(ledger.proposals(), _MOST))
                self._made_at = state
            return self._proposals


def _state(ledger: Ledger) -> tuple[tuple[str, int, int], ...]:
    """Of the ledger's files: whatever is written changes the size or the time of one."""
    found = []
    for name in sorted(ledger.files):
        if name.endswith("-shm"):
            continue  # readers change it, too
        try:
            stat = Path(name).stat()
        except OSError:
            continue
        found.append((name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
