"""Time as a session sees it, so that it can be given another."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds since an arbitrary moment, never going back."""
        ...

    def now(self) -> datetime:
        """The time of day, with its offset."""
        ...

    def sleep(self, seconds: float, waking: threading.Event) -> None:
        """Waits so long, or until `waking` is set."""
        ...


class SystemClock:
    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float, waking: threading.Event) -> None:
        waking.wait(seconds)
