"""Articles as bytes and back, and what other bytes do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.errors import InvalidRecord, LedgerDamaged
from sourceline.model.claim import Article, Mention
from sourceline.model.evidence import Version
from sourceline.model.source import Lineage
from sourceline.model.text import Span
from sourceline.store.article_encoding import decode_article, decode_meanings, encode_article, encode_meanings
from tests.store.articles import OFFICIALS, RUIZ_SPEAKS, mention_of, rich_mention

TEXT = "Exports fell in May, Ana Ruiz said. “No talks — none”, said Köhl."
VERSION = Version(
    id="v1",
    key="k1",
    name="d1",
    number=1,
    at=datetime(2031, 3, 6, tzinfo=UTC),
    text_sha256="",
    sha256="",
    url="https://outlet.example/a",
    outlet="Harbor Ledger",
    outlet_kind="newspaper",
    title="Exports",
    published="2031-03-06",
)


def article(*mentions: Mention, published: datetime | None = None) -> Article:
    return Article(
        version=VERSION.id,
        key=VERSION.key,
        name=VERSION.name,
        url=VERSION.url,
        outlet=VERSION.outlet,
        outlet_kind=VERSION.outlet_kind,
        published=published,
        seen=datetime(2031, 3, 6, 9, 15, 0, 123456, tzinfo=UTC),
        title=VERSION.title,
        lineage=Lineage.CREDITED,
        credited=(OFFICIALS, RUIZ_SPEAKS),
        mentions=mentions,
        prints=b"\x00\xff" * 4,
    )


def back(given: Article, text: str = TEXT) -> Article:
    meanings = {m.id: m.vector for m in given.mentions if m.vector}
    return decode_article(encode_article(given, text), VERSION, text, meanings)


@pytest.mark.parametrize(
    "given",
    [
        article(),
        article(published=datetime(2031, 3, 5, tzinfo=UTC)),
        article(rich_mention(TEXT)),
        article(
            mention_of(TEXT, "Exports fell"), rich_mention(TEXT, vector=bytes(range(128))), mention_of(TEXT, "none")
        ),
    ],
)
def test_an_article_comes_back(given: Article) -> None:
    assert back(given) == given


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text(st.characters(exclude_categories=["Cs"]))
        ),
        max_size=6,
    )
)
def test_any_spans_and_words_come_back(rows: list[tuple[int, int, str]]) -> None:
    mentions = tuple(
        replace(
            mention_of(TEXT, "Exports", id=f"{number:016x}"),
            spans=(Span.of(TEXT, min(a, b), max(a, b)), Span.of(TEXT, 0, 1)),
            words=(word, word[::-1]),
            context=(word,),
        )
        for number, (a, b, word) in enumerate(rows)
    )
    assert back(article(*mentions)) == article(*mentions)


def test_words_that_are_not_of_the_text_are_refused() -> None:
    wrong = replace(mention_of(TEXT, "Exports"), spans=(Span(start=0, end=3, text="Imp"),))
    with pytest.raises(InvalidRecord, match="characters 0 to 3"):
        encode_article(article(wrong), TEXT)


@pytest.mark.parametrize("data", [b"", b"x", encode_article(article(), TEXT)[:-3], encode_meanings({"a": b"b"})])
def test_other_bytes_are_damage(data: bytes) -> None:
    with pytest.raises(LedgerDamaged):
        decode_article(data, VERSION, TEXT, {})


@given(st.dictionaries(st.text(alphabet="0123456789abcdef", min_size=1), st.binary(min_size=8, max_size=8)))
def test_meanings_come_back(meanings: dict[str, bytes]) -> None:
    data = encode_meanings(meanings)
    assert (decode_meanings(data) if meanings else data) == (meanings or b"")


def test_other_bytes_are_no_meanings() -> None:
    with pytest.raises(LedgerDamaged):
        decode_meanings(b"x")
