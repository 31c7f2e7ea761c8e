from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.collect.web.unpack import Damaged, unpack_gzip, unpack_stream

STEP = 1 << 16


def bare(content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(content) + packing.flush()


@given(st.binary(max_size=3000), st.integers(1, 50))
def test_every_way_of_packing_comes_back_however_it_is_cut(content: bytes, size: int) -> None:
    ways = {
        "gzip": gzip.compress(content),
        "x-gzip": gzip.compress(content[:100]) + gzip.compress(content[100:]),
        "deflate": zlib.compress(content),
        "identity": content,
        "": content,
    }
    for encoding, packed in ways.items():
        pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
        assert b"".join(unpack_stream(pieces, encoding)) == content
    assert b"".join(unpack_stream([bare(content)], "deflate")) == content


def test_a_bomb_comes_in_small_pieces() -> None:
    pieces = unpack_gzip(gzip.compress(b"\0" * 20_000_000))
    assert max(map(len, pieces)) <= STEP


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_is_cut_off_or_something_else_is_damaged(encoding: str) -> None:
    packed = gzip.compress(b"said " * 1000) if encoding == "gzip" else zlib.compress(b"said " * 1000)
    with pytest.raises(Damaged, match="cut off"):
        list(unpack_stream([packed[:-9]], encoding))
    with pytest.raises(Damaged, match="not packed as it says"):
        list(unpack_stream([b"\xff\xff\xff plain text"], encoding))


def test_an_encoding_that_was_not_asked_for_is_damaged() -> None:
    with pytest.raises(Damaged, match="not asked for"):
        unpack_stream([b"x"], "br")


def test_an_empty_body_is_empty_and_what_follows_a_file_is_passed_over() -> None:
    assert list(unpack_stream([], "gzip")) == []
    assert b"".join(unpack_gzip(gzip.compress(b"a") + b"\0\0 padding")) == b"a"


def test_very_many_packed_files_in_a_row_are_refused() -> None:
    with pytest.raises(Damaged, match="more than 1,000"):
        list(unpack_gzip(gzip.compress(b"") * 2000))


@given(st.binary(max_size=500))
def test_any_bytes_come_out_or_are_damaged(raw: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        try:
            list(unpack_stream([raw], encoding))
        except Damaged as damage:
            assert str(damage)
