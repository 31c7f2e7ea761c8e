from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.balance import balance_tags


def balanced(text: str, size: int = 1000) -> str:
    return "".join(balance_tags(text[start : start + size] for start in range(0, len(text), size)))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<r><a>x</a></r>", "<r><a>x</a></r>"),
        ("<r><a>x<br></a></r>", "<r><a>x<br></br></a></r>"),
        ("<r><a>x</b></a></r>", "<r><a>x</a></r>"),
        ("<r><a><b></a></b></r>", "<r><a><b></b></a></r>"),
        ("<r><br/><a b='/>' c=\"'\"></a></r>", "<r><br/><a b='/>' c=\"'\"></a></r>"),
        ("<r><!-- </r> --><![CDATA[</r>]]><?x </r>?></r>", "<r><!-- </r> --><![CDATA[</r>]]><?x </r>?></r>"),
        ("a < b > c <", "a < b > c <"),
        ("<r><!-- never ends </r>", "<r><!-- never ends </r>"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_tags_are_made_to_match_however_the_text_is_cut(text: str, made: str, size: int) -> None:
    assert balanced(text, size) == made


PARTS = ["<a>", "</a>", "<b c='d'>", "</b>", "<e/>", "x", "<!-- <a> -->", "<![CDATA[</a>]]>", "<?x <b> ?>", "<!x>"]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.integers(1, 9))
def test_what_matches_stays(text: str, size: int) -> None:
    once = balanced(text, size)
    assert balanced(once) == once
    assert once == balanced(text)


@given(st.text("<>/!-[]?ab '\"=CDAT", max_size=60), st.integers(1, 9))
def test_any_text_is_taken(text: str, size: int) -> None:
    balanced(text, size)


@pytest.mark.parametrize(
    "part", ["<", "<a", "<a>", "</a>", "<a '", "<!--", "<![CDATA[", "<a></b>", "<a><b></a>", "<a b='>"]
)
def test_time_grows_with_the_length_alone(part: str) -> None:
    start = time.process_time()
    balanced(part * 50_000, 1 << 16)
    assert time.process_time() - start < 5
