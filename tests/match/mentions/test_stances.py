"""Stance and polarity as worded."""

from __future__ import annotations

import pytest

from sourceline.match.mentions.stances import is_negated, stance_of
from sourceline.match.mentions.tokens import find_tokens
from sourceline.model.claim import Stance


@pytest.mark.parametrize(
    ("clause", "cue", "stance"),
    [
        ("the mill was closed in May", "said", Stance.ASSERTS),
        ("the mill was not closed", "said", Stance.ASSERTS),
        ("the mill was closed in May", "denied", Stance.DENIES),
        ("which was closed in May", "denied", Stance.ASSERTS),
        ("It rejects them in full", "", Stance.DENIES),
        ("suggestions that lorries were moved are untrue", "", Stance.DENIES),
        ("her account was an invention by a man with a grievance", "said", Stance.DENIES),
        ("the crews went to the wrong place", "said", Stance.ASSERTS),
        ("that is not false", "said", Stance.ASSERTS),
        ("the memo", "would not discuss", Stance.DECLINES),
        ("it would not comment on a paper it had not seen", "said", Stance.DECLINES),
        ("he had nothing to add", "said", Stance.DECLINES),
        ("the report was received without comment", "replied", Stance.ASSERTS),
        ("She did not say so", "did not say", Stance.ASSERTS),
        ("the figure is right", "doubted", Stance.DOUBTS),
        ("the paper has not been able to verify it", "", Stance.DOUBTS),
    ],
)
def test_stance_as_worded(clause: str, cue: str, stance: Stance) -> None:
    assert stance_of(list(find_tokens(clause, 0, len(clause))), cue.split(), direct=False) is stance


@pytest.mark.parametrize(
    ("clause", "negated"),
    [
        ("they never heard a siren", True),
        ("No drum is missing", True),
        ("the clerk failed to call", True),
        ("the wall failed at noon", False),
        ("the team was refused entry", False),
        ("not only the mill burnt", False),
        ("she regrets that nobody came", False),
        ("he drowned because he could not swim", False),
    ],
)
def test_negation_of_the_main_predicate(clause: str, negated: bool) -> None:
    assert is_negated(list(find_tokens(clause, 0, len(clause)))) is negated
