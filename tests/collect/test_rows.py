"""One problem for a file that holds something else, all of them for one that holds articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sourceline.collect.rows import one_for_all
from sourceline.errors import DamagedInput
from sourceline.model.evidence import Collected, Problem
from sourceline.model.record import Record

ARTICLE = Collected(place="d", content=Record(text="t"), raw=b"t")


def problem(number: int) -> Problem:
    return Problem(place=f"file#{number}", kind="record", message=f"item {number} has no text")


def test_many_problems_and_no_article_are_one_problem() -> None:
    (found,) = one_for_all(iter([problem(1), problem(2), problem(3)]), "file")
    assert isinstance(found, Problem)
    assert (found.place, found.kind) == ("file", "record")
    assert "none of its 3 items" in found.message
    assert "item 1" in found.message


@pytest.mark.parametrize("at", [0, 1, 3])
def test_beside_an_article_each_problem_is_told(at: int) -> None:
    given: list[Collected | Problem] = [problem(1), problem(2), problem(3)]
    given.insert(at, ARTICLE)
    assert list(one_for_all(iter(given), "file")) == given


def test_one_problem_stays_what_it_is_and_nothing_stays_nothing() -> None:
    assert list(one_for_all(iter([problem(7)]), "file")) == [problem(7)]
    assert list(one_for_all(iter([]), "file")) == []


def test_what_was_held_is_told_before_an_error() -> None:
    def broken() -> Iterator[Problem]:
        yield problem(1)
        raise DamagedInput("cut off")

    found = one_for_all(broken(), "file")
    assert next(found) == problem(1)
    with pytest.raises(DamagedInput):
        next(found)
