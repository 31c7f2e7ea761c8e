"""One frozen Settings, passed in; never global, never read from the environment at import."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run behaves. Sizes are in bytes, times in seconds."""

    clean: bool = True
    """False: everything is body (`--no-clean`)."""
    allow_private: bool = False
    """Whether private and local addresses may be fetched."""
    max_bytes: int = 64 * 1024 * 1024
    """The largest input read from a file, a page or standard input."""
    fetch_timeout: float = 20.0
    """For one connection or read; a whole fetch may take three times as long."""
    max_redirects: int = 5
    threads: int = 0
    """Encoder threads; 0 means as many as there are cores available."""

    def thread_count(self) -> int:
        """As many as asked for, else as many as there are processors that this process may use."""
        if self.threads:
            return self.threads
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
