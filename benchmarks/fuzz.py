"""Looks for inputs that break a collector or a parser: python benchmarks/fuzz.py [--minutes N] [--only NAME]...

Each target of tests/fuzz/targets.py gets N minutes of inputs by hypothesis: sound ones, bent. What breaks one is made
as small as possible, kept in tests/fuzz/findings, and replayed by the tests from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402  (the roots must be on the path first)
from hypothesis import strategies as st  # noqa: E402

from tests.fuzz.targets import FINDINGS, TARGETS, Target, check, inputs  # noqa: E402

_AT_ONCE = 200
"""Inputs between two looks at the clock."""


def fuzz(target: Target, seconds: float) -> tuple[int, list[bytes]]:
    """How many inputs were tried, and the smallest that broke the target, for each round in which one did."""
    count, broken = 0, []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        tried, failure = _round(target, random.getrandbits(32), 10 if target.slow else _AT_ONCE)
        count += tried
        if failure is not None:
            broken.append(failure)
    return count, broken


def _round(target: Target, number: int, examples: int) -> tuple[int, bytes | None]:
    tried, failure = 0, None

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        nonlocal tried, failure
        raw = data.draw(inputs(target.seeds))
        tried += 1
        try:
            check(target, raw)
        except BaseException:
            failure = raw  # the last one is the smallest
            raise

    try:
        run()
    except Exception as error:
        print(f"  {type(error).__name__}: {str(error)[:300]}", file=sys.stderr)
    return tried, failure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0, help="for each target (5)")
    parser.add_argument("--only", action="append", choices=[target.name for target in TARGETS], help="a target")
    arguments = parser.parse_args()
    found = 0
    for target in TARGETS:
        if arguments.only and target.name not in arguments.only:
            continue
        count, broken = fuzz(target, arguments.minutes * 60)
        for raw in set(broken):
            FINDINGS.mkdir(exist_ok=True)
            path = FINDINGS / f"{target.name}-{hashlib.sha256(raw).hexdigest()[:12]}.bin"
            path.write_bytes(raw)
            print(f"  kept {path.relative_to(ROOT)}")
        found += len(set(broken))
        print(f"{target.name:<12}{count:>9,} inputs{len(set(broken)):>6} broke it", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
