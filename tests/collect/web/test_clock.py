from __future__ import annotations

import threading
import time

from sourceline.collect.web.clock import SystemClock


def test_a_sleeper_is_woken() -> None:
    clock, waking = SystemClock(), threading.Event()
    waking.set()
    start = time.monotonic()
    clock.sleep(60, waking)
    assert time.monotonic() - start < 10


def test_the_time_of_day_has_its_offset_and_the_other_does_not_go_back() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() is not None
    assert clock.monotonic() <= clock.monotonic()
