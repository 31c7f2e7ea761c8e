"""Names that source spans hold whatever was found: each case is a text with its spans in ⟦⟧."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.model.mention import MentionForm
from sourceline.resolve.spoken_names import add_spoken
from tests.resolve.marked import read_marked, show_marked


def spoken(marked: str) -> list[str]:
    sources, text, at = [], "", 0
    for m in re.finditer(r"⟦(.*?)⟧", marked):
        text += marked[at : m.start()]
        start = len(read_marked(text)[0])
        text += m.group(1)
        sources.append((start, len(read_marked(text)[0])))
        at = m.end()
    text += marked[at:]
    plain, names = read_marked(text)
    return show_marked(plain, add_spoken(plain, names, sources))


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("⟦A junior engineer called Mirel Toma⟧ wrote of it.", ["p Mirel Toma"]),
        ("⟦Agriculture Minister Nora Bassett⟧ said that prices would rise again.", ["p Nora Bassett"]),
        ("⟦The secretary, Mr [p P]. [p J]. [p Nandwa],⟧ denied it.", ["p P. J. Nandwa"]),
        ("⟦The [o Football Union] of Kalumbe⟧ declined to answer when asked.", ["o Football Union of Kalumbe"]),
        ("⟦The U.F. Attorney’s [o Office]⟧ said that nothing was known of it.", ["o U.F. Attorney’s Office"]),
        ("⟦Band member Wren⟧ sang.", ["p Wren"]),
        (
            "⟦an adviser to the Committee for a Responsible Budget⟧ said that there would be none.",
            ["o Committee for a Responsible Budget"],
        ),
        ("⟦[p Terry Branst] of Marrow⟧ said so.", ["p Terry Branst"]),
        ("⟦“Grey is the New Black” star [p Sel Leyva]⟧ said so.", ["p Sel Leyva"]),
        ("⟦Experts⟧ say so. ⟦Some Republicans⟧ do not.", []),
        ("Mirel Toma met ⟦an official⟧.", []),
    ],
)
def test_whoever_speaks_is_named_by_capitals(marked: str, names: list[str]) -> None:
    assert spoken(marked) == names


@given(st.text(max_size=150), st.lists(st.tuples(st.integers(0, 150), st.integers(0, 80)), max_size=4))
def test_any_text_gives_names_of_the_text_that_do_not_overlap(text: str, spans: list[tuple[int, int]]) -> None:
    sources = [(min(a, len(text)), min(a + n, len(text))) for a, n in spans]
    names = [m for m in add_spoken(text, [], sources) if m.form is MentionForm.NAME]
    assert all(0 <= n.start < n.end <= len(text) for n in names)
    assert all(a.end <= b.start for a, b in itertools.pairwise(names))
