"""A short run of the fuzzing that `python benchmarks/fuzz.py` does for longer, and all that it ever found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import FINDINGS, TARGETS, Target, check, inputs

NAMED = {target.name: target for target in TARGETS}


@pytest.mark.parametrize("target", TARGETS, ids=NAMED)
def test_no_input_breaks_a_parser(target: Target) -> None:
    @settings(max_examples=3 if target.slow else 40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        check(target, data.draw(inputs(target.seeds)))

    run()


@pytest.mark.parametrize("target", TARGETS, ids=NAMED)
def test_sound_inputs_are_sound(target: Target) -> None:
    for seed in target.seeds:
        check(target, seed)


@pytest.mark.parametrize("finding", sorted(FINDINGS.glob("*.bin")), ids=lambda path: path.name)
def test_what_broke_once_breaks_no_more(finding: Path) -> None:
    check(NAMED[finding.name.rpartition("-")[0]], finding.read_bytes())
