"""What one text used of another."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sourceline.match.reuse import Worded, find_reuse
from sourceline.model.claim import ReuseKind

WIRE = (
    "The harbour board of Sellick closed its eastern mole on Monday after divers found two of the nine piles worn "
    "through below the water line, the board said. Boats with less than a metre under them may still use the inner "
    "basin, which was dredged in the spring. Repairs will take until the end of August and cost 3 million crowns."
)
"""Our own fiction, as is all below."""
QUOTE = "“Nobody will walk out on that mole until I have stood on every pile of it myself,” said Ode Farrant."


def reuse(first: str, second: str):  # type: ignore[no-untyped-def]
    return find_reuse(Worded("a", first), Worded("b", second))


def test_a_copy() -> None:
    found = reuse(WIRE, WIRE)
    assert found.kind is ReuseKind.COPY
    assert found.share == 1


def test_an_edited_copy_keeps_its_run_over_changed_words() -> None:
    found = reuse(WIRE, WIRE.replace("Monday", "Tuesday").replace("dredged", "deepened") + " Anglers are displeased.")
    assert found.kind is ReuseKind.EDITED_COPY or found.share > 0.9
    assert len(found.spans) == 1


def test_an_excerpt() -> None:
    sentence = "Boats with less than a metre under them may still use the inner basin, which was dredged in the spring."
    found = reuse(WIRE, "Sellick's swimmers had the mole to themselves. " + sentence + " A seal was seen. " * 20)
    assert found.kind is ReuseKind.EXCERPT
    assert [there.text for there, _ in found.spans] == [sentence.rstrip(".")]


def test_the_same_quotation_alone_is_no_copy() -> None:
    found = reuse(f"{QUOTE} {WIRE}", f"At the fish market they were talking of it. {QUOTE} Then it rained.")
    assert found.kind is ReuseKind.QUOTE
    assert found.share == 0
    assert found.spans[0][0].text == QUOTE[1:81].rstrip(",")


def test_texts_of_one_event_are_no_reuse() -> None:
    other = "Sellick's eastern mole is shut: divers say that two piles are worn through. It will cost 3 million crowns."
    assert reuse(WIRE, other) is None


def test_spans_are_verbatim() -> None:
    later = "In short: " + WIRE[40:260]
    for there, here in reuse(WIRE, later).spans:
        assert WIRE[there.start : there.end] == there.text
        assert later[here.start : here.end] == here.text


@given(st.text(alphabet="ab \n“”", max_size=300), st.text(alphabet="ab \n“”", max_size=300))
def test_any_two_texts(first: str, second: str) -> None:
    found = reuse(first * 2, second + first)
    if found is not None:
        assert 0 <= found.share <= 1
        places = sorted((here.start, here.end) for _, here in found.spans)
        assert all(a_end <= b for (_, a_end), (b, _) in pairwise(places))


def test_one_line_repeated_is_compared_in_good_time() -> None:
    began = time.process_time()
    assert reuse("the board said so and said so again " * 5_000, "the board said so and said so again " * 5_000)
    assert time.process_time() - began < 20
