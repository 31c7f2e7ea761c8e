"""Pairs of sources that may be one. Finding them asks every profile, so it is done beside the pages, in a thread of its
own, and kept until the ledger changes."""

from __future__ import annotations

import logging
import threading
import time
from itertools import islice
from pathlib import Path

from sourceline.errors import SourcelineError
from sourceline.ledger import ledger as ledgers
from sourceline.ledger.ledger import Ledger
from sourceline.model.identity import Proposal

_MOST = 500
"""Pairs that are kept, the likeliest."""
_PATIENCE = 0.25
"""Seconds that a page waits for new ones, where they took no longer the last time; then it shows those it has."""
_LOG = logging.getLogger(__name__)
_State = tuple[tuple[str, int, int], ...]


class Proposals:
    """For all threads. In a small ledger they are of the moment, in a large one of some seconds ago."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._made_of: _State | None = None
        self._proposals: tuple[Proposal, ...] = ()
        self._working: threading.Thread | None = None
        self._took = 0.0

    def of(self, ledger: Ledger) -> tuple[Proposal, ...]:
        """The likeliest first."""
        state = _state(ledger)
        with self._lock:
            if state == self._made_of:
                return self._proposals
            if self._working is None:
                self._working = threading.Thread(target=self._find, args=(state,), name="proposals", daemon=True)
                self._working.start()
            working = self._working if self._took <= _PATIENCE else None
        if working is not None:
            working.join(_PATIENCE)
        with self._lock:
            return self._proposals

    def _find(self, state: _State) -> None:
        began = time.monotonic()
        found: tuple[Proposal, ...] | None = None
        try:
            with ledgers.open(self._path, create=False, readonly=True) as ledger:
                found = tuple(islice(ledger.proposals(), _MOST))
        except SourcelineError as error:  # whoever asks reads the ledger too, and says what is wrong with it
            _LOG.warning("no pairs to decide: %s", error)
        with self._lock:
            if found is not None:
                self._made_of, self._proposals = state, found
            self._working = None
            self._took = time.monotonic() - began


def _state(ledger: Ledger) -> _State:
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
