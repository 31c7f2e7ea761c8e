from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourceline.model.source import Lineage
from sourceline.model.text import Document, Region, RegionKind
from sourceline.resolve.lineage import DocumentLineage, find_lineage

BODY = "The minister said on Monday that talks would resume.\n\nShe gave no date."


def is_media(name: str) -> bool:
    return name in {"Corran Wire", "Lirra Herald", "Associated Press", "Reuters", "AP"}


def lineage_of(text: str, outlet: str | None = None) -> DocumentLineage:
    return find_lineage(Document(id="d", text=text, sha256="", outlet=outlet), is_media=is_media)


def credited(text: str, outlet: str | None = None) -> list[str]:
    found = lineage_of(text, outlet)
    assert (found.lineage is Lineage.CREDITED) == bool(found.credited)
    return [credit.name.text for credit in found.credited]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{BODY}\n\n© 2031 Corran Wire", "Corran Wire"),
        (f"{BODY}\n\nCopyright 2031 The Associated Press. All rights reserved.", "Associated Press"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "Associated Press"),
        (f"{BODY}\n\nSource: Corran Wire", "Corran Wire"),
        (f"VARNHOLM (AP) — {BODY}", "AP"),
        (f"KESSEL, Marrow, May 15 (Northern Press) -- {BODY}", "Northern Press"),
        (f"(Reuters) - {BODY}", "Reuters"),
        (f"By Reuters Staff\n\n{BODY}", "Reuters"),
        (f"By Inge Halvard, Corran Wire\n\n{BODY}", "Corran Wire"),
        (f"{BODY}\n\nThis article was originally published by the Lirra Herald.", "Lirra Herald"),
        (f"{BODY}\n\nThis story first appeared in Sand & Stone and is reprinted here.", "Sand & Stone"),
        (f"{BODY}\n\nRepublished with permission from the Lirra Herald.", "Lirra Herald"),
    ],
)
def test_a_credit_names_whose_words_they_are(text: str, name: str) -> None:
    assert credited(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nSource :",
        f"By Lucia Sang, Staff Writer\n\n{BODY}\n\nSource :",
        f"By INGE HALVARD\n\n{BODY}",
        f"VARNHOLM — {BODY}",
        f"{BODY}\n\n© 2031 The Lirra Herald. All rights reserved.",  # perhaps the publishing outlet itself
        f"{BODY}\n\nIvo Brand contributed to this report.",
        f"{BODY}\n\nShe told the Lirra Herald that the story was published by mistake.",
        f"Sen. Ana Ruiz (D-Tarsk) — {BODY}",
        "“He told me so,” she said.",
    ],
)
def test_where_nothing_shows_it_lineage_is_not_recorded(text: str) -> None:
    found = lineage_of(text)
    assert found.lineage is Lineage.NOT_RECORDED
    assert found.credited == ()


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"By Lucia Sang, Staff Writer\n\n{BODY}", None),
        ("The minister told this newspaper on Monday that talks would resume.", None),
        ("The minister told the Lirra Herald that talks would resume.", "The Lirra Herald"),
        ("“There is no date,” the minister told me.", None),
        (f"By Inge Halvard, Lirra Herald\n\n{BODY}", "Lirra Herald"),
        (f"VARNHOLM (Corran Wire) — {BODY}", "Corran Wire"),
        (f"VARNHOLM (CW) — {BODY}", "Corran Wire"),
        (f"By Lucia Sang, Staff Writer\n\n{BODY}\n\nThe Associated Press contributed to this report.", None),
    ],
)
def test_own_newsgathering_has_a_positive_sign(text: str, outlet: str | None) -> None:
    found = lineage_of(text, outlet)
    assert found.lineage is Lineage.OWN
    assert found.own


def test_a_text_taken_over_is_credited_in_spite_of_what_it_says_of_its_own() -> None:
    text = f"By Lucia Sang, Staff Writer\n\n{BODY}\n\nThis article was originally published by the Lirra Herald."
    assert credited(text) == ["Lirra Herald"]


def test_the_words_of_a_credit_are_those_of_the_document() -> None:
    text = f"{BODY}\n\nThis article was originally published by the Lirra Herald. Subscribe!"
    (credit,) = lineage_of(text).credited
    assert text[credit.name.start : credit.name.end] == credit.name.text == "Lirra Herald"
    assert credit.credit.text == "This article was originally published by the Lirra Herald."


def test_a_byline_deep_in_the_page_counts_where_its_region_says_so() -> None:
    lines = "\n".join(f"Menu {number}" for number in range(20))
    text = f"{lines}\nReuters\n{BODY}"
    at = text.index("Reuters")
    document = Document(id="d", text=text, sha256="")
    region = Region(kind=RegionKind.BYLINE, start=at, end=at + 7)
    marked = Document(id="d", text=text, sha256="", regions=(region,))
    assert find_lineage(document, is_media=is_media).lineage is Lineage.NOT_RECORDED
    assert find_lineage(marked, is_media=is_media).lineage is Lineage.CREDITED


@pytest.mark.parametrize("unit", ["a", "(", "© ", "by ", "this article was published ", "told “", "Source:\n", "A, "])
def test_a_hundred_thousand_characters_are_no_trouble(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    lineage_of(text, "Corran Wire")
    assert time.perf_counter() - started < 2


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["©", " 2031", "Source", ":", " by ", "(AP)", " — ", "\n", "told this ", "newspaper", "“", "Aa "]
        )
        | st.text(max_size=5),
        max_size=30,
    ),
    st.none() | st.text(max_size=8),
)
def test_any_text_has_a_lineage_with_words_of_the_text(pieces: list[str], outlet: str | None) -> None:
    text = "".join(pieces)
    found = lineage_of(text, outlet)
    for span in (*found.own, *(s for credit in found.credited for s in (credit.name, credit.credit))):
        assert span.text == text[span.start : span.end] != ""
    assert (found.lineage is Lineage.CREDITED) <= bool(found.credited)
