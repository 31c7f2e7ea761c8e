"""A version as matching and tracing see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sourceline.match.mentions import article_of
from sourceline.match.mentions.article import published_at
from sourceline.model.evidence import Version
from sourceline.model.source import Lineage, Source, SourceKind
from sourceline.model.text import Span
from tests.samples import reading_of

VERSION = Version(
    id="v1",
    key="k1",
    name="d01",
    number=1,
    at=datetime(2031, 5, 4, 9, 30),
    text_sha256="0",
    sha256="0",
    outlet="Marle Post",
    outlet_kind="newspaper",
    title="Mill burns",
    published="2031-05-03T23:30:00-02:00",
)


def test_what_is_stated_of_the_version_and_read_in_it() -> None:
    reading = reading_of(
        "<r body><s 1>Ada Bell</s> <q 1>said</q> <c 1>the mill burnt</c>.</r>\n\n<r credit>Halmere Press</r>"
    )
    text = reading.document.text
    at = text.index("Halmere")
    bell = Source(id="s1", name="Ada Bell", named=True, kind=SourceKind.PERSON, mentions=(Span.of(text, 0, 8),))
    agency = replace(
        bell, id="s2", name="Halmere Press", kind=SourceKind.MEDIA, mentions=(Span.of(text, at, len(text)),)
    )
    (attribution,) = reading.attributions
    reading = replace(
        reading,
        sources=(bell, agency),
        attributions=(replace(attribution, speaker="s1"),),
        lineage=Lineage.CREDITED,
    )
    article = article_of(VERSION, reading, profiles={"s2": "p2"}, prints=b"x")
    assert (article.version, article.key, article.name, article.outlet) == ("v1", "k1", "d01", "Marle Post")
    assert article.published == datetime(2031, 5, 4, 1, 30, tzinfo=UTC)
    assert article.seen == datetime(2031, 5, 4, 9, 30, tzinfo=UTC)
    assert article.time == article.published
    assert [(voice.name, voice.profile) for voice in article.credited] == [("Halmere Press", "p2")]
    assert [mention.spans[0].text for mention in article.mentions] == ["the mill burnt"]
    assert article.prints == b"x"


def test_a_publication_that_is_no_time() -> None:
    assert published_at("2031-05-03") == datetime(2031, 5, 3, tzinfo=UTC)
    assert published_at("last week") is None
    assert published_at("0001-01-01T00:00:00+14:00") is None
    assert published_at(None) is None
