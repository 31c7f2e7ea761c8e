"""Documents and readings as bytes, and what other bytes do."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.errors import LedgerDamaged
from sourceline.model.reading import Reading
from sourceline.store.encoding import (
    PackedReading,
    decode_attribution,
    decode_document,
    encode_attribution,
    encode_document,
    encode_reading,
    without_words,
)
from tests.store.world import OFFICIAL, RUIZ, reading_of, rich_reading

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=14) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=30,
)


def back(reading: Reading) -> Reading:
    return PackedReading(encode_reading(reading), decode_document(encode_document(reading.document))).whole()


@pytest.mark.parametrize("reading", [rich_reading(), reading_of((RUIZ, OFFICIAL)), reading_of(())])
def test_a_reading_comes_back(reading: Reading) -> None:
    assert back(reading) == reading


def test_parts_of_a_reading_are_those_of_the_whole() -> None:
    reading = rich_reading()
    packed = PackedReading(encode_reading(reading), reading.document)
    assert [packed.attribution(i) for i in range(len(reading.attributions))] == list(reading.attributions)
    assert [packed.source(id) for id in packed.source_ids] == list(reading.sources)
    assert packed.source("unknown") is None and packed.source(None) is None
    starts = [min(s.start for s in (*a.source, *a.cue, *a.content)) for a in reading.attributions]
    assert packed.places() == [(start, a.id) for start, a in zip(starts, reading.attributions, strict=True)]


def test_a_judged_attribution_is_whole_without_its_text() -> None:
    attribution = rich_reading().attributions[0]
    row = msgspec.msgpack.decode(msgspec.msgpack.encode(encode_attribution(attribution)))
    assert decode_attribution(row) == attribution
    stripped = decode_attribution(without_words(row))
    assert [(s.start, s.end, s.text) for s in stripped.content] == [(s.start, s.end, "") for s in attribution.content]


@given(st.binary(max_size=200))
def test_bytes_that_are_no_documents(data: bytes) -> None:
    with pytest.raises(LedgerDamaged):
        decode_document(data)
    with pytest.raises(LedgerDamaged):
        PackedReading(data, reading_of((RUIZ,)).document).whole()


@given(st.integers(0, 13), VALUES)
def test_a_field_of_another_kind_is_damage_or_a_document(place: int, value: Any) -> None:
    fields = msgspec.msgpack.decode(zlib.decompress(encode_document(rich_reading().document)))
    fields[place] = value
    try:
        decode_document(zlib.compress(msgspec.msgpack.encode(fields)))
    except LedgerDamaged as damage:
        assert "verify" in str(damage)


@given(st.integers(0, 9), VALUES)
def test_a_part_of_another_kind_is_damage_or_a_reading(place: int, value: Any) -> None:
    reading = reading_of((RUIZ, OFFICIAL))
    dictionary = reading.document.text.encode()
    fields = msgspec.msgpack.decode(_expanded(encode_reading(reading), dictionary))
    fields[place] = value
    squeezed = zlib.compressobj(zdict=dictionary)
    try:
        packed = PackedReading(squeezed.compress(msgspec.msgpack.encode(fields)) + squeezed.flush(), reading.document)
        packed.places()
        packed.source("s1")
        packed.whole()
    except LedgerDamaged as damage:
        assert "verify" in str(damage)


def _expanded(data: bytes, dictionary: bytes) -> bytes:
    expanded = zlib.decompressobj(zdict=dictionary)
    return expanded.decompress(data) + expanded.flush()
