"""Where a name begins and ends: each case is what was found, and what it is cut to."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.mention import MentionForm
from sourceline.resolve.mentions import Placed
from sourceline.resolve.name_edges import is_title, part_names
from tests.resolve.marked import KINDS, read_marked, show_marked
from tests.resolve.marked import read_marked as read


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[p Corran Gov. Ana Ruiz] spoke.", ["o Corran", "p Ana Ruiz"]),
        ("[p Indiana Gov. Ana Ruiz] spoke.", ["l Indiana", "p Ana Ruiz"]),
        ("[p Harbour Committee Chairman Ana Ruiz] spoke.", ["o Harbour Committee", "p Ana Ruiz"]),
        ("[p presidential Ana Ruiz] spoke.", ["p Ana Ruiz"]),
        ("[p Matron Ana Ruiz] spoke.", ["p Ana Ruiz"]),
        ("[p Corran Times’ Ana Ruiz] spoke.", ["o Corran Times", "p Ana Ruiz"]),
        ("[p Ana Ruiz and Sens]. Ben Okafor spoke.", ["p Ana Ruiz"]),
        ("[p Ana Ruiz and Ben Okafor] spoke.", ["p Ana Ruiz", "p Ben Okafor"]),
        ("[o Marrow Sen]. Ana Ruiz spoke.", ["o Marrow"]),
        ("[o Harbour Department Inspector] General Ana Ruiz spoke.", ["o Harbour Department"]),
        ("The conservative icon [p Conservative Icon Ana Ruiz] met [p Ana Ruiz].", ["p Ana Ruiz", "p Ana Ruiz"]),
        ("[p Dockers] stay out. The dockers sang.", []),
    ],
)
def test_a_name_is_cut_to_the_name_alone(marked: str, names: list[str]) -> None:
    text, placed = read_marked(marked)
    assert show_marked(text, part_names(text, placed)) == names


@pytest.mark.parametrize(
    "marked",
    [
        "[p Ana Ruiz] spoke.",
        "[p Elias Bishop Marr] spoke.",
        "[p Jan van der Berg] spoke.",
        "[p Tom King Jr.] spoke.",
        "[p Lena Chapman Roe] spoke.",
        "[p Mary Ann Smith] met [p Ann Smith].",
        "[o Bank of Marrow] lent it.",
        "[l varesh] is warm.",
        "[o Congress] met. It rained.",
        "[o Corran Times] has it.",
    ],
)
def test_a_name_that_is_one_stays_as_it_is(marked: str) -> None:
    text, placed = read(marked)
    assert part_names(text, placed) == placed


def test_a_title_leads_to_a_name_and_a_surname_does_not() -> None:
    assert [is_title(word) for word in ("Gov.", "Sen", "Secretary", "Bishop", "Chapman", "Ruiz")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40)), max_size=5))
def test_any_text_gives_names_that_lie_within_those_found(text: str, spans: list[tuple[int, int]]) -> None:
    placed, reach = [], 0
    for start, length in sorted(spans):
        if reach <= start < start + length <= len(text):
            vector = read("[p A]")[1][0].vector
            placed.append(Placed(start, start + length, MentionForm.NAME, KINDS["p"], 0.9, vector))
            reach = start + length
    for name in part_names(text, placed):
        assert any(p.start <= name.start < name.end <= p.end for p in placed)


def test_many_names_take_time_in_proportion() -> None:
    def seconds(copies: int) -> float:
        text, placed = read("[p Corran Gov. Ana Maria Ruiz] spoke to [p Maria Ruiz] of old. " * copies)
        start = time.perf_counter()
        part_names(text, placed)
        return time.perf_counter() - start

    seconds(50)
    assert seconds(4000) < 40 * max(seconds(400), 0.005)
